package import EthosModel
import EthosText

/// What a model said of a decision when it was imported last: a digest for each field, in `x-dmn-said`.
///
/// With it, a field that the model says as it did before is left as people have it, whatever they made of it.
package enum DMNMemory {
  package static let field = "x-dmn-said"

  private static let length = 12

  /// The digests of all fields that a model says, in the order of their names in the plan.
  package static func text(of fields: Record) -> String {
    DMNImportPlan.ownFields.map { digest(fields[$0]) }.joined()
  }

  /// Whether a model says a field as it did; nil where that is not known.
  static func isUnchanged(_ field: String, _ said: Record, since memory: String?) -> Bool? {
    guard let memory, let index = DMNImportPlan.ownFields.firstIndex(of: field),
      memory.utf8.count == length * DMNImportPlan.ownFields.count
    else { return nil }
    let digits = memory.utf8.dropFirst(index * length).prefix(length)
    return digest(said[field]).utf8.elementsEqual(digits)
  }

  private static func digest(_ node: Node?) -> String {
    var bytes: [UInt8] = []
    if let node { append(node, to: &bytes) }
    return String(Fingerprint(digestOf: bytes).hex.prefix(length))
  }

  /// The bytes of a value: texts with their length in front, so that no two values have the same.
  private static func append(_ node: Node, to bytes: inout [UInt8]) {
    func text(_ text: String) { bytes += Array("\(text.utf8.count) \(text)".utf8) }
    switch node.content {
    case .list(let items):
      bytes += Array("L\(items.count) ".utf8)
      for item in items { append(item, to: &bytes) }
    case .record(let record):
      bytes += Array("R\(record.entries.count) ".utf8)
      for entry in record.entries.sorted(by: { utf8Precedes($0.name, $1.name) }) {
        text(entry.name)
        append(entry.value, to: &bytes)
      }
    case .text(let value): text(value)
    case .number(let value): text(value.description)
    case .boolean(let value): text(value ? "true" : "false")
    case .day(let value): text(value.description)
    }
  }
}
