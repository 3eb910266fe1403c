import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// What only the history shows: commitments that nobody touched or reaffirmed since the cycle before last, ids used
  /// again, removals without a tombstone, and systems built for a release that is not the one in force.
  func historyDiagnostics(_ snapshot: Snapshot, on today: Day) throws -> [Diagnostic] {
    let line = try firstParentLine()
    var diagnostics: [Diagnostic] = []
    var life = EntryLife()
    var previous: ObjectID?
    var zone = TimeZoneRules.utc
    for commit in line {
      let day = previous == nil ? try self.zone(before: commit) : zone
      // The judge is asked where somebody reaffirmed anything, and nowhere else.
      let reaffirmed =
        ReaffirmationRecord(message: commit.message) == nil
        ? [] : try judgedLine(to: line.last?.id ?? commit.id).reaffirmations(of: commit)
      try life.follow(
        commit, from: previous, reaffirmed: reaffirmed.map(\.key), store: store,
        day: day.day(of: commit.committer.when))
      // The zone that a commit states is that of the commits after it.
      if previous != commit.tree {
        zone = self.zone(of: try store.snapshot(ofTree: commit.tree, kinds: [.charter]))
      }
      previous = commit.tree
    }
    diagnostics += life.findings(in: snapshot)
    diagnostics += staleCommitments(snapshot, life, on: today)
    diagnostics += try outdatedSystems(snapshot, on: today)
    return diagnostics
  }

  /// The commits of the line in force, the oldest first.
  func firstParentLine() throws -> [Commit] {
    try repository.walk(from: [try mainCommit().id], hiding: [], order: .firstParent).reversed().map {
      try repository.commit($0)
    }
  }

  private func staleCommitments(_ snapshot: Snapshot, _ life: EntryLife, on today: Day) -> [Diagnostic] {
    let starts = snapshot.all(.cycle).compactMap { $0.meaning["from"]?.day }.filter { $0 <= today }.sorted()
    // With fewer than three cycles begun, nothing can be older than the cycle before last.
    guard starts.count >= 3 else { return [] }
    let horizon = starts[starts.count - 2]
    return snapshot.keys.compactMap { key in
      guard key.kind.isCommitment, let document = snapshot[key], !document.isRetired,
        let touched = life.lastTouched[key],
        touched < horizon
      else { return nil }
      return Diagnostic(
        "commitment-stale", .warning,
        "`\(key)` was last touched or reaffirmed on \(touched), before the cycle before this one began on \(horizon)",
        at: document.location(document.fields["id"]?.span),
        help: "look at it again, then `ethos reaffirm \(key) --because …`, or change or retire it")
    }
  }

  private func outdatedSystems(_ snapshot: Snapshot, on today: Day) throws -> [Diagnostic] {
    guard let current = try release(inForceOn: today) else {
      try tellMissingReleases()
      return []
    }
    return snapshot.all(.system).compactMap { system in
      guard let builtFor = system.meaning["builtFor"]?.text, builtFor != current.reference,
        !["retired", "planned"].contains(system.meaning["status"]?.text ?? "")
      else { return nil }
      return Diagnostic(
        "system-outdated", .warning,
        "`\(system.key)` is built for `\(builtFor)`, and `\(current.reference)` is in force",
        at: system.location(system.fields["builtFor"]?.span),
        help: "see what changed since: `ethos diff \(shellWord("\(builtFor)")) \(shellWord("\(current.reference)"))`")
    }
  }
}

/// What became of each id along the line in force.
private struct EntryLife {
  /// The day on which an entry's meaning last changed, or on which it was reaffirmed.
  var lastTouched: [EntryKey: Day] = [:]
  private var removed: [EntryKey: Commit] = [:]
  private var usedAgain: [EntryKey: (removal: Commit, return: Commit)] = [:]

  mutating func follow(
    _ commit: Commit, from previous: ObjectID?, reaffirmed: [EntryKey], store: IdentityStore, day: Day
  ) throws {
    for key in reaffirmed { lastTouched[key] = day }
    guard previous != commit.tree else { return }
    let before: [IdentityFile]
    let after: [IdentityFile]
    if let previous {
      (before, after) = try store.changedFiles(before: previous, after: commit.tree)
    } else {
      (before, after) = ([], try store.identityFiles(ofTree: commit.tree))
    }
    let (old, new) = (try store.snapshot(of: before), try store.snapshot(of: after))
    for key in Set(old.keys + new.keys) where old[key]?.meaning != new[key]?.meaning {
      lastTouched[key] = day
      if new[key] == nil { removed[key] = commit }
      if old[key] == nil, let removal = removed.removeValue(forKey: key) { usedAgain[key] = (removal, commit) }
      // A tombstone that comes back with another content under the same id is the id used again, too.
      if let was = old[key], was.isRetired, let now = new[key], !now.isRetired, was.title != now.title {
        usedAgain[key] = (commit, commit)
      }
    }
  }

  func findings(in snapshot: Snapshot) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for (key, commit) in removed.sorted(by: { $0.key < $1.key }) where snapshot[key] == nil {
      let subject = commit.message.parts(at: "\n", omittingEmpty: true).first ?? ""
      diagnostics.append(
        Diagnostic(
          "removed-without-tombstone", .warning,
          "`\(key)` was removed by \(commit.id.short) (\(subject)) and left no tombstone",
          help:
            "bring the file back as a tombstone: `git show \(commit.id.short)^ --stat`, then `ethos retire \(key) --because …`"
        ))
    }
    for (key, commits) in usedAgain.sorted(by: { $0.key < $1.key }) {
      diagnostics.append(
        Diagnostic(
          "id-used-again", .warning,
          "the id of `\(key)` was given up by \(commits.removal.id.short) and used again by \(commits.return.id.short)",
          at: snapshot[key].flatMap { $0.location($0.fields["id"]?.span) },
          help: "ids are for ever: give the new entry an id of its own"))
    }
    return diagnostics
  }
}
