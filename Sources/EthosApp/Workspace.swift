package import EthosGit
import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// A repository opened for one command, with the clock, the identity and the environment that it runs in.
package final class Workspace {
  package let store: IdentityStore
  package let environment: AppEnvironment
  private var knownZone: TimeZoneRules?

  package var repository: Repository { store.repository }

  /// Opens the repository that holds a folder, and completes what an interrupted command had begun.
  package static func open(at path: String? = nil, environment: AppEnvironment) throws -> Workspace {
    let repository = try Repository.open(at: path ?? environment.workingDirectory, environment: environment.variables)
    return try Workspace(store: IdentityStore(repository), environment: environment)
  }

  package init(store: IdentityStore, environment: AppEnvironment) throws {
    self.store = store
    self.environment = environment
    if try store.recover() { notice("completed a change that had been interrupted") }
  }

  /// Tells the user something beside the answer.
  func notice(_ text: String) { environment.tell(text) }

  // MARK: the line that is in force

  /// The commit that HEAD names.
  package func headCommit() throws -> Commit {
    switch try repository.head() {
    case .branch(_, let id), .detached(let id): return try repository.commit(id)
    case .unborn(let branch):
      throw Failure.cannot(
        "the branch `\(branch)` has no commit yet", help: "begin an identity with `ethos init --template minimal`")
    }
  }

  /// The name of the branch that is in force, by the charter.
  ///
  /// A branch is in force whose own charter names it. `main` is asked first, then the branch that HEAD's charter names: a
  /// proposal to put another branch in force changes nothing before it is ratified.
  package func mainBranch() throws -> String {
    let named = try store.charter(ofTree: try headCommit().tree)?.meaning["branch"]?.text ?? "main"
    for candidate in ["main", named] {
      guard let tip = try repository.reference(RecordReference.branch(candidate)) else { continue }
      guard let commit = try repository.readableCommit(tip) else {
        // What cannot be read says nothing of itself; that it is in force is what everything else says.
        if candidate == named { return candidate }
        continue
      }
      let charter = try store.charter(ofTree: commit.tree)
      if let charter, charter.meaning["branch"]?.text ?? "main" == candidate { return candidate }
    }
    return named
  }

  /// The tip of the branch that is in force.
  package func mainCommit() throws -> Commit {
    let branch = try mainBranch()
    guard let id = try repository.reference(RecordReference.branch(branch)) else {
      guard try store.charter(ofTree: try headCommit().tree) != nil else {
        throw Failure.cannot(
          "this repository holds no identity: HEAD has no charter `ethos.yaml`",
          help: "begin one in a new folder: `ethos init NEW-FOLDER --template minimal`")
      }
      throw Failure.cannot(
        "there is no branch `\(branch)`, which the charter names as the one in force",
        help: "fetch it: `git fetch origin \(branch):\(branch)`")
    }
    return try repository.commit(id)
  }

  /// Whether a commit is on the line of first parents that leads to another: what was in force before it.
  func isOnLine(_ id: ObjectID, of head: ObjectID) throws -> Bool {
    try repository.walk(from: [head], hiding: [], order: .firstParent).contains(id)
  }

  package func mainSnapshot() throws -> Snapshot { try store.snapshot(ofTree: try mainCommit().tree) }

  // MARK: days

  /// The time zone in which this identity's days begin.
  package func zone() throws -> TimeZoneRules {
    if let knownZone { return knownZone }
    let charter = (try? headCommit()).flatMap { try? store.charter(ofTree: $0.tree) }
    let name = charter?.meaning["timeZone"]?.text ?? "UTC"
    let zone: TimeZoneRules
    if let known = TimeZoneRules(name) {
      zone = known
    } else if let utc = TimeZoneRules("UTC") {
      notice("the time zone `\(name)` is not known to this system: days are counted in UTC")
      zone = utc
    } else {
      throw Failure.cannot("no time zone is known to this system", help: "install the package tzdata")
    }
    knownZone = zone
    return zone
  }

  package func day(of instant: Instant) throws -> Day { try zone().day(of: instant) }

  package func today() throws -> Day { try day(of: environment.now) }

  // MARK: who is at work

  package func author() throws -> Signature {
    try repository.identity(environment: environment.variables, role: .author, now: environment.now)
  }

  package func committer() throws -> Signature {
    try repository.identity(environment: environment.variables, role: .committer, now: environment.now)
  }

  // MARK: proposals

  /// The proposal that is meant: the one named, the one checked out, or the only one that is open.
  package func proposal(named name: String?) throws -> ProposalTip {
    let all = try store.proposals()
    if let name {
      if let found = all.first(where: { $0.name == name }), try !isWithdrawn(found) { return found }
      if try repository.reference(RecordReference.closed(name)) != nil {
        throw Failure.no("the proposal `\(name)` was withdrawn", help: "read why: `git show closed/\(name)`")
      }
      if let broken = try store.unreadableBranches().first(where: { $0.isBranch(RecordReference.proposalBranch(name)) })
      {
        throw Failure(.cannot, "the proposal `\(name)` cannot be read: \(broken.reason)", help: broken.mending)
      }
      let near = nearestName(to: name, among: all.map(\.name))
      throw Failure.cannot(
        "there is no proposal `\(name)`",
        help: near.map { "did you mean `\($0)`?" } ?? "see the open ones with `ethos status`")
    }
    if case .branch(let branch, _) = try repository.head(), branch.hasPrefix("proposals/"),
      let current = all.first(where: { RecordReference.proposalBranch($0.name) == branch })
    {
      return current
    }
    let open = try openProposals()
    guard open.count <= 1 else {
      throw Failure.usage(
        "several proposals are open: \(open.map { "`\($0.name)`" }.joined(separator: ", "))",
        help: "name the one you mean")
    }
    guard let only = open.first else {
      throw Failure.cannot("no proposal is open", help: "begin one with `ethos propose NAME --because …`")
    }
    return only
  }

  /// The proposals that main does not hold yet.
  package func openProposals() throws -> [ProposalTip] {
    let main = try mainCommit().id
    return try store.proposals().filter { try !repository.isAncestor($0.tip, of: main) && !isWithdrawn($0) }
  }

  /// The tree that a work tree shows whose branch is the proposal: that of the branch here, which a remote may be ahead of.
  func shownTree(of proposal: ProposalTip) throws -> ObjectID {
    try repository.commit(proposal.local ?? proposal.tip).tree
  }

  /// Moves the branch of a proposal to a new commit, and the work tree along where it shows that branch. A new proposal
  /// has no branch yet; then a work tree that is on it shows `tree`.
  func moveProposal(
    _ name: String, from proposal: ProposalTip?, showing tree: ObjectID, to after: (commit: ObjectID, tree: ObjectID),
    _ reflogMessage: String
  ) throws {
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.proposal(name), before: proposal?.local, after: after.commit,
        reflogMessage: reflogMessage)
    ]
    let shown = try proposal.map(shownTree) ?? tree
    if shown != after.tree, case .branch(RecordReference.proposalBranch(name), _) = try repository.head(),
      !repository.isBare
    {
      transaction.checkout = (shown, after.tree)
    }
    try perform(transaction)
  }

  /// Whether a proposal is left over at a remote alone after it was closed.
  private func isWithdrawn(_ proposal: ProposalTip) throws -> Bool {
    guard proposal.local == nil,
      // One whose file cannot be read is told of by `unreadableBranches`.
      let closed = try repository.references(under: RecordReference.closed(proposal.name))
        .first(where: { $0.name == RecordReference.closed(proposal.name) })?.target,
      let tag = try? repository.tag(closed), try repository.readableCommit(tag.target) != nil
    else { return false }
    return try repository.isAncestor(proposal.tip, of: tag.target)
  }
}
