package import EthosText

/// Who wrote or recorded something, and when, as git keeps it.
package struct Signature: Hashable, Sendable {
  package var name: String
  package var email: String
  package var when: Instant

  package init(name: String, email: String, when: Instant) {
    self.name = name
    self.email = email
    self.when = when
  }
}
