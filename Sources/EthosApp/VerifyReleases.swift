import EthosDiff
import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// What is wrong with the releases of this repository, and those with which nothing is.
  ///
  /// How releases stand to each other is asked of all. What they hold never changes, so that those that were found clean
  /// before, on the same line, are not looked into again; for each of the others that costs what making it cost.
  func judgeReleases(line: (head: ObjectID, count: Int), remembered: [VerifiedMark.Release]) throws -> (
    findings: [Finding], clean: [VerifiedMark.Release]
  ) {
    let last = line.count - 1
    let known = Dictionary(remembered.map { ($0.tag, $0.place - last) }) { first, _ in first }
    var releases = try taggedReleases(line: line.head, known: known) { _ in false }
    var places = LinePlaces(repository, head: line.head)
    let suspect = Set(ReleaseVerification(releases).findings.compactMap(\.tag))
    for index in releases.indices {
      let release = releases[index]
      if let tag = release.tag, known[tag.id] != nil, !suspect.contains(release.reference), try hasApprovals(release) {
        continue
      }
      releases[index].tagged = try taggingDay(of: release.tag, &places)
      releases[index].content = try content(of: release, &places)
    }
    let findings = try findings(of: releases)
    let unclean = Set(findings.compactMap(\.tag))
    let signatures = StepSignatures(self)
    let clean = try releases.compactMap { release -> VerifiedMark.Release? in
      guard let tag = release.tag, let place = release.place, !unclean.contains(release.reference),
        try known[tag.id] != nil || signatures.isComplete(release)
      else { return nil }
      return VerifiedMark.Release(tag: tag.id, place: place + last)
    }
    return (findings, clean)
  }

  /// What is wrong with releases, and with their signatures.
  private func findings(of releases: [TaggedRelease]) throws -> [Finding] {
    let signatures = try StepSignatures(self).findings(of: releases)
    return ReleaseVerification(releases).findings(beside: signatures) + signatures
  }

  /// Whether the approvals that a release names are still here: nothing keeps them but their own references.
  private func hasApprovals(_ release: TaggedRelease) throws -> Bool {
    try (release.manifest?.approvals ?? []).allSatisfy { try repository.contains($0.commit) }
  }

  /// What is in breach among the releases of a line, with the content of those that are named.
  func releaseBreaches(line head: ObjectID, lookingInto names: Set<String>) throws -> [Finding] {
    try releaseFindings(line: head, lookingInto: names).filter { $0.severity == .breach }
  }

  /// What is wrong with the releases of a line: what their names and places show, and the content of those that are named.
  ///
  /// Which release is the one before another is known only where each was looked into; that is done where anything is wrong.
  func releaseFindings(line head: ObjectID, lookingInto names: Set<String>) throws -> [Finding] {
    let findings = try findings(of: taggedReleases(line: head) { names.contains($0) })
    guard !findings.isEmpty else { return [] }
    // What the others hold was judged when they came.
    let relations: Set = ["release-chain", "release-gap"]
    return try self.findings(of: taggedReleases(line: head) { _ in true }).filter { finding in
      relations.contains(finding.code) || findings.contains(finding)
        || finding.tag?.dropping("release/").map(names.contains) ?? false
    }
  }

  /// The tags under `release/` as they stand, by name; the content of those that are to be looked into.
  ///
  /// The places of tag objects that are known are not looked for.
  func taggedReleases(
    line head: ObjectID? = nil, known: [ObjectID: Int] = [:], withContent isWanted: (_ name: String) -> Bool,
    unless isClean: (ObjectID) -> Bool = { _ in false }
  ) throws -> [TaggedRelease] {
    var places = LinePlaces(repository, head: try head ?? mainCommit().id)
    let prefix = "refs/tags/release/"
    return try repository.references(under: prefix).map { reference in
      let name = String(decoding: reference.name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
      // What is no tag object is reported as such.
      let tag = try repository.readableTag(reference.target)
      let isKnown = tag.map { known[$0.id] != nil || isClean($0.id) } ?? false
      var release = TaggedRelease(
        name: name, tag: tag, tagged: isKnown ? nil : try taggingDay(of: tag, &places),
        place: try tag.flatMap { try known[$0.id] ?? places.place(of: $0.target) })
      if isWanted(name), !isKnown { release.content = try content(of: release, &places) }
      return release
    }
  }

  /// The day on which a tag was made, by the charter that was in force then; of a state that never was, by its own.
  func taggingDay(of tag: AnnotatedTag?, _ places: inout LinePlaces) throws -> Day? {
    guard let tag, let when = tag.tagger?.when, let target = try repository.readableCommit(tag.target) else {
      return nil
    }
    let state = try places.state(at: when, from: tag.target)?.state ?? target.id
    return zone(of: try store.snapshot(ofTree: repository.treeID(of: state), kinds: [.charter])).day(of: when)
  }

  private func content(of release: TaggedRelease, _ places: inout LinePlaces) throws -> TaggedRelease.Content? {
    guard let tag = release.tag, let manifest = release.manifest,
      let commit = try repository.readableCommit(tag.target)
    else { return nil }
    let snapshot = try store.snapshot(ofTree: commit.tree)
    let then = try tag.tagger.flatMap { try places.state(at: $0.when, from: tag.target) }
    let authority = try then.map { try store.snapshot(ofTree: repository.commit($0.state).tree) } ?? snapshot
    let signatures = StepSignatures(self)
    let changes = try releaseChanges(
      to: snapshot, following: manifest.previous, on: manifest.effective, ruleset: manifest.ruleset, withForward: false)
    return TaggedRelease.Content(
      commit: commit, snapshot: snapshot,
      changes: changes.map { Releases.changes($0.changes, from: $0.before, to: snapshot) },
      changesSincePrevious: changes?.sincePrevious.map { Releases.changes($0.changes, from: $0.before, to: snapshot) },
      approvals: try manifest.approvals.compactMap { approval in
        try releaseApproval(approval.commit).map { try signatures.judged($0, by: authority) }
      }, authority: authority, successor: then?.successor)
  }
}
