import EthosModel
import EthosText

/// What one kind asks beyond the types of its fields.
enum KindRules {
  /// What a tombstone needs; nothing else is required of it.
  static let tombstoneFields: Set<String> = ["id", "title", "status", "since", "because"]

  /// Reports what the fields of a document break.
  ///
  /// Fields that were wrong are not among them; `keySpan` tells the place of a key that was written, right or wrong.
  static func check(
    _ fields: Record, kind: Kind, isTombstone: Bool, keySpan: (String) -> Span?, into findings: inout Findings
  ) {
    switch kind {
    case .limit: checkDirection(keySpan, isTombstone: isTombstone, into: &findings)
    case .decision:
      checkNames(fields, into: &findings)
      checkUses(fields, into: &findings)
    case .cycle: checkOffices(fields["offices"], into: &findings)
    case .charter:
      checkBranch(fields["branch"], into: &findings)
      for row in fields["authority"]?.list ?? [] { checkOffices(row.record?["quorum"], into: &findings) }
    case .value, .exception, .person, .system: break
    }
  }

  /// A branch that git could not have would stop everybody (`git-check-ref-format(1)`).
  private static func checkBranch(_ node: Node?, into findings: inout Findings) {
    guard let node, let name = node.text else { return }
    let bytes = Array(name.utf8)
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isName =
      !bytes.isEmpty && bytes != Array("HEAD".utf8) && bytes.first != UInt8(ascii: "-")
      && parts.allSatisfy { part in
        !part.isEmpty && part.first != UInt8(ascii: ".") && part.last != UInt8(ascii: ".")
          && !part.suffix(5).elementsEqual(".lock".utf8)
      }
      && !["proposals", "reviews", "refs"].contains { parts.first?.elementsEqual($0.utf8) ?? false }
      && bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F && !"~^:?*[\\".utf8.contains($0) }
      && !zip(bytes, bytes.dropFirst()).contains { pair in
        pair == (UInt8(ascii: "."), UInt8(ascii: ".")) || pair == (UInt8(ascii: "@"), UInt8(ascii: "{"))
      }
    guard !isName else { return }
    findings.add(
      "invalid-branch", "`\(name)` is no name that a branch in force can have", at: node.span ?? Span(0, 0),
      help: "write the name of a branch of git, as in `branch: main`")
  }

  private static func checkDirection(
    _ keySpan: (String) -> Span?, isTombstone: Bool, into findings: inout Findings
  ) {
    switch (keySpan("atMost"), keySpan("atLeast")) {
    case (let most?, let least?):
      findings.add(
        "conflicting-fields", "a limit is `atMost` or `atLeast`, not both", at: most.start > least.start ? most : least,
        help: "make a second limit of one of them")
    case (nil, nil) where !isTombstone:
      findings.add(
        "missing-field", "a limit needs the field `atMost` or `atLeast`", at: keySpan("id") ?? Span(0, 0),
        help: "the most, or the least, that is accepted")
    default: break
    }
  }

  /// A name in a cell means one thing: an input, an output, a name of `uses`, or an annotation column.
  private static func checkNames(_ fields: Record, into findings: inout Findings) {
    var meanings: [String: String] = reserved
    func claim(_ name: String, _ meaning: String, _ span: Span?) {
      if let other = meanings[name], let span {
        findings.add(
          "ambiguous-name", "`\(name)` is \(meaning) and \(other)", at: span, help: "give one of them another name")
      } else {
        meanings[name] = meaning
      }
    }
    for (field, meaning) in [("inputs", "an input"), ("outputs", "an output")] {
      for item in fields[field]?.list ?? [] {
        guard let name = item.record?["name"], let text = name.text else { continue }
        claim(Prose.collapsed(text), meaning, name.span)
      }
    }
    for entry in fields["uses"]?.record?.entries ?? [] {
      claim(entry.name, "a name of `uses`", entry.nameSpan)
    }
  }

  /// A use of a decision names one of its outputs; a use of a limit names it, or its quantity.
  private static func checkUses(_ fields: Record, into findings: inout Findings) {
    for entry in fields["uses"]?.record?.entries ?? [] {
      guard let text = entry.value.text, let span = entry.value.span, let reference = try? Reference(parsing: text)
      else { continue }
      if reference.key.kind == .decision {
        if case .name? = reference.path.segments.first, reference.path.segments.count == 1 { continue }
        findings.add(
          "invalid-reference", "`\(text)` names no output of the decision", at: span,
          help: "write `decision/\(reference.key.id).OUTPUT`")
      } else if !["", "atMost", "atLeast"].contains(reference.path.description) {
        findings.add(
          "invalid-reference", "`\(text)` names no quantity of the limit", at: span,
          help: "write `limit/\(reference.key.id)`")
      }
    }
  }

  /// Names that are taken before a decision names anything.
  private static let reserved: [String: String] = {
    let columns = RuleColumn.annotations.map { ($0.name, "an annotation column") }
    let words = ["true", "false", "null", "-"].map { ($0, "a word of FEEL") }
    return Dictionary(columns + words) { first, _ in first }
  }()

  private static func checkOffices(_ node: Node?, into findings: inout Findings) {
    for entry in node?.record?.entries ?? [] where !EntryKey.isID(entry.name) {
      guard let span = entry.nameSpan else { continue }
      findings.add(
        "invalid-id", "`\(entry.name)` is no id of an office", at: span,
        help: "an id is letters, digits, `-` and `_`, and begins with a letter or digit")
    }
  }
}
