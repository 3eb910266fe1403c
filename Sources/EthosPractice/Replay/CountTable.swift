/// Counts by key, with where each key was first met.
///
/// Open addressing over plain memory: a count costs a multiplication and, nearly always, one look.
final class CountTable {
  /// One key with its count.
  struct Entry {
    var key: UInt64
    var count: Int
    /// Where it was first met.
    var first: UInt64
  }

  private(set) var entries: [Entry] = []
  /// One more than the place of an entry; 0 where there is none.
  private var places: UnsafeMutablePointer<Int32>
  private var mask: Int

  init() {
    mask = 255
    places = .allocate(capacity: 256)
    places.initialize(repeating: 0, count: 256)
  }

  deinit { places.deallocate() }

  /// Counts a key once more; whether it is new.
  @inline(__always)
  func add(_ key: UInt64, at position: UInt64) -> Bool {
    var place = CountTable.hash(key) & mask
    while places[place] != 0 {
      let index = Int(places[place]) - 1
      if entries[index].key == key {
        entries[index].count += 1
        return false
      }
      place = (place + 1) & mask
    }
    insert(key, position, place)
    return true
  }

  private func insert(_ key: UInt64, _ position: UInt64, _ place: Int) {
    entries.append(Entry(key: key, count: 1, first: position))
    places[place] = Int32(entries.count)
    if 2 * entries.count > mask { grow() }
  }

  private func grow() {
    let size = 2 * (mask + 1)
    places.deallocate()
    places = .allocate(capacity: size)
    places.initialize(repeating: 0, count: size)
    mask = size - 1
    for (index, entry) in entries.enumerated() {
      var place = CountTable.hash(entry.key) & mask
      while places[place] != 0 { place = (place + 1) & mask }
      places[place] = Int32(index + 1)
    }
  }

  @inline(__always)
  private static func hash(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) }
}
