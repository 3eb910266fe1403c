package import EthosDiff
import EthosGit
import EthosGovernance
import EthosHistory
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// What changed hands from one leadership cycle to another.
package struct HandoverResult: Sendable {
  package struct Objection: Sendable {
    package var proposal: String
    package var person: String
    package var words: String
    package var answer: String?
    package var commit: ObjectID
    package var when: Instant?
    /// The values and decisions that it was about.
    package var entries: [EntryKey] = []
    /// Whether the proposal was withdrawn: then it is still in the record, and about nothing that is in force.
    package var isWithdrawn = false
    /// Whether what it was said of is still what was objected to.
    package var stands: Bool
  }

  /// What the later side is.
  package enum End: String, Sendable {
    /// The newest release of the later cycle that is in force, or was when that cycle ended.
    case inForce = "in-force"
    /// The first release of the later cycle, as none of it has taken effect.
    case announced
    /// What is ratified, as the later cycle has released nothing.
    case unreleased
  }

  package var before: ComparisonSide
  package var after: ComparisonSide
  package var end: End
  /// Releases of the later cycle that came after the later side, and are left out.
  package var leftOut: [ReleaseTag] = []
  /// What is ratified, in no release yet, and left out.
  package var unreleased = ChangeSet(changes: [])
  package var cycleBefore: Document
  package var cycleAfter: Document
  package var changes: ChangeSet
  /// Commitments whose meaning somebody changed after the later side.
  package var changedLater: Set<EntryKey> = []
  /// Commitments whose meaning nobody changed or reaffirmed between the two, nor later.
  package var untouched: [EntryKey]
  /// Commitments that somebody changed between the two, back again too.
  package var touched: Set<EntryKey>
  /// Commitments that somebody looked at again and let stand, with who did it last, also after the later release.
  package var reaffirmed: [EntryKey: Signature]
  package var objections: [Objection]
  /// Systems that decide, or soon will, and are built for a release other than the later one.
  package var systems: [(key: EntryKey, builtFor: String)]

  /// What became of an entry from one side to the other.
  package enum Fate: String, Sendable {
    case added, removed, retired, restored, changed, reaffirmed
    /// It was changed and changed back.
    case reverted
    /// It was changed after the later side alone.
    case later
    /// Nobody changed it, and nobody looked at it again.
    case untouched
  }

  /// What became of an entry; nil where it was not there, or a tombstone on both sides.
  package func fate(of key: EntryKey) -> Fate? {
    let (old, new) = (before.snapshot[key], after.snapshot[key])
    switch (old, new) {
    case (nil, nil): return nil
    case (nil, let new?): return new.isRetired ? nil : .added
    case (_?, nil): return .removed
    case (let old?, let new?):
      if old.isRetired != new.isRetired { return new.isRetired ? .retired : .restored }
      if new.isRetired { return nil }
      if changes.changes.contains(where: { $0.entry == key }) { return .changed }
      if reaffirmed[key] != nil { return .reaffirmed }
      if untouched.contains(key) { return .untouched }
      return touched.contains(key) ? .reverted : .later
    }
  }

  /// The entries of a kind on either side, sorted.
  package func entries(_ kind: Kind) -> [EntryKey] {
    Set(before.snapshot.all(kind).map(\.key) + after.snapshot.all(kind).map(\.key)).sorted()
  }
}

extension Workspace {
  /// Compares the last release of one cycle with the newest of another that is in force.
  ///
  /// Where that has none in force, with its first, or with what is ratified. All that is told is of these two states; what
  /// came after them is named, and what is still as it was then may have been reaffirmed since.
  package func handover(from beforeID: String, to afterID: String) throws -> HandoverResult {
    let main = try mainCommit()
    let now = try store.snapshot(ofTree: main.tree)
    let cycles = try [beforeID, afterID].map { id in
      try document(EntryKey(.cycle, id.dropping("cycle/") ?? id), in: now)
    }
    let releases = try judgedReleases().followed
    let (earliest, own) = (
      releases.filter { $0.manifest.cycle == cycles[0].key.id },
      releases.filter { $0.manifest.cycle == cycles[1].key.id }
    )
    guard let earlier = try newest(of: earliest) ?? earliest.last else {
      throw try noRelease(
        Failure.no(
          "the cycle `\(cycles[0].key.id)` released nothing", help: "see the releases with `ethos releases`"),
        elsewhere: "what the cycle `\(cycles[0].key.id)` released cannot be known")
    }
    let inForce = try newest(of: own)
    let later = inForce ?? own.first
    let end = try later.map { try repository.commit($0.commit) } ?? main
    let start = try repository.commit(earlier.commit)
    let (left, right) = (try store.snapshot(ofTree: start.tree), try store.snapshot(ofTree: end.tree))
    let changes = try Behaviour.changes(from: left, to: right, severity: Severity(charter: left.charter))
    let name = later?.reference ?? "what is ratified (no release yet)"
    let line = try repository.walk(from: [end.id], hiding: [start.id], order: .firstParent).reversed().map {
      try repository.commit($0)
    }
    var touched = Set(changes.entries)
    var reaffirmed: [EntryKey: Signature] = [:]
    let judged = try judgedLine(to: main.id)
    func read(_ commit: Commit) {
      for entry in judged.reaffirmations(of: commit) where Fingerprint.of(entry.key, in: right) == entry.fingerprint {
        reaffirmed[entry.key] = commit.author
      }
    }
    var objections: [HandoverResult.Objection] = []
    let judge = ledgerJudge(try mainCommit().id)
    for commit in line {
      read(commit)
      touched.formUnion(try ProposalReader(store).changedEntries(fromFirstParent: commit))
      let evidence = try RatificationEvidence(commit, reader: ProposalReader(store), store: store)
      let then = evidence.reviews.isEmpty ? right : try store.snapshot(ofTree: commit.tree)
      var places: [ObjectID: Int] = [:]
      for key in try ProposalReader(store).changedEntries(fromFirstParent: commit).sorted() {
        let said = try evidence.attestations(
          of: key, states: { try store.snapshot(at: $0) }, judge: judge, reader: ProposalReader(store))
        for objection in said.objected {
          let stands = Fingerprint.of(key, in: then) == Fingerprint.of(key, in: right)
          if let known = places[objection.commit] {
            objections[known].entries.append(key)
            objections[known].stands = objections[known].stands || stands
            continue
          }
          places[objection.commit] = objections.count
          objections.append(
            HandoverResult.Objection(
              proposal: evidence.proposal ?? "", person: objection.name, words: objection.words ?? "",
              answer: objection.answer, commit: objection.commit, when: objection.when, entries: [key], stands: stands))
        }
      }
    }
    // Those who took over look at what they were left after their first release too; not so those who came after them.
    let (offices, days) = (Offices(snapshot: now), days(of: now))
    var changedLater: Set<EntryKey> = []
    for id in try repository.walk(from: [main.id], hiding: [end.id], order: .firstParent).reversed() {
      let commit = try repository.commit(id)
      let cycle = offices.cycle(on: days(commit.committer.when))?.id
      guard cycle.map({ cycles.map(\.key.id).contains($0) }) ?? true else { continue }
      read(commit)
      changedLater.formUnion(try ProposalReader(store).changedEntries(fromFirstParent: commit))
    }
    let leftOut = try releasesAfter(later, among: own)
    var unreleased = ChangeSet(changes: [])
    // Where another cycle released after this one, what is not released is no longer its own.
    if let last = leftOut.last ?? later, try lastRelease()?.tag.id == last.tag.id {
      let state = try store.snapshot(at: last.commit)
      unreleased = try Behaviour.changes(from: state, to: now, severity: Severity(charter: state.charter))
    }
    objections += try withdrawnObjections(from: start.committer.when, to: later == nil ? nil : end.committer.when)
    return HandoverResult(
      before: ComparisonSide(name: earlier.reference, commit: start, snapshot: left),
      after: ComparisonSide(name: name, commit: end, snapshot: right),
      end: inForce != nil ? .inForce : later != nil ? .announced : .unreleased, leftOut: leftOut,
      unreleased: unreleased,
      cycleBefore: cycles[0], cycleAfter: cycles[1], changes: changes, changedLater: changedLater,
      untouched: right.keys.filter { key in
        key.kind.isCommitment && !touched.contains(key) && !changedLater.contains(key) && reaffirmed[key] == nil
          && right[key]?.isRetired == false
      },
      touched: touched,
      reaffirmed: reaffirmed, objections: objections,
      systems: right.all(.system).compactMap { system in
        guard let builtFor = system.meaning["builtFor"]?.text, builtFor != later?.reference,
          !["retired", "planned"].contains(system.meaning["status"]?.text ?? "")
        else { return nil }
        return (system.key, builtFor)
      })
  }

  /// The newest of some releases that has taken effect, as they stand on the line in force.
  private func newest(of releases: [ReleaseTag]) throws -> ReleaseTag? {
    let placed = Releases.inForce(
      on: try today(), line: try repository.walk(from: [mainCommit().id], hiding: [], order: .firstParent),
      releases: releases.map {
        Releases.Placed(name: $0.manifest.name, commit: $0.commit, effective: $0.manifest.effective)
      })
    return placed.flatMap { placed in releases.first { $0.manifest.name == placed.name } }
  }

  /// Those of some releases that were made of what came after one of them.
  private func releasesAfter(_ release: ReleaseTag?, among all: [ReleaseTag]) throws -> [ReleaseTag] {
    guard let release else { return [] }
    return try all.filter { try $0.tag.id != release.tag.id && repository.isAncestor(release.commit, of: $0.commit) }
  }

  /// Who objected to what was withdrawn between two moments.
  private func withdrawnObjections(from: Instant, to: Instant?) throws -> [HandoverResult.Objection] {
    let closed = try closings().map(\.closing).filter {
      $0.when.seconds > from.seconds && $0.when.seconds <= to?.seconds ?? .max
    }.sorted { ($0.when.seconds, $0.name) < ($1.when.seconds, $1.name) }
    return try closed.flatMap { closing -> [HandoverResult.Objection] in
      guard let state = try withdrawnProposal(closing.name) else { return [] }
      return state.standing.objections.map { objection in
        HandoverResult.Objection(
          proposal: closing.name, person: objection.name, words: objection.words, answer: nil,
          commit: objection.review, when: objection.when, entries: objection.entries, isWithdrawn: true, stands: false)
      }
    }
  }
}
