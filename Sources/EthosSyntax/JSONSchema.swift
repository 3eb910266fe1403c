package import EthosModel
package import EthosText

/// The JSON Schema (draft 2020-12) of the files of each kind, so that editors complete and check while somebody types.
///
/// It comes from the same declaration as the reader's rules. What needs several fields or files is left to the reader and
/// to `check`, and so is how a value is written: to a schema `010` and `0x0A` are numbers like others.
package enum JSONSchema {
  typealias Members = [JSON.Member]

  /// The text of the schema of a kind.
  package static func text(for kind: Kind) -> String { schema(of: kind).text(pretty: true) }

  package static func schema(of kind: Kind) -> JSON {
    let schema = Schema.of(kind)
    var members: Members = [
      .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
      .init("title", .string(kind.folder.map { "\($0)/**.yaml" } ?? Kind.charterPath)),
      .init("description", .string(schema.summary)),
    ]
    members += record(schema.fields, [kind.rawValue]).filter { $0.name != "required" }
    let required = JSON.strings(schema.fields.filter(\.isRequired).map(\.name))
    guard canRetire(schema) else { return .object(members + [.init("required", required)]) }
    // A tombstone needs no more than what says that the entry is retired.
    let (tombstone, living) = direction(kind)
    members += [
      .init("if", ["properties": ["status": ["const": "retired"]], "required": ["status"]]),
      .init("then", .object([.init("required", .strings(Schema.tombstoneFields))] + tombstone)),
      .init("else", .object([.init("required", required)] + living)),
    ]
    return .object(members)
  }

  private static func canRetire(_ schema: Schema) -> Bool {
    if case .choice(let choices)? = schema.field("status")?.type { choices.contains("retired") } else { false }
  }

  private static func record(_ fields: [FieldSchema], _ path: [String]) -> Members {
    let required = fields.filter(\.isRequired).map(\.name)
    let properties: Members = fields.map { field in
      let inner = path + [field.name]
      var members = joined(type(field.type, inner), rules(at: inner))
      if field.isRequired { members = nonEmpty(members) }
      return .init(field.name, .object([.init("description", .string(field.summary))] + members))
    }
    let members: Members = [
      .init("type", "object"), .init("properties", .object(properties)),
      .init("patternProperties", ["^x-": .boolean(true)]), .init("additionalProperties", .boolean(false)),
    ]
    return members + (required.isEmpty ? [] : [.init("required", .strings(required))]) + rules(at: path + ["*"])
  }

  /// A field's own rule takes the place of its type's.
  private static func joined(_ members: Members, _ rules: Members) -> Members {
    members.filter { member in !rules.contains { $0.name == member.name } } + rules
  }

  /// What is required says something: a list or mapping of nothing does not.
  private static func nonEmpty(_ members: Members) -> Members {
    members.flatMap { member -> Members in
      switch (member.name, member.value) {
      case ("type", "array"): [member, .init("minItems", .number(1))]
      case ("type", "object"): [member, .init("minProperties", .number(1))]
      default: [member]
      }
    }
  }

  static func type(_ type: FieldType, _ path: [String]) -> Members {
    switch type {
    case .line, .prose, .expression: text
    // An id of digits is a number to who reads YAML alone.
    case .identifier, .office, .id:
      [
        .init("type", ["string", "integer", "boolean"]), .init("minimum", .number(0)),
        .init("pattern", .string("^\(id)$")),
      ]
    case .reference(let kinds): reference(kinds)
    case .release: string(matching: "^release/\(id)/[1-9][0-9]{0,8}$")
    case .number: [.init("type", "number")]
    case .quantity: [.init("anyOf", [.object(Self.type(.number, path)), .object(Self.type(.day, path))])]
    case .boolean: [.init("type", "boolean")]
    case .day: string(matching: day) + [.init("format", "date")]
    case .period: string(matching: "^(1 day|([2-9]|[1-9][0-9]{1,4}) days)$")
    case .choice(let choices): [.init("enum", .strings(choices))]
    case .sequence(let item), .set(let item): list(of: Self.type(item, path))
    case .items(let key, let fields, _, let shorthand): items(key, fields, shorthand: shorthand, path)
    case .record(let fields): record(fields, path)
    case .map(let value):
      [
        .init("type", "object"),
        .init("additionalProperties", .object(joined(Self.type(value, path), rules(at: path + ["*"])))),
      ]
    case .rules: string(matching: "^\\s*\\|")
    case .plain: []
    }
  }

  static let id = "[A-Za-z0-9][A-Za-z0-9_-]{0,199}"

  /// The days of the calendar.
  private static let day =
    "^(?!0000)([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    + "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)$"

  /// A text is what its field says, whatever it looks like: `no` and `60` are texts where a text is meant.
  ///
  /// It says something.
  private static let text: Members = [.init("type", ["string", "number", "boolean"]), .init("pattern", "\\S")]

  private static func string(matching pattern: String) -> Members {
    [.init("type", "string"), .init("pattern", .string(pattern))]
  }

  private static func reference(_ kinds: [Kind]) -> Members {
    let name = "\\.('([^']|'')+'|[^'.@\\[][^.@\\[]*)"
    let key = "\\[('([^']|'')*'|[^'\\]][^\\]]*|)\\]"
    let forms = kinds.map { $0 == .charter ? "charter" : "\($0.rawValue)/\(id)" }
    return string(matching: "^(\(forms.joined(separator: "|")))(\(name)|\(key))*$")
  }

  private static func list(of item: Members) -> Members { [.init("type", "array"), .init("items", .object(item))] }

  /// Records known by a key; where the schema allows, the key alone may stand for a record, and for the list.
  private static func items(_ key: String, _ fields: [FieldSchema], shorthand: Bool, _ path: [String]) -> Members {
    guard shorthand, let bare = fields.first(where: { $0.name == key }).map({ type($0.type, path) }) else {
      return list(of: record(fields, path))
    }
    let item: Members = [.init("anyOf", [.object(bare), .object(record(fields, path))])]
    return [.init("anyOf", [.object(bare), .object(list(of: item))])]
  }
}
