import EthosText

extension FEELRun {
  func variable(_ name: String, _ span: Span, _ scope: FEELScope) -> FEELValue {
    if let value = scope.value(of: name) { return value }
    if let builtin = FEELBuiltin.named(name) { return .function(.builtin(builtin)) }
    let near = nearestName(to: name, among: scope.names + FEELBuiltin.allCases.map(\.rawValue))
    return fail(
      "unknown-name", "nothing is called `\(visibleText(name))` here", span, help: near.map { "did you mean `\($0)`?" })
  }

  /// A value as a truth value: what is neither null nor a boolean is null, with a problem.
  private func truth(of expression: FEELExpression, _ scope: FEELScope) -> Bool? {
    switch evaluate(expression, scope) {
    case .boolean(let value): return value
    case .null: return nil
    case let other:
      _ = fail("not-a-boolean", "expected a boolean, but this is a \(other.kindName)", expression.span)
      return nil
    }
  }

  // The right operand of a decided conjunction is not evaluated: it cannot change the result.
  func conjunction(_ left: FEELExpression, _ right: FEELExpression, _ scope: FEELScope) -> FEELValue {
    let first = truth(of: left, scope)
    if first == false { return .boolean(false) }
    return .truth(FEELTernary.and(first, truth(of: right, scope)))
  }

  func disjunction(_ left: FEELExpression, _ right: FEELExpression, _ scope: FEELScope) -> FEELValue {
    let first = truth(of: left, scope)
    if first == true { return .boolean(true) }
    return .truth(FEELTernary.or(first, truth(of: right, scope)))
  }

  func conditional(
    _ condition: FEELExpression, _ then: FEELExpression, _ otherwise: FEELExpression, _ scope: FEELScope
  ) -> FEELValue {
    evaluate(truth(of: condition, scope) == true ? then : otherwise, scope)
  }

  func compare(
    _ comparison: FEELComparison, _ left: FEELValue, _ right: FEELValue, _ span: Span, _ scope: FEELScope
  ) -> Bool? {
    guard charge(left, span) else { return nil }
    let result: Bool? =
      switch comparison {
      case .equal: FEELComparing.equal(left, right, zones: scope.zones)
      case .notEqual: FEELTernary.not(FEELComparing.equal(left, right, zones: scope.zones))
      case .less: FEELComparing.less(left, right, zones: scope.zones)
      case .lessOrEqual: FEELComparing.lessOrEqual(left, right, zones: scope.zones)
      case .greater: FEELComparing.less(right, left, zones: scope.zones)
      case .greaterOrEqual: FEELComparing.lessOrEqual(right, left, zones: scope.zones)
      }
    if result == nil, !left.isNull, !right.isNull { explain(left, right, span) }
    return result
  }

  /// Says why two values that are not null cannot be compared.
  private func explain(_ left: FEELValue, _ right: FEELValue, _ span: Span) {
    if !left.isSameKind(as: right) {
      _ = fail(
        "not-comparable", "a \(left.kindName) cannot be compared with a \(right.kindName)", span)
      return
    }
    switch left {
    case .time, .dateTime:
      _ = fail("unknown-time-zone", "the time zones of the two values are not known", span)
    default:
      _ = fail("not-comparable", "values of the type \(left.kindName) have no order", span)
    }
  }

  func between(
    _ operand: FEELExpression, _ low: FEELExpression, _ high: FEELExpression, _ span: Span, _ scope: FEELScope
  ) -> FEELValue {
    let value = evaluate(operand, scope)
    let (low, high) = (evaluate(low, scope), evaluate(high, scope))
    return .truth(
      FEELTernary.and(
        compare(.greaterOrEqual, value, low, span, scope), compare(.lessOrEqual, value, high, span, scope)))
  }

  // MARK: - Unary tests

  func satisfies(_ tests: FEELUnaryTests, _ input: FEELValue, _ scope: FEELScope) -> Bool? {
    switch tests {
    case .any: return true
    case .tests(let tests): return positive(tests, input, scope)
    case .not(let tests): return FEELTernary.not(positive(tests, input, scope))
    }
  }

  /// The disjunction of the tests.
  private func positive(_ tests: [FEELUnaryTest], _ input: FEELValue, _ scope: FEELScope) -> Bool? {
    var result: Bool? = false
    for test in tests {
      result = FEELTernary.or(result, satisfies(test, input, scope))
      if result == true { return true }
    }
    return result
  }

  private func satisfies(_ test: FEELUnaryTest, _ input: FEELValue, _ scope: FEELScope) -> Bool? {
    guard spend(1, test.span) else { return nil }
    switch test.kind {
    case .comparison(let comparison, let bound):
      return compare(comparison, input, end(bound, input, scope), test.span, scope)
    case .interval(let interval):
      let range = FEELRange(
        low: interval.low.map { end($0, input, scope) }, isLowClosed: interval.isLowClosed,
        high: interval.high.map { end($0, input, scope) }, isHighClosed: interval.isHighClosed)
      return contains(range, input, test.span, scope)
    case .expression(let expression):
      let value = end(expression, input, scope)
      if !expression.isLiteral, expression.usesInput {
        switch value {
        case .boolean(let truth): return truth
        case .null: return nil
        default: break
        }
      }
      return contains(value, input, test.span, scope)
    }
  }

  /// The value of a part of a test.
  ///
  /// Literals, which most cells are, need no scope of their own.
  private func end(_ expression: FEELExpression, _ input: FEELValue, _ scope: FEELScope) -> FEELValue {
    evaluate(expression, expression.isLiteral ? scope : FEELScope([("?", input)], parent: scope))
  }

  /// Whether a value is in another: equal to it, within a range, or in a list of such (table 55).
  func contains(_ container: FEELValue, _ value: FEELValue, _ span: Span, _ scope: FEELScope) -> Bool? {
    switch container {
    case .range(let range):
      if case .range = value { return compare(.equal, value, container, span, scope) }
      return contains(range, value, span, scope)
    case .list(let items):
      guard charge(container, span) else { return nil }
      if case .list = value, FEELComparing.equal(container, value, zones: scope.zones) == true { return true }
      var result: Bool? = false
      for item in items {
        let found: Bool? =
          switch item {
          case .range(let range): contains(range, value, span, scope)
          // As `list contains` has it, an item of another kind is not the value.
          default: FEELComparing.equal(item, value, zones: scope.zones) ?? false
          }
        if found == true { return true }
        result = FEELTernary.or(result, found)
      }
      return result
    default: return compare(.equal, value, container, span, scope)
    }
  }

  private func contains(_ range: FEELRange, _ value: FEELValue, _ span: Span, _ scope: FEELScope) -> Bool? {
    let result = FEELComparing.contains(range, value, zones: scope.zones)
    if result == nil, !value.isNull {
      for end in [range.low, range.high] {
        if let end, !end.isNull, FEELComparing.less(end, value, zones: scope.zones) == nil {
          explain(value, end, span)
          break
        }
      }
    }
    return result
  }

  func range(_ interval: FEELInterval, _ span: Span, _ scope: FEELScope) -> FEELValue {
    let low = interval.low.map { evaluate($0, scope) }
    let high = interval.high.map { evaluate($0, scope) }
    return .range(
      FEELRange(low: low, isLowClosed: interval.isLowClosed, high: high, isHighClosed: interval.isHighClosed))
  }
}
