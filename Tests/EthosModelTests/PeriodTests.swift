import EthosModel
import Testing

@Suite struct PeriodTests {
  @Test(arguments: [("1 day", 1), ("2 days", 2), ("180 days", 180), ("99999 days", Period.maximum)])
  func `a period is a number of days as people write it`(_ text: String, _ days: Int) {
    #expect(Period.days(text) == days)
  }

  @Test(arguments: [
    "", "180", "days", " days", "180days", "180  days", "180 days ", " 180 days", "180\tdays", "1 days", "2 day",
    "0 days",
    "0180 days", "060 days", "-1 days", "+1 day", "1.5 days", "1e3 days", "100000 days", "99999999999999999999 days",
    "180 Days", "180 day\u{301}s", "180 days\u{200B}", "180\u{600} days", "\u{661}\u{668}\u{660} days", "six months",
    "180 days\n", "180 days or so",
  ])
  func `what is no period has no days`(_ text: String) {
    #expect(Period.days(text) == nil)
  }
}
