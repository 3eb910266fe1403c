package import EthosModel

/// What a commit says that changes nothing and states that commitments were looked at again and stand.
package struct ReaffirmationRecord: Hashable, Sendable {
  /// An entry as it was looked at.
  package struct Entry: Hashable, Sendable {
    package var key: EntryKey
    package var fingerprint: Fingerprint

    package init(key: EntryKey, fingerprint: Fingerprint) {
      self.key = key
      self.fingerprint = fingerprint
    }
  }

  package var subject: String
  package var entries: [Entry]
  package var because: String

  package init(entries: [Entry], because: String) {
    let named = entries.prefix(3).map(\.key.description).joined(separator: ", ")
    subject = "Reaffirm \(named)\(entries.count > 3 ? " and \(entries.count - 3) more" : "")"
    self.entries = entries
    self.because = because
  }

  /// Reads a reaffirmation; nil where the message reaffirms nothing.
  package init?(message: String) {
    let parsed = CommitMessage(parsing: message)
    entries = parsed.values(.reaffirmed).compactMap { value in
      guard let (key, print) = fingerprinted(value) else { return nil }
      return readFingerprint(print).map { Entry(key: key, fingerprint: $0) }
    }
    guard !entries.isEmpty else { return nil }
    subject = parsed.subject
    because = parsed.body
  }

  package var message: String {
    CommitMessage(
      subject: subject, body: because,
      trailers: entries.map { Trailer(.reaffirmed, "\($0.key)@\($0.fingerprint)") }
    ).text
  }
}
