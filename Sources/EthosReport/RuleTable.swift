import EthosDiff
import EthosModel
import EthosText

/// The changes of a decision's rules as a table: rule by rule and cell by cell.
enum RuleTable {
  static func item(_ acts: [Act], _ report: DiffReport) -> Item {
    let heaviest = acts.map(\.change.level).max() ?? .editorial
    let rows = acts.map { row($0.change) }
    let columns: [Table.Column] = ["rule", "column", "before", "after", "level", "change"]
    var blocks: [Block] = [.table(Table(columns, rows))]
    if let kept = acts.first(where: { $0.change.isBehaviourKept })?.change.behaviour {
      blocks.append(.paragraph("no change of behaviour: every case is decided as before (proved)"))
      blocks.list(kept.notes.map { Item(.bullet, Inline($0)) })
    }
    for act in acts where act.change.level == .undecided && report.isOpen {
      let reference = Reference(act.change.entry, path: act.change.field).description
      let command = "ethos classify \(shellWord(reference)) ACTION --because …"
      blocks.append(.paragraph("to say what it means: \(command, .command)"))
    }
    return Item(.changed, "\("rules", .name): \(counted(acts.count, "change"))  \(heaviest)", blocks)
  }

  private static func row(_ change: Change) -> [Inline] {
    let segments = change.field.segments
    var rule: Inline = "(all)"
    if segments.count > 1, case .item(let key) = segments[1] { rule = "\(key, .reference)" }
    var column: Inline = "(whole rule)"
    if segments.count > 2, case .name(let name) = segments[2] { column = "\(name, .name)" }
    if segments.count == 1 {
      column = change.kind.action == .moved ? "(order)" : "(whole rule)"
      // A rule without an id is known by what it says.
      if change.kind.action != .moved { rule = "(no id)" }
    }
    return [
      rule, column, cell(change.before, .removed), cell(change.after, .added), .level(change.level),
      Inline(change.kind.id, .dim),
    ]
  }

  /// A cell as it is written; a whole rule as its cells; nothing is `-`, as in a table.
  private static func cell(_ node: Node?, _ label: Label) -> Inline {
    guard let node else { return "-" }
    switch node.content {
    case .record(let record):
      let cells = record.entries.filter { $0.name != "id" }
      return Inline(cells.map { "\($0.name): \($0.value.summaryText)" }.joined(separator: "; "), label)
    case .list(let items): return Inline(items.map(\.summaryText).joined(separator: ", "), label)
    default: return Inline(node.summaryText, label)
    }
  }
}
