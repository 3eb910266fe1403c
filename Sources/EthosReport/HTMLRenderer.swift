import EthosDiff
import EthosText

/// Writes a report as one HTML page that stands by itself: its style is in it, and it runs and loads nothing.
///
/// All text of users is escaped, in the text of elements and nowhere else: no attribute and no address is made of it. The
/// page asks the reader's browser to refuse scripts and every resource, should an escape ever be forgotten.
package struct HTMLRenderer: Sendable {
  package init() {}

  /// The whole page, with the title of the report as its own.
  package func text(_ report: Report) -> String {
    """
    <!DOCTYPE html>
    <html>
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="referrer" content="no-referrer">
    <title>\(escaped(title(report.blocks)))</title>
    <style>
    \(HTMLRenderer.style)
    </style>
    </head>
    <body>
    <main>
    \(fragment(report.blocks))</main>
    </body>
    </html>

    """
  }

  /// The blocks as elements, each on a line of its own.
  package func fragment(_ blocks: [Block]) -> String {
    blocks.map(element).filter { !$0.isEmpty }.map { $0 + "\n" }.joined()
  }

  private func title(_ blocks: [Block]) -> String {
    for block in blocks {
      if case .heading(1, let text) = block { return text.text }
    }
    return "ethos"
  }

  private func element(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text):
      let level = min(max(level, 1), 6)
      return "<h\(level)>\(spans(text))</h\(level)>"
    case .paragraph(let text): return text.isEmpty ? "" : "<p>\(spans(text))</p>"
    case .list(let items): return "<ul>\n\(items.map(element).joined())</ul>"
    case .table(let table): return self.table(table)
    case .chart(let chart): return element(chart)
    case .facts(let facts):
      let rows = facts.map { "<div><dt>\(escaped($0.name))</dt><dd>\(spans($0.value))</dd></div>\n" }
      return "<dl>\n\(rows.joined())</dl>"
    // The lines of a user's Markdown are kept as they were written.
    case .quote(let text): return "<blockquote>\(lines(text))</blockquote>"
    case .prose(let text): return "<div class=\"prose\">\(lines(text))</div>"
    case .diff(let difference): return element(difference)
    case .excerpt(let excerpt): return element(excerpt)
    case .lines(let lines): return "<pre>\(lines.map(spans).joined(separator: "\n"))</pre>"
    case .blank: return ""
    }
  }

  private func element(_ item: Item) -> String {
    let (sign, name): (String, String) =
      switch item.mark {
      case .bullet: ("", "bullet")
      case .added: ("<span class=\"sign\">+</span> ", "added")
      case .removed: ("<span class=\"sign\">-</span> ", "removed")
      case .changed: ("<span class=\"sign\">~</span> ", "changed")
      case .warning: ("<span class=\"sign\">!</span> ", "warning")
      }
    let inner = item.blocks.isEmpty ? "" : "\n" + fragment(item.blocks)
    return "<li class=\"\(name)\">\(sign)\(spans(item.text))\(inner)</li>\n"
  }

  func table(_ table: Table) -> String {
    guard !table.columns.isEmpty else { return "" }
    let sides = table.columns.map { $0.alignment == .right ? " class=\"right\"" : "" }
    let head = zip(table.columns, sides).map { "<th scope=\"col\"\($1)>\(escaped($0.title))</th>" }.joined()
    let rows = table.rows.map { row in
      "<tr>\(zip(row, sides).map { "<td\($1)>\(spans($0))</td>" }.joined())</tr>\n"
    }.joined()
    return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(rows)</tbody>\n</table>"
  }

  private func element(_ difference: WordDiff) -> String {
    let words = difference.segments.map { segment in
      switch segment {
      case .same(let text): escaped(text)
      case .removed(let text): "<del>\(escaped(text))</del>"
      case .added(let text): "<ins>\(escaped(text))</ins>"
      case .omitted: "…"
      case .lineBreak: "<br>"
      }
    }
    return "<p class=\"words\">\(words.joined(separator: " "))</p>"
  }

  private func element(_ excerpt: Excerpt) -> String {
    let place = "<p>at <code>\(escaped("\(excerpt.file):\(excerpt.line):\(excerpt.column)"))</code></p>"
    guard excerpt.text != nil else { return place }
    let lines = TextRenderer().lines(excerpt, width: 100).dropFirst().map { escaped($0.runs.map(\.text).joined()) }
    return "\(place)\n<pre>\(lines.joined(separator: "\n"))</pre>"
  }

  private func spans(_ inline: Inline) -> String {
    inline.runs.map { run in
      let text = escaped(run.text)
      return switch run.label {
      case .plain: text
      case .added: "<ins>\(text)</ins>"
      case .removed: "<del>\(text)</del>"
      case .changed: "<span class=\"changed\">\(text)</span>"
      case .name: "<strong>\(text)</strong>"
      case .reference: "<code>\(text)</code>"
      case .command: "<code class=\"command\">\(text)</code>"
      case .level(let level): "<span class=\"level \(HTMLRenderer.name(of: level))\">\(text)</span>"
      case .error: "<strong class=\"error\">\(text)</strong>"
      case .warning: "<strong class=\"warning\">\(text)</strong>"
      case .note, .dim: "<span class=\"dim\">\(text)</span>"
      }
    }.joined()
  }

  /// A text of several lines, each as it is written.
  private func lines(_ text: String) -> String {
    MarkdownLine.lines(of: text).map { line in
      escaped(String(repeating: " ", count: line.indent) + line.marker + line.text)
    }.joined(separator: "\n")
  }

  private static func name(of level: Level) -> String { level >= .major ? "heavy" : "light" }

  /// The text as text of an element: without control sequences and without markup.
  func escaped(_ text: String) -> String {
    var result = ""
    for scalar in visibleText(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Colours follow the reader's choice of light or dark; on paper they are dropped, and every sign stays.
  private static let style = """
    :root { color-scheme: light dark; --text: #1b1b1b; --page: #fff; --soft: #5a5a5a; --line: #d6d6d6; --box: #f5f5f3;
      --add: #0b6b2d; --drop: #a3231b; --warn: #8a5a00; --bar: #8fb3d9; }
    @media (prefers-color-scheme: dark) { :root { --text: #e8e8e6; --page: #171717; --soft: #a5a5a0; --line: #3d3d3a;
      --box: #232321; --add: #6fce8d; --drop: #f28b82; --warn: #e8b45a; --bar: #3f6a96; } }
    body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 4rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
    dl { margin: .5rem 0; } dl > div { display: flex; gap: 1rem; } dt { flex: 0 0 9rem; color: var(--soft); } dd { margin: 0; }
    ul { padding-left: 1.2rem; } li { margin: .25rem 0; }
    blockquote, .prose { white-space: pre-wrap; margin: .5rem 0; }
    blockquote { padding: .5rem 1rem; border-left: 3px solid var(--line); background: var(--box); }
    table { border-collapse: collapse; margin: .75rem 0; font-size: .9rem; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border: 1px solid var(--line); }
    th { background: var(--box); } .right { text-align: right; }
    code, pre { font: .9em ui-monospace, monospace; } pre { white-space: pre-wrap; background: var(--box); padding: .5rem; }
    .command { background: var(--box); padding: .1em .3em; } .sign { font-family: ui-monospace, monospace; font-weight: bold; }
    ins { color: var(--add); } del { color: var(--drop); } .warning > .sign, .warning:not(li) { color: var(--warn); }
    .error { color: var(--drop); } .dim { color: var(--soft); } .heavy { font-weight: bold; }
    figure { margin: .75rem 0; } figcaption { color: var(--soft); font-size: .85rem; } svg { width: 100%; height: auto; }
    svg text { font: 13px system-ui, sans-serif; fill: var(--text); } svg .scale { fill: var(--soft); font-size: 11px; }
    .bar { fill: var(--bar); } .rest { fill: none; stroke: var(--line); } .grid { stroke: var(--line); }
    .interval { stroke: var(--text); stroke-width: 1.5; }
    .mark { stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 4 3; }
    @media print { :root { --bar: #999; --text: #000; --page: #fff; --soft: #444; --box: #fff; --add: #000; --drop: #000; --warn: #000; }
      main { max-width: none; padding: 0; } h2, li, tr, figure, blockquote { break-inside: avoid; } }
    """
}
