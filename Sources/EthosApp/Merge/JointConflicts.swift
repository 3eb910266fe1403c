import EthosDiff
import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// Most decisions of one merge that are decided in all four states.
  private static let mergedDecisions = 64

  /// What two sides make together that neither made alone: errors of the identity, and decisions that decide a case as
  /// neither does.
  ///
  /// Costs a reading of the states, and for each decision that both sides touch three comparisons of behaviour. Where one
  /// side changed no file of the identity nothing is looked at.
  func jointConflicts(
    bases: [Commit], _ main: Commit, _ tip: Commit, tree: ObjectID
  ) throws -> [MergeConflict] {
    guard let base = bases.first, tree != main.tree, tree != tip.tree else { return [] }
    let (before, left) = (try store.snapshot(ofTree: base.tree), try store.snapshot(ofTree: main.tree))
    let (right, together) = (try store.snapshot(ofTree: tip.tree), try store.snapshot(ofTree: tree))
    let known = Set(try (errors(left) + errors(right)).map(Problem.init))
    let new = try errors(together).filter { !known.contains(Problem($0)) }
    guard new.isEmpty else {
      let file = new.compactMap { $0.location?.file }.first ?? ""
      let entry = together.documents.values.first { $0.path == file }?.key
      let conflict = MergeConflict(kind: .coherence, entry: entry, path: file, diagnostics: new)
      return [try attributed(conflict, bases, main, tip)]
    }
    let shared = touchedDecisions(before, left).intersection(touchedDecisions(before, right))
    return try thirdBehaviours(
      of: shared.sorted(), base: before, ours: left, theirs: right, together: together
    ).map { try attributed($0, bases, main, tip) }
  }

  /// The decisions that decide a case as they do on neither side nor before, each with the case.
  func thirdBehaviours(
    of keys: [EntryKey], base: Snapshot, ours: Snapshot, theirs: Snapshot, together: Snapshot
  ) throws -> [MergeConflict] {
    try keys.prefix(Workspace.mergedDecisions).compactMap { key in
      let search = JointSearch(key, inForce: base, mine: ours, theirs: theirs, together: together)
      guard let witness = try search.witness() else { return nil }
      let path = together[key]?.path ?? ""
      return MergeConflict(kind: .behaviour, entry: key, path: path, witness: witness)
    }
  }

  /// The decisions that a side changed, or moved through what they use.
  private func touchedDecisions(_ before: Snapshot, _ after: Snapshot) -> Set<EntryKey> {
    let changes = Comparison.changes(from: before, to: after, severity: .standard)
    return Set(changes.entries + changes.touches.map(\.touched)).filter { $0.kind == .decision }
  }

  private func errors(_ snapshot: Snapshot) throws -> [Diagnostic] {
    try Workspace.diagnostics(snapshot, on: today()).filter { $0.severity == .error }
  }

  /// An error without its place, which a merge may move.
  private struct Problem: Hashable {
    var code: Diagnostic.Code
    var message: String

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code
      message = diagnostic.message
    }
  }
}
