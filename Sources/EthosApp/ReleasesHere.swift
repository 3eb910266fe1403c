import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// Why releases may have been made that this clone does not have: tags are fetched apart from the history.
package struct MissingReleases: Hashable, Sendable {
  /// A clause that says why.
  package var reason: String
  /// What to type to have them.
  package var help: String
  /// Whether something here says that there are such releases, or that the clone was told to take none.
  ///
  /// Else nothing more is known than that a remote may have some.
  package var isKnown: Bool

  /// The refusal of whatever would rest on there being no release.
  func failure(_ what: String) -> Failure { Failure.cannot("\(what): \(reason)", help: help) }
}

extension Workspace {
  /// Why there may be releases that are not here; nil where all that there are must be here.
  ///
  /// A history that was cut short is an error, whatever tags there are: of what it lacks nothing can be known.
  package func missingReleases() throws -> MissingReleases? {
    if let known = knownMissingReleases { return known }
    let found = try findMissingReleases()
    knownMissingReleases = .some(found)
    return found
  }

  private func findMissingReleases() throws -> MissingReleases? {
    let all = try store.releases().releases
    if repository.isShallow, let leftOut = try repository.leftOut() {
      return MissingReleases(reason: leftOut.reason, help: leftOut.help, isKnown: true)
    }
    let remotes = try repository.remotes()
    func fetch(_ remote: String?) -> String { "git fetch --tags \(shellWord(remote ?? "origin"))" }
    for remote in remotes where all.isEmpty {
      guard let option = try repository.configuration("remote.\(remote).tagOpt"), option == "--no-tags" else {
        continue
      }
      return MissingReleases(
        reason: "this clone was made without tags, which releases are",
        help: "git config --unset \(shellWord("remote.\(remote).tagOpt")); \(fetch(remote))", isKnown: true)
    }
    // A tag object that is named and not here was never fetched, or is gone; `verify` tells of the latter.
    for release in all {
      guard let previous = release.manifest.previous, !remotes.isEmpty, try !repository.contains(previous) else {
        continue
      }
      return MissingReleases(
        reason: "`\(release.reference)` was made after another release, which is not here", help: fetch(remotes.first),
        isKnown: true)
    }
    guard all.isEmpty, let remote = remotes.first else { return nil }
    if let named = try namedRelease() {
      return MissingReleases(
        reason: "`\(named.system)` is built for `\(named.release)`, and no release is here", help: fetch(remote),
        isKnown: true)
    }
    return MissingReleases(
      reason: "no release is here, and `\(remote)` may have some", help: fetch(remote), isKnown: false)
  }

  /// A release that a system of what is in force is built for.
  private func namedRelease() throws -> (system: EntryKey, release: String)? {
    let snapshot = try store.snapshot(ofTree: mainCommit().tree, kinds: [.system])
    for system in snapshot.all(.system) {
      if let release = system.meaning["builtFor"]?.text, !release.isEmpty { return (system.key, release) }
    }
    return nil
  }

  /// Refuses what would rest on there being no release where it is known that some are not here.
  func requireReleases(_ what: String) throws {
    if let missing = try missingReleases(), missing.isKnown { throw missing.failure(what) }
  }

  /// The failure for an answer that is no release: it is a fact only where all releases are here.
  func noRelease(_ fact: Failure, elsewhere what: String) throws -> Failure {
    try missingReleases()?.failure(what) ?? fact
  }

  /// Tells once that releases are not here.
  func tellMissingReleases() throws {
    guard !hasToldMissingReleases, let missing = try missingReleases(), missing.isKnown else { return }
    hasToldMissingReleases = true
    notice("no release can be taken into account: \(missing.reason): `\(missing.help)`")
  }

  // MARK: branches

  /// Why proposals and reviews may be missing here: the clone was told to fetch some branches alone.
  func missingBranches() throws -> (reason: String, help: String)? {
    for remote in try repository.remotes() where try !repository.fetchesAllBranches(of: remote) {
      return (
        "this clone fetches only some branches of `\(remote)`",
        "git remote set-branches \(shellWord(remote)) '*'; git fetch \(shellWord(remote))"
      )
    }
    return nil
  }

  /// Tells once that proposals and reviews may be missing.
  func tellMissingBranches() throws {
    guard !hasToldMissingBranches, let missing = try missingBranches() else { return }
    hasToldMissingBranches = true
    notice("proposals and reviews may be missing here: \(missing.reason): `\(missing.help)`")
  }
}
