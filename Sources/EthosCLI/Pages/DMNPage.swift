import EthosApp
import EthosModel
import EthosReport
import EthosText

/// What an import of decisions did.
enum DMNPage {
  static func make(_ result: DMNImportResult) -> Report {
    var blocks: [Block] = []
    if result.isEmpty {
      blocks.paragraph("nothing was imported: no decision of the model can be carried over")
    } else if result.changed.isEmpty, result.leftOut.isEmpty {
      blocks.paragraph("nothing to change: the identity says what the model says")
    } else if result.changed.isEmpty {
      blocks.paragraph(
        "nothing to change: \(counted(result.unchanged, "decision")) as the model has it, without what is named below")
    } else {
      let verb = result.isDryRun ? "would add" : "added"
      blocks.paragraph("\(verb) \(counted(result.added.count, "decision")), updated \(result.updated.count)")
    }
    blocks.list(result.added.map { Item(.added, "\($0, .reference)") })
    blocks.list(result.updated.map { Item(.changed, "\($0, .reference)") })
    if !result.leftOut.isEmpty {
      blocks.paragraph("not carried over:")
      blocks.list(result.leftOut.map { Item(.warning, "\(place($0))\($0.message)") })
    }
    if !result.notes.isEmpty {
      blocks.paragraph("look at:")
      blocks.list(result.notes.map { Item(.warning, "\($0)") })
    }
    if !result.isDryRun, !result.changed.isEmpty {
      blocks.paragraph("see it in meaning with \("ethos diff", .command)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.import.v1"), "dryRun": .boolean(result.isDryRun),
        "added": .array(result.added.map { .string($0.description) }),
        "updated": .array(result.updated.map { .string($0.description) }),
        "retired": .array([]), "moved": .array([]),
        "files": .array(result.changed.map { .string($0) }),
        "notes": .array(result.notes.map { .string($0) }),
        "leftOut": .array(
          result.leftOut.map { problem in
            .members([
              "code": .string(problem.code.rawValue), "message": .string(problem.message),
              "line": problem.location.map { .number(String($0.line)) } ?? .null,
              "column": problem.location.map { .number(String($0.column)) } ?? .null,
            ])
          }),
      ]))
  }

  private static func place(_ problem: Diagnostic) -> String {
    problem.location.map { "\($0.file):\($0.line): " } ?? ""
  }
}
