import EthosGit
import EthosModel
import EthosStore
import EthosText

extension Workspace {
  /// The files of the identity that a merge of git's left in conflict.
  ///
  /// An index that cannot be read says nothing of that.
  func conflictedFiles() throws -> [String] {
    do throws(GitError) {
      return try repository.conflictedPaths().compactMap(\.string).filter { Kind(path: $0) != nil }
    } catch {
      guard error.code == .unreadableIndex else { throw error }
      return []
    }
  }

  /// Refuses to edit an entry whose file a merge left in conflict, and says so.
  func requireNoConflict(_ key: EntryKey, in snapshot: Snapshot) throws {
    guard snapshot[key] == nil else { return }
    let head = try repository.head().commit.map { try store.snapshot(at: $0) }
    for path in try conflictedFiles() where Kind(path: path) == key.kind {
      let known = head?[key].map { $0.path.utf8.elementsEqual(path.utf8) } ?? true
      guard known else { continue }
      throw Failure.cannot(
        "`\(path)` is in a git conflict: nobody can tell what `\(key)` says until it is resolved",
        help: "edit the file, then `git add -- \(shellWord(path))`", "or take the merge back: `git merge --abort`")
    }
  }
}
