/// One block of Markdown with its level of nesting in items and admonitions.
struct ProseBlock {
  enum Content {
    case paragraph(ProseParagraph)
    /// A heading.
    case line(String)
    case rule
    case tableRow(String)
    case item(String)
    /// The first words of an item, which stand beside its marker.
    case itemText
    case admonition(String)
    case code(info: String, lines: [String], isIndented: Bool)
    /// The reader of what is quoted; one, in a list because a value cannot hold its own kind.
    case quotation([ProseReader])
  }

  var content: Content
  var depth: Int

  /// Whether no empty line stands between this block and the one before it.
  func follows(_ previous: ProseBlock) -> Bool {
    switch (previous.content, content) {
    case (.item, .item), (.itemText, .item): depth <= previous.depth
    case (.item, _), (.admonition, _): depth > previous.depth
    case (.tableRow, .tableRow): depth == previous.depth
    default: false
    }
  }

  /// The canonical lines, without indentation.
  var lines: [String] {
    switch content {
    case .paragraph(let text): text.lines
    case .line(let text), .tableRow(let text), .item(let text), .admonition(let text): [text]
    case .rule: ["---"]
    case .itemText: []
    case .code(let info, let lines, _): ProseBlock.fenced(lines, info)
    case .quotation(let inner): inner.flatMap { $0.rendered() }.map { $0.isEmpty ? ">" : "> " + $0 }
    }
  }

  /// Code in a fence that is longer than any that stands in it.
  private static func fenced(_ lines: [String], _ info: String) -> [String] {
    let mark: Unicode.Scalar = info.unicodeScalars.contains("`") ? "~" : "`"
    let longest = lines.map { ProseLine(Array($0.unicodeScalars)[...]).body.prefix { $0 == mark }.count }.max() ?? 0
    let fence = String(repeating: Character(mark), count: max(3, longest + 1))
    let last = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    let space = info.unicodeScalars.first == mark ? " " : ""
    return [fence + space + info] + lines[..<last] + [fence]
  }

  /// A row whose dashes, if it divides head and body, are as many as need be.
  static func tableRow(_ text: String) -> String {
    let row = Prose.collapsed(text)
    guard row.unicodeScalars.allSatisfy({ ["|", "-", ":", " "].contains($0) }) else { return row }
    var result = String.UnicodeScalarView()
    for scalar in row.unicodeScalars where !(scalar == "-" && result.suffix(3).elementsEqual(["-", "-", "-"])) {
      result.append(scalar)
    }
    return String(result)
  }
}

/// The text of a paragraph, line by line.
struct ProseParagraph {
  private var finished: [String] = []
  private var current = ""
  private var endsWithBreak = false

  /// Adds a line that holds more than white space.
  mutating func append(_ line: String) {
    let whole = Prose.collapsed(line)
    let (words, isBreak) = ProseParagraph.hardBreak(whole)
    guard isBreak, words.isEmpty else {
      append(words: words)
      endsWithBreak = isBreak
      return
    }
    // A line of a backslash alone breaks the line before it, if that is not broken already.
    if current.isEmpty || current.last == "\\" { append(words: whole) } else { endsWithBreak = true }
  }

  private mutating func append(words: String) {
    if endsWithBreak {
      // Words that would begin another block at the beginning of a line stay where they are.
      if ProseLine(ArraySlice(words.unicodeScalars)).opening == nil {
        finished.append(current + "\\")
        current = ""
      } else {
        current += "\\"
      }
      endsWithBreak = false
    }
    current += current.isEmpty ? words : " " + words
  }

  /// Divides a line from the backslash that ends it; one that another one escapes, or that stands beside one, ends none.
  private static func hardBreak(_ line: String) -> (words: String, isBreak: Bool) {
    guard line.unicodeScalars.reversed().prefix(while: { $0 == "\\" }).count == 1 else { return (line, false) }
    let words = Prose.collapsed(String(String.UnicodeScalarView(line.unicodeScalars.dropLast())))
    return words.unicodeScalars.last == "\\" ? (line, false) : (words, true)
  }

  /// A line for each that a hard break ends; a backslash at the very end breaks nothing and is kept.
  var lines: [String] { finished + [endsWithBreak ? current + "\\" : current] }
}
