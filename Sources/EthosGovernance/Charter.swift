package import EthosDiff
package import EthosModel

/// What a charter says of authority, read once.
package struct Charter: Sendable {
  /// An office that may record a decision taken elsewhere.
  package struct Recorder: Hashable, Sendable {
    package var office: String
    /// The highest level that it may record; nil where the charter names none.
    package var level: Level?
  }

  package let rows: [AuthorityRow]
  /// Whether the charter states who must agree to what; without it the identity is open.
  package let hasAuthority: Bool
  package let defaultOwner: String?
  package let ranks: [String]
  package let branch: String
  package let timeZone: String
  package let recorders: [Recorder]
  /// Whether records must be signed.
  package let requiresSignatures: Bool
  /// For how many days before a ratification an approval counts.
  package let approvalsExpire: Int

  /// Reads the charter of an identity; without one nothing is asked of anybody.
  package init(snapshot: Snapshot) {
    let fields = snapshot.charter?.meaning
    let authority = fields?["authority"]?.list ?? []
    rows = authority.compactMap { AuthorityRow($0) }
    // A row that cannot be read still says that the identity is not open.
    hasAuthority = !authority.isEmpty
    defaultOwner = fields?["defaultOwner"]?.text
    ranks = fields?["ranks"]?.texts ?? []
    branch = fields?["branch"]?.text ?? "main"
    timeZone = fields?["timeZone"]?.text ?? "UTC"
    requiresSignatures = fields?["signatures"]?.text == "required"
    approvalsExpire = fields?["approvalsExpire"]?.text.flatMap(Period.days) ?? 365
    recorders = (fields?["recorders"]?.list ?? []).compactMap { node in
      guard let office = node.record?["office"]?.text ?? node.text else { return nil }
      return Recorder(office: office, level: node.record?["level"]?.text.flatMap(Level.init(rawValue:)))
    }
  }

  /// The office that owns an entry: its own, or the default.
  package func owner(of document: Document) -> String? { document.meaning["owner"]?.text ?? defaultOwner }

  /// The rows that a change of a subject at a level must meet, all of them: the lowest that cover it.
  package func rows(covering subject: AuthoritySubject, _ level: Level) -> [AuthorityRow] {
    let covering = rows.filter { $0.covers(subject, level) }
    let lowest = covering.map(\.level).min()
    return covering.filter { $0.level == lowest }
  }
}
