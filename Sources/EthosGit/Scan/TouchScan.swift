internal import CGit2
import EthosRecord
import Glibc
import Synchronization

/// A file that a commit left otherwise than its first parent has it.
package struct FileTouch: Sendable {
  /// The place of the path in the scan's `paths`.
  package let path: Int
  /// The file as the first parent has it, where that is asked for, and as the commit left it; nil where there is none.
  package let before: TreeLeaf?
  package let after: TreeLeaf?
}

/// Finds which files each of many commits touched, against its first parent; of a commit without one, all that it has.
///
/// Trees are compared entry by entry on their raw bytes, and equal ones are skipped by id. Ids are not checked against
/// contents: what is derived may rest on the object database as it is, and `git fsck` and `verify` read it otherwise.
package final class TouchScan {
  private let commits: CommitScan
  private let roots: [[UInt8]]
  private let withBefore: Bool
  private let cache: ObjectCache
  private var path: [UInt8] = []
  private var found: [FileTouch] = []
  private var placesOfPaths: [[UInt8]: Int] = [:]
  /// The paths of all files that were touched.
  package private(set) var paths: [RepositoryPath] = []

  private static let suffix = Array(".yaml".utf8)
  private static let cacheBudget = 96 << 20

  /// A scan of the YAML files at and below these names of the root tree.
  package init(_ commits: CommitScan, roots: [String], withBefore: Bool) {
    self.commits = commits
    self.withBefore = withBefore
    self.roots = roots.map { Array($0.utf8) }
    cache = ObjectCache(of: commits.repository, budget: TouchScan.cacheBudget)
  }

  /// Calls `body` with each of some commits, as its place, in their order, and what it touched.
  ///
  /// Along first parents, the newest first, the state that one is compared with is that of the next.
  package func run(_ places: some Sequence<Int>, _ body: (Int, [FileTouch]) throws -> Void) throws {
    try GitLibrary.scanning {
      for place in places {
        found.removeAll(keepingCapacity: true)
        let after = try commits.tree(of: place)
        if let parent = commits.parents(of: place).first {
          let before = try commits.tree(of: parent)
          if before != after { try compare(before, after, depth: 0) }
        } else {
          try compare(nil, after, depth: 0)
        }
        try body(place, found)
        cache.trim()
      }
    }
  }

  /// A file directly in the root tree of a commit; cheap while the commit is told of.
  package func file(named name: String, at place: Int) throws -> TreeLeaf? {
    let root = try commits.tree(of: place)
    let tree = try cache.tree(root)
    var start = tree.bytes
    while start < tree.end {
      let end = try end(of: start, in: tree, root)
      let entry = try entry(start, end, root)
      if entry.name.elementsEqual(name.utf8) { return entry.leaf }
      start = end
    }
    return nil
  }

  /// Where an entry of a raw tree is, in its tree.
  private struct Entry {
    let name: UnsafeBufferPointer<UInt8>
    let isTree: Bool
    let mode: FileMode
    let id: PackedID

    /// The file that it is; nil for a folder, which takes the place of one.
    var leaf: TreeLeaf? { isTree ? nil : TreeLeaf(mode: mode, id: id.objectID) }

    /// The entry of the bytes from its start to its end; nil where it is malformed.
    init?(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
      var mode: UInt32 = 0
      var position = start
      let nameEnd = end - PackedID.length - 1
      while position < nameEnd, position.pointee != UInt8(ascii: " ") {
        guard position - start < 7, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(position.pointee) else {
          return nil
        }
        mode = mode << 3 | UInt32(position.pointee - UInt8(ascii: "0"))
        position += 1
      }
      guard position > start, position + 1 < nameEnd else { return nil }
      name = UnsafeBufferPointer(start: position + 1, count: nameEnd - position - 1)
      self.mode = FileMode(rawMode: mode)
      isTree = self.mode == .tree
      id = PackedID(nameEnd + 1)
    }

    /// Git's order of entries: by name, a folder's with a `/` at its end.
    static func compare(_ left: Entry, _ right: Entry) -> Int {
      let shared = min(left.name.count, right.name.count)
      if let leftStart = left.name.baseAddress, let rightStart = right.name.baseAddress {
        let order = memcmp(leftStart, rightStart, shared)
        if order != 0 { return Int(order) }
      }
      func next(_ entry: Entry) -> Int {
        entry.name.count > shared ? Int(entry.name[shared]) : entry.isTree ? Int(UInt8(ascii: "/")) : 0
      }
      return next(left) - next(right)
    }
  }

  private func compare(_ before: PackedID?, _ after: PackedID?, depth: Int) throws(GitError) {
    if depth > RepositoryPath.maximumDepth {
      throw GitError(.tooLarge, "a tree is deeper than the limit of \(RepositoryPath.maximumDepth) folders")
    }
    let left = try before.map { id throws(GitError) in try cache.tree(id) } ?? cache.empty
    let right = try after.map { id throws(GitError) in try cache.tree(id) } ?? cache.empty
    var (old, new) = (left.bytes, right.bytes)
    while old < left.end || new < right.end {
      let oldEnd = try end(of: old, in: left, before)
      let newEnd = try end(of: new, in: right, after)
      // Nearly all entries of nearly all trees are equal to their counterparts.
      if oldEnd - old == newEnd - new, memcmp(old, new, newEnd - new) == 0 {
        (old, new) = (oldEnd, newEnd)
        continue
      }
      var removed = oldEnd > old ? try entry(old, oldEnd, before) : nil
      var added = newEnd > new ? try entry(new, newEnd, after) : nil
      if let first = removed, let second = added {
        let order = Entry.compare(first, second)
        if order < 0 { added = nil } else if order > 0 { removed = nil }
      }
      if removed != nil { old = oldEnd }
      if added != nil { new = newEnd }
      guard let one = added ?? removed, depth > 0 || roots.contains(where: { $0.elementsEqual(one.name) }) else {
        continue
      }
      let length = path.count
      if depth > 0 { path.append(UInt8(ascii: "/")) }
      path.append(contentsOf: one.name)
      if one.isTree {
        try compare(removed?.id, added?.id, depth: depth + 1)
      } else if path.count > TouchScan.suffix.count, path.suffix(TouchScan.suffix.count) == TouchScan.suffix[...] {
        found.append(
          FileTouch(path: place(of: path), before: withBefore ? removed?.leaf : nil, after: added?.leaf))
      }
      path.removeLast(path.count - length)
    }
  }

  /// The place of a path that was found elsewhere.
  package func place(of path: RepositoryPath) -> Int { place(of: path.bytes) }

  private func place(of path: [UInt8]) -> Int {
    if let known = placesOfPaths[path] { return known }
    let place = paths.count
    paths.append(RepositoryPath(bytes: path))
    placesOfPaths[path] = place
    return place
  }

  private func entry(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ tree: PackedID?
  ) throws(GitError) -> Entry {
    guard let entry = Entry(start, end) else { throw malformed(tree) }
    return entry
  }

  /// The end of the entry that begins here; the same place at the tree's end.
  private func end(
    of start: UnsafePointer<UInt8>, in tree: OpenObject, _ id: PackedID?
  ) throws(GitError) -> UnsafePointer<UInt8> {
    let left = tree.end - start
    guard left > 0 else { return start }
    guard let zero = memchr(start, 0, left), UnsafeRawPointer(zero) + PackedID.length < UnsafeRawPointer(tree.end)
    else { throw malformed(id) }
    return UnsafeRawPointer(zero).assumingMemoryBound(to: UInt8.self) + 1 + PackedID.length
  }

  private func malformed(_ tree: PackedID?) -> GitError {
    GitError(.malformed, "the tree `\(tree?.objectID.hex ?? "")` is malformed")
  }
}

extension GitLibrary {
  /// How many scans are under way, on whatever thread.
  private static let scans = Mutex(0)

  /// Does something that reads very many objects: without libgit2's cache, which such a walk only fills, and without
  /// checking ids against contents, which costs two to six times the reading.
  ///
  /// Both are switched for all threads.
  static func scanning<Result>(_ body: () throws -> Result) throws -> Result {
    try scans.withLock { count in
      if count == 0 {
        try check(ethos_git_set_strict_hashes(0), "read quickly")
        try check(ethos_git_set_caching(0), "read quickly")
      }
      count += 1
    }
    defer {
      scans.withLock { count in
        count -= 1
        if count == 0 {
          _ = ethos_git_set_strict_hashes(1)
          _ = ethos_git_set_caching(1)
        }
      }
    }
    return try body()
  }
}
