import EthosModel
import EthosText

extension FieldReader {
  /// Reads the decision table of `rules: |` as one record a rule, whose fields are the columns by name.
  mutating func rules(_ index: Int, _ name: String) -> Node? {
    let element = tree.elements[tree.resolved(index)]
    guard element.shape == .scalar, element.style == .literal else {
      findings.add(
        "table-form", "`\(name)` is no table", at: Span(element.start, min(element.end, lineEnd(element.start))),
        help: "write `\(name): |` and the table on the lines below it, further in")
      return nil
    }
    var reader = TableReader(bytes: findings.source.bytes, limits: limits, columns: columns)
    return reader.read(TableLayout.lines(findings.source, element), element, name, into: &findings)
  }
}

/// Reads the rows of one decision table.
private struct TableReader {
  let bytes: [UInt8]
  let limits: SyntaxLimits
  let columns: TableColumns

  private struct Column {
    var name: String
    var span: Span
    var type: FieldType?
  }

  mutating func read(
    _ lines: [Span], _ block: YAMLTree.Element, _ name: String, into findings: inout Findings
  ) -> Node? {
    let blockStart = Span(block.start, min(block.start + 1, block.end))
    guard let headerLine = lines.first, let header = row(headerLine, into: &findings) else {
      if lines.isEmpty { findings.add("table-form", "`\(name)` has no header row", at: blockStart, help: Self.form) }
      return nil
    }
    guard header.cells.count <= limits.maximumColumns else {
      findings.add(
        "too-many-columns",
        "the table has \(header.cells.count) columns, and the limit is \(limits.maximumColumns)", at: header.span)
      return nil
    }
    let columns = readHeader(header, into: &findings)
    guard lines.count >= 2, checkSeparator(lines[1], count: columns.count, into: &findings) else {
      if lines.count < 2 {
        findings.add("table-form", "the row of dashes below the header is missing", at: header.span, help: Self.form)
      }
      return nil
    }
    guard lines.count - 2 <= limits.maximumRules else {
      findings.add(
        "too-many-rules", "the table has \(lines.count - 2) rules, and the limit is \(limits.maximumRules)",
        at: lines[limits.maximumRules + 2])
      return nil
    }
    if lines.count == 2 {
      findings.add("table-form", "the table has no rule", at: header.span, help: "write a row for each rule")
      return nil
    }
    var rules: [Node] = []
    rules.reserveCapacity(lines.count - 2)
    var ids: Set<String> = []
    for line in lines.dropFirst(2) {
      guard let row = row(line, into: &findings) else { continue }
      guard row.cells.count == columns.count else {
        findings.add(
          "table-form", "the row has \(row.cells.count) cells, and the header \(columns.count)", at: row.span,
          help: "write a bar inside a cell as `\\|`")
        continue
      }
      rules.append(rule(row, columns, &ids, into: &findings))
    }
    return Node(.list(rules), span: block.span)
  }

  private func row(_ line: Span, into findings: inout Findings) -> TableLayout.Row? {
    if let row = TableLayout.row(line, bytes) { return row }
    let what = line.isEmpty ? "an empty line divides the table" : "a row begins and ends with `|`"
    findings.add("table-form", what, at: line, help: Self.form)
    return nil
  }

  private func readHeader(_ header: TableLayout.Row, into findings: inout Findings) -> [Column] {
    var result: [Column] = []
    var seen: Set<String> = []
    for cell in header.cells {
      let span = TableLayout.trimmed(cell, bytes)
      let written = Prose.collapsed(TableLayout.text(span, bytes))
      // One name, however its accents are encoded.
      let name = columns.all.first { $0 == written } ?? written
      var type = RuleColumn.annotations.first { $0.name == name }?.type
      if type == nil, columns.asksOrAnswers(name) || !columns.isComplete {
        type = .expression
      }
      if name.isEmpty {
        findings.add("table-form", "a column has no name", at: span, help: Self.form)
        type = nil
      } else if type == nil {
        findings.add(
          "unknown-column", "the column `\(name)` is no input, output or annotation", at: span,
          help: nearestName(to: name, among: columns.all).map { "did you mean `\($0)`?" }
            ?? "the columns are \(columns.all.joined(separator: ", "))")
      } else if !seen.insert(name).inserted {
        findings.add("duplicate-column", "the column `\(name)` stands here twice", at: span, help: "remove one of them")
        type = nil
      }
      result.append(Column(name: name, span: span, type: type))
    }
    for output in columns.outputs where !seen.contains(output) {
      findings.add(
        "missing-column", "the table has no column for the output `\(output)`", at: header.span,
        help: "an input without a column may be anything; an output needs its column")
    }
    return result
  }

  private func checkSeparator(_ line: Span, count: Int, into findings: inout Findings) -> Bool {
    let cells = TableLayout.row(line, bytes)?.cells.map { TableLayout.trimmed($0, bytes) } ?? []
    guard !cells.isEmpty, cells.allSatisfy({ TableLayout.isSeparator($0, bytes) }) else {
      findings.add("table-form", "the row of dashes below the header is missing", at: line, help: Self.form)
      return false
    }
    guard cells.count == count else {
      findings.add(
        "table-form", "the row of dashes has \(cells.count) cells, and the header \(count)", at: line,
        help: "`ethos format` aligns a table whose rows agree")
      return false
    }
    return true
  }

  private func rule(
    _ row: TableLayout.Row, _ columns: [Column], _ ids: inout Set<String>, into findings: inout Findings
  ) -> Node {
    var entries: [Record.Entry] = []
    entries.reserveCapacity(columns.count)
    for (column, cell) in zip(columns, row.cells) {
      guard let type = column.type else { continue }
      let span = TableLayout.trimmed(cell, bytes)
      guard !span.isEmpty, let node = value(span, column, type, into: &findings) else { continue }
      if column.name == "id", let id = node.text, !ids.insert(Prose.collapsed(id)).inserted {
        findings.add(
          "duplicate-rule", "two rules have the id `\(id)`", at: span, help: "a rule's id is its own; give one another")
        continue
      }
      entries.append(Record.Entry(column.name, node, nameSpan: column.span))
    }
    return Node(.record(Record(entries)), span: row.span)
  }

  private func value(
    _ span: Span, _ column: Column, _ type: FieldType, into findings: inout Findings
  ) -> Node? {
    if case .expression = type { return Node(.text(TableLayout.text(span, bytes)), span: span) }
    // An annotation of `-` says nothing.
    if span.end - span.start == 1, bytes[span.start] == 0x2D { return nil }
    guard case .set(let item) = type else { return Node(.text(TableLayout.text(span, bytes)), span: span) }
    var items: [Node] = []
    var start = span.start
    for index in span.start...span.end where index == span.end || bytes[index] == 0x2C {
      let itemSpan = TableLayout.trimmed(Span(start, index), bytes)
      start = index + 1
      let text = TableLayout.text(itemSpan, bytes)
      switch ScalarReading.read(text, item, isQuoted: false, name: column.name) {
      case .success(let content): items.append(Node(content, span: itemSpan))
      case .failure(let problem):
        findings.add(problem.code, problem.message, at: itemSpan, help: problem.help)
      }
    }
    return Node(.list(items), span: span)
  }

  private static let form =
    "a table is a header row, a row of dashes and a row a rule, each as `| … | … |`, without empty lines between them"
}
