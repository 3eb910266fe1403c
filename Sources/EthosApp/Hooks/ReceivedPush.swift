import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

extension Workspace {
  /// What a server refuses of a push, before any of it takes effect: what a verification would call a breach
  /// afterwards, and what would take a proposal, a review or a record away.
  ///
  /// Nothing is written.
  package func refusals(of push: [PushedReference]) throws -> [PushRefusal] {
    var check = try ReceivedPush(self, push)
    return try check.run()
  }
}

/// Looks at one push as a whole: a withdrawal is the tag that keeps everything and the branches that go.
///
/// What would come of it is asked of the repository as it would be, by the questions that a verification asks.
struct ReceivedPush {
  /// The repository as it is.
  let workspace: Workspace
  /// The repository as it would be.
  ///
  /// Proposals and reviews that would go are still known: the server has heard them.
  let coming: Workspace
  let push: [PushedReference]
  /// The references that there would be, by the bytes of their names.
  let remaining: [[UInt8]: ObjectID]
  var refusals: [PushRefusal] = []

  init(_ workspace: Workspace, _ push: [PushedReference]) throws {
    self.workspace = workspace
    self.push = push
    let supposed = push.filter { $0.after != nil || !$0.isOfProposal }.map { ($0.name, $0.after) }
    coming = try Workspace(
      store: IdentityStore(workspace.repository.supposing(supposed)), environment: workspace.environment)
    var remaining: [[UInt8]: ObjectID] = [:]
    for reference in try workspace.repository.references(under: "refs/") {
      remaining[Array(reference.name.utf8)] = reference.target
    }
    for reference in push { remaining[Array(reference.name.utf8)] = reference.after }
    self.remaining = remaining
  }

  var repository: Repository { workspace.repository }

  mutating func run() throws -> [PushRefusal] {
    try checkIsReadable()
    // What cannot be read can be asked nothing.
    guard refusals.isEmpty else { return refusals }
    let line = try branch()
    for reference in push { try checkName(reference, line) }
    guard refusals.isEmpty else { return refusals }
    let known = try lineBefore()
    for reference in push {
      if reference.isNamed(line) {
        try checkLine(reference)
      } else if reference.lies(in: "refs/tags/closed/") {
        try checkClosing(reference, line)
      } else if reference.lies(in: "refs/tags/release/") {
        checkRelease(reference)
      } else if reference.lies(in: "refs/tags/trust/") {
        checkTrust(reference)
      } else if reference.lies(in: "refs/heads/reviews/") {
        try checkReview(reference, line)
      } else if reference.lies(in: "refs/heads/proposals/") {
        try checkProposal(reference, line)
      } else if reference.lies(in: "refs/heads/") {
        try checkRival(reference, known)
      }
    }
    try checkMove(known, line)
    try checkReleases(line)
    return refusals
  }

  mutating func refuse(
    _ reference: PushedReference, _ code: String, _ message: String, rule: String, help: String...
  ) {
    refusals.append(
      PushRefusal(
        reference: reference.name,
        finding: Finding(code, .breach, message, commit: reference.after, rule: rule, help: help)))
  }

  /// The branch in force: that of this repository, or, where it has no identity yet, that of the one which is pushed.
  private func branch() throws -> String {
    if let known = try lineBefore() { return RecordReference.branch(known.name) }
    var search = BranchSearch(workspace, usesMemory: false, pushed: afterwards(push))
    for reference in push where reference.lies(in: "refs/heads/") {
      guard !BranchSearch.isRecord(reference.name), let after = reference.after else { continue }
      if try search.line(to: after).hasCharter { return RecordReference.branch(try search.run().name) }
    }
    return RecordReference.branch(LineBranches.usual)
  }

  /// The branch in force of this repository; nil where it has no identity yet.
  private func lineBefore() throws -> BranchInForce? {
    var search = BranchSearch(workspace, usesMemory: false)
    let heads = try repository.references(under: "refs/heads/").filter { !BranchSearch.isRecord($0.name) }
    guard try heads.contains(where: { try search.line(to: $0.target).hasCharter }) else { return nil }
    return try workspace.branchInForce()
  }

  /// The branches of a push as they would stand after it.
  private func afterwards(_ push: [PushedReference]) -> [String: ObjectID?] {
    Dictionary(push.map { ($0.name, $0.after) }) { $1 }.filter { $0.key.utf8.starts(with: "refs/heads/".utf8) }
  }

  // MARK: - the line in force

  private mutating func checkLine(_ reference: PushedReference) throws {
    let rule = "the line in force only ever grows"
    guard let after = reference.after else {
      refuse(reference, "branch-removed", "the branch in force may not be removed", rule: rule, help: "keep it")
      return
    }
    // What stood under the name before it came into force is no part of the line.
    let known = try lineBefore()
    let before = known == nil || known?.tip == reference.before ? reference.before : nil
    if let anchor = known?.anchor, try !workspace.isOnLine(anchor, of: after) {
      refuse(
        reference, "head-rewound", "the push does not hold \(anchor.short), from which the branch is in force",
        rule: rule, help: "fetch the branch that is in force, and ratify on top of it")
      return
    }
    if let before, try !workspace.isOnLine(before, of: after) {
      refuse(
        reference, "head-rewound", "the push leaves \(before.short), which is in force, off the line", rule: rule,
        help: "fetch, and ratify on top of it: a proposal is merged with main as the first parent")
      return
    }
    var findings = try coming.findings(from: before, to: after)
    // Of a merge that is in force already, nobody who pushes something else is to answer.
    let new = Set(
      try repository.walk(from: [after], hiding: [before].compactMap { $0 }, order: .firstParent))
    findings += try coming.unheardObjections(after).filter { new.contains($0.merge.id) }.map(\.finding)
      .filter { $0.severity == .breach && !findings.contains($0) }
    findings += try backdated(new)
    refusals += findings.map { PushRefusal(reference: reference.name, finding: $0) }
  }

  /// A branch that is not in force may say what it likes, as long as nobody could take it for the one that is: it may not
  /// begin a line of its own that names it, nor take back what put another branch in force.
  private mutating func checkRival(_ reference: PushedReference, _ known: BranchInForce?) throws {
    guard let known else { return }
    var search = BranchSearch(workspace, usesMemory: false, pushed: afterwards([reference]))
    var isRival = false
    if let after = reference.after, let root = known.root {
      let line = try search.line(to: after)
      isRival = line.hasCharter && line.root != root && reference.isNamed(RecordReference.branch(line.first))
    }
    if !isRival {
      let after = try search.run()
      isRival = after.root != known.root || !after.moves.starts(with: known.moves)
    }
    guard isRival else { return }
    refuse(
      reference, "branch-replaced",
      "the push would put `\(reference.shortName)` in force instead of `\(known.name)`",
      rule: "another branch comes into force by a ratified change of the charter",
      help: "propose the change of `branch` in the charter, or push under another name")
  }

  /// Where a push puts another branch in force, what that branch holds is judged with it.
  private mutating func checkMove(_ known: BranchInForce?, _ line: String) throws {
    guard let known, refusals.isEmpty else { return }
    var search = BranchSearch(workspace, usesMemory: false, pushed: afterwards(push))
    let after = try search.run()
    guard after.name != known.name, let tip = after.tip else { return }
    let name = RecordReference.branch(after.name)
    for finding in try coming.findings(from: known.tip, to: tip) {
      refusals.append(PushRefusal(reference: push.contains { $0.isNamed(name) } ? name : line, finding: finding))
    }
  }

  /// New commits of the line that are dated before what this server has accepted already, by its log.
  private func backdated(_ new: Set<ObjectID>) throws -> [Finding] {
    guard let accepted = try workspace.serverLog().lastAccepted else { return [] }
    return try new.sorted().map { try repository.commit($0) }
      .filter { $0.committer.when.seconds + toleratedClockDifference < accepted.seconds }
      .map { LogDates.backdated($0, accepted: accepted) }
  }

  // MARK: - releases

  private mutating func checkRelease(_ reference: PushedReference) {
    guard reference.before != nil else { return }
    refuse(
      reference, reference.after == nil ? "tag-removed" : "tag-remade",
      "the tag \(reference.shortName) is a record: it stays where it is",
      rule: "a tag of a record stays where it is for ever",
      help: "make another release, or a new proposal, that says what is right")
  }

  /// Who vouched for the first commit has done so: a server keeps that, and a rotation.
  private mutating func checkTrust(_ reference: PushedReference) {
    guard reference.before != nil else { return }
    refuse(
      reference, reference.after == nil ? "tag-removed" : "tag-remade",
      "the tag \(reference.shortName) vouches for the first commit: it stays where it is",
      rule: "a tag of a record stays where it is for ever",
      help: "make another one under another name: `git tag -s trust/NAME`")
  }

  /// A release says something of those beside it: whatever is in breach among them with it, and was not without.
  private mutating func checkReleases(_ line: String) throws {
    let folder = "refs/tags/release/"
    let tags = push.filter { $0.before == nil && $0.after != nil && $0.lies(in: folder) }
    guard let first = tags.first, let head = remaining[Array(line.utf8)] else { return }
    let names = Set(tags.compactMap { $0.name(in: folder) })
    let before = try repository.reference(line)
    let known = try before.map { try workspace.releaseBreaches(line: $0, lookingInto: []) } ?? []
    for finding in try coming.releaseBreaches(line: head, lookingInto: names) where !known.contains(finding) {
      let tag = tags.first { reference in finding.tag.map { reference.isNamed("refs/tags/\($0)") } ?? false }
      refusals.append(PushRefusal(reference: (tag ?? first).name, finding: finding))
    }
  }
}

extension PushedReference {
  /// Whether it is the branch of a proposal or of somebody's reviews.
  var isOfProposal: Bool { lies(in: "refs/heads/proposals/") || lies(in: "refs/heads/reviews/") }
}
