import EthosFEEL
import EthosText

/// Goes through a tree and puts other parts in the place of some.
///
/// The closure sees each part before what is inside it, with the names that are bound there, and answers what is to stand
/// in its place, which is not gone through again, or nil. Costs a pass over the tree.
struct FEELRewriter {
  /// What surrounds a part.
  struct Surroundings {
    /// The names that an iteration, a function or a context binds: other names than the variables of the same text.
    var bound: Set<String> = []
    /// Whether a filter's condition is around it, where a name may be a field of the item.
    var isInFilter = false
    /// Whether the part is what is called: there a built-in function's name is that function.
    var isCalled = false

    func binds(_ name: String) -> Bool { bound.contains(name) }

    func binding(_ names: [String]) -> Surroundings {
      Surroundings(bound: bound.union(names), isInFilter: isInFilter)
    }
  }

  var replacement: (FEELExpression, Surroundings) -> FEELExpression?

  func apply(_ expression: FEELExpression) -> FEELExpression { visit(expression, Surroundings()) }
  func apply(_ tests: FEELUnaryTests) -> FEELUnaryTests { visit(tests, Surroundings()) }

  private func visit(_ expression: FEELExpression, _ around: Surroundings) -> FEELExpression {
    if let own = replacement(expression, around) { return own }
    var inside = around
    inside.isCalled = false
    return FEELExpression(inner(expression.kind, inside), expression.span)
  }

  private func inner(_ kind: FEELExpression.Kind, _ around: Surroundings) -> FEELExpression.Kind {
    func go(_ expression: FEELExpression) -> FEELExpression { visit(expression, around) }
    switch kind {
    case .null, .boolean, .number, .string, .temporal, .input, .name: return kind
    case .path(let base, let name): return .path(go(base), name)
    case .filter(let base, let condition):
      var inside = around.binding(["item"])
      inside.isInFilter = true
      return .filter(go(base), visit(condition, inside))
    case .negation(let operand): return .negation(go(operand))
    case .arithmetic(let sign, let left, let right): return .arithmetic(sign, go(left), go(right))
    case .comparison(let sign, let left, let right): return .comparison(sign, go(left), go(right))
    case .and(let left, let right): return .and(go(left), go(right))
    case .or(let left, let right): return .or(go(left), go(right))
    case .between(let value, let low, let high): return .between(go(value), low: go(low), high: go(high))
    case .membership(let value, let tests): return .membership(go(value), visit(tests, around))
    case .instance(let value, let type): return .instance(go(value), type)
    case .conditional(let condition, let then, let otherwise):
      return .conditional(go(condition), then: go(then), otherwise: go(otherwise))
    case .iteration(let iterators, let body):
      let (visited, inside) = visit(iterators, around)
      return .iteration(visited, visit(body, inside.binding(["partial"])))
    case .quantified(let quantifier, let iterators, let body):
      let (visited, inside) = visit(iterators, around)
      return .quantified(quantifier, visited, visit(body, inside))
    case .list(let items): return .list(items.map(go))
    case .context(let entries):
      var inside = around
      var visited: [FEELContextEntry] = []
      for entry in entries {
        visited.append(FEELContextEntry(entry.key, visit(entry.value, inside)))
        inside = inside.binding([entry.key])
      }
      return .context(visited)
    case .range(let interval): return .range(visit(interval, around))
    case .invocation(let function, let arguments):
      var called = around
      called.isCalled = true
      return .invocation(visit(function, called), arguments.map { FEELArgument($0.name, go($0.value)) })
    case .function(let parameters, let body):
      return .function(parameters, visit(body, around.binding(parameters.map(\.name))))
    }
  }

  private func visit(
    _ iterators: [FEELIterator], _ around: Surroundings
  ) -> ([FEELIterator], Surroundings) {
    var inside = around
    var visited: [FEELIterator] = []
    for iterator in iterators {
      visited.append(
        FEELIterator(
          name: iterator.name, start: visit(iterator.start, inside), end: iterator.end.map { visit($0, inside) }))
      inside = inside.binding([iterator.name])
    }
    return (visited, inside)
  }

  private func visit(_ interval: FEELInterval, _ around: Surroundings) -> FEELInterval {
    FEELInterval(
      low: interval.low.map { visit($0, around) }, isLowClosed: interval.isLowClosed,
      high: interval.high.map { visit($0, around) }, isHighClosed: interval.isHighClosed)
  }

  private func visit(_ tests: FEELUnaryTests, _ around: Surroundings) -> FEELUnaryTests {
    switch tests {
    case .any: .any
    case .tests(let tests): .tests(tests.map { visit($0, around) })
    case .not(let tests): .not(tests.map { visit($0, around) })
    }
  }

  private func visit(_ test: FEELUnaryTest, _ around: Surroundings) -> FEELUnaryTest {
    switch test.kind {
    case .comparison(let sign, let value): FEELUnaryTest(.comparison(sign, visit(value, around)), test.span)
    case .interval(let interval): FEELUnaryTest(.interval(visit(interval, around)), test.span)
    case .expression(let value): FEELUnaryTest(.expression(visit(value, around)), test.span)
    }
  }
}
