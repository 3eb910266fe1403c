package import EthosHistory
package import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// The answer to `blame`.
package struct BlameAnswer: Sendable {
  package var key: EntryKey
  package var title: String
  package var revision: Revision
  package var blame: Blame
}

extension Workspace {
  /// The text of an entry's file with who gave each line its value, when and why.
  package func blame(_ reference: Reference, at name: String?) throws -> BlameAnswer {
    guard reference.path.isEmpty else {
      throw Failure.usage(
        "`blame` is about a whole file", help: "ask about one field: `ethos why \(shellWord("\(reference)"))`")
    }
    return try withLedger(reference.revision ?? name) { revision, ledger in
      guard let blame = try ledger.blame(reference.key), let document = try ledger.document(reference.key) else {
        let snapshot = try store.snapshot(ofTree: revision.commit.tree, kinds: [reference.key.kind])
        throw try noBlame(reference, snapshot)
      }
      return BlameAnswer(key: reference.key, title: document.title, revision: revision, blame: blame)
    }
  }

  private func noBlame(_ reference: Reference, _ snapshot: Snapshot) throws -> Failure {
    _ = try document(reference.key, in: snapshot)
    return Failure.cannot("the file of `\(reference.key)` cannot be shown")
  }
}
