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
  /// The lines that were judged in this run, by their heads, and the closings that were read.
  var judgedLines: [ObjectID: LineVerification] = [:]
  var wholeLines: [ObjectID: LineVerification] = [:]
  var knownClosings: [ClosedProposal]?
  /// What it says of an object is asked once in a command.
  private(set) lazy var signatureVerifier = SignatureVerifier(store, environment: environment.variables)
  /// The branch in force, and what it was found from.
  var knownBranch: (state: BranchState, branch: BranchInForce)?
  /// The releases as they were judged, and of what.
  var knownReleases: (head: ObjectID, tags: [ObjectID], judged: JudgedReleases)?
  /// Why releases may be missing here, once that was asked, and whether it was told.
  var knownMissingReleases: MissingReleases??
  var hasToldMissingReleases = false
  var hasToldMissingBranches = false
  /// The heads of which was told that newer is known.
  var toldBehind: Set<ObjectID> = []
  /// What an edit of the work tree was made of: its files must still be so when they are written.
  var editedSnapshot: Snapshot?
  /// Whether the search for the branch in force may build on what was verified before.
  var usesBranchMemory = true

  package var repository: Repository { store.repository }

  /// Opens the repository that holds a folder, and says what an interrupted command left in it.
  ///
  /// Moves nothing.
  package static func open(at path: String? = nil, environment: AppEnvironment) throws -> Workspace {
    let repository = try Repository.open(at: path ?? environment.workingDirectory, environment: environment.variables)
    return try Workspace(store: IdentityStore(repository), environment: environment)
  }

  package init(store: IdentityStore, environment: AppEnvironment) throws {
    self.store = store
    self.environment = environment
    var isTold = false
    store.repository.onUndecoded = { commit in
      guard !isTold else { return }
      isTold = true
      environment.tell(
        "the message of the commit \(commit.short) is in no encoding that can be read: its bytes are shown as `\\xF6`, "
          + "and so are those of others like it")
    }
    if environment.tellsInterruption, let text = store.interruption()?.notice { notice(text) }
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

  /// The tree of HEAD; nil where it has no commit yet, and only there.
  func headTree() throws -> ObjectID? {
    if case .unborn = try repository.head() { return nil }
    return try headCommit().tree
  }

  /// Whether a commit is on the line of first parents that leads to another: what was in force before it.
  func isOnLine(_ id: ObjectID, of head: ObjectID) throws -> Bool {
    try repository.walk(from: [head], hiding: [], order: .firstParent).contains(id)
  }

  package func mainSnapshot() throws -> Snapshot { try store.snapshot(ofTree: try mainCommit().tree) }

  // MARK: days

  /// The time zone in which days begin today: that of the charter in force, whatever is checked out.
  package func zone() throws -> TimeZoneRules {
    if let knownZone { return knownZone }
    let name = try charterInForce()?.meaning["timeZone"]?.text ?? "UTC"
    let zone = TimeZoneRules(name)
    if zone == nil { notice("the time zone `\(name)` is not known to this system: days are counted in UTC") }
    knownZone = zone ?? .utc
    return zone ?? .utc
  }

  /// The charter in force.
  ///
  /// Where no line is here that could be, as in a shallow clone, that of what is checked out: nothing can be in force
  /// by its days.
  private func charterInForce() throws -> Document? {
    var tip: ObjectID?
    do {
      tip = try branchInForce().tip
    } catch {
      tip = nil
    }
    return try (tip ?? repository.head().commit).flatMap { try store.charter(ofTree: repository.treeID(of: $0)) }
  }

  /// The time zone of a state.
  ///
  /// Days are those of the charter that was in force when something was written: another zone later changes none of
  /// them.
  package func zone(of snapshot: Snapshot) -> TimeZoneRules {
    TimeZoneRules(Charter(snapshot: snapshot).timeZone) ?? .utc
  }

  /// The time zone of the state that a commit of the line changed; that of the first commit is its own.
  package func zone(before commit: Commit) throws -> TimeZoneRules {
    let tree = try commit.parents.first.map { try repository.treeID(of: $0) } ?? commit.tree
    return zone(of: try store.snapshot(ofTree: tree, kinds: [.charter]))
  }

  /// The day of a moment for what is written now.
  package func day(of instant: Instant) throws -> Day { try zone().day(of: instant) }

  package func today() throws -> Day { try day(of: environment.now) }

  // MARK: who is at work

  package func author() throws -> Signature {
    try store.askGitForSettings()
    return try repository.identity(environment: environment.variables, role: .author, now: environment.now)
  }

  package func committer() throws -> Signature {
    try store.askGitForSettings()
    return try repository.identity(environment: environment.variables, role: .committer, now: environment.now)
  }

  // MARK: proposals

  /// The proposal that is meant: the one named, the one checked out, or the only one that is open.
  package func proposal(named name: String?) throws -> ProposalTip {
    let all = try store.proposals()
    if let name {
      if let found = all.first(where: { $0.name == name }), try !isWithdrawn(found) { return found }
      if case .record? = try closing(name) {
        throw Failure.no(
          "the proposal `\(name)` was withdrawn", help: "read why: `git show \(shellWord("closed/\(name)"))`")
      }
      if let broken = try store.unreadableBranches().first(where: { $0.isBranch(RecordReference.proposalBranch(name)) })
      {
        throw Failure(.cannot, "the proposal `\(name)` cannot be read: \(broken.reason)", help: broken.mending)
      }
      let near = nearestName(to: name, among: all.map(\.name))
      if near == nil, let missing = try missingBranches() {
        throw Failure.cannot("the proposal `\(name)` is not here: \(missing.reason)", help: missing.help)
      }
      throw Failure.cannot(
        "there is no proposal `\(name)`",
        help: near.map { "did you mean `\($0)`?" } ?? "see the open ones with `ethos status`")
    }
    if case .branch(let branch, _) = try repository.head(), branch.begins(with: "proposals/"),
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
      if let missing = try missingBranches() {
        throw Failure.cannot("no proposal is here: \(missing.reason)", help: missing.help)
      }
      throw Failure.cannot("no proposal is open", help: "begin one with `ethos propose NAME --because …`")
    }
    return only
  }

  /// The proposal that is a commit.
  ///
  /// A name that nobody here knows is taken as it is, so that a pull request of a fork can be looked at; one that is
  /// known, or was, as another commit is refused.
  func proposal(named name: String?, at revision: String) throws -> ProposalTip {
    guard let name else {
      throw Failure.usage("a commit is that of one proposal", help: "name it: `ethos review NAME --at COMMIT`")
    }
    try requireProposalName(name)
    let commit = try self.revision(revision).commit.id
    var known = try store.proposal(name)
    if try known == nil && repository.reference(RecordReference.closed(name)) != nil {
      known = try proposal(named: name)
    }
    guard let known else {
      var proposal = ProposalTip(name: name, tip: commit)
      proposal.local = nil
      return proposal
    }
    guard known.tip == commit else {
      throw Failure.no(
        "the proposal `\(name)` is \(known.tip.short), and not \(commit.short), which bears the same name",
        help: "fetch, if the proposal went on since; else let whoever made the other one give it a name of its own")
    }
    return try proposal(named: name)
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

  /// Moves the branch of a proposal to a new commit, and the work tree along where it shows that branch.
  ///
  /// A new proposal has no branch yet; then a work tree that is on it shows `tree`.
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
    guard proposal.local == nil, case .record(let tag)? = try closing(proposal.name),
      try repository.readableCommit(tag.target) != nil
    else { return false }
    return try repository.isAncestor(proposal.tip, of: tag.target)
  }
}
