/// Converts libyaml's positions, which count characters, to offsets of bytes.
///
/// Text in ASCII needs no conversion. For other text an offset is kept for every 64th character, and a cursor makes the
/// usual question, a place shortly after the one before, cheap.
struct CharacterOffsets {
  private static let stride = 64

  private let bytes: [UInt8]
  private let isASCII: Bool
  private var checkpoints: [Int] = []
  private var lastCharacter = 0
  private var lastByte = 0

  init(_ bytes: [UInt8], isASCII: Bool) {
    self.bytes = bytes
    self.isASCII = isASCII
    guard !isASCII else { return }
    checkpoints.reserveCapacity(bytes.count / CharacterOffsets.stride + 1)
    var character = 0
    for (offset, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
      if character % CharacterOffsets.stride == 0 { checkpoints.append(offset) }
      character += 1
    }
  }

  /// The offset of the byte at which a character begins; the end of the text for characters beyond it.
  mutating func byte(ofCharacter character: Int) -> Int {
    guard !isASCII else { return min(character, bytes.count) }
    var current = lastCharacter
    var offset = lastByte
    if character < current || character - current > CharacterOffsets.stride {
      let checkpoint = min(character / CharacterOffsets.stride, checkpoints.count - 1)
      guard checkpoint >= 0 else { return bytes.count }
      current = checkpoint * CharacterOffsets.stride
      offset = checkpoints[checkpoint]
    }
    while current < character, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      current += 1
    }
    lastCharacter = current
    lastByte = offset
    return offset
  }
}
