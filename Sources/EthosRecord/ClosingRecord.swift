/// What the tag `closed/NAME` says of a proposal that was withdrawn.
package struct ClosingRecord: Hashable, Sendable {
  package var subject: String
  package var proposal: String
  package var because: String

  package init(proposal: String, because: String) {
    subject = "Withdraw \(proposal)"
    self.proposal = proposal
    self.because = because
  }

  /// Reads a closing; nil where the message closes no proposal.
  package init?(message: String) {
    let parsed = CommitMessage(parsing: message)
    let closed = parsed.values(.closed)
    guard let proposal = closed.first, closed.count == 1, ProposalName.isValid(proposal) else { return nil }
    self.proposal = proposal
    subject = parsed.subject
    because = parsed.body
  }

  package var message: String {
    CommitMessage(subject: subject, body: because, trailers: [Trailer(.closed, proposal)]).text
  }
}
