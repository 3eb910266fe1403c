import EthosText

/// A days and time duration, exact to the nanosecond (DMN 1.5, 10.3.2.3.7).
package struct FEELDaysDuration: Sendable, Hashable {
  package let nanoseconds: Int128

  static let nanosecondsPerSecond: Int128 = 1_000_000_000
  /// About 31 billion years on either side of zero.
  static let limit: Int128 = 1_000_000_000_000_000_000 * 1_000_000_000

  /// Fails beyond the limit.
  package init?(nanoseconds: Int128) {
    guard nanoseconds.magnitude <= FEELDaysDuration.limit.magnitude else { return nil }
    self.nanoseconds = nanoseconds
  }

  package init(seconds: Int) { nanoseconds = Int128(seconds) * FEELDaysDuration.nanosecondsPerSecond }

  /// The parts by their magnitude; the sign is apart.
  package var parts: (days: Int, hours: Int, minutes: Int, seconds: Int, nanoseconds: Int) {
    let magnitude = nanoseconds.magnitude
    let seconds = Int(truncatingIfNeeded: magnitude / 1_000_000_000)
    return (
      seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60,
      Int(truncatingIfNeeded: magnitude % 1_000_000_000)
    )
  }

  package var isNegative: Bool { nanoseconds < 0 }

  /// The duration in seconds, as a number: exact, for it has at most 27 digits.
  package var seconds: FEELNumber {
    FEELNumber(canonical: isNegative, nanoseconds.magnitude, 0).shifted(by: -9)
  }

  /// The duration of so many seconds, without what is below a nanosecond.
  ///
  /// Nil beyond the limit.
  package init?(seconds: FEELNumber) {
    let shifted = seconds.shifted(by: 9).truncated
    guard shifted.digits + shifted.exponent <= 28 else { return nil }
    let magnitude = shifted.coefficient * WideDecimal.power(max(shifted.exponent, 0))
    self.init(nanoseconds: shifted.isNegative ? -Int128(magnitude) : Int128(magnitude))
  }
}

extension FEELNumber {
  /// Times a power of ten, exactly; for small shifts of numbers far from the ends of the range.
  func shifted(by power: Int) -> FEELNumber {
    isZero ? self : FEELNumber(unchecked: isNegative, coefficient, exponent + power)
  }
}

extension FEELDaysDuration: Comparable {
  package static func < (left: FEELDaysDuration, right: FEELDaysDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

extension FEELDaysDuration: CustomStringConvertible {
  /// `P1DT2H3M4.5S`, and `PT0S` for zero.
  package var description: String {
    let parts = parts
    var text = (isNegative ? "-P" : "P") + (parts.days == 0 ? "" : "\(parts.days)D")
    var time = ""
    if parts.hours != 0 { time += "\(parts.hours)H" }
    if parts.minutes != 0 { time += "\(parts.minutes)M" }
    if parts.seconds != 0 || parts.nanoseconds != 0 {
      time += "\(parts.seconds)"
      if parts.nanoseconds != 0 {
        var digits = FEELText.padded(parts.nanoseconds, 9)
        while digits.ends(with: "0") { digits.removeLast() }
        time += "." + digits
      }
      time += "S"
    }
    if !time.isEmpty { text += "T" + time }
    return nanoseconds == 0 ? "PT0S" : text
  }

  /// Reads `-P1DT2H3M4.5S`.
  package init?(_ text: String) {
    var scanner = FEELTemporalScanner(text)
    guard case .days(let duration) = scanner.duration(), scanner.isAtEnd else { return nil }
    self = duration
  }
}

/// The text of years and months durations, which `FEELValue` holds in months.
package enum FEELMonthsDuration {
  /// What a count of months stays below, so that nothing overflows.
  static let limit = 24_000_000_000

  /// `P1Y2M`, and `P0M` for zero.
  package static func text(months: Int) -> String {
    let magnitude = Int(clamping: months.magnitude)
    let (years, rest) = (magnitude / 12, magnitude % 12)
    guard magnitude != 0 else { return "P0M" }
    return (months < 0 ? "-P" : "P") + (years == 0 ? "" : "\(years)Y") + (rest == 0 ? "" : "\(rest)M")
  }

  /// Reads `-P1Y2M`.
  package static func months(_ text: String) -> Int? {
    var scanner = FEELTemporalScanner(text)
    guard case .months(let months) = scanner.duration(), scanner.isAtEnd else { return nil }
    return months
  }
}
