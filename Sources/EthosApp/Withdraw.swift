import EthosGit
package import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// Closes a proposal for good: an annotated tag `closed/NAME` keeps its tip and every review, and its branches go.
  ///
  /// Where reviews exist, a last commit on the proposal joins them, so that no objection is ever lost.
  package func withdraw(_ name: String?, because: String, isDryRun: Bool) throws -> (name: String, tag: ObjectID?) {
    guard !saysNothing(because) else {
      throw Failure.usage("a withdrawal needs a reason", help: "add `--because \"why\"`")
    }
    // It may be ratified by now.
    try requireNewest("nothing is withdrawn by a state that is known to be old")
    let read = try repository.references(under: "refs/heads/")
    let proposal = try proposal(named: name)
    let main = try mainCommit()
    guard try !repository.isAncestor(proposal.tip, of: main.id) else {
      throw Failure.no(
        "the proposal `\(proposal.name)` is ratified", help: "what is in force is reversed by a new proposal")
    }
    let before = try placeOfClosing(proposal.name)
    guard !isDryRun else { return (proposal.name, nil) }
    let tip = try repository.commit(proposal.tip)
    let reviews = try store.reviewTips(of: proposal.name)
    let who = try committer()
    var closed = tip.id
    if !reviews.isEmpty {
      closed = try recordCommit(
        tree: tip.tree, parents: [tip.id] + Array(Set(reviews.map(\.tip))).sorted(), author: try author(),
        committer: who,
        message: ChangeRecord(subject: "Close \(proposal.name) with its reviews", because: because).message)
    }
    let tag = try recordTag(
      name: "closed/\(proposal.name)", target: closed, tagger: who,
      message: ClosingRecord(proposal: proposal.name, because: because).message)
    var transaction = Transaction(by: try committer())
    transaction.updates =
      [
        ReferenceUpdate(
          name: RecordReference.closed(proposal.name), before: before, after: tag,
          reflogMessage: "ethos withdraw: \(proposal.name)")
      ]
      + [proposal.local].compactMap { $0 }.map { local in
        ReferenceUpdate(
          name: RecordReference.proposal(proposal.name), before: local, after: nil,
          reflogMessage: "ethos withdraw: \(proposal.name)")
      }
      + reviews.filter(\.isLocal).map { review in
        ReferenceUpdate(
          name: RecordReference.review(proposal.name, review.branch), before: review.tip, after: nil,
          reflogMessage: "ethos withdraw: \(proposal.name)")
      }
    // No review that comes meanwhile is left outside, and what is ratified meanwhile is not closed.
    transaction.basis = [
      read.basis(of: RecordReference.branch(try mainBranch())),
      read.basis(under: RecordReference.reviews(proposal.name)),
    ]
    if case .branch(RecordReference.proposalBranch(proposal.name), _) = try repository.head() {
      transaction.head = (RecordReference.proposalBranch(proposal.name), try mainBranch())
      if !repository.isBare { transaction.checkout = (try shownTree(of: proposal), main.tree) }
    }
    try perform(transaction)
    return (proposal.name, tag)
  }

  /// What the record of a withdrawal takes the place of: nothing, or a tag of that name which closes no proposal.
  ///
  /// Anybody can have made such a tag, and it is not to keep a proposal from being closed.
  private func placeOfClosing(_ name: String) throws -> ObjectID? {
    guard let id = try repository.reference(RecordReference.closed(name)) else { return nil }
    guard case .none(let reason) = try closing(name, at: id) else {
      throw Failure.no(
        "the proposal `\(name)` was withdrawn: the tag `closed/\(name)` closes it",
        help: "read why: `git show \(shellWord("closed/\(name)"))`",
        "and remove your own branch: `git branch -D \(shellWord("proposals/\(name)"))`")
    }
    notice(
      "the tag `closed/\(name)` closed no proposal (\(reason)): it is replaced, and was \(id.short). "
        + "Where a server has it: `git push --force origin \(shellWord("refs/tags/closed/\(name)"))`")
    return id
  }
}
