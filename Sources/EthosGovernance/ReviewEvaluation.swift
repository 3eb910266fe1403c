package import EthosModel
import EthosRecord

/// Which reviews count for one entry.
///
/// A review counts while both fingerprints that it names are those of today. Of one person's the last in the graph
/// counts; of concurrent ones the objection does, then the abstention. The order in which reviews are given means nothing.
package struct ReviewEvaluation {
  /// What each person says of the entry as it stands, by person.
  package private(set) var verdicts: [EntryVerdict] = []
  package private(set) var stale: [StaleReview] = []

  /// `reviews` are those that name the entry.
  package init(of key: EntryKey, before: Fingerprint?, after: Fingerprint?, reviews: [SubmittedReview], people: People)
  {
    let speaking = reviews.filter { $0.record.verdict != .comment && $0.record.onBehalfOf == nil }
    let byPerson = Dictionary(grouping: speaking) { Reviewer($0.author, among: people).id }
    for (_, mine) in byPerson.sorted(by: { $0.key < $1.key }) {
      let current = mine.filter { review in
        review.record.reviewed.contains { $0.key == key && $0.before == before && $0.after == after }
      }
      if let deciding = ReviewEvaluation.deciding(current) {
        verdicts.append(
          EntryVerdict(
            reviewer: Reviewer(deciding.author, among: people), verdict: deciding.record.verdict, review: deciding.id,
            words: deciding.record.words, classes: ReviewEvaluation.classes(of: key, current)))
      } else if let deciding = ReviewEvaluation.deciding(mine) {
        let read = deciding.record.reviewed.filter { $0.key == key }
        stale.append(
          StaleReview(
            reviewer: Reviewer(deciding.author, among: people), entry: key, verdict: deciding.record.verdict,
            review: deciding.id, reason: read.contains { $0.after == after } ? .inForceChanged : .proposalChanged))
      }
    }
  }

  /// The review that decides among one person's: the last, and of several last ones the most reluctant.
  private static func deciding(_ reviews: [SubmittedReview]) -> SubmittedReview? {
    let last = reviews.filter { review in !reviews.contains { $0.id != review.id && $0.follows.contains(review.id) } }
    return last.min { left, right in
      (reluctance(left.record.verdict), left.id) < (reluctance(right.record.verdict), right.id)
    }
  }

  private static func reluctance(_ verdict: ReviewRecord.Verdict) -> Int {
    switch verdict {
    case .object: 0
    case .abstain: 1
    case .approve: 2
    case .comment: 3
    }
  }

  /// The classes that a person's approvals confirm: those that no other verdict of the person followed.
  private static func classes(of key: EntryKey, _ reviews: [SubmittedReview]) -> Set<Classification> {
    let others = reviews.filter { $0.record.verdict != .approve }
    let approvals = reviews.filter { review in
      review.record.verdict == .approve && !others.contains { $0.follows.contains(review.id) }
    }
    return Set(approvals.flatMap(\.record.classes).filter { $0.reference.key == key })
  }
}
