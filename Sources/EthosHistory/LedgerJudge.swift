package import EthosModel
package import EthosRecord
package import EthosText

/// What the ledger asks of whoever judges, so that it names those who agreed as the judge counts them.
package struct LedgerJudge {
  /// The state whose charter, people and offices judge a merge of the line, given the leadership before it.
  package var rules: (_ merge: ObjectID, _ before: Snapshot) throws -> Snapshot
  /// What cryptography says of a review.
  package var verdict: (ObjectID) throws -> SignatureVerdict
  /// The days of moments by the charter that judges.
  package var days: (_ rules: Snapshot) throws -> (Instant) -> Day

  /// What is in breach in a commit of the line; nil where nothing is.
  package var breach: (ObjectID) throws -> LedgerEntry.Breach?

  package init(
    rules: @escaping (ObjectID, Snapshot) throws -> Snapshot, verdict: @escaping (ObjectID) throws -> SignatureVerdict,
    days: @escaping (Snapshot) throws -> (Instant) -> Day,
    breach: @escaping (ObjectID) throws -> LedgerEntry.Breach? = { _ in nil }
  ) {
    self.breach = breach
    self.rules = rules
    self.verdict = verdict
    self.days = days
  }
}
