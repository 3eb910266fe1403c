import EthosFEEL
import Testing

/// Whether a value satisfies the tests of a cell: true, false, or nil for null.
@Suite struct FEELUnaryTestTests {
  private func satisfies(_ cell: String, _ input: String, _ variables: [String: FEELValue] = [:]) throws -> FEELTruth {
    let tests = try FEELParser.unaryTests(cell, names: FEELNames(variables.keys)).get()
    return FEELEvaluator().satisfies(tests, input: try evaluate(input).value, in: FEELScope(variables: variables))
  }

  @Test(arguments: [
    ("-", "1", true), ("-", "null", true), ("", "null", true), ("\"A\"", "\"A\"", true), ("\"A\"", "\"B\"", false),
    ("\"A\", \"B\"", "\"B\"", true), ("not(\"A\", \"B\")", "\"C\"", true), ("not(\"A\", \"B\")", "\"A\"", false),
    ("[18..65]", "18", true), ("(18..65]", "18", false), ("]18..65[", "65", false), ("< 5", "4", true),
    (">= 5", "4", false),
    ("5", "5.0", true), ("= 5", "5", true), ("!= 5", "5", false), ("[1, 2, 3]", "2", true), ("< 5, > 10", "7", false),
    ("not(< 5, > 10)", "7", true), ("? > 5 and ? < 10", "7", true), ("? > 5 and ? < 10", "12", false),
    ("contains(?, \"a\")", "\"cat\"", true), ("not(contains(?, \"a\"))", "\"dog\"", true), ("true", "true", true),
    ("true", "false", false), ("@\"2026-01-01\"", "@\"2026-01-01\"", true),
    ("[@\"2026-01-01\"..@\"2026-12-31\"]", "@\"2026-06-01\"", true), ("count(?) > 1", "[1, 2]", true),
    ("(= 5)", "5", true), ("(= 5)", "6", false), ("(!= 5)", "5", false), ("(!= 5), < 3", "6", true),
    ("not((!= 5))", "5", true), ("(= \"a\")", "\"a\"", true), ("[1..3], [7..9]", "8", true), ("5", "[5]", nil),
    ("{a: 1}", "{a: 1}", true),
  ]) func `a value is tested`(_ cell: String, _ input: String, _ expected: Bool?) throws {
    #expect(try satisfies(cell, input).result == expected)
  }

  @Test(arguments: [
    ("\"A\"", false), ("not(\"A\", \"B\")", true), ("> 10", nil), ("not(> 10)", nil), ("[1..10]", nil),
    ("not([1..10])", nil), ("null", true), ("not(null)", false), ("null, 5", true), ("> 10, null", true),
    ("= null", true),
    ("!= null", false), ("\"A\", > 10", nil), ("? = null", true), ("? > 5", nil),
  ]) func `a missing value matches only what names it or is not it`(_ cell: String, _ expected: Bool?) throws {
    let truth = try satisfies(cell, "null")
    #expect(truth.result == expected)
    #expect(truth.problems == [])
  }

  @Test(arguments: [
    ("5", "\"a\"", "not-comparable"), ("> 5", "true", "not-comparable"), ("[1..5]", "\"a\"", "not-comparable"),
    ("limit", "5", "unknown-name"), ("? + 1 > \"a\"", "5", "not-comparable"), ("not(5)", "\"a\"", "not-comparable"),
  ]) func `a test that fails does not match, and says why`(_ cell: String, _ input: String, _ code: String) throws {
    let truth = try satisfies(cell, input)
    #expect(truth.result != true || code == "unknown-name")
    #expect(truth.problems.map(\.code) == [code])
  }

  @Test(arguments: [
    ("5 in (null..10]", "null"), ("1 in [1..5]", "true"), ("5 in (1..5)", "false"), ("3 in (1, 2, 3)", "true"),
    ("null in [1..10]", "null"), ("1 in [[1..5], [7..9]]", "true"), ("[1] in [[1], [2]]", "true"),
    ("2 in ]1..3[", "true"),
    ("1 in < 5", "true"), ("1 in (> 5, < 0)", "false"), ("true in (= true)", "true"), ("null in [1, null]", "true"),
    ("\"a\" in [1, 2]", "false"), ("5 in (1 + 2) + 2", "true"), ("1 in [2, 3] = false", "true"),
  ]) func `membership`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }

  @Test func `variables may stand in a cell`() throws {
    let limit = ["limit": FEELValue.number(FEELNumber(10))]
    #expect(try satisfies("> limit", "11", limit).result == true)
    #expect(try satisfies("[limit..limit + 5]", "15", limit).result == true)
    #expect(try satisfies("limit", "10", limit).result == true)
  }

  @Test func `the short form of a test says of every number what the test says`() throws {
    var cells = (-3...3).flatMap { bound in ["<", "<=", ">", ">=", "=", ""].map { "\($0) \(bound)" } }
    for low in -3...3 {
      for high in -3...3 { cells += ["[\(low)..\(high)]", "(\(low)..\(high))", "(\(low)..\(high)]"] }
    }
    let quarters = (-18...18).map { "\($0) / 4" }
    var ranges: [(range: FEELWholeRange, accepted: Set<String>)] = []
    for cell in cells {
      let range = try #require(FEELWholeRange(FEELParser.unaryTests(cell, names: FEELNames([])).get()), "\(cell)")
      for value in -5...5 {
        #expect(range.contains(value) == (try satisfies(cell, "\(value)").result == true), "\(value) in \(cell)")
      }
      ranges.append((range, try Set(quarters.filter { try satisfies(cell, $0).result == true })))
    }
    for left in ranges {
      for right in ranges where !left.accepted.isDisjoint(with: right.accepted) {
        #expect(left.range.isNear(right.range), "\(left.range) and \(right.range)")
      }
    }
    for cell in ["!= 1", "1.5", "> 0.5", "1, 2", "not(1)", "\"a\"", "[1..2.5]", "> 9223372036854775807"] {
      let tests = try FEELParser.unaryTests(cell, names: FEELNames([])).get()
      #expect(FEELWholeRange(tests) == nil, "\(cell)")
    }
  }
}
