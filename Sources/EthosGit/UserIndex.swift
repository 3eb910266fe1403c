internal import CGit2
internal import EthosRecord
import EthosText
internal import Glibc

/// The index file of the user: read afresh, changed in memory, written whole under git's own lock (`IndexLock`).
///
/// Ethos needs no index for its records; it only keeps the user's in step, so that `git status` says what is true.
struct UserIndex: ~Copyable {
  private let repository: Repository
  private let handle: Handle
  /// Where it is written first; nil where it is only read.
  private let unfinished: String?

  struct Entry {
    let leaf: TreeLeaf
    /// Whether a sparse checkout leaves the file out of the work tree.
    let isLeftOut: Bool
  }

  /// - Throws: `.unreadableIndex` with the command that writes it in a form that libgit2 reads.
  init(_ repository: Repository) throws(GitError) {
    repository.useReadableIndex()
    if let failure = repository.indexFailure { throw failure }
    let opened = try Handle(.index, of: repository, doing: "read the index") {
      git_repository_index($0, repository.pointer)
    }
    try check(git_index_read(opened.pointer, 1), "read the index")
    self.repository = repository
    unfinished = nil
    handle = opened
  }

  /// The same, to be written: a copy that takes the place of the user's index when it is done.
  init(_ repository: Repository, under lock: IndexLock) throws(GitError) {
    repository.useReadableIndex()
    if let failure = repository.indexFailure { throw failure }
    let path = IndexLock.unfinished(repository)
    try UserIndex.copy("\(repository.location.gitDirectory)/index", to: path)
    let opened = try Handle(.index, of: repository, doing: "read the index") { git_index_open($0, path) }
    self.repository = repository
    unfinished = path
    handle = opened
  }

  /// Copies the index to where a new one is made of it; where there is none, nothing is there.
  static func copy(_ path: String, to copy: String) throws(GitError) {
    func failure(_ action: String) -> GitError {
      GitError(.io, "cannot \(action) the index: \(FileSystem.reason(errno))", paths: [path])
    }
    for left in [copy, copy + ".lock"] where unlink(left) != 0 && errno != ENOENT { throw failure("write") }
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else {
      if errno == ENOENT { return }
      throw failure("read")
    }
    defer { close(source) }
    let bytes: [UInt8]
    do throws(FileSystem.ReadFailure) {
      bytes = try FileSystem.readAll(source, limit: .max)
    } catch {
      throw failure("read")
    }
    let target = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard target >= 0 else { throw failure("write") }
    defer { close(target) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(target, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 {
        let error = failure("write")
        unlink(copy)
        throw error
      }
      written += count
    }
  }

  /// The entry of a path that is not in conflict.
  func entry(at path: RepositoryPath) -> Entry? {
    guard let entry = git_index_get_bypath(handle.pointer, UserIndex.name(path), 0) else { return nil }
    let isLeftOut = UInt32(entry.pointee.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
    return Entry(
      leaf: TreeLeaf(mode: FileMode(rawMode: entry.pointee.mode), id: ObjectID(entry.pointee.id)), isLeftOut: isLeftOut)
  }

  /// Whether the user has yet to resolve a merge of a path.
  func isInConflict(_ path: RepositoryPath) -> Bool {
    (Int32(1)...3).contains { git_index_get_bypath(handle.pointer, UserIndex.name(path), $0) != nil }
  }

  /// The paths of which the user has yet to resolve a merge, sorted.
  var conflicts: [RepositoryPath] {
    var found: Set<RepositoryPath> = []
    for place in 0..<git_index_entrycount(handle.pointer) {
      guard let entry = git_index_get_byindex(handle.pointer, place), let name = entry.pointee.path,
        git_index_entry_stage(entry) > 0
      else { continue }
      found.insert(RepositoryPath(bytes: Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))))
    }
    return found.sorted()
  }

  func remove(_ path: RepositoryPath) throws(GitError) {
    let result = git_index_remove(handle.pointer, UserIndex.name(path), 0)
    if result == GIT_ENOTFOUND.rawValue { return git_error_clear() }
    try check(result, "take `\(path)` out of the index")
  }

  /// Enters a leaf with what the file system says of its file, so that git need not read that to know it unchanged.
  func add(_ path: RepositoryPath, _ leaf: TreeLeaf, stamp: FileStamp?, isLeftOut: Bool = false) throws(GitError) {
    var entry = git_index_entry()
    entry.mode = leaf.mode.rawMode
    entry.id = try leaf.id.raw()
    if let stamp {
      entry.ctime = git_index_time(
        seconds: Int32(truncatingIfNeeded: stamp.changed.seconds),
        nanoseconds: UInt32(truncatingIfNeeded: stamp.changed.nanoseconds))
      entry.mtime = git_index_time(
        seconds: Int32(truncatingIfNeeded: stamp.modified.seconds),
        nanoseconds: UInt32(truncatingIfNeeded: stamp.modified.nanoseconds))
      entry.dev = UInt32(truncatingIfNeeded: stamp.device)
      entry.ino = UInt32(truncatingIfNeeded: stamp.inode)
      entry.uid = stamp.user
      entry.gid = stamp.group
      entry.file_size = UInt32(truncatingIfNeeded: stamp.size)
    }
    if isLeftOut {
      entry.flags = UInt16(GIT_INDEX_ENTRY_EXTENDED.rawValue)
      entry.flags_extended = UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
    }
    let result = UserIndex.name(path).withUnsafeBufferPointer { name in
      entry.path = name.baseAddress
      return git_index_add(handle.pointer, &entry)
    }
    try check(result, "put `\(path)` into the index")
  }

  func write() throws(GitError) {
    guard let unfinished else { throw GitError(.invalid, "an index that is only read is not written") }
    let result = git_index_write(handle.pointer)
    if result < 0 {
      let error = GitError(result: result, doing: "write the index")
      unlink(unfinished)
      throw error
    }
    guard rename(unfinished, "\(repository.location.gitDirectory)/index") == 0 else {
      let reason = FileSystem.reason(errno)
      unlink(unfinished)
      throw GitError(.io, "cannot write the index: \(reason)", paths: ["\(repository.location.gitDirectory)/index"])
    }
  }

  private static func name(_ path: RepositoryPath) -> [CChar] { path.bytes.map { CChar(bitPattern: $0) } + [0] }
}

extension Repository {
  /// The files that the next commit would have, from the index that git commits from: the user's own, or the one that
  /// `GIT_INDEX_FILE` names to a hook.
  package func stagedFiles() throws(GitError) -> [TreeFile] {
    let named = environment["GIT_INDEX_FILE"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(location.gitDirectory)/index"
    // A hook runs at the top of the work tree, and git names the file from there.
    let path = named.begins(with: "/") ? named : "\(location.workTree ?? location.gitDirectory)/\(named)"
    let index = try Handle(.index, of: self, doing: "read the index `\(path)`") { git_index_open($0, path) }
    return (0..<git_index_entrycount(index.pointer)).compactMap { place in
      guard let entry = git_index_get_byindex(index.pointer, place), let name = entry.pointee.path else { return nil }
      return TreeFile(
        path: RepositoryPath(String(cString: name)), mode: FileMode(rawMode: entry.pointee.mode),
        id: ObjectID(entry.pointee.id))
    }
  }

  /// The file that locks the index while somebody writes it.
  package var indexLockFile: String { "\(location.gitDirectory)/index.lock" }

  static func lockedIndex(_ lockFile: String) -> GitError {
    GitError(
      .locked, "another process is writing the index", paths: [lockFile],
      help: "if none runs any more, remove `\(lockFile)`")
  }

  /// Sees to it that libgit2 can work without the user's index where it cannot read it.
  ///
  /// libgit2 1.5 refuses an index without a checksum (`index.skipHash`), and all of its versions refuse a sparse one. It
  /// then cannot even load the filters of a file; with an empty index in memory it can. Nothing is written from that one.
  func useReadableIndex() {
    if indexFailure != nil { return }
    var index: OpaquePointer?
    let result = git_repository_index(&index, pointer)
    if result >= 0 {
      if let index { git_index_free(index) }
      return
    }
    let message = GitError.Failure.take().message ?? "libgit2 gave no reason"
    let help =
      message.holds("sdir")
      ? "git sparse-checkout reapply --no-sparse-index"
      : "git config index.skipHash false && git update-index --force-write-index"
    indexFailure = GitError(
      .unreadableIndex, "the installed libgit2 \(GitLibrary.version) cannot read the index: \(message)",
      paths: ["\(location.gitDirectory)/index"], help: help)
    var empty: OpaquePointer?
    if git_index_new(&empty) >= 0, let empty {
      _ = git_repository_set_index(pointer, empty)
      git_index_free(empty)
    }
  }
}
