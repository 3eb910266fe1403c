import EthosModel

extension Classification {
  func decisionRows(_ name: String, _ edit: Edit) -> [ChangeKind] {
    switch name {
    case "question": [.questionReworded]
    case "enforcement": [enforcementRow(edit)]
    case "uses": useRows(edit)
    case "inputs": [presence(edit, .inputAdded, .inputRemoved, .inputChanged)]
    case "outputs" where ["strictest", "allowed"].contains { edit.path.segments.last == .name($0) }:
      [.outputOrderChanged]
    case "outputs":
      [edit.form == .order ? .outputsReordered : presence(edit, .outputAdded, .outputRemoved, .outputChanged)]
    case "hitPolicy": [.hitPolicyChanged]
    case "rules": ruleRows(edit)
    case "default": limitRows(edit) ?? [.defaultChanged]
    case "assert":
      [
        Classification.differsInReasonAlone(edit)
          ? .reasonReworded : presence(edit, .assertionAdded, .assertionRemoved, .assertionChanged)
      ]
    case "examples": [presence(edit, .exampleAdded, .exampleRemoved, .exampleChanged)]
    case "cases": [.casesChanged]
    default: [.fieldChanged]
    }
  }

  private func enforcementRow(_ edit: Edit) -> ChangeKind {
    let order = ["guideline", "override-with-reason", "strict"]
    guard let old = edit.before?.text.flatMap(order.firstIndex), let new = edit.after?.text.flatMap(order.firstIndex)
    else { return .enforcementChanged }
    return old < new ? .enforcementStrengthened : .enforcementWeakened
  }

  /// A limit is bypassed when its name stands for something else, or when its last name is gone.
  private func useRows(_ edit: Edit) -> [ChangeKind] {
    let (old, new) = (LimitUse.limit(edit.before), LimitUse.limit(edit.after))
    var rows: [ChangeKind] = []
    if let old, old != new, edit.after != nil || !limits.after.all.contains(old) { rows.append(.limitBypassed) }
    if let new, old != new, edit.before != nil || !limits.before.all.contains(new) { rows.append(.limitApplied) }
    return rows.isEmpty ? [presence(edit, .useAdded, .useRemoved, .useChanged)] : rows
  }

  private func ruleRows(_ edit: Edit) -> [ChangeKind] {
    switch edit.form {
    case .order: return [.rulesReordered]
    case .pair:
      if let rows = limitRows(edit) { return rows }
      return [Classification.differsInIDAlone(edit) ? .ruleRenamed : .ruleChanged]
    case .value: break
    }
    switch edit.path.segments.last {
    case .name("because"): return [.reasonReworded]
    case .name("enacts"), .name("over"): return [.ruleValuesChanged]
    case .name("rules"): return limitRows(edit) ?? [.ruleChanged]
    case .name: return limitRows(edit) ?? [.ruleChanged]
    case .item, nil: return wholeRuleRows(edit)
    }
  }

  /// A rule that comes or goes brings or bypasses a limit when no other rule names it.
  private func wholeRuleRows(_ edit: Edit) -> [ChangeKind] {
    if edit.before != nil {
      let isBypassed = !limits.before.limits(in: edit.before).isSubset(of: limits.namedAfter)
      return [isBypassed ? .limitBypassed : .ruleRemoved]
    }
    let isApplied = !limits.after.limits(in: edit.after).isSubset(of: limits.namedBefore)
    return [isApplied ? .limitApplied : .ruleAdded]
  }

  /// The rows of a cell, answer or rule that names other limits than before; nil where it names the same.
  private func limitRows(_ edit: Edit) -> [ChangeKind]? {
    let (old, new) = (limits.before.limits(in: edit.before), limits.after.limits(in: edit.after))
    let rows =
      (old.isSubset(of: new) ? [] : [ChangeKind.limitBypassed]) + (new.isSubset(of: old) ? [] : [.limitApplied])
    return rows.isEmpty ? nil : rows
  }

  private static func differsInReasonAlone(_ edit: Edit) -> Bool { differ(edit, inNothingBut: "because") }
  private static func differsInIDAlone(_ edit: Edit) -> Bool { differ(edit, inNothingBut: "id") }

  private static func differ(_ edit: Edit, inNothingBut name: String) -> Bool {
    guard edit.form == .pair, var left = edit.before?.record, var right = edit.after?.record else { return false }
    left[name] = nil
    right[name] = nil
    return left == right
  }
}
