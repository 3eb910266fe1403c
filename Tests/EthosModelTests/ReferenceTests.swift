import EthosModel
import EthosTestSupport
import Testing

@Suite struct ReferenceTests {
  @Test(arguments: [
    "charter", "charter.authority", "value/prudence", "limit/client-risk.atMost", "decision/onboarding@2025-03-01",
    "decision/onboarding.rules[r1].'risk score'", "value/a.friction[slower onboarding].limit@release/renewal-2026/1",
    "person/omar-reyes.'it''s'", "value/a.'b''\u{301}'", "value/a.friction['''\u{301}']", "value/a.x-note@HEAD~2@{1}",
    "value/a.friction['a]b']",
  ])
  func `a reference is written as it was read`(text: String) throws {
    #expect(try Reference(parsing: text).description == text)
  }

  @Test func `any path is read as it was written`() throws {
    var random = SeededGenerator(seed: 1)
    let pieces = ["a", "risk score", "'", "''", ".", "[", "]", "@", "é", "\u{301}", "\n", "\\", "|", "1", "-"]
    for _ in 0..<2_000 {
      func text() -> String {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in random.pick(pieces) }.joined()
      }
      let segments = (0..<Int.random(in: 0...4, using: &random)).map { index in
        index > 0 && random.happens(40) ? FieldPath.Segment.item(text()) : .name(text())
      }
      let reference = Reference(
        EntryKey(.value, "a"), path: FieldPath(segments), revision: random.happens(30) ? text() : nil)
      #expect(try Reference(parsing: reference.description) == reference)
    }
  }

  @Test func `a reference has a kind, an id, a path and a revision`() throws {
    let reference = try Reference(parsing: "decision/onboarding.rules[r1].'risk score'@main")
    #expect(reference.key == EntryKey(.decision, "onboarding"))
    #expect(reference.path.segments == [.name("rules"), .item("r1"), .name("risk score")])
    #expect(reference.revision == "main")
  }

  @Test func `an at sign within quotes divides nothing`() throws {
    let reference = try Reference(parsing: "decision/a.'b@c'@d")
    #expect(reference.path.segments == [.name("b@c")])
    #expect(reference.revision == "d")
  }

  @Test(arguments: [
    ("valu/prudence", "did you mean `value`?"), ("rule/x", "the kinds are charter, value"),
    ("value", "write `value/ID`"), ("value/", "an id is letters"), ("value/-a", "an id is letters"),
    ("value/a b", "an id is letters"), ("value/../etc", "an id is letters"), ("value/a@", "name a revision"),
    ("value/a.", "the form is"), ("value/a[b", "write `[KEY]`"), ("value/a.'b", "write `'NAME'`"),
    ("value/a]", "an id is letters"), ("charter/x", "the form is"), ("", "the kinds are"),
  ])
  func `what is no reference is refused with help`(text: String, help: String) {
    #expect {
      try Reference(parsing: text)
    } throws: { error in
      (error as? Reference.ParseError)?.help.hasPrefix(help) ?? false
    }
  }
}
