import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import Testing

/// Merged tables, held to every case of small domains under all states that they come from.
@Suite struct JointOracleTests {
  @Test(arguments: 0..<8)
  func `a merge is kept where every case is as a side decides it, and broken with a case that is not`(worker: Int)
    throws
  {
    var random = SeededGenerator(seed: 9_000 + UInt64(worker))
    var counts = (kept: 0, broken: 0, open: 0)
    for round in 0..<(25 * soakFactor) {
      let base = RandomDecision(&random, hasFormulas: round % 3 == 0)
      let (ours, theirs) = (base.changed(&random), base.changed(&random))
      // What a merge makes: the rules of one side with a rule of the other, or one of the sides, or something else.
      var merged = [ours, theirs, base, ours.changed(&random)].randomElement(using: &random) ?? ours
      if Bool.random(using: &random), let rule = theirs.rules.randomElement(using: &random) {
        merged.rules[Int.random(in: merged.rules.indices, using: &random)] = rule
      }
      let all = [base, ours, theirs, merged]
      let sides = all.map { Decisions.side($0.text) }
      let context = Comment(rawValue: all.map(\.text).joined(separator: "\n---\n"))
      var work = JointBehaviour.standardWork
      let result = JointBehaviour.of(
        bases: [sides[0]], ours: sides[1], theirs: sides[2], merged: sides[3], work: &work)
      switch result {
      case .kept:
        counts.kept += 1
        for facts in base.cases {
          let outcomes = decide(sides, facts)
          #expect(!isBroken(outcomes), "\(facts): \(outcomes)\n\(context)")
        }
      case .broken(let found):
        counts.broken += 1
        var graph = sides[3].graph
        let types = Dictionary(uniqueKeysWithValues: graph.facts(of: sides[3].key).map { ($0.name, $0.type) })
        let facts = found.facts.compactMap { term in
          FactText.value(term.text, types[term.input] ?? .any).map { (name: term.input, value: $0) }
        }
        let outcomes = decide(sides, facts)
        #expect(isBroken(outcomes), "\(facts): \(outcomes)\n\(context)")
        #expect(outcomes == [found.base ?? .failed, found.ours, found.theirs, found.merged], context)
      case .open: counts.open += 1
      }
    }
    #expect(counts.kept > 0 && counts.broken > 0, "\(counts)")
    #expect(counts.open < 12 * soakFactor, "\(counts)")
  }

  private func decide(_ sides: [DecisionSide], _ facts: [(name: String, value: FEELValue)]) -> [Outcome] {
    sides.map { side in
      var graph = side.graph
      return graph.decide(side.key, facts: facts)?.outcome ?? .failed
    }
  }

  /// The law in its own words: where one side changed a case the merge has that change, where both did it has one of them.
  private func isBroken(_ outcomes: [Outcome]) -> Bool {
    let (base, ours, theirs, merged) = (outcomes[0], outcomes[1], outcomes[2], outcomes[3])
    switch (ours == base, theirs == base) {
    case (true, true): return merged != base
    case (true, false): return merged != theirs
    case (false, true): return merged != ours
    case (false, false): return merged != ours && merged != theirs
    }
  }

  private func table(_ rows: String, inputs: [String]) -> DecisionSide {
    Decisions.side(DecisionText.text(inputs: inputs, outputs: ["name: o, type: string"], rules: rows))
  }

  @Test func `what one side changed and the merge decides as before is lost, unless the other changed it back`() {
    func one(_ answer: String) -> DecisionSide {
      table("| x | o |\n|---|---|\n| - | \"\(answer)\" |", inputs: ["name: x, type: boolean"])
    }
    func result(_ bases: [String], _ ours: String, _ theirs: String, _ merged: String) -> Bool {
      var work = JointBehaviour.standardWork
      let found = JointBehaviour.of(
        bases: bases.map(one), ours: one(ours), theirs: one(theirs), merged: one(merged), work: &work)
      if case .kept = found { return true }
      return false
    }
    #expect(!result(["a"], "b", "a", "a"))
    #expect(result(["a"], "b", "a", "b"))
    #expect(result(["a"], "b", "c", "c"))
    #expect(!result(["a"], "b", "c", "a"))
    #expect(result(["a", "b"], "b", "a", "a"))
    #expect(!result([], "b", "a", "c"))
    #expect(result([], "b", "a", "a"))
  }

  @Test func `a collision among many rules is found, and what is too much is said to be open`() {
    let flags = (0..<24).map { "name: b\($0), type: boolean" }
    func rows(_ weights: [Int]) -> String {
      let names = flags.indices.map { "b\($0)" }.joined(separator: " | ")
      let lines = weights.enumerated().map { index, weight in
        "| \(flags.indices.map { $0 == index % 24 || $0 == (index * 7 + 3 + index / 24 * 5) % 24 ? "true" : "-" }.joined(separator: " | ")) "
          + "| \"\(weight)\" |"
      }
      return (["| \(names) | o |", "|" + String(repeating: "---|", count: 25)] + lines).joined(separator: "\n")
    }
    let weights = Array(0..<60)
    var (left, right, both) = (weights, weights, weights)
    (left[3], right[40]) = (900, 901)
    (both[3], both[40]) = (900, 901)
    func result(_ merged: [Int], _ work: Int) -> JointBehaviour {
      var work = work
      return JointBehaviour.of(
        bases: [table(rows(weights), inputs: flags)], ours: table(rows(left), inputs: flags),
        theirs: table(rows(right), inputs: flags), merged: table(rows(merged), inputs: flags), work: &work)
    }
    guard case .kept = result(both, JointBehaviour.standardWork) else {
      Issue.record("two rules that nobody else changed merge")
      return
    }
    both[40] = 902
    guard case .broken(let found) = result(both, JointBehaviour.standardWork) else {
      Issue.record("an answer of neither side was not found")
      return
    }
    #expect(found.merged == .decided(.string("902")))
    guard case .open(let reason) = result(both, 0) else {
      Issue.record("without work nothing is proved")
      return
    }
    #expect(reason.contains("budget"))
  }
}
