import EthosGit
import EthosModel
import EthosStore
package import EthosSyntax
import EthosText

/// What is asked of an import.
package struct MarkdownImportRequest: Sendable {
  package var path: String
  package var owner: String?
  package var rankAttribute: String?
  package var ranks: [String]?
  package var document: String?
  package var because: String?
  package var ids: MarkdownOutline.IDs

  package init(
    path: String, owner: String? = nil, rankAttribute: String? = nil, ranks: [String]? = nil, document: String? = nil,
    because: String? = nil, ids: MarkdownOutline.IDs = .written
  ) {
    self.ids = ids
    self.path = path
    self.owner = owner
    self.rankAttribute = rankAttribute
    self.ranks = ranks
    self.document = document
    self.because = because
  }
}

/// What an import did, or would do.
package struct ImportResult: Sendable {
  package var plan: ImportPlan
  package var changed: [String]
  package var isDryRun: Bool
}

extension Workspace {
  /// Makes values of the sections of a Markdown document in the work tree, or brings those that came from it up to date.
  package func importMarkdown(_ request: MarkdownImportRequest, isDryRun: Bool) throws -> ImportResult {
    let name = request.path.parts(at: "/", omittingEmpty: true).last ?? request.path
    let source = SourceText(path: name, bytes: try FileSystem.read(request.path, limit: 1 << 24))
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      throw Failure.cannot("`\(request.path)` is not UTF-8 text")
    }
    let existing = try editableSnapshot(.workTree)
    try requireReadable(existing, "work tree")
    guard let charter = existing.charter?.source else {
      throw Failure.cannot("there is no charter to import into", help: "begin with `ethos init --template minimal`")
    }
    var plan = MarkdownImport.plan(
      MarkdownOutline.read(source, ids: request.ids), existing: existing,
      options: MarkdownImport.Options(
        source: request.document ?? name, owner: request.owner,
        rankAttribute: request.rankAttribute, rankOrder: request.ranks ?? [], day: try today(),
        because: request.because,
        isNamed: request.document != nil))
    guard !plan.diagnostics.contains(where: { $0.severity == .error }) else {
      throw Failure(.cannot, "`\(name)` was not imported", diagnostics: plan.diagnostics)
    }
    // The order of another document is not written over.
    if let known = try store.workTreeBytes(ifAt: plan.contents.path), !plan.isContents(known) {
      plan.contents.path = plan.ownContentsPath
    }
    let edits = try self.edits(for: plan, existing, charter)
    let result = try apply(edits, to: .workTree, subject: "Import \(name)", isDryRun: isDryRun)
    return ImportResult(plan: plan, changed: result.changed, isDryRun: isDryRun)
  }

  private func edits(for plan: ImportPlan, _ existing: Snapshot, _ charter: SourceText) throws -> [FileEdit] {
    var sources: [EntryKey: SourceText] = [:]
    var paths: [EntryKey: String] = [:]
    func source(_ key: EntryKey) throws -> SourceText {
      if let known = sources[key] { return known }
      guard let source = try document(key, in: existing).source else {
        throw Failure.cannot("the file of `\(key)` cannot be read")
      }
      return source
    }
    for edit in plan.edits {
      let before = try source(edit.key)
      let path = FieldPath(edit.field)
      let outcome =
        edit.value.map { DocumentEditor.set(before, path: path, node: $0) } ?? DocumentEditor.remove(before, path: path)
      sources[edit.key] = SourceText(path: before.path, bytes: try edited(outcome, edit.key))
    }
    for retirement in plan.retirements {
      let before = try source(retirement.key)
      let outcome = DocumentEditor.retire(before, since: retirement.since, because: retirement.because)
      sources[retirement.key] = SourceText(path: before.path, bytes: try edited(outcome, retirement.key))
    }
    for move in plan.moves {
      sources[move.key] = try source(move.key)
      paths[move.key] = move.to
    }
    var edits: [FileEdit] = []
    for (key, after) in sources {
      let before = try document(key, in: existing).path
      let path = paths[key] ?? before
      if path != before { edits.append(FileEdit(path: before, bytes: nil)) }
      edits.append(FileEdit(path: path, bytes: after.bytes))
    }
    for addition in plan.additions {
      let text = DocumentPrinter.text(kind: addition.key.kind, fields: addition.fields)
      edits.append(FileEdit(path: addition.path, bytes: Array(text.utf8)))
    }
    if let ranks = plan.ranks {
      let node = Node.list(ranks.map { .text($0) })
      let outcome = DocumentEditor.set(charter, path: FieldPath("ranks"), node: node)
      edits.append(FileEdit(path: charter.path, bytes: try edited(outcome, .charter)))
    }
    let contents = Array(plan.contents.text.utf8)
    if try store.workTreeBytes(ifAt: plan.contents.path) != contents {
      edits.append(FileEdit(path: plan.contents.path, bytes: contents))
    }
    // A file that is moved away must not take with it one that is moved there.
    let written = Set(edits.filter { $0.bytes != nil }.map(\.path))
    return edits.filter { $0.bytes != nil || !written.contains($0.path) }
  }
}
