package import EthosRecord

/// How reviews follow one another: the part of the commit graph that a proposal or its merge brings.
///
/// The latest word of a person is told by the graph and never by a date. Only that part is walked, so that many reviews
/// cost little: each question visits a commit at most once.
package struct ReviewGraph: Hashable, Sendable {
  private var parents: [ObjectID: [ObjectID]]
  /// Commits that hold the same signed content as another one, by the one that stands for them.
  private var aliases: [ObjectID: ObjectID]
  /// The same the other way round.
  private var twins: [ObjectID: [ObjectID]]

  package init(parents: [ObjectID: [ObjectID]] = [:], aliases: [ObjectID: ObjectID] = [:]) {
    self.parents = parents
    self.aliases = aliases
    twins = Dictionary(grouping: aliases.keys.sorted()) { aliases[$0] ?? $0 }
  }

  /// The same, with what the reviews say themselves of whom they follow.
  init(_ graph: ReviewGraph, with reviews: [SubmittedReview]) {
    self = graph
    for review in reviews where !review.follows.isEmpty {
      parents[review.id, default: []] += review.follows.filter { $0 != review.id }
    }
  }

  /// Those of these reviews that another one of them follows, directly or not.
  ///
  /// Costs one walk.
  package func superseded(among ids: Set<ObjectID>) -> Set<ObjectID> {
    guard ids.count > 1 else { return [] }
    var found: Set<ObjectID> = []
    var visited: Set<ObjectID> = []
    var open: [ObjectID] = ids.flatMap(above)
    while let next = open.popLast() {
      let meant = aliases[next] ?? next
      if ids.contains(meant) { found.insert(meant) }
      if visited.insert(next).inserted { open += above(next) }
    }
    return found
  }

  /// Whether a review follows another, directly or not.
  package func follows(_ later: ObjectID, _ earlier: ObjectID) -> Bool {
    later != earlier && superseded(among: [later, earlier]).contains(earlier)
  }

  /// What a commit follows directly, and what those do that hold the same.
  private func above(_ id: ObjectID) -> [ObjectID] {
    guard let others = twins[id] else { return parents[id] ?? [] }
    return ([id] + others).flatMap { parents[$0] ?? [] }
  }
}
