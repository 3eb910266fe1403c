import EthosApp
import EthosModel
import EthosSyntax
import EthosTestSupport
import EthosText
import Foundation
import Testing

/// `ethos schema` and `ethos check` accept the same files: every field of every kind is written in every way that somebody
/// may think of, and a validator of JSON Schema is asked beside our own reader.
///
/// What needs several fields or files is left out of the schema, and of this; so are spellings of numbers that are no digits
/// with a point between them (`010`, `0x0A`, `+5`, `.inf`): a schema sees values.
@Suite struct SchemaAgreementTests {
  @Test(.enabled(if: Self.hasValidator, "python3 has no jsonschema and yaml"), arguments: Kind.allCases)
  func `the schema of a kind and its reader accept the same`(kind: Kind) throws {
    let sample = Self.sample(kind)
    var texts = [sample.text]
    for place in sample.places { texts += Self.spellings.map { sample.replacing(place, with: $0).text } }
    // Two changes at once, of a seeded generator.
    var random = SeededGenerator(seed: 404)
    for _ in 0..<300 {
      var tree = sample
      for _ in 0..<2 {
        let places = tree.places
        guard let place = places.randomElement(using: &random), let text = Self.spellings.randomElement(using: &random)
        else { continue }
        tree = tree.replacing(place, with: text)
      }
      texts.append(tree.text)
    }
    let folder = try TemporaryDirectory()
    let accepted = texts.map { Self.isAccepted($0, kind) }
    #expect(accepted[0], "\(sample.text)")
    try JSONSchema.text(for: kind).write(toFile: "\(folder.path)/schema.json", atomically: true, encoding: .utf8)
    let documents = try JSONSerialization.data(
      withJSONObject: zip(texts, accepted).map { ["text": $0, "accepted": $1] as [String: Any] })
    try documents.write(to: URL(fileURLWithPath: "\(folder.path)/documents.json"))
    let script = "\(EthosProcess.projectFolder)/Tests/Fixtures/json-schema/validate.py"
    let result = try Self.python([script, folder.path])
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  private static let hasValidator = (try? python(["-c", "import jsonschema, yaml"]).status) == 0

  /// Runs the Python of whoever runs the tests.
  private static func python(_ arguments: [String]) throws -> ProgramResult {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try run("/usr/bin/env", ["python3"] + arguments, in: "/", environment: ["PATH": path])
  }

  /// What `check` says of one file by itself.
  private static func isAccepted(_ text: String, _ kind: Kind) -> Bool {
    let path = kind.folder.map { "\($0)/sample.yaml" } ?? Kind.charterPath
    let read = DocumentReader.read(SourceText(path: path, text: text))
    guard !read.diagnostics.contains(where: { $0.severity == .error && !several.contains($0.code.rawValue) }),
      let document = read.document, let day = Day("2026-03-01")
    else { return false }
    let found = Workspace.diagnostics(Snapshot(documents: [document]), on: day)
    // That only a number has a step takes two fields.
    return !found.contains {
      $0.severity == .error && single.contains($0.code.rawValue) && !$0.message.hasPrefix("only a number")
    }
  }

  /// What the reader finds between fields: what a column is about, and names that are two things.
  private static let several: Set<String> = ["unknown-column", "missing-column", "ambiguous-name"]

  /// What is found in one field, and not by the reader of the file.
  private static let single: Set<String> = ["quorum-invalid", "assertion-form", "step-invalid"]

  private static let spellings = [
    "words", "two words", "'quoted words'", "60", "'60'", "-1", "0", "1", "0.5", "1e3", "1_000",
    "true", "True", "FALSE", "'true'", "yes", "no", "null", "~", "Null", "NULL", "'null'", "''", "' '", "\"\\t\"",
    "2026-02-28", "'2026-02-28'", "\"2026-02-28\"", "2026-02-30", "'2024-02-29'", "'2023-02-29'", "1900-02-29",
    "2000-02-29", "0000-01-01", "26-02-01", "2026-2-1", "2026-13-01", "2026-04-31", "1 day", "1 days", "2 days",
    "180 days", "0 days", "99999 days", "100000 days", "P1D", "P1Y", "PT1H", "12:30:00", "2026-02-01T10:00:00Z", "[]",
    "[words]", "[[words]]", "{}", "{a: b}", "{a: 1}", "[null]", "[60]", "[{a: b}]", "a", "a-b_c", "-a", "value/a",
    "limit/a", "limit/a.atMost", "limit/a.unit", "decision/a", "decision/a.b", "\"decision/a.'b c'\"", "decision/a.b.c",
    "'decision/a.rules[r1]'", "limit/a@main", "limit/a.", "limit/", "release/a/1", "release/a/0", "release/a/01",
    "critical", "undecided", "owner", "retired", "active", "unique", "frist", "string", "HEAD", "a/b", "a..b",
    "a b.lock",
    "a.lock", "refs/a", "x-a",
  ]

  // MARK: - Samples

  /// A file as a tree whose leaves are written as they stand.
  indirect enum Tree {
    case scalar(String)
    case list([Tree])
    case map([(String, Tree)])
    /// The table of a decision.
    case table(String)

    var flow: String {
      switch self {
      case .scalar(let text), .table(let text): text
      case .list(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
      case .map(let entries): "{\(entries.map { "\($0.0): \($0.1.flow)" }.joined(separator: ", "))}"
      }
    }

    /// The file: a field a line.
    var text: String {
      guard case .map(let entries) = self else { return flow + "\n" }
      return entries.map { name, value in
        if case .table(let table) = value { return "\(name): |\n\(table)" }
        return "\(name): \(value.flow)\n"
      }.joined()
    }

    /// The ways to all that can be written otherwise: not the file itself, and not a table.
    var places: [[Int]] {
      func below(_ tree: Tree) -> [[Int]] {
        switch tree {
        case .table: []
        case .scalar: [[]]
        case .list(let items): [[]] + items.enumerated().flatMap { index, item in below(item).map { [index] + $0 } }
        case .map(let entries):
          [[]] + entries.enumerated().flatMap { index, item in below(item.1).map { [index] + $0 } }
        }
      }
      return below(self).filter { !$0.isEmpty }
    }

    func replacing(_ place: [Int], with text: String) -> Tree {
      guard let first = place.first else { return .scalar(text) }
      let rest = Array(place.dropFirst())
      switch self {
      case .scalar, .table: return self
      case .list(var items):
        items[first] = items[first].replacing(rest, with: text)
        return .list(items)
      case .map(var entries):
        entries[first].1 = entries[first].1.replacing(rest, with: text)
        return .map(entries)
      }
    }
  }

  /// A file of a kind with every field that the schema has.
  private static func sample(_ kind: Kind) -> Tree {
    let fields = Schema.of(kind).fields.filter { field in
      // A limit has one direction; a living entry is the sample.
      kind != .limit || field.name != "atLeast"
    }
    return .map(fields.map { ($0.name, value($0, [kind.rawValue, $0.name])) })
  }

  private static func value(_ field: FieldSchema, _ path: [String]) -> Tree {
    switch path {
    case ["charter", "ethos"]: return .scalar("1")
    case ["charter", "authority", "quorum"]: return .map([("owner", .scalar("1"))])
    case ["decision", "uses"]:
      return .map([("cap", .scalar("limit/cap")), ("other", .scalar("decision/other.out"))])
    case ["decision", "inputs"]:
      return .list([
        .map([
          ("name", .scalar("x")), ("type", .scalar("number")), ("allowed", .scalar("'[0..10]'")),
          ("step", .scalar("1")),
          ("nullable", .scalar("false")),
        ])
      ])
    case ["decision", "outputs"]:
      return .list([
        .map([
          ("name", .scalar("out")), ("type", .scalar("number")), ("allowed", .scalar("'1, 2'")),
          ("strictest", .scalar("first")),
        ])
      ])
    case ["decision", "rules"]: return .table("  | x | out |\n  |---|-----|\n  | - | 1   |\n")
    case ["decision", "default"]: return .map([("out", .scalar("1"))])
    case ["decision", "assert"]:
      return .list([
        .map([("always", .map([("out", .scalar("1"))])), ("when", .map([("x", .scalar("'> 5'"))]))])
      ])
    case ["decision", "examples"]:
      return .list([.map([("given", .map([("x", .scalar("1"))])), ("expect", .map([("out", .scalar("1"))]))])])
    default: return value(field.type, path)
    }
  }

  private static func value(_ type: FieldType, _ path: [String]) -> Tree {
    switch type {
    case .identifier, .office, .id: .scalar("sample")
    case .line, .prose, .expression, .plain: .scalar("words")
    case .number, .quantity: .scalar("1")
    case .boolean: .scalar("true")
    case .day: .scalar("2026-02-01")
    case .period: .scalar("180 days")
    case .choice(let choices): .scalar(choices[0])
    case .reference(let kinds): .scalar("\(kinds[0].rawValue)/sample")
    case .release: .scalar("release/sample/1")
    case .sequence(let item), .set(let item): .list([value(item, path)])
    case .items(_, let fields, _, _): .list([value(.record(fields), path)])
    case .record(let fields): .map(fields.map { ($0.name, value($0, path + [$0.name])) })
    case .map(let item): .map([("sample", value(item, path))])
    case .rules: .table("")
    }
  }
}
