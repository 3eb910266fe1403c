package import EthosModel
package import EthosRecord
package import EthosText

/// Words about a proposal that take no side.
package struct ReviewComment: Hashable, Sendable {
  package var reviewer: Reviewer
  package var review: ObjectID
  package var when: Instant
  package var words: String
  /// The place that they are about; nil for the whole proposal.
  package var about: Reference?
}

extension ReviewComment {
  /// The comments among reviews, the oldest first.
  static func all(in reviews: [SubmittedReview], people: People) -> [ReviewComment] {
    reviews.filter { $0.record.verdict == .comment && $0.record.onBehalfOf == nil }.map { review in
      ReviewComment(
        reviewer: Reviewer(review.author, among: people), review: review.id, when: review.author.when,
        words: review.record.words, about: review.record.about)
    }.sorted { ($0.when.seconds, $0.review) < ($1.when.seconds, $1.review) }
  }
}
