import EthosFEEL

/// The rules of a compiled decision one by one, for a translation into another language.
extension CompiledDecision {
  /// How the rules that hold together answer.
  package enum Combination: Sendable, Hashable {
    /// The first that holds; the only one; any, where all that hold answer alike; all in a list, their sum, their number.
    case first, unique, any, list, sum, count
  }

  package var combination: Combination {
    switch table.combination {
    case .first: .first
    case .unique: .unique
    case .any: .any
    case .sequence: .list
    case .sum: .sum
    case .count: .count
    }
  }

  /// Rules at the start that answer before all others, however rules combine.
  package var guardCount: Int { table.guardCount }

  /// What a rule answers by itself; nil where that depends on the case.
  package func answer(ofRule rule: Int) -> Outcome? { constant(table.outcomes[rule]) }

  /// What is answered where no rule holds; nil where that depends on the case.
  package var fallback: Outcome? { constant(table.fallback) }

  private func constant(_ id: OutcomeID) -> Outcome? {
    guard case .outcome(let outcome) = outcomes[id] else { return nil }
    return outcome
  }

  /// The row of the table that a rule comes from; nil where no row says it.
  package func row(ofRule rule: Int) -> Int? { table.sources[rule].row }

  /// Whether a rule refuses a case, for a fact that is missing or not allowed.
  package func isRefusal(_ rule: Int) -> Bool { table.sources[rule] == .refusal }

  /// What of a rule depends on more than sets of facts, as people read it: the condition that is no cut, or the answer;
  /// nil where nothing does.
  package func openPart(ofRule rule: Int) -> String? {
    for constraint in table.constraints(of: Int32(rule)) where Int(constraint.axis) >= facts.count {
      return conditions.text(Int(constraint.axis) - facts.count)
    }
    guard case .expressions(let expressions, _) = outcomes[table.outcomes[rule]] else { return nil }
    return expressions.map(\.description).joined(separator: ", ")
  }
}
