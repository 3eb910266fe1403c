package import EthosModel
import EthosText

/// One entry of an identity as a person wants to read it.
///
/// The layout follows from the types of the schema, so that a new field is shown without a word here.
package struct ShowReport: Sendable {
  package var document: Document
  package var snapshot: Snapshot
  /// The revision at which it is shown; nil for the state at hand.
  package var revision: String?

  package init(_ document: Document, in snapshot: Snapshot, at revision: String? = nil) {
    self.document = document
    self.snapshot = snapshot
    self.revision = revision
  }

  package var report: Report { Report(blocks, json: json) }

  // MARK: - For people

  private var blocks: [Block] {
    var blocks: [Block] = []
    blocks.title("\(document.title, .name)")
    var facts = [
      Fact("key", "\(document.key, .reference)"), Fact("owner", Inline(owner)),
      Fact("status", Inline(document.statusText)), Fact("at", Inline(revision ?? "")),
    ]
    var sections: [Block] = []
    let schema = Schema.of(document.kind)
    for entry in ordered(document.fields.entries, schema)
    where !["id", "title", "owner", "status", "since"].contains(entry.name) {
      append(entry.name, entry.value, schema.field(entry.name)?.type ?? .plain, &facts, &sections)
    }
    blocks.facts(facts)
    return blocks + sections
  }

  private var owner: String {
    guard let owner = snapshot.owner(of: document.key) else { return "" }
    return document.meaning["owner"] == nil ? "\(owner) (by default)" : owner
  }

  /// The fields in the order of the schema, then all others as they were written.
  private func ordered(_ entries: [Record.Entry], _ schema: Schema) -> [Record.Entry] {
    let names = schema.fields.map(\.name)
    return names.compactMap { name in entries.first { $0.name == name } } + entries.filter { !names.contains($0.name) }
  }

  private func append(
    _ name: String, _ value: Node, _ type: FieldType, _ facts: inout [Fact], _ sections: inout [Block]
  ) {
    switch (type, value.content) {
    case (.prose, .text(let text)):
      sections.section(Inline(name))
      sections.prose(Prose.canonical(text))
    case (.rules, .list(let rules)):
      sections.section(Inline(name))
      sections.append(.table(rulesTable(rules)))
    case (.items(_, let fields, _, _), .list(let items)), (.set(.record(let fields)), .list(let items)):
      sections.section(Inline(name))
      sections += recordBlocks(items, fields)
    case (.map(let inner), .record(let record)):
      sections.section(Inline(name))
      sections.facts(record.entries.map { Fact($0.name, Inline(short($0.value, inner))) })
    case (_, .list(let items)): facts.append(Fact(name, Inline(items.map(\.summaryText).joined(separator: ", "))))
    default:
      let text = Prose.collapsed(value.summaryText)
      facts.append(Fact(name, Inline(text)))
    }
  }

  /// Items as a table, or as a list where they hold prose or names of their own.
  private func recordBlocks(_ items: [Node], _ fields: [FieldSchema]) -> [Block] {
    let isTabular = fields.allSatisfy { field in
      switch field.type {
      case .prose, .map, .record, .items: false
      default: true
      }
    }
    let names = fields.map(\.name)
    var blocks: [Block] = []
    if isTabular {
      blocks.table(
        names.map { Table.Column($0) },
        items.map { item in names.map { name in Inline(item.record?[name]?.cellText ?? "") } })
    } else {
      blocks.list(
        items.map { item in
          let entries = names.compactMap { name in item.record?[name].map { (name, $0) } }
          guard let first = entries.first else { return Item(.bullet, Inline(item.summaryText)) }
          func text(_ node: Node) -> String { Prose.collapsed(node.cellText) }
          return Item(
            .bullet, "\(first.0, .dim): \(text(first.1))",
            entries.dropFirst().map { .paragraph("\($0.0, .dim): \(text($0.1))") })
        })
    }
    return blocks
  }

  private func short(_ value: Node, _ type: FieldType) -> String {
    guard let items = value.list else { return value.cellText }
    return items.map { item in
      guard let record = item.record, case .items(let key, _, _, _) = type else { return item.cellText }
      let rest = record.entries.filter { $0.name != key }.map { "\($0.name) \($0.value.summaryText)" }
      let name = record[key]?.summaryText ?? item.summaryText
      return rest.isEmpty ? name : "\(name) (\(rest.joined(separator: ", ")))"
    }.joined(separator: ", ")
  }

  /// The decision table as it is written: the id, the columns by their first appearance, then the annotations.
  private func rulesTable(_ rules: [Node]) -> Table {
    let annotations = RuleColumn.annotations.map(\.name)
    let inputs = document.fields["inputs"]?.list?.compactMap { $0.record?["name"]?.text } ?? []
    let outputs = document.fields["outputs"]?.list?.compactMap { $0.record?["name"]?.text } ?? []
    var columns = ["id"] + inputs + outputs
    var known = Set(columns + annotations)
    for name in rules.flatMap({ $0.record?.names ?? [] }) where known.insert(name).inserted { columns.append(name) }
    columns += annotations.filter { $0 != "id" }
    let used = columns.filter { name in rules.contains { $0.record?[name] != nil } }
    return Table(
      used.map { Table.Column($0) },
      rules.map { rule in
        used.map { name in
          let isAnnotation = annotations.contains(name)
          return Inline(rule.record?[name]?.cellText ?? (isAnnotation ? "" : "-"), name == "id" ? .reference : .plain)
        }
      })
  }

  /// What a decision asks for, what it answers, and its rules, as many as `limit`.
  func tableBlocks(limit: Int, more: (Int) -> Inline) -> [Block] {
    var blocks: [Block] = []
    for name in ["inputs", "outputs"] {
      guard let items = document.fields[name]?.list,
        case .items(_, let fields, _, _) = Schema.of(document.kind).field(name)?.type
      else { continue }
      blocks.paragraph("\(name):")
      blocks += recordBlocks(items, fields)
    }
    guard let rules = document.fields["rules"]?.list, !rules.isEmpty else { return blocks }
    blocks.paragraph("rules:")
    blocks.append(.table(rulesTable(Array(rules.prefix(limit)))))
    if rules.count > limit { blocks.paragraph(more(rules.count - limit)) }
    return blocks
  }

  // MARK: - For programs

  /// The document `ethos.show.v1`.
  private var json: JSON {
    [
      "schema": "ethos.show.v1",
      "commitment": .string(document.key.description),
      "kind": .string(document.kind.rawValue),
      "id": .string(document.key.id),
      "title": .string(document.title),
      "owner": .optional(snapshot.owner(of: document.key)),
      "status": .optional(document.statusOrNil),
      "path": .string(document.path),
      "revision": .optional(revision),
      "fields": document.fields.json,
    ]
  }
}

extension Node {
  /// The value as a cell: lists and records without brackets at the outside.
  fileprivate var cellText: String {
    switch content {
    case .list(let items): items.map(\.summaryText).joined(separator: ", ")
    case .record(let record): record.entries.map { "\($0.name) = \($0.value.summaryText)" }.joined(separator: ", ")
    default: summaryText
    }
  }
}
