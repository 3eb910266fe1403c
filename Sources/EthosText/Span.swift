/// A range of bytes in one source text.
package struct Span: Hashable, Sendable {
  /// The offset of the first byte.
  package var start: Int
  /// The offset after the last byte.
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  package var isEmpty: Bool { start == end }
}

/// A place in a named text, as people and editors count it.
package struct Location: Hashable, Sendable {
  /// The path of the text, relative to the root of the repository.
  package var file: String
  package var span: Span
  /// The line of the first byte, from 1.
  package var line: Int
  /// The column of the first byte in Unicode scalars, from 1.
  package var column: Int
  package var endLine: Int
  package var endColumn: Int

  package init(file: String, span: Span, line: Int, column: Int, endLine: Int, endColumn: Int) {
    self.file = file
    self.span = span
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
  }
}
