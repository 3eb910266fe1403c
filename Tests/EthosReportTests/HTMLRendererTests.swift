import EthosReport
import EthosText
import Testing

@Suite struct `The HTML renderer` {
  static let hostile = "<script>alert(1)</script>\" onload='x' &amp; \u{1B}[31mred\u{202E}"

  @Test func `writes one page that runs and loads nothing`() {
    var blocks: [Block] = []
    blocks.title("Proposal \("lower", .name)")
    let page = HTMLRenderer().text(Report(blocks, json: .null))
    #expect(page.hasPrefix("<!DOCTYPE html>\n"))
    #expect(page.contains("<title>Proposal lower</title>"))
    for word in ["<script", "src=", "href=", "url(", "@import", "http:", "https:"] { #expect(!page.contains(word)) }
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
  }

  @Test func `escapes every text, wherever it stands`() {
    let text = Self.hostile
    var inner: [Block] = []
    inner.quote(text)
    inner.prose(text)
    inner.append(.diff(WordDiff(before: text, after: text + " more \(text)")))
    var blocks: [Block] = []
    blocks.title("\(text, .name)")
    blocks.section("\(text)")
    blocks.facts([Fact(text, "\(text, .command)")])
    blocks.list([Item(.warning, "\(text, .reference)", inner)])
    blocks.table([Table.Column(text)], [["\(text, .error)"], ["\(text, .added)\(text, .removed)\(text, .dim)"]])
    blocks.append(
      .excerpt(
        Excerpt(
          Location(file: text, span: Span(0, 3), line: 1, column: 1, endLine: 1, endColumn: 3),
          in: SourceText(path: text, text: text))))
    let page = HTMLRenderer().text(Report(blocks, json: .null))
    #expect(!page.contains("<script") && !page.contains("onload='") && !page.contains("\" onload"))
    #expect(!page.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    // Every `<` begins one of our own elements, and every element that was opened is closed.
    var open: [Substring] = []
    for tag in page.dropFirst("<!DOCTYPE html>".count).split(separator: "<").dropFirst() {
      let name = tag.prefix { $0 != ">" && $0 != " " }
      if ["meta", "br"].contains(name) { continue }
      if name.first == "/" { #expect(open.popLast() == name.dropFirst()) } else { open.append(name) }
    }
    #expect(open.isEmpty)
  }

  @Test func `shows each block`() {
    var blocks: [Block] = []
    blocks.facts([Fact("by", "\("Ada", .name)")])
    blocks.list([Item(.added, "\("limit/x", .reference)")])
    blocks.table(["case", Table.Column("share", .right)], [["a", "1 %"]])
    blocks.quote("- one\n- two")
    #expect(
      HTMLRenderer().fragment(blocks) == """
        <dl>
        <div><dt>by</dt><dd><strong>Ada</strong></dd></div>
        </dl>
        <ul>
        <li class="added"><span class="sign">+</span> <code>limit/x</code></li>
        </ul>
        <table>
        <thead><tr><th scope="col">case</th><th scope="col" class="right">share</th></tr></thead>
        <tbody>
        <tr><td>a</td><td class="right">1 %</td></tr>
        </tbody>
        </table>
        <blockquote>- one
        - two</blockquote>

        """)
  }
}
