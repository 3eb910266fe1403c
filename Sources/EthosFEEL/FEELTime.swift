import EthosText

/// The zone of a time: an offset from UTC, or a name of the IANA database.
package enum FEELZone: Sendable, Hashable {
  /// Seconds east of UTC.
  case offset(Int)
  case named(String)

  package static let utc = FEELZone.offset(0)
}

extension FEELZone: CustomStringConvertible {
  package var description: String {
    switch self {
    case .offset(0): return "Z"
    case .named(let name): return "@\(name)"
    case .offset(let seconds):
      let magnitude = abs(seconds)
      let (hours, minutes, rest) = (magnitude / 3_600, magnitude / 60 % 60, magnitude % 60)
      return "\(seconds < 0 ? "-" : "+")\(FEELText.padded(hours, 2)):\(FEELText.padded(minutes, 2))"
        + (rest == 0 ? "" : ":\(FEELText.padded(rest, 2))")
    }
  }
}

/// A time of day, to the nanosecond, with or without a zone (DMN 1.5, 10.3.2.3.5).
package struct FEELTime: Sendable, Hashable {
  /// 0 to 86,399.
  package let secondOfDay: Int
  package let nanosecond: Int
  /// Nil for a local time.
  package var zone: FEELZone?

  package static let midnight = FEELTime(secondOfDay: 0, nanosecond: 0, zone: nil)

  /// INVARIANT: `secondOfDay` is below 86,400, and `nanosecond` below 10^9.
  init(secondOfDay: Int, nanosecond: Int, zone: FEELZone?) {
    self.secondOfDay = secondOfDay
    self.nanosecond = nanosecond
    self.zone = zone
  }

  /// Fails where there is no such time, or the offset is more than 18 hours.
  package init?(hour: Int, minute: Int, second: Int, nanosecond: Int = 0, zone: FEELZone? = nil) {
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
      (0..<1_000_000_000).contains(nanosecond)
    else { return nil }
    if case .offset(let offset) = zone, !(-64_800...64_800).contains(offset) { return nil }
    self.init(secondOfDay: hour * 3_600 + minute * 60 + second, nanosecond: nanosecond, zone: zone)
  }

  package var hour: Int { secondOfDay / 3_600 }
  package var minute: Int { secondOfDay / 60 % 60 }
  package var second: Int { secondOfDay % 60 }

  /// Nanoseconds since midnight.
  package var nanoseconds: Int { secondOfDay * 1_000_000_000 + nanosecond }

  /// The time that is so many nanoseconds after midnight, on whatever day.
  package static func wrapping(nanoseconds: Int128, zone: FEELZone?) -> FEELTime {
    let day: Int128 = 86_400_000_000_000
    let rest = nanoseconds % day
    let positive = rest < 0 ? rest + day : rest
    return FEELTime(
      secondOfDay: Int(positive / 1_000_000_000), nanosecond: Int(positive % 1_000_000_000), zone: zone)
  }
}

extension FEELTime: CustomStringConvertible {
  package var description: String {
    var fraction = ""
    if nanosecond != 0 {
      var digits = FEELText.padded(nanosecond, 9)
      while digits.ends(with: "0") { digits.removeLast() }
      fraction = "." + digits
    }
    return "\(FEELText.padded(hour, 2)):\(FEELText.padded(minute, 2)):\(FEELText.padded(second, 2))\(fraction)"
      + (zone.map(\.description) ?? "")
  }

  /// Reads `HH:MM:SS`, with an optional fraction, and an optional `Z`, `±HH:MM`, `±HH:MM:SS` or `@Area/Place`.
  package init?(_ text: String) {
    var scanner = FEELTemporalScanner(text)
    guard let time = scanner.time(), scanner.isAtEnd else { return nil }
    self = time
  }
}

/// A date and a time of day (DMN 1.5, 10.3.2.3.6).
package struct FEELDateTime: Sendable, Hashable {
  package var date: FEELDate
  package var time: FEELTime

  package init(_ date: FEELDate, _ time: FEELTime) {
    self.date = date
    self.time = time
  }

  /// Midnight UTC of a day, which is what FEEL takes a date for where it needs a date and time.
  package init(midnightOf date: FEELDate) {
    self.init(date, FEELTime(secondOfDay: 0, nanosecond: 0, zone: .utc))
  }

  /// Nanoseconds since 1970-01-01T00:00 of the local clock, whatever the zone.
  package var localNanoseconds: Int128 {
    Int128(date.daysSinceEpoch) * 86_400_000_000_000 + Int128(time.nanoseconds)
  }

  /// The second that it is in, since 1970-01-01T00:00 of the local clock, whatever the zone.
  package var localSeconds: Int { date.daysSinceEpoch * 86_400 + time.secondOfDay }

  /// The moment at which the local clock shows so many nanoseconds since 1970.
  ///
  /// Nil beyond the last year.
  package init?(localNanoseconds: Int128, zone: FEELZone?) {
    let day: Int128 = 86_400_000_000_000
    var days = localNanoseconds / day
    if localNanoseconds % day < 0 { days -= 1 }
    guard let whole = Int(exactly: days), let date = FEELDate(daysSinceEpoch: whole) else { return nil }
    self.init(date, FEELTime.wrapping(nanoseconds: localNanoseconds, zone: zone))
  }
}

extension FEELDateTime: CustomStringConvertible {
  package var description: String { "\(date)T\(time)" }

  /// Reads a date, `T` and a time; a date alone is its midnight, local.
  package init?(_ text: String) {
    var scanner = FEELTemporalScanner(text)
    guard let date = scanner.date() else { return nil }
    if scanner.isAtEnd {
      self.init(date, .midnight)
      return
    }
    guard scanner.take(0x54) else { return nil }
    // The end of a day is the beginning of the next one (XML Schema 1.1, part 2, 3.3.7).
    if scanner.takeEndOfDay(), let next = FEELDate(daysSinceEpoch: date.daysSinceEpoch + 1) {
      guard let time = scanner.time(after: (0, 0, 0)), scanner.isAtEnd else { return nil }
      self.init(next, time)
      return
    }
    guard let time = scanner.time(), scanner.isAtEnd else { return nil }
    self.init(date, time)
  }
}
