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

/// Finds the commit that made a change of meaning, by going through the graph from a commit to its parents.
///
/// A commit whose value equals that of one of its parents made no change, and the way goes on from the first such
/// parent; so merges, moves of files, re-formatting and re-ordering attribute nothing, while a revert and a re-insertion
/// do. The value is compared by meaning, and files are parsed once per content. From one commit that touched the file to
/// the next the graph may leap; with a `WalkedGraph` it costs every commit in between.
///
/// What a commit beside the line in force changed is not what changed in force: a proposal begins at one state and is
/// ratified over another. So the value before is the one that the line had until the merge that brought the commit in.
package final class Attribution {
  private let store: IdentityStore
  private let graph: any HistoryGraph
  private let key: EntryKey
  /// The ends of the lines of commits that are or were the state in force.
  private let tips: [ObjectID]
  /// Where the entry is at the commits that were passed; nil where it is nowhere.
  private var files: [ObjectID: IdentityFile?] = [:]

  /// An attribution for one entry; the lines of first parents that end at `tips` hold the states in force.
  package init(_ store: IdentityStore, _ graph: any HistoryGraph, key: EntryKey, tips: [ObjectID]) {
    self.store = store
    self.graph = graph
    self.key = key
    self.tips = tips
  }

  /// Where the value of a path (the whole entry, where the path is empty) at a commit comes from.
  package func origin(of path: FieldPath, at start: ObjectID) throws -> Origin { try trace(path, from: start).origin }

  /// All changes of the value of a path, the newest first, down to where it was first written.
  ///
  /// Each begins with the value that the next older one ends with.
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

  /// Goes to the origin of a value; with it the state that was in force before the merge through which the way left the
  /// line, where it did.
  private func trace(_ path: FieldPath, from start: ObjectID) throws -> (origin: Origin, left: ObjectID?) {
    var current = try settled(start)
    let after = try value(path, at: start)
    var left: ObjectID?
    while true {
      let commit = try store.repository.commit(current)
      guard let next = try unchanged(path, from: commit, after) else {
        let predecessor = try (left ?? commit.parents.first).map { try store.repository.commit($0) }
        let before = try predecessor.flatMap { try value(path, at: $0.id) }
        return (Origin(commit: commit, predecessor: predecessor, before: before, after: after), left)
      }
      if left == nil, try leaves(commit, to: next) { left = commit.parents.first }
      current = try settled(next)
    }
  }

  /// Whether a step goes past what was in force: to a commit beside the line or, through a merge of the line's own past,
  /// back over states that the line had since.
  private func leaves(_ commit: Commit, to next: ObjectID) throws -> Bool {
    guard let first = commit.parents.first, next != first, try isInForce(commit.id) else { return false }
    return try !isInForce(next) || graph.isAncestor(next, of: first)
  }

  /// The first parent that has a value already.
  private func unchanged(_ path: FieldPath, from commit: Commit, _ after: Node?) throws -> ObjectID? {
    for parent in commit.parents {
      _ = try file(at: parent, below: commit.id)
      if try value(path, at: parent) == after { return parent }
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
    steps[first].before = try value(path, at: inForce.id)
    // What the line had reached by itself, a commit of the proposal did not change.
    if first > 0, steps[first].before == steps[first].after {
      steps.removeLast()
      steps[first - 1].predecessor = inForce
    }
    return steps
  }

  /// The origin of a value where neither it nor the way to it is part of a state in force; nil where one is.
  private func origin(of path: FieldPath, beside inForce: Commit, from start: ObjectID) throws -> Origin? {
    var current = try settled(start)
    let after = try value(path, at: start)
    while try !isInForce(current) {
      let commit = try store.repository.commit(current)
      if let next = try unchanged(path, from: commit, after) {
        current = try settled(next)
        continue
      }
      guard try !graph.isAncestor(current, of: inForce.id) else { return nil }
      return Origin(commit: commit, predecessor: nil, before: nil, after: after)
    }
    return nil
  }

  private func isInForce(_ commit: ObjectID) throws -> Bool {
    try tips.contains { try graph.isOnLine(commit, of: $0) }
  }

  // MARK: - The entry at a commit

  /// The value at a path as it counts at a commit; a default that is written out is a value too.
  private func value(_ path: FieldPath, at commit: ObjectID) throws -> Node? {
    guard let document = try document(at: commit) else { return nil }
    return path.isEmpty ? .record(document.meaning) : document.value(at: path) ?? document.written(at: path)
  }

  /// The entry at a commit, or nil where there is none.
  package func document(at commit: ObjectID) throws -> Document? {
    try file(at: commit).flatMap { try held($0) }
  }

  /// The commit from which on the entry's file is as it is at this one, as far as the graph can tell.
  private func settled(_ commit: ObjectID) throws -> ObjectID {
    // Of what is nowhere, no file tells where it was last.
    guard let file = try file(at: commit) else { return commit }
    let settled = try graph.settled(file.path, at: commit)
    guard settled.file == file else { throw DamagedIndex() }
    files[settled.commit] = .some(file)
    return settled.commit
  }

  /// The document of the entry in a file, where it holds it.
  private func held(_ file: IdentityFile) throws -> Document? {
    guard let document = try store.read(file).document, document.key == key else { return nil }
    return document
  }

  /// Where the entry is at a commit.
  ///
  /// A file of its name is likely to hold it; all of its kind are read where none does.
  private func file(at commit: ObjectID) throws -> IdentityFile? {
    if let known = files[commit] { return known }
    let found = try search(commit)
    files[commit] = .some(found)
    return found
  }

  private func search(_ commit: ObjectID) throws -> IdentityFile? {
    guard let folder = key.kind.folder else {
      return try graph.settled(Kind.charterPath, at: commit).file
    }
    for file in try graph.files(named: "\(key.id).yaml", below: folder, at: commit) where try held(file) != nil {
      return file
    }
    let tree = try store.repository.commit(commit).tree
    return try store.identityFiles(ofTree: tree, kinds: [key.kind]).first { try held($0) != nil }
  }

  /// Where the entry is at a parent of a commit of which that is known: in the same file, or in one that changed between.
  private func file(at parent: ObjectID, below child: ObjectID) throws -> IdentityFile? {
    if let known = files[parent] { return known }
    var found: IdentityFile?
    let here = try file(at: child)
    if let here, let same = try graph.settled(here.path, at: parent).file, try held(same) != nil {
      found = same
    } else {
      let trees = (try store.repository.commit(parent).tree, try store.repository.commit(child).tree)
      found = try store.changedFiles(before: trees.0, after: trees.1).before
        .filter { Kind(path: $0.path) == key.kind }.first { try held($0) != nil }
    }
    files[parent] = .some(found)
    return found
  }
}
