package import EthosFEEL
import EthosModel

/// A decision made ready for many cases: facts are looked up in their atoms, and the rules that hold are the
/// intersection of one bit set for each fact.
///
/// It answers as `DecisionGraph.decide` does, in every case. Costs, for a case, a binary search and n/64 words for each
/// fact, with n rules; conditions that are no cuts, and answers that are expressions, are evaluated as FEEL.
package struct CompiledDecision: Sendable {
  /// The names of the facts, in the order in which cases give them.
  package let factNames: [String]
  let facts: [FactAxis]
  let table: GridTable
  let outcomes: OutcomeTable
  let conditions: Conditions
  private let constants: FEELScope
  private let decision: Decision
  let words: Int
  /// For each axis, the rules that accept each atom.
  let masks: [[UInt64]]

  package enum Failure: Error {
    /// Why the decision has no such form.
    case notReducible(String)
  }

  package init(_ side: DecisionSide) throws(Failure) {
    var graph = side.graph
    guard let decision = graph.decision(side.key) else { throw .notReducible("there is no such decision") }
    let grid: DecisionGrid
    do throws(NotReducible) {
      grid = try SpaceBuilder.grid(side, isSplit: false, moments: false)
    } catch {
      throw .notReducible(error.reason)
    }
    self.decision = decision
    facts = grid.facts
    factNames = grid.facts.map(\.name)
    table = grid.table
    outcomes = grid.outcomes
    conditions = grid.conditions
    constants = grid.constants
    words = (grid.table.count + 63) / 64
    masks = CompiledDecision.masks(grid, words)
  }

  private static func masks(_ grid: DecisionGrid, _ words: Int) -> [[UInt64]] {
    var masks = grid.axes.map { [UInt64](repeating: 0, count: $0.atomCount * words) }
    for rule in 0..<Int32(grid.table.count) {
      let (word, bit) = (Int(rule) / 64, UInt64(1) << UInt64(rule % 64))
      var constrained = Set<Int>()
      for constraint in grid.table.constraints(of: rule) {
        constrained.insert(Int(constraint.axis))
        for atom in grid.table.set(constraint).atoms { masks[Int(constraint.axis)][Int(atom) * words + word] |= bit }
      }
      for axis in grid.axes.indices where !constrained.contains(axis) {
        for atom in 0..<grid.axes[axis].atomCount { masks[axis][atom * words + word] |= bit }
      }
    }
    return masks
  }

  /// The answer in one case, whose values stand in the order of `factNames`.
  package func decide(_ values: [FEELValue]) -> Evaluation {
    guard values.count == facts.count else { return Evaluation(outcome: .failed) }
    var alive = [UInt64](repeating: .max, count: words)
    for (axis, value) in values.enumerated() {
      // What the domain has no atom for is missing, of another type, or not allowed.
      guard let atom = facts[axis].atom(of: value) else { return Evaluation(outcome: .failed) }
      narrow(&alive, axis, Int(atom))
    }
    let scope = conditions.keys.isEmpty && outcomes.areConstant ? nil : scope(values)
    if let scope {
      for number in conditions.keys.indices {
        narrow(&alive, facts.count + number, Int(conditions.atom(number, in: scope).atom))
      }
    }
    let (answer, rows) = answer(alive)
    switch answer {
    case .outcome(let outcome): return Evaluation(outcome: outcome, rules: rows)
    case .expressions(let expressions, let domain): return evaluated(expressions, domain, rows, scope ?? .empty)
    }
  }

  /// What the rules that hold together answer, and the rows of those that are behind it.
  func answer(_ alive: [UInt64]) -> (answer: TableAnswer, rows: [Int]) {
    let rules = rules(alive)
    var answering = rules
    if table.combination == .first, let first = rules.first {
      answering = isExtreme ? rules.filter { table.outcomes[Int($0)] == table.outcomes[Int(first)] } : [first]
    }
    return (outcomes.combined(table, rules), rows(answering))
  }

  private func narrow(_ alive: inout [UInt64], _ axis: Int, _ atom: Int) {
    let start = atom * words
    for word in 0..<words { alive[word] &= masks[axis][start + word] }
  }

  /// Whether the least or the greatest answer counts: all rules that give it are behind it.
  var isExtreme: Bool {
    decision.table.hitPolicy == .collectMin || decision.table.hitPolicy == .collectMax
  }

  /// The rules that hold, in their order; where one answers, that one alone.
  func rules(_ alive: [UInt64]) -> [Int32] {
    var rules: [Int32] = []
    for (word, bits) in alive.enumerated() {
      var rest = bits
      while rest != 0 {
        let rule = word * 64 + rest.trailingZeroBitCount
        guard rule < table.count else { break }
        rules.append(Int32(rule))
        if table.combination == .first, !isExtreme { return rules }
        rest &= rest - 1
      }
    }
    return rules
  }

  func rows(_ rules: [Int32]) -> [Int] {
    rules.compactMap { table.sources[Int($0)].row }.sorted()
  }

  private func scope(_ values: [FEELValue]) -> FEELScope {
    FEELScope(
      variables: Dictionary(zip(factNames, values).map { ($0, $1) }) { first, _ in first }, parent: constants)
  }

  private func evaluated(
    _ expressions: [FEELExpression], _ domain: AnswerDomain, _ rows: [Int], _ scope: FEELScope
  ) -> Evaluation {
    var values: [FEELValue] = []
    for (column, expression) in expressions.enumerated() {
      let evaluation = FEELEvaluator().value(of: expression, in: scope)
      if let problem = domain.rejects(evaluation.value, of: expression, at: column) {
        return Evaluation(outcome: .failed, rules: rows, problems: [problem])
      }
      if evaluation.value == .null, !evaluation.problems.isEmpty {
        return Evaluation(outcome: .failed, rules: rows, problems: evaluation.problems)
      }
      values.append(evaluation.value)
    }
    return Evaluation(outcome: .decided(decision.table.answer(values)), rules: rows)
  }
}
