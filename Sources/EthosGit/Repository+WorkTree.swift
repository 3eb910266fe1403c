internal import CGit2
package import EthosRecord

/// A path where the work tree is not as a tree has it.
package struct WorkTreeChange: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The tree has nothing there.
    case added
    /// The content, the executable bit or the kind of file differs.
    case modified
    case removed
  }

  package var path: RepositoryPath
  package var kind: Kind
}

/// A file or a link of the work tree, as git would store it.
package struct WorkTreeFile: Hashable, Sendable {
  package var mode: FileMode
  /// The content after the repository's filters: with LF where the repository stores LF.
  package var content: [UInt8]
}

extension Repository {
  /// Where the work tree differs from a tree, by content, sorted; files that git ignores are left out when the tree
  /// does not have them.
  ///
  /// Nothing is compared for submodules.
  ///
  /// What is staged does not matter. The index is asked only where files are missing: those that a sparse checkout leaves
  /// out are not removed.
  package func workTreeChanges(
    against tree: ObjectID?, under filter: PathFilter = .everything
  ) throws(GitError) -> [WorkTreeChange] {
    let workTree = try WorkTree(self)
    var tracked: [RepositoryPath: TreeLeaf] = [:]
    // What lies in a folder that cannot be read is not compared, wherever it is.
    var unreadable: [RepositoryPath] = []
    if let tree {
      for change in try readableDifference(before: nil, after: tree, under: filter).changes {
        guard let leaf = change.after else { continue }
        if leaf.mode == .tree { unreadable.append(change.path) } else { tracked[change.path] = leaf }
      }
    }
    var found: [RepositoryPath] = []
    try workTree.visit(below: .root, under: filter) { path, kind in
      if unreadable.contains(where: { path.isAtOrBelow($0) }) { return }
      if kind != .special || tracked[path] != nil { found.append(path) }
    }
    var changes: [WorkTreeChange] = []
    for path in found {
      if let leaf = tracked.removeValue(forKey: path) {
        if leaf.mode == .submodule { continue }
        if try workTree.state(of: path, expected: [leaf]).leaf != leaf {
          changes.append(WorkTreeChange(path: path, kind: .modified))
        }
      } else if try !isIgnored(path) {
        changes.append(WorkTreeChange(path: path, kind: .added))
      }
    }
    let missing = tracked.filter { $0.value.mode != .submodule }.keys
    if !missing.isEmpty {
      let index = try UserIndex(self)
      for path in missing where index.entry(at: path)?.isLeftOut != true {
        changes.append(WorkTreeChange(path: path, kind: .removed))
      }
    }
    return changes.sorted { $0.path < $1.path }
  }

  /// What lies in a folder of the work tree, sorted by name, without git's own folder; nothing where there is none.
  ///
  /// Ids are not known here.
  package func workTreeEntries(of folder: RepositoryPath) throws(GitError) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    try WorkTree(self).withFolder(folder) { (folder) throws(GitError) in
      for name in try folder.names() where !name.elementsEqual(".git".utf8) {
        if name.starts(with: WorkTreeFolder.unfinishedPrefix.utf8) { continue }
        let mode: FileMode? =
          switch try folder.status(of: name[...]).kind {
          case .absent, .special: nil
          case .folder: .tree
          case .file(let isExecutable): isExecutable ? .executable : .file
          case .symbolicLink: .symbolicLink
          }
        if let mode { entries.append(TreeEntry(nameBytes: name, mode: mode, id: Repository.emptyTree)) }
      }
    }
    return entries
  }

  /// The file at a path of the work tree as git would store it; nil where there is none.
  ///
  /// Links on the way are not followed: what lies behind one is not of the repository.
  package func workTreeFile(
    _ path: RepositoryPath, limit: Int = Repository.defaultBlobLimit
  ) throws(GitError) -> WorkTreeFile? {
    try path.validate()
    return try WorkTree(self).content(of: path, limit: limit).map { WorkTreeFile(mode: $0.mode, content: $0.content) }
  }

  /// The content of a file that a sparse checkout leaves out of the work tree; nil for any other.
  package func leftOutContent(of path: RepositoryPath) throws(GitError) -> [UInt8]? {
    guard let entry = try UserIndex(self).entry(at: path), entry.isLeftOut else { return nil }
    return try blob(entry.leaf.id)
  }

  /// The paths of which a merge of git's has left conflicts that the user has yet to resolve, sorted.
  package func conflictedPaths() throws(GitError) -> [RepositoryPath] { try UserIndex(self).conflicts }

  /// What git would store for the file or link at a path of the work tree; nil where there is none.
  package func workTreeLeaf(_ path: RepositoryPath) throws(GitError) -> TreeLeaf? {
    try path.validate()
    return try WorkTree(self).state(of: path, expected: []).leaf
  }

  /// Whether git ignores a path of the work tree.
  package func isIgnored(_ path: RepositoryPath) throws(GitError) -> Bool {
    var isIgnored: Int32 = 0
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    try check(git_ignore_path_is_ignored(&isIgnored, pointer, name), "ask whether git ignores `\(path)`")
    return isIgnored == 1
  }
}
