import EthosModel
import EthosTestSupport
import Testing

/// Texts that are canonical already are given back unread; that must agree with reading them.
@Suite struct WhiteSpaceTests {
  private static func texts(_ count: Int) -> [String] {
    var random = SeededGenerator(seed: 3)
    let pieces = [
      "a", "B", "é", "日", "😀", " ", " ", "  ", "\t", "\n", "\u{A0}", "\u{85}", "\u{2003}", "\u{3000}", "\u{200B}",
      "\"", "\\", "<", "=", "(", "]", ",", "#", "- ", "1. ", "> ", "|", "***", "word",
    ]
    return (0..<count).map { _ in
      (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(pieces) }.joined()
    }
  }

  @Test func `collapsing joins the words with single spaces`() {
    for text in Self.texts(5_000) {
      let words = text.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }
      #expect(Prose.collapsed(text).utf8.elementsEqual(words.joined(separator: " ").utf8), "\(text.debugDescription)")
    }
  }

  @Test func `prose means the same after an empty line`() {
    for text in Self.texts(5_000) {
      #expect(Prose.canonical(text).utf8.elementsEqual(Prose.canonical("\n" + text).utf8), "\(text.debugDescription)")
    }
  }

  @Test func `an expression means the same after a space`() {
    for text in Self.texts(5_000) {
      let canonical = Expression.canonical(text)
      #expect(canonical.utf8.elementsEqual(Expression.canonical(" " + text).utf8), "\(text.debugDescription)")
    }
  }

  @Test(arguments: [
    "1e-9223372036854775808", "1e9223372036854775807", "1e99999999999999999999", "e", "-", ".", "1e", "1.2.3",
  ])
  func `what is no number that can be kept is none`(text: String) {
    #expect(DecimalNumber(text) == nil)
  }
}
