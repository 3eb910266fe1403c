import EthosApp
import EthosRecord
import EthosReport
import EthosText

/// What an edit of files did.
enum EditPage {
  static func make(_ result: EditResult) -> Report {
    var blocks: [Block] = []
    if result.changed.isEmpty {
      blocks.paragraph("nothing to change: it is so already")
    } else {
      let verb = result.isDryRun ? "would change" : "changed"
      blocks.paragraph("\(verb) \(Inline.sentence(result.changed.map { Inline($0, .name) }))")
    }
    if let commit = result.commit { blocks.paragraph("committed to the proposal: \(commit.short, .reference)") }
    if !result.isDryRun, !result.changed.isEmpty, result.commit == nil {
      blocks.paragraph("see it in meaning with \("ethos diff", .command)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.edit.v1"), "changed": .array(result.changed.map { .string($0) }),
        "commit": result.commit.map { .string($0.hex) } ?? .null, "dryRun": .boolean(result.isDryRun),
      ]))
  }
}
