import EthosDecision
import EthosFEEL
import EthosText

/// Turns the text of a field into a place of its fact: a part of the domain on which every test of every side is
/// constant.
///
/// Place 0 is the missing fact. Numbers, days and what else has an order follow as gap, constant, gap, …; texts as they
/// are mentioned, and last any other; booleans as false, true. The last place is a number that is no multiple of the step.
final class FactCoder: Sendable {
  /// The input, and the column that gives it; nil where the cases lack it.
  let input: String
  let column: Int?
  let type: FEELType
  let step: FEELNumber?
  /// The constants of all sides that share the coder.
  let numbers: [FEELNumber]
  let texts: [String]
  private let mentioned: ByteStrings
  let scaled: ScaledOrder?
  private let translations: [String: String]
  var hasTranslations: Bool { !translations.isEmpty }
  private let usesDecimalComma: Bool

  /// A field that gives no place.
  static let unreadable: Int32 = -1

  init(
    input: String, column: Int?, type: FEELType, step: FEELNumber?, numbers: [FEELNumber], texts: [String],
    translations: [String: String], usesDecimalComma: Bool
  ) {
    self.input = input
    self.column = column
    self.type = type
    self.step = step
    self.numbers = numbers
    self.texts = texts
    var mentioned = ByteStrings()
    for text in texts { _ = mentioned.insert(Array(text.utf8)) }
    self.mentioned = mentioned
    scaled = ScaledOrder(numbers, step: step, isDense: type == .number)
    self.translations = translations
    self.usesDecimalComma = usesDecimalComma
  }

  var placeCount: Int {
    switch type {
    case .string: texts.count + 3
    case .boolean: 4
    default: 2 * numbers.count + 3
    }
  }

  /// The place of numbers that are no multiple of the step.
  var offStep: Int32 { Int32(placeCount - 1) }

  /// The place behind all others: of a text that is none of the fact's type.
  ///
  /// No side has an atom for it.
  var unreadablePlace: Int32 { Int32(placeCount) }

  /// The atom of each place on one side; negative where the side has none, so that it refuses the case.
  func atoms(_ compiled: CompiledDecision, fact: Int) -> [Int32] {
    let values =
      switch type {
      case .string: compiled.atoms(ofFact: fact, among: texts)
      case .boolean: compiled.booleanAtoms(ofFact: fact)
      default: compiled.atoms(ofFact: fact, among: numbers)
      }
    return [compiled.missingAtom(ofFact: fact) ?? -1] + values + [-1, -1]
  }

  // MARK: - Reading

  /// The place of a text; negative where it is none of the fact's type.
  func place(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count > 0 else { return 0 }
    guard translations.isEmpty else { return translated(start, count) }
    switch type {
    case .string:
      let known = mentioned.place(start, count)
      return known >= 0 ? known + 1 : Int32(texts.count + 1)
    case .number:
      if let scaled, let reading = scaled.number(start, count, point: point) { return place(scaled, reading) }
    case .date:
      if let scaled, let days = CalendarDay.days(start, count) { return place(scaled, .value(days)) }
    default: break
    }
    return slowPlace(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
  }

  var point: UInt8 { usesDecimalComma ? Byte.comma : Byte.point }

  private func place(_ scaled: ScaledOrder, _ reading: ScaledOrder.Reading) -> Int32 {
    switch reading {
    case .value(let value): scaled.isOnStep(value) ? 1 + scaled.place(of: value) : offStep
    case .between(let floor): scaled.hasStep ? offStep : 1 + scaled.place(above: floor)
    }
  }

  private func translated(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    slowPlace(String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
  }

  private func slowPlace(_ text: String) -> Int32 {
    guard let value = value(text) else { return FactCoder.unreadable }
    return place(of: value)
  }

  private func place(of value: FEELValue) -> Int32 {
    switch value {
    case .null: return 0
    case .boolean(let value): return value ? 2 : 1
    case .string(let text):
      let number = Array((text + "\0").utf8).withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { mentioned.place($0, bytes.count - 1) } ?? -1
      }
      return number >= 0 ? number + 1 : Int32(texts.count + 1)
    default:
      // Times are not put in order; then there is one gap, which has all of them.
      guard !numbers.isEmpty || step != nil else { return 1 }
      guard let number = CompiledDecision.orderNumber(value) else { return FactCoder.unreadable }
      if let step, number.modulo(step) != .zero { return offStep }
      var (low, high) = (0, numbers.count)
      while low < high {
        let middle = (low + high) / 2
        if numbers[middle] < number { low = middle + 1 } else { high = middle }
      }
      return Int32(1 + 2 * low + (low < numbers.count && numbers[low] == number ? 1 : 0))
    }
  }

  /// The value of a text, as the reference evaluation wants it: null where it is missing, nil where it is none of the
  /// fact's type.
  func value(_ text: String) -> FEELValue? {
    if text.isEmpty { return .null }
    // Not by Swift's equality: `é` in one scalar and in two are two texts.
    if let place = translations.index(forKey: text), FEELText.areEqual(translations[place].key, text) {
      let translated = translations[place].value
      return translated == "null" ? .null : typed(translated)
    }
    return typed(text)
  }

  private func typed(_ text: String) -> FEELValue? {
    FieldText.value(text, type, usesDecimalComma: usesDecimalComma)
  }
}

/// What the text of a field stands for.
///
/// Facts and answers are read alike.
enum FieldText {
  /// The value of a text of a type; nil where it is none.
  ///
  /// Blanks around it mean nothing, except in a text.
  static func value(_ text: String, _ type: FEELType, usesDecimalComma: Bool) -> FEELValue? {
    if type == .string { return .string(text) }
    let text = trimmed(text)
    switch type {
    case .boolean:
      switch text {
      case "true", "True", "TRUE": return .boolean(true)
      case "false", "False", "FALSE": return .boolean(false)
      default: return nil
      }
    case .number:
      guard usesDecimalComma else { return FEELNumber(text).map(FEELValue.number) }
      return text.utf8.contains(Byte.point)
        ? nil : FEELNumber(text.replacingScalar(",", with: ".")).map(FEELValue.number)
    default:
      // The text `null` is no moment.
      return text == "null" ? nil : FactText.value(text, type)
    }
  }

  /// A text without blanks around it, which mean nothing where it is no text of the model.
  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.unicodeScalars.first, first == " " || first == "\t" { text.unicodeScalars.removeFirst() }
    while let last = text.unicodeScalars.last, last == " " || last == "\t" { text.unicodeScalars.removeLast() }
    return String(text)
  }
}
