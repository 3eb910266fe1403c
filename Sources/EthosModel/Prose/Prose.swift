/// Markdown text reduced to what its layout means: white space is collapsed within a block of prose, while blocks, list
/// nesting, code and hard line breaks are kept.
///
/// The rules follow CommonMark 0.31 with these departures: text indented below an admonition (`!!! note`, as MkDocs has
/// it) belongs to it; text indented by two columns more than a list marker belongs to the item, however wide the marker
/// is; two spaces at the end of a line are no hard break, as nobody sees them and editors strip them: a backslash is.
package enum Prose {
  /// The text with every run of white space (also no-break spaces) as one space and none at the ends.
  package static func collapsed(_ text: String) -> String {
    if WhiteSpace.isSingleSpaces(text) { return text }
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in text.unicodeScalars {
      if WhiteSpace.contains(scalar) {
        pendingSpace = !result.isEmpty
      } else {
        if pendingSpace { result.append(" ") }
        pendingSpace = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The canonical text: a line for each block of prose, an empty line between blocks but for the items of a list and
  /// the rows of a table, four columns for each level of nesting, all code in fences.
  ///
  /// It is its own canonical text.
  ///
  /// Costs a pass over the text; containers beyond `maximumNesting` are read as text.
  package static func canonical(_ text: String) -> String {
    if isPlainLine(text) { return text }
    // As most texts of several lines in YAML are: one line and its end.
    if text.utf8.last == 0x0A {
      let line = String(text.unicodeScalars.dropLast())
      if isPlainLine(line) { return line }
    }
    var reader = ProseReader(depth: 0)
    for line in ProseLine.lines(text) { reader.read(ProseLine(line)) }
    return reader.rendered().joined(separator: "\n")
  }

  /// Whether a text is one line of a paragraph that begins with a letter and is its own canonical text, as most are.
  private static func isPlainLine(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
    // A backslash at the end would be a hard break.
    return isLetter && last != 0x5C && WhiteSpace.isSingleSpaces(text)
  }

  /// How many lists, quotations and admonitions may stand in one another.
  static let maximumNesting = 32
}
