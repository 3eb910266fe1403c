package import EthosText

/// One change of one field as the ledger answers for it: what it was, what it became, who did it and why, who agreed,
/// who did not and who abstained.
package struct LedgerEntry: Hashable, Sendable {
  /// The field, as people write it: `limit/client-risk.atMost`; an entry's name alone where the whole entry is meant.
  package var reference: String
  /// The value after the change as one line of text; nil where it is gone.
  package var value: String?
  /// The value before; nil where there was none.
  package var before: String?
  /// The id of the change: `limit-tightened`.
  package var change: String?
  /// The commit that made the change.
  package var commit: Commit
  /// The id of the author among the people of the identity, where known.
  package var authorID: String?
  /// The id of the leadership cycle in which it was made.
  package var cycle: String?
  /// Why; nil where none was given.
  package var reason: String?
  /// Minutes, regulations, incidents.
  package var sources: [String]
  /// The name of the proposal that carried the change.
  package var proposal: String?
  package var ratifiedBy: Ratification?
  /// What is in breach in the commit of the line that brought the change; nil where nothing is.
  package var breach: Breach?
  package var approvedBy: [Attestation]
  package var objectedBy: [Attestation]
  package var abstainedBy: [Attestation]

  /// What one person said of the change in a review.
  package struct Attestation: Hashable, Sendable {
    package var name: String
    package var email: String
    /// The person's id among the people of the identity, where known.
    package var personID: String?
    /// The commit of the review.
    package var commit: ObjectID
    /// When it was given.
    package var when: Instant?
    package var words: String?
    /// The name of the recorder, where the review records a decision taken elsewhere.
    package var recordedBy: String?
    /// What was answered at ratification, to an objection.
    package var answer: String?

    package init(
      name: String, email: String, personID: String? = nil, commit: ObjectID, when: Instant? = nil,
      words: String? = nil, recordedBy: String? = nil, answer: String? = nil
    ) {
      self.name = name
      self.email = email
      self.personID = personID
      self.commit = commit
      self.when = when
      self.words = words
      self.recordedBy = recordedBy
      self.answer = answer
    }
  }

  /// That a change came into force past its authority, as the judge has it.
  package struct Breach: Hashable, Sendable {
    /// What was found, by the codes of findings.
    package var codes: [String]
    /// Those who adopted it since; none where it still is in breach.
    package var adoptedBy: [String]
    /// The merge of the adoption.
    package var adoption: ObjectID?

    package init(codes: [String], adoptedBy: [String] = [], adoption: ObjectID? = nil) {
      self.codes = codes
      self.adoptedBy = adoptedBy
      self.adoption = adoption
    }
  }

  /// The merge that brought the change into force.
  package struct Ratification: Hashable, Sendable {
    package var commit: ObjectID
    package var by: Signature

    package init(commit: ObjectID, by: Signature) {
      self.commit = commit
      self.by = by
    }
  }

  package init(
    reference: String, value: String?, before: String?, change: String? = nil, commit: Commit, authorID: String? = nil,
    cycle: String? = nil, reason: String? = nil, sources: [String] = [], proposal: String? = nil,
    ratifiedBy: Ratification? = nil, approvedBy: [Attestation] = [], objectedBy: [Attestation] = [],
    abstainedBy: [Attestation] = []
  ) {
    self.reference = reference
    self.value = value
    self.before = before
    self.change = change
    self.commit = commit
    self.authorID = authorID
    self.cycle = cycle
    self.reason = reason
    self.sources = sources
    self.proposal = proposal
    self.ratifiedBy = ratifiedBy
    self.approvedBy = approvedBy
    self.objectedBy = objectedBy
    self.abstainedBy = abstainedBy
  }
}
