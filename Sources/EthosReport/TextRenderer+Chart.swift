import EthosText

extension TextRenderer {
  /// Fewest and most columns that a bar takes.
  private static let barWidths = 10...40

  /// The table with a bar behind each row where there is room for it, else the bars below it with their names.
  func lines(_ chart: Chart, width: Int) -> [TextLine] {
    guard chart.bars.contains(where: { $0 != nil }) else { return lines(chart.table, width: width) }
    let left = width - naturalWidth(chart.table) - 2
    if left >= TextRenderer.barWidths.lowerBound {
      let bar = min(left, TextRenderer.barWidths.upperBound)
      let rows = zip(chart.table.rows, chart.bars).map { row, of in
        row + [of.map { self.bar($0, chart.mark, bar) } ?? ""]
      }
      let scale = "0" + String(repeating: " ", count: max(1, bar - 6)) + "100 %"
      return lines(Table(chart.table.columns + [Table.Column(scale)], rows), width: width) + key(chart, width)
    }
    var result = lines(chart.table, width: width)
    result.append(TextLine())
    let names = chart.bars.map { $0.map { short(visibleText($0.label), max(8, width / 3)) } ?? "" }
    let column = names.map { displayWidth($0) }.max() ?? 0
    let bar = min(width - column - 2, TextRenderer.barWidths.upperBound)
    for (name, of) in zip(names, chart.bars) {
      guard let of else { continue }
      var line = TextLine(name)
      line.pad(to: column + 2)
      line.append(TextLine(unbroken: self.bar(of, chart.mark, max(bar, 4))))
      result.append(line)
    }
    return result + key(chart, width)
  }

  /// Full up to the value; what is left is dotted, so that a bar has an end without any colour.
  private func bar(_ bar: Chart.Bar, _ mark: Chart.Mark?, _ width: Int) -> Inline {
    let full = Int((bar.share * Double(width)).rounded())
    let place = mark.map { min(Int(($0.share * Double(width)).rounded(.down)), width - 1) }
    var text = ""
    for column in 0..<width {
      text += column == place ? "|" : column < full ? "█" : "·"
    }
    return Inline(text)
  }

  private func key(_ chart: Chart, _ width: Int) -> [TextLine] {
    chart.mark.map { LineBreaker.lines("| \($0.text)", width: width) } ?? []
  }

  private func naturalWidth(_ table: Table) -> Int {
    table.columns.indices.reduce(2 * (table.columns.count - 1)) { sum, column in
      let cells = table.rows.map { displayWidth(visibleText($0[column].text)) }
      return sum + max(displayWidth(visibleText(table.columns[column].title)), cells.max() ?? 0)
    }
  }

  private func short(_ text: String, _ columns: Int) -> String {
    guard displayWidth(text) > columns else { return text }
    var (result, width) = ("", 1)
    for character in text {
      width += displayWidth(character)
      guard width <= columns else { break }
      result.append(character)
    }
    return result + "…"
  }
}
