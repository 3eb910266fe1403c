import EthosText

/// Text made safe to stand in Markdown (CommonMark 0.31 and GitHub's extensions): it reads as it is written, and is
/// neither markup nor HTML, notifies nobody and refers to nothing.
enum MarkdownText {
  /// The text in the middle of a line.
  static func escaped(_ text: String) -> String {
    var result = ""
    var previous: Unicode.Scalar?
    let scalars = Array(visibleText(text).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$": result.unicodeScalars.append(contentsOf: ["\\", scalar])
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "@", "#":
        result.unicodeScalars.append(scalar)
        // A zero-width space keeps a forge from taking `@name` for a mention and `#1`, or `owner/name#1`, for an issue. Before
        // a mention a forge asks for letters of ASCII alone; an address is none.
        let mayRefer = scalar == "#" || previous.map { !isWordOfASCII($0) } ?? true
        if mayRefer, index + 1 < scalars.count, isWord(scalars[index + 1]) { result += "&#8203;" }
      default: result.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return result
  }

  /// A line that begins with user text: what would make a list, a heading or a rule there is escaped too.
  static func guarded(_ line: String) -> String {
    let scalars = line.unicodeScalars.drop { $0 == " " }
    let line = String(String.UnicodeScalarView(scalars))
    guard let first = scalars.first else { return line }
    if ["-", "+", "#", "="].contains(first) { return "\\" + line }
    let digits = scalars.prefix { ("0"..."9").contains($0) }
    let rest = scalars.dropFirst(digits.count)
    if !digits.isEmpty, let point = rest.first, point == "." || point == ")" {
      return String(String.UnicodeScalarView(digits)) + "\\" + String(String.UnicodeScalarView(rest))
    }
    return line
  }

  /// The text as code; in a table, where a bar parts cells even in code, text with a bar is no code.
  static func code(_ text: String, inTable: Bool) -> String {
    if inTable, text.utf8.contains(0x7C) { return escaped(text) }
    let text = visibleText(text)
    guard text.utf8.contains(where: { $0 != 0x20 }) else { return "" }
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let needsSpace = text.begins(with: "`") || text.ends(with: "`")
    return needsSpace ? "\(fence) \(text) \(fence)" : "\(fence)\(text)\(fence)"
  }

  /// A fence that no line of the text closes.
  static func fence(around lines: some Sequence<String>) -> String {
    String(repeating: "`", count: max(3, (lines.map { longestRun(of: "`", in: $0) }.max() ?? 0) + 1))
  }

  private static func longestRun(of character: Unicode.Scalar, in text: String) -> Int {
    var longest = 0
    var current = 0
    for scalar in text.unicodeScalars {
      current = scalar == character ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  private static func isWordOfASCII(_ scalar: Unicode.Scalar) -> Bool { scalar.isASCII && isWord(scalar) }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
  }
}
