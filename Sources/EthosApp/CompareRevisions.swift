package import EthosDiff
import EthosGit
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// One side of a comparison.
package struct ComparisonSide: Sendable {
  /// What it is called: a revision as typed, `HEAD`, or `work tree`.
  package var name: String
  /// The commit, or nil for the work tree.
  package var commit: Commit?
  package var snapshot: Snapshot
}

/// What a comparison of two states of the identity found.
package struct ComparisonResult: Sendable {
  package var before: ComparisonSide
  package var after: ComparisonSide
  package var changes: ChangeSet
}

extension Workspace {
  /// Compares two revisions, a revision with the work tree, or HEAD with the work tree.
  ///
  /// Between two revisions only files that differ are read, with the charter; where a limit or a decision is among
  /// them, also the limits and those kinds that may use it, to say what the change touches and what is decided otherwise.
  package func compare(_ before: String?, _ after: String?) throws -> ComparisonResult {
    let first = try before.map { try revision($0) } ?? Revision(name: "HEAD", commit: try headCommit())
    guard let after else {
      guard !repository.isBare else {
        throw Failure.usage(
          "a bare repository has no work tree to compare with", help: "name two revisions: `ethos diff A B`")
      }
      try tellBehindOfWorkTree()
      let state = try store.workTree(against: first.commit.tree)
      let side = ComparisonSide(
        name: first.name, commit: first.commit, snapshot: try store.snapshot(ofTree: first.commit.tree))
      return try result(side, ComparisonSide(name: "work tree", commit: nil, snapshot: state.snapshot))
    }
    let second = try revision(after)
    let (left, right) = try sides(before: first.commit.tree, after: second.commit.tree)
    return try result(
      ComparisonSide(name: first.name, commit: first.commit, snapshot: left),
      ComparisonSide(name: second.name, commit: second.commit, snapshot: right))
  }

  /// The parts of two identities that a comparison needs.
  package func sides(before: ObjectID, after: ObjectID) throws -> (before: Snapshot, after: Snapshot) {
    guard before != after else { return (.empty, .empty) }
    let changed = try store.changedFiles(before: before, after: after)
    let kinds = Set((changed.before + changed.after).compactMap { Kind(path: $0.path) })
    if !kinds.isDisjoint(with: [.limit, .decision]), try isLarge(after),
      let sides = try narrowSides((before, changed.before), (after, changed.after))
    {
      return sides
    }
    let needed = Workspace.kindsBeside(kinds)
    func snapshot(_ tree: ObjectID, _ files: [IdentityFile]) throws -> Snapshot {
      let unchanged = try store.identityFiles(ofTree: tree, kinds: needed)
      return try store.snapshot(of: Array(Set(files).union(unchanged)).sorted { $0.path < $1.path })
    }
    return (try snapshot(before, changed.before), try snapshot(after, changed.after))
  }

  /// The kinds of which a comparison needs all entries, where some of these kinds changed: what a limit or a decision
  /// touches is found among them; where neither did, only the charter is read beside.
  static func kindsBeside(_ changed: Set<Kind>) -> Set<Kind> {
    changed.isDisjoint(with: [.limit, .decision])
      ? [.charter] : [.charter, .decision, .limit, .value, .exception, .system]
  }

  private func result(_ before: ComparisonSide, _ after: ComparisonSide) throws -> ComparisonResult {
    for side in [before, after] { try requireReadable(side.snapshot, side.name) }
    let severity = Severity(charter: before.snapshot.charter)
    return ComparisonResult(
      before: before, after: after,
      changes: try Behaviour.changes(
        from: before.snapshot, to: after.snapshot, severity: severity, progress: environment.progress))
  }

  /// What cannot be read cannot be compared: a change hidden in it would go unseen.
  package func requireReadable(_ snapshot: Snapshot, _ name: String) throws {
    guard snapshot.hasErrors else { return }
    throw Failure(
      .cannot, "the identity at `\(name)` cannot be read as a whole", help: ["correct it first: `ethos check`"],
      diagnostics: snapshot.diagnostics.filter { $0.severity == .error })
  }
}
