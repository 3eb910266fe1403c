import EthosDMN
import EthosDecision
package import EthosModel
import EthosStore
package import EthosText

/// Decisions as a model of DMN.
package struct DMNExportResult: Sendable {
  /// The XML.
  package var text: String
  /// What DMN has no place for, and decisions that cannot be written exactly.
  package var leftOut: [Diagnostic]
  package var decisions: Int
}

extension Workspace {
  /// Some decisions of a state of the identity with all that they use, or all of them where none is named, as XML.
  package func exportDMN(_ keys: [EntryKey], at revision: String?) throws -> DMNExportResult {
    let snapshot = try self.snapshot(at: revision)
    try requireReadable(snapshot, revision ?? "work tree")
    var wanted: [EntryKey] = []
    for key in keys {
      guard key.kind == .decision else {
        throw Failure.usage("`\(key)` is no decision", help: "name decisions; the limits that they use come with them")
      }
      wanted.append(try document(key, in: snapshot).key)
    }
    var graph = DecisionGraph(snapshot)
    for key in wanted { if let obstacle = graph.obstacle(to: key) { throw Failure(obstacle, at: revision) } }
    if wanted.isEmpty { wanted = snapshot.all(.decision).filter { !$0.isRetired }.map(\.key) }
    guard !wanted.isEmpty else { throw Failure.no("there is no decision to export") }
    let (model, leftOut) = DMNExport.model(of: wanted, in: snapshot, organisation: snapshot.charter?.title ?? "")
    return DMNExportResult(text: DMNWriter.text(model), leftOut: leftOut, decisions: model.decisions.count)
  }

  /// Writes an export to a file, whole or not at all.
  package func write(_ export: DMNExportResult, to path: String) throws {
    try FileSystem.writeOutput(Array(export.text.utf8), to: path)
  }
}
