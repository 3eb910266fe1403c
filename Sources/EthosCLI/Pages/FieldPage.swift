import EthosModel
import EthosReport
import EthosText

/// One field as it is written.
enum FieldPage {
  static func make(_ value: Node, at reference: Reference) -> Report {
    var blocks: [Block] = []
    switch value.content {
    case .list(let items): blocks.list(items.map { Item(.bullet, "\($0.summaryText)") })
    case .record(let record): blocks.facts(record.entries.map { Fact($0.name, "\($0.value.summaryText)") })
    case .text(let text) where text.utf8.contains(0x0A): blocks.prose(text)
    case .text, .number, .boolean, .day: blocks.paragraph("\(value.summaryText)")
    }
    return Report(
      blocks,
      json: .members([
        "schema": .string("ethos.field.v1"), "field": .string(reference.description), "value": value.json,
      ]))
  }
}
