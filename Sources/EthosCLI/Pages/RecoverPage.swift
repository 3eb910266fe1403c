import EthosApp
import EthosRecord
import EthosReport
import EthosStore
import EthosText

enum RecoverPage {
  static func make(_ result: Recovered, isDryRun: Bool) -> Report {
    let leftover = result.leftover
    let what: Inline = "\(leftover.what, .name)"
    var blocks: [Block] = []
    switch leftover.state {
    case .untouched:
      blocks.paragraph("\(what) was interrupted before it changed anything: there is nothing to take back")
    case .done: blocks.paragraph("\(what) was done before it was interrupted")
    case .halfDone:
      let would = isDryRun ? "would " : ""
      switch result.way {
      case .finish: blocks.paragraph("\(would)\(isDryRun ? "finish" : "finished") \(what)")
      case .back: blocks.paragraph("\(would)\(isDryRun ? "take" : "took") back \(what)")
      case .keep: blocks.paragraph("\(would)\(isDryRun ? "leave" : "left") \(what) as it is")
      }
      if !leftover.changedSince.isEmpty {
        blocks.paragraph(
          "changed since, and \(isDryRun ? "would stay" : "stays") as it is: "
            + Inline.sentence(leftover.changedSince.map { Inline($0, .name) }))
      }
    }
    if !leftover.locks.isEmpty {
      blocks.paragraph("\(isDryRun ? "would remove" : "removed") the locks that it left:")
      blocks.list(leftover.locks.map { Item(.removed, Inline($0, .name)) })
    }
    if !result.kept.isEmpty {
      let verb = isDryRun ? "would be kept" : "is kept"
      blocks.paragraph(
        "what was taken back \(verb) as \(Inline.sentence(result.kept.map { Inline($0.name, .reference) }))")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.recover.v1"), "what": .string(leftover.what),
        "changedSince": .array(leftover.changedSince.map { .string($0) }),
        "locks": .array(leftover.locks.map { .string($0) }),
        "kept": .array(result.kept.map { ["name": .string($0.name), "id": .string($0.commit.hex)] }),
        "dryRun": .boolean(isDryRun),
      ]))
  }
}
