import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// The fields of one entry as a bundle has them: those of the schema that name nobody, FEEL marked as FEEL.
///
/// A field of one's own (`x-…`) is left out, since nobody knows what it names. Of a tombstone there is nothing but that it is
/// one: it binds nobody, and its FEEL need not be readable.
struct BundleFields {
  private let document: Document
  private let feel: StandardFEEL?
  /// Whether people, not offices alone, were left out: then a digest of the whole entry would be one of them.
  private(set) var hasPeople = false
  /// What is no FEEL, and can therefore not be marked as such.
  private(set) var problems: [String] = []
  private(set) var json: JSON = .null

  init(_ document: Document, _ graph: inout DecisionGraph) {
    self.document = document
    switch document.kind {
    case .decision: feel = graph.decision(document.key).map { StandardFEEL($0) }
    case .exception:
      // A parse: what names no decision is an error of `check`, with which nothing is exported.
      let from = document.meaning["of"]?.text.flatMap { try? Reference(parsing: $0) }?.key
      let decision = from.flatMap { graph.decision($0) }
      feel = StandardFEEL(
        exceptionFrom: decision, facts: decision.map { graph.facts(of: $0.key) } ?? [])
    case .charter, .value, .limit, .cycle, .person, .system: feel = nil
    }
    let fields = Schema.of(document.kind).fields.filter {
      !document.isRetired || Schema.tombstoneFields.contains($0.name)
    }
    json = record(document.meaning, fields)
  }

  private mutating func record(_ record: Record, _ fields: [FieldSchema]) -> JSON {
    var members: [JSON.Member] = []
    for field in fields {
      guard let node = record[field.name], let value = self.field(node, field) else { continue }
      members.append(JSON.Member(field.name, value))
    }
    return .object(members)
  }

  private mutating func field(_ node: Node, _ field: FieldSchema) -> JSON? {
    if isOfSomebody(field.named) { return nil }
    switch (field.type, node.content) {
    case (.map(.expression), .record(let columns)): return byColumn(columns, field.name)
    case (_, .record(let columns)) where field.content == .facts: return byColumn(columns, field.name)
    case (.rules, .list(let rules)): return .array(rules.map { rule($0) })
    case (.expression, _): return feel(node, field.name) { $0.text($1, in: field.name, column: "") }
    default: return value(node, field.type)
    }
  }

  private mutating func value(_ node: Node, _ type: FieldType) -> JSON? {
    if isOfSomebody(type.named) { return nil }
    switch (type, node.content) {
    case (.plain, _): return nil
    case (.sequence(let item), .list(let items)), (.set(let item), .list(let items)):
      return .array(items.compactMap { value($0, item) })
    case (.items(_, let fields, _, _), .list(let items)):
      return .array(items.compactMap { $0.record.map { record($0, fields) } })
    case (.record(let fields), .record(let value)): return record(value, fields)
    case (.map(let type), .record(let entries)):
      return .object(entries.entries.compactMap { entry in value(entry.value, type).map { .init(entry.name, $0) } })
    default: return node.json
    }
  }

  private mutating func isOfSomebody(_ named: FieldContent?) -> Bool {
    if named == .people { hasPeople = true }
    return named != nil
  }

  // MARK: - FEEL

  private mutating func byColumn(_ columns: Record, _ field: String) -> JSON {
    .object(
      columns.entries.map { entry in
        .init(
          entry.name,
          feel(entry.value, "\(field).\(entry.name)") { $0.text($1, in: field, column: entry.name) })
      })
  }

  private mutating func rule(_ node: Node) -> JSON {
    let name = node.record?["id"]?.text
    return .object(
      (node.record?.entries ?? []).compactMap { entry in
        if let annotation = RuleColumn.annotations.first(where: { $0.name == entry.name }) {
          return value(entry.value, annotation.type).map { .init(entry.name, $0) }
        }
        return .init(
          entry.name,
          feel(entry.value, "rules[\(name ?? "")].\(entry.name)") { $0.cell($1, column: entry.name) })
      })
  }

  private mutating func feel(
    _ node: Node, _ place: String, _ read: (StandardFEEL, String) -> Result<String, FEELProblem>
  ) -> JSON {
    let text = node.text ?? node.summaryText
    guard let feel else {
      problems.append("`\(place)` of `\(document.key)` cannot be read: `\(visibleText(text))`")
      return .null
    }
    switch read(feel, text) {
    case .success(let text): return ["feel": .string(text)]
    case .failure(let problem):
      problems.append("`\(place)` of `\(document.key)` is no FEEL: \(problem.message)")
      return .null
    }
  }
}
