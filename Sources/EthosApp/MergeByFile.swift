import EthosSyntax
import EthosGit
package import EthosModel
package import EthosRecord
import EthosStore

/// A commitment, or another file, that both sides of a merge changed.
package struct MergeConflict: Hashable, Sendable {
  /// The entry, where the path is one of the identity's.
  package var entry: EntryKey?
  package var path: String
  /// The last commits that changed it on each side.
  package var main: Commit?
  package var proposal: Commit?
}

/// What ratifying a proposal would do to the files in force.
struct MergePlan {
  var base: Commit
  var edits: [TreeEdit] = []
  var conflicts: [MergeConflict] = []
}

/// The tree that ratifying a proposal would make.
package struct MergeByFile: Sendable {
  package var base: ObjectID
  package var tree: ObjectID
  package var conflicts: [MergeConflict]
}

extension Workspace {
  /// Merges a proposal into main by whole files: what the proposal changed since it left main is taken over.
  package func merge(proposal tip: Commit, into main: Commit) throws -> MergeByFile {
    let plan = try mergePlan(proposal: tip, into: main)
    let tree: ObjectID
    if !plan.conflicts.isEmpty {
      tree = main.tree
    } else {
      tree = try plan.base.tree == main.tree ? tip.tree : repository.writeTree(base: main.tree, edits: plan.edits)
    }
    return MergeByFile(base: plan.base.id, tree: tree, conflicts: plan.conflicts)
  }

  /// What merging a proposal into main by whole files does; nothing is written.
  ///
  /// A path, or an entry, that both sides changed to different ends is a conflict; merging inside a file by meaning is
  /// not done here. Costs the difference of the two sides.
  func mergePlan(proposal tip: Commit, into main: Commit) throws -> MergePlan {
    guard let baseID = try repository.mergeBases(main.id, tip.id).first else {
      throw Failure.cannot("the proposal shares no history with what is in force")
    }
    let base = try repository.commit(baseID)
    var plan = MergePlan(base: base)
    let theirs = try repository.treeDifference(before: base.tree, after: tip.tree)
    let ours = Dictionary(
      try repository.treeDifference(before: base.tree, after: main.tree).map { ($0.path, $0) }
    ) { first, _ in first }
    for change in theirs {
      if let other = ours[change.path] {
        if other.after == change.after { continue }
        let path = change.path.description
        plan.conflicts.append(
          try conflict(path: path, entry: try entry(at: path, base.tree, tip.tree), base, main, tip))
      } else {
        plan.edits.append(TreeEdit(path: change.path, leaf: change.after))
      }
    }
    let both = try changedEntries(base.tree, main.tree).intersection(changedEntries(base.tree, tip.tree))
    let known = Set(plan.conflicts.compactMap(\.entry))
    if !both.isSubset(of: known) {
      let (mainSide, tipSide) = (try store.snapshot(ofTree: main.tree), try store.snapshot(ofTree: tip.tree))
      for key in both.subtracting(known).sorted() where mainSide[key]?.meaning != tipSide[key]?.meaning {
        plan.conflicts.append(
          try conflict(path: tipSide[key]?.path ?? mainSide[key]?.path ?? "", entry: key, base, main, tip))
      }
    }
    return plan
  }

  /// The entries whose meaning differs between two trees.
  private func changedEntries(_ before: ObjectID, _ after: ObjectID) throws -> Set<EntryKey> {
    let files = try store.changedFiles(before: before, after: after)
    let (left, right) = (try store.snapshot(of: files.before), try store.snapshot(of: files.after))
    return Set(left.keys + right.keys).filter { left[$0]?.meaning != right[$0]?.meaning }
  }

  private func entry(at path: String, _ trees: ObjectID...) throws -> EntryKey? {
    guard let kind = Kind(path: path) else { return nil }
    for tree in trees {
      guard let found = try repository.entry(at: path, in: tree) else { continue }
      let file = IdentityFile(path: path, mode: found.mode, blob: found.id)
      if let key = try store.read(file).document?.key { return key }
    }
    return kind == .charter ? .charter : nil
  }

  private func conflict(path: String, entry: EntryKey?, _ base: Commit, _ main: Commit, _ tip: Commit) throws
    -> MergeConflict
  {
    MergeConflict(
      entry: entry, path: path, main: try lastChange(of: path, from: base, to: main),
      proposal: try lastChange(of: path, from: base, to: tip))
  }

  /// The newest commit after `base` that made a path what it is at `end`, merges left aside.
  private func lastChange(of path: String, from base: Commit, to end: Commit) throws -> Commit? {
    for id in try repository.walk(from: [end.id], hiding: [base.id], order: .topological) {
      let commit = try repository.commit(id)
      guard commit.parents.count == 1, let parent = commit.parents.first else { continue }
      let before = try repository.entry(at: path, in: repository.commit(parent).tree)
      if try repository.entry(at: path, in: commit.tree) != before { return commit }
    }
    return nil
  }
}
