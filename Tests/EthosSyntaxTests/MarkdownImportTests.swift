import EthosModel
import EthosSyntax
import EthosText
import Testing

@Suite struct MarkdownImportTests {
  private static let document = """
    # Care {#care authority=root}

    We care.

    ## Candour {#candour authority=guideline since=1999 .draft}

    We say it.

    ### Brevity {#brevity}
    # Thrift [in all] {#thrift}
    Spend little.

    """

  @Test func `each section becomes a value in the folder of its section`() throws {
    let plan = try plan(Self.document, rankAttribute: "authority")
    #expect(
      plan.additions.map(\.path) == [
        "values/care.yaml", "values/care/candour.yaml", "values/care/candour/brevity.yaml", "values/thrift.yaml",
      ])
    #expect(
      plan.additions.map { Node.record($0.fields).summaryText } == [
        "{id: care, owner: board, rank: root, statement: We care., title: Care, x-source: Rules}",
        "{id: candour, owner: board, rank: guideline, statement: We say it., title: Candour,"
          + " x-attributes: [x-since, x-class], x-class: draft, x-since: 1999, x-source: Rules}",
        "{id: brevity, owner: board, title: Brevity, x-source: Rules}",
        "{id: thrift, owner: board, statement: Spend little., title: Thrift [in all], x-source: Rules}",
      ])
    #expect(plan.edits.isEmpty && plan.retirements.isEmpty && plan.moves.isEmpty && plan.diagnostics.isEmpty)
  }

  @Test func `the outline keeps the order and the nesting`() throws {
    #expect(try plan(Self.document).contents.path == "values/OUTLINE.md")
    #expect(
      try plan(Self.document).contents.text == #"""
        # Rules

        The values of this document in its order. `ethos import markdown` writes this file anew each time.

        - [Care](care.yaml) `care`
          - [Candour](care/candour.yaml) `candour`
            - [Brevity](care/candour/brevity.yaml) `brevity`
        - [Thrift \[in all\]](thrift.yaml) `thrift`

        """#)
  }

  @Test func `without a rank attribute all attributes are kept as they are`() throws {
    let plan = try plan("# Care {#care authority=root}\n")
    #expect(plan.additions.first?.fields["x-authority"] == .text("root"))
    #expect(plan.additions.first?.fields["rank"] == nil)
    #expect(plan.ranks == nil)
  }

  @Test func `importing the same again plans nothing`() throws {
    let first = try plan(Self.document, rankAttribute: "authority")
    let again = try plan(Self.document, rankAttribute: "authority", existing: imported(first))
    #expect(again.additions.isEmpty && again.edits.isEmpty && again.retirements.isEmpty && again.moves.isEmpty)
    #expect(again.ranks == nil)
    #expect(again.notes == [])
    #expect(again.contents.text == first.contents.text)
  }

  @Test func `a line feed at the end of a statement is YAML's`() throws {
    let first = try plan("# Care {#care}\nWe care.\n")
    let identity = imported(first) { fields in
      fields["statement"] = .text("We care.\n")
    }
    #expect(try plan("# Care {#care}\nWe care.\n", existing: identity).edits == [])
  }

  @Test func `a later state changes what comes from the document and nothing else`() throws {
    let first = try plan(Self.document, rankAttribute: "authority")
    let identity = imported(first) { fields in
      fields["outranks"] = .list([.text("thrift")])
      fields["owner"] = .text("somebody-else")
      fields["x-note"] = .text("by hand")
      fields["because"] = .text("Seen.")
    }
    let later = """
      # Care for all {#care authority=system}
      We care.
      # Candour {#candour authority=guideline since=2001}
      ## Brevity {#brevity}
      Be short.
      # Thrift [in all] {#thrift}
      """
    let plan = try plan(later, rankAttribute: "authority", existing: identity)
    #expect(
      plan.edits.map { "\($0.key) \($0.field) \($0.value?.summaryText ?? "removed")" } == [
        "value/care title Care for all", "value/care rank system", "value/candour statement removed",
        "value/candour x-class removed", "value/candour x-since 2001", "value/candour x-attributes [x-since]",
        "value/brevity statement Be short.", "value/thrift statement removed",
      ])
    #expect(
      plan.moves.map { "\($0.key): \($0.from) to \($0.to)" } == [
        "value/candour: values/care/candour.yaml to values/candour.yaml",
        "value/brevity: values/care/candour/brevity.yaml to values/candour/brevity.yaml",
      ])
    #expect(plan.ranks == ["root", "guideline", "system"])
    #expect(plan.additions.isEmpty && plan.retirements.isEmpty)
  }

  @Test func `a rank goes with the attribute that gave it`() throws {
    let identity = imported(try plan("# Care {#care authority=root}\n", rankAttribute: "authority"))
    let edits = try plan("# Care {#care}\n", rankAttribute: "authority", existing: identity).edits
    #expect(edits.map(\.field) == ["rank"])
    #expect(edits.allSatisfy { $0.value == nil })
    // Where no attribute gives ranks, they are people's.
    #expect(try plan("# Care {#care}\n", existing: identity).edits == [])
  }

  @Test func `what is gone is retired, what others wrote is not`() throws {
    let first = try plan(Self.document)
    let byHand = Document(
      key: EntryKey(.value, "own"), path: "values/own.yaml",
      fields: Record(["id": .text("own"), "title": .text("Own")]))
    let identity = Snapshot(documents: imported(first).documents.values + [byHand])
    let plan = try plan("# Care {#care authority=root}\nWe care.\n", existing: identity)
    #expect(plan.retirements.map(\.key.id) == ["brevity", "candour", "thrift"])
    #expect(plan.retirements.first?.because == "No longer in Rules.")
    #expect(plan.retirements.first?.since == Day("2026-02-01"))
  }

  @Test func `what comes back is restored`() throws {
    let first = try plan("# Care {#care}\nWe care.\n")
    let identity = imported(first) { fields in
      fields["status"] = .text("retired")
      fields["since"] = .day(Day(daysSinceEpoch: 0))
      fields["because"] = .text("No longer in Rules.")
      fields["statement"] = nil
    }
    let plan = try plan("# Care {#care}\nWe care.\n", existing: identity)
    #expect(
      plan.edits.map { "\($0.field) \($0.value?.summaryText ?? "removed")" }
        == ["status removed", "since removed", "because removed", "statement We care."])
    #expect(plan.notes == ["`value/care` was retired and is in the document again: it is restored."])
    #expect(try self.plan("# Other {#other}\n", existing: identity).retirements == [])
  }

  @Test func `a value that others wrote is not overwritten`() throws {
    let byHand = Document(
      key: EntryKey(.value, "care"), path: "values/care.yaml",
      fields: Record(["id": .text("care"), "title": .text("Ours")]))
    let plan = try plan(Self.document, existing: Snapshot(documents: [byHand]))
    #expect(plan.diagnostics.map(\.code) == ["import-conflict"])
    #expect(plan.edits.isEmpty)
    #expect(plan.diagnostics.first?.help?.contains("`ethos set value/care.x-source Rules`") == true)
  }

  @Test func `a file that holds another value is not written over`() throws {
    let misplaced = Document(
      key: EntryKey(.value, "other"), path: "values/care.yaml",
      fields: Record(["id": .text("other"), "title": .text("Other")]))
    let plan = try plan("# Care {#care}\n", existing: Snapshot(documents: [misplaced]))
    #expect(plan.additions.isEmpty)
    #expect(
      plan.diagnostics.map(\.message) == [
        "the file of `value/care` would be `values/care.yaml`, which holds `value/other`"
      ])
  }

  @Test(arguments: [
    // ranks of the charter, of the document, the order given, the ranks then
    ([], ["b", "a"], [], ["b", "a"]), ([], ["b", "a"], ["a", "b", "c"], ["a", "b"]), (["a"], ["b"], [], ["a", "b"]),
    (["b"], ["a"], ["a", "b"], ["a", "b"]), (["a", "z", "c"], ["b"], ["a", "b", "c"], ["a", "b", "z", "c"]),
    (["c", "a"], ["b"], ["a", "b", "c"], ["c", "a", "b"]), (["z"], ["b"], ["a", "b", "c"], ["z", "b"]),
  ])
  func `new ranks find their place`(before: [String], used: [String], order: [String], after: [String]) throws {
    let charter = Document(
      key: .charter, path: "ethos.yaml", fields: Record(["ranks": .list(before.map { .text($0) })]))
    let text = used.enumerated().map { "# A\($0) {#a\($0) r=\($1)}\n" }.joined()
    let plan = try plan(text, rankAttribute: "r", rankOrder: order, existing: Snapshot(documents: [charter]))
    #expect(plan.ranks == after)
    #expect(plan.notes.first?.contains("highest first, are now: \(after.joined(separator: ", "))") == true)
  }

  @Test func `an attribute cannot pass for a mark of the import`() throws {
    let plan = try plan("# A {#a source=elsewhere attributes=x}\n")
    #expect(plan.additions.first?.fields["x-source"] == .text("Rules"))
    #expect(plan.additions.first?.fields["x-attributes"] == nil)
  }

  @Test func `a document without sections is an error`() throws {
    #expect(try plan("Hello.\n").diagnostics.map(\.code) == ["no-sections"])
  }

  // MARK: - Headings that are underlined or have no id

  @Test func `underlined headings are headings`() throws {
    let plan = try plan(
      "Care {#care}\n====\n\nWe care.\n\nOver two\nlines {#two}\n---\n\n- item\nlazy {#lazy}\n---\n\n> quoted\nlazy {#quoted}\n---\n\n"
        + "```\ncode {#code}\n---\n```\n\ntext {#text}\n\n---\n\n    indented {#indented}\n---\nAfter\n")
    #expect(plan.additions.map(\.key.id) == ["care", "two"])
    #expect(plan.additions.map(\.path) == ["values/care.yaml", "values/care/two.yaml"])
    #expect(plan.additions.map { $0.fields["title"]?.text } == ["Care", "Over two lines"])
    #expect(plan.additions.first?.fields["statement"] == .text("We care."))
  }

  @Test func `what stands before the document is no heading`() throws {
    let plan = try plan("---\ntitle: x {#x}\n---\n\n# Care {#care}\n")
    #expect(plan.additions.map(\.key.id) == ["care"])
  }

  @Test func `headings without an id are named, and may have one made`() throws {
    let text =
      "# Our values\n\n## Empathy & *care*\n\nWe listen.\n\n### Über uns\n\n## Candour {#say}\n\n## [Empathy](x.md) care\n"
    let written = try plan(text)
    #expect(written.additions.map(\.key.id) == ["say"])
    #expect(
      written.notes.last
        == "Headings without an id are no values but text of the section above: `Our values` (line 1), "
        + "`Empathy & *care*` (line 3), `Über uns` (line 7), `[Empathy](x.md) care` (line 11). `--ids slug` makes ids of them."
    )
    let made = try plan(text, ids: .slug)
    #expect(
      made.additions.map(\.path) == [
        "values/empathy-care.yaml", "values/empathy-care/ueber-uns.yaml", "values/say.yaml",
        "values/empathy-care-2.yaml",
      ])
    #expect(made.notes == ["`Our values` is the title of the document, and no value."])
    let none = try plan("## A\n").diagnostics.first
    #expect(
      none?.help == "give each value's heading one: `## Title {#id}`; or have ids made of the headings: `--ids slug`")
  }

  @Test func `a section keeps its id when its heading has other words`() throws {
    let first = try plan("## Empathy\n\nWe listen.\n\n## Candour\n\nWe say.\n\n## Brevity\n", ids: .slug)
    let existing = imported(first)
    let same = try plan(
      "## Candour\n\nWe say.\n\n## Listening\n\nWe listen.\n\n## Brevity\n", ids: .slug, existing: existing)
    #expect(same.additions.isEmpty && same.retirements.isEmpty)
    #expect(same.edits.map { "\($0.key).\($0.field)" } == ["value/empathy.title"])
    let other = try plan(
      "## Empathy\n\nWe hear.\n\n## Candour\n\nWe say.\n\n## Terse\n", ids: .slug, existing: existing)
    #expect(other.additions.map(\.key.id) == ["terse"])
    #expect(other.retirements.map(\.key.id) == ["brevity"])
    #expect(
      other.notes.contains { $0.hasSuffix("Where one became the other, write its id at the heading: `{#brevity}`.") })
  }

  @Test func `a second document is not taken for a later state of the first`() throws {
    let existing = imported(try plan("## Empathy\n\nWe listen.\n\n## Candour\n\nWe say.\n", ids: .slug))
    func again(_ text: String, _ source: String, isNamed: Bool = false) throws -> ImportPlan {
      try plan(text, ids: .slug, existing: existing, source: source, isNamed: isNamed)
    }
    // The same name and other sections, or another name and the same sections: it is asked for.
    #expect(try again("## Thrift\n\nWe save.\n", "Rules").diagnostics.map(\.code) == ["import-conflict"])
    #expect(try again("## Empathy\n\nWe hear.\n\n## Candour\n", "v2.md").diagnostics.map(\.code) == ["import-conflict"])
    let second = try again("## Thrift\n\nWe save.\n\n## Candour\n\nElsewhere.\n", "other.md")
    #expect(second.additions.map(\.key.id) == ["thrift", "candour-2"])
    #expect(second.retirements.isEmpty && second.edits.isEmpty && second.diagnostics.isEmpty)
    #expect(try again("## Thrift\n\nWe save.\n", "Rules", isNamed: true).retirements.count == 2)
  }

  private func plan(
    _ text: String, rankAttribute: String? = nil, rankOrder: [String] = [], ids: MarkdownOutline.IDs = .written,
    existing: Snapshot = .empty, source: String = "Rules", isNamed: Bool = true
  ) throws -> ImportPlan {
    MarkdownImport.plan(
      MarkdownOutline.read(SourceText(path: "rules.md", text: text), ids: ids), existing: existing,
      options: .init(
        source: source, owner: "board", rankAttribute: rankAttribute, rankOrder: rankOrder,
        day: try #require(Day("2026-02-01")), isNamed: isNamed))
  }

  /// The identity after the additions of a plan, each changed as people might.
  private func imported(_ plan: ImportPlan, _ change: (inout Record) -> Void = { _ in }) -> Snapshot {
    var documents = plan.additions.map { addition in
      var fields = addition.fields
      change(&fields)
      return Document(key: addition.key, path: addition.path, fields: fields)
    }
    let ranks = Node.list((plan.ranks ?? []).map { .text($0) })
    documents.append(Document(key: .charter, path: "ethos.yaml", fields: Record(["ranks": ranks])))
    return Snapshot(documents: documents)
  }
}
