package import EthosModel
package import EthosText

extension DecisionCheck {
  /// What is in the way of the decisions in force that decide nothing, by decision.
  ///
  /// Costs the reading of all decisions.
  package static func obstacles(_ snapshot: Snapshot) -> [DecisionObstacle] {
    var graph = DecisionGraph(snapshot)
    return snapshot.all(.decision).filter { !$0.isRetired }.compactMap { graph.obstacle(to: $0.key) }
  }

  /// What is in the way of decisions that are still in force, decided before, and would decide nothing.
  ///
  /// A decision that is retired, or gone, was meant to end.
  package static func stopped(from before: Snapshot, to after: Snapshot) -> [DecisionObstacle] {
    var (old, new) = (DecisionGraph(before), DecisionGraph(after))
    return after.all(.decision).filter { !$0.isRetired }.compactMap { document in
      guard let obstacle = new.obstacle(to: document.key), let earlier = before[document.key], !earlier.isRetired,
        old.obstacle(to: document.key) == nil
      else { return nil }
      return obstacle
    }
  }
}

extension [DecisionObstacle] {
  /// What is wrong, each once, in the order of files and places.
  package var diagnostics: [Diagnostic] {
    Set(flatMap(\.diagnostics)).sorted(by: Diagnostic.precedes)
  }
}
