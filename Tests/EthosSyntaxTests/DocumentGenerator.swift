import EthosModel
import EthosTestSupport
import EthosText

/// Makes documents of every kind with hostile texts, by the schema.
struct DocumentGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// Fields of a kind that are valid, with most optional ones present.
  mutating func fields(_ kind: Kind) -> Record {
    var record = record(Schema.of(kind).fields)
    record["id"] = kind == .charter ? nil : .text(id())
    if kind == .charter { record["ethos"] = .number(DecimalNumber(1)) }
    if kind == .limit { record[random.happens(50) ? "atMost" : "atLeast"] = nil }
    if kind == .limit, record["atMost"] == nil, record["atLeast"] == nil { record["atMost"] = .day(day()) }
    if kind == .decision { table(&record) }
    if record["status"]?.text == "retired" { record["since"] = .day(day()) }
    if record["status"]?.text == "retired" { record["because"] = .text(text()) }
    if random.happens(30) { record["x-note"] = plain(depth: 0) }
    if random.happens(20) { record["x-\(id())"] = .text(random.pick(Self.nasty)) }
    return Record(record.entries.shuffled(using: &random))
  }

  private mutating func record(_ fields: [FieldSchema]) -> Record {
    var record = Record()
    for field in fields where field.isRequired || random.happens(70) {
      // The branch of a charter is the name of one, whatever git may be told.
      record[field.name] =
        field.name == "branch"
        ? .text(random.happens(50) ? "trunk" : "in/force-2") : value(field.type, isRequired: field.isRequired)
    }
    return record
  }

  private mutating func value(_ type: FieldType, isRequired: Bool = false) -> Node {
    switch type {
    case .identifier, .office, .id: return .text(id())
    case .line, .expression: return .text(text(lines: 1))
    case .prose: return .text(text())
    case .number: return .number(number())
    case .quantity: return random.happens(70) ? .number(number()) : .day(day())
    case .boolean: return .boolean(random.happens(50))
    case .day: return .day(day())
    case .choice(let choices): return .text(random.pick(choices))
    case .reference(let kinds):
      let kind = random.pick(kinds)
      return .text(kind == .decision ? "decision/\(id()).\(id())" : "\(kind.rawValue)/\(id())")
    case .period: return .text("\(Int.random(in: 2...999, using: &random)) days")
    case .release: return .text("release/\(id())/\(Int.random(in: 1...99, using: &random))")
    case .sequence(let item), .set(let item):
      return .list((0..<count(isRequired)).map { _ in value(item) })
    case .items(let key, let fields, _, _):
      var keys: Set<String> = []
      let items = (0..<count(isRequired)).map { _ in record(fields) }
      return .list(items.filter { keys.insert(Prose.collapsed($0[key]?.text ?? "")).inserted }.map { .record($0) })
    case .record(let fields): return .record(record(fields))
    case .map(let item): return map(item, isRequired)
    case .rules, .plain: return .list([])
    }
  }

  private mutating func map(_ item: FieldType, _ isRequired: Bool) -> Node {
    var record = Record()
    let isOfOffices: Bool =
      switch item {
      case .items, .number: true
      default: false
      }
    for _ in 0..<count(isRequired) {
      let name = isOfOffices ? id() : Prose.collapsed(name())
      record[name] = value(item, isRequired: true)
    }
    return .record(record)
  }

  private mutating func plain(depth: Int) -> Node {
    switch Int.random(in: 0..<(depth > 3 ? 2 : 4), using: &random) {
    case 0, 1: return .text(random.happens(20) ? "" : text())
    case 2: return .list((0..<count(false)).map { _ in plain(depth: depth + 1) })
    default:
      var record = Record()
      for _ in 0..<count(false) { record[Prose.collapsed(name())] = plain(depth: depth + 1) }
      return .record(record)
    }
  }

  private mutating func table(_ fields: inout Record) {
    func columns(_ prefix: String, _ count: Int, _ generator: inout DocumentGenerator) -> [String] {
      (0..<count).map { "\(prefix)\($0) \(Prose.collapsed(generator.name()))" }
    }
    let inputs = columns("i", Int.random(in: 1...3, using: &random), &self)
    let outputs = columns("o", Int.random(in: 1...2, using: &random), &self)
    func items(_ names: [String]) -> Node {
      .list(names.map { .record(Record(["name": .text($0), "type": .text("string")])) })
    }
    fields["inputs"] = items(inputs)
    fields["outputs"] = items(outputs)
    fields["uses"] = .record(Record(["u \(id())": .text("limit/\(id())")]))
    let rules: [Node] = (0..<Int.random(in: 1...5, using: &random)).map { index in
      var rule = Record()
      if random.happens(70) { rule["id"] = .text("r\(index)") }
      for name in inputs + outputs where random.happens(70) { rule[name] = .text(cell()) }
      if random.happens(50) { rule["enacts"] = .list((0..<count(true)).map { _ in .text(id()) }) }
      if random.happens(50) { rule["because"] = .text(cell()) }
      return .record(rule)
    }
    fields["rules"] = .list(rules)
  }

  private mutating func count(_ isRequired: Bool) -> Int { Int.random(in: (isRequired ? 1 : 0)...3, using: &random) }

  mutating func id() -> String {
    random.pick(["a", "no", "1", "null", "x-1", "client-risk", "A_b", "true", "2026-01-01"])
      + (random.happens(60) ? "-\(Int.random(in: 0...99, using: &random))" : "")
  }

  mutating func number() -> DecimalNumber {
    DecimalNumber(random.pick(["0", "-5", "60", "0.05", "1e3", "99999999999999999999.5", "-0.000001"]))
      ?? DecimalNumber(0)
  }

  mutating func day() -> Day { Day(daysSinceEpoch: Int.random(in: -700_000...2_900_000, using: &random)) }

  /// A free name: one line that is not empty.
  mutating func name() -> String {
    random.pick([
      "risk score", "é", "a: b", "it's", "\"q\"", "# c", "- x", "true", "~", "<<", "{a}", "a|b", "? x", "😀", "a\\",
    ])
      + (random.happens(40) ? " \(Int.random(in: 0...99, using: &random))" : "")
  }

  /// Text that says something, of pieces that YAML, Markdown or tables could take for their own.
  mutating func text(lines: Int = 4) -> String {
    var text = ""
    for line in 0..<Int.random(in: 1...lines, using: &random) {
      if line > 0 { text += random.pick(["\n", "\n\n", "\n  ", "\n    ", "\n\n\n"]) }
      for piece in 0..<Int.random(in: 1...3, using: &random) {
        if piece > 0 { text += random.pick([" ", "  ", "", ": ", " #", ", "]) }
        text += random.pick(Self.nasty.filter { lines > 1 || !$0.utf8.contains(0x0A) })
      }
    }
    return saysNothing(text) ? "text" : text
  }

  /// Text that a table can hold, which has no escapes.
  private mutating func cell() -> String {
    let scalars = text(lines: 1).unicodeScalars.filter { !["\u{2028}", "\u{FEFF}", "\r", "\n"].contains($0) }
    let cell = Prose.collapsed(String(String.UnicodeScalarView(scalars)))
    // A cell of one dash is an empty one.
    return cell == "-" ? "--" : cell
  }

  static let nasty = [
    "a", "no", "2024", "~", "null", "true", "it's", "\"quoted\"", "a: b", "a:", ": a", "#c", "# c", "- x", "-", "--- x",
    "...", "? y", "|", "a|b", "\\|", "\\", "a\\", ">", "> 5", "[0..100]", "{x: y}", "*a", "&a", "!t", "%d", "@a", "`b`",
    "'", "\"", "😀", "é", "\u{301}x", "日本", "  lead", "trail  ", "\ttab", "a\tb", "```\ncode: |\n  x\n```",
    "1. one\n   - two", "| a | b |\n|---|---|\n| 1 | 2 |", "\u{A0}", "\u{2028}", "\u{FEFF}", "x\u{200B}y",
    "http://a.example/?q=1#f", "12:30", "0x1F", "=", "<<", "a,b", "]", "}", "key?", "\r", "x\r\ny", "$a", "end.",
    String(repeating: "long words ", count: 30), String(repeating: "x", count: 300),
  ]
}
