import EthosText

extension MarkdownImport {
  /// The file that keeps the order and the nesting of the sections, which files cannot.
  static let contentsPath = "values/OUTLINE.md"

  /// A nested list of the sections in the document's order, each with a link to its file.
  static func contents(_ outline: MarkdownOutline, paths: [String], source: String) -> String {
    var text = "# \(source)\n\n"
    text += "The values of this document in its order. `ethos import markdown` writes this file anew each time.\n\n"
    var depths: [Int] = []
    for (heading, path) in zip(outline.headings, paths) {
      let depth = heading.parent.map { depths[$0] + 1 } ?? 0
      depths.append(depth)
      let title = heading.title.isEmpty ? heading.id : heading.title
      let indent = String(repeating: "  ", count: depth)
      text += "\(indent)- [\(escaped(title))](\(path.dropFirst("values/".utf8.count))) `\(heading.id)`\n"
    }
    return text
  }

  /// Brackets would end the text of a link early.
  private static func escaped(_ title: String) -> String {
    title.replacingScalar("\\", with: "\\\\").replacingScalar("[", with: "\\[").replacingScalar("]", with: "\\]")
      .replacingScalar("<", with: "\\<")
  }
}

extension ImportPlan {
  /// The document's line at the top of its table of contents.
  private var heading: Substring.UTF8View { contents.text.utf8.prefix { $0 != 0x0A } }

  /// Whether the bytes are a table of contents of the same document.
  package func isContents(_ bytes: [UInt8]) -> Bool { bytes.prefix { $0 != 0x0A }.elementsEqual(heading) }

  /// Where the table of contents of a document stands beside that of another.
  package var ownContentsPath: String {
    let name = String(decoding: heading.dropFirst(2), as: UTF8.self)
    return "\(contents.path.dropLast(3))-\(MarkdownIDs.slug(name)).md"
  }
}
