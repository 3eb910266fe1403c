import Glibc

/// Texts by number, found by their bytes without making a string of them.
struct ByteStrings: Sendable {
  private var starts: [Int] = [0]
  private var bytes: [UInt8] = []
  /// The number of a text in its place by hash, one more than it is; 0 where there is none.
  private var places: [Int32] = Array(repeating: 0, count: 16)

  var count: Int { starts.count - 1 }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

  /// The number of a text; negative where it is not known.
  func place(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    var place = Int(truncatingIfNeeded: ByteStrings.hash(start, count)) & (places.count - 1)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if isSame(number, start, count) { return Int32(number) }
      place = (place + 1) & (places.count - 1)
    }
    return -1
  }

  private func isSame(_ number: Int, _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard starts[number + 1] - starts[number] == count else { return false }
    return bytes.withUnsafeBufferPointer { buffer in
      guard count > 0, let known = buffer.baseAddress else { return true }
      return memcmp(known + starts[number], start, count) == 0
    }
  }

  /// The number of a text, which is added where it is new.
  mutating func insert(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let known = place(start, count)
    if known >= 0 { return known }
    if 2 * (self.count + 1) > places.count { grow() }
    bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
    starts.append(bytes.count)
    add(Int32(self.count - 1), ByteStrings.hash(start, count))
    return Int32(self.count - 1)
  }

  mutating func insert(_ text: [UInt8]) -> Int32 {
    // An empty text has no address of its own.
    (text + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { insert($0, text.count) } ?? -1
    }
  }

  private mutating func add(_ number: Int32, _ hash: UInt64) {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 { place = (place + 1) & (places.count - 1) }
    places[place] = number + 1
  }

  private mutating func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    for number in 0..<count {
      let hash = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { ByteStrings.hash($0 + starts[number], starts[number + 1] - starts[number]) }
      }
      add(Int32(number), hash ?? ByteStrings.seed)
    }
  }

  private static let seed: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// A hash of eight bytes at a time (multiplication and shift of splitmix64).
  private static func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var value = seed
    var index = 0
    while index + 8 <= count {
      value = mixed(value ^ UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self))
      index += 8
    }
    guard index < count else { return value }
    var rest = UInt64(count)
    while index < count {
      rest = rest << 8 ^ UInt64(start[index])
      index += 1
    }
    return mixed(value ^ rest)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var mixed = value &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
