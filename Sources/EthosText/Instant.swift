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

extension Instant {
  /// Reads seconds since 1970 (`1769936400`), or ISO 8601 with an offset (`2026-02-01T09:00:00+01:00`, `…Z`).
  package init?(parsing text: String) {
    if let seconds = Int64(text) {
      self.init(seconds: seconds)
      return
    }
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == 0x54 || bytes[10] == 0x20, bytes[13] == 0x3A, bytes[16] == 0x3A,
      let day = Day(String(decoding: bytes[0..<10], as: UTF8.self)),
      let hour = Instant.number(bytes[11..<13], below: 24), let minute = Instant.number(bytes[14..<16], below: 60),
      let second = Instant.number(bytes[17..<19], below: 61)
    else { return nil }
    var offset = 0
    switch (bytes[19], bytes.count) {
    case (0x5A, 20): break
    case (0x2B, 25), (0x2D, 25):
      guard bytes[22] == 0x3A, let hours = Instant.number(bytes[20..<22], below: 24),
        let minutes = Instant.number(bytes[23..<25], below: 60)
      else { return nil }
      offset = (hours * 60 + minutes) * (bytes[19] == 0x2D ? -1 : 1)
    default: return nil
    }
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(seconds: local - Int64(offset) * 60, offsetMinutes: offset)
  }

  private static func number(_ digits: ArraySlice<UInt8>, below limit: Int) -> Int? {
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value < limit ? value : nil
  }
}
