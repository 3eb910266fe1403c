import EthosText
internal import Glibc

/// The file `packed-refs`, in which git keeps many references together.
///
/// libgit2 holds the lock of this file while it writes it anew; killed then, it keeps everybody out who deletes a
/// reference. Here the new file is written before: the lock is that very file under its second name, and is there for
/// three calls.
struct PackedReferences {
  /// Unfinished files carry this name and the writer's process id.
  static let unfinishedPrefix = "packed-refs.ethos-"

  private let path: String

  init(_ repository: Repository) { path = repository.location.commonDirectory + "/packed-refs" }

  private var lockPath: String { path + ".lock" }

  /// Takes one reference out, where it is in; the caller holds its lock.
  ///
  /// - Throws: `.locked` when another is writing the file and still is after a second (git's own patience).
  func remove(_ name: String) throws(GitError) {
    var file = stat()
    let temporary = "\(path.dropLast("packed-refs".utf8.count))\(PackedReferences.unfinishedPrefix)\(getpid())"
    for attempt in 0... {
      guard lstat(path, &file) == 0 else {
        if errno == ENOENT { return }
        throw failure("look at")
      }
      guard let bytes = FileSystem.read(path, limit: .max) else { throw failure("read") }
      guard let rest = PackedReferences.without(name, bytes) else { return }
      try write(rest, to: temporary, mode: file.st_mode & 0o777)
      defer { unlink(temporary) }
      if link(temporary, lockPath) == 0 {
        var now = stat()
        // Somebody wrote it between our reading and our lock: that is read again.
        if lstat(path, &now) == 0, FileStamp(now) == FileStamp(file) {
          guard renameat(AT_FDCWD, lockPath, AT_FDCWD, path) == 0 else {
            let error = failure("write")
            unlink(lockPath)
            throw error
          }
          return
        }
        unlink(lockPath)
      } else if errno != EEXIST {
        throw failure("lock")
      }
      if attempt == 100 {
        throw GitError(
          .locked, "another process is writing `\(path)`", paths: [lockPath],
          help: "if none runs any more, remove `\(lockPath)`")
      }
      usleep(10_000)
    }
  }

  /// The file without the line of a reference and what git adds below it; nil where there is none.
  static func without(_ name: String, _ bytes: [UInt8]) -> [UInt8]? {
    let name = Array(name.utf8)
    var rest: [UInt8] = []
    var isFound = false
    var isBelow = false
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: true) {
      // `^` and the commit of an annotated tag belong to the line before.
      if line.first == 0x5E, isBelow { continue }
      isBelow = false
      if line.first != 0x23, let space = line.firstIndex(of: 0x20), line[(space + 1)...].elementsEqual(name) {
        isFound = true
        isBelow = true
        continue
      }
      rest += line
      rest.append(0x0A)
    }
    return isFound ? rest : nil
  }

  private func write(_ bytes: [UInt8], to temporary: String, mode: mode_t) throws(GitError) {
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("write") }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        let error = failure("write")
        unlink(temporary)
        throw error
      }
      written += count
    }
    guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else {
      let error = failure("write")
      unlink(temporary)
      throw error
    }
  }

  private func failure(_ action: String) -> GitError {
    GitError(.io, "cannot \(action) `\(path)`: \(FileSystem.reason(errno))", paths: [path])
  }
}
