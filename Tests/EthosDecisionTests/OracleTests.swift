import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import EthosText
import Testing

/// The exact difference against counting out: every case of random small pairs, decided by the reference evaluation.
@Suite struct OracleTests {
  @Test(arguments: 0..<8)
  func `verdict, regions, shares and witnesses agree with enumeration`(worker: Int) throws {
    var random = SeededGenerator(seed: 3_000 + UInt64(worker))
    for _ in 0..<(250 * soakFactor) {
      let before = RandomDecision(&random)
      let after = before.changed(&random)
      try check(before, after)
    }
  }

  private func check(_ before: RandomDecision, _ after: RandomDecision) throws {
    let (left, right) = (Decisions.side(before.text), Decisions.side(after.text))
    let difference = try BehaviourComparison.compare(left, right)
    let context = Comment(rawValue: "\(before.text)\n---\n\(after.text)\n---\n\(difference)")
    var (oldGraph, newGraph) = (left.graph, right.graph)
    let read = (oldGraph.decision(left.key), newGraph.decision(right.key))
    guard let old = read.0, let new = read.1 else {
      Issue.record("the decisions cannot be read\n\(context)")
      return
    }
    #expect(old.isUsable && new.isUsable, "\(old.diagnostics.map(\.message)) \(context)")
    var differing = 0
    var present = 0
    for facts in before.cases {
      let old = old.described(oldGraph.decide(left.key, facts: facts)?.outcome ?? .failed)
      let new = new.described(newGraph.decide(right.key, facts: facts)?.outcome ?? .failed)
      let isWhole = facts.allSatisfy { $0.value != .null }
      if isWhole { present += 1 }
      let regions = difference.regions.filter { contains($0, facts) }
      let isDifferent = !same(old, new, before.hitPolicy, after.hitPolicy)
      if isDifferent {
        if isWhole { differing += 1 }
        #expect(!regions.isEmpty, "no region has \(facts)\n\(context)")
      }
      for region in regions {
        #expect(isDifferent, "\(facts) is decided alike\n\(context)")
        #expect(same(region.before, old, before.hitPolicy, after.hitPolicy), "\(facts) before \(old)\n\(context)")
        #expect(same(region.after, new, before.hitPolicy, after.hitPolicy), "\(facts) after \(new)\n\(context)")
      }
    }
    #expect(difference.isComplete, context)
    #expect(difference.moreRegions == 0, context)
    #expect(difference.verdict == (difference.regions.isEmpty ? .equivalent : .different), context)
    for region in difference.regions {
      #expect(region.isProven && !region.witness.isEmpty, context)
    }
    if before.isCounted, let share = difference.share, let part = Int(share.numerator), let all = Int(share.denominator)
    {
      #expect(part * present == differing * all, "share \(share), counted \(differing) of \(present)\n\(context)")
    } else if before.isCounted {
      #expect(difference.regions.isEmpty, "no share: \(difference.shareReason ?? "-")\n\(context)")
    }
  }

  /// Whether a case satisfies what a region says of its facts.
  private func contains(_ region: BehaviourRegion, _ facts: [(name: String, value: FEELValue)]) -> Bool {
    region.when.allSatisfy { term in
      guard let fact = facts.first(where: { $0.name == term.input }),
        case .success(let tests) = FEELParser.unaryTests(term.text, names: FEELNames([String]()))
      else {
        Issue.record("unreadable \(term)")
        return false
      }
      return FEELEvaluator().satisfies(tests, input: fact.value, in: .empty).result == true
    }
  }

  /// Whether two answers are the same.
  private func same(_ left: BehaviourOutcome, _ right: BehaviourOutcome, _ one: String, _ other: String) -> Bool {
    RandomDecision.isSame(left, right, one, other)
  }
}

extension RandomDecision {
  /// Whether two answers are the same; what `collect` collects has no order.
  static func isSame(_ left: BehaviourOutcome, _ right: BehaviourOutcome, _ one: String, _ other: String) -> Bool {
    if one == "collect", other == "collect", case .array(let left) = left.json, case .array(let right) = right.json {
      return left.map { $0.text(pretty: false) }.sorted() == right.map { $0.text(pretty: false) }.sorted()
    }
    return left.json == right.json
  }
}
