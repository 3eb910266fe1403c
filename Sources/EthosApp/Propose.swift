package import EthosDiff
import EthosGit
import EthosHistory
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What a person says with a change.
package struct ChangeWords: Sendable {
  package var subject: String?
  package var because: String
  package var sources: [String]
  /// Reasons for single commitments, by reference.
  package var reasons: [(reference: Reference, because: String)]
  /// `Name <email>` of those who wrote it together with the author.
  package var coAuthors: [String]

  package init(
    subject: String? = nil, because: String, sources: [String] = [],
    reasons: [(reference: Reference, because: String)] = [], coAuthors: [String] = []
  ) {
    self.subject = subject
    self.because = because
    self.sources = sources
    self.reasons = reasons
    self.coAuthors = coAuthors
  }
}

/// What `propose` did, or would do.
package struct ProposeResult: Sendable {
  package var name: String
  package var commit: Commit?
  package var paths: [String]
  package var changes: ChangeSet
  package var isNew: Bool
  /// Changed files beside the identity's own, which were left as they are.
  package var beside: [String] = []
}

extension Workspace {
  /// Records the changed files of the identity in the work tree as a commit of a proposal, and switches to its branch.
  package func propose(_ name: String, words: ChangeWords, isDryRun: Bool) throws -> ProposeResult {
    try requireProposalName(name)
    guard !saysNothing(words.because) else {
      throw Failure.usage("a proposal needs a reason", help: "add `--because \"why\"`")
    }
    try tellBehindOfWorkTree()
    guard !repository.isBare else {
      if let result = try supplyReason(for: name, words: words, isDryRun: isDryRun) { return result }
      throw Failure.usage(
        "a bare repository has no work tree",
        help: "edit with `ethos set REF VALUE --proposal \(shellWord(name)) --because …`")
    }
    let branch: String
    let head: Commit
    switch try repository.head() {
    case .branch(let name, let id): (branch, head) = (name, try repository.commit(id))
    case .detached:
      throw Failure.cannot("HEAD is on no branch", help: "go to one first: `git switch \(shellWord(try mainBranch()))`")
    case .unborn:
      head = try headCommit()
      branch = ""
    }
    let mine = RecordReference.proposalBranch(name)
    let tip = try repository.reference(RecordReference.proposal(name))
    if branch.begins(with: "proposals/"), branch != mine {
      throw Failure.cannot(
        "the work tree is on the proposal `\(branch.dropping("proposals/") ?? branch)`",
        help: "add to it with its own name, or go back first: `git switch \(shellWord(try mainBranch()))`")
    }
    if tip != nil, branch != mine {
      if try store.workTree(against: head.tree).changed.isEmpty,
        let result = try supplyReason(for: name, words: words, isDryRun: isDryRun)
      {
        return result
      }
      throw Failure.cannot(
        "there is a proposal `\(name)` already",
        help: "go to it: `git switch \(shellWord(mine))`, or choose another name")
    }
    if tip == nil, case .record? = try closing(name) {
      throw Failure.cannot("a proposal `\(name)` was withdrawn before", help: "choose another name")
    }
    if tip == nil, try store.proposal(name) != nil {
      throw Failure.cannot(
        "somebody has proposed `\(name)` already",
        help: "go to it: `git switch \(shellWord(mine))`, or choose another name")
    }
    let state = try store.workTree(against: head.tree)
    try requireReadable(state.snapshot, "work tree")
    try requireUnobstructed(state.snapshot, in: state.changedKeys, "work tree")
    guard !state.changed.isEmpty else {
      if let result = try supplyReason(for: name, words: words, isDryRun: isDryRun) { return result }
      throw Failure.no(
        "nothing to propose: no file of the identity differs from HEAD",
        help: state.beside.isEmpty
          ? "change something first, as with `ethos set`"
          : "\(state.beside.prefix(5).map { "`\(visibleText($0))`" }.joined(separator: ", ")) "
            + (state.beside.count == 1 ? "is no file of the identity" : "are no files of the identity"))
    }
    let before = try store.snapshot(ofTree: head.tree)
    // What is committed is read once: what another process writes meanwhile is not in it, and not told as if it were.
    let tree = isDryRun ? nil : try repository.writeTree(base: head.tree, edits: try edits(for: state.changed))
    let after = try tree.map { try store.snapshot(ofTree: $0) } ?? state.snapshot
    try requireReadable(after, "work tree")
    try requireUnobstructed(after, in: state.changedKeys, "work tree")
    let changes = try Behaviour.changes(
      from: before, to: after, severity: Severity(charter: before.charter), progress: environment.progress)
    var result = ProposeResult(name: name, commit: nil, paths: state.changed, changes: changes, isNew: tip == nil)
    result.beside = state.beside
    // A draft may have errors that are not in its own files; that it cannot come into force so is said at once.
    try tellHindrances(of: after, after: head, command: "ethos propose \(shellWord(name)) --because …")
    guard let tree else { return result }

    var record = ChangeRecord(
      subject: words.subject
        ?? Workspace.subject(for: changes.edited(in: state.changed, before, after), name: name),
      because: words.because)
    record.sources = words.sources
    record.reasons = words.reasons.map { ChangeRecord.Reason(reference: $0.reference, because: $0.because) }
    record.coAuthors = words.coAuthors
    let commit = try recordCommit(
      tree: tree, parents: [head.id], author: try author(), committer: try committer(), message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.proposal(name), before: tip, after: commit,
        reflogMessage: "ethos propose: \(record.subject)")
    ]
    if branch != mine { transaction.head = (branch, mine) }
    transaction.staged = state.changed
    try perform(transaction)
    result.commit = try repository.commit(commit)
    return result
  }

  func requireProposalName(_ name: String) throws {
    guard ProposalName.isValid(name) else {
      throw Failure.usage(
        "`\(name)` cannot be the name of a proposal", help: "use letters, digits, `-` and `_`, as in `raise-the-limit`")
    }
  }

  /// Records the reason of commits of a proposal that gave none: a commit that changes no file.
  ///
  /// Nil where none lacks one.
  private func supplyReason(for name: String, words: ChangeWords, isDryRun: Bool) throws -> ProposeResult? {
    guard let id = try repository.reference(RecordReference.proposal(name)) else { return nil }
    let lacking = try ProposalReader(store).facts(tip: id, base: [mainCommit().id]).withoutReason
    guard !lacking.isEmpty else { return nil }
    var result = ProposeResult(name: name, commit: nil, paths: [], changes: ChangeSet(changes: []), isNew: false)
    guard !isDryRun else { return result }
    let tip = try repository.commit(id)
    let subjects = lacking.map { ChangeRecord(message: $0.message).subject }
    var record = ChangeRecord(
      subject: words.subject ?? "Give the reason: \(subjects.joined(separator: "; ").prefix(60))",
      because: words.because)
    record.sources = words.sources
    let commit = try recordCommit(
      tree: tip.tree, parents: [tip.id], author: try author(), committer: try committer(), message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.proposal(name), before: tip.id, after: commit,
        reflogMessage: "ethos propose: \(record.subject)")
    ]
    try perform(transaction)
    result.commit = try repository.commit(commit)
    return result
  }

  /// The edits that bring a tree to what the work tree has at these paths.
  private func edits(for paths: [String]) throws -> [TreeEdit] {
    try paths.map { path in
      let file = try repository.workTreeFile(RepositoryPath(path))
      return TreeEdit(path, try file.map { TreeLeaf(mode: $0.mode, id: try repository.writeBlob($0.content)) })
    }
  }

  /// A subject for a change that was given none: what it does, in a line.
  static func subject(for changes: ChangeSet, name: String) -> String {
    let acts = changes.acts()
    guard let first = acts.first else { return "Rework the files of the identity: \(name)" }
    let entries = changes.entries
    if entries.count == 1, acts.count == 1 {
      let field =
        first.change.field.isEmpty
        ? "\(first.change.entry)" : "\(Reference(first.change.entry, path: first.change.field))"
      if let before = first.change.before?.summaryText, let after = first.change.after?.summaryText,
        before.utf8.count + after.utf8.count < 40
      {
        return "Change \(field) from \(before) to \(after)"
      }
      return
        "\(first.change.kind.action.rawValue.prefix(1).uppercased())\(first.change.kind.action.rawValue.dropFirst()): \(field)"
    }
    let named = entries.prefix(3).map(\.description).joined(separator: ", ")
    return "Change \(named)\(entries.count > 3 ? " and \(entries.count - 3) more" : "")"
  }

  /// Refuses to move a branch under another work tree that shows it: what it shows would look like a change of the user's.
  private func requireNotElsewhere(_ transaction: Transaction) throws {
    let moved = try transaction.updates.filter { update in
      guard let before = update.before, update.name.begins(with: "refs/heads/") else { return false }
      guard let after = update.after else { return true }
      return try repository.commit(before).tree != repository.commit(after).tree
    }
    let names = Set(moved.map(\.name) + (transaction.head.map { [RecordReference.branch($0.after)] } ?? []))
    for other in try store.otherWorkTrees() where names.contains(RecordReference.branch(other.branch)) {
      throw Failure.cannot(
        "the branch `\(other.branch)` is checked out in another work tree, `\(other.path)`",
        help: "do it there: `cd \(other.path)`, or let that one go: `git -C \(other.path) switch --detach`")
    }
  }

  /// Commits a transaction, and says in a person's words why it could not be.
  func perform(_ transaction: Transaction) throws {
    try requireNotElsewhere(transaction)
    do {
      try store.commit(transaction)
    } catch let error as TransactionError {
      throw Failure(error)
    }
  }
}

extension ChangeSet {
  /// The changes that were made in these files, without what moves along elsewhere, or here for a reason elsewhere.
  fileprivate func edited(in paths: [String], _ before: Snapshot, _ after: Snapshot) -> ChangeSet {
    let files = Set(paths.map { Array($0.utf8) })
    func isEdited(_ key: EntryKey) -> Bool {
      [before[key], after[key]].contains { document in
        document?.source.map { files.contains(Array($0.path.utf8)) } ?? false
      }
    }
    let written = changes.filter { isEdited($0.entry) }
    // A decision that was only set up anew, and decides otherwise, is told by what it decides.
    let made = written.filter(\.causes.isEmpty)
    return ChangeSet(changes: made.isEmpty ? written : made)
  }
}
