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
  package func collect(_ name: String?, isDryRun: Bool) throws -> CollectResult {
    let state = try proposalState(name)
    guard !state.isRatified else { throw Failure.no("the proposal `\(state.name)` is ratified already") }
    var result = CollectResult(
      name: state.name,
      reviews: try state.reviewTips.map { .init(id: $0, author: try repository.commit($0).author) }, commit: nil)
    guard !isDryRun, !result.reviews.isEmpty else { return result }
    let who = try committer()
    let commit = try recordCommit(
      tree: state.tip.tree, parents: [state.tip.id] + state.reviewTips, author: try author(), committer: who,
      message: ChangeRecord(subject: "Collect the reviews of \(state.name)", because: "").message)
    var transaction = Transaction(by: who)
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.proposal(state.name), before: state.proposal.local, after: commit,
        reflogMessage: "ethos collect: \(state.name)")
    ]
    let shown = try shownTree(of: state.proposal)
    if shown != state.tip.tree, case .branch(RecordReference.proposalBranch(state.name), _) = try repository.head(),
      !repository.isBare
    {
      transaction.checkout = (shown, state.tip.tree)
    }
    try perform(transaction)
    result.commit = commit
    return result
  }
}
