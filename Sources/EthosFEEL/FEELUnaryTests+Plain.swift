extension FEELUnaryTests {
  /// What one test against literals of the value's own kind says, as nearly all cells of a table are; nil where the
  /// tests are more than that. The same as the evaluation in full says, without its cost.
  func plainTruth(of input: FEELValue) -> Bool? {
    guard case .tests(let tests) = self, tests.count == 1 else { return nil }
    switch (tests[0].kind, input) {
    case (.comparison(let sign, let bound), .number(let value)):
      guard case .number(let bound) = bound.kind else { return nil }
      switch sign {
      case .equal: return value == bound
      case .notEqual: return value != bound
      case .less: return value < bound
      case .lessOrEqual: return !(bound < value)
      case .greater: return bound < value
      case .greaterOrEqual: return !(value < bound)
      }
    case (.interval(let interval), .number(let value)):
      guard case .number(let low)? = interval.low?.kind, case .number(let high)? = interval.high?.kind else {
        return nil
      }
      return (interval.isLowClosed ? !(value < low) : low < value)
        && (interval.isHighClosed ? !(high < value) : value < high)
    case (.expression(let expression), .number(let value)):
      guard case .number(let literal) = expression.kind else { return nil }
      return value == literal
    case (.expression(let expression), .string(let value)):
      guard case .string(let literal) = expression.kind, value.utf8.count <= 100 else { return nil }
      return FEELText.areEqual(value, literal)
    case (.expression(let expression), .boolean(let value)):
      guard case .boolean(let literal) = expression.kind else { return nil }
      return value == literal
    default: return nil
    }
  }
}
