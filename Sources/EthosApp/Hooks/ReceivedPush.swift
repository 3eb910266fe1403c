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
    let words = line.unicodeScalars.split(separator: " ", maxSplits: 2).map { String(String.UnicodeScalarView($0)) }
    guard words.count == 3, let before = ObjectID(hex: words[0]), let after = ObjectID(hex: words[1]) else {
      return nil
    }
    self.init(String(words[2]), before, after)
  }

  /// Reads `LOCAL-NAME NEW NAME OLD`, as git tells what it is about to push.
  package init?(pushing line: some StringProtocol) {
    let words = line.parts(at: " ", omittingEmpty: true)
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
    for reference in push {
      if reference.name == line {
        try checkLine(reference)
      } else if reference.name.begins(with: "refs/tags/release/") || reference.name.begins(with: "refs/tags/closed/") {
        checkRecordTag(reference)
      } else if reference.name.begins(with: "refs/heads/reviews/") {
        try checkReview(reference)
      } else if reference.name.begins(with: "refs/heads/proposals/") {
        try checkProposal(reference)
      } else if try couldBeRival(reference.name) {
        try checkRival(reference, line)
      } else if reference.name.begins(with: "refs/replace/") {
        refuse(
          reference, "object-replaced", "a push may not replace objects",
          rule: "a history is what its ids vouch for", help: "push without `refs/replace/`")
      }
    }
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

  /// The branch in force: that of this repository, or, where it has none yet, that of the charter which is pushed.
  private func branch() throws -> String {
    if let branch = try? workspace.mainBranch(), try repository.reference(RecordReference.branch(branch)) != nil {
      return RecordReference.branch(branch)
    }
    // Where HEAD names a branch that is not there, as git's own `master`, what is in force is here all the same.
    let heads = try repository.references(under: "refs/heads/").sorted { $0.name < $1.name }
    for head in heads.filter({ $0.name == RecordReference.branch("main") }) + heads {
      if try isNamedByItself(head.name, head.target) { return head.name }
    }
    for reference in push where reference.name.begins(with: "refs/heads/") {
      guard let id = reference.after, try isNamedByItself(reference.name, id) else { continue }
      return reference.name
    }
    return RecordReference.branch("main")
  }

  /// Whether the charter at a commit puts the branch in force that stands there.
  private func isNamedByItself(_ name: String, _ id: ObjectID) throws -> Bool {
    guard let tree = try? repository.commit(id).tree, let charter = try workspace.store.charter(ofTree: tree) else {
      return false
    }
    return RecordReference.branch(charter.meaning["branch"]?.text ?? "main") == name
  }

  /// Whether a pushed branch could be taken for the one in force: `main`, and, where HEAD says nothing, any.
  private func couldBeRival(_ name: String) throws -> Bool {
    guard name.begins(with: "refs/heads/") else { return false }
    if name == RecordReference.branch("main") { return true }
    if case .unborn = try repository.head() { return true }
    return false
  }

  // MARK: - the line in force

  private mutating func checkLine(_ reference: PushedReference) throws {
    let rule = "the line in force only ever grows"
    guard let after = reference.after else {
      refuse(reference, "branch-removed", "the branch in force may not be removed", rule: rule, help: "keep it")
      return
    }
    if let before = reference.before, try !workspace.isOnLine(before, of: after) {
      refuse(
        reference, "head-rewound", "the push leaves \(before.short), which is in force, off the line", rule: rule,
        help: "fetch, and ratify on top of it: a proposal is merged with main as the first parent")
      return
    }
    for finding in try workspace.findings(from: reference.before, to: after) {
      refusals.append(PushRefusal(reference: reference.name, finding: finding))
    }
  }

  /// A branch whose own charter names it could be in force instead of the one that is; see `mainBranch`.
  private mutating func checkRival(_ reference: PushedReference, _ line: String) throws {
    guard let after = reference.after, try isNamedByItself(reference.name, after) else { return }
    refuse(
      reference, "branch-replaced",
      "the push would put `\(reference.name.dropping("refs/heads/") ?? reference.name)` in force instead of \(line.dropping("refs/heads/") ?? line)",
      rule: "another branch comes into force by a ratified change of the charter",
      help: "propose the change of `branch` in the charter, or push under another name")
  }

  // MARK: - tags

  private mutating func checkRecordTag(_ reference: PushedReference) {
    guard reference.before != nil else { return }
    refuse(
      reference, reference.after == nil ? "tag-removed" : "tag-remade",
      "the tag \(reference.name.dropping("refs/tags/") ?? reference.name) is a record: it stays where it is",
      rule: "a tag of a record stays where it is for ever",
      help: "make another release, or a new proposal, that says what is right")
  }

  private mutating func checkReleases() throws {
    let tags = push.filter { $0.before == nil && $0.after != nil && $0.name.begins(with: "refs/tags/release/") }
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
    keepers += push.filter { $0.name.begins(with: closed) }.compactMap(\.after)
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
    let parts = reference.parts(at: "/")
    guard parts.count == 5, parts[0] == "refs", parts[1] == "heads", parts[2] == "reviews" else { return nil }
    proposal = parts[3]
    speaker = parts[4].cut(around: ".by.")?.after ?? parts[4]
  }
}
