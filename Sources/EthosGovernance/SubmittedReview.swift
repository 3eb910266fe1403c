package import EthosDiff
package import EthosModel
package import EthosRecord
package import EthosText

/// A review as it was found among the commits of a proposal's reviews.
package struct SubmittedReview: Hashable, Sendable {
  package var id: ObjectID
  /// Who wrote it.
  package var author: Signature
  package var record: ReviewRecord
  /// What it follows, beside what the graph says: reviews that a merge before brought, and that it was given knowing.
  package var follows: Set<ObjectID>
  /// Other commits that hold the same signed content, under another form of a signature: anybody can make those.
  ///
  /// One signature of the author's vouches for all, and one that vouches for nothing takes nothing away.
  package var twins: [ObjectID] = []
  /// The commit that was read, and how that belongs to what is merged.
  package var read: ObjectID?
  package var lineage = Lineage.ofTip
  /// The day on which it was committed, by which offices are asked about; nil where that is the day of the merge.
  package var day: Day?
  /// When it was committed, and the newest commit that it follows directly: an author's date alone may say anything.
  package var committed: Instant?
  package var builtOn: Instant?

  /// When it was given: the day by which offices are asked about is this one's.
  package var given: Instant { committed ?? author.when }

  /// The commits that hold it.
  package var forms: [ObjectID] { [id] + twins }

  /// How what was read belongs to the proposal that is merged.
  package enum Lineage: Hashable, Sendable {
    /// It is part of what is merged.
    case ofTip
    /// It is an earlier form of it: both began with the same act of the same author.
    case rebased
    /// It is something else.
    case foreign
  }

  package init(id: ObjectID, author: Signature, record: ReviewRecord, follows: Set<ObjectID>) {
    self.id = id
    self.author = author
    self.record = record
    self.follows = follows
  }
}

/// Who speaks: a person of the identity, or an e-mail address that is nobody's.
package struct Reviewer: Hashable, Sendable, Comparable {
  /// The person's id; the address in lower case of one who is unknown.
  package var id: String
  package var name: String
  package var email: String
  /// Whether this is a person of the identity.
  ///
  /// Only these fill seats.
  package var isKnown: Bool

  /// Somebody who is named and is no person of the identity.
  init(unknown name: String) {
    (id, self.name, email, isKnown) = ("<\(name)>", name, "", false)
  }

  init(_ person: People.Person) {
    (id, name, email, isKnown) = (person.id, person.name, person.emails.first ?? "", true)
  }

  init(_ author: Signature, among people: People) {
    if let person = people.person(email: author.email) {
      (id, name, isKnown) = (person.id, person.name, true)
    } else {
      let email = People.folded(author.email)
      // An address without `@` could be written like a person's id, and is not that person.
      (id, name, isKnown) = (email.utf8.contains(0x40) ? email : "<\(email)>", author.name, false)
    }
    email = author.email
  }

  package static func < (left: Reviewer, right: Reviewer) -> Bool { (left.id, left.email) < (right.id, right.email) }
}

/// What one person says of one entry as it stands.
package struct EntryVerdict: Hashable, Sendable {
  package var reviewer: Reviewer
  package var verdict: ReviewRecord.Verdict
  package var review: ObjectID
  /// When it was given.
  package var when: Instant
  package var words: String
  /// The classes of the entry that the person's approvals confirm.
  package var classes: Set<Classification>
  /// What must be met before this approval counts.
  package var conditions: [String] = []
  /// Who recorded it, where it was said elsewhere, and how far it counts.
  package var recording: Recording?
  /// The day on which it was given; nil where that is the day on which offices are asked about.
  package var day: Day?

  /// Whether this is an approval that may fill a seat: of a known person, without an open condition.
  package var isApproval: Bool { verdict == .approve && reviewer.isKnown && conditions.isEmpty }

  /// Whether it counts for what is asked at a level.
  func counts(at level: Level) -> Bool { recording?.upTo.map { level.required <= $0.required } ?? true }
}

/// That a verdict was given elsewhere, and recorded by somebody whose office may record.
package struct Recording: Hashable, Sendable {
  package var recorder: Reviewer
  package var sources: [RecordedSource]
  /// The highest level that this recorder may record; nil for all.
  package var upTo: Level?
}

/// A review that no longer counts for an entry, and whose author said nothing since.
package struct StaleReview: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The proposal says something else of the entry now.
    case proposalChanged
    /// What is in force says something else of the entry now.
    case inForceChanged
    /// A text of the entry was classified, and the approval does not cover the class.
    case classified(Classification)
    /// It records a decision taken elsewhere, and may not.
    case notRecorded(RecordingLack)
  }

  package var reviewer: Reviewer
  package var entry: EntryKey
  package var verdict: ReviewRecord.Verdict
  package var review: ObjectID
  /// When it was given.
  package var when: Instant
  package var reason: Reason
  /// Who recorded it, where it was said elsewhere.
  package var recorder: Reviewer?

  /// What happened to it, in words: "the review of Ada on 2026-03-02 no longer counts: the text changed since".
  package var inWords: String {
    let who = "\(reviewer.name) on \(when.writersDay)"
    let name = recorder.map { "\(who), recorded by \($0.name)," } ?? who
    if case .notRecorded = reason { return "the review of \(name) does not count: \(reasonInWords)" }
    return "the review of \(name) no longer counts: \(reasonInWords)"
  }

  /// The reason in words, to follow a name: "the text changed since".
  package var reasonInWords: String {
    switch reason {
    case .proposalChanged: "the text changed since"
    case .inForceChanged: "what is in force changed since"
    case .classified(let classification):
      "`\(classification.reference)` was classified as \(classification.action) since"
    case .notRecorded(let lack): lack.inWords
    }
  }
}
