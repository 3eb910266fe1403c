package import EthosText

/// An identity as it stands at one commit (or in one work tree): its documents by kind and id.
package struct Snapshot: Sendable {
  /// The documents; of two with the same key the first by path is here and the other is a diagnostic.
  package let documents: [EntryKey: Document]
  /// What was wrong in the files.
  ///
  /// With an error among them the identity is not whole, and what needs a whole one refuses.
  package let diagnostics: [Diagnostic]
  /// The keys that several files have: which of them is meant nobody can say.
  package let doubled: Set<EntryKey>

  /// Collects documents into an identity; duplicate keys are errors.
  ///
  /// Costs one pass and a sort by path.
  package init(documents: some Sequence<Document>, diagnostics: [Diagnostic] = []) {
    var byKey: [EntryKey: Document] = [:]
    var found = diagnostics
    var doubled: Set<EntryKey> = []
    for document in documents.sorted(by: { $0.path < $1.path }) {
      if let first = byKey[document.key] {
        doubled.insert(document.key)
        found.append(
          Diagnostic(
            "duplicate-id", .error, "`\(document.key)` is in two files: `\(first.path)` and `\(document.path)`",
            at: document.location(document.fields["id"]?.span),
            help: "ids are unique in their kind for ever: give one of them another id"))
      } else {
        byKey[document.key] = document
      }
    }
    self.documents = byKey
    self.doubled = doubled
    self.diagnostics = found.sorted(by: Diagnostic.precedes)
  }

  private init(whole documents: [EntryKey: Document], _ diagnostics: [Diagnostic]) {
    self.documents = documents
    self.diagnostics = diagnostics
    doubled = []
  }

  /// The identity after some files changed: without the documents that they held, with those that they hold now and
  /// what is wrong in them.
  ///
  /// What was wrong with `names` of files is so no more, whatever is wrong inside of those files. Nil where an id is in
  /// two files, before or after: what is told of that takes all documents.
  ///
  /// Costs a copy of the references to the documents, and the changed files.
  package func replacing(
    _ before: [Document], with after: [Document], files: [String], names: Set<Diagnostic> = [],
    diagnostics found: [Diagnostic]
  ) -> Snapshot? {
    if diagnostics.contains(where: { $0.code == "duplicate-id" }) { return nil }
    var documents = documents
    for document in before where documents.removeValue(forKey: document.key)?.path != document.path { return nil }
    for document in after where documents.updateValue(document, forKey: document.key) != nil { return nil }
    // By bytes: two spellings of one name are equal as texts, and two files.
    let touched = Set(files.map { Array($0.utf8) })
    let kept = diagnostics.filter { known in
      !names.contains(known) && known.location.map { !touched.contains(Array($0.file.utf8)) } ?? true
    }
    return Snapshot(
      whole: documents, found.isEmpty ? kept : (kept + found).sorted(by: Diagnostic.precedes))
  }

  package subscript(key: EntryKey) -> Document? { documents[key] }

  package var charter: Document? { documents[.charter] }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The documents of a kind, by id.
  package func all(_ kind: Kind) -> [Document] {
    documents.values.filter { $0.kind == kind }.sorted { $0.key < $1.key }
  }

  /// All keys, sorted.
  package var keys: [EntryKey] { documents.keys.sorted() }

  package static let empty = Snapshot(documents: [])
}
