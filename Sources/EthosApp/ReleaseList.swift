package import EthosGovernance
import EthosRecord
package import EthosStore

/// The releases of a repository and the one in force today.
package struct ReleaseList: Sendable {
  package var releases: [ReleaseTag]
  /// The name of the one in force, without `release/`.
  package var inForce: String?
  /// Why there may be others; nil where all are here.
  package var missing: MissingReleases?
  /// What the names and places of the tags show; what they hold is for `verify` and the notes of one release.
  package var findings: [Finding]
}

extension Workspace {
  package func releaseList() throws -> ReleaseList {
    let releases = try store.releases().releases
    let inForce = try release(inForceOn: today())
    return ReleaseList(
      releases: releases, inForce: inForce?.name, missing: try missingReleases(),
      findings: try releaseFindings(line: mainCommit().id, lookingInto: []))
  }
}
