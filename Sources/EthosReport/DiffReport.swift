package import EthosDiff
package import EthosModel
package import EthosRecord
package import EthosText

/// What changed in meaning between two identities.
package struct DiffReport: Sendable {
  /// One side of the comparison.
  package struct Side: Sendable {
    /// The revision as it was asked for: `release/growth-2019/1`, `the work tree`.
    package var revision: String
    /// The commit that it is; nil for the work tree.
    package var commit: ObjectID?
    package var day: Day?
    package var snapshot: Snapshot
    /// What to type to have it, where that is another name than its commit.
    package var typed: String?

    package init(revision: String, commit: ObjectID?, day: Day? = nil, snapshot: Snapshot) {
      self.revision = revision
      self.commit = commit
      self.day = day
      self.snapshot = snapshot
    }
  }

  package var changes: ChangeSet
  /// The changes with what was done to many entries alike as one.
  package var acts: [Act]
  package var before: Side
  package var after: Side
  /// Why a change was made, where that is known.
  package var reason: @Sendable (Change) -> String?
  /// Whether somebody can still say what a text means: not of what is decided.
  package var isOpen = true
  /// Whether the table of a decision that is added is shown, and not only how many rules it has: who reviews sees it
  /// nowhere else.
  package var showsTables = false

  package init(
    _ changes: ChangeSet, acts: [Act], before: Side, after: Side,
    reason: @escaping @Sendable (Change) -> String? = { _ in nil }
  ) {
    self.changes = changes
    self.acts = acts
    self.before = before
    self.after = after
    self.reason = reason
  }

  package var report: Report { Report(blocks, json: json) }

  /// A change as people read it, for the reports that show changes beside other things.
  package func item(_ act: Act) -> Item { ChangeItem(act, self).item }

  // MARK: - For people

  package var blocks: [Block] {
    var blocks: [Block] = []
    blocks.title("Changes from \(side(before)) to \(side(after))")
    guard !acts.isEmpty else {
      blocks.paragraph("No change of meaning.")
      return blocks
    }
    appendSections(to: &blocks)
    blocks.blank()
    blocks.paragraph(summary)
    return blocks
  }

  /// The changes by entry, for a report that shows them beside other things.
  package var sections: [Block] {
    var blocks: [Block] = []
    appendSections(to: &blocks)
    return blocks.map { block in
      if case .heading(let level, let text) = block { .heading(level: level + 1, text) } else { block }
    }
  }

  private func appendSections(to blocks: inout [Block]) {
    let grouped = acts.filter { !$0.also.isEmpty }
    if !grouped.isEmpty {
      blocks.section("On several at once")
      blocks.list(grouped.map(item))
    }
    var single: [EntryKey: [Act]] = [:]
    for act in acts where act.also.isEmpty { single[act.change.entry, default: []].append(act) }
    for key in single.keys.sorted() { append(entry: key, single[key] ?? [], to: &blocks) }
    // What a grouped act touches has no section of its own.
    let elsewhere = changes.touches.filter { single[$0.changed] == nil }
    if !elsewhere.isEmpty {
      blocks.section("Also moved")
      blocks.list(elsewhere.map { Item(.bullet, "\($0.changed, .reference) moves \(touched($0))") })
    }
  }

  private func side(_ side: Side) -> Inline {
    let details = [side.commit.map(\.short), side.day.map(\.description)].compactMap(\.self)
    return details.isEmpty || details == [side.revision]
      ? "\(side.revision, .name)" : "\(side.revision, .name) (\(details.joined(separator: ", ")))"
  }

  private func append(entry key: EntryKey, _ acts: [Act], to blocks: inout [Block]) {
    let document = before.snapshot[key] ?? after.snapshot[key]
    var heading: Inline = "\(key, .reference)"
    if let title = document?.title, title != key.id { heading += "  \(title, .name)" }
    if let owner = owner(of: key) { heading += " (owner: \(owner))" }
    blocks.section(heading)
    let (cells, others) = split(acts)
    var items = others.map(item)
    for rename in changes.renames {
      let share: Inline = "\(rename.similarity) % of the words in common"
      if rename.before == key {
        items.append(Item(.changed, "its content is now \(rename.after, .reference): \(share)"))
      }
      if rename.after == key { items.append(Item(.changed, "its content was \(rename.before, .reference): \(share)")) }
    }
    if !cells.isEmpty { items.append(RuleTable.item(cells, self)) }
    for touch in changes.touches where touch.changed == key {
      if changes.unmoved.contains(touch.touched) {
        items.append(Item(.bullet, "\(touch.touched, .reference) uses this and decides every case as before (proved)"))
        continue
      }
      items.append(Item(.warning, "this moves \(touched(touch))"))
    }
    blocks.list(items)
  }

  private func touched(_ touch: Touch) -> Inline {
    var text: Inline = "\(touch.touched, .reference)"
    if let owner = owner(of: touch.touched) { text += " (owner: \(owner))" }
    if !touch.through.isEmpty {
      text += " through \(.list(touch.through.map(\.description), .reference))"
    }
    return text
  }

  /// The changes of a decision's rules, which are shown as a table, and all others.
  private func split(_ acts: [Act]) -> (cells: [Act], others: [Act]) {
    let isCell = { (act: Act) in act.change.entry.kind == .decision && act.change.field.field == "rules" }
    return (acts.filter(isCell), acts.filter { !isCell($0) })
  }

  /// The owner before, since that is who must agree; after, where it is new.
  func owner(of key: EntryKey) -> String? { before.snapshot.owner(of: key) ?? after.snapshot.owner(of: key) }

  private var summary: Inline {
    let levels = Level.allCases.reversed().compactMap { level -> Inline? in
      let count = acts.count { $0.change.level == level }
      return count == 0 ? nil : "\(Inline("\(count) \(level.rawValue)", .level(level)))"
    }
    let entries = Set(acts.flatMap { [$0.change.entry] + $0.also }).count
    return "\(counted(acts.count, "change")) on \(counted(entries, "entry", "entries")): \(.list(levels))"
  }
}

// MARK: - For programs

extension DiffReport {
  /// The document `ethos.diff.v1`.
  package var json: JSON {
    [
      "schema": "ethos.diff.v1",
      "before": json(before),
      "after": json(after),
      "level": .optional(changes.level?.rawValue),
      "changes": .array(acts.map(json)),
      "renames": .array(
        changes.renames.map {
          [
            "before": .string($0.before.description), "after": .string($0.after.description),
            "similarity": .string("\($0.similarity)/100"),
          ]
        }),
      "touches": .array(
        changes.touches.map {
          [
            "changed": .string($0.changed.description), "touched": .string($0.touched.description),
            "through": .strings($0.through.map(\.description)), "owner": .optional(owner(of: $0.touched)),
          ]
        }),
    ]
  }

  private func json(_ side: Side) -> JSON {
    ["revision": .string(side.revision), "commit": .optional(side.commit?.hex)]
  }

  /// One change as an element of `changes[]`.
  package func json(_ act: Act) -> JSON {
    let change = act.change
    return [
      "id": .string(change.kind.id),
      "action": .string(change.kind.action.rawValue),
      "area": .string(change.kind.area.rawValue),
      "level": .string(change.level.rawValue),
      "commitment": .string(change.entry.description),
      "field": change.field.isEmpty ? .null : .string(change.field.description),
      "before": change.before?.json ?? .null,
      "after": change.after?.json ?? .null,
      "also": .strings(act.also.map(\.description)),
      "because": .optional(reason(change)),
      "signals": .array(change.signals.map { ["name": .string($0.name), "detail": .string($0.detail)] }),
      "behaviour": change.behaviour?.json ?? .null,
      "causes": .strings(change.causes.map(\.description)),
    ]
  }
}
