import EthosDiff
package import EthosModel
package import EthosText

/// What is wrong with the authority of one identity on a day: rows that nobody can meet, and changes that nobody, or too
/// few, must agree to.
package enum AuthorityCheck {
  /// The findings; of its recorders alone where the charter states no authority.
  ///
  /// Costs a matching for each row and owner.
  package static func diagnostics(_ snapshot: Snapshot, on day: Day) -> [Diagnostic] {
    let charter = Charter(snapshot: snapshot)
    guard let document = snapshot.charter else { return [] }
    let inspection = AuthorityInspection(snapshot: snapshot, charter: charter, document: document, day: day)
    guard charter.hasAuthority else { return inspection.unknownRecorders() }
    return inspection.unreadableQuorums() + inspection.unknownNames() + inspection.unknownRecorders()
      + inspection.gaps()
      + inspection.unfillableQuorums() + inspection.frozenCharter() + inspection.bypasses()
      + inspection.sharedAddresses()
  }
}

/// The questions of the check, one a function.
struct AuthorityInspection {
  let charter: Charter
  private let snapshot: Snapshot
  private let document: Document
  private let day: Day
  private let offices: Offices
  private let rules: SeatRules

  init(snapshot: Snapshot, charter: Charter, document: Document, day: Day) {
    self.snapshot = snapshot
    self.charter = charter
    self.document = document
    self.day = day
    offices = Offices(snapshot: snapshot)
    rules = SeatRules(offices: offices, people: People(snapshot: snapshot), day: day)
  }

  func location(_ span: Span?) -> Location? { document.location(span ?? document.fields["authority"]?.span) }

  // MARK: - names and numbers

  func unreadableQuorums() -> [Diagnostic] {
    (document.meaning["authority"]?.list ?? []).flatMap { node in
      let quorum = node.record?["quorum"]?.record?.entries ?? []
      return quorum.filter { AuthorityRow.count($0.value) == nil }.map { entry in
        Diagnostic(
          "quorum-invalid", .error,
          "`\(entry.name): \(entry.value.summaryText)` is no number of people",
          at: location(entry.value.span ?? node.span),
          help: "write a whole number from 1 to \(Seats.maximum)")
      }
    }
  }

  /// Kinds and offices in rows that nothing has.
  func unknownNames() -> [Diagnostic] {
    let known = offices.names
    var found: [Diagnostic] = []
    for row in charter.rows {
      for name in row.names where name != "*" && AuthoritySubject(name: name) == nil {
        let names = AuthoritySubject.all.map(\.description) + ["*"]
        found.append(
          Diagnostic(
            "unknown-kind", .error, "`\(name)` is no kind that a row of the authority could cover",
            at: location(row.span),
            help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
              ?? "the kinds are \(names.joined(separator: ", "))"))
      }
      for case .office(let office) in (row.quorum.map(\.holder) + row.veto) where !known.contains(office) {
        found.append(unknownOffice(office, "a row of the authority names", location(row.span), among: known))
      }
    }
    return found
  }

  /// Offices in `recorders` that nothing has.
  func unknownRecorders() -> [Diagnostic] {
    let known = offices.names
    let place = document.location(document.fields["recorders"]?.span)
    return charter.recorders.filter { !known.contains($0.office) }.map {
      unknownOffice($0.office, "`recorders` names", place, among: known)
    }
  }

  private func unknownOffice(_ office: String, _ who: String, _ place: Location?, among known: Set<String>)
    -> Diagnostic
  {
    let near = nearestName(to: office, among: known.sorted())
    return Diagnostic(
      "unknown-office", .error, "\(who) the office `\(office)`, which no leadership cycle has", at: place,
      help: near.map { "did you mean `\($0)`?" } ?? "name who holds it in a file of cycles/")
  }

  func sharedAddresses() -> [Diagnostic] {
    rules.people.shared.map { email, people in
      let places = people.compactMap { snapshot[EntryKey(.person, $0)] }
      return Diagnostic(
        "shared-address", .error,
        "the address `\(email)` belongs to several people: \(people.map { "`\($0)`" }.joined(separator: ", "))",
        at: places.last.flatMap { $0.location($0.fields["emails"]?.span) },
        help: "give each an address of their own: what is written from a shared one counts for nobody")
    }
  }

  // MARK: - what nobody can agree to

  /// Kinds with the levels that no row covers; the same lack of several kinds is one finding.
  func gaps() -> [Diagnostic] {
    var lacking: [[Level]: [AuthoritySubject]] = [:]
    for subject in AuthoritySubject.all {
      let levels = Level.allCases.filter { level in
        level != .undecided && charter.rows(covering: subject, level).isEmpty
      }.sorted(by: >)
      if !levels.isEmpty { lacking[levels, default: []].append(subject) }
    }
    return lacking.sorted { $0.value[0] < $1.value[0] }.map { levels, subjects in
      let names = subjects.map(\.description).joined(separator: ", ")
      return Diagnostic(
        "authority-gap", .warning,
        "no row of the authority covers \(levels.map(\.rawValue).joined(separator: " or ")) changes of \(names)",
        at: location(nil),
        help: "nobody can agree to such a change: add `{change: [\(names)], level: \(levels[0]), quorum: …}`")
    }
  }

  /// Rows whose seats the holders of this day cannot fill, for any owner of what they cover.
  func unfillableQuorums() -> [Diagnostic] {
    guard offices.cycle(on: day) != nil || !charter.rows.contains(where: \.needsOffice) else {
      return [
        Diagnostic(
          "no-cycle-in-force", .error, "no leadership cycle is in force on \(day): nobody holds an office",
          at: location(nil),
          help: offices.hasCycles
            ? "give the last cycle a later `until`, or begin the next one" : "say who leads in a file of cycles/")
      ]
    }
    return charter.rows.flatMap { row in
      var reported: Set<String> = []
      return owners(of: row).compactMap { owner -> Diagnostic? in
        guard let lack = lack(row, owner: owner), reported.insert(lack).inserted else { return nil }
        return Diagnostic(
          "quorum-unfillable", .error, "the people in office on \(day) cannot fill this quorum: \(lack)",
          at: location(row.span), help: "ask for fewer, or name more holders in the leadership cycle")
      }
    }
  }

  /// A charter whose own change nobody can agree to.
  func frozenCharter() -> [Diagnostic] {
    let rows = charter.rows(covering: .entry(.charter), .critical)
    let lacks = rows.compactMap { lack($0, owner: charter.defaultOwner) }
    guard rows.isEmpty || !lacks.isEmpty else { return [] }
    let reason =
      rows.isEmpty
      ? "no row covers critical changes of it" : "its quorum cannot be filled: \(lacks.joined(separator: "; "))"
    return [
      Diagnostic(
        "charter-frozen", .error, "this charter can no longer change itself: \(reason)", at: location(rows.first?.span),
        help: "give `charter` a critical row that the people in office can meet")
    ]
  }

  /// The owners that a row asks, each once; nil stands for an entry without one.
  private func owners(of row: AuthorityRow) -> [String?] {
    guard row.quorum.contains(where: { $0.holder == .owner }) else { return [nil] }
    var owners: Set<String?> = []
    for (key, document) in snapshot.documents where row.names(.entry(key.kind)) && !document.isRetired {
      owners.insert(charter.owner(of: document))
    }
    if row.names(.release) { owners.insert(charter.defaultOwner) }
    return owners.sorted { ($0 ?? "") < ($1 ?? "") }
  }

  /// What a row lacks when everybody agrees, in words; nil where it can be met.
  private func lack(_ row: AuthorityRow, owner: String?) -> String? {
    let everybody = Set(rules.people.ids)
    let standing = rules.standing(of: row, owner: owner, approvers: everybody, authors: [])
    guard !standing.isMet else { return nil }
    return row.quorum.compactMap { seats in
      let filled = standing.seats.filter { $0.holder == seats.holder && $0.person != nil }.count
      guard filled < seats.count else { return nil }
      switch seats.holder {
      case .anyone: return "anyone: \(filled) of \(seats.count)"
      case .owner: return owner.map { "owner `\($0)`: \(filled) of \(seats.count)" } ?? "owner: what it covers has none"
      case .office(let office): return "`\(office)`: \(filled) of \(seats.count)"
      }
    }.joined(separator: ", ")
  }
}

extension AuthorityRow {
  /// Whether only holders of an office can fill all of its seats.
  var needsOffice: Bool { quorum.contains { $0.holder != .anyone } }
}
