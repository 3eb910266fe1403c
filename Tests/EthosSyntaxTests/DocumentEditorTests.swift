import EthosModel
import EthosSyntax
import EthosText
import Testing

/// Edits, each with the file before, what is asked, and the file after.
@Suite struct DocumentEditorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var kind: String
    var path: String
    /// Nil removes.
    var value: String?
    var before: String
    var after: String

    init(_ kind: String, _ path: String, _ value: String?, _ before: String, _ after: String) {
      self.kind = kind
      self.path = path
      self.value = value
      self.before = before
      self.after = after
    }

    var testDescription: String {
      "\(path) := \(value ?? "removed") in \(before)".replacing("\n", with: " ⏎ ")
    }
  }

  static let head = "id: a\ntitle: A\n"

  static let scalars: [Case] = [
    Case("limits", "atMost", "55", "# c\natMost:   60   # of a hundred\n", "# c\natMost:   55   # of a hundred\n"),
    Case("limits", "atMost", "2026-02-01", "atMost: 60\n", "atMost: 2026-02-01\n"),
    Case("limits", "unit", "days", "atMost: 60", "atMost: 60\nunit: days"),
    Case("values", "statement", "Be kind.", "owner: x\n", "statement: Be kind.\nowner: x\n"),
    Case("values", "owner", "board", "owner: 'x'\n", "owner: 'board'\n"),
    Case("values", "owner", "board", "owner: \"x\" # who\n", "owner: \"board\" # who\n"),
    Case("values", "statement", "a: b", "statement: c\n", "statement: \"a: b\"\n"),
    Case("values", "statement", "it's # x", "statement: 'c'\n", "statement: 'it''s # x'\n"),
    Case("values", "statement", "say \"x\" # y", "statement: c\n", "statement: 'say \"x\" # y'\n"),
    Case("values", "statement", "say \"x\"", "statement: \"c\"\n", "statement: \"say \\\"x\\\"\"\n"),
    Case(
      "values", "statement", "two\n\nblocks", "statement: c # note\nowner: x\n",
      "statement: | # note\n  two\n\n  blocks\nowner: x\n"),
    Case(
      "values", "statement", "new", "statement: |\n    old\n    text\n\n# end\nowner: x\n",
      "statement: |\n    new\n\n# end\nowner: x\n"),
    Case(
      "values", "statement", "new\n\ntext", "statement: |- # why\n  old\nowner: x\n",
      "statement: |- # why\n  new\n\n  text\nowner: x\n"),
    Case("values", "statement", "new", "statement: >\n  old\n  text\n", "statement: >\n  new\n"),
    Case("values", "statement", "new", "statement: |+\n  old\n\n\nowner: x\n", "statement: |\n  new\nowner: x\n"),
    Case(
      "values", "statement", "new words", "statement: old\n  words over\n  lines\nowner: x\n",
      "statement: new words\nowner: x\n"),
    Case("values", "statement", "new", "statement:\nowner: x\n", "statement: new\nowner: x\n"),
    Case("values", "statement", "new", "statement:\n  old\nowner: x\n", "statement:\n  new\nowner: x\n"),
    Case("values", "title", "B", "owner: x\n", "owner: x\n"),
    Case("values", "x-note", "kept", "owner: x\n", "owner: x\nx-note: kept\n"),
    Case("values", "x-note", "a\n", "x-note: b\n", "x-note: |\n  a\n"),
    Case("values", "x-note.deep", "1", "x-note: {top: 0}\n", "x-note: {top: 0, deep: \"1\"}\n"),
  ]

  static let collections: [Case] = [
    Case("values", "outranks", "[b, c]", "outranks: [x]   # c\n", "outranks: [b, c]   # c\n"),
    Case("values", "outranks", "[b, c]", "outranks:\n- x # why\nowner: y\n", "outranks:\n- b\n- c # why\nowner: y\n"),
    Case("values", "outranks[c]", "c", "outranks: [x, y,]\n", "outranks: [x, y, c,]\n"),
    Case("values", "outranks[c]", "c", "outranks: []\n", "outranks: [c]\n"),
    Case(
      "values", "outranks[c]", "c", "outranks:\n  - x # x\n  # end\nowner: y\n",
      "outranks:\n  - x # x\n  - c\n  # end\nowner: y\n"),
    Case("values", "outranks[c]", "c", "owner: y\n", "owner: y\noutranks: [c]\n"),
    Case("values", "outranks[x]", nil, "outranks: [w, x, y]\n", "outranks: [w, y]\n"),
    Case("values", "outranks[y]", nil, "outranks: [w, x, y]\n", "outranks: [w, x]\n"),
    Case("values", "outranks[x]", nil, "outranks: [x]\n", "outranks: []\n"),
    Case(
      "values", "outranks[x]", nil, "outranks:\n  - w\n  - x # gone\n  # stays\n  - y\n",
      "outranks:\n  - w\n  # stays\n  - y\n"),
    Case("values", "outranks[x]", nil, "outranks:\n  - x\n", "outranks:\n  []\n"),
    Case("values", "outranks", nil, "outranks:\n  - x\n# c\nowner: y\n", "# c\nowner: y\n"),
    Case(
      "values", "friction[slow].limit", "limit/days", "friction: [{accept: slow, measure: m}]\n",
      "friction: [{accept: slow, limit: limit/days, measure: m}]\n"),
    Case(
      "values", "friction[slow].limit", "limit/days", "friction: [slow]\n",
      "friction: [{accept: slow, limit: limit/days}]\n"),
    Case(
      "values", "friction[slow].limit", "limit/days", "owner: x\n",
      "owner: x\nfriction:\n  - {accept: slow, limit: limit/days}\n"),
    Case(
      "values", "friction[slow]", "{measure: days}", "friction:\n  - accept: dear\n    measure: m\n",
      "friction:\n  - accept: dear\n    measure: m\n  - {accept: slow, measure: days}\n"),
    Case(
      "values", "friction[slow].measure", nil, "friction:\n  - accept: slow\n    measure: m # m\n",
      "friction:\n  - accept: slow\n"),
    Case(
      "values", "friction[slow].measure", nil, "friction:\n  - measure: m\n    accept: slow\n",
      "friction:\n  - accept: slow\n"),
    Case("systems", "learntFrom.from", "2020-01-01", "owner: x\n", "owner: x\nlearntFrom: {from: 2020-01-01}\n"),
    Case(
      "systems", "learntFrom.from", "2020-01-01", "learntFrom:\n  until: 2021-01-01\n",
      "learntFrom:\n  from: 2020-01-01\n  until: 2021-01-01\n"),
    Case("systems", "learntFrom.until", nil, "learntFrom:\n  until: 2021-01-01\n", "learntFrom:\n  {}\n"),
  ]

  @Test(arguments: scalars + collections)
  func `an edit changes the bytes that it must`(example: Case) throws {
    let before = Self.head + example.before
    let after = (example.path == "title" ? "id: a\ntitle: B\n" : Self.head) + example.after
    #expect(try edited("\(example.kind)/a.yaml", before, example.path, example.value) == after)
  }

  static let offices: [Case] = [
    Case("cycles", "offices.board[c]", "c", "{board: b}\n", "{board: [b, c]}\n"),
    Case(
      "cycles", "offices.board[b].deputy", "d", "\n  board: b # holder\n",
      "\n  board: [{person: b, deputy: d}] # holder\n"),
    Case("cycles", "offices.chief", "jane", "\n  board: [b]\n", "\n  board: [b]\n  chief: jane\n"),
    Case(
      "cycles", "offices.board[c].from", "2026-05-01", "\n  board: [b]\n",
      "\n  board: [b, {person: c, from: 2026-05-01}]\n"),
  ]

  @Test(arguments: offices)
  func `offices keep their shorthand where it can hold the edit`(example: Case) throws {
    let head = "id: a\ntitle: A\nfrom: 2026-01-01\noffices: "
    let trimmed = example.before.hasPrefix("\n") ? String(head.dropLast()) : head
    #expect(
      try edited("cycles/a.yaml", trimmed + example.before, example.path, example.value) == trimmed + example.after)
  }

  @Test(arguments: [
    ("rules[r1].risk", "> 60", "| r1 | > 60 | x     | p      |", 0),
    ("rules[r1].risk", "> 60000", "| r1 | > 60000 | x     | p      |", 0),
    ("rules[r2].risk", "\"a|b\"", "|    r2 | \"a\\|b\" | y     |        |", 1),
    ("rules[r2].enacts", "[p, q]", "|    r2 | -    | y     | p, q   |", 1),
    ("rules[r1].enacts", nil, "| r1 | > 5  | x     |        |", 0),
    ("rules[r1].risk", nil, "| r1 | -    | x     | p      |", 0),
    ("rules[r1]", "{risk: 1, route: z}", "| r1 | 1    | z     |        |", 0),
  ])
  func `an edit of a cell leaves the other cells alone`(path: String, value: String?, row: String, index: Int) throws {
    let rows = ["| r1 | > 5  | x     | p      |", "|    r2 | -    | y     |        |"]
    func table(_ rows: [String]) -> String {
      let head = "| id | risk | route | enacts |\n|---|---|---|---|\n"
      return DecisionTableTests.decision(head + rows.joined(separator: "\n")) + "# end\n"
    }
    var expected = rows
    expected[index] = row
    #expect(try edited("decisions/a.yaml", table(rows), path, value) == table(expected))
  }

  @Test func `rules are added, removed and given a column`() throws {
    let head = "| id | risk | route |\n|----|------|-------|\n"
    let one = DecisionTableTests.decision(head + "| r1 | 1    | x     |")
    let two = DecisionTableTests.decision(head + "| r1 | 1    | x     |\n| r2 | -    | y     |")
    #expect(try edited("decisions/a.yaml", one, "rules[r2]", "{route: y}") == two)
    #expect(try edited("decisions/a.yaml", one, "rules[r2].route", "y") == two)
    #expect(try edited("decisions/a.yaml", two, "rules[r2]", nil) == one)
    let because = DecisionTableTests.decision(
      "| id | risk | route | because |\n|----|------|-------|---------|\n| r1 | 1    | x     | law     |")
    #expect(try edited("decisions/a.yaml", one, "rules[r1].because", "law") == because)
    let table = "| risk | route |\n|--|--|\n| 7 | z |"
    #expect(
      try edited("decisions/a.yaml", one, "rules", table)
        == DecisionTableTests.decision(
          "| risk | country risk | route |\n|------|--------------|-------|\n| 7    | -            | z     |"))
  }

  @Test(arguments: [
    ("limits/a.yaml", "atMost", "many", "wrong-type"), ("limits/a.yaml", "atMots", "1", "unknown-field"),
    ("limits/a.yaml", "atLeast", "1", "conflicting-fields"), ("limits/a.yaml", "serves", "b", "wrong-type"),
    ("limits/a.yaml", "serves", "[b", "yaml-syntax"), ("limits/a.yaml", "title", " ", "empty-value"),
    ("limits/a.yaml", "title", "\u{1B}[31m", "control-character"), ("limits/a.yaml", "serves[b]", "c", "item-key"),
    ("limits/a.yaml", "status", "retired", "missing-field"), ("limits/a.yaml", "owner.x", "1", "unknown-field"),
    ("limits/a.yaml", "x-note.deep", "1", "wrong-type"), ("limits/a.yaml", "atMost", "060", "leading-zero"),
    ("limits/a.yaml", "title", "A\u{E0041}", "hidden-character"), ("limits/a.yaml", "title", "\u{200B}", "empty-value"),
    ("limits/a.yaml", "x-note", "\u{2060}", "hidden-character"),
  ])
  func `an edit that would make the file wrong is refused`(file: String, path: String, text: String, code: String)
    throws
  {
    let source = SourceText(path: file, text: "id: a\ntitle: A\natMost: 60\nx-note: text\n")
    let fieldPath = try Reference(parsing: "limit/a.\(path)").path
    guard case .failure(let error) = DocumentEditor.set(source, path: fieldPath, to: text) else {
      Issue.record("the edit was made")
      return
    }
    #expect(error.diagnostics.first?.code.rawValue == code)
  }

  @Test func `what an anchor shares is not edited in one place`() throws {
    let text = "id: a\ntitle: A\nserves: &all [x, y]\noutranks: *all\n"
    let source = SourceText(path: "values/a.yaml", text: text)
    guard case .failure(let error) = DocumentEditor.set(source, path: FieldPath("serves"), to: "[z]") else {
      Issue.record("the edit was made")
      return
    }
    #expect(error.diagnostics.map(\.code) == ["shared-value"])
    #expect(
      try edited("values/a.yaml", text, "outranks", "[z]") == "id: a\ntitle: A\nserves: &all [x, y]\noutranks: [z]\n")
  }

  @Test func `an edit repairs a wrong field and leaves other wrong fields`() throws {
    let text = "id: a\ntitle: A\natMost: many # x\nstatus: odd\n"
    #expect(try edited("limits/a.yaml", text, "atMost", "5") == "id: a\ntitle: A\natMost: 5 # x\nstatus: odd\n")
  }

  @Test func `an edit that changes no meaning changes no byte`() throws {
    let text = "id: a\ntitle: A\natMost: 60.0\nserves: [y,  x]\n"
    #expect(try edited("limits/a.yaml", text, "atMost", "60") == text)
    #expect(try edited("limits/a.yaml", text, "serves", "[x, y]") == text)
  }

  @Test func `an edit ends its lines as the file does`() throws {
    let text = "id: a\r\ntitle: A\r\nstatement: a\r\n"
    #expect(
      try edited("values/a.yaml", text, "statement", "x\ny")
        == "id: a\r\ntitle: A\r\nstatement: |\r\n  x\r\n  y\r\n")
    #expect(try edited("values/a.yaml", text, "owner", "b") == text + "owner: b\r\n")
  }

  @Test func `retiring makes a tombstone and keeps the rest`() throws {
    let day = try #require(Day("2026-02-01"))
    let bytes = try DocumentEditor.retire(
      SourceText(path: "limits/client-risk.yaml", text: Samples.limit), since: day, because: "No longer: needed."
    ).get()
    let expected = """
      id: client-risk
      title: Client risk appetite
      atMost: 60  # of a hundred
      unit: points
      because: "No longer: needed."
      owner: chief-risk-officer
      serves: [prudence]
      status: retired
      since: 2026-02-01

      """
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test func `formatting aligns, trims and ends lines, and changes nothing else`() throws {
    let before =
      "id: a  \r\ntitle:   A\t\r\nquestion: Q?   # x  \r\nbecause: |  \r\n  hard break  \r\n  text\r\n\r\n"
      + "inputs: [{name: risk, type: number}]\r\noutputs: [{name: route, type: string}]\r\n"
      + "rules: |\r\n   | risk | route |\r\n   |:-|-:|\r\n   |> 5| a \\| b  |\r\n   | - | café |\r\n# end  "
    let after =
      "id: a\ntitle:   A\nquestion: Q?   # x\nbecause: |\n  hard break  \n  text\n\n"
      + "inputs: [{name: risk, type: number}]\noutputs: [{name: route, type: string}]\n"
      + "rules: |\n   | risk | route  |\n   |:-----|-------:|\n   | > 5  | a \\| b |\n   | -    | café   |\n# end\n"
    let bytes = try DocumentEditor.format(SourceText(path: "decisions/a.yaml", text: before)).get()
    #expect(String(decoding: bytes, as: UTF8.self) == after)
    let again = try DocumentEditor.format(SourceText(path: "decisions/a.yaml", bytes: bytes)).get()
    #expect(again == bytes)
  }

  @Test(arguments: Samples.all.map(\.path))
  func `a formatted file is its own format`(path: String) throws {
    let text = try #require(Samples.all.first { $0.path == path }?.text)
    #expect(try DocumentEditor.format(SourceText(path: path, text: text)).get() == Array(text.utf8))
  }
}

/// The text after an edit; nil as the value removes.
func edited(_ file: String, _ text: String, _ path: String, _ value: String?) throws -> String {
  let source = SourceText(path: file, text: text)
  let fieldPath = try Reference(parsing: "value/a.\(path)").path
  let result =
    value.map { DocumentEditor.set(source, path: fieldPath, to: $0) }
    ?? DocumentEditor.remove(source, path: fieldPath)
  return String(decoding: try result.get(), as: UTF8.self)
}
