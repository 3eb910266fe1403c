package import EthosModel
package import EthosRecord
package import EthosText

/// Why a review counts for nothing in a merge, whatever it says.
package enum ReviewLack: Hashable, Sendable {
  /// Its signature does not vouch for its author, at the review or at the merge.
  case signature(SignatureJudgement)
  /// It is dated more than a day before what it speaks of.
  case backdated(Instant)
  /// It does not say of which proposal it is.
  case ofNothing
  /// It is of another proposal.
  case ofAnother(String)
  /// It was given of commits that are no part of this proposal.
  case ofOtherCommits
  /// It was given so many days before the merge, and approvals count for fewer.
  case expired(given: Day, limit: Int)
}

/// A review that is set aside.
package struct AsideReview: Hashable, Sendable {
  package var review: SubmittedReview
  package var lack: ReviewLack
}

/// Which of the reviews that a merge brings count at all: the one place that every command asks.
///
/// Only what is signed is believed where the charter asks for signatures; elsewhere a signature that speaks against its
/// author is not. An approval is for one proposal, on one base, for a time. Objections are heard whatever proposal they
/// name: they void nothing and ask only for an answer. What does not count is set aside and told of, and puts nobody in
/// breach: the quorum is asked of what is left.
package struct ReviewScreen {
  package private(set) var counting: [SubmittedReview] = []
  package private(set) var aside: [AsideReview] = []
  /// Those that count and are signed by a key of their author.
  package private(set) var signed: Set<ObjectID> = []
  /// The proposal that is merged, as its record or its reviews name it.
  package private(set) var proposal: String?

  private let signers: Signers
  private let people: People
  private let rules: Snapshot
  private let charter: Charter
  private let merged: Instant
  private let day: (Instant) -> Day

  /// - Parameters:
  ///   - reviews: all that the merge brings.
  ///   - rules: the charter, people and offices that judge.
  ///   - verdicts: what cryptography says of each form of each review.
  ///   - proposal: the name that the merge gives; nil where it gives none, as a forge's.
  ///   - merged: when the merge was made, or would be.
  ///   - day: the day of a moment, in the time zone of the identity.
  package init(
    _ reviews: [SubmittedReview], rules: Snapshot, verdicts: [ObjectID: SignatureVerdict], proposal: String?,
    merged: Instant, day: @escaping (Instant) -> Day
  ) {
    self.rules = rules
    self.merged = merged
    self.day = day
    signers = Signers(snapshot: rules)
    people = People(snapshot: rules)
    charter = Charter(snapshot: rules)
    let judged = reviews.map { ($0, judgement(of: $0, verdicts)) }
    // Who speaks in others' names names no proposal for them.
    self.proposal =
      proposal ?? ReviewScreen.name(in: judged.filter { signatureLack($0.1, $0.0) == nil }.map(\.0))
    for (review, judgement) in judged {
      if let lack = signatureLack(judgement, review) ?? recordLack(review) {
        aside.append(AsideReview(review: review, lack: lack))
        continue
      }
      if case .signed = judgement { signed.insert(review.id) }
      var counted = review
      counted.day = day(review.given)
      counting.append(counted)
    }
  }

  /// The name that most speakers give: a forge's merge gives none.
  private static func name(in reviews: [SubmittedReview]) -> String? {
    var speakers: [String: Set<String>] = [:]
    for review in reviews where review.record.verdict != .comment && review.lineage == .ofTip {
      guard let name = review.record.of?.proposal else { continue }
      speakers[name, default: []].insert(People.folded(review.author.email))
    }
    return speakers.min { ($1.value.count, $0.key) < ($0.value.count, $1.key) }?.key
  }

  // MARK: - signatures

  /// Of what was signed in several forms the one counts that vouches for its author, whoever made the others.
  private func judgement(
    of review: SubmittedReview, _ verdicts: [ObjectID: SignatureVerdict]
  ) -> SignatureJudgement {
    let all = review.forms.map { judgement(of: review, verdicts[$0] ?? .unsigned) }
    return all.first { if case .signed = $0 { true } else { false } }
      ?? all.first { signatureLack($0, review) == nil } ?? all[0]
  }

  /// The key has to be its author's on the day of the review by both of its dates: who signs when a key has ended can
  /// write any date.
  ///
  /// What helps a merge needs a key that had not ended when it was made; an objection is heard all the same.
  private func judgement(of review: SubmittedReview, _ verdict: SignatureVerdict) -> SignatureJudgement {
    var result: SignatureJudgement?
    let given = [review.author.when, review.committed ?? review.author.when]
    for when in review.record.verdict == .object ? given : given + [merged] {
      let judgement = signers.judgement(of: verdict, by: review.author.email, on: day(when))
      if result == nil { result = judgement }
      if case .outsideTerm = judgement { return judgement }
    }
    return result ?? .unsigned
  }

  private func signatureLack(_ judgement: SignatureJudgement, _ review: SubmittedReview) -> ReviewLack? {
    let isRequired = charter.requiresSignatures
    switch judgement {
    case .signed:
      guard let read = review.builtOn, review.author.when.seconds + toleratedClockDifference < read.seconds else {
        return nil
      }
      return .backdated(read)
    // Who is nobody fills no seat; that is said where the quorum is asked for.
    case .unknownPerson where !isRequired: return nil
    case .unsigned where !isRequired, .unchecked where !isRequired: return nil
    case .unknownKey where !isRequired && !hasKeys(review.author.email): return nil
    default: return .signature(judgement)
    }
  }

  private func hasKeys(_ email: String) -> Bool {
    people.person(email: email).flatMap { rules[EntryKey(.person, $0.id)] }?.meaning["keys"]?.list?.isEmpty == false
  }

  // MARK: - what it is of

  private func recordLack(_ review: SubmittedReview) -> ReviewLack? {
    switch review.record.verdict {
    case .comment, .object: return nil
    case .approve, .abstain: break
    }
    guard let of = review.record.of else { return .ofNothing }
    if review.lineage == .foreign { return .ofOtherCommits }
    if let proposal, !of.proposal.utf8.elementsEqual(proposal.utf8) { return .ofAnother(of.proposal) }
    let given = review.given
    let limit = charter.approvalsExpire
    if day(merged).daysSinceEpoch - day(given).daysSinceEpoch > limit {
      return .expired(given: day(given), limit: limit)
    }
    return nil
  }
}

extension AsideReview {
  /// Why, to follow the name of the review: "the review of Ada does not count: it is not signed".
  package var reasonInWords: String {
    switch lack {
    case .signature(let judgement): SignatureCheck.told(judgement, "it")?.message ?? "it is not signed"
    case .backdated(let read):
      "it is dated \(review.author.when.iso8601), and what it speaks of \(read.iso8601)"
    case .ofNothing: "it does not say of which proposal it is"
    case .ofAnother(let name): "it is of the proposal `\(name)`"
    case .ofOtherCommits: "it was given of commits that are no part of this proposal"
    case .expired(let given, let limit): "it was given on \(given), and an approval counts for \(limit) days"
    }
  }

  package var inWords: String {
    "the review \(review.id.short) of \(review.author.name) on \(review.given.writersDay) does not count: \(reasonInWords)"
  }

  /// The code under which a verification tells of it.
  package var code: String {
    switch lack {
    case .signature(let judgement): SignatureCheck.told(judgement, "it")?.code ?? "signature-missing"
    case .backdated: "review-backdated"
    case .ofNothing, .ofAnother, .ofOtherCommits: "review-of-another-proposal"
    case .expired: "approval-expired"
    }
  }
}
