import EthosFEEL
import EthosTestSupport
import EthosText
import Testing

/// What a name means is decided in one place: a tree with values put in decides as the tree in a scope that has them.
@Suite struct FEELScopeTests {
  @Test func `a tree with values put in has the value that it has in their scope`() {
    var generator = ScopedTreeGenerator(seed: 71)
    let evaluator = FEELEvaluator(limits: ScopedTreeGenerator.limits)
    var (compared, told, bound) = (0, 0, 0)
    for round in 0..<(2_000 * soakFactor) {
      let tree = generator.tree(2 + round % 4)
      let constants = generator.constants()
      let facts = FEELScope(variables: ["fact": .number(FEELNumber(2))])
      let scope = FEELScope(
        variables: Dictionary(constants.map { ($0.name, $0.value) }) { first, _ in first }, parent: facts)
      let replaced = FEELSubstitution(constants: constants).applied(to: tree)
      let (left, right) = (evaluator.value(of: replaced, in: facts), evaluator.value(of: tree, in: scope))
      guard !left.isCutShort, !right.isCutShort, !right.value.description.contains("function") else { continue }
      #expect(left.value == right.value, "\(tree)\n\(replaced)\n\(constants)")
      compared += 1
      if !right.value.isNull { told += 1 }
      if replaced != tree { bound += 1 }
      // What still names a constant is bound by the tree itself, or free in it by chance of a filter.
      let names = Set(tree.names.map(FEELText.init))
      #expect(replaced.names.allSatisfy { names.contains(FEELText($0)) }, "\(tree)\n\(replaced)")
    }
    // The law is about something.
    #expect(compared > 1_000 && told > 300 && bound > 300, "\(compared) \(told) \(bound)")
  }

  @Test func `tests with values put in say what they say in their scope`() {
    var generator = ScopedTreeGenerator(seed: 72)
    let evaluator = FEELEvaluator(limits: ScopedTreeGenerator.limits)
    for round in 0..<(600 * soakFactor) {
      let tests = generator.tests(1 + round % 4)
      let constants = generator.constants()
      let scope = FEELScope(variables: Dictionary(constants.map { ($0.name, $0.value) }) { first, _ in first })
      let replaced = FEELSubstitution(constants: constants).applied(to: tests)
      for input in [FEELValue.number(.one), .string("a"), .null] {
        let left = evaluator.satisfies(replaced, input: input, in: .empty)
        let right = evaluator.satisfies(tests, input: input, in: scope)
        guard !(left.problems + right.problems).contains(where: \.isCutShort) else { continue }
        #expect(left.result == right.result, "\(tests)\n\(replaced)\n\(constants)")
      }
    }
  }

  @Test func `a tree means what its free names mean`() {
    // Whatever is not free may be anything.
    var generator = ScopedTreeGenerator(seed: 73)
    let evaluator = FEELEvaluator(limits: ScopedTreeGenerator.limits)
    for round in 0..<(600 * soakFactor) {
      let tree = generator.tree(1 + round % 4)
      let constants = generator.constants()
      let free = Set(tree.names.map(FEELText.init))
      let all = FEELScope(variables: Dictionary(constants.map { ($0.name, $0.value) }) { first, _ in first })
      let some = FEELScope(
        variables: Dictionary(
          constants.filter { free.contains(FEELText($0.name)) }.map { ($0.name, $0.value) }
        ) { first, _ in first })
      let (left, right) = (evaluator.value(of: tree, in: all), evaluator.value(of: tree, in: some))
      guard !left.isCutShort, !right.isCutShort, !left.value.description.contains("function") else { continue }
      #expect(left.value == right.value, "\(tree) \(tree.names)")
    }
  }

  @Test(arguments: [
    // In a filter a name may be a field: the value is bound around the whole.
    ("count([{cap: 1}, {cap: 9}][cap > other])", "(function(cap) count([{cap: 1}, {cap: 9}][cap > other]))(5)"),
    ("[1, 2][item > cap]", "(function(cap) [1, 2][item > cap])(5)"), ("[1, 2][item > 1]", "[1, 2][item > 1]"),
    ("cap + count([1][cap > 0])", "(function(cap) 5 + count([1][cap > 0]))(5)"),
    // Bound names stay.
    ("for cap in [1] return cap", "for cap in [1] return cap"), ("for x in [cap] return cap", "for x in [5] return 5"),
    ("some cap in [cap] satisfies cap > 1", "some cap in [5] satisfies cap > 1"),
    ("{a: cap, cap: cap, b: cap}", "{a: 5, cap: 5, b: cap}"), ("function(cap) cap", "function(cap) cap"),
    // A function may call itself by the key that it stands under, and by no other.
    ("{cap: function(x) cap(x)}", "{cap: function(x) cap(x)}"),
    ("{cap: [function(x) cap]}", "{cap: [function(x) 5]}"),
    ("cap.cap", "5.cap"),
  ])
  func `a value is put where its name is free`(text: String, replaced: String) throws {
    let tree = try FEELParser.expression(text, names: .none).get()
    let result = FEELSubstitution(constants: [("cap", .number(FEELNumber(5)))]).applied(to: tree)
    #expect(result.description == replaced)
  }

  @Test func `an expression that names what is bound is not caught by it`() throws {
    let tree = try FEELParser.expression("for x in xs return x + cap", names: .none).get()
    let value = try FEELParser.expression("x * 2", names: .none).get()
    let result = FEELSubstitution([("cap", value)]).applied(to: tree)
    #expect(result.description == "(function(cap) for x in xs return x + cap)(x * 2)")
    let scope = FEELScope(variables: ["x": .number(FEELNumber(10)), "xs": .list([.number(.one)])])
    #expect(FEELEvaluator().value(of: result, in: scope).value == .list([.number(FEELNumber(21))]))
  }

  @Test(arguments: [
    ("for a in b, c in a return partial + d", ["b", "d"]), ("every a in b satisfies a > c", ["b", "c"]),
    ("[a][item > b]", ["a", "b"]), ("{a: b, c: a, d: d}", ["b", "d"]), ("function(a) a + b", ["b"]),
    ("a in (< b, [c..d])", ["a", "b", "c", "d"]), ("f(a, x: b)", ["f", "a"]), ("{f: function(n) f(n)}", []),
    ("partial", ["partial"]), ("item", ["item"]),
  ])
  func `free names are those that nothing inside binds`(text: String, names: [String]) throws {
    // An argument by name is a name of the function's.
    let text = text.replacing("f(a, x: b)", with: "f(a)")
    #expect(try FEELParser.expression(text, names: .none).get().names == names)
  }

  @Test(arguments: [("? > 1", true), ("x in (?)", false), ("? in (1)", true), ("[1][item > ?]", true), ("x", false)])
  func `the input of an inner test is its operand`(text: String, uses: Bool) throws {
    #expect(try FEELParser.expression(text, names: .none).get().usesInput == uses)
  }
}

extension FEELEvaluation {
  /// Whether a limit ended it.
  var isCutShort: Bool { problems.contains(where: \.isCutShort) }
}

extension FEELProblem {
  var isCutShort: Bool { code.begins(with: "evaluation-too") || code == "value-too-large" }
}
