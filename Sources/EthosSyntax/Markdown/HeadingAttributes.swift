import EthosModel
import EthosText

/// The block at the end of a heading: `{#id key=value key="a value" .class}`.
struct HeadingAttributes {
  var id: String?
  var attributes: [MarkdownOutline.Attribute] = []

  /// Divides a heading's content into its title and its block; nil where it ends in none, or in braces that are no block.
  static func split(_ content: String) -> (title: String, block: HeadingAttributes)? {
    guard content.ends(with: "}") else { return nil }
    // Braces may stand in quoted values, and in the title: the first brace from which all is a block begins it.
    var start = content.startIndex
    while let open = content[start...].unicodeScalars.firstIndex(of: "{") {
      if let block = HeadingAttributes(parsing: content[content.unicodeScalars.index(after: open)...].dropLast()) {
        return (Prose.collapsed(String(content[..<open])), block)
      }
      start = content.unicodeScalars.index(after: open)
    }
    return nil
  }

  private init?(parsing text: Substring) {
    var classes: [String] = []
    var rest = text.drop { $0 == " " }
    while let first = rest.first {
      let name = rest.prefix { !" =\"{}".contains($0) }
      rest = rest.dropFirst(name.count)
      if rest.first == "=", first != "#", first != ".", !name.isEmpty {
        guard let value = HeadingAttributes.takeValue(&rest) else { return nil }
        attributes.append(MarkdownOutline.Attribute(String(name), value))
      } else if name.count > 1, first == "#", id == nil {
        id = String(name.dropFirst())
      } else if name.count > 1, first == "." {
        classes.append(String(name.dropFirst()))
      } else {
        return nil
      }
      guard rest.isEmpty || rest.first == " " else { return nil }
      rest = rest.drop { $0 == " " }
    }
    if !classes.isEmpty { attributes.append(MarkdownOutline.Attribute("class", classes.joined(separator: " "))) }
  }

  private static func takeValue(_ rest: inout Substring) -> String? {
    rest.removeFirst()
    guard rest.first == "\"" else {
      let value = rest.prefix { !" \"{}".contains($0) }
      rest = rest.dropFirst(value.count)
      return String(value)
    }
    rest.removeFirst()
    guard let end = rest.unicodeScalars.firstIndex(of: "\"") else { return nil }
    let value = String(rest[..<end])
    rest = rest[rest.unicodeScalars.index(after: end)...]
    return value
  }
}
