/// Decodes the fields of a case into places, and remembers what short texts were.
///
/// Most columns have few different values, and most values are no longer than eight bytes: such a field is one word, and
/// its place one look into a small table.
final class FieldMemory {
  private let coders: UnsafeMutablePointer<FactCoder>
  private let count: Int
  /// The field of each coder; negative where the cases lack it.
  private let fields: UnsafeMutablePointer<Int>
  private let words: UnsafeMutablePointer<UInt64>
  private let known: UnsafeMutablePointer<Int32>
  /// The place of each coder's fact in the case that was decoded last.
  let places: UnsafeMutablePointer<Int32>
  private let ends: UnsafeMutablePointer<UInt64>

  private static let bits: UInt64 = 10

  init(_ all: [FactCoder]) {
    count = all.count
    let room = max(count, 1)
    coders = .allocate(capacity: room)
    fields = .allocate(capacity: room)
    places = .allocate(capacity: room)
    words = .allocate(capacity: room << FieldMemory.bits)
    known = .allocate(capacity: room << FieldMemory.bits)
    ends = .allocate(capacity: 9)
    for (index, coder) in all.enumerated() {
      (coders + index).initialize(to: coder)
      fields[index] = coder.column ?? -1
    }
    places.initialize(repeating: 0, count: room)
    // INVARIANT: no text has a NUL byte, so that a word tells its length; the empty one is the missing fact, place 0.
    words.initialize(repeating: 0, count: room << FieldMemory.bits)
    known.initialize(repeating: 0, count: room << FieldMemory.bits)
    for length in 0..<8 { ends[length] = (1 << UInt64(8 * length)) - 1 }
    ends[8] = .max
  }

  deinit {
    coders.deinitialize(count: count)
    coders.deallocate()
    fields.deallocate()
    places.deallocate()
    words.deallocate()
    known.deallocate()
    ends.deallocate()
  }

  /// Decodes a case. Returns the coder of the first field that cannot be read; negative where all can.
  @inline(__always)
  func decode(_ slots: UnsafeMutablePointer<FieldSlot>) -> Int {
    for index in 0..<count {
      let field = fields[index]
      guard field >= 0 else { continue }
      let slot = slots[field]
      guard slot.count <= 8 else {
        let place = coders[index].place(slot.start, slot.count)
        if place < 0 { return index }
        places[index] = place
        continue
      }
      let word = UnsafeRawPointer(slot.start).loadUnaligned(as: UInt64.self) & ends[slot.count]
      let hash = Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> (64 - FieldMemory.bits))
      let look = index << Int(FieldMemory.bits) | hash
      if words[look] == word {
        places[index] = known[look]
        continue
      }
      let place = coders[index].place(slot.start, slot.count)
      if place < 0 { return index }
      places[index] = place
      words[look] = word
      known[look] = place
    }
    return -1
  }
}
