import EthosDecision
import EthosFEEL

/// Which values prevailed over which others in what was decided.
package struct RevealedOrder: Sendable {
  /// Two values that were at stake together, first the one that prevailed more often.
  package struct Pair: Sendable, Hashable {
    package var first: String
    package var second: String
    /// The cases in which the first prevailed, of those in which one did.
    package var share: Share
  }

  package var pairs: [Pair] = []
  /// Departures of which no one value can be said to have prevailed.
  package var ambiguous = 0

  /// The least number of cases from which a pair is judged.
  package static let least = 30

  package init() {}
}

/// Reads the revealed order from cases.
///
/// A case that was decided as the rules say counts for the values that those rules enact, over the values that they say
/// they cost. One that departs counts for the value that every rule with the actual answer enacts, over those that the rules
/// which were departed from enact; where those rules do not enact one and the same value, it is ambiguous.
struct OrderReading {
  /// For each side the values that all rules with an answer enact; nil where they do not agree on one.
  private let valueOfAnswer: [[Outcome: String?]]
  private let tables: [DecisionTable]
  private var wins: [[String]: Int] = [:]
  private var ambiguous = 0

  init(_ sides: [RuleSide]) {
    tables = sides.map(\.decision.table)
    valueOfAnswer = tables.map { table in
      var values: [Outcome: Set<[String]>] = [:]
      for rule in table.rules {
        let answers = rule.answers.map { FEELEvaluator().value(of: $0, in: .empty).value }
        values[.decided(table.answer(answers)), default: []].insert(rule.enacts.sorted())
      }
      return values.mapValues { $0.count == 1 && $0.first?.count == 1 ? $0.first?.first : nil }
    }
  }

  mutating func add(_ verdict: Verdict, actual: Outcome, side: Int, cases: Int) {
    let rules = verdict.rules.filter { tables[side].rules.indices.contains($0) }.map { tables[side].rules[$0] }
    let enacted = Set(rules.flatMap(\.enacts))
    if verdict.outcome == actual {
      for over in Set(rules.flatMap(\.over)).subtracting(enacted) {
        for value in enacted { wins[[value, over], default: 0] += cases }
      }
      return
    }
    guard let value = valueOfAnswer[side][actual] ?? nil, !enacted.isEmpty else {
      ambiguous += cases
      return
    }
    for other in enacted where other != value { wins[[value, other], default: 0] += cases }
  }

  var found: RevealedOrder {
    var order = RevealedOrder()
    order.ambiguous = ambiguous
    let pairs = Set(wins.keys.map { $0.sorted() })
    order.pairs = pairs.map { pair in
      let (won, lost) = (wins[pair] ?? 0, wins[[pair[1], pair[0]]] ?? 0)
      return won >= lost
        ? RevealedOrder.Pair(first: pair[0], second: pair[1], share: Share(won, of: won + lost))
        : RevealedOrder.Pair(first: pair[1], second: pair[0], share: Share(lost, of: won + lost))
    }.sorted { ($0.share.of, $1.first, $1.second) > ($1.share.of, $0.first, $0.second) }
    return order
  }
}
