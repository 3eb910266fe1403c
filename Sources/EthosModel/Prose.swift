/// Markdown text reduced to what a reader sees: white space is collapsed within a block of prose, while list nesting,
/// code blocks and hard line breaks are kept.
///
/// The rules follow CommonMark 0.31 where layout carries meaning, with one extension: text indented below an admonition
/// (`!!! note`, as MkDocs has it) belongs to it and is no code. Costs one pass over the text.
package enum Prose {
  /// The text with every run of white space (also no-break spaces) as one space and none at the ends.
  package static func collapsed(_ text: String) -> String {
    if WhiteSpace.isSingleSpaces(text) { return text }
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if WhiteSpace.contains(scalar) {
        pendingSpace = !result.isEmpty
      } else {
        if pendingSpace { result.append(" ") }
        pendingSpace = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The canonical text: one block a line group, blocks divided by an empty line, list items by a line feed.
  /// It is its own canonical text.
  package static func canonical(_ text: String) -> String {
    if isPlainLine(text) { return text }
    var reader = ProseReader()
    // Empty lines at the end say nothing, not even within a code block that is not closed.
    var lines = ProseReader.lines(text)
    while let last = lines.last, last.allSatisfy(WhiteSpace.contains) { lines.removeLast() }
    for line in lines { reader.read(line) }
    return reader.finished()
  }

  /// Whether a text is one line of a paragraph that begins with a letter and is its own canonical text, as most are.
  private static func isPlainLine(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
    // A backslash at the end would be a hard break.
    return isLetter && last != 0x5C && WhiteSpace.isSingleSpaces(text)
  }
}

/// Reads Markdown line by line into blocks.
private struct ProseReader {
  private typealias Scalars = [Unicode.Scalar]

  private struct Block {
    var isListItem = false
    var isCode = false
    var isQuote = false
    /// Lines of its own, which take no further text: headings, rules, table rows.
    var isClosed = false
    var depth = 0
    var marker = ""
    var text = ""
  }

  private var blocks: [Block] = []
  private var isOpen = false
  private var endsWithHardBreak = false
  /// The columns at which the enclosing levels of nesting begin.
  private var indents = [0]
  private var allowsNesting = false
  private var fence: (character: Unicode.Scalar, length: Int, indent: Int)?

  static func lines(_ text: String) -> [[Unicode.Scalar]] {
    var lines: [[Unicode.Scalar]] = [[]]
    var wasReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\r" {
        if !(scalar == "\n" && wasReturn) { lines.append([]) }
      } else {
        lines[lines.count - 1].append(scalar)
      }
      wasReturn = scalar == "\r"
    }
    return lines
  }

  mutating func read(_ line: [Unicode.Scalar]) {
    let (indent, body) = ProseReader.measure(line)
    if let open = fence {
      if ProseReader.closes(body, open) && indent < open.indent + 4 {
        append(toCode: body)
        fence = nil
        isOpen = false
      } else {
        append(toCode: ProseReader.dropping(open.indent, from: line))
      }
      return
    }
    guard !body.isEmpty else {
      isOpen = false
      return
    }
    if let opening = ProseReader.fence(body) {
      start(Block(isCode: true, depth: depth(at: indent), text: String(String.UnicodeScalarView(body))))
      fence = (opening.character, opening.length, indent)
      return
    }
    readProse(line, indent, body)
  }

  private mutating func readProse(_ line: Scalars, _ indent: Int, _ body: Scalars) {
    let marker = ProseReader.listMarker(body)
    let isRule = ProseReader.isThematicBreak(body)
    if let marker, !isRule, !isOpen || indent < 4 || allowsNesting {
      let depth = depth(at: indent)
      start(Block(isListItem: true, depth: depth, marker: marker.text + " "))
      allowsNesting = true
      let rest = Array(body.dropFirst(marker.length).drop { WhiteSpace.contains($0) })
      if !rest.isEmpty { add(rest, endOf: line) }
      return
    }
    if !isOpen, indent >= 4, indents.count == 1, !allowsNesting {
      // Indented code: each line counts as it stands.
      start(Block(isCode: true, depth: 0, text: "    " + ProseReader.trimmed(ProseReader.dropping(4, from: line))))
      isOpen = true
      return
    }
    if isOpen, let last = blocks.last, last.isCode, indent >= 4 {
      append(toCode: [" ", " ", " ", " "] + ProseReader.dropping(4, from: line))
      return
    }
    let isQuote = body.first == ">"
    let isClosed = isRule || ProseReader.isHeading(body) || body.first == "|"
    let isAdmonition = body.starts(with: ["!", "!", "!"])
    let continues =
      isOpen && !isClosed && !isAdmonition
      && (blocks.last.map { !$0.isClosed && !$0.isCode && (!isQuote || $0.isQuote) } ?? false)
    let content = isQuote ? Array(body.drop { $0 == ">" || $0 == " " }) : body
    if !continues {
      let depth = depth(at: indent)
      if depth == 0, !isAdmonition { allowsNesting = false }
      start(Block(isQuote: isQuote, isClosed: isClosed, depth: depth, marker: isQuote ? "> " : ""))
      if isAdmonition { allowsNesting = true }
    }
    add(content, endOf: line)
  }

  func finished() -> String {
    var result = ""
    for (index, block) in blocks.enumerated() {
      if index > 0 {
        let joins = block.isListItem && blocks[index - 1].isListItem || isTableRow(index) && isTableRow(index - 1)
        result += joins ? "\n" : "\n\n"
      }
      let indent = String(repeating: "    ", count: block.depth)
      result += indent + block.marker
      result += block.text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + indent)
    }
    return result
  }

  private func isTableRow(_ index: Int) -> Bool { blocks[index].isClosed && blocks[index].text.hasPrefix("|") }

  private mutating func start(_ block: Block) {
    blocks.append(block)
    isOpen = true
    endsWithHardBreak = false
  }

  private mutating func add(_ body: Scalars, endOf line: Scalars) {
    guard var block = blocks.popLast() else { return }
    let endsWithBackslash = body.last == "\\"
    let words = Prose.collapsed(String(String.UnicodeScalarView(endsWithBackslash ? body.dropLast() : body[...])))
    if !block.text.isEmpty { block.text += endsWithHardBreak ? "\\\n" : " " }
    block.text += words
    blocks.append(block)
    endsWithHardBreak = endsWithBackslash || line.suffix(2) == [" ", " "]
  }

  private mutating func append(toCode line: Scalars) {
    guard let index = blocks.indices.last else { return }
    blocks[index].text += "\n" + ProseReader.trimmed(line)
  }

  /// The level of nesting of text that begins at a column. A difference of one column is no nesting.
  private mutating func depth(at indent: Int) -> Int {
    while indents.count > 1, let top = indents.last, indent < top - 1 { indents.removeLast() }
    if let top = indents.last, indent >= top + 2, allowsNesting { indents.append(indent) }
    return indents.count - 1
  }

  /// The column of the first character that is no space (tabs stop at multiples of four), and the rest.
  private static func measure(_ line: Scalars) -> (indent: Int, body: Scalars) {
    var column = 0
    var index = 0
    while index < line.count, line[index] == " " || line[index] == "\t" {
      column = line[index] == "\t" ? (column / 4 + 1) * 4 : column + 1
      index += 1
    }
    var end = line.count
    while end > index, WhiteSpace.contains(line[end - 1]) { end -= 1 }
    return (column, Array(line[index..<end]))
  }

  private static func dropping(_ columns: Int, from line: Scalars) -> Scalars {
    Array(line.dropFirst(min(columns, line.prefix { $0 == " " }.count)))
  }

  private static func trimmed(_ line: Scalars) -> String {
    var line = line
    while let last = line.last, WhiteSpace.contains(last) { line.removeLast() }
    return String(String.UnicodeScalarView(line))
  }

  private static func fence(_ body: Scalars) -> (character: Unicode.Scalar, length: Int)? {
    guard let first = body.first, first == "`" || first == "~" else { return nil }
    let length = body.prefix { $0 == first }.count
    guard length >= 3, first == "~" || !body.dropFirst(length).contains("`") else { return nil }
    return (first, length)
  }

  private static func closes(_ body: Scalars, _ open: (character: Unicode.Scalar, length: Int, indent: Int)) -> Bool {
    body.count >= open.length && body.allSatisfy { $0 == open.character }
  }

  private static func listMarker(_ body: Scalars) -> (text: String, length: Int)? {
    guard let first = body.first else { return nil }
    if first == "-" || first == "*" || first == "+" {
      return body.count == 1 || WhiteSpace.contains(body[1]) ? ("-", 1) : nil
    }
    let digits = body.prefix { ("0"..."9").contains($0) }
    guard (1...9).contains(digits.count), body.count > digits.count, [".", ")"].contains(body[digits.count]) else {
      return nil
    }
    let length = digits.count + 1
    guard body.count == length || WhiteSpace.contains(body[length]) else { return nil }
    return (String(String.UnicodeScalarView(digits)) + ".", length)
  }

  private static func isHeading(_ body: Scalars) -> Bool {
    let hashes = body.prefix { $0 == "#" }.count
    return (1...6).contains(hashes) && (body.count == hashes || WhiteSpace.contains(body[hashes]))
  }

  private static func isThematicBreak(_ body: Scalars) -> Bool {
    guard let first = body.first, first == "-" || first == "*" || first == "_" else { return false }
    let marks = body.filter { !WhiteSpace.contains($0) }
    return marks.count >= 3 && marks.allSatisfy { $0 == first }
  }
}
