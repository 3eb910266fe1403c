/// Where one table answers otherwise than another under `first`, by search with learned clauses; see `ClauseSolver`.
///
/// All rules of both tables are clauses of one search. A question is about one changed rule: is there a case in which it
/// answers, and the other side answers otherwise? Each case that is found names a pair of rules, which is left out from
/// then on, so that the questions end with all pairs, or with the proof that there are none.
struct PairSearch: ~Copyable {
  private var clauses: GridClauses
  private let pair: GridPair
  private let before: FirstClauses
  private let after: FirstClauses
  /// Holds only where no changed rule answers before: such places belong to the rule before.
  private let isUnchangedBefore: Literal

  /// A pair of rules of which one answers before and the other, otherwise, after; and a part of the grid in which they do.
  struct Found {
    var before: Int32
    var after: Int32
    var box: GridBox
  }

  enum Answer {
    case found(Found)
    case nowhere
    case unfinished
  }

  init(_ pair: GridPair, keepsProof: Bool = false) {
    var clauses = GridClauses(pair.axes, [pair.before, pair.after], keepsProof: keepsProof)
    self.pair = pair
    let before = FirstClauses(pair.before, 0..<Int32(pair.before.count), &clauses)
    let after = FirstClauses(pair.after, 0..<Int32(pair.after.count), &clauses)
    // For each answer a variable that holds where it is given before, and does not where it is given after.
    var answers: [OutcomeID: Literal] = [:]
    func answer(_ outcome: OutcomeID, _ clauses: inout GridClauses) -> Literal {
      if let known = answers[outcome] { return known }
      let literal = clauses.solver.newVariable()
      answers[outcome] = literal
      return literal
    }
    for (rule, literal) in before.answers.enumerated() {
      guard let literal else { continue }
      clauses.solver.add([!literal, answer(pair.before.outcomes[rule], &clauses)])
    }
    for (rule, literal) in after.answers.enumerated() {
      guard let literal else { continue }
      clauses.solver.add([!literal, !answer(pair.after.outcomes[rule], &clauses)])
    }
    clauses.solver.add(before.answers.compactMap(\.self))
    clauses.solver.add(after.answers.compactMap(\.self))
    let isUnchanged = clauses.solver.newVariable()
    for (rule, literal) in before.answers.enumerated() where pair.changedBefore[rule] {
      if let literal { clauses.solver.add([!isUnchanged, !literal]) }
    }
    isUnchangedBefore = isUnchanged
    self.before = before
    self.after = after
    self.clauses = clauses
  }

  /// What was learned, for those who check it.
  var proof: [[Literal]] { clauses.solver.proof }

  /// The next pair of rules that one rule is of; none is found twice.
  mutating func next(_ rule: Int32, _ side: GridSide, budget: inout Int) -> Answer {
    let own = side == .before ? before : after
    guard let literal = own.answers[Int(rule)] else { return .nowhere }
    let assumptions = side == .before ? [literal] : [literal, isUnchangedBefore]
    switch clauses.solver.solve(assuming: assumptions, budget: &budget) {
    case .refuted: return .nowhere
    case .unfinished: return .unfinished
    case .satisfied: break
    }
    let box = clauses.place
    guard let old = pair.before.holding(box).first, let new = pair.after.holding(box).first else { return .unfinished }
    let blocked = [before.answers[Int(old)], after.answers[Int(new)]].compactMap(\.self).map { !$0 }
    clauses.solver.add(blocked)
    return .found(Found(before: old, after: new, box: box))
  }
}
