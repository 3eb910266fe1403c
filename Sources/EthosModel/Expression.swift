/// The text of a FEEL expression or of unary tests, made comparable by layout alone; what it evaluates to is not asked.
///
/// What is equal here is read alike by the parser of FEEL: as the same literals, names and signs, one after the other. Where
/// that takes more than white space and string literals to tell, the text is left as it is.
package enum Expression {
  /// White space outside string literals is collapsed, and left out beside `< > = , ( ) [ ]`, which no name may hold, but
  /// where two signs would become one.
  ///
  /// A text with a comment is its own canonical text: a quote within a comment begins no string, and the end of a line may
  /// end a comment.
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
      if let last = result.last {
        if !pendingSpace, last == "/", scalar == "/" || scalar == "*" { return text }
        let isApart = !separators.contains(last) && !separators.contains(scalar) || isOneSign(last, scalar)
        if pendingSpace, isApart { result.append(" ") }
      }
      pendingSpace = false
      result.append(scalar)
      isQuoted = scalar == "\""
    }
    return String(result)
  }

  /// Whether two signs side by side would be read as one: `<=`, `>=`, `!=`, `==`, `->`.
  private static func isOneSign(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    switch second {
    case "=": first == "<" || first == ">" || first == "!" || first == "="
    case ">": first == "-"
    default: false
    }
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
