internal import Glibc

/// The few things that are asked of files by absolute path: what lies in a git directory, never in a work tree.
enum FileSystem {
  /// Whether there is anything at a path; a dangling link counts, and what may not be looked at.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)
  }

  /// How many bytes a file has; nil where there is none.
  static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// A path without links and `..`, or nil where there is nothing.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The paths of the files below a folder of a git directory, from that directory; no link is followed.
  static func files(below directory: String, in folder: String) throws(GitError) -> [String] {
    var (found, open): ([String], [String]) = ([], [folder])
    while let next = open.popLast() {
      guard let stream = opendir("\(directory)/\(next)") else {
        if errno == ENOENT || errno == ENOTDIR { continue }
        throw GitError(.io, "cannot list `\(directory)/\(next)`: \(reason(errno))")
      }
      defer { closedir(stream) }
      // An error ends the reading as the last name does, but for what it leaves.
      while let entry = nextEntry(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name == "." || name == ".." { continue }
        var status = stat()
        guard lstat("\(directory)/\(next)/\(name)", &status) == 0 else {
          if errno == ENOENT { continue }
          throw GitError(.io, "cannot look at `\(directory)/\(next)/\(name)`: \(reason(errno))")
        }
        if status.st_mode & S_IFMT == S_IFDIR {
          open.append("\(next)/\(name)")
        } else {
          found.append("\(next)/\(name)")
        }
      }
      if errno != 0 { throw GitError(.io, "cannot list `\(directory)/\(next)`: \(reason(errno))") }
    }
    return found
  }

  private static func nextEntry(_ stream: OpaquePointer) -> UnsafeMutablePointer<dirent>? {
    errno = 0
    return readdir(stream)
  }

  /// A small file's bytes, or nil where it cannot be read or is larger than the limit.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return try? readAll(descriptor, limit: limit)
  }

  enum ReadFailure: Error {
    case tooLarge
    case system(Int32)
  }

  /// Everything from a descriptor, up to a limit.
  static func readAll(_ descriptor: Int32, limit: Int) throws(ReadFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw .system(errno) }
      if count == 0 { return bytes }
      if bytes.count + count > limit { throw .tooLarge }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
