package import EthosRecord

extension Repository {
  /// One walk reads no more entries than this: a few hostile trees that name each other can stand for 10¹⁸ files.
  static let walkLimit = 10_000_000

  /// All leaves of a tree, sorted by path.
  ///
  /// Submodules are listed and never looked into.
  package func files(in tree: ObjectID, under filter: PathFilter = .everything) throws(GitError) -> [TreeFile] {
    try treeDifference(before: nil, after: tree, under: filter).compactMap { change in
      change.after.map { TreeFile(path: change.path, mode: $0.mode, id: $0.id) }
    }
  }

  /// What is at a path of a tree: a leaf or a folder; nil where there is nothing.
  package func entry(at path: RepositoryPath, in tree: ObjectID) throws(GitError) -> TreeLeaf? {
    var leaf = TreeLeaf(mode: .tree, id: tree)
    for component in path.components {
      guard leaf.mode == .tree else { return nil }
      var cursor = RawTree.Cursor(try rawTree(leaf.id))
      var found: TreeLeaf?
      while found == nil, let entry = try cursor.next() {
        if cursor.tree.name(of: entry).elementsEqual(component) { found = cursor.tree.leaf(of: entry) }
      }
      guard let found else { return nil }
      leaf = found
    }
    return leaf
  }

  /// The paths whose leaf differs between two trees, sorted; nil is a tree without anything.
  ///
  /// Reads no blob, and no tree that is equal on both sides: the cost is that of the folders that changed. Where a file
  /// became a folder, the file is removed and the folder's files are added.
  package func treeDifference(
    before: ObjectID?, after: ObjectID?, under filter: PathFilter = .everything
  ) throws(GitError) -> [TreeChange] {
    var walk = TreeComparison(repository: self, filter: filter)
    return try walk.run(before: before, after: after)
  }

  /// The same, for trees that anybody may have made: a folder that cannot be read is a leaf of the mode `tree`, on its
  /// side, and so is one that is deeper than the limit; the rest is compared as ever.
  ///
  /// Says too which of the folders that differ hold names that are worth a look.
  ///
  /// - Throws: `.tooLarge` where what differs is more than anybody can have written by hand.
  package func readableDifference(
    before: ObjectID?, after: ObjectID?, under filter: PathFilter, limits: TreeLimits = .standard
  ) throws(GitError) -> (changes: [TreeChange], folders: [OddFolder]) {
    var walk = TreeComparison(repository: self, filter: filter)
    walk.limits = limits
    let changes = try walk.run(before: before, after: after)
    return (changes, walk.oddFolders)
  }
}

/// How far a tree is looked into that anybody may have made.
package struct TreeLimits: Hashable, Sendable {
  /// Folders below the root.
  package var depth: Int
  /// Entries that differ, and folders among them.
  package var entries: Int
  package var folders: Int

  package init(depth: Int, entries: Int, folders: Int) {
    self.depth = depth
    self.entries = entries
    self.folders = folders
  }

  package static let standard = TreeLimits(depth: 65, entries: 1_000_000, folders: 100_000)
}

/// A folder, on both sides of a comparison, with names that are not all plain ones of YAML files and folders.
package struct OddFolder: Hashable, Sendable {
  package var path: RepositoryPath
  /// The entries of the side whose names are odd; none where they are plain.
  package var before: [TreeEntry]
  package var after: [TreeEntry]
}

/// Compares two trees, folder by folder, without recursion: a hostile tree is deep.
private struct TreeComparison {
  let repository: Repository
  let filter: PathFilter
  /// Nil where whatever cannot be read is an error.
  var limits: TreeLimits?
  var oddFolders: [OddFolder] = []
  var changes: [TreeChange] = []
  var entriesRead = 0
  private var foldersRead = 0

  init(repository: Repository, filter: PathFilter) {
    self.repository = repository
    self.filter = filter
  }

  /// One folder that is being compared: its path and where the walk stands on both sides.
  struct Folder {
    let path: RepositoryPath
    let depth: Int
    var before: Side
    var after: Side

    /// Something below a folder must be looked at: the two entries of the same name, or the one.
    struct Side {
      var cursor: RawTree.Cursor
      var entry: RawTree.Entry?

      init(_ tree: RawTree) throws(GitError) {
        cursor = RawTree.Cursor(tree)
        entry = try cursor.next()
      }

      mutating func advance() throws(GitError) { entry = try cursor.next() }
    }
  }

  mutating func run(before: ObjectID?, after: ObjectID?) throws(GitError) -> [TreeChange] {
    if before == after { return [] }
    var folders = [try folder(.root, depth: 0, before: before, after: after)]
    while !folders.isEmpty {
      if let below = try step(&folders[folders.count - 1]) {
        folders.append(below)
      } else if folders[folders.count - 1].before.entry == nil, folders[folders.count - 1].after.entry == nil {
        folders.removeLast()
      }
    }
    return changes
  }

  private mutating func folder(
    _ path: RepositoryPath, depth: Int, before: ObjectID?, after: ObjectID?
  ) throws(GitError) -> Folder {
    if let limits {
      foldersRead += 1
      if foldersRead > limits.folders {
        throw GitError(.tooLarge, "a tree has more than the limit of \(limits.folders) folders")
      }
      let (left, right) = (try readable(before, depth, limits), try readable(after, depth, limits))
      let (lost, found) = (left.unreadable(before), right.unreadable(after))
      if lost != nil || found != nil { changes.append(TreeChange(path: path, before: lost, after: found)) }
      if depth == 0 || left.isOdd || right.isOdd {
        oddFolders.append(
          OddFolder(
            path: path, before: depth == 0 || left.isOdd ? try left.tree.entries() : [],
            after: depth == 0 || right.isOdd ? try right.tree.entries() : []))
      }
      return Folder(path: path, depth: depth, before: try Folder.Side(left.tree), after: try Folder.Side(right.tree))
    }
    if depth > RepositoryPath.maximumDepth {
      throw GitError(
        .tooLarge, "a tree is deeper than the limit of \(RepositoryPath.maximumDepth) folders",
        paths: [String(path.description.prefix(80))])
    }
    return Folder(
      path: path, depth: depth, before: try Folder.Side(tree(before)), after: try Folder.Side(tree(after)))
  }

  private func tree(_ id: ObjectID?) throws(GitError) -> RawTree {
    guard let id else { return RawTree(id: Repository.emptyTree, bytes: []) }
    return try repository.rawTree(id)
  }

  /// A folder that was read whole, or one that cannot be, in whose place there is an empty one.
  private struct Readable {
    var tree: RawTree
    var isOdd: Bool

    func unreadable(_ id: ObjectID?) -> TreeLeaf? {
      guard let id, tree.id != id else { return nil }
      return TreeLeaf(mode: .tree, id: id)
    }
  }

  private func readable(_ id: ObjectID?, _ depth: Int, _ limits: TreeLimits) throws(GitError) -> Readable {
    let nothing = Readable(tree: RawTree(id: Repository.emptyTree, bytes: []), isOdd: false)
    guard let id, depth <= limits.depth else { return nothing }
    do throws(GitError) {
      let tree = try repository.rawTree(id)
      if let known = repository.treeOddity[id] { return Readable(tree: tree, isOdd: known) }
      let isOdd = try tree.isOdd()
      if repository.treeOddity.count > 50_000 { repository.treeOddity = [:] }
      repository.treeOddity[id] = isOdd
      return Readable(tree: tree, isOdd: isOdd)
    } catch {
      guard error.isOfObject else { throw error }
      return nothing
    }
  }

  /// Takes the next entry of one side, or of both where it has the same name; returns the folder to descend into.
  private mutating func step(_ folder: inout Folder) throws(GitError) -> Folder? {
    let (beforeTree, afterTree) = (folder.before.cursor.tree, folder.after.cursor.tree)
    var before = folder.before.entry
    var after = folder.after.entry
    if let left = before, let right = after {
      let order = RawTree.compare(left, in: beforeTree, right, in: afterTree)
      if order < 0 { after = nil } else if order > 0 { before = nil }
    }
    if before != nil { try folder.before.advance() }
    if after != nil { try folder.after.advance() }
    entriesRead += 1
    let limit = limits?.entries ?? Repository.walkLimit
    if entriesRead > limit { throw GitError(.tooLarge, "a tree has more than the limit of \(limit) entries") }
    if let before, let after, RawTree.areEqual(before, in: beforeTree, after, in: afterTree) { return nil }
    guard
      let name = before.map({ beforeTree.name(of: $0) }) ?? after.map({ afterTree.name(of: $0) })
    else { return nil }
    let path = folder.path.appending(name)
    let isFolder = (before?.mode ?? after?.mode) == .tree
    if isFolder {
      guard filter.mayContain(below: path) else { return nil }
      return try self.folder(
        path, depth: folder.depth + 1, before: before.map { beforeTree.objectID(of: $0) },
        after: after.map { afterTree.objectID(of: $0) })
    }
    if filter.contains(path) {
      changes.append(
        TreeChange(
          path: path, before: before.map { beforeTree.leaf(of: $0) }, after: after.map { afterTree.leaf(of: $0) }))
    }
    return nil
  }
}
