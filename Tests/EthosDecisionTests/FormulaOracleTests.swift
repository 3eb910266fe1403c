import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import Testing

/// What a comparison says of tables with formulas, held to every case of small domains, decided rule by rule on both
/// sides: nothing here shares code with the grid.
@Suite struct FormulaOracleTests {
  @Test(arguments: 0..<8)
  func `whatever is shown of formulas holds in every case`(worker: Int) throws {
    var random = SeededGenerator(seed: 7_000 + UInt64(worker))
    var open = 0
    for _ in 0..<(25 * soakFactor) {
      let before = RandomDecision(&random, hasFormulas: true)
      open += try check(before, before.changed(&random))
    }
    // Most facts of these tables have few values; what is left open is about dense numbers, and about the least or the
    // greatest of answers that are no numbers in some case.
    #expect(open <= 11 * soakFactor, "\(open) of \(25 * soakFactor) were not decided")
  }

  /// Holds one pair to its cases, and returns 1 where it was not decided.
  private func check(_ before: RandomDecision, _ after: RandomDecision) throws -> Int {
    let (left, right) = (Decisions.side(before.text), Decisions.side(after.text))
    let difference = try BehaviourComparison.compare(left, right)
    let context = Comment(rawValue: "\(before.text)\n---\n\(after.text)\n---\n\(difference)")
    var (oldGraph, newGraph) = (left.graph, right.graph)
    let read = (oldGraph.decision(left.key), newGraph.decision(right.key))
    guard let old = read.0, let new = read.1, old.isUsable, new.isUsable else {
      Issue.record("the decisions cannot be read\n\(context)")
      return 1
    }
    func decided(_ facts: [(name: String, value: FEELValue)]) -> (BehaviourOutcome, BehaviourOutcome) {
      (
        old.described(oldGraph.decide(left.key, facts: facts)?.outcome ?? .failed),
        new.described(newGraph.decide(right.key, facts: facts)?.outcome ?? .failed)
      )
    }
    func isSame(_ one: BehaviourOutcome, _ other: BehaviourOutcome) -> Bool { one.json == other.json }
    var counts = (differing: 0, present: 0, all: 0)
    for facts in before.cases {
      let (was, becomes) = decided(facts)
      let regions = difference.regions.filter { contains($0, facts) }
      let isDifferent = !isSame(was, becomes)
      let isPresent = facts.allSatisfy { $0.value != .null }
      counts.all += isDifferent ? 1 : 0
      counts.present += isPresent ? 1 : 0
      counts.differing += isPresent && isDifferent ? 1 : 0
      if isDifferent, difference.isComplete { #expect(!regions.isEmpty, "no region has \(facts)\n\(context)") }
      for region in regions
      where region.isWhole && region.isProven && region.unless.isEmpty && isAboutFacts(region, before) {
        #expect(isDifferent, "\(facts) is decided alike\n\(context)")
        #expect(isSame(region.before, was) && isSame(region.after, becomes), "\(facts): \(was), \(becomes)\n\(context)")
      }
    }
    for region in difference.regions where region.isProven {
      #expect(!region.witness.isEmpty || before.facts.isEmpty, context)
      let types = Dictionary(uniqueKeysWithValues: old.facts.map { ($0.name, $0.type) })
      let facts = region.witness.compactMap { term in
        FactText.value(term.text, types[term.input] ?? .any).map { (name: term.input, value: $0) }
      }
      #expect(contains(region, facts), "\(facts) is no case of the region\n\(context)")
      let (was, becomes) = decided(facts)
      #expect(!isSame(was, becomes), context)
      #expect(isSame(region.seen?.before ?? region.before, was), context)
      #expect(isSame(region.seen?.after ?? region.after, becomes), context)
      #expect(region.isWhole == (region.seen == nil), context)
    }
    switch difference.verdict {
    case .equivalent: #expect(counts.all == 0, context)
    case .different: #expect(counts.all > 0 || !before.isCounted, context)
    case .undecided: #expect(difference.reason != nil, context)
    }
    if before.isCounted, let share = difference.share, let part = Int(share.numerator), let all = Int(share.denominator)
    {
      #expect(part * counts.present == counts.differing * all, "\(share): \(counts)\n\(context)")
    }
    return difference.verdict == .undecided ? 1 : 0
  }

  /// Whether no condition is a term of its own.
  private func isAboutFacts(_ region: BehaviourRegion, _ decision: RandomDecision) -> Bool {
    region.when.allSatisfy { term in decision.facts.contains { $0.name == term.input } }
  }

  /// Whether a case satisfies what a region says of its facts; conditions that are terms of their own are not looked at.
  private func contains(_ region: BehaviourRegion, _ facts: [(name: String, value: FEELValue)]) -> Bool {
    region.when.allSatisfy { term in
      guard let fact = facts.first(where: { $0.name == term.input }) else { return true }
      guard case .success(let tests) = FEELParser.unaryTests(term.text, names: FEELNames([String]())) else {
        Issue.record("unreadable \(term)")
        return false
      }
      return FEELEvaluator().satisfies(tests, input: fact.value, in: .empty).result == true
    }
  }
}
