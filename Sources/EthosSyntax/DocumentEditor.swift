package import EthosModel
package import EthosText

/// Why an edit was not made.
package struct DiagnosticsError: Error, Sendable {
  package var diagnostics: [Diagnostic]

  package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

  /// The same without places, for text that is in no file.
  var withoutLocations: DiagnosticsError {
    DiagnosticsError(
      diagnostics.map { Diagnostic($0.code, $0.severity, $0.message, help: $0.help) })
  }
}

/// Edits files in place: an edit changes the bytes of what it edits, and comments, order, layout and line ends stay.
///
/// Every result is read again and compared: an edit that would change any meaning but the one asked for is an error, and
/// nothing is given back. An edit that changes no meaning gives the same bytes. Costs two readings of the file.
package enum DocumentEditor {
  /// Sets the field at a path to what a person typed: plain text for a scalar, YAML for a list or a mapping, a table
  /// for rules.
  ///
  /// An absent field is inserted at its place in the schema; a path that ends with a new `[key]` appends an item.
  package static func set(
    _ source: SourceText, path: FieldPath, to text: String
  ) -> Result<[UInt8], DiagnosticsError> {
    EditSession.open(source).flatMap { session in
      session.type(at: path).flatMap { type, list in
        let key: String? = if case .item(let key)? = path.segments.last { key } else { nil }
        return FieldText(text: normalised(text), columns: session.columns, limits: .standard)
          .node(type, name: path.description, itemOf: list, key: key)
          .flatMap { session.set(path, to: $0) }
      }
    }
  }

  /// Sets the value at a path.
  package static func set(
    _ source: SourceText, path: FieldPath, node: Node
  ) -> Result<[UInt8], DiagnosticsError> {
    EditSession.open(source).flatMap { session in
      session.type(at: path).flatMap { _ in session.set(path, to: node) }
    }
  }

  /// Removes the value at a path: a field, an item of a list, a rule, or what a cell says.
  package static func remove(_ source: SourceText, path: FieldPath) -> Result<[UInt8], DiagnosticsError> {
    EditSession.open(source).flatMap { session in
      session.type(at: path).flatMap { _ in session.remove(path) }
    }
  }

  /// Makes a tombstone: sets `status: retired`, `since` and `because`; the rest stays.
  package static func retire(
    _ source: SourceText, since: Day, because: String
  ) -> Result<[UInt8], DiagnosticsError> {
    guard let kind = Kind(path: source.path), Schema.of(kind).field("status") != nil else {
      return .failure(
        DiagnosticsError([
          Diagnostic(
            "wrong-kind", .error, "`\(source.path)` is of a kind that is not retired",
            help: "values, decisions, limits, exceptions and systems are retired")
        ]))
    }
    // The status comes last: a tombstone without its day and its reason would be refused.
    return set(source, path: FieldPath("since"), node: .day(since))
      .flatMap { set(SourceText(path: source.path, bytes: $0), path: FieldPath("because"), to: because) }
      .flatMap { set(SourceText(path: source.path, bytes: $0), path: FieldPath("status"), to: "retired") }
  }

  /// Line feeds for the line ends that a terminal or a file may bring.
  private static func normalised(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var bytes: [UInt8] = []
    var wasReturn = false
    for byte in text.utf8 {
      if byte == 0x0D { bytes.append(0x0A) } else if !(byte == 0x0A && wasReturn) { bytes.append(byte) }
      wasReturn = byte == 0x0D
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
