import EthosText

extension HTMLRenderer {
  /// Where things stand in a picture, in its own units.
  private enum Place {
    static let width = 720
    static let labels = 250
    static let bars = 350
    static let row = 26
    static let head = 22
  }

  /// The bars as a picture, and the table below it, which says the same.
  ///
  /// No text of a user becomes an attribute.
  ///
  /// Its colours are the page's; those in attributes are for readers that take no style into a picture.
  func element(_ chart: Chart) -> String {
    let bars = chart.bars.compactMap(\.self)
    guard !bars.isEmpty else { return table(chart.table) }
    let height = Place.head + bars.count * Place.row + 4
    var picture = "<figure>\n<svg role=\"img\" viewBox=\"0 0 \(Place.width) \(height)\">\n"
    picture += "<title>\(escaped(chart.title))</title>\n"
    for (share, text) in [(0.0, "0"), (0.5, "50 %"), (1.0, "100 %")] {
      let at = x(share)
      picture += "<text class=\"scale\" x=\"\(at)\" y=\"14\" text-anchor=\"middle\">\(text)</text>\n"
      picture +=
        "<line class=\"grid\" stroke=\"#ccc\" x1=\"\(at)\" y1=\"\(Place.head - 4)\" x2=\"\(at)\" y2=\"\(height - 4)\"></line>\n"
    }
    for (number, bar) in bars.enumerated() { picture += row(bar, top: Place.head + number * Place.row) }
    if let mark = chart.mark {
      picture += "<g><title>\(escaped(mark.text))</title>"
      picture +=
        "<line class=\"mark\" stroke=\"#000\" stroke-dasharray=\"4 3\" x1=\"\(x(mark.share))\" y1=\"\(Place.head - 4)\" x2=\"\(x(mark.share))\" y2=\"\(height - 4)\"></line></g>\n"
    }
    picture += "</svg>\n<figcaption>\(escaped(chart.title))"
    if let mark = chart.mark { picture += "; the dashed line: \(escaped(mark.text))" }
    if bars.contains(where: { $0.low != nil }) { picture += "; thin lines: 95 % intervals" }
    return picture + "</figcaption>\n</figure>\n" + table(chart.table)
  }

  private func row(_ bar: Chart.Bar, top: Int) -> String {
    let middle = top + Place.row / 2
    var text = "<g><title>\(escaped("\(bar.label): \(bar.text)"))</title>"
    text +=
      "<text x=\"\(Place.labels - 10)\" y=\"\(middle + 4)\" text-anchor=\"end\">\(escaped(short(bar.label)))</text>"
    text +=
      "<rect class=\"rest\" fill=\"none\" stroke=\"#ccc\" x=\"\(Place.labels)\" y=\"\(top + 5)\" width=\"\(Place.bars)\" height=\"16\"></rect>"
    text +=
      "<rect class=\"bar\" fill=\"#999\" x=\"\(Place.labels)\" y=\"\(top + 5)\" width=\"\(x(bar.share) - Place.labels)\" height=\"16\"></rect>"
    if let low = bar.low, let high = bar.high {
      text +=
        "<line class=\"interval\" stroke=\"#000\" x1=\"\(x(low))\" y1=\"\(middle)\" x2=\"\(x(high))\" y2=\"\(middle)\"></line>"
      for end in [low, high] {
        text +=
          "<line class=\"interval\" stroke=\"#000\" x1=\"\(x(end))\" y1=\"\(middle - 4)\" x2=\"\(x(end))\" y2=\"\(middle + 4)\"></line>"
      }
    }
    return text + "<text x=\"\(Place.labels + Place.bars + 12)\" y=\"\(middle + 4)\">\(escaped(bar.text))</text></g>\n"
  }

  private func x(_ share: Double) -> Int { Place.labels + Int((share * Double(Place.bars)).rounded()) }

  /// As much of a label as there is room for; the whole is in the title of its bar and in the table.
  private func short(_ text: String) -> String {
    text.count > 34 ? text.prefix(33) + "…" : text
  }
}
