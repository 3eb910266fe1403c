package import EthosModel
package import EthosRecord

/// Something in the history of an identity that its own rules do not allow, or that nobody can vouch for.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable {
    /// What is in force came to be past the authority, or the record is not what it was.
    case breach
    /// Worth knowing; nothing was broken.
    case note
  }

  /// A noun for the problem in kebab-case: `quorum-missing`.
  package var code: String
  package var severity: Severity
  /// What was found, a sentence.
  package var message: String
  /// The commit, where one is meant.
  package var commit: ObjectID?
  /// The tag, as `release/growth-2019/1`, where one is meant.
  package var tag: String?
  /// The entries that it is about.
  package var entries: [EntryKey] = []
  /// The rule that was broken, in words.
  package var rule: String
  /// What the rule asked for, who gave it, and who is missing, each in words.
  package var needed: [String] = []
  package var signed: [String] = []
  package var missing: [String] = []
  /// How to mend it.
  package var help: [String] = []

  package init(
    _ code: String, _ severity: Severity = .breach, _ message: String, commit: ObjectID? = nil, tag: String? = nil,
    entries: [EntryKey] = [], rule: String, needed: [String] = [], signed: [String] = [], missing: [String] = [],
    help: [String] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.commit = commit
    self.tag = tag
    self.entries = entries
    self.rule = rule
    self.needed = needed
    self.signed = signed
    self.missing = missing
    self.help = help
  }
}
