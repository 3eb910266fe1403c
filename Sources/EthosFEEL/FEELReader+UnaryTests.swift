import EthosText

extension FEELReader {
  /// The text of a cell (rules 13 to 18).
  mutating func unaryTests() throws(Rejection) -> FEELUnaryTests {
    try skip()
    guard index < scalars.count else { return .any }
    let start = index
    if try take("-") {
      try skip()
      if index == scalars.count { return .any }
      index = start
    }
    if try takeWord("not"), try take("(") {
      // `not(a) and b` is an expression, and no negated test: what decides is whether the text ends here.
      let before = self
      do throws(Rejection) {
        let tests = try positiveTests(isCell: true)
        try expect(")", "after the tests of `not`")
        try skip()
        if index == scalars.count { return .not(tests) }
      } catch {
        let problem = error
        restore(before)
        index = start
        guard let tests = try? positiveTests(isCell: true), (try? end()) != nil else { throw problem }
        return .tests(tests)
      }
    }
    index = start
    return .tests(try positiveTests(isCell: true))
  }

  /// An answer: an expression, or a keyword that is a text there.
  mutating func answer() throws(Rejection) -> FEELExpression {
    if let text = try text(), index == scalars.count { return text }
    return try expression()
  }

  /// A keyword that is a text, where nothing else stands beside it.
  private mutating func text() throws(Rejection) -> FEELExpression? {
    guard !names.texts.isEmpty else { return nil }
    try skip()
    let start = index
    let word = word(at: start)
    guard names.texts.contains(where: { FEELText.areEqual($0, word) }) else { return nil }
    index += word.unicodeScalars.count
    let span = span(start, index)
    try skip()
    if index == scalars.count || scalar() == "," || scalar() == ")" { return FEELExpression(.string(word), span) }
    index = start
    return nil
  }

  private mutating func positiveTests(isCell: Bool = false) throws(Rejection) -> [FEELUnaryTest] {
    var tests: [FEELUnaryTest] = []
    var over = 1
    repeat {
      if isCell, let text = try text() {
        tests.append(FEELUnaryTest(.expression(text), text.span))
        height = 1
      } else {
        tests.append(try test(1))
      }
      over = max(over, height)
    } while try take(",")
    height = over
    return tests
  }

  /// One test, whose operators bind at least as tightly as `level`.
  private mutating func test(_ level: Int) throws(Rejection) -> FEELUnaryTest {
    try skip()
    let start = index
    try enter()
    defer { leave() }
    if let comparison = try takeComparison() {
      let bound = try binary(4)
      return FEELUnaryTest(.comparison(comparison, bound), span(start, index))
    }
    let expression = try binary(level)
    if case .range(let interval) = expression.kind {
      return FEELUnaryTest(.interval(interval), expression.span)
    }
    // As a test, `(= x)` is the comparison.
    if case .pointRange(let point, let isExcluded) = expression.kind {
      return FEELUnaryTest(.comparison(isExcluded ? .notEqual : .equal, point), expression.span)
    }
    return FEELUnaryTest(.expression(expression), expression.span)
  }

  /// What follows `in`: one test, or several in parentheses (rule 49c).
  mutating func membershipTests() throws(Rejection) -> FEELUnaryTests {
    try skip()
    guard scalar() == "(" else { return .tests([try test(4)]) }
    // `(1..5)`, `(a)`, `(a + b) * c` and `(< 5)` begin like a list of tests; a list it is where a comma or a second
    // comparison tells so.
    let before = self
    do throws(Rejection) {
      index += 1
      try skip()
      // `(= x)` after `in` is a test, and the first of several.
      if scalar() == "=" || scalar() == "!" { throw unexpected("a test") }
      index = before.index
      return .tests([try test(4)])
    } catch {
      let problem = error
      let code = problem.problem.code
      guard code != "expression-too-deep", code != "expression-too-long" else { throw problem }
      restore(before)
    }
    index += 1
    let outer = isEndpoint
    isEndpoint = false
    let tests = try positiveTests()
    try expect(")", "after the tests of `in`")
    isEndpoint = outer
    return .tests(tests)
  }
}
