package import EthosModel
package import EthosText

/// All that is in force at one commit, as one JSON document for programs.
///
/// What it holds depends on the commit and its release alone: the same state gives the same bytes, whenever and wherever it is
/// asked for. Retired entries stand in it as tombstones, so that who knows an id learns that it is retired and not free.
package struct BundleDocument: Sendable {
  package var organisation: String
  /// The release without `release/`, its cycle and the first day on which it is in force; nil where the commit is no release.
  package var release: (name: String, cycle: String, effective: Day)?
  package var commit: String
  package var snapshot: Snapshot

  package init(
    organisation: String, release: (name: String, cycle: String, effective: Day)?, commit: String, snapshot: Snapshot
  ) {
    self.organisation = organisation
    self.release = release
    self.commit = commit
    self.snapshot = snapshot
  }

  package var json: JSON {
    [
      "schema": .string(BundleDocument.schemaName),
      "organisation": .string(organisation),
      "release": .optional(release?.name),
      "cycle": .optional(release?.cycle),
      "effective": .optional(release?.effective.description),
      "commit": .string(commit),
      "entries": .array(snapshot.keys.compactMap(entry)),
    ]
  }

  private func entry(_ key: EntryKey) -> JSON? {
    guard let document = snapshot[key], let fingerprint = Fingerprint.of(key, in: snapshot) else { return nil }
    return [
      "kind": .string(key.kind.rawValue),
      "id": .optional(key.kind == .charter ? nil : key.id),
      "fingerprint": .string(fingerprint.description),
      "retired": .boolean(document.isRetired),
      "fields": document.meaning.json,
    ]
  }

  // MARK: - Its schema

  package static let schemaName = "ethos.bundle.v1"

  /// The JSON Schema of the document (draft 2020-12).
  package static var schema: JSON {
    func text(_ description: String, _ pattern: String? = nil) -> JSON {
      .members([
        "description": .string(description), "type": "string", "pattern": pattern.map(JSON.string),
      ])
    }
    func optional(_ description: String, _ pattern: String? = nil) -> JSON {
      .members([
        "description": .string(description), "type": ["string", "null"], "pattern": pattern.map(JSON.string),
      ])
    }
    let entry: JSON = [
      "type": "object",
      "properties": [
        "kind": ["description": "What the entry states.", "enum": .strings(Kind.allCases.map(\.rawValue))],
        "id": optional("Its id, unique in its kind for ever; null for the charter.", "^[A-Za-z0-9][A-Za-z0-9_-]*$"),
        "fingerprint": text("The digest of what it means, and of what it uses.", "^e1:[0-9a-f]{64}$"),
        "retired": ["description": "Whether it is a tombstone.", "type": "boolean"],
        "fields": [
          "description":
            "What counts of its file, in canonical form: numbers and days as texts, sets sorted, rules as objects by column.",
          "type": "object",
        ],
      ],
      "required": ["kind", "id", "fingerprint", "retired", "fields"],
      "additionalProperties": .boolean(false),
    ]
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": .string(schemaName),
      "description": "All that an organisation has in force at one commit, as `ethos export bundle` writes it.",
      "type": "object",
      "properties": [
        "schema": ["const": .string(schemaName)],
        "organisation": text("The organisation's name, from its charter."),
        "release": optional("The release of this commit, without `release/`; null where it has none."),
        "cycle": optional("The leadership cycle of that release."),
        "effective": optional("The first day on which that release is in force.", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        "commit": text("The commit, in hexadecimal digits.", "^[0-9a-f]{40}([0-9a-f]{24})?$"),
        "entries": [
          "description": "All entries, by kind and id; retired ones too.", "type": "array", "items": entry,
        ],
      ],
      "required": ["schema", "organisation", "release", "cycle", "effective", "commit", "entries"],
      "additionalProperties": .boolean(false),
    ]
  }
}
