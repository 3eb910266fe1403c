package import EthosRecord

/// What an entry of a tree is.
package enum FileMode: Hashable, Sendable {
  case file, executable, symbolicLink, tree
  /// A commit of another repository; it is named here and never looked into.
  case submodule

  /// Reads git's octal mode as git does: what it no longer writes (group-writable files) is the nearest of today.
  package init(rawMode: UInt32) {
    self =
      switch rawMode & 0o170000 {
      case 0o100000: rawMode & 0o100 == 0 ? .file : .executable
      case 0o120000: .symbolicLink
      case 0o040000: .tree
      default: .submodule
      }
  }

  /// The mode as git writes it.
  package var rawMode: UInt32 {
    switch self {
    case .file: 0o100644
    case .executable: 0o100755
    case .symbolicLink: 0o120000
    case .tree: 0o040000
    case .submodule: 0o160000
    }
  }

  /// The mode as a tree object has it: octal, without a leading zero.
  var octal: [UInt8] { Array(String(rawMode, radix: 8).utf8) }
}

/// One entry of one tree object.
package struct TreeEntry: Hashable, Sendable {
  package var nameBytes: [UInt8]
  package var mode: FileMode
  package var id: ObjectID

  /// The name as text, or nil where it is not UTF-8.
  package var name: String? { String(validating: nameBytes, as: UTF8.self) }

  package init(nameBytes: [UInt8], mode: FileMode, id: ObjectID) {
    self.nameBytes = nameBytes
    self.mode = mode
    self.id = id
  }
}

/// A leaf of a tree without its path: what is there.
package struct TreeLeaf: Hashable, Sendable {
  package var mode: FileMode
  package var id: ObjectID

  package init(mode: FileMode, id: ObjectID) {
    self.mode = mode
    self.id = id
  }
}

/// A leaf of a tree, found while walking it: a file, a symbolic link or a submodule.
package struct TreeFile: Hashable, Sendable {
  package var path: RepositoryPath
  package var mode: FileMode
  package var id: ObjectID

  package var leaf: TreeLeaf { TreeLeaf(mode: mode, id: id) }
}

/// A path whose leaf differs between two trees.
///
/// Where a file became a folder there is a removal and there are additions.
package struct TreeChange: Hashable, Sendable {
  package var path: RepositoryPath
  package var before: TreeLeaf?
  package var after: TreeLeaf?

  package init(path: RepositoryPath, before: TreeLeaf?, after: TreeLeaf?) {
    self.path = path
    self.before = before
    self.after = after
  }
}

/// A leaf to put into a tree, or, without one, to take out of it.
package struct TreeEdit: Hashable, Sendable {
  package var path: RepositoryPath
  package var leaf: TreeLeaf?

  package init(path: RepositoryPath, leaf: TreeLeaf?) {
    self.path = path
    self.leaf = leaf
  }
}
