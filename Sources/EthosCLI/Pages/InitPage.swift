import EthosApp
import EthosRecord
import EthosReport
import EthosText

/// What `init` made.
enum InitPage {
  static func make(_ result: InitResult, isDryRun: Bool) -> Report {
    var blocks: [Block] = []
    let verb = isDryRun ? "would begin" : "began"
    blocks.paragraph("\(verb) an identity in \(result.folder, .name) from the template \(result.template.name, .name)")
    if !result.template.summary.isEmpty { blocks.paragraph("\(result.template.summary)") }
    if result.story.isEmpty {
      blocks.list(result.files.map { Item(.added, "\($0)") })
    } else {
      blocks.section("Its story so far")
      blocks.list(result.story.map { Item(.bullet, "\($0)") })
    }
    if let commit = result.commit {
      blocks.paragraph("the branch main is at \(commit.short, .reference)")
      let next = result.story.isEmpty ? "ethos check" : "ethos status"
      blocks.paragraph("next: \("cd \(shellWord(result.folder)) && \(next)", .command)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.init.v1"), "folder": .string(result.folder), "template": .string(result.template.name),
        "commit": result.commit.map { .string($0.hex) } ?? .null, "files": .array(result.files.map { .string($0) }),
      ]))
  }
}
