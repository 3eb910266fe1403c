import EthosFEEL
import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

@testable import EthosDecision

/// FEEL for readers that know nothing of bare words.
@Suite struct StandardFEELTests {
  private static let text = DecisionText.text(
    inputs: [
      #"name: answer, type: string, allowed: '"null", "approve", "true"'"#, "name: score, type: number, nullable: true",
      "name: day, type: date",
    ],
    outputs: [#"name: out, type: string, allowed: '"null", "approve", "some"'"#, "name: points, type: number"],
    rules: """
      | answer           | score              | day                 | out                        | points      |
      |------------------|--------------------|---------------------|----------------------------|-------------|
      | approve          | null               | > date("2026-01-01") | approve                   | score + 1   |
      | not(null, true)  | [1..2], > limit    | -                   | if score > 1 then approve else "null" | limit |
      | ? = null         | != null            | -                   | some                       | -           |
      | "approve"        | -                  | -                   | null                       | null        |
      """, more: "uses: {limit: limit/l}\n")

  @Test func `without words it reads as the table does`() throws {
    let document = try #require(DocumentReader.read(SourceText(path: "decisions/d.yaml", text: Self.text)).document)
    let decision = DecisionReader.read(document)
    #expect(decision.diagnostics.isEmpty, "\(decision.diagnostics)")
    let feel = StandardFEEL(decision)
    let names = FEELNames(["answer", "score", "day", "limit"], allowsUnknown: false)
    var cells = 0
    for (row, rule) in (document.fields["rules"]?.list ?? []).enumerated() {
      for (column, input) in decision.table.inputs.enumerated() {
        guard let cell = rule.record?[input.name]?.text, cell != "-" else { continue }
        let text = try feel.cell(cell, column: input.name).get()
        #expect(
          try FEELParser.unaryTests(text, names: names).get() == decision.table.rules[row].tests[column], "\(text)")
        cells += 1
      }
      for (column, name) in ["out", "points"].enumerated() {
        guard let cell = rule.record?[name]?.text, cell != "-" else { continue }
        let text = try feel.cell(cell, column: name).get()
        #expect(
          try FEELParser.expression(text, names: names).get() == decision.table.rules[row].answers[column], "\(text)")
        cells += 1
      }
    }
    #expect(cells == 15)
  }

  @Test(arguments: [
    ("given", "answer", "null", #""null""#), ("given", "answer", "approve", #""approve""#),
    ("given", "score", "null", "null"), ("given", "score", "60", "60"),
    ("given", "day", "2026-01-01", #"@"2026-01-01""#),
    ("expect", "out", "some", #""some""#), ("expect", "points", "null", "null"),
    ("never", "out", "approve", #""approve""#),
    ("when", "answer", "true", #""true""#), ("default", "points", "score * 2", "score * 2"),
  ])
  func `a text is what its field and column make of it`(field: String, column: String, text: String, feel: String)
    throws
  {
    let document = try #require(DocumentReader.read(SourceText(path: "decisions/d.yaml", text: Self.text)).document)
    let standard = StandardFEEL(DecisionReader.read(document))
    #expect(try standard.text(text, in: field, column: column).get() == feel)
  }

  @Test func `what is no FEEL is no text`() throws {
    let document = try #require(DocumentReader.read(SourceText(path: "decisions/d.yaml", text: Self.text)).document)
    let standard = StandardFEEL(DecisionReader.read(document))
    for (field, column, text) in [
      ("when", "score", "> ("), ("given", "score", "many"), ("default", "points", "nothing like it"),
    ] {
      if case .success(let read) = standard.text(text, in: field, column: column) { Issue.record("\(text): \(read)") }
    }
  }
}
