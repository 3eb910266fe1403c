package import EthosDiff
import EthosGit
package import EthosHistory
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// The answer to `why` or `log`.
package struct LedgerAnswer: Sendable {
  /// What was asked about; nil for the whole identity.
  package var reference: Reference?
  package var revision: Revision
  package var entries: [LedgerEntry]
  /// What people call the entry.
  package var title: String?
}

extension Workspace {
  /// Who gave a field its value, when, why, and who agreed; for a whole entry, of each of its fields.
  package func why(_ reference: Reference, at name: String?) throws -> LedgerAnswer {
    try withLedger(reference.revision ?? name) { revision, ledger in
      try why(reference, revision, ledger)
    }
  }

  private func why(_ reference: Reference, _ revision: Revision, _ ledger: Ledger) throws -> LedgerAnswer {
    let document = try ledger.document(reference.key)
    if document == nil {
      try requireNothingUnread(
        of: reference.key, in: store.snapshot(ofTree: revision.commit.tree, kinds: [reference.key.kind]))
    }
    var entries: [LedgerEntry] = []
    if !reference.path.isEmpty {
      guard let entry = try ledger.why(reference.key, reference.path) else {
        try checkField(of: reference, in: document)
        if document == nil { try sayWhatSoundsAlike(reference.key, at: revision) }
        throw Failure.no(
          "`\(reference)` is not set at \(revision.name)",
          help: "see what is: `ethos show \(shellWord("\(reference.key)"))`")
      }
      entries = [entry]
    } else if let document {
      entries = try ledger.places(of: document).compactMap { try ledger.why(reference.key, $0) }
    } else if try ledger.history(reference.key, reference.path, limit: 1).isEmpty {
      try sayWhatSoundsAlike(reference.key, at: revision)
    } else {
      throw Failure.no(
        "`\(reference.key)` is no longer there at \(revision.name)",
        help: "see who removed it, and why: `ethos log \(shellWord("\(reference.key)"))`")
    }
    return LedgerAnswer(reference: reference, revision: revision, entries: entries, title: document?.title)
  }

  /// Fails for an entry that is not there, with the one that was meant.
  private func sayWhatSoundsAlike(_ key: EntryKey, at revision: Revision) throws {
    _ = try document(key, in: store.snapshot(ofTree: revision.commit.tree, kinds: [key.kind]))
  }

  /// Why each change between two states was made, from the history of the later one.
  package func reasons(for result: ComparisonResult) throws -> [Change: String] {
    guard let commit = result.after.commit else { return [:] }
    return try withLedger(commit.id.hex) { _, ledger in
      var reasons: [Change: String] = [:]
      for change in result.changes.changes {
        reasons[change] = try ledger.why(change.entry, change.field)?.reason
      }
      return reasons
    }
  }

  /// The changes of a place, or of the whole identity by the commits of the line in force, newest first.
  package func log(
    _ reference: Reference?, at name: String?, _ filter: LedgerFilter = LedgerFilter(), limit: Int
  ) throws -> LedgerAnswer {
    let name = reference?.revision ?? name
    return try withLedger(name, meanings: reference == nil && filter.action != nil) { revision, ledger in
      let entries =
        try reference.map { try ledger.history($0.key, $0.path, filter, limit: limit) }
        ?? ledger.acts(filter, limit: limit)
      guard !entries.isEmpty else {
        if let reference { try checkField(of: reference, in: try ledger.document(reference.key)) }
        try checkNames(of: filter, at: revision)
        guard filter.isEmpty else {
          throw Failure.no(
            "no change of `\(reference.map(\.description) ?? revision.name)` is of this kind",
            help: "leave one of the options out to see more")
        }
        throw Failure.no("`\(reference.map(\.description) ?? revision.name)` has no history at \(revision.name)")
      }
      return LedgerAnswer(reference: reference, revision: revision, entries: entries)
    }
  }

  /// Refuses a filter that names what there is not; asked only where nothing was found, since what is gone has a past.
  private func checkNames(of filter: LedgerFilter, at revision: Revision) throws {
    let snapshot = try store.snapshot(ofTree: revision.commit.tree, kinds: [.charter, .cycle, .person, .value])
    func check(_ name: String?, _ what: String, among known: [String]) throws {
      guard let name, !known.contains(name) else { return }
      throw Failure.no(
        "no \(what) is called `\(name)` at \(revision.name)",
        help: nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
          ?? "there are: \(known.isEmpty ? "none" : known.joined(separator: ", "))")
    }
    func ids(_ kind: Kind) -> [String] { snapshot.all(kind).map(\.key.id) }
    try check(filter.cycle, "cycle", among: ids(.cycle))
    try check(filter.value, "value", among: ids(.value))
    if let by = filter.by, !by.utf8.contains(0x40) {
      let names = snapshot.all(.person).map(\.title)
      try check(by, "person or office", among: ids(.person) + Leadership(snapshot).offices.sorted() + names)
    }
  }

  /// Lets the ledger name those who agreed as the judge counts them.
  func ledgerJudge(_ inForce: ObjectID) -> LedgerJudge {
    LedgerJudge(
      rules: { merge, before in try self.judgedLine(to: inForce).rules(of: merge, before) },
      verdict: { try self.signatureVerifier.verdict(of: $0) }, days: { self.days(of: $0) },
      breach: { try self.judgedLine(to: inForce).breach(of: $0) })
  }

  /// Asks the ledger of a revision, HEAD when none is named.
  ///
  /// Where the index turns out to be damaged it is made anew and asked again, and then the history itself.
  ///
  /// `meanings` prepares the questions for an action.
  func withLedger<Answer>(
    _ name: String?, meanings: Bool = false, _ ask: (Revision, Ledger) throws -> Answer
  ) throws -> Answer {
    let revision = try name.map { try self.revision($0) } ?? Revision(name: "HEAD", commit: try headCommit())
    let (head, inForce) = (revision.commit.id, try mainCommit().id)
    let zone = try zone()
    func answer(_ graph: any HistoryGraph) throws -> Answer {
      try ask(
        revision,
        try Ledger(store, graph, head: head, inForce: inForce, judge: ledgerJudge(inForce)) { zone.day(of: $0) })
    }
    if environment.usesIndex {
      let file = IndexFile(store)
      let progress = IndexFile.Progress(
        commits: { self.environment.progress("indexing the history", $0, $1) },
        notice: { self.notice($0) })
      for attempt in 0..<2 {
        let index =
          attempt == 0
          ? file.open([head], inForce: inForce, meanings: meanings, progress)
          : file.remade([head], inForce: inForce, meanings: meanings, progress)
        guard let index else { break }
        do {
          return try answer(index)
        } catch {
          guard let trouble = IndexFile.trouble(error) else { throw error }
          if trouble == .busy { break }
        }
      }
    }
    return try answer(WalkedGraph(store))
  }
}
