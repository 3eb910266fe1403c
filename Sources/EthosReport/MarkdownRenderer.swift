import EthosDiff
import EthosText

/// Writes a report as Markdown, for a pull request, a page or minutes.
///
/// The layout is ours and the text is the users': it is escaped, so that no title can add a heading, a link or HTML to
/// the report. Users' own Markdown is shown as it was written, with its lines, lists and code kept and all else literal:
/// what a reader sees is the text that is committed, and nothing stands behind a link.
package struct MarkdownRenderer: Sendable {
  package init() {}

  package func text(_ report: Report) -> String { text(report.blocks) }

  /// The blocks as Markdown, each line with a line feed.
  package func text(_ blocks: [Block]) -> String {
    lines(blocks).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private func lines(_ blocks: [Block]) -> [String] {
    var result: [String] = []
    for block in blocks {
      let lines = lines(block)
      guard !lines.isEmpty else { continue }
      if !result.isEmpty { result.append("") }
      result += lines
    }
    return result
  }

  private func lines(_ block: Block) -> [String] {
    switch block {
    case .heading(let level, let text):
      [String(repeating: "#", count: min(max(level, 1), 6)) + " " + MarkdownText.guarded(line(text.withoutNames))]
    case .paragraph(let text): [MarkdownText.guarded(line(text))].filter { !$0.isEmpty }
    case .list(let items): Array(items.flatMap(lines).reversed().drop { $0.isEmpty }.reversed())
    case .table(let table): lines(table)
    // The table says what the bars show.
    case .chart(let chart): lines(chart.table)
    case .facts(let facts): facts.map { "- **\(MarkdownText.escaped($0.name))**: \(line($0.value))" }
    case .quote(let text): proseLines(text).map { $0.isEmpty ? ">" : "> " + $0 }
    case .prose(let text): proseLines(text)
    case .diff(let difference): quoted(difference.struckLines)
    case .excerpt(let excerpt): lines(excerpt)
    case .lines(let lines): fenced(lines.map { visibleText($0.text) })
    case .blank: []
    }
  }

  /// Lines as they are.
  private func fenced(_ lines: [String]) -> [String] {
    let fence = MarkdownText.fence(around: lines)
    return [fence + "text"] + lines + [fence]
  }

  /// Lines of one quotation, each on a line of its own.
  private func quoted(_ lines: [String]) -> [String] {
    lines.enumerated().map { "> \(MarkdownText.guarded($1))\($0 < lines.count - 1 ? "\\" : "")" }
  }

  private func lines(_ item: Item) -> [String] {
    let sign =
      switch item.mark {
      case .bullet: ""
      // A sign at the beginning of an item would begin a list in it.
      case .added, .removed, .changed, .warning: "`\(item.mark.sign)` "
      }
    let text = sign.isEmpty ? MarkdownText.guarded(line(item.text)) : sign + line(item.text)
    let inner = lines(item.blocks)
    return ["- " + text] + (inner.isEmpty ? [] : [""]) + inner.map { $0.isEmpty ? "" : "  " + $0 }
      + (inner.isEmpty ? [] : [""])
  }

  private func lines(_ table: Table) -> [String] {
    guard !table.columns.isEmpty else { return [] }
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    let rules = table.columns.map { $0.alignment == .right ? "---:" : "---" }
    return [row(table.columns.map { MarkdownText.escaped($0.title) }), row(rules)]
      + table.rows.map { row($0.map { line($0, inTable: true) }) }
  }

  private func lines(_ excerpt: Excerpt) -> [String] {
    let place = MarkdownText.code("\(excerpt.file):\(excerpt.line):\(excerpt.column)", inTable: false)
    guard excerpt.text != nil else { return ["at \(place)"] }
    let lines = TextRenderer().lines(excerpt, width: 100).dropFirst().map { $0.runs.map(\.text).joined() }
    let fence = MarkdownText.fence(around: lines)
    return ["at \(place)", "", fence + "text"] + lines + [fence]
  }

  /// Running text on one line.
  private func line(_ inline: Inline, inTable: Bool = false) -> String {
    inline.runs.map { run in
      switch run.label {
      case .plain, .added, .removed, .changed, .note, .dim: MarkdownText.escaped(run.text)
      case .reference, .command: MarkdownText.code(run.text, inTable: inTable)
      case .name, .error, .warning, .level: strong(run.text)
      }
    }.joined()
  }

  private func strong(_ text: String) -> String {
    // Emphasis cannot begin or end with white space.
    guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace else {
      return MarkdownText.escaped(text)
    }
    return "**\(MarkdownText.escaped(text))**"
  }

  private func proseLines(_ text: String) -> [String] {
    let lines = MarkdownLine.lines(of: text)
    var result: [String] = []
    var fence: (text: String, indent: Int)?
    for (index, line) in lines.enumerated() {
      if line.isFence, let open = fence {
        result.append(open.text)
        fence = nil
      } else if line.isFence {
        // A fence of ours stands at the margin: indented, it might be no fence and its code would be markup.
        let opening = MarkdownText.fence(around: lines[(index + 1)...].prefix { $0.isCode }.map(\.text))
        fence = (opening, line.indent)
        result.append(opening)
      } else if line.isCode {
        result.append(spaces(min(max(0, line.indent - (fence?.indent ?? 0)), 40)) + visibleText(line.text))
      } else {
        let marker = line.marker == "> " ? "&gt; " : line.marker
        result.append(spaces(min(line.indent, 12)) + marker + MarkdownText.guarded(MarkdownText.escaped(line.text)))
      }
    }
    if let fence { result.append(fence.text) }
    return result
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension Inline {
  /// A heading is strong by itself.
  fileprivate var withoutNames: Inline {
    var result = Inline()
    for run in runs { result.append(run.text, run.label == .name ? .plain : run.label) }
    return result
  }
}

extension WordDiff {
  /// The difference as lines of Markdown: ~~old~~ **new**.
  var struckLines: [String] {
    var lines: [[String]] = [[]]
    for segment in segments {
      switch segment {
      case .same(let text): lines[lines.count - 1].append(MarkdownText.escaped(text))
      case .removed(let text): lines[lines.count - 1].append("~~\(MarkdownText.escaped(text))~~")
      case .added(let text): lines[lines.count - 1].append("**\(MarkdownText.escaped(text))**")
      case .omitted: lines[lines.count - 1].append("…")
      case .lineBreak: lines.append([])
      }
    }
    return lines.map { $0.joined(separator: " ") }.filter { !$0.isEmpty }
  }
}
