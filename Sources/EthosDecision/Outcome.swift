package import EthosFEEL

/// What a decision table answers in one case.
package enum Outcome: Sendable, Hashable {
  /// The answer: the value of the only output, a context of several, a list or an aggregate, as the hit policy has it.
  case decided(FEELValue)
  /// No rule applies and there is no default. FEEL sees null.
  case noRule
  /// Rules apply together that may not: any two under `unique`, two with other answers under `any`.
  case conflict
  /// A cell could not be evaluated, or an input is missing or not allowed. Nothing was decided: it fails closed.
  case failed

  /// What FEEL sees of it: null where nothing was decided.
  package var value: FEELValue {
    if case .decided(let value) = self { value } else { .null }
  }
}

/// The answer of a table in one case, with the rules behind it.
package struct Evaluation: Sendable {
  package var outcome: Outcome
  /// The rules, by their index in the table, whose answer it is; under `conflict` those that collide.
  package var rules: [Int]
  /// Why nothing was decided, and what else went wrong.
  package var problems: [FEELProblem]
  /// What it cost, in steps of FEEL.
  package var steps = 0

  package init(outcome: Outcome, rules: [Int] = [], problems: [FEELProblem] = []) {
    self.outcome = outcome
    self.rules = rules
    self.problems = problems
  }
}
