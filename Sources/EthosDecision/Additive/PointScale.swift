import EthosFEEL

/// Turns the decimal numbers that are added up into whole ones of one power of ten, so that sums are exact in any order.
struct PointScale {
  private let exponent: Int

  /// The scale on which all of these numbers are whole; nil where they, or all of them together, are too large for it.
  init?(_ numbers: [FEELNumber]) {
    exponent = numbers.map(\.exponent).min() ?? 0
    var total: Int64 = 0
    for number in numbers {
      guard let value = whole(number) else { return nil }
      total += abs(value)
      guard total < PointScale.most else { return nil }
    }
  }

  /// So far below the largest number that differences of sums fit too, and below the 34 digits of a number of FEEL.
  private static let most: Int64 = 1 << 60

  /// A number as a whole one of this scale; nil where it is none.
  func whole(_ number: FEELNumber) -> Int64? {
    guard var value = Int64(exactly: number.coefficient) else { return nil }
    guard value != 0 else { return 0 }
    guard number.exponent >= exponent else { return nil }
    for _ in exponent..<number.exponent {
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      guard !isTooLarge else { return nil }
      value = product
    }
    guard value < PointScale.most else { return nil }
    return number.isNegative ? -value : value
  }

  /// The number of a whole one.
  func number(_ value: Int64) -> FEELNumber? { FEELNumber("\(value)E\(exponent)") }
}
