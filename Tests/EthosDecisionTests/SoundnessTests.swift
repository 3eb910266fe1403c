import EthosDecision
import EthosModel
import EthosTestSupport
import EthosText
import Testing

/// Pairs of tables that a reader took apart: each once was called the same, or was found otherwise than it is decided.
@Suite struct SoundnessTests {
  /// A table of two rows on one fact: the first answers `a` where its cell holds, the second `b`.
  private func side(_ fact: String, _ cell: String, answer: String = "\"a\"", policy: String = "first") -> DecisionSide
  {
    Decisions.side(
      DecisionText.text(
        inputs: [fact], outputs: ["name: o, type: string"], hitPolicy: policy,
        rules: "| x | o |\n|---|---|\n| \(cell) | \(answer) |\n| - | \"b\" |"))
  }

  @Test(arguments: [
    // Texts have an order in FEEL.
    ("name: x, type: string", "< \"m\"", "< \"p\""), ("name: x, type: string", "[\"a\"..\"c\"]", "[\"a\"..\"d\"]"),
    // The fact's own name in a cell without `?` is a value to be equal to.
    ("name: x, type: boolean", "x = false", "false"), ("name: x, type: boolean", "? = false", "x = false"),
    ("name: x, type: number, allowed: \"[0..9]\"", "x > 5", "> 5"),
    // One end of a range refutes, though the other is of another kind.
    ("name: x, type: number, allowed: \"[0..9]\"", "[1..\"a\"]", "not([1..\"a\"])"),
    ("name: x, type: number, allowed: \"[0..9]\"", "? between 1 and \"a\"", "false"),
    // Moments with and without an offset.
    ("name: x, type: time", "time(\"10:00:00\")", "[time(\"10:00:00\")..time(\"10:00:00\")]"),
    ("name: x, type: time", "< time(\"10:00:00\")", "< time(\"10:00:00Z\")"),
    // Numbers of 34 digits have neighbours.
    (
      "name: x, type: number, allowed: \"[0..1]\"", "> 0.1234567890123456789012345678901234",
      "> 0.1234567890123456789012345678901235"
    ),
    ("name: x, type: number", "? > x + 1", "? > x + 2"),
  ])
  func `a difference is not called none`(fact: String, before: String, after: String) throws {
    let difference = try BehaviourComparison.compare(side(fact, before), side(fact, after))
    #expect(difference.verdict != .equivalent, "\(difference)")
  }

  @Test(arguments: [
    ("[1, \"a\"]", "1"), ("[\"a\", 4]", "4"), ("? > 3 and ? < 6", "(3..6)"),
  ])
  func `what decides the same is proved to`(before: String, after: String) throws {
    let fact = "name: x, type: number, allowed: \"[0..9]\", step: 1"
    let difference = try BehaviourComparison.compare(side(fact, before), side(fact, after))
    #expect(difference.verdict == .equivalent, "\(difference)")
  }

  @Test func `a step is for numbers`() {
    var graph = side("name: x, type: date, step: 7", "> @\"2025-01-03\"").graph
    let decision = graph.decision(EntryKey(.decision, "d"))
    #expect(decision?.diagnostics.map(\.message) == ["only a number has a step, and `x` is a date"])
  }

  @Test func `what is collected comes in the order of the rules`() throws {
    let fact = "name: x, type: boolean"
    let difference = try BehaviourComparison.compare(
      side(fact, "-", policy: "rule order"), side(fact, "-", policy: "collect"))
    #expect(difference.verdict == .equivalent)
  }

  @Test func `a limit that is named and leant on no longer is not the same`() throws {
    let limit = ["limits/cap.yaml": "id: cap\ntitle: Cap\natMost: 5\n"]
    func table(_ cell: String) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: ["name: x, type: number, allowed: \"[0..9]\", step: 1"], outputs: ["name: o, type: string"],
          rules: "| x | o |\n|---|---|\n| \(cell) | \"a\" |\n| - | \"b\" |", more: "uses: {cap: limit/cap}"),
        with: limit)
    }
    #expect(try LimitProbe.compare(table("> cap"), table(">= cap + 1")).verdict == .equivalent)
    let masked = try LimitProbe.compare(table("> cap"), table("> cap - cap + 5"))
    #expect(masked.verdict == .undecided)
    #expect(masked.reason?.contains("`limit/cap` is 5, and not when it is 6") == true, "\(masked)")
  }

  @Test func `answers are stricter in an order that both sides declare`() throws {
    func table(_ allowed: String, _ answer: String) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: ["name: x, type: boolean"],
          outputs: ["name: o, type: string, allowed: '\(allowed)', strictest: first"],
          rules: "| x | o |\n|---|---|\n| true | \(answer) |\n| - | \"no\" |"))
    }
    let all = "\"no\", \"refer\", \"yes\""
    func direction(_ before: DecisionSide, _ after: DecisionSide) throws -> BehaviourDifference.Direction {
      try BehaviourComparison.compare(before, after).direction
    }
    #expect(try direction(table(all, "\"yes\""), table(all, "\"refer\"")) == .tightened)
    #expect(try direction(table(all, "\"refer\""), table(all, "\"yes\"")) == .loosened)
    #expect(try direction(table(all, "\"refer\""), table("\"no\", \"yes\"", "\"yes\"")) == .changed)
    #expect(try direction(table(all, "\"refer\""), table("\"now\", " + all, "\"now\"")) == .changed)
    #expect(try direction(table(all, "\"refer\""), table("\"no\", \"yes\", \"refer\"", "\"yes\"")) == .changed)
  }

  @Test func `conditions that cost much end the search for a case, which would take years`() throws {
    func table(_ bound: Int) -> DecisionSide {
      side(
        "name: x, type: number, allowed: \"[0..9]\"",
        "(every i in 1..300, j in 1..300 satisfies true) and ? * 1 > \(bound)")
    }
    var limits = BehaviourLimits.standard
    limits.samples = 1_000_000_000
    limits.sampleSteps = 200_000
    #expect(try BehaviourComparison.compare(table(20), table(30), limits: limits).verdict == .undecided)
  }
}
