import EthosModel
import EthosText

extension EditSession {
  /// The edits that set a rule, a cell, or a new rule of a decision table.
  ///
  /// The rows that are not meant stay as they are.
  func tableEdits(_ target: EditTarget, _ node: Node) -> Result<[ByteEdit], DiagnosticsError> {
    guard let table = layout(target), case .item(let key)? = target.remaining.first else {
      return failure("table-form", "the decision table is not in a form that can be edited", help: "repair it first")
    }
    let columnName: String?
    switch target.remaining.dropFirst().first {
    case .name(let name)?: columnName = name
    default: columnName = nil
    }
    let row = row(key, in: table)
    let cells: [String: Node] =
      if let columnName {
        row == nil ? ["id": .text(key), columnName: node] : [columnName: node]
      } else {
        Dictionary((Node.keyed(node, key, .rules).record?.entries ?? []).map { ($0.name, $0.value) }) { first, _ in
          first
        }
      }
    guard cells.values.allSatisfy({ ScalarWriter.canBeCell($0.summaryText) }) else {
      return failure(
        "table-cell", "a table cell holds one line of text that prints",
        help: "leave out line breaks and control characters")
    }
    let new = cells.keys.filter { !names(table).contains($0) }.sorted()
    guard let row else { return .success(appending(cells, to: table, new)) }
    // A whole rule says what all its cells are; a cell says only itself.
    let isWholeRule = columnName == nil
    return .success(changing(row, cells, in: table, new, isWholeRule: isWholeRule))
  }

  /// The edits that remove a rule, or what a cell says.
  func tableRemoval(_ target: EditTarget) -> Result<[ByteEdit], DiagnosticsError> {
    guard let table = layout(target), case .item(let key)? = target.remaining.first, let row = row(key, in: table)
    else { return failure("unknown-field", "the table has no such rule", help: "there is nothing to remove") }
    guard case .name(let name)? = target.remaining.dropFirst().first else {
      let line = source.line(at: row.span.start)
      let start = source.lineStarts[line]
      let end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : bytes.count
      return .success([ByteEdit(start, end, "")])
    }
    guard let column = names(table).firstIndex(of: name), column < row.cells.count else {
      return failure("unknown-field", "the table has no column `\(name)`", help: "there is nothing to remove")
    }
    return .success([cellEdit(row.cells[column], empty(name))])
  }

  private func layout(_ target: EditTarget) -> TableLayout? {
    TableLayout(source, tree.elements[tree.resolved(target.element)])
  }

  private func names(_ table: TableLayout) -> [String] {
    table.header.cells.map { Prose.collapsed(TableLayout.text(TableLayout.trimmed($0, bytes), bytes)) }
  }

  private func row(_ key: String, in table: TableLayout) -> TableLayout.Row? {
    let rule = fields["rules"]?.list?.first { FieldType.rules.keys(of: $0).contains(key) }
    return table.rows.first { $0.span == rule?.span }
  }

  /// What an empty cell of a column shows: anything, for an input, and nothing elsewhere.
  private func empty(_ name: String) -> String {
    columns.inputs.contains(name) || columns.used.contains(name) ? "-" : ""
  }

  /// One cell.
  ///
  /// Its width stays where the text fits into it.
  private func cellEdit(_ cell: Span, _ text: String) -> ByteEdit {
    let width = source.text(cell).count
    let old = TableLayout.trimmed(cell, bytes)
    let leading = old.isEmpty ? 1 : max(1, min(old.start - cell.start, width - text.count - 1))
    let padding = max(1, width - leading - text.count)
    return ByteEdit(
      cell.start, cell.end, TableWriter.spaces(leading) + text + TableWriter.spaces(padding))
  }

  private func changing(
    _ row: TableLayout.Row, _ cells: [String: Node], in table: TableLayout, _ new: [String], isWholeRule: Bool
  ) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    for (name, cell) in zip(names(table), row.cells) where isWholeRule || cells[name] != nil {
      let text = cells[name].map { TableWriter.cell($0) } ?? empty(name)
      let old = source.text(TableLayout.trimmed(cell, bytes))
      if old != text, !(cells[name] == nil && (old == "-" || old.isEmpty)) { edits.append(cellEdit(cell, text)) }
    }
    guard !new.isEmpty else { return edits }
    for line in [table.header, table.separator] + table.rows {
      let added = new.map { name in
        let value = line.span == row.span ? cells[name].map { TableWriter.cell($0) } ?? "" : empty(name)
        return addedCell(name, value, line, table)
      }
      edits.append(ByteEdit(line.span.end, line.span.end, added.joined()))
    }
    return edits
  }

  private func addedCell(_ name: String, _ value: String, _ line: TableLayout.Row, _ table: TableLayout) -> String {
    let title = TableWriter.cell(.text(name))
    if line.span == table.separator.span { return String(repeating: "-", count: title.count + 2) + "|" }
    let text = line.span == table.header.span ? title : value
    return " \(text)\(TableWriter.spaces(title.count - text.count)) |"
  }

  private func appending(_ cells: [String: Node], to table: TableLayout, _ new: [String]) -> [ByteEdit] {
    let last = table.rows.last ?? table.separator
    let margin = source.text(Span(source.lineStarts[source.line(at: last.span.start)], last.span.start))
    var text = margin + "|"
    for (name, cell) in zip(names(table), table.header.cells) {
      let value = cells[name].map { TableWriter.cell($0) } ?? empty(name)
      text += " \(value)\(TableWriter.spaces(max(1, source.text(cell).count - value.count - 1)))|"
    }
    var edits: [ByteEdit] = []
    if !new.isEmpty {
      for line in [table.header, table.separator] + table.rows {
        let added = new.map { addedCell($0, empty($0), line, table) }
        edits.append(ByteEdit(line.span.end, line.span.end, added.joined()))
      }
      text += new.map { name in
        let value = cells[name].map { TableWriter.cell($0) } ?? ""
        return " \(value)\(TableWriter.spaces(name.count - value.count)) |"
      }.joined()
    }
    let end = lineEnd(from: last.span.end)
    edits.append(ByteEdit(end, end, lineEnd + text))
    return edits
  }
}
