import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// The people's SSH keys as a file of allowed signers, as they stand at a revision, or in what is in force.
  package func exportSigners(at revision: String?) throws -> String {
    let commit = try revision.map { try self.revision($0).commit } ?? mainCommit()
    let snapshot = try store.snapshot(ofTree: commit.tree)
    try requireReadable(snapshot, revision ?? commit.id.short)
    let zone = zone(of: snapshot)
    let text = Signers(snapshot: snapshot).allowedSigners { zone.instant($0, hour: 0) }
    guard !text.isEmpty else {
      throw Failure.no(
        "no person has an SSH key and an address \(revision.map { "at `\($0)`" } ?? "in what is in force")",
        help: "add one to a file in people/ by a proposal: `keys: [{key: ssh-ed25519 AAAA…, from: DAY}]`")
    }
    return text
  }
}
