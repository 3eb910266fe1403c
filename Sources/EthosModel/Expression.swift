/// The text of a FEEL expression or of unary tests, made comparable by layout alone; what it evaluates to is not asked.
package enum Expression {
  /// White space outside string literals is collapsed, and left out beside `< > = , ( ) [ ]`, which no name may hold.
  package static func canonical(_ text: String) -> String {
    if isCanonical(text) { return text }
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    var isQuoted = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isQuoted {
        result.append(scalar)
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else if scalar == "\"" {
          isQuoted = false
        }
        continue
      }
      if WhiteSpace.contains(scalar) {
        pendingSpace = true
        continue
      }
      if pendingSpace, let last = result.last, !separators.contains(last), !separators.contains(scalar) {
        result.append(" ")
      }
      pendingSpace = false
      result.append(scalar)
      isQuoted = scalar == "\""
    }
    return String(result)
  }

  /// Whether a text has no white space to collapse or leave out, quoted or not.
  private static func isCanonical(_ text: String) -> Bool {
    guard WhiteSpace.isSingleSpaces(text) else { return false }
    var wasSpace = false
    var wasSeparator = false
    for byte in text.utf8 {
      let isSeparator =
        switch byte {
        case 0x3C, 0x3E, 0x3D, 0x2C, 0x28, 0x29, 0x5B, 0x5D: true
        default: false
        }
      if wasSpace && isSeparator || wasSeparator && byte == 0x20 { return false }
      wasSpace = byte == 0x20
      wasSeparator = isSeparator
    }
    return true
  }

  private static let separators: Set<Unicode.Scalar> = ["<", ">", "=", ",", "(", ")", "[", "]"]
}
