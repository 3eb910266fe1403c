internal import CGit2
internal import EthosRecord
import EthosText

/// What a clone was made without, so that a missing object is no damage: it lies where the clone was made from.
package struct LeftOut: Hashable, Sendable {
  /// `.shallowRepository` or `.partialRepository`.
  package var code: GitError.Code
  /// A clause that says what kind of clone this is.
  package var reason: String
  /// What to type to have everything.
  package var help: String
}

/// The one place that says what it means that an object is not here.
extension Repository {
  /// What this clone was made without; nil where nothing says that it was.
  package func leftOut() throws(GitError) -> LeftOut? {
    if let known = knownLeftOut { return known }
    let found = try findLeftOut()
    knownLeftOut = .some(found)
    return found
  }

  /// Whether the history ends where the clone was told to stop.
  package var isShallow: Bool { FileSystem.size("\(location.commonDirectory)/shallow") ?? 0 > 0 }

  private func findLeftOut() throws(GitError) -> LeftOut? {
    let promisors = try promisorRemotes()
    let (unshallow, refetch) = (
      "git fetch --unshallow --tags", promisors.map(Repository.refetch).joined(separator: "; ")
    )
    switch (isShallow, promisors.isEmpty) {
    case (false, true): return nil
    case (true, true):
      return LeftOut(
        code: .shallowRepository, reason: "this is a shallow clone, whose history ends early", help: unshallow)
    case (false, false):
      return LeftOut(
        code: .partialRepository, reason: "this is a partial clone, which was made without it (`--filter`)",
        help: refetch)
    case (true, false):
      return LeftOut(
        code: .shallowRepository,
        reason: "this is a shallow clone, whose history ends early, and a partial clone, made with `--filter`",
        help: "\(unshallow); \(refetch)")
    }
  }

  /// Fetching again takes the filter of before, unless that is gone.
  private static func refetch(_ remote: String) -> String {
    let key = shellWord("remote.\(remote).partialclonefilter")
    return "git config --unset \(key); git fetch --refetch --tags \(shellWord(remote))"
  }

  /// The remotes that promised to have what is not here, sorted.
  private func promisorRemotes() throws(GitError) -> [String] {
    var found: [String] = []
    for remote in try remotes() {
      let filter = try configuration("remote.\(remote).partialclonefilter")
      let isPromisor = try flag("remote.\(remote).promisor")
      if isPromisor || filter != nil { found.append(remote) }
    }
    return found
  }

  /// The names of the remotes that the configuration knows, sorted.
  package func remotes() throws(GitError) -> [String] {
    if let knownRemotes { return knownRemotes }
    var names = git_strarray()
    try check(git_remote_list(&names, pointer), "list the remotes")
    defer { git_strarray_dispose(&names) }
    let found = UnsafeBufferPointer(start: names.strings, count: names.count).compactMap { name in
      name.map { String(cString: $0) }
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    knownRemotes = found
    return found
  }

  /// Whether a fetch from a remote brings all branches that it has: a clone of a single branch has no proposals of others.
  package func fetchesAllBranches(of remote: String) throws(GitError) -> Bool {
    var found: OpaquePointer?
    try check(git_remote_lookup(&found, pointer, remote), "read the remote `\(remote)`")
    defer { git_remote_free(found) }
    for index in 0..<git_remote_refspec_count(found) {
      guard let specification = git_remote_get_refspec(found, index),
        git_refspec_direction(specification) == GIT_DIRECTION_FETCH
      else { continue }
      if git_refspec_src_matches(specification, "refs/heads/proposals/x") == 1 { return true }
    }
    return false
  }

  /// The failure that a missing object is: of a clone that was made without it, or of a repository that should have it.
  func missing(_ id: ObjectID) -> GitError {
    do throws(GitError) {
      guard let leftOut = try leftOut() else {
        return GitError(.notFound, "there is no object `\(id)` in the repository")
      }
      return GitError(leftOut.code, "the object `\(id)` is not here: \(leftOut.reason)", help: leftOut.help)
    } catch {
      return error
    }
  }

  /// The same for a walk of libgit2's, which names no object.
  func missing(doing action: String, _ error: GitError) -> GitError {
    do throws(GitError) {
      guard error.code == .notFound, let leftOut = try leftOut() else { return error }
      return GitError(leftOut.code, "cannot \(action): \(leftOut.reason)", help: leftOut.help)
    } catch {
      return error
    }
  }
}
