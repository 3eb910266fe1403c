import EthosRecord
import EthosApp
import EthosDiff
import EthosModel
import EthosReport
import EthosText

/// What changed hands from one leadership cycle to another.
enum HandoverPage {
  static func make(_ result: HandoverResult) -> Report {
    var blocks: [Block] = []
    blocks.title("Hand-over from \(result.cycleBefore.title, .name) to \(result.cycleAfter.title, .name)")
    blocks.facts([
      Fact("before", side(result.before)), Fact("after", side(result.after)),
      Fact("mandate", "\(result.cycleAfter.meaning["mandate"]?.text ?? "none is written")"),
    ])
    let acts = result.changes.acts()
    blocks.section("What changed")
    if acts.isEmpty { blocks.paragraph("nothing changed in meaning") }
    for kind in Kind.allCases {
      let here = acts.filter { $0.change.entry.kind == kind }
      guard !here.isEmpty else { continue }
      blocks.append(.heading(level: 3, "\(kind.folder ?? kind.rawValue)"))
      blocks.list(here.map { Item(.changed, ActLine.make($0)) })
    }
    blocks.section("What nobody touched or reaffirmed")
    if result.untouched.isEmpty { blocks.paragraph("every commitment was changed or reaffirmed") }
    blocks.list(
      result.untouched.map { key in
        Item(.bullet, "\(key, .reference) \(result.after.snapshot[key]?.title ?? "")")
      })
    if !result.untouched.isEmpty {
      blocks.paragraph("what still holds: \("ethos reaffirm REF… --because …", .command)")
    }
    blocks.section("Objections on record")
    if result.objections.isEmpty { blocks.paragraph("nobody objected") }
    blocks.list(
      result.objections.map { objection in
        var inner: [Block] = [.quote(objection.words)]
        if let answer = objection.answer {
          inner.append(.paragraph("answered:"))
          inner.append(.quote(answer))
        }
        return Item(
          .warning, "\(objection.person, .name), on \(objection.proposal, .reference) (\(objection.commit.short))",
          inner)
      })
    blocks.section("Systems that follow other rules")
    if result.systems.isEmpty { blocks.paragraph("every system is built for the later release") }
    blocks.list(
      result.systems.map { system in
        let distance = "ethos diff \(system.builtFor) \(result.after.commit?.id.short ?? "HEAD")"
        return Item(
          .warning, "\(system.key, .reference) is built for \(system.builtFor, .reference): \(distance, .command)")
      })
    return Report(blocks, json: json(result, acts))
  }

  private static func side(_ side: ComparisonSide) -> Inline {
    guard let commit = side.commit else { return "\(side.name)" }
    return "\(side.name, .reference), \(commit.committer.when.writersDay) (\(commit.id.short))"
  }

  private static func json(_ result: HandoverResult, _ acts: [Act]) -> JSON {
    func sideJSON(_ side: ComparisonSide) -> JSON {
      .members(["revision": .string(side.name), "commit": side.commit.map { .string($0.id.hex) } ?? .null])
    }
    return .members([
      "schema": .string("ethos.handover.v1"), "from": .string(result.cycleBefore.key.id),
      "to": .string(result.cycleAfter.key.id), "before": sideJSON(result.before), "after": sideJSON(result.after),
      "changes": .array(
        acts.map { act in
          .members([
            "id": .string(act.change.kind.id), "level": .string(act.change.level.rawValue),
            "commitment": .string(act.change.entry.description), "field": .string(act.change.field.description),
            "before": act.change.before.map { .string($0.summaryText) } ?? .null,
            "after": act.change.after.map { .string($0.summaryText) } ?? .null,
            "also": .array(act.also.map { .string($0.description) }),
          ])
        }),
      "untouched": .array(result.untouched.map { .string($0.description) }),
      "objections": .array(
        result.objections.map { objection in
          .members([
            "person": .string(objection.person), "proposal": .string(objection.proposal),
            "words": .string(objection.words), "answer": objection.answer.map { .string($0) } ?? .null,
            "commit": .string(objection.commit.hex),
          ])
        }),
      "systems": .array(
        result.systems.map { .members(["system": .string($0.key.id), "builtFor": .string($0.builtFor)]) }),
    ])
  }
}
