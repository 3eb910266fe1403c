import EthosReport
import Testing

@Suite struct WordDiffTests {
  private func marked(_ before: String, _ after: String, context: Int = 12, bound: Int = 1_000) -> String {
    TextRenderer(width: 500).text([.diff(WordDiff(before: before, after: after, context: context, bound: bound))])
      .split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
  }

  @Test(arguments: [
    ("We must check.", "We should check.", "We [-must-]{+should+} check."),
    ("We check.", "We check twice.", "We [-check.-]{+check twice.+}"),
    ("We always check.", "We check.", "We [-always-] check."),
    ("", "New words", "{+New words+}"),
    ("Old words", "", "[-Old words-]"),
    ("a b c", "a b c", ""),
    ("a  b\tc", "a b c", ""),
    // Composed and decomposed letters are different scalars.
    ("caf\u{E9}", "cafe\u{301}", "[-caf\u{E9}-]{+cafe\u{301}+}"),
  ])
  func `words that differ are marked`(before: String, after: String, expected: String) {
    #expect(marked(before, after) == expected)
  }

  @Test func `unchanged sentences are left out, and the changed one is whole`() {
    let before = "First things first. We take every client. Nothing else changes. Last words stay."
    let after = "First things first. We take every second client. Nothing else changes. Last words stay."
    #expect(marked(before, after) == "… We take every {+second+} client. …")
  }

  @Test func `two changes far apart stand on lines of their own`() {
    let middle = "One thing stays. Another thing stays. "
    #expect(
      marked("We take all. \(middle)We pay well.", "We take few. \(middle)We pay badly.")
        == "We take [-all.-]{+few.+} …\nWe pay [-well.-]{+badly.+}")
  }

  @Test func `a long sentence is cut around its change`() {
    let words = (1...30).map { "w\($0)" }
    let before = words.joined(separator: " ")
    let after = (words[..<14] + ["new"] + words[15...]).joined(separator: " ")
    #expect(marked(before, after, context: 2) == "… w13 w14 [-w15-]{+new+} w16 w17 …")
  }

  @Test func `a broken paragraph is a change`() {
    #expect(marked("One two.\nThree four.", "One two. Three four.") == "One two. [-¶-]\nThree four.")
  }

  @Test func `single words between changes join them`() {
    #expect(
      marked("take the weak and meek", "leave a strong and proud")
        == "[-take the weak and meek-]{+leave a strong and proud+}")
  }

  @Test func `text that looks like a mark is no mark`() {
    #expect(marked("a [-b-] {+c+} x", "a [-b-] {+c+} y") == #"a [\-b-\] {\+c+\} [-x-]{+y+}"#)
  }

  @Test func `beyond the bound all between the common ends is replaced`() {
    let before = "start a x b y c z end"
    let after = "start a 1 b 2 c 3 end"
    #expect(marked(before, after, bound: 3) == "start a [-x b y c z-]{+1 b 2 c 3+} end")
  }

  /// What the marks say must lead from one text to the other, and no shorter way may exist.
  @Test(arguments: 0..<200) func `taking the marks away gives back both texts`(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ limit: UInt64) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % limit)
    }
    func text() -> [String] { (0..<next(12)).map { _ in ["a", "b", "c"][next(3)] } }
    let (before, after) = (text(), text())
    let difference = WordDiff(before: before.joined(separator: " "), after: after.joined(separator: " "), context: 100)
    guard before != after else {
      #expect(difference.isEmpty)
      return
    }
    var sides: (before: [Substring], after: [Substring]) = ([], [])
    for segment in difference.segments {
      switch segment {
      case .same(let text):
        sides.before += text.split(separator: " ")
        sides.after += text.split(separator: " ")
      case .removed(let text): sides.before += text.split(separator: " ")
      case .added(let text): sides.after += text.split(separator: " ")
      case .omitted, .lineBreak: Issue.record("nothing may be left out")
      }
    }
    #expect(sides.before.map(String.init) == before)
    #expect(sides.after.map(String.init) == after)
  }
}
