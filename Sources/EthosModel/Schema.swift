import EthosText

/// The fields of one kind, in the order in which they are documented, printed and fingerprinted.
///
/// This one declaration serves reading, validation, JSON Schema, fingerprints, differences and help.
package struct Schema: Sendable {
  package let kind: Kind
  package let summary: String
  package let fields: [FieldSchema]

  package init(_ kind: Kind, _ summary: String, _ fields: [FieldSchema]) {
    self.kind = kind
    self.summary = summary
    self.fields = fields
  }

  package func field(_ name: String) -> FieldSchema? { fields.first { $0.name == name } }

  /// The schema of a kind.
  package static func of(_ kind: Kind) -> Schema {
    switch kind {
    case .charter: .charter
    case .value: .value
    case .decision: .decision
    case .limit: .limit
    case .exception: .exception
    case .cycle: .cycle
    case .person: .person
    case .system: .system
    }
  }

  /// What an entry needs that is retired; nothing else is required of it.
  package static let tombstoneFields = ["id", "title", "status", "since", "because"]

  /// The type of the value at a path, or nil where the schema knows none.
  package func type(at path: FieldPath) -> FieldType? {
    var type: FieldType = .record(fields)
    for segment in path.segments {
      guard let next = Schema.step(into: type, segment) else { return nil }
      type = next
    }
    return type
  }

  /// The segment with which a path leaves the schema, and the names that could stand there; nil where it does not.
  ///
  /// `columns` are the inputs and outputs of a decision's table, which the decision declares and not the schema.
  package func unknownSegment(of path: FieldPath, columns: [String]) -> (text: String, known: [String])? {
    var type: FieldType = .record(fields)
    for segment in path.segments {
      let isTable = if case .rules = type { true } else { false }
      if let next = Schema.step(into: type, segment) {
        type = isTable ? .record(RuleColumn.annotations + columns.map { FieldSchema($0, .expression, "") }) : next
        continue
      }
      let known = if case .record(let fields) = type { fields.map(\.name) } else { [String]() }
      switch segment {
      case .name(let text), .item(let text): return (text, known)
      }
    }
    return nil
  }

  private static func step(into type: FieldType, _ segment: FieldPath.Segment) -> FieldType? {
    switch (type, segment) {
    case (.record(let fields), .name(let name)):
      fields.first { $0.name == name }?.type ?? (name.begins(with: "x-") ? .plain : nil)
    case (.map(let value), .name): value
    case (.sequence(let item), .item), (.set(let item), .item): item
    case (.items(_, let fields, _, _), .item): .record(fields)
    case (.rules, .item): .record(RuleColumn.annotations)
    case (.plain, _): .plain
    default: nil
    }
  }
}

/// The annotation columns of a decision table.
///
/// All other columns are inputs and outputs, by name.
package enum RuleColumn {
  package static let annotations: [FieldSchema] = [
    FieldSchema("id", .line, "The rule's own name; it keeps the rule's identity when the rule moves or changes."),
    FieldSchema("enacts", .set(.id(.value)), "The values that the rule serves."),
    FieldSchema("over", .set(.id(.value)), "The values that the rule is prepared to cost."),
    FieldSchema("because", .prose, "Why the rule is there."),
  ]
}
