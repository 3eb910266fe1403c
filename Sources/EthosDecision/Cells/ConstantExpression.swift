package import EthosFEEL

extension FEELExpression {
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
          return FEELBuiltin.isSettled(name)
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
  /// The values of tests that are a list of values; nothing where one of them is no constant.
  var constantValues: [FEELValue] {
    guard case .tests(let tests) = self else { return [] }
    var values: [FEELValue] = []
    for test in tests {
      guard case .expression(let expression) = test.kind, let value = expression.constant(in: .empty) else { return [] }
      values.append(value)
    }
    return values
  }
}

extension FEELBuiltin {
  /// Whether a name is a function of FEEL that gives the same of the same arguments on every day.
  static func isSettled(_ name: String) -> Bool {
    name != "now" && name != "today" && FEELBuiltin(rawValue: name) != nil
  }
}
