import EthosTestSupport
import EthosText
import Testing

@Suite struct UnseenTests {
  @Test(arguments: [
    ("a\u{200B}b", "a\\u{200b}b"), ("a\u{E0049}\u{E0067}b", "a\\u{e0049}\\u{e0067}b"),
    ("soft\u{AD}hyphen", "soft\\u{ad}hyphen"),
    ("x\u{FEFF}", "x\\u{feff}"), ("\u{2060}\u{180E}", "\\u{2060}\\u{180e}"), ("a\u{FE00}", "a\\u{fe00}"),
    ("a\u{E0101}", "a\\u{e0101}"), ("\u{2800}\u{3164}\u{115F}\u{FFA0}", "\\u{2800}\\u{3164}\\u{115f}\\u{ffa0}"),
    ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"), ("a\u{200D}b", "a\\u{200d}b"), ("a\u{200C}b", "a\\u{200c}b"),
    ("1\u{FE0F}", "1\\u{fe0f}"), ("\u{1F3F4}\u{E0041}\u{E007F}", "\u{1F3F4}\\u{e0041}\\u{e007f}"),
    ("👩\u{200D}\u{200D}🚀", "👩\\u{200d}\\u{200d}🚀"), ("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}\\u{fe0f}"),
  ])
  func `what nobody sees is shown`(text: String, shown: String) {
    #expect(visibleText(text) == shown)
    #expect(!Unseen.runs(in: text).isEmpty)
  }

  @Test(arguments: [
    "👩‍🚀", "👨‍👩‍👧‍👦", "❤️", "1️⃣", "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "می‌خواهم", "ක්‍ර",
    "क्‍ष", "e\u{301}", "\u{0600}12", "日本", "a\u{A0}b", "👍🏽", "🇬🇧",
  ])
  func `what belongs to what is seen stays`(text: String) {
    #expect(visibleText(text) == text)
    #expect(Unseen.runs(in: text).isEmpty)
  }

  @Test func `a run has its place in bytes`() {
    #expect(Unseen.runs(in: "é\u{200B}\u{E0041}x\u{200B}") == [2..<9, 10..<13])
  }

  @Test(arguments: [
    "", " ", "\n\t", "\u{200B}", "\u{E0041}\u{E007F}", "\u{2800}", "\u{3164}\u{115F}\u{1160}\u{FFA0}", "\u{AD}",
    "\u{202E} \u{2066}", "\u{FE0F}", "\u{200D}", "\u{0}\u{1B}", "\u{A0}\u{3000}\u{2003}", "\u{FEFF}", "\u{1D173}",
  ])
  func `nothing is said where nothing can be seen`(text: String) { #expect(saysNothing(text)) }

  @Test(arguments: ["a", "\u{200B}a", "-", "👍", "❤️", "日", "\u{0600}", "é", "."])
  func `whoever writes something that can be seen says something`(text: String) { #expect(!saysNothing(text)) }

  @Test func `a shown text has nothing unseen in it, and showing it again changes nothing`() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<2_000 {
      let text = HostileText.random(&random)
      let shown = visibleText(text)
      #expect(Unseen.runs(in: shown).isEmpty, "\(text.debugDescription)")
      #expect(visibleText(shown) == shown)
    }
  }
}

@Suite struct TextBytesTests {
  @Test func `marks hide no sign`() {
    #expect("refs/\u{301}x".begins(with: "refs/") && "x\u{0600}'".ends(with: "'") && "a\u{0600}|b".holds("|"))
    #expect("\r\n".holds("\n") && "".holds("") && "a".holds("") && !"".holds("a"))
    #expect(!"é".begins(with: "e") && "e\u{301}".begins(with: "e"))
    #expect("a/\u{301}b//c".parts(at: "/") == ["a", "\u{301}b", "", "c"])
    #expect("a//b/".parts(at: "/", omittingEmpty: true) == ["a", "b"])
    #expect("refs/tags/\u{301}".dropping("refs/tags/").map { Array($0.utf8) } == Array("\u{301}".utf8))
    #expect("a".dropping("b") == nil)
    let halves = "a..\u{301}b..c".cut(around: "..")
    #expect(halves?.before == "a" && halves.map { Array($0.after.utf8) } == Array("\u{301}b..c".utf8))
    #expect("a..b..c".cut(around: "..", atLast: true)?.after == "c" && "abc".cut(around: "..") == nil)
  }

  @Test func `a word stays one word in a shell`() throws {
    var random = SeededGenerator(seed: 32)
    var texts = ["x\u{0600}'; touch pwned; echo \u{0600}'y", "", "-n", "~", "a b", "'", "\u{301}'"]
    for _ in 0..<400 { texts.append(HostileText.random(&random)) }
    let folder = try TemporaryDirectory()
    let command = "printf '%s\\0' \(texts.map(shellWord).joined(separator: " "))"
    let result = try run("/bin/sh", ["-c", command], in: folder.path)
    #expect(result.status == 0 && result.errors.isEmpty)
    let words = result.output.unicodeScalars.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
    #expect(words.map { Array(String($0).utf8) } == texts.map { Array($0.utf8) })
  }
}
