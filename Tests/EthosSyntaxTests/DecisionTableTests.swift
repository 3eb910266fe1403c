import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

@Suite struct DecisionTableTests {
  /// A decision with an input `risk`, an output `route` and the given table.
  static func decision(_ table: String) -> String {
    let head = """
      id: a
      title: A
      question: Q?
      inputs: [{name: risk, type: number}, {name: country risk, type: string}]
      outputs: [{name: route, type: string}]

      """
    return head + "rules: |\n" + table.split(separator: "\n").map { "  \($0)\n" }.joined()
  }

  @Test func `every cell has its column and its bytes`() throws {
    let text = Self.decision(
      """
      | id | risk | route          | enacts  | because |
      |---:|:----:|----------------|---------|---------|
      | r1 | >  5 | "a \\| b"      | x,  y-z | é: 1    |
      |    | -    | c\\|           | -       |         |
      """)
    let source = SourceText(path: "decisions/a.yaml", text: text)
    let result = DocumentReader.read(source)
    #expect(result.diagnostics == [])
    let rules = try #require(result.document?.fields["rules"]?.list)
    try #require(rules.count == 2)
    #expect(
      rules[0]
        == .record(
          Record([
            "id": .text("r1"), "risk": .text(">  5"), "route": .text("\"a | b\""),
            "enacts": .list([.text("x"), .text("y-z")]), "because": .text("é: 1"),
          ])))
    #expect(rules[1] == .record(Record(["risk": .text("-"), "route": .text("c|")])))
    func bytes(_ node: Node?) -> String? { node?.span.map { source.text($0) } }
    let record = try #require(rules[0].record)
    #expect(bytes(rules[0])?.hasPrefix("| r1 | >  5 |") == true)
    #expect(bytes(record["risk"]) == ">  5")
    #expect(bytes(record["route"]) == "\"a \\| b\"")
    #expect(record["enacts"]?.list?.map { bytes($0) } == ["x", "y-z"])
    #expect(bytes(record["because"]) == "é: 1")
    #expect(record.entries.first { $0.name == "risk" }?.nameSpan.map { source.text($0) } == "risk")
  }

  @Test func `an input without a column may be anything`() {
    let text = Self.decision("| risk | route |\n|---|---|\n| 1 | x |")
    #expect(read("decisions/a.yaml", text).diagnostics == [])
  }

  @Test func `empty lines after a table are none of it`() {
    let text =
      Self.decision("| risk | route |\n|---|---|\n| 1 | x |").replacing("rules: |", with: "rules: |+ # all") + "\n\n"
    #expect(read("decisions/a.yaml", text).diagnostics == [])
  }

  @Test(arguments: [
    ("unknown-column", "| 1️⃣risc2️⃣ | route |\n|--|--|\n| 1 | x |", "did you mean `risk`?"),
    ("missing-column", "1️⃣| risk | because |2️⃣\n|--|--|\n| 1 | x |", "an output needs its column"),
    ("duplicate-column", "| risk | route | 1️⃣risk2️⃣ |\n|--|--|--|\n| 1 | x | 2 |", "remove one"),
    ("table-form", "| risk | route |\n|--|--|\n1️⃣| 1 |2️⃣", "write a bar inside a cell as `\\|`"),
    ("table-form", "| risk | route |\n|--|--|\n1️⃣| 1 | x | y |2️⃣", "write a bar inside a cell as `\\|`"),
    ("table-form", "| risk | route |\n|--|--|\n1️⃣1 | x2️⃣", "a table is"),
    ("table-form", "| risk | route |\n1️⃣| 1 | x |2️⃣", "a table is"),
    ("table-form", "1️⃣| risk | route |2️⃣", "a table is"),
    ("table-form", "1️⃣| risk | route |2️⃣\n|--|--|", "a row for each rule"),
    ("table-form", "| risk | route |\n1️⃣|--|2️⃣\n| 1 | x |", "align"),
    ("table-form", "1️⃣risk: 12️⃣", "a table is"),
    ("duplicate-rule", "| id | route |\n|--|--|\n| r1 | x |\n| 1️⃣r12️⃣ | y |", "give one another"),
    ("invalid-id", "| route | enacts |\n|--|--|\n| x | a, 1️⃣b c2️⃣ |", "an id is"),
  ])
  func `a wrong table has a diagnostic at its cell`(code: String, table: String, help: String) throws {
    let marked = MarkedText(Self.decision(table))
    let first = try #require(read("decisions/a.yaml", marked.text).diagnostics.first)
    #expect(first.code.rawValue == code)
    #expect(first.location?.span == Span(marked.span.start, marked.span.end))
    #expect(first.help?.contains(help) == true, "\(first)")
  }

  @Test(arguments: [
    ("inputs: [{name: a, type: number}]\noutputs: [{name: 1️⃣a2️⃣, type: number}]", "an input"),
    ("inputs: [{name: 1️⃣because2️⃣, type: number}]\noutputs: [{name: b, type: number}]", "an annotation column"),
    ("inputs: [{name: 1️⃣'null'2️⃣, type: number}]\noutputs: [{name: b, type: number}]", "a word of FEEL"),
    ("inputs: [{name: a, type: number}]\noutputs: [{name: b, type: number}]\nuses: {1️⃣b2️⃣: limit/c}", "an output"),
  ])
  func `a name that is two things is an error`(fields: String, other: String) throws {
    let marked = MarkedText("id: a\ntitle: A\nquestion: Q?\n\(fields)\nrules: |\n  | b | a |\n  |--|--|\n  | 1 | 2 |\n")
    let diagnostic = try #require(
      read("decisions/a.yaml", marked.text).diagnostics.first { $0.code == "ambiguous-name" })
    #expect(diagnostic.location?.span == Span(marked.span.start, marked.span.end))
    #expect(diagnostic.message.contains(other))
  }

  @Test(arguments: ["decision/b", "decision/b.rules[r1]", "limit/b.unit"])
  func `a use names an output of a decision or a quantity of a limit`(use: String) {
    let text = Self.decision("| risk | route |\n|--|--|\n| 1 | x |") + "uses: {name: '\(use)'}\n"
    #expect(read("decisions/a.yaml", text).diagnostics.map(\.code) == ["invalid-reference"])
  }

  @Test func `a table with too many columns or rules names the limit`() {
    let wide = "|" + String(repeating: " risk |", count: 257)
    let long = "| route |\n|--|\n" + String(repeating: "| x |\n", count: 20_001)
    #expect(read("decisions/a.yaml", Self.decision(wide)).diagnostics.map(\.code) == ["too-many-columns"])
    #expect(read("decisions/a.yaml", Self.decision(long)).diagnostics.map(\.code) == ["too-many-rules"])
  }

  @Test func `rules that are no literal block are no table`() {
    let text = "id: a\ntitle: A\nquestion: Q?\ninputs: [{name: a, type: number}]\noutputs: [{name: b, type: number}]\n"
    for rules in ["[]", "\"| a |\"", ">\n  | b |\n  |--|\n  | 1 |"] {
      #expect(read("decisions/a.yaml", text + "rules: \(rules)\n").diagnostics.map(\.code) == ["table-form"])
    }
  }
}
