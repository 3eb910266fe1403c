package import EthosModel
import EthosText

/// Writes new files: fields in the order of the schema, tables aligned, quotes where they are needed.
package enum DocumentPrinter {
  /// The YAML of a document's fields.
  ///
  /// Reading it gives fields of the same meaning.
  package static func text(kind: Kind, fields: Record) -> String {
    let writer = YAMLWriter(columns: TableColumns(fields))
    let said = Record(fields.entries.filter { !isUnsaid($0) })
    return writer.mapping(said, .record(Schema.of(kind).fields), indent: 0)
  }

  /// Whether a field is empty, so that it says nothing and cannot be written.
  private static func isUnsaid(_ entry: Record.Entry) -> Bool {
    guard !entry.name.begins(with: "x-") else { return false }
    switch entry.value.content {
    case .text(let text): return text.utf8.allSatisfy { isBlankOrBreak($0) }
    case .list(let items): return items.isEmpty
    case .record(let record): return record.isEmpty
    case .number, .boolean, .day: return false
    }
  }
}
