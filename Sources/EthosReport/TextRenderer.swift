import EthosDiff
import EthosText

/// Writes a report as text for a terminal or a pipe.
///
/// All of it passes `visibleText`, so that nothing a user wrote can act on the terminal. Lines are broken at the width;
/// only commands, code and words of a table too narrow for them may be longer.
package struct TextRenderer: Sendable {
  package enum Style: Sendable {
    case plain
    /// With the colours of ECMA-48 (SGR) by label.
    case ansi
  }

  private let width: Int
  private let style: Style

  /// A renderer for lines of this many columns, at least 20.
  package init(width: Int = 80, style: Style = .plain) {
    self.width = max(20, width)
    self.style = style
  }

  package func text(_ report: Report) -> String { text(report.blocks) }

  /// The blocks as text, each line with a line feed.
  package func text(_ blocks: [Block]) -> String {
    var result = ""
    for line in lines(blocks, width: width, isTop: true) {
      for run in line.runs { result += styled(run) }
      while result.last == " " { result.removeLast() }
      result += "\n"
    }
    return result
  }

  private func styled(_ run: Inline.Run) -> String {
    guard style == .ansi, let code = TextRenderer.code(run.label), run.text.contains(where: { $0 != " " }) else {
      return run.text
    }
    return "\u{1B}[\(code)m\(run.text)\u{1B}[0m"
  }

  private static func code(_ label: Label) -> String? {
    switch label {
    case .plain: nil
    case .added: "32"
    case .removed: "31"
    case .changed: "33"
    case .name: "1"
    case .reference: "36"
    case .command: "1;36"
    case .level(.critical), .error: "1;31"
    case .level(.undecided): "35"
    case .level(.major), .warning: "33"
    case .level(.minor), .note: "36"
    case .level(.editorial), .dim: "2"
    }
  }
}

// MARK: - Blocks

extension TextRenderer {
  /// The columns by which lists, facts, tables and users' text stand in from the text around them.
  private static let step = 2

  func lines(_ blocks: [Block], width: Int, isTop: Bool = false) -> [TextLine] {
    let step = isTop ? TextRenderer.step : 0
    var result: [TextLine] = []
    func append(_ lines: [TextLine], indent: Int = 0) { result += lines.map { $0.indented(by: indent) } }
    func part() { if let last = result.last, !last.isEmpty { result.append(TextLine()) } }
    for block in blocks {
      switch block {
      case .heading(let level, let text):
        part()
        append(LineBreaker.lines(text.asHeading, width: width))
        if level == 1 { part() }
      case .paragraph(let text): append(LineBreaker.lines(text, width: width))
      case .list(let items): for item in items { append(lines(item, width: inner(width, step)), indent: step) }
      case .table(let table): append(lines(table, width: inner(width, step)), indent: step)
      case .chart(let chart): append(lines(chart, width: inner(width, step)), indent: step)
      case .facts(let facts): append(lines(facts, width: inner(width, step)), indent: step)
      case .quote(let text):
        for line in proseLines(text, width: inner(width, step + 2)) {
          var quoted = TextLine(line.isEmpty ? ">" : "> ", .dim)
          quoted.append(line)
          append([quoted], indent: step)
        }
      case .prose(let text): append(proseLines(text, width: inner(width, step)), indent: step)
      case .diff(let difference):
        for line in difference.markedLines { append(LineBreaker.lines(line, width: inner(width, step)), indent: step) }
      case .excerpt(let excerpt): append(lines(excerpt, width: width))
      case .lines(let lines): append(lines.map(TextLine.init(unbroken:)))
      case .blank: part()
      }
    }
    while let last = result.last, last.isEmpty { result.removeLast() }
    return result
  }

  /// What is left of a width, never so little that nothing can be written.
  private func inner(_ width: Int, _ taken: Int) -> Int { max(10, width - taken) }

  private func lines(_ item: Item, width: Int) -> [TextLine] {
    var result = hanging(TextLine(item.mark.sign + " ", item.mark.label), item.text, width: width)
    result += lines(item.blocks, width: inner(width, 2)).map { $0.indented(by: 2) }
    return result
  }

  /// Text behind a lead, with its further lines below its first.
  private func hanging(_ lead: TextLine, _ text: Inline, width: Int) -> [TextLine] {
    LineBreaker.lines(text, width: inner(width, lead.width)).enumerated().map { index, line in
      guard index == 0 else { return line.indented(by: lead.width) }
      var first = lead
      first.append(line)
      return first
    }
  }

  private func lines(_ facts: [Fact], width: Int) -> [TextLine] {
    let names = facts.map { visibleText($0.name) }
    let column = min(names.map { displayWidth($0) }.max() ?? 0, 24) + 2
    return zip(facts, names).flatMap { fact, name in
      if width - column < 16 { return hanging(TextLine(), "\(name, .dim): \(fact.value)", width: width) }
      guard displayWidth(name) <= column - 2 else {
        return LineBreaker.lines(Inline(name, .dim), width: width)
          + LineBreaker.lines(fact.value, width: inner(width, column)).map { $0.indented(by: column) }
      }
      var lead = TextLine(name, .dim)
      lead.pad(to: column)
      return hanging(lead, fact.value, width: width)
    }
  }

  /// Markdown as it is written: paragraphs are broken, items hang behind their marks, code and tables stay.
  private func proseLines(_ text: String, width: Int) -> [TextLine] {
    var result: [TextLine] = []
    for line in MarkdownLine.lines(of: text) {
      let body = visibleText(line.text)
      if line.isVerbatim {
        result.append(TextLine(String(repeating: " ", count: min(line.indent, width / 2)) + body))
        continue
      }
      let indent = min(line.indent, width / 2)
      let lead = TextLine(String(repeating: " ", count: indent) + line.marker)
      let wrapped = hanging(lead, Inline(body), width: width)
      result += body.isEmpty && line.marker.isEmpty ? [TextLine()] : wrapped
    }
    return result
  }
}

extension Inline {
  /// The same with its plain text as strong as a name.
  fileprivate var asHeading: Inline {
    var result = Inline()
    for run in runs { result.append(run.text, run.label == .plain ? .name : run.label) }
    return result
  }
}

extension WordDiff {
  /// The difference as lines of text in the form of `git diff --word-diff`: `[-old-]{+new+}`.
  var markedLines: [Inline] {
    lines { segment, line in
      switch segment {
      case .same(let text): line.append(WordDiff.escaped(text))
      case .removed(let text): line.append("[-\(WordDiff.escaped(text))-]", .removed)
      case .added(let text): line.append("{+\(WordDiff.escaped(text))+}", .added)
      case .omitted: line.append("…", .dim)
      case .lineBreak: break
      }
    }
  }

  /// The lines of the difference, with a space between segments except where something replaces something.
  private func lines(_ append: (Segment, inout Inline) -> Void) -> [Inline] {
    var lines = [Inline()]
    var previous: Segment?
    for segment in segments {
      if case .lineBreak = segment {
        lines.append(Inline())
        previous = nil
        continue
      }
      if let previous {
        if case .removed = previous, case .added = segment {} else { lines[lines.count - 1].append(" ") }
      }
      append(segment, &lines[lines.count - 1])
      previous = segment
    }
    return lines.filter { !$0.isEmpty }
  }

  /// Text that cannot be taken for a mark of ours.
  private static func escaped(_ text: String) -> String {
    guard ["[-", "-]", "{+", "+}"].contains(where: text.holds) else { return text }
    return text.replacingText("[-", with: "[\\-").replacingText("-]", with: "-\\]").replacingText("{+", with: "{\\+")
      .replacingText("+}", with: "+\\}")
  }
}
