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
    func lines(_ span: Span) -> ClosedRange<Int> {
      let first = source.line(at: span.start)
      return first...max(first, source.line(at: max(span.start, span.end - 1)))
    }
    func name(_ place: FieldPath, _ range: ClosedRange<Int>) throws {
      guard let entry = try entries[place] ?? why(key, place) else { return }
      entries[place] = entry
      for line in range { fields[line] = place }
    }
    // What stands within another place comes after it, and says more.
    for place in places(of: document).sorted(by: { $0.segments.count < $1.segments.count }) {
      if let span = document.span(of: place) { try name(place, lines(span)) }
    }
    for list in document.fields.entries {
      let items = document.items(of: list).map { (place: $0.place, lines: lines($0.span)) }
      for item in items {
        // Of a line that several items share, only the list as a whole can be told.
        let isShared = items.contains { $0.place != item.place && $0.lines.overlaps(item.lines) }
        try name(isShared ? FieldPath(list.name) : item.place, item.lines)
      }
    }
    var texts = source.lineStarts.indices.map { index in
      let end = index + 1 < source.lineStarts.count ? source.lineStarts[index + 1] : source.bytes.count
      let text = source.text(Span(source.lineStarts[index], end))
      let content = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
      return Blame.Line(text: String(content), field: content.allSatisfy { $0 == " " } ? nil : fields[index])
    }
    if texts.last?.text.isEmpty ?? false { texts.removeLast() }
    return Blame(path: document.path, lines: texts, entries: entries)
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

  /// The items of a list as `why` knows them, each where it stands: by its key, or by what it says where it has none.
  fileprivate func items(of list: Record.Entry) -> [(place: FieldPath, span: Span)] {
    guard let type = Schema.of(kind).field(list.name)?.type, let items = meaning[list.name]?.list else { return [] }
    switch type {
    case .set, .sequence, .items: break
    default: return []
    }
    return items.compactMap { item in
      let place = FieldPath(list.name).appending(.item(type.key(of: item)))
      return (item.span ?? written(at: place)?.span).map { (place, $0) }
    }
  }
}
