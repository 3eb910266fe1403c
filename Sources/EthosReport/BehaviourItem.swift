import EthosDiff
package import EthosModel
package import EthosText

/// What a decision decides otherwise, as a table of regions: which cases, from what to what, by which rules, with a case
/// of each.
package struct BehaviourItem {
  private let difference: BehaviourDifference

  /// Most regions that people are shown.
  private static let shown = 12

  package init(_ difference: BehaviourDifference) { self.difference = difference }

  /// As the consequence of a change.
  func item(_ change: Change) -> Item {
    var blocks: [Block] = []
    if !change.causes.isEmpty {
      blocks.append(
        .paragraph("its own file did not change; moved by \(.list(change.causes.map(\.description), .reference))"))
    }
    return Item(
      .changed,
      "behaviour \(change.kind.action.rawValue)" + summary + "  \(change.level) \(change.kind.id, .dim)",
      blocks + self.blocks)
  }

  /// The regions, and what a person should know beside them.
  package var blocks: [Block] {
    var blocks: [Block] = []
    let regions = difference.regions.prefix(BehaviourItem.shown)
    if !regions.isEmpty { blocks.append(.table(table(Array(regions)))) }
    let more = difference.moreRegions + difference.regions.count - regions.count
    if more > 0 { blocks.append(.paragraph("and \(counted(more, "smaller region")): `--format json` lists more")) }
    if let reason = difference.reason { blocks.append(.paragraph("not settled: \(reason)")) }
    blocks.list(difference.notes.map { Item(.bullet, Inline($0)) })
    return blocks
  }

  /// The verdict, as the rest of a sentence: `: every case is decided as before (proved)`.
  package var summary: Inline {
    var text: Inline = ""
    switch difference.verdict {
    case .equivalent where difference.isAssumed:
      text += ": every case is decided as before, assumed that a fact under another name is the same fact"
    case .equivalent: text += ": every case is decided as before (proved)"
    case .undecided: text += ": not settled"
    case .different:
      if let share = difference.share {
        text += ": \(share.percent) of the cases are decided otherwise (\(share.description))"
      } else {
        text += ": some cases are decided otherwise"
        if let reason = difference.shareReason { text += " (share not defined: \(reason))" }
      }
    }
    return text
  }

  private func table(_ regions: [BehaviourRegion]) -> Table {
    let rows = regions.map { region -> [Inline] in
      [
        when(region), Inline(region.before.text, .removed), Inline(region.after.text, .added),
        Inline(region.share?.percent ?? ""), rules(region), witness(region),
      ]
    }
    return Table(["cases", "before", "after", Table.Column("share", .right), "rules", "for example"], rows)
      .withoutEmptyColumns
  }

  private func when(_ region: BehaviourRegion) -> Inline {
    let terms = region.when.map { "\($0.input, .name) \($0.text)" as Inline }
    var text: Inline = terms.isEmpty ? "all" : .list(terms, separator: ", ")
    // One case shows that there are some, and says nothing of the others.
    if !region.isWhole { text = terms.isEmpty ? "some" : "some with " + text }
    if !region.unless.isEmpty { text += ", unless an earlier rule applies (\(region.unless.joined(separator: ", ")))" }
    return text
  }

  private func rules(_ region: BehaviourRegion) -> Inline {
    func side(_ rules: [String]) -> String { rules.isEmpty ? "–" : rules.joined(separator: ", ") }
    return region.rulesBefore == region.rulesAfter
      ? Inline(side(region.rulesAfter)) : Inline("\(side(region.rulesBefore)) → \(side(region.rulesAfter))")
  }

  private func witness(_ region: BehaviourRegion) -> Inline {
    guard region.isProven else { return "no case was found; there may be none" }
    let facts = Inline.list(region.witness.map { "\($0.input) \($0.text)" as Inline })
    guard let seen = region.seen else { return facts }
    return facts + ": \(seen.before.text) → \(seen.after.text)"
  }
}

extension BehaviourDifference {
  /// The member `behaviour` of a change.
  package var json: JSON {
    [
      "verdict": .string(verdict.rawValue),
      "direction": verdict == .different ? .string(direction.rawValue) : .null,
      "reason": .optional(reason),
      "complete": .boolean(isComplete),
      "share": .optional(share?.description),
      "shareReason": .optional(shareReason),
      "regions": .array(regions.map(\.json)),
      "moreRegions": .number(moreRegions),
      "assumed": .boolean(isAssumed),
      "notes": .strings(notes),
    ]
  }
}

extension BehaviourRegion {
  fileprivate var json: JSON {
    func terms(_ terms: [Term]) -> JSON { .object(terms.map { JSON.Member($0.input, .string($0.text)) }) }
    return [
      "when": terms(when),
      "unless": .strings(unless),
      "before": before.json,
      "after": after.json,
      "share": .optional(share?.description),
      "witness": witness.isEmpty ? .null : terms(witness),
      "proven": .boolean(isProven),
      "whole": .boolean(isWhole),
      "witnessBefore": seen?.before.json ?? .null,
      "witnessAfter": seen?.after.json ?? .null,
      "rulesBefore": .strings(rulesBefore),
      "rulesAfter": .strings(rulesAfter),
    ]
  }
}
