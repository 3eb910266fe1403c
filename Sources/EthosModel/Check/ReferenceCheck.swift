import EthosText

/// References to what is not there (`unresolved-reference`) or no longer binds (`retired-reference`).
///
/// A reference that is malformed, or of a kind that its field does not take, was reported when its file was read.
struct ReferenceCheck {
  private let identity: CheckedIdentity
  private var suggester = NameSuggester()
  private var found: [Diagnostic] = []

  static func run(_ identity: CheckedIdentity, into found: inout [Diagnostic]) {
    var check = ReferenceCheck(identity: identity)
    for kind in Kind.allCases {
      let fields = Schema.of(kind).fields.filter(\.type.holdsReferences)
      guard !fields.isEmpty else { continue }
      for document in identity.documents(kind) {
        for field in fields {
          guard let value = document.meaning[field.name] else { continue }
          check.visit(value, field.type, in: document)
        }
      }
    }
    found += check.found
  }

  private init(identity: CheckedIdentity) { self.identity = identity }

  private mutating func visit(_ node: Node, _ type: FieldType, in document: Document) {
    switch (type, node.content) {
    case (.id(let kind), .text(let id)): resolve(EntryKey(kind, id), FieldPath(), id, node, in: document)
    case (.reference, .text(let text)):
      guard let reference = try? Reference(parsing: text), reference.revision == nil else { return }
      resolve(reference.key, reference.path, text, node, in: document)
    case (.release, .text(let text)):
      let parts = text.parts(at: "/", omittingEmpty: true)
      guard parts.count == 3, identity.snapshot[EntryKey(.cycle, String(parts[1]))] == nil else { return }
      report("`\(text)` is a release of no known cycle", String(parts[1]), .cycle, node, in: document)
    case (.sequence, .list(let items)), (.set, .list(let items)), (.items, .list(let items)),
      (.rules, .list(let items)):
      for item in items { visit(item, type.itemType, in: document) }
    case (.record(let fields), .record(let record)):
      for field in fields where field.type.holdsReferences {
        if let value = record[field.name] { visit(value, field.type, in: document) }
      }
    case (.map(let value), .record(let record)):
      for entry in record.entries { visit(entry.value, value, in: document) }
    default: break
    }
  }

  private mutating func resolve(
    _ key: EntryKey, _ path: FieldPath, _ text: String, _ node: Node, in document: Document
  ) {
    guard let target = identity.snapshot[key] else {
      report("`\(text)` names no \(key.kind.rawValue)", key.id, key.kind, node, in: document)
      return
    }
    guard !target.isRetired else {
      let since = target.meaning["since"]?.day.map { " since \($0)" } ?? ""
      found.append(
        Diagnostic(
          "retired-reference", .warning, "`\(text)` is retired\(since)", at: document.location(node.span),
          help: "remove the reference, or name what took its place; `ethos why \(key).status` says why it was retired"))
      return
    }
    // What a decision uses of another is an output; elsewhere any part may be meant.
    let isOfOutput = document.kind == .decision && key.kind == .decision
    guard !path.isEmpty, isOfOutput || target.value(at: path) == nil, !target.hasOutput(path) else { return }
    let outputs = target.outputNames
    let names = key.kind == .decision ? outputs : target.meaning.names
    found.append(
      Diagnostic(
        "unresolved-reference", .error, "`\(text)` is not there: `\(key)` has no `\(path)`",
        at: document.location(node.span),
        help: suggester.help(
          for: path.field ?? "", among: names,
          or: key.kind == .decision
            ? "its outputs are \(outputs.map { "`\($0)`" }.joined(separator: ", "))" : "see `ethos show \(key)`")))
  }

  private mutating func report(_ message: String, _ id: String, _ kind: Kind, _ node: Node, in document: Document) {
    let ids = identity.documents(kind).lazy.map(\.key.id)
    found.append(
      Diagnostic(
        "unresolved-reference", .error, message, at: document.location(node.span),
        help: suggester.help(
          for: id, among: ids,
          or: "add `\(kind.folder ?? "")/\(id).yaml`, or remove the reference; see `ethos list \(kind.rawValue)`")))
  }
}

extension Document {
  fileprivate var outputNames: [String] {
    meaning["outputs"]?.list?.compactMap { $0.record?["name"]?.text } ?? []
  }

  /// Whether a path names one of a decision's outputs.
  fileprivate func hasOutput(_ path: FieldPath) -> Bool {
    guard kind == .decision, path.segments.count == 1, let name = path.field else { return false }
    return outputNames.contains(name)
  }
}

extension FieldType {
  /// Whether values of the type may name other entries.
  fileprivate var holdsReferences: Bool {
    switch self {
    case .id, .reference, .release, .rules: true
    case .sequence(let item), .set(let item), .map(let item): item.holdsReferences
    case .items(_, let fields, _, _), .record(let fields): fields.contains(where: \.type.holdsReferences)
    default: false
    }
  }
}
