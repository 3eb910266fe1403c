import EthosModel

/// Writes typed values as YAML: on one line where they fit, else one entry a line.
struct YAMLWriter {
  var lineEnd = "\n"
  var columns = TableColumns()
  /// The width beyond which lists and mappings are written one entry a line.
  private let width = 110

  /// The value on one line, lists and mappings with brackets.
  func flow(_ node: Node, _ type: FieldType, isFree: Bool = false) -> String {
    switch node.content {
    case .text(let text):
      return ScalarWriter.inline(text, isFlow: true, guardsLook: !isFree && guardsLook(type))
    case .list(let items):
      return "[\(items.map { flow(shortened($0, type), type.itemType, isFree: isFree) }.joined(separator: ", "))]"
    case .record(let record):
      let entries = ordered(record, type).map { entry in
        "\(key(entry.name, isFlow: true)): \(flow(entry.value, entry.type, isFree: entry.isFree))"
      }
      return "{\(entries.joined(separator: ", "))}"
    case .number, .boolean, .day: return node.summaryText
    }
  }

  /// The lines `name: value` at an indentation, each with its end.
  func entry(_ name: String, _ node: Node, _ type: FieldType, indent: Int, isFree: Bool = false) -> String {
    let written = key(name, isFlow: false)
    return TableWriter.spaces(indent) + "\(written):"
      + value(node, type, indent: indent, column: indent + written.count + 1, isFree: isFree)
  }

  /// What follows the colon of a key that stands at an indentation, to the end of the last line.
  func value(_ node: Node, _ type: FieldType, indent: Int, column: Int, isFree: Bool = false) -> String {
    switch node.content {
    case .text(let text): return " \(block(text, type, indent: indent + 2, isFree: isFree))\(lineEnd)"
    case .number, .boolean, .day: return " \(node.summaryText)\(lineEnd)"
    case .list(let items):
      if case .rules = type { return " \(table(items, indent: indent + 2))\(lineEnd)" }
      if isFree, items.count == 1, case .text = shortened(items[0], type).content {
        return " \(flow(shortened(items[0], type), type.itemType))\(lineEnd)"
      }
      let isPlainList = items.allSatisfy { isScalar(shortened($0, type)) }
      if isPlainList, let line = fitting(node, type, column: column, isFree: isFree) { return " \(line)\(lineEnd)" }
      return lineEnd + list(items, type, indent: indent + 2)
    case .record(let record):
      let isPlainRecord = record.entries.allSatisfy { isScalar($0.value) }
      if isPlainRecord, let line = fitting(node, type, column: column, isFree: isFree) { return " \(line)\(lineEnd)" }
      return lineEnd + mapping(record, type, indent: indent + 2)
    }
  }

  /// The lines of a list, a dash at the indentation for each item.
  func list(_ items: [Node], _ type: FieldType, indent: Int) -> String {
    items.map { item($0, type, indent: indent) }.joined()
  }

  /// The lines of one item of a list of a type.
  func item(_ item: Node, _ type: FieldType, indent: Int) -> String {
    let short = shortened(item, type)
    let margin = TableWriter.spaces(indent) + "- "
    if case .text(let text) = short.content {
      return margin + block(text, type.itemType, indent: indent + 2, isFree: false) + lineEnd
    }
    if case .record(let record) = short.content, !record.isEmpty,
      fitting(short, type.itemType, column: indent + 2, isFree: false) == nil
    {
      return margin + mapping(record, type.itemType, indent: indent + 2).dropFirst(indent + 2)
    }
    return margin + flow(short, type.itemType) + lineEnd
  }

  /// The lines of the entries of a mapping.
  func mapping(_ record: Record, _ type: FieldType, indent: Int) -> String {
    ordered(record, type)
      .map { entry($0.name, $0.value, $0.type, indent: indent, isFree: $0.isFree) }
      .joined()
  }

  /// A decision table as a literal block, without the end of its last line.
  func table(_ rules: [Node], indent: Int) -> String {
    let margin = TableWriter.spaces(indent)
    return "|" + TableWriter.lines(rules, columns).map { lineEnd + margin + $0 }.joined()
  }

  func key(_ name: String, isFlow: Bool) -> String { ScalarWriter.inline(name, isFlow: isFlow) }

  /// Text as it stands after a key or a dash: a literal block where it has line breaks, else one line.
  private func block(_ text: String, _ type: FieldType, indent: Int, isFree: Bool) -> String {
    let isExact = isExact(type)
    if text.utf8.contains(0x0A),
      let literal = ScalarWriter.literal(
        text, indent: indent, parent: indent - 2, isExact: isExact, lineEnd: lineEnd)
    {
      return literal
    }
    return ScalarWriter.inline(text, isFlow: false, guardsLook: !isFree && guardsLook(type))
  }

  /// Whether every line break of a text of the type counts.
  func isExact(_ type: FieldType) -> Bool { if case .plain = type { true } else { false } }

  /// Values of free names are read by nobody but us, so that `{risk score: 20}` needs no quotes.
  private func guardsLook(_ type: FieldType) -> Bool {
    switch type {
    case .line, .prose, .plain: true
    default: false
    }
  }

  private func fitting(_ node: Node, _ type: FieldType, column: Int, isFree: Bool) -> String? {
    guard !hasLineBreak(node) else { return nil }
    let line = flow(node, type, isFree: isFree)
    let isEmpty = node.list?.isEmpty ?? node.record?.isEmpty ?? false
    return isEmpty || column + 1 + line.count <= width ? line : nil
  }

  private func hasLineBreak(_ node: Node) -> Bool {
    switch node.content {
    case .text(let text): text.utf8.contains(0x0A)
    case .list(let items): items.contains { hasLineBreak($0) }
    case .record(let record): record.entries.contains { hasLineBreak($0.value) }
    case .number, .boolean, .day: false
    }
  }

  private func isScalar(_ node: Node) -> Bool {
    switch node.content {
    case .text, .number, .boolean, .day: true
    case .list, .record: false
    }
  }

  /// An item that has nothing but its key, as the bare key where the type allows it.
  private func shortened(_ item: Node, _ type: FieldType) -> Node {
    guard case .items(let key, _, _, true) = type, let record = item.record, record.entries.count == 1,
      let only = record[key]
    else { return item }
    return only
  }

  /// The entries of a record in the order of its schema, each with its type; then the others as they were given.
  private func ordered(
    _ record: Record, _ type: FieldType
  ) -> [(name: String, value: Node, type: FieldType, isFree: Bool)] {
    switch type {
    case .record(let fields):
      let known = fields.compactMap { field in record[field.name].map { (field.name, $0, field.type, false) } }
      let names = Set(fields.map(\.name))
      return known + record.entries.filter { !names.contains($0.name) }.map { ($0.name, $0.value, .plain, false) }
    case .map(let value): return record.entries.map { ($0.name, $0.value, value, true) }
    default: return record.entries.map { ($0.name, $0.value, .plain, false) }
    }
  }
}
