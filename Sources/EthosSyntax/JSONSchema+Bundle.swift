package import EthosModel
package import EthosText

/// The JSON Schema of the fields of each kind as `export bundle` writes them: without people, numbers as texts, FEEL marked.
///
/// It comes from the declaration that the files are read by, so that what the bundle leaves out is not in its schema either.
extension JSONSchema {
  /// The kinds that a bundle has: all but people.
  package static let bundledKinds = Kind.allCases.filter { $0 != .person }

  /// The schema of the fields of a kind in a bundle.
  package static func bundled(_ kind: Kind) -> JSON {
    let schema = Schema.of(kind)
    let members = bundled(schema.fields).filter { $0.name != "required" }
    let required = bundledFields(schema.fields).filter(\.isRequired).map(\.name)
    let description = JSON.Member("description", .string(schema.summary))
    guard schema.field("status") != nil else {
      return .object([description] + members + [.init("required", .strings(required))])
    }
    let (_, living) = direction(kind)
    return .object(
      [description] + members + [
        .init("if", ["properties": ["status": ["const": "retired"]], "required": ["status"]]),
        // Of a tombstone there is nothing but that it is one.
        .init(
          "then",
          [
            "required": .strings(Schema.tombstoneFields.filter { required.contains($0) || $0 == "status" }),
            "propertyNames": ["enum": .strings(Schema.tombstoneFields)],
          ]),
        .init("else", .object([.init("required", .strings(required))] + living)),
      ])
  }

  /// The fields that a bundle has: not those that name people or offices.
  private static func bundledFields(_ fields: [FieldSchema]) -> [FieldSchema] { fields.filter { $0.named == nil } }

  private static func bundled(_ fields: [FieldSchema]) -> Members {
    let fields = bundledFields(fields)
    let required = fields.filter(\.isRequired).map(\.name)
    let properties: Members = fields.map { field in
      let type = field.content == .facts ? .map(.expression) : field.type
      return .init(field.name, .object([.init("description", .string(field.summary))] + bundled(type)))
    }
    return [
      .init("type", "object"), .init("properties", .object(properties)), .init("additionalProperties", .boolean(false)),
    ] + (required.isEmpty ? [] : [.init("required", .strings(required))])
  }

  private static func bundled(_ type: FieldType) -> Members {
    switch type {
    case .line, .prose: bundledText
    case .expression: feel
    case .number: number
    case .quantity: [.init("anyOf", [.object(number), .object(self.type(.day, []))])]
    case .identifier, .office, .id: [.init("type", "string"), .init("pattern", .string("^\(id)$"))]
    case .boolean, .day, .period, .choice, .reference, .release: self.type(type, [])
    case .sequence(let item), .set(let item): bundledList(of: bundled(item))
    case .items(_, let fields, _, _): bundledList(of: bundled(fields))
    case .record(let fields): bundled(fields)
    case .map(let value):
      [
        .init("type", "object"), .init("additionalProperties", .object(bundled(value))),
        .init("minProperties", .number(1)),
      ]
    // A column that is no annotation is a fact, a name of `uses` or an answer of the decision.
    case .rules:
      bundledList(
        of: bundled(RuleColumn.annotations).map {
          $0.name == "additionalProperties" ? .init("additionalProperties", .object(feel)) : $0
        })
    case .plain: []
    }
  }

  private static let bundledText: Members = [.init("type", "string"), .init("minLength", .number(1))]

  private static let number: Members = [
    .init("type", "string"), .init("pattern", "^-?(0|[1-9][0-9]*)(\\.[0-9]*[1-9])?$"),
  ]

  /// An expression, never a value: the text `approve` is `{"feel": "\"approve\""}`.
  private static let feel: Members = [
    .init("type", "object"), .init("properties", ["feel": .object(bundledText)]), .init("required", ["feel"]),
    .init("additionalProperties", .boolean(false)),
  ]

  private static func bundledList(of item: Members) -> Members {
    [.init("type", "array"), .init("items", .object(item)), .init("minItems", .number(1))]
  }
}
