import EthosDecision
import EthosDiff
import EthosFEEL
import EthosGit
package import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// Another open proposal that touches the same as one does.
package struct Collision: Sendable {
  package var other: String
  /// The entries that both change.
  package var entries: [EntryKey]
  /// The decisions that both change, or move through what they use.
  package var decisions: [Joint]
  /// Whether the two change the same to different ends, so that there is no state with both.
  package var hasConflict: Bool

  /// A decision that both proposals touch.
  package struct Joint: Sendable {
    package var decision: EntryKey
    /// A case that the two together decide otherwise than either alone and than what is in force; nil where none was
    /// found.
    package var witness: JointCase?
    /// Why neither such a case nor its absence was found; nil where it was settled, or there is no state with both.
    package var reason: String?
  }

  /// One case under four states of the identity.
  package struct JointCase: Sendable {
    package var facts: [BehaviourRegion.Term]
    package var inForce: String
    package var mine: String
    package var theirs: String
    package var together: String
  }
}

/// What an open proposal would make of the identity, as far as the comparison with others asks.
struct ProposalOutline {
  var name: String
  var tree: ObjectID
  var after: Snapshot
  var changes: ChangeSet

  var entries: Set<EntryKey> { Set(changes.changes.filter(\.causes.isEmpty).map(\.entry)) }

  /// The decisions that it changes, and those that use what it changes.
  var decisions: Set<EntryKey> {
    Set(changes.entries + changes.touches.map(\.touched)).filter { $0.kind == .decision }
  }
}

extension ProposalState {
  var outline: ProposalOutline {
    ProposalOutline(name: name, tree: merge.tree, after: after, changes: changes)
  }
}

extension Workspace {
  /// The other open proposals that touch the same as this one.
  ///
  /// Costs the comparison of each of them with what is in force, and for each decision that two of them touch a search
  /// through what either changed.
  package func collisions(of state: ProposalState) throws -> [Collision] {
    guard !state.isRatified, state.merge.conflicts.isEmpty else { return [] }
    let others = try openProposals().filter { $0.name != state.name }.compactMap { other -> ProposalOutline? in
      let tip = try repository.commit(other.tip)
      guard try !repository.mergeBases(state.main.id, tip.id).isEmpty else { return nil }
      let merge = try merge(proposal: tip, into: state.main)
      guard merge.conflicts.isEmpty else { return nil }
      let after = try store.snapshot(ofTree: merge.tree)
      return ProposalOutline(
        name: other.name, tree: merge.tree, after: after,
        changes: try Behaviour.changes(
          from: state.before, to: after, severity: Severity(charter: state.before.charter)))
    }
    return try collisions(of: state.outline, with: others, state.main.tree, state.before)
  }

  /// The collisions of one proposal with others, over the same state in force.
  func collisions(
    of mine: ProposalOutline, with others: [ProposalOutline], _ main: ObjectID, _ before: Snapshot
  ) throws -> [Collision] {
    try others.filter { $0.name != mine.name }.compactMap { theirs in
      let entries = mine.entries.intersection(theirs.entries).sorted()
      let shared = mine.decisions.intersection(theirs.decisions).sorted()
      guard !entries.isEmpty || !shared.isEmpty else { return nil }
      let tree = try together(main, mine.tree, theirs.tree)
      let both = try tree.map { try store.snapshot(ofTree: $0) }
      var search = both.map {
        JointSearch(
          bases: [before], ours: mine.after, theirs: theirs.after, together: $0, decisions: Workspace.hardDecisions)
      }
      let decisions = shared.map { key -> Collision.Joint in
        let result = search?.result(key)
        return Collision.Joint(decision: key, witness: result?.witness, reason: result?.reason)
      }
      return Collision(other: theirs.name, entries: entries, decisions: decisions, hasConflict: tree == nil)
    }
  }

  /// For how many decisions that are hard to search two proposals have the work; of the rest it is said that they are open.
  private static let hardDecisions = 4

  /// The tree with what both proposals change of what is in force; nil where they change a field to different ends.
  private func together(_ main: ObjectID, _ mine: ObjectID, _ theirs: ObjectID) throws -> ObjectID? {
    let plan = try TreeMerge(store, bases: [main], ours: mine, theirs: theirs).plan()
    guard plan.conflicts.isEmpty else { return nil }
    return try repository.writeTree(base: mine, edits: plan.edits(storingIn: repository))
  }
}
