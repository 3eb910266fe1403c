import Testing

@testable import EthosDiff

@Suite struct SignalTests {
  private static let cases: [(String, String, [String])] = [
    ("We must ask.", "We should ask.", ["obligation: must → should"]),
    ("We never ask twice.", "We always ask twice.", ["obligation: never → always"]),
    ("All clients are asked.", "Some clients are asked.", ["quantifier: all → some"]),
    ("We do ask.", "We don't ask.", ["negation-added: not", "words: do → don't"]),
    ("We do not ask.", "We do ask.", ["negation-removed: not", "words: not → –"]),
    ("Within 30 days.", "Within 1,000.5 days.", ["number: 30 → 1,000.5"]),
    ("From 2026-01-31 on.", "From 2026-02-01 on.", ["date: 2026-01-31 → 2026-02-01"]),
    (
      "We ask.", "We ask. Clients come first of all others!",
      [
        "quantifier: – → all", "sentence-added: Clients come first of all others!",
        "words: – → Clients come first of all others",
      ]
    ),
    ("We ask. Staff come last.", "We ask.", ["sentence-removed: Staff come last.", "words: Staff come last → –"]),
    ("We ask; then we act.", "We ask, then we act.", ["punctuation: the words are the same"]),
    ("We ask.", "We ask.\u{E0049}\u{E0067}", ["hidden-text: – → \\u{e0049}\\u{e0067}"]),
    ("We a\u{200B}sk.", "We a\u{2060}sk.", ["hidden-text: \\u{200b} → \\u{2060}"]),
    ("We ❤️ it;", "We ❤️ it.", ["punctuation: the words are the same"]),
    ("Wir fragen 3 mal.", "Wir fragen 4 mal.", ["number: 3 → 4"]),
    ("", "We may ask.", ["obligation: – → may", "sentence-added: We may ask.", "words: – → We may ask"]),
  ]

  @Test(arguments: cases) func `what to look at in a reworded text`(
    _ before: String, _ after: String, _ expected: [String]
  ) {
    #expect(Signals.between(before, after).map { "\($0.name): \($0.detail)" } == expected)
  }

  @Test func `many new sentences are quoted in part and counted`() {
    let added = (1...9).map { "Sentence of its own with words like w\($0) and v\($0)." }.joined(separator: " ")
    let signals = Signals.between("Nothing alike here.", added).filter { $0.name == "sentence-added" }
    #expect(signals.count == Signals.maximumSentences + 1)
    #expect(signals.last?.detail == "and 4 more")
  }

  @Test func `texts that have little in common are not aligned word by word`() {
    let before = (0..<5_000).map { "a\($0)" }.joined(separator: " ")
    let after = (0..<5_000).map { "b\($0)" }.joined(separator: " ")
    #expect(Signals.between(before, after).allSatisfy { $0.name != "words" })
  }

  @Test func `words are aligned by as few as can be`() {
    let alignment = WordAlignment(["a", "b", "c", "a", "b", "b", "a"], ["c", "b", "a", "b", "a", "c"], maximum: 5)
    #expect(alignment?.removed.count == 3)
    #expect(alignment?.inserted.count == 2)
    #expect(WordAlignment(["a", "b"], ["c", "d"], maximum: 3) == nil)
    #expect(WordAlignment([], ["c"], maximum: 3)?.inserted == [0])
  }
}
