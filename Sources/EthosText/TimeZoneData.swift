/// What the tz database says of one zone: which offset from UTC its clocks have at which moment.
///
/// The form is TZif (RFC 9636). Only its 64-bit part is read, which every writer of this century makes; leap seconds are
/// passed over, since moments are counted without them. A file that is not whole or contradicts itself is none.
package struct TimeZoneData: Sendable {
  /// Rising; from each of them on the offset is the one beside it.
  private var transitions: [(from: Int64, offset: Int)]
  /// Before the first transition.
  private var first: Int
  /// From the last transition on; nil where its offset stays.
  private var rule: TimeZoneRule?

  package init?(_ bytes: [UInt8]) {
    guard let old = Header(bytes, at: 0), let header = Header(bytes, at: old.end(timeSize: 4)),
      header.end(timeSize: 8) <= bytes.count, header.types > 0
    else { return nil }
    var reader = Reader(bytes: bytes, place: header.start)
    let moments = (0..<header.times).map { _ in reader.integer(8) }
    let kinds = (0..<header.times).map { _ in Int(reader.integer(1)) & 0xFF }
    let offsets = (0..<header.types).map { _ in
      let offset = Int(reader.integer(4))
      reader.place += 2
      return offset
    }
    guard kinds.allSatisfy({ $0 < offsets.count }), offsets.allSatisfy({ abs($0) < 26 * 3600 }),
      zip(moments, moments.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    transitions = zip(moments, kinds).map { ($0, offsets[$1]) }
    first = offsets[0]
    let footer = bytes[header.end(timeSize: 8)...]
    guard footer.first == 0x0A, let end = footer.dropFirst().firstIndex(of: 0x0A) else { return nil }
    let text = Array(footer[(footer.startIndex + 1)..<end])
    if !text.isEmpty {
      guard let rule = TimeZoneRule(text) else { return nil }
      self.rule = rule
    }
  }

  /// The offset from UTC in seconds, east of it above 0, at a moment in seconds since 1970.
  package func offset(at seconds: Int64) -> Int {
    guard let last = transitions.last else { return rule?.offset(at: seconds) ?? first }
    if seconds >= last.from { return rule?.offset(at: seconds) ?? last.offset }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].from <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : transitions[low - 1].offset
  }

  /// The counts at the head of a part of the file.
  private struct Header {
    static let size = 44
    let start: Int
    let counts: [Int]

    var times: Int { counts[3] }
    var types: Int { counts[4] }

    init?(_ bytes: [UInt8], at place: Int) {
      guard place + Header.size <= bytes.count, bytes[place..<(place + 4)].elementsEqual("TZif".utf8),
        bytes[place + 4] >= UInt8(ascii: "2")
      else { return nil }
      var reader = Reader(bytes: bytes, place: place + 20)
      // UTC marks, standard marks, leap seconds, transitions, types, letters of the names.
      counts = (0..<6).map { _ in Int(reader.integer(4)) }
      guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
      start = place + Header.size
    }

    func end(timeSize: Int) -> Int {
      start + times * (timeSize + 1) + types * 6 + counts[5] + counts[2] * (timeSize + 4) + counts[1] + counts[0]
    }
  }

  /// Reads numbers, the most significant byte first.
  private struct Reader {
    let bytes: [UInt8]
    var place: Int

    mutating func integer(_ size: Int) -> Int64 {
      var value = Int64(Int8(bitPattern: bytes[place]))
      for byte in bytes[(place + 1)..<(place + size)] { value = value << 8 | Int64(byte) }
      place += size
      return value
    }
  }
}
