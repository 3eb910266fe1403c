import EthosSyntax
import EthosText
import Testing

@Suite struct MarkdownOutlineTests {
  private func outline(_ text: String) -> MarkdownOutline {
    MarkdownOutline.read(SourceText(path: "values.md", text: text))
  }

  @Test func `sections are headings with an id, and their text reaches to the next`() {
    let outline = outline(
      """
      # One {#one authority=root}

      Text.

      ## No id

      More.

      ### Two {#two}
      ## Three {#three}

      End.

      """)
    #expect(outline.headings.map(\.id) == ["one", "two", "three"])
    #expect(outline.headings.map(\.title) == ["One", "Two", "Three"])
    #expect(outline.headings.map(\.level) == [1, 3, 2])
    #expect(outline.headings.map(\.body) == ["Text.\n\n## No id\n\nMore.", "", "End."])
    #expect(outline.headings.map(\.parent) == [nil, 0, 0])
    #expect(outline.headings[0].attributes == [.init("authority", "root")])
    #expect(!outline.hasPreamble)
    #expect(outline.diagnostics.isEmpty)
  }

  @Test(arguments: [
    // Heading, title, id, attributes as name=value
    ("# A {#a}", "A", "a", []), ("   # A {#a}", "A", "a", []), ("#\tA   b {#a}  ", "A b", "a", []),
    ("###### A ## {#a}", "A ##", "a", []), ("# A {#a} ##", "A", "a", []), ("# {#a}", "", "a", []),
    ("# Use {braces} {#a}", "Use {braces}", "a", []), ("# A {#a k=v n=1}", "A", "a", ["k=v", "n=1"]),
    (#"# A {#a k="two words" e=""}"#, "A", "a", ["k=two words", "e="]), ("# A {k=v #a}", "A", "a", ["k=v"]),
    ("# A {#a .x .y k=v}", "A", "a", ["k=v", "class=x y"]), (#"# A {#a k="}{"}"#, "A", "a", ["k=}{"]),
    ("# A{#a}", "A", "a", []), ("# A { #a }", "A", "a", []), ("\u{FEFF}# A {#a}", "A", "a", []),
  ])
  func `a heading is divided from its block`(line: String, title: String, id: String, attributes: [String]) {
    let outline = outline(line + "\n")
    #expect(outline.headings.map(\.title) == [title])
    #expect(outline.headings.map(\.id) == [id])
    #expect(outline.headings.first?.attributes.map { "\($0.name)=\($0.value)" } == attributes)
  }

  @Test(arguments: [
    "A {#a}", "#A {#a}", "####### A {#a}", "    # A {#a}", "\t# A {#a}", "# A", "# A {k=v}", "# A {#a} b", "# A {#a",
    "# A {# a}", "# A {#a k=\"v}", "# A {#a b}", "> # A {#a}", "- # A {#a}", "- x\n\n  # A {#a}",
    "1. x\n   # A {#a}", "```\n# A {#a}\n```", "~~~\n# A {#a}\n~~~", "````\n```\n# A {#a}\n````",
    "~~~ x\n```\n# A {#a}",
    "  ```\n# A {#a}\n    ```\n# A {#a}", "```\n``` x\n# A {#a}", "<!--\n# A {#a}\n-->", "!!! note\n    # A {#a}",
  ])
  func `what is no heading of the document is none`(text: String) {
    #expect(outline(text).headings.map(\.id) == [])
  }

  @Test(arguments: [
    "```\n```\n# A {#a}", "```\n````\n# A {#a}", "~~~\n~~~~   \n# A {#a}", "``` a`b\n# A {#a}", "``\n# A {#a}",
    "    ```\n# A {#a}", "- x\n# A {#a}", "- x\n\n# A {#a}", "<!-- x -->\n# A {#a}", "<!--\n-->\n# A {#a}",
    "- ```\n# A {#a}", "> ```\n# A {#a}", "---\n# A {#a}", "* * *\n  # A {#a}", "-\n# A {#a}", "text\n# A {#a}",
    "A {#a}\n===",
  ])
  func `a heading after code, lists and comments is one`(text: String) {
    #expect(outline(text).headings.map(\.id) == ["a"])
  }

  @Test func `headings are nested by their levels, also where one is skipped`() {
    let outline = outline("## A {#a}\n#### B {#b}\n### C {#c}\n# D {#d}\n## E {#e}\n## F {#f}\n")
    #expect(outline.headings.map(\.parent) == [nil, 0, 0, nil, 3, 3])
  }

  @Test func `lines end as they like, and a section's text ends in none`() {
    let outline = outline("# A {#a}\r\n\r\n  one \r\ntwo\r\n\u{A0}\r\n")
    #expect(outline.headings.map(\.body) == ["  one \ntwo"])
  }

  @Test func `what is wrong is told with its line`() {
    let outline = outline("# A {#a}\n# B {#b.c}\nx\n# C {#a}\ny\n")
    #expect(outline.diagnostics.map(\.code) == ["invalid-id", "duplicate-id"])
    #expect(outline.diagnostics.map { $0.location?.line } == [2, 4])
    #expect(outline.diagnostics.last?.message == "two headings have the id `a`: lines 1 and 4")
    #expect(outline.headings.map(\.body) == ["# B {#b.c}\nx\n# C {#a}\ny"])
  }

  @Test func `text before the first section is told`() {
    #expect(outline("Hello.\n# A {#a}\n").hasPreamble)
    #expect(!outline("\n\n# A {#a}\nHello.\n").hasPreamble)
    #expect(outline("No sections.\n").headings.isEmpty)
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    let outline = MarkdownOutline.read(SourceText(path: "a.md", bytes: [0x23, 0x20, 0xFF]))
    #expect(outline.diagnostics.map(\.code) == ["invalid-utf-8"])
  }

  @Test func `a heading of very many attributes is refused`() {
    let attributes = (0..<1_000).map { "a\($0)=1" }.joined(separator: " ")
    #expect(outline("# A {#a \(attributes)}\n").diagnostics.map(\.code) == ["too-many-attributes"])
  }
}
