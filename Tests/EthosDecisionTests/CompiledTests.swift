import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import Testing

/// What a table says by itself, and what it answers when it is compiled, against every case of random small tables.
@Suite struct CompiledTests {
  @Test(arguments: 0..<4)
  func `a compiled decision answers every case as the reference does`(worker: Int) throws {
    var random = SeededGenerator(seed: 7_000 + UInt64(worker))
    for _ in 0..<(60 * soakFactor) {
      let decision = RandomDecision(&random)
      let side = Decisions.side(decision.text)
      let compiled = try CompiledDecision(side)
      var graph = side.graph
      // Cases outside of the domain are cases too: a value that is not allowed, and a missing one.
      let odd = decision.facts.map { (name: $0.name, value: FEELValue.null) }
      let others = decision.facts.map { (name: $0.name, value: FEELValue.number(FEELNumber(99))) }
      for facts in decision.cases + [odd, others] {
        let expected = graph.decide(side.key, facts: facts)
        let values = compiled.factNames.map { name in facts.first { $0.name == name }?.value ?? .null }
        let answer = compiled.decide(values)
        #expect(answer.outcome == expected?.outcome, "\(facts)\n\(decision.text)")
        if case .failed = answer.outcome { continue }
        #expect(answer.rules == (expected?.rules ?? []).sorted(), "\(facts)\n\(decision.text)")
      }
    }
  }

  @Test(arguments: 0..<4)
  func `gaps, collisions and dead rules are those that counting out finds`(worker: Int) throws {
    var random = SeededGenerator(seed: 8_000 + UInt64(worker))
    for _ in 0..<(60 * soakFactor) {
      let decision = RandomDecision(&random)
      let side = Decisions.side(decision.text)
      let findings = TableAnalysis.findings(side)
      var graph = side.graph
      let outcomes = decision.cases.map { graph.decide(side.key, facts: $0) }
      let context = Comment(rawValue: "\(decision.text)\n\(findings)")
      #expect(!findings.contains { $0.kind == .unknown }, context)
      if HitPolicy(name: decision.hitPolicy)?.isSingle == true, decision.fallback == nil {
        let hasGap = outcomes.contains { $0?.outcome == .noRule }
        #expect(findings.contains { $0.kind == .gap } == hasGap, context)
      }
      let collides = outcomes.contains { $0?.outcome == .conflict }
      #expect(findings.contains { $0.kind == .conflict } == collides, context)
      let fails = outcomes.contains { $0?.outcome == .failed }
      #expect(findings.contains { $0.kind == .failingRule } == fails, context)
      let failing = Set(findings.filter { $0.kind == .failingRule }.flatMap(\.rules))
      let answering = Set(outcomes.flatMap { $0?.outcome == .failed ? [] : $0?.rules ?? [] }).union(failing)
      if ["first", "priority"].contains(decision.hitPolicy) {
        let dead = Set(findings.filter { $0.kind == .deadRule }.flatMap(\.rules))
        #expect(dead == Set(decision.rules.indices).subtracting(answering), context)
      }
      try checkIdle(findings, decision, context)
    }
  }

  /// What is said to be not needed, or to be one rule, can be taken away without a change of behaviour.
  private func checkIdle(_ findings: [TableFinding], _ decision: RandomDecision, _ context: Comment) throws {
    for finding in findings where finding.kind == .mergeable {
      let words = try #require(finding.help?.split(separator: "`").map(String.init), context)
      let column = try #require(decision.facts.firstIndex { $0.name == words[3] }, context)
      var merged = decision
      merged.rules[finding.rules[0]].cells[column] = words[1]
      merged.rules.remove(at: finding.rules[1])
      let difference = try BehaviourComparison.compare(Decisions.side(decision.text), Decisions.side(merged.text))
      #expect(difference.verdict == .equivalent, context)
    }
    for finding in findings where finding.kind == .idleCondition && finding.help == "write `-` there" {
      let row = try #require(finding.rules.first)
      let column = try #require(
        decision.facts.firstIndex { finding.message.contains("condition on `\($0.name)`") }, context)
      var without = decision
      without.rules[row].cells[column] = "-"
      let difference = try BehaviourComparison.compare(Decisions.side(decision.text), Decisions.side(without.text))
      #expect(difference.verdict == .equivalent, context)
    }
  }
}
