import EthosText
import Testing

@Suite struct DayTests {
  @Test(arguments: ["2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2026-01-31"])
  func `a day of the calendar is read and written`(text: String) throws {
    #expect(try #require(Day(text)).description == text)
  }

  @Test(arguments: [
    "2023-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01", "2026-1-1",
    "2026-01-01 ", "20260101", "+026-01-01", "２０２６-01-01", "", "2026-01-01T00:00", "2026/01/01",
  ])
  func `what is no day of the calendar is none`(text: String) {
    #expect(Day(text) == nil)
  }

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2026-02-01", 20_485), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896),
  ])
  func `days are counted from 1970`(text: String, count: Int) throws {
    #expect(try #require(Day(text)).daysSinceEpoch == count)
    #expect(Day(daysSinceEpoch: count).description == text)
  }

  @Test func `every day of four centuries follows the one before it`() throws {
    var day = try #require(Day("1899-12-31"))
    for _ in 0..<146_097 {
      let next = day.adding(days: 1)
      #expect(day < next && next.daysSinceEpoch == day.daysSinceEpoch + 1)
      #expect(next.day == day.day + 1 || next.day == 1)
      #expect(Day(year: next.year, month: next.month, day: next.day) == next)
      day = next
    }
    #expect(day == Day("2299-12-31"))
  }

  @Test func `days beyond the calendar are its first and its last`() {
    #expect(Day(daysSinceEpoch: .min).description == "0001-01-01")
    #expect(Day(daysSinceEpoch: .max).description == "9999-12-31")
    #expect(Day(daysSinceEpoch: 2_932_896).adding(days: 1).description == "9999-12-31")
  }
}

@Suite struct InstantTests {
  @Test(arguments: [
    (0, 0, "1970-01-01T00:00:00+00:00"), (1_769_930_999, 60, "2026-02-01T08:29:59+01:00"),
    (1_769_900_400, 60, "2026-02-01T00:00:00+01:00"), (1_769_900_399, 60, "2026-01-31T23:59:59+01:00"),
    (-1, 0, "1969-12-31T23:59:59+00:00"), (0, -330, "1969-12-31T18:30:00-05:30"),
  ])
  func `an instant is written where its writer was`(seconds: Int64, offset: Int, text: String) {
    let instant = Instant(seconds: seconds, offsetMinutes: offset)
    #expect(instant.iso8601 == text)
    #expect(instant.writersDay.description == text.prefix(10))
  }

  @Test func `an offset that is not known is written so`() {
    #expect(Instant(seconds: 0, isOffsetUnknown: true).iso8601.hasSuffix("-00:00"))
  }
}
