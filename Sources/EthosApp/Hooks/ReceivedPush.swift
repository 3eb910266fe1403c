import EthosGit
package import EthosGovernance
import EthosHistory
import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// One reference that a push would move.
package struct PushedReference: Hashable, Sendable {
  package var name: String
  /// Nil where it is new, or would go.
  package var before: ObjectID?
  package var after: ObjectID?

  /// Reads `OLD NEW NAME`, as git tells its hooks; nil for anything else. An id of zeros is none.
  package init?(_ line: some StringProtocol) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3, let before = ObjectID(hex: words[0]), let after = ObjectID(hex: words[1]) else {
      return nil
    }
    self.init(String(words[2]), before, after)
  }

  /// Reads `LOCAL-NAME NEW NAME OLD`, as git tells what it is about to push.
  package init?(pushing line: some StringProtocol) {
    let words = line.split(separator: " ")
    guard words.count == 4, let after = ObjectID(hex: words[1]), let before = ObjectID(hex: words[3]) else {
      return nil
    }
    self.init(String(words[2]), before, after)
  }

  private init(_ name: String, _ before: ObjectID, _ after: ObjectID) {
    self.name = name
    self.before = before.bytes.allSatisfy { $0 == 0 } ? nil : before
    self.after = after.bytes.allSatisfy { $0 == 0 } ? nil : after
  }
}

/// Why a push is refused: the reference, and what is wrong with it.
package struct PushRefusal: Sendable {
  package var reference: String
  package var finding: Finding
}

extension Workspace {
  /// What a server refuses of a push, before any of it takes effect: what would break the line in force, its tags, or
  /// somebody else's reviews. Nothing is written.
  package func refusals(of push: [PushedReference]) throws -> [PushRefusal] {
    var check = ReceivedPush(self, push)
    return try check.run()
  }
}

/// Looks at one push as a whole: a withdrawal is the tag that keeps everything and the branches that go.
private struct ReceivedPush {
  private let workspace: Workspace
  private let push: [PushedReference]
  private var refusals: [PushRefusal] = []

  init(_ workspace: Workspace, _ push: [PushedReference]) {
    self.workspace = workspace
    self.push = push
  }

  private var repository: Repository { workspace.repository }

  mutating func run() throws -> [PushRefusal] {
    let line = try branch()
    let known = try lineBefore()
    for reference in push {
      if reference.name == line {
        try checkLine(reference)
      } else if reference.name.hasPrefix("refs/tags/release/") || reference.name.hasPrefix("refs/tags/closed/") {
        checkRecordTag(reference)
      } else if reference.name.hasPrefix("refs/heads/reviews/") {
        try checkReview(reference)
      } else if reference.name.hasPrefix("refs/heads/proposals/") {
        try checkProposal(reference)
      } else if reference.name.utf8.starts(with: "refs/heads/".utf8) {
        try checkRival(reference, known)
      } else if reference.name.hasPrefix("refs/replace/") {
        refuse(
          reference, "object-replaced", "a push may not replace objects",
          rule: "a history is what its ids vouch for", help: "push without `refs/replace/`")
      }
    }
    try checkMove(known, line)
    try checkReleases()
    return refusals
  }

  private mutating func refuse(
    _ reference: PushedReference, _ code: String, _ message: String, rule: String, help: String
  ) {
    refusals.append(
      PushRefusal(
        reference: reference.name,
        finding: Finding(
          code, .breach, message, commit: reference.after, rule: rule, help: [help])))
  }

  /// The branch in force: that of this repository, or, where it has no identity yet, that of the one which is pushed.
  private func branch() throws -> String {
    if let known = try lineBefore() { return RecordReference.branch(known.name) }
    var search = BranchSearch(workspace, usesMemory: false, pushed: afterwards(push))
    for reference in push where reference.name.utf8.starts(with: "refs/heads/".utf8) {
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
    for finding in try workspace.findings(from: before, to: after) {
      refusals.append(PushRefusal(reference: reference.name, finding: finding))
    }
  }

  /// A branch that is not in force may say what it likes, as long as nobody could take it for the one that is: it may not
  /// begin a line of its own that names it, nor take back what put another branch in force.
  private mutating func checkRival(_ reference: PushedReference, _ known: BranchInForce?) throws {
    guard let known else { return }
    var search = BranchSearch(workspace, usesMemory: false, pushed: afterwards([reference]))
    var isRival = false
    if let after = reference.after, let root = known.root {
      let line = try search.line(to: after)
      isRival = line.hasCharter && line.root != root && RecordReference.branch(line.first) == reference.name
    }
    if !isRival {
      let after = try search.run()
      isRival = after.root != known.root || !after.moves.starts(with: known.moves)
    }
    guard isRival else { return }
    refuse(
      reference, "branch-replaced",
      "the push would put `\(reference.name.dropFirst("refs/heads/".count))` in force instead of \(known.name)",
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
    for finding in try workspace.findings(from: known.tip, to: tip) {
      refusals.append(PushRefusal(reference: push.contains { $0.name == name } ? name : line, finding: finding))
    }
  }

  // MARK: - tags

  private mutating func checkRecordTag(_ reference: PushedReference) {
    guard reference.before != nil else { return }
    refuse(
      reference, reference.after == nil ? "tag-removed" : "tag-remade",
      "the tag \(reference.name.dropFirst("refs/tags/".count)) is a record: it stays where it is",
      rule: "a tag of a record stays where it is for ever",
      help: "make another release, or a new proposal, that says what is right")
  }

  private mutating func checkReleases() throws {
    let tags = push.filter { $0.before == nil && $0.after != nil && $0.name.hasPrefix("refs/tags/release/") }
    guard !tags.isEmpty else { return }
    let line = try branch()
    guard let head = try push.first(where: { $0.name == line })?.after ?? repository.reference(line) else { return }
    for tag in tags {
      for finding in try workspace.releaseFindings(pushed: tag, among: push, line: head) {
        refusals.append(PushRefusal(reference: tag.name, finding: finding))
      }
    }
  }

  // MARK: - proposals and reviews

  /// What a proposal or its reviews held may go once the line in force, or a tag that closes it, holds it.
  private mutating func checkProposal(_ reference: PushedReference) throws {
    guard let before = reference.before, reference.after == nil, try !isKept(before) else { return }
    refuse(
      reference, "proposal-lost", "the branch goes, and nothing keeps its commits",
      rule: "an objection is never lost: a proposal is ratified or closed before its branch goes",
      help: "close it first: `ethos withdraw NAME --because …`, and push the tag `closed/NAME` too")
  }

  private mutating func checkReview(_ reference: PushedReference) throws {
    guard let after = reference.after else { return try checkProposal(reference) }
    let rule = "a review is its author's own, and nobody rewrites it"
    if let before = reference.before, try !repository.isAncestor(before, of: after) {
      refuse(
        reference, "review-rewritten", "the push rewrites reviews that were given", rule: rule,
        help: "say it again on top: `ethos approve NAME`, `ethos object NAME` or `ethos abstain NAME`")
      return
    }
    let people = People(snapshot: (try? workspace.mainSnapshot()) ?? .empty)
    guard let owner = ReviewBranch(reference.name)?.speaker, people[id: owner] != nil else { return }
    // What was here before the push is somebody's already.
    let known = try ["refs/heads/", "refs/tags/"].flatMap { try repository.references(under: $0) }.compactMap {
      try? repository.commitID(for: $0.name)
    }
    for id in try repository.walk(from: [after], hiding: known) {
      let commit = try repository.commit(id)
      guard ReviewRecord(message: commit.message) != nil else { continue }
      if people.person(email: commit.author.email)?.id != owner {
        refuse(
          reference, "review-of-another",
          "the review \(id.short) is by \(commit.author.name) <\(commit.author.email)>, on the branch of `\(owner)`",
          rule: rule, help: "push your own reviews to your own branch")
      }
    }
  }

  private func isKept(_ id: ObjectID) throws -> Bool {
    let line = try branch()
    var keepers = try [push.first { $0.name == line }?.after ?? repository.reference(line)].compactMap { $0 }
    let closed = "refs/tags/closed/"
    keepers += try repository.references(under: closed).map(\.target)
    keepers += push.filter { $0.name.hasPrefix(closed) }.compactMap(\.after)
    return try keepers.contains { keeper in
      let commit = (try? repository.tag(keeper).target) ?? keeper
      return try repository.isAncestor(id, of: commit)
    }
  }
}

/// The branch of somebody's reviews of a proposal: `refs/heads/reviews/NAME/PERSON`, or `…/PERSON.by.RECORDER`.
struct ReviewBranch {
  let proposal: String
  /// Who writes on it: the person, or who records for them.
  let speaker: String

  init?(_ reference: String) {
    let parts = reference.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[0] == "refs", parts[1] == "heads", parts[2] == "reviews" else { return nil }
    proposal = parts[3]
    speaker = parts[4].firstRange(of: ".by.").map { String(parts[4][$0.upperBound...]) } ?? parts[4]
  }
}
