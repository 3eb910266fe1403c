import EthosDecision
package import EthosDiff
import EthosGit
package import EthosModel
package import EthosPractice
import EthosRecord
import EthosStore
package import EthosText

/// How far each automated system is from what is in force.
package struct SystemStandings: Sendable {
  /// What became of a decision from one release to what is in force.
  package struct DecisionMove: Sendable {
    package enum Fate: Sendable {
      /// Neither its rules nor what it leans on changed.
      case same
      case moved(BehaviourDifference)
      /// It was not there, or decided nothing, on one side.
      case missing(before: Bool, after: Bool)
      /// Its rules cannot be compared, and why.
      case unknown(String)
    }

    /// What became of recorded cases.
    package enum Recorded: Sendable {
      case replayed(ReplayResult)
      /// These cases cannot be put to the decision, and why.
      case unreadable(String)
    }

    package var decision: EntryKey
    package var fate: Fate
    /// What the recorded cases say; nil where none were given.
    package var recorded: Recorded?

    /// Whether every case is decided as before; nil where that is not known.
    package var isEquivalent: Bool? {
      switch fate {
      case .same: true
      case .moved(let difference):
        switch difference.verdict {
        case .equivalent: true
        case .different: false
        case .undecided: nil
        }
      case .missing: false
      case .unknown: nil
      }
    }
  }

  /// A release under which a system's lessons were decided.
  package struct Lesson: Sendable {
    package var release: String
    package var cycle: String
    package var from: Day
    package var until: Day
    package var decisions: [DecisionMove]
  }

  /// Where one system stands.
  package struct Standing: Sendable {
    package var system: Document
    package var status: String
    package var builtFor: String?
    /// Whether there is such a release.
    package var isKnown = true
    /// How many releases, and how many leadership cycles with a release, came into force since; nil where the release that
    /// it was built for is not among those that were in force.
    package var releasesBehind: Int?
    package var cyclesBehind: Int?
    package var decisions: [DecisionMove] = []
    /// The changes since of what it decides by: its decisions, what they use, the exceptions from them, the values that
    /// they serve.
    package var changes: [Change] = []
    /// How many other commitments changed.
    package var otherChanges = 0
    package var lessons: [Lesson] = []
    /// The days of what it learnt from on which no release was in force.
    package var daysWithoutRelease: (from: Day, until: Day)?
    /// Whether it decides now.
    package var isLive: Bool { status == "live" }
    /// The heaviest of the changes; nil where nothing that it decides by changed.
    package var level: Level? { changes.map(\.level).max() }
  }

  package var today: Day
  package var inForce: String?
  /// Why there may be a release all the same; nil where none is in force for sure, or one is.
  package var missing: MissingReleases?
  /// The level of changes from which on a live system may not be behind; nil where nobody forbids it.
  package var forbidden: Level?
  package var systems: [Standing]
  /// The file of recorded cases, where one was given.
  package var file: String?

  /// Whether a system decides though it is out of date by more than may be, or nobody can tell.
  package func isForbidden(_ standing: Standing) -> Bool {
    guard let forbidden, standing.isLive else { return false }
    // What cannot be compared may be anything.
    guard standing.isKnown, standing.releasesBehind != nil else { return true }
    if standing.decisions.contains(where: { $0.isEquivalent == nil }) { return true }
    return standing.level.map { $0.required >= forbidden } ?? false
  }
}

extension Workspace {
  /// Where each system stands today, or one of them.
  ///
  /// `forbidden` takes the place of what the charter says. Recorded cases are put to each decision as it was when the
  /// system was built, and as it is.
  package func systems(
    _ only: String? = nil, forbidden: Level? = nil, cases: CaseRequest? = nil
  ) throws -> SystemStandings {
    if let cases, cases.path == "-" {
      throw Failure.usage("the cases are read once for each decision", help: "put them into a file")
    }
    let file = try cases.map { try CaseFile($0.path, in: environment.workingDirectory).name }
    let (main, today) = (try mainCommit(), try today())
    let snapshot = try store.snapshot(ofTree: main.tree)
    if let only { _ = try document(EntryKey(.system, only), in: snapshot) }
    let releases = try judgedReleases().followed.filter { $0.manifest.effective <= today }
    let current = try release(inForceOn: today)
    if current == nil { try requireReleases("how far systems are behind cannot be known") }
    let stated = snapshot.charter?.meaning["forbidOutdated"]?.text.flatMap(Level.init(rawValue:))
    if forbidden ?? stated != nil { try requireNewest("no system is let out by a state that is known to be old") }
    let reader = SystemReader(self, releases: releases, current: current, today: today, cases: cases)
    return SystemStandings(
      today: today, inForce: current?.reference, missing: current == nil ? try missingReleases() : nil,
      forbidden: forbidden ?? stated,
      systems: try snapshot.all(.system).filter { only == nil || $0.key.id == only }.map(reader.standing), file: file)
  }
}

/// Reads where systems stand; what two releases decide otherwise is found out once.
private final class SystemReader {
  private let workspace: Workspace
  private let releases: [ReleaseTag]
  private let current: ReleaseTag?
  private let today: Day
  private let cases: CaseRequest?
  private var comparisons: [ObjectID: Comparison] = [:]
  private var replays: [Replayed: SystemStandings.DecisionMove.Recorded] = [:]

  private struct Replayed: Hashable {
    var from: ObjectID
    var decision: EntryKey
  }

  private struct Comparison {
    var before: Snapshot
    var after: Snapshot
    var changes: ChangeSet
  }

  init(_ workspace: Workspace, releases: [ReleaseTag], current: ReleaseTag?, today: Day, cases: CaseRequest?) {
    self.workspace = workspace
    self.releases = releases
    self.current = current
    self.today = today
    self.cases = cases
  }

  func standing(_ system: Document) throws -> SystemStandings.Standing {
    let builtFor = system.meaning["builtFor"]?.text
    var standing = SystemStandings.Standing(
      system: system, status: system.meaning["status"]?.text ?? "live", builtFor: builtFor)
    let decisions = (system.meaning["implements"]?.list ?? []).compactMap {
      $0.text.flatMap { try? Reference(parsing: $0) }?.key
    }
    guard let current else { return standing }
    if let builtFor {
      guard let release = releases.first(where: { $0.reference == builtFor }) else {
        standing.isKnown = false
        return standing
      }
      let line = try inForceInTurn()
      if let place = line.firstIndex(where: { $0.name == release.name }) {
        let since = line[(place + 1)...].map(\.manifest.cycle)
        standing.releasesBehind = since.count
        var cycles = [release.manifest.cycle]
        for cycle in since where cycle != cycles.last { cycles.append(cycle) }
        standing.cyclesBehind = cycles.count - 1
      }
      let comparison = try comparison(release, current)
      standing.decisions = try decisions.map { key in
        var move = move(of: key, comparison)
        if let cases { move.recorded = try recorded(cases, key, comparison, from: release, to: current) }
        return move
      }
      let concern = concern(of: decisions, comparison)
      standing.changes = comparison.changes.changes.filter { concern.contains($0.entry) }
      standing.otherChanges = comparison.changes.entries.filter { $0.kind.isCommitment && !concern.contains($0) }.count
    }
    try addLessons(to: &standing, decisions, current)
    return standing
  }

  /// The releases that were in force one after the other, up to today.
  private func inForceInTurn() throws -> [ReleaseTag] {
    var turn: [ReleaseTag] = []
    for day in Set(releases.map(\.manifest.effective)).sorted() {
      guard let release = try workspace.release(inForceOn: day),
        release.name != turn.last?.name
      else { continue }
      turn.append(release)
    }
    return turn
  }

  private func comparison(_ before: ReleaseTag, _ after: ReleaseTag) throws -> Comparison {
    if let known = comparisons[before.commit] { return known }
    let store = workspace.store
    let (old, new) = try (
      store.snapshot(ofTree: store.repository.commit(before.commit).tree),
      store.snapshot(ofTree: store.repository.commit(after.commit).tree)
    )
    let made = Comparison(
      before: old, after: new,
      changes: try Behaviour.changes(from: old, to: new, severity: Severity(charter: old.charter)))
    comparisons[before.commit] = made
    return made
  }

  private func move(of key: EntryKey, _ comparison: Comparison) -> SystemStandings.DecisionMove {
    let sides = [comparison.before[key], comparison.after[key]].map { $0.map { !$0.isRetired } ?? false }
    guard sides == [true, true] else {
      return .init(decision: key, fate: .missing(before: !sides[0], after: !sides[1]))
    }
    if let change = comparison.changes.changes.first(where: { $0.entry == key && $0.kind.area == .behaviour }),
      let difference = change.behaviour
    {
      return .init(decision: key, fate: .moved(difference))
    }
    if comparison.changes.unmoved.contains(key) {
      return .init(decision: key, fate: .moved(BehaviourDifference(verdict: .equivalent)))
    }
    let isTouched = comparison.changes.touches.contains { $0.touched == key }
    let isEdited = comparison.changes.changes.contains { $0.entry == key && $0.kind.travels }
    return .init(
      decision: key,
      fate: isTouched || isEdited ? .unknown("its rules cannot be read on both sides") : .same)
  }

  /// What the recorded cases become.
  ///
  /// Cases that have not what a decision asks for are no error of the others.
  private func recorded(
    _ cases: CaseRequest, _ key: EntryKey, _ comparison: Comparison, from: ReleaseTag, to: ReleaseTag
  ) throws -> SystemStandings.DecisionMove.Recorded {
    let place = Replayed(from: from.commit, decision: key)
    if let known = replays[place] { return known }
    let found: SystemStandings.DecisionMove.Recorded
    do {
      let before = try workspace.side(key, comparison.before, name: from.reference, commit: from.commit.hex)
      let after = try workspace.side(key, comparison.after, name: to.reference, commit: to.commit.hex)
      found = .replayed(try workspace.replay(cases, before: before, after: after).result)
    } catch let failure as Failure where !cases.isStrict && [.cannot, .no].contains(failure.kind) {
      found = .unreadable(failure.message)
    }
    replays[place] = found
    return found
  }

  /// What a system decides by, on either side.
  private func concern(of decisions: [EntryKey], _ comparison: Comparison) -> Set<EntryKey> {
    var concern = Set(decisions)
    var front = decisions
    while let key = front.popLast() {
      for document in [comparison.before[key], comparison.after[key]].compactMap({ $0 }) {
        let values = (document.meaning["serves"]?.texts ?? []).map { EntryKey(.value, $0) }
        for used in document.uses.compactMap(\.key) + (key.kind == .decision ? values : [])
        where concern.insert(used).inserted {
          front.append(used)
        }
      }
    }
    for snapshot in [comparison.before, comparison.after] {
      for exception in snapshot.all(.exception) {
        guard let of = exception.meaning["of"]?.text.flatMap({ try? Reference(parsing: $0) })?.key, concern.contains(of)
        else { continue }
        concern.insert(exception.key)
      }
    }
    return concern
  }

  /// The releases under which what a system learnt from was decided, and what they decide otherwise.
  private func addLessons(
    to standing: inout SystemStandings.Standing, _ decisions: [EntryKey], _ current: ReleaseTag
  ) throws {
    guard let period = standing.system.meaning["learntFrom"]?.record, let from = period["from"]?.day else { return }
    let until = min(period["until"]?.day ?? today, today)
    guard from <= until else { return }
    let turn = try inForceInTurn()
    // Who was in force when an effective day came may have changed since, by a release that is effective later.
    let first = turn.first.map(\.manifest.effective)
    if first.map({ from < $0 }) ?? true {
      standing.daysWithoutRelease = (from, min(until, first.map { $0.adding(days: -1) } ?? until))
    }
    for (index, release) in turn.enumerated() {
      let start = max(from, release.manifest.effective)
      let end = index + 1 < turn.count ? min(until, turn[index + 1].manifest.effective.adding(days: -1)) : until
      guard start <= end else { continue }
      let comparison = try comparison(release, current)
      standing.lessons.append(
        SystemStandings.Lesson(
          release: release.reference, cycle: release.manifest.cycle, from: start, until: end,
          decisions: decisions.map { move(of: $0, comparison) }))
    }
  }
}
