import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

/// Three published releases of the Model Spec, imported one after the other.
///
/// What is expected was counted by other means.
@Suite struct ModelSpecTests {
  @Test(arguments: [("2025-02-12", 71), ("2025-04-11", 71), ("2025-09-12", 77)])
  func `every section with an id is read, and nothing is wrong`(release: String, sections: Int) throws {
    let outline = try ModelSpecTests.outline(release)
    #expect(outline.headings.count == sections)
    #expect(outline.diagnostics == [])
    #expect(!outline.hasPreamble)
    for heading in outline.headings {
      let canonical = Prose.canonical(heading.body)
      #expect(Prose.canonical(canonical) == canonical, "\(heading.id)")
    }
  }

  @Test func `of the first release to the second, five values are reworded and nothing else`() throws {
    let first = try ModelSpecTests.imported("2025-02-12", after: .empty)
    let plan = try ModelSpecTests.plan("2025-04-11", after: first)
    #expect(plan.additions.isEmpty && plan.retirements.isEmpty && plan.moves.isEmpty)
    #expect(plan.ranks == nil)
    #expect(plan.edits.count == 5)
    #expect(plan.edits.allSatisfy { $0.field == "statement" && ModelSpecTests.changesMeaning($0, of: first) })
  }

  @Test func `of the second release to the third, the changes are those that were counted`() throws {
    let second = try ModelSpecTests.imported(
      "2025-04-11", after: ModelSpecTests.imported("2025-02-12", after: .empty))
    let plan = try ModelSpecTests.plan("2025-09-12", after: second)
    #expect(plan.additions.count == 11)
    #expect(plan.retirements.count == 5)
    #expect(plan.diagnostics == [])

    let retitled = plan.edits.filter { $0.field == "title" }.map(\.key.id)
    #expect(retitled.sorted() == ["ask_clarifying_questions", "refusal_style"])

    let ranks = plan.edits.filter { $0.field == "rank" }
    #expect(ranks.allSatisfy { second[$0.key]?.meaning["rank"]?.text == "platform" })
    #expect(ranks.filter { $0.value?.text == "root" }.count == 16)
    #expect(
      ranks.filter { $0.value?.text == "system" }.map(\.key.id).sorted()
        == ["comply_with_laws", "no_erotica_or_gore", "use_preset_voice_in_voice_mode"])
    #expect(ranks.count == 19)

    let statements = plan.edits.filter { $0.field == "statement" }
    #expect(statements.filter { ModelSpecTests.changesMeaning($0, of: second) }.count == 45)
    #expect(
      statements.filter { !ModelSpecTests.changesMeaning($0, of: second) }.map(\.key.id).sorted() == [
        "adapt_length_in_voice_mode", "imitate_accents_in_voice_mode", "prevent_imminent_harm",
        "transformation_exception",
      ])
    #expect(plan.edits.count == retitled.count + ranks.count + statements.count)

    #expect(plan.ranks == ["root", "system", "platform", "developer", "user", "guideline"])
    let third = ModelSpecTests.applied(plan, to: second)
    #expect(third.all(.value).filter { !$0.isRetired }.count == 77)
    let again = try ModelSpecTests.plan("2025-09-12", after: third)
    #expect(again.additions.isEmpty && again.edits.isEmpty && again.retirements.isEmpty && again.moves.isEmpty)
  }

  // MARK: - Helpers

  private static func outline(_ release: String) throws -> MarkdownOutline {
    let bytes = try Fixtures.bytes("model-spec/\(release).md")
    return MarkdownOutline.read(SourceText(path: "\(release).md", bytes: bytes))
  }

  private static func plan(_ release: String, after snapshot: Snapshot) throws -> ImportPlan {
    MarkdownImport.plan(
      try outline(release), existing: snapshot,
      options: .init(
        source: "Model Spec", rankAttribute: "authority",
        rankOrder: ["root", "system", "platform", "developer", "user", "guideline"],
        day: try #require(Day(release))))
  }

  private static func imported(_ release: String, after snapshot: Snapshot) throws -> Snapshot {
    applied(try plan(release, after: snapshot), to: snapshot)
  }

  /// The identity after a plan, as the files would then read.
  private static func applied(_ plan: ImportPlan, to snapshot: Snapshot) -> Snapshot {
    var fields = snapshot.documents.mapValues { ($0.path, $0.fields) }
    for addition in plan.additions { fields[addition.key] = (addition.path, addition.fields) }
    for edit in plan.edits { fields[edit.key]?.1[edit.field] = edit.value }
    for move in plan.moves { fields[move.key]?.0 = move.to }
    for retirement in plan.retirements {
      fields[retirement.key]?.1["status"] = .text("retired")
      fields[retirement.key]?.1["since"] = .day(retirement.since)
      fields[retirement.key]?.1["because"] = .text(retirement.because)
    }
    if let ranks = plan.ranks {
      fields[.charter] = ("ethos.yaml", Record(["ranks": .list(ranks.map { .text($0) })]))
    }
    return Snapshot(documents: fields.map { Document(key: $0, path: $1.0, fields: $1.1) })
  }

  private static func changesMeaning(_ edit: ImportPlan.Edit, of snapshot: Snapshot) -> Bool {
    var changed = snapshot[edit.key]?.fields ?? Record()
    changed[edit.field] = edit.value
    return Meaning.of(changed, kind: .value) != snapshot[edit.key]?.meaning
  }
}
