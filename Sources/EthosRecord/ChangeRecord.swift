package import EthosModel

/// What a commit says that changes an identity: what was done, why, and on what grounds.
///
/// Every commit can be read as one; a plain commit is a change whose reason may be missing.
package struct ChangeRecord: Hashable, Sendable {
  package typealias Classification = EthosRecord.Classification

  /// The reason for one commitment of several: `Reason-For: limit/client-risk: the board asked for it`.
  package struct Reason: Hashable, Sendable {
    package var reference: Reference
    package var because: String

    package init(reference: Reference, because: String) {
      self.reference = reference
      self.because = because
    }
  }

  package var subject: String
  /// The reason for all that the commit changed; empty where none was given.
  package var because: String
  /// Minutes, regulations, incidents: whatever the change rests on.
  package var sources: [String] = []
  package var reasons: [Reason] = []
  package var classes: [Classification] = []
  /// `Name <email>` of those who wrote it together with the author.
  package var coAuthors: [String] = []
  /// Commits that reached the branch in force past its authority, and that this asks to adopt.
  package var adopts: [ObjectID] = []
  /// Trailers of ours that cannot be understood.
  package private(set) var unreadable: [Trailer] = []

  package init(subject: String, because: String) {
    self.subject = subject
    self.because = because
  }

  /// Reads a commit's message.
  package init(message: String) {
    let parsed = CommitMessage(parsing: message)
    subject = parsed.subject
    because = parsed.body
    for trailer in parsed.trailers {
      if trailer.has(.source) {
        sources.append(trailer.value)
      } else if trailer.has(.coAuthor) {
        coAuthors.append(trailer.value)
      } else if trailer.has(.adopts) {
        if let commit = ObjectID(hex: trailer.value) { adopts.append(commit) } else { unreadable.append(trailer) }
      } else if trailer.has(.reasonFor) {
        if let (reference, because) = TrailerReference.split(trailer.value) {
          reasons.append(Reason(reference: reference, because: because))
        } else {
          unreadable.append(trailer)
        }
      } else if trailer.has(.classification) {
        if let classification = Classification(trailer: trailer.value) {
          classes.append(classification)
        } else {
          unreadable.append(trailer)
        }
      }
    }
  }

  package var message: String {
    let trailers =
      adopts.map { Trailer(.adopts, $0.hex) }
      + reasons.map { Trailer(.reasonFor, "\(TrailerReference.text($0.reference)): \($0.because)") }
      + classes.map(\.trailer) + sources.map { Trailer(.source, $0) } + coAuthors.map { Trailer(.coAuthor, $0) }
    return CommitMessage(subject: subject, body: because, trailers: trailers).text
  }

  /// The e-mail addresses of the co-authors, as they were written.
  package var coAuthorEmails: [String] { coAuthors.compactMap(emailAddress) }
}

/// The address in `Name <address>`, or nil where there is none.
package func emailAddress(_ text: String) -> String? {
  guard let open = text.utf8.lastIndex(of: 0x3C), let close = text.utf8.lastIndex(of: 0x3E), open < close else {
    return nil
  }
  let address = collapsedLine(String(text[text.utf8.index(after: open)..<close]))
  return address.isEmpty ? nil : address
}
