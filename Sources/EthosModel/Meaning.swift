/// The canonical form of what a document says: what is equal here means the same.
///
/// Texts are collapsed by their type, sets are sorted and free of repetitions, and what says no more than the default
/// says is left out. Costs one pass over the fields and the sorting of the sets.
package enum Meaning {
  /// The canonical form of the fields of a document.
  ///
  /// It is its own canonical form.
  package static func of(_ fields: Record, kind: Kind) -> Record {
    var result = canonical(fields, Schema.of(kind).fields)
    for (name, value) in defaults(kind) where result[name] == value { result[name] = nil }
    if kind == .decision, !hitPolicy(of: result).heedsOrder, let rules = result["rules"]?.list {
      result["rules"] = .list(sorted(rules, .rules))
    }
    return result
  }

  /// The hit policy of a decision.
  ///
  /// One that is not known is an error elsewhere; here its rules stay in their order.
  package static func hitPolicy(of decision: Record) -> HitPolicy {
    decision["hitPolicy"]?.text.map { HitPolicy(name: Prose.collapsed($0)) ?? .ruleOrder } ?? .unique
  }

  /// The canonical form of one value of a type; nil where it says nothing.
  package static func of(_ node: Node, type: FieldType) -> Node? {
    switch (type, node.content) {
    case (.prose, .text(let text)): textual(Prose.canonical(text), node)
    case (.expression, .text(let text)): textual(Expression.canonical(text), node)
    case (.line, .text(let text)), (.choice, .text(let text)), (.office, .text(let text)), (.id, .text(let text)),
      (.reference, .text(let text)), (.release, .text(let text)), (.identifier, .text(let text)):
      textual(Prose.collapsed(text), node)
    case (.sequence(let item), .list(let items)): listed(items.compactMap { of($0, type: item) }, node)
    case (.set(let item), .list(let items)): listed(unique(items.compactMap { of($0, type: item) }), node)
    case (.items(_, let fields, let isOrdered, _), .list(let items)):
      listed(sortedItems(items.compactMap { of($0, type: .record(fields)) }, type, isOrdered: isOrdered), node)
    case (.rules, .list(let rules)): listed(rules.map { rule($0) }, node)
    case (.record(let fields), .record(let record)): recorded(canonical(record, fields), node)
    case (.map(let value), .record(let record)):
      recorded(
        Record(
          record.entries.compactMap { entry in
            of(entry.value, type: value).map {
              Record.Entry(Prose.collapsed(entry.name), $0, nameSpan: entry.nameSpan)
            }
          }), node)
    case (.plain, _), (_, .number), (_, .boolean), (_, .day), (_, .text), (_, .list), (_, .record): node
    }
  }

  /// What a field means when it is left out, where that can be written too.
  private static func defaults(_ kind: Kind) -> [(String, Node)] {
    switch kind {
    case .charter:
      [
        ("branch", .text("main")), ("timeZone", .text("UTC")), ("signatures", .text("optional")),
        ("approvalsExpire", .text("365 days")),
      ]
    case .value, .limit, .exception: [("status", .text("active"))]
    case .decision: [("status", .text("active")), ("hitPolicy", .text("unique"))]
    case .cycle, .person, .system: []
    }
  }

  private static func canonical(_ record: Record, _ fields: [FieldSchema]) -> Record {
    var entries: [Record.Entry] = []
    for field in fields {
      guard let entry = record.entries.first(where: { $0.name == field.name }),
        let value = of(entry.value, type: field.type), !(field.name == "nullable" && value.boolean == false)
      else { continue }
      entries.append(Record.Entry(field.name, value, nameSpan: entry.nameSpan))
    }
    guard record.entries.contains(where: { !isName($0.name, of: fields) }) else { return Record(entries) }
    let known = Set(fields.map(\.name))
    entries += record.entries.filter { !known.contains($0.name) }.sorted { utf8Precedes($0.name, $1.name) }
    return Record(entries)
  }

  private static func isName(_ name: String, of fields: [FieldSchema]) -> Bool {
    for field in fields where field.name == name { return true }
    return false
  }

  /// A rule without its empty cells; `-` is an empty cell.
  private static func rule(_ node: Node) -> Node {
    guard let record = node.record else { return node }
    var entries: [Record.Entry] = []
    for entry in record.entries {
      let type = RuleColumn.annotations.first { $0.name == entry.name }?.type ?? .expression
      guard let value = of(entry.value, type: type), value.text != "-" else { continue }
      entries.append(Record.Entry(Prose.collapsed(entry.name), value, nameSpan: entry.nameSpan))
    }
    return Node(.record(Record(entries.sorted { utf8Precedes($0.name, $1.name) })), span: node.span)
  }

  private static func sortedItems(_ items: [Node], _ type: FieldType, isOrdered: Bool) -> [Node] {
    isOrdered ? items : sorted(items, type)
  }

  /// Items by key; items that share a key, which is an error elsewhere, by content, so that their order says nothing.
  private static func sorted(_ items: [Node], _ type: FieldType) -> [Node] {
    // Texts are made once for each item, not for each comparison.
    let keyed = items.map { (key: type.key(of: $0), text: $0.summaryText, item: $0) }
    return keyed.sorted { left, right in
      if !left.key.utf8.elementsEqual(right.key.utf8) { return utf8Precedes(left.key, right.key) }
      return utf8Precedes(left.text, right.text)
    }.map(\.item)
  }

  private static func unique(_ items: [Node]) -> [Node] {
    var result: [Node] = []
    for item in items.sorted(by: { utf8Precedes($0.summaryText, $1.summaryText) }) where result.last != item {
      result.append(item)
    }
    return result
  }

  private static func textual(_ text: String, _ node: Node) -> Node? {
    text.isEmpty ? nil : Node(.text(text), span: node.span)
  }

  private static func listed(_ items: [Node], _ node: Node) -> Node? {
    items.isEmpty ? nil : Node(.list(items), span: node.span)
  }

  private static func recorded(_ record: Record, _ node: Node) -> Node? {
    record.isEmpty ? nil : Node(.record(record), span: node.span)
  }
}

/// The order of texts by their UTF-8 bytes, which is the order of their Unicode scalars.
package func utf8Precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
