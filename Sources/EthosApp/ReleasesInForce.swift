import EthosGit
package import EthosGovernance
import EthosRecord
package import EthosStore
package import EthosText

/// The releases of a repository as the judge calls them.
package struct JudgedReleases: Sendable {
  /// A release that nobody has to follow, with what is in breach about it.
  package struct SetAside: Sendable {
    package var release: ReleaseTag
    package var findings: [Finding]
  }

  /// Those that count, in the order in which they were made.
  package var followed: [ReleaseTag]
  package var setAside: [SetAside]
}

/// What is in force follows from the releases that were made with the authority for it, for every command alike.
extension Workspace {
  /// The releases as the judge calls them.
  ///
  /// What verification remembers of them is not looked into again; each other one costs what making it cost. Each that
  /// is set aside is reported once.
  package func judgedReleases() throws -> JudgedReleases {
    let all = try store.releases().releases
    guard !all.isEmpty else {
      if repository.isShallow { try requireReleases("which releases there are cannot be known") }
      return JudgedReleases(followed: [], setAside: [])
    }
    let head = try mainCommit().id
    let tags = all.map(\.tag.id)
    if let knownReleases, knownReleases.head == head, knownReleases.tags == tags { return knownReleases.judged }
    let judged = try judge(all, line: head)
    for release in judged.setAside {
      let reasons = release.findings.map(\.code).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      notice(
        "`\(release.release.reference)` is not followed: it is in breach (\(reasons.joined(separator: ", "))); "
          + "see why and how to mend it: `ethos verify`")
    }
    knownReleases = (head, tags, judged)
    return judged
  }

  /// The release in force on a day.
  package func release(inForceOn day: Day) throws -> ReleaseTag? {
    let followed = try judgedReleases().followed
    guard !followed.isEmpty else { return nil }
    let placed = Releases.inForce(
      on: day, line: try repository.walk(from: [mainCommit().id], hiding: [], order: .firstParent),
      releases: followed.map {
        Releases.Placed(name: $0.manifest.name, commit: $0.commit, effective: $0.manifest.effective)
      })
    return placed.flatMap { placed in followed.first { $0.manifest.name == placed.name } }
  }

  /// The last release, whenever it takes effect.
  package func lastRelease() throws -> ReleaseTag? { try release(inForceOn: Day(daysSinceEpoch: .max)) }

  private func judge(_ all: [ReleaseTag], line head: ObjectID) throws -> JudgedReleases {
    var reader = LineBranchReader(store, known: usesBranchMemory ? LineBranchMemory.recall(store) : nil)
    // Where nobody ever had to agree to anything, every release that is one counts.
    guard try reader.branches(to: head).isGuarded else { return JudgedReleases(followed: all, setAside: []) }
    let findings = try reasonsAgainstReleases(line: head)
    var judged = JudgedReleases(followed: [], setAside: [])
    for release in all {
      if let found = findings[release.reference] {
        judged.setAside.append(JudgedReleases.SetAside(release: release, findings: found))
      } else {
        judged.followed.append(release)
      }
    }
    return judged
  }

  /// What speaks against following a release, by its reference.
  private func reasonsAgainstReleases(line head: ObjectID) throws -> [String: [Finding]] {
    let mark = LineVerification.mark(self)
    var remembered: Set<ObjectID> = []
    // What was found clean on another line says nothing of this one.
    if let mark, try isOnLine(mark.head, of: head) { remembered = Set(mark.releases.map(\.tag)) }
    let releases = try taggedReleases(line: head) { _ in
      true
    } unless: {
      remembered.contains($0)
    }
    let signatures = try StepSignatures(self).findings(of: releases)
    return ReleaseVerification(releases).setAside(beside: signatures)
  }
}
