import EthosDecision
package import EthosModel
package import EthosText

/// All that is in force at one commit, as one JSON document for programs, without the people.
///
/// What it holds depends on the commit and its release alone: the same state gives the same bytes, whenever and wherever it is
/// asked for. Retired entries stand in it as tombstones, so that who knows an id learns that it is retired and not free.
package struct BundleDocument: Sendable {
  package var organisation: String
  /// The release without `release/`, and the first day on which it is in force; nil where the commit is no release.
  package var release: (name: String, effective: Day)?
  /// The leadership cycle of the release; without one that of the commit's own day.
  package var cycle: String?
  package var commit: String
  package var snapshot: Snapshot
  /// The schema of the fields of each kind.
  package var schemas: [(kind: Kind, schema: JSON)]

  package init(
    organisation: String, release: (name: String, effective: Day)?, cycle: String?, commit: String, snapshot: Snapshot,
    schemas: [(kind: Kind, schema: JSON)]
  ) {
    self.organisation = organisation
    self.release = release
    self.cycle = cycle
    self.commit = commit
    self.snapshot = snapshot
    self.schemas = schemas
  }

  /// A bundle, or why there is none.
  package struct Content: Sendable {
    package var json: JSON
    package var entries = 0
    /// What cannot be written as it is meant.
    ///
    /// Where there is any, the bundle is not whole.
    package var problems: [String] = []
    /// Where a text has the name of somebody: entry and field, and that name.
    package var mentions: [(place: String, name: String)] = []
  }

  /// Costs a pass over all entries, and the parsing of their FEEL.
  package var content: Content {
    var graph = DecisionGraph(snapshot)
    let names = KnownNames(snapshot)
    var content = Content(json: .null)
    var entries: [JSON] = []
    let kinds = Set(schemas.map(\.kind))
    for document in snapshot.documents.values.sorted(by: { $0.key < $1.key }) where kinds.contains(document.kind) {
      let fields = BundleFields(document, &graph)
      content.problems += fields.problems
      BundleDocument.mentions(in: fields.json, "\(document.key)", names, &content.mentions)
      entries.append([
        "kind": .string(document.kind.rawValue),
        "id": .optional(document.kind == .charter ? nil : document.key.id),
        // A digest of people tells who they are to whoever can guess them.
        "fingerprint": fields.hasPeople
          ? .null : .optional(Fingerprint.of(document.key, in: snapshot)?.description),
        "retired": .boolean(document.isRetired), "fields": fields.json,
      ])
    }
    content.entries = entries.count
    var members: [JSON.Member] = [
      .init("schema", .string(BundleDocument.schemaName)), .init("organisation", .string(organisation)),
      .init("release", .optional(release?.name)), .init("cycle", .optional(cycle)),
      .init("effective", .optional(release?.effective.description)), .init("commit", .string(commit)),
      .init("schemas", .object(schemas.map { .init($0.kind.rawValue, $0.schema) })),
      .init("entries", .array(entries)),
    ]
    let digest = Fingerprint(digestOf: Array(JSON.object(members).canonicalText.utf8)).hex
    members.append(.init("digest", .string("sha256:\(digest)")))
    content.json = .object(members)
    return content
  }

  private static func mentions(
    in json: JSON, _ place: String, _ names: KnownNames, _ found: inout [(place: String, name: String)]
  ) {
    switch json {
    case .string(let text):
      if let name = names.first(in: text) { found.append((place, name)) }
    case .object(let members):
      for member in members {
        if let name = names.first(in: member.name) { found.append((place, name)) }
        mentions(in: member.value, "\(place).\(member.name)", names, &found)
      }
    case .array(let items): for item in items { mentions(in: item, place, names, &found) }
    case .number, .boolean, .null: break
    }
  }

  // MARK: - Its schema

  package static let schemaName = "ethos.bundle.v1"

  /// The JSON Schema of the document (draft 2020-12), with that of the fields of each kind.
  package static func schema(_ kinds: [(kind: Kind, schema: JSON)]) -> JSON {
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
        "kind": ["description": "What the entry states.", "enum": .strings(kinds.map(\.kind.rawValue))],
        "id": optional("Its id, unique in its kind for ever; null for the charter.", "^[A-Za-z0-9][A-Za-z0-9_-]*$"),
        "fingerprint": optional(
          "The digest of what the file means, and of what it uses; null where it would be one of people.",
          "^e1:[0-9a-f]{64}$"),
        "retired": ["description": "Whether it is a tombstone.", "type": "boolean"],
        "fields": [
          "description":
            "What counts of its file, in canonical form: numbers and days as texts, sets sorted, rules as objects by column, FEEL as {\"feel\": …}.",
          "type": "object",
        ],
      ],
      "required": ["kind", "id", "fingerprint", "retired", "fields"],
      "additionalProperties": .boolean(false),
      "allOf": .array(
        kinds.map {
          [
            "if": ["properties": ["kind": ["const": .string($0.kind.rawValue)]], "required": ["kind"]],
            "then": ["properties": ["fields": ["$ref": .string("#/$defs/\($0.kind.rawValue)")]]],
          ]
        }),
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
        "cycle": optional("The leadership cycle of that release; without one that of the commit's day."),
        "effective": optional("The first day on which that release is in force.", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        "commit": text("The commit, in hexadecimal digits.", "^[0-9a-f]{40}([0-9a-f]{24})?$"),
        "digest": text(
          "The SHA-256 of the canonical JSON (RFC 8785) of all other members.", "^sha256:[0-9a-f]{64}$"),
        "schemas": [
          "description": "The JSON Schema of the fields of each kind.", "type": "object",
          "properties": .object(kinds.map { .init($0.kind.rawValue, ["type": "object"]) }),
          "required": .strings(kinds.map(\.kind.rawValue)), "additionalProperties": .boolean(false),
        ],
        "entries": [
          "description": "All entries but people, by kind and id; retired ones too.", "type": "array", "items": entry,
        ],
      ],
      "required": [
        "schema", "organisation", "release", "cycle", "effective", "commit", "digest", "schemas", "entries",
      ],
      "additionalProperties": .boolean(false),
      "$defs": .object(kinds.map { .init($0.kind.rawValue, $0.schema) }),
    ]
  }
}
