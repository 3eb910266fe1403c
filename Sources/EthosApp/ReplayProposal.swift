import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText

extension Workspace {
  /// What a proposal would have done to recorded cases.
  ///
  /// Where its decision names cases, no other file is taken for them.
  ///
  /// The decision is the one that is named, the only one that the proposal changes or moves, or the only one of those that
  /// names cases.
  package func replay(
    _ request: CaseRequest, of state: ProposalState, decision name: String?
  ) throws -> ReplayAnswer {
    let key = try name.map { try decisionReference($0).key } ?? decision(of: state)
    let before = try side(key, state.before, name: "in force", commit: state.main.id.hex)
    let after = try side(key, state.after, name: state.name, commit: state.tip.id.hex)
    return try replay(request, before: before, after: after, sha256: after.casesDigest)
  }

  private func decision(of state: ProposalState) throws -> EntryKey {
    let touched = Set(state.changes.changes.map(\.entry)).union(state.standing.moved.map(\.key))
    let decisions = touched.filter { key in
      guard key.kind == .decision, let before = state.before[key], let after = state.after[key] else { return false }
      return !before.isRetired && !after.isRetired
    }.sorted()
    let named = decisions.filter { state.after[$0]?.fields["cases"] != nil }
    if let only = decisions.count == 1 ? decisions.first : named.count == 1 ? named.first : nil { return only }
    guard !decisions.isEmpty else {
      throw Failure.usage(
        "`\(state.name)` changes nothing about a decision", help: "name one to replay the cases with: `--decision D`")
    }
    throw Failure.usage(
      "`\(state.name)` changes several decisions: \(decisions.map { "`\($0.id)`" }.joined(separator: ", "))",
      help: "say which of them the cases are about: `--decision \(decisions[0].id)`")
  }
}
