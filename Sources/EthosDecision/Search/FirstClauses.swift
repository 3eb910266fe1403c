/// Says in clauses which rule of a table answers, where the first that holds does.
///
/// A rule answers where it holds and none before it does. That none of the first rules holds is one variable for each
/// place, which implies the one before it: that a space is covered by the first hundred rules is learned once, for all
/// rules behind them.
struct FirstClauses {
  /// For each rule, the literal that it answers; none for rules that cannot.
  private(set) var answers: [Literal?]
  /// The literal that no rule holds.
  let none: Literal

  init(_ table: GridTable, _ rules: Range<Int32>, _ clauses: inout GridClauses) {
    answers = Array(repeating: nil, count: table.count)
    var before = clauses.always
    for rule in rules {
      let holds = clauses.rule(rule, table)
      let answer = clauses.conjunction(holds == clauses.always ? [before] : [before, holds])
      answers[Int(rule)] = answer
      guard holds != clauses.always else {
        before = !clauses.always
        break
      }
      let next = clauses.solver.newVariable()
      clauses.solver.add([!next, before])
      clauses.solver.add([!next, !holds])
      before = next
    }
    none = before
  }
}
