import EthosModel
import EthosText

/// Gives the YAML of a file its types, field by field as the schema says.
///
/// A value that is wrong is reported and left out, so that what stands beside it can still be used. Aliases are followed
/// with a budget: a file that grows without bound under its aliases ends in an error.
struct FieldReader {
  let tree: YAMLTree
  var findings: Findings
  let limits: SyntaxLimits
  private var visited = 0
  private var expandedSize = 0
  private var depth = 0
  /// Whether the budget is spent; nothing more is read then.
  private var isExhausted = false
  /// The names of a decision's inputs and outputs, for its table.
  var columns = TableColumns()

  init(tree: YAMLTree, findings: Findings, limits: SyntaxLimits) {
    self.tree = tree
    self.findings = findings
    self.limits = limits
  }

  /// The fields of a whole file, or nil where it holds no mapping or is of another format.
  mutating func document(_ kind: Kind) -> Record? {
    let root = 0
    guard tree.elements[root].shape == .mapping else {
      findings.add(
        "wrong-type", "the file holds no mapping of fields", at: tree.elements[root].span,
        help: "begin with `\(kind == .charter ? "ethos: 1" : "id: …")`")
      return nil
    }
    let entries = tree.entries(of: root)
    func entry(_ name: String) -> (key: Int, value: Int)? { entries.first { tree.elements[$0.key].text == name } }
    if kind == .charter, !acceptsFormat(entries) { return nil }
    if kind == .decision { columns = TableColumns(entries, tree) }
    let schema = Schema.of(kind)
    let isTombstone = entry("status").map { scalarText($0.value) == "retired" } ?? false
    let owner = kind == .charter ? "the charter" : kind == .exception ? "an exception" : "a \(kind.rawValue)"
    let (fields, _) = record(
      root, schema.fields, owner: owner, required: isTombstone ? KindRules.tombstoneFields : nil)
    guard !isExhausted else { return nil }
    KindRules.check(
      fields, kind: kind, isTombstone: isTombstone, keySpan: { name in entry(name).map { tree.elements[$0.key].span } },
      into: &findings)
    return fields
  }

  /// Reads one value of a type; nil where it is wrong, which was reported.
  mutating func value(_ index: Int, _ type: FieldType, _ name: String) -> Node? {
    guard enter(index) else { return nil }
    defer { depth -= 1 }
    let actual = tree.resolved(index)
    let shape = tree.elements[actual].shape
    if case .plain = type { return anything(actual, name) }
    if tree.elements[actual].isNull || isEmptyText(actual) {
      reportEmpty(index, name)
      return nil
    }
    switch type {
    case .sequence(let item), .set(let item):
      return shape == .list ? list(actual, item, name) : wrong(index, name, "a list", listHelp(actual))
    case .items(let key, let fields, _, let shorthand):
      return items(actual, key, fields, shorthand: shorthand, name)
    case .record(let fields):
      guard shape == .mapping else { return wrong(index, name, "a mapping", recordHelp(fields)) }
      let (result, isWhole) = record(actual, fields, owner: "`\(name)`")
      return isWhole ? located(.record(result), actual) : nil
    case .map(let value):
      return shape == .mapping ? map(actual, value, name) : wrong(index, name, "a mapping", "write `{NAME: VALUE}`")
    case .rules: return rules(index, name)
    default:
      guard shape == .scalar else { return wrong(index, name, ScalarReading.expectation(type), nil) }
      return scalar(actual, type, name)
    }
  }

  /// Reads the mapping of named fields, and says whether none that is required is missing.
  ///
  /// `required` replaces the schema's own required fields.
  private mutating func record(
    _ index: Int, _ fields: [FieldSchema], owner: String, required: Set<String>? = nil
  ) -> (Record, isWhole: Bool) {
    var entries: [Record.Entry] = []
    var seen = SeenNames()
    for (key, value) in self.entries(of: index) {
      guard !isExhausted, let name = self.name(key, &seen) else { continue }
      let span = tree.elements[key].span
      if let field = fields.first(where: { $0.name == name }) {
        if let node = self.value(value, field.type, name) {
          entries.append(Record.Entry(name, node, nameSpan: span))
        }
      } else if name.begins(with: "x-") {
        if let node = self.value(value, .plain, name) { entries.append(Record.Entry(name, node, nameSpan: span)) }
      } else {
        let names = fields.map(\.name)
        findings.add(
          "unknown-key", "`\(name)` is no field of \(owner)", at: span,
          help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
            ?? "the fields are \(names.joined(separator: ", ")); names of your own begin with `x-`")
      }
    }
    var isWhole = true
    for field in fields where required?.contains(field.name) ?? field.isRequired {
      if let start = seen[field.name] {
        isWhole = isWhole && entries.contains { $0.name == field.name }
        guard required == nil, let empty = entries.first(where: { $0.name == field.name })?.value, isBare(empty) else {
          continue
        }
        findings.add(
          "missing-field", "`\(field.name)` is empty, and needs an entry", at: empty.span ?? Span(start, start),
          help: field.summary)
      } else {
        isWhole = false
        findings.add(
          "missing-field", "\(owner) needs the field `\(field.name)`", at: beginning(of: index), help: field.summary)
      }
    }
    return (Record(entries), isWhole)
  }

  /// Whether a list or mapping was written without anything in it; one whose entries are all wrong was not.
  private func isBare(_ node: Node) -> Bool {
    guard node.list?.isEmpty ?? node.record?.isEmpty ?? false, let span = node.span else { return false }
    return findings.source.bytes[span.start..<span.end].allSatisfy {
      isBlankOrBreak($0) || [0x5B, 0x5D, 0x7B, 0x7D].contains($0)
    }
  }

  /// The place where a mapping begins: its first key.
  private func beginning(of index: Int) -> Span {
    let first = index + 1 < tree.elements[index].next ? index + 1 : index
    return tree.elements[first].span
  }

  /// The name that a key gives, or nil where it is no name or a second one.
  private mutating func name(_ key: Int, _ seen: inout SeenNames) -> String? {
    // Most keys are short plain names, of which only the second is to be told.
    if tree.elements[key].shape == .scalar, tree.elements[key].style == .plain, tree.elements[key].text != "<<",
      (1...limits.maximumKeySize).contains(tree.elements[key].text.utf8.count)
    {
      let name = Prose.collapsed(tree.elements[key].text)
      return isFirst(name, key, &seen) ? name : nil
    }
    let element = tree.elements[key]
    guard element.shape == .scalar else {
      findings.add(
        "yaml-key", "a key is plain text, and this is none", at: element.span, help: "write `NAME: VALUE`")
      return nil
    }
    guard !(element.style == .plain && element.text == "<<") else {
      findings.add(
        "merge-key", "the merge key `<<` is not used here", at: element.span, help: "write the fields out")
      return nil
    }
    guard element.text.utf8.count <= limits.maximumKeySize else {
      findings.add(
        "key-too-long", "a key has more bytes than the limit of \(limits.maximumKeySize)", at: element.span)
      return nil
    }
    guard !isEmptyText(key) else {
      findings.add("yaml-key", "a key is empty", at: element.span, help: "write `NAME: VALUE`")
      return nil
    }
    guard acceptsCharacters(key) else { return nil }
    let name = Prose.collapsed(element.text)
    return isFirst(name, key, &seen) ? name : nil
  }

  private mutating func isFirst(_ name: String, _ key: Int, _ seen: inout SeenNames) -> Bool {
    guard let first = seen.insert(name, at: tree.elements[key].start) else { return true }
    let line = findings.source.position(at: first).line
    findings.add(
      "duplicate-key", "`\(name)` is given twice", at: tree.elements[key].span, help: "the first stands on line \(line)"
    )
    return false
  }

  private mutating func entries(of index: Int) -> [(key: Int, value: Int)] {
    let entries = tree.entries(of: index)
    guard entries.count > limits.maximumKeys else { return entries }
    findings.add(
      "too-many-keys", "a mapping has \(entries.count) keys, and the limit is \(limits.maximumKeys)",
      at: tree.elements[entries[limits.maximumKeys].key].span)
    return Array(entries.prefix(limits.maximumKeys))
  }

  private mutating func list(_ index: Int, _ type: FieldType, _ name: String) -> Node? {
    var items: [Node] = []
    for child in tree.children(of: index) where !isExhausted {
      if let item = value(child, type, name) { items.append(item) }
    }
    return located(.list(items), index)
  }

  private mutating func map(_ index: Int, _ type: FieldType, _ owner: String) -> Node? {
    var entries: [Record.Entry] = []
    var seen = SeenNames()
    for (key, value) in self.entries(of: index) {
      guard !isExhausted, let name = self.name(key, &seen), let node = self.value(value, type, name) else { continue }
      entries.append(Record.Entry(name, node, nameSpan: tree.elements[key].span))
    }
    return located(.record(Record(entries)), index)
  }

  private mutating func items(
    _ index: Int, _ key: String, _ fields: [FieldSchema], shorthand: Bool, _ name: String
  ) -> Node? {
    let element = tree.elements[index]
    if shorthand, element.shape == .scalar {
      return item(index, key, fields, shorthand: true, name).map { located(.list([$0]), index) }
    }
    guard element.shape == .list else {
      return wrong(index, name, "a list", element.shape == .mapping ? "begin each item with `- `" : listHelp(index))
    }
    var items: [Node] = []
    var seen = SeenNames()
    for child in tree.children(of: index) where !isExhausted {
      guard enter(child) else { break }
      defer { depth -= 1 }
      guard let item = item(child, key, fields, shorthand: shorthand, name) else { continue }
      let itemKey = Prose.collapsed(item.record?[key]?.summaryText ?? "")
      if let first = seen.insert(itemKey, at: tree.elements[child].start) {
        let line = findings.source.position(at: first).line
        findings.add(
          "duplicate-item", "`\(name)` has two items with the \(key) `\(itemKey)`", at: tree.elements[child].span,
          help: "the first stands on line \(line); items are known by their \(key)")
        continue
      }
      items.append(item)
    }
    return located(.list(items), index)
  }

  mutating func item(
    _ child: Int, _ key: String, _ fields: [FieldSchema], shorthand: Bool, _ name: String
  ) -> Node? {
    let actual = tree.resolved(child)
    if tree.elements[actual].isNull || isEmptyText(actual) {
      reportEmpty(child, name)
      return nil
    }
    switch tree.elements[actual].shape {
    case .mapping:
      let (result, isWhole) = record(actual, fields, owner: "an item of `\(name)`")
      return isWhole ? located(.record(result), actual) : nil
    case .scalar where shorthand:
      guard let field = fields.first(where: { $0.name == key }), let node = scalar(actual, field.type, name) else {
        return nil
      }
      return located(.record(Record([Record.Entry(key, node)])), actual)
    default:
      return wrong(child, name, "items with a \(key)", recordHelp(fields))
    }
  }

  /// Free content below an `x-…` key: texts, lists and mappings as they stand.
  private mutating func anything(_ index: Int, _ name: String) -> Node? {
    switch tree.elements[index].shape {
    case .scalar, .alias:
      return acceptsCharacters(index) ? located(.text(tree.elements[index].text), index) : nil
    case .list: return list(index, .plain, name)
    case .mapping: return map(index, .plain, name)
    }
  }

  // MARK: - Budget

  /// Counts one more value; false where the budget of the file is spent.
  ///
  /// A caller that gets true leaves again.
  private mutating func enter(_ index: Int) -> Bool {
    guard !isExhausted else { return false }
    visited += 1
    depth += 1
    expandedSize += tree.elements[tree.resolved(index)].text.utf8.count
    guard
      depth > limits.maximumNesting + 1 || visited > limits.maximumNodes || expandedSize > limits.maximumExpandedSize
    else { return true }
    let problem: (code: Diagnostic.Code, message: String) =
      if depth > limits.maximumNesting + 1 {
        ("nesting-too-deep", "lists and mappings are nested deeper than the limit of \(limits.maximumNesting)")
      } else if visited > limits.maximumNodes {
        ("too-many-nodes", "with its aliases the file holds more values than the limit of \(limits.maximumNodes)")
      } else {
        (
          "file-too-large",
          "with its aliases the file holds more text than the limit of \(limits.maximumExpandedSize) bytes"
        )
      }
    depth -= 1
    isExhausted = true
    findings.add(problem.code, problem.message, at: tree.elements[index].span, help: "write it without the aliases")
    return false
  }
}

extension FieldReader {
  /// Reads one item of a list of a type, outside its list.
  mutating func item(_ index: Int, of type: FieldType) -> Node? {
    guard case .items(let key, let fields, _, let shorthand) = type else { return value(index, type.itemType, "item") }
    return item(index, key, fields, shorthand: shorthand, "item")
  }
}
