extension FEELExpression {
  /// The tree with other parts in the place of some.
  ///
  /// The closure sees each part before what is inside it, with what is bound there, and answers what is to stand in its
  /// place, which is not gone through again, or nil. Costs a pass over the tree.
  package func rewritten(
    in around: FEELSurroundings = .none, _ replacement: (FEELExpression, FEELSurroundings) -> FEELExpression?
  ) -> FEELExpression {
    if let own = replacement(self, around) { return own }
    let parts = kind.parts(in: around)
    guard !parts.isEmpty else { return self }
    var supply = PartSupply()
    for part in parts { supply.parts.append(part.expression.rewritten(in: part.around, replacement)) }
    return FEELExpression(kind.withParts(&supply), span)
  }
}

extension FEELUnaryTests {
  /// The tests with other parts in the place of some, as of an expression.
  package func rewritten(
    in around: FEELSurroundings = .none, _ replacement: (FEELExpression, FEELSurroundings) -> FEELExpression?
  ) -> FEELUnaryTests {
    var supply = PartSupply()
    for part in parts(in: around) { supply.parts.append(part.expression.rewritten(in: part.around, replacement)) }
    return withParts(&supply)
  }

  /// The tests with every expression in them replaced as a whole.
  package func mapped(_ change: (FEELExpression) -> FEELExpression) -> FEELUnaryTests {
    var supply = PartSupply()
    for part in parts(in: .none) { supply.parts.append(change(part.expression)) }
    return withParts(&supply)
  }
}

/// New parts of a node, in the order of `parts(in:)`.
private struct PartSupply {
  var parts: [FEELExpression] = []
  private var place = 0

  mutating func next() -> FEELExpression {
    // INVARIANT: there are as many as the node has parts.
    defer { place += 1 }
    return parts[place]
  }

  mutating func next(_ old: FEELExpression?) -> FEELExpression? { old == nil ? nil : next() }
}

extension FEELExpression.Kind {
  /// The node with these parts; it says nothing of scope.
  fileprivate func withParts(_ supply: inout PartSupply) -> FEELExpression.Kind {
    switch self {
    case .null, .boolean, .number, .string, .temporal, .name, .input: self
    case .path, .negation, .instance, .filter, .membership, .pointRange: operand(&supply)
    case .arithmetic, .comparison, .and, .or, .between, .conditional: operation(&supply)
    case .iteration, .quantified, .function: definition(&supply)
    case .list, .context, .range, .invocation: structure(&supply)
    }
  }

  private func operand(_ supply: inout PartSupply) -> FEELExpression.Kind {
    switch self {
    case .path(_, let field): .path(supply.next(), field)
    case .negation: .negation(supply.next())
    case .pointRange(_, let isExcluded): .pointRange(supply.next(), isExcluded: isExcluded)
    case .instance(_, let type): .instance(supply.next(), type)
    case .filter: .filter(supply.next(), supply.next())
    case .membership(_, let tests): .membership(supply.next(), tests.withParts(&supply))
    default: self
    }
  }

  private func operation(_ supply: inout PartSupply) -> FEELExpression.Kind {
    switch self {
    case .arithmetic(let sign, _, _): .arithmetic(sign, supply.next(), supply.next())
    case .comparison(let sign, _, _): .comparison(sign, supply.next(), supply.next())
    case .and: .and(supply.next(), supply.next())
    case .or: .or(supply.next(), supply.next())
    case .between: .between(supply.next(), low: supply.next(), high: supply.next())
    case .conditional: .conditional(supply.next(), then: supply.next(), otherwise: supply.next())
    default: self
    }
  }

  private func definition(_ supply: inout PartSupply) -> FEELExpression.Kind {
    switch self {
    case .iteration(let iterators, _):
      let lists = FEELExpression.Kind.iterators(iterators, &supply)
      return .iteration(lists, supply.next())
    case .quantified(let quantifier, let iterators, _):
      let lists = FEELExpression.Kind.iterators(iterators, &supply)
      return .quantified(quantifier, lists, supply.next())
    case .function(let parameters, _): return .function(parameters, supply.next())
    default: return self
    }
  }

  private static func iterators(_ iterators: [FEELIterator], _ supply: inout PartSupply) -> [FEELIterator] {
    var result: [FEELIterator] = []
    for iterator in iterators {
      let start = supply.next()
      result.append(FEELIterator(name: iterator.name, start: start, end: supply.next(iterator.end)))
    }
    return result
  }

  private func structure(_ supply: inout PartSupply) -> FEELExpression.Kind {
    switch self {
    case .list: return .list(supply.parts)
    case .context(let entries): return .context(zip(entries, supply.parts).map { FEELContextEntry($0.key, $1) })
    case .range(let interval): return .range(interval.withParts(&supply))
    case .invocation(_, let arguments):
      let function = supply.next()
      return .invocation(function, zip(arguments, supply.parts.dropFirst()).map { FEELArgument($0.name, $1) })
    default: return self
    }
  }
}

extension FEELInterval {
  fileprivate func withParts(_ supply: inout PartSupply) -> FEELInterval {
    let low = supply.next(low)
    return FEELInterval(low: low, isLowClosed: isLowClosed, high: supply.next(high), isHighClosed: isHighClosed)
  }
}

extension FEELUnaryTests {
  fileprivate func withParts(_ supply: inout PartSupply) -> FEELUnaryTests {
    switch self {
    case .any: return .any
    case .tests(let tests): return .tests(FEELUnaryTests.tests(tests, &supply))
    case .not(let tests): return .not(FEELUnaryTests.tests(tests, &supply))
    }
  }

  private static func tests(_ tests: [FEELUnaryTest], _ supply: inout PartSupply) -> [FEELUnaryTest] {
    var result: [FEELUnaryTest] = []
    for test in tests {
      switch test.kind {
      case .comparison(let sign, _): result.append(FEELUnaryTest(.comparison(sign, supply.next()), test.span))
      case .interval(let interval): result.append(FEELUnaryTest(.interval(interval.withParts(&supply)), test.span))
      case .expression: result.append(FEELUnaryTest(.expression(supply.next()), test.span))
      }
    }
    return result
  }
}
