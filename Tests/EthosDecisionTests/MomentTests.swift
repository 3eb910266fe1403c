import EthosDecision
import EthosModel
import EthosTestSupport
import EthosText
import Testing

/// Times, and dates and times, as thresholds.
@Suite struct MomentTests {
  private func difference(_ fact: String, _ before: String, _ after: String) throws -> BehaviourDifference {
    func side(_ cell: String) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: [fact], outputs: ["name: o, type: string"],
          rules: "| x | o |\n|---|---|\n| \(cell) | \"a\" |\n| - | \"b\" |"))
    }
    return try BehaviourComparison.compare(side(before), side(after))
  }

  @Test func `a time of day that moved is one region with its share of the day`() throws {
    let found = try difference("name: x, type: time", "< time(\"10:00:00\")", "< time(\"16:00:00\")")
    #expect(found.verdict == .different && found.isComplete)
    #expect(found.regions.count == 1 && found.regions.allSatisfy(\.isProven))
    #expect(found.share?.percent == "25 %" || found.share?.percent == "25.0 %")
    #expect(
      try difference("name: x, type: time", "< time(\"10:00:00\")", "not(>= time(\"10:00:00\"))").verdict == .equivalent
    )
  }

  @Test(arguments: ["", "Z", "+02:00"]) func `a moment that moved is one region`(zone: String) throws {
    let allowed =
      "allowed: '[date and time(\"2025-01-01T00:00:00\(zone)\")..date and time(\"2025-12-31T00:00:00\(zone)\")]'"
    func moment(_ day: String) -> String { ">= date and time(\"2025-\(day)T00:00:00\(zone)\")" }
    let found = try difference("name: x, type: date and time, \(allowed)", moment("03-01"), moment("04-01"))
    #expect(found.verdict == .different && found.isComplete && found.share != nil, "\(found)")
    #expect(found.regions.count == 1 && found.regions.allSatisfy(\.isProven))
    let same = try difference("name: x, type: date and time", moment("03-01"), moment("03-01"))
    #expect(same.verdict == .equivalent)
  }

  /// Moments compare by the second; what sees a fraction is not proved by whole seconds.
  @Test func `thresholds within a second are one`() throws {
    func below(_ time: String) -> String { "< time(\"\(time)\")" }
    let fact = "name: x, type: time"
    #expect(try difference(fact, below("10:00:00.2"), below("10:00:00.7")).verdict == .equivalent)
    #expect(try difference(fact, below("10:00:00.7"), below("10:00:01.2")).verdict == .different)
    let long = "name: x, type: date and time"
    func late(_ time: String) -> String { "> date and time(\"1969-12-31T23:59:\(time)\")" }
    #expect(try difference(long, late("58.2"), late("58.7")).verdict == .equivalent)
    #expect(try difference(long, late("58.7"), late("59.2")).verdict == .different)
    let narrow = "\(fact), allowed: '[time(\"10:00:00\")..time(\"10:00:03\")]'"
    func after(_ duration: String) -> String { "? - time(\"10:00:00\") > duration(\"\(duration)\")" }
    #expect(try difference(narrow, after("PT1.2S"), after("PT1.7S")).verdict != .equivalent)
  }

  /// To be equal to a moment is no matter of its place alone, and two forms are two orders.
  @Test(arguments: [
    ("time(\"10:00:00\")", "[time(\"10:00:00\")..time(\"10:00:00\")]"),
    ("< time(\"10:00:00\")", "< time(\"10:00:00Z\")"),
    ("< time(\"10:00:00Z\")", "< time(\"10:00:00+01:00\")"),
  ])
  func `what is no order of one form is not called the same`(before: String, after: String) throws {
    #expect(try difference("name: x, type: time", before, after).verdict != .equivalent)
  }
}
