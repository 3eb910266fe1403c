import EthosApp
import EthosGit
import EthosRecord
import EthosReport
import EthosText

enum UndoPage {
  static func make(_ result: UndoResult) -> Report {
    var blocks: [Block] = []
    blocks.paragraph("\(result.isDryRun ? "would take back" : "took back") \(result.what, .name)")
    blocks.list(
      result.updates.map { update in
        let name: Inline = "\(update.name, .name)"
        return switch (update.before, update.after) {
        case (let before?, _?): Item(.changed, "\(name) is at \(before.short, .reference) again")
        case (nil, _): Item(.removed, "\(name) is gone")
        case (let before?, nil): Item(.added, "\(name) is there again, at \(before.short, .reference)")
        }
      })
    if let branch = result.branch { blocks.paragraph("on \(branch, .name)") }
    if !result.kept.isEmpty {
      let verb = result.isDryRun ? "would be kept" : "is kept"
      blocks.paragraph(
        "what was taken back \(verb) as \(Inline.sentence(result.kept.map { Inline($0.name, .reference) }))")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.undo.v1"), "what": .string(result.what),
        "references": .array(
          result.updates.map { update in
            [
              "name": .string(update.name), "was": .optional(update.after?.hex), "is": .optional(update.before?.hex),
            ]
          }),
        "kept": .array(result.kept.map { ["name": .string($0.name), "id": .string($0.commit.hex)] }),
        "dryRun": .boolean(result.isDryRun),
      ]))
  }
}
