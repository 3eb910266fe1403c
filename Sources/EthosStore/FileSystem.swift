import EthosText
import Glibc

/// A failed call to the operating system, with what was being done.
package struct FileError: Error, CustomStringConvertible {
  package var description: String
  package var code: Int32

  init(_ action: String, _ path: String, code: Int32 = errno) {
    self.code = code
    description = "cannot \(action) `\(path)`: \(String(cString: strerror(code)))"
  }
}

extension FileError {
  /// Whether the system refused because of who asks.
  var isOfPermission: Bool { code == EACCES || code == EPERM }
}

/// The few calls on files that the store needs, each complete or not done.
package enum FileSystem {
  package enum Entry: Equatable {
    case file(size: Int)
    case folder, symbolicLink, other
  }

  /// What is at a path, symbolic links not followed; nil where nothing is.
  ///
  /// What may not be looked at is there: nobody can tell what it is.
  package static func entry(at path: String) -> Entry? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return errno == ENOENT || errno == ENOTDIR ? nil : .other }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(size: Int(status.st_size))
    case S_IFDIR: return .folder
    case S_IFLNK: return .symbolicLink
    default: return .other
    }
  }

  /// Whose a file or folder is, links followed; nil where nothing is.
  static func owner(of path: String) -> uid_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_uid : nil
  }

  /// Whether this is a folder, and no link to one, of a user, to which nobody else may write.
  static func isPrivateFolder(_ path: String, of user: uid_t) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == user
      && status.st_mode & 0o022 == 0
  }

  /// When a file was last written, in seconds since 1970; nil where there is none.
  static func modified(at path: String) -> Int? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mtim.tv_sec : nil
  }

  /// The bytes of a file, at most `limit` and one more, so that a caller sees that there are more.
  package static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw FileError("read", path) }
    defer { close(descriptor) }
    return try readAll(descriptor, path, limit: limit)
  }

  private static func readAll(_ descriptor: Int32, _ path: String, limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &buffer, min(buffer.count, limit + 1 - bytes.count))
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError("read", path)
      }
      if count == 0 { break }
      bytes += buffer[0..<count]
    }
    return bytes
  }

  /// The bytes of a plain file, and whose it is; nil where none is there, or anything else: a link is not followed, and
  /// nobody waits for a pipe.
  static func plainFile(_ path: String, limit: Int) throws -> (bytes: [UInt8], owner: uid_t, mode: mode_t)? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if descriptor < 0, errno == ENOENT || errno == ELOOP || errno == ENXIO { return nil }
    guard descriptor >= 0 else { throw FileError("read", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    return (try readAll(descriptor, path, limit: limit), status.st_uid, status.st_mode & 0o7777)
  }

  /// Whether a plain file has just these bytes; one that cannot be read has not.
  static func holds(_ bytes: [UInt8], at path: String) -> Bool {
    do {
      return try plainFile(path, limit: bytes.count)?.bytes == bytes
    } catch {
      return false
    }
  }

  /// A path without links and `..`, or as it is where nothing is there.
  static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The names in a folder, sorted; none where the folder is missing.
  package static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw FileError("list", path)
    }
    defer { closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw FileError("list", path) }
    return names.sorted()
  }

  /// Makes a folder and those above it; only their owner may look into them where they are `isPrivate`.
  package static func makeFolder(_ path: String, isPrivate: Bool = false) throws {
    let mode: mode_t = isPrivate ? 0o700 : 0o777
    if mkdir(path, mode) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw FileError("make the folder", path)
    }
    try makeFolder(String(path[..<slash]), isPrivate: isPrivate)
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileError("make the folder", path) }
  }

  /// Replaces or makes a file: the new bytes are written beside it in `temporaryFolder` (which must be on the same file
  /// system), synchronised, and renamed into place.
  ///
  /// Killed at any instant, the old or the new file is there, whole.
  package static func write(
    _ bytes: [UInt8], to path: String, temporaryFolder: String, executable: Bool = false, isPrivate: Bool = false
  ) throws {
    let temporary = try prepare(
      bytes, for: path, temporaryFolder: temporaryFolder, executable: executable, isPrivate: isPrivate)
    guard rename(temporary, path) == 0 else {
      let error = FileError("write", path)
      unlink(temporary)
      throw error
    }
    if let slash = path.unicodeScalars.lastIndex(of: "/") { synchroniseFolder(String(path[..<slash])) }
  }

  /// Writes what a person asked for to where the person said.
  ///
  /// A file is replaced or made as a whole. What a link names is written and the link stays; a device or a pipe is written
  /// to and never replaced.
  package static func writeOutput(_ bytes: [UInt8], to path: String) throws {
    switch entry(at: path) {
    case .file, nil:
      let folder = path.unicodeScalars.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      try write(bytes, to: path, temporaryFolder: folder.isEmpty ? "/" : folder)
    case .symbolicLink where entry(at: realPath(path)) != .symbolicLink: try writeOutput(bytes, to: realPath(path))
    case .symbolicLink, .folder, .other:
      let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw FileError("write", path) }
      defer { close(descriptor) }
      try writeAll(bytes, to: descriptor, path)
    }
  }

  /// Replaces a file that still holds what was read of it, or makes one where there was none (`expected` is nil); false
  /// where another process was faster.
  ///
  /// What is at the path is never followed as a link.
  ///
  /// Two processes that do this agree through a lock on the file that they replace: who comes second finds another one.
  package static func replace(
    _ path: String, holding expected: [UInt8]?, with bytes: [UInt8], temporaryFolder: String
  ) throws -> Bool {
    let temporary = try prepare(bytes, for: path, temporaryFolder: temporaryFolder, executable: false)
    defer { unlink(temporary) }
    if let expected {
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      if descriptor < 0, errno == ENOENT || errno == ELOOP { return false }
      guard descriptor >= 0 else { throw FileError("read", path) }
      defer { close(descriptor) }
      while flock(descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else { throw FileError("lock", path) }
      }
      var (held, found) = (stat(), stat())
      guard fstat(descriptor, &held) == 0 else { throw FileError("read", path) }
      guard held.st_mode & S_IFMT == S_IFREG else { return false }
      guard lstat(path, &found) == 0, held.st_ino == found.st_ino, held.st_dev == found.st_dev,
        try read(path, limit: expected.count) == expected
      else { return false }
      guard rename(temporary, path) == 0 else { throw FileError("write", path) }
    } else if link(temporary, path) != 0 {
      if errno == EEXIST { return false }
      throw FileError("write", path)
    }
    if let slash = path.lastIndex(of: "/") { synchroniseFolder(String(path[..<slash])) }
    return true
  }

  /// Writes the bytes that a file is to have beside it, synchronised, and gives their path.
  private static func prepare(
    _ bytes: [UInt8], for path: String, temporaryFolder: String, executable: Bool, isPrivate: Bool = false
  ) throws -> String {
    try makeFolder(temporaryFolder)
    var template = Array("\(temporaryFolder)/new-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError("write in", temporaryFolder) }
    defer { close(descriptor) }
    let temporary = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    do {
      var mode: mode_t = executable ? 0o755 : isPrivate ? 0o600 : 0o644
      var status = stat()
      if !executable, !isPrivate, lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
        mode = status.st_mode & 0o777
      }
      try writeAll(bytes, to: descriptor, path)
      guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw FileError("write", path) }
    } catch {
      unlink(temporary)
      throw error
    }
    return temporary
  }

  /// Makes a file of a new name, which only its owner may read, and gives its path.
  ///
  /// Its maker removes it.
  static func temporaryFile(_ bytes: [UInt8], in folder: String) throws -> String {
    var template = Array("\(folder)/ethos-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError("write in", folder) }
    defer { close(descriptor) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    do {
      try writeAll(bytes, to: descriptor, path)
    } catch {
      unlink(path)
      throw error
    }
    return path
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws {
    var offset = 0
    while offset < bytes.count {
      let written = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw FileError("write", path)
      }
      offset += written
    }
  }

  static func pause(milliseconds: UInt32) { usleep(milliseconds * 1_000) }

  package static func remove(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
  }

  /// Puts a file that was written beside it in the place of another, in one step.
  package static func replace(_ path: String, with new: String) throws {
    guard rename(new, path) == 0 else { throw FileError("write", path) }
  }

  /// Removes a folder with all that is in it; symbolic links are removed, not followed.
  package static func removeFolder(_ path: String) throws {
    for name in try names(in: path) {
      let inner = "\(path)/\(name)"
      if entry(at: inner) == .folder { try removeFolder(inner) } else { try remove(inner) }
    }
    guard rmdir(path) == 0 || errno == ENOENT else { throw FileError("remove the folder", path) }
  }

  /// Removes what killed writers left behind.
  static func removeLeftovers(in folder: String) {
    for name in (try? names(in: folder)) ?? [] where name.begins(with: "new-") { unlink("\(folder)/\(name)") }
  }

  /// Makes a rename in the folder last through a loss of power, where the file system can.
  private static func synchroniseFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// A lock between processes on a file; the operating system lets go of it when its holder dies.
package enum FileLock {
  /// Does something under the lock; nil when another holds it after the given attempts, a tenth of a second apart.
  package static func held<Result>(path: String, attempts: Int, _ body: () throws -> Result) throws -> Result? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw FileError("lock", path) }
    defer { close(descriptor) }
    for attempt in 0..<max(1, attempts) {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return try body() }
      if attempt + 1 < attempts { usleep(100_000) }
    }
    return nil
  }

  /// Whether some process holds the lock.
  ///
  /// Asks without waiting and without writing: it serves who may only read. A lock file that cannot be opened is taken
  /// for free.
  static func isHeld(path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}
