import EthosText

/// Where the rows and cells of a decision table stand in the bytes of its file.
///
/// The table is a literal block (`rules: |`), so each of its lines is a line of the file.
struct TableLayout {
  struct Row {
    /// The row from its first bar to its last.
    var span: Span
    /// What stands between two bars, white space included.
    var cells: [Span]
  }

  var header: Row
  var separator: Row
  var rows: [Row]

  /// The lines of a literal block that hold something, white space at their ends left out.
  ///
  /// Costs one pass.
  static func lines(_ source: SourceText, _ block: YAMLTree.Element) -> [Span] {
    var lines: [Span] = []
    var line = source.line(at: block.start) + 1
    while line < source.lineStarts.count, source.lineStarts[line] < block.end {
      let end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : source.bytes.count
      lines.append(trimmed(Span(source.lineStarts[line], min(end, block.end)), source.bytes))
      line += 1
    }
    // A block that keeps its last line breaks ends with empty lines.
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// The cells of a row, or nil where it does not begin and end with a bar.
  ///
  /// A bar after a backslash divides nothing.
  static func row(_ line: Span, _ bytes: [UInt8]) -> Row? {
    guard line.end - line.start >= 2, bytes[line.start] == 0x7C, bytes[line.end - 1] == 0x7C,
      bytes[line.end - 2] != 0x5C
    else { return nil }
    var cells: [Span] = []
    var start = line.start + 1
    for index in start..<line.end where bytes[index] == 0x7C && bytes[index - 1] != 0x5C {
      cells.append(Span(start, index))
      start = index + 1
    }
    return Row(span: line, cells: cells)
  }

  /// A span without the white space at its ends.
  ///
  /// Of a span of white space alone, an empty span in its middle.
  static func trimmed(_ span: Span, _ bytes: [UInt8]) -> Span {
    var start = span.start
    var end = span.end
    while start < end, isBlankOrBreak(bytes[start]) { start += 1 }
    while end > start, isBlankOrBreak(bytes[end - 1]) { end -= 1 }
    if start == end {
      let middle = min(span.start + 1, span.end)
      return Span(middle, middle)
    }
    return Span(start, end)
  }

  /// The text of a cell: `\|` is a bar, and every other backslash is itself.
  static func text(_ cell: Span, _ bytes: [UInt8]) -> String {
    let content = bytes[cell.start..<cell.end]
    guard content.contains(0x5C) else { return String(decoding: content, as: UTF8.self) }
    var text: [UInt8] = []
    for (index, byte) in content.enumerated() {
      if byte == 0x5C, index + 1 < content.count, content[content.startIndex + index + 1] == 0x7C { continue }
      text.append(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether a cell of the row below the header is dashes with colons at its ends, as Markdown has it.
  static func isSeparator(_ cell: Span, _ bytes: [UInt8]) -> Bool {
    var content = bytes[cell.start..<cell.end]
    if content.first == 0x3A { content.removeFirst() }
    if content.last == 0x3A { content.removeLast() }
    return !content.isEmpty && content.allSatisfy { $0 == 0x2D }
  }

  /// The table of a literal block where its form is right, else nil; nothing is reported.
  init?(_ source: SourceText, _ block: YAMLTree.Element) {
    guard block.shape == .scalar, block.style == .literal else { return nil }
    var rows: [Row] = []
    for line in TableLayout.lines(source, block) {
      guard let row = TableLayout.row(line, source.bytes) else { return nil }
      rows.append(row)
    }
    guard rows.count >= 2 else { return nil }
    header = rows[0]
    separator = rows[1]
    self.rows = Array(rows.dropFirst(2))
    let isSeparator = separator.cells.allSatisfy {
      TableLayout.isSeparator(TableLayout.trimmed($0, source.bytes), source.bytes)
    }
    guard isSeparator, rows.allSatisfy({ $0.cells.count == header.cells.count }) else { return nil }
  }
}
