/// Counts by pair of answers, and for groups of cases by group and pair, with where each was first met.
///
/// Pairs of small numbers, which nearly all are, have a place of their own; others are looked up.
final class CountTable {
  /// One key with its count.
  struct Entry {
    var key: UInt64
    var count: Int
    /// Where it was first met.
    var first: UInt64
  }

  /// One more than the place of an entry, by pair; 0 where there is none.
  private let direct: UnsafeMutablePointer<Int32>
  private let width: UInt64
  private var others: [UInt64: Int32] = [:]
  private var memory: UnsafeMutablePointer<Entry>
  private var capacity = 64
  private var count = 0

  /// A table with places for pairs below a number.
  init(width: Int) {
    self.width = UInt64(min(max(width, 1), 1_024))
    direct = .allocate(capacity: Int(self.width * self.width))
    direct.initialize(repeating: 0, count: Int(self.width * self.width))
    memory = .allocate(capacity: capacity)
  }

  deinit {
    direct.deallocate()
    memory.deallocate()
  }

  var entries: [Entry] { (0..<count).map { memory[$0] } }

  /// Counts a pair of answers once more; whether it is new.
  @inline(__always)
  func add(_ before: Int32, _ after: Int32, at position: UInt64) -> Bool {
    let (before, after) = (UInt64(UInt32(bitPattern: before)), UInt64(UInt32(bitPattern: after)))
    if before < width, after < width {
      let place = direct[Int(before &* width &+ after)]
      if place > 0 {
        memory[Int(place) &- 1].count &+= 1
        return false
      }
      direct[Int(before * width + after)] = append(before << 24 | after, position)
      return true
    }
    return add(before << 24 | after, at: position)
  }

  /// Counts a key once more; whether it is new.
  @inline(never)
  func add(_ key: UInt64, at position: UInt64) -> Bool {
    if let place = others[key] {
      memory[Int(place) - 1].count += 1
      return false
    }
    others[key] = append(key, position)
    return true
  }

  private func append(_ key: UInt64, _ position: UInt64) -> Int32 {
    if count == capacity {
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
      larger.moveInitialize(from: memory, count: count)
      memory.deallocate()
      memory = larger
      capacity *= 2
    }
    (memory + count).initialize(to: Entry(key: key, count: 1, first: position))
    count += 1
    return Int32(count)
  }
}
