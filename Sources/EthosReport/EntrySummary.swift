import EthosModel
import EthosText

/// What an entry or a part of one says, in few lines: facts, and the beginning of long texts.
enum EntrySummary {
  /// The fields of an entry without those that name it, and without `x-…` keys, which are none of ours.
  static func blocks(of record: Record, limit: Int, more: (Int) -> Inline) -> [Block] {
    let hidden: Set<String> = ["id", "title", "owner", "status"]
    let shown = record.entries.filter { !hidden.contains($0.name) && !$0.name.begins(with: "x-") }
    return blocks(of: shown, limit: limit, more: more)
  }

  /// A value that is too long for one line.
  static func blocks(of value: Node, limit: Int, more: (Int) -> Inline) -> [Block] {
    switch value.content {
    case .record(let record): blocks(of: record.entries, limit: limit, more: more)
    default: blocks(of: [Record.Entry("", value)], limit: limit, more: more)
    }
  }

  private static func blocks(of entries: [Record.Entry], limit: Int, more: (Int) -> Inline) -> [Block] {
    var facts: [Fact] = []
    var texts: [Block] = []
    var left = 0
    for entry in entries {
      if let rules = entry.value.list, entry.name == "rules" {
        facts.append(Fact("rules", Inline(counted(rules.count, "rule"))))
        continue
      }
      if let items = entry.value.list, items.contains(where: { $0.record != nil }) {
        facts.append(Fact(entry.name, Inline(keys(items))))
        continue
      }
      let (text, rest) =
        entry.value.list.map { ($0.map(\.summaryText).joined(separator: ", "), 0) }
        ?? entry.value.summaryText.beginning(limit)
      left += rest
      if text.utf8.contains(0x0A) || entry.name.isEmpty || text.utf8.count > 160 {
        texts.append(.quote(text))
      } else {
        facts.append(Fact(entry.name, Inline(text)))
      }
    }
    var blocks: [Block] = []
    blocks.facts(facts)
    blocks += texts
    if left > 0 { blocks.paragraph(more(left)) }
    return blocks
  }

  /// The names of items that are records: the first field of each.
  private static func keys(_ items: [Node]) -> String {
    items.map { item in item.record?.entries.first?.value.summaryText ?? item.summaryText }.joined(separator: "; ")
  }
}
