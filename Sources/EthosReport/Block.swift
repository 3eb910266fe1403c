package import EthosText

/// One block of a report.
///
/// Blocks say what something is; the renderers say how it looks.
package indirect enum Block: Hashable, Sendable {
  /// A heading; level 1 is the title of the report.
  case heading(level: Int, Inline)
  case paragraph(Inline)
  case list([Item])
  case table(Table)
  /// A table with a bar for each row.
  case chart(Chart)
  /// Names with their values, one a line.
  case facts([Fact])
  /// Text that a user wrote as Markdown, shown as it is written and indented as a quotation.
  case quote(String)
  /// Text that a user wrote as Markdown, shown as it is written.
  case prose(String)
  /// Lines that stand under each other as they are, and are not broken.
  case lines([Inline])
  /// Reworded prose, word by word.
  case diff(WordDiff)
  /// A place in a file, its line, and a mark below it.
  case excerpt(Excerpt)
  /// An empty line in text; Markdown parts blocks by itself.
  case blank
}

/// One item of a list, with blocks of its own below it.
package struct Item: Hashable, Sendable {
  package var mark: Mark
  package var text: Inline
  package var blocks: [Block]

  package enum Mark: Hashable, Sendable {
    case bullet, added, removed, changed, warning

    /// How it is written where there is no other bullet.
    package var sign: String {
      switch self {
      case .bullet: "·"
      case .added: "+"
      case .removed: "-"
      case .changed: "~"
      case .warning: "!"
      }
    }

    package var label: Label {
      switch self {
      case .bullet: .dim
      case .added: .added
      case .removed: .removed
      case .changed: .changed
      case .warning: .warning
      }
    }
  }

  package init(_ mark: Mark = .bullet, _ text: Inline, _ blocks: [Block] = []) {
    self.mark = mark
    self.text = text
    self.blocks = blocks
  }
}

/// A name with its value.
package struct Fact: Hashable, Sendable {
  package var name: String
  package var value: Inline

  package init(_ name: String, _ value: Inline) {
    self.name = name
    self.value = value
  }
}

/// Rows of text under columns.
///
/// Where the columns do not fit a terminal, each row becomes a group of lines.
package struct Table: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable { case left, right }

  package struct Column: Hashable, Sendable, ExpressibleByStringLiteral {
    package var title: String
    package var alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }

    package init(stringLiteral value: String) { self.init(value) }
  }

  package var columns: [Column]
  /// Rows that are shorter than the columns end with empty cells; cells beyond the columns are not shown.
  package private(set) var rows: [[Inline]]

  package init(_ columns: [Column], _ rows: [[Inline]] = []) {
    self.columns = columns
    self.rows = []
    for row in rows { append(row) }
  }

  package mutating func append(_ row: [Inline]) {
    rows.append(columns.indices.map { $0 < row.count ? row[$0] : Inline() })
  }

  /// The same table without the columns in which every row is empty.
  package var withoutEmptyColumns: Table {
    let kept = columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
    return Table(kept.map { columns[$0] }, rows.map { row in kept.map { row[$0] } })
  }
}

/// A place in a file with its line, where that is known, and the part of it that a message is about.
package struct Excerpt: Hashable, Sendable {
  package var file: String
  /// The number of the line, from 1.
  package var line: Int
  /// The column of the first marked character in Unicode scalars, from 1.
  package var column: Int
  /// The whole line; nil where the source is not at hand.
  package var text: String?
  /// The marked part, in Unicode scalars from the beginning of the line.
  package var mark: Range<Int>

  /// A place of which nothing but its name is known.
  package init(_ location: Location) {
    file = location.file
    line = location.line
    column = location.column
    text = nil
    mark = 0..<0
  }

  /// The first line of a place in a source.
  package init(_ location: Location, in source: SourceText) {
    self.init(location)
    let starts = source.lineStarts
    let index = min(max(location.line - 1, 0), starts.count - 1)
    let end = index + 1 < starts.count ? starts[index + 1] : source.bytes.count
    let whole = source.text(Span(starts[index], end))
    let line = String(whole.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" })
    let count = line.unicodeScalars.count
    let start = min(max(location.column - 1, 0), count)
    let stop = location.endLine > location.line ? count : min(max(location.endColumn - 1, start), count)
    text = line
    mark = start..<stop
  }
}
