import EthosModel
import EthosTestSupport
import EthosText
import Testing

@Suite struct ProseTests {
  /// Texts that say the same, by the rule that makes them so.
  @Test(arguments: [
    Pair("a soft wrap", "one two\nthree", "one two three"),
    Pair("runs of white space", "one \t  two", "one two"),
    Pair("no-break spaces", "one\u{A0}two\u{202F}three", "one two three"),
    Pair("blank lines at the ends", "\n\none\n\n", "one"),
    Pair("several blank lines", "one\n\n\n\ntwo", "one\n\ntwo"),
    Pair("trailing spaces, however many", "one  \ntwo   ", "one\ntwo"),
    Pair("line ends", "one\r\ntwo\r\rthree", "one\ntwo\n\nthree"),
    Pair("indented prose", "  one\n two", "one\ntwo"),
    Pair("bullets", "* one\n+ two", "- one\n- two"),
    Pair("a wrapped item", "- one\n  two\n- three", "- one two\n- three"),
    Pair("a lazily wrapped item", "- one\ntwo", "- one two"),
    Pair("a loose and a tight list", "- one\n\n- two", "- one\n- two"),
    Pair("the depth of nesting in columns", "- one\n  - two\n    - three", "- one\n    - two\n        - three"),
    Pair("jitter of one column", "- one\n - two", "- one\n- two"),
    Pair("a paragraph of an item", "- one\n\n  two", "- one\n\n     two"),
    Pair("a wrapped quotation", "> one\n> two", "> one two"),
    Pair("a lazy quotation", "> one\ntwo", "> one two"),
    Pair("trailing spaces in code", "```\nx  \n```", "```\nx\n```"),
    Pair("the indentation of a block of code in a list", "- a\n\n  ```\n  x\n  ```", "- a\n\n    ```\n    x\n    ```"),
    Pair("the form of a list's numbers", "1) one\n2) two", "1. one\n2. two"),
  ])
  func `layout counts for nothing`(pair: Pair) {
    #expect(Prose.canonical(pair.left) == Prose.canonical(pair.right))
  }

  /// Texts that do not.
  @Test(arguments: [
    Pair("a word", "one two", "one too"),
    Pair("paragraphs", "one\n\ntwo", "one two"),
    Pair("a hard break", "one\\\ntwo", "one\ntwo"),
    Pair("nesting", "- one\n  - two", "- one\n- two"),
    Pair("an item, or the text of the item before", "- one\n- two", "- one\n  two"),
    Pair("a paragraph in and after a list", "- one\n\n  two", "- one\n\ntwo"),
    Pair("a list and a sentence", "- one\n- two", "one two"),
    Pair("numbers", "1. one", "2. one"),
    Pair("a numbered list and bullets", "1. one", "- one"),
    Pair("lines of code", "```\na\nb\n```", "```\na b\n```"),
    Pair("indentation in code", "```\na\n  b\n```", "```\na\nb\n```"),
    Pair("blank lines in code", "```\na\n\nb\n```", "```\na\nb\n```"),
    Pair("code and text", "```\na\n```", "a"),
    Pair("indented code and text", "one\n\n    two", "one\n\ntwo"),
    Pair("the language of code", "```swift\na\n```", "```c\na\n```"),
    Pair("a fence within a longer one", "````\n```\na  b\n````", "````\n```\na b\n````"),
    Pair("a heading and text", "# one\ntwo", "# one two"),
    Pair("a quotation", "> one", "one"),
    Pair("a list in a quotation", "> - one\n> - two", "> one two"),
    Pair("code in a quotation", "> ```\n> a\n> b\n> ```", "> ```\n> a b\n> ```"),
    Pair("paragraphs of a quotation", "> one\n>\n> two", "> one two"),
    Pair("a rule", "one\n\n---\n\ntwo", "one\n\ntwo"),
    Pair("rows of a table", "| a | b |\n|---|---|\n| c | d |", "| a | b | |---|---| | c | d |"),
  ])
  func `what layout means is kept`(pair: Pair) {
    #expect(Prose.canonical(pair.left) != Prose.canonical(pair.right))
  }

  @Test(arguments: 0..<300) func `a canonical text is its own`(seed: UInt64) {
    var generator = MarkdownGenerator(seed: seed)
    let text = generator.document()
    let canonical = Prose.canonical(text)
    #expect(Prose.canonical(canonical) == canonical, "\(text.debugDescription)")
  }

  @Test(arguments: 0..<300) func `any bytes have a canonical text, which is its own`(seed: UInt64) {
    var generator = MarkdownGenerator(seed: seed)
    let text = generator.noise()
    let canonical = Prose.canonical(text)
    #expect(Prose.canonical(canonical) == canonical, "\(text.debugDescription)")
  }

  @Test(arguments: 0..<300) func `white space at the ends of lines never counts`(seed: UInt64) {
    var generator = MarkdownGenerator(seed: seed)
    let text = generator.document()
    let trailing = text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0 + generator.random.pick(["", " ", "  ", "\t", "\u{A0}"]) }.joined(separator: "\n")
    #expect(Prose.canonical(trailing) == Prose.canonical(text), "\(text.debugDescription)")
  }

  @Test(arguments: [
    "\t\u{A0} ```", "a\\\n\t# b", "\\ \\\n#x", "~~~ ~~~ `x`\n", ">\n> >", "é\n \\\r- \n10) x",
  ])
  func `texts that once had no canonical text have one`(text: String) {
    let canonical = Prose.canonical(text)
    #expect(Prose.canonical(canonical) == canonical)
  }

  @Test func `deep nesting and long texts are read`() {
    for line in [String(repeating: ">", count: 50_000), String(repeating: "- ", count: 50_000)] {
      let canonical = Prose.canonical(line + " x")
      #expect(Prose.canonical(canonical) == canonical)
    }
  }

  struct Pair: CustomTestStringConvertible, Sendable {
    let name: String
    let left: String
    let right: String

    init(_ name: String, _ left: String, _ right: String) {
      self.name = name
      self.left = left
      self.right = right
    }

    var testDescription: String { name }
  }
}

/// Markdown as people write it, with their jitter; and lines that are nothing but marks.
struct MarkdownGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func document() -> String {
    (0..<Int.random(in: 1...6, using: &random)).map { _ in block(depth: 0) }
      .joined(separator: random.pick(["\n", "\n\n", "\n\n\n"]))
  }

  mutating func noise() -> String {
    let pieces = [
      "\n", "\n", "\n\n", " ", "  ", "    ", "\t", "- ", "* ", "1. ", "10) ", "> ", ">", "#", "# ", "```", "~~~~", "`",
      "|",
      "---", "* * *", "\\", "word", "more words", "!!! note", "\u{A0}", "\r\n", "\r", "é", "-", "1.",
    ]
    return (0..<Int.random(in: 1...25, using: &random)).map { _ in random.pick(pieces) }.joined()
  }

  private mutating func block(depth: Int) -> String {
    let indent = String(repeating: " ", count: depth * random.pick([2, 3, 4]))
    switch Int.random(in: 0..<(depth > 2 ? 4 : 8), using: &random) {
    case 0, 1: return paragraph(indent)
    case 2: return indent + "\(random.pick(["#", "##", "###"])) \(words())"
    case 3: return code(indent)
    case 4, 5: return list(indent, depth)
    case 6: return paragraph(indent).split(separator: "\n").map { "> " + $0 }.joined(separator: "\n")
    default:
      return indent + random.pick(["---", "| a | b |\n|---|---|\n| c | d |", "!!! note\n    \(words())", "    code()"])
    }
  }

  private mutating func list(_ indent: String, _ depth: Int) -> String {
    let marker = random.pick(["- ", "* ", "1. ", "+   "])
    return (0..<Int.random(in: 1...3, using: &random))
      .map { _ in
        let item = indent + random.pick(["", "", " "]) + marker + words()
        return random.happens(30) ? item + random.pick(["\n", "\n\n"]) + block(depth: depth + 1) : item
      }
      .joined(separator: random.pick(["\n", "\n\n"]))
  }

  private mutating func code(_ indent: String) -> String {
    let fence = random.pick(["```", "~~~", "````"])
    let lines = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      indent + random.pick(["  x", "```", "", "- y", "# z", "\tt"])
    }
    return ([indent + fence + random.pick(["", "xml"])] + lines + [indent + fence]).joined(separator: "\n")
  }

  private mutating func paragraph(_ indent: String) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in indent + words() }
      .joined(separator: random.pick(["\n", "  \n", "\\\n", " \n "]))
  }

  private mutating func words() -> String {
    let list = [
      "we", "must", "not", "1.", "-", "*", "`code`", "a\u{A0}b", "#", "> 60", "|", "é", "(1)", "!", "~~~", "_x_",
    ]
    return (0..<Int.random(in: 1...5, using: &random)).map { _ in random.pick(list) }
      .joined(separator: random.pick([" ", "  "]))
  }
}
