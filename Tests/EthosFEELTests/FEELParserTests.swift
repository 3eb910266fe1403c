import EthosFEEL
import EthosTestSupport
import EthosText
import Testing

/// Texts, the trees that they are read into, and what is wrong with those that are none.
@Suite struct FEELParserTests {
  private func print(_ text: String, _ names: FEELNames) throws -> String {
    try FEELParser.expression(text, names: names).get().description
  }

  /// Every operator in parentheses, so that a test sees how a text was grouped.
  private func grouped(_ expression: FEELExpression) -> String {
    switch expression.kind {
    case .arithmetic(let sign, let left, let right): "(\(grouped(left)) \(sign.rawValue) \(grouped(right)))"
    case .comparison(let sign, let left, let right): "(\(grouped(left)) \(sign.rawValue) \(grouped(right)))"
    case .and(let left, let right): "(\(grouped(left)) and \(grouped(right)))"
    case .or(let left, let right): "(\(grouped(left)) or \(grouped(right)))"
    case .negation(let operand): "(-\(grouped(operand)))"
    default: expression.description
    }
  }

  @Test(arguments: [
    ("1 + 2 * 3", "(1 + (2 * 3))"), ("1 - 2 - 3", "((1 - 2) - 3)"), ("a or b and c", "(a or (b and c))"),
    ("-a ** 2", "((-a) ** 2)"), ("2 ** -a", "(2 ** (-a))"), ("2 ** 3 ** 2", "((2 ** 3) ** 2)"), ("-5 + 3", "(-5 + 3)"),
    ("a + 1 < b * 2", "((a + 1) < (b * 2))"), ("a = b and c != d", "((a = b) and (c != d))"),
    ("(1 + 2) * 3", "((1 + 2) * 3)"), ("- - a", "(-(-a))"),
  ]) func `operators bind as the grammar says`(_ text: String, _ expected: String) throws {
    #expect(grouped(try FEELParser.expression(text, names: .none).get()) == expected)
  }

  @Test(arguments: [
    "null", "true", "\"a \\\"b\\\" \\\\ \\n\"", "@\"2026-01-31\"", "@\"P1DT2H\"", "[1, 2, [3]]", "{a: 1, \"b c!\": 2}",
    "[1..5]", "(1..5]", "[a..b)", "(< 10)", "(>= 5)", "x in [1..5]", "x in (1, 2, 3)", "x in < 5", "x in (< 5, > 10)",
    "x between 1 and 5", "if a then b else c", "for x in [1, 2] return x * 2",
    "for i in 1..10, j in [i] return partial",
    "some x in y satisfies x > 1", "every x in y satisfies x > 1", "function(a: number, b) a + b",
    "sum(list: [1])", "date and time(\"2026-01-01T00:00:00\")", "a.b.c[1].d[item > 2]", "x instance of list<number>",
    "x instance of date and time", "x instance of function<number, string> -> Any", "-(5)", "(if a then b else c) + 1",
    "(a or b) and c", "f(x)(y)", "(function(x) x)(1)", "?", "contains(?, \"a\")", "x instance of context<a: number>",
    "\"\\U01F40E\"", "a in b", "1.5", "1e400", "-1", "[]", "{}", "(a - b) - (c - d)",
  ]) func `what is printed reads back as the same tree`(_ text: String) throws {
    let tree = try FEELParser.expression(text, names: .none).get()
    let again = try FEELParser.expression(tree.description, names: .none).get()
    #expect(again == tree, "\(tree)")
    #expect(again.description == tree.description)
  }

  @Test(arguments: [
    ("loan amount + 1", "loan amount", "loan amount + 1"), ("a-b - a", "a-b", "a-b - a"), ("a - b", "a-b", "a - b"),
    ("loan   amount", "loan amount", "loan amount"), ("date of birth", "date of birth", "date of birth"),
    ("a+b+1", "a+b", "a+b + 1"), ("not eligible", "not eligible", "not eligible"),
    ("if applicable then 1 else 2", "applicable", "if applicable then 1 else 2"), ("x.y.z", "x.y", "x.y.z"),
    ("don't care and true", "don't care", "don't care and true"),
  ]) func `the longest known name wins`(_ text: String, _ name: String, _ expected: String) throws {
    #expect(try print(text, FEELNames([name], allowsUnknown: true)) == expected)
  }

  @Test func `the fields of a typed name are known in a path`() throws {
    let loan = FEELType.context([
      FEELTypedName("loan amount", .number), FEELTypedName("debt-to-income", .number),
      FEELTypedName("items", .list(.context([FEELTypedName("unit price", .number)]))),
    ])
    let names = FEELNames(typed: [("Loan", loan)], allowsUnknown: false)
    #expect(
      try print("Loan.loan amount > Loan.debt-to-income - 1", names) == "Loan.loan amount > Loan.debt-to-income - 1")
    #expect(
      try print("Loan.items[unit price > 5].unit price", names) == "Loan.items[unit price > 5].unit price")
    #expect(
      try print("for i in Loan.items return i.unit price", names) == "for i in Loan.items return i.unit price")
    let unknown = FEELParser.expression("Loan.loan amont", names: names)
    #expect(throws: FEELProblem.self) { try unknown.get() }
  }

  @Test(arguments: [
    ("1 + 1️⃣", "unexpected-end"), ("1️⃣amuont2️⃣ > 5", "unknown-name"), ("1 1️⃣==2️⃣ 2", "unexpected-text"),
    ("1️⃣\"abc2️⃣", "unterminated-string"), ("1️⃣@\"2026-13-01\"2️⃣", "malformed-temporal-literal"),
    ("[1, 2 1️⃣", "unexpected-end"), ("1 + 1️⃣/*2️⃣ x", "unterminated-comment"), ("1️⃣1e70002️⃣", "number-out-of-range"),
    ("1️⃣12abc2️⃣", "malformed-number"), ("1 1️⃣)2️⃣", "unexpected-text"), ("if true then 1 1️⃣", "unexpected-end"),
    ("1️⃣sum(list: [1], 2)2️⃣", "mixed-arguments"), ("1️⃣function(a) external2️⃣ {}", "external-function"),
    ("\"é\" + 1️⃣é2️⃣", "unknown-name"), ("1️⃣", "unexpected-end"),
  ]) func `a problem underlines its place`(_ marked: String, _ code: String) throws {
    let marked = MarkedText(marked)
    let names = FEELNames(["amount", "a"], allowsUnknown: false)
    guard case .failure(let problem) = FEELParser.expression(marked.text, names: names, offset: 100) else {
      Issue.record("it was read")
      return
    }
    #expect(problem.code == code)
    #expect(problem.span == Span(marked.span.start + 100, marked.span.end + 100), "\(problem)")
    #expect(!problem.message.hasSuffix("."))
  }

  @Test func `a mistyped name is offered the nearest`() {
    let result = FEELParser.expression("amuont", names: FEELNames(["amount"], allowsUnknown: false))
    guard case .failure(let problem) = result else { return }
    #expect(problem.help == "did you mean `amount`?")
  }

  @Test(arguments: [
    ("-", "-"), ("", "-"), ("  ", "-"), ("\"A\", \"B\"", "\"A\", \"B\""), ("not(\"A\", \"B\")", "not(\"A\", \"B\")"),
    ("< 5, [10..20]", "< 5, [10..20]"), (">= limit", ">= limit"), ("-5", "-5"), ("= 5", "= 5"), ("!= 5", "!= 5"),
    ("]1..5[", "(1..5)"), ("[1..5[", "[1..5)"), ("[a..b[", "[a..b)"), ("not(a) and b", "not(a) and b"),
    ("? > 5 and ? < 10", "? > 5 and ? < 10"), ("null", "null"), ("(1..5)", "(1..5)"),
    ("[date(\"2026-01-01\")..date(\"2026-02-01\")[", "[date(\"2026-01-01\")..date(\"2026-02-01\"))"),
  ]) func `the tests of a cell`(_ text: String, _ expected: String) throws {
    let tests = try FEELParser.unaryTests(text, names: .none).get()
    #expect(tests.description == expected)
    #expect(try FEELParser.unaryTests(tests.description, names: .none).get() == tests)
  }

  @Test func `the free variables are those that no part defines`() throws {
    let tree = try FEELParser.expression(
      "for x in xs return {a: x, b: a + y}.b + sum(list[item.z > limit])", names: .none
    ).get()
    #expect(tree.names == ["xs", "y", "sum", "list", "limit"])
    #expect(try FEELParser.unaryTests("< limit, [low..high]", names: .none).get().names == ["limit", "low", "high"])
  }

  @Test func `texts that look alike are not the same`() throws {
    let (composed, decomposed) = ("\"\u{E9}\"", "\"e\u{301}\"")
    let left = try FEELParser.expression(composed, names: .none).get()
    let right = try FEELParser.expression(decomposed, names: .none).get()
    #expect(left != right)
    #expect(left.description.utf8.elementsEqual(composed.utf8))
  }

  @Test(arguments: [
    "Any", "number", "date and time", "list<number>", "list<list<string>>", "context<a b: number, c: list<date>>",
    "function<number, string> -> boolean", "range<number>", "tLoan", "years and months duration", "function<> -> Any",
  ]) func `a type is read and written`(_ text: String) {
    #expect(FEELType(parsing: text)?.description == text)
  }
}
