import EthosModel
package import EthosText

/// The sections of a Markdown document whose headings carry an id: `## Title {#id key=value}`.
///
/// A heading without an id is text of the section above it. Headings that stand in code, in a list item, in a quotation
/// or in a comment are text as well, as CommonMark 0.31 reads them; setext headings (underlined) are not looked for.
package struct MarkdownOutline: Sendable {
  package struct Attribute: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package struct Heading: Sendable {
    /// 1 to 6.
    package var level: Int
    package var id: String
    /// The text without the attribute block, its white space collapsed.
    package var title: String
    /// What else the block says, in its order; classes together are the attribute `class`.
    package var attributes: [Attribute]
    /// The text up to the next heading with an id, without blank lines at its ends; lines end in a line feed.
    package var body: String
    /// Where the heading's line stands.
    package var span: Span
    /// The index of the heading that this one stands below.
    package var parent: Int?
  }

  package private(set) var headings: [Heading] = []
  /// Whether text that is not blank stands before the first heading with an id.
  package private(set) var hasPreamble = false
  /// Ids that are none, ids that are used twice, bytes that are no UTF-8.
  package private(set) var diagnostics: [Diagnostic] = []

  /// How many attributes a heading may have.
  package static let maximumAttributes = 64

  /// Reads a document. Costs one pass over the text.
  package static func read(_ source: SourceText) -> MarkdownOutline {
    var outline = MarkdownOutline()
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      outline.diagnostics.append(
        Diagnostic(
          "invalid-utf-8", .error, "the document is not UTF-8", at: source.location(Span(0, 0)),
          help: "save it as UTF-8"))
      return outline
    }
    outline.read(sections: source)
    return outline
  }

  private mutating func read(sections source: SourceText) {
    var blocks = MarkdownBlockScanner()
    var body: [String] = []
    var places: [String: Int] = [:]
    // The headings that the next one may stand below, by falling level.
    var ancestors: [Int] = []
    for line in source.lines {
      let text = source.text(line)
      guard blocks.isTopLevel(text), let (level, content) = MarkdownOutline.atxHeading(text),
        let (title, block) = HeadingAttributes.split(content), let id = block.id
      else {
        body.append(text)
        continue
      }
      guard EntryKey.isID(id) else {
        diagnostics.append(
          Diagnostic(
            "invalid-id", .error, "`\(id)` is no id, so the heading cannot become a value",
            at: source.location(line),
            help: "an id is letters, digits, `-` and `_`, and begins with a letter or digit"))
        body.append(text)
        continue
      }
      if let first = places[id] {
        diagnostics.append(
          Diagnostic(
            "duplicate-id", .error,
            "two headings have the id `\(id)`: lines \(first) and \(source.position(at: line.start).line)",
            at: source.location(line), help: "give one of them another id"))
        body.append(text)
        continue
      }
      guard block.attributes.count <= MarkdownOutline.maximumAttributes else {
        diagnostics.append(
          Diagnostic(
            "too-many-attributes", .error,
            "the heading has \(block.attributes.count) attributes, and the limit is \(MarkdownOutline.maximumAttributes)",
            at: source.location(line)))
        body.append(text)
        continue
      }
      places[id] = source.position(at: line.start).line
      close(&body)
      while let last = ancestors.last, headings[last].level >= level { ancestors.removeLast() }
      headings.append(
        Heading(
          level: level, id: id, title: title, attributes: block.attributes, body: "", span: line,
          parent: ancestors.last))
      ancestors.append(headings.count - 1)
    }
    close(&body)
  }

  /// Gives the lines read so far to the section that they belong to.
  private mutating func close(_ body: inout [String]) {
    let isBlank = { (line: String) in line.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
    let text = Array(body.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    body = []
    if headings.isEmpty {
      hasPreamble = !text.isEmpty
    } else {
      headings[headings.count - 1].body = text.joined(separator: "\n")
    }
  }

  /// The level and the content of an ATX heading (CommonMark 0.31, 4.2), without the closing sequence.
  private static func atxHeading(_ line: String) -> (level: Int, content: String)? {
    let indented = line.utf8.drop { $0 == 0x20 }
    let level = indented.prefix { $0 == 0x23 }.count
    let rest = indented.dropFirst(level)
    guard (1...6).contains(level), rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
    let content = Prose.collapsed(String(Substring(rest)))
    let open = content.utf8.reversed().drop { $0 == 0x23 }
    guard open.count < content.utf8.count, open.first.map({ $0 == 0x20 }) ?? true else { return (level, content) }
    return (level, Prose.collapsed(String(decoding: open.reversed(), as: UTF8.self)))
  }
}

extension SourceText {
  /// The lines without their ends and without a byte order mark.
  fileprivate var lines: [Span] {
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return lineStarts.indices.map { index in
      var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
      let start = index == 0 ? mark : lineStarts[index]
      while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
      return Span(start, end)
    }
  }
}
