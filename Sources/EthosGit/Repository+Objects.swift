internal import CGit2
package import EthosRecord

/// What an object of a repository is.
package enum ObjectKind: Hashable, Sendable { case commit, tree, blob, tag }

extension Repository {
  /// Blobs larger than this are not read unless a caller says so.
  package static let defaultBlobLimit = 64 * 1_024 * 1_024

  /// The kind and the size of an object, from its header alone.
  package func objectHeader(_ id: ObjectID) throws(GitError) -> (kind: ObjectKind, size: Int) {
    var raw = try id.raw()
    var size = 0
    var type = GIT_OBJECT_INVALID
    let result = git_odb_read_header(&size, &type, objectDatabase, &raw)
    if result < 0 { throw readingError(result, id) }
    guard let kind = ObjectKind(type) else { throw GitError(.malformed, "the object `\(id)` is of no known kind") }
    return (kind, size)
  }

  package func contains(_ id: ObjectID) throws(GitError) -> Bool {
    var raw = try id.raw()
    return git_odb_exists(objectDatabase, &raw) == 1
  }

  package func commit(_ id: ObjectID) throws(GitError) -> Commit {
    let text = ObjectText(try read(id, .commit), of: id)
    let commit = try text.commit()
    parentMemo[id] = commit.parents
    if !commit.isDecoded { onUndecoded?(id) }
    return commit
  }

  package func tag(_ id: ObjectID) throws(GitError) -> AnnotatedTag {
    try ObjectText(try read(id, .tag), of: id).tag()
  }

  /// The entries of one tree, in git's order.
  package func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] { try rawTree(id).entries() }

  /// The content of a file.
  ///
  /// - Throws: `.tooLarge`, before anything is read, where it is longer than the limit.
  package func blob(_ id: ObjectID, limit: Int = Repository.defaultBlobLimit) throws(GitError) -> [UInt8] {
    let (_, size) = try objectHeader(id)
    if size > limit {
      throw GitError(.tooLarge, "the file `\(id.short)` has \(size) bytes, more than the limit of \(limit)")
    }
    return try read(id, .blob)
  }

  /// The parents of a commit, remembered: walking the same history again reads nothing.
  package func parents(of id: ObjectID) throws(GitError) -> [ObjectID] {
    if let parents = parentMemo[id] { return parents }
    let parents = try ObjectText(try read(id, .commit), of: id).parents()
    parentMemo[id] = parents
    return parents
  }

  /// The tree of a commit, without reading the rest of it.
  package func treeID(of id: ObjectID) throws(GitError) -> ObjectID {
    let (tree, parents) = try ObjectText(try read(id, .commit), of: id).treeAndParents()
    parentMemo[id] = parents
    return tree
  }

  func rawTree(_ id: ObjectID) throws(GitError) -> RawTree {
    // Git knows the empty tree without storing it.
    if id == Repository.emptyTree { return RawTree(id: id, bytes: []) }
    return RawTree(id: id, bytes: try read(id, .tree))
  }

  package static let emptyTree = ObjectID(
    bytes: [
      0x4b, 0x82, 0x5d, 0xc6, 0x42, 0xcb, 0x6e, 0xb9, 0xa0, 0x60, 0xe5, 0x4b, 0xf8, 0xd6, 0x92, 0x88, 0xfb, 0xee, 0x49,
      0x04,
    ])

  /// The bytes of an object of one kind.
  func read(_ id: ObjectID, _ kind: ObjectKind) throws(GitError) -> [UInt8] {
    var raw = try id.raw()
    var object: OpaquePointer?
    let result = git_odb_read(&object, objectDatabase, &raw)
    guard result >= 0, let object else { throw readingError(result, id) }
    let handle = Handle(.objectDatabaseObject, of: self, owning: object)
    let found = ObjectKind(git_odb_object_type(handle.pointer))
    guard found == kind else {
      throw GitError(
        .malformed, "the object `\(id)` is a \(found?.name ?? "thing of no known kind"), not a \(kind.name)")
    }
    switch kind {
    case .commit: reads.commits += 1
    case .tree: reads.trees += 1
    case .blob: reads.blobs += 1
    case .tag: reads.tags += 1
    }
    let size = git_odb_object_size(handle.pointer)
    if size > kind.limit {
      throw GitError(.tooLarge, "the \(kind.name) `\(id)` has \(size) bytes, more than the limit of \(kind.limit)")
    }
    return Array(UnsafeRawBufferPointer(start: git_odb_object_data(handle.pointer), count: size))
  }

  /// What a failed read of an object means.
  func readingError(_ result: Int32, _ id: ObjectID) -> GitError {
    var error = GitError(result: result, doing: "read the object `\(id)`")
    guard error.code == .notFound else {
      // Anything but the disk's own failure is about what the object holds.
      if error.code == .invalid { error.code = .malformed }
      return error
    }
    return missing(id)
  }
}

extension ObjectKind {
  init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }

  /// Larger objects are not looked into: what reads them takes them apart as a whole.
  ///
  /// Blobs have limits of their own.
  var limit: Int {
    switch self {
    case .commit, .tag: 16 * 1_024 * 1_024
    case .tree: 64 * 1_024 * 1_024
    case .blob: .max
    }
  }

  var name: String {
    switch self {
    case .commit: "commit"
    case .tree: "tree"
    case .blob: "file"
    case .tag: "tag"
    }
  }
}
