import EthosText

/// Offices that own something and that nobody fills: no cycle knows them (`owner-unknown`), nobody holds them on the day
/// (`owner-vacant`), or there is none (`owner-missing`).
enum OwnerCheck {
  static func run(_ identity: CheckedIdentity, into found: inout [Diagnostic]) {
    let offices = identity.leadership.offices
    let charter = identity.snapshot.charter
    let defaultOwner = charter?.meaning["defaultOwner"]?.text
    var owned: [String: [Document]] = [:]
    var suggester = NameSuggester()
    func reportUnknown(_ office: String, _ field: String, _ document: Document) {
      let severity: Diagnostic.Severity = identity.leadership.cycles.isEmpty ? .warning : .error
      found.append(
        Diagnostic(
          "owner-unknown", severity, "no leadership cycle knows the office `\(office)`", at: document.place(field),
          help: suggester.help(
            for: office, among: offices, or: "add the office to `offices` of a cycle, with who holds it")))
    }
    if let charter, let defaultOwner, !offices.contains(defaultOwner) {
      reportUnknown(defaultOwner, "defaultOwner", charter)
    }
    for kind in Kind.allCases where Schema.of(kind).field("owner") != nil {
      for document in identity.documents(kind) {
        let own = document.meaning["owner"]?.text
        if let owner = own ?? defaultOwner {
          if offices.contains(owner) {
            owned[owner, default: []].append(document)
          } else if own != nil {
            reportUnknown(owner, "owner", document)
          }
        } else {
          found.append(missing(document, charter))
        }
      }
    }
    reportVacancies(owned, identity, into: &found)
  }

  /// In an identity that asks for approvals nobody could give the owner's; in an open one it is worth knowing at most.
  private static func missing(_ document: Document, _ charter: Document?) -> Diagnostic {
    let isOpen = charter?.meaning["authority"] == nil
    return Diagnostic(
      "owner-missing", isOpen ? .note : .warning, "`\(document.key)` has no owner, and the charter no default owner",
      at: document.place("id"),
      help: "`ethos set \(document.key).owner OFFICE`, or for all of them `ethos set charter.defaultOwner OFFICE`")
  }

  /// One finding an office, in the cycle that leaves it empty.
  private static func reportVacancies(
    _ owned: [String: [Document]], _ identity: CheckedIdentity, into found: inout [Diagnostic]
  ) {
    let cycle = identity.leadership.cycle(on: identity.day)
    for (office, documents) in owned {
      guard cycle?.holders(of: office, on: identity.day).isEmpty ?? true, let first = documents.first else { continue }
      let owns = "`\(first.key)`" + (documents.count > 1 ? " and \(documents.count - 1) more" : "")
      guard let cycle else {
        found.append(
          Diagnostic(
            "owner-vacant", .warning,
            "nobody holds `\(office)`, which owns \(owns): no leadership cycle is in force on \(identity.day)",
            at: first.place("owner"), help: "add a cycle that holds that day, or move the end of the one before it"))
        continue
      }
      let entries = cycle.document.fields.entries
      let offices = entries.first { $0.name == "offices" }
      let entry = offices?.value.record?.entries.first { Prose.collapsed($0.name) == office }
      found.append(
        Diagnostic(
          "owner-vacant", .warning,
          "nobody holds `\(office)` on \(identity.day), which owns \(owns)",
          at: cycle.document.location(entry?.nameSpan ?? offices?.nameSpan),
          help:
            "`ethos set \(shellWord("\(Reference(cycle.document.key, path: FieldPath([.name("offices"), .name(office)])))")) PERSON`,"
            + " or give what it owns another owner"))
    }
  }
}
