import EthosDiff
import EthosGit
import EthosGovernance
package import EthosRecord
import EthosStore

/// What a collection joined, or would join.
package struct CollectResult: Sendable {
  package var name: String
  /// The reviews that the proposal's branch did not carry yet.
  package var reviews: [SubmittedTip]
  package var commit: ObjectID?

  /// The last of somebody's reviews.
  package struct SubmittedTip: Hashable, Sendable {
    package var id: ObjectID
    package var author: Signature
  }
}

extension Workspace {
  /// Joins the reviews of a proposal to its branch, so that a merge of the branch alone, as a forge makes it, carries them.
  ///
  /// The commit changes no file and says nothing of its own: a body would be taken for a reason that somebody gave.
  package func collect(_ name: String?, at revision: String? = nil, isDryRun: Bool) throws -> CollectResult {
    let state = try proposalState(name, at: revision)
    guard !state.isRatified else { throw Failure.no("the proposal `\(state.name)` is ratified already") }
    var result = CollectResult(
      name: state.name,
      reviews: try state.reviewTips.map { .init(id: $0, author: try repository.commit($0).author) }, commit: nil)
    guard !isDryRun, !result.reviews.isEmpty else { return result }
    let commit = try recordCommit(
      tree: state.tip.tree, parents: [state.tip.id] + state.reviewTips, author: try author(),
      committer: try committer(),
      message: ChangeRecord(subject: "Collect the reviews of \(state.name)", because: "").message)
    try moveProposal(
      state.name, from: state.proposal, showing: state.tip.tree, to: (commit, state.tip.tree),
      "ethos collect: \(state.name)")
    result.commit = commit
    return result
  }
}
