package import EthosModel
package import EthosText

/// Reads YAML that is no file of an identity, such as the description of a template: every scalar is text.
package enum PlainDocument {
  /// The content, or nil with what is wrong.
  package static func read(_ source: SourceText) -> (node: Node?, diagnostics: [Diagnostic]) {
    let limits = SyntaxLimits.standard
    var findings = Findings(source, limits: limits)
    let scan = ByteScan(source, limits: limits, into: &findings)
    guard scan.isReadable,
      let tree = YAMLComposer.compose(source, isASCII: scan.isASCII, limits: limits, into: &findings)
    else { return (nil, findings.diagnostics) }
    var reader = FieldReader(tree: tree, findings: findings, limits: limits)
    let node = tree.elements.isEmpty ? nil : reader.value(0, .plain, "the document")
    return (node, reader.findings.diagnostics)
  }
}
