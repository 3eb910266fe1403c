import EthosDiff
import EthosReport
import EthosText
import Testing

@Suite struct TextRendererTests {
  private let sample: [Block] = {
    var blocks: [Block] = []
    blocks.title("Changes of \("Northgate", .name)")
    blocks.paragraph(
      "A paragraph of running text that is long enough to be broken over lines, with \(Level.critical) in it. Type \("ethos show limit/client-risk", .command) to see more."
    )
    blocks.section("\("limit/client-risk", .reference)")
    blocks.list([
      Item(.changed, "\("atMost", .name): \("60", .removed) → \("55", .added)"),
      Item(
        .added, "an item with blocks of its own",
        [
          .quote("Why it is so.\n\n- one point of some length, which is broken\n- another"),
          .diff(WordDiff(before: "We must check.", after: "We should check.")),
        ]),
      Item(.warning, "a warning"),
    ])
    blocks.facts([Fact("owner", "chief-risk-officer"), Fact("none", ""), Fact("approved by", "Jane Doe and Ada Obi")])
    blocks.table(
      ["rule", Table.Column("share", .right), "never used", "because"],
      [
        ["\("r1", .reference)", "7/42", "", "a person decides"], ["r12", "1", "", "漢字 and 👍🏽 are wide"],
      ])
    blocks.blank()
    blocks.prose("Prose as written:\n\n```\nlet code = \"is never broken over lines, whatever the width may be\"\n```")
    return blocks
  }()

  @Test func `a report at 80 columns`() {
    #expect(
      TextRenderer(width: 80).text(sample) == """
        Changes of Northgate

        A paragraph of running text that is long enough to be broken over lines, with
        [critical] in it. Type ethos show limit/client-risk to see more.

        limit/client-risk
          ~ atMost: 60 → 55
          + an item with blocks of its own
            > Why it is so.
            >
            > - one point of some length, which is broken
            > - another
            We [-must-]{+should+} check.
          ! a warning
          owner        chief-risk-officer
          approved by  Jane Doe and Ada Obi
          rule  share  because
          ────  ─────  ────────────────────
          r1     7/42  a person decides
          r12       1  漢字 and 👍🏽 are wide

          Prose as written:

          ```
          let code = "is never broken over lines, whatever the width may be"
          ```

        """)
  }

  @Test func `the same at 40 columns`() {
    #expect(
      TextRenderer(width: 40).text(sample) == """
        Changes of Northgate

        A paragraph of running text that is long
        enough to be broken over lines, with
        [critical] in it. Type
        ethos show limit/client-risk to see
        more.

        limit/client-risk
          ~ atMost: 60 → 55
          + an item with blocks of its own
            > Why it is so.
            >
            > - one point of some length, which
            >   is broken
            > - another
            We [-must-]{+should+} check.
          ! a warning
          owner        chief-risk-officer
          approved by  Jane Doe and Ada Obi
          rule  share  because
          ────  ─────  ────────────────────
          r1     7/42  a person decides
          r12       1  漢字 and 👍🏽 are wide

          Prose as written:

          ```
          let code = "is never broken over lines, whatever the width may be"
          ```

        """)
  }

  @Test func `colours are added to the same text`() {
    let text = TextRenderer(width: 80, style: .ansi).text(sample)
    #expect(text.contains("\u{1B}[1mNorthgate\u{1B}[0m"))
    #expect(text.contains("\u{1B}[1;31m[critical]\u{1B}[0m"))
    #expect(text.contains("\u{1B}[31m[-must-]\u{1B}[0m\u{1B}[32m{+should+}\u{1B}[0m"))
    #expect(text.replacing(/\u{1B}\[[0-9;]*m/, with: "") == TextRenderer(width: 80).text(sample))
  }

  @Test func `no line is longer than the width, but for commands and code`() {
    for width in [20, 30, 40, 57, 80] {
      for line in TextRenderer(width: width).text(sample).split(separator: "\n") {
        #expect(
          displayWidth(line) <= width || line.contains("let code") || line.contains("ethos show"),
          "at \(width): \(line)")
      }
    }
  }

  @Test(arguments: [TextRenderer.Style.plain, .ansi])
  func `nothing a user wrote acts on the terminal`(style: TextRenderer.Style) {
    var blocks: [Block] = []
    blocks.title("\(hostileName, .name)")
    blocks.paragraph("run \(hostileName, .command)")
    blocks.list([Item(.added, "\(hostileName)", [.quote(hostileName), .prose(hostileName)])])
    blocks.facts([Fact(hostileName, "\(hostileName, .dim)")])
    blocks.append(.table(Table([Table.Column(hostileName)], [["\(hostileName)"]])))
    blocks.append(.diff(WordDiff(before: hostileName, after: "\u{9B}2J\u{7}\(hostileName) \u{8}")))
    let source = SourceText(path: hostileName, text: hostileName)
    blocks.append(.excerpt(Excerpt(source.location(Span(0, 9)), in: source)))
    for width in [20, 80] {
      let text = TextRenderer(width: width, style: style).text(blocks)
      let plain = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
      #expect(visibleText(plain, keepsLines: true) == plain)
      let allowed = Set(["0", "1", "2", "31", "32", "33", "35", "36", "1;31", "1;36"])
      for match in text.matches(of: /\u{1B}\[([0-9;]*)m/) { #expect(allowed.contains(String(match.1))) }
      #expect(style == .ansi || plain == text)
    }
  }

  @Test func `an empty report is no text`() {
    #expect(TextRenderer().text([]) == "")
    #expect(TextRenderer().text([.blank, .paragraph("a"), .blank, .blank]) == "a\n")
  }

  @Test func `a long word is broken between graphemes`() {
    let text = TextRenderer(width: 20).text([.paragraph("ab \(String(repeating: "漢", count: 12))e\u{301}")])
    #expect(text == "ab\n漢漢漢漢漢漢漢漢漢漢\n漢漢e\u{301}\n")
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한국", 4), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("🇨🇭", 2),
    ("☀\u{FE0F}", 2), ("☀", 1), ("→", 1), ("…", 1), ("a\u{200B}b", 2), ("ａ", 2), ("\u{AD}", 0),
  ])
  func `width is counted by what a terminal shows`(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func `a table too wide for the terminal becomes groups of lines`() {
    let columns = (1...6).map { Table.Column("column \($0)") }
    let row: [Inline] = (1...6).map { Inline("value\($0)") }
    #expect(
      TextRenderer(width: 40).text([.table(Table(columns, [row, row]))]).hasPrefix(
        "  column 1: value1\n  column 2: value2\n"))
  }

  @Test func `the widest column of a table gives way`() {
    let table = Table(["id", "statement"], [["a", "one two three four five six seven"], ["b", "short"]])
    #expect(
      TextRenderer(width: 24).text([.table(table)]) == """
          id  statement
          ──  ──────────────────
          a   one two three four
              five six seven
          b   short

        """)
  }

  @Test(arguments: [
    ("plain", "plain"), ("limit/a.atMost@2026-01-01", "limit/a.atMost@2026-01-01"), ("", "''"), ("a b", "'a b'"),
    ("rules[r1].'risk score'", "'rules[r1].'\\''risk score'\\'''"), ("$(x)", "'$(x)'"), ("é", "'é'"),
  ])
  func `a word of a command is quoted for a shell`(word: String, expected: String) {
    #expect(shellWord(word) == expected)
  }
}
