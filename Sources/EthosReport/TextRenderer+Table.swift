import EthosText

extension TextRenderer {
  private static let gap = 2

  /// A table as aligned columns where they fit, else each row as a group of lines.
  func lines(_ table: Table, width: Int) -> [TextLine] {
    guard !table.columns.isEmpty else { return [] }
    guard let widths = columnWidths(table, width: width) else { return groups(table, width: width) }
    var result = row(table.columns.map { Inline($0.title, .dim) }, table, widths)
    var rule = TextLine()
    for (index, column) in widths.enumerated() {
      if index > 0 { rule.append("  ", .plain, width: TextRenderer.gap) }
      rule.append(String(repeating: "─", count: column), .dim, width: column)
    }
    result.append(rule)
    for cells in table.rows { result += row(cells, table, widths) }
    return result
  }

  /// The width of each column: its widest cell where all of them fit, else the widest columns give way, down to their
  /// longest word, so that what is copied from a table is whole; where that is too wide, down to 16 columns, and nil where
  /// even that is.
  private func columnWidths(_ table: Table, width: Int) -> [Int]? {
    let available = width - TextRenderer.gap * (table.columns.count - 1)
    var natural: [Int] = []
    var longest: [Int] = []
    for (index, column) in table.columns.enumerated() {
      let title = displayWidth(visibleText(column.title))
      natural.append(title)
      longest.append(min(title, 16))
      for row in table.rows where index < row.count {
        let cell = visibleText(row[index].text)
        natural[index] = max(natural[index], displayWidth(cell))
        guard longest[index] < available else { continue }
        longest[index] = max(
          longest[index], cell.parts(at: " ", omittingEmpty: true).map { displayWidth($0) }.max() ?? 0)
      }
      natural[index] = min(natural[index], max(available, 1))
    }
    var least = zip(longest, natural).map { min($0, $1) }
    if least.reduce(0, +) > available { least = least.map { min($0, 16) } }
    guard least.reduce(0, +) <= available else { return nil }
    // The highest common limit under which the columns fit: those that are narrower keep their width.
    var widths = natural
    var (low, high) = (1, max(available, 1))
    func fitted(_ limit: Int) -> [Int] { zip(natural, least).map { max($1, min($0, limit)) } }
    while low < high {
      let middle = (low + high + 1) / 2
      if fitted(middle).reduce(0, +) <= available { low = middle } else { high = middle - 1 }
    }
    widths = fitted(low)
    // What is left goes to the columns that gave way, from the left.
    var left = available - widths.reduce(0, +)
    for index in widths.indices where widths[index] < natural[index] && left > 0 {
      let more = min(left, natural[index] - widths[index])
      widths[index] += more
      left -= more
    }
    return widths
  }

  private func row(_ cells: [Inline], _ table: Table, _ widths: [Int]) -> [TextLine] {
    let wrapped = zip(cells, widths).map { LineBreaker.lines($0, width: $1) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var result = TextLine()
      var column = 0
      for (index, cell) in wrapped.enumerated() {
        if line < cell.count {
          let isRight = table.columns[index].alignment == .right
          result.pad(to: column + (isRight ? max(0, widths[index] - cell[line].width) : 0))
          result.append(cell[line])
        }
        column += widths[index] + TextRenderer.gap
      }
      return result
    }
  }

  private func groups(_ table: Table, width: Int) -> [TextLine] {
    var result: [TextLine] = []
    for (index, cells) in table.rows.enumerated() {
      if index > 0 { result.append(TextLine()) }
      for (column, cell) in zip(table.columns, cells) where !cell.isEmpty {
        result += LineBreaker.lines("\(column.title, .dim): \(cell)", width: width)
      }
    }
    return result
  }
}

// MARK: - Source excerpts

extension TextRenderer {
  /// A place, then its line with its number and a mark below, cropped around the mark where it is too long.
  func lines(_ excerpt: Excerpt, width: Int) -> [TextLine] {
    guard let text = excerpt.text else { return [place(excerpt, gutter: 2)] }
    let number = String(excerpt.line)
    let available = max(10, width - number.count - 3)
    let scalars = Array(text.unicodeScalars)
    let start = min(max(excerpt.mark.lowerBound, 0), scalars.count)
    let end = min(max(excerpt.mark.upperBound, start), scalars.count)
    // More than a line's worth on either side is never shown.
    var before = visible(scalars[max(0, start - 4 * available)..<start])
    let marked = visible(scalars[start..<min(end, start + available)])
    let after = visible(scalars[end..<min(scalars.count, end + available)])
    var isCropped = start > 4 * available
    while displayWidth(before) > available / 2, displayWidth(before + marked + after) > available, !before.isEmpty {
      before.removeFirst(max(1, min(before.count, displayWidth(before) - available / 2)))
      isCropped = true
    }
    if isCropped { before = "…" + before }
    let cut = prefix(before + marked + after, columns: available)
    let markStart = displayWidth(before)
    let markWidth = max(1, min(displayWidth(marked), available - markStart))

    let gutter = String(repeating: " ", count: number.count) + " |"
    var source = TextLine(number + " | ", .dim)
    source.append(cut, .plain, width: displayWidth(cut))
    var mark = TextLine(gutter + " ", .dim)
    mark.pad(to: number.count + 3 + markStart)
    mark.append(String(repeating: "^", count: markWidth), .error, width: markWidth)
    return [place(excerpt, gutter: number.count), TextLine(gutter, .dim), source, mark]
  }

  private func place(_ excerpt: Excerpt, gutter: Int) -> TextLine {
    var line = TextLine(String(repeating: " ", count: gutter) + "--> ", .dim)
    let place = visibleText("\(excerpt.file):\(excerpt.line):\(excerpt.column)")
    line.append(place, .reference, width: displayWidth(place))
    return line
  }

  private func visible(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    visibleText(String(String.UnicodeScalarView(scalars)).replacingText("\t", with: "    "))
  }

  private func prefix(_ text: String, columns: Int) -> String {
    guard displayWidth(text) > columns else { return text }
    var width = 1
    var result = ""
    for character in text {
      width += displayWidth(character)
      guard width <= columns else { break }
      result.append(character)
    }
    return result + "…"
  }
}
