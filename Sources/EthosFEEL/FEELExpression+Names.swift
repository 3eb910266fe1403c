extension FEELExpression {
  /// The free variables, including names of built-in functions, in the order in which they stand.
  package var names: [String] {
    var collector = FEELNameCollector()
    collector.visit(self)
    return collector.names
  }

  /// Whether this is a single value.
  package var isLiteral: Bool {
    switch kind {
    case .null, .boolean, .number, .string, .temporal: true
    default: false
    }
  }

  /// Whether `?` stands in it.
  package var usesInput: Bool {
    var collector = FEELNameCollector()
    collector.visit(self)
    return collector.usesInput
  }
}

extension FEELUnaryTests {
  /// The free variables, including names of built-in functions, in the order in which they stand.
  package var names: [String] {
    var collector = FEELNameCollector()
    collector.visit(self)
    return collector.names
  }
}

/// Walks a tree and keeps the names that no inner part defines.
private struct FEELNameCollector {
  private(set) var names: [String] = []
  private(set) var usesInput = false
  private var seen: Set<FEELText> = []
  private var bound: [FEELText: Int] = [:]

  private mutating func bind(_ names: [String], _ body: (inout FEELNameCollector) -> Void) {
    for name in names { bound[FEELText(name), default: 0] += 1 }
    body(&self)
    for name in names { bound[FEELText(name), default: 1] -= 1 }
  }

  // Taken apart in functions of their own, as in the evaluator: these recurse, and each bound case takes room.
  mutating func visit(_ expression: FEELExpression) {
    switch expression.kind {
    case .null, .boolean, .number, .string, .temporal: break
    case .input: usesInput = true
    case .name: name(expression.kind)
    case .path, .negation, .instance, .filter, .membership: operand(expression.kind)
    case .arithmetic, .comparison, .and, .or, .between, .conditional: operands(expression.kind)
    case .iteration, .quantified, .function: definition(expression.kind)
    case .list, .context, .range, .invocation: structure(expression.kind)
    }
  }

  private mutating func name(_ kind: FEELExpression.Kind) {
    guard case .name(let name) = kind else { return }
    let text = FEELText(name)
    if bound[text, default: 0] == 0, seen.insert(text).inserted { names.append(name) }
  }

  private mutating func operand(_ kind: FEELExpression.Kind) {
    switch kind {
    case .path(let base, _), .negation(let base), .instance(let base, _): visit(base)
    case .filter(let base, let condition):
      visit(base)
      bind(["item"]) { $0.visit(condition) }
    case .membership(let operand, let tests):
      visit(operand)
      // `?` within the tests is the operand.
      let outer = usesInput
      visit(tests)
      usesInput = outer
    default: break
    }
  }

  private mutating func operands(_ kind: FEELExpression.Kind) {
    switch kind {
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right), .and(let left, let right),
      .or(let left, let right):
      visit(left)
      visit(right)
    case .between(let operand, let low, let high), .conditional(let operand, let low, let high):
      visit(operand)
      visit(low)
      visit(high)
    default: break
    }
  }

  private mutating func definition(_ kind: FEELExpression.Kind) {
    switch kind {
    case .iteration(let iterators, let body): visit(iterators[...], body, extra: ["partial"])
    case .quantified(_, let iterators, let body): visit(iterators[...], body, extra: [])
    case .function(let parameters, let body): bind(parameters.map(\.name)) { $0.visit(body) }
    default: break
    }
  }

  private mutating func structure(_ kind: FEELExpression.Kind) {
    switch kind {
    case .list(let items): for item in items { visit(item) }
    case .context(let entries):
      var keys: [String] = []
      for entry in entries {
        bind(keys) { $0.visit(entry.value) }
        keys.append(entry.key)
      }
    case .range(let interval): visit(interval)
    case .invocation(let function, let arguments):
      visit(function)
      for argument in arguments { visit(argument.value) }
    default: break
    }
  }

  private mutating func visit(_ iterators: ArraySlice<FEELIterator>, _ body: FEELExpression, extra: [String]) {
    var defined: [String] = []
    for iterator in iterators {
      bind(defined) { collector in
        collector.visit(iterator.start)
        if let end = iterator.end { collector.visit(end) }
      }
      defined.append(iterator.name)
    }
    bind(defined + extra) { $0.visit(body) }
  }

  private mutating func visit(_ interval: FEELInterval) {
    if let low = interval.low { visit(low) }
    if let high = interval.high { visit(high) }
  }

  mutating func visit(_ tests: FEELUnaryTests) {
    switch tests {
    case .any: break
    case .tests(let tests), .not(let tests):
      for test in tests {
        switch test.kind {
        case .comparison(_, let bound): visit(bound)
        case .interval(let interval): visit(interval)
        case .expression(let expression): visit(expression)
        }
      }
    }
  }
}
