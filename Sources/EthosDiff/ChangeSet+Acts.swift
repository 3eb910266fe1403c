import EthosModel

extension ChangeSet {
  /// The changes by human act: the same edit of several entries is one, told at the first of them.
  ///
  /// The same edit is the same row of the table at the same field with the same sides. A limit or a decision that
  /// replaces the use of one limit by another is two rows, each an act.
  package func acts() -> [Act] {
    struct Sameness: Hashable {
      var kind: ChangeKind
      var level: Level
      var field: ExactText
      var before: Node?
      var after: Node?
      var place: ItemPlace?
      var behaviour: BehaviourDifference?
    }
    var acts: [Act] = []
    var index: [Sameness: Int] = [:]
    for change in changes {
      let sameness = Sameness(
        kind: change.kind, level: change.level, field: ExactText(change.field.description), before: change.before,
        after: change.after, place: change.place, behaviour: change.behaviour)
      if let known = index[sameness], !change.kind.isWhole {
        acts[known].also.append(change.entry)
      } else {
        index[sameness] = acts.count
        acts.append(Act(change: change))
      }
    }
    return acts.map { Act(change: $0.change, also: $0.also.sorted()) }
  }

  /// The same changes seen from the other side, by the inverses of the table, at the levels of a charter.
  package func inverted(severity: Severity = .standard) -> ChangeSet {
    let inverted = changes.map { change in
      let kind = change.kind.inverted
      return Change(
        kind: kind, level: change.isBehaviourKept ? .editorial : severity.level(of: kind), entry: change.entry,
        field: change.field, before: change.after, after: change.before,
        signals: Signal.of(kind, change.after, change.before), place: change.place,
        behaviour: change.behaviour?.inverted, causes: change.causes)
    }
    let renames = self.renames.map { Rename(before: $0.after, after: $0.before, similarity: $0.similarity) }
    return ChangeSet(
      changes: inverted, renames: renames.sorted { $0.before < $1.before }, touches: touches, unmoved: unmoved)
  }
}
