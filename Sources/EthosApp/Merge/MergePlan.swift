import EthosDiff
import EthosGit
import EthosModel
package import EthosRecord
import EthosStore
import EthosSyntax

/// What merging one commit into another would do, with what stands in its way.
struct MergePlan {
  var bases: [Commit]
  var changes = TreeMergePlan()

  var conflicts: [MergeConflict] { changes.conflicts }
}

/// The tree that a merge would make.
package struct MergeOutcome: Sendable {
  /// The states that both sides come from; after criss-cross merges there are several.
  package var bases: [ObjectID]
  /// With conflicts, the tree that was merged into.
  package var tree: ObjectID
  package var conflicts: [MergeConflict]
}

extension Workspace {
  /// Merges a proposal, or any other commit, into another by meaning: what it changed since the two parted is taken over,
  /// field by field where both changed an entry.
  ///
  /// A merge that makes of the identity what neither side made of it is a conflict too: new errors, and decisions that
  /// decide a case as on neither side.
  package func merge(proposal tip: Commit, into main: Commit) throws -> MergeOutcome {
    let plan = try mergePlan(proposal: tip, into: main)
    var outcome = MergeOutcome(bases: plan.bases.map(\.id), tree: main.tree, conflicts: plan.conflicts)
    guard outcome.conflicts.isEmpty else { return outcome }
    if plan.bases.count == 1, plan.bases[0].tree == main.tree {
      outcome.tree = tip.tree
      return outcome
    }
    let tree = try repository.writeTree(base: main.tree, edits: plan.changes.edits(storingIn: repository))
    outcome.conflicts = try jointConflicts(bases: plan.bases, main, tip, tree: tree)
    if outcome.conflicts.isEmpty { outcome.tree = tree }
    return outcome
  }

  /// What merging a commit into another does to its tree; nothing is written.
  ///
  /// Of what the two make together only the decisions are looked at whose file both changed. Costs the difference of the
  /// two sides.
  func mergePlan(proposal tip: Commit, into main: Commit) throws -> MergePlan {
    let bases = try repository.mergeBases(main.id, tip.id).map { try repository.commit($0) }
    guard !bases.isEmpty else {
      throw Failure.cannot("the proposal shares no history with what is in force")
    }
    var plan = MergePlan(bases: bases)
    plan.changes = try TreeMerge(store, bases: bases.map(\.tree), ours: main.tree, theirs: tip.tree).plan()
    let decisions = plan.changes.written.map(\.key).filter { $0.kind == .decision }
    if !decisions.isEmpty {
      let before = try bases.map { try store.snapshot(ofTree: $0.tree) }
      let (left, right) = (try store.snapshot(ofTree: main.tree), try store.snapshot(ofTree: tip.tree))
      let together = ThreeWayMerge.merge(bases: before, ours: left, theirs: right)
      if together.conflicts.isEmpty {
        plan.changes.conflicts += thirdBehaviours(
          of: decisions, bases: before, ours: left, theirs: right, together: together.snapshot)
      }
    }
    plan.changes.conflicts = try plan.changes.conflicts.map { try attributed($0, bases, main, tip) }
    return plan
  }

  // MARK: - Who changed what conflicts

  func attributed(_ conflict: MergeConflict, _ bases: [Commit], _ main: Commit, _ tip: Commit) throws -> MergeConflict {
    var result = conflict
    guard conflict.kind != .coherence || conflict.entry != nil else { return result }
    result.main = try lastChange(of: conflict, from: bases, to: main)
    result.proposal = try lastChange(of: conflict, from: bases, to: tip)
    return result
  }

  /// The newest commit after the bases that made a field what it is at `end`, merges left aside; where none did, the
  /// newest that changed the file.
  private func lastChange(of conflict: MergeConflict, from bases: [Commit], to end: Commit) throws -> Commit? {
    var latest: Commit?
    for id in try repository.walk(from: [end.id], hiding: bases.map(\.id), order: .topological) {
      let commit = try repository.commit(id)
      guard commit.parents.count == 1, let parent = commit.parents.first else { continue }
      let old = try repository.commit(parent).tree
      if conflict.entry == nil || conflict.kind == .file {
        let before = try repository.entry(at: conflict.path, in: old)
        if try repository.entry(at: conflict.path, in: commit.tree) != before { return commit }
        continue
      }
      guard let key = conflict.entry, let states = try changedStates(of: key, old, commit.tree) else { continue }
      if latest == nil { latest = commit }
      let isChanged =
        conflict.kind == .path
        ? states.before?.path != states.after?.path
        : conflict.field.isEmpty
          ? states.before?.meaning != states.after?.meaning
          : states.before?.value(at: conflict.field) != states.after?.value(at: conflict.field)
      if isChanged { return commit }
    }
    return latest
  }

  /// An entry before and after a commit that changed its file; nil for other commits.
  private func changedStates(
    of key: EntryKey, _ before: ObjectID, _ after: ObjectID
  ) throws -> (before: Document?, after: Document?)? {
    let files = try store.changedFiles(before: before, after: after)
    func document(_ files: [IdentityFile]) throws -> Document? {
      for file in files where Kind(path: file.path) == key.kind {
        if let document = try store.read(file).document, document.key == key { return document }
      }
      return nil
    }
    let (left, right) = (try document(files.before), try document(files.after))
    return left == nil && right == nil ? nil : (left, right)
  }
}
