import EthosGit
package import EthosModel
package import EthosRecord
import EthosText

/// A file of an identity, line by line, each with the place whose value stands there and the record of that.
package struct Blame: Sendable {
  package struct Line: Sendable {
    package var text: String
    /// The place, as `why` names it; nil where the line says nothing (a comment, an empty line, the id).
    package var field: FieldPath?
  }

  package var path: String
  package var lines: [Line]
  /// What gave each place its value.
  package var entries: [FieldPath: LedgerEntry]
}

extension Ledger {
  /// Who gave each line of an entry's file the value that it says; nil where there is no such entry.
  package func blame(_ key: EntryKey) throws -> Blame? {
    guard let document = try document(key), let source = document.source else { return nil }
    var fields = [FieldPath?](repeating: nil, count: source.lineStarts.count)
    var entries: [FieldPath: LedgerEntry] = [:]
    // What stands within another place comes after it, and says more.
    for place in places(of: document).sorted(by: { $0.segments.count < $1.segments.count }) {
      guard let entry = try why(key, place), let span = document.span(of: place) else { continue }
      entries[place] = entry
      let last = source.line(at: max(span.start, span.end - 1))
      for line in source.line(at: span.start)...max(last, source.line(at: span.start)) { fields[line] = place }
    }
    var lines = source.lineStarts.indices.map { index in
      let end = index + 1 < source.lineStarts.count ? source.lineStarts[index + 1] : source.bytes.count
      let text = source.text(Span(source.lineStarts[index], end))
      let content = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
      return Blame.Line(text: String(content), field: content.allSatisfy { $0 == " " } ? nil : fields[index])
    }
    if lines.last?.text.isEmpty ?? false { lines.removeLast() }
    return Blame(path: document.path, lines: lines, entries: entries)
  }
}

extension Document {
  /// Where a place stands in the file: from its name to the end of its value.
  fileprivate func span(of place: FieldPath) -> Span? {
    // An item without a key is named by what it means, which is not how it is written.
    guard let value = written(at: place)?.span ?? self.value(at: place)?.span else { return nil }
    guard place.segments.count == 1, case .name(let name) = place.segments[0],
      let nameSpan = fields.entries.first(where: { $0.name == name })?.nameSpan
    else { return value }
    return Span(min(nameSpan.start, value.start), value.end)
  }
}
