import EthosFEEL
import EthosModel
import EthosTestSupport
import Testing

/// Two cells with the same canonical text are read alike: a change that is called layout changes nothing.
@Suite struct CanonicalCellTests {
  private static let names = FEELNames(["a", "b", "North Korea", "x-y", "client risk"], allowsUnknown: true)
  private static let pieces = [
    "\"", "\"", "\\", "\\\"", "\\\\", "//", "/*", "*/", "/", "*", "'", "North", "Korea", "client", "risk", "a", "b",
    "x-y", "<", "=",
    ">", "!", "-", "1", "2.5", ",", "(", ")", "[", "]", "..", ".", "not(", "and", "@", "?", "é", "e\u{301}", "\u{0600}",
  ]
  private static let blanks = ["", "", " ", "  ", "\t", "\n", "\r\n", "\u{A0}", "\u{85}", "\u{2028}", "\u{3000}"]

  private enum Reading: Equatable {
    case tests(FEELUnaryTests)
    case expression(FEELExpression)
    case nothing
  }

  private static func readings(_ text: String) -> [Reading] {
    let tests: Reading =
      if case .success(let tests) = FEELParser.unaryTests(text, names: names) { .tests(tests) } else { .nothing }
    let expression: Reading =
      if case .success(let tree) = FEELParser.expression(text, names: names) { .expression(tree) } else { .nothing }
    return [tests, expression]
  }

  @Test(arguments: 0..<4) func `a canonical text is read as the text itself`(worker: Int) {
    var random = SeededGenerator(seed: 5_000 + UInt64(worker))
    var read = 0
    for _ in 0..<(5_000 * soakFactor) {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        random.pick(Self.pieces) + random.pick(Self.blanks)
      }.joined()
      let readings = Self.readings(text)
      if readings != [.nothing, .nothing] { read += 1 }
      let canonical = EthosModel.Expression.canonical(text)
      #expect(Self.readings(canonical) == readings, "\(text.debugDescription) became \(canonical.debugDescription)")
    }
    #expect(read > 200)
  }

  @Test(arguments: 0..<4)
  func `two texts that differ in white space alone are read alike where they are called the same`(worker: Int) {
    var random = SeededGenerator(seed: 6_000 + UInt64(worker))
    var same = 0
    for _ in 0..<(5_000 * soakFactor) {
      let parts = (0..<Int.random(in: 1...7, using: &random)).map { _ in random.pick(Self.pieces) }
      func text() -> String { parts.map { $0 + random.pick(Self.blanks) }.joined() }
      let (left, right) = (text(), text())
      let canonical = (EthosModel.Expression.canonical(left), EthosModel.Expression.canonical(right))
      guard canonical.0.utf8.elementsEqual(canonical.1.utf8) else { continue }
      same += 1
      #expect(Self.readings(left) == Self.readings(right), "\(left.debugDescription), \(right.debugDescription)")
    }
    #expect(same > 200)
  }

  @Test func `a text in a comment's shadow keeps its blanks`() {
    let cells = ["North Korea", "North  Korea"].map { "/* the \"list */ \"\($0)\", \"Iran\" /* end\" */" }
    #expect(EthosModel.Expression.canonical(cells[0]) != EthosModel.Expression.canonical(cells[1]))
  }
}
