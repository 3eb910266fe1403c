/// White space in texts, decided without asking the Unicode tables for the characters that make up most texts.
enum WhiteSpace {
  /// Whether a scalar has Unicode's property White_Space.
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 ? scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
  }

  /// Whether the only white space of a text is single spaces between other characters.
  ///
  /// False where that would take more than its bytes to tell. Costs one pass over the bytes.
  static func isSingleSpaces(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var previous: UInt8 = 0x20
      for byte in bytes {
        switch byte {
        case 0x20: if previous == 0x20 { return false }
        case 0x09...0x0D: return false
        // The first bytes of all white space beyond ASCII, and of other characters.
        case 0xC2, 0xE1, 0xE2, 0xE3: return false
        default: break
        }
        previous = byte
      }
      return previous != 0x20 || bytes.isEmpty
    }
  }
}
