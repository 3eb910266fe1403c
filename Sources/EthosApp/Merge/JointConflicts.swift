import EthosDiff
import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// For how many decisions that are hard to search one merge has the work; the rest are conflicts that say so.
  private static let hardMergedDecisions = 20

  /// What two sides make together that neither made alone: errors of the identity, and decisions that decide a case as
  /// neither does.
  ///
  /// Costs a reading of the states, and for each decision that both sides touch a search through what either changed.
  /// Where one side changed no file of the identity nothing is looked at.
  func jointConflicts(
    bases: [Commit], _ main: Commit, _ tip: Commit, tree: ObjectID
  ) throws -> [MergeConflict] {
    guard !bases.isEmpty, tree != main.tree, tree != tip.tree else { return [] }
    let before = try bases.map { try store.snapshot(ofTree: $0.tree) }
    let left = try store.snapshot(ofTree: main.tree)
    let (right, together) = (try store.snapshot(ofTree: tip.tree), try store.snapshot(ofTree: tree))
    let known = Set(try (errors(left) + errors(right)).map(Problem.init))
    let new = try errors(together).filter { !known.contains(Problem($0)) }
    guard new.isEmpty else {
      let file = new.compactMap { $0.location?.file }.first ?? ""
      let entry = together.documents.values.first { $0.path == file }?.key
      let conflict = MergeConflict(kind: .coherence, entry: entry, path: file, diagnostics: new)
      return [try attributed(conflict, bases, main, tip)]
    }
    func touched(_ after: Snapshot) -> Set<EntryKey> {
      before.reduce(into: []) { $0.formUnion(touchedDecisions($1, after)) }
    }
    let shared = touched(left).intersection(touched(right))
    return try thirdBehaviours(
      of: shared.sorted(), bases: before, ours: left, theirs: right, together: together
    ).map { try attributed($0, bases, main, tip) }
  }

  /// The decisions that decide a case as they do on neither side, or lose what one side changed, each with the case; and
  /// those of which neither that nor its absence was found.
  func thirdBehaviours(
    of keys: [EntryKey], bases: [Snapshot], ours: Snapshot, theirs: Snapshot, together: Snapshot
  ) -> [MergeConflict] {
    guard !keys.isEmpty else { return [] }
    var search = JointSearch(
      bases: bases, ours: ours, theirs: theirs, together: together, decisions: Workspace.hardMergedDecisions)
    return keys.compactMap { key in
      let result = search.result(key)
      guard result.witness != nil || result.reason != nil else { return nil }
      var conflict = MergeConflict(kind: .behaviour, entry: key, path: together[key]?.path ?? "")
      conflict.witness = result.witness
      conflict.reason = result.reason
      return conflict
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
