import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

/// Two releases of the bank as honest people make them, to be tampered with.
private struct History {
  static let authority = Bank.authority.replacing(
    "{change: [release], level: critical, quorum: {chief-executive: 1}}",
    with: "{change: [release], level: critical, quorum: {chief-executive: 1, board: 1}}")
  static let before = try? identity(Bank.files(authority: authority))
  static let after = try? identity(
    Bank.files(authority: authority).merging(["limits/client-risk.yaml": Bank.lowered]) { $1 })

  var releases: [TaggedRelease] = []

  static func id(_ number: UInt8) -> ObjectID { ObjectID(bytes: repeatElement(number, count: 20)) }

  init() throws {
    let (before, after) = (try #require(Self.before), try #require(Self.after))
    try add(1, before, from: .empty, previous: nil)
    try add(2, after, from: before, previous: Self.id(101))
  }

  private mutating func add(_ number: UInt8, _ snapshot: Snapshot, from before: Snapshot, previous: ObjectID?) throws {
    let day = Bank.day.adding(days: Int(number))
    let changes = Comparison.changes(from: before, to: snapshot, severity: Severity(charter: before.charter))
    let computed = Releases.changes(changes, from: before, to: snapshot)
    let commit = Commit(
      id: Self.id(number), tree: Self.id(number + 50), parents: [], author: Self.signature("jane", day),
      committer: Self.signature("jane", day), message: "Ratify it")
    var manifest = ReleaseManifest(
      summary: "Release", name: try #require(ReleaseName(cycle: "renewal", number: Int(number))), effective: day,
      ruleset: 1, level: Releases.level(of: changes, isRetroactive: false).rawValue, commit: commit.id,
      tree: commit.tree, previous: previous, bundle: Releases.bundle(snapshot),
      offices: Releases.offices(snapshot, on: day), changes: computed)
    let approval = Self.approval("ada", manifest)
    manifest.approvals = [.init(person: "ada", commit: approval.id)]
    releases.append(
      Self.tagged(
        manifest, day: day, place: Int(number),
        content: .init(commit: commit, snapshot: snapshot, changes: computed, approvals: [approval])))
  }

  static func signature(_ who: String, _ day: Day) -> Signature {
    Signature(name: who, email: "\(who)@northgate.example", when: Instant(seconds: Int64(day.daysSinceEpoch) * 86_400))
  }

  static func approval(_ who: String, _ manifest: ReleaseManifest) -> SubmittedReleaseApproval {
    SubmittedReleaseApproval(
      id: id(200), author: signature(who, manifest.effective), record: ReleaseApproval(manifest.terms),
      parent: manifest.commit, changesNothing: true)
  }

  /// The tag that jane makes of a manifest.
  static func tagged(
    _ manifest: ReleaseManifest, day: Day, place: Int?, content: TaggedRelease.Content?, by who: String = "jane",
    named name: String? = nil
  ) -> TaggedRelease {
    let tag = AnnotatedTag(
      id: id(100 + UInt8(manifest.number)), name: "release/\(manifest.name)", target: content?.commit.id ?? id(9),
      tagger: signature(who, day), message: manifest.message)
    return TaggedRelease(name: name ?? manifest.name.description, tag: tag, tagged: day, place: place, content: content)
  }

  /// Makes the last release again with another manifest, by somebody on some day.
  mutating func remake(
    by who: String = "jane", days: Int = 0, agreed: Bool = true, _ edit: (inout ReleaseManifest) -> Void
  ) throws {
    let old = releases.removeLast()
    var manifest = try #require(old.manifest)
    var content = try #require(old.content)
    edit(&manifest)
    // The others agree to what is made, unless a test is about just that.
    if agreed { content.approvals = content.approvals.map { _ in Self.approval("ada", manifest) } }
    let day = try #require(old.tagged).adding(days: days)
    releases.append(Self.tagged(manifest, day: day, place: old.place, content: content, by: who))
  }

  var codes: [String] { ReleaseVerification(releases).findings.map(\.code) }
}

@Suite struct `The verification of releases` {
  @Test func `finds nothing in what honest people made`() throws {
    let history = try History()
    #expect(ReleaseVerification(history.releases).findings == [])
    // They are told of as they are named, and not in the order in which they were made.
    #expect(ReleaseVerification(history.releases.reversed()).findings == [])
  }

  /// A third release is made on the first or the second, of which the second counts for nothing.
  private func afterAFake(_ previous: ObjectID?) throws -> History {
    var history = try History()
    var third = try History().releases[1]
    var manifest = try #require(third.manifest)
    // Who put the tag there had nobody's agreement.
    try history.remake { $0.approvals = [] }
    (manifest.name, manifest.previous) = (try #require(ReleaseName(cycle: "renewal", number: 3)), previous)
    third.content?.approvals = [History.approval("ada", manifest)]
    history.releases.append(
      History.tagged(manifest, day: try #require(third.tagged), place: 3, content: third.content))
    return history
  }

  @Test func `takes no release for the one before that is set aside`() throws {
    let honest = try afterAFake(History.id(101))
    #expect(honest.codes == ["release-quorum-missing"])
    #expect(ReleaseVerification(honest.releases).setAside(beside: []).keys.sorted() == ["release/renewal/2"])
    // One that was made on it is not called in breach twice.
    #expect(try afterAFake(History.id(102)).codes == ["release-quorum-missing"])
    // A signature sets aside like anything else.
    var unsigned = try History()
    let other = Finding("signature-missing", .breach, "it is not signed", tag: "release/renewal/1", rule: "signed")
    #expect(ReleaseVerification(unsigned.releases).findings(beside: [other]) == [])
    try unsigned.remake { $0.previous = nil }
    #expect(unsigned.codes.contains("release-chain"))
    #expect(!ReleaseVerification(unsigned.releases).findings(beside: [other]).contains { $0.code == "release-chain" })
  }

  @Test func `still finds a true release before that is gone, or was made again by nobody`() throws {
    var gone = try History()
    gone.releases.removeFirst()
    #expect(gone.codes == ["release-chain", "release-gap"])
    var remade = try History()
    var fake = try #require(remade.releases[0].tag)
    fake.id = History.id(150)
    remade.releases[0] = TaggedRelease(
      name: "renewal/1", tag: fake, tagged: remade.releases[0].tagged, place: 1, content: remade.releases[0].content)
    let unsigned = Finding("signature-missing", .breach, "it is not signed", tag: "release/renewal/1", rule: "signed")
    #expect(remade.codes.contains("release-chain"))
    #expect(ReleaseVerification(remade.releases).findings(beside: [unsigned]).contains { $0.code == "release-chain" })
    // So is one that names a first release which never was.
    #expect(try afterAFake(History.id(99)).codes.contains("release-chain"))
  }

  @Test func `finds a tag that is no release`() throws {
    var history = try History()
    history.releases[1].tag?.message = "A release"
    history.releases[1] = TaggedRelease(
      name: "renewal/2", tag: history.releases[1].tag, tagged: nil, place: 2, content: nil)
    history.releases.append(TaggedRelease(name: "renewal/3", tag: nil, tagged: nil, place: nil))
    #expect(history.codes == ["release-unreadable", "release-unreadable"])
  }

  @Test func `finds a release of an identity that cannot be read as a whole`() throws {
    var history = try History()
    var content = try #require(history.releases[1].content)
    content.snapshot = Snapshot(
      documents: Array(content.snapshot.documents.values),
      diagnostics: [Diagnostic("unknown-key", .error, "`atMots` is no field of a limit")])
    history.releases[1].content = content
    #expect(history.codes == ["release-unreadable"])
  }

  @Test func `finds a release under another name`() throws {
    var history = try History()
    let release = history.releases[1]
    history.releases.append(
      TaggedRelease(name: "renewal/3", tag: release.tag, tagged: release.tagged, place: 2, content: release.content))
    #expect(history.codes == ["release-misnamed"])
  }

  @Test func `finds a tag that was moved, and says nothing more of what it holds now`() throws {
    var history = try History()
    try history.remake { $0.commit = History.id(77) }
    #expect(history.codes == ["release-moved"])
  }

  @Test func `finds a manifest that is not what the commit holds`() throws {
    var tree = try History()
    try tree.remake { $0.tree = History.id(77) }
    #expect(tree.codes == ["release-tree"])
    var bundle = try History()
    try bundle.remake { $0.bundle = String(repeating: "0", count: 64) }
    #expect(bundle.codes == ["release-bundle"])
    var offices = try History()
    try offices.remake { $0.offices[0].holders = ["mei"] }
    #expect(offices.codes == ["release-offices"])
    var cycle = try History()
    try cycle.remake {
      $0.effective = Day(daysSinceEpoch: 0)
      $0.retroactive = "so"
      $0.level = "critical"
    }
    #expect(cycle.codes == ["release-cycle", "release-offices"])
  }

  @Test func `finds changes that are left out, and those that are invented`() throws {
    var fewer = try History()
    try fewer.remake { $0.changes = [] }
    #expect(ReleaseVerification(fewer.releases).findings.first?.message.contains("leaves out limit-tightened") == true)
    #expect(fewer.codes == ["release-incomplete"])
    var more = try History()
    try more.remake { $0.changes.append($0.changes[0]) }
    #expect(more.codes == ["release-incomplete"])
    var other = try History()
    try other.remake { $0.changes[0].after = $0.changes[0].before }
    #expect(other.codes == ["release-incomplete", "release-incomplete"])
  }

  @Test func `finds levels that are not those of the ruleset`() throws {
    var change = try History()
    try change.remake { $0.changes[0].level = "editorial" }
    #expect(change.codes == ["release-level"])
    var whole = try History()
    try whole.remake { $0.level = "editorial" }
    #expect(whole.codes == ["release-level"])
  }

  @Test func `finds a ruleset that nobody knows, and one that is older than the last`() throws {
    var newer = try History()
    try newer.remake { $0.ruleset = 99 }
    #expect(newer.codes == ["release-ruleset"])
    var older = try History()
    let last = older.releases.removeLast()
    try older.remake { $0.ruleset = 2 }
    older.releases.append(last)
    #expect(older.codes == ["release-ruleset"])
  }

  @Test func `finds a release that one of several made alone`() throws {
    var alone = try History()
    try alone.remake { $0.approvals = [] }
    let found = ReleaseVerification(alone.releases).findings
    #expect(found.map(\.code) == ["release-quorum-missing"])
    #expect(found.first?.needed == ["board: 1", "chief-executive: 1"])
    #expect(found.first?.signed == ["jane, who made the tag"])
    #expect(found.first?.missing.first?.contains("`ada` or `ruth`") == true)
    var stranger = try History()
    try stranger.remake(by: "mei") { _ in }
    #expect(stranger.codes == ["release-quorum-missing"])
  }

  @Test func `counts no approval of something else, nor one by another person`() throws {
    for edit: (inout ReleaseManifest) -> Void in [
      { $0.effective = $0.effective.adding(days: 1) },
      { $0.approvals = [.init(person: "ruth", commit: $0.approvals[0].commit)] },
      { $0.approvals = [.init(person: "ada", commit: History.id(201))] },
    ] {
      var history = try History()
      try history.remake(agreed: false, edit)
      #expect(history.codes == ["release-approval", "release-quorum-missing"])
    }
  }

  @Test func `counts no approval that changes a file or read another state`() throws {
    for edit: (inout SubmittedReleaseApproval) -> Void in [
      { $0.changesNothing = false }, { $0.parent = History.id(1) },
    ] {
      var history = try History()
      var content = try #require(history.releases[1].content)
      edit(&content.approvals[0])
      history.releases[1].content = content
      #expect(history.codes == ["release-approval", "release-quorum-missing"])
    }
  }

  @Test func `asks for a reason and a critical quorum where a release takes effect in the past`() throws {
    var silent = try History()
    try silent.remake(days: 1) { $0.level = "critical" }
    #expect(silent.codes == ["release-retroactive"])
    var light = try History()
    try light.remake(days: 1) {
      $0.retroactive = "It was meant so."
      $0.level = "minor"
    }
    #expect(light.codes == ["release-retroactive"])
    var honest = try History()
    try honest.remake(days: 1) {
      $0.retroactive = "It was meant so."
      $0.level = "critical"
    }
    #expect(honest.codes == [])
  }

  @Test func `finds a date before what is released, but for a day of clocks that differ`() throws {
    var early = try History()
    try early.remake(days: -2) { _ in }
    #expect(early.codes == ["release-backdated"])
    var skewed = try History()
    try skewed.remake(days: -1) { _ in }
    #expect(skewed.codes == [])
  }

  @Test func `finds a release that was deleted or made again under a later one`() throws {
    var deleted = try History()
    deleted.releases.removeFirst()
    #expect(deleted.codes == ["release-chain", "release-gap"])
    var remade = try History()
    let last = remade.releases.removeLast()
    try remade.remake { $0.summary = "Another" }
    remade.releases[0].tag?.id = History.id(150)
    remade.releases.append(last)
    #expect(remade.codes == ["release-chain"])
    var first = try History()
    try first.remake { $0.previous = nil }
    #expect(first.codes == ["release-chain"])
    // What was the last is gone without a trace.
    var gone = try History()
    gone.releases.removeLast()
    #expect(gone.codes == [])
  }

  /// The second release takes effect before the first was to: it also changes what that would have brought.
  private func forward(agreed: Bool, _ edit: (inout ReleaseManifest) -> Void) throws -> History {
    var history = try History()
    let all = try #require(history.releases[0].manifest).changes
    let since = history.releases[1].content?.changes
    history.releases[1].content?.changesSincePrevious = since
    history.releases[1].content?.changes = all
    if !agreed { history.releases[1].content?.approvals = [] }
    try history.remake(agreed: agreed) {
      edit(&$0)
      if !agreed { $0.approvals = [] }
    }
    return history
  }

  @Test func `holds a release that overtakes another to all that it changes of what was in force`() throws {
    let before = try #require(try History().releases[0].manifest)
    let honest = try forward(agreed: true) { ($0.changes, $0.level) = (before.changes, "critical") }
    #expect(honest.codes == [])
    // As such releases were written once: told of the release before, which is a note where all agreed that it needs.
    let old = try forward(agreed: true) { _ in }
    #expect(old.codes == ["release-forward"])
    #expect(ReleaseVerification(old.releases).findings.map(\.severity) == [.note])
    #expect(ReleaseVerification(old.releases).setAside(beside: []).isEmpty)
    #expect(try forward(agreed: false) { _ in }.codes == ["release-forward", "release-quorum-missing"])
    // What is told of neither is no manifest of it.
    #expect(try forward(agreed: true) { $0.changes = [] }.codes.contains("release-incomplete"))
  }

  @Test func `finds a release of what was never in force`() throws {
    var history = try History()
    history.releases[1].place = nil
    #expect(history.codes == ["release-off-line"])
  }
}
