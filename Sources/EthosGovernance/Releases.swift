package import EthosDiff
package import EthosModel
package import EthosRecord
package import EthosText

/// Which release is in force, and what a new one may be.
package enum Releases {
  /// A release as its tag places it.
  package struct Placed: Hashable, Sendable {
    package var name: ReleaseName
    package var commit: ObjectID
    package var effective: Day

    package init(name: ReleaseName, commit: ObjectID, effective: Day) {
      self.name = name
      self.commit = commit
      self.effective = effective
    }
  }

  /// The release in force on a day: the last on the first-parent line of what is in force whose effective day is not
  /// after it.
  ///
  /// Of two of one commit, the one that is effective later.
  ///
  /// `line` gives the commits of that line, the newest first; it is asked no further than needed.
  package static func inForce(
    on day: Day, line: some Sequence<ObjectID>, releases: [Placed]
  ) -> Placed? {
    let effective = Dictionary(grouping: releases.filter { $0.effective <= day }, by: \.commit)
    guard !effective.isEmpty else { return nil }
    for commit in line {
      if let here = effective[commit] { return here.max { ($0.effective, $0.name) < ($1.effective, $1.name) } }
    }
    return nil
  }

  /// The number of the next release of a cycle: one more than the highest; numbers that were skipped stay so.
  package static func nextNumber(in cycle: String, after names: some Sequence<ReleaseName>) -> Int {
    (names.filter { $0.cycle == cycle }.map(\.number).max() ?? 0) + 1
  }

  /// What is wrong with an effective day: it may not precede the tagging, unless that is meant and explained.
  package static func problem(effective: Day, tagged: Day, isRetroactive: Bool, because: String?) -> Diagnostic? {
    guard effective < tagged else {
      guard isRetroactive else { return nil }
      return Diagnostic(
        "release-not-retroactive", .error, "\(effective) is not before \(tagged): the release is not retroactive",
        help: "leave `--retroactive` out")
    }
    guard isRetroactive else {
      return Diagnostic(
        "release-retroactive", .error, "the release would be effective from \(effective), before \(tagged), today",
        help: "if that is meant, say why: `--retroactive --because \"why\"`; it is a critical release")
    }
    guard let because, !saysNothing(because) else {
      return Diagnostic(
        "reason-missing", .error, "a retroactive release needs a reason", help: "add `--because \"why\"`")
    }
    return nil
  }

  /// The level of a release: that of the heaviest change in it; a retroactive one is critical.
  package static func level(of changes: ChangeSet, isRetroactive: Bool) -> Level {
    level(of: changes.changes.map(\.level), isRetroactive: isRetroactive)
  }
}

/// Whether somebody may make a release.
package struct ReleaseStanding: Sendable {
  /// Whether the identity states no authority.
  package let isOpen: Bool
  package let level: Level
  package let need: EntryStanding.Need
  /// The id of the releaser; nil where the address is nobody's.
  package let releaser: String?
  private let day: Day

  /// Asks the charter's rows for `release`.
  ///
  /// Releasing is itself the approval of who releases; what it releases was agreed to before. `approvers` are the ids
  /// of others who agreed.
  package init(of snapshot: Snapshot, level: Level, releaser email: String, approvers: Set<String> = [], on day: Day) {
    let charter = Charter(snapshot: snapshot)
    let people = People(snapshot: snapshot)
    let rules = SeatRules(offices: Offices(snapshot: snapshot), people: people, day: day)
    isOpen = !charter.hasAuthority
    self.level = level
    self.day = day
    let person = people.person(email: email)?.id
    releaser = person
    let rows = charter.rows(covering: .release, level)
    if isOpen {
      need = .nothing
    } else if rows.isEmpty {
      need = .uncovered(.release)
    } else {
      let agreeing = approvers.union([person].compactMap { $0 })
      need = .quorums(
        rows.map { rules.standing(of: $0, owner: charter.defaultOwner, approvers: agreeing, authors: []) })
    }
  }

  package var canRelease: Bool { need.isMet }

  /// The ids of those who fill its seats.
  package var seated: Set<String> {
    guard case .quorums(let quorums) = need else { return [] }
    return Set(quorums.flatMap(\.seats).compactMap(\.person))
  }

  /// What is missing, a sentence for each lack, with what to type; empty when the release can be made.
  package func missingInWords(command: String = "ethos release --approve") -> [String] {
    switch need {
    case .nothing: return []
    case .uncovered:
      return ["no row of the authority covers a \(level) release: add one for `release` to the charter first"]
    case .quorums(let quorums):
      return quorums.flatMap(\.missing).map { "the release needs \($0.inWords(day: day, command: "`\(command)`"))" }
    }
  }
}
