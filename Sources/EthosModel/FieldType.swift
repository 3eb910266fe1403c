/// The type of a field: it decides how a scalar is read, when two values mean the same, how they are fingerprinted,
/// and what an editor is told.
package indirect enum FieldType: Sendable {
  /// The id of the entry itself.
  case identifier
  /// One line of text; white space is collapsed.
  case line
  /// Markdown: white space is collapsed within a block of prose; list nesting, code and hard breaks count.
  case prose
  /// A FEEL expression, kept as text; white space outside its strings is collapsed.
  case expression
  /// An exact decimal.
  case number
  /// A number, or a day where the quantity is a date.
  case quantity
  case boolean
  case day
  /// A number of days: `180 days`.
  case period
  case choice([String])
  /// The id of an office: offices are named in the cycles and need no file of their own.
  case office
  /// The id of an entry of one kind.
  case id(Kind)
  /// A reference `kind/id[.path]` to an entry of one of these kinds.
  case reference([Kind])
  /// The name of a release: `release/CYCLE/N`.
  case release
  /// Items whose order means something.
  case sequence(FieldType)
  /// Items whose order means nothing and which count once.
  case set(FieldType)
  /// Records known by the value of one of their fields. `isOrdered` says whether their order means something;
  /// `shorthand` allows a bare scalar for a record that has nothing but its key.
  case items(key: String, fields: [FieldSchema], isOrdered: Bool, shorthand: Bool)
  case record([FieldSchema])
  /// Free names with values of one type.
  case map(FieldType)
  /// The rules of a decision table, written as a Markdown table. Read as records, one a rule, whose fields are the
  /// columns by name.
  case rules
  /// Anything, for keys that begin with `x-`.
  case plain
}

/// One field of a kind, or of a record within it.
package struct FieldSchema: Sendable {
  package var name: String
  package var type: FieldType
  package var isRequired: Bool
  /// What the field says, in a sentence for `ethos schema` and editors.
  package var summary: String
  /// What its texts, or the names of its mapping, are where the type does not say it.
  package var content: FieldContent?

  package init(
    _ name: String, _ type: FieldType, required: Bool = false, of content: FieldContent? = nil, _ summary: String
  ) {
    self.name = name
    self.type = type
    self.isRequired = required
    self.summary = summary
    self.content = content
  }
}

/// What texts are, beyond how they are read.
package enum FieldContent: Sendable, Hashable {
  /// They name people, alone or beside offices.
  case people
  /// They name offices.
  case offices
  /// They are the values of a case, as people type them.
  case facts
}

extension FieldSchema {
  /// Whom the field names, by its own word or by its type; nil where it names nobody.
  package var named: FieldContent? { content == .people || content == .offices ? content : type.named }
}

extension FieldType {
  /// Whom values of the type name.
  ///
  /// A record that cannot do without naming somebody, as a holder or what a quorum needs, is about them.
  package var named: FieldContent? {
    switch self {
    case .office: .offices
    case .id(let kind): kind == .person ? .people : nil
    case .reference(let kinds): kinds.contains(.person) ? .people : nil
    case .sequence(let item), .set(let item), .map(let item): item.named
    case .items(_, let fields, _, _), .record(let fields):
      fields.lazy.filter(\.isRequired).compactMap(\.named).first
    case .identifier, .line, .prose, .expression, .number, .quantity, .boolean, .day, .period, .choice, .release,
      .rules,
      .plain:
      nil
    }
  }
}
