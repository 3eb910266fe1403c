package import EthosRecord
package import EthosText

/// An approval of a release as it was found in a commit.
package struct SubmittedReleaseApproval: Hashable, Sendable {
  package var id: ObjectID
  /// Who wrote it.
  package var author: Signature
  package var record: ReleaseApproval
  /// The commit that was read.
  package var parent: ObjectID
  /// Whether it leaves all files as they were; one that does not is no approval.
  package var changesNothing: Bool
  /// When it was committed.
  package var committed: Instant?
  /// When it was given.
  package var given: Instant { committed ?? author.when }
  /// Why its signature speaks against it, to follow "the approval of X"; nil where nothing does.
  package var signatureProblem: String?

  package init(id: ObjectID, author: Signature, record: ReleaseApproval, parent: ObjectID, changesNothing: Bool) {
    self.id = id
    self.author = author
    self.record = record
    self.parent = parent
    self.changesNothing = changesNothing
  }

  /// Why it does not count for a release of a commit, to follow "the approval of X"; nil where it does.
  package func mismatch(_ terms: ReleaseApproval.Terms, of commit: ObjectID) -> String? {
    let agreed = record.terms
    if let signatureProblem { return signatureProblem }
    if !changesNothing { return "changes files, and is none" }
    if agreed.name != terms.name { return "is of release/\(agreed.name)" }
    if parent != commit || agreed.bundle != terms.bundle { return "is of another state of the identity" }
    if agreed.effective != terms.effective {
      return "is of a release that is effective from \(agreed.effective), not \(terms.effective)"
    }
    if agreed.retroactive != terms.retroactive { return "is given for another reason to be effective in the past" }
    return nil
  }
}
