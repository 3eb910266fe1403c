import EthosModel

/// References inside trailers: one line, followed by `: ` and words.
///
/// Keys of list items are texts of files and may hold anything. White space other than a single space between two
/// other characters is written as `\u{…}`, and a backslash as `\\`, so that what is read is what was meant.
enum TrailerReference {
  static func text(_ reference: Reference) -> String {
    var result = ""
    var afterSpace = true
    for scalar in reference.description.unicodeScalars {
      if scalar == "\\" {
        result += "\\\\"
      } else if scalar == " ", !afterSpace {
        result += " "
        afterSpace = true
        continue
      } else if collapsedLine(String(scalar)).isEmpty {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
      afterSpace = false
    }
    return result
  }

  static func parse(_ text: some StringProtocol) -> Reference? {
    var result = String.UnicodeScalarView()
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        result.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "\\": result.append("\\")
      case "u":
        guard rest.popFirst() == "{", let close = rest.prefix(8).firstIndex(of: "}"),
          let value = UInt32(String(String.UnicodeScalarView(rest[..<close])), radix: 16),
          let escaped = Unicode.Scalar(value)
        else { return nil }
        result.append(escaped)
        rest = rest[(close + 1)...]
      default: return nil
      }
    }
    return try? Reference(parsing: String(result))
  }

  /// Splits `REF: words` at the first colon outside of the quotes and brackets of the reference.
  static func split(_ value: String) -> (reference: Reference, words: String)? {
    let scalars = Array(value.unicodeScalars)
    var index = 0
    while index < scalars.count {
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch (scalars[index], next) {
      case (".", "'"), ("[", "'"): index = endOfQuoted(scalars, from: index + 2)
      case ("[", _): index = scalars[index...].firstIndex(of: "]") ?? scalars.count
      case (":", nil), (":", " "):
        let words = String(String.UnicodeScalarView(scalars[(index + 1)...]))
        return parse(String(String.UnicodeScalarView(scalars[..<index]))).map { ($0, collapsedLine(words)) }
      default: index += 1
      }
    }
    return nil
  }

  /// The index after the quote that closes a name; two quotes stand for one of the name.
  private static func endOfQuoted(_ scalars: [Unicode.Scalar], from start: Int) -> Int {
    var index = start
    while index < scalars.count {
      if scalars[index] == "'" {
        guard index + 1 < scalars.count, scalars[index + 1] == "'" else { return index + 1 }
        index += 1
      }
      index += 1
    }
    return index
  }
}
