import EthosText

internal import CGit2
internal import EthosRecord

/// The index file of the user: read afresh, changed in memory, written whole under git's own lock.
///
/// Ethos needs no index for its records; it only keeps the user's in step, so that `git status` says what is true.
struct UserIndex: ~Copyable {
  private let repository: Repository
  private let handle: Handle

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
    handle = opened
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
    let result = git_index_write(handle.pointer)
    if result < 0 {
      let error = GitError(result: result, doing: "write the index")
      throw error.code == .locked ? repository.lockedIndex : error
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

  var lockedIndex: GitError {
    GitError(
      .locked, "another process is writing the index", paths: [indexLockFile],
      help: "if none runs any more, remove `\(indexLockFile)`")
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
