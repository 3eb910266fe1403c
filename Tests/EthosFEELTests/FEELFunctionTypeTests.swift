import EthosFEEL
import Testing

/// Functions where a type says what they take and answer.
@Suite struct FEELFunctionTypeTests {
  @Test(arguments: [
    ("(function(f: function<number> -> number) f(2))(function(a: number) a * 10)", "20"),
    ("(function(f: function<number> -> number) f(2))(function(a) a * 10)", "20"),
    ("(function(f: function<number> -> number) f(2))(function(a: Any) 1)", "1"),
    ("(function(f: function<number> -> number) f(4))(sqrt)", "2"),
    (
      "(function(f: function<string, string> -> boolean) sort([\"a\", \"z\"], f))(function(a, b) a > b)",
      "[\"z\", \"a\"]"
    ),
    // What it answers is converted, and null is of every type.
    ("(function(f: function<number> -> number) f(2))(function(a) [a])", "2"),
    ("(function(f: function<number> -> list<number>) f(2))(function(a) a)", "[2]"),
    ("(function(f: function<number> -> number) f(2))(function(a) null)", "null"),
    (
      "(function(f: function<context<a: number, b: number>> -> number) f({a: 1, b: 2}))"
        + "(function(c: context<a: number>) c.a)", "1"
    ),
    ("(function(f: function<number> -> function<number> -> number) f(2)(3))(function(a) function(b) a * b)", "6"),
    // It is of the type that it is given for, within the function that takes it.
    ("(function(f: function<number> -> number) f instance of function<number> -> number)(function(a) a)", "true"),
    (
      "{f: function(n: number) if n < 2 then 1 else n * f(n - 1), "
        + "g: function(h: function<number> -> number) h(5), r: g(f)}.r", "120"
    ),
  ]) func `a function is given for one of a type`(_ text: String, _ expected: String) throws {
    let evaluation = try evaluate(text)
    #expect(evaluation.value.description == expected)
    #expect(evaluation.problems.isEmpty)
  }

  @Test(arguments: [
    // It answers what it should not.
    "(function(f: function<number> -> number) f(2))(function(a) \"x\")",
    "(function(f: function<number> -> number) f(2))(function(a) [a, a])",
    // It takes too many, too few, or others.
    "(function(f: function<number> -> number) 1)(function(a, b) a)",
    "(function(f: function<number> -> number) 1)(function() 1)",
    "(function(f: function<number> -> number) 1)(function(a: string) 1)",
    "(function(f: function<context<a: number>> -> number) 1)(function(c: context<a: number, b: number>) 1)",
    "(function(f: function<number> -> number) 1)(5)",
  ]) func `a function that does not fit is refused, with a problem`(_ text: String) throws {
    let evaluation = try evaluate(text)
    #expect(evaluation.value == .null)
    #expect(evaluation.problems.map(\.code) == ["wrong-type"])
  }

  @Test(arguments: [
    ("(function(a) a) instance of function<number> -> number", "false"),
    ("(function(a) a) instance of function<number> -> Any", "true"),
    ("(function(a: string) a) instance of function<number> -> Any", "false"),
    ("(function(a: Any) a) instance of function<number> -> Any", "true"),
  ]) func `what a function answers is not known before it is called`(_ text: String, _ expected: String) throws {
    #expect(try value(text) == expected)
  }
}
