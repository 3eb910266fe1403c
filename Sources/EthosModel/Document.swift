package import EthosText

/// One file of an identity, parsed and typed.
///
/// Documents are handed around by the thousand; what one holds is in one place, so that to copy it costs a reference.
package struct Document: Sendable {
  private final class Storage: Sendable {
    let key: EntryKey
    let path: String
    let fields: Record
    let meaning: Record
    let source: SourceText?
    let hasErrors: Bool

    init(_ key: EntryKey, _ path: String, _ fields: Record, _ source: SourceText?, _ hasErrors: Bool) {
      self.hasErrors = hasErrors
      self.key = key
      self.path = path
      self.fields = fields
      self.source = source
      meaning = Meaning.of(fields, kind: key.kind)
    }
  }

  private let storage: Storage

  package var key: EntryKey { storage.key }
  /// The path of its file from the root of the repository.
  package var path: String { storage.path }
  /// The fields as they were written, each with its place.
  package var fields: Record { storage.fields }
  /// The fields as they count: texts collapsed, numbers by value, sets sorted, keys by schema.
  ///
  /// Two documents mean the same exactly when these are equal. See `Meaning`.
  package var meaning: Record { storage.meaning }
  /// The bytes that it was read from, for diagnostics; nil for a document that was made.
  package var source: SourceText? { storage.source }
  /// Whether something in its file could not be read.
  ///
  /// That is not among the fields then, so that what they say is not all that was written.
  package var hasErrors: Bool { storage.hasErrors }

  /// Makes a document from its typed fields; its meaning is computed here, once.
  package init(key: EntryKey, path: String, fields: Record, source: SourceText? = nil, hasErrors: Bool = false) {
    storage = Storage(key, path, fields, source, hasErrors)
  }

  /// Whether two documents are one in memory, as those of an unchanged file read once are.
  package func isSame(as other: Document) -> Bool { storage === other.storage }

  package var kind: Kind { key.kind }

  /// Whether it is a tombstone.
  package var isRetired: Bool { meaning["status"]?.text == "retired" }

  /// What people call it: the title, the name, or the id.
  package var title: String {
    meaning["title"]?.text ?? meaning["name"]?.text ?? meaning["organisation"]?.text ?? key.id
  }

  /// The value at a path of the fields that count.
  package func value(at path: FieldPath) -> Node? { meaning.value(at: path, in: Schema.of(kind)) }

  /// The value at a path as it was written, with its place.
  package func written(at path: FieldPath) -> Node? { fields.value(at: path, in: Schema.of(kind)) }

  /// The place of a node of this document, or of the whole file where the node has none.
  package func location(_ span: Span?) -> Location? {
    guard let source else { return nil }
    return source.location(span ?? Span(0, 0))
  }
}
