import EthosApp
import EthosModel
import EthosReport
import EthosSyntax
import EthosText

/// What an import did.
enum ImportPage {
  static func make(_ result: ImportResult) -> Report {
    let plan = result.plan
    var blocks: [Block] = []
    let verb = result.isDryRun ? "would add" : "added"
    let edited = Set(plan.edits.map(\.key)).subtracting(plan.retirements.map(\.key))
    if result.changed.isEmpty {
      blocks.paragraph("nothing to change: the identity says what the document says")
    } else {
      blocks.paragraph(
        "\(verb) \(counted(plan.additions.count, "value")), updated \(edited.count), retired \(plan.retirements.count), moved \(plan.moves.count)"
      )
    }
    blocks.list(plan.additions.map { Item(.added, "\($0.key, .reference)") })
    blocks.list(plan.retirements.map { Item(.removed, "\($0.key, .reference)") })
    if let ranks = plan.ranks {
      blocks.paragraph(
        "the charter's ranks are now, highest first: \(.list(ranks, .name)); put them in order if this is not it")
    }
    blocks.list(plan.notes.map { Item(.warning, "\($0)") })
    if !result.isDryRun, !result.changed.isEmpty {
      blocks.paragraph("see it in meaning with \("ethos diff", .command)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.import.v1"), "dryRun": .boolean(result.isDryRun),
        "added": .array(plan.additions.map { .string($0.key.description) }),
        "updated": .array(edited.sorted().map { .string($0.description) }),
        "retired": .array(plan.retirements.map { .string($0.key.description) }),
        "moved": .array(plan.moves.map { .string($0.key.description) }),
        "files": .array(result.changed.map { .string($0) }),
      ]))
  }
}
