import EthosDiff
import EthosGit
import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// Answers who changed what and why: attribution by the graph, with the reason, the ratification and its reviews.
package final class Ledger {
  private let store: IdentityStore
  private let graph: any HistoryGraph
  private let head: ObjectID
  /// The end of the line on which what is asked about was ratified: that in force, or the head's own.
  private let line: ObjectID
  private let tips: [ObjectID]
  private let reader: ProposalReader
  private let day: (Instant) -> Day
  private let judge: LedgerJudge
  private var evidence: [ObjectID: RatificationEvidence] = [:]
  private var attributions: [EntryKey: Attribution] = [:]
  private var leaderships: [ObjectID: Snapshot] = [:]

  /// A ledger of what a commit holds.
  ///
  /// `inForce` is the tip of the branch in force; `day` gives the day of a moment in the organisation's time zone;
  /// without a `judge` nothing is known of signatures, and the state before a merge judges it.
  package init(
    _ store: IdentityStore, _ graph: any HistoryGraph, head: ObjectID, inForce: ObjectID,
    judge: LedgerJudge? = nil, day: @escaping (Instant) -> Day
  ) throws {
    self.store = store
    self.judge =
      judge ?? LedgerJudge(rules: { _, before in before }, verdict: { _ in .unsigned }, days: { _ in day })
    self.graph = graph
    self.head = head
    self.day = day
    // A revision outside of what is in force is asked about on its own line.
    line = try graph.isAncestor(head, of: inForce) ? inForce : head
    tips = line == inForce ? [inForce] : [inForce, line]
    reader = ProposalReader(store)
  }

  /// An entry as it is at the commit that is asked about; nil where it is not there.
  package func document(_ key: EntryKey) throws -> Document? { try attribution(key).document(at: head) }

  /// What gave a place its value.
  ///
  /// Nil where the place neither has a value nor ever had one.
  package func why(_ key: EntryKey, _ path: FieldPath) throws -> LedgerEntry? {
    let origin = try attribution(key).origin(of: path, at: head)
    if origin.after == nil, origin.before == nil { return nil }
    return try entry(key, path, origin)
  }

  /// The changes of a place that are meant, the newest first.
  package func history(
    _ key: EntryKey, _ path: FieldPath, _ filter: LedgerFilter = LedgerFilter(), limit: Int
  ) throws -> [LedgerEntry] {
    // How far back the last one of those that are meant is, is not known beforehand.
    let origins = try attribution(key).history(of: path, at: head, limit: filter.isEmpty ? limit : .max)
    var entries: [LedgerEntry] = []
    for origin in origins where entries.count < limit {
      let attribution = attribution(key)
      guard filter.admits(origin.commit),
        try filter.value == nil
          || filter.admits(
            key, path, before: origin.predecessor.flatMap { try attribution.document(at: $0.id) },
            after: attribution.document(at: origin.commit.id))
      else { continue }
      let entry = try entry(key, path, origin)
      if try admits(entry, filter) { entries.append(entry) }
    }
    return entries
  }

  /// What the commits of the line brought and is meant, the newest first: an entry for each act of each.
  package func acts(_ filter: LedgerFilter = LedgerFilter(), limit: Int) throws -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    var next: ObjectID? = head
    while let start = next, entries.count < limit,
      let id = try filter.action.map({ try graph.nearest(start, mayHave: $0) }) ?? start
    {
      let commit = try store.repository.commit(id)
      next = commit.parents.first
      guard mayAdmit(commit, filter) else { continue }
      let step = try store.changes(of: commit)
      for act in step.changes.acts() {
        let change = act.change
        if let action = filter.action, change.kind.action != action { continue }
        let isValue = ([change.entry] + act.also).contains { key in
          filter.admits(key, change.field, before: step.before[key], after: step.after[key])
        }
        guard isValue else { continue }
        // The act is attributed to the commit that made it, which a merge only brought in.
        let origin = try attribution(change.entry).origin(of: change.field, at: id)
        guard filter.admits(origin.commit) else { continue }
        var entry = try entry(change.entry, change.field, origin)
        entry.change = change.kind.id
        entry.value = change.after?.summaryText
        entry.before = change.before?.summaryText
        if try admits(entry, filter) { entries.append(entry) }
      }
    }
    return Array(entries.prefix(limit))
  }

  /// Whether what a commit of the line changed may be meant, as far as its message and its date tell: all that is said
  /// of a change is said in a message.
  ///
  /// What a merge brings may have been said anywhere.
  private func mayAdmit(_ commit: Commit, _ filter: LedgerFilter) -> Bool {
    commit.parents.count > 1 || filter.admits(commit) && filter.mayAdmit(commit.message)
  }

  private func admits(_ entry: LedgerEntry, _ filter: LedgerFilter) throws -> Bool {
    var holders: Set<String> = []
    if let office = filter.by {
      let state = try leadership(entry.ratifiedBy?.commit ?? entry.commit.id)
      holders = Set(Offices(snapshot: state).holders(of: office, on: day(entry.commit.author.when)))
    }
    return filter.admits(entry, officeHolders: holders)
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
    let made = Attribution(store, graph, key: key, tips: tips)
    attributions[key] = made
    return made
  }

  private func entry(_ key: EntryKey, _ path: FieldPath, _ origin: Origin) throws -> LedgerEntry {
    let commit = origin.commit
    let record = ChangeRecord(message: commit.message)
    let ratified = try graph.entry(of: commit.id, toLineOf: line).map { try evidence(of: $0) }
    let when = ratified?.commit.committer.when ?? commit.committer.when
    let snapshot = try leadership((ratified?.commit ?? commit).id)
    let reviews =
      try ratified?.attestations(of: key, states: { try state(of: key, at: $0) }, judge: judge, reader: reader)
      ?? Attestations()
    var entry = LedgerEntry(
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
    entry.breach = try ratified.flatMap { try judge.breach($0.commit.id) }
    return entry
  }

  /// The people, the cycles and the charter at a commit.
  private func leadership(_ commit: ObjectID) throws -> Snapshot {
    if let known = leaderships[commit] { return known }
    let made = try store.snapshot(ofTree: store.repository.commit(commit).tree, kinds: [.cycle, .charter, .person])
    leaderships[commit] = made
    return made
  }

  /// What counts for the reviews of an entry at a commit: the entry, all that it uses, and who holds which office.
  ///
  /// An identity is large, and most of it has nothing to say about one entry.
  private func state(of key: EntryKey, at commit: ObjectID) throws -> Snapshot {
    var documents = try leadership(commit).documents
    var asked: Set<EntryKey> = []
    var open = [key]
    while let next = open.popLast() {
      guard asked.insert(next).inserted, let document = try attribution(next).document(at: commit) else { continue }
      documents[next] = document
      open += document.uses.compactMap(\.key)
    }
    return Snapshot(documents: documents.values)
  }

  /// The reason for one place: the one given by name, else the commit's body, else what a later commit supplied.
  private func reason(
    _ key: EntryKey, _ path: FieldPath, _ record: ChangeRecord, _ commit: Commit, _ ratified: RatificationEvidence?
  ) throws -> String? {
    func named(_ record: ChangeRecord) -> String? {
      let candidates = record.reasons.filter { reason in
        reason.reference.key == key && path.segments.starts(with: reason.reference.path.segments)
          && !saysNothing(reason.because)
      }
      return candidates.max { $0.reference.path.segments.count < $1.reference.path.segments.count }?.because
    }
    func general(_ record: ChangeRecord) -> String? { saysNothing(record.because) ? nil : record.because }
    if let own = named(record) ?? general(record) { return own }
    guard let ratified else { return nil }
    for later in ratified.commits where try graph.isAncestor(commit.id, of: later.id) {
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
    let after = try attribution.document(at: origin.commit.id)
    let before = try origin.predecessor.flatMap { try attribution.document(at: $0.id) }
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
