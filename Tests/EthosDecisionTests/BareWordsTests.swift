import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import Testing

/// What a bare word is, in cells and in cases, and that what is printed of a case can be typed again.
@Suite struct BareWordsTests {
  private func outcome(_ cell: String, _ value: FEELValue, allowed: String, answer: String = "\"hit\"") -> Outcome? {
    let side = Decisions.side(
      DecisionText.text(
        inputs: ["name: s, type: string, allowed: '\(allowed)', nullable: true"],
        outputs: ["name: o, type: string, allowed: '\"hit\", \"else\", \"true\", \"if\"'"],
        rules: "| s | o |\n|---|---|\n| \(cell) | \(answer) |\n| - | else |"))
    var graph = side.graph
    #expect(graph.decision(side.key)?.isUsable == true, "\(cell): \(graph.decision(side.key)?.diagnostics ?? [])")
    return graph.decide(side.key, facts: [("s", value)])?.outcome
  }

  private static let words = "\"true\", \"null\", \"some\", \"unknown\""

  @Test(arguments: [
    ("null", "null", true), ("true", "true", true), ("some", "some", true), ("true, null", "null", true),
    ("not(null)", "null", false), ("not(null)", "true", true), ("unknown, some", "some", true),
    ("? = \"null\"", "null", true), ("? = unknown", "unknown", true), ("\"null\"", "null", true),
  ])
  func `a keyword that is an allowed text is that text as a whole test`(cell: String, text: String, hits: Bool) {
    #expect(outcome(cell, .string(text), allowed: Self.words) == .decided(.string(hits ? "hit" : "else")))
  }

  @Test func `a missing fact is asked for in an expression`() {
    #expect(outcome("null", .null, allowed: Self.words) == .decided(.string("else")))
    #expect(outcome("= null", .null, allowed: Self.words) == .decided(.string("hit")))
    #expect(outcome("? = null", .null, allowed: Self.words) == .decided(.string("hit")))
    #expect(outcome("? = null", .string("null"), allowed: Self.words) == .decided(.string("else")))
    // Where the word is no allowed text it is FEEL's.
    #expect(outcome("null", .null, allowed: "\"a\", \"b\"") == .decided(.string("hit")))
    #expect(outcome("null", .null, allowed: "\"null\", null") == .decided(.string("hit")))
  }

  @Test(arguments: ["true", "if"]) func `an answer that is a keyword is the text`(answer: String) {
    #expect(outcome("-", .null, allowed: Self.words, answer: answer) == .decided(.string(answer)))
  }

  @Test func `a fact that is a keyword is the text where that is allowed`() throws {
    let allowed = try FEELParser.unaryTests(Self.words, names: .none).get()
    #expect(FactText.value("null", .string, allowed: allowed) == .string("null"))
    #expect(FactText.value("\"null\"", .string, allowed: allowed) == .string("null"))
    #expect(FactText.value("true", .string, allowed: allowed) == .string("true"))
    #expect(FactText.value("null", .string) == .null)
    #expect(FactText.value("null", .number, allowed: allowed) == .null)
  }

  @Test func `a text that is printed is read as itself, and shows everything that is in it`() throws {
    var random = SeededGenerator(seed: 6)
    let pieces = [
      "a", "\"", "\\", "'", "\n", "\t", "\u{0}", "\u{1B}", "\u{7F}", " ", "null", "true", "\u{200B}", "\u{202E}", "é",
      "e\u{301}", "\u{E0041}", "\\u0041", "🐎", "\u{A0}", "{", "@\"",
    ]
    for _ in 0..<(2_000 * soakFactor) {
      let text = (0..<Int.random(in: 0...4, using: &random)).map { _ in random.pick(pieces) }.joined()
      let printed = Decision.plain(.string(text))
      #expect(FactText.value(printed, .string) == .string(text), "\(printed)")
      #expect(!printed.unicodeScalars.contains { $0.properties.generalCategory == .control || $0 == "\u{200B}" })
      let literal = FEELText.literal(text)
      #expect(FactText.value(literal, .string) == .string(text), "\(literal)")
      let allowed = try FEELParser.unaryTests(literal, names: .none).get()
      #expect(FactText.value(printed, .string, allowed: allowed) == .string(text), "\(printed)")
    }
  }

  @Test func `a text that may be anything but some has a case`() throws {
    func side(_ answer: String) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: ["name: s, type: string, allowed: 'not(\"other\", \"other 2\")'"],
          outputs: ["name: o, type: number"],
          rules: "| s | o |\n|---|---|\n| \"a\", \"other 3\" | 1 |\n| - | \(answer) |"))
    }
    let difference = try BehaviourComparison.compare(side("2"), side("3"))
    #expect(difference.verdict == .different)
    #expect(difference.regions.map(\.witness) == [[BehaviourRegion.Term("s", "other 4")]])
  }
}
