import EthosGit
package import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
import EthosText

/// What the reviewers of one entry said, as it was ratified.
package struct Attestations: Sendable {
  package var approved: [LedgerEntry.Attestation] = []
  package var objected: [LedgerEntry.Attestation] = []
  package var abstained: [LedgerEntry.Attestation] = []
}

/// What is reachable from a merge and not from the state before it: the commits of the proposal, and the reviews.
package struct RatificationEvidence: Sendable {
  package let commit: Commit
  package let isMerge: Bool
  package let proposal: String?
  /// The commits that it brought in, the oldest first.
  package let commits: [Commit]
  /// The reviews that it brought, whether or not they count.
  package let reviews: [SubmittedReview]
  private let graph: ReviewGraph
  private let answers: [String: String]

  package init(_ commit: Commit, reader: ProposalReader, store: IdentityStore) throws {
    self.commit = commit
    isMerge = commit.parents.count > 1
    let record = RatificationRecord(message: commit.message)
    proposal = record?.proposal
    answers = Dictionary((record?.answers ?? []).map { ($0.person, $0.because) }) { first, _ in first }
    guard isMerge, let before = commit.parents.first else {
      commits = [commit]
      reviews = []
      graph = ReviewGraph()
      return
    }
    let found = try reader.broughtReviews(
      by: Array(commit.parents.dropFirst()), hiding: before, proposal: proposal)
    commits = try found.brought.reversed().map { try store.repository.commit($0) }
    reviews = found.reviews
    graph = found.graph
  }

  /// Who approved an entry as it was ratified, who objected, with the answers given, and who abstained.
  ///
  /// What counts is what the judge counts: see `ReviewScreen`. `states` gives a state at a commit with at least the
  /// entry, all that it uses, and who holds which office.
  package func attestations(
    of key: EntryKey, states: (ObjectID) throws -> Snapshot, judge: LedgerJudge, reader: ProposalReader
  ) throws -> Attestations {
    guard isMerge, let parent = commit.parents.first, !reviews.isEmpty else { return Attestations() }
    let inForce = try states(parent)
    let rules = try judge.rules(commit.id, inForce)
    let day = try judge.days(rules)
    let verdicts = Dictionary(try reviews.flatMap(\.forms).map { ($0, try judge.verdict($0)) }) { first, _ in first }
    let screen = ReviewScreen(
      reviews, rules: rules, verdicts: verdicts, proposal: proposal, merged: commit.committer.when, day: day)
    let speaking = screen.counting.filter { review in review.record.reviewed.contains { $0.key == key } }
    guard !speaking.isEmpty else { return Attestations() }
    let people = People(snapshot: rules)
    let evaluation = ReviewEvaluation(
      of: key, before: Fingerprint.of(key, in: inForce), after: Fingerprint.of(key, in: try states(commit.id)),
      reviews: speaking, graph: graph, people: people,
      recorders: RecorderRules(rules: rules, day: day(commit.committer.when)),
      authors: try authors(of: key, people, reader))
    var attestations = Attestations()
    for verdict in evaluation.verdicts {
      let reviewer = verdict.reviewer
      let attestation = LedgerEntry.Attestation(
        name: reviewer.name, email: reviewer.email, personID: reviewer.isKnown ? reviewer.id : nil,
        commit: verdict.review, when: verdict.when, words: RatificationEvidence.words(verdict),
        recordedBy: verdict.recording?.recorder.name, answer: answers[reviewer.id])
      switch verdict.verdict {
      // An approval whose condition was not met is none, and its words are kept.
      case .approve where !verdict.conditions.isEmpty: attestations.abstained.append(attestation)
      case .approve: attestations.approved.append(attestation)
      case .object: attestations.objected.append(attestation)
      case .abstain: attestations.abstained.append(attestation)
      case .comment: break
      }
    }
    return attestations
  }

  private static func words(_ verdict: EntryVerdict) -> String? {
    let words = verdict.conditions.map { "On the condition: \($0)" } + [verdict.words]
    let text = words.filter { !$0.isEmpty }.joined(separator: "\n\n")
    return text.isEmpty ? nil : text
  }

  /// The ids of those who wrote the change of an entry; asked for only where somebody recorded for another.
  private func authors(of key: EntryKey, _ people: People, _ reader: ProposalReader) throws -> Set<String> {
    guard reviews.contains(where: { $0.record.onBehalfOf != nil }) else { return [] }
    var authors: Set<String> = []
    for commit in commits where try reader.changedEntries(commit).contains(key) {
      let record = ChangeRecord(message: commit.message)
      for email in [commit.author.email] + record.coAuthorEmails { authors.formUnion(people.ids(email: email)) }
    }
    return authors
  }
}
