internal import CGit2
package import EthosRecord

extension Repository {
  /// Stores the tree that a base becomes by some edits; without a base it starts empty.
  ///
  /// The user's index is not asked and not touched. What is not edited is kept byte for byte; folders that become empty
  /// vanish. A refused edit leaves at most objects behind that nothing refers to.
  ///
  /// - Throws: `.invalid` for a path that no repository may have (`RepositoryPath.validate`), for two edits of one path,
  ///   and for a leaf that is no file of this repository; `.pathConflict` where a file and a folder would have one path;
  ///   `.notFound` for the removal of what is not there.
  package func writeTree(base: ObjectID?, edits: [TreeEdit]) throws(GitError) -> ObjectID {
    var seen: Set<RepositoryPath> = []
    for edit in edits {
      try edit.path.validate()
      if !seen.insert(edit.path).inserted {
        throw GitError(.invalid, "`\(edit.path)` is edited twice", paths: [edit.path.description])
      }
      if let leaf = edit.leaf { try validate(leaf, at: edit.path) }
    }
    let sorted = edits.sorted { $0.path < $1.path }
    let steps = sorted.map { TreeWriter.Step(path: $0.path, rest: $0.path.components[...], leaf: $0.leaf) }
    let written = try TreeWriter(repository: self).write(base: base, folder: .root, steps: steps[...])
    guard let written else { return try writeObject([], GIT_OBJECT_TREE, "a tree") }
    return written
  }

  private func validate(_ leaf: TreeLeaf, at path: RepositoryPath) throws(GitError) {
    func refusal(_ reason: String) -> GitError {
      GitError(.invalid, "`\(path)` cannot be written: \(reason)", paths: [path.description])
    }
    switch leaf.mode {
    case .tree: throw refusal("a folder is made of its files")
    // The commit lies in another repository.
    case .submodule: _ = try leaf.id.raw()
    case .file, .executable, .symbolicLink:
      if try objectHeader(leaf.id).kind != .blob { throw refusal("the object `\(leaf.id)` is not a file") }
    }
  }
}

/// Writes the folders that edits touch, from the leaves to the root.
///
/// Recursion is as deep as the longest edited path, which is limited.
private struct TreeWriter {
  let repository: Repository

  /// An edit, seen from a folder: the components that are left.
  struct Step {
    let path: RepositoryPath
    var rest: ArraySlice<ArraySlice<UInt8>>
    let leaf: TreeLeaf?
  }

  /// An entry of the new folder, with the bytes that it has, or will have, in the tree object.
  private struct NewEntry {
    let name: ArraySlice<UInt8>
    let isFolder: Bool
    let bytes: [UInt8]

    init(name: ArraySlice<UInt8>, leaf: TreeLeaf) {
      self.name = name
      isFolder = leaf.mode == .tree
      bytes = leaf.mode.octal + [UInt8(ascii: " ")] + name + [0] + leaf.id.bytes
    }

    init(kept entry: RawTree.Entry, in tree: RawTree) {
      name = tree.name(of: entry)
      isFolder = entry.mode == .tree
      bytes = Array(tree.bytes[entry.start..<entry.id.upperBound])
    }

    /// Git's order: a folder's name sorts as if it ended with `/`.
    static func precedes(_ left: NewEntry, _ right: NewEntry) -> Bool {
      func key(_ entry: NewEntry) -> [UInt8] { entry.isFolder ? entry.name + [UInt8(ascii: "/")] : Array(entry.name) }
      return key(left).lexicographicallyPrecedes(key(right))
    }
  }

  /// Writes one folder; nil where nothing is left in it.
  func write(base: ObjectID?, folder: RepositoryPath, steps: ArraySlice<Step>) throws(GitError) -> ObjectID? {
    var steps = Dictionary(grouping: steps) { $0.rest.first ?? [] }
    var entries: [NewEntry] = []
    if let base {
      var cursor = RawTree.Cursor(try repository.rawTree(base))
      while let entry = try cursor.next() {
        let name = cursor.tree.name(of: entry)
        if let edits = steps.removeValue(forKey: name) {
          let leaf = try edited(cursor.tree.leaf(of: entry), name: name, folder: folder, edits: edits)
          if let leaf { entries.append(NewEntry(name: name, leaf: leaf)) }
        } else {
          entries.append(NewEntry(kept: entry, in: cursor.tree))
        }
      }
    }
    for (name, edits) in steps {
      let leaf = try edited(nil, name: name, folder: folder, edits: edits)
      if let leaf { entries.append(NewEntry(name: name, leaf: leaf)) }
    }
    if entries.isEmpty { return nil }
    entries.sort(by: NewEntry.precedes)
    return try repository.writeObject(entries.flatMap(\.bytes), GIT_OBJECT_TREE, "a tree")
  }

  /// What an entry becomes by the edits of it and of what lies below it.
  private func edited(
    _ entry: TreeLeaf?, name: ArraySlice<UInt8>, folder: RepositoryPath, edits: [Step]
  ) throws(GitError) -> TreeLeaf? {
    let path = folder.appending(name)
    let direct = edits.first { $0.rest.count == 1 }
    let below = edits.filter { $0.rest.count > 1 }.map { step in
      var step = step
      step.rest = step.rest.dropFirst()
      return step
    }
    let oldFolder = entry.flatMap { $0.mode == .tree ? $0.id : nil }
    let hasOldFile = entry != nil && oldFolder == nil
    if let direct, direct.leaf == nil, !hasOldFile {
      throw GitError(.notFound, "there is no file `\(path)` to remove", paths: [path.description])
    }
    let newFolder =
      below.isEmpty ? oldFolder : try write(base: oldFolder, folder: path, steps: below[...])
    let newFile = direct.map(\.leaf) ?? (hasOldFile ? entry : nil)
    if newFile != nil, newFolder != nil {
      throw GitError(
        .pathConflict, "`\(path)` would be a file and a folder", paths: [path.description],
        help: "remove one of the two in the same change")
    }
    return newFile ?? newFolder.map { TreeLeaf(mode: .tree, id: $0) }
  }
}
