/// The columns that a text takes on a terminal: wide characters (CJK, emoji) take two, combining and format
/// characters none.
///
/// Terminals differ in rare scripts; this follows East Asian Width (Unicode Standard Annex #11) with ambiguous
/// characters as narrow, and emoji as wide. Costs one pass over the graphemes.
package func displayWidth(_ text: some StringProtocol) -> Int {
  var width = 0
  for character in text { width += displayWidth(character) }
  return width
}

/// The columns that one grapheme takes.
package func displayWidth(_ character: Character) -> Int {
  if character.isASCII { return character == "\n" || character == "\r\n" ? 0 : 1 }
  var width = 0
  for scalar in character.unicodeScalars {
    if scalar.value == 0xFE0F { return 2 }
    width = max(width, scalarWidth(scalar))
  }
  return width
}

private func scalarWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
  if isWide(scalar.value) || scalar.properties.isEmojiPresentation { return 2 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return 0
  default: return 1
  }
}

/// Whether East Asian Width is Wide or Fullwidth, by the blocks in which that holds.
private func isWide(_ value: UInt32) -> Bool {
  switch value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18AFF, 0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
    true
  default: false
  }
}
