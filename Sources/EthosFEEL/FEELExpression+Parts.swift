/// A direct part of a node, with what is bound there.
package typealias FEELPart = (expression: FEELExpression, around: FEELSurroundings)

extension FEELExpression.Kind {
  /// The direct parts in the order in which they stand, each with what is bound there: the one traversal that every
  /// walk over trees uses.
  ///
  /// What it says of scope is what the evaluation does (DMN 1.5, 10.3.2.5 to 10.3.2.9).
  package func parts(in surroundings: FEELSurroundings) -> [FEELPart] {
    let around = surroundings.notCalled
    // Taken apart in functions of their own, as in the evaluator: each bound case takes room on the stack.
    return switch self {
    case .null, .boolean, .number, .string, .temporal, .name, .input: []
    case .path, .negation, .instance, .filter, .membership, .pointRange: partsOfOperand(around)
    case .arithmetic, .comparison, .and, .or, .between, .conditional: partsOfOperation(around)
    case .iteration, .quantified, .function: partsOfDefinition(around)
    case .list, .context, .range, .invocation: partsOfStructure(around)
    }
  }

  private func partsOfOperand(_ around: FEELSurroundings) -> [FEELPart] {
    switch self {
    case .path(let base, _), .negation(let base), .instance(let base, _), .pointRange(let base, _):
      [(base, around)]
    case .filter(let base, let condition): [(base, around), (condition, around.inFilter)]
    case .membership(let operand, let tests): [(operand, around)] + tests.parts(in: around.withOwnInput)
    default: []
    }
  }

  private func partsOfOperation(_ around: FEELSurroundings) -> [FEELPart] {
    switch self {
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right), .and(let left, let right),
      .or(let left, let right):
      [(left, around), (right, around)]
    case .between(let operand, let low, let high), .conditional(let operand, let low, let high):
      [(operand, around), (low, around), (high, around)]
    default: []
    }
  }

  private func partsOfDefinition(_ around: FEELSurroundings) -> [FEELPart] {
    var parts: [FEELPart] = []
    switch self {
    case .iteration(let iterators, let body):
      let inner = FEELExpression.Kind.add(iterators, around, &parts)
      parts.append((body, inner.binding("partial")))
    case .quantified(_, let iterators, let body):
      let inner = FEELExpression.Kind.add(iterators, around, &parts)
      parts.append((body, inner))
    case .function(let parameters, let body): parts.append((body, around.binding(parameters.map(\.name))))
    default: break
    }
    return parts
  }

  /// The lists of iterators, each of which sees the variables before it; answers what the body sees.
  private static func add(
    _ iterators: [FEELIterator], _ around: FEELSurroundings, _ parts: inout [FEELPart]
  ) -> FEELSurroundings {
    var inner = around
    for iterator in iterators {
      parts.append((iterator.start, inner))
      if let end = iterator.end { parts.append((end, inner)) }
      inner = inner.binding(iterator.name)
    }
    return inner
  }

  private func partsOfStructure(_ around: FEELSurroundings) -> [FEELPart] {
    switch self {
    case .list(let items): return items.map { ($0, around) }
    case .context(let entries):
      var parts: [FEELPart] = []
      parts.reserveCapacity(entries.count)
      var inner = around
      for entry in entries {
        let next = inner.binding(entry.key)
        // A function that stands as the value of an entry may call itself by its key.
        parts.append((entry.value, entry.value.isFunction ? next : inner))
        inner = next
      }
      return parts
    case .range(let interval): return interval.parts(in: around)
    case .invocation(let function, let arguments):
      return [(function, around.called)] + arguments.map { ($0.value, around) }
    default: return []
    }
  }
}

extension FEELExpression {
  /// The direct parts, whatever is bound there: for who asks about constants and not about names.
  package var parts: [FEELExpression] { kind.parts(in: .none).map(\.expression) }

  /// Whether it is written as a function.
  var isFunction: Bool { if case .function = kind { true } else { false } }
}

extension FEELInterval {
  fileprivate func parts(in around: FEELSurroundings) -> [FEELPart] {
    [low, high].compactMap { $0.map { ($0, around) } }
  }
}

extension FEELUnaryTests {
  /// The expressions in the tests in the order in which they stand, with what is bound there.
  package func parts(in around: FEELSurroundings) -> [FEELPart] {
    switch self {
    case .any: []
    case .tests(let tests), .not(let tests):
      tests.flatMap { test -> [FEELPart] in
        switch test.kind {
        case .comparison(_, let bound): [(bound, around)]
        case .interval(let interval): interval.parts(in: around)
        case .expression(let expression): [(expression, around)]
        }
      }
    }
  }
}

extension FEELUnaryTests {
  /// The expressions in the tests, whatever is bound there.
  package var parts: [FEELExpression] { parts(in: .none).map(\.expression) }
}
