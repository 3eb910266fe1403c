import EthosDMN
import EthosModel
import EthosStore
import EthosSyntax
import EthosText

/// A decision in a file outside of the repository, put in the place of one of the identity.
///
/// What it uses is the identity's own: limits and other decisions keep their ids. Where it says nothing of recorded cases,
/// what the identity's decision says of them holds for it too.
struct OutsideDecision {
  let name: String
  let snapshot: Snapshot

  /// Reads a decision's file, or a model of DMN.
  ///
  /// Of a model with several decisions the one of the same id is taken, else the only one that no other uses.
  init(_ path: String, _ key: EntryKey, around: Snapshot, in folder: String) throws {
    name = path.parts(at: "/", omittingEmpty: true).last ?? path
    let bytes = try FileSystem.read(path.begins(with: "/") ? path : folder + "/" + path, limit: XMLLimits.standard.size)
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    var documents = around.documents
    if first == UInt8(ascii: "<") {
      try OutsideDecision.add(SourceText(path: name, bytes: bytes), key, to: &documents)
    } else {
      let read = DocumentReader.read(SourceText(path: "decisions/\(name)", bytes: bytes))
      guard !read.hasErrors, let document = read.document, document.kind == .decision else {
        throw Failure(
          .cannot, "`\(name)` is no decision's file that can be read",
          help: ["a decision is YAML as in `decisions/`, or a model of DMN"], diagnostics: read.diagnostics)
      }
      documents[key] = OutsideDecision.document(key, document.path, document.fields, documents[key], document.source)
    }
    snapshot = Snapshot(documents: documents.values)
  }

  private static func add(_ source: SourceText, _ key: EntryKey, to documents: inout [EntryKey: Document]) throws {
    let (read, diagnostics) = DMNReader.read(source)
    guard let model = read else {
      throw Failure(.cannot, "`\(source.path)` is no model of DMN that can be read", diagnostics: diagnostics)
    }
    let plan = DMNImport.plan(model)
    let used = plan.decisions.flatMap { decision in
      (decision.fields["uses"]?.record?.entries ?? []).compactMap { entry in
        entry.value.text.flatMap { try? Reference(parsing: $0) }?.key.id
      }
    }
    let last = plan.decisions.filter { !used.contains($0.id) }
    guard let chosen = plan.decisions.first(where: { $0.id == key.id }) ?? (last.count == 1 ? last.first : nil) else {
      let names = last.map { "`\($0.id)`" }.joined(separator: ", ")
      throw Failure(
        .cannot,
        last.isEmpty
          ? "`\(source.path)` has no decision that can be carried over"
          : "`\(source.path)` has several decisions: \(names)",
        help: last.isEmpty
          ? [] : ["import it, and hold the log to one of them: `ethos import dmn \(shellWord(source.path))`"],
        diagnostics: plan.leftOut)
    }
    // What the decision leans on comes with it, under the ids that the model gives.
    for decision in plan.decisions where decision.id != chosen.id {
      let other = EntryKey(.decision, decision.id)
      documents[other] = Document(key: other, path: source.path, fields: decision.fields)
    }
    documents[key] = document(key, source.path, chosen.fields, documents[key], nil)
  }

  private static func document(
    _ key: EntryKey, _ path: String, _ fields: Record, _ known: Document?, _ source: SourceText?
  ) -> Document {
    var fields = fields
    fields["id"] = .text(key.id)
    for name in ["cases", "serves"] where fields[name] == nil { fields[name] = known?.fields[name] }
    return Document(key: key, path: path, fields: fields, source: source)
  }
}
