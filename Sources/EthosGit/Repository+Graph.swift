internal import CGit2
package import EthosRecord

/// Which commits a walk gives, and in which order.
package enum WalkOrder: Sendable {
  /// Every commit before its parents; where the graph leaves it open, the newer committer date first.
  case topological
  /// Only the line of first parents, from each start.
  case firstParent
}

extension Repository {
  /// Whether a commit is another, or one of its ancestors.
  package func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
    if ancestor == descendant { return true }
    var (low, high) = (try ancestor.raw(), try descendant.raw())
    let result = git_graph_descendant_of(pointer, &high, &low)
    if result < 0 {
      let error = graphError(result, "compare `\(ancestor.short)` with `\(descendant.short)`")
      return try readable(error, from: [descendant]).ancestors(of: [descendant]).contains(ancestor)
    }
    return result == 1
  }

  /// The best common ancestors of two commits: none, one, or, after criss-cross merges, several; sorted.
  package func mergeBases(_ left: ObjectID, _ right: ObjectID) throws(GitError) -> [ObjectID] {
    var (first, second) = (try left.raw(), try right.raw())
    var array = git_oidarray()
    let result = git_merge_bases(&array, pointer, &first, &second)
    if result == GIT_ENOTFOUND.rawValue {
      let error = graphError(result, "find the merge base")
      // Commits without a common ancestor are reported alike; a history that is whole down to its first commits has none.
      if error.code == .shallowRepository { throw error }
      return []
    }
    if result < 0 {
      return try readable(graphError(result, "find the merge base"), from: [left, right]).mergeBases(left, right)
    }
    defer { git_oidarray_dispose(&array) }
    return UnsafeBufferPointer(start: array.ids, count: array.count).map { ObjectID($0) }.sorted()
  }

  /// The commits that are reached from some, and not from others; children before their parents.
  package func walk(
    from starts: [ObjectID], hiding hidden: [ObjectID] = [], order: WalkOrder = .topological
  ) throws(GitError) -> [ObjectID] {
    switch order {
    case .topological: return try readableWalk(from: starts, hiding: hidden)
    case .firstParent:
      // Hidden is what can be reached from the hidden commits over *all* parents, as in `git log --first-parent`.
      let shown = hidden.isEmpty ? nil : Set(try readableWalk(from: starts, hiding: hidden))
      var line: [ObjectID] = []
      var seen: Set<ObjectID> = []
      for start in starts {
        var next: ObjectID? = start
        while let id = next, shown?.contains(id) ?? true, seen.insert(id).inserted {
          line.append(id)
          next = try readableFirstParent(of: id)
        }
      }
      return line
    }
  }

  /// The first parent of a commit; nil where there is none or it cannot be read.
  ///
  /// A line ends above what cannot be read, as `verify` tells: nothing below it is known to be of the line.
  package func readableFirstParent(of id: ObjectID) throws(GitError) -> ObjectID? {
    guard let parent = try parents(of: id).first else { return nil }
    do throws(GitError) {
      _ = try parents(of: parent)
      return parent
    } catch {
      guard error.isOfObject else { throw error }
      return nil
    }
  }

  private func readableWalk(from starts: [ObjectID], hiding hidden: [ObjectID]) throws(GitError) -> [ObjectID] {
    do throws(GitError) {
      return try topologicalWalk(from: starts, hiding: hidden)
    } catch {
      return try readable(error, from: starts + hidden).walk(from: starts, hiding: hidden)
    }
  }

  /// The graph as far as it can be read, where libgit2 met a commit that it cannot.
  ///
  /// The ends themselves must be readable.
  private func readable(_ error: GitError, from ends: [ObjectID]) throws(GitError) -> ReadableGraph {
    guard error.isOfObject else { throw error }
    for end in ends { _ = try parents(of: end) }
    return ReadableGraph(repository: self)
  }

  /// The walk of libgit2, which ends at the first commit that it cannot read.
  func topologicalWalk(from starts: [ObjectID], hiding hidden: [ObjectID]) throws(GitError) -> [ObjectID] {
    let walk = try Handle(.walk, of: self, doing: "walk the history") { git_revwalk_new($0, pointer) }
    // Each call replaces the order of the one before.
    let sorting = GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue
    try check(git_revwalk_sorting(walk.pointer, sorting), "order the history")
    for start in starts {
      var raw = try start.raw()
      let result = git_revwalk_push(walk.pointer, &raw)
      if result < 0 { throw graphError(result, "walk from `\(start)`") }
    }
    for hiding in hidden {
      var raw = try hiding.raw()
      let result = git_revwalk_hide(walk.pointer, &raw)
      if result < 0 { throw graphError(result, "hide `\(hiding)`") }
    }
    var commits: [ObjectID] = []
    while true {
      var id = git_oid()
      let result = git_revwalk_next(&id, walk.pointer)
      if result == GIT_ITEROVER.rawValue { break }
      if result < 0 { throw graphError(result, "walk the history") }
      commits.append(ObjectID(id))
    }
    git_error_clear()
    return commits
  }

  private func graphError(_ result: Int32, _ action: String) -> GitError {
    var error = GitError(result: result, doing: action)
    // Nothing but a commit is read here.
    if error.code == .invalid { error.code = .malformed }
    return missing(doing: action, error)
  }
}
