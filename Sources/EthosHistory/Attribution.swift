import EthosGit
package import EthosModel
package import EthosRecord
package import EthosStore
import EthosSyntax

/// The commit that gave a field the value it has, and the value before.
package struct Origin: Hashable, Sendable {
  package var commit: Commit
  package var before: Node?
  package var after: Node?
}

/// Finds the commit that made a change of meaning, by walking the graph from a commit to its parents.
///
/// A commit whose value equals that of one of its parents made no change, and the walk goes on from the first such
/// parent; so merges, moves of files, re-formatting and re-ordering attribute nothing, while a revert and a re-insertion
/// do. The value is compared by meaning. Folders that are equal by id are not looked into, and files are parsed once per
/// content. Costs a walk over the commits down to the origin.
package final class Attribution {
  private let store: IdentityStore
  private let key: EntryKey
  private var lastPath: String
  private var states: [ObjectID: Document?] = [:]

  package init(_ store: IdentityStore, key: EntryKey) {
    self.store = store
    self.key = key
    lastPath = key.kind.folder.map { "\($0)/\(key.id).yaml" } ?? Kind.charterPath
  }

  /// Where the value of a path (the whole entry, where the path is empty) at a commit comes from.
  package func origin(of path: FieldPath, at start: ObjectID) throws -> Origin {
    var current = try store.repository.commit(start)
    let after = try value(path, at: current)
    while true {
      var unchanged: Commit?
      for parent in current.parents {
        let commit = try store.repository.commit(parent)
        if try value(path, at: commit) == after {
          unchanged = commit
          break
        }
      }
      guard let next = unchanged else {
        let before = try current.parents.first.flatMap { try value(path, at: try store.repository.commit($0)) }
        return Origin(commit: current, before: before, after: after)
      }
      current = next
    }
  }

  /// All changes of the value of a path, the newest first, down to where it was first written.
  package func history(of path: FieldPath, at start: ObjectID, limit: Int = .max) throws -> [Origin] {
    var origins: [Origin] = []
    var next: ObjectID? = start
    while let commit = next, origins.count < limit {
      let origin = try origin(of: path, at: commit)
      // A value that never was has no origin.
      if origin.after == nil, origin.commit.parents.isEmpty { break }
      origins.append(origin)
      next = origin.commit.parents.first
    }
    return origins
  }

  /// The value at a path as it counts at a commit; a default that is written out is a value too.
  package func value(_ path: FieldPath, at commit: Commit) throws -> Node? {
    guard let document = try document(at: commit) else { return nil }
    return path.isEmpty ? .record(document.meaning) : document.value(at: path) ?? document.written(at: path)
  }

  /// The entry at a commit, or nil where there is none.
  package func document(at commit: Commit) throws -> Document? {
    // The id of the folder that may hold the entry (of the file, for the charter) stands for its content.
    let root = key.kind.folder ?? Kind.charterPath
    guard let entry = try store.repository.entry(at: root, in: commit.tree) else { return nil }
    if let known = states[entry.id] { return known }
    let found = try find(in: commit.tree)
    states[entry.id] = found
    return found
  }

  private func find(in tree: ObjectID) throws -> Document? {
    // An entry rarely moves: the path where it was last seen is tried before its folder is searched.
    if let entry = try store.repository.entry(at: lastPath, in: tree),
      let document = try store.read(IdentityFile(path: lastPath, mode: entry.mode, blob: entry.id)).document,
      document.key == key
    {
      return document
    }
    guard let document = try store.snapshot(ofTree: tree, kinds: [key.kind])[key] else { return nil }
    lastPath = document.path
    return document
  }
}
