import EthosModel
package import EthosText

extension DocumentEditor {
  /// Aligns the decision table, removes white space at the ends of lines outside block scalars, and ends every line
  /// with a line feed.
  ///
  /// Nothing else changes; that the meaning stays is verified.
  package static func format(_ source: SourceText) -> Result<[UInt8], DiagnosticsError> {
    EditSession.open(source).flatMap { session in
      let blocks = session.tree.elements.filter {
        $0.shape == .scalar && ($0.style == .literal || $0.style == .folded)
      }
      var table: YAMLTree.Element?
      if session.reading.kind == .decision,
        let target = session.reading.target(of: FieldPath("rules"), session.columns),
        target.isWhole
      {
        table = session.tree.elements[session.tree.resolved(target.element)]
      }
      let aligned = table.flatMap { session.aligned($0) }
      let lines = Lines(source: source, blocks: blocks, table: aligned)
      return session.verified([ByteEdit(0, source.bytes.count, lines.text)], FieldPath("rules"), session.fields)
    }
  }

  /// The lines of a file as they are written when formatted.
  private struct Lines {
    let source: SourceText
    let blocks: [YAMLTree.Element]
    let table: (lines: Range<Int>, text: [String])?

    var text: String {
      var result: [UInt8] = []
      result.reserveCapacity(source.bytes.count)
      var block = 0
      for (line, start) in source.lineStarts.enumerated() where start < source.bytes.count {
        if let table, table.lines.contains(line) {
          if line == table.lines.lowerBound { result += table.text.flatMap { Array($0.utf8) + [0x0A] } }
          continue
        }
        let next = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : source.bytes.count
        var end = next
        while end > start, source.bytes[end - 1] == 0x0A || source.bytes[end - 1] == 0x0D { end -= 1 }
        while block < blocks.count, blocks[block].end <= start { block += 1 }
        // The first line of a block is its header.
        let isInBlock =
          block < blocks.count && blocks[block].start < start && start < blocks[block].end
        if !isInBlock {
          while end > start, source.bytes[end - 1] == 0x20 || source.bytes[end - 1] == 0x09 { end -= 1 }
        }
        result += source.bytes[start..<end]
        result.append(0x0A)
      }
      return String(decoding: result, as: UTF8.self)
    }
  }
}

extension EditSession {
  /// The lines of a decision table and what they are when aligned, or nil where its form is wrong.
  func aligned(_ block: YAMLTree.Element) -> (lines: Range<Int>, text: [String])? {
    guard let table = TableLayout(source, block) else { return nil }
    let rows = [table.header, table.separator] + table.rows
    let cells = rows.map { row in row.cells.map { source.text(TableLayout.trimmed($0, bytes)) } }
    let first = source.line(at: table.header.span.start)
    let last = source.line(at: (table.rows.last ?? table.separator).span.start)
    let margin = source.text(Span(source.lineStarts[first], table.header.span.start))
    return (first..<last + 1, TableWriter.aligned(cells).map { margin + $0 })
  }
}
