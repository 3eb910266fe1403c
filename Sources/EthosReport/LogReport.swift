package import EthosRecord
import EthosText

/// The history of a place, or of the whole identity, newest first.
package struct LogReport: Sendable {
  /// The changes, newest first by the commit graph.
  package var entries: [LedgerEntry]
  /// What was asked; nil for the whole identity.
  package var reference: String?
  /// Whether it is drawn what was ratified, and what each proposal brought.
  package var isGraph: Bool

  package init(_ entries: [LedgerEntry], reference: String? = nil, isGraph: Bool = false) {
    self.entries = entries
    self.reference = reference
    self.isGraph = isGraph
  }

  package var report: Report { Report(blocks, json: json) }

  // MARK: - For people

  private var blocks: [Block] {
    var blocks: [Block] = []
    guard !entries.isEmpty else {
      blocks.paragraph(reference.map { "No commit says anything of \($0, .reference)." } ?? "Nothing is recorded yet.")
      return blocks
    }
    if isGraph {
      blocks.append(.lines(LogGraph(commits.map { ($0, $0.map(graphText)) }).lines))
    } else {
      for commit in commits { append(commit, to: &blocks) }
    }
    return blocks
  }

  /// The entries of one commit beside each other: what was done at once is read at once.
  private var commits: [[LedgerEntry]] {
    var groups: [[LedgerEntry]] = []
    for entry in entries {
      if let last = groups.last?.first, last.commit.id == entry.commit.id, last.reason == entry.reason {
        groups[groups.count - 1].append(entry)
      } else {
        groups.append([entry])
      }
    }
    return groups
  }

  private func append(_ group: [LedgerEntry], to blocks: inout [Block]) {
    guard let first = group.first else { return }
    let cycle: Inline = first.cycle.map { "  \($0)" } ?? ""
    blocks.section("\(first.day)\(cycle)  \(first.commit.author.name, .name)  \(first.commit.id.short, .reference)")
    blocks.list(group.map(item))
    if let reason = first.reason {
      let (text, left) = reason.beginning(300)
      blocks.quote(left > 0 ? text + " …" : text)
    }
    var facts = [
      Fact("reason", first.reason == nil ? "none given" : ""),
      Fact("approved by", .list(first.approvedBy.map(LedgerEntry.who))),
      Fact("objected", .list(first.objectedBy.map(LedgerEntry.who))),
      Fact("abstained", .list(first.abstainedBy.map(LedgerEntry.who))),
    ]
    if let proposal = first.proposal {
      let state: Inline =
        first.ratifiedBy.map { ", ratified \($0.by.when.writersDay) by \($0.by.name, .name)" } ?? ", not ratified"
      facts.append(Fact("proposal", "\(proposal, .reference)\(state)"))
    }
    blocks.facts(facts)
  }

  private func item(_ entry: LedgerEntry) -> Item {
    let reference: Inline = "\(entry.reference, .reference)"
    func short(_ text: String) -> String {
      let (text, left) = Self.oneLine(text).beginning(80)
      return left > 0 ? text + " …" : text
    }
    switch (entry.before, entry.value) {
    // Of a whole entry the act says more than its fields one after the other.
    case (_?, _?) where entry.place.field.isEmpty: return Item(.changed, "\(reference): \(entry.change ?? "changed")")
    case (let before?, let value?) where before.count + value.count > 80:
      return Item(.changed, reference, [.diff(WordDiff(before: before, after: value))])
    case (let before?, let value?):
      return Item(.changed, "\(reference): \(short(before), .removed) → \(short(value), .added)")
    case (nil, let value?): return Item(.added, "\(reference): \(short(value), .added)")
    case (let before?, nil): return Item(.removed, "\(reference): \(short(before), .removed)")
    case (nil, nil): return Item(.changed, reference)
    }
  }

  /// An entry in the one line that a drawing has for it.
  private func graphText(_ entry: LedgerEntry) -> Inline {
    let item = item(entry)
    let change: Inline = item.blocks.isEmpty ? Inline() : ": \(entry.change ?? "changed")"
    return Inline("\(item.mark.sign) ", item.mark.label) + item.text + change
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: - For programs

  /// The document `ethos.log.v1`.
  private var json: JSON {
    [
      "schema": "ethos.log.v1",
      "reference": .optional(reference),
      "entries": .array(entries.map { $0.members(withEntry: true) }),
    ]
  }
}
