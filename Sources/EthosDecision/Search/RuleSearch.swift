/// Where a rule of one table answers, or none does, by search with learned clauses; see `ClauseSolver`.
///
/// It is built when it is asked first, and what it learned about one rule serves the next.
final class RuleSearch {
  private var clauses: GridClauses
  private let rules: FirstClauses
  /// The box that can be asked about.
  let box: GridBox

  /// The search in a table of which the last rules, from `end` on, are left out.
  init(_ axes: [Axis], _ table: GridTable, end: Int32? = nil, box: GridBox) {
    var clauses = GridClauses(axes, [table], box: box)
    self.box = box
    rules = FirstClauses(table, 0..<(end ?? Int32(table.count)), &clauses)
    self.clauses = clauses
  }

  /// A place in the box where a rule answers; where there is no rule, one where none holds.
  func place(_ rule: Int32?, budget: inout Int) -> GridSearch.Result {
    guard let answer = rule.map({ rules.answers[Int($0)] }) ?? rules.none else { return .nowhere }
    let assumptions = [answer] + clauses.literals(box)
    switch clauses.solver.solve(assuming: assumptions, budget: &budget) {
    case .refuted: return .nowhere
    case .unfinished: return .unfinished
    case .satisfied: return .found(clauses.place, rules: rule.map { [$0] } ?? [])
    }
  }
}
