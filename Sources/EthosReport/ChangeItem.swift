import EthosDiff
import EthosModel
import EthosRecord
import EthosText

/// One change as an item of a list: what was done to what, how much it weighs, and what a person needs to judge it.
struct ChangeItem {
  private let act: Act
  private let report: DiffReport

  /// Most characters that a value takes on one line beside the other side's.
  private static let inlineLimit = 60
  /// Most characters that are shown of the text of an entry that was added or went.
  private static let excerptLimit = 400
  /// Most rules that are shown of a decision that was added.
  private static let rulesLimit = 40

  init(_ act: Act, _ report: DiffReport) {
    self.act = act
    self.report = report
  }

  private var change: Change { act.change }
  private var reference: Reference { Reference(change.entry, path: change.field) }

  var item: Item {
    if change.kind.area == .behaviour, let behaviour = change.behaviour {
      return BehaviourItem(behaviour).item(change)
    }
    var blocks: [Block] = []
    var text = headline(&blocks)
    text += "  \(change.level)"
    // The id of a change says more than its level, and is what a charter's `severity` takes.
    text += " \(change.kind.id, .dim)"
    if !act.also.isEmpty {
      let all = [change.entry] + act.also
      blocks.insert(
        .paragraph("on \(counted(all.count, change.entry.kind.rawValue)): \(.list(all.map(\.id), .reference))"), at: 0)
    }
    if let reason = report.reason(change) { blocks.append(.paragraph("because: \(reason)")) }
    if change.level == .undecided { appendHelp(&blocks) }
    return Item(mark, text, blocks)
  }

  private var mark: Item.Mark {
    switch change.kind.action {
    case .added, .restored: .added
    case .removed, .retired: .removed
    default: change.before == nil ? .added : change.after == nil ? .removed : .changed
    }
  }

  private var field: Inline { "\(change.field, .name)" }

  private func headline(_ blocks: inout [Block]) -> Inline {
    guard !change.field.isEmpty else { return wholeEntry(&blocks) }
    let (before, after) = (change.before, change.after)
    if let left = before?.text, let right = after?.text, isProse || isLong(before) || isLong(after) {
      blocks.append(.diff(WordDiff(before: left, after: right)))
      return "\(field) \(change.kind.action.rawValue)"
    }
    switch (before, after) {
    case (nil, let value?): return stated("added", value, &blocks)
    case (let value?, nil): return stated("removed", value, &blocks)
    case (let left?, let right?):
      if isLong(left) || isLong(right) {
        blocks.append(.diff(WordDiff(before: left.summaryText, after: right.summaryText)))
        return "\(field) \(change.kind.action.rawValue)"
      }
      // The sides of a reversal name what they are of.
      let name: Inline = change.kind.action == .reversed ? "" : "\(field): "
      return "\(name)\(oneLine(left), .removed) → \(oneLine(right), .added)"
    case (nil, nil): return "\(field) \(change.kind.action.rawValue)"
    }
  }

  /// A value that came or went, beside its field or, where it is long, below.
  private func stated(_ verb: String, _ value: Node, _ blocks: inout [Block]) -> Inline {
    let label: Label = verb == "added" ? .added : .removed
    // An item is named by its key; where its key is all of it, there is no more to say.
    if case .item(let key) = change.field.segments.last, value.summaryText == key || isOnlyItsKey(value, key) {
      return "\(field) \(verb)"
    }
    if !isLong(value) { return "\(field) \(verb): \(oneLine(value), label)" }
    blocks += EntrySummary.blocks(of: value, limit: ChangeItem.excerptLimit) { left in more(left) }
    return "\(field) \(verb)"
  }

  private func isOnlyItsKey(_ value: Node, _ key: String) -> Bool {
    guard let record = value.record else { return false }
    return record.entries.count == 1 && record.entries.first?.value.summaryText == key
  }

  private func wholeEntry(_ blocks: inout [Block]) -> Inline {
    let verb = change.kind.action.rawValue
    switch change.kind.action {
    case .retired:
      let tombstone = change.after?.record
      if let because = tombstone?["because"]?.text { blocks.append(.quote(because)) }
      let left = (change.before?.record?.names ?? []).filter { tombstone?[$0] == nil }
      if !left.isEmpty { blocks.append(.paragraph("the tombstone leaves out: \(.list(left, .name))")) }
      return "\(verb)\(tombstone?["since"]?.day.map { " since \($0)" } ?? "")"
    default:
      if report.showsTables, let added = change.after?.record, let document = report.after.snapshot[change.entry],
        document.kind == .decision
      {
        let tables: Set = ["inputs", "outputs", "rules"]
        let rest = Record(added.entries.filter { !tables.contains($0.name) })
        blocks += EntrySummary.blocks(of: rest, limit: ChangeItem.excerptLimit) { left in more(left) }
        blocks += ShowReport(document, in: report.after.snapshot).tableBlocks(limit: ChangeItem.rulesLimit) { left in
          "… \(left) more: \(show, .command)"
        }
      } else if let value = change.after ?? change.before, let record = value.record {
        blocks += EntrySummary.blocks(of: record, limit: ChangeItem.excerptLimit) { left in more(left) }
      }
      return Inline(verb)
    }
  }

  /// Where the rest of a text can be read.
  private func more(_ words: Int) -> Inline { "… \(counted(words, "more word")): \(show, .command)" }

  private var show: String {
    let side = change.after == nil ? report.before : report.after
    if let typed = side.typed { return "ethos show \(shellWord("\(change.entry)")) --at \(shellWord(typed))" }
    let revision = side.commit.map { "@\($0.short)" } ?? ""
    return "ethos show \(shellWord("\(change.entry)\(revision)"))"
  }

  /// A short value as people say it; the sides of a reversed priority are the higher value, then the lower.
  private func oneLine(_ node: Node) -> String {
    switch node.content {
    case .list(let items):
      items.map(\.summaryText).joined(separator: change.kind.action == .reversed ? " over " : ", ")
    case .record(let record): record.entries.map { "\($0.name) \($0.value.summaryText)" }.joined(separator: ", ")
    default: node.summaryText
    }
  }

  private var isProse: Bool {
    if case .prose = Schema.of(change.entry.kind).type(at: change.field) { return true }
    return change.kind.action == .reworded
  }

  private func isLong(_ node: Node?) -> Bool {
    guard let text = node?.summaryText else { return false }
    return text.utf8.contains(0x0A) || text.utf8.count > ChangeItem.inlineLimit
  }

  private func appendHelp(_ blocks: inout [Block]) {
    // Whole sentences that came or went stand in the difference already.
    let signals = change.signals.filter { !$0.name.begins(with: "sentence-") }
    var names: [String] = []
    for signal in signals where !names.contains(signal.name) { names.append(signal.name) }
    blocks.list(
      names.map { name in
        let details = signals.filter { $0.name == name }.map(\.detail)
        return Item(.warning, "\(name.replacingScalar("-", with: " ")): \(details.joined(separator: "; "))")
      })
    guard report.isOpen else { return }
    let command = "ethos classify \(shellWord(reference.description)) ACTION --because …"
    blocks.append(.paragraph("to say what it means: \(command, .command)"))
  }
}
