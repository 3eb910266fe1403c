import EthosModel
package import EthosText

/// The sections of a Markdown document whose headings carry an id: `## Title {#id key=value}`.
///
/// A heading without an id is text of the section above it, unless ids are made of headings. Headings are read as
/// CommonMark 0.31 reads them, underlined ones too; those in code, in a list item, in a quotation or in a comment are text.
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
    /// Empty for a heading without one, where ids are made of headings: `MarkdownIDs` gives it one.
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

  package internal(set) var headings: [Heading] = []
  /// The headings that have no id and became text of a section.
  package private(set) var unnamed: [(title: String, line: Int)] = []
  /// The heading that is the title of the whole document, where ids are made of headings.
  package private(set) var documentTitle: String?
  /// Whether text that is not blank stands before the first heading with an id.
  package private(set) var hasPreamble = false
  /// Ids that are none, ids that are used twice, bytes that are no UTF-8.
  package private(set) var diagnostics: [Diagnostic] = []

  /// How many attributes a heading may have.
  package static let maximumAttributes = 64

  /// Where the ids of sections come from.
  package enum IDs: String, Sendable, CaseIterable {
    /// From the headings that carry one; other headings are text.
    case written
    /// From the words of headings that carry none.
    case slug
  }

  /// Reads a document.
  ///
  /// Costs one pass over the text.
  package static func read(_ source: SourceText, ids: IDs = .written) -> MarkdownOutline {
    var outline = MarkdownOutline()
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      outline.diagnostics.append(
        Diagnostic(
          "invalid-utf-8", .error, "the document is not UTF-8", at: source.location(Span(0, 0)),
          help: "save it as UTF-8"))
      return outline
    }
    outline.read(sections: source, ids)
    if ids == .slug { outline.takeTitle() }
    return outline
  }

  private mutating func read(sections source: SourceText, _ ids: IDs) {
    var scanner = MarkdownHeadingScanner(source.lines.map { source.text($0) })
    var body: [String] = []
    var places: [String: Int] = [:]
    // The headings that the next one may stand below, by falling level.
    var ancestors: [Int] = []
    for (index, line) in source.lines.enumerated() {
      let text = source.text(line)
      guard let found = scanner.heading(at: index) else {
        body.append(text)
        continue
      }
      let span = source.lines[index - found.linesBefore]
      let split = HeadingAttributes.split(found.content)
      let isWritten = split?.block.id != nil
      guard isWritten || ids == .slug && !found.content.isEmpty else {
        unnamed.append((found.content, source.position(at: span.start).line))
        body.append(text)
        continue
      }
      let id = split?.block.id ?? ""
      let attributes = split?.block.attributes ?? []
      if let problem = problem(id, attributes.count, places, source, span) {
        diagnostics.append(problem)
        body.append(text)
        continue
      }
      if isWritten { places[id] = source.position(at: span.start).line }
      body.removeLast(found.linesBefore)
      close(&body)
      while let last = ancestors.last, headings[last].level >= found.level { ancestors.removeLast() }
      headings.append(
        Heading(
          level: found.level, id: id, title: split?.title ?? found.content, attributes: attributes, body: "",
          span: span,
          parent: ancestors.last))
      ancestors.append(headings.count - 1)
    }
    close(&body)
  }

  /// Why a heading cannot become a value.
  private func problem(
    _ id: String, _ attributes: Int, _ places: [String: Int], _ source: SourceText, _ line: Span
  ) -> Diagnostic? {
    guard id.isEmpty || EntryKey.isID(id) else {
      return Diagnostic(
        "invalid-id", .error, "`\(id)` is no id, so the heading cannot become a value", at: source.location(line),
        help: "an id is letters, digits, `-` and `_`, and begins with a letter or digit")
    }
    if let first = places[id] {
      return Diagnostic(
        "duplicate-id", .error,
        "two headings have the id `\(id)`: lines \(first) and \(source.position(at: line.start).line)",
        at: source.location(line), help: "give one of them another id")
    }
    guard attributes <= MarkdownOutline.maximumAttributes else {
      return Diagnostic(
        "too-many-attributes", .error,
        "the heading has \(attributes) attributes, and the limit is \(MarkdownOutline.maximumAttributes)",
        at: source.location(line))
    }
    return nil
  }

  /// Takes the one heading of the first level, with all others below it, as the title of the document.
  private mutating func takeTitle() {
    guard headings.count > 1, let first = headings.first, first.id.isEmpty, first.level == 1,
      headings.dropFirst().allSatisfy({ $0.level > 1 })
    else { return }
    documentTitle = first.title
    if !first.body.isEmpty { hasPreamble = true }
    headings.removeFirst()
    for index in headings.indices {
      headings[index].parent = headings[index].parent.flatMap { $0 == 0 ? nil : $0 - 1 }
    }
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
