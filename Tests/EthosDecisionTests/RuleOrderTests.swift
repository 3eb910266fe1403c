import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import Testing

/// What the order of rules says under each hit policy: in the evaluation, the comparison and the fingerprint alike.
@Suite struct RuleOrderTests {
  @Test(arguments: HitPolicy.allCases)
  func `equal fingerprints decide alike, and an order that says nothing leaves them`(policy: HitPolicy) throws {
    var random = SeededGenerator(seed: 41)
    var (kept, changed) = (0, 0)
    for _ in 0..<(60 * soakFactor) {
      let decision = RandomDecision(&random, policy: policy.name)
      var other = decision
      other.rules.shuffle(using: &random)
      let (left, right) = (Decisions.side(decision.text), Decisions.side(other.text))
      var (before, after) = (left.graph, right.graph)
      let isAlike = decision.cases.allSatisfy {
        before.decide(left.key, facts: $0)?.outcome == after.decide(right.key, facts: $0)?.outcome
      }
      let isSame = fingerprint(decision) == fingerprint(other)
      #expect(!isSame || isAlike, "\(decision.text)\n\(other.text)")
      if policy.order == .nothing { #expect(isSame, "\(decision.text)\n\(other.text)") }
      let verdict = try BehaviourComparison.compare(left, right).verdict
      #expect(verdict == (isAlike ? .equivalent : .different), "\(decision.text)\n\(other.text)")
      if isAlike { kept += 1 } else { changed += 1 }
    }
    // The order is said to mean something exactly where it does in some table.
    #expect(policy.heedsOrder == (changed > 0))
    #expect(kept > 0)
  }

  @Test(arguments: [HitPolicy.priority, .outputOrder, .first, .ruleOrder, .collect])
  func `equal answers change places, and that is a change`(policy: HitPolicy) throws {
    let rows = ["| > 2 | \"approve\" | 1000 |", "| > 4 | \"approve\" | 1000000 |"]
    func side(_ rows: [String]) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: ["name: x, type: number, allowed: \"[0..10]\", step: 1"],
          outputs: [
            "name: route, type: string, allowed: '\"refer\", \"approve\"'", "name: limit, type: number",
          ], hitPolicy: policy.name,
          rules: (["| x | route | limit |", "|---|---|---|"] + rows).joined(separator: "\n")))
    }
    let difference = try BehaviourComparison.compare(side(rows), side(rows.reversed()))
    #expect(difference.verdict == .different)
    #expect(difference.share?.description == "6/11")
  }

  @Test func `rules of another rank may stand in any order under priority`() throws {
    let rows = ["| > 2 | \"approve\" |", "| > 4 | \"refer\" |"]
    func side(_ rows: [String]) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: ["name: x, type: number, allowed: \"[0..10]\", step: 1"],
          outputs: ["name: route, type: string, allowed: '\"refer\", \"approve\"'"], hitPolicy: "priority",
          rules: (["| x | route |", "|---|---|"] + rows).joined(separator: "\n")))
    }
    #expect(try BehaviourComparison.compare(side(rows), side(rows.reversed())).verdict == .equivalent)
  }

  /// Answers that cannot be added, or told apart, without a look at their order.
  @Test(arguments: [
    ("collect sum", ["9999999999999999999999999999999999", "0.6", "0.6", "-9999999999999999999999999999999999"]),
    ("any", ["@\"10:00:00Z\"", "@\"11:00:00+01:00\""]), ("collect min", ["@\"10:00:00Z\"", "@\"11:00:00+01:00\""]),
    ("collect max", ["@\"10:00:00\"", "@\"10:30:00+01:00\"", "@\"09:45:00Z\""]),
  ])
  func `where the order says nothing no answer depends on it`(policy: String, answers: [String]) throws {
    var random = SeededGenerator(seed: 5)
    var outcomes: Set<Outcome> = []
    for _ in 0..<10 {
      let rows = answers.shuffled(using: &random).map { "| - | \($0) |" }
      let side = Decisions.side(
        DecisionText.text(
          inputs: ["name: x, type: boolean"],
          outputs: ["name: o, type: \(policy == "collect sum" ? "number" : "time")"],
          hitPolicy: policy, rules: (["| x | o |", "|---|---|"] + rows).joined(separator: "\n")))
      var graph = side.graph
      outcomes.insert(graph.decide(side.key, facts: [("x", .boolean(true))])?.outcome ?? .noRule)
    }
    #expect(outcomes.count == 1, "\(outcomes)")
  }

  private func fingerprint(_ decision: RandomDecision) -> Fingerprint? {
    Fingerprint.of(EntryKey(.decision, "d"), in: Decisions.snapshot(["decisions/d.yaml": decision.text]))
  }
}
