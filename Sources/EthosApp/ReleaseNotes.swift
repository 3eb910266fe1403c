package import EthosDiff
import EthosGit
package import EthosGovernance
import EthosHistory
import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// What a release brought, with everything that the record says of it.
package struct ReleaseNotes: Sendable {
  package struct NotedAct: Sendable {
    package var act: Act
    /// Who did it and why, who agreed and who did not; nil where the history does not tell.
    package var entry: LedgerEntry?
  }

  package struct Approval: Sendable {
    package var person: String
    package var name: String
    package var commit: ObjectID
    /// When it was given; nil where its record is not here.
    package var when: Instant?
    package var words: String
  }

  package var release: ReleaseTag
  /// The reference of the release before, whenever that took effect.
  package var previous: String?
  /// The reference of the release that was in force until it took effect.
  package var since: String?
  package var forward: [BroughtForward]
  package var cycle: String
  package var before: ComparisonSide
  package var after: ComparisonSide
  package var changes: ChangeSet
  package var acts: [NotedAct]
  package var approvals: [Approval]
  package var findings: [Finding]
}

extension Workspace {
  /// The notes of a release: `renewal-2026/2` or `release/renewal-2026/2`.
  ///
  /// Costs a walk to the origin of each change.
  package func releaseNotes(_ name: String) throws -> ReleaseNotes {
    let known = try store.releases().releases
    let plain = name.dropping("release/") ?? name
    guard let release = known.first(where: { $0.name == plain }) else {
      let near = nearestName(to: plain, among: known.map(\.name))
      let fact = Failure.no(
        "there is no release `\(plain)`",
        help: near.map { "did you mean `\($0)`?" } ?? "see the releases with `ethos releases`")
      throw try near == nil ? noRelease(fact, elsewhere: "the release `\(plain)` is not here") : fact
    }
    let after = try side(release.reference, release.commit)
    let manifest = release.manifest
    guard let told = try releaseChanges(to: after.snapshot, following: manifest.previous, on: manifest.effective) else {
      throw Failure.cannot(
        "a release before `\(release.reference)` cannot be read, so that nobody knows what it changed",
        help: "see why: `ethos verify`")
    }
    let since = told.ground.base
    let before =
      try since.map { try side($0.reference, $0.commit) }
      ?? ComparisonSide(name: "nothing", commit: nil, snapshot: .empty)
    let previous = manifest.previous.flatMap { id in known.first { $0.tag.id == id }?.reference }
    let changes = told.changes
    let acts = try withLedger(release.commit.hex) { _, ledger in
      try changes.acts().map { act in
        let place = changes.origin(of: act.change)
        return ReleaseNotes.NotedAct(act: act, entry: try ledger.why(place.entry, place.field))
      }
    }
    let people = People(snapshot: after.snapshot)
    let all = try releaseFindings(line: mainCommit().id, lookingInto: [release.name])
    return ReleaseNotes(
      release: release, previous: previous, since: since?.reference, forward: told.forward,
      cycle: after.snapshot[EntryKey(.cycle, release.manifest.cycle)]?.title ?? release.manifest.cycle,
      before: before, after: after, changes: changes,
      acts: acts,
      approvals: try release.manifest.approvals.map { approval in
        let given = try releaseApproval(approval.commit)
        return ReleaseNotes.Approval(
          person: approval.person, name: people[id: approval.person]?.name ?? approval.person, commit: approval.commit,
          when: given.map { $0.committed ?? $0.author.when }, words: given?.record.words ?? "")
      },
      findings: all.filter { $0.tag == release.reference })
  }

  private func side(_ name: String, _ id: ObjectID) throws -> ComparisonSide {
    let commit = try repository.commit(id)
    return ComparisonSide(name: name, commit: commit, snapshot: try store.snapshot(ofTree: commit.tree))
  }
}

extension ChangeSet {
  /// The field that somebody changed to bring a change about: what a decision decides otherwise is written in no file.
  fileprivate func origin(of change: Change) -> (entry: EntryKey, field: FieldPath) {
    guard change.kind.area == .behaviour, change.field == FieldPath("behaviour") else {
      return (change.entry, change.field)
    }
    if let cause = changes.first(where: { change.causes.contains($0.entry) && $0.causes.isEmpty }) {
      return (cause.entry, cause.field)
    }
    return (change.entry, FieldPath("rules"))
  }
}
