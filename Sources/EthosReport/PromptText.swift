import EthosText

/// Text of an identity in a prompt: whatever stands in a file, it stays text, and cannot become a part of the document around
/// it.
///
/// Prose keeps its own Markdown, within a quotation that no line of it can leave: headings, rules and fences in it are
/// none, tags are shown and not written, and what nobody would see is escaped: a model would read it.
enum PromptText {
  /// A text in the middle of a line.
  static func line(_ text: String) -> String { MarkdownText.escaped(text) }

  /// A text of one line, as a title, as a quotation: it reads as it was written, without Markdown of its own.
  static func words(_ text: String, indent: Int = 0) -> [String] {
    let shown = MarkdownText.guarded(MarkdownText.escaped(text))
    return ["\(String(repeating: " ", count: indent))>\(shown.isEmpty ? "" : " \(shown)")"]
  }

  /// A reference that an answer can cite.
  ///
  /// What is made of anything but the letters of references is shown in a quotation alone, and here as a sign that it
  /// is none.
  static func reference(_ text: String) -> String {
    let isOne = text.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || ["-", "_", "/", ".", "#", "@"].contains(scalar)
    }
    return isOne ? "[\(MarkdownText.escaped(text))]" : "[no id]"
  }

  static func code(_ text: String, inTable: Bool = false) -> String { MarkdownText.code(text, inTable: inTable) }

  /// Prose as a quotation; each line is indented by so many spaces.
  static func quotation(_ text: String, indent: Int = 0) -> [String] {
    let space = String(repeating: " ", count: indent)
    // Whatever any reader takes for the end of a line is one.
    var lines: [String] = []
    var current = ""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}":
        lines.append(current)
        current = ""
      default: current.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    lines.append(current)
    while lines.last?.utf8.allSatisfy({ $0 == 0x20 }) == true { lines.removeLast() }
    return lines.map { line in
      let shown = quoted(line)
      return shown.isEmpty ? "\(space)>" : "\(space)> \(shown)"
    }
  }

  /// One line of prose without what would begin a heading, a rule, a fence, a tag or a comment.
  private static func quoted(_ line: String) -> String {
    let shown = visibleText(line.replacingScalar("\t", with: "  ")).replacingScalar("<", with: "&lt;").unicodeScalars
    let blanks = shown.prefix { $0 == " " }
    // What lies behind the marks of lists and quotations begins a line too.
    var begin = blanks.endIndex
    while let mark = mark(shown[begin...]) { begin = shown.index(begin, offsetBy: mark) }
    let rest = shown[begin...]
    let begins = ["#", "```", "~~~", "=", "---", "***", "___"].contains { rest.starts(with: $0.unicodeScalars) }
    let signs: Set<Unicode.Scalar> = ["-", "=", "*", "_", " "]
    let isRule = !rest.isEmpty && rest.allSatisfy(signs.contains)
    var result = String.UnicodeScalarView(shown[..<begin])
    if begins || isRule { result.append("\\") }
    result.append(contentsOf: rest)
    return String(result)
  }

  /// How many scalars the mark of a list or of a quotation takes; nil where there is none.
  private static func mark(_ text: Substring.UnicodeScalarView) -> Int? {
    guard let first = text.first else { return nil }
    var count = 1
    if ("0"..."9").contains(first) {
      count = text.prefix { ("0"..."9").contains($0) }.count
      guard let end = text.dropFirst(count).first, end == "." || end == ")" else { return nil }
      count += 1
    } else if first == ">" {
      return 1 + text.dropFirst().prefix { $0 == " " }.count
    } else if !["-", "+", "*"].contains(first) {
      return nil
    }
    let spaces = text.dropFirst(count).prefix { $0 == " " }.count
    return spaces > 0 ? count + spaces : nil
  }
}
