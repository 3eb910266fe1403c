package import EthosText
internal import Glibc

/// The forms of a moment that git reads from `GIT_AUTHOR_DATE` and `GIT_COMMITTER_DATE`, those that have one meaning.
///
/// Git also guesses (`yesterday`, `3/4/26`); a record of who decided what when is no place for a guess.
package enum GitDate {
  /// Reads `@seconds +hhmm`, `seconds +hhmm` and ISO 8601 (`2026-02-01T09:30:00+01:00`, a blank for the `T`, the zone set
  /// off by a blank or missing, `Z`); nil for every other form.
  ///
  /// Where the zone is missing, seconds are in UTC, and an ISO date is in the local zone of the process, as in git.
  package static func parse(_ text: String) -> Instant? {
    let bytes = Array(text.utf8)
    return seconds(bytes) ?? iso8601(bytes)
  }

  /// Reads `+hhmm` or `-hhmm`, at most 14 hours, as git and libgit2 do.
  static func offset(_ bytes: [UInt8]) -> (minutes: Int, isUnknown: Bool)? {
    guard bytes.count == 5, let sign = bytes.first, "+-".utf8.contains(sign),
      let hours = number(bytes[1..<3]), let minutes = number(bytes[3..<5]), hours <= 14, minutes < 60
    else { return nil }
    let total = hours * 60 + minutes
    let isNegative = sign == UInt8(ascii: "-")
    return (isNegative ? -total : total, isNegative && total == 0)
  }

  private static func seconds(_ bytes: [UInt8]) -> Instant? {
    let words = bytes.split(separator: UInt8(ascii: " "))
    guard var digits = words.first, words.count <= 2 else { return nil }
    let isMarked = digits.first == UInt8(ascii: "@")
    if isMarked { digits = digits.dropFirst() }
    // Without the mark git takes fewer than nine digits for something else: a year, or 20260201.
    guard isMarked || digits.count >= 9, digits.count <= 12, let seconds = number(digits) else { return nil }
    guard words.count == 2 else { return Instant(seconds: Int64(seconds)) }
    guard let zone = offset(Array(words[1])) else { return nil }
    return Instant(seconds: Int64(seconds), offsetMinutes: zone.minutes, isOffsetUnknown: zone.isUnknown)
  }

  private static func iso8601(_ bytes: [UInt8]) -> Instant? {
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let day = Day(String(decoding: bytes[..<10], as: UTF8.self)),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    var zone = Array(bytes[19...])
    if zone.isEmpty {
      return zoned(local, offsetMinutes: localOffsetMinutes(day, hour, minute, second), isUnknown: false)
    }
    if zone == [UInt8(ascii: "Z")] { return zoned(local, offsetMinutes: 0, isUnknown: false) }
    if zone.first == UInt8(ascii: " ") { zone.removeFirst() }
    if zone.count == 6, zone[3] == UInt8(ascii: ":") { zone.remove(at: 3) }
    guard let offset = offset(zone) else { return nil }
    return zoned(local, offsetMinutes: offset.minutes, isUnknown: offset.isUnknown)
  }

  private static func zoned(_ local: Int64, offsetMinutes: Int, isUnknown: Bool) -> Instant {
    Instant(
      seconds: local - Int64(offsetMinutes) * 60, offsetMinutes: offsetMinutes, isOffsetUnknown: isUnknown)
  }

  /// The offset of the process' zone at a local time.
  private static func localOffsetMinutes(_ day: Day, _ hour: Int, _ minute: Int, _ second: Int) -> Int {
    var time = tm()
    time.tm_year = Int32(day.year - 1900)
    time.tm_mon = Int32(day.month - 1)
    time.tm_mday = Int32(day.day)
    time.tm_hour = Int32(hour)
    time.tm_min = Int32(minute)
    time.tm_sec = Int32(second)
    time.tm_isdst = -1
    _ = mktime(&time)
    return time.tm_gmtoff / 60
  }

  private static func number(_ digits: some Sequence<UInt8>) -> Int? {
    var value = 0
    var count = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit), count < 12 else { return nil }
      value = value * 10 + Int(digit - 0x30)
      count += 1
    }
    return count == 0 ? nil : value
  }
}
