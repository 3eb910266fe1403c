import EthosRecord
package import EthosStore

/// The releases of a repository and the one in force today.
package struct ReleaseList: Sendable {
  package var releases: [ReleaseTag]
  /// The name of the one in force, without `release/`.
  package var inForce: String?
  /// Tags under `release/` that are no releases.
  package var unreadable: [String]
}

extension Workspace {
  package func releaseList() throws -> ReleaseList {
    let all = try store.releases()
    let inForce = try store.release(inForceOn: today(), line: mainCommit().id)
    return ReleaseList(releases: all.releases, inForce: inForce?.name, unreadable: all.unreadable)
  }
}
