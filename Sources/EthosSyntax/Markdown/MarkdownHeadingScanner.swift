import EthosModel
import EthosText

/// Finds the headings of a Markdown document: those with signs in front, and underlined ones (CommonMark 0.31, 4.2, 4.3).
///
/// Lines are asked for in order. What stands between `---` at the very beginning is a tool's, and holds no heading.
struct MarkdownHeadingScanner {
  struct Heading {
    var level: Int
    var content: String
    /// How many lines of it stand before the one that tells it: the text over an underline.
    var linesBefore = 0
  }

  private let lines: [String]
  private var blocks = MarkdownBlockScanner()
  /// The lines of the paragraph that goes on, which an underline would make a heading.
  private var paragraph: [String] = []
  /// Whether text that follows belongs to a list item or a quotation, though it is not indented.
  private var isLazy = false
  private let frontMatter: Int

  init(_ lines: [String]) {
    self.lines = lines
    frontMatter = Self.frontMatter(lines)
  }

  /// The heading that the line tells.
  mutating func heading(at index: Int) -> Heading? {
    guard index >= frontMatter else { return nil }
    let line = lines[index]
    let body = line.utf8.drop { $0 == 0x20 || $0 == 0x09 }
    guard blocks.isTopLevel(line) else {
      // Indented text under a paragraph goes on with it.
      if !paragraph.isEmpty, !body.isEmpty, !blocks.isInside {
        paragraph.append(line)
      } else {
        paragraph = []
        isLazy = !body.isEmpty && blocks.isInside
      }
      return nil
    }
    if body.isEmpty {
      paragraph = []
      isLazy = false
      return nil
    }
    if let heading = Self.atx(line) {
      paragraph = []
      isLazy = false
      return heading
    }
    if let level = Self.underline(body), !paragraph.isEmpty {
      let heading = Heading(
        level: level, content: Prose.collapsed(paragraph.joined(separator: " ")), linesBefore: paragraph.count)
      paragraph = []
      return heading
    }
    if body.first == 0x3E || Self.isBreak(body) {
      paragraph = []
      isLazy = body.first == 0x3E
    } else if !isLazy {
      paragraph.append(line)
    }
    return nil
  }

  private static func frontMatter(_ lines: [String]) -> Int {
    func isMark(_ line: String, _ marks: [String]) -> Bool {
      marks.contains { mark in line.dropping(mark).map { $0.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } } ?? false }
    }
    guard let first = lines.first, isMark(first, ["---"]) else { return 0 }
    let end = lines.dropFirst().firstIndex { isMark($0, ["---", "..."]) }
    guard let end, lines[1..<end].contains(where: { $0.holds(":") }) else { return 0 }
    return end + 1
  }

  /// The level and the content of an ATX heading, without the closing sequence.
  private static func atx(_ line: String) -> Heading? {
    let indented = line.utf8.drop { $0 == 0x20 }
    let level = indented.prefix { $0 == 0x23 }.count
    let rest = indented.dropFirst(level)
    guard (1...6).contains(level), rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
    let content = Prose.collapsed(String(Substring(rest)))
    let open = content.utf8.reversed().drop { $0 == 0x23 }
    guard open.count < content.utf8.count, open.first.map({ $0 == 0x20 }) ?? true else {
      return Heading(level: level, content: content)
    }
    return Heading(level: level, content: Prose.collapsed(String(decoding: open.reversed(), as: UTF8.self)))
  }

  private static func underline(_ body: Substring.UTF8View) -> Int? {
    guard let mark = body.first, mark == 0x3D || mark == 0x2D else { return nil }
    let rest = body.drop { $0 == mark }
    guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return nil }
    return mark == 0x3D ? 1 : 2
  }

  private static func isBreak(_ body: Substring.UTF8View) -> Bool {
    let marks = body.filter { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
    guard let first = marks.first, first == 0x2D || first == 0x2A || first == 0x5F else { return false }
    return marks.count >= 3 && marks.allSatisfy { $0 == first }
  }
}
