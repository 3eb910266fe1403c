extension Unicode.Scalar {
  /// Whether a reader sees nothing of it: controls, format characters (tags, zero-width and bidirectional ones),
  /// variation selectors, separators of lines, and fillers that have the shape of nothing.
  ///
  /// White space is not meant.
  package var isUnseen: Bool {
    switch value {
    case 0x20..<0x7F, 0x09, 0x0A: return false
    case 0..<0xA0: return true
    // Signs of Arabic, Syriac and Kaithi that are format characters and stand over the text that follows them.
    case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890...0x0891, 0x08E2, 0x110BD, 0x110CD: return false
    // A blank in Braille, a note's head and a filler of Khitan: nothing is drawn, whatever Unicode calls them.
    case 0x2800, 0x1D159, 0x16FE4: return true
    case 0xA0..<0x034F: return value == 0xAD
    default: break
    }
    if properties.isDefaultIgnorableCodePoint { return true }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

/// Whether a text has no word, sign or figure that anybody could read: no reason, no answer and no condition.
///
/// Costs one pass up to the first scalar that can be seen.
package func saysNothing(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { $0.isUnseen || $0.properties.isWhitespace }
}

/// The places in a text where something stands that its reader does not see.
///
/// Unseen characters that belong to what is seen do not count: the joiner and the selector of an emoji, the tags of the
/// three flags that are written with tags, and the joiners of scripts whose spelling has them, one between two letters.
/// Line feeds and tabs are no matter of this.
package enum Unseen {
  /// The runs of unseen scalars as ranges of offsets in UTF-8.
  ///
  /// Costs one pass.
  package static func runs(in text: String) -> [Range<Int>] {
    guard mayOccur(in: text) else { return [] }
    let scalars = Array(text.unicodeScalars)
    var runs: [Range<Int>] = []
    var offset = 0
    for (index, isHidden) in marks(scalars).enumerated() {
      let end = offset + UTF8.width(scalars[index])
      if isHidden {
        if let last = runs.last, last.upperBound == offset {
          runs[runs.count - 1] = last.lowerBound..<end
        } else {
          runs.append(offset..<end)
        }
      }
      offset = end
    }
    return runs
  }

  /// False where no byte can belong to an unseen scalar, as in nearly all texts.
  ///
  /// Costs one pass over the bytes.
  package static func mayOccur(in text: String) -> Bool {
    text.utf8.contains { byte in byte >= 0x7F || byte < 0x20 && byte != 0x0A && byte != 0x09 }
  }

  /// For each scalar whether it is hidden.
  package static func marks(_ scalars: [Unicode.Scalar]) -> [Bool] {
    var result = scalars.map(\.isUnseen)
    var index = 0
    while index < scalars.count {
      guard result[index] else {
        index += 1
        continue
      }
      let length = flagTags(scalars, index)
      if length > 0 {
        for place in index..<index + length { result[place] = false }
        index += length
      } else {
        if belongs(scalars, index) { result[index] = false }
        index += 1
      }
    }
    return result
  }

  /// Whether the unseen scalar at a place is part of what is seen before and behind it.
  private static func belongs(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    let scalar = scalars[index]
    guard index > 0, [0x200C, 0x200D, 0xFE0E, 0xFE0F].contains(scalar.value) else { return false }
    let before = scalars[index - 1]
    let after = index + 1 < scalars.count ? scalars[index + 1] : nil
    switch scalar.value {
    // Digits and `#` are emoji only as keys.
    case 0xFE0E, 0xFE0F: return before.isASCII ? isKey(before) && after?.value == 0x20E3 : before.properties.isEmoji
    case 0x200D:
      if let after, after.properties.isEmoji, !after.isASCII, isEmojiEnd(before) { return true }
    default: break
    }
    return after.map { isJoining(before) && isJoining($0) } ?? false
  }

  private static func isKey(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value) || scalar == "#" || scalar == "*"
  }

  private static func isEmojiEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0F || !scalar.isASCII && scalar.properties.isEmoji
  }

  /// Whether a scalar is a letter or a sign of a script whose spelling has joiners: Arabic and its neighbours, the scripts of
  /// India and South-East Asia, Mongolian.
  private static func isJoining(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0620...0x08FF, 0x0900...0x0DFF, 0x1000...0x109F, 0x1780...0x17B3, 0x17B6...0x17FF, 0x1820...0x18AF,
      0xA840...0xA87F, 0xFB50...0xFDFF, 0xFE70...0xFEFC:
      !scalar.isUnseen
    default: false
    }
  }

  /// How many tags from here on make a flag of England, Scotland or Wales; they stand behind a black flag.
  private static func flagTags(_ scalars: [Unicode.Scalar], _ index: Int) -> Int {
    guard index > 0, scalars[index - 1].value == 0x1F3F4, index + 6 <= scalars.count,
      scalars[index + 5].value == 0xE007F
    else { return 0 }
    let name = scalars[index..<index + 5].map { $0.value &- 0xE0000 }
    let isFlag = ["gbeng", "gbsct", "gbwls"].contains { $0.unicodeScalars.map(\.value) == name }
    return isFlag ? 6 : 0
  }
}
