import EthosModel
import EthosRecord
import EthosText

/// Finds what is wrong with the releases of an identity: tags that are not what their manifests say, manifests that are not
/// what the identity says, and releases that nobody had the authority to make.
///
/// A release that was the last and is gone leaves no trace here: only a receipt shows that.
package struct ReleaseVerification: Sendable {
  private let releases: [TaggedRelease]
  /// Those that can be read, in the order of the line in force.
  private let placed: [TaggedRelease]

  package init(_ releases: [TaggedRelease]) {
    self.releases = releases
    placed = releases.filter { $0.manifest != nil && $0.place != nil }.sorted { left, right in
      (left.place ?? 0, left.manifest?.effective ?? .init(daysSinceEpoch: 0), left.name)
        < (right.place ?? 0, right.manifest?.effective ?? .init(daysSinceEpoch: 0), right.name)
    }
  }

  /// The findings, by release.
  ///
  /// Of a tag whose content was not looked into, what its names and places show.
  package var findings: [Finding] { findings(beside: []) }

  /// The findings, by release, without `others`: further ones, as of signatures, that may set a release aside.
  ///
  /// What is set aside is not the release before another: else anybody could put an honest one in breach by a tag.
  package func findings(beside others: [Finding]) -> [Finding] {
    let aside = setAside(beside: others)
    let followed = placed.filter { aside[$0.reference] == nil }
    return releases.flatMap { findings(of: $0, after: before($0, among: followed)) } + gaps
  }

  /// What speaks against following a release, by its reference; nothing for those that count.
  ///
  /// They are judged one after the other along the line: what is set aside is no release before another, so that nobody
  /// puts an honest one out of force by a tag. For the same reason it is no matter that an earlier one was deleted, where
  /// this one has what the heaviest release asks for. `others` are further findings, as of signatures.
  package func setAside(beside others: [Finding]) -> [String: [Finding]] {
    var found: [String: [Finding]] = [:]
    var followed: [TaggedRelease] = []
    let aside = releases.filter { release in !placed.contains { $0.name == release.name } }
    for release in placed + aside {
      let before = followed.last { ($0.place ?? 0) < release.place ?? 0 }
      let known = findings(of: release, after: before) + others.filter { $0.tag == release.reference }
      let breaches = known.filter { $0.severity == .breach && $0.code != "release-chain" }
      if breaches.isEmpty { followed.append(release) } else { found[release.reference] = breaches }
    }
    return found
  }

  private func findings(of release: TaggedRelease, after before: TaggedRelease?) -> [Finding] {
    guard let tag = release.tag, let manifest = release.manifest else { return [unreadable(release)] }
    let verified = VerifiedRelease(
      name: release.name, tag: tag, manifest: manifest, release: release,
      isChained: manifest.previous == before?.tag?.id)
    var findings = verified.names
    findings += verified.retroactive + verified.backdated(after: before?.tag?.tagger)
    findings += chain(verified, before) + verified.line
    // Of a tag that was moved, everything else would be about another state.
    guard findings.allSatisfy({ $0.code != "release-moved" }), let content = release.content else { return findings }
    return findings + verified.findings(in: content, rulesetBefore: before?.manifest?.ruleset)
  }

  private func unreadable(_ release: TaggedRelease) -> Finding {
    Finding(
      "release-unreadable", .breach,
      release.tag == nil
        ? "`\(release.reference)` is no annotated tag" : "`\(release.reference)` holds no manifest of a release",
      tag: release.reference, rule: "every tag under release/ is an annotated tag with the manifest of a release",
      help: [
        "see what it is: `git cat-file -p \(shellWord(release.reference))`; fetch the tag from a clone that has the release"
      ])
  }

  // MARK: - one after the other

  /// The release that was the last on the line when this one was made.
  private func before(_ release: TaggedRelease, among followed: [TaggedRelease]) -> TaggedRelease? {
    guard let place = release.place else { return nil }
    return followed.last { ($0.place ?? 0) < place && $0.tag?.id != release.tag?.id }
  }

  private func chain(_ release: VerifiedRelease, _ before: TaggedRelease?) -> [Finding] {
    guard let place = release.release.place, release.manifest.previous != before?.tag?.id else { return [] }
    // One that was made on a release which is in breach itself is not called so twice; nor is it chained, so that it needs
    // what the heaviest needs.
    let isOnDoubtful = placed.contains {
      $0.tag?.id == release.manifest.previous && ($0.place ?? 0) < place && ($0.place ?? 0) > before?.place ?? -1
    }
    if isOnDoubtful { return [] }
    let message: String
    switch (release.manifest.previous, before) {
    case (nil, let before?):
      message = "`\(release.reference)` says that it is the first release, and `\(before.reference)` lies before it"
    case (let previous?, _) where releases.contains { $0.tag?.id == previous }:
      let named = releases.first { $0.tag?.id == previous }?.reference ?? ""
      message =
        "`\(release.reference)` names `\(named)` as the release before it, "
        + (before.map { "and `\($0.reference)` is" } ?? "and none is")
    case (let previous, let before):
      message =
        "`\(release.reference)` was built on the tag object \(previous?.short ?? ""), which is no release any more: "
        + (before.map { "one was deleted, or `\($0.reference)` was made again since" } ?? "it was deleted")
    }
    return [
      release.finding(
        "release-chain", message,
        rule: "a manifest names the tag object of the release before it, so that none can be deleted or made again",
        help: [
          "compare with an earlier clone that you trust: `git fetch CLONE 'refs/tags/release/*:refs/earlier/*'`",
          "take the tags back that it has: `git fetch CLONE '+refs/tags/release/*:refs/tags/release/*'`",
        ]
      )
    ]
  }

  /// Numbers that are missing in a cycle.
  private var gaps: [Finding] {
    let names = releases.compactMap { ReleaseName($0.name) }
    return Dictionary(grouping: names, by: \.cycle).sorted { $0.key < $1.key }.flatMap { cycle, names in
      gaps(in: cycle, Set(names.map(\.number)).sorted())
    }
  }

  private func gaps(in cycle: String, _ numbers: [Int]) -> [Finding] {
    zip([0] + numbers, numbers).filter { $1 - $0 > 1 }.map { last, next in
      let first = "release/\(cycle)/\(last + 1)"
      let missing = next - last == 2 ? "`\(first)` is missing" : "`\(first)` to `\(next - 1)` are missing"
      return Finding(
        "release-gap", .breach, "\(missing), and `release/\(cycle)/\(next)` is there",
        tag: "release/\(cycle)/\(next)", rule: "the releases of a cycle are numbered without gaps",
        help: ["fetch it from a clone that has it: `git fetch CLONE 'refs/tags/release/*:refs/tags/release/*'`"])
    }
  }
}
