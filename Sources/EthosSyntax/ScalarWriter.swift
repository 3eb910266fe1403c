import EthosText

/// Writes one text as a YAML scalar that reads back as the same text.
enum ScalarWriter {
  /// The text on one line: plain where it can be, else in quotes.
  ///
  /// With `guardsLook`, text that other readers would take for a number, a boolean or nothing is put in quotes too.
  static func inline(_ text: String, isFlow: Bool, guardsLook: Bool = false) -> String {
    if canBePlain(text, isFlow: isFlow), !(guardsLook && looksTyped(text)) { return text }
    if text.utf8.contains(0x22) || text.utf8.contains(0x5C), let quoted = singleQuoted(text) { return quoted }
    return doubleQuoted(text)
  }

  /// Whether libyaml reads the text, written plainly on one line, as itself.
  ///
  /// Some text that could be plain is not.
  static func canBePlain(_ text: String, isFlow: Bool) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20, last != 0x3A,
      !["~", "null", "Null", "NULL", "<<"].contains(text), !bytes.starts(with: "---".utf8),
      !bytes.starts(with: "...".utf8),
      isPrintableLine(text)
    else { return false }
    if indicators.contains(first) { return false }
    if first == 0x2D || first == 0x3F || first == 0x3A {
      guard first == 0x2D, bytes.count > 1, bytes[1] != 0x20, !flowIndicators.contains(bytes[1]) else { return false }
    }
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x3A where bytes[index + 1] == 0x20 || isFlow && flowIndicators.contains(bytes[index + 1]): return false
      case 0x23 where index > 0 && bytes[index - 1] == 0x20: return false
      default: if isFlow, flowIndicators.contains(byte) { return false }
      }
    }
    return true
  }

  /// The text in single quotes, or nil where it needs an escape.
  static func singleQuoted(_ text: String) -> String? {
    guard isPrintableLine(text) else { return nil }
    return "'\(text.replacingScalar("'", with: "''"))'"
  }

  /// The text in double quotes, with escapes for what does not print.
  static func doubleQuoted(_ text: String) -> String {
    var result = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      default:
        if isPrintable(scalar) {
          result.append(scalar)
        } else {
          let digits = hexadecimal(scalar)
          let isLong = digits.count > 4
          let padding = String(repeating: "0", count: (isLong ? 8 : 4) - digits.count)
          result.append(contentsOf: "\\\(isLong ? "U" : "u")\(padding)\(digits)".unicodeScalars)
        }
      }
    }
    result.append("\"")
    return String(result)
  }

  /// The text as a literal block below its header, without a line break at its end, or nil where a block cannot hold
  /// it.
  ///
  /// Its lines stand at `indent`, below an entry or item that stands at `parent`.
  ///
  /// With `isExact` the header says how many line breaks end the text; without, one is meant whatever the text has.
  static func literal(
    _ text: String, indent: Int, parent: Int, isExact: Bool, lineEnd: String
  ) -> String? {
    let body = text.utf8.reversed().drop { $0 == 0x0A }.count
    let content = String(decoding: Array(text.utf8.prefix(body)), as: UTF8.self)
    let breaks = text.utf8.count - body
    guard body > 0, !isExact || breaks <= 1, isPrintableBlock(content) else { return nil }
    let first = content.utf8.first
    let needsIndicator = first == 0x20 || first == 0x09 || first == 0x0A
    guard !needsIndicator || (1...9).contains(indent - parent) else { return nil }
    let indicator = needsIndicator ? "\(indent - parent)" : ""
    let margin = String(repeating: " ", count: indent)
    let lines = content.parts(at: "\n")
    let block = lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: lineEnd)
    return "|\(indicator)\(isExact && breaks == 0 ? "-" : "")\(lineEnd)\(block)"
  }

  /// The text as a folded block, broken into lines of at most `width` where a single space stands, or nil where a folded
  /// block cannot hold it.
  static func folded(
    _ text: String, header: String, indent: Int, width: Int, lineEnd: String
  ) -> String? {
    let lines = text.parts(at: "\n")
    guard !text.isEmpty, isPrintableBlock(text),
      lines.allSatisfy({ ![nil, 0x20, 0x09].contains($0.utf8.first) && $0.utf8.last != 0x20 })
    else { return nil }
    let margin = String(repeating: " ", count: indent)
    var result = header
    for (index, line) in lines.enumerated() {
      // A line break of the text is an empty line in a folded block.
      if index > 0 { result += lineEnd }
      for piece in wrapped(line[...], width: max(20, width - indent)) { result += lineEnd + margin + piece }
    }
    return result
  }

  /// Whether other YAML readers take the plain text for a number, a boolean, a day or nothing.
  static func looksTyped(_ text: String) -> Bool {
    if ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", "=", ".inf", ".nan"].contains(
      text.lowercased())
    {
      return true
    }
    guard let first = text.utf8.first, (0x30...0x39).contains(first) || [0x2B, 0x2D, 0x2E].contains(first) else {
      return false
    }
    return text.utf8.allSatisfy { numeric.contains($0) }
  }

  private static func wrapped(_ line: Substring, width: Int) -> [Substring] {
    var pieces: [Substring] = []
    var rest = line
    while true {
      let window = rest.prefix(width + 1)
      guard window.endIndex < rest.endIndex else { break }
      // Only between two words: more than one space, or a tab, would be lost in folding.
      let cut = window.indices.reversed().first { index in
        rest[index] == " " && index > rest.startIndex && !" \t".contains(rest[rest.index(before: index)])
          && rest.index(after: index) < rest.endIndex && !" \t".contains(rest[rest.index(after: index)])
      }
      guard let cut else { break }
      pieces.append(rest[..<cut])
      rest = rest[rest.index(after: cut)...]
    }
    return pieces + [rest]
  }

  /// Whether a cell of a table, which knows no escapes but `\|`, can hold a text.
  static func canBeCell(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { isPrintable($0) || $0 == "\t" } }

  /// Whether a text is one line of what libyaml takes as it stands.
  private static func isPrintableLine(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { isPrintable($0) }
  }

  private static func isPrintableBlock(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { isPrintable($0) || $0 == "\n" || $0 == "\t" }
  }

  /// Whether libyaml takes a scalar raw and as no line break, and a reader sees it (YAML 1.1, 4.1.1).
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  private static let indicators = Set(",[]{}#&*!|>'\"%@`".utf8)
  private static let flowIndicators = Set(",[]{}?".utf8)
  private static let numeric = Set("0123456789_:.+-xXoabcdefABCDEF".utf8)
}
