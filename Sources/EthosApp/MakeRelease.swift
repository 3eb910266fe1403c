package import EthosDiff
import EthosGit
import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// What is asked of a release.
package struct ReleaseRequest: Sendable {
  package var cycle: String?
  package var effective: Day?
  package var title: String?
  package var isRetroactive = false
  package var because: String?

  package init(cycle: String? = nil, effective: Day? = nil, title: String? = nil) {
    self.cycle = cycle
    self.effective = effective
    self.title = title
  }
}

/// What a release made, or would make.
package struct ReleaseResult: Sendable {
  package var name: String
  package var manifest: ReleaseManifest
  package var previous: ReleaseTag?
  package var changes: ChangeSet
  package var snapshot: Snapshot
  package var tag: ObjectID?
}

extension Workspace {
  /// Tags the branch in force as a release of a leadership cycle, with a manifest of every change of meaning since the
  /// release before it.
  package func release(_ request: ReleaseRequest, isDryRun: Bool) throws -> ReleaseResult {
    let main = try mainCommit()
    let snapshot = try store.snapshot(ofTree: main.tree)
    try requireReadable(snapshot, main.id.short)
    let today = try today()
    let who = try committer()
    let effective = request.effective ?? today
    let cycle = try cycle(request.cycle, snapshot, effective)
    if let problem = Releases.problem(
      effective: effective, tagged: today, isRetroactive: request.isRetroactive, because: request.because)
    {
      throw Failure(.no, problem.message, help: [problem.help].compactMap { $0 })
    }
    let all = try store.releases().releases
    let previous = try store.lastRelease(line: main.id)
    if let previous, previous.commit == main.id {
      throw Failure.no("what is in force is released already, as \(previous.reference)")
    }
    let before = try previous.map { try store.snapshot(at: $0.commit) } ?? .empty
    let changes = try Behaviour.changes(from: before, to: snapshot, severity: Severity(charter: before.charter))
    try requireReleaseAuthority(who, snapshot, Releases.level(of: changes, isRetroactive: effective < today))
    let number = Releases.nextNumber(in: cycle.key.id, after: all.map(\.manifest.name))
    let name = "\(cycle.key.id)/\(number)"
    guard let releaseName = ReleaseName(cycle: cycle.key.id, number: number) else {
      throw Failure.cannot("`\(name)` cannot be the name of a release")
    }
    var draft = ReleaseDraft(
      name: releaseName, cycle: cycle, effective: effective, main: main, previous: previous, before: before,
      after: snapshot, changes: changes)
    draft.title = request.title
    draft.retroactive = effective < today ? request.because : nil
    let manifest = draft.manifest
    var result = ReleaseResult(
      name: name, manifest: manifest, previous: previous, changes: changes, snapshot: snapshot, tag: nil)
    guard !isDryRun else { return result }
    let tag = try recordTag(
      name: "release/\(name)", target: main.id, tagger: who, message: manifest.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.release(cycle.key.id, number), before: nil, after: tag,
        reflogMessage: "ethos release \(name)")
    ]
    try perform(transaction)
    result.tag = tag
    return result
  }

  /// The cycle that leads on the effective day; a name only says which one the user takes that to be.
  private func cycle(_ name: String?, _ snapshot: Snapshot, _ day: Day) throws -> Document {
    let current = Offices(snapshot: snapshot).cycle(on: day)
    if let name {
      let key = EntryKey(.cycle, name.hasPrefix("cycle/") ? String(name.dropFirst(6)) : name)
      let document = try document(key, in: snapshot)
      guard current?.id == key.id else {
        throw Failure.no(
          "`\(key)` does not lead on \(day), from which the release would be effective",
          help: current.map {
            "leave `--cycle` out: it is `\($0.id)` that does; or name another day with `--effective DAY`"
          }
            ?? "name a day on which it does: `--effective DAY`")
      }
      return document
    }
    guard let current, let document = snapshot[EntryKey(.cycle, current.id)] else {
      throw Failure.cannot(
        "no leadership cycle is in force on \(day)",
        help: "add one in cycles/ by a proposal, or name another day: `--effective DAY`")
    }
    return document
  }

  /// Releasing needs what the charter asks for `release`; the one who releases fills a seat.
  private func requireReleaseAuthority(_ who: Signature, _ snapshot: Snapshot, _ level: Level) throws {
    let standing = ReleaseStanding(of: snapshot, level: level, releaser: who.email, on: try day(of: who.when))
    guard standing.canRelease else {
      throw Failure(.no, "\(who.name) <\(who.email)> cannot make this release", help: standing.missingInWords)
    }
  }
}
