package import EthosModel
package import EthosRecord
package import EthosText

/// A tag under `release/` as it stands in a repository, with what a caller found out about it.
package struct TaggedRelease: Sendable {
  /// What is at the commit that the tag names.
  package struct Content: Sendable {
    package var commit: Commit
    package var snapshot: Snapshot
    /// The changes of what was in force on its effective day, computed again by the manifest's own ruleset; nil where a
    /// release before is not to be read, or the ruleset is unknown.
    package var changes: [ReleaseManifest.Change]?
    /// The changes since the release before, where that was to take effect later.
    package var changesSincePrevious: [ReleaseManifest.Change]?
    /// Those of the manifest's approvals that are there.
    package var approvals: [SubmittedReleaseApproval]
    /// What was in force when it was made: who could make it, and with which key.
    ///
    /// What is released says that only where it was the last of the line then.
    package var authority: Snapshot
    /// What came into force after the released state, long before the release was made.
    package var successor: Commit?

    /// What decides the level of the release: what it does to what was in force, and to what was to come.
    var weighed: [ReleaseManifest.Change]? { changes.map { $0 + (changesSincePrevious ?? []) } }

    package init(
      commit: Commit, snapshot: Snapshot, changes: [ReleaseManifest.Change]?,
      changesSincePrevious: [ReleaseManifest.Change]? = nil, approvals: [SubmittedReleaseApproval],
      authority: Snapshot? = nil, successor: Commit? = nil
    ) {
      self.commit = commit
      self.snapshot = snapshot
      self.changes = changes
      self.changesSincePrevious = changesSincePrevious
      self.approvals = approvals
      self.authority = authority ?? snapshot
      self.successor = successor
    }
  }

  /// The name of the reference without `refs/tags/release/`: `renewal-2026/2`.
  package var name: String
  /// The tag object; nil where the reference stands at something else.
  package var tag: AnnotatedTag?
  package var manifest: ReleaseManifest?
  /// The day of the tagging.
  package var tagged: Day?
  /// Where on the line in force its target is, more being later; nil where it is not on it.
  package var place: Int?
  /// Nil where nobody looked, or there is nothing to be read.
  package var content: Content?

  package init(name: String, tag: AnnotatedTag?, tagged: Day?, place: Int?, content: Content? = nil) {
    self.name = name
    self.tag = tag
    manifest = tag.flatMap { ReleaseManifest(message: $0.message) }
    self.tagged = tagged
    self.place = place
    self.content = content
  }

  package var reference: String { "release/\(name)" }
}
