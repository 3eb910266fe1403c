extension FEELUnaryTests {
  /// What one test against literals of the value's own kind says, as nearly all cells of a table are; nil where the
  /// tests are more than that.
  ///
  /// The same as the evaluation in full says, without its cost.
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

extension FEELUnaryTests {
  /// The texts that satisfy the tests, where they are nothing but texts.
  package var plainTexts: [String]? {
    guard case .tests(let tests) = self else { return nil }
    var texts: [String] = []
    for test in tests {
      guard case .expression(let expression) = test.kind, case .string(let text) = expression.kind else { return nil }
      texts.append(text)
    }
    return texts
  }
}

/// What one test of a number says of whole numbers: those from `low` to `high` satisfy it.
///
/// Most cells of a table of numbers are such, and in this form a case is put to thousands of them without looking at
/// their trees.
package struct FEELWholeRange: Sendable, Hashable {
  package let low: Int
  package let high: Int

  /// Nil where the test is no comparison or range of whole numbers.
  package init?(_ tests: FEELUnaryTests) {
    guard case .tests(let tests) = tests, tests.count == 1 else { return nil }
    var (low, high) = (Int.min, Int.max)
    switch tests[0].kind {
    case .comparison(let sign, let bound):
      guard let bound = bound.wholeNumber, bound > .min, bound < .max else { return nil }
      switch sign {
      case .equal: (low, high) = (bound, bound)
      case .notEqual: return nil
      case .less: high = bound - 1
      case .lessOrEqual: high = bound
      case .greater: low = bound + 1
      case .greaterOrEqual: low = bound
      }
    case .interval(let interval):
      guard let from = interval.low?.wholeNumber, let to = interval.high?.wholeNumber, from < .max, to > .min else {
        return nil
      }
      low = interval.isLowClosed ? from : from + 1
      high = interval.isHighClosed ? to : to - 1
    case .expression(let expression):
      guard let value = expression.wholeNumber else { return nil }
      (low, high) = (value, value)
    }
    self.low = low
    self.high = high
  }

  package func contains(_ value: Int) -> Bool { low <= value && value <= high }

  /// False where no number at all, whole or not, satisfies both tests.
  package func isNear(_ other: FEELWholeRange) -> Bool {
    let start = max(low, other.low)
    return start < .min + 2 || start - 2 < min(high, other.high)
  }
}

extension FEELExpression {
  fileprivate var wholeNumber: Int? {
    guard case .number(let number) = kind else { return nil }
    return number.integer
  }
}
