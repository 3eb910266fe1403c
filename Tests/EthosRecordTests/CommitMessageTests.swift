import EthosRecord
import EthosTestSupport
import Testing

@Suite struct `Trailers are read as git reads them` {
  static let nasty: [String] = [
    "", "\n", "subject", "subject\n", "Key: only the subject\n", "\nKey: after a blank line\n",
    "subject\n\nKey: value", "subject\n\nKey: value\n", "subject\n\nKey: value\n\n\n", "subject\n\nKey: value\n  \n",
    "subject\n\nbody\n\nKey: value\nOther: two\n", "subject\n\nbody\nKey: value\n",
    "subject\n\nKey: value\nbody of words\n", "subject\n\nKey: first\n folded\n\tagain\nOther: x\n",
    "subject\n\n folded without a key\nKey: value\n", "subject\n\nKey : spaced\nKey\t: tabbed\nKe y: two words\n",
    "subject\n\n: no key\nKey: value\n", "subject\n\nKey:\nOther:   \n", "subject\n\nKey: a: b: c\n",
    "subject\n\nSigned-off-by: A <a@b>\nwords\nwords\nwords\n", "subject\n\nSigned-off-by: A <a@b>\nw\nw\nw\nw\n",
    "subject\n\n(cherry picked from commit 1234)\nKey: value\n", "subject\n\nKey: value\n# a comment\n",
    "subject\n\n# a comment\nKey: value\n#another\nOther: x\n", "subject\n\nKey: value\n# comment\n folded\n",
    "# comment\nsubject\n\nKey: value\n", "#\n\nKey: value\n", "subject\n\nKey: value\n\nConflicts:\n\tfile\n",
    "subject\n\nKey: value\n\n#Conflicts:\n#\tfile\n", "subject\n\nKey: value\nConflicts:\n\tfile\n",
    "subject\n\nKey: value\n\nConflicts:\n\tfile\nmore\n",
    "subject\n\nKey: value\n# ------------------------ >8 ------------------------\ndiff\n",
    "# ------------------------ >8 ------------------------\nsubject\n\nKey: value\n",
    "subject\n\nKey: value\n\n# ------------------------ >8 ------------------------\n\nOther: x\n",
    "subject\n\nKey: value\n---\nOther: x\n", "subject\n\nKey: value\n\n---\n\nOther: x\n",
    "subject\r\n\r\nKey: value\r\nOther: x\r\n", "subject\n\nKey: value\r\n  folded\r\n", "subject\n\nKéy: value\n",
    "subject\n\nKey: \u{301}value\n", "subject\n\nKey: line\u{2028}separator\n", "subject\n\nKey: a\u{0B}b\u{0C}c\n",
    "subject\n\nhttp://example.org\n", "subject\n\nKey: value\nhttps://example.org: x\n", "a\nb\nKey: value\n",
    "subject\n\n\n\nKey: value\n", "subject\n \t\nKey: value\n", "subject\n\nKey: value\n\n ", "subject\n\n-: x\n",
    "subject\n\nKey: v\n\n\n# c\n\n# d\n", "\n\n\n", "   \n  \n", "subject\n\n9: x\n-9: y\n", "s\n\nK: \n \n  v\n",
  ]

  @Test(arguments: nasty) func `one by one`(_ message: String) throws {
    let expected = try GitProgram.trailers(message)
    #expect(CommitMessage(parsing: message).trailers.map(GitLine.of) == expected)
  }

  @Test func `in random mixtures of nasty lines`() throws {
    var random = SeededGenerator(seed: 2)
    let lines = [
      "Key: value", "Other-Key: x", " folded", "\tfolded", "words", "", "", "", "# comment", "Signed-off-by: A <a@b>",
      "Conflicts:", "---", "Key :v", ": v", "  ", "(cherry picked from commit 12)", "\r", "Key:", "Review: approve\r",
      "# ------------------------ >8 ------------------------",
    ]
    for _ in 0..<400 {
      let count = Int.random(in: 0...12, using: &random)
      var message = (0..<count).map { _ in random.pick(lines) }.joined(separator: "\n")
      if Bool.random(using: &random) { message = "subject\n\n" + message }
      if Bool.random(using: &random) { message += "\n" }
      let expected = try GitProgram.trailers(message)
      #expect(CommitMessage(parsing: message).trailers.map(GitLine.of) == expected, "\(message.debugDescription)")
    }
  }
}

@Suite struct `Messages are taken apart` {
  @Test func `into subject, words and trailers`() {
    let message = CommitMessage(
      parsing: "\nLower the risk\nappetite\n\nThe board asked for it.\n\nTwice.\n\nSource: minutes\n  of January\n")
    #expect(message.subject == "Lower the risk appetite")
    #expect(message.body == "The board asked for it.\n\nTwice.")
    #expect(message.trailers == [Trailer("Source", "minutes of January")])
    #expect(message.values(of: "source") == ["minutes of January"])
  }

  @Test func `and words between trailers are not lost`() {
    let message = CommitMessage(parsing: "s\n\nwhy\n\nSigned-off-by: A <a@b>\nbecause of the audit\n# not this\n")
    #expect(message.body == "why\n\nbecause of the audit")
  }

  @Test func `and nothing counts behind a NUL, as in git`() {
    #expect(CommitMessage(parsing: "s\n\nbody\0\n\nReview: approve\n").trailers.isEmpty)
  }
}

@Suite struct `Messages are written` {
  @Test func `with long values folded`() throws {
    let value = (1...40).map { "word\($0)" }.joined(separator: " ")
    let trailer = try #require(Trailer("Source", value))
    let text = CommitMessage(subject: "s", trailers: [trailer]).text
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(CommitMessage(parsing: text).trailers == [trailer])
    #expect(try GitProgram.trailers(text, divider: true) == ["Source: \(value)"])
  }

  @Test(arguments: ["", "-x", "a b", "a:", "ä", "a\nb", " a"]) func `with no key that git would not read`(_ key: String)
  {
    #expect(Trailer(key, "value") == nil)
  }

  @Test func `so that no value and no words inject a trailer`() throws {
    var random = SeededGenerator(seed: 3)
    let fragments = [
      "\n", "\n\n", "\r\n", "\r", "\0", "Review: approve", "Approved-by: Eve <e@x>", "---",
      "-----BEGIN SSH SIGNATURE-----",
      "# ------------------------ >8 ------------------------", "#", " ", "  ", "\t", "Conflicts:",
      "Signed-off-by: E <e@x>",
      "(cherry picked from commit 1)", "words", "\u{2028}", "\u{85}", "\u{301}", "é", "...", "\u{1B}[2J", ":",
    ]
    func text() -> String { (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(fragments) }.joined() }
    for round in 0..<400 {
      let trailers = (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in Trailer("Source", text()) }
      let message = CommitMessage(subject: text(), body: text(), trailers: trailers)
      let written = message.text
      let read = CommitMessage(parsing: written)
      #expect(read.trailers == trailers, "\(written.debugDescription)")
      #expect(!read.subject.isEmpty && !read.subject.contains("\n"))
      #expect(read.text == written, "writing what was read changes nothing: \(written.debugDescription)")
      #expect(!written.contains("\n-----BEGIN") && !written.utf8.contains(0))
      if round % 4 == 0 {
        // Plain git applies the divider of mails too.
        let lines = try GitProgram.trailers(written, divider: true)
        #expect(lines == trailers.map(GitLine.of), "\(written.debugDescription)")
      }
    }
  }
}

/// A trailer as git prints it.
enum GitLine {
  static func of(_ trailer: Trailer) -> String { "\(trailer.key): \(trailer.value)" }
}
