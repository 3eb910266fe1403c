package import EthosModel
package import EthosText

/// What a release's tag says: a summary for people, and a manifest for programs.
///
/// The message of the tag is the summary, a line `---`, the manifest as YAML, and a line `...`; what follows is git's
/// signature. The manifest is written in one way only, which `ManifestText` describes, and a manifest written in any
/// other way is none.
package struct ReleaseManifest: Hashable, Sendable {
  /// Who held an office.
  package struct Office: Hashable, Sendable {
    package var office: String
    /// Ids of people.
    package var holders: [String]

    package init(office: String, holders: [String]) {
      self.office = office
      self.holders = holders
    }
  }

  /// Somebody who agreed to the release beforehand, and the commit that says so.
  package struct Approval: Hashable, Sendable {
    /// The id of the person.
    package var person: String
    package var commit: ObjectID

    package init(person: String, commit: ObjectID) {
      self.person = person
      self.commit = commit
    }
  }

  /// One change of meaning since the release before.
  package struct Change: Hashable, Sendable {
    /// The id of the change, from the table of changes: `limit-loosened`.
    package var id: String
    package var level: String
    package var entry: EntryKey
    /// The path of the field; empty for a whole entry.
    package var field: String
    /// The fingerprints of the entry; nil where there is none on that side.
    package var before: Fingerprint?
    package var after: Fingerprint?

    package init(
      id: String, level: String, entry: EntryKey, field: String, before: Fingerprint?, after: Fingerprint?
    ) {
      self.id = id
      self.level = level
      self.entry = entry
      self.field = field
      self.before = before
      self.after = after
    }
  }

  /// The words for people, the first line of which is the title.
  package var summary: String
  package var name: ReleaseName
  package var effective: Day
  /// Why it is effective before it was made; nil where it is not.
  package var retroactive: String?
  package var ruleset: Int
  package var level: String
  package var commit: ObjectID
  package var tree: ObjectID
  /// The tag object of the release before; nil for the first.
  package var previous: ObjectID?
  /// The SHA-256 of the canonical bundle of the identity, in hexadecimal.
  package var bundle: String
  package var offices: [Office]
  package var changes: [Change]
  /// Who agreed besides the one who made the tag.
  package var approvals: [Approval]

  package init(
    summary: String, name: ReleaseName, effective: Day, retroactive: String? = nil, ruleset: Int, level: String,
    commit: ObjectID, tree: ObjectID, previous: ObjectID?, bundle: String, offices: [Office], changes: [Change],
    approvals: [Approval] = []
  ) {
    self.summary = summary
    self.name = name
    self.effective = effective
    self.retroactive = retroactive
    self.ruleset = ruleset
    self.level = level
    self.commit = commit
    self.tree = tree
    self.previous = previous
    self.bundle = bundle
    self.offices = offices
    self.changes = changes
    self.approvals = approvals
  }

  /// The leadership cycle that made the release.
  package var cycle: String { name.cycle }

  /// Its number in the cycle, from 1.
  package var number: Int { name.number }

  /// Reads the message of a tag; nil where it holds no manifest, or one that is not written as `message` writes it.
  package init?(message: String) {
    let lines = linesOf(message)
    guard let start = lines.firstIndex(of: "---"), let end = lines[start...].firstIndex(of: "...") else { return nil }
    let yaml = lines[(start + 1)..<end]
    var text = ManifestText(yaml)
    guard let manifest = text.manifest(summary: trimmedLines(lines[..<start].joined(separator: "\n"))),
      // One way to write it: a manifest that a person could read otherwise than this program is none.
      linesOf(ManifestText.lines(of: manifest))[...].dropLast().elementsEqual(
        yaml, by: { $0.utf8.elementsEqual($1.utf8) })
    else { return nil }
    self = manifest
  }

  package var message: String {
    let words = inertText(summary)
    return "\(words.isEmpty ? "Release \(name)" : words)\n\n---\n\(ManifestText.lines(of: self))...\n"
  }
}
