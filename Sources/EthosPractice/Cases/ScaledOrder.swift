import EthosFEEL

/// The constants of a fact as whole numbers of one decimal unit, so that a number in a file is placed among them
/// without any arithmetic but integers', and exactly.
struct ScaledOrder: Sendable {
  /// A number that was read.
  enum Reading {
    /// That many units.
    case value(Int64)
    /// More than that many units, and less than one more.
    case between(Int64)
  }

  let decimals: Int
  let keys: [Int64]
  let step: Int64?
  /// The place of each whole number from the least constant to the greatest, where they are near to one another.
  let table: [Int32]
  private let first: Int64

  private static let powers: [Int64] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
  private static let maximumDecimals = 9
  private static let usualDecimals = 4

  /// Whether a number is small enough to be written with the usual decimals.
  private static func leavesRoom(_ number: FEELNumber) -> Bool {
    let whole = number.exponent
    return whole <= 9 && number.coefficient < 1_000_000_000 && (whole <= 0 || number.coefficient < 1_000)
  }

  private static let maximumTable: Int64 = 4_096

  /// Nil where a constant is too fine or too great.
  init?(_ numbers: [FEELNumber], step: FEELNumber?, isDense: Bool) {
    let all = numbers + (step.map { [$0] } ?? [])
    var decimals = all.map { max(0, -$0.exponent) }.max() ?? 0
    guard decimals <= ScaledOrder.maximumDecimals else { return nil }
    // Numbers without a step have some decimals more than the constants.
    if isDense, step == nil, all.allSatisfy({ ScaledOrder.leavesRoom($0) }) {
      decimals = max(decimals, ScaledOrder.usualDecimals)
    }
    var keys: [Int64] = []
    for number in all {
      let zeros = number.exponent + decimals
      guard (0...18).contains(zeros), number.coefficient <= UInt128(Int64.max) else { return nil }
      let (product, overflow) = Int64(number.coefficient).multipliedReportingOverflow(by: ScaledOrder.powers[zeros])
      guard !overflow else { return nil }
      keys.append(number.isNegative ? -product : product)
    }
    self.decimals = decimals
    self.step = step == nil ? nil : keys.removeLast()
    self.keys = keys
    var table: [Int32] = []
    if let least = keys.first, let greatest = keys.last, greatest / 2 - least / 2 < ScaledOrder.maximumTable / 2 {
      table = (least...greatest).map { ScaledOrder.place(of: $0, in: keys) }
    }
    self.table = table
    first = keys.first ?? 0
  }

  var hasStep: Bool { step != nil }

  func isOnStep(_ value: Int64) -> Bool {
    guard let step, step != 1 else { return true }
    return value % step == 0
  }

  /// `2i` for the gap before the i-th constant, `2i + 1` for that constant.
  func place(of value: Int64) -> Int32 {
    guard !table.isEmpty else { return ScaledOrder.place(of: value, in: keys) }
    if value < first { return 0 }
    let (index, overflow) = value.subtractingReportingOverflow(first)
    guard !overflow, index < Int64(table.count) else { return Int32(2 * keys.count) }
    return table[Int(index)]
  }

  /// The gap of what is more than this many units and less than one more.
  func place(above floor: Int64) -> Int32 {
    let place = place(of: floor)
    return place % 2 == 1 ? place + 1 : place
  }

  private static func place(of value: Int64, in keys: [Int64]) -> Int32 {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < value { low = middle + 1 } else { high = middle }
    }
    return Int32(2 * low + (low < keys.count && keys[low] == value ? 1 : 0))
  }

  /// Reads digits with an optional sign and point, at most 18 of them; nil for everything else.
  func number(_ start: UnsafePointer<UInt8>, _ count: Int, point: UInt8) -> Reading? {
    var index = 0
    let isNegative = start.pointee == Byte.minus
    if isNegative { index = 1 }
    guard count - index <= 19, index < count else { return nil }
    var value: Int64 = 0
    var fraction = -1
    var digits = 0
    while index < count {
      let byte = start[index]
      let digit = byte &- Byte.zero
      if digit <= 9 {
        value = value &* 10 &+ Int64(digit)
        digits += 1
        if fraction >= 0 { fraction += 1 }
      } else if byte == point, fraction < 0 {
        fraction = 0
      } else {
        return nil
      }
      index += 1
    }
    guard digits > 0, digits <= 18 else { return nil }
    if isNegative { value = -value }
    let zeros = decimals - max(fraction, 0)
    if zeros >= 0 {
      let (product, overflow) = value.multipliedReportingOverflow(by: ScaledOrder.powers[zeros])
      return overflow ? nil : .value(product)
    }
    let power = ScaledOrder.powers[-zeros]
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: power)
    if rest == 0 { return .value(quotient) }
    return .between(rest < 0 ? quotient - 1 : quotient)
  }
}

/// Days written as `2026-02-01`.
enum CalendarDay {
  /// The days since 1970-01-01; nil where the text is not ten bytes of that form, or there is no such day.
  static func days(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    guard count == 10, start[4] == Byte.minus, start[7] == Byte.minus else { return nil }
    func number(_ from: Int, _ digits: Int) -> Int? {
      var value = 0
      for index in from..<from + digits {
        let digit = start[index] &- Byte.zero
        guard digit <= 9 else { return nil }
        value = value * 10 + Int(digit)
      }
      return value
    }
    guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2),
      let date = year > 0 ? FEELDate(year: year, month: month, day: day) : nil
    else { return nil }
    return Int64(date.daysSinceEpoch)
  }
}
