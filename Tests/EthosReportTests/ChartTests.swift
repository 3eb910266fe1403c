import EthosReport
import EthosText
import Testing

@Suite struct `A chart` {
  private static func blocks(_ name: String = "release/growth-2019/1", mark: String = "always the same") -> [Block] {
    var blocks: [Block] = []
    blocks.chart(
      "agreement", ["rules", .init("share", .right)], [["\(name)", "25.0 %"], ["none", ""], ["all", "100.0 %"]],
      bars: [
        Chart.Bar(name, 0.25, "25.0 %", low: 0.2, high: 0.3), nil, Chart.Bar("all", 1, "100.0 %"),
      ], mark: Chart.Mark(0.5, mark))
    return blocks
  }

  @Test func `has its bars behind the rows where there is room`() {
    #expect(
      TextRenderer(width: 60).text(Self.blocks()) == """
          rules                    share  0                    100 %
          ─────────────────────  ───────  ──────────────────────────
          release/growth-2019/1   25.0 %  ███████······|············
          none
          all                    100.0 %  █████████████|████████████
          | always the same

        """)
  }

  @Test func `has them below with their names where there is not`() {
    #expect(
      TextRenderer(width: 40).text(Self.blocks()) == """
          rules                    share
          ─────────────────────  ───────
          release/growth-2019/1   25.0 %
          none
          all                    100.0 %

          release/gro…  ██████······|···········
          all           ████████████|███████████
          | always the same

        """)
    for width in [20, 25, 39] {
      for line in TextRenderer(width: width).text(Self.blocks()).split(separator: "\n") {
        #expect(displayWidth(line) <= width)
      }
    }
  }

  @Test func `is a table in Markdown, and nothing without rows`() {
    #expect(
      MarkdownRenderer().text(Self.blocks()) == """
        | rules | share |
        | --- | ---: |
        | release/growth-2019/1 | 25.0 % |
        | none |  |
        | all | 100.0 % |

        """)
    var none: [Block] = []
    none.chart("nothing", ["rules"], [], bars: [])
    #expect(none.isEmpty)
  }

  @Test func `is a picture with words for who does not see it, and the table, in HTML`() {
    let page = HTMLRenderer().fragment(Self.blocks())
    #expect(page.contains("<svg role=\"img\" viewBox=\"0 0 720 78\">\n<title>agreement</title>"))
    #expect(page.contains("<g><title>release/growth-2019/1: 25.0 %</title>"))
    // A quarter of 350, at 250.
    #expect(page.contains("<rect class=\"bar\" fill=\"#999\" x=\"250\" y=\"27\" width=\"88\" height=\"16\"></rect>"))
    #expect(page.contains("<line class=\"interval\" stroke=\"#000\" x1=\"320\""))
    #expect(page.contains("the dashed line: always the same; thin lines: 95 % intervals"))
    #expect(page.contains("<table>"))
  }

  @Test func `lets no text of a user become markup`() {
    let hostile = "<script>x</script>\" onload='y' &amp; \u{1B}[31m\u{202E}"
    let page = HTMLRenderer().text(Report(Self.blocks(hostile, mark: hostile), json: .null))
    #expect(!page.contains("<script") && !page.contains("onload='") && !page.contains("\" onload"))
    #expect(!page.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    var open: [Substring] = []
    for tag in page.dropFirst("<!DOCTYPE html>".count).split(separator: "<").dropFirst() {
      let name = tag.prefix { $0 != ">" && $0 != " " }
      if ["meta", "br"].contains(name) { continue }
      if name.first == "/" { #expect(open.popLast() == name.dropFirst()) } else { open.append(name) }
    }
    #expect(open.isEmpty)
    #expect(!TextRenderer(width: 80).text(Self.blocks(hostile)).contains("\u{1B}"))
  }
}
