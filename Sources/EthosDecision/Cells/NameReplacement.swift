package import EthosFEEL
import EthosText

/// Puts expressions in the place of free names: the texts that bare words are, the constants that names of `uses` are.
///
/// A name that an iteration, a function or a context binds is another name there and stays. Costs a pass over the tree.
package struct NameReplacement {
  private let values: [FEELText: FEELExpression.Kind]

  package init(words: [String]) {
    values = Dictionary(words.map { (FEELText($0), .string($0)) }) { first, _ in first }
  }

  package init(constants: [(name: String, value: FEELValue)]) {
    var values: [FEELText: FEELExpression.Kind] = [:]
    for (name, value) in constants { values[FEELText(name)] = FEELExpression.literal(value) }
    self.values = values
  }

  package func applied(to expression: FEELExpression) -> FEELExpression { visit(expression, []) }

  package func applied(to tests: FEELUnaryTests) -> FEELUnaryTests { visit(tests, []) }

  private typealias Bound = Set<FEELText>

  private func visit(_ expression: FEELExpression, _ bound: Bound) -> FEELExpression {
    guard !values.isEmpty else { return expression }
    return FEELExpression(visit(expression.kind, bound), expression.span)
  }

  private func visit(_ kind: FEELExpression.Kind, _ bound: Bound) -> FEELExpression.Kind {
    func go(_ expression: FEELExpression) -> FEELExpression { visit(expression, bound) }
    switch kind {
    case .null, .boolean, .number, .string, .temporal, .input: return kind
    case .name(let name):
      let key = FEELText(name)
      return bound.contains(key) ? kind : values[key] ?? kind
    case .path(let base, let name): return .path(go(base), name)
    case .filter(let base, let condition): return .filter(go(base), go(condition))
    case .negation(let operand): return .negation(go(operand))
    case .arithmetic(let sign, let left, let right): return .arithmetic(sign, go(left), go(right))
    case .comparison(let sign, let left, let right): return .comparison(sign, go(left), go(right))
    case .and(let left, let right): return .and(go(left), go(right))
    case .or(let left, let right): return .or(go(left), go(right))
    case .between(let value, let low, let high): return .between(go(value), low: go(low), high: go(high))
    case .membership(let value, let tests): return .membership(go(value), visit(tests, bound))
    case .instance(let value, let type): return .instance(go(value), type)
    case .conditional(let condition, let then, let otherwise):
      return .conditional(go(condition), then: go(then), otherwise: go(otherwise))
    case .iteration(let iterators, let body):
      let (visited, inner) = visit(iterators, bound)
      return .iteration(visited, visit(body, inner))
    case .quantified(let quantifier, let iterators, let body):
      let (visited, inner) = visit(iterators, bound)
      return .quantified(quantifier, visited, visit(body, inner))
    case .list(let items): return .list(items.map(go))
    case .context(let entries):
      var inner = bound
      var visited: [FEELContextEntry] = []
      for entry in entries {
        visited.append(FEELContextEntry(entry.key, visit(entry.value, inner)))
        inner.insert(FEELText(entry.key))
      }
      return .context(visited)
    case .range(let interval): return .range(visit(interval, bound))
    case .invocation(let function, let arguments):
      return .invocation(go(function), arguments.map { FEELArgument($0.name, go($0.value)) })
    case .function(let parameters, let body):
      return .function(parameters, visit(body, bound.union(parameters.map { FEELText($0.name) })))
    }
  }

  private func visit(_ iterators: [FEELIterator], _ bound: Bound) -> ([FEELIterator], Bound) {
    var inner = bound
    var visited: [FEELIterator] = []
    for iterator in iterators {
      visited.append(
        FEELIterator(
          name: iterator.name, start: visit(iterator.start, inner), end: iterator.end.map { visit($0, inner) }))
      inner.insert(FEELText(iterator.name))
    }
    return (visited, inner)
  }

  private func visit(_ interval: FEELInterval, _ bound: Bound) -> FEELInterval {
    FEELInterval(
      low: interval.low.map { visit($0, bound) }, isLowClosed: interval.isLowClosed,
      high: interval.high.map { visit($0, bound) }, isHighClosed: interval.isHighClosed)
  }

  private func visit(_ tests: FEELUnaryTests, _ bound: Bound) -> FEELUnaryTests {
    switch tests {
    case .any: .any
    case .tests(let tests): .tests(tests.map { visit($0, bound) })
    case .not(let tests): .not(tests.map { visit($0, bound) })
    }
  }

  private func visit(_ test: FEELUnaryTest, _ bound: Bound) -> FEELUnaryTest {
    switch test.kind {
    case .comparison(let sign, let value): FEELUnaryTest(.comparison(sign, visit(value, bound)), test.span)
    case .interval(let interval): FEELUnaryTest(.interval(visit(interval, bound)), test.span)
    case .expression(let value): FEELUnaryTest(.expression(visit(value, bound)), test.span)
    }
  }
}

extension FEELExpression {
  /// The tree of a value, where it has one that is no function.
  package static func literal(_ value: FEELValue) -> Kind {
    func node(_ value: FEELValue) -> FEELExpression { FEELExpression(literal(value), Span(0, 0)) }
    switch value {
    case .null, .function: return .null
    case .boolean(let value): return .boolean(value)
    case .number(let value): return .number(value)
    case .string(let value): return .string(value)
    case .date, .time, .dateTime, .daysDuration, .monthsDuration: return .temporal(value)
    case .list(let items): return .list(items.map(node))
    case .context(let context): return .context(context.entries.map { FEELContextEntry($0.key, node($0.value)) })
    case .range(let range):
      return .range(
        FEELInterval(
          low: range.low.map(node), isLowClosed: range.isLowClosed, high: range.high.map(node),
          isHighClosed: range.isHighClosed))
    }
  }

  /// The expression with these bare words as texts.
  func readingWords(_ words: [String]) -> FEELExpression { NameReplacement(words: words).applied(to: self) }

  /// The value of what is written as a value.
  private var literal: FEELValue? {
    switch kind {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .temporal(let value): value
    default: nil
    }
  }

  /// Whether the value is the same in every case: no fact is in it, and no clock.
  package func isConstant(in scope: FEELScope) -> Bool {
    isLiteral
      || !usesInput
        && names.allSatisfy { name in
          if scope.value(of: name) != nil { return true }
          return name != "now" && name != "today" && FEELBuiltin(rawValue: name) != nil
        }
  }

  /// The value where it is the same in every case and nothing goes wrong.
  package func constant(in scope: FEELScope) -> FEELValue? {
    guard isConstant(in: scope), let found = evaluated(in: scope), !found.hasProblems else { return nil }
    return found.value
  }

  /// The value of an expression that is the same in every case, and whether something went wrong on the way; nil where it
  /// costs so much that it is better taken as unknown.
  func evaluated(in scope: FEELScope) -> (value: FEELValue, hasProblems: Bool)? {
    if let literal { return (literal, false) }
    var limits = FEELLimits.standard
    limits.steps = FEELExpression.constantSteps
    let evaluation = FEELEvaluator(limits: limits).value(of: self, in: scope)
    guard evaluation.steps <= limits.steps else { return nil }
    return (evaluation.value, !evaluation.problems.isEmpty)
  }

  /// Most steps that a constant may cost.
  private static let constantSteps = 2_000
}

extension FEELUnaryTests {
  /// The tests with these bare words as texts.
  func readingWords(_ words: [String]) -> FEELUnaryTests { NameReplacement(words: words).applied(to: self) }
}
