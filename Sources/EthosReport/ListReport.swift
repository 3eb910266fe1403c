package import EthosModel
import EthosText

/// The entries of an identity, by kind.
package struct ListReport: Sendable {
  package var snapshot: Snapshot
  /// The kind that was asked for; nil for all.
  package var kind: Kind?

  package init(_ snapshot: Snapshot, kind: Kind? = nil) {
    self.snapshot = snapshot
    self.kind = kind
  }

  package var report: Report { Report(blocks, json: json) }

  private var kinds: [Kind] { kind.map { [$0] } ?? Kind.allCases.filter { $0 != .charter } }

  private var blocks: [Block] {
    var blocks: [Block] = []
    for kind in kinds {
      let documents = snapshot.all(kind)
      guard !documents.isEmpty else { continue }
      blocks.section("\(ListReport.heading(kind), .name) (\(documents.count))")
      blocks.table(
        ["id", "title", "owner", "status"],
        documents.map { document in
          [
            "\(document.kind == .charter ? "charter" : document.key.id, .reference)", Inline(document.title),
            Inline(snapshot.owner(of: document.key) ?? ""), Inline(document.statusText),
          ]
        })
    }
    if blocks.isEmpty { blocks.paragraph(kind.map { "No entries of kind \($0.rawValue)." } ?? "No entries.") }
    return blocks
  }

  private static func heading(_ kind: Kind) -> String {
    switch kind {
    case .charter: "Charter"
    case .value: "Values"
    case .decision: "Decisions"
    case .limit: "Limits"
    case .exception: "Exceptions"
    case .cycle: "Leadership cycles"
    case .person: "People"
    case .system: "Systems"
    }
  }

  /// The document `ethos.list.v1`.
  private var json: JSON {
    let documents = kinds.flatMap { snapshot.all($0) }
    return [
      "schema": "ethos.list.v1",
      "entries": .array(
        documents.map { document in
          [
            "commitment": .string(document.key.description), "kind": .string(document.kind.rawValue),
            "id": .string(document.key.id), "title": .string(document.title),
            "owner": .optional(snapshot.owner(of: document.key)), "status": .optional(document.statusOrNil),
            "path": .string(document.path),
          ]
        }),
    ]
  }
}

extension Document {
  /// The status with its day; `active` where a kind has a status and none is written; nothing for other kinds.
  var statusText: String {
    let since = meaning["since"]?.day.map { " since \($0)" } ?? ""
    return (statusOrNil ?? "") + (statusOrNil == nil ? "" : since)
  }

  var statusOrNil: String? {
    guard Schema.of(kind).field("status") != nil else { return nil }
    return meaning["status"]?.text ?? (kind == .system ? nil : "active")
  }
}
