import EthosModel
import EthosText

/// Tells apart the documents that values came from, where only a file's name says which one is read.
///
/// To take a second document for a later state of the first would retire the values of the first. So it is asked for where
/// the sections say otherwise than the name.
enum MarkdownDocuments {
  /// What keeps a document from being taken for the one of its file's name.
  static func problem(_ outline: MarkdownOutline, _ existing: Snapshot, _ name: String) -> Diagnostic? {
    guard !outline.headings.isEmpty else { return nil }
    var bySource: [String: [Document]] = [:]
    for document in existing.all(.value) where !document.isRetired {
      if let source = document.meaning[MarkdownImport.sourceField]?.text {
        bySource[source, default: []].append(document)
      }
    }
    if let own = bySource[name] {
      let shared = matches(outline, own)
      if shared * 2 >= min(own.count, outline.headings.count) { return nil }
      return Diagnostic(
        "import-conflict", .error,
        "`\(visibleText(name))` has \(shared) of the \(own.count) sections that came from a document of this name",
        help:
          "name it: `--document NAME` for another document; `--document \(shellWord(name))` for a later state of that "
          + "one, which retires what is gone")
    }
    for (source, documents) in bySource.sorted(by: { utf8Precedes($0.key, $1.key) }) {
      let shared = matches(outline, documents)
      guard shared * 2 > outline.headings.count else { continue }
      return Diagnostic(
        "import-conflict", .error,
        "\(shared) of the \(outline.headings.count) sections of `\(visibleText(name))` came from `\(visibleText(source))`",
        help:
          "`--document \(shellWord(source))` where it is a later state of that; `--document NAME` where it is another")
    }
    return nil
  }

  /// How many sections are values of a document: by id, title or text.
  private static func matches(_ outline: MarkdownOutline, _ documents: [Document]) -> Int {
    let ids = Set(documents.map(\.key.id))
    let titles = Set(documents.map(\.title))
    let texts = Set(documents.compactMap { $0.meaning["statement"]?.text.map { Prose.collapsed($0) } })
    return outline.headings.filter { heading in
      heading.id.isEmpty
        ? titles.contains(heading.title) || !heading.body.isEmpty && texts.contains(Prose.collapsed(heading.body))
        : ids.contains(heading.id)
    }.count
  }
}
