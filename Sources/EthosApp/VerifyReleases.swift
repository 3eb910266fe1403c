import EthosDiff
import EthosGit
package import EthosGovernance
import EthosModel
package import EthosRecord
import EthosStore

extension Workspace {
  /// What is wrong with the releases of this repository. Costs, for each, what making it cost.
  package func releaseFindings() throws -> [Finding] {
    try releaseFindings(line: mainCommit().id)
  }

  /// The same, where the line in force ends, or would end, at this commit.
  package func releaseFindings(line head: ObjectID) throws -> [Finding] {
    let releases = try taggedReleases(line: head) { _ in true }
    return try ReleaseVerification(releases).findings + StepSignatures(self).findings(of: releases)
  }

  /// What would be wrong with one release that a push brings, where the line in force would end at a commit.
  func releaseFindings(pushed tag: PushedReference, among push: [PushedReference], line head: ObjectID) throws
    -> [Finding]
  {
    let name = String(tag.name.dropFirst("refs/tags/".count))
    let releases = try taggedReleases(line: head, pushed: push) { "release/\($0)" == name }
    let findings = try ReleaseVerification(releases).findings + StepSignatures(self).findings(of: releases)
    return findings.filter { $0.tag == name }
  }

  /// The tags under `release/` as they stand, by name; the content of those that are to be looked into.
  func taggedReleases(
    line head: ObjectID? = nil, pushed: [PushedReference] = [], withContent isWanted: (_ name: String) -> Bool
  ) throws -> [TaggedRelease] {
    let line = try repository.walk(from: [head ?? mainCommit().id], hiding: [], order: .firstParent).reversed()
    let places = Dictionary(uniqueKeysWithValues: line.enumerated().map { ($0.element, $0.offset) })
    let prefix = "refs/tags/release/"
    let there = try repository.references(under: prefix).map { (name: $0.name, target: $0.target) }
    let coming = pushed.filter { $0.name.hasPrefix(prefix) }.compactMap { reference in
      reference.after.map { (name: reference.name, target: $0) }
    }
    return try (there + coming).sorted { $0.name < $1.name }.map { reference in
      let name = String(reference.name.dropFirst(prefix.count))
      // What is no tag object is reported as such.
      let tag = try? repository.tag(reference.target)
      var release = TaggedRelease(
        name: name, tag: tag, tagged: try (tag?.tagger).map { try day(of: $0.when) },
        place: tag.flatMap { places[$0.target] })
      if isWanted(name), let tag, let manifest = release.manifest { release.content = try content(of: tag, manifest) }
      return release
    }
  }

  private func content(of tag: AnnotatedTag, _ manifest: ReleaseManifest) throws -> TaggedRelease.Content? {
    guard let commit = try? repository.commit(tag.target) else { return nil }
    let snapshot = try store.snapshot(ofTree: commit.tree)
    return TaggedRelease.Content(
      commit: commit, snapshot: snapshot, changes: try changes(to: snapshot, manifest),
      approvals: try manifest.approvals.compactMap { try releaseApproval($0.commit) })
  }

  /// The changes that a manifest must tell of; nil where they cannot be known.
  private func changes(to after: Snapshot, _ manifest: ReleaseManifest) throws -> [ReleaseManifest.Change]? {
    var before = Snapshot.empty
    if let previous = manifest.previous {
      // The tag object is here as long as nobody collected it, even where the reference is gone.
      guard let commit = (try? repository.tag(previous)).flatMap({ try? repository.commit($0.target) }) else {
        return nil
      }
      before = try store.snapshot(ofTree: commit.tree)
    }
    let severity = Severity(charter: before.charter)
    let changes: ChangeSet
    switch manifest.ruleset {
    case 1: changes = Comparison.changes(from: before, to: after, severity: severity)
    case ChangeKind.ruleset: changes = try Behaviour.changes(from: before, to: after, severity: severity)
    default: return nil
    }
    return Releases.changes(changes, from: before, to: after)
  }
}
