package import EthosDiff
import EthosGit
package import EthosGovernance
package import EthosModel
package import EthosRecord
import EthosStore
package import EthosText

/// What is asked of a release.
package struct ReleaseRequest: Sendable {
  package var cycle: String?
  package var effective: Day?
  package var title: String?
  package var isRetroactive = false
  /// Why it takes effect in the past.
  package var because: String?
  /// Whether it may bring forward what other releases were to bring later.
  package var bringsForward = false
  /// What an approval says beside its terms.
  package var words: String?

  package init(cycle: String? = nil, effective: Day? = nil, title: String? = nil) {
    self.cycle = cycle
    self.effective = effective
    self.title = title
  }
}

/// A release as it would be made now, and who agrees to it.
package struct PreparedRelease: Sendable {
  package var manifest: ReleaseManifest
  /// The reference of the release before, whenever that takes effect; nil for the first.
  package var previous: String?
  /// The reference of the release that is in force until it takes effect; nil where none is.
  package var since: String?
  /// What it changes of that.
  package var changes: ChangeSet
  /// What it brings forward of releases that were to take effect later.
  package var forward: [BroughtForward]
  package var snapshot: Snapshot
  package var main: Commit
  /// Whether the one at work and the others who agree fill the seats that the authority asks for.
  package var standing: ReleaseStanding
  /// When each approval that the manifest names was given, by the id of the person.
  package var approved: [String: Instant] = [:]
  /// Approvals that do not count, a sentence for each.
  package var void: [String]
  /// The errors of the state that were there before: they stop no decision.
  package var errors: [Diagnostic] = []

  /// As people say it: `renewal-2026/2`.
  package var name: String { manifest.name.description }

  /// What is missing, a sentence for each lack, with what to type.
  package var missing: [String] {
    standing.missingInWords(command: command(isApproval: true))
  }

  /// What makes the release, or agrees to it.
  package func command(isApproval: Bool) -> String {
    var words = ["ethos release"]
    if isApproval { words.append("--approve") }
    words += ["--cycle", shellWord(manifest.cycle), "--effective", "\(manifest.effective)"]
    if let because = manifest.retroactive { words += ["--retroactive", "--because", shellWord(because)] }
    if bringsForward { words.append("--bring-forward") }
    return words.joined(separator: " ")
  }

  /// Whether something takes effect earlier by it than was released.
  package var bringsForward: Bool { forward.contains { !$0.changes.isEmpty } }

  /// Refuses what nobody asked for: a release holds the whole of the state in force, and so what was held back.
  func requireForwardMeant(_ request: ReleaseRequest, isApproval: Bool) throws {
    guard bringsForward, !request.bringsForward else { return }
    let title = request.title.map { ["--title", shellWord($0)] } ?? []
    let day = forward.map(\.release.manifest.effective).max() ?? manifest.effective
    let meant = ([command(isApproval: isApproval)] + title).joined(separator: " ")
    let later = (["ethos release"] + (isApproval ? ["--approve"] : []) + ["--effective", "\(day)"] + title)
      .joined(separator: " ")
    throw Failure(
      .no,
      "the release would take effect on \(manifest.effective), and also "
        + forward.flatMap(ReleaseDraft.forwardLines).joined(separator: "; "),
      help: [
        "if that is meant: `\(meant)`", "else let it take effect with the other: `\(later)`",
      ])
  }
}

/// What a release made, or would make.
package struct ReleaseResult: Sendable {
  package var release: PreparedRelease
  package var tag: ObjectID?
}

extension Workspace {
  /// Tags the branch in force as a release of a leadership cycle, with a manifest of every change of meaning since the
  /// release before it.
  package func release(_ request: ReleaseRequest, isDryRun: Bool) throws -> ReleaseResult {
    let who = try committer()
    let read = try repository.references(under: "refs/")
    let release = try preparedRelease(request, by: who)
    try release.requireForwardMeant(request, isApproval: false)
    guard release.standing.canRelease else {
      throw Failure(
        .no, "\(who.name) <\(who.email)> cannot make this release", help: release.missing + release.void)
    }
    if let first = release.errors.first {
      let count = release.errors.count
      notice(
        "the release holds \(count) error\(count == 1 ? "" : "s") that \(count == 1 ? "was" : "were") there before, "
          + "as \(first.message): see `ethos check`")
    }
    var result = ReleaseResult(release: release, tag: nil)
    guard !isDryRun else { return result }
    let tag = try recordTag(
      name: "release/\(release.name)", target: release.main.id, tagger: who, message: release.manifest.message)
    var transaction = Transaction(by: who)
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.release(release.manifest.cycle, release.manifest.number), before: nil, after: tag,
        reflogMessage: "ethos release \(release.name)")
    ]
    transaction.basis =
      [read.basis(of: RecordReference.branch(try mainBranch()))]
      + ["refs/tags/release/", RecordReference.releaseApprovals(release.manifest.name)].map { read.basis(under: $0) }
    try perform(transaction)
    result.tag = tag
    return result
  }

  /// The release that a request asks for, with the approvals that are there.
  func preparedRelease(_ request: ReleaseRequest, by who: Signature) throws -> PreparedRelease {
    try requireNewest("nothing is released of a state that is known to be old")
    let main = try mainCommit()
    let snapshot = try store.snapshot(ofTree: main.tree)
    let last = try lastRelease().map { try store.snapshot(at: $0.commit) }
    let errors = try requireReleasable(snapshot, after: last, main.id.short)
    if let breach = try judgedLine(to: main.id).breaches.first {
      notice("what is in force is in breach, and the release would hold it: \(breach.message): see `ethos verify`")
    }
    let today = try today()
    let effective = request.effective ?? today
    let cycle = try cycle(request.cycle, snapshot, effective)
    if let problem = Releases.problem(
      effective: effective, tagged: today, isRetroactive: request.isRetroactive, because: request.because)
    {
      throw Failure(.no, problem.message, help: [problem.help].compactMap { $0 })
    }
    let all = try store.releases().releases
    // The next one goes on from the last, and has its number after all others.
    try requireReleases("the release would leave others out")
    let previous = try lastRelease()
    if let previous, previous.commit == main.id {
      throw Failure.no("what is in force is released already, as \(previous.reference)")
    }
    guard let told = try releaseChanges(to: snapshot, following: previous?.tag.id, on: effective) else {
      throw Failure.cannot(
        "a release before it cannot be read, so that nobody knows what it changes", help: "see why: `ethos verify`")
    }
    let changes = told.changes
    let level = Releases.level(
      of: ChangeSet(changes: changes.changes + (told.sincePrevious?.changes.changes ?? [])),
      isRetroactive: effective < today && request.because != nil)
    let number = Releases.nextNumber(in: cycle.key.id, after: all.map(\.manifest.name))
    guard let name = ReleaseName(cycle: cycle.key.id, number: number) else {
      throw Failure.cannot("`\(cycle.key.id)/\(number)` cannot be the name of a release")
    }
    var draft = ReleaseDraft(
      name: name, cycle: cycle, effective: effective, main: main, previous: previous?.tag.id,
      since: told.ground.base?.reference, before: told.before, after: snapshot, changes: changes, level: level)
    draft.forward = told.forward
    draft.title = request.title
    draft.retroactive = effective < today ? request.because : nil
    var manifest = draft.manifest
    var void: [String] = []
    var approved: [String: Instant] = [:]
    let people = People(snapshot: snapshot)
    let signatures = StepSignatures(self)
    for approval in try releaseApprovals(of: name).map({ try signatures.judged($0, by: snapshot) }) {
      guard let person = people.person(email: approval.author.email),
        person.id != people.person(email: who.email)?.id
      else { continue }
      if let mismatch = approval.mismatch(manifest.terms, of: main.id) {
        void.append("the approval of `\(person.id)` on \(approval.given.writersDay) (\(approval.id.short)) \(mismatch)")
      } else if !manifest.approvals.contains(where: { $0.person == person.id }) {
        manifest.approvals.append(ReleaseManifest.Approval(person: person.id, commit: approval.id))
        approved[person.id] = approval.given
      }
    }
    manifest.approvals.sort { $0.person < $1.person }
    let standing = ReleaseStanding(
      of: snapshot, level: level, releaser: who.email, approvers: Set(manifest.approvals.map(\.person)),
      on: try day(of: who.when))
    return PreparedRelease(
      manifest: manifest, previous: previous?.reference, since: told.ground.base?.reference, changes: changes,
      forward: told.forward,
      snapshot: snapshot, main: main, standing: standing, approved: approved, void: void, errors: errors)
  }

  /// The cycle that leads on the effective day; a name only says which one the user takes that to be.
  private func cycle(_ name: String?, _ snapshot: Snapshot, _ day: Day) throws -> Document {
    let current = Offices(snapshot: snapshot).cycle(on: day)
    if let name {
      let key = EntryKey(.cycle, name.dropping("cycle/") ?? name)
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
}
