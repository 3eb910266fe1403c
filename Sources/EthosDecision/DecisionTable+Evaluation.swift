package import EthosFEEL
import EthosModel
import EthosText

extension DecisionTable {
  /// What the table answers where the variables have these values (DMN 1.5, 8.2.8 to 8.2.11 and 10.3.2.15).
  ///
  /// This is the reference: rule by rule, cell by cell. A rule of which one cell is false, or null without an error,
  /// does not apply, whatever its other cells are. Else a cell that could not be evaluated makes the whole evaluation
  /// fail, for nobody knows whether the rule applies; it never gives way to a later rule. Under `first` the rules after
  /// the first that applies are not looked at. `-` matches anything, also null.
  ///
  /// Costs the evaluation of every cell of every rule up to its first false one; all of them have the one budget of the
  /// evaluator, and what goes beyond it fails. Whether the inputs are allowed is
  /// asked before, by `Input.rejects(_:in:evaluator:)`.
  package func evaluate(in scope: FEELScope, evaluator: FEELEvaluator = FEELEvaluator()) -> Evaluation {
    var meter = evaluator
    var evaluation = evaluate(scope, &meter)
    evaluation.steps = evaluator.limits.steps - meter.limits.steps
    return evaluation
  }

  private func evaluate(_ scope: FEELScope, _ evaluator: inout FEELEvaluator) -> Evaluation {
    var hits: [Int] = []
    let values = inputs.map { value(of: $0.expression, scope, &evaluator) }
    let cells = cells ?? TableCells(rules)
    var known = KnownCells(cells, values.map(\.value))
    for index in rules.indices where !known.refutes(index) {
      switch applies(cells, index, values, scope, &evaluator, &known) {
      case .no: continue
      case .yes: hits.append(index)
      case .unknown(let problems): return Evaluation(outcome: .failed, rules: [index], problems: problems)
      }
      if hitPolicy == .first { break }
    }
    if hits.isEmpty { return fallback(scope, &evaluator) }
    if hitPolicy == .unique, hits.count > 1 { return Evaluation(outcome: .conflict, rules: hits) }
    if hitPolicy == .collectCount {
      return Evaluation(outcome: .decided(.number(FEELNumber(hits.count))), rules: hits)
    }
    var answers: [Answer] = []
    let domain = domain(of: .rule)
    for index in hits {
      switch answer(rules[index].answers, domain, scope, &evaluator) {
      case .success(let values): answers.append(Answer(rule: index, values: values, whole: answer(values)))
      case .failure(let failure):
        return Evaluation(outcome: .failed, rules: [index], problems: failure.problems)
      }
    }
    return combine(answers, scope, &evaluator)
  }

  private func value(
    of expression: FEELExpression, _ scope: FEELScope, _ evaluator: inout FEELEvaluator
  ) -> FEELEvaluation {
    let evaluation = evaluator.value(of: expression, in: scope)
    evaluator.charge(evaluation.steps)
    return evaluation
  }

  /// Whether a rule applies.
  private enum Match {
    case no, yes
    case unknown([FEELProblem])
  }

  private func applies(
    _ cells: TableCells, _ rule: Int, _ values: [FEELEvaluation], _ scope: FEELScope,
    _ evaluator: inout FEELEvaluator, _ known: inout KnownCells
  ) -> Match {
    var problems: [FEELProblem] = []
    for cell in cells.of(rule) {
      switch known[cell.number] {
      case .holds: continue
      case .refuted: return .no
      case .open: break
      }
      let input = values[Int(cell.column)]
      if input.value.isNull, !input.problems.isEmpty {
        problems += input.problems
        continue
      }
      let truth = evaluator.satisfies(cells.tests[Int(cell.number)], input: input.value, in: scope)
      evaluator.charge(truth.steps)
      if truth.problems.isEmpty { known[cell.number] = truth.result == true ? .holds : .refuted }
      switch truth.result {
      case true?: continue
      case false?: return .no
      case nil:
        if truth.problems.isEmpty { return .no }
        problems += truth.problems
      }
    }
    return problems.isEmpty ? .yes : .unknown(problems)
  }

  // MARK: - Answers

  /// The answer of one rule.
  private struct Answer {
    var rule: Int
    var values: [FEELValue]
    var whole: FEELValue
  }

  private struct AnswerFailure: Error {
    var problems: [FEELProblem]
  }

  private func answer(
    _ expressions: [FEELExpression], _ domain: AnswerDomain, _ scope: FEELScope, _ evaluator: inout FEELEvaluator
  ) -> Result<[FEELValue], AnswerFailure> {
    var values: [FEELValue] = []
    var problems: [FEELProblem] = []
    for (column, expression) in expressions.enumerated() {
      let evaluation = value(of: expression, scope, &evaluator)
      if evaluation.value.isNull { problems += evaluation.problems }
      if let problem = domain.rejects(evaluation.value, of: expression, at: column, evaluator: evaluator) {
        problems.append(problem)
      }
      values.append(evaluation.value)
    }
    return problems.isEmpty ? .success(values) : .failure(AnswerFailure(problems: problems))
  }

  private func fallback(_ scope: FEELScope, _ evaluator: inout FEELEvaluator) -> Evaluation {
    guard outputs.contains(where: { $0.fallback != nil }) else { return Evaluation(outcome: .noRule) }
    let nothing = FEELExpression(.null, Span(0, 0))
    switch answer(outputs.map { $0.fallback ?? nothing }, domain(of: .whole), scope, &evaluator) {
    case .success(let values): return Evaluation(outcome: .decided(answer(values)))
    case .failure(let failure): return Evaluation(outcome: .failed, problems: failure.problems)
    }
  }

  /// The answers of the rules that apply, of which there is at least one, by the hit policy.
  private func combine(_ answers: [Answer], _ scope: FEELScope, _ evaluator: inout FEELEvaluator) -> Evaluation {
    let rules = answers.map(\.rule)
    switch hitPolicy {
    case .unique, .first: return single(answers[0])
    case .any:
      // The same value, and not one that is equal by FEEL: of two ways to write a moment one would be the answer.
      let agree = answers.allSatisfy { $0.whole == answers[0].whole }
      guard agree else { return Evaluation(outcome: .conflict, rules: rules) }
      return Evaluation(outcome: .decided(answers[0].whole), rules: rules)
    case .priority: return single(byPriority(answers)[0])
    case .outputOrder: return list(byPriority(answers))
    case .ruleOrder, .collect: return list(answers)
    case .collectCount: return Evaluation(outcome: .decided(.number(FEELNumber(answers.count))), rules: rules)
    case .collectSum: return aggregate(.sum, answers, scope, &evaluator)
    case .collectMin: return aggregate(.min, answers, scope, &evaluator)
    case .collectMax: return aggregate(.max, answers, scope, &evaluator)
    }
  }

  private func single(_ answer: Answer) -> Evaluation {
    Evaluation(outcome: .decided(answer.whole), rules: [answer.rule])
  }

  private func list(_ answers: [Answer]) -> Evaluation {
    Evaluation(outcome: .decided(.list(answers.map(\.whole))), rules: answers.map(\.rule))
  }

  private func aggregate(
    _ function: FEELBuiltin, _ answers: [Answer], _ scope: FEELScope, _ evaluator: inout FEELEvaluator
  ) -> Evaluation {
    guard outputs.count == 1 else {
      let problem = FEELProblem(
        "several-outputs", "`\(hitPolicy.name)` needs a table with one output, and this one has \(outputs.count)",
        Span(0, 0))
      return Evaluation(outcome: .failed, rules: answers.map(\.rule), problems: [problem])
    }
    let result = evaluator.call(.builtin(function), [.list(unordered(answers))], in: scope)
    guard !result.value.isNull else {
      return Evaluation(outcome: .failed, rules: answers.map(\.rule), problems: result.problems)
    }
    let rules = answers.filter { answer in
      function == .sum || answer.whole == result.value
        || FEELComparing.equal(answer.whole, result.value, zones: scope.zones) == true
    }.map(\.rule)
    return Evaluation(outcome: .decided(result.value), rules: rules)
  }

  // MARK: - Order

  /// The answers by their rank; equal ones stay in the order of their rules.
  private func byPriority(_ answers: [Answer]) -> [Answer] {
    let ranked = answers.map { answer in (answer: answer, rank: AnswerRank.of(answer.values, outputs)) }
    // Swift's sort keeps the order of equal elements in fact, but does not promise it: the rule decides.
    return ranked.sorted { left, right in
      left.rank == right.rank ? left.answer.rule < right.answer.rule : AnswerRank.precedes(left.rank, right.rank)
    }
    .map(\.answer)
  }

  /// The answers in an order that does not depend on that of the rules: of values that are no numbers the least may have
  /// several ways to be written.
  private func unordered(_ answers: [Answer]) -> [FEELValue] {
    let values = answers.map(\.whole)
    let areNumbers = values.allSatisfy { if case .number = $0 { true } else { false } }
    guard !areNumbers else { return values }
    return values.map { (text: $0.description, value: $0) }.sorted { FEELText.precedes($0.text, $1.text) }.map(\.value)
  }
}
