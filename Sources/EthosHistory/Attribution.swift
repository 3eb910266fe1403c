import EthosGit
package import EthosModel
package import EthosRecord
package import EthosStore
import EthosSyntax

/// The commit that gave a field the value it has, and the value before.
package struct Origin: Hashable, Sendable {
  package var commit: Commit
  /// The state that `before` is of: the one that was in force until then, else the commit's first parent.
  package var predecessor: Commit?
  package var before: Node?
  package var after: Node?
}

/// Finds the commit that made a change of meaning, by walking the graph from a commit to its parents.
///
/// A commit whose value equals that of one of its parents made no change, and the walk goes on from the first such
/// parent; so merges, moves of files, re-formatting and re-ordering attribute nothing, while a revert and a re-insertion
/// do. The value is compared by meaning. Folders that are equal by id are not looked into, and files are parsed once per
/// content. Costs a walk over the commits down to the origin.
///
/// What a commit beside the line in force changed is not what changed in force: a proposal begins at one state and is
/// ratified over another. So the value before is the one that the line had until the merge that brought the commit in.
package final class Attribution {
  private let store: IdentityStore
  private let key: EntryKey
  private let line: Set<ObjectID>
  private var lastPath: String
  private var states: [ObjectID: Document?] = [:]

  /// An attribution for one entry; `line` holds the commits that are or were the state in force.
  package init(_ store: IdentityStore, key: EntryKey, line: Set<ObjectID>) {
    self.store = store
    self.key = key
    self.line = line
    lastPath = key.kind.folder.map { "\($0)/\(key.id).yaml" } ?? Kind.charterPath
  }

  /// Where the value of a path (the whole entry, where the path is empty) at a commit comes from.
  package func origin(of path: FieldPath, at start: ObjectID) throws -> Origin { try trace(path, from: start).origin }

  /// All changes of the value of a path, the newest first, down to where it was first written. Each begins with the value
  /// that the next older one ends with.
  package func history(of path: FieldPath, at start: ObjectID, limit: Int = .max) throws -> [Origin] {
    var origins: [Origin] = []
    var next: ObjectID? = start
    while let commit = next, origins.count < limit {
      let (origin, left) = try trace(path, from: commit)
      // A value that never was has no origin.
      if left == nil, origin.after == nil, origin.commit.parents.isEmpty { break }
      if let left, let before = origin.predecessor {
        origins += try steps(of: path, to: origin, after: before)
        next = left
      } else {
        origins.append(origin)
        next = origin.commit.parents.first
      }
    }
    return Array(origins.prefix(limit))
  }

  /// Walks to the origin of a value; with it the state that was in force before the merge through which the walk left the
  /// line, where it did.
  private func trace(_ path: FieldPath, from start: ObjectID) throws -> (origin: Origin, left: ObjectID?) {
    var current = try store.repository.commit(start)
    let after = try value(path, at: current)
    var left: ObjectID?
    while true {
      guard let next = try unchanged(path, from: current, after) else {
        let predecessor = try (left ?? current.parents.first).map { try store.repository.commit($0) }
        let before = try predecessor.flatMap { try value(path, at: $0) }
        return (Origin(commit: current, predecessor: predecessor, before: before, after: after), left)
      }
      if left == nil, line.contains(current.id), !line.contains(next.id) { left = current.parents.first }
      current = next
    }
  }

  /// The first parent that has a value already.
  private func unchanged(_ path: FieldPath, from commit: Commit, _ after: Node?) throws -> Commit? {
    for parent in commit.parents {
      let candidate = try store.repository.commit(parent)
      if try value(path, at: candidate) == after { return candidate }
    }
    return nil
  }

  /// The changes that one merge brought into force, the newest first: the last one, and those that it was built on beside
  /// the line.
  private func steps(of path: FieldPath, to last: Origin, after inForce: Commit) throws -> [Origin] {
    var steps = [last]
    while let step = steps.last, let parent = step.commit.parents.first,
      let earlier = try origin(of: path, beside: inForce, from: parent)
    {
      steps[steps.count - 1].predecessor = try store.repository.commit(parent)
      steps[steps.count - 1].before = earlier.after
      steps.append(earlier)
    }
    let first = steps.count - 1
    steps[first].predecessor = inForce
    steps[first].before = try value(path, at: inForce)
    // What the line had reached by itself, a commit of the proposal did not change.
    if first > 0, steps[first].before == steps[first].after {
      steps.removeLast()
      steps[first - 1].predecessor = inForce
    }
    return steps
  }

  /// The origin of a value where neither it nor the walk to it is part of a state in force; nil where one is.
  private func origin(of path: FieldPath, beside inForce: Commit, from start: ObjectID) throws -> Origin? {
    var current = try store.repository.commit(start)
    let after = try value(path, at: current)
    while !line.contains(current.id) {
      if let next = try unchanged(path, from: current, after) {
        current = next
        continue
      }
      guard try !store.repository.isAncestor(current.id, of: inForce.id) else { return nil }
      return Origin(commit: current, predecessor: nil, before: nil, after: after)
    }
    return nil
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
