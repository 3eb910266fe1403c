/// The text of a FEEL expression or of unary tests, made comparable by layout alone; what it evaluates to is not asked.
package enum Expression {
  /// White space outside string literals is collapsed, and left out beside `< > = , ( ) [ ]`, which no name may hold.
  package static func canonical(_ text: String) -> String {
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
      if scalar.properties.isWhitespace {
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

  private static let separators: Set<Unicode.Scalar> = ["<", ">", "=", ",", "(", ")", "[", "]"]
}
