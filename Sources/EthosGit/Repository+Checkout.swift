internal import CGit2
package import EthosRecord

extension Repository {
  /// Brings work tree and index from one tree to another; nil is a tree without anything.
  ///
  /// Only what differs between the two trees is looked at and written. See `updateWorkTree`.
  package func checkout(from before: ObjectID?, to after: ObjectID?) throws(GitError) {
    try updateWorkTree(try treeDifference(before: before, after: after), updatingIndex: true)
  }

  /// Makes changes in the work tree, if it stands where they begin, and in the index where that is wanted.
  ///
  /// Everything is checked before anything is written: each path must be as its change has it before or, so that an
  /// interrupted call can be repeated, already as it has it after; and in the index too, where that is updated. Then
  /// files are removed, the new ones are put in place one by one, each in one step, and the index is written last. No
  /// link on the way to a file is followed, and no folder of a submodule is looked into.
  ///
  /// A rehearsal does all of the checking and nothing of the writing. Who holds the lock of the index already hands it in.
  ///
  /// - Throws: `.wouldOverwrite` with all paths where the user's work would be lost, files that git does not know and
  ///   ignored ones included; `.locked`, `.unreadableIndex`, `.bareRepository`. In all these nothing was touched, except
  ///   that a file which somebody changes during the call stops it where it stands.
  package func updateWorkTree(
    _ changes: [TreeChange], updatingIndex: Bool, isRehearsal: Bool = false, under held: IndexLock? = nil
  ) throws(GitError) {
    let changes = changes.sorted { $0.path < $1.path }
    for change in changes { try change.path.validate() }
    let workTree = try WorkTree(self)
    if !updatingIndex {
      let plan = try workTree.plan(changes) { _ in nil }
      if !isRehearsal { try workTree.carryOut(plan) }
      return
    }
    let lock = if let held { held } else { try IndexLock(self) }
    defer { withExtendedLifetime(lock) {} }
    let index = try isRehearsal ? UserIndex(self) : UserIndex(self, under: lock)
    var staged = try stagedEdits(changes, in: index)
    let plan: [WorkTree.Step]
    do throws(GitError) {
      plan = try workTree.plan(changes) { index.entry(at: $0) }
    } catch {
      guard error.code == .wouldOverwrite else { throw error }
      plan = []
      staged.formUnion(error.paths)
    }
    if !staged.isEmpty { throw WorkTree.wouldOverwrite(Array(staged)) }
    if isRehearsal { return }
    try workTree.carryOut(plan)
    for step in plan where step.change.after == nil { try index.remove(step.change.path) }
    for step in plan {
      guard let after = step.change.after else { continue }
      let stamp = after.mode == .submodule || step.isLeftOut ? nil : try workTree.stamp(of: step.change.path)
      try index.add(step.change.path, after, stamp: stamp, isLeftOut: step.isLeftOut)
    }
    try index.write()
  }

  /// Makes the index agree with a tree at some paths, after a commit that was made without it: `git status` is clean then.
  ///
  /// Whatever the user had staged at these paths is replaced; the work tree is not touched.
  package func stage(
    _ paths: [RepositoryPath], from tree: ObjectID, under held: IndexLock? = nil
  ) throws(GitError) {
    let workTree = try WorkTree(self)
    let lock = if let held { held } else { try IndexLock(self) }
    defer { withExtendedLifetime(lock) {} }
    let index = try UserIndex(self, under: lock)
    var leaves: [(RepositoryPath, TreeLeaf)] = []
    for path in paths {
      try path.validate()
      if let leaf = try entry(at: path, in: tree), leaf.mode != .tree {
        leaves.append((path, leaf))
      } else {
        try index.remove(path)
      }
    }
    for (path, leaf) in leaves {
      let state = leaf.mode == .submodule ? nil : try workTree.state(of: path, expected: [leaf])
      let isLeftOut = index.entry(at: path)?.isLeftOut == true && state?.leaf == nil
      // Without a stamp git compares the content, and finds the user's edit.
      try index.add(path, leaf, stamp: state?.leaf == leaf ? state?.stamp : nil, isLeftOut: isLeftOut)
    }
    try index.write()
  }

  /// The paths where the user has staged something that is on neither side of a change.
  private func stagedEdits(_ changes: [TreeChange], in index: borrowing UserIndex) throws(GitError) -> Set<String> {
    var staged: Set<String> = []
    for change in changes {
      let leaf = index.entry(at: change.path)?.leaf
      if index.isInConflict(change.path) || (leaf != change.before && leaf != change.after) {
        staged.insert(change.path.description)
      }
    }
    return staged
  }

  /// Which of some changes are still to be made: their paths are as before in the work tree or in the index.
  package func remaining(of changes: [TreeChange]) throws(GitError) -> [RepositoryPath] {
    let workTree = try WorkTree(self)
    let index = try UserIndex(self)
    var remaining: [RepositoryPath] = []
    for change in changes where change.before != change.after {
      let entry = index.entry(at: change.path)
      var isBefore = entry?.leaf == change.before
      if !isBefore, entry?.isLeftOut != true {
        let state = try workTree.state(of: change.path, expected: [change.before, change.after])
        isBefore = state.leaf == change.before
      }
      if isBefore { remaining.append(change.path) }
    }
    return remaining
  }

  /// The paths of some at which the index does not agree with a tree.
  package func unstaged(_ paths: [RepositoryPath], from tree: ObjectID) throws(GitError) -> [RepositoryPath] {
    let index = try UserIndex(self)
    var unstaged: [RepositoryPath] = []
    for path in paths {
      let leaf = try entry(at: path, in: tree)
      if index.entry(at: path)?.leaf != (leaf?.mode == .tree ? nil : leaf) { unstaged.append(path) }
    }
    return unstaged
  }
}
