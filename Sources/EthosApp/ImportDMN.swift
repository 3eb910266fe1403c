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
  /// What a person should look at in the decisions that were there, a sentence each.
  package var notes: [String]
  package var isDryRun: Bool
  /// How many decisions say what the model says of them already.
  package var unchanged: Int
  /// Whether no decision of the model is one of the identity, neither before nor now.
  package var isEmpty: Bool
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
    var options = options(existing, charter, owner)
    let (plan, others) = plan(model, existing, &options)
    let isOurs = model.namespace.begins(with: DMNExport.namespacePrefix)
    let before = isOurs ? said(plan, existing, charter, options) : [:]
    var edits: [FileEdit] = []
    var result = DMNImportResult(
      added: [], updated: [], changed: [],
      leftOut: diagnostics.filter { $0.severity > .note } + plan.leftOut, notes: others, isDryRun: isDryRun,
      unchanged: 0, isEmpty: plan.decisions.isEmpty)
    for decision in plan.decisions {
      let key = EntryKey(.decision, decision.id)
      let document = existing[key]
      let (bytes, notes) =
        try document.map { try updated($0, decision, before[decision.id]) } ?? (added(decision, !isOurs), [])
      let path = document?.path ?? "decisions/\(decision.id).yaml"
      result.notes += notes.map { "`\(key)`: \($0)" }
      guard let bytes else {
        result.unchanged += 1
        continue
      }
      let problems = DocumentReader.read(SourceText(path: path, bytes: bytes)).diagnostics.filter {
        $0.severity == .error
      }
      guard problems.isEmpty else {
        result.leftOut.append(
          Diagnostic(
            "not-carried-over", .warning,
            "`\(key)` is not carried over: \(problems.map(\.message).joined(separator: "; "))",
            at: document?.location(nil)))
        continue
      }
      edits.append(FileEdit(path: path, bytes: bytes))
      if document == nil { result.added.append(key) } else { result.updated.append(key) }
    }
    result.isEmpty = result.added.isEmpty && result.updated.isEmpty && result.unchanged == 0
    result.leftOut.sort(by: Diagnostic.precedes)
    result.changed = try apply(edits, to: .workTree, subject: "Import \(name)", isDryRun: isDryRun).changed
    return result
  }

  // MARK: - Which decision is which

  /// The plan, with each decision of the model under the id of the one that came from it.
  ///
  /// Models of one tool often have one namespace and the same ids: a mark alone does not say that a decision is the one
  /// that is there. One that shares nothing with it is another.
  private func plan(
    _ model: DMNModel, _ existing: Snapshot, _ options: inout DMNImport.Options
  ) -> (plan: DMNImportPlan, others: [String]) {
    let marked = existing.all(.decision).reduce(into: [String: [Document]]()) { result, document in
      if let mark = document.fields[DMNImportPlan.sourceField]?.text { result[mark, default: []].append(document) }
    }
    let first = DMNImport.plan(model, options: options)
    var others: [String] = []
    var foreign: [String] = []
    for decision in first.decisions {
      guard let candidates = marked[decision.source], let known = options.known[decision.source] else { continue }
      let isOther = foreign.contains { decision.source.begins(with: $0 + "/") }
      let kin = isOther ? nil : candidates.first { DMNUpdate.isKin($0, decision) }
      if kin?.key.id == known { continue }
      options.known[decision.source] = kin?.key.id
      guard kin == nil else { continue }
      foreign.append(decision.source)
      let title = decision.fields["title"]?.text ?? decision.id
      others.append(
        "`\(visibleText(title))` has the ids of `decision/\(known)` and nothing else of it: it is taken for another decision"
      )
    }
    return (DMNImport.plan(model, options: options), others)
  }

  /// What the model would say of the decisions as they are here, had nobody edited it: by id.
  private func said(
    _ plan: DMNImportPlan, _ existing: Snapshot, _ charter: Document, _ options: DMNImport.Options
  ) -> [String: Record] {
    let keys = plan.decisions.map { EntryKey(.decision, $0.id) }.filter { existing[$0] != nil }
    let export = DMNExport.model(of: keys, in: existing, organisation: charter.title)
    let text = SourceText(path: "export.dmn", text: DMNWriter.text(export.model))
    guard let model = DMNReader.read(text).model else { return [:] }
    let decisions = DMNImport.plan(model, options: options).decisions
    return Dictionary(decisions.map { ($0.id, $0.fields) }) { first, _ in first }
  }

  private func options(_ existing: Snapshot, _ charter: Document, _ owner: String?) -> DMNImport.Options {
    var options = DMNImport.Options(owner: owner)
    for document in existing.all(.decision) {
      options.taken.insert(document.key.id)
      options.known[DMNExport.mark(document.key, charter.title)] = document.key.id
      if let mark = document.fields[DMNImportPlan.sourceField]?.text, options.known[mark] == nil {
        options.known[mark] = document.key.id
      }
      for use in document.fields["uses"]?.record?.entries ?? [] {
        guard let text = use.value.text, let reference = try? Reference(parsing: text), reference.revision == nil else {
          continue
        }
        let own = reference.key.kind == .limit ? reference.key.description : reference.description
        options.useNames[document.key.id, default: [:]][own] = Prose.collapsed(use.name)
      }
    }
    for limit in existing.all(.limit) {
      guard let bound = DMNExport.bound(limit) else { continue }
      options.limits[DMNExport.mark(limit.key, charter.title)] = DMNImport.Options.Limit(
        id: limit.key.id, bound: bound)
    }
    // A file that is no decision of this id keeps its place.
    for path in existing.documents.values.map(\.path) where path.begins(with: "decisions/") {
      options.taken.insert(String(path.dropFirst(10).dropLast(5)))
    }
    return options
  }

  // MARK: - Files

  private func added(_ decision: DMNImportPlan.Decision, _ isMarked: Bool) -> [UInt8] {
    var fields = decision.fields
    if isMarked {
      fields[DMNImportPlan.sourceField] = .text(decision.source)
      fields[DMNMemory.field] = .text(DMNMemory.text(of: decision.fields))
    }
    return Array(DocumentPrinter.text(kind: .decision, fields: fields).utf8)
  }

  /// The bytes of a decision's file with what the model says, nil where it says so already, and what is to be told.
  ///
  /// Field by field where that goes, so that comments and layout stay: the columns first and then the rules, or the other
  /// way round. A change of columns and rules that is only right when it is whole has the file written anew.
  private func updated(
    _ document: Document, _ decision: DMNImportPlan.Decision, _ before: Record?
  ) throws -> (bytes: [UInt8]?, notes: [String]) {
    guard let source = document.source else { throw Failure.cannot("the file of `\(document.key)` cannot be read") }
    let update = DMNUpdate(document, saying: decision, before: before)
    let wanted = Document(key: document.key, path: document.path, fields: update.fields)
    let names = Set(wanted.meaning.names).union(document.meaning.names)
    var changed = DMNImportPlan.ownFields + ["examples", "assert", DMNMemory.field]
    changed = changed.filter { names.contains($0) && wanted.meaning[$0] != document.meaning[$0] }
    // The memory alone is no change: it says the same of another layout.
    if changed.isEmpty || changed == [DMNMemory.field] && document.fields[DMNMemory.field] == nil {
      return (nil, update.notes)
    }
    for order in [changed, changed.reversed()] {
      var result = Result<[UInt8], DiagnosticsError>.success(source.bytes)
      for field in order {
        result = result.flatMap { bytes in
          let before = SourceText(path: source.path, bytes: bytes)
          let path = FieldPath(field)
          if let node = update.fields[field], wanted.meaning[field] != nil {
            return DocumentEditor.set(before, path: path, node: node)
          }
          return DocumentEditor.remove(before, path: path)
        }
      }
      guard case .success(let bytes) = result else { continue }
      let read = DocumentReader.read(SourceText(path: source.path, bytes: bytes))
      let isWhole = read.document?.meaning == wanted.meaning && !read.diagnostics.contains { $0.severity == .error }
      if isWhole { return (bytes, update.notes) }
    }
    let text = DocumentPrinter.text(kind: .decision, fields: update.fields)
    return (Array(text.utf8), update.notes + ["the file is written anew, and its comments are gone"])
  }
}
