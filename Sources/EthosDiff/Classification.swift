import EthosModel

/// Says which rows of the table an edit of one entry is.
///
/// Every edit has a row, and the edit with its sides exchanged has the inverse rows: a rule that compares must say
/// the opposite, or the same undirected row, when its sides are exchanged.
struct Classification {
  let kind: Kind
  let ranks: RankOrder
  let limits: LimitUseOnBothSides

  init(kind: Kind, before: Record, after: Record, ranks: RankOrder) {
    self.kind = kind
    self.ranks = ranks
    let isDecision = kind == .decision
    limits = LimitUseOnBothSides(before: isDecision ? before : Record(), after: isDecision ? after : Record())
  }

  /// The rows of an edit: one, or two where a use of one limit is replaced by a use of another.
  func rows(of edit: Edit) -> [ChangeKind] {
    let name = edit.path.field ?? ""
    switch name {
    case "because": return [.reasonReworded]
    case "since" where kind != .charter: return [.sinceChanged]
    case "owner": return [.ownerReassigned]
    case "title": return [ChangeKind.named("\(kind)-retitled") ?? .fieldChanged]
    case "serves": return [presence(edit, .servesAdded, .servesRemoved, .fieldChanged)]
    default: break
    }
    switch kind {
    case .value: return [valueRow(name, edit)]
    case .decision: return decisionRows(name, edit)
    case .limit: return [limitRow(name, edit)]
    case .exception: return [exceptionRow(name, edit)]
    case .charter: return [charterRow(name, edit)]
    case .cycle: return [cycleRow(name, edit)]
    case .person: return [personRow(name, edit)]
    case .system: return [systemRow(name, edit)]
    }
  }

  /// The row of an item that came, went, or is another; lists that were compared as one value are another.
  func presence(_ edit: Edit, _ added: ChangeKind, _ removed: ChangeKind, _ changed: ChangeKind) -> ChangeKind {
    guard edit.form == .value, edit.path.segments.count == 2 else { return changed }
    switch (edit.before, edit.after) {
    case (nil, .some): return added
    case (.some, nil): return removed
    default: return changed
    }
  }

  private func valueRow(_ name: String, _ edit: Edit) -> ChangeKind {
    switch name {
    case "statement": .valueReworded
    case "rank": rankRow(edit)
    case "outranks": presence(edit, .outranksAdded, .outranksRemoved, .fieldChanged)
    case "friction": presence(edit, .frictionAdded, .frictionRemoved, .frictionChanged)
    case "examples": presence(edit, .exampleAdded, .exampleRemoved, .exampleReworded)
    case "audience": audienceRow(edit)
    default: .fieldChanged
    }
  }

  private func rankRow(_ edit: Edit) -> ChangeKind {
    guard let old = edit.before?.text, let new = edit.after?.text, let step = ranks.step(from: old, to: new) else {
      return .rankChanged
    }
    return step > 0 ? .rankRaised : .rankLowered
  }

  /// A value without an audience does not say whom it addresses, which is neither all nor none.
  private func audienceRow(_ edit: Edit) -> ChangeKind {
    guard let old = edit.before?.list, let new = edit.after?.list else { return .audienceChanged }
    let (left, right) = (Set(old), Set(new))
    if left.isStrictSubset(of: right) { return .audienceWidened }
    return right.isStrictSubset(of: left) ? .audienceNarrowed : .audienceChanged
  }
}

// MARK: - Limits and exceptions

extension Classification {
  private func limitRow(_ name: String, _ edit: Edit) -> ChangeKind {
    switch name {
    case "atMost", "atLeast":
      if edit.before?.record != nil, edit.after?.record != nil { return .limitReversed }
      guard let growth = Classification.growth(from: edit.before, to: edit.after) else { return .limitChanged }
      // The most that is accepted grows towards loose, the least towards tight; a bound that goes is loose on both.
      let grows = growth > 0
      let isLoose = name == "atMost" || edit.before == nil || edit.after == nil ? grows : !grows
      return isLoose ? .limitLoosened : .limitTightened
    case "unit": return .unitChanged
    default: return .fieldChanged
    }
  }

  private func exceptionRow(_ name: String, _ edit: Edit) -> ChangeKind {
    switch name {
    case "of": return .exceptionMoved
    case "until":
      guard let growth = Classification.growth(from: edit.before, to: edit.after) else { return .exceptionChanged }
      return growth > 0 ? .exceptionWidened : .exceptionNarrowed
    case "when": return presence(edit, .exceptionNarrowed, .exceptionWidened, .exceptionChanged)
    case "outcome", "benefits": return .exceptionChanged
    default: return .fieldChanged
    }
  }

  /// Whether an upper bound grows (1) or shrinks (-1); a missing one is endless.
  ///
  /// Nil where the two cannot be compared.
  static func growth(from before: Node?, to after: Node?) -> Int? {
    switch (before?.content, after?.content) {
    case (nil, nil): nil
    case (nil, .some): -1
    case (.some, nil): 1
    case (.number(let old)?, .number(let new)?): old < new ? 1 : -1
    case (.day(let old)?, .day(let new)?): old < new ? 1 : -1
    default: nil
    }
  }
}

/// The ranks of the charters on both sides, highest first.
struct RankOrder {
  let before: [String]
  let after: [String]

  init(_ before: Document?, _ after: Document?) {
    self.before = before?.meaning["ranks"]?.texts ?? []
    self.after = after?.meaning["ranks"]?.texts ?? []
  }

  /// Whether one rank is above (1) or below (-1) another: as both charters have it, or the one that knows both ranks.
  ///
  /// Nil where the charters disagree or neither knows.
  func step(from old: String, to new: String) -> Int? {
    let steps = Set(
      [before, after].compactMap { ranks -> Int? in
        guard let from = ranks.firstIndex(of: old), let to = ranks.firstIndex(of: new) else { return nil }
        return (from - to).signum()
      })
    return steps.count == 1 ? steps.first.flatMap { $0 == 0 ? nil : $0 } : nil
  }
}
