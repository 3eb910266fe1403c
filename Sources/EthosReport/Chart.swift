/// Rows of a table with a bar each: a part of one, from nothing to all.
///
/// The table says everything that the bars show; a reader who does not see them misses nothing.
package struct Chart: Hashable, Sendable {
  package struct Bar: Hashable, Sendable {
    /// What the bar is of, in short.
    package var label: String
    /// Its length, from 0 to 1.
    package var share: Double
    /// What it says in words: `61.2 %`.
    package var text: String
    /// The bounds of the rate behind it.
    package var low: Double?
    package var high: Double?

    package init(_ label: String, _ share: Double, _ text: String, low: Double? = nil, high: Double? = nil) {
      self.label = label
      self.share = min(max(share, 0), 1)
      self.text = text
      self.low = low.map { min(max($0, 0), 1) }
      self.high = high.map { min(max($0, 0), 1) }
    }
  }

  /// A line across all bars.
  package struct Mark: Hashable, Sendable {
    package var share: Double
    package var text: String

    package init(_ share: Double, _ text: String) {
      self.share = min(max(share, 0), 1)
      self.text = text
    }
  }

  /// What the bars are, in one line.
  package var title: String
  package var table: Table
  /// For each row its bar; rows without one have none.
  package var bars: [Bar?]
  package var mark: Mark?

  package init(_ title: String, _ table: Table, bars: [Bar?], mark: Mark? = nil) {
    self.title = title
    self.table = table
    self.bars = table.rows.indices.map { bars.indices.contains($0) ? bars[$0] : nil }
    self.mark = mark
  }
}

extension [Block] {
  /// A table with bars, without its empty columns; nothing where there are no rows.
  package mutating func chart(
    _ title: String, _ columns: [Table.Column], _ rows: [[Inline]], bars: [Chart.Bar?], mark: Chart.Mark? = nil
  ) {
    let table = Table(columns, rows).withoutEmptyColumns
    if !table.columns.isEmpty { append(.chart(Chart(title, table, bars: bars, mark: mark))) }
  }
}
