package import EthosFEEL
package import EthosModel
import EthosText

/// The decisions of one identity with what they use: other decisions and limits.
///
/// Decisions are read when they are asked for, once each.
package struct DecisionGraph: Sendable {
  package let snapshot: Snapshot
  private var decisions: [EntryKey: Decision] = [:]
  /// What was found out of who can decide.
  var knownReadiness: [EntryKey: Result<[EntryKey], DecisionObstacle>] = [:]
  /// Limits that stand elsewhere than their files say, to ask what would be.
  var movedLimits: [EntryKey: FEELValue] = [:]

  package init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  /// The decision of a key, or nil where there is none in force.
  package mutating func decision(_ key: EntryKey) -> Decision? {
    if let known = decisions[key] { return known }
    guard let document = snapshot[key], document.kind == .decision, !document.isRetired else { return nil }
    let decision = DecisionReader.read(document)
    decisions[key] = decision
    return decision
  }

  /// What a limit is, as a value of FEEL; nil where there is no such limit in force, or not all of it can be read.
  package func limit(_ key: EntryKey) -> FEELValue? {
    if let moved = movedLimits[key] { return moved }
    guard let limit = snapshot[key], limit.kind == .limit, !limit.isRetired, !limit.hasErrors,
      !snapshot.doubled.contains(key),
      let bound = limit.meaning["atMost"] ?? limit.meaning["atLeast"]
    else { return nil }
    if let number = bound.number { return FEELNumber(number.description).map(FEELValue.number) }
    return bound.day.flatMap { FEELDate(year: $0.year, month: $0.month, day: $0.day) }.map(FEELValue.date)
  }

  /// The same with a limit that stands elsewhere than its file says.
  package func moving(_ limit: EntryKey, to value: FEELValue) -> DecisionGraph {
    var graph = self
    graph.movedLimits[limit] = value
    return graph
  }

  /// Whether a decision leans on a limit, itself or through what it uses.
  package mutating func leans(_ key: EntryKey, on limit: EntryKey) -> Bool {
    (order(of: key) ?? []).contains { step in
      decision(step)?.uses.contains { if case .limit(limit) = $0.source { true } else { false } } ?? false
    }
  }

  /// The decisions that a decision leans on, itself last: each after those that it uses itself.
  ///
  /// Nil where they use one another in a circle.
  package mutating func order(of key: EntryKey) -> [EntryKey]? {
    var order: [EntryKey] = []
    var state: [EntryKey: Bool] = [:]
    var stack: [(key: EntryKey, isLeft: Bool)] = [(key, false)]
    while let top = stack.popLast() {
      if top.isLeft {
        state[top.key] = true
        order.append(top.key)
        continue
      }
      if let isDone = state[top.key] {
        if !isDone { return nil }
        continue
      }
      state[top.key] = false
      stack.append((top.key, true))
      for used in decision(top.key)?.usedDecisions ?? [] where state[used] != true { stack.append((used, false)) }
    }
    return order
  }

  /// The facts that a decision and those that it uses ask for, each once.
  package mutating func facts(of key: EntryKey) -> [DecisionTable.Input] {
    var facts: [DecisionTable.Input] = []
    for step in (order(of: key) ?? []).reversed() {
      for fact in decision(step)?.facts ?? [] where !facts.contains(where: { $0.name == fact.name }) {
        facts.append(fact)
      }
    }
    return facts
  }
}

extension Decision {
  /// The decisions whose outputs it uses, each once.
  package var usedDecisions: [EntryKey] {
    var keys: [EntryKey] = []
    for use in uses {
      if case .output(let key, _) = use.source, !keys.contains(key) { keys.append(key) }
    }
    return keys
  }
}

// MARK: - Deciding one case

/// The answer of a decision in one case, with why.
package struct Decided: Sendable {
  package var decision: EntryKey
  package var outcome: Outcome
  /// The rules whose answer it is, by their index in the table.
  package var rules: [Int]
  package var problems: [FEELProblem]
  /// The answers of the decisions that it uses, in the order in which they were taken.
  package var used: [Decided]
  /// What it cost, with what was decided on the way, in steps of FEEL.
  package var steps = 0

  package init(decision: EntryKey, outcome: Outcome, rules: [Int], problems: [FEELProblem], used: [Decided] = []) {
    self.decision = decision
    self.outcome = outcome
    self.rules = rules
    self.problems = problems
    self.used = used
  }
}

extension DecisionGraph {
  /// Decides one case with the reference evaluation, rule by rule; nil where there is no such decision.
  ///
  /// The decisions that it uses are decided first, with the same facts. What is in the way of deciding at all
  /// (`obstacle(to:)`), a missing fact, one that is not allowed, a used decision without an answer, and an answer that is
  /// not allowed fail: nothing is decided then. Facts that no decision asks for are left alone.
  package mutating func decide(_ key: EntryKey, facts: [(name: String, value: FEELValue)]) -> Decided? {
    guard decision(key) != nil else { return nil }
    let order: [EntryKey]
    switch readiness(of: key) {
    case .success(let found): order = found
    case .failure(let obstacle):
      let problem = FEELProblem(obstacle.code.rawValue, obstacle.message, Span(0, 0))
      return Decided(decision: key, outcome: .failed, rules: [], problems: [problem])
    }
    var given: [FEELText: FEELValue] = [:]
    for fact in facts { given[FEELText(fact.name)] = fact.value }
    var decided: [EntryKey: Decided] = [:]
    // All of them have one budget: a chain of costly tables costs no more than one.
    var evaluator = FEELEvaluator()
    for step in order {
      let one = decideOne(step, given, decided, evaluator)
      evaluator.charge(one.steps)
      decided[step] = one
    }
    var result = decided[key]
    result?.steps = FEELLimits.standard.steps - evaluator.limits.steps
    result?.used = order.dropLast().compactMap { decided[$0] }
    return result
  }

  private mutating func decideOne(
    _ key: EntryKey, _ given: [FEELText: FEELValue], _ decided: [EntryKey: Decided], _ evaluator: FEELEvaluator
  ) -> Decided {
    func failed(_ code: String, _ message: String) -> Decided {
      Decided(decision: key, outcome: .failed, rules: [], problems: [FEELProblem(code, message, Span(0, 0))])
    }
    guard let decision = decision(key) else { return failed("missing-decision", "there is no `\(key)` in force") }
    var variables: [String: FEELValue] = [:]
    for use in decision.uses {
      switch use.source {
      case .limit(let limit):
        guard let value = self.limit(limit) else { return failed("missing-limit", "there is no `\(limit)` in force") }
        variables[use.name] = value
      case .output(let used, let output):
        guard let answer = decided[used], case .decided(let value) = answer.outcome,
          let found = self.decision(used)?.answers(value).first(where: { $0.output == output })?.value
        else { return failed("no-answer", "`\(used)` gives no `\(output)` in this case") }
        variables[use.name] = found
      }
    }
    for input in decision.facts {
      let value = given[FEELText(input.name)] ?? .null
      if let problem = input.rejects(value, evaluator: evaluator) {
        return Decided(decision: key, outcome: .failed, rules: [], problems: [problem])
      }
      variables[input.name] = value
    }
    let evaluation = decision.table.evaluate(in: FEELScope(variables: variables), evaluator: evaluator)
    var result = Decided(
      decision: key, outcome: evaluation.outcome, rules: evaluation.rules, problems: evaluation.problems)
    result.steps = evaluation.steps
    return result
  }
}
