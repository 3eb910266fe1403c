package import EthosRecord
import EthosText

/// Why something is as it is: for each field the last change of it, with who, when, in which cycle, why, who agreed,
/// who did not and who abstained.
package struct WhyReport: Sendable {
  /// The last change of each field that was asked about, in the order in which they are shown.
  package var entries: [LedgerEntry]
  /// What was asked, as people write it: `limit/client-risk` or `limit/client-risk.atMost`.
  package var reference: String
  /// What people call the entry, where it has a title.
  package var title: String?
  /// The revision at which it was asked; nil for the state at hand.
  package var revision: String?

  package init(_ entries: [LedgerEntry], reference: String, title: String? = nil, at revision: String? = nil) {
    self.entries = entries
    self.reference = reference
    self.title = title
    self.revision = revision
  }

  package var report: Report { Report(blocks, json: json) }

  // MARK: - For people

  private var blocks: [Block] {
    var blocks: [Block] = []
    let at: Inline = revision.map { " at \($0, .reference)" } ?? ""
    blocks.title("\(title ?? reference, .name)\(title == nil ? "" : " (\(reference, .reference))")\(at)")
    if entries.isEmpty { blocks.paragraph("No commit says anything of \(reference, .reference).") }
    for (index, entry) in entries.enumerated() {
      if entries.count > 1 {
        let field = entry.place.field
        blocks.section(field.isEmpty ? "the whole entry" : "\(field, .name)")
      } else if index > 0 {
        blocks.blank()
      }
      append(entry, to: &blocks)
    }
    return blocks
  }

  private func append(_ entry: LedgerEntry, to blocks: inout [Block]) {
    // Under a heading with its name a field needs no name.
    let field = entry.place.field
    blocks += WhyReport.value(entry, name: entries.count > 1 || field.isEmpty ? "It" : "\(field, .name)")
    let cycle: Inline = entry.cycle.map { ", in the cycle \($0, .reference)" } ?? ""
    blocks.paragraph(
      "\(entry.commit.author.name, .name) changed it on \(entry.day)\(cycle)\(entry.reason == nil ? "." : ":")")
    if let reason = entry.reason { blocks.quote(reason) } else { blocks.paragraph("Reason: none given.") }
    if !entry.sources.isEmpty { blocks.paragraph("Source: \(entry.sources.joined(separator: "; "))") }
    if !(entry.approvedBy + entry.objectedBy + entry.abstainedBy).isEmpty { blocks.blank() }
    entry.appendReviews(to: &blocks)
    blocks.blank()
    if let ratification = entry.ratifiedBy {
      let proposal: Inline = entry.proposal.map { " as proposal \($0, .reference)" } ?? ""
      blocks.paragraph(
        "\(entry.breach == nil ? "Ratified" : "Merged") by \(ratification.by.name, .name) on \(ratification.by.when.writersDay)\(proposal): \(ratification.commit.short, .reference)"
      )
    } else if let proposal = entry.proposal {
      blocks.paragraph("In proposal \(proposal, .reference), not ratified.")
    }
    if let breach = entry.breach {
      if breach.adoptedBy.isEmpty {
        blocks.paragraph(
          "\("In breach", .warning): \(breach.codes.joined(separator: ", ")). \("ethos verify", .command) says who is missing."
        )
      } else {
        let adoption: Inline = breach.adoption.map { " (\($0.short, .reference))" } ?? ""
        blocks.paragraph(
          "It came past its authority (\(breach.codes.joined(separator: ", "))), and was adopted by \(.sentence(breach.adoptedBy.map { "\($0, .name)" }))\(adoption)."
        )
      }
    }
    blocks.paragraph("Commit: \(entry.commit.id.short, .reference)")
  }

  /// A value as it stands in a sentence: words of its own are set off by quotation marks.
  private static func quoted(_ value: String) -> String {
    value.utf8.contains(0x20) && !value.begins(with: "[") && !value.begins(with: "{") ? "“\(value)”" : value
  }

  /// The value now and before: on one line, or word by word where it is long.
  private static func value(_ entry: LedgerEntry, name: Inline) -> [Block] {
    let isLong = [entry.value, entry.before].contains { text in
      text.map { $0.utf8.count > 60 || $0.utf8.contains(0x0A) } ?? false
    }
    guard isLong else {
      switch (entry.value.map(quoted), entry.before.map(quoted)) {
      case (let value?, let before?):
        return [.paragraph("\(name) is \(value, .added); before, it was \(before, .removed).")]
      case (let value?, nil): return [.paragraph("\(name) is \(value, .added); it was not there before.")]
      case (nil, let before?):
        return [.paragraph("\(name) is no longer there; before, it was \(before, .removed).")]
      case (nil, nil): return []
      }
    }
    var blocks: [Block] = []
    if let value = entry.value {
      blocks.paragraph("\(name) is:")
      blocks.quote(value)
    } else {
      blocks.paragraph("\(name) is no longer there.")
    }
    if let before = entry.before, let value = entry.value {
      blocks.paragraph("What changed in it:")
      blocks.append(.diff(WordDiff(before: before, after: value)))
    } else if let before = entry.before {
      blocks.paragraph("Before, it was:")
      blocks.quote(before)
    }
    return blocks
  }

  // MARK: - For programs

  /// The document `ethos.why.v1`.
  private var json: JSON {
    [
      "schema": "ethos.why.v1",
      "commitment": .string(entries.first?.place.entry ?? reference),
      "reference": .string(reference),
      "revision": .optional(revision),
      "fields": .array(entries.map { $0.members(withEntry: false) }),
    ]
  }
}
