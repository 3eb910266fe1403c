/// A clause that watches a literal, beside another literal of it: where that holds the clause need not be looked at.
struct Watch: BitwiseCopyable {
  /// Where the clause starts, doubled; one more where it has two literals, which the watch then knows both.
  private let reference: UInt32
  let blocker: Literal

  @inline(__always) init(clause: Int, isBinary: Bool, blocker: Literal) {
    reference = UInt32(clause) << 1 | (isBinary ? 1 : 0)
    self.blocker = blocker
  }

  @inline(__always) var clause: Int { Int(reference >> 1) }
  @inline(__always) var isBinary: Bool { reference & 1 == 1 }
}

/// For each literal the clauses that watch it, each list in memory of its own.
struct WatchLists: ~Copyable {
  struct List: BitwiseCopyable {
    var base: UnsafeMutablePointer<Watch>?
    var count: Int32 = 0
    var capacity: Int32 = 0
  }

  private(set) var lists = Flat<List>()

  deinit {
    for index in 0..<lists.count { lists[index].base?.deallocate() }
  }

  /// Room for the two literals of one more variable.
  mutating func addVariable() {
    lists.append(List())
    lists.append(List())
  }

  @inline(__always) mutating func append(_ watch: Watch, to literal: Literal) {
    let list = lists.base + literal.place
    if list.pointee.count == list.pointee.capacity { WatchLists.grow(list) }
    guard let base = list.pointee.base else { return }
    (base + Int(list.pointee.count)).initialize(to: watch)
    list.pointee.count += 1
  }

  mutating func removeAll() {
    for index in 0..<lists.count { lists[index].count = 0 }
  }

  private static func grow(_ list: UnsafeMutablePointer<List>) {
    let capacity = max(4, 2 * Int(list.pointee.capacity))
    let larger = UnsafeMutablePointer<Watch>.allocate(capacity: capacity)
    if let base = list.pointee.base {
      larger.moveInitialize(from: base, count: Int(list.pointee.count))
      base.deallocate()
    }
    list.pointee.base = larger
    list.pointee.capacity = Int32(capacity)
  }
}
