import EthosText

/// One line of a user's Markdown text, taken apart as far as layout needs it.
struct MarkdownLine {
  /// The columns before the first character.
  var indent: Int
  /// The mark of a list item or a quotation with the space behind it, or nothing.
  var marker: String
  var text: String
  /// Whether the line stands as it is: code between fences, the fences, and rows of tables.
  var isVerbatim: Bool
  /// Whether the line stands in code between fences; the fences do not.
  var isCode = false
  var isFence = false

  /// The lines of a text.
  ///
  /// Costs one pass.
  static func lines(of text: String) -> [MarkdownLine] {
    let unified = text.replacingText("\r\n", with: "\n").replacingText("\r", with: "\n").replacingText(
      "\t", with: "    ")
    var fence: (sign: Unicode.Scalar, length: Int)?
    var result: [MarkdownLine] = []
    func joined(_ scalars: some Sequence<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }
    for line in unified.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = line.prefix { $0 == " " }.count
      let body = line.dropFirst(indent)
      let first = body.first ?? " "
      let length = body.prefix { $0 == first }.count
      if let open = fence {
        let closes = first == open.sign && length >= open.length && body.dropFirst(length).allSatisfy { $0 == " " }
        result.append(
          MarkdownLine(
            indent: indent, marker: "", text: joined(body), isVerbatim: true, isCode: !closes, isFence: closes))
        if closes { fence = nil }
      } else if first == "`" || first == "~", length >= 3 {
        fence = (first, length)
        result.append(MarkdownLine(indent: indent, marker: "", text: joined(body), isVerbatim: true, isFence: true))
      } else if first == "|" {
        result.append(MarkdownLine(indent: indent, marker: "", text: joined(body), isVerbatim: true))
      } else {
        let marker = marker(body)
        result.append(
          MarkdownLine(
            indent: indent, marker: marker, text: joined(body.dropFirst(marker.unicodeScalars.count)), isVerbatim: false
          ))
      }
    }
    while let last = result.last, last.text.isEmpty, last.marker.isEmpty { result.removeLast() }
    return result
  }

  private static func marker(_ body: Substring.UnicodeScalarView) -> String {
    guard let first = body.first else { return "" }
    if ["-", "*", "+", ">"].contains(first), body.dropFirst().first == " " { return "\(first) " }
    let digits = body.prefix { ("0"..."9").contains($0) }
    let rest = body.dropFirst(digits.count)
    guard (1...9).contains(digits.count), let point = rest.first, point == "." || point == ")",
      rest.dropFirst().first == " "
    else { return "" }
    return String(String.UnicodeScalarView(digits)) + "\(point) "
  }
}
