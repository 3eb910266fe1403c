import EthosGit
import EthosRecord
import EthosStore

extension ReceivedPush {
  /// Refuses what cannot be read: the next that reads it, whoever it is, could not either.
  mutating func checkIsReadable() throws {
    let known = try knownCommits()
    for reference in push {
      guard let after = reference.after else { continue }
      do {
        try read(after, reference, known)
      } catch let error as GitError {
        refuse(
          reference, "object-unreadable", error.message,
          rule: "what a push brings can be read by everybody who fetches it",
          help: "make it anew with git or ethos, on top of what the server has, and push that")
      }
    }
  }

  private func read(_ target: ObjectID, _ reference: PushedReference, _ known: [ObjectID]) throws {
    guard let commit = try commit(of: target) else {
      guard reference.lies(in: "refs/heads/") else { return }
      throw GitError(.invalid, "the branch would not be at a commit")
    }
    if reference.lies(in: "refs/heads/"), commit != target {
      throw GitError(.invalid, "the branch would be at a tag, and not at a commit")
    }
    for id in try newCommits(from: commit, hiding: known) {
      let commit = try repository.commit(id)
      for parent in commit.parents { _ = try repository.commit(parent) }
      let parent = try commit.parents.first.map { try repository.commit($0).tree }
      _ = try workspace.store.changedFiles(before: parent, after: commit.tree)
    }
  }

  /// The commit at an object, through the tags that name it; nil where it is a file or a folder.
  func commit(of target: ObjectID) throws -> ObjectID? {
    var id = target
    for _ in 0..<20 {
      switch try repository.objectHeader(id).kind {
      case .commit: return id
      case .tag: id = try repository.tag(id).target
      case .blob, .tree: return nil
      }
    }
    throw GitError(.invalid, "the tag `\(target.short)` names a tag that names a tag, and so on")
  }

  /// The commits at the references as they are, those that can be read: of what is hidden behind one that cannot, more
  /// is looked at, never less.
  func knownCommits() throws -> [ObjectID] {
    var commits: Set<ObjectID> = []
    for reference in try repository.references(under: "refs/") {
      do {
        if let id = try commit(of: reference.target) { commits.insert(id) }
      } catch is GitError {
        continue
      }
    }
    return commits.sorted()
  }

  /// The commits that were not here before.
  func newCommits(from commit: ObjectID, hiding known: [ObjectID]) throws -> [ObjectID] {
    do {
      return try repository.walk(from: [commit], hiding: known)
    } catch {
      // One of those that are known may end the walk: then it hides nothing.
      return try repository.walk(from: [commit], hiding: known.filter(isWalkable))
    }
  }

  private func isWalkable(_ id: ObjectID) -> Bool {
    do {
      return try !repository.walk(from: [id]).isEmpty
    } catch {
      return false
    }
  }
}
