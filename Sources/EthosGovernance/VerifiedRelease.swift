import EthosDiff
import EthosModel
import EthosRecord
import EthosText

/// The questions that are asked of one release with a manifest.
struct VerifiedRelease {
  let name: String
  let tag: AnnotatedTag
  let manifest: ReleaseManifest
  let release: TaggedRelease
  /// Whether it names the release before it: else nobody knows what it changes.
  let isChained: Bool

  var reference: String { "release/\(name)" }

  func finding(
    _ code: String, _ message: String, rule: String, needed: [String] = [], signed: [String] = [],
    missing: [String] = [], help: [String]
  ) -> Finding {
    Finding(
      code, .breach, message, commit: tag.target, tag: reference, rule: rule, needed: needed, signed: signed,
      missing: missing,
      help: help)
  }

  private var again: [String] {
    [
      "fetch it from a clone that has it as it was made: `git fetch CLONE \(shellWord("+refs/tags/\(reference):refs/tags/\(reference)"))`",
      removal, "release what is in force anew: `ethos release`",
    ]
  }

  /// A release that was made wrongly stays in breach as long as it is there.
  private var removal: String {
    "where no release came after it, remove it wherever it was pushed: `git tag -d \(shellWord(reference))`"
  }

  // MARK: - the tag

  /// What the tag is called, and where it stands.
  var names: [Finding] {
    var findings: [Finding] = []
    let own = "release/\(manifest.name)"
    if reference != own || tag.name != own {
      findings.append(
        finding(
          "release-misnamed", "`\(reference)` holds the release `\(manifest.name)`, tagged as `\(tag.name)`",
          rule: "a release stands under its own name", help: again))
    }
    if tag.target != manifest.commit {
      findings.append(
        finding(
          "release-moved",
          "`\(reference)` stands at \(tag.target.short), and its manifest releases \(manifest.commit.short)",
          rule: "a release stands at the commit that its manifest names", help: again))
    }
    return findings
  }

  var line: [Finding] {
    guard release.place == nil else { return [] }
    return [
      finding(
        "release-off-line",
        "`\(reference)` is not of a state that was in force: \(tag.target.short) is not on its line",
        rule: "only what was in force can be released",
        help: again + [
          "what it holds is ratified first, then released: `git log --first-parent` shows what was in force"
        ])
    ]
  }

  /// Whether it takes effect before it was made.
  private var isLate: Bool { release.tagged.map { manifest.effective < $0 } ?? false }
  private var isRetroactive: Bool { isLate || manifest.retroactive != nil }

  var retroactive: [Finding] {
    let rule = "a release that takes effect before it was made says why, and is critical"
    if isLate, manifest.retroactive.map(saysNothing) ?? true {
      return [
        finding(
          "release-retroactive",
          "`\(reference)` is effective from \(manifest.effective), was made on \(release.tagged?.description ?? ""), "
            + "and says no reason", rule: rule,
          help: [removal, "make one that says why: `ethos release --effective DAY --retroactive --because …`"])
      ]
    }
    guard isRetroactive, manifest.level != Level.critical.rawValue else { return [] }
    return [
      finding(
        "release-retroactive",
        "`\(reference)` takes effect in the past and calls itself \(manifest.level)", rule: rule, help: again)
    ]
  }

  func backdated(after earlier: Signature?) -> [Finding] {
    guard let made = tag.tagger?.when.seconds else { return [] }
    let commit = release.content?.commit.committer.when.seconds ?? .min
    let rule = "a release is not dated more than a day before what it releases, nor before the release before it"
    let what: String
    if commit > made + toleratedClockDifference {
      what = "the commit that it releases"
    } else if let before = earlier?.when.seconds, before > made + toleratedClockDifference {
      what = "the release before it"
    } else {
      return []
    }
    return [
      finding(
        "release-backdated", "`\(reference)` is dated \(tag.tagger?.when.iso8601 ?? ""), before \(what)", rule: rule,
        help: [removal, "make it again with a clock that is right: dates decide who holds which office"])
    ]
  }

  // MARK: - what it says of the identity

  func findings(in content: TaggedRelease.Content, rulesetBefore: Int?) -> [Finding] {
    var findings: [Finding] = []
    if content.snapshot.hasErrors {
      findings.append(
        finding(
          "release-unreadable", "`\(reference)` releases an identity that cannot be read as a whole",
          rule: "what is released can be read: a change hidden in it would go unseen",
          help: [removal, "see what is wrong: `ethos check`, then release a state without errors"]))
    }
    if content.commit.tree != manifest.tree {
      findings.append(
        finding(
          "release-tree", "the manifest of `\(reference)` names another tree than that of \(tag.target.short)",
          rule: "the manifest names the tree that is released", help: again))
    }
    if Releases.bundle(content.snapshot) != manifest.bundle {
      findings.append(
        finding(
          "release-bundle", "the digest of the identity in `\(reference)` is not that of \(tag.target.short)",
          rule: "the manifest has the SHA-256 of the canonical bundle of the identity", help: again))
    }
    findings += offices(content.snapshot) + ruleset(after: rulesetBefore)
    if let changes = content.changes {
      findings += isOfOldForm(content) ? oldForm(content) : self.changes(changes, content.weighed ?? changes)
    }
    return findings + superseded(content) + authority(content)
  }

  private func superseded(_ content: TaggedRelease.Content) -> [Finding] {
    guard let successor = content.successor else { return [] }
    return [
      finding(
        "release-superseded",
        "`\(reference)` was made on \(tag.tagger?.when.iso8601 ?? "") of a state after which \(successor.id.short) came "
          + "into force on \(successor.committer.when.iso8601)",
        rule: "what is released is what is in force when the release is made",
        help: [removal, "fetch, and release what is in force: `ethos release`"])
    ]
  }

  private func offices(_ snapshot: Snapshot) -> [Finding] {
    var findings: [Finding] = []
    let leading = Offices(snapshot: snapshot).cycle(on: manifest.effective)?.id
    if leading != manifest.cycle {
      findings.append(
        finding(
          "release-cycle",
          "`\(reference)` is effective from \(manifest.effective), when "
            + (leading.map { "the cycle `\($0)` led" } ?? "no cycle led"),
          rule: "a release is of the cycle that leads on its effective day", help: again))
    }
    let held = Releases.offices(snapshot, on: manifest.effective)
    if held != manifest.offices {
      let wrong = Set(held).symmetricDifference(manifest.offices).map(\.office)
      findings.append(
        finding(
          "release-offices",
          "`\(reference)` names others than those who hold office on \(manifest.effective): "
            + Set(wrong).sorted().map { "`\($0)`" }.joined(separator: ", "),
          rule: "the manifest names who holds which office on the effective day", help: again))
    }
    return findings
  }

  private func ruleset(after before: Int?) -> [Finding] {
    let isKnown = (1...ChangeKind.ruleset).contains(manifest.ruleset)
    guard !isKnown || manifest.ruleset < before ?? 0 else { return [] }
    return [
      finding(
        "release-ruleset",
        isKnown
          ? "`\(reference)` is written by ruleset \(manifest.ruleset), and the release before it by \(before ?? 0)"
          : "`\(reference)` is written by ruleset \(manifest.ruleset), which this version of ethos does not know",
        rule: "changes are told by a known ruleset, and none older than that of the release before",
        help: isKnown ? again : ["verify it with a newer version of ethos"])
    ]
  }

  /// A change without its level.
  private struct Told: Hashable {
    var id: String
    var entry: EntryKey
    var field: String
    var before: Fingerprint?
    var after: Fingerprint?

    init(_ change: ReleaseManifest.Change) {
      (id, entry, field) = (change.id, change.entry, change.field)
      (before, after) = (change.before, change.after)
    }

    var words: String { "\(id) \(entry)\(field.isEmpty ? "" : ".\(field)")" }
  }

  /// Whether the manifest tells of the changes since the release before, though that was to take effect later, as they
  /// were written once.
  private func isOfOldForm(_ content: TaggedRelease.Content) -> Bool {
    guard let since = content.changesSincePrevious, let changes = content.changes else { return false }
    return self.changes(since, since).isEmpty && !self.changes(changes, content.weighed ?? changes).isEmpty
  }

  /// Such a release brings forward what another was to bring, and does not say so.
  private func oldForm(_ content: TaggedRelease.Content) -> [Finding] {
    [
      Finding(
        "release-forward", .note,
        "`\(reference)` takes effect on \(manifest.effective), before the release before it was to, and does not tell of "
          + "all that it changes of what was in force then",
        commit: tag.target, tag: reference,
        rule: "the manifest has every change of what was in force on the effective day",
        help: ["see what it changed: `ethos releases \(shellWord(name))`"])
    ]
  }

  private func changes(_ computed: [ReleaseManifest.Change], _ weighed: [ReleaseManifest.Change]) -> [Finding] {
    let said = manifest.changes
    var findings: [Finding] = []
    let (here, told) = (Dictionary(grouping: computed, by: Told.init), Dictionary(grouping: said, by: Told.init))
    let leftOut = here.filter { $1.count > told[$0]?.count ?? 0 }.keys.map(\.words).sorted()
    let invented = told.filter { $1.count > here[$0]?.count ?? 0 }.keys.map(\.words).sorted()
    for (words, verb) in [(leftOut, "leaves out"), (invented, "tells of, and there is none:")] where !words.isEmpty {
      let shown = words.prefix(3).joined(separator: ", ") + (words.count > 3 ? " and \(words.count - 3) more" : "")
      findings.append(
        finding(
          "release-incomplete", "the manifest of `\(reference)` \(verb) \(shown)",
          rule: "the manifest has every change of what was in force on the effective day, and no other", help: again))
    }
    let level = Releases.level(of: weighed, isRetroactive: isRetroactive).rawValue
    let lowered = told.filter { change, said in
      here[change].map { $0.count == said.count && $0.map(\.level).sorted() != said.map(\.level).sorted() } ?? false
    }
    if !lowered.isEmpty || (manifest.level != level && !isRetroactive) {
      findings.append(
        finding(
          "release-level",
          lowered.isEmpty
            ? "`\(reference)` calls itself \(manifest.level), and is \(level)"
            : "`\(reference)` gives another level to \(lowered.keys.map(\.words).sorted().joined(separator: ", "))",
          rule: "levels are those of the ruleset under the charter of the release before", help: again))
    }
    return findings
  }

  // MARK: - who made it

  private func authority(_ content: TaggedRelease.Content) -> [Finding] {
    let people = People(snapshot: content.authority)
    var findings: [Finding] = []
    var approvers: Set<String> = []
    for approval in manifest.approvals {
      let found = content.approvals.first { $0.id == approval.commit }
      let problem: String?
      if let found {
        problem =
          people.person(email: found.author.email)?.id != approval.person
          ? "is not of that person"
          : isLater(found) ? "is dated after the release" : found.mismatch(manifest.terms, of: tag.target)
      } else {
        problem = "is not here, or is none"
      }
      guard let problem else {
        approvers.insert(approval.person)
        continue
      }
      findings.append(
        finding(
          "release-approval",
          "`\(reference)` names the approval \(approval.commit.short) of `\(approval.person)`, which \(problem)",
          rule: "every approval that a manifest names is a commit that agrees to exactly this release",
          help: ["fetch the reviews: `git fetch CLONE 'refs/heads/reviews/*:refs/heads/reviews/*'`"]))
    }
    // What a release that follows on none brings is told by itself alone: it needs what the heaviest one needs. So does
    // one that does not tell of all that it brings.
    let level =
      isChained && !isOfOldForm(content)
      ? Releases.level(of: content.weighed ?? manifest.changes, isRetroactive: isRetroactive) : .critical
    guard let day = release.tagged, let tagger = tag.tagger else { return findings + [unsigned] }
    let standing = ReleaseStanding(
      of: content.authority, level: level, releaser: tagger.email, approvers: approvers, on: day)
    guard !standing.canRelease else { return findings }
    let rows = Charter(snapshot: content.authority).rows(covering: .release, level)
    findings.append(
      finding(
        "release-quorum-missing", "`\(reference)`, a \(level) release, was made without its quorum",
        rule: rows.isEmpty
          ? "no row of the authority covers a \(level) release, so that nobody can make one"
          : "the authority asks for this of a \(level) release",
        needed: rows.flatMap(\.quorum).map { "\($0.holder): \($0.count)" },
        signed: ["\(standing.releaser ?? "\(tagger.name) <\(tagger.email)>"), who made the tag"]
          + approvers.sorted().map { "\($0), who approved" },
        missing: standing.missingInWords(),
        help: [
          removal, "let those who are missing agree and make it anew: `ethos release --approve`, then `ethos release`",
        ]))
    return findings
  }

  private func isLater(_ approval: SubmittedReleaseApproval) -> Bool {
    guard let made = tag.tagger?.when.seconds, let committed = approval.committed?.seconds else { return false }
    return committed > made + toleratedClockDifference
  }

  private var unsigned: Finding {
    finding(
      "release-quorum-missing", "`\(reference)` does not say who made it",
      rule: "a release is made by somebody on some day", help: again)
  }
}

extension SeatHolder: CustomStringConvertible {
  /// The name as a quorum has it.
  package var description: String {
    switch self {
    case .office(let name): name
    case .owner: "owner"
    case .anyone: "anyone"
    }
  }
}
