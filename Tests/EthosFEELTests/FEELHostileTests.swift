import EthosFEEL
import Testing

/// Texts that are made to hang, to overflow the stack or to fill the memory.
///
/// All run on a small stack.
@Suite struct FEELHostileTests {
  private static func nested(_ open: String, _ middle: String, _ close: String, _ count: Int) -> String {
    String(repeating: open, count: count) + middle + String(repeating: close, count: count)
  }

  private func outcome(_ text: String) -> String {
    nonisolated(unsafe) var result = ""
    onSmallStack {
      switch FEELParser.expression(text, names: .none) {
      case .failure(let problem): result = problem.code
      case .success(let tree):
        let again = FEELParser.expression(tree.description, names: .none)
        if again != .success(tree) { result = "other tree " }
        var limits = FEELLimits.standard
        limits.steps = 700_000
        let evaluation = FEELEvaluator(limits: limits).value(of: tree, in: .empty)
        _ = evaluation.value.description.utf8.count
        _ = evaluation.value.hashValue
        result += evaluation.problems.first?.code ?? "ok"
      }
    }
    return result
  }

  @Test(arguments: [
    ("(", "1", ")"), ("[", "1", "]"), ("-(", "1", ")"), ("{a: ", "1", "}"), ("if true then ", "1", " else 2"),
    ("function(x) ", "1", ""), ("abs(", "1", ")"), ("[1][", "1", "]"), ("1 in (", "1", ")"),
    ("for i in [1] return ", "i", ""),
    ("[1..", "1", "]"), ("1 + (", "1", ")"), ("some x in [1] satisfies ", "true", ""), ("(<", "1", ")"),
    ("x.y(", "1", ")"),
    ("1 between ", "1", " and 2"), ("a in ", "b", ""),
  ]) func `what is nested too deep is refused`(_ open: String, _ middle: String, _ close: String) {
    for count in [10_000, 1_000, 100, 60, 41, 40, 39, 30, 20, 10] {
      let result = outcome(FEELHostileTests.nested(open, middle, close, count))
      if count >= 1_000 { #expect(["expression-too-deep", "expression-too-long", "unexpected-text"].contains(result)) }
      #expect(!result.hasPrefix("other"))
    }
  }

  @Test(arguments: [" + 1", " and true", "[1]", ".a", " ** 1", " = 1", " instance of number", "(1)"])
  func `a chain that is too long is refused`(_ link: String) {
    #expect(outcome("x" + String(repeating: link, count: 2_000)) == "expression-too-deep")
    #expect(outcome("x" + String(repeating: link, count: 60_000)).hasPrefix("expression-too-"))
    _ = outcome("x" + String(repeating: link, count: 110))
    #expect(outcome(String(repeating: "-", count: 20_000) + "1") == "expression-too-deep")
  }

  @Test(arguments: [
    ("{f: function(n) f(n + 1), r: f(0)}.r", "evaluation-too-deep"),
    ("for i in 1..1000000000 return i", "value-too-large"),
    ("for i in 1..99999999999999999999 return i", "not-an-integer"),
    ("for i in 1..3000, j in 1..3000 return i", "value-too-large"),
    ("every i in 1..100000, j in 1..100000 satisfies i > 0", "evaluation-too-long"),
    ("for i in 1..1000 return [partial, partial]", "value-too-large"),
    ("for i in 1..100000 return function() partial", "wrong-type"),
    ("{f: function(x, n) if n = 0 then x else f([x, x], n - 1), r: f(1, 30)}.r", "value-too-large"),
    ("{f: function(x, n) if n = 0 then x else f(x + x, n - 1), r: f(\"abcdefgh\", 30)}.r", "value-too-large"),
    ("for i in 1..50 return [if i = 1 then 1 else partial[-1]]", "value-too-large"),
    ("{f: function(n, x) if n = 0 then string(x) else f(n - 1, [x]), r: f(22, 1)}.r", "ok"),
    ("{f: function(n) if n = 0 then range(\"[((((((1))))))..2]\") else f(n - 1), r: f(40)}.r", "malformed-range"),
    ("9 ** 999999999", "number-out-of-range"),
    ("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")", "evaluation-too-long"),
    ("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"(a?){30}a{30}b\")", "evaluation-too-long"),
    ("matches(\"a\", \"((a{1000}){1000}){1000}\")", "malformed-pattern"), ("replace(\"aaaa\", \"(a*)*\", \"x\")", "ok"),
    ("decimal(1, 1e30)", "not-an-integer"), ("sort([1, 2, 3], function(x, y) true)", "ok"),
    ("@\"999999999-12-31\" + @\"P999999999Y\"", "date-out-of-range"),
    ("date(999999999999, 1, 1)", "malformed-date"), ("[1, 2][99999999999999999999]", "not-an-integer"),
  ]) func `an evaluation ends`(_ text: String, _ code: String) {
    #expect(outcome(text) == code)
  }

  @Test func `a long text is refused`() {
    #expect(outcome(String(repeating: "a", count: 300_000)) == "expression-too-long")
    #expect(outcome("[" + String(repeating: "1,", count: 60_000) + "1]") == "expression-too-long")
    #expect(outcome("{" + (0..<3_000).map { "k\($0): 1" }.joined(separator: ", ") + "}") == "expression-too-long")
    #expect(outcome("[" + String(repeating: "1,", count: 20_000) + "1]") == "ok")
    #expect(outcome("1" + String(repeating: "0", count: 100_000)) == "number-out-of-range")
    #expect(outcome("0." + String(repeating: "0", count: 100_000) + "1") == "ok")
  }

  @Test func `recursion to a sensible depth is fine`() throws {
    #expect(try value("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(30)}.r") == "30")
  }
}
