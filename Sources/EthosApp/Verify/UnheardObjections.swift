import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// An objection that is in this clone, and that the merge of what it is about does not carry.
struct UnheardObjection {
  let review: SubmittedReview
  let proposal: String
  let merge: Commit
  let entries: [EntryKey]
  /// Whether the merge is of the proposal that it was given of, by name or by its commits.
  ///
  /// Another one that makes the same change may be an honest proposal of somebody else's.
  let isOfProposal: Bool
  /// Whether it is dated after the merge: who made that could not know of it.
  let isLate: Bool

  var finding: Finding {
    Finding(
      "objection-left-out", isOfProposal && !isLate ? .breach : .note,
      isOfProposal
        ? isLate
          ? "\(review.author.name) objected to `\(proposal)` after it was ratified, and nobody has answered"
          : "the ratification of `\(proposal)` leaves out the objection of \(review.author.name)"
        : "\(review.author.name) objected to the same change in `\(proposal)`, and this merge does not say so",
      commit: merge.id, entries: entries, rule: "a ratification carries every review that was given",
      missing: ["the review \(review.id.short) of \(review.author.name)"],
      help: isLate
        ? ["who should have been heard can propose what they want instead: `ethos propose NAME --because …`"]
        : ["let those who should have known of it adopt the merge: `ethos adopt \(merge.id.short) --because …`"])
  }
}

extension Workspace {
  /// Objections to what was merged that are in this clone and were left out.
  ///
  /// What an objection is about is told by its fingerprints, whatever a merge calls itself. Costs the differences of the
  /// merges of the line where there are any.
  func unheardObjections(_ head: ObjectID) throws -> [UnheardObjection] {
    var objections: [(proposal: String, review: SubmittedReview)] = []
    for proposal in try store.reviewedProposals() {
      let tips = try store.reviewTips(of: proposal).map(\.tip).filter { try !repository.isAncestor($0, of: head) }
      guard !tips.isEmpty else { continue }
      let reviews = try ProposalReader(store).broughtReviews(by: tips, hiding: head).reviews
      objections += reviews.filter { $0.record.verdict == .object && !$0.record.reviewed.isEmpty }.map {
        (proposal, $0)
      }
    }
    guard !objections.isEmpty else { return [] }
    objections = try heard(objections, head)
    guard !objections.isEmpty else { return [] }
    let tips = try store.proposals()
    var found: [UnheardObjection] = []
    for id in try repository.walk(from: [head], hiding: [], order: .firstParent) {
      let merge = try repository.commit(id)
      guard merge.parents.count > 1, let first = merge.parents.first else { continue }
      // Clocks differ: what was given a little after the merge may have been there before.
      let given = objections.filter {
        $0.review.author.when.seconds <= merge.committer.when.seconds + toleratedClockDifference
      }
      guard !given.isEmpty else { continue }
      let parent = try repository.commit(first)
      let files = try store.changedFiles(before: parent.tree, after: merge.tree)
      let keys = Set(try store.snapshot(of: files.before).keys + store.snapshot(of: files.after).keys)
      let meant = given.filter { $0.review.record.reviewed.contains { keys.contains($0.key) } }
      guard !meant.isEmpty else { continue }
      let (before, after) = (try store.snapshot(ofTree: parent.tree), try store.snapshot(ofTree: merge.tree))
      for (proposal, review) in meant {
        let entries = review.record.reviewed.filter {
          $0.before != $0.after && $0.before == Fingerprint.of($0.key, in: before)
            && $0.after == Fingerprint.of($0.key, in: after)
        }
        guard !entries.isEmpty else { continue }
        let isOfProposal =
          RatificationRecord(message: merge.message)?.proposal == proposal
          || tips.contains { $0.name == proposal && merge.parents.dropFirst().contains($0.tip) }
        found.append(
          UnheardObjection(
            review: review, proposal: proposal, merge: merge, entries: entries.map(\.key).sorted(),
            isOfProposal: try isOfProposal || brings(merge, whatWasRead: review),
            isLate: try (review.committed ?? review.author.when).seconds > made(merge)))
      }
    }
    return found
  }

  /// When a merge was made at the earliest: by its own date, and by those of what it carries, which was there before.
  private func made(_ merge: Commit) throws -> Int64 {
    try merge.parents.dropFirst().map { try repository.commit($0).committer.when.seconds }
      .reduce(merge.committer.when.seconds, max)
  }

  /// Those objections that count by the rules of what is in force: one that nobody signed, where records are signed, was
  /// typed by anybody.
  private func heard(
    _ objections: [(proposal: String, review: SubmittedReview)], _ head: ObjectID
  ) throws -> [(proposal: String, review: SubmittedReview)] {
    let tree = try repository.commit(head).tree
    let rules = try judgedLine(to: head).authority.rules(
      at: store.snapshot(ofTree: tree, kinds: Set(Adoption.authorityKinds)))
    let day = days(of: rules)
    return try objections.filter { objection in
      let review = objection.review
      let verdicts = Dictionary(try review.forms.map { ($0, try signatureVerifier.verdict(of: $0)) }) { $1 }
      let screen = ReviewScreen(
        [review], rules: rules, verdicts: verdicts, proposal: nil, merged: review.committed ?? review.author.when,
        day: day)
      return !screen.counting.isEmpty
    }
  }

  /// Whether a merge brought the commit that a review was given of.
  private func brings(_ merge: Commit, whatWasRead review: SubmittedReview) throws -> Bool {
    guard let read = try repository.parents(of: review.id).first, let parent = merge.parents.first else { return false }
    return try repository.isAncestor(read, of: merge.id) && !repository.isAncestor(read, of: parent)
  }
}
