import EthosDecision
import EthosFEEL
import EthosModel

/// Which values prevailed over which others in what was decided, beside what the rules say.
///
/// An answer speaks for a value where every rule of the state with that answer enacts this one value; the answers of all
/// others can be read for more than one, and their cases are ambiguous. A rule that enacts one value over another states
/// this pair. A case that follows such a rule keeps the pair; one that departs from it, and whose answer speaks for the
/// value that the rule is prepared to cost, reverses it.
///
/// Three things stay out of every rate, for they would lean it to one side: a pair of which only one value can be spoken
/// for, whose cases could only ever count for that one; departures from rules that state no pair, for what follows such
/// rules weighs nothing against them; and what an exception accepts.
package struct RevealedOrder: Sendable {
  /// A pair of values that rules of one state put in order.
  package struct Pair: Sendable, Hashable {
    /// The state of the rules, by its place among the sides.
    package var side: Int
    package var over: String
    package var under: String
    /// The cases that those rules answer.
    package var cases = 0
    package var kept = 0
    package var reversed = 0
    /// Whether no answer of this state speaks for one of the two values.
    package var isOneSided = false

    /// The cases that say nothing of the pair.
    package var ambiguous: Int { cases - kept - reversed }
    /// The cases that keep the order, of those that keep or reverse it.
    package var share: Share { Share(kept, of: kept + reversed) }

    /// What the cases say; nothing from few cases, or where the rate may lie on either side of one half.
    package var verdict: Verdict {
      if isOneSided { return .oneSided }
      guard share.of >= RevealedOrder.least, let interval = share.interval else { return .tooFew }
      return interval.low > 0.5 ? .asStated : interval.high < 0.5 ? .reversed : .open
    }
  }

  package enum Verdict: String, Sendable {
    case asStated = "as-stated"
    case reversed
    case open
    case tooFew = "too-few"
    case oneSided = "one-sided"
  }

  /// Departures from rules that state no pair, and the value that they speak for.
  package struct Unstated: Sendable, Hashable {
    package var side: Int
    package var over: String
    package var under: String
    package var cases: Int
  }

  package var pairs: [Pair] = []
  package var unstated: [Unstated] = []
  /// Cases that follow or depart from the rules with an answer which speaks for no one value.
  package var ambiguous = (followed: 0, departed: 0)
  /// Cases that follow rules which state no pair.
  package var notWeighed = 0

  /// The least number of cases from which a pair is judged.
  package static let least = 30

  package init() {}
}

/// Reads the revealed order from cases.
struct OrderReading {
  private struct Key: Hashable {
    var side: Int
    var over: String
    var under: String
  }

  /// For each side the value that an answer speaks for, where it is one.
  private let spokenFor: [[Outcome: String]]
  private let tables: [DecisionTable]
  private var pairs: [Key: RevealedOrder.Pair] = [:]
  private var unstated: [Key: Int] = [:]
  private var order = RevealedOrder()

  init(_ sides: [RuleSide]) {
    tables = sides.map(\.decision.table)
    spokenFor = tables.map(OrderReading.spokenFor)
  }

  private static func spokenFor(_ table: DecisionTable) -> [Outcome: String] {
    // What several rules say together speaks for no one of their values.
    guard table.hitPolicy.isSingle else { return [:] }
    var values: [Outcome: Set<[String]>] = [:]
    for rule in table.rules {
      let answers = rule.answers.compactMap { $0.constant(in: .empty) }
      // A rule whose answer is computed may give any answer: then none speaks for a value.
      guard answers.count == rule.answers.count else { return [:] }
      values[.decided(table.answer(answers)), default: []].insert(rule.enacts.sorted())
    }
    return values.compactMapValues { $0.count == 1 && $0.first?.count == 1 ? $0.first?.first : nil }
  }

  mutating func add(_ verdict: Verdict, actual: Outcome, side: Int, cases: Int) {
    let rules = verdict.rules.filter { tables[side].rules.indices.contains($0) }.map { tables[side].rules[$0] }
    let enacted = Set(rules.flatMap(\.enacts))
    let costs = Set(rules.flatMap(\.over)).subtracting(enacted)
    let follows = verdict.outcome == actual
    let statesPair = !enacted.isEmpty && !costs.isEmpty
    let winner = spokenFor[side][actual]
    for over in enacted {
      for under in costs {
        let key = Key(side: side, over: over, under: under)
        var pair = pairs[key] ?? newPair(key)
        pair.cases += cases
        if let winner, follows { pair.kept += winner == over ? cases : 0 }
        if let winner, !follows { pair.reversed += winner == under ? cases : 0 }
        pairs[key] = pair
      }
    }
    if follows, !statesPair {
      order.notWeighed += cases
    } else if winner == nil {
      if follows { order.ambiguous.followed += cases } else { order.ambiguous.departed += cases }
    } else if let winner, !follows {
      if enacted.isEmpty || enacted.contains(winner) {
        order.ambiguous.departed += cases
      } else if !costs.contains(winner) {
        for under in enacted { unstated[Key(side: side, over: winner, under: under), default: 0] += cases }
      }
    }
  }

  private func newPair(_ key: Key) -> RevealedOrder.Pair {
    let spoken = Set(spokenFor[key.side].values)
    return RevealedOrder.Pair(
      side: key.side, over: key.over, under: key.under,
      isOneSided: !spoken.contains(key.over) || !spoken.contains(key.under))
  }

  var found: RevealedOrder {
    var order = order
    order.pairs = pairs.values.sorted { ($0.side, $0.over, $0.under) < ($1.side, $1.over, $1.under) }
    order.unstated = unstated.map { key, cases in
      RevealedOrder.Unstated(side: key.side, over: key.over, under: key.under, cases: cases)
    }.sorted { ($0.side, $0.over, $0.under) < ($1.side, $1.over, $1.under) }
    return order
  }
}
