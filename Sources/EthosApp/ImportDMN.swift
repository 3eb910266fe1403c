import EthosDMN
package import EthosModel
import EthosStore
import EthosSyntax
package import EthosText

/// What an import of decisions did, or would do.
package struct DMNImportResult: Sendable {
  package var added: [EntryKey]
  package var updated: [EntryKey]
  /// The files that were written.
  package var changed: [String]
  /// What the model says that was not carried over, and what in it is not understood.
  package var leftOut: [Diagnostic]
  package var isDryRun: Bool
}

extension Workspace {
  /// Makes decisions of those of a DMN model in the work tree, or brings those that came from it up to date.
  ///
  /// A decision that came from a model says so in `x-dmn`; importing the model again changes what the model says of it,
  /// and leaves what people added, also the values that its rules enact. Decisions that the model no longer has stay.
  package func importDMN(path: String, owner: String?, isDryRun: Bool) throws -> DMNImportResult {
    let name = path.parts(at: "/", omittingEmpty: true).last ?? path
    let limit = XMLLimits.standard.size
    let source = SourceText(path: name, bytes: try FileSystem.read(path, limit: limit))
    let (read, diagnostics) = DMNReader.read(source)
    guard let model = read else { throw Failure(.cannot, "`\(name)` was not imported", diagnostics: diagnostics) }
    let existing = try editableSnapshot(.workTree)
    try requireReadable(existing, "work tree")
    guard let charter = existing.charter else {
      throw Failure.cannot("there is no charter to import into", help: "begin with `ethos init --template minimal`")
    }
    let plan = DMNImport.plan(model, options: options(existing, charter, owner))
    var edits: [FileEdit] = []
    var result = DMNImportResult(
      added: [], updated: [], changed: [],
      leftOut: (diagnostics.filter { $0.severity > .note } + plan.leftOut).sorted(by: Diagnostic.precedes),
      isDryRun: isDryRun)
    let marked = !model.namespace.begins(with: DMNExport.namespacePrefix)
    for decision in plan.decisions {
      let key = EntryKey(.decision, decision.id)
      if let document = existing[key] {
        guard let bytes = try updated(document, decision) else { continue }
        edits.append(FileEdit(path: document.path, bytes: bytes))
        result.updated.append(key)
      } else {
        var fields = decision.fields
        if marked { fields[DMNImportPlan.sourceField] = .text(decision.source) }
        let text = DocumentPrinter.text(kind: .decision, fields: fields)
        edits.append(FileEdit(path: "decisions/\(decision.id).yaml", bytes: Array(text.utf8)))
        result.added.append(key)
      }
    }
    result.changed = try apply(edits, to: .workTree, subject: "Import \(name)", isDryRun: isDryRun).changed
    return result
  }

  private func options(_ existing: Snapshot, _ charter: Document, _ owner: String?) -> DMNImport.Options {
    var options = DMNImport.Options(owner: owner)
    let exported = DMNExport.namespace(charter.title)
    for document in existing.all(.decision) {
      options.taken.insert(document.key.id)
      options.known["\(exported)#\(document.key.id)"] = document.key.id
      if let mark = document.fields[DMNImportPlan.sourceField]?.text { options.known[mark] = document.key.id }
    }
    // A file that is no decision of this id keeps its place.
    for path in existing.documents.values.map(\.path) where path.begins(with: "decisions/") {
      options.taken.insert(String(path.dropFirst(10).dropLast(5)))
    }
    return options
  }

  /// The bytes of a decision's file with what the model says; nil where it says so already.
  ///
  /// Field by field where that goes, so that comments and layout stay: the columns first and then the rules, or the other
  /// way round. A change of columns and rules that is only right when it is whole has the file written anew.
  private func updated(_ document: Document, _ decision: DMNImportPlan.Decision) throws -> [UInt8]? {
    guard let source = document.source else { throw Failure.cannot("the file of `\(document.key)` cannot be read") }
    var fields = decision.fields
    if let rules = fields["rules"]?.list { fields["rules"] = .list(keepingAnnotations(rules, of: document)) }
    let wanted = Document(key: document.key, path: document.path, fields: fields)
    let changed = DMNImportPlan.ownFields.filter { wanted.meaning[$0] != document.meaning[$0] }
    if changed.isEmpty { return nil }
    for order in [changed, changed.reversed()] {
      var result = Result<[UInt8], DiagnosticsError>.success(source.bytes)
      for field in order {
        result = result.flatMap { bytes in
          let before = SourceText(path: source.path, bytes: bytes)
          let path = FieldPath(field)
          if let node = fields[field], wanted.meaning[field] != nil {
            return DocumentEditor.set(before, path: path, node: node)
          }
          return DocumentEditor.remove(before, path: path)
        }
      }
      if case .success(let bytes) = result { return bytes }
    }
    var whole = document.fields
    for field in DMNImportPlan.ownFields { whole[field] = fields[field] }
    return Array(DocumentPrinter.text(kind: .decision, fields: whole).utf8)
  }

  /// The rules with what people said of those of the same id, where the model says nothing of it.
  private func keepingAnnotations(_ rules: [Node], of document: Document) -> [Node] {
    var before: [String: Record] = [:]
    for rule in document.fields["rules"]?.list ?? [] {
      if let record = rule.record, let id = record["id"]?.text { before[id] = record }
    }
    return rules.map { rule in
      guard var record = rule.record, let id = record["id"]?.text, let known = before[id] else { return rule }
      for name in ["enacts", "over", "because"] where record[name] == nil { record[name] = known[name] }
      return .record(record)
    }
  }
}
