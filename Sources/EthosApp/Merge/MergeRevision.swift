package import EthosDiff
import EthosGit
package import EthosModel
package import EthosRecord
import EthosStore

/// What a merge did, would do, or could not do.
package struct MergeResult: Sendable {
  /// The branch that is merged into.
  package var branch: String
  package var ours: Commit
  /// What is merged, as it was named.
  package var name: String
  package var theirs: Commit
  package var bases: [ObjectID]
  /// What the branch says otherwise than before.
  package var changes: ChangeSet
  package var before: Snapshot
  package var after: Snapshot
  package var conflicts: [MergeConflict]
  /// Whether the branch holds it already.
  package var isHeld: Bool
  /// The merge; nil where nothing was written.
  package var commit: ObjectID?
}

extension Workspace {
  /// Merges a revision or a proposal into the branch that is checked out, by meaning, as a commit with both as parents.
  ///
  /// With conflicts nothing is written. The branch in force is changed by ratifying alone.
  package func merge(_ name: String, because: String?, isDryRun: Bool) throws -> MergeResult {
    let (branch, ours) = try mergeTarget()
    let theirs = try merged(name)
    var result = MergeResult(
      branch: branch, ours: ours, name: name, theirs: theirs, bases: [], changes: ChangeSet(changes: []),
      before: .empty, after: .empty, conflicts: [], isHeld: try repository.isAncestor(theirs.id, of: ours.id))
    guard !result.isHeld else { return result }
    guard try !repository.mergeBases(ours.id, theirs.id).isEmpty else {
      throw Failure.cannot("`\(name)` and `\(branch)` share no history", help: "there is no state to merge from")
    }
    let merge = try merge(proposal: theirs, into: ours)
    result.bases = merge.bases
    result.conflicts = merge.conflicts
    result.before = try store.snapshot(ofTree: ours.tree)
    guard merge.conflicts.isEmpty else { return result }
    result.after = try store.snapshot(ofTree: merge.tree)
    if !result.before.hasErrors, !result.after.hasErrors {
      result.changes = try Behaviour.changes(
        from: result.before, to: result.after, severity: Severity(charter: result.before.charter))
    }
    guard !isDryRun else { return result }
    let record = ChangeRecord(subject: "Merge \(name) into \(branch)", because: because ?? "")
    let commit = try recordCommit(
      tree: merge.tree, parents: [ours.id, theirs.id], author: try author(), committer: try committer(),
      message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.branch(branch), before: ours.id, after: commit, reflogMessage: "ethos merge: \(name)")
    ]
    transaction.checkout = (ours.tree, merge.tree)
    try perform(transaction)
    result.commit = commit
    return result
  }

  /// The branch that is checked out, which must not be the one in force.
  private func mergeTarget() throws -> (branch: String, tip: Commit) {
    guard !repository.isBare else {
      throw Failure.cannot("a bare repository has no branch that is checked out", help: "merge in a clone")
    }
    guard case .branch(let branch, let id) = try repository.head() else {
      throw Failure.cannot("no branch is checked out to merge into", help: "check one out: `git switch BRANCH`")
    }
    guard try branch != mainBranch() else {
      throw Failure.no(
        "`\(branch)` is in force, and what is in force is changed by ratifying a proposal",
        help: "ratify it: `ethos ratify NAME`", "or check out the branch to merge into: `git switch BRANCH`")
    }
    return (branch, try repository.commit(id))
  }

  /// The commit that is to be merged: the tip of a proposal, or a revision.
  private func merged(_ name: String) throws -> Commit {
    if let proposal = try store.proposals().first(where: { $0.name == name }) {
      if let other = try thing(named: RevisionName(name)) {
        throw Failure.cannot(
          "`\(name)` is a proposal and a \(other.kind)", help: "for the proposal, type `proposals/\(name)`",
          "for the \(other.kind), type `\(other.fullName)`")
      }
      return try repository.commit(proposal.tip)
    }
    return try revision(name).commit
  }
}
