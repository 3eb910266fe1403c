import EthosModel
import EthosTestSupport
import Testing

@Suite struct FieldPathTests {
  @Test(arguments: 0..<300) func `any path is read as it is written`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = ["a", "risk score", "it's", "x.y", "[", "]", "@", "'", "''", "é", "a\nb", "-", "r1", "\u{301}", " "]
    let segments: [FieldPath.Segment] = (0..<Int.random(in: 1...4, using: &random)).map { _ in
      let name = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick(words) }.joined()
      return random.happens(50) ? .name(name) : .item(name)
    }
    let reference = Reference(EntryKey(.value, "a"), path: FieldPath(segments))
    #expect(try Reference(parsing: reference.description) == reference, "\(reference)")
  }

  @Test(arguments: [
    ("ethos.yaml", Kind.charter), ("values/a.yaml", .value), ("values/x/y/a.yaml", .value), ("people/a.yaml", .person),
    ("values/a.yml", nil), ("value/a.yaml", nil), ("a.yaml", nil), ("values.yaml", nil), ("sub/ethos.yaml", nil),
    ("values/OUTLINE.md", nil), ("", nil),
    // A mark behind the slash is no part of it.
    ("values/\u{301}a.yaml", .value), ("values\u{301}/a.yaml", nil), ("values/a.yaml\u{301}", nil),
  ])
  func `the folder gives the kind`(path: String, kind: Kind?) {
    #expect(Kind(path: path) == kind)
  }

  @Test func `an id is letters, digits, dashes and underscores`() {
    for id in ["a", "A1", "0", "a-b_c", String(repeating: "a", count: 200)] { #expect(EntryKey.isID(id), "\(id)") }
    for text in ["", "-a", "_a", "a b", "a.b", "a/b", "é", "a\n", "..", String(repeating: "a", count: 201)] {
      #expect(!EntryKey.isID(text), "\(text)")
    }
  }

  @Test(arguments: [
    ("x", Node.text("1")), ("x.'two words'", .text("2")), ("friction[slow].limit", .text("limit/a")),
    ("outranks[growth]", .text("growth")), ("outranks[none]", nil), ("friction[fast]", nil), ("x.y.z", nil),
    ("friction.accept", nil), ("", .record(Record())),
  ])
  func `a value is found at its path`(path: String, expected: Node?) throws {
    let fields = Record([
      "x": path == "x" ? .text("1") : .record(Record(["two words": .text("2"), "y": .text("3")])),
      "friction": .list([.record(Record(["accept": .text("slow"), "limit": .text("limit/a")]))]),
      "outranks": .list([.text("growth")]),
    ])
    let reference = try Reference(parsing: path.isEmpty ? "value/a" : "value/a.\(path)")
    let found = fields.value(at: reference.path, in: .value)
    #expect(path.isEmpty ? found == .record(fields) : found == expected)
  }
}
