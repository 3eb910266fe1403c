import EthosModel
import EthosText

/// Writes decision tables as aligned Markdown tables.
enum TableWriter {
  /// The lines of the table of some rules: a column for `id` where a rule has one, for each input, each name of `uses`
  /// that a rule tests, each output, and each further name that a rule has.
  static func lines(_ rules: [Node], _ columns: TableColumns) -> [String] {
    var used: Set<String> = []
    var others: [String] = []
    let known = Set(columns.all)
    for entry in rules.flatMap({ $0.record?.entries ?? [] }) where used.insert(entry.name).inserted {
      if !known.contains(entry.name) { others.append(entry.name) }
    }
    let annotations = RuleColumn.annotations.map(\.name).filter { used.contains($0) }
    let conditions = columns.inputs + columns.used.filter { used.contains($0) }
    let names =
      annotations.filter { $0 == "id" } + conditions + columns.outputs + others + annotations.filter { $0 != "id" }
    let inputs = Set(conditions)
    let rows = rules.map { rule in
      names.map { name in rule.record?[name].map { cell($0) } ?? (inputs.contains(name) ? "-" : "") }
    }
    return aligned([names.map { escaped($0) }, names.map { _ in "-" }] + rows)
  }

  /// Rows whose second is the row of dashes, each cell as wide as the widest of its column.
  static func aligned(_ rows: [[String]]) -> [String] {
    guard let header = rows.first else { return [] }
    var widths = header.map { max(3, $0.count) }
    for (index, row) in rows.enumerated() where index != 1 {
      for (column, cell) in row.enumerated() where column < widths.count {
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.enumerated().map { index, row in
      let cells = zip(row, widths).map { cell, width in
        index == 1 ? dashes(cell, width: width + 2) : " \(cell)\(spaces(width - cell.count)) "
      }
      return "|\(cells.joined(separator: "|"))|"
    }
  }

  /// The text of a value in a cell: a bar is `\|`, a line break a space, a list its items with commas.
  static func cell(_ node: Node) -> String {
    let text = node.list.map { $0.map(\.summaryText).joined(separator: ", ") } ?? node.summaryText
    return escaped(text)
  }

  private static func escaped(_ text: String) -> String {
    let line = text.unicodeScalars.split { breaks.contains($0) }.map { String($0) }.joined(separator: " ")
    var trimmed = line.unicodeScalars[...]
    while let first = trimmed.first, first == " " || first == "\t" { trimmed.removeFirst() }
    while let last = trimmed.last, last == " " || last == "\t" { trimmed.removeLast() }
    return String(trimmed).replacingScalar("|", with: "\\|")
  }

  /// What YAML or Markdown takes for a line break.
  private static let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]

  static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// Dashes with the colons that a separator cell has.
  static func dashes(_ cell: String, width: Int) -> String {
    let left = cell.begins(with: ":") ? ":" : ""
    let right = cell.ends(with: ":") && cell.count > 1 ? ":" : ""
    return left + String(repeating: "-", count: max(1, width - left.count - right.count)) + right
  }
}
