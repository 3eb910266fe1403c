import EthosFEEL

/// What type the value of an expression is of, where it is not null: as far as the tree alone says it.
///
/// It is never wrong, and often silent. Costs a pass over the tree.
struct FEELTypeOf {
  /// The types of the variables that are known.
  var names: [String: FEELType]

  func callAsFunction(_ expression: FEELExpression) -> FEELType? {
    switch expression.kind {
    case .boolean, .comparison, .between, .membership, .instance, .quantified, .and, .or: return .boolean
    case .number: return .number
    case .string: return .string
    case .temporal(let value): return Self.type(of: value)
    case .name(let name): return names[name]
    case .negation(let operand): return self(operand)
    case .arithmetic(let sign, let left, let right): return arithmetic(sign, self(left), self(right))
    case .conditional(_, let then, let otherwise):
      if case .null = then.kind { return self(otherwise) }
      if case .null = otherwise.kind { return self(then) }
      let type = self(then)
      return type == self(otherwise) ? type : nil
    case .invocation(let function, _):
      guard case .name(let name) = function.kind, names[name] == nil, let builtin = FEELBuiltin(rawValue: name) else {
        return nil
      }
      return Self.result(builtin)
    default: return nil
    }
  }

  private func arithmetic(_ sign: FEELArithmetic, _ left: FEELType?, _ right: FEELType?) -> FEELType? {
    guard let left, let right else { return nil }
    switch (sign, left, right) {
    case (_, .number, .number): return .number
    case (.plus, .string, .string): return .string
    case (.plus, .date, .yearsAndMonthsDuration), (.minus, .date, .yearsAndMonthsDuration): return .date
    case (.minus, .date, .date): return .daysAndTimeDuration
    case (.plus, .daysAndTimeDuration, .daysAndTimeDuration), (.minus, .daysAndTimeDuration, .daysAndTimeDuration):
      return .daysAndTimeDuration
    case (.plus, .yearsAndMonthsDuration, .yearsAndMonthsDuration),
      (.minus, .yearsAndMonthsDuration, .yearsAndMonthsDuration):
      return .yearsAndMonthsDuration
    default: return nil
    }
  }

  static func type(of value: FEELValue) -> FEELType? {
    switch value {
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .date: .date
    case .time: .time
    case .dateTime: .dateAndTime
    case .daysDuration: .daysAndTimeDuration
    case .monthsDuration: .yearsAndMonthsDuration
    case .null, .list, .context, .range, .function: nil
    }
  }

  private static func result(_ builtin: FEELBuiltin) -> FEELType? {
    switch builtin {
    case .date, .today: .date
    case .time: .time
    case .dateAndTime, .now: .dateAndTime
    case .yearsAndMonthsDuration: .yearsAndMonthsDuration
    case .number, .stringLength, .count, .decimal, .floor, .ceiling, .roundUp, .roundDown, .roundHalfUp,
      .roundHalfDown, .modulo, .sqrt, .log, .exp, .dayOfYear, .weekOfYear:
      .number
    case .string, .substring, .upperCase, .lowerCase, .substringBefore, .substringAfter, .replace, .stringJoin,
      .dayOfWeek, .monthOfYear:
      .string
    case .not, .contains, .startsWith, .endsWith, .matches, .listContains, .all, .any, .odd, .even, .is, .before,
      .after:
      .boolean
    default: nil
    }
  }
}

extension FEELUnaryTests {
  /// What a value is compared with: the operands of comparisons, the ends of intervals, and values themselves.
  var operands: [FEELExpression] {
    switch self {
    case .any: []
    case .tests(let tests), .not(let tests):
      tests.flatMap { test -> [FEELExpression] in
        switch test.kind {
        case .comparison(_, let value): [value]
        case .interval(let interval): [interval.low, interval.high].compactMap { $0 }
        case .expression(let value): value.usesInput ? [] : [value]
        }
      }
    }
  }
}
