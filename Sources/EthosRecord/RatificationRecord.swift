package import EthosModel
import EthosText

/// What the merge commit says that takes a proposal into force.
///
/// It sums up the evidence, which is the reviews that the merge reaches.
package struct RatificationRecord: Hashable, Sendable {
  /// The answer to a standing objection.
  package struct Answer: Hashable, Sendable {
    /// The id of the person who objected, or the e-mail address of one without an id.
    package var person: String
    package var because: String

    package init(person: String, because: String) {
      self.person = person
      self.because = because
    }
  }

  /// The level that was applied to an entry.
  package struct AppliedLevel: Hashable, Sendable {
    package var key: EntryKey
    package var level: String

    package init(key: EntryKey, level: String) {
      self.key = key
      self.level = level
    }
  }

  package var subject: String
  package var body: String = ""
  package var proposal: String
  /// `Name <email>`; of a decision taken elsewhere `Name <email> (recorded by Name)`.
  package var approvedBy: [String] = []
  /// `Name <email>`.
  package var objectedBy: [String] = []
  package var answers: [Answer] = []
  package var levels: [AppliedLevel] = []
  /// The number of the classification rules; nil where a message states none.
  package var ruleset: Int?

  package init(subject: String, proposal: String, ruleset: Int) {
    self.subject = subject
    self.proposal = proposal
    self.ruleset = ruleset
  }

  /// Reads a ratification; nil where the message names no proposal, or more than one.
  package init?(message: String) {
    let parsed = CommitMessage(parsing: message)
    let proposals = parsed.values(.proposal)
    guard let proposal = proposals.first, proposals.count == 1, ProposalName.isValid(proposal) else { return nil }
    self.proposal = proposal
    subject = parsed.subject
    body = parsed.body
    approvedBy = parsed.values(.approvedBy)
    objectedBy = parsed.values(.objectedBy)
    answers = parsed.values(.answer).compactMap { value in
      // Bytes, not characters: what begins with a combining mark would swallow the space before it.
      guard let colon = value.utf8.firstRange(of: ": ".utf8) else { return nil }
      return Answer(
        person: String(decoding: value.utf8[..<colon.lowerBound], as: UTF8.self),
        because: String(decoding: value.utf8[colon.upperBound...], as: UTF8.self))
    }
    levels = parsed.values(.level).compactMap { value in
      guard let (reference, level) = TrailerReference.split(value), reference.path.isEmpty else { return nil }
      return AppliedLevel(key: reference.key, level: level)
    }
    ruleset = parsed.value(.ruleset).flatMap { Int($0) }
  }

  /// Whether a message speaks of a ratification at all, readable or not.
  package static func isClaimed(by message: String) -> Bool {
    CommitMessage(parsing: message).trailers.contains {
      $0.has(.proposal) || $0.has(.approvedBy) || $0.has(.objectedBy)
    }
  }

  package var message: String {
    let trailers =
      [Trailer(.proposal, proposal)] + approvedBy.map { Trailer(.approvedBy, $0) }
      + objectedBy.map { Trailer(.objectedBy, $0) }
      + answers.map { Trailer(.answer, "\(collapsedLine($0.person).replacingText(": ", with: ":")): \($0.because)") }
      + levels.map { Trailer(.level, "\($0.key): \($0.level)") }
      + [ruleset].compactMap { $0 }.map { Trailer(.ruleset, String($0)) }
    return CommitMessage(subject: subject, body: body, trailers: trailers).text
  }
}
