import EthosFEEL
package import EthosModel

/// Asks whether a rewritten table still leans on its limits as it did.
///
/// A cell may name a limit and not depend on it: `> cap - cap + 5` decides today as `> cap` does, and no longer when the
/// limit moves. So a rewrite that decides every case as before is compared again with each limit moved on both sides.
/// This tries some values and proves nothing; what it finds is a fact.
package enum LimitProbe {
  /// The difference of two decisions, `undecided` where they decide alike today and otherwise with a limit moved.
  package static func compare(
    _ before: DecisionSide, _ after: DecisionSide, limits: BehaviourLimits = .standard
  ) throws -> BehaviourDifference {
    let difference = try BehaviourComparison.compare(before, after, limits: limits)
    guard difference.verdict == .equivalent else { return difference }
    for limit in namedLimits(before).intersection(namedLimits(after)).sorted() {
      guard case .number(let value)? = before.graph.limit(limit), before.graph.limit(limit) == after.graph.limit(limit)
      else { continue }
      for moved in places(around: value) {
        var (left, right) = (before, after)
        left.graph.movedLimits[limit] = .number(moved)
        right.graph.movedLimits[limit] = .number(moved)
        let other = try BehaviourComparison.compare(left, right, limits: limits)
        guard other.verdict != .equivalent else { continue }
        var result = BehaviourDifference(verdict: .undecided, isComplete: false, notes: difference.notes)
        result.reason =
          "every case is decided as before while `\(limit)` is \(value), and not when it is \(moved): the table leans on "
          + "the limit otherwise"
        return result
      }
    }
    return difference
  }

  /// The limits that a cell of the decision names.
  private static func namedLimits(_ side: DecisionSide) -> Set<EntryKey> {
    var graph = side.graph
    guard let decision = graph.decision(side.key) else { return [] }
    var limits: [FEELText: EntryKey] = [:]
    for use in decision.uses {
      if case .limit(let key) = use.source { limits[FEELText(use.name)] = key }
    }
    guard !limits.isEmpty else { return [] }
    var found: Set<EntryKey> = []
    for rule in decision.table.rules {
      for name in rule.tests.flatMap(\.names) + rule.answers.flatMap(\.names) {
        if let key = limits[FEELText(name)] { found.insert(key) }
      }
    }
    return found
  }

  private static func places(around value: FEELNumber) -> [FEELNumber] {
    let shifts = [1, -1, 1_000, -1_000].map(FEELNumber.init).compactMap { value + $0 }
    return shifts + [FEELNumber.zero].filter { $0 != value }
  }
}
