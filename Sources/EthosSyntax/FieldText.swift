import EthosModel
import EthosText

/// Reads what a person typed as the value of a field: plain text for scalars, YAML for lists and mappings, a table for
/// rules.
struct FieldText {
  let text: String
  let columns: TableColumns
  let limits: SyntaxLimits

  /// The typed value of the field at a path whose type is known.
  ///
  /// `list` is the type of the list, where it is an item.
  func node(_ type: FieldType, name: String, itemOf list: FieldType?, key: String?) -> Result<Node, DiagnosticsError> {
    switch type {
    case .plain where ![0x5B, 0x7B].contains(text.utf8.first): return characters(.text(text))
    case .rules: return table(name)
    case .plain, .record, .map, .sequence, .set, .items: return yaml(type, name, list, key)
    default: return scalar(type, name)
    }
  }

  private func scalar(_ type: FieldType, _ name: String) -> Result<Node, DiagnosticsError> {
    guard !saysNothing(text) else {
      return failure("empty-value", "`\(name)` is given no value", help: "remove the field where it says nothing")
    }
    switch ScalarReading.read(text, type, isQuoted: false, name: name) {
    case .success(let content): return characters(Node(content))
    case .failure(let problem): return failure(problem.code, problem.message, help: problem.help)
    }
  }

  private func characters(_ node: Node) -> Result<Node, DiagnosticsError> {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A: continue
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
        return failure(
          "control-character", "the text holds the control character U+\(hexadecimal(scalar))", help: "delete it")
      default: continue
      }
    }
    if let run = Unseen.runs(in: text).first {
      let hidden = String(decoding: Array(text.utf8)[run], as: UTF8.self)
      return failure("hidden-character", HiddenText.message(hidden), help: "leave it out")
    }
    return .success(node)
  }

  private func table(_ name: String) -> Result<Node, DiagnosticsError> {
    let lines = text.split { $0.isNewline }.filter { line in line.contains { !$0.isWhitespace } }
    let block = "rules: |\n" + lines.map { "  \($0)\n" }.joined()
    // The elements are the mapping, its key and the table.
    return read(block) { $0.value(2, .rules, name) }
  }

  private func yaml(
    _ type: FieldType, _ name: String, _ list: FieldType?, _ key: String?
  ) -> Result<Node, DiagnosticsError> {
    read(text) { reader in
      if let list, let key, let keyed = keyed(list, key, reader.tree) {
        var inner = FieldReader(tree: reader.tree, findings: reader.findings, limits: limits)
        inner.columns = columns
        defer { reader.findings = inner.findings }
        return keyed.isScalar ? inner.item(0, of: list) : inner.item(0, fields: keyed.fields, name)
      }
      return reader.value(0, type, name)
    }
  }

  /// The fields of an item that is typed without its key, which the path gives.
  private func keyed(_ list: FieldType, _ key: String, _ tree: YAMLTree) -> (fields: [FieldSchema], isScalar: Bool)? {
    switch (list, tree.elements[0].shape) {
    case (.items(_, _, _, true), .scalar): ([], true)
    case (.items(let name, let fields, _, _), .mapping):
      (
        fields.map { FieldSchema($0.name, $0.type, required: $0.isRequired && $0.name != name, $0.summary) }, false
      )
    default: nil
    }
  }

  private func read(_ yaml: String, _ body: (inout FieldReader) -> Node?) -> Result<Node, DiagnosticsError> {
    let source = SourceText(path: "", text: yaml)
    var findings = Findings(source, limits: limits)
    let scan = ByteScan(source, limits: limits, into: &findings)
    guard scan.isReadable,
      let tree = YAMLComposer.compose(source, isASCII: scan.isASCII, limits: limits, into: &findings)
    else { return .failure(DiagnosticsError(findings.diagnostics).withoutLocations) }
    var reader = FieldReader(tree: tree, findings: findings, limits: limits)
    reader.columns = columns
    let node = body(&reader)
    let errors = reader.findings.diagnostics.filter { $0.severity == .error }
    guard let node, errors.isEmpty else { return .failure(DiagnosticsError(errors).withoutLocations) }
    return .success(node)
  }

  private func failure(_ code: Diagnostic.Code, _ message: String, help: String?) -> Result<Node, DiagnosticsError> {
    .failure(DiagnosticsError([Diagnostic(code, .error, message, help: help)]))
  }
}

extension FieldReader {
  /// Reads one mapping by the given fields.
  mutating func item(_ index: Int, fields: [FieldSchema], _ name: String) -> Node? {
    value(index, .record(fields), name)
  }
}
