internal import Glibc

/// The user's index, locked as git locks it: from before anything is compared until the new one is in its place.
///
/// The lock file holds a mark of the writer's, so that whoever clears up after a killed one can tell it from the lock that
/// `git commit` holds while its editor is open.
package final class IndexLock {
  /// Where the new index is made; then it is renamed into place.
  static func unfinished(_ repository: Repository) -> String { repository.location.gitDirectory + "/index.ethos" }

  private let path: String
  private let unfinished: String
  private var isHeld = false

  /// - Throws: `.locked` when another process is writing the index and still is after a tenth of a second.
  package init(_ repository: Repository, mark: String = "") throws(GitError) {
    let path = repository.indexLockFile
    self.path = path
    unfinished = IndexLock.unfinished(repository)
    for attempt in 0... {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        defer { close(descriptor) }
        isHeld = true
        let bytes = Array(mark.utf8)
        guard bytes.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
          let reason = FileSystem.reason(errno)
          release()
          throw GitError(.io, "cannot lock the index: \(reason)", paths: [path])
        }
        // That a new one can be made is known before anything moves.
        try UserIndex.copy("\(repository.location.gitDirectory)/index", to: unfinished)
        return
      }
      guard errno == EEXIST else {
        throw GitError(.io, "cannot lock the index: \(FileSystem.reason(errno))", paths: [path])
      }
      if attempt == 10 { throw repository.lockedIndex }
      usleep(10_000)
    }
  }

  deinit { release() }

  /// Lets go of the index.
  package func release() {
    if isHeld {
      unlink(unfinished)
      unlink(path)
    }
    isHeld = false
  }
}
