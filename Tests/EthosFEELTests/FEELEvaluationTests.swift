import EthosFEEL
import Testing

/// What expressions of one line evaluate to, as FEEL text.
@Suite struct FEELEvaluationTests {
  @Test(arguments: [
    ("1 + 2 * 3", "7"), ("0.1 + 0.2 = 0.3", "true"), ("1 / 3 * 3", "0.9999999999999999999999999999999999"),
    ("-2 ** 2", "4"), ("10 / 4", "2.5"), ("2 ** 0.5", "1.414213562373095048801688724209698"),
    ("\"a\" + \"b\"", "\"ab\""), ("if 1 > 2 then \"x\" else \"y\"", "\"y\""), ("if null then 1 else 2", "2"),
    ("[1, 2][1]", "1"), ("[1, 2][-1]", "2"), ("[1, 2, 3][item > 1]", "[2, 3]"), ("[1, 2][3]", "null"),
    ("[{a: 1, b: 2}, {a: 3, b: 4}][a > 1].b", "[4]"), ("{a: 1, b: a + 1}.b", "2"), ("{\"a b\": 1}.a b", "1"),
    ("for i in 1..3 return i * i", "[1, 4, 9]"), ("for i in 3..1 return i", "[3, 2, 1]"),
    ("for i in [1, 2], j in [i, 10] return i * j", "[1, 10, 4, 20]"),
    ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"),
    ("for d in @\"2026-01-30\"..@\"2026-02-01\" return d.day", "[30, 31, 1]"), ("for i in (1..4) return i", "[2, 3]"),
    ("some x in [1, 2] satisfies x > 1", "true"), ("every x in [1, 2] satisfies x > 1", "false"),
    ("some x in [] satisfies x > 1", "false"), ("every x in [] satisfies x > 1", "true"),
    ("some x in [null, 1] satisfies x > 1", "null"),
    ("(function(x, y) x - y)(5, 3)", "2"), ("(function(x, y) x - y)(y: 5, x: 3)", "-2"),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(10)}.r", "3628800"),
    ("{base: 10, f: function(x) x + base, r: f(1)}.r", "11"), ("(function(x: number) x)(\"a\")", "null"),
    ("(function(x: number) x)([1])", "1"), ("(function(x: list<number>) x)(1)", "[1]"),
    ("(function(d: date and time) d)(@\"2026-01-31\")", "@\"2026-01-31T00:00:00Z\""),
    ("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"), ("[1..5].start", "1"), ("(1..5].start included", "false"),
    ("1 instance of number", "true"), ("null instance of Null", "true"), ("null instance of Any", "false"),
    ("[1, \"a\"] instance of list<number>", "false"), ("{a: 1} instance of context<a: number>", "true"),
    ("@\"2026-01-01\" instance of date and time", "false"), ("[1..2] instance of range<number>", "true"),
  ]) func `an expression has its value`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("1 = 1.0", "true"), ("1 = \"1\"", "null"), ("null = null", "true"), ("1 = null", "false"), ("null != 1", "true"),
    ("null < 5", "null"), ("true < false", "null"), ("\"a\" < \"b\"", "true"), ("\"Z\" < \"a\"", "true"),
    ("[1, 2] = [1, 2]", "true"), ("[1, 2] = [2, 1]", "false"), ("{a: 1, b: 2} = {b: 2, a: 1}", "true"),
    ("[1..5] = [1..5]", "true"), ("[1..5] = [1..5)", "false"), ("(< 10) = (null..10)", "false"),
    ("\"\\u00E9\" = \"e\\u0301\"", "false"), ("@\"P1D\" = @\"PT24H\"", "true"), ("@\"P1Y\" = @\"P12M\"", "true"),
    ("@\"P1Y\" = @\"P365D\"", "null"), ("@\"10:00:00Z\" = @\"11:00:00+01:00\"", "true"),
    ("@\"10:00:00\" = @\"10:00:00Z\"", "false"), ("@\"2026-01-01T10:00:00Z\" < @\"2026-01-01T10:30:00\"", "true"),
    ("@\"2026-01-01T10:00:00@Europe/Paris\" = @\"2026-01-01T09:00:00@Etc/UTC\"", "true"),
    ("@\"2026-01-01T10:00:00@Europe/Paris\" = @\"2026-01-01T09:00:00@Nowhere\"", "null"),
    ("5 between 1 and 5", "true"), ("null between 1 and 5", "null"), ("0 between 1 and null", "false"),
  ]) func `a comparison is true, false or null`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }

  /// Ranges of what is equal to a value, or is not.
  @Test(arguments: [
    ("(= 10)", "(= 10)"), ("(!= 10)", "(!= 10)"), ("(= 10) = (= 10)", "true"), ("(!= 10) = (!= 10)", "true"),
    ("(= 10) = [10..10]", "false"), ("(!= 10) = (10..10)", "false"), ("(= 10) = (!= 10)", "false"),
    ("(!= 10) = (!= 11)", "false"), ("10 in (= 10)", "true"), ("10 in (!= 10)", "false"), ("9 in (!= 10)", "true"),
    ("{r: (!= 10), a: 9 in r, b: 10 in r}.a", "true"), ("{r: (!= 10), b: 10 in r}.b", "false"),
    ("{r: (= \"a\"), b: \"a\" in r}.b", "true"), ("{r: (= true), b: true in r}.b", "true"),
    ("{r: (!= 10), b: \"a\" in r}.b", "null"), ("{l: [(!= 10), 10], b: 10 in l}.b", "true"), ("(= 10).start", "10"),
    ("(= 10).end included", "true"), ("(!= 10).end", "10"), ("(!= 10).start included", "false"),
    ("for x in (= 3) return x", "[3]"), ("for x in (!= 3) return x", "null"), ("includes((= 3), 3)", "true"),
    ("includes((!= 3), 4)", "null"), ("before(2, (!= 3))", "null"), ("(!= 3) instance of range<number>", "true"),
    ("(!= 3) instance of range<string>", "false"), ("range(\"(= 3)\")", "(= 3)"), ("range(\"(!= 3)\")", "(!= 3)"),
    ("range(\"(= null)\")", "null"), ("[1, 2, 3][item in (!= 2)]", "[1, 3]"), ("(= 1 + 1)", "(= 2)"),
  ]) func `a range is made of an equality`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }

  /// By the second; what is not a comparison keeps the fraction.
  @Test(arguments: [
    ("@\"10:30:00.0001\" = @\"10:30:00.0002\"", "true"), ("@\"10:30:00.9\" = @\"10:30:01\"", "false"),
    ("@\"10:30:00.1\" < @\"10:30:00.2\"", "false"), ("@\"10:30:00.9\" < @\"10:30:01\"", "true"),
    ("@\"10:30:00.9\" <= @\"10:30:00\"", "true"), ("@\"10:30:00.9\" in [@\"10:00:00\"..@\"10:30:00\"]", "true"),
    ("@\"10:30:00.5+01:00\" = @\"09:30:00Z\"", "true"),
    ("@\"2018-12-08T00:00:00.0001\" = @\"2018-12-08T00:00:00\"", "true"),
    // Before 1970 the second that a moment is in begins before it, too.
    ("@\"1960-01-01T00:00:00.5\" = @\"1960-01-01T00:00:00\"", "true"),
    ("@\"1960-01-01T00:00:00.5\" = @\"1960-01-01T00:00:01\"", "false"),
    ("@\"1959-12-31T23:59:59.5\" < @\"1960-01-01T00:00:00\"", "true"),
    ("@\"10:30:00.5\" - @\"10:30:00\"", "@\"PT0.5S\""), ("@\"10:30:00.5\".second", "0.5"),
    ("string(@\"10:30:00.5\")", "\"10:30:00.5\""), ("@\"PT0.5S\" = @\"PT0S\"", "false"),
    ("count(distinct values([@\"10:30:00.1\", @\"10:30:00.2\", @\"10:30:01\"]))", "2"),
  ]) func `moments compare by the second`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("true", "true", "true", "true"), ("true", "false", "false", "true"), ("true", "null", "null", "true"),
    ("false", "true", "false", "true"), ("false", "false", "false", "false"), ("false", "null", "false", "null"),
    ("null", "true", "null", "true"), ("null", "false", "false", "null"), ("null", "null", "null", "null"),
    ("1", "true", "null", "true"), ("1", "false", "false", "null"), ("1", "1", "null", "null"),
  ]) func `logic has three values`(_ left: String, _ right: String, _ and: String, _ or: String) throws {
    #expect(try value("\(left) and \(right)") == and)
    #expect(try value("\(left) or \(right)") == or)
  }

  @Test(
    arguments: [
      ("1 / 0", ["division-by-zero"]), ("1 + \"a\"", ["wrong-type"]), ("null + 1", []),
      ("1 < \"a\"", ["not-comparable"]),
      ("true < true", ["not-comparable"]), ("missing", ["unknown-name"]), ("{a: 1}.b", ["unknown-name"]),
      ("null.a", []),
      ("[1][2]", ["position-out-of-range"]), ("1 and true", ["not-a-boolean"]),
      ("9e6144 * 10", ["number-out-of-range"]),
      ("date(\"2026-02-30\")", ["malformed-date"]), ("substring(null, 1)", []), ("sum([1, \"a\"])", ["wrong-type"]),
      ("abs()", ["wrong-arguments"]), ("{a: 1, a: 2}", ["duplicate-key"]), ("1(2)", nil), ("now()", ["unknown-moment"]),
      ("@\"2026-01-01T10:00:00Z\" - @\"2026-01-01T10:00:00\"", ["unknown-time-zone"]), ("not(1)", ["wrong-type"]),
      ("false and missing", []), ("sqrt(-1)", ["number-out-of-range"]),
      ("matches(\"a\", \"(\")", ["malformed-pattern"]),
      ("1 instance of tMissing", ["unknown-type"]), ("(function(x) x)()", ["wrong-arguments"]),
    ] as [(String, [String]?)]) func `a null that an error made has a problem`(_ text: String, _ expected: [String]?)
    throws
  {
    guard let expected else {
      #expect(throws: FEELProblem.self) { try evaluate(text) }
      return
    }
    let evaluation = try evaluate(text)
    #expect(evaluation.problems.map(\.code) == expected, "\(evaluation.problems)")
  }

  @Test func `the types of the model are known by their names`() throws {
    let scope = FEELScope(types: ["tAge": .number, "tAges": .list(.named("tAge")), "tLoop": .list(.named("tLoop"))])
    for (text, expected) in [("[1, 2] instance of tAges", FEELValue.boolean(true)), ("[] instance of tLoop", .null)] {
      let tree = try FEELParser.expression(text, names: .none).get()
      #expect(FEELEvaluator().value(of: tree, in: scope).value == expected)
    }
  }

  @Test func `the moment comes with the scope`() throws {
    let now = "2026-11-02T09:00:00+01:00"
    #expect(try evaluate("now()", now: now).value.description == "@\"\(now)\"")
    #expect(try evaluate("today()", now: now).value.description == "@\"2026-11-02\"")
  }

  @Test(arguments: [
    (FEELType.number, "1", "1"), (.number, "[1]", "1"), (.list(.number), "1", "[1]"), (.number, "\"a\"", "-"),
    (.dateAndTime, "@\"2026-01-31\"", "@\"2026-01-31T00:00:00Z\""), (.number, "null", "null"), (.string, "[1]", "-"),
    (.list(.number), "[1, \"a\"]", "-"), (.context([FEELTypedName("a", .number)]), "{a: [1], b: 2}", "{a: 1, b: 2}"),
    (.number, "[[1]]", "-"), (.list(.number), "[[1]]", "[1]"),
    (.dateAndTime, "[@\"2026-01-31\"]", "@\"2026-01-31T00:00:00Z\""),
    (.any, "[1]", "[1]"), (.context([FEELTypedName("a", .number)]), "{b: 2}", "-"),
  ]) func `a value is converted to a type, or is not of it`(_ type: FEELType, _ text: String, _ expected: String) throws
  {
    #expect(type.coerced(try evaluate(text).value)?.description ?? "-" == expected)
  }
}
