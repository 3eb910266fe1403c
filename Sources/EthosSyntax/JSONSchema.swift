package import EthosModel
package import EthosText

/// The JSON Schema (draft 2020-12) of the files of each kind, so that editors complete and check while somebody types.
///
/// It comes from the same declaration as the reader's rules. What needs more than one field, or more than one file, is
/// left to the reader and to `check`.
package enum JSONSchema {
  private typealias Members = [JSON.Member]

  /// The text of the schema of a kind.
  package static func text(for kind: Kind) -> String { schema(of: kind).text(pretty: true) }

  package static func schema(of kind: Kind) -> JSON {
    let schema = Schema.of(kind)
    var members: Members = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", .string(kind.folder.map { "\($0)/**.yaml" } ?? Kind.charterPath)),
      .init("description", .string(schema.summary)),
    ]
    members += record(schema.fields).filter { $0.name != "required" }
    let required = JSON.strings(schema.fields.filter(\.isRequired).map(\.name))
    guard canRetire(schema) else { return .object(members + [.init("required", required)]) }
    // A tombstone needs no more than what says that the entry is retired.
    members += [
      .init("if", ["properties": ["status": ["const": "retired"]], "required": ["status"]]),
      .init("then", ["required": .strings(Schema.tombstoneFields)]),
      .init("else", ["required": required]),
    ]
    return .object(members)
  }

  private static func canRetire(_ schema: Schema) -> Bool {
    if case .choice(let choices)? = schema.field("status")?.type { choices.contains("retired") } else { false }
  }

  private static func record(_ fields: [FieldSchema]) -> Members {
    let required = fields.filter(\.isRequired).map(\.name)
    let properties: Members = fields.map { field in
      .init(field.name, .object([.init("description", .string(field.summary))] + type(field.type)))
    }
    let members: Members = [
      .init("type", "object"), .init("properties", .object(properties)),
      .init("patternProperties", ["^x-": .boolean(true)]), .init("additionalProperties", .boolean(false)),
    ]
    return members + (required.isEmpty ? [] : [.init("required", .strings(required))])
  }

  private static func type(_ type: FieldType) -> Members {
    switch type {
    case .line, .prose, .expression: text
    case .identifier, .office, .id: text + [.init("pattern", .string("^\(id)$"))]
    case .reference(let kinds): reference(kinds)
    case .release: string(matching: "^release/\(id)/[1-9][0-9]{0,8}$")
    case .number: [.init("type", "number")]
    case .quantity: [.init("anyOf", [.object(Self.type(.number)), .object(Self.type(.day))])]
    case .boolean: [.init("type", "boolean")]
    case .day: string(matching: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") + [.init("format", "date")]
    case .period: string(matching: "^(1 day|[1-9][0-9]{0,4} days)$")
    case .choice(let choices): [.init("enum", .strings(choices))]
    case .sequence(let item), .set(let item): list(of: Self.type(item))
    case .items(let key, let fields, _, let shorthand): items(key, fields, shorthand: shorthand)
    case .record(let fields): record(fields)
    case .map(let value): [.init("type", "object"), .init("additionalProperties", .object(Self.type(value)))]
    case .rules: string(matching: "^\\s*\\|")
    case .plain: []
    }
  }

  private static let id = "[A-Za-z0-9][A-Za-z0-9_-]{0,199}"

  /// A text is what its field says, whatever it looks like: `no` and `60` are texts where a text is meant.
  private static let text: Members = [.init("type", ["string", "number", "boolean"])]

  private static func string(matching pattern: String) -> Members {
    [.init("type", "string"), .init("pattern", .string(pattern))]
  }

  private static func reference(_ kinds: [Kind]) -> Members {
    let forms = kinds.map { $0 == .charter ? "charter" : "\($0.rawValue)/\(id)" }
    return string(matching: "^(\(forms.joined(separator: "|")))([.\\[].*)?$")
  }

  private static func list(of item: Members) -> Members { [.init("type", "array"), .init("items", .object(item))] }

  /// Records known by a key; where the schema allows, the key alone may stand for a record, and for the list.
  private static func items(_ key: String, _ fields: [FieldSchema], shorthand: Bool) -> Members {
    guard shorthand, let bare = fields.first(where: { $0.name == key }).map({ type($0.type) }) else {
      return list(of: record(fields))
    }
    let item: Members = [.init("anyOf", [.object(bare), .object(record(fields))])]
    return [.init("anyOf", [.object(bare), .object(list(of: item))])]
  }
}
