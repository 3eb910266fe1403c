internal import CGit2
package import EthosRecord
import Glibc

/// The commits of a history that were not known before, read once each: their trees and parents.
///
/// Read raw through the object database: a walk of libgit2's parses each commit a second time and costs twice as much.
package struct CommitScan {
  /// A commit, or a commit known before that is the parent of one.
  struct Node: Sendable {
    let id: PackedID
    /// The tree; that of a commit known before is read when it is asked for.
    var tree: PackedID?
    /// Where the parents are in `parents`.
    var firstParent = 0
    var parentCount = 0
    let isKnown: Bool
  }

  package let repository: Repository
  private(set) var nodes: [Node] = []
  /// The parents of all commits, as places in `nodes`.
  private(set) var parents: [Int] = []
  /// The commits that were not known, as places in `nodes`: parents before their children, and what a merge brings in
  /// directly before it.
  package private(set) var order: [Int] = []
  private var places: [PackedID: Int] = [:]

  /// Reads what can be reached from some commits, up to commits that are known.
  ///
  /// - Throws: `.shallowRepository` where the history ends early.
  package init(
    _ repository: Repository, from heads: [ObjectID], isKnown: (ObjectID) throws -> Bool
  ) throws {
    self.repository = repository
    for head in heads { try read(from: PackedID(head), isKnown) }
    for head in heads { try sort(from: PackedID(head)) }
  }

  /// What was read, for another thread.
  package struct Commits: Sendable {
    fileprivate let nodes: [Node]
    fileprivate let parents: [Int]
    fileprivate let order: [Int]
  }

  package var commits: Commits { Commits(nodes: nodes, parents: parents, order: order) }

  /// The same commits, read from another handle of the repository.
  package init(_ repository: Repository, _ commits: Commits) {
    self.repository = repository
    nodes = commits.nodes
    parents = commits.parents
    order = commits.order
  }

  /// How many commits have a place.
  package var count: Int { nodes.count }

  /// The places of commits that were known, and are parents of ones that were not.
  package var knownPlaces: [Int] { nodes.indices.filter { nodes[$0].isKnown } }

  package func id(_ place: Int) -> ObjectID { nodes[place].id.objectID }

  /// The parents of a commit, as places.
  package func parents(of place: Int) -> ArraySlice<Int> {
    let node = nodes[place]
    return parents[node.firstParent..<(node.firstParent + node.parentCount)]
  }

  private mutating func read(from head: PackedID, _ isKnown: (ObjectID) throws -> Bool) throws {
    var pending = [try place(of: head, isKnown)]
    var next = 0
    // Along first parents first: that is the order in which git packs them, and in which reading them is quick.
    while next < pending.count {
      var current: Int? = pending[next]
      next += 1
      while let place = current, !nodes[place].isKnown, nodes[place].tree == nil {
        let found = try readCommit(nodes[place].id)
        nodes[place].tree = found.tree
        let parentPlaces = try found.parents.map { try self.place(of: $0, isKnown) }
        nodes[place].firstParent = parents.count
        nodes[place].parentCount = parentPlaces.count
        parents += parentPlaces
        pending += parentPlaces.dropFirst()
        current = parentPlaces.first
      }
    }
  }

  private mutating func place(of id: PackedID, _ isKnown: (ObjectID) throws -> Bool) throws -> Int {
    if let known = places[id] { return known }
    let place = nodes.count
    places[id] = place
    nodes.append(Node(id: id, isKnown: try isKnown(id.objectID)))
    return place
  }

  private mutating func sort(from head: PackedID) throws {
    guard let start = places[head] else { return }
    var isDone = [Bool](repeating: false, count: nodes.count)
    for place in order { isDone[place] = true }
    var path: [(place: Int, next: Int)] = [(start, 0)]
    while let (place, next) = path.last {
      let node = nodes[place]
      if node.isKnown || isDone[place] {
        path.removeLast()
      } else if next < node.parentCount {
        path[path.count - 1].next = next + 1
        path.append((parents[node.firstParent + next], 0))
      } else {
        isDone[place] = true
        order.append(place)
        path.removeLast()
      }
    }
  }

  /// The tree of a commit; nil stands for no commit, and is empty.
  func tree(of place: Int) throws(GitError) -> PackedID {
    if let tree = nodes[place].tree { return tree }
    return try readCommit(nodes[place].id).tree
  }

  /// The tree and the parents of a commit: the lines that begin it, as git reads them.
  private func readCommit(_ id: PackedID) throws(GitError) -> (tree: PackedID, parents: [PackedID]) {
    var raw = id.raw
    var object: OpaquePointer?
    let result = git_odb_read(&object, repository.objectDatabase, &raw)
    guard result >= 0, let object else { throw repository.readingError(result, id.objectID) }
    let handle = Handle(.objectDatabaseObject, of: repository, owning: object)
    repository.reads.commits += 1
    let count = git_odb_object_size(handle.pointer)
    guard git_odb_object_type(handle.pointer) == GIT_OBJECT_COMMIT,
      let data = git_odb_object_data(handle.pointer)?.assumingMemoryBound(to: UInt8.self)
    else { throw GitError(.invalid, "the object `\(id.objectID)` is no commit") }
    let bytes = UnsafePointer(data)
    func line(_ key: StaticString, at position: Int) -> PackedID? {
      let length = key.utf8CodeUnitCount
      guard position + length + 41 <= count, memcmp(bytes + position, key.utf8Start, length) == 0,
        bytes[position + length + 40] == UInt8(ascii: "\n")
      else { return nil }
      return PackedID(hex: bytes + position + length)
    }
    guard let tree = line("tree ", at: 0) else {
      throw GitError(.invalid, "the commit `\(id.objectID)` is malformed")
    }
    var parents: [PackedID] = []
    var position = 46
    while let parent = line("parent ", at: position) {
      parents.append(parent)
      position += 48
    }
    return (tree, parents)
  }
}
