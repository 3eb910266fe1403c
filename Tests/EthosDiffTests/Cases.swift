import EthosModel
import Testing

/// A small change of an identity and what it is called: `id entry.field`, in the order of the entries and fields.
struct Case: Sendable, CustomTestStringConvertible {
  var name: String
  var before: [Document]
  var after: [Document]
  var changes: [String]

  init(_ name: String, _ before: [Document], _ after: [Document], _ changes: [String]) {
    self.name = name
    self.before = before
    self.after = after
    self.changes = changes
  }

  /// One field of one entry changes; nil where a side lacks it.
  init(_ kind: Kind, _ field: String, _ before: Written?, _ after: Written?, _ changes: [String]) {
    func side(_ value: Written?) -> [Document] {
      [EthosDiffTests.document(kind, "it", value.map { [(field, $0)] } ?? [])]
    }
    self.init("\(kind).\(field): \(changes.joined(separator: ", "))", side(before), side(after), changes)
  }

  var testDescription: String { name }
}
