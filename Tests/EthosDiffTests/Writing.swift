import EthosModel
import EthosText

/// Fields as a test writes them: texts, lists and records of texts, typed later by the schema as a file's are.
indirect enum Written: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, Sendable {
  case text(String)
  case list([Written])
  case record([(String, Written)])

  init(stringLiteral value: String) { self = .text(value) }
  init(arrayLiteral elements: Written...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, Written)...) { self = .record(elements) }

  /// The node that a reader of the schema makes of it.
  func node(_ type: FieldType) -> Node {
    switch self {
    case .text(let text): Written.scalar(text, type)
    case .list(let items): .list(items.map { $0.node(type.itemType) })
    case .record(let fields):
      .record(
        Record(
          fields.map { name, value in
            switch type {
            case .record(let known):
              Record.Entry(name, value.node(known.first { $0.name == name }?.type ?? .plain))
            case .map(let inner): Record.Entry(name, value.node(inner))
            default: Record.Entry(name, value.node(.plain))
            }
          }))
    }
  }

  private static func scalar(_ text: String, _ type: FieldType) -> Node {
    switch type {
    case .number: DecimalNumber(text).map(Node.number) ?? .text(text)
    case .quantity: DecimalNumber(text).map(Node.number) ?? Day(text).map(Node.day) ?? .text(text)
    case .day: Day(text).map(Node.day) ?? .text(text)
    case .boolean: text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : .text(text)
    case .items(let key, _, _, true): .list([Node(.record(Record([key: .text(text)])))])
    case .record(let fields) where fields.first?.isRequired ?? false:
      // The shorthand of an item that has nothing but its key.
      .record(Record([fields[0].name: .text(text)]))
    default: .text(text)
    }
  }
}

func snapshot(_ documents: [Document]) -> Snapshot { Snapshot(documents: documents) }

/// A document of a kind with its id and the fields given.
func document(_ kind: Kind, _ id: String, _ fields: [(String, Written)]) -> Document {
  let written = (kind == .charter ? [] : [("id", Written.text(id))]) + fields
  let node = Written.record(written).node(.record(Schema.of(kind).fields))
  return Document(
    key: EntryKey(kind, id), path: "\(kind.folder ?? "ethos")/\(id).yaml", fields: node.record ?? Record())
}

func document(_ kind: Kind, _ id: String, _ fields: KeyValuePairs<String, Written>) -> Document {
  document(kind, id, fields.map { ($0.key, $0.value) })
}
