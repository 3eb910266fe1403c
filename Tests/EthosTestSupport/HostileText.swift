/// Texts that somebody wrote to be taken for something else: signs of other languages, each hidden from whoever compares
/// characters by marks around it, and characters that nobody sees.
package enum HostileText {
  private static let signs = [
    "'", "\"", "`", "|", "\\", "<", ">", "&", ";", "--", "/*", "*/", "//", "$(", "${", "$x", "!", "#", "@", "[", "](u)",
    "*",
    "_", "~~~", "```", "{", "}", "%", "=", "..", "/", ":", "</constitution>", "<img src=x>", "@octocat", "#1", "a#1",
    "- ", "1. ", "> ", "---", "\n", "\r", "\r\n", "\t", " ", "  ",
  ]
  private static let hidden = [
    "\u{0600}", "\u{06DD}", "\u{301}", "\u{200D}", "\u{200B}", "\u{200C}", "\u{2060}", "\u{FE0F}", "\u{FE00}",
    "\u{202E}",
    "\u{2066}", "\u{AD}", "\u{E0041}", "\u{E007F}", "\u{3164}", "\u{2800}", "\u{1B}", "\u{7F}", "\u{85}", "\u{2028}",
    "\u{FEFF}", "\u{E0100}",
  ]
  private static let words = ["a", "drop table cases", "é", "e\u{301}", "日本", "👩‍🚀", "❤️", "مه‌ر", "0", "x y"]

  package static func random(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...8, using: &random)
    return (0..<count).map { _ in
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1, 2: random.pick(hidden) + random.pick(signs)
      case 3: random.pick(signs) + random.pick(hidden)
      case 4: random.pick(signs)
      default: random.pick(words)
      }
    }.joined()
  }
}
