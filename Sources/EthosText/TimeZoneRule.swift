/// How the clocks of a zone change every year: the `TZ` string of POSIX.1-2024, with the hours from -167 to 167 of RFC 9636.
struct TimeZoneRule: Sendable {
  private var standard: Int
  /// Its offset, and when it begins and ends each year; nil where the clocks never change.
  fileprivate var summer: (offset: Int, from: Change, to: Change)?

  /// A moment of each year, by the clocks that it ends.
  fileprivate struct Change {
    enum Date {
      /// A day of the year, 1 to 365; February 29 is not counted.
      case fixed(Int)
      /// A day of the year, 0 to 365.
      case counted(Int)
      /// A weekday (0 is Sunday) of a week (5 is the last) of a month.
      case weekday(Int, week: Int, month: Int)
    }

    var date: Date
    var seconds: Int
  }

  init?(_ text: [UInt8]) {
    var reader = Reader(rest: text[...])
    guard reader.name(), let west = reader.time(upTo: 24) else { return nil }
    standard = -west
    if reader.rest.isEmpty { return }
    guard reader.name() else { return nil }
    var offset = standard + 3600
    if reader.rest.first != UInt8(ascii: ",") {
      guard let west = reader.time(upTo: 24) else { return nil }
      offset = -west
    }
    guard let from = reader.change(), let to = reader.change(), reader.rest.isEmpty else { return nil }
    summer = (offset, from, to)
  }

  /// The offset from UTC in seconds at a moment.
  func offset(at seconds: Int64) -> Int {
    guard let summer else { return standard }
    let day = Int(min(max(seconds, -62_135_596_800), 253_402_300_799) / 86_400)
    let year = Day(daysSinceEpoch: day).year
    var latest: (moment: Int64, offset: Int)?
    for year in (year - 1)...(year + 1) {
      // Where both fall on one moment, the year ends as it begins: what starts counts.
      let changes = [
        (summer.to.local(in: year) - Int64(summer.offset), standard),
        (summer.from.local(in: year) - Int64(standard), summer.offset),
      ]
      for (moment, offset) in changes where moment <= seconds && moment >= latest?.moment ?? moment {
        latest = (moment, offset)
      }
    }
    return latest?.offset ?? standard
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }

    /// Passes over the name of a kind of time.
    mutating func name() -> Bool {
      if take("<") {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[(end + 1)...]
        return true
      }
      let letters = rest.prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
      rest = rest.dropFirst(letters.count)
      return letters.count >= 3
    }

    mutating func number(upTo limit: Int) -> Int? {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard (1...3).contains(digits.count) else { return nil }
      rest = rest.dropFirst(digits.count)
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return value <= limit ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time(upTo hours: Int) -> Int? {
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard var seconds = number(upTo: hours).map({ $0 * 3600 }) else { return nil }
      for unit in [60, 1] where take(":") {
        guard let part = number(upTo: 59) else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    /// `,date[/time]`.
    mutating func change() -> Change? {
      guard take(","), let date = date() else { return nil }
      guard take("/") else { return Change(date: date, seconds: 2 * 3600) }
      return time(upTo: 167).map { Change(date: date, seconds: $0) }
    }

    private mutating func date() -> Change.Date? {
      if take("J") { return number(upTo: 365).flatMap { $0 >= 1 ? .fixed($0) : nil } }
      guard take("M") else { return number(upTo: 365).map { .counted($0) } }
      guard let month = number(upTo: 12), month >= 1, take("."), let week = number(upTo: 5), week >= 1, take("."),
        let day = number(upTo: 6)
      else { return nil }
      return .weekday(day, week: week, month: month)
    }
  }
}

extension TimeZoneRule.Change {
  /// The moment in a year, as its clocks show it, in seconds since 1970.
  fileprivate func local(in year: Int) -> Int64 {
    // The years before 1 and after 9999 have no days here, and nobody asks for their summers.
    let year = min(max(year, 1), 9998)
    let days: Int
    switch date {
    case .counted(let number): days = TimeZoneRule.Change.first(1, year) + number
    case .fixed(let number):
      let isLeap = TimeZoneRule.Change.first(3, year) - TimeZoneRule.Change.first(2, year) == 29
      days = TimeZoneRule.Change.first(1, year) + number - 1 + (isLeap && number >= 60 ? 1 : 0)
    case .weekday(let weekday, let week, let month):
      let first = TimeZoneRule.Change.first(month, year)
      let next = month == 12 ? TimeZoneRule.Change.first(1, year + 1) : TimeZoneRule.Change.first(month + 1, year)
      // 1970-01-01 was a Thursday.
      let begins = ((first + 4) % 7 + 7) % 7
      var day = first + (weekday - begins + 7) % 7 + (week - 1) * 7
      while day >= next { day -= 7 }
      days = day
    }
    return Int64(days) * 86_400 + Int64(seconds)
  }

  /// The first day of a month, in days since 1970.
  private static func first(_ month: Int, _ year: Int) -> Int {
    Day(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0
  }
}
