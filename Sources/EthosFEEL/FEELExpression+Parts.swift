extension FEELExpression {
  /// The expressions that it is made of, in the order in which they stand; those of tests and intervals among them.
  package var parts: [FEELExpression] {
    switch kind {
    case .null, .boolean, .number, .string, .temporal, .name, .input: []
    case .path(let base, _), .negation(let base), .instance(let base, _), .function(_, let base): [base]
    case .filter(let left, let right), .arithmetic(_, let left, let right), .comparison(_, let left, let right),
      .and(let left, let right), .or(let left, let right):
      [left, right]
    case .between(let first, let second, let third), .conditional(let first, let second, let third):
      [first, second, third]
    case .membership(let value, let tests): [value] + tests.parts
    case .iteration(let iterators, let body), .quantified(_, let iterators, let body):
      iterators.flatMap { [$0.start] + ($0.end.map { [$0] } ?? []) } + [body]
    case .list(let items): items
    case .context(let entries): entries.map(\.value)
    case .range(let interval): interval.parts
    case .invocation(let function, let arguments): [function] + arguments.map(\.value)
    }
  }
}

extension FEELInterval {
  /// Its ends.
  package var parts: [FEELExpression] { [low, high].compactMap(\.self) }
}

extension FEELUnaryTests {
  /// The expressions of its tests.
  package var parts: [FEELExpression] {
    switch self {
    case .any: []
    case .tests(let tests), .not(let tests):
      tests.flatMap { test -> [FEELExpression] in
        switch test.kind {
        case .comparison(_, let value), .expression(let value): [value]
        case .interval(let interval): interval.parts
        }
      }
    }
  }
}
