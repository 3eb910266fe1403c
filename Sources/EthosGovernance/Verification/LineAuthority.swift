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
  /// The entries whose owner came about by a breach: the document by which they are owned all the same, and the breaches.
  private var owned: [EntryKey: (document: Document?, breaches: Set<ObjectID>)] = [:]
  /// All steps, in the order of the line, that a doubt or its end came from: from them the same is found again.
  package private(set) var steps: [ObjectID] = []

  package init() {}

  /// Whether what stands came about by a breach, in part.
  package var isDoubtful: Bool { trusted != nil || !owned.isEmpty }

  /// The state by whose charter, people, offices and owners is judged what builds on a state, the last on the line.
  package func rules(at state: Snapshot) -> Snapshot {
    guard isDoubtful else { return state }
    var documents = state.documents
    if let trusted {
      documents = documents.filter { !Adoption.authorityKinds.contains($0.key.kind) }.merging(trusted) { $1 }
    }
    for (key, known) in owned { documents[key] = known.document }
    return Snapshot(documents: documents.values)
  }

  /// What says who owns entries: a breach that gives one to another office gives that office nothing.
  private mutating func addOwners(_ commit: ObjectID, before: Snapshot, after: Snapshot, isAgreed: Bool) -> Bool {
    func owner(_ document: Document?) -> Node? { document?.meaning["owner"] }
    func isOther(_ left: Document?, _ right: Document?) -> Bool {
      (left == nil) != (right == nil) || owner(left) != owner(right)
    }
    var isTouched = false
    for key in Set(before.documents.keys).union(after.documents.keys)
    where !Adoption.authorityKinds.contains(key.kind) && isOther(before[key], after[key]) {
      let known = owned[key]
      guard !isAgreed || known != nil else { continue }
      isTouched = true
      let document = known == nil ? before[key] : known?.document
      if isAgreed || !isOther(document, after[key]) {
        owned[key] = nil
      } else {
        owned[key] = (document, (known?.breaches ?? []).union([commit]))
      }
    }
    return isTouched
  }

  /// Goes on by a step.
  ///
  /// `isAgreed` says whether nothing is wrong with it by `rules`.
  package mutating func add(_ commit: ObjectID, before: Snapshot, after: Snapshot, isAgreed: Bool) {
    let isOwning = (!isAgreed || !owned.isEmpty) && addOwners(commit, before: before, after: after, isAgreed: isAgreed)
    let keys = Adoption.moved(before, after)
    let isMoving = !keys.isEmpty && (!isAgreed || trusted != nil)
    if isOwning || isMoving { steps.append(commit) }
    guard isMoving else { return }
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
    for (key, known) in owned where known.breaches.contains(breach) {
      let left = known.breaches.subtracting([breach])
      owned[key] = left.isEmpty ? nil : (known.document, left)
    }
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
    if isRestored { (base, moves, trusted, current) = ([:], [], nil, [:]) } else { trusted = known }
  }
}
