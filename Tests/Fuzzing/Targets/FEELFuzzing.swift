import EthosFEEL

/// The input is the text of an expression, of unary tests and of a type.
enum FEELFuzzing {
  /// What the text may name: one variable of each kind, among them names that are hard to tell from operators.
  private static let scope = FEELScope(
    variables: variables, now: FEELDateTime("2026-02-01T12:30:00Z"), types: ["tRisk": .string],
    zones: FEELZones { zone, _ in zone == "Europe/Vienna" ? 3_600 : nil })

  private static let variables: [String: FEELValue] = [
    "a": .number(.one), "loan amount": .number(FEELNumber(250_000)), "x-y": .boolean(true), "text": .string("ab🐎c"),
    "day": value("@\"2026-02-01\""), "list": value("[1, 2, [3, null], \"a\"]"),
    "person": value("{name: \"Ada\", age: 36, address: {\"street name\": \"Ring\"}}"),
    "people": value("[{name: \"Ada\", age: 36}, {name: \"Bob\"}]"), "r": value("[1..10)"),
    "f": value("function(n) n * 2"),
  ]

  private static let names = FEELNames(Array(variables.keys))
  private static let strictNames = FEELNames(Array(variables.keys), allowsUnknown: false)

  private static let limits: FEELLimits = {
    var limits = FEELLimits.standard
    limits.steps = 20_000
    limits.size = 20_000
    return limits
  }()

  static func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let evaluator = FEELEvaluator(limits: limits)
    if case .success(let tree) = FEELParser.expression(text, names: names, limits: limits) { use(tree, evaluator) }
    if case .success(let tests) = FEELParser.unaryTests(text, names: names, limits: limits) { use(tests, evaluator) }
    if case .success(let tree) = FEELParser.expression(text, names: strictNames, limits: limits) {
      _ = evaluator.value(of: tree, in: scope)
    }
    if let type = FEELType(parsing: text) {
      require(FEELType(parsing: type.description) == type, "the text of a type is the type: \(type)")
    }
  }

  private static func use(_ tree: FEELExpression, _ evaluator: FEELEvaluator) {
    _ = (tree.names, tree.usesInput, tree.isLiteral, tree.hashValue)
    let evaluation = evaluator.value(of: tree, in: scope)
    require(evaluation == evaluator.value(of: tree, in: scope), "an expression has one value: \(tree)")
    use(evaluation.value)
    _ = evaluator.value(of: tree, in: .empty)
    if let again = again(tree.description, { FEELParser.expression($0, names: names, limits: limits) }) {
      require(again == tree, "the text of an expression is the expression: \(tree) became \(again)")
    }
  }

  private static func use(_ tests: FEELUnaryTests, _ evaluator: FEELEvaluator) {
    _ = (tests.names, tests.hashValue)
    for input in [.null, .number(.one), .string("a"), value("@\"2026-02-01\""), value("[1, 2]")] as [FEELValue] {
      _ = evaluator.satisfies(tests, input: input, in: scope)
    }
    if let again = again(tests.description, { FEELParser.unaryTests($0, names: names, limits: limits) }) {
      require(again == tests, "the text of unary tests is the tests: \(tests) became \(again)")
    }
  }

  private static func use(_ value: FEELValue) {
    _ = (value.description, value.hashValue)
    require(value == value, "a value is itself: \(value)")
    _ = FEELComparing.equal(value, value)
    _ = FEELComparing.less(value, value)
  }

  /// What a printed text is read as; nil where it asks for more than the limits give, for the printed text is longer
  /// than what was written.
  private static func again<Tree>(_ text: String, _ parse: (String) -> Result<Tree, FEELProblem>) -> Tree? {
    switch parse(text) {
    case .success(let tree): return tree
    case .failure(let problem):
      require(isLimit(problem), "what is printed can be read: \(text): \(problem)")
      return nil
    }
  }

  private static func isLimit(_ problem: FEELProblem) -> Bool {
    problem.code.hasPrefix("expression-too-")
  }

  private static func value(_ text: String) -> FEELValue {
    guard case .success(let tree) = FEELParser.expression(text, names: .none) else {
      fatalError("the variables of the harness cannot be read: \(text)")
    }
    return FEELEvaluator().value(of: tree, in: .empty).value
  }
}
