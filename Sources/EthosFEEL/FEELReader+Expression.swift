import EthosText

extension FEELReader {
  mutating func expression() throws(Rejection) -> FEELExpression {
    try enter()
    let expression = try binary(1)
    leave()
    return expression
  }

  /// An operator between two operands, with how tightly it binds.
  private enum Operator {
    case or, and
    case comparison(FEELComparison)
    case between, membership, instance
    case arithmetic(FEELArithmetic)

    var level: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .comparison, .between, .membership, .instance: 3
      case .arithmetic(.plus), .arithmetic(.minus): 4
      case .arithmetic(.times), .arithmetic(.divided): 5
      case .arithmetic(.power): 6
      }
    }
  }

  /// Operands and operators that bind at least as tightly as `level`.
  ///
  /// All operators associate to the left.
  mutating func binary(_ level: Int) throws(Rejection) -> FEELExpression {
    try skip()
    let start = index
    var left = try unary()
    while true {
      let place = index
      guard let sign = try takeOperator(), sign.level >= level else {
        index = place
        return left
      }
      try token()
      left = try apply(sign, to: left, start)
    }
  }

  private mutating func apply(
    _ sign: Operator, to left: FEELExpression, _ start: Int
  ) throws(Rejection) -> FEELExpression {
    let leftHeight = height
    switch sign {
    case .between:
      let low = try binary(4)
      let lowHeight = max(leftHeight, height)
      try expectWord("and", "after the lower bound of `between`")
      let high = try binary(4)
      return try node(.between(left, low: low, high: high), from: start, over: max(lowHeight, height))
    case .membership:
      let tests = try membershipTests()
      return try node(.membership(left, tests), from: start, over: max(leftHeight, height))
    case .instance:
      let type = try type()
      return try node(.instance(left, type), from: start, over: leftHeight)
    default: break
    }
    let right = try binary(sign.level + 1)
    let kind: FEELExpression.Kind? =
      switch sign {
      case .or: .or(left, right)
      case .and: .and(left, right)
      case .comparison(let comparison): .comparison(comparison, left, right)
      case .arithmetic(let arithmetic): .arithmetic(arithmetic, left, right)
      default: nil
      }
    guard let kind else { return left }
    return try node(kind, from: start, over: max(leftHeight, height))
  }

  private mutating func takeOperator() throws(Rejection) -> Operator? {
    try skip()
    guard let first = scalar() else { return nil }
    switch first {
    case "a": return try takeWord("and") ? .and : nil
    case "o": return try takeWord("or") ? .or : nil
    case "b": return try takeWord("between") ? .between : nil
    case "i":
      if try takeWord("in") { return .membership }
      guard try takeWord("instance") else { return nil }
      try expectWord("of", "after `instance`")
      return .instance
    case "+", "-", "/":
      index += 1
      return .arithmetic(first == "+" ? .plus : first == "-" ? .minus : .divided)
    case "*":
      if try take("**") { return .arithmetic(.power) }
      index += 1
      return .arithmetic(.times)
    default: return try takeComparison().map { .comparison($0) }
    }
  }

  mutating func takeComparison() throws(Rejection) -> FEELComparison? {
    try skip()
    switch (scalar(), scalar(1)) {
    case ("=", "="): return nil
    case ("=", _):
      index += 1
      return .equal
    case ("!", "="):
      index += 2
      return .notEqual
    case ("<", let next):
      index += next == "=" ? 2 : 1
      return next == "=" ? .lessOrEqual : .less
    case (">", let next):
      index += next == "=" ? 2 : 1
      return next == "=" ? .greaterOrEqual : .greater
    default: return nil
    }
  }

  private mutating func unary() throws(Rejection) -> FEELExpression {
    try skip()
    return scalar() == "-" ? try negated() : try postfix()
  }

  private mutating func negated() throws(Rejection) -> FEELExpression {
    var places: [Int] = []
    while try sees("-") {
      places.append(index)
      index += 1
      try token()
    }
    var isDigit = false
    if let next = scalar() { isDigit = FEELScalar.isDigit(next) || next == "." }
    var operand = try postfix()
    for (order, place) in places.reversed().enumerated() {
      if order == 0, isDigit, case .number(let number) = operand.kind {
        // `-5` is a number, so that a negative bound reads as one.
        operand = FEELExpression(.number(number.negated), span(place, index))
      } else {
        operand = try node(.negation(operand), from: place, over: height)
      }
    }
    return operand
  }

  private mutating func postfix() throws(Rejection) -> FEELExpression {
    try skip()
    let start = index
    var result = try primary()
    while true {
      let end = index
      try skip()
      switch scalar() {
      case "." where scalar(1) != ".":
        index += 1
        try token()
        let baseHeight = height
        let field = try fieldName(of: result)
        result = try node(.path(result, field), from: start, over: baseHeight)
      case "[" where !isEndpoint || !closesRange(result):
        result = try filter(of: result, from: start)
      case "(" where mayBeInvoked(result):
        result = try invocation(of: result, from: start)
      default:
        index = end
        return result
      }
    }
  }

  private func mayBeInvoked(_ expression: FEELExpression) -> Bool {
    switch expression.kind {
    case .name, .path, .invocation, .function, .filter: true
    default: false
    }
  }

  /// Whether a `[` after the upper end of a range closes it, rather than filters the end.
  private func closesRange(_ end: FEELExpression) -> Bool {
    switch end.kind {
    case .name, .path, .invocation, .filter, .list, .context, .input: break
    default: return true
    }
    var place = index + 1
    while place < scalars.count, FEELScalar.isWhiteSpace(scalars[place]) { place += 1 }
    guard place < scalars.count else { return true }
    return [",", ")", "]", "}", "=", "<", ">", "!", "+", "*", "/", "."].contains(scalars[place])
      || ["and", "or", "then", "else", "return", "satisfies", "in", "between", "instance"].contains(word(at: place))
  }

  func word(at start: Int) -> String {
    var end = start
    while end < scalars.count, end - start < 40, FEELScalar.isNamePart(scalars[end]) { end += 1 }
    return text(start, end)
  }

  private mutating func filter(of base: FEELExpression, from start: Int) throws(Rejection) -> FEELExpression {
    let baseHeight = height
    try expect("[", "before a filter")
    let outer = (names: names, isEndpoint: isEndpoint)
    isEndpoint = false
    let item = type(of: base)?.item
    if case .context(let fields)? = item {
      names = names.adding(fields.map { ($0.name, $0.type) } + [("item", item)])
    } else {
      names = names.adding([("item", item)]).allowingUnknown()
    }
    let condition = try expression()
    let height = max(baseHeight, height)
    (names, isEndpoint) = outer
    try expect("]", "after a filter")
    return try node(.filter(base, condition), from: start, over: height)
  }

  private mutating func invocation(of function: FEELExpression, from start: Int) throws(Rejection) -> FEELExpression {
    var height = height
    try expect("(", "before the arguments")
    let outer = isEndpoint
    isEndpoint = false
    var arguments: [FEELArgument] = []
    if !(try take(")")) {
      repeat {
        let name = try argumentName()
        arguments.append(FEELArgument(name, try expression()))
        height = max(height, self.height)
      } while try take(",")
      try expect(")", "after the arguments")
    }
    isEndpoint = outer
    let isNamed = arguments.first?.name != nil
    guard arguments.allSatisfy({ ($0.name != nil) == isNamed }) else {
      throw Rejection(
        "mixed-arguments", "the arguments of a call are either all named or all by position", span(start, index))
    }
    return try node(.invocation(function, arguments), from: start, over: height)
  }

  /// The name of a named argument, where one with a `:` follows.
  private mutating func argumentName() throws(Rejection) -> String? {
    try skip()
    let start = index
    guard let name = rawName(), scalar() == ":" else {
      index = start
      return nil
    }
    index += 1
    return name
  }
}
