import Crypto
import EthosGit
import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// A state of the identity with the release that it is.
package struct ReleasedState: Sendable {
  package var snapshot: Snapshot
  package var commit: Commit
  /// The release of that commit; nil where it has none.
  package var release: ReleaseTag?
  /// The leadership cycle of the release; without one that of the commit's own day.
  package var cycle: String?
  /// The day that was asked for, else today.
  package var day: Day
  /// The release that is made already and takes effect next, where this is the state in force on the day.
  package var next: ReleaseTag?
}

extension Workspace {
  /// What is in force today, or at a revision.
  ///
  /// A day is what was in force on it. A state with errors is none to hand on: with any of what `check` says of it on the
  /// day of its commit, or, where kinds are given, with any that stands in their files or stops a decision.
  package func releasedState(at revision: String?, holding kinds: Set<Kind>? = nil) throws -> ReleasedState {
    let today = try today()
    let day = revision.flatMap { Day($0) } ?? today
    let commit: Commit
    var inForce: ReleaseTag?
    if let revision {
      commit = try self.revision(revision).commit
      if Day(revision) != nil { inForce = try self.release(inForceOn: day) }
    } else {
      guard let release = try release(inForceOn: today) else {
        throw try noRelease(
          Failure.no(
            "nothing is in force today", help: "name a state: `--at HEAD`, or release it first: `ethos release`"),
          elsewhere: "what is in force today cannot be known")
      }
      commit = try repository.commit(release.commit)
      inForce = release
    }
    let snapshot = try store.snapshot(ofTree: commit.tree)
    try requireReadable(snapshot, revision ?? "what is in force")
    try requireWithoutErrors(snapshot, of: commit, holding: kinds, revision)
    // Of several releases of one commit the one that was asked for, or that is in force, else the last.
    let releases = try store.releases().releases.filter { $0.commit == commit.id }
    let named = releases.first { $0.name == revision || $0.reference == revision }
    let release = named ?? inForce.flatMap { $0.commit == commit.id ? $0 : nil } ?? releases.last
    var next: ReleaseTag?
    if let release, try self.release(inForceOn: day)?.tag.id == release.tag.id {
      next = try upcomingReleases(after: day).first
    }
    return ReleasedState(
      snapshot: snapshot, commit: commit, release: release,
      cycle: release?.manifest.cycle
        ?? Offices(snapshot: snapshot).cycle(on: days(of: snapshot)(commit.committer.when))?.id,
      day: day, next: next)
  }
}

/// The SHA-256 of a text's bytes, in hexadecimal digits.
package func sha256(of text: String) -> String {
  SHA256.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
