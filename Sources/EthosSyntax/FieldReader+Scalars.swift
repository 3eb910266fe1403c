import EthosModel
import EthosText

extension FieldReader {
  /// Reads a scalar by its field's type.
  mutating func scalar(_ index: Int, _ type: FieldType, _ name: String) -> Node? {
    let element = tree.elements[index]
    guard acceptsCharacters(index) else { return nil }
    switch ScalarReading.read(element.text, type, isQuoted: element.style != .plain, name: name) {
    case .success(let content): return Node(content, span: element.span)
    case .failure(let problem):
      findings.add(problem.code, problem.message, at: element.span, help: problem.help)
      return nil
    }
  }

  func located(_ content: Node.Content, _ index: Int) -> Node { Node(content, span: tree.elements[index].span) }

  /// The text of a scalar, aliases followed.
  func scalarText(_ index: Int) -> String? {
    let element = tree.elements[tree.resolved(index)]
    return element.shape == .scalar ? element.text : nil
  }

  func isEmptyText(_ index: Int) -> Bool {
    guard tree.elements[index].shape == .scalar else { return false }
    return saysNothing(tree.elements[index].text)
  }

  func lineEnd(_ offset: Int) -> Int {
    let bytes = findings.source.bytes
    var index = offset
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return index
  }

  mutating func reportEmpty(_ index: Int, _ name: String) {
    let element = tree.elements[index]
    let shown = element.start == element.end ? "" : ": `\(findings.source.text(element.span))` is none"
    findings.add(
      "empty-value", "`\(name)` has no value\(shown)", at: element.span,
      help: "give it a value, or remove it; put `null` in quotes where the word is meant")
  }

  mutating func wrong(_ index: Int, _ name: String, _ expected: String, _ help: String?) -> Node? {
    let element = tree.elements[index]
    let found =
      switch tree.elements[tree.resolved(index)].shape {
      case .list: "a list"
      case .mapping: "a mapping"
      case .scalar, .alias: "text"
      }
    let end = element.shape == .scalar ? element.end : min(element.end, lineEnd(element.start))
    findings.add(
      "wrong-type", "`\(name)` takes \(expected), and this is \(found)", at: Span(element.start, end), help: help)
    return nil
  }

  func listHelp(_ index: Int) -> String? {
    let element = tree.elements[index]
    guard element.shape == .scalar, element.text.utf8.count <= 60 else { return nil }
    return "write `[\(element.text)]`"
  }

  func recordHelp(_ fields: [FieldSchema]) -> String {
    "write `{\(fields.filter(\.isRequired).map { "\($0.name): …" }.joined(separator: ", "))}`"
  }

  /// Whether a text is free of control characters, which escapes in double quotes can bring in.
  ///
  /// What else they bring in unseen is reported; what stands in the file itself was reported before.
  mutating func acceptsCharacters(_ index: Int) -> Bool {
    guard tree.elements[index].style == .doubleQuoted else { return true }
    let element = tree.elements[index]
    for scalar in element.text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: continue
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
        let code = hexadecimal(scalar)
        findings.add(
          "control-character", "the text holds the control character U+\(code)", at: element.span,
          help: "delete it: a terminal would obey it instead of showing it")
        return false
      default: continue
      }
    }
    let runs = Unseen.runs(in: element.text)
    if runs.count > Unseen.runs(in: findings.source.text(element.span)).count, let run = runs.first {
      let bytes = Array(element.text.utf8)
      findings.add(
        "hidden-character", HiddenText.message(String(decoding: bytes[run], as: UTF8.self)), at: element.span,
        help: HiddenText.help, severity: .warning)
    }
    return true
  }

  /// Sees that a charter is of the format that is read here.
  mutating func acceptsFormat(_ entries: [(key: Int, value: Int)]) -> Bool {
    guard let entry = entries.first(where: { scalarText($0.key) == "ethos" }), let text = scalarText(entry.value),
      let format = DecimalNumber(text), format != DecimalNumber(1)
    else { return true }
    findings.add(
      "format-unsupported", "the format `\(text)` is not read here, but format 1", at: tree.elements[entry.value].span,
      help: "read by ethos of a version that knows format \(text)")
    return false
  }
}

/// The number of a scalar as Unicode writes it, in at least four digits.
func hexadecimal(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
