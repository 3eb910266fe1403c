import EthosFEEL

/// The way of one coder's fields to places, in plain memory: no reference is counted where it is used.
///
/// Numbers and days are read from their digits eight at a time and placed among the constants as whole numbers. Of all other
/// facts it is remembered what texts of up to sixteen bytes were. What neither knows goes to the coder itself.
struct FieldLane {
  enum Kind { case absent, number, day, remembered }

  let kind: Kind
  let field: Int
  private let point: UInt8
  private let decimals: Int
  /// 0 where there is no step.
  private let step: Int64
  private let offStep: Int32
  private let keys: UnsafeMutablePointer<Int64>
  private let keyCount: Int
  private let first: Int64
  /// How far the greatest constant is from the least.
  private let span: UInt64
  /// What lies between them in equal parts, a power of two long: for each the first constant that is not before it.
  private let parts: UnsafeMutablePointer<Int32>
  private let shift: UInt64
  /// Texts as two words, and their places.
  private let words: UnsafeMutablePointer<UInt64>
  private let known: UnsafeMutablePointer<Int32>

  /// No place: the coder is to be asked.
  static let unknown: Int32 = -2

  private static let bits = 10
  private static let partCount: UInt64 = 2_048

  init(_ coder: FactCoder) {
    field = coder.column ?? -1
    point = coder.point
    offStep = coder.offStep
    let scaled = coder.scaled
    decimals = scaled?.decimals ?? 0
    step = scaled?.step ?? 0
    var keys = scaled?.keys ?? []
    var kind = Kind.remembered
    if coder.column == nil {
      kind = .absent
    } else if coder.hasTranslations {
      kind = .remembered
    } else if coder.type == .number, scaled != nil {
      kind = .number
    } else if coder.type == .date, let days = FieldLane.calendarKeys(keys), scaled != nil {
      keys = days
      kind = .day
    }
    self.kind = kind
    keyCount = keys.count
    let first = keys.first ?? 0
    let span = UInt64(bitPattern: (keys.last ?? 0) &- first)
    var shift: UInt64 = 0
    while span >> shift >= FieldLane.partCount { shift += 1 }
    var parts: [Int32] = []
    if !keys.isEmpty {
      var key = 0
      for part in 0...(span >> shift) {
        // INVARIANT: a part begins at or before the greatest constant.
        while UInt64(bitPattern: keys[key] &- first) < part << shift { key += 1 }
        parts.append(Int32(key))
      }
    }
    self.first = first
    self.span = span
    self.shift = shift
    self.keys = FieldLane.copy(keys)
    self.parts = FieldLane.copy(parts)
    let room = kind == .remembered ? 1 << FieldLane.bits : 1
    // INVARIANT: no text has a NUL byte, so that words tell its length; the empty one is the missing fact, place 0.
    words = .allocate(capacity: 2 * room)
    words.initialize(repeating: 0, count: 2 * room)
    known = .allocate(capacity: room)
    known.initialize(repeating: 0, count: room)
  }

  func deallocate() {
    keys.deallocate()
    parts.deallocate()
    words.deallocate()
    known.deallocate()
  }

  private static func copy<Element>(_ values: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(values.count, 1))
    for (index, value) in values.enumerated() { (memory + index).initialize(to: value) }
    return memory
  }

  /// Days as the numbers that their digits make, which are in the same order; nil where a year has not four digits.
  private static func calendarKeys(_ days: [Int64]) -> [Int64]? {
    var keys: [Int64] = []
    for day in days {
      guard let date = FEELDate(daysSinceEpoch: Int(day)), (1...9_999).contains(date.year) else { return nil }
      keys.append(Int64(date.year * 10_000 + date.month * 100 + date.day))
    }
    return keys
  }

  // MARK: - Placing

  /// The place of a text that is not empty; `unknown` where the coder has to be asked.
  @inline(__always)
  func place(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    switch kind {
    case .number: number(start, count)
    case .day: day(start, count)
    case .remembered: remembered(start, count)
    case .absent: 0
    }
  }

  @inline(__always)
  private func placed(_ value: Int64) -> Int32 {
    guard keyCount > 0 else { return 1 }
    let distance = UInt64(bitPattern: value &- first)
    guard value >= first, distance <= span else {
      return value < first ? 1 : 1 &+ Int32(truncatingIfNeeded: 2 &* keyCount)
    }
    var key = Int(parts[Int(truncatingIfNeeded: distance &>> shift)])
    // The greatest constant is not before the value.
    while keys[key] < value { key &+= 1 }
    return 1 &+ Int32(truncatingIfNeeded: 2 &* key &+ (keys[key] == value ? 1 : 0))
  }

  @inline(__always)
  private func number(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let isNegative = start.pointee == Byte.minus
    let digits = isNegative ? start + 1 : start
    let length = isNegative ? count &- 1 : count
    guard length > 0 else { return FieldLane.unknown }
    let word = FieldLane.word(digits)
    let whole: Int
    var value: Int64
    var zeros = decimals
    let other = word ^ (UInt64(point) &* 0x0101_0101_0101_0101)
    let marked = (other &- 0x0101_0101_0101_0101) & ~other & 0x8080_8080_8080_8080
    whole = min(marked.trailingZeroBitCount / 8, length)
    guard whole > 0, let high = FieldLane.digits(word, whole) else { return FieldLane.unknown }
    value = high
    if whole < length {
      // The byte behind eight digits was not looked at.
      let fraction = length &- whole &- 1
      guard digits[whole] == point, fraction > 0, fraction <= 8,
        let low = FieldLane.digits(FieldLane.word(digits + whole + 1), fraction), fraction <= decimals
      else { return FieldLane.unknown }
      value = value &* FieldLane.power(fraction) &+ low
      zeros &-= fraction
    }
    if zeros > 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: FieldLane.power(zeros))
      if overflow { return FieldLane.unknown }
      value = product
    }
    if step > 1, value % step != 0 { return offStep }
    return placed(isNegative ? 0 &- value : value)
  }

  @inline(__always)
  private func day(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count == 10, start[4] == Byte.minus, start[7] == Byte.minus else { return FieldLane.unknown }
    let word = FieldLane.word(start)
    let last = UInt64(UnsafeRawPointer(start + 8).loadUnaligned(as: UInt16.self))
    let joined = word & 0xFFFF_FFFF | (word >> 40 & 0xFFFF) << 32 | last << 48
    guard let value = FieldLane.digits(joined, 8) else { return FieldLane.unknown }
    let day = value % 100
    let month = value / 100 % 100
    // What is not in every month is looked up in the calendar.
    guard day >= 1, day <= 28, month >= 1, month <= 12, value >= 10_000 else { return FieldLane.unknown }
    return placed(value)
  }

  @inline(__always)
  private func remembered(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count <= 16 else { return FieldLane.unknown }
    let (low, high) = FieldLane.text(start, count)
    let look = FieldLane.look(low, high)
    return words[2 &* look] == low && words[2 &* look &+ 1] == high ? known[look] : FieldLane.unknown
  }

  /// Remembers what the coder said of a text.
  func remember(_ start: UnsafePointer<UInt8>, _ count: Int, _ place: Int32) {
    guard kind == .remembered, count <= 16 else { return }
    let (low, high) = FieldLane.text(start, count)
    let look = FieldLane.look(low, high)
    words[2 * look] = low
    words[2 * look + 1] = high
    known[look] = place
  }

  // MARK: - Words

  @inline(__always)
  private static func word(_ start: UnsafePointer<UInt8>) -> UInt64 {
    UnsafeRawPointer(start).loadUnaligned(as: UInt64.self)
  }

  @inline(__always)
  private static func text(_ start: UnsafePointer<UInt8>, _ count: Int) -> (UInt64, UInt64) {
    if count <= 8 { return (word(start) & kept(count), 0) }
    return (word(start), word(start + 8) & kept(count &- 8))
  }

  /// The first bytes of a word, from 1 to 8 of them.
  @inline(__always)
  private static func kept(_ count: Int) -> UInt64 {
    UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
  }

  @inline(__always)
  private static func look(_ low: UInt64, _ high: UInt64) -> Int {
    let mixed = (low &* 0x9E37_79B9_7F4A_7C15) ^ (high &* 0xBF58_476D_1CE4_E5B9)
    return Int(truncatingIfNeeded: mixed >> UInt64(64 - bits))
  }

  /// The number that the first digits of a word make, from 1 to 8 of them; nil where one is no digit.
  ///
  /// Pairs, fours and eights of digits are joined by multiplication (Daniel Lemire, "Quickly parsing eight digits").
  @inline(__always)
  private static func digits(_ word: UInt64, _ count: Int) -> Int64? {
    let empty = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    // Zeros come in front: behind eight digits none are needed.
    let text = word &<< empty | (count == 8 ? 0 : 0x3030_3030_3030_3030 &>> UInt64(truncatingIfNeeded: 8 &* count))
    let isDigits =
      text & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
      && (text &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0 == 0x3030_3030_3030_3030
    guard isDigits else { return nil }
    var value = ((text & 0x0F0F_0F0F_0F0F_0F0F) &* 2_561) >> 8
    value = ((value & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    value = ((value & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
    return Int64(bitPattern: value)
  }

  @inline(__always)
  private static func power(_ exponent: Int) -> Int64 {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1_000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    case 8: 100_000_000
    default: 1_000_000_000
    }
  }
}
