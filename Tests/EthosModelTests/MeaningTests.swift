import EthosModel
import EthosTestSupport
import EthosText
import Testing

@Suite struct ExpressionTests {
  @Test(arguments: [
    ("> 17", ">17"), ("[ 0 .. 100 ]", "[0 .. 100]"), ("\"a  b\"  ,  \"c\"", "\"a  b\",\"c\""),
    ("client  risk", "client risk"),
    (" not( 1 , 2 ) ", "not(1,2)"), ("a\n+\tb", "a + b"), ("\"say \\\"a  b\\\"\"  = c", "\"say \\\"a  b\\\"\"=c"),
    ("\"open  ", "\"open  "), ("", ""), ("  ", ""), ("a\u{A0}b", "a b"),
    // Two signs stay two.
    ("a <  = b", "a< =b"), (">  = 1", "> =1"), ("! =1", "! =1"), ("= = 1", "= =1"), ("a - > b", "a - >b"),
    ("a  <= b", "a<=b"), ("> - 5", ">- 5"), ("1 / / 2", "1 / / 2"), ("2 * * 3", "2 * * 3"),
    // Where a comment stands, the text is left as it is: a quote in it begins no string.
    ("/* the \"list */ \"North  Korea\" /* end\" */", "/* the \"list */ \"North  Korea\" /* end\" */"),
    ("a  // b\n  c", "a  // b\n  c"), ("\"//\"  ,  b", "\"//\",b"), ("\"/*\"  =  1", "\"/*\"=1"),
    (" \"open  , b", "\"open  , b"),
  ])
  func `white space counts in texts alone`(text: String, canonical: String) {
    #expect(Expression.canonical(text) == canonical)
  }

  @Test(arguments: 0..<300) func `a canonical expression is its own`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      " ", "  ", "\t", "a", "\"", "\\", "<", "=", "(", ")", "[", "]", ",", "..", "1", "\u{A0}", "é", "/", "*", "\n",
      "-", "!",
    ]
    let text = (0..<Int.random(in: 0...15, using: &random)).map { _ in random.pick(pieces) }.joined()
    let canonical = Expression.canonical(text)
    #expect(Expression.canonical(canonical) == canonical, "\(text.debugDescription)")
  }
}

@Suite struct MeaningTests {
  @Test(arguments: Kind.allCases, 0..<60)
  func `a meaning is its own, and the order in which things are written does not count`(kind: Kind, seed: UInt64) {
    var generator = RecordGenerator(seed: seed)
    let fields = generator.record(Schema.of(kind).fields)
    let meaning = Meaning.of(fields, kind: kind)
    #expect(Meaning.of(meaning, kind: kind) == meaning)
    // Records compare regardless of order, fingerprints would not: the entries must stand in the same order too.
    #expect(Meaning.of(meaning, kind: kind).entries.map(\.name) == meaning.entries.map(\.name))
    let shuffled = generator.shuffled(fields, Schema.of(kind).fields)
    #expect(Meaning.of(shuffled, kind: kind) == meaning)
  }

  @Test(arguments: [
    (Kind.value, "status", Node.text("active")), (.decision, "hitPolicy", .text("unique")),
    (.value, "serves", .list([])),
    (.charter, "branch", .text("main")), (.charter, "signatures", .text("optional")),
    (.value, "statement", .text(" \n")),
    (.exception, "when", .record(Record())),
  ])
  func `what says no more than its absence is left out`(kind: Kind, field: String, value: Node) {
    var fields = Record(["title": .text("A")])
    let without = Meaning.of(fields, kind: kind)
    fields[field] = value
    #expect(Meaning.of(fields, kind: kind) == without)
  }

  @Test(arguments: [
    ("first", true), ("rule order", true), ("collect", true), ("priority", true), ("output order", true),
    ("unique", false), ("any", false), ("collect sum", false), ("collect min", false), ("collect max", false),
    ("collect count", false),
    // What is no policy says nothing of its rules, so none of it is taken for the same.
    ("colect", true),
  ])
  func `the order of rules counts where the hit policy says so`(policy: String, counts: Bool) {
    func meaning(_ ids: [String]) -> Record {
      let rules = ids.map { Node.record(Record(["id": .text($0), "x": .text(">1")])) }
      return Meaning.of(Record(["hitPolicy": .text(policy), "rules": .list(rules)]), kind: .decision)
    }
    #expect((meaning(["a", "b"]) != meaning(["b", "a"])) == counts)
  }

  @Test func `texts that look alike and have other bytes are not the same`() {
    #expect(Node.text("é") != Node.text("e\u{301}"))
    #expect(Record(["é": .text("x")]) != Record(["e\u{301}": .text("x")]))
  }

  @Test func `two files of one id are an error, and the first by path is kept`() {
    func document(_ path: String) -> Document {
      Document(
        key: EntryKey(.value, "a"), path: path, fields: Record(["id": .text("a"), "title": .text(path)]),
        source: SourceText(path: path, text: "id: a\n"))
    }
    let snapshot = Snapshot(documents: [document("values/b.yaml"), document("values/a.yaml")])
    #expect(snapshot.diagnostics.map(\.code) == ["duplicate-id"])
    #expect(snapshot.diagnostics.first?.location?.file == "values/b.yaml")
    #expect(snapshot[EntryKey(.value, "a")]?.path == "values/a.yaml")
    #expect(snapshot.hasErrors)
  }
}

/// Fields of every type, written with the jitter that people leave.
private struct RecordGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func record(_ fields: [FieldSchema]) -> Record {
    var result = Record()
    for field in fields where field.isRequired || random.happens(60) { result[field.name] = node(field.type) }
    if random.happens(20) { result["x-note"] = .text("as  it is") }
    return result
  }

  private mutating func node(_ type: FieldType) -> Node {
    switch type {
    case .identifier, .office, .id: .text(random.pick(["a", "b", "c"]))
    case .line: .text(random.pick(["one", " one  two ", "é", "one\u{A0}two"]))
    case .prose: .text(random.pick(["- a\n- b", "one\ntwo", "  one\n\ntwo ", "> q\n> r", "```\nx  \n```\n", " "]))
    case .expression: .text(random.pick(["> 1", ">1", "\"a  b\"", "-", "[ 1 .. 2 ]", ""]))
    case .number, .quantity: .number(random.pick([DecimalNumber(1), DecimalNumber(20)]))
    case .boolean: .boolean(random.happens(50))
    case .day: .day(Day(daysSinceEpoch: Int.random(in: 0...3, using: &random)))
    case .choice(let choices): .text(random.pick(choices))
    case .reference(let kinds): .text("\(random.pick(kinds))/\(random.pick(["a", "b"]))")
    case .release: .text("release/a/1")
    case .period: .text(random.pick(["1 day", "30 days", "365 days"]))
    case .sequence(let item), .set(let item): list { generator in generator.node(item) }
    case .items(let key, let fields, _, _): keyed(list { generator in .record(generator.record(fields)) }, key)
    case .record(let fields): .record(record(fields))
    case .map(let value):
      .record(
        Record(["one", "two words", "é"].filter { _ in random.happens(60) }.map { Record.Entry($0, node(value)) }))
    case .rules: keyed(list { generator in .record(generator.rule()) }, "id")
    case .plain: .list([.text("b"), .text("a")])
    }
  }

  private mutating func rule() -> Record {
    var rule = record(RuleColumn.annotations)
    for column in ["route", "risk score"] { rule[column] = node(.expression) }
    return rule
  }

  private mutating func list(_ item: (inout Self) -> Node) -> Node {
    .list((0..<Int.random(in: 0...4, using: &random)).map { _ in item(&self) })
  }

  /// Items known by a key have one each.
  private func keyed(_ list: Node, _ key: String) -> Node {
    .list(
      (list.list ?? []).enumerated().map { index, item in
        var record = item.record ?? Record()
        record[key] = .text("k\(index)")
        return .record(record)
      })
  }

  /// The same fields with their keys, and what is unordered, in another order.
  mutating func shuffled(_ record: Record, _ fields: [FieldSchema]) -> Record {
    var entries = record.entries.map { entry in
      let type = fields.first { $0.name == entry.name }?.type ?? .plain
      return Record.Entry(entry.name, shuffled(entry.value, type))
    }
    entries.shuffle(using: &random)
    return Record(entries)
  }

  private mutating func shuffled(_ node: Node, _ type: FieldType) -> Node {
    switch (type, node.content) {
    case (.set(let item), .list(let items)):
      return .list((items.map { shuffled($0, item) } + items.prefix(1)).shuffled(using: &random))
    case (.items(_, let fields, let isOrdered, _), .list(let items)):
      let items = items.map { Node.record(shuffled($0.record ?? Record(), fields)) }
      return .list(isOrdered ? items : items.shuffled(using: &random))
    case (.record(let fields), .record(let record)): return .record(shuffled(record, fields))
    case (.map(let value), .record(let record)):
      return .record(
        Record(record.entries.map { Record.Entry($0.name, shuffled($0.value, value)) }.shuffled(using: &random)))
    case (.rules, .list(let rules)):
      return .list(rules.map { Node.record(shuffled($0.record ?? Record(), RuleColumn.annotations)) })
    default: return node
    }
  }
}
