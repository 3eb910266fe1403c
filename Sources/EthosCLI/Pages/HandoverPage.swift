import EthosApp
import EthosDiff
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText

/// What changed hands from one leadership cycle to another.
enum HandoverPage {
  static func make(_ result: HandoverResult, _ workspace: Workspace) -> Report {
    var blocks: [Block] = []
    blocks.title("Hand-over from \(result.cycleBefore.title, .name) to \(result.cycleAfter.title, .name)")
    blocks.paragraph(compared(result))
    blocks.list(leftOut(result).map { Item(.warning, $0) })
    blocks.facts([
      Fact("before", side(result.before)), Fact("after", side(result.after)),
      Fact("mandate", "\(result.cycleAfter.meaning["mandate"]?.text ?? "none is written")"),
    ])
    let acts = result.changes.acts()
    var diff = DiffReport(
      result.changes, acts: acts, before: ComparisonPage.side(result.before, workspace),
      after: ComparisonPage.side(result.after, workspace))
    diff.isOpen = false
    for kind in [Kind.value, .decision] {
      blocks.section(kind == .value ? "The values" : "The decisions")
      blocks.list(result.entries(kind).compactMap { item($0, result, diff) })
    }
    blocks.section("What else changed")
    let others = acts.filter { ![.value, .decision].contains($0.change.entry.kind) }
    if others.isEmpty { blocks.paragraph("nothing else changed in meaning") }
    for kind in Kind.allCases {
      let here = others.filter { $0.change.entry.kind == kind }
      guard !here.isEmpty else { continue }
      blocks.append(.heading(level: 3, "\(kind.folder ?? kind.rawValue)"))
      blocks.list(here.map { Item(.changed, ActLine.make($0)) })
    }
    blocks.section("What nobody touched or reaffirmed")
    if result.untouched.isEmpty { blocks.paragraph("every commitment was changed or reaffirmed, then or later") }
    blocks.list(
      result.untouched.map { key in
        Item(.bullet, "\(key, .reference) \(result.after.snapshot[key]?.title ?? "")")
      })
    if !result.untouched.isEmpty {
      blocks.paragraph("what still holds: \("ethos reaffirm REF… --because …", .command)")
    }
    blocks.section("Objections on record")
    if result.objections.isEmpty { blocks.paragraph("nobody objected") }
    blocks.list(
      result.objections.map { objection in
        var inner: [Block] = [.quote(objection.words)]
        if let answer = objection.answer {
          inner.append(.paragraph("answered:"))
          inner.append(.quote(answer))
        }
        let stands =
          objection.isWithdrawn
          ? "; it was withdrawn" : objection.stands ? "" : "; what it was about has changed since"
        let day: Inline = objection.when.map { " on \($0.writersDay)" } ?? ""
        return Item(
          objection.stands ? .warning : .bullet,
          "\(objection.person, .name) objected" + day
            + " to \(objection.proposal, .reference) (\(objection.commit.short))\(stands)", inner)
      })
    blocks.section("Systems that follow other rules")
    if result.systems.isEmpty { blocks.paragraph("every system is built for the later release") }
    blocks.list(
      result.systems.map { system in
        let distance = "ethos diff \(shellWord("\(system.builtFor)")) \(result.after.commit?.id.short ?? "HEAD")"
        return Item(
          .warning, "\(system.key, .reference) is built for \(system.builtFor, .reference): \(distance, .command)")
      })
    return Report(blocks, json: json(result, acts, diff))
  }

  /// Which states are compared, in a sentence.
  private static func compared(_ result: HandoverResult) -> Inline {
    let start: Inline =
      "compares \(result.before.name, .reference), the last release of \(result.cycleBefore.title, .name) in force, with "
    let owner: Inline = "\(result.cycleAfter.title, .name)"
    switch result.end {
    case .inForce:
      return start + "\(result.after.name, .reference), the newest release of " + owner + " that has taken effect"
    case .announced:
      return start + "\(result.after.name, .reference), the first release of " + owner
        + ", which has not taken effect yet"
    case .unreleased: return start + "what is ratified, as " + owner + " has released nothing"
    }
  }

  /// What came after the later side, and is no part of the comparison.
  private static func leftOut(_ result: HandoverResult) -> [Inline] {
    var lines = result.leftOut.map { release -> Inline in
      "left out: \(release.reference, .reference), effective from \(release.manifest.effective)"
    }
    if !result.unreleased.isEmpty {
      lines.append(
        "left out: ratified and in no release: \(.list(result.unreleased.entries.map(\.description), .reference))")
    }
    return lines
  }

  /// What became of a value or a decision.
  private static func item(_ key: EntryKey, _ result: HandoverResult, _ diff: DiffReport) -> Item? {
    guard var item = fateItem(key, result, diff) else { return nil }
    let people = result.objections.filter { $0.entries.contains(key) && !$0.isWithdrawn }.map { objection -> Inline in
      let day: Inline = objection.when.map { " on \($0.writersDay)" } ?? ""
      return "\(objection.person, .name)" + day
    }
    if !people.isEmpty { item.text = item.text + "; objected: " + .list(people) }
    return item
  }

  private static func fateItem(_ key: EntryKey, _ result: HandoverResult, _ diff: DiffReport) -> Item? {
    guard let fate = result.fate(of: key) else { return nil }
    let title = (result.after.snapshot[key] ?? result.before.snapshot[key])?.title ?? ""
    let name: Inline = "\(key, .reference) \(title)"
    let acts = result.changes.changes.filter { $0.entry == key }.map { Act(change: $0) }
    switch fate {
    case .added: return Item(.added, name + ": new")
    case .removed: return Item(.removed, name + ": removed, without a tombstone")
    case .retired:
      let because = result.after.snapshot[key]?.meaning["because"]?.text
      return Item(.removed, name + ": retired", because.map { [.quote($0)] } ?? [])
    case .restored: return Item(.added, name + ": restored")
    case .reaffirmed:
      let who: Inline = result.reaffirmed[key].map { " by \($0.name, .name) on \($0.when.writersDay)" } ?? ""
      return Item(.bullet, name + ": reaffirmed as it is" + who)
    case .reverted: return Item(.bullet, name + ": as it was, after a change that was taken back")
    case .later: return Item(.bullet, name + ": as it was then; changed since, which is left out here")
    case .untouched: return Item(.bullet, name + ": as it was, and nobody looked at it again")
    case .changed:
      // What a decision decides otherwise says more than the cells that were edited.
      let decided = acts.filter { $0.change.behaviour?.verdict != nil && $0.change.kind.area == .behaviour }
      let others = acts.filter { !decided.contains($0) }
      var items = decided.map(diff.item) + others.map { Item(.changed, ActLine.make($0)) }
      if key.kind == .decision, decided.isEmpty {
        items.append(
          Item(
            .bullet,
            result.changes.unmoved.contains(key) ? "decides every case as before (proved)" : "its rules did not change")
        )
      }
      return Item(.changed, name + ": changed", [.list(items)])
    }
  }

  private static func side(_ side: ComparisonSide) -> Inline {
    guard let commit = side.commit else { return "\(side.name)" }
    return "\(side.name, .reference), \(commit.committer.when.writersDay) (\(commit.id.short))"
  }

  private static func json(_ result: HandoverResult, _ acts: [Act], _ diff: DiffReport) -> JSON {
    func fates(_ kind: Kind) -> JSON {
      .array(
        result.entries(kind).compactMap { key in
          guard let fate = result.fate(of: key) else { return nil }
          let changes = result.changes.changes.filter { $0.entry == key }
          return .members([
            "commitment": .string(key.description), "fate": .string(fate.rawValue),
            "changes": .array(changes.map { diff.json(Act(change: $0)) }),
          ])
        })
    }
    func sideJSON(_ side: ComparisonSide) -> JSON {
      .members(["revision": .string(side.name), "commit": side.commit.map { .string($0.id.hex) } ?? .null])
    }
    return .members([
      "schema": .string("ethos.handover.v1"), "from": .string(result.cycleBefore.key.id),
      "to": .string(result.cycleAfter.key.id), "before": sideJSON(result.before), "after": sideJSON(result.after),
      "compared": .string(result.end.rawValue), "leftOut": .strings(result.leftOut.map(\.reference)),
      "unreleased": .strings(result.unreleased.entries.map(\.description)),
      "changedLater": .strings(result.changedLater.sorted().map(\.description)),
      "changes": .array(
        acts.map { act in
          .members([
            "id": .string(act.change.kind.id), "level": .string(act.change.level.rawValue),
            "commitment": .string(act.change.entry.description), "field": .string(act.change.field.description),
            "before": act.change.before.map { .string($0.summaryText) } ?? .null,
            "after": act.change.after.map { .string($0.summaryText) } ?? .null,
            "also": .array(act.also.map { .string($0.description) }),
          ])
        }),
      "values": fates(.value), "decisions": fates(.decision),
      "reaffirmed": .array(
        result.reaffirmed.sorted { $0.key < $1.key }.map { key, who in
          .members([
            "commitment": .string(key.description), "by": .person(name: who.name, email: who.email, id: nil),
            "date": .string(who.when.iso8601),
          ])
        }),
      "untouched": .array(result.untouched.map { .string($0.description) }),
      "objections": .array(
        result.objections.map { objection in
          .members([
            "person": .string(objection.person), "proposal": .string(objection.proposal),
            "words": .string(objection.words), "answer": objection.answer.map { .string($0) } ?? .null,
            "commit": .string(objection.commit.hex), "date": .optional(objection.when?.iso8601),
            "commitments": .strings(objection.entries.map(\.description)),
            "withdrawn": .boolean(objection.isWithdrawn), "stands": .boolean(objection.stands),
          ])
        }),
      "systems": .array(
        result.systems.map { .members(["system": .string($0.key.id), "builtFor": .string($0.builtFor)]) }),
    ])
  }
}
