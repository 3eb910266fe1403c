import EthosDiff
import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax

extension IdentityStore {
  /// What a commit changed in meaning against its first parent, entry by entry; what it touches elsewhere is not among
  /// it.
  ///
  /// Costs the files that differ, and the charter.
  func changes(of commit: Commit) throws -> (before: Snapshot, after: Snapshot, changes: ChangeSet) {
    let before = try commit.parents.first.map { try repository.commit($0).tree }
    let files = try changedFiles(before: before, after: commit.tree)
    let charters = try before.map { try charter(ofTree: $0) } ?? nil
    func snapshot(_ files: [IdentityFile], _ charter: Document?) throws -> Snapshot {
      let documents = try files.compactMap { try read($0).document }
      return Snapshot(
        documents: documents + (documents.contains { $0.kind == .charter } ? [] : [charter].compactMap { $0 }))
    }
    // A charter that did not change is the same on both sides, and a comparison needs it for the order of the ranks.
    let old = try snapshot(files.before, charters)
    let new = try snapshot(files.after, try charter(ofTree: commit.tree))
    return (old, new, Comparison.changes(from: old, to: new, severity: Severity(charter: charters)))
  }
}
