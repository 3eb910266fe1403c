import EthosText

/// A value with the reasons for every null in it that was made by an error.
package struct FEELEvaluation: Sendable, Hashable {
  package var value: FEELValue
  /// In the order in which they were met.
  ///
  /// A null operand that gives null is none.
  package var problems: [FEELProblem]
  /// What it cost.
  package var steps: Int
}

/// What unary tests say of a value: true, false or nil for null.
package struct FEELTruth: Sendable, Hashable {
  package var result: Bool?
  package var problems: [FEELProblem]
  /// What it cost.
  package var steps: Int
}

/// Evaluates FEEL (DMN 1.5, 10.3.2).
///
/// Pure: what depends on the world comes with the scope. Never traps and never hangs: what goes beyond the limits is
/// null, with a problem.
package struct FEELEvaluator: Sendable {
  package var limits: FEELLimits

  package init(limits: FEELLimits = .standard) { self.limits = limits }

  /// Takes the cost of one evaluation from what the next ones may cost, so that many small ones have one budget.
  package mutating func charge(_ steps: Int) { limits.steps = max(0, limits.steps - steps) }

  package func value(of expression: FEELExpression, in scope: FEELScope) -> FEELEvaluation {
    let run = FEELRun(limits)
    let value = run.evaluate(expression, scope)
    return FEELEvaluation(value: value, problems: run.problems, steps: run.steps)
  }

  /// Whether a value satisfies the tests of a cell: for `not(…)`, true exactly where the tests are false, so that null
  /// does not match (DMN 1.5, 8.3.3 and 10.3.2.8).
  package func satisfies(_ tests: FEELUnaryTests, input: FEELValue, in scope: FEELScope) -> FEELTruth {
    if let truth = tests.plainTruth(of: input) { return FEELTruth(result: truth, problems: [], steps: 1) }
    let run = FEELRun(limits)
    let result = run.satisfies(tests, input, scope)
    return FEELTruth(result: result, problems: run.problems, steps: run.steps)
  }

  /// Calls a function with arguments by position.
  package func call(_ function: FEELFunction, _ arguments: [FEELValue], in scope: FEELScope) -> FEELEvaluation {
    let run = FEELRun(limits)
    let value = run.call(function, arguments, Span(0, 0), scope)
    return FEELEvaluation(value: value, problems: run.problems, steps: run.steps)
  }
}

/// One evaluation: what it has cost so far and what went wrong.
final class FEELRun {
  let limits: FEELLimits
  private(set) var problems: [FEELProblem] = []
  private(set) var steps = 0
  private var depth = 0
  /// Whether a limit was met; then everything is null, so that the evaluation ends soon.
  private(set) var isExhausted = false

  init(_ limits: FEELLimits) { self.limits = limits }

  /// Null, because of a problem.
  func fail(_ code: String, _ message: String, _ span: Span, help: String? = nil) -> FEELValue {
    if problems.count < limits.problems {
      problems.append(FEELProblem(code, message, span, help: help))
    }
    return .null
  }

  /// Forgets the problems that were met since there were so many.
  func forgetProblems(since count: Int) {
    guard !isExhausted, problems.count > count else { return }
    problems.removeLast(problems.count - count)
  }

  /// Counts steps.
  ///
  /// False where there are none left.
  func spend(_ count: Int = 1, _ span: Span) -> Bool {
    guard !isExhausted else { return false }
    steps += min(max(count, 0), limits.steps + 1)
    guard steps > limits.steps else { return true }
    exhaust("evaluation-too-long", "the evaluation takes more than \(limits.steps) steps", span)
    return false
  }

  func exhaust(_ code: String, _ message: String, _ span: Span) {
    guard !isExhausted else { return }
    isExhausted = true
    problems.append(FEELProblem(code, message, span))
  }

  /// Runs a part of the evaluation one level deeper.
  func evaluate(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    guard spend(expression.span), descend(expression.span) else { return .null }
    let value = dispatch(expression, scope)
    ascend()
    return isExhausted ? .null : value
  }

  /// Goes one level deeper.
  ///
  /// False, and a problem, where that would be too deep.
  func descend(_ span: Span) -> Bool {
    guard depth < limits.depth else {
      exhaust("evaluation-too-deep", "the evaluation goes more than \(limits.depth) levels deep", span)
      return false
    }
    depth += 1
    return true
  }

  func ascend() { depth -= 1 }

  /// Calls a function from within a built-in one, whose frames take the room of several levels.
  func callBack(_ function: FEELFunction, _ arguments: [FEELValue], _ span: Span, _ scope: FEELScope) -> FEELValue {
    depth += 4
    defer { depth -= 4 }
    return call(function, arguments, span, scope)
  }

  func spend(_ span: Span) -> Bool { spend(1, span) }

  // The cases are taken apart in functions of their own: in a debug build, each case of a `switch` that binds its parts
  // makes the frame of the function larger, and these recurse.
  private func dispatch(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    switch expression.kind {
    case .null, .boolean, .number, .string, .temporal, .name, .input, .function: leaf(expression, scope)
    case .arithmetic: arithmetic(expression, scope)
    case .comparison: comparison(expression, scope)
    case .and, .or, .conditional, .between: logic(expression, scope)
    case .path, .filter, .negation, .invocation: postfix(expression, scope)
    case .membership, .instance: test(expression, scope)
    case .iteration, .quantified: loop(expression, scope)
    case .list, .context, .range, .pointRange: bounded(structure(expression, scope), expression.span)
    }
  }

  private func leaf(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    switch expression.kind {
    case .boolean(let value): return .boolean(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .temporal(let value): return value
    case .name(let name): return variable(name, expression.span, scope)
    case .input: return variable("?", expression.span, scope)
    case .function(let parameters, let body):
      return .function(.lambda(FEELLambda(parameters: parameters, body: body, scope: scope)))
    default: return .null
    }
  }

  private func arithmetic(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    guard case .arithmetic(let sign, let left, let right) = expression.kind else { return .null }
    return arithmetic(sign, evaluate(left, scope), evaluate(right, scope), expression.span, scope)
  }

  private func comparison(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    guard case .comparison(let sign, let left, let right) = expression.kind else { return .null }
    return .truth(compare(sign, evaluate(left, scope), evaluate(right, scope), expression.span, scope))
  }

  private func logic(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    switch expression.kind {
    case .and(let left, let right): conjunction(left, right, scope)
    case .or(let left, let right): disjunction(left, right, scope)
    case .conditional(let condition, let then, let otherwise): conditional(condition, then, otherwise, scope)
    case .between(let operand, let low, let high): between(operand, low, high, expression.span, scope)
    default: .null
    }
  }

  private func postfix(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    switch expression.kind {
    case .path(let base, let field): path(evaluate(base, scope), field, expression.span, scope)
    case .filter(let base, let condition): filter(base, condition, expression.span, scope)
    case .negation(let operand): negation(evaluate(operand, scope), expression.span)
    case .invocation(let function, let arguments): invocation(function, arguments, expression.span, scope)
    default: .null
    }
  }

  private func test(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    switch expression.kind {
    case .membership(let operand, let tests): .truth(satisfies(tests, evaluate(operand, scope), scope))
    case .instance(let operand, let type): instance(operand, type, expression.span, scope)
    default: .null
    }
  }

  private func loop(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    switch expression.kind {
    case .iteration(let iterators, let body): iteration(iterators, body, scope)
    case .quantified(let quantifier, let iterators, let condition): quantified(quantifier, iterators, condition, scope)
    default: .null
    }
  }

  private func structure(_ expression: FEELExpression, _ scope: FEELScope) -> FEELValue {
    switch expression.kind {
    case .list(let items): .list(items.map { evaluate($0, scope) })
    case .context(let entries): context(entries, scope)
    case .range(let interval): range(interval, expression.span, scope)
    case .pointRange(let point, let isExcluded):
      .range(FEELRange(point: evaluate(point, scope), isExcluded: isExcluded))
    default: .null
    }
  }
}

extension FEELValue {
  /// A truth value, or null.
  package static func truth(_ value: Bool?) -> FEELValue { value.map { .boolean($0) } ?? .null }
}
