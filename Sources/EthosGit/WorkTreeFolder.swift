internal import Glibc

/// An open folder of a work tree.
///
/// Below it names are opened one by one and links are never followed, so that nothing outside of the tree can be
/// reached, whatever somebody puts there meanwhile.
struct WorkTreeFolder: ~Copyable {
  /// Unfinished files carry this name and the writer's process id; one whose process is gone is rubbish.
  static let unfinishedPrefix = ".ethos-unfinished-"

  let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Opens the top of a work tree.
  init(root: String) throws(GitError) {
    descriptor = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 {
      throw GitError(.io, "cannot open the work tree `\(root)`: \(FileSystem.reason(errno))", paths: [root])
    }
  }

  /// What lies below a name.
  enum Kind: Equatable {
    case absent, folder
    case file(isExecutable: Bool)
    case symbolicLink, special
  }

  func status(of name: ArraySlice<UInt8>) throws(GitError) -> (kind: Kind, stamp: FileStamp?) {
    var status = stat()
    guard fstatat(descriptor, cString(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return (.absent, nil) }
      throw failure("look at", name)
    }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFREG: .file(isExecutable: status.st_mode & 0o100 != 0)
      case S_IFLNK: .symbolicLink
      default: .special
      }
    return (kind, FileStamp(status))
  }

  /// Opens a folder below; nil where there is none, or something else.
  func folder(_ name: ArraySlice<UInt8>) throws(GitError) -> WorkTreeFolder? {
    let opened = openat(descriptor, cString(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if opened >= 0 { return WorkTreeFolder(descriptor: opened) }
    if errno == ENOENT || errno == ENOTDIR || errno == ELOOP { return nil }
    throw failure("open", name)
  }

  func makeFolder(_ name: ArraySlice<UInt8>) throws(GitError) {
    if mkdirat(descriptor, cString(name), 0o777) != 0, errno != EEXIST { throw failure("make the folder", name) }
  }

  /// Removes a folder if it is empty; says whether it is gone.
  func removeFolder(_ name: ArraySlice<UInt8>) throws(GitError) -> Bool {
    if unlinkat(descriptor, cString(name), AT_REMOVEDIR) == 0 || errno == ENOENT { return true }
    if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR || errno == EBUSY { return false }
    throw failure("remove the folder", name)
  }

  func removeFile(_ name: ArraySlice<UInt8>) throws(GitError) {
    if unlinkat(descriptor, cString(name), 0) != 0, errno != ENOENT { throw failure("remove", name) }
  }

  /// The names in the folder, sorted.
  func names() throws(GitError) -> [[UInt8]] {
    let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0, let stream = fdopendir(copy) else { throw failure("list", [UInt8(ascii: ".")]) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw failure("list", [UInt8(ascii: ".")]) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// A file's bytes, or a symbolic link's target, with the stamp of what was read.
  func content(
    of name: ArraySlice<UInt8>, kind: Kind, limit: Int
  ) throws(GitError) -> (bytes: [UInt8], stamp: FileStamp) {
    if kind == .symbolicLink {
      var target = [CChar](repeating: 0, count: 4_096)
      let length = readlinkat(descriptor, cString(name), &target, target.count)
      guard length >= 0, let stamp = try status(of: name).stamp else { throw failure("read the link", name) }
      return (target[..<length].map { UInt8(bitPattern: $0) }, stamp)
    }
    // A pipe put in the file's place would block without O_NONBLOCK.
    let opened = openat(descriptor, cString(name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw failure("read", name) }
    defer { close(opened) }
    var status = stat()
    guard fstat(opened, &status) == 0 else { throw failure("read", name) }
    do throws(FileSystem.ReadFailure) {
      return (try FileSystem.readAll(opened, limit: limit), FileStamp(status))
    } catch {
      switch error {
      case .system: throw failure("read", name)
      case .tooLarge:
        throw GitError(
          .tooLarge, "the file `\(shown(name))` is larger than the limit of \(limit) bytes", paths: [shown(name)])
      }
    }
  }

  /// Puts a file or a link into the folder, in one step: whoever looks sees the old one or the new one, whole.
  func replace(_ name: ArraySlice<UInt8>, mode: FileMode, content: [UInt8]) throws(GitError) {
    let unfinished = Array((WorkTreeFolder.unfinishedPrefix + String(getpid())).utf8)[...]
    try removeFile(unfinished)
    if mode == .symbolicLink {
      if content.isEmpty || content.contains(0) {
        throw GitError(.invalid, "the target of the link `\(shown(name))` is no path", paths: [shown(name)])
      }
      if symlinkat(cString(content[...]), descriptor, cString(unfinished)) != 0 {
        throw failure("write the link", name)
      }
    } else {
      let permissions: mode_t = mode == .executable ? 0o777 : 0o666
      let opened = openat(
        descriptor, cString(unfinished), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
      guard opened >= 0 else { throw failure("write", name) }
      var written = 0
      while written < content.count {
        let count = content[written...].withUnsafeBytes { write(opened, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        if count < 0 {
          let error = failure("write", name)
          close(opened)
          try removeFile(unfinished)
          throw error
        }
        written += count
      }
      close(opened)
    }
    if renameat(descriptor, cString(unfinished), descriptor, cString(name)) != 0 {
      let error = failure("write", name)
      try removeFile(unfinished)
      throw error
    }
  }

  /// Removes unfinished files of processes that are gone.
  func removeUnfinished() throws(GitError) {
    for name in try names() where name.starts(with: WorkTreeFolder.unfinishedPrefix.utf8) {
      let suffix = String(decoding: name.dropFirst(WorkTreeFolder.unfinishedPrefix.utf8.count), as: UTF8.self)
      guard let process = pid_t(suffix), process > 0, process != getpid(), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try removeFile(name[...])
    }
  }

  private func failure(_ action: String, _ name: ArraySlice<UInt8>) -> GitError {
    let reason = FileSystem.reason(errno)
    return GitError(.io, "cannot \(action) `\(shown(name))`: \(reason)", paths: [shown(name)])
  }

  private func shown(_ name: ArraySlice<UInt8>) -> String { String(decoding: name, as: UTF8.self) }

  private func cString(_ bytes: ArraySlice<UInt8>) -> [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}

/// What tells a file from what it was a moment ago without reading it; also what git's index remembers of it.
struct FileStamp: Equatable {
  let device: UInt64
  let inode: UInt64
  let size: Int64
  let user: UInt32
  let group: UInt32
  let modified: Time
  let changed: Time

  struct Time: Equatable {
    let seconds: Int
    let nanoseconds: Int
  }

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    user = status.st_uid
    group = status.st_gid
    modified = Time(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
    changed = Time(seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec)
  }
}
