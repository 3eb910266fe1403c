import EthosFEEL
import EthosTestSupport
import Testing

/// Dates, times and durations: their texts, their arithmetic and their properties.
@Suite struct FEELTemporalTests {
  @Test(arguments: [
    ("2026-01-31", true), ("-0044-03-15", true), ("999999999-12-31", true), ("-999999999-01-01", true),
    ("0000-02-29", true),
    ("2023-02-29", false), ("2026-1-31", false), ("02026-01-31", false), ("1000000000-01-01", false),
    ("2026-13-01", false),
    ("10:00:00", true), ("10:00:00Z", true), ("10:00:00.123456789+01:00", true), ("10:00:00-18:00", true),
    ("10:00:00+18:01", false), ("10:00:00@Europe/Paris", true), ("10:00:00@", false), ("10:60:00", false),
    ("10:00", false),
    ("2026-01-31T10:00:00Z", true), ("2026-01-31T10:00:00@Europe/Paris", true), ("2026-01-31 10:00:00", false),
    ("P1Y2M", true), ("-P1Y", true), ("P1DT2H3M4.5S", true), ("PT0S", true), ("P1Y2D", false), ("P2M1Y", false),
    ("PT1D", false),
    ("P1H", false), ("1D", false), ("P1D2", false), ("P99999999999999999999D", false),
  ]) func `a text is temporal or is not`(_ text: String, _ expected: Bool) {
    let value = FEELValue(temporal: text)
    #expect((value != nil) == expected)
    if let value { #expect(value.description == "@\"\(text)\"") }
  }

  @Test(arguments: [
    ("@\"2026-01-31\" + @\"P1M\"", "@\"2026-02-28\""), ("@\"2024-02-29\" + @\"P1Y\"", "@\"2025-02-28\""),
    ("@\"2026-03-31\" - @\"P1M\"", "@\"2026-02-28\""), ("@\"2026-01-01\" + @\"P1D\"", "@\"2026-01-02\""),
    ("@\"2026-01-01\" + @\"PT36H\"", "@\"2026-01-02\""), ("@\"2026-01-01\" - @\"2025-01-01\"", "@\"P365D\""),
    ("@\"2026-01-01T10:00:00Z\" + @\"PT15H\"", "@\"2026-01-02T01:00:00Z\""),
    ("@\"2026-01-01T00:00:00Z\" - @\"PT1S\"", "@\"2025-12-31T23:59:59Z\""),
    ("@\"2026-01-01T10:00:00Z\" - @\"2026-01-01T10:00:00+01:00\"", "@\"PT1H\""),
    ("@\"23:30:00\" + @\"PT1H\"", "@\"00:30:00\""), ("@\"10:00:00\" - @\"08:30:00\"", "@\"PT1H30M\""),
    ("@\"P1D\" + @\"PT12H\"", "@\"P1DT12H\""), ("@\"P1Y\" - @\"P1M\"", "@\"P11M\""), ("@\"P1D\" * 1.5", "@\"P1DT12H\""),
    ("2 * @\"P1Y\"", "@\"P2Y\""), ("@\"P1D\" / 2", "@\"PT12H\""), ("@\"P1D\" / @\"PT1H\"", "24"),
    ("@\"P1Y\" / @\"P1M\"", "12"),
    ("@\"P1Y\" / 5", "@\"P2M\""), ("-@\"P1D\"", "@\"-P1D\""), ("@\"P1D\" / 0", "null"), ("@\"P1D\" + @\"P1M\"", "null"),
    ("@\"P1D\" + @\"2026-01-01\"", "@\"2026-01-02\""), ("@\"999999999-12-31\" + @\"P1D\"", "null"),
    ("@\"2026-01-01\" + 1", "null"), ("@\"10:00:00\" + @\"P1M\"", "null"), ("@\"P1D\" * 1e40", "null"),
    ("@\"2026-01-02\" - @\"2026-01-01T12:00:00Z\"", "@\"PT12H\""),
  ]) func `arithmetic`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("@\"2026-11-02\".year", "2026"), ("@\"2026-11-02\".month", "11"), ("@\"2026-11-02\".day", "2"),
    ("@\"2026-11-02\".weekday", "1"), ("@\"2026-11-08\".weekday", "7"), ("@\"10:11:12\".hour", "10"),
    ("@\"10:11:12\".minute", "11"), ("@\"10:11:12\".second", "12"), ("@\"10:11:12+01:00\".time offset", "@\"PT1H\""),
    ("@\"10:11:12\".time offset", "null"), ("@\"10:11:12@Europe/Paris\".timezone", "\"Europe/Paris\""),
    ("@\"2026-11-02T10:11:12@Europe/Paris\".time offset", "@\"PT1H\""), ("@\"2026-11-02T10:11:12Z\".hour", "10"),
    ("@\"P1DT2H3M4.5S\".days", "1"), ("@\"P1DT2H3M4.5S\".hours", "2"), ("@\"P1DT2H3M4.5S\".minutes", "3"),
    ("@\"P1DT2H3M4.5S\".seconds", "4.5"), ("@\"-P1DT2H\".days", "-1"), ("@\"P1Y2M\".years", "1"),
    ("@\"P1Y2M\".months", "2"),
    ("@\"2026-11-02\".hour", "null"), ("[@\"2026-11-02\", @\"2025-01-01\"].year", "[2026, 2025]"),
  ]) func `properties`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }

  @Test func `days count forwards and backwards`() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<2_000 * soakFactor {
      let days = Int.random(in: -365_000_000_000...365_000_000_000, using: &random)
      guard let date = FEELDate(daysSinceEpoch: days) else { continue }
      #expect(date.daysSinceEpoch == days)
      #expect(FEELDate(date.description) == date)
      if let next = FEELDate(daysSinceEpoch: days + 1) {
        #expect(date < next)
        #expect(next.weekday == date.weekday % 7 + 1)
      }
    }
  }
}
