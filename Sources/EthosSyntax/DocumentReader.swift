package import EthosModel
package import EthosText

/// What reading one file gave.
package struct ReadResult: Sendable {
  /// The document, also where some of its fields are wrong: those are left out.
  ///
  /// Nil where kind or id are not known.
  package var document: Document?
  /// What was wrong, or worth knowing, in the order of the file.
  package var diagnostics: [Diagnostic]

  package init(document: Document?, diagnostics: [Diagnostic]) {
    self.document = document
    self.diagnostics = diagnostics
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads the files of an identity.
package enum DocumentReader {
  /// Reads one file; its path says the kind.
  ///
  /// Costs a pass over the bytes, libyaml's pass, and work in proportion to the values, aliases followed, which the
  /// limits bound.
  package static func read(_ source: SourceText, limits: SyntaxLimits = .standard) -> ReadResult {
    guard let kind = Kind(path: source.path) else {
      let folders = Kind.allCases.compactMap(\.folder).joined(separator: ", ")
      return ReadResult(
        document: nil,
        diagnostics: [
          Diagnostic(
            "unknown-kind", .error, "the path `\(source.path)` gives no kind", at: source.location(Span(0, 0)),
            help: "files are `\(Kind.charterPath)` or end with `.yaml` below one of the folders \(folders)")
        ])
    }
    let reading = Reading(source, kind: kind, limits: limits)
    guard let fields = reading.fields, let key = reading.key else {
      return ReadResult(document: nil, diagnostics: reading.diagnostics)
    }
    return ReadResult(
      document: Document(
        key: key, path: source.path, fields: fields, source: source, hasErrors: !reading.errors.isEmpty),
      diagnostics: reading.diagnostics)
  }
}

/// One file with all that reading it made: its YAML for edits, its typed fields, and what was wrong.
struct Reading {
  let source: SourceText
  let kind: Kind
  private(set) var tree: YAMLTree?
  /// The typed fields without those that are wrong.
  private(set) var fields: Record?
  private(set) var diagnostics: [Diagnostic]

  init(_ source: SourceText, kind: Kind, limits: SyntaxLimits) {
    self.source = source
    self.kind = kind
    var findings = Findings(source, limits: limits)
    let scan = ByteScan(source, limits: limits, into: &findings)
    guard scan.isReadable,
      let tree = YAMLComposer.compose(source, isASCII: scan.isASCII, limits: limits, into: &findings)
    else {
      diagnostics = findings.diagnostics
      return
    }
    self.tree = tree
    var reader = FieldReader(tree: tree, findings: findings, limits: limits)
    fields = reader.document(kind)
    diagnostics = reader.findings.diagnostics
  }

  /// The kind and the id, where the id is one.
  var key: EntryKey? {
    if kind == .charter { return .charter }
    return fields?["id"]?.text.map { EntryKey(kind, $0) }
  }

  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}
