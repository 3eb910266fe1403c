import EthosFEEL

/// What a rule answers, as far as it can be said without a case.
enum TableAnswer: Hashable, Sendable {
  case outcome(Outcome)
  /// An answer that depends on the case: one expression for each output, with what `uses` names put in. Two of them are
  /// the same when their expressions are, and what may be answered; whether two others always differ is not known.
  case expressions([FEELExpression], AnswerDomain)

  /// Whether the answer is the same in every case.
  var isConstant: Bool { if case .outcome = self { true } else { false } }
}

/// The answers of both sides of a comparison, by number: equal answers have equal numbers.
struct OutcomeTable: Sendable {
  private(set) var answers: [TableAnswer] = []
  private var ids: [TableAnswer: OutcomeID] = [:]

  init() {}

  var count: Int32 { Int32(answers.count) }
  /// Whether no answer depends on the case.
  var areConstant: Bool { answers.allSatisfy(\.isConstant) }

  subscript(id: OutcomeID) -> TableAnswer { answers[Int(id)] }

  mutating func id(_ answer: TableAnswer) -> OutcomeID {
    if let known = ids[answer] { return known }
    let id = OutcomeID(answers.count)
    answers.append(answer)
    ids[answer] = id
    return id
  }

  /// What a table answers where exactly these rules hold, in their order.
  mutating func answer(_ table: GridTable, _ alive: [Int32]) -> OutcomeID {
    guard let first = alive.first else { return table.fallback }
    if table.combination == .first || Int(first) < table.guardCount { return table.outcomes[Int(first)] }
    return id(combined(table, alive))
  }

  /// The same as an answer.
  func combined(_ table: GridTable, _ alive: [Int32]) -> TableAnswer {
    guard let first = alive.first else { return self[table.fallback] }
    let outcomes = alive.map { table.outcomes[Int($0)] }
    if table.combination == .first || Int(first) < table.guardCount { return self[outcomes[0]] }
    if table.combination == .unique { return outcomes.count == 1 ? self[outcomes[0]] : .outcome(.conflict) }
    if table.combination == .count { return .outcome(.decided(.number(FEELNumber(outcomes.count)))) }
    // Where an answer cannot be evaluated nothing is decided, whatever the others say.
    if outcomes.contains(where: { self[$0] == .outcome(.failed) }) { return .outcome(.failed) }
    switch table.combination {
    case .first, .unique, .count: return self[outcomes[0]]
    case .any: return outcomes.allSatisfy { $0 == outcomes[0] } ? self[outcomes[0]] : .outcome(.conflict)
    case .sequence: return .outcome(collected(outcomes))
    case .sum: return .outcome(sum(outcomes))
    }
  }

  /// The rules behind that answer: the first where one answers, else all.
  func responsible(_ table: GridTable, _ alive: [Int32]) -> [Int32] {
    guard let first = alive.first else { return [] }
    return table.combination == .first || Int(first) < table.guardCount ? [first] : alive
  }

  private func collected(_ outcomes: [OutcomeID]) -> Outcome {
    var values: [FEELValue] = []
    for outcome in outcomes {
      guard case .outcome(.decided(let value)) = self[outcome] else { return .failed }
      values.append(value)
    }
    return .decided(.list(values))
  }

  private func sum(_ outcomes: [OutcomeID]) -> Outcome {
    var numbers: [FEELNumber] = []
    for outcome in outcomes {
      guard case .outcome(.decided(.number(let value))) = self[outcome] else { return .failed }
      numbers.append(value)
    }
    return FEELNumber.sum(numbers).map { .decided(.number($0)) } ?? .failed
  }
}
