package import EthosModel

extension ChangeSet {
  /// The identity that has these changes: `apply(a, diff(a, b))` means what `b` does.
  ///
  /// Entries that are added get the path that their kind and id give them. What does not fit the identity, because the
  /// changes were found between others, is left out. Costs one pass over the entries that change.
  package func applied(to snapshot: Snapshot) -> Snapshot {
    var documents = snapshot.documents
    // What is decided follows from the fields and is no field.
    for (key, changes) in Dictionary(grouping: changes.filter { $0.kind.area != .behaviour }, by: \.entry) {
      let path = documents[key]?.path ?? key.path
      // What is said beside a retirement is in its record too.
      if let whole = changes.first(where: { $0.field.isEmpty }) {
        documents[key] = (whole.after?.record).map { Document(key: key, path: path, fields: $0) }
      } else if let document = documents[key] {
        let fields = Patch(changes, kind: key.kind).applied(to: document.meaning, kind: key.kind)
        documents[key] = Document(key: key, path: path, fields: fields)
      }
    }
    return Snapshot(documents: documents.values, diagnostics: snapshot.diagnostics)
  }
}

extension EntryKey {
  /// The path of a file of this name where nobody chose one.
  fileprivate var path: String { kind.folder.map { "\($0)/\(id).yaml" } ?? Kind.charterPath }
}
