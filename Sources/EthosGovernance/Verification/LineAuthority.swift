package import EthosModel
package import EthosRecord

/// Whose rules judge, along a line: the last valid state.
///
/// As long as nothing that says who may do what came about by a breach, that is the state which a commit leaves. From the
/// first such breach on it is what stood before it, with those later changes that were agreed to by it and build on
/// nothing doubtful. So a charter that was broken, emptied or weakened by a push gives nobody anything: what comes after it
/// is judged as if it were not there, until it is restored or adopted.
package struct LineAuthority: Sendable {
  /// A step that changed who may do what: the documents that it changed, before and after.
  package struct Move: Sendable {
    package var commit: ObjectID
    /// Whether nothing was wrong with it by the authority of then, or it was adopted.
    package var isAgreed: Bool
    fileprivate var before: [EntryKey: Document]
    fileprivate var after: [EntryKey: Document]
    fileprivate var keys: Set<EntryKey>
  }

  /// What stood before the first breach that is in doubt.
  private var base: [EntryKey: Document] = [:]
  /// Since then, the oldest first.
  package private(set) var moves: [Move] = []
  private var trusted: [EntryKey: Document]?
  /// What the line says last.
  private var current: [EntryKey: Document] = [:]

  package init() {}

  /// Whether what stands came about by a breach, in part.
  package var isDoubtful: Bool { trusted != nil }

  /// The state by whose charter, people and offices is judged what builds on a state, the last on the line.
  package func rules(at state: Snapshot) -> Snapshot {
    guard let trusted else { return state }
    let others = state.documents.filter { !Adoption.authorityKinds.contains($0.key.kind) }
    return Snapshot(documents: others.merging(trusted) { $1 }.values)
  }

  /// Goes on by a step. `isAgreed` says whether nothing is wrong with it by `rules`.
  package mutating func add(_ commit: ObjectID, before: Snapshot, after: Snapshot, isAgreed: Bool) {
    let keys = Adoption.moved(before, after)
    guard !keys.isEmpty, !isAgreed || isDoubtful else { return }
    if trusted == nil { base = Adoption.authority(of: before) }
    func documents(_ snapshot: Snapshot) -> [EntryKey: Document] {
      Dictionary(keys.compactMap { key in snapshot[key].map { (key, $0) } }) { first, _ in first }
    }
    moves.append(
      Move(commit: commit, isAgreed: isAgreed, before: documents(before), after: documents(after), keys: keys))
    current = Adoption.authority(of: after)
    replay()
  }

  /// Takes a breach for good that was adopted, and what was agreed to on top of it.
  package mutating func accept(_ breach: ObjectID) {
    guard let index = moves.firstIndex(where: { $0.commit == breach }) else { return }
    moves[index].isAgreed = true
    replay()
  }

  private func hasAuthority(_ charter: Document?) -> Bool {
    charter.map { Charter(snapshot: Snapshot(documents: [$0])).hasAuthority } ?? false
  }

  private mutating func replay() {
    var known = base
    for move in moves where move.isAgreed {
      // What somebody changed further is as doubtful as what they changed.
      for key in move.keys where known[key]?.meaning == move.before[key]?.meaning {
        // Whoever adopts that nobody's agreement is needed any more opens nothing by it.
        guard key.kind != .charter || hasAuthority(move.after[key]) || !hasAuthority(known[key]) else { continue }
        known[key] = move.after[key]
      }
    }
    let isRestored =
      Set(known.keys) == Set(current.keys) && known.allSatisfy { current[$0.key]?.meaning == $0.value.meaning }
    if isRestored { self = LineAuthority() } else { trusted = known }
  }
}
