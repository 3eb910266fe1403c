import EthosText

/// A problem on its way out of the parser: a reference, for every call that may fail keeps room for what it throws, and
/// the parser recurses.
final class Rejection: Error {
  let problem: FEELProblem

  init(_ code: String, _ message: String, _ span: Span, help: String? = nil) {
    problem = FEELProblem(code, message, span, help: help)
  }
}

/// The state of a parser: a place in the scalars of a text, and what it has cost so far.
///
/// By recursive descent, with one place of recursion for all binary operators.
struct FEELReader {
  let scalars: [Unicode.Scalar]
  /// The offset of each scalar, and of the end.
  private let starts: [Int]
  let limits: FEELLimits
  var names: FEELNames
  var index = 0
  /// The height of the tree that was read last.
  var height = 0
  private var nesting = 0
  private var tokens = 0
  /// Whether a range's upper end is being read, which a `[` may close.
  var isEndpoint = false

  init(_ text: String, names: FEELNames, offset: Int, limits: FEELLimits) {
    var scalars: [Unicode.Scalar] = []
    var starts: [Int] = []
    scalars.reserveCapacity(text.utf8.count)
    starts.reserveCapacity(text.utf8.count + 1)
    var place = offset
    for scalar in text.unicodeScalars {
      scalars.append(scalar)
      starts.append(place)
      place += UTF8.width(scalar)
    }
    starts.append(place)
    self.scalars = scalars
    self.starts = starts
    self.names = names
    self.limits = limits
  }

  // MARK: - Places

  func span(_ from: Int, _ to: Int) -> Span {
    let from = min(from, scalars.count)
    return Span(starts[from], starts[min(max(to, from), scalars.count)])
  }

  func text(_ from: Int, _ to: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[from..<max(from, to)])
    return String(view)
  }

  func scalar(_ ahead: Int = 0) -> Unicode.Scalar? {
    let place = index + ahead
    return place < scalars.count ? scalars[place] : nil
  }

  // MARK: - Limits

  mutating func token() throws(Rejection) {
    tokens += 1
    guard tokens <= limits.tokens else {
      throw Rejection(
        "expression-too-long", "the expression has more than \(limits.tokens) names, values and operators",
        span(index, index + 1))
    }
  }

  mutating func enter() throws(Rejection) {
    nesting += 1
    guard nesting <= limits.nesting else {
      throw Rejection(
        "expression-too-deep", "the expression is nested more than \(limits.nesting) levels deep",
        span(index, index + 1), help: "name a part of it in a decision or a context of its own")
    }
  }

  mutating func leave() { nesting -= 1 }

  /// Goes back to an earlier state.
  ///
  /// The tokens stay counted, so that no text makes the parser go back for ever.
  mutating func restore(_ before: FEELReader) {
    let tokens = tokens
    self = before
    self.tokens = tokens
  }

  /// A node over children of which the highest has `height`.
  mutating func node(_ kind: FEELExpression.Kind, from start: Int, over height: Int) throws(Rejection)
    -> FEELExpression
  {
    self.height = height + 1
    guard self.height <= limits.height else {
      throw Rejection(
        "expression-too-deep", "the expression has a chain of more than \(limits.height) operators",
        span(start, index), help: "use a list, as in `sum([…])` or `any([…])`, or name a part of it")
    }
    return FEELExpression(kind, span(start, index))
  }

  // MARK: - Signs and words

  /// Skips white space and comments.
  mutating func skip() throws(Rejection) {
    while let next = scalar() {
      if FEELScalar.isWhiteSpace(next) {
        index += 1
      } else if next == "/", scalar(1) == "/" {
        while let next = scalar(), next != "\n", next != "\r" { index += 1 }
      } else if next == "/", scalar(1) == "*" {
        let start = index
        index += 2
        while index < scalars.count, !(scalars[index] == "*" && scalar(1) == "/") { index += 1 }
        guard index < scalars.count else {
          throw Rejection(
            "unterminated-comment", "a comment that begins with `/*` has no `*/`", span(start, start + 2))
        }
        index += 2
      } else {
        return
      }
    }
  }

  /// Whether a sign follows; white space is skipped.
  mutating func sees(_ sign: StaticString) throws(Rejection) -> Bool {
    try skip()
    return matches(sign, at: index)
  }

  private func matches(_ sign: StaticString, at start: Int) -> Bool {
    var place = start
    return sign.withUTF8Buffer { bytes in
      for byte in bytes {
        guard place < scalars.count, scalars[place].value == UInt32(byte) else { return false }
        place += 1
      }
      return true
    }
  }

  mutating func take(_ sign: StaticString) throws(Rejection) -> Bool {
    guard try sees(sign) else { return false }
    index += sign.utf8CodeUnitCount
    return true
  }

  mutating func expect(_ sign: StaticString, _ purpose: StaticString) throws(Rejection) {
    guard try take(sign) else { throw unexpected("`\(sign)` \(purpose)") }
  }

  /// Whether a keyword follows, as a whole word.
  mutating func seesWord(_ word: StaticString) throws(Rejection) -> Bool {
    guard try sees(word) else { return false }
    guard let next = scalar(word.utf8CodeUnitCount) else { return true }
    return !FEELScalar.isNamePart(next)
  }

  mutating func takeWord(_ word: StaticString) throws(Rejection) -> Bool {
    guard try seesWord(word) else { return false }
    index += word.utf8CodeUnitCount
    return true
  }

  mutating func expectWord(_ word: StaticString, _ purpose: StaticString) throws(Rejection) {
    guard try takeWord(word) else { throw unexpected("`\(word)` \(purpose)") }
  }

  mutating func end() throws(Rejection) {
    try skip()
    guard index == scalars.count else { throw unexpected("the end") }
  }

  /// The problem that something else was expected here.
  func unexpected(_ expected: String) -> Rejection {
    guard index < scalars.count else {
      return Rejection(
        "unexpected-end", "expected \(expected), but the text ends", span(scalars.count, scalars.count))
    }
    var end = index
    if FEELScalar.isNamePart(scalars[index]) {
      while end < scalars.count, FEELScalar.isNamePart(scalars[end]) { end += 1 }
    } else {
      end += 1
      if end < scalars.count, ["=", ".", "*"].contains(scalars[end]), scalars[end] != "." || scalars[index] == "." {
        end += 1
      }
    }
    let found = text(index, min(end, index + 40))
    let help = found == "==" ? "write `=` to compare" : found == "&" || found == "|" ? "write `and` or `or`" : nil
    return Rejection(
      "unexpected-text", "expected \(expected), but found `\(visibleText(found))`", span(index, end), help: help)
  }
}
