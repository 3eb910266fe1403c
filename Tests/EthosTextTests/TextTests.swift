import EthosText
import Testing

@Suite struct SourceTextTests {
  @Test(arguments: [
    // offset, line, column
    (0, 1, 1), (1, 1, 2), (3, 1, 3), (6, 1, 4), (10, 1, 5), (11, 1, 6), (12, 2, 1), (13, 3, 1), (14, 3, 2), (15, 4, 1),
  ])
  func `columns count scalars and lines end at LF, CR LF or CR`(offset: Int, line: Int, column: Int) {
    // é is two bytes, € three, 😀 four.
    let source = SourceText(path: "a", text: "aé€😀\r\n\nb\rc")
    #expect(source.bytes.count == 16)
    let position = source.position(at: offset)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test func `a place beyond the text is its end`() {
    let source = SourceText(path: "a", text: "one\ntwo")
    #expect(source.position(at: 99).column == 4)
    #expect(source.text(Span(4, 99)) == "two")
    #expect(source.text(Span(-3, 3)) == "one")
    #expect(source.location(Span(0, 5)).endLine == 2)
  }

  @Test func `a text that ends in a line end has an empty last line`() {
    #expect(SourceText(path: "a", text: "x\n").lineStarts == [0, 2])
    #expect(SourceText(path: "a", text: "x\r").lineStarts == [0, 2])
    #expect(SourceText(path: "a", text: "x\r\n").lineStarts == [0, 3])
    #expect(SourceText(path: "a", text: "").lineStarts == [0])
  }

  @Test func `bytes that are no UTF-8 are replaced, not trapped on`() {
    let source = SourceText(path: "a", bytes: [0x61, 0xFF, 0x80, 0x0A, 0xC3])
    #expect(source.text(Span(0, 5)).hasPrefix("a\u{FFFD}"))
    #expect(source.position(at: 5).line == 2)
  }

  @Test func `the line of an offset is the last that begins at or before it`() {
    let source = SourceText(path: "a", text: "a\nbb\n\nc")
    #expect((0...7).map { source.line(at: $0) } == [0, 0, 1, 1, 1, 2, 3, 3])
  }
}

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain ünïcödé 😀", "plain ünïcödé 😀"), ("\u{1B}[31mred\u{7}", "\\u{1b}[31mred\\u{7}"),
    ("a\u{202E}b\u{2066}c\u{200F}", "a\\u{202e}b\\u{2066}c\\u{200f}"), ("\u{9B}2J\u{7F}", "\\u{9b}2J\\u{7f}"),
    ("one\ntwo\tthree", "one\\u{a}two\\u{9}three"), ("a\rb", "a\\u{d}b"),
  ])
  func `what a terminal obeys is shown instead`(text: String, shown: String) {
    #expect(visibleText(text) == shown)
  }

  @Test func `lines and tabs stay where they are asked for, carriage returns do not`() {
    #expect(visibleText("one\n\ttwo\r\u{1B}", keepsLines: true) == "one\n\ttwo\\u{d}\\u{1b}")
  }
}

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("growht", "growth"), ("Growth", "growth"), ("prudnce", "prudence"), ("pru-dence", "prudence"), ("xyz", nil),
    ("", nil), ("p", nil), ("prudential", nil), ("client-risk-limit", nil), ("clientrisk", "client-risk"),
  ])
  func `the name is found within a third of its length`(typed: String, expected: String?) {
    #expect(nearestName(to: typed, among: ["growth", "prudence", "client-risk"]) == expected)
  }

  @Test func `of names equally near the first by the alphabet is offered, whatever their order`() {
    #expect(nearestName(to: "cat", among: ["hat", "bat"]) == "bat")
    #expect(nearestName(to: "cat", among: ["bat", "hat"]) == "bat")
  }

  @Test func `a name of any length is answered`() {
    #expect(nearestName(to: String(repeating: "x", count: 100_000), among: ["x"]) == nil)
  }
}

@Suite struct DiagnosticOrderTests {
  @Test func `diagnostics are ordered by file, place and code`() {
    func diagnostic(_ file: String, _ offset: Int, _ code: Diagnostic.Code) -> Diagnostic {
      Diagnostic(code, .error, "m", at: SourceText(path: file, text: "abcdef").location(Span(offset, offset)))
    }
    let ordered = [
      Diagnostic("z", .error, "no place"), diagnostic("a", 1, "b"), diagnostic("a", 2, "a"), diagnostic("a", 2, "b"),
      diagnostic("b", 0, "a"),
    ]
    #expect(ordered.reversed().sorted(by: Diagnostic.precedes) == ordered)
  }
}
