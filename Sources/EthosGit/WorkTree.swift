internal import CGit2
internal import EthosRecord

/// The files that the user sees, compared with and written as what git stores.
///
/// Content goes through the repository's filters in both directions (line ends, `ident`), so a file that differs from its
/// blob in CRLF alone is equal where `.gitattributes` or `core.autocrlf` say so.
struct WorkTree: ~Copyable {
  let repository: Repository
  let root: WorkTreeFolder
  /// Whether the executable bit of files means anything (`core.fileMode`).
  let knowsExecutables: Bool

  init(_ repository: Repository) throws(GitError) {
    let opened = try WorkTreeFolder(root: try repository.requireWorkTree())
    knowsExecutables = try repository.configuration("core.filemode")?.lowercased() != "false"
    root = opened
    self.repository = repository
  }

  /// What is at a path.
  struct State {
    /// The leaf that git would store for it; nil where there is no file or link.
    var leaf: TreeLeaf?
    var stamp: FileStamp?
    var obstacle: Obstacle?

    enum Obstacle: Equatable {
      /// A folder has the path.
      case folder
      /// A file or a link has the path of a folder above.
      case above(RepositoryPath)
      /// A pipe, a socket or a device.
      case special
    }
  }

  /// Looks at a path; `expected` are the leaves that it may have, for a file system without executable bits.
  func state(of path: RepositoryPath, expected: [TreeLeaf?]) throws(GitError) -> State {
    try withFolder(of: path) { (folder, name) throws(GitError) in
      let (kind, stamp) = try folder.status(of: name)
      switch kind {
      case .absent: return State()
      case .folder: return State(stamp: stamp, obstacle: .folder)
      case .special: return State(stamp: stamp, obstacle: .special)
      case .file, .symbolicLink:
        let file = try read(path, name, kind, in: folder, limit: Repository.defaultBlobLimit)
        let id = try Repository.blobID(of: file.content)
        var mode = file.mode
        if !knowsExecutables, mode == .file, expected.contains(TreeLeaf(mode: .executable, id: id)) {
          mode = .executable
        }
        return State(leaf: TreeLeaf(mode: mode, id: id), stamp: file.stamp)
      }
    } orElse: { above in
      State(obstacle: above.map { .above($0) })
    }
  }

  /// The content at a path as git would store it, or nil where there is no file and no link.
  func content(of path: RepositoryPath, limit: Int) throws(GitError) -> (mode: FileMode, content: [UInt8])? {
    try withFolder(of: path) { (folder, name) throws(GitError) in
      let kind = try folder.status(of: name).kind
      switch kind {
      case .absent, .folder, .special: return nil
      case .file, .symbolicLink:
        let file = try read(path, name, kind, in: folder, limit: limit)
        return (file.mode, file.content)
      }
    } orElse: { _ in
      nil
    }
  }

  /// The stamp of what is at a path now.
  func stamp(of path: RepositoryPath) throws(GitError) -> FileStamp? {
    try withFolder(of: path) { (folder, name) throws(GitError) in
      try folder.status(of: name).stamp
    } orElse: { _ in
      nil
    }
  }

  /// The paths of all files below a folder, sorted; no link is followed.
  func files(below folder: RepositoryPath) throws(GitError) -> [RepositoryPath] {
    var files: [RepositoryPath] = []
    try visit(below: folder, under: .everything) { path, _ in files.append(path) }
    return files
  }

  /// Visits what is not a folder, below a folder, except for git's own directory and repositories in the repository.
  func visit(
    below start: RepositoryPath, under filter: PathFilter,
    _ found: (RepositoryPath, WorkTreeFolder.Kind) -> Void
  ) throws(GitError) {
    var folders = [start]
    while let path = folders.popLast() {
      if path.components.count > RepositoryPath.maximumDepth {
        throw GitError(.tooLarge, "the work tree is deeper than the limit of \(RepositoryPath.maximumDepth) folders")
      }
      try withFolder(path) { (folder) throws(GitError) in
        for name in try folder.names() {
          if name.elementsEqual(".git".utf8) || name.starts(with: WorkTreeFolder.unfinishedPrefix.utf8) { continue }
          let below = path.appending(name)
          let kind = try folder.status(of: name[...]).kind
          if kind == .folder {
            if filter.mayContain(below: below), try !isRepository(name[...], in: folder) { folders.append(below) }
          } else if kind != .absent, filter.contains(below) {
            found(below, kind)
          }
        }
      }
    }
  }

  private func isRepository(_ name: ArraySlice<UInt8>, in folder: borrowing WorkTreeFolder) throws(GitError) -> Bool {
    guard let below = try folder.folder(name) else { return false }
    return try below.status(of: Array(".git".utf8)[...]).kind != .absent
  }

  private func read(
    _ path: RepositoryPath, _ name: ArraySlice<UInt8>, _ kind: WorkTreeFolder.Kind,
    in folder: borrowing WorkTreeFolder, limit: Int
  ) throws(GitError) -> (mode: FileMode, content: [UInt8], stamp: FileStamp) {
    let (bytes, stamp) = try folder.content(of: name, kind: kind, limit: limit)
    if kind == .symbolicLink { return (.symbolicLink, bytes, stamp) }
    let isExecutable = knowsExecutables && kind == .file(isExecutable: true)
    let content = try repository.filtered(bytes, at: path, GIT_FILTER_TO_ODB)
    return (isExecutable ? .executable : .file, content, stamp)
  }
}

// MARK: - Folders on the way to a path

extension WorkTree {
  /// Opens a folder by its path, step by step; does nothing where there is none.
  func withFolder(
    _ path: RepositoryPath, _ body: (borrowing WorkTreeFolder) throws(GitError) -> Void
  ) throws(GitError) {
    if path.bytes.isEmpty { return try body(root) }
    try withFolder(of: path) { (parent, name) throws(GitError) in
      if let folder = try parent.folder(name) { try body(folder) }
    } orElse: { _ in
    }
  }

  /// Opens the folder that a path is in.
  ///
  /// Where that is missing, `orElse` hears of the file or link that is in the way.
  func withFolder<Result>(
    of path: RepositoryPath, _ body: (borrowing WorkTreeFolder, ArraySlice<UInt8>) throws(GitError) -> Result,
    orElse: (RepositoryPath?) -> Result
  ) throws(GitError) -> Result {
    let components = path.components
    guard let name = components.last else { return orElse(nil) }
    guard let first = components.first, components.count > 1 else { return try body(root, name) }
    var walked = RepositoryPath.root.appending(first)
    guard var folder = try root.folder(first) else { return orElse(try obstacle(walked, first, in: root)) }
    for component in components[1..<(components.count - 1)] {
      walked = walked.appending(component)
      guard let below = try folder.folder(component) else { return orElse(try obstacle(walked, component, in: folder)) }
      folder = below
    }
    return try body(folder, name)
  }

  private func obstacle(
    _ path: RepositoryPath, _ name: ArraySlice<UInt8>, in folder: borrowing WorkTreeFolder
  ) throws(GitError) -> RepositoryPath? {
    try folder.status(of: name).kind == .absent ? nil : path
  }

  /// Makes the folders on the way to a path where they are missing, and opens the last.
  func withMadeFolder(
    of path: RepositoryPath, _ body: (borrowing WorkTreeFolder, ArraySlice<UInt8>) throws(GitError) -> Void
  ) throws(GitError) {
    var walked = RepositoryPath.root
    for component in path.components.dropLast() {
      let parent = walked
      walked = walked.appending(component)
      try withFolder(parent) { (folder) throws(GitError) in try folder.makeFolder(component) }
    }
    var isDone = false
    try withFolder(of: path) { (folder, name) throws(GitError) in
      try body(folder, name)
      isDone = true
    } orElse: { _ in
    }
    if !isDone {
      throw GitError(
        .wouldOverwrite, "cannot write `\(path)`: something that is no folder is in the way of it",
        paths: [path.description])
    }
  }
}

extension Repository {
  /// A file's bytes as git stores them, or as the work tree has them.
  ///
  /// Programs that are configured as filters (`filter=lfs`) are not run: libgit2 does not.
  func filtered(_ bytes: [UInt8], at path: RepositoryPath, _ mode: git_filter_mode_t) throws(GitError) -> [UInt8] {
    useReadableIndex()
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    var list: OpaquePointer?
    let flags = GIT_FILTER_ALLOW_UNSAFE.rawValue
    try check(git_filter_list_load(&list, pointer, nil, name, mode, flags), "load the filters of `\(path)`")
    guard let list else { return bytes }
    let filters = Handle(.filters, of: self, owning: list)
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    let result = bytes.withUnsafeBytes {
      git_filter_list_apply_to_buffer(
        &buffer, filters.pointer, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    if result == GIT_PASSTHROUGH.rawValue {
      git_error_clear()
      return bytes
    }
    try check(result, "apply the filters of `\(path)`")
    return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
  }
}
