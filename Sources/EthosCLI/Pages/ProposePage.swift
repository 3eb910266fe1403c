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
