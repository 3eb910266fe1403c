import EthosDecision
import EthosDiff
import EthosFEEL
import EthosModel

/// Looks for a case that two proposals together decide as neither does alone, nor what is in force.
///
/// The state with both is compared with each of the three others, exactly; where it differs from all of them, the facts
/// of the cases found are tried in every combination, up to a bound. What is found is decided by the reference evaluation
/// under all four; nothing found is no proof that there is none.
struct JointSearch {
  private let key: EntryKey
  /// In force, mine, theirs, and both together.
  private let states: [Snapshot]

  /// Most cases that are decided.
  private static let limit = 2_000

  init(_ key: EntryKey, inForce: Snapshot, mine: Snapshot, theirs: Snapshot, together: Snapshot) {
    self.key = key
    states = [inForce, mine, theirs, together]
  }

  func witness() throws -> Collision.JointCase? {
    var graphs = states.map { DecisionGraph($0) }
    guard let decision = graphs[3].decision(key), states.allSatisfy({ $0[key].map { !$0.isRetired } ?? false }) else {
      return nil
    }
    var cases: [[BehaviourRegion.Term]] = []
    for index in 0..<3 {
      let difference: BehaviourDifference
      do {
        difference = try BehaviourComparison.compare(DecisionSide(graphs[index], key), DecisionSide(graphs[3], key))
      } catch is BehaviourMismatch {
        // Nothing is proved of such a table, and no case is shown.
        return nil
      }
      // What decides as one of the others always does is nothing that neither does.
      guard difference.verdict != .equivalent else { return nil }
      cases += difference.regions.map(\.witness).filter { !$0.isEmpty }
    }
    let inputs = Dictionary(graphs[3].facts(of: key).map { ($0.name, $0) }) { first, _ in first }
    for facts in combinations(of: cases) {
      let given = facts.compactMap { fact -> (name: String, value: FEELValue)? in
        let input = inputs[fact.input]
        guard let value = FactText.value(fact.text, input?.type ?? .any, allowed: input?.allowed) else { return nil }
        return (fact.input, value)
      }
      guard given.count == facts.count else { continue }
      let outcomes = graphs.indices.compactMap { graphs[$0].decide(key, facts: given)?.outcome }
      guard outcomes.count == 4, !outcomes.dropLast().contains(outcomes[3]) else { continue }
      let texts = outcomes.map { decision.described($0).text }
      return Collision.JointCase(
        facts: facts, inForce: texts[0], mine: texts[1], theirs: texts[2], together: texts[3])
    }
    return nil
  }

  /// The cases themselves, then every combination of their facts, up to the bound.
  private func combinations(of cases: [[BehaviourRegion.Term]]) -> [[BehaviourRegion.Term]] {
    var choices: [(input: String, terms: [BehaviourRegion.Term])] = []
    for term in cases.joined() {
      if let index = choices.firstIndex(where: { $0.input == term.input }) {
        if !choices[index].terms.contains(term) { choices[index].terms.append(term) }
      } else {
        choices.append((term.input, [term]))
      }
    }
    var result: [[BehaviourRegion.Term]] = [[]]
    for choice in choices {
      guard result.count * choice.terms.count <= JointSearch.limit else { return cases }
      result = result.flatMap { made in choice.terms.map { made + [$0] } }
    }
    return cases + result
  }
}
