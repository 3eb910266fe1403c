internal import CGit2
internal import EthosRecord

/// The bytes of an object that a scan has open; they live as long as the object is in the cache.
struct OpenObject {
  let bytes: UnsafePointer<UInt8>
  let count: Int

  var end: UnsafePointer<UInt8> { bytes + count }
}

/// Trees that a scan has read: the newer state of one comparison is the older one of the next, so that each is read once.
///
/// What was read longest ago is let go of first, and only between two comparisons, in which pointers into it live.
final class ObjectCache {
  private struct Slot {
    let object: OpaquePointer
    let open: OpenObject
  }

  private let repository: Repository
  private let budget: Int
  private let nothing: UnsafeMutablePointer<UInt8>
  private var slots: [PackedID: Slot] = [:]
  private var order: [PackedID] = []
  private var oldest = 0
  private var held = 0

  /// A cache of some bytes of trees.
  init(of repository: Repository, budget: Int) {
    nothing = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    nothing.initialize(to: 0)
    self.repository = repository
    self.budget = budget
  }

  deinit {
    nothing.deallocate()
    for slot in slots.values { git_odb_object_free(slot.object) }
  }

  /// The tree that has nothing.
  var empty: OpenObject { OpenObject(bytes: nothing, count: 0) }

  /// The bytes of a tree; good until the next `trim`.
  func tree(_ id: PackedID) throws(GitError) -> OpenObject {
    if let slot = slots[id] { return slot.open }
    var raw = id.raw
    if id == ObjectCache.emptyTree { return empty }
    var object: OpaquePointer?
    let result = git_odb_read(&object, repository.objectDatabase, &raw)
    guard result >= 0, let object else { throw repository.readingError(result, id.objectID) }
    guard git_odb_object_type(object) == GIT_OBJECT_TREE, let data = git_odb_object_data(object) else {
      git_odb_object_free(object)
      throw GitError(.invalid, "the object `\(id.objectID)` is no tree")
    }
    repository.reads.trees += 1
    let count = git_odb_object_size(object)
    let open = OpenObject(bytes: UnsafePointer(data.assumingMemoryBound(to: UInt8.self)), count: count)
    slots[id] = Slot(object: object, open: open)
    order.append(id)
    held += count
    return open
  }

  /// Lets go of what was read longest ago, down to the budget.
  func trim() {
    while held > budget, oldest < order.count {
      if let slot = slots.removeValue(forKey: order[oldest]) {
        held -= slot.open.count
        git_odb_object_free(slot.object)
      }
      oldest += 1
    }
    if oldest > 4_096 {
      order.removeFirst(oldest)
      oldest = 0
    }
  }

  private static let emptyTree: PackedID? = try? PackedID(Repository.emptyTree)
}
