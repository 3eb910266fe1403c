import EthosGit
import EthosModel
package import EthosRecord
import EthosStore
import EthosSyntax
import EthosText

/// Where an edit goes: the work tree, or a commit of a proposal where there is no work tree.
package enum EditTarget: Sendable {
  case workTree
  /// A commit on `proposals/NAME`, which is made where it is missing.
  case proposal(name: String, because: String?)
}

/// One file as an edit leaves it; nil bytes remove it.
package struct FileEdit: Hashable, Sendable {
  package var path: String
  package var bytes: [UInt8]?

  package init(path: String, bytes: [UInt8]?) {
    self.path = path
    self.bytes = bytes
  }
}

/// What an edit did, or would do.
package struct EditResult: Sendable {
  package var changed: [String]
  /// The commit, where the edit made one.
  package var commit: ObjectID?
  package var isDryRun: Bool
}

extension Workspace {
  /// The file of an entry, as the edit's target has it now.
  func editableSource(of key: EntryKey, in target: EditTarget) throws -> SourceText {
    let snapshot = try editableSnapshot(target)
    if case .workTree = target { try requireNoConflict(key, in: snapshot) }
    guard let source = try document(key, in: snapshot).source else {
      throw Failure.cannot("the file of `\(key)` cannot be read")
    }
    return source
  }

  func editableSnapshot(_ target: EditTarget) throws -> Snapshot {
    switch target {
    case .workTree:
      guard !repository.isBare else {
        throw Failure.usage(
          "a bare repository has no work tree to edit", help: "write to a proposal: add `--proposal NAME --because …`")
      }
      let snapshot = try currentSnapshot()
      editedSnapshot = snapshot
      return snapshot
    case .proposal(let name, _):
      try requireProposalName(name)
      let tip = try store.proposal(name)?.tip
      return try store.snapshot(ofTree: try tip.map { try repository.commit($0).tree } ?? mainCommit().tree)
    }
  }

  /// Writes files of the work tree, where they are as the edit found them.
  private func replace(_ edits: [FileEdit], _ what: String) throws {
    var found: [[UInt8]: [UInt8]] = [:]
    for document in editedSnapshot?.documents.values.map({ $0 }) ?? [] {
      guard let source = document.source else { continue }
      found[Array(source.path.utf8)] = source.bytes
    }
    try store.replaceWorkTree(
      edits.map { edit in
        let before: FileReplacement.Before =
          if let bytes = found[Array(edit.path.utf8)] {
            .content(bytes)
          } else {
            // What the identity has no entry of was not there; of other files nothing was read.
            editedSnapshot != nil && Kind(path: edit.path) != nil ? .nothing : .anything
          }
        return FileReplacement(path: edit.path, before: before, after: edit.bytes)
      }, what: what)
  }

  /// Applies edits of whole files: each atomically in the work tree, or all in one commit of a proposal.
  package func apply(_ edits: [FileEdit], to target: EditTarget, subject: String, isDryRun: Bool) throws -> EditResult {
    var result = EditResult(changed: edits.map(\.path).sorted(), commit: nil, isDryRun: isDryRun)
    guard !isDryRun, !edits.isEmpty else { return result }
    switch target {
    case .workTree:
      try replace(edits.sorted { $0.path < $1.path }, "ethos: \(subject)")
    case .proposal(let name, let because):
      guard let because, !saysNothing(because) else {
        throw Failure.usage("a change of a proposal needs a reason", help: "add `--because \"why\"`")
      }
      let proposal = try store.proposal(name)
      let parent = try (proposal?.tip).map { try repository.commit($0) } ?? mainCommit()
      let tree = try repository.writeTree(
        base: parent.tree,
        edits: try edits.map { edit in
          TreeEdit(edit.path, try edit.bytes.map { TreeLeaf(mode: .file, id: try repository.writeBlob($0)) })
        })
      let record = ChangeRecord(subject: subject, because: because)
      try tellHindrances(
        of: store.snapshot(ofTree: tree), after: parent,
        command: "ethos set REF VALUE --proposal \(shellWord(name)) --because …")
      let commit = try recordCommit(
        tree: tree, parents: [parent.id], author: try author(), committer: try committer(), message: record.message)
      try moveProposal(name, from: proposal, showing: parent.tree, to: (commit, tree), "ethos: \(subject)")
      result.commit = commit
    }
    return result
  }
}
