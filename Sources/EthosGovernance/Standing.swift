package import EthosDiff
package import EthosModel
package import EthosRecord
package import EthosText

/// Where a proposal stands: what each of its entries needs, who agreed, who objected, and who is missing.
package struct Standing: Sendable {
  /// Whether the identity states no authority: then nothing is needed, and a report says so.
  package let isOpen: Bool
  /// The day on which offices were asked about.
  package let day: Day
  /// The entries that change, by key.
  package let entries: [EntryStanding]
  /// The decisions that these entries move, by key.
  package let moved: [MovedDecision]
  /// What was said without taking a side, the oldest first.
  package let comments: [ReviewComment]

  /// Works out where a proposal stands.
  ///
  /// Costs the fingerprints of the changed entries and a matching for each.
  ///
  /// - Parameters:
  ///   - changes: what the proposal changes of what is in force.
  ///   - rewritten: the entries whose files change while their meaning does not; they are agreed to as editorial.
  ///   - asked: entries that are agreed to as critical though nothing of them changes.
  ///   - before: what is in force.
  ///   - after: what would be in force.
  ///   - authority: the state whose charter, offices and people decide; what is in force where nobody doubts it.
  ///   - authors: the e-mail addresses of the authors and co-authors of the commits that changed an entry.
  ///   - classes: how texts were classified, the oldest first.
  ///   - reviews: the reviews that count, in any order.
  ///   - graph: how they follow one another.
  ///   - day: the day on which offices are held.
  package init(
    changes: ChangeSet, rewritten: Set<EntryKey> = [], asked: Set<EntryKey> = [], before: Snapshot, after: Snapshot,
    judgedBy authority: Snapshot? = nil, authors: [EntryKey: Set<String>] = [:], classes: [Classification] = [],
    reviews: [SubmittedReview] = [], graph: ReviewGraph = ReviewGraph(), on day: Day
  ) {
    let authority = authority ?? before
    let assessment = Assessment(
      before: before, after: after, judgedBy: authority, classes: classes, graph: ReviewGraph(graph, with: reviews),
      day: day)
    isOpen = !assessment.charter.hasAuthority
    self.day = day
    var reviewsOf: [EntryKey: [SubmittedReview]] = [:]
    for review in reviews {
      for key in Set(review.record.reviewed.map(\.key)) { reviewsOf[key, default: []].append(review) }
    }
    comments = ReviewComment.all(in: reviews, people: People(snapshot: authority))
    // What a decision decides otherwise because of a limit is agreed to with the limit.
    var changesOf = Dictionary(grouping: changes.changes.filter(\.causes.isEmpty), by: \.entry)
    for key in rewritten.union(asked) where changesOf[key] == nil { changesOf[key] = [] }
    entries = changesOf.sorted { $0.key < $1.key }.map { key, changes in
      assessment.standing(
        of: key, changes, least: asked.contains(key) ? .critical : .editorial, authors: authors[key] ?? [],
        reviews: reviewsOf[key] ?? [])
    }
    var causes: [EntryKey: Set<EntryKey>] = [:]
    for change in changes.changes where !change.causes.isEmpty && changesOf[change.entry] == nil {
      causes[change.entry, default: []].formUnion(change.causes)
    }
    moved = causes.sorted { $0.key < $1.key }.map { key, causes in
      assessment.moved(key, by: causes.sorted(), reviews: reviewsOf[key] ?? [])
    }
  }

  /// Everything that a review of the proposal speaks of: what changes, and the decisions that it moves.
  package var reviewed: [EntryKey] { entries.map(\.key) + moved.map(\.key) }

  /// Whether every entry has what the authority asks for and no veto stands.
  ///
  /// Objections are not asked about here: each needs an answer when the proposal is ratified.
  package var canRatify: Bool { entries.allSatisfy(\.isMet) }

  /// Who approved any entry as it stands, by person.
  package var approvals: [Attestation] { attestations { $0.verdict == .approve && $0.conditions.isEmpty } }

  /// Who approves any entry on a condition that is not met yet, by person.
  package var conditional: [Attestation] { attestations { !$0.conditions.isEmpty } }

  /// Who objects to any entry as it stands, or to what it moves, by person.
  package var objections: [Attestation] { attestations(withMoved: true) { $0.verdict == .object } }

  /// Who took no side, by person.
  package var abstentions: [Attestation] { attestations { $0.verdict == .abstain } }

  /// Reviews that count no longer, whose authors said nothing since.
  package var stale: [StaleReview] { entries.flatMap(\.stale) + moved.flatMap(\.stale) }

  /// The objections that these answers leave without one.
  ///
  /// An answer of white space is none.
  package func unanswered(_ answers: [String: String]) -> [Attestation] {
    objections.filter { answers[$0.personID].map(saysNothing) ?? true }
  }

  /// The level of the heaviest entry, as authority was asked for it.
  package var level: Level? { entries.map(\.level).max() }

  private func attestations(
    withMoved: Bool = false, _ isMeant: (EntryVerdict) -> Bool
  ) -> [Attestation] {
    struct Voice: Hashable {
      var person: String
      var recorder: String?
    }
    var found: [Voice: Attestation] = [:]
    func add(_ said: EntryVerdict, _ key: EntryKey, isVeto: Bool) {
      let voice = Voice(person: said.reviewer.id, recorder: said.recording?.recorder.id)
      found[voice, default: Attestation(said)].entries.append(key)
      if isVeto { found[voice]?.isVeto = true }
    }
    for entry in entries {
      for said in entry.verdicts where isMeant(said) { add(said, entry.key, isVeto: entry.vetoes.contains(said)) }
    }
    for decision in moved where withMoved {
      for said in decision.verdicts where isMeant(said) { add(said, decision.key, isVeto: false) }
    }
    return found.values.sorted { ($0.personID, $0.review) < ($1.personID, $1.review) }
  }
}

/// One person's verdict over the entries that it counts for.
package struct Attestation: Hashable, Sendable {
  /// The id of the person, or the address of one who is unknown.
  package var personID: String
  package var name: String
  package var email: String
  package var isKnown: Bool
  package var review: ObjectID
  /// When it was given.
  package var when: Instant
  package var words: String
  package var entries: [EntryKey]
  /// Whether it is an objection that blocks.
  package var isVeto: Bool
  /// What must be met before an approval counts.
  package var conditions: [String]
  /// Who recorded it and what that rests on, where it was said elsewhere.
  package var recording: Recording?

  /// `Name <email>`, with who recorded it.
  package var signature: String {
    let line = "\(name) <\(email)>"
    return recording.map { "\(line) (recorded by \($0.recorder.name))" } ?? line
  }

  init(_ said: EntryVerdict) {
    personID = said.reviewer.id
    name = said.reviewer.name
    email = said.reviewer.email
    isKnown = said.reviewer.isKnown
    review = said.review
    when = said.when
    words = said.words
    entries = []
    isVeto = false
    conditions = said.conditions
    recording = said.recording
  }
}

/// Where one entry of a proposal stands.
package struct EntryStanding: Sendable {
  package var key: EntryKey
  /// The office that owned it before the change (after it, when it is added).
  package var owner: String?
  /// The level of its changes without the classes that only a confirmation makes count.
  package var unconfirmedLevel: Level
  /// The level at which authority was asked: the lowest that is met, else the lowest that confirmed classes allow.
  package var level: Level
  package var need: Need
  package var classes: [ClassStanding]
  /// Undecided changes that nobody classified.
  package var unclassified: [Change]
  /// What each person says of the entry as it stands, by person.
  package var verdicts: [EntryVerdict]
  package var stale: [StaleReview]
  /// The objections that block.
  package var vetoes: [EntryVerdict]
  /// The ids of the people who wrote the change; the addresses of those who are unknown.
  package var authors: [String]
  /// The ids of the people who gain by it, and cannot agree to it.
  package var beneficiaries: [String] = []

  package enum Need: Hashable, Sendable {
    /// The identity states no authority.
    case nothing
    /// No row of the authority covers the change of a subject at the level: nobody can agree to it.
    case uncovered(AuthoritySubject)
    /// All of these quorums.
    case quorums([QuorumStanding])
  }

  package var quorums: [QuorumStanding] { if case .quorums(let quorums) = need { quorums } else { [] } }

  package var isMet: Bool { vetoes.isEmpty && need.isMet }
}

extension EntryStanding.Need {
  var isMet: Bool {
    switch self {
    case .nothing: true
    case .uncovered: false
    case .quorums(let quorums): quorums.allSatisfy(\.isMet)
    }
  }
}

/// Where the classification of one change stands.
package struct ClassStanding: Hashable, Sendable {
  package var change: Change
  package var classification: Classification
  /// The level that the class gives.
  package var level: Level
  /// The holders of the owning office, other than the authors, who confirm it, by id.
  package var confirmedBy: [Confirmation]

  package struct Confirmation: Hashable, Sendable {
    /// The id of the person.
    package var person: String
    package var when: Instant
  }

  /// Whether it asks for less than the change does unclassified.
  ///
  /// Only then is a confirmation needed.
  package var isLowering: Bool { level < Level.undecided.required }
  package var isInEffect: Bool { !isLowering || !confirmedBy.isEmpty }
}
