package import EthosModel
import EthosText

extension Node: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Texts of the form `2026-02-01` are days.
  package init(stringLiteral text: String) { self = Day(text).map { .day($0) } ?? .text(text) }
  package init(integerLiteral value: Int) { self = .number(DecimalNumber(value)) }
  package init(booleanLiteral value: Bool) { self = .boolean(value) }
  package init(arrayLiteral items: Node...) { self = .list(items) }
  package init(dictionaryLiteral entries: (String, Node)...) {
    self = .record(Record(entries.map { Record.Entry($0.0, $0.1) }))
  }
}

/// A small identity by kind and id, made in code, whose documents have sources: each scalar stands on a line of its own,
/// so that a diagnostic's place can be told by its text.
struct IdentityBuilder {
  private(set) var entries: [String: Node]

  init(_ entries: [String: Node]) { self.entries = entries }

  /// The value of a field of an entry: `builder["value/prudence", "outranks"]`.
  subscript(entry: String, field: String) -> Node? {
    get { entries[entry]?.record?[field] }
    set {
      var fields = entries[entry]?.record ?? Record()
      fields[field] = newValue
      entries[entry] = .record(fields)
    }
  }

  mutating func remove(_ entry: String) { entries[entry] = nil }

  var snapshot: Snapshot {
    Snapshot(
      documents: entries.map { name, fields in
        var writer = SourceWriter()
        let key = IdentityBuilder.key(name)
        let path = key.kind == .charter ? Kind.charterPath : "\(key.kind.folder ?? "")/\(key.id).yaml"
        var located = Record()
        if key.kind != .charter { located = Record(["id": writer.located(.text(key.id))]) }
        located.entries += writer.located(fields).record?.entries ?? []
        return Document(key: key, path: path, fields: located, source: SourceText(path: path, text: writer.text))
      })
  }

  private static func key(_ name: String) -> EntryKey {
    let parts = name.split(separator: "/")
    guard let kind = Kind(rawValue: String(parts[0])) else { preconditionFailure("`\(name)` names no kind") }
    return EntryKey(kind, parts.count > 1 ? String(parts[1]) : "")
  }
}

private struct SourceWriter {
  private(set) var text = ""

  mutating func located(_ node: Node) -> Node {
    switch node.content {
    case .list(let items): return Node(.list(items.map { located($0) }))
    case .record(let record):
      return Node(
        .record(
          Record(
            record.entries.map { entry in
              let span = written(entry.name)
              return Record.Entry(entry.name, located(entry.value), nameSpan: span)
            })))
    default: return Node(node.content, span: written(node.summaryText))
    }
  }

  private mutating func written(_ word: String) -> Span {
    let start = text.utf8.count
    text += word + "\n"
    return Span(start, start + word.utf8.count)
  }
}
