/// A moment as git records it: seconds since 1970-01-01T00:00Z and the writer's offset from UTC.
package struct Instant: Hashable, Sendable {
  package var seconds: Int64
  /// The writer's offset from UTC in minutes.
  package var offsetMinutes: Int
  /// Whether the offset was written `-0000`, which means "zone unknown".
  package var isOffsetUnknown: Bool

  package init(seconds: Int64, offsetMinutes: Int = 0, isOffsetUnknown: Bool = false) {
    self.seconds = seconds
    self.offsetMinutes = offsetMinutes
    self.isOffsetUnknown = isOffsetUnknown
  }

  /// The calendar day and the time of day where the writer was.
  package var writersDay: Day {
    let local = seconds + Int64(offsetMinutes) * 60
    return Day(daysSinceEpoch: Int((local >= 0 ? local : local - 86_399) / 86_400))
  }

  /// `2026-02-01T09:30:00+01:00`.
  package var iso8601: String {
    let local = seconds + Int64(offsetMinutes) * 60
    let day = (local >= 0 ? local : local - 86_399) / 86_400
    let second = Int(local - day * 86_400)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let offset = abs(offsetMinutes)
    let sign = offsetMinutes < 0 || isOffsetUnknown ? "-" : "+"
    return "\(writersDay)T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
      + "\(sign)\(two(offset / 60)):\(two(offset % 60))"
  }
}
