import EthosDecision
package import EthosDiff
package import EthosModel

/// What two identities decide otherwise, decision by decision.
package enum Behaviour {
  /// The same by a ruleset of an earlier day: the first did not ask what decisions decide.
  ///
  /// Nil for one that is unknown.
  static func changes(
    from before: Snapshot, to after: Snapshot, severity: Severity, ruleset: Int
  ) throws -> ChangeSet? {
    switch ruleset {
    case 1: Comparison.changes(from: before, to: after, severity: severity)
    case ChangeKind.ruleset: try changes(from: before, to: after, severity: severity)
    default: nil
    }
  }

  /// Everything that changed in meaning, with what decisions decide otherwise.
  ///
  /// Costs, beside the comparison itself, a comparison of behaviour for each decision that changed or leans on something
  /// that did. Where that takes long, `progress` is told of which decision how many rules were looked at.
  package static func changes(
    from before: Snapshot, to after: Snapshot, severity: Severity,
    progress: @escaping @Sendable (_ work: String, _ done: Int, _ of: Int) -> Void = { _, _, _ in }
  ) throws -> ChangeSet {
    var graphs: (before: DecisionGraph, after: DecisionGraph)?
    return try Comparison.changes(from: before, to: after, severity: severity) { key in
      let sides = graphs ?? (DecisionGraph(before), DecisionGraph(after))
      graphs = sides
      do {
        let (old, new) = (DecisionSide(sides.before, key), DecisionSide(sides.after, key))
        let isEdited = before[key]?.meaning["rules"] != after[key]?.meaning["rules"]
        var limits = BehaviourLimits.standard
        limits.progress = { progress("comparing \(key), rules", $0, $1) }
        return try isEdited
          ? LimitProbe.compare(old, new, limits: limits) : BehaviourComparison.compare(old, new, limits: limits)
      } catch let mismatch as BehaviourMismatch {
        // A table may be written so that the two do not agree, as with a cell that costs more than is spent on it. Nothing
        // is proved then, and nobody who asks about anything else is stopped.
        return BehaviourDifference(
          verdict: .undecided,
          reason: "the comparison contradicts the evaluation, so that nothing is proved: \(mismatch)",
          isComplete: false)
      }
    }
  }
}
