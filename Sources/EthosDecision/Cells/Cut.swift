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
  /// The same as `compare(.equal, …)`, but a value of another kind is not an error: an item of a list.
  case item(FEELValue)
  /// Its evaluation fails for every value.
  case failing
  /// A test in which a constant went wrong: where it is neither true nor false, that is a failure.
  case tainted(Cut)

  /// The constants that it mentions.
  var constants: [FEELValue] {
    switch self {
    case .always, .constant, .failing: []
    case .compare(_, let value), .item(let value): [value]
    case .within(let low, _, let high, _): [low, high].compactMap(\.self)
    case .anyOf(let parts), .allOf(let parts): parts.flatMap(\.constants)
    case .not(let part), .tainted(let part): part.constants
    }
  }

  /// Whether a constant in it went wrong.
  var isTainted: Bool {
    switch self {
    case .always, .compare, .within, .constant, .item: false
    case .failing, .tainted: true
    case .anyOf(let parts), .allOf(let parts): parts.contains(where: \.isTainted)
    case .not(let part): part.isTainted
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
  /// The type of the fact: a text that is compared with a number fails, and with a text it has a place in an order.
  var type = FEELType.any
  /// Whether times, and dates and times, are put in order; see `MomentForms`.
  var cutsMoments = false

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
      // Without `?` a cell is a value to be equal to, or to be in, also where it names the fact itself.
      if expression.usesInput { condition(expression) } else { isConstant(expression) ? member(expression) : nil }
    }
  }

  private func isSubject(_ expression: FEELExpression) -> Bool {
    switch expression.kind {
    case .input: true
    case .name(let name): FEELText.areEqual(name, subject)
    default: false
    }
  }

  private func isConstant(_ expression: FEELExpression) -> Bool {
    if expression.isLiteral { return true }
    return expression.isConstant(in: constants) && expression.names.allSatisfy { !facts.contains(FEELText($0)) }
  }

  private func compared(_ sign: FEELComparison, _ expression: FEELExpression) -> Cut? {
    guard isConstant(expression), let found = expression.evaluated(in: constants) else { return nil }
    if !sign.isEquality, isOrderedMoment(found.value), !found.hasProblems { return .compare(sign, found.value) }
    guard CutReduction.isPlain(found.value), sign.isEquality || isOrdered(found.value) else { return nil }
    guard found.hasProblems else { return .compare(sign, found.value) }
    switch sign {
    // A constant that went wrong is null, and null is equal to null and to nothing else.
    case .equal, .notEqual: return .tainted(.compare(sign, found.value))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return found.value == .null ? .failing : .tainted(.compare(sign, found.value))
    }
  }

  private func within(_ interval: FEELInterval) -> Cut? {
    var ends: [FEELValue?] = []
    var hasProblems = false
    for end in [interval.low, interval.high] {
      guard let end else {
        ends.append(nil)
        continue
      }
      guard isConstant(end), let found = end.evaluated(in: constants) else { return nil }
      ends.append(found.value)
      hasProblems = hasProblems || found.hasProblems
    }
    guard let cut = range(ends[0], interval.isLowClosed, ends[1], interval.isHighClosed) else { return nil }
    return hasProblems ? .tainted(cut) : cut
  }

  private func range(_ low: FEELValue?, _ isLowClosed: Bool, _ high: FEELValue?, _ isHighClosed: Bool) -> Cut? {
    guard
      [low, high].allSatisfy({ end in
        end.map { isOrderedMoment($0) || (CutReduction.isPlain($0) && isOrdered($0)) } ?? true
      })
    else { return nil }
    return .within(low: low, isLowClosed: isLowClosed, high: high, isHighClosed: isHighClosed)
  }

  /// A constant in a cell: a value to be equal to, a list or a range to be in.
  private func member(_ expression: FEELExpression) -> Cut? {
    guard let found = expression.evaluated(in: constants), let cut = member(found.value, isItem: false) else {
      return nil
    }
    return found.hasProblems ? .tainted(cut) : cut
  }

  private func member(_ value: FEELValue, isItem: Bool) -> Cut? {
    switch value {
    case .list(let items):
      guard !isItem else { return nil }
      let parts = items.map { member($0, isItem: true) }
      return parts.contains(nil) ? nil : .anyOf(parts.compactMap(\.self))
    case .range(let value) where value.form != .ends:
      guard let point = value.low, CutReduction.isPlain(point) else { return nil }
      return .compare(value.form == .equal ? .equal : .notEqual, point)
    case .range(let value): return range(value.low, value.isLowClosed, value.high, value.isHighClosed)
    default:
      guard CutReduction.isPlain(value) else { return nil }
      return isItem ? .item(value) : .compare(.equal, value)
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
      // A fact or a limit of that name hides the function.
      guard case .name("not") = function.kind, constants.value(of: "not") == nil, !facts.contains(FEELText("not")),
        arguments.count == 1, arguments[0].name == nil
      else { return nil }
      return condition(arguments[0].value).map(Cut.not)
    default: return nil
    }
  }

  /// Whether a value is one that a domain can be cut at.
  private static func isPlain(_ value: FEELValue) -> Bool {
    switch value {
    case .null, .boolean, .number, .string, .daysDuration, .monthsDuration, .date: true
    // Moments with an offset and without one are compared by borrowing the offset of the other, which is no order.
    case .time, .dateTime: false
    case .list, .context, .range, .function: false
    }
  }

  /// Whether the domain is cut where a value is compared with a moment by its place.
  ///
  /// To be equal to a moment, a value must also have a zone where that has one, which is no matter of place.
  private func isOrderedMoment(_ value: FEELValue) -> Bool {
    guard cutsMoments else { return false }
    switch (value, type) {
    case (.time, .time), (.dateTime, .dateAndTime): return true
    default: return false
    }
  }

  /// Whether the domain is cut where a value is compared by its place: texts have an order in FEEL, and none here.
  private func isOrdered(_ value: FEELValue) -> Bool {
    guard case .string = value else { return true }
    switch type {
    case .number, .boolean, .date, .daysAndTimeDuration, .yearsAndMonthsDuration: return true
    default: return false
    }
  }
}

extension FEELComparison {
  fileprivate var isEquality: Bool { self == .equal || self == .notEqual }

  /// The comparison with its sides exchanged.
  var mirrored: FEELComparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}
