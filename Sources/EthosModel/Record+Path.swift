import EthosText

extension Record {
  /// The value at a path.
  ///
  /// Items of lists are found by the key that the schema gives them, else by their content.
  package func value(at path: FieldPath, in schema: Schema) -> Node? {
    var node = Node.record(self)
    var type: FieldType = .record(schema.fields)
    for segment in path.segments {
      switch segment {
      case .name(let name):
        guard let next = node.record?[name] else { return nil }
        node = next
        type = Record.fieldType(name, of: type)
      case .item(let key):
        guard let items = node.list, let item = items.first(where: { type.key(of: $0) == key }) else { return nil }
        node = item
        type = type.itemType
      }
    }
    return node
  }

  private static func fieldType(_ name: String, of type: FieldType) -> FieldType {
    switch type {
    case .record(let fields): fields.first { $0.name == name }?.type ?? .plain
    case .map(let value): value
    default: .plain
    }
  }
}

extension FieldType {
  /// The type of the items of a list.
  package var itemType: FieldType {
    switch self {
    case .sequence(let item), .set(let item): item
    case .items(_, let fields, _, _): .record(fields)
    case .rules: .record(RuleColumn.annotations)
    default: .plain
    }
  }

  /// The key by which an item of a list is addressed: its key field, else its content in short canonical text.
  package func key(of item: Node) -> String {
    switch self {
    case .items(let key, _, _, _): item.record?[key].map(\.summaryText) ?? item.summaryText
    case .rules: item.record?["id"]?.text ?? item.summaryText
    default: item.summaryText
    }
  }
}

extension Node {
  /// The value as one line of text: scalars as they are read, lists and records in YAML's flow style.
  package var summaryText: String {
    switch content {
    case .text(let text): text
    case .number(let number): number.description
    case .boolean(let value): value ? "true" : "false"
    case .day(let day): day.description
    case .list(let items): "[\(items.map(\.summaryText).joined(separator: ", "))]"
    case .record(let record):
      "{\(record.entries.sorted { $0.name < $1.name }.map { "\($0.name): \($0.value.summaryText)" }.joined(separator: ", "))}"
    }
  }
}
