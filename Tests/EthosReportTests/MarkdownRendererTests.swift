import EthosDiff
import EthosReport
import EthosText
import Testing

@Suite struct MarkdownRendererTests {
  @Test func `every block as Markdown`() {
    var blocks: [Block] = []
    blocks.title("Changes of \("Northgate", .name)")
    blocks.paragraph("Weighs \(Level.critical). Type \("ethos show a`b", .command).")
    blocks.section("\("limit/client-risk", .reference)")
    blocks.list([
      Item(.changed, "\("atMost", .name): \("60", .removed) → \("55", .added)"),
      Item(
        .added, "an item",
        [
          .quote("Why it is so:\n\n- one\n    - two"),
          .diff(WordDiff(before: "We must check. Then *rest*.", after: "We should check. Then *sleep*.")),
        ]),
      Item(.bullet, "plain"),
    ])
    blocks.blank()
    blocks.facts([Fact("owner", "chief-risk-officer")])
    blocks.table(["rule", Table.Column("share", .right)], [["\("r1", .reference)", "7/42"]])
    let source = SourceText(path: "limits/a`b.yaml", text: "id: a\natMots: ```60\n")
    blocks.append(.excerpt(Excerpt(source.location(Span(6, 12)), in: source)))
    #expect(
      MarkdownRenderer().text(blocks) == #"""
        # Changes of Northgate

        Weighs **\[critical\]**. Type ``ethos show a`b``.

        ## `limit/client-risk`

        - `~` **atMost**: 60 → 55
        - `+` an item

          > Why it is so:
          >
          > - one
          >     - two

          > We ~~must~~ **should** check. Then ~~\*rest\*.~~ **\*sleep\*.**

        - plain

        - **owner**: chief-risk-officer

        | rule | share |
        | --- | ---: |
        | `r1` | 7/42 |

        at ``limits/a`b.yaml:2:1``

        ````text
          |
        2 | atMots: ```60
          | ^^^^^^
        ````

        """#)
  }

  @Test func `a hostile name is text wherever it stands`() {
    var blocks: [Block] = []
    blocks.title("\(hostileName, .name)")
    blocks.paragraph("\(hostileName, .command)")
    blocks.list([Item(.added, "\(hostileName)", [.diff(WordDiff(before: "a", after: hostileName))])])
    blocks.append(.table(Table([Table.Column(hostileName)], [["\(hostileName)"], ["\(hostileName, .reference)"]])))
    #expect(
      MarkdownRenderer().text(blocks) == #"""
        # \\u{1b}\[31mX\\u{202e}&lt;b&gt;\|\`a\`\|\*\*b\*\* \[c\](http://d) @&#8203;team #&#8203;1\\u{a}# e

        ``\u{1b}[31mX\u{202e}<b>|`a`|**b** [c](http://d) @team #1\u{a}# e``

        - `+` \\u{1b}\[31mX\\u{202e}&lt;b&gt;\|\`a\`\|\*\*b\*\* \[c\](http://d) @&#8203;team #&#8203;1\\u{a}# e

          > ~~a~~ **\\u{1b}\[31mX\\u{202e}&lt;b&gt;\|\`a\`\|\*\*b\*\* \[c\](http://d) @&#8203;team #&#8203;1 ¶**\
          > **# e**

        | \\u{1b}\[31mX\\u{202e}&lt;b&gt;\|\`a\`\|\*\*b\*\* \[c\](http://d) @&#8203;team #&#8203;1\\u{a}# e |
        | --- |
        | \\u{1b}\[31mX\\u{202e}&lt;b&gt;\|\`a\`\|\*\*b\*\* \[c\](http://d) @&#8203;team #&#8203;1\\u{a}# e |
        | \\u{1b}\[31mX\\u{202e}&lt;b&gt;\|\`a\`\|\*\*b\*\* \[c\](http://d) @&#8203;team #&#8203;1\\u{a}# e |

        """#)
  }

  @Test(arguments: [
    ("- a", "\\- a\n"), ("+ a", "\\+ a\n"), ("# a", "\\# a\n"), ("1. a", "1\\. a\n"), ("12) a", "12\\) a\n"),
    ("===", "\\===\n"), ("---", "\\---\n"), ("***", "\\*\\*\\*\n"), ("> a", "&gt; a\n"), ("    code", "code\n"),
    ("``` x", "\\`\\`\\` x\n"), ("~~~", "\\~\\~\\~\n"), ("a & b", "a &amp; b\n"), ("&lt;", "&amp;lt;\n"),
    ("$x$", "\\$x\\$\n"),
    ("![i](u)", "!\\[i\\](u)\n"), ("omar@northgate.example", "omar@northgate.example\n"),
    ("ask @omar", "ask @&#8203;omar\n"),
    ("see #12", "see #&#8203;12\n"), ("", ""), ("   ", ""),
  ])
  func `a paragraph is never markup`(text: String, expected: String) {
    #expect(MarkdownRenderer().text([.paragraph(Inline(text))]) == expected)
  }

  @Test func `users' Markdown keeps its lines, lists and code, and nothing else`() {
    let prose = """
      A **bold** claim with <img src=x> and [a link](javascript:x).
      # No heading
      * one
          1. two

      ```js
      <script>
      ````
      after
      """
    #expect(
      MarkdownRenderer().text([.prose(prose)]) == ##"""
        A \*\*bold\*\* claim with &lt;img src=x&gt; and \[a link\](javascript:x).
        \# No heading
        * one
            1. two

        ```
        <script>
        ```
        after

        """##)
  }

  @Test func `code behind an indented fence cannot break out`() {
    let prose = "text\n        ```\n\n<script>alert(1)</script>\n````\n"
    #expect(
      MarkdownRenderer().text([.quote(prose)]) == """
        > text
        > ```
        >
        > <script>alert(1)</script>
        > ```

        """)
  }
}
