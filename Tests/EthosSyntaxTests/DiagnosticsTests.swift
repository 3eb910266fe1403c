import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

/// Wrong files, each with the code of its first diagnostic and the bytes that it points at.
@Suite struct DiagnosticsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var code: String
    var path: String
    var text: String
    /// Part of the help.
    var help: String

    init(_ code: String, _ path: String, _ text: String, help: String = "") {
      self.code = code
      self.path = path
      self.text = text
      self.help = help
    }

    var testDescription: String { "\(code): \(text.prefix(60).replacing("\n", with: " ⏎ "))" }
  }

  static let cases: [Case] = [
    Case("unknown-key", "values/a.yaml", "id: a\ntitle: A\n1️⃣outrank2️⃣: [b]\n", help: "did you mean `outranks`?"),
    Case("unknown-key", "values/a.yaml", "id: a\ntitle: A\n1️⃣zebra2️⃣: b\n", help: "the fields are id, title"),
    Case(
      "unknown-key", "people/a.yaml", "id: a\nname: A\nkeys: [{key: k, 1️⃣form2️⃣: 2026-01-01}]\n",
      help: "did you mean `from`?"),
    Case("wrong-type", "limits/a.yaml", "id: a\ntitle: A\natMost: 1️⃣sixty2️⃣\n", help: "as in `60`"),
    Case(
      "wrong-type", "limits/a.yaml", "id: a\ntitle: A\natMost: 1️⃣\"60\"2️⃣\n", help: "write `atMost: 60` without quotes"),
    Case("wrong-type", "limits/a.yaml", "id: a\ntitle: A\natMost: 1️⃣2026-02-302️⃣\n"),
    Case("wrong-type", "values/a.yaml", "id: a\ntitle: 1️⃣[A]2️⃣\n"),
    Case("wrong-type", "values/a.yaml", "id: a\ntitle: A\nserves: 1️⃣b2️⃣\n", help: "write `[b]`"),
    Case("wrong-type", "exceptions/a.yaml", "id: a\ntitle: A\nof: value/b\nuntil: 1️⃣tomorrow2️⃣\n", help: "`YYYY-MM-DD`"),
    Case(
      "wrong-type", "ethos.yaml",
      "ethos: 1\norganisation: A\nauthority: [{change: [value], level: minor, quorum: {a: 1}, selfApproval: 1️⃣yes2️⃣}]\n",
      help: "write `true` or `false`"),
    Case("wrong-type", "values/a.yaml", "1️⃣- a2️⃣\n", help: "begin with `id: …`"),
    Case("missing-field", "values/a.yaml", "1️⃣id2️⃣: a\n"),
    Case("missing-field", "values/a.yaml", "1️⃣title2️⃣: a\n"),
    Case("missing-field", "limits/a.yaml", "1️⃣id2️⃣: a\ntitle: A\n"),
    Case("missing-field", "values/a.yaml", "1️⃣id2️⃣: a\ntitle: A\nstatus: retired\nsince: 2026-01-01\n"),
    Case("missing-field", "values/a.yaml", "id: a\ntitle: A\nexamples: [{1️⃣situation2️⃣: x}]\n"),
    Case("missing-field", "cycles/a.yaml", "id: a\ntitle: A\nfrom: 2026-01-01\noffices: 1️⃣{}2️⃣\n"),
    Case("conflicting-fields", "limits/a.yaml", "id: a\ntitle: A\natMost: 1\n1️⃣atLeast2️⃣: 1\n"),
    Case("empty-value", "values/a.yaml", "id: a\ntitle:1️⃣\n"),
    Case("empty-value", "values/a.yaml", "id: a\ntitle: A\nowner: 1️⃣~2️⃣\n"),
    Case("empty-value", "values/a.yaml", "id: a\ntitle: A\nserves: [b, 1️⃣null2️⃣]\n"),
    Case("empty-value", "values/a.yaml", "id: a\ntitle: 1️⃣\"\"2️⃣\n"),
    Case("duplicate-key", "values/a.yaml", "id: a\ntitle: A\n1️⃣title2️⃣: B\n", help: "the first stands on line 2"),
    Case("duplicate-item", "ethos.yaml", "ethos: 1\norganisation: A\nrecorders: [b, 1️⃣b2️⃣]\n"),
    Case("invalid-id", "values/a.yaml", "id: 1️⃣../a2️⃣\ntitle: A\n"),
    Case("invalid-id", "values/a.yaml", "id: a\ntitle: A\nserves: [1️⃣value/b2️⃣]\n", help: "write `b`, without the kind"),
    Case("invalid-id", "cycles/a.yaml", "id: a\ntitle: A\nfrom: 2026-01-01\noffices: {1️⃣the board2️⃣: b}\n"),
    Case("unknown-choice", "values/a.yaml", "id: a\ntitle: A\nstatus: 1️⃣retird2️⃣\n", help: "did you mean `retired`?"),
    Case("invalid-reference", "exceptions/a.yaml", "id: a\ntitle: A\nof: 1️⃣person/b2️⃣\nuntil: 2026-01-01\n"),
    Case("invalid-reference", "exceptions/a.yaml", "id: a\ntitle: A\nof: 1️⃣value/b@main2️⃣\nuntil: 2026-01-01\n"),
    Case("invalid-reference", "exceptions/a.yaml", "id: a\ntitle: A\nof: 1️⃣b2️⃣\nuntil: 2026-01-01\n"),
    Case("invalid-release", "systems/a.yaml", "id: a\ntitle: A\nbuiltFor: 1️⃣release/b2️⃣\n"),
    Case("format-unsupported", "ethos.yaml", "ethos: 1️⃣22️⃣\nnews: 1\n", help: "a version that knows format 2"),
    Case("yaml-tag", "values/a.yaml", "id: a\ntitle: 1️⃣!!str A2️⃣\n"),
    Case("merge-key", "values/a.yaml", "id: a\ntitle: A\nx-a: &b {c: d}\nx-e: {1️⃣<<2️⃣: *b}\n"),
    Case("yaml-key", "values/a.yaml", "id: a\ntitle: A\n? 1️⃣[b]2️⃣\n: c\n"),
    Case("multiple-documents", "values/a.yaml", "id: a\ntitle: A\n1️⃣---2️⃣\nid: b\n"),
    Case("unknown-anchor", "values/a.yaml", "id: a\ntitle: A\nserves: 1️⃣*b2️⃣\n"),
    Case("recursive-alias", "values/a.yaml", "id: a\ntitle: A\nx-b: &b [1️⃣*b2️⃣]\n"),
    Case("tab-indentation", "values/a.yaml", "id: a\nserves:\n1️⃣\t2️⃣- b\n", help: "indent with spaces"),
    Case("tab-indentation", "cycles/a.yaml", "id: a\noffices:\n1️⃣\t2️⃣board: b\n", help: "indent with spaces"),
    Case("yaml-syntax", "values/a.yaml", "id: a\ntitle: A1️⃣:2️⃣ b\n", help: "put text that holds `: ` in quotes"),
    Case("yaml-syntax", "values/a.yaml", "id: a\ntitle: \"A\n1️⃣", help: "close what was opened"),
    Case("control-character", "values/a.yaml", "id: a\ntitle: 1️⃣\"\\e[31mA\"2️⃣\n"),
    Case("control-character", "values/a.yaml", "id: a\ntitle: A1️⃣\u{1B}2️⃣[31m\n"),
    Case("binary-file", "values/a.yaml", "id: a\n1️⃣\u{0}2️⃣\n"),
    Case("byte-order-mark", "values/a.yaml", "1️⃣\u{FEFF}2️⃣id: a\ntitle: A\n", help: "without BOM"),
    Case("hidden-character", "values/a.yaml", "id: a\ntitle: A1️⃣\u{202E}2️⃣b\n"),
    Case("hidden-character", "values/a.yaml", "id: a\ntitle: A1️⃣\u{200B}\u{E0049}\u{E0067}2️⃣b\n", help: "delete it"),
    Case("hidden-character", "values/a.yaml", "id: a\ntitle: A\n# 1️⃣\u{AD}2️⃣\n"),
    Case("hidden-character", "values/a.yaml", "id: a\ntitle: 1️⃣\"A\\U000E0049\"2️⃣\n"),
    Case("hidden-character", "values/a.yaml", "id: a\ntitle: A\nx-a: 1️⃣\"\\u200b!\"2️⃣\n"),
    Case("empty-value", "values/a.yaml", "id: a\ntitle: A\nbecause: 1️⃣\"\\u200b\"2️⃣\n"),
    Case("leading-zero", "limits/a.yaml", "id: a\ntitle: A\natMost: 1️⃣0602️⃣\n", help: "write `60`"),
    Case("leading-zero", "limits/a.yaml", "id: a\ntitle: A\natMost: 1️⃣-0072️⃣\n", help: "write `-7`"),
    Case("leading-zero", "limits/a.yaml", "id: a\ntitle: A\natLeast: 1️⃣00.52️⃣\n", help: "write `0.5`"),
    Case("leading-zero", "limits/a.yaml", "id: a\ntitle: A\natLeast: 1️⃣002️⃣\n", help: "write `0`"),
    Case("empty-file", "values/a.yaml", "1️⃣# nothing\n"),
    Case("unknown-kind", "notes/a.yaml", "1️⃣id: a\n"),
  ]

  @Test(arguments: cases)
  func `a wrong file has a diagnostic at the smallest span`(example: Case) throws {
    let marked = MarkedText(example.text)
    let first = try #require(read(example.path, marked.text).diagnostics.first)
    #expect(first.code.rawValue == example.code)
    let expected = Span(marked.span.start, marked.span.end)
    #expect(first.location?.span == expected, "\(first)")
    #expect(first.help?.contains(example.help) ?? example.help.isEmpty, "\(first)")
  }

  @Test(arguments: ["0", "-0", "0.5", "-0.5", "60", "10", "0e1", "1e3", "+5"])
  func `a number without leading zeros is one`(text: String) {
    #expect(read("limits/a.yaml", "id: a\ntitle: A\natMost: \(text)\n").diagnostics.isEmpty)
  }

  @Test(arguments: [
    "👩‍🚀 goes first", "❤️", "می‌خواهم", "क्‍ष", "1️⃣ one", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
  ])
  func `what belongs to letters and emoji is no finding`(text: String) {
    #expect(read("values/a.yaml", "id: a\ntitle: \(text)\n").diagnostics.isEmpty)
  }

  @Test func `carriage returns are told once and read`() {
    let result = read("values/a.yaml", "id: a\r\ntitle: A\r\n")
    #expect(result.diagnostics.map(\.code) == ["carriage-return"])
    #expect(!result.hasErrors)
    #expect(result.document?.title == "A")
  }

  @Test(arguments: [
    ([0x69, 0x64, 0x3A, 0x20, 0xC3, 0x28], 4), ([0x23, 0xED, 0xA0, 0x80], 1), ([0x23, 0xF4, 0x90, 0x80, 0x80], 1),
    ([0x23, 0xC0, 0xAF], 1), ([0x23, 0xE2, 0x82], 1), ([0x80], 0),
  ])
  func `bytes that are no UTF-8 are told with their offset`(bytes: [UInt8], offset: Int) {
    let result = DocumentReader.read(SourceText(path: "values/a.yaml", bytes: bytes))
    #expect(result.diagnostics.map(\.code) == ["not-utf8"])
    #expect(result.diagnostics.first?.location?.span.start == offset)
  }

  @Test func `a file of ten megabytes is refused unread`() {
    let bytes = [UInt8](repeating: 0x61, count: 10 << 20)
    #expect(
      DocumentReader.read(SourceText(path: "values/a.yaml", bytes: bytes)).diagnostics.map(\.code) == ["file-too-large"]
    )
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func `nesting of a thousand levels names the limit`(opening: String) {
    let text = "id: a\ntitle: A\nx-a:\n  " + String(repeating: opening, count: 1_000)
    let result = read("values/a.yaml", text)
    #expect(result.diagnostics.map(\.code) == ["nesting-too-deep"])
    #expect(result.diagnostics.first?.message.contains("64") == true)
  }

  @Test func `aliases that multiply end at the limit`() {
    var text = "id: a\ntitle: A\nx-0: &l0 [a, b]\n"
    for level in 1...40 { text += "x-\(level): &l\(level) [*l\(level - 1), *l\(level - 1), *l\(level - 1)]\n" }
    let result = read("values/a.yaml", text)
    #expect(result.document == nil)
    #expect(result.diagnostics.map(\.code) == ["too-many-nodes"])
    #expect(result.diagnostics.first?.message.contains("100000") == true)
  }

  @Test func `a long text that aliases repeat ends at the limit`() {
    let long = String(repeating: "x", count: 100_000)
    let aliases = Array(repeating: "*a", count: 1_000).joined(separator: ", ")
    let result = read("values/a.yaml", "id: a\ntitle: A\nx-a: &a \(long)\nx-b: [\(aliases)]\n")
    #expect(result.diagnostics.map(\.code) == ["file-too-large"])
  }

  @Test func `aliases that deepen each other end at the limit`() {
    var text = "id: a\ntitle: A\nx-0: &l0 [a]\n"
    for level in 1...200 { text += "x-\(level): &l\(level) [[[*l\(level - 1)]]]\n" }
    #expect(read("values/a.yaml", text).diagnostics.map(\.code) == ["nesting-too-deep"])
  }

  @Test func `the diagnostics of one file are bounded`() {
    let text = "id: a\ntitle: A\n" + (0..<5_000).map { "k\($0): 1\n" }.joined()
    let result = read("values/a.yaml", text)
    #expect(result.diagnostics.count == 101)
    #expect(result.diagnostics.last?.code == "diagnostics-omitted")
  }
}
