import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// How many times more rounds than usual are wanted: `ETHOS_SOAK`.
private let soak = getenv("ETHOS_SOAK").flatMap { Int(String(cString: $0)) } ?? 1

@Suite struct PropertyTests {
  private static func path(_ kind: Kind) -> String { kind.folder.map { "\($0)/a.yaml" } ?? Kind.charterPath }

  /// The fields in which two meanings differ, each with both values.
  private static func difference(_ left: Record, _ right: Record) -> [String] {
    Set(left.names + right.names).sorted().filter { left[$0] != right[$0] }.map { name in
      "\(name): \((left[name]?.summaryText).debugDescription) ≠ \((right[name]?.summaryText).debugDescription)"
    }
  }

  @Test(arguments: Kind.allCases)
  func `what is printed reads back with the same meaning`(kind: Kind) {
    for seed in 0..<UInt64(150 * soak) {
      var generator = DocumentGenerator(seed: seed)
      let fields = generator.fields(kind)
      let text = DocumentPrinter.text(kind: kind, fields: fields)
      let result = read(Self.path(kind), text)
      let errors = result.diagnostics.filter { $0.severity == .error }
      guard errors.isEmpty, let document = result.document else {
        Issue.record("seed \(seed): \(errors)\n\(text)")
        return
      }
      let difference = Self.difference(document.meaning, Meaning.of(fields, kind: kind))
      guard difference.isEmpty else {
        Issue.record("seed \(seed): \(difference)\n\(text)")
        return
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func `what is printed is formatted`(kind: Kind) throws {
    for seed in 0..<UInt64(40 * soak) {
      var generator = DocumentGenerator(seed: seed)
      let text = DocumentPrinter.text(kind: kind, fields: generator.fields(kind))
      let formatted = try DocumentEditor.format(SourceText(path: Self.path(kind), text: text)).get()
      #expect(String(decoding: formatted, as: UTF8.self) == text, "seed \(seed)")
    }
  }

  @Test(arguments: Kind.allCases)
  func `setting a field to that of another document changes that field alone`(kind: Kind) throws {
    for seed in 0..<UInt64(40 * soak) {
      var generator = DocumentGenerator(seed: seed)
      let fields = generator.fields(kind)
      let other = generator.fields(kind)
      let source = SourceText(path: Self.path(kind), text: DocumentPrinter.text(kind: kind, fields: fields))
      for name in ["title", "because", "statement", "serves", "friction", "offices", "unit", "x-note", "authority"] {
        guard let value = other[name], Schema.of(kind).field(name) != nil || name == "x-note",
          !(value.list?.isEmpty ?? value.record?.isEmpty ?? false)
        else { continue }
        let result = DocumentEditor.set(source, path: FieldPath(name), node: value)
        guard case .success(let bytes) = result else {
          Issue.record("seed \(seed), \(name): \(result)\n\(value.summaryText.debugDescription)")
          return
        }
        var expected = fields
        expected[name] = value
        let document = DocumentReader.read(SourceText(path: source.path, bytes: bytes)).document
        let difference = Self.difference(document?.meaning ?? Record(), Meaning.of(expected, kind: kind))
        guard difference.isEmpty else {
          Issue.record("seed \(seed), \(name): \(difference)\n\(String(decoding: bytes, as: UTF8.self))")
          return
        }
      }
    }
  }

  @Test func `hostile bytes never trap, and every diagnostic lies within the file`() {
    var random = SeededGenerator(seed: 7)
    let texts = Samples.all.map { ($0.path, Array($0.text.utf8)) }
    for round in 0..<2_000 * soak {
      let (path, original) = random.pick(texts)
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, random.pick(texts).1, &random) }
      let source = SourceText(path: path, bytes: bytes)
      let result = DocumentReader.read(source)
      for diagnostic in result.diagnostics {
        guard let span = diagnostic.location?.span, span.start >= 0, span.end <= bytes.count else {
          Issue.record("round \(round): \(diagnostic)")
          return
        }
      }
      if result.document == nil, !result.hasErrors { Issue.record("round \(round): nothing is told") }
      if round % 4 == 0 { exercise(source, &random) }
    }
  }

  /// Edits whatever it is; an edit gives bytes that are read, or an error.
  private func exercise(_ source: SourceText, _ random: inout SeededGenerator) {
    let path = random.pick([
      "title", "atMost", "offices.board[x]", "rules[r1].route", "friction[a].limit", "x-a", "rules[r9].because",
      "outranks[growth]", "learntFrom.until", "authority",
    ])
    guard let fieldPath = try? Reference(parsing: "value/a.\(path)").path else { return }
    let text = random.pick(["x", "5", "a: b\n# c", "[a, b]", "{person: x}", "2026-01-01"])
    if case .failure(let error) = DocumentEditor.set(source, path: fieldPath, to: text) {
      #expect(!error.diagnostics.isEmpty)
    }
    if case .failure(let error) = DocumentEditor.remove(source, path: fieldPath) { #expect(!error.diagnostics.isEmpty) }
    if case .failure(let error) = DocumentEditor.format(source) {
      #expect(!error.diagnostics.contains { $0.code == "edit-unsafe" }, "\(source.text(Span(0, source.bytes.count)))")
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let index = Int.random(in: bytes.indices, using: &random)
    let end = min(bytes.count, index + Int.random(in: 0...40, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes.removeSubrange(index..<end)
    case 2:
      let start = Int.random(in: other.indices, using: &random)
      bytes.insert(contentsOf: other[start..<min(other.count, start + 60)], at: index)
    case 3: bytes.insert(contentsOf: bytes[index..<end], at: index)
    case 4:
      let pieces = [
        "\t", "&a ", "*a", "- ", ": ", "\r\n", "|", "[", "{", "\"", "'", "!!x ", "? ", "---\n", "\u{85}", "😀", "#",
      ]
      bytes.insert(contentsOf: Array(random.pick(pieces).utf8), at: index)
    default: bytes[index] = UInt8.random(in: 0...255, using: &random)
    }
  }
}
