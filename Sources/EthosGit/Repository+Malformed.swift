internal import CGit2
package import EthosRecord

/// An object that cannot be read, and why.
package struct UnreadableObject: Hashable, Sendable {
  package var id: ObjectID
  package var error: GitError

  package init(id: ObjectID, error: GitError) {
    self.id = id
    self.error = error
  }
}

extension Repository {
  /// Why a tree cannot be read; nil where it can.
  package func problem(ofTree id: ObjectID) throws(GitError) -> GitError? {
    do throws(GitError) {
      _ = try rawTree(id).isOdd()
      return nil
    } catch {
      guard error.isOfObject else { throw error }
      return error
    }
  }

  /// What cannot be read among the commits that an object adds to the hidden ones, and in the trees that they change;
  /// of an annotated tag, the tag and what it names.
  ///
  /// At most `limit` objects are named.
  ///
  /// A commit counts as one that cannot be read where libgit2 cannot walk past it, or its headers do not stand as git
  /// reads them. Costs the differences of the new commits. A hidden object that is not there hides nothing.
  package func malformed(
    in tip: ObjectID, hiding hidden: [ObjectID], limit: Int = 20
  ) throws(GitError) -> [UnreadableObject] {
    try malformed(in: [tip], hiding: hidden, limit: limit)
  }

  /// The same of many at once.
  package func malformed(
    in tips: [ObjectID], hiding hidden: [ObjectID], limit: Int
  ) throws(GitError) -> [UnreadableObject] {
    var starts: [ObjectID] = []
    var found: [UnreadableObject] = []
    for tip in tips {
      switch try commit(behind: tip) {
      case .success(let start): if let start { starts.append(start) }
      case .failure(let unreadable): found.append(unreadable)
      }
    }
    var known: [ObjectID] = []
    for id in hidden where try readableCommit(id) != nil { known.append(id) }
    var commits: [ObjectID] = []
    var isWalked = true
    do throws(GitError) {
      commits = try topologicalWalk(from: starts, hiding: known)
    } catch {
      guard error.isOfObject else { throw error }
      isWalked = false
      commits = try ReadableGraph(repository: self).walk(from: starts, hiding: known)
    }
    for id in commits where found.count < limit {
      var problem = try isWalked ? nil : libraryProblem(ofCommit: id)
      if problem == nil { problem = try self.problem(ofChangeIn: id) }
      if let problem { found.append(UnreadableObject(id: id, error: problem)) }
    }
    return Array(found.prefix(limit))
  }

  private enum Start {
    /// Nil for a tree or a file, which a tag may name.
    case success(ObjectID?)
    case failure(UnreadableObject)
  }

  /// The commit that an object is, or that the tags name which it is.
  private func commit(behind tip: ObjectID) throws(GitError) -> Start {
    var (next, tags) = (tip, 0)
    do throws(GitError) {
      while try objectHeader(next).kind == .tag {
        tags += 1
        if tags > 16 { throw GitError(.malformed, "the tag `\(tip)` names a tag that names a tag, and so on") }
        next = try tag(next).target
      }
      guard try objectHeader(next).kind == .commit else { return .success(nil) }
      _ = try parents(of: next)
      return .success(next)
    } catch {
      guard error.isOfObject else { throw error }
      return .failure(UnreadableObject(id: next, error: error))
    }
  }

  /// A commit, or nil where it cannot be read.
  ///
  /// One that may be well, and is not in this clone, is an error.
  package func readableCommit(_ id: ObjectID) throws(GitError) -> Commit? {
    do throws(GitError) {
      return try commit(id)
    } catch {
      guard error.isOfObject else { throw error }
      return nil
    }
  }

  /// The same of an annotated tag.
  package func readableTag(_ id: ObjectID) throws(GitError) -> AnnotatedTag? {
    do throws(GitError) {
      return try tag(id)
    } catch {
      guard error.isOfObject else { throw error }
      return nil
    }
  }

  /// What libgit2 says of a commit that it cannot parse.
  private func libraryProblem(ofCommit id: ObjectID) throws(GitError) -> GitError? {
    var raw = try id.raw()
    var commit: OpaquePointer?
    let result = git_object_lookup(&commit, pointer, &raw, GIT_OBJECT_COMMIT)
    if let commit { _ = Handle(.object, of: self, owning: commit) }
    guard result < 0 else { return nil }
    return GitError(.malformed, GitError(result: result, doing: "read the commit `\(id)`").message)
  }

  /// What is wrong with a commit, or with the trees in which it differs from its first parent.
  private func problem(ofChangeIn id: ObjectID) throws(GitError) -> GitError? {
    do throws(GitError) {
      let commit = try commit(id)
      var before: ObjectID?
      if let parent = commit.parents.first { before = try readableCommit(parent)?.tree }
      let (changes, _) = try readableDifference(before: before, after: commit.tree, under: .everything)
      for change in changes {
        guard let after = change.after, after.mode == .tree else { continue }
        let place = change.path.bytes.isEmpty ? "" : " (`\(String(change.path.description.prefix(80)))`)"
        if var problem = try problem(ofTree: after.id) {
          problem.message += place
          return problem
        }
        return GitError(
          .tooLarge, "a tree is deeper than the limit of \(TreeLimits.standard.depth) folders\(place)")
      }
      return nil
    } catch {
      guard error.isOfObject else { throw error }
      return error
    }
  }
}
