import EthosApp
import EthosDiff
import EthosModel
import EthosRecord
import EthosReport
import EthosText

/// What a proposal, a withdrawal or a reaffirmation recorded.
enum ProposePage {
  static func make(_ result: ProposeResult, isDryRun: Bool) -> Report {
    var blocks: [Block] = []
    let verb = isDryRun ? "would put" : "put"
    let kindOfProposal = result.isNew ? "a new proposal" : "the proposal"
    if result.paths.isEmpty {
      blocks.paragraph(
        "\(isDryRun ? "would give" : "gave") the proposal \(result.name, .name) the reason that it lacked")
    } else {
      blocks.paragraph("\(verb) \(counted(result.paths.count, "file")) into \(kindOfProposal) \(result.name, .name)")
      blocks.list(result.changes.acts().map { Item(.changed, ActLine.make($0)) })
      if result.changes.isEmpty { blocks.paragraph("no meaning changes") }
    }
    if !result.beside.isEmpty {
      blocks.paragraph("left as they are, for they are no files of the identity: \(.list(result.beside, .name))")
    }
    if let commit = result.commit {
      blocks.paragraph("on the branch \("proposals/\(result.name)", .reference) at \(commit.id.short, .reference)")
      blocks.paragraph("who must agree: \("ethos review \(shellWord(result.name))", .command)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.propose.v1"), "proposal": .string(result.name),
        "commit": result.commit.map { .string($0.id.hex) } ?? .null,
        "files": .array(result.paths.map { .string($0) }),
        "level": result.changes.level.map { .string($0.rawValue) } ?? .null,
        "beside": .strings(result.beside),
      ]))
  }
}

/// One act in a line: `limit-tightened limit/client-risk.atMost: 60 → 55 [major]`.
enum ActLine {
  static func make(_ act: Act) -> Inline {
    let change = act.change
    var line: Inline = "\(change.level) \(change.kind.id, .changed) "
    let place = change.field.isEmpty ? "\(change.entry)" : "\(change.entry).\(change.field)"
    line += "\(place, .reference)"
    let before = change.before?.summaryText
    let after = change.after?.summaryText
    if !change.field.isEmpty, let before, let after, before.count + after.count <= 60 {
      line += ": \(before, .removed) → \(after, .added)"
    } else if !change.field.isEmpty, before == nil, let after, after.count <= 60 {
      line += ": \(after, .added)"
    } else if !change.field.isEmpty, after == nil, let before, before.count <= 60 {
      line += ": was \(before, .removed)"
    }
    if !act.also.isEmpty {
      line += ", and the same on \(counted(act.also.count, "other")): \(.list(act.also.map(\.description), .reference))"
    }
    return line
  }
}
