import EthosFEEL

/// A test of one value against constants: what a cell says, where it says no more than that.
///
/// Such a test is constant between the constants that it mentions, so it can be decided for whole ranges at once.
indirect enum Cut: Hashable, Sendable {
  /// Holds whatever the value is, also where it is missing.
  case always
  case compare(FEELComparison, FEELValue)
  case within(low: FEELValue?, isLowClosed: Bool, high: FEELValue?, isHighClosed: Bool)
  case anyOf([Cut])
  case allOf([Cut])
  case not(Cut)
  /// The same truth for every value; nil is FEEL's null.
  case constant(Bool?)
  /// Its evaluation fails for every value.
  case failing

  /// The constants that it mentions.
  var constants: [FEELValue] {
    switch self {
    case .always, .constant, .failing: []
    case .compare(_, let value): [value]
    case .within(let low, _, let high, _): [low, high].compactMap(\.self)
    case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.constants)
    case .not(let part): part.constants
    }
  }
}

/// Reduces the tests of a cell to cuts, where they are that.
struct CutReduction {
  /// The name of the fact that the column is about; `?` and that name are the value that is tested.
  let subject: String
  /// The limits, and the answers of used decisions, by the names that cells use.
  let constants: FEELScope
  /// The names of all facts: one that is called as a function is, is a fact.
  let facts: Set<FEELText>

  /// The cut of a cell; nil where it also depends on other facts, or applies a function to the value.
  func cut(_ tests: FEELUnaryTests) -> Cut? {
    switch tests {
    case .any: .always
    case .tests(let tests): any(tests)
    case .not(let tests): any(tests).map(Cut.not)
    }
  }

  private func any(_ tests: [FEELUnaryTest]) -> Cut? {
    if tests.count == 1 { return cut(tests[0]) }
    let parts = tests.map(cut)
    return parts.contains(nil) ? nil : .anyOf(parts.compactMap(\.self))
  }

  private func cut(_ test: FEELUnaryTest) -> Cut? {
    switch test.kind {
    case .comparison(let sign, let expression): compared(sign, expression)
    case .interval(let interval): within(interval)
    case .expression(let expression):
      isConstant(expression) ? member(expression) : condition(expression)
    }
  }

  private func isSubject(_ expression: FEELExpression) -> Bool {
    switch expression.kind {
    case .input: true
    case .name(let name): name == subject
    default: false
    }
  }

  private func isConstant(_ expression: FEELExpression) -> Bool {
    expression.isConstant(in: constants) && expression.names.allSatisfy { !facts.contains(FEELText($0)) }
  }

  private func compared(_ sign: FEELComparison, _ expression: FEELExpression) -> Cut? {
    guard isConstant(expression) else { return nil }
    guard let value = expression.constant(in: constants) else { return .failing }
    return CutReduction.isPlain(value) ? .compare(sign, value) : nil
  }

  private func within(_ interval: FEELInterval) -> Cut? {
    guard [interval.low, interval.high].allSatisfy({ $0.map(isConstant) ?? true }) else { return nil }
    let (low, high) = (interval.low?.constant(in: constants), interval.high?.constant(in: constants))
    guard (interval.low == nil) == (low == nil), (interval.high == nil) == (high == nil) else { return .failing }
    return range(low, interval.isLowClosed, high, interval.isHighClosed)
  }

  private func range(_ low: FEELValue?, _ isLowClosed: Bool, _ high: FEELValue?, _ isHighClosed: Bool) -> Cut? {
    guard [low, high].allSatisfy({ $0.map(CutReduction.isPlain) ?? true }) else { return nil }
    return .within(low: low, isLowClosed: isLowClosed, high: high, isHighClosed: isHighClosed)
  }

  /// A constant in a cell: a value to be equal to, a list or a range to be in.
  private func member(_ expression: FEELExpression) -> Cut? {
    guard let value = expression.constant(in: constants) else { return .failing }
    return member(value)
  }

  private func member(_ value: FEELValue) -> Cut? {
    switch value {
    case .list(let items):
      let parts = items.map { item -> Cut? in
        if case .list = item { return nil }
        return member(item)
      }
      return parts.contains(nil) ? nil : .anyOf(parts.compactMap(\.self))
    case .range(let value): return range(value.low, value.isLowClosed, value.high, value.isHighClosed)
    default: return CutReduction.isPlain(value) ? .compare(.equal, value) : nil
    }
  }

  /// A truth about the value: comparisons with constants, joined by `and`, `or` and `not`.
  private func condition(_ expression: FEELExpression) -> Cut? {
    switch expression.kind {
    case .boolean(let value): return .constant(value)
    case .comparison(let sign, let left, let right):
      if isSubject(left) { return compared(sign, right) }
      return isSubject(right) ? compared(sign.mirrored, left) : nil
    case .and(let left, let right):
      guard let left = condition(left), let right = condition(right) else { return nil }
      return .allOf([left, right])
    case .or(let left, let right):
      guard let left = condition(left), let right = condition(right) else { return nil }
      return .anyOf([left, right])
    case .between(let value, let low, let high):
      guard isSubject(value) else { return nil }
      return within(FEELInterval(low: low, isLowClosed: true, high: high, isHighClosed: true))
    case .membership(let value, let tests): return isSubject(value) ? cut(tests) : nil
    case .invocation(let function, let arguments):
      guard case .name("not") = function.kind, arguments.count == 1, arguments[0].name == nil else { return nil }
      return condition(arguments[0].value).map(Cut.not)
    default: return nil
    }
  }

  /// Whether a value is one that a domain can be cut at.
  private static func isPlain(_ value: FEELValue) -> Bool {
    switch value {
    case .null, .boolean, .number, .string, .daysDuration, .monthsDuration, .date: true
    case .time, .dateTime: OrderKey(value) != nil
    case .list, .context, .range, .function: false
    }
  }
}

extension FEELComparison {
  /// The comparison with its sides exchanged.
  fileprivate var mirrored: FEELComparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
