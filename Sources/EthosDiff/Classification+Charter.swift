import EthosModel

extension Classification {
  func charterRow(_ name: String, _ edit: Edit) -> ChangeKind {
    switch name {
    case "ethos": .formatChanged
    case "organisation": .organisationRenamed
    case "timeZone": .timeZoneChanged
    case "branch": .branchChanged
    case "defaultOwner": .defaultOwnerReassigned
    case "ranks": .ranksChanged
    // `optional` is what a charter that is silent says.
    case "signatures": edit.after?.text == "required" ? .signaturesStrengthened : .signaturesWeakened
    case "approvalsExpire": expiryRow(edit)
    case "recorders": presence(edit, .recorderAdded, .recorderRemoved, .recorderChanged)
    case "authority": authorityRow(edit)
    case "severity": severityRow(edit)
    case "forbidOutdated": outdatedRow(edit)
    default: .fieldChanged
    }
  }

  /// A lower level forbids more; a charter that is silent forbids nothing.
  private func outdatedRow(_ edit: Edit) -> ChangeKind {
    guard let old = edit.before?.text.flatMap(Level.init(rawValue:)) else { return .outdatedStrengthened }
    guard let new = edit.after?.text.flatMap(Level.init(rawValue:)) else { return .outdatedWeakened }
    return new < old ? .outdatedStrengthened : .outdatedWeakened
  }

  /// Approvals that count for longer ask for less; a charter that is silent says a year.
  private func expiryRow(_ edit: Edit) -> ChangeKind {
    let days = [edit.before, edit.after].map { $0?.text.flatMap(Period.days) ?? 365 }
    return days[1] < days[0] ? .approvalsExpireStrengthened : .approvalsExpireWeakened
  }

  private func authorityRow(_ edit: Edit) -> ChangeKind {
    guard edit.form == .pair, let old = edit.before?.record, let new = edit.after?.record else {
      return presence(edit, .authorityAdded, .authorityRemoved, .authorityChanged)
    }
    guard old["level"] == new["level"], let demands = Classification.comparison(old, new) else {
      return .authorityChanged
    }
    return demands > 0 ? .authorityStrengthened : .authorityWeakened
  }

  /// Whether a row asks for more (1) or less (-1); nil where neither, or for more here and less there.
  private static func comparison(_ before: Record, _ after: Record) -> Int? {
    var directions: Set<Int> = []
    let (old, new) = (before["quorum"]?.record ?? Record(), after["quorum"]?.record ?? Record())
    for office in Set((old.names + new.names).map(ExactText.init)) {
      let none = DecimalNumber(0)
      let (from, to) = (old[office.text]?.number ?? none, new[office.text]?.number ?? none)
      if from != to { directions.insert(from < to ? 1 : -1) }
    }
    let (mayBefore, mayAfter) = (before["selfApproval"]?.boolean ?? false, after["selfApproval"]?.boolean ?? false)
    if mayBefore != mayAfter { directions.insert(mayAfter ? -1 : 1) }
    let (blockedBefore, blockedAfter) = (Set(before["veto"]?.list ?? []), Set(after["veto"]?.list ?? []))
    if !blockedAfter.isSubset(of: blockedBefore) { directions.insert(1) }
    if !blockedBefore.isSubset(of: blockedAfter) { directions.insert(-1) }
    return directions.count == 1 ? directions.first : nil
  }

  /// A level is raised or lowered against the one that holds where the charter states none.
  private func severityRow(_ edit: Edit) -> ChangeKind {
    guard case .name(let id) = edit.path.segments.last, let kind = ChangeKind.named(id) else { return .severityChanged }
    let old = edit.before?.text.flatMap(Level.init(rawValue:)) ?? kind.level
    let new = edit.after?.text.flatMap(Level.init(rawValue:)) ?? kind.level
    return old < new ? .severityRaised : new < old ? .severityLowered : .severityChanged
  }
}

// MARK: - Cycles, people and systems

extension Classification {
  func cycleRow(_ name: String, _ edit: Edit) -> ChangeKind {
    switch name {
    case "from", "until":
      guard let growth = Classification.growth(from: edit.before, to: edit.after) else { return .fieldChanged }
      // A first day that is missing lies before all others, a last day behind them.
      let isLater = edit.before != nil && edit.after != nil ? growth > 0 : (growth > 0) == (name == "until")
      return isLater == (name == "until") ? .cycleWidened : .cycleNarrowed
    case "mandate": return .mandateReworded
    case "offices":
      if edit.path.segments.count == 2 { return presence(edit, .officeAdded, .officeRemoved, .holderChanged) }
      guard edit.path.segments.count == 3 else { return .holderChanged }
      return edit.before == nil ? .holderAdded : edit.after == nil ? .holderRemoved : .holderChanged
    default: return .fieldChanged
    }
  }

  func personRow(_ name: String, _ edit: Edit) -> ChangeKind {
    switch name {
    case "name": .personRenamed
    case "emails": presence(edit, .emailAdded, .emailRemoved, .fieldChanged)
    case "keys": presence(edit, .keyAdded, .keyRemoved, .keyChanged)
    default: .fieldChanged
    }
  }

  func systemRow(_ name: String, _ edit: Edit) -> ChangeKind {
    switch name {
    case "status": .systemStatusChanged
    case "implements": presence(edit, .implementsAdded, .implementsRemoved, .fieldChanged)
    case "builtFor": .builtForChanged
    case "learntFrom": .learntFromChanged
    default: .fieldChanged
    }
  }
}
