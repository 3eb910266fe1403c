package import EthosModel
import EthosRecord

/// Which reviews count for one entry.
///
/// A review counts while both fingerprints that it names are those of today. Of one person's the last in the graph
/// counts; of concurrent ones what the person wrote goes before what a recorder did, then the objection, then the
/// abstention. A recorder never takes back an objection that a person made in their own name. The order in which reviews
/// are given means nothing.
package struct ReviewEvaluation {
  /// What each person says of the entry as it stands, by person.
  package private(set) var verdicts: [EntryVerdict] = []
  package private(set) var stale: [StaleReview] = []

  private let key: EntryKey
  private let before: Fingerprint?
  private let after: Fingerprint?
  private let graph: ReviewGraph

  /// A review with whom it speaks for, and how that was recorded where it was said elsewhere.
  private struct Voice {
    let review: SubmittedReview
    let person: Reviewer
    let recording: Recording?
  }

  /// `reviews` are those that name the entry; `authors` the people who wrote its change.
  package init(
    of key: EntryKey, before: Fingerprint?, after: Fingerprint?, reviews: [SubmittedReview], graph: ReviewGraph,
    people: People, recorders: RecorderRules, authors: Set<String> = []
  ) {
    self.key = key
    self.before = before
    self.after = after
    self.graph = graph
    var voices: [Voice] = []
    for review in reviews where review.record.verdict != .comment {
      guard let name = review.record.onBehalfOf else {
        voices.append(Voice(review: review, person: Reviewer(review.author, among: people), recording: nil))
        continue
      }
      let person = people[id: name]
      switch recorders.recording(review, of: person, people: people, authors: authors) {
      case .success(let recording):
        if let person { voices.append(Voice(review: review, person: Reviewer(person), recording: recording)) }
      case .failure(let failure):
        let speaker = person.map { Reviewer($0) } ?? Reviewer(unknown: name)
        stale.append(uncounted(review, of: speaker, people, failure.lack))
      }
    }
    for (_, mine) in Dictionary(grouping: voices, by: \.person.id).sorted(by: { $0.key < $1.key }) {
      judge(mine, people)
    }
    stale.sort { ($0.reviewer, $0.review) < ($1.reviewer, $1.review) }
  }

  /// Says what one person's reviews come to.
  private mutating func judge(_ mine: [Voice], _ people: People) {
    let current = mine.filter { voice in
      voice.review.record.reviewed.contains { $0.key == key && $0.before == before && $0.after == after }
    }
    guard var deciding = self.deciding(current) else {
      guard let deciding = self.deciding(mine) else { return }
      let read = deciding.review.record.reviewed.filter { $0.key == key }
      stale.append(
        StaleReview(
          reviewer: deciding.person, entry: key, verdict: deciding.review.record.verdict, review: deciding.review.id,
          when: deciding.review.given,
          reason: read.contains { $0.after == after } ? .inForceChanged : .proposalChanged,
          recorder: deciding.recording?.recorder))
      return
    }
    let own = current.filter { $0.recording == nil }
    // What was recorded up to a level takes nothing from what the person said, which counts at all of them.
    if deciding.recording?.upTo != nil, deciding.review.record.verdict != .object, let said = self.deciding(own) {
      deciding = said
    }
    if deciding.recording != nil, deciding.review.record.verdict != .object,
      let objection = self.deciding(own), objection.review.record.verdict == .object
    {
      stale.append(uncounted(deciding.review, of: deciding.person, people, .ownObjection))
      deciding = objection
    }
    // What a person confirms they confirm in their own name.
    let confirming = deciding.recording == nil ? own : current
    verdicts.append(
      EntryVerdict(
        reviewer: deciding.person, verdict: deciding.review.record.verdict, review: deciding.review.id,
        when: deciding.review.given, words: deciding.review.record.words,
        classes: classes(of: key, confirming.map(\.review)),
        conditions: deciding.review.record.verdict == .approve ? deciding.review.record.conditions : [],
        recording: deciding.recording, day: deciding.review.day))
  }

  private func uncounted(
    _ review: SubmittedReview, of person: Reviewer, _ people: People, _ lack: RecordingLack
  ) -> StaleReview {
    StaleReview(
      reviewer: person, entry: key, verdict: review.record.verdict, review: review.id, when: review.given,
      reason: .notRecorded(lack),
      recorder: Reviewer(review.author, among: people))
  }

  /// The review that decides among one person's: the last; of several last ones the person's own, and of those the most
  /// reluctant.
  private func deciding(_ voices: [Voice]) -> Voice? {
    let superseded = graph.superseded(among: Set(voices.map(\.review.id)))
    let last = voices.filter { !superseded.contains($0.review.id) }
    return last.min { left, right in
      let (mine, yours) = (left.review, right.review)
      return (left.recording == nil ? 0 : 1, ReviewEvaluation.reluctance(mine.record), mine.id)
        < (right.recording == nil ? 0 : 1, ReviewEvaluation.reluctance(yours.record), yours.id)
    }
  }

  private static func reluctance(_ record: ReviewRecord) -> Int {
    switch record.verdict {
    case .object: 0
    case .abstain: 1
    case .approve: record.conditions.isEmpty ? 3 : 2
    case .comment: 4
    }
  }

  /// The classes that a person's approvals confirm: those that no other verdict of the person followed.
  private func classes(of key: EntryKey, _ reviews: [SubmittedReview]) -> Set<Classification> {
    let others = reviews.filter { $0.record.verdict != .approve }
    let approvals = reviews.filter { review in
      review.record.verdict == .approve && !review.record.classes.isEmpty
        && !others.contains { graph.follows($0.id, review.id) }
    }
    return Set(approvals.flatMap(\.record.classes).filter { $0.reference.key == key })
  }
}
