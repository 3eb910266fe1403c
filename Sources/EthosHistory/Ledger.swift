import EthosGit
import EthosDiff
import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// Answers who changed what and why: attribution by the graph, with the reason, the ratification and its reviews.
package final class Ledger {
  private let store: IdentityStore
  private let head: ObjectID
  private let ratifications: Ratifications
  private let line: Set<ObjectID>
  private let reader: ProposalReader
  private let day: (Instant) -> Day
  private var evidence: [ObjectID: RatificationEvidence] = [:]
  private var attributions: [EntryKey: Attribution] = [:]

  /// A ledger of what a commit holds. `inForce` is the tip of the branch in force; `day` gives the day of a moment in the
  /// organisation's time zone.
  package init(
    _ store: IdentityStore, head: ObjectID, inForce: ObjectID, day: @escaping (Instant) -> Day
  ) throws {
    self.store = store
    self.head = head
    self.day = day
    let main = try Ratifications(store, head: inForce)
    // A revision outside of what is in force is asked about on its own line.
    let isHeld = try inForce == head || store.repository.isAncestor(head, of: inForce)
    ratifications = isHeld ? main : try Ratifications(store, head: head)
    line = Set(main.line).union(ratifications.line)
    reader = ProposalReader(store)
  }

  /// What gave a place its value. Nil where the place neither has a value nor ever had one.
  package func why(_ key: EntryKey, _ path: FieldPath) throws -> LedgerEntry? {
    let origin = try attribution(key).origin(of: path, at: head)
    if origin.after == nil, origin.before == nil { return nil }
    return try entry(key, path, origin)
  }

  /// All changes of a place, the newest first.
  package func history(_ key: EntryKey, _ path: FieldPath, limit: Int) throws -> [LedgerEntry] {
    try attribution(key).history(of: path, at: head, limit: limit).map { try entry(key, path, $0) }
  }

  /// What the commits of the line brought, the newest first: an entry for each act of each.
  package func acts(limit: Int) throws -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    for id in ratifications.line.reversed() {
      guard entries.count < limit else { break }
      let commit = try store.repository.commit(id)
      let before =
        try commit.parents.first.map { try store.snapshot(ofTree: store.repository.commit($0).tree) } ?? .empty
      let after = try store.snapshot(ofTree: commit.tree)
      let changes = Comparison.changes(from: before, to: after, severity: Severity(charter: before.charter))
      for act in changes.acts() {
        let change = act.change
        // The act is attributed to the commit that made it, which a merge only brought in.
        let origin = try attribution(change.entry).origin(of: change.field, at: id)
        var entry = try entry(change.entry, change.field, origin)
        entry.change = change.kind.id
        entry.value = change.after?.summaryText
        entry.before = change.before?.summaryText
        entries.append(entry)
      }
    }
    return Array(entries.prefix(limit))
  }

  /// The places of an entry that `why` answers for: each field, and each keyed item of a list.
  package func places(of document: Document) -> [FieldPath] {
    var paths: [FieldPath] = []
    for field in document.meaning.entries where field.name != "id" {
      let path = FieldPath(field.name)
      let type = Schema.of(document.kind).field(field.name)?.type
      switch type {
      case .items, .rules:
        for item in field.value.list ?? [] { paths.append(path.appending(.item(type?.key(of: item) ?? ""))) }
      case .map:
        for name in field.value.record?.names ?? [] { paths.append(path.appending(name)) }
      default: paths.append(path)
      }
    }
    // What is written out though it is the default means nothing new, and somebody wrote it all the same.
    for field in document.fields.entries where field.name != "id" && document.meaning[field.name] == nil {
      paths.append(FieldPath(field.name))
    }
    return paths
  }

  private func attribution(_ key: EntryKey) -> Attribution {
    if let known = attributions[key] { return known }
    let made = Attribution(store, key: key, line: line)
    attributions[key] = made
    return made
  }

  private func entry(_ key: EntryKey, _ path: FieldPath, _ origin: Origin) throws -> LedgerEntry {
    let commit = origin.commit
    let record = ChangeRecord(message: commit.message)
    let ratified = try ratifications.entry(of: commit.id).map { try evidence(of: $0) }
    let when = ratified?.commit.committer.when ?? commit.committer.when
    let snapshot = try store.snapshot(ofTree: (ratified?.commit ?? commit).tree, kinds: [.cycle, .charter, .person])
    let reviews = try ratified?.attestations(of: key, in: store, reader: reader, day: day) ?? Attestations()
    return LedgerEntry(
      reference: Reference(key, path: path).description, value: origin.after?.summaryText,
      before: origin.before?.summaryText, change: try changeID(key, path, origin), commit: commit,
      authorID: People(snapshot: snapshot).person(email: commit.author.email)?.id,
      cycle: Offices(snapshot: snapshot).cycle(on: day(when))?.id,
      reason: try reason(key, path, record, commit, ratified),
      sources: record.sources, proposal: ratified?.proposal,
      ratifiedBy: ratified.flatMap {
        $0.isMerge ? LedgerEntry.Ratification(commit: $0.commit.id, by: $0.commit.committer) : nil
      },
      approvedBy: reviews.approved, objectedBy: reviews.objected, abstainedBy: reviews.abstained)
  }

  /// The reason for one place: the one given by name, else the commit's body, else what a later commit supplied.
  private func reason(
    _ key: EntryKey, _ path: FieldPath, _ record: ChangeRecord, _ commit: Commit, _ ratified: RatificationEvidence?
  ) throws -> String? {
    func named(_ record: ChangeRecord) -> String? {
      let candidates = record.reasons.filter { reason in
        reason.reference.key == key && path.segments.starts(with: reason.reference.path.segments)
      }
      return candidates.max { $0.reference.path.segments.count < $1.reference.path.segments.count }?.because
    }
    func general(_ record: ChangeRecord) -> String? { record.because.allSatisfy(\.isWhitespace) ? nil : record.because }
    if let own = named(record) ?? general(record) { return own }
    guard let ratified else { return nil }
    for later in ratified.commits where try store.repository.isAncestor(commit.id, of: later.id) {
      let record = ChangeRecord(message: later.message)
      if let supplied = named(record) { return supplied }
      if try reader.changedEntries(later).isEmpty, record.classes.isEmpty, let supplied = general(record) {
        return supplied
      }
    }
    return nil
  }

  /// The id of the change that an origin made, by the comparison of the entry before and after.
  private func changeID(_ key: EntryKey, _ path: FieldPath, _ origin: Origin) throws -> String? {
    let attribution = attribution(key)
    let after = try attribution.document(at: origin.commit)
    let before = try origin.predecessor.flatMap { try attribution.document(at: $0) }
    let charter = try origin.predecessor.flatMap { try store.charter(ofTree: $0.tree) }
    func snapshot(_ document: Document?) -> Snapshot {
      Snapshot(documents: [document, key.kind == .charter ? nil : charter].compactMap { $0 })
    }
    let changes = Comparison.changes(
      from: snapshot(before), to: snapshot(after), severity: Severity(charter: charter)
    ).changes
    let here = changes.filter { change in
      path.isEmpty || change.field.isEmpty || change.field.segments.starts(with: path.segments)
        || path.segments.starts(with: change.field.segments)
    }
    return here.max { $0.level < $1.level }?.kind.id
  }

  private func evidence(of commit: ObjectID) throws -> RatificationEvidence {
    if let known = evidence[commit] { return known }
    let made = try RatificationEvidence(store.repository.commit(commit), reader: reader, store: store)
    evidence[commit] = made
    return made
  }
}
