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
    try takeLock(mark)
    do {
      // That a new one can be made is known before anything moves.
      try UserIndex.copy("\(repository.location.gitDirectory)/index", to: unfinished)
    } catch {
      release()
      throw error
    }
  }

  /// Makes the lock file, which bears its mark from its first instant: it is written beside it and linked into place.
  ///
  /// A process that was killed between making the file and writing the mark left a lock that nobody dared to remove.
  private func takeLock(_ mark: String) throws(GitError) {
    // Only ever made by who is alone with the repository; what a killed one left may be the lock file itself.
    unlink(unfinished)
    defer { unlink(unfinished) }
    try makeFile(unfinished, mark)
    for attempt in 0... {
      if link(unfinished, path) == 0 { break }
      let code = errno
      if code == EEXIST {
        if attempt == 10 { throw Repository.lockedIndex(path) }
        usleep(10_000)
        continue
      }
      // Where there are no links, a lock without its mark for a moment is better than none.
      guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(code) else {
        throw GitError(.io, "cannot lock the index: \(FileSystem.reason(code))", paths: [path])
      }
      try makeFile(path, mark)
      break
    }
    isHeld = true
  }

  private func makeFile(_ file: String, _ mark: String) throws(GitError) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == EEXIST, file == path { throw Repository.lockedIndex(path) }
      throw GitError(.io, "cannot lock the index: \(FileSystem.reason(errno))", paths: [file])
    }
    defer { close(descriptor) }
    let bytes = Array(mark.utf8)
    guard bytes.withUnsafeBytes({ write(descriptor, $0.baseAddress, $0.count) }) == bytes.count else {
      let reason = FileSystem.reason(errno)
      unlink(file)
      throw GitError(.io, "cannot lock the index: \(reason)", paths: [file])
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
