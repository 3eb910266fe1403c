import EthosGit
import EthosGovernance
import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// The branch that is in force, and how that came to be.
package struct BranchInForce: Hashable, Sendable {
  /// A change of the charter that put another branch in force, with what its authority asked for.
  package struct Move: Hashable, Sendable {
    package var from: String
    package var to: String
    /// The commit that the new branch has to hold on its line: the change, or the merge that adopted it.
    package var commit: ObjectID
  }

  /// The name without `refs/heads/`.
  package var name: String
  /// The first commit of the line; nil where the configuration of this clone names the branch.
  package var root: ObjectID?
  package var moves: [Move] = []
  /// Where the branch stands; nil where it is not here, or what stands here under its name is another line.
  package var tip: ObjectID?

  /// The commit that a branch has to hold on its line to be the one in force.
  package var anchor: ObjectID? { moves.last?.commit ?? root }
}

/// Finds the branch in force.
///
/// The first commit says which branch it is, and each ratified change of that which one comes next. What a branch, a tip or
/// HEAD says of itself counts for nothing: everybody who can push could write it.
struct BranchSearch {
  private let workspace: Workspace
  private let usesMemory: Bool
  /// References as they would stand after a push, nil for those that would be gone.
  private let pushed: [String: ObjectID?]
  private var reader: LineBranchReader
  private var judged: [Judged: ObjectID?] = [:]
  /// What was found before, and is gone on from.
  private let memory: LineBranchMemory?
  /// The commits by which changes came into force, by those of the changes.
  private var ratifications: [ObjectID: ObjectID]

  private struct Judged: Hashable {
    var change: ObjectID
    var tip: ObjectID
  }

  init(_ workspace: Workspace, usesMemory: Bool, pushed: [String: ObjectID?] = [:]) {
    self.workspace = workspace
    self.usesMemory = usesMemory
    self.pushed = pushed
    memory = usesMemory ? LineBranchMemory.recall(workspace.store) : nil
    reader = LineBranchReader(workspace.store, known: memory)
    ratifications = memory?.ratified ?? [:]
  }

  private var repository: Repository { workspace.repository }

  mutating func run() throws -> BranchInForce {
    let branch = try search()
    // Where the configuration of the clone names the branch, nothing was read; and what is pushed may be refused.
    if pushed.isEmpty, branch.root != nil, let tip = branch.tip {
      let found = LineBranchMemory(tip: tip, branches: try reader.branches(to: tip), ratified: ratifications)
      if found != memory { found.remember(workspace.store) }
    }
    return branch
  }

  private mutating func search() throws -> BranchInForce {
    if let name = try repository.configuration("ethos.branch") {
      try Repository.validateReferenceName(RecordReference.branch(name))
      return BranchInForce(name: name, tip: try reference(name))
    }
    let head = try repository.head()
    let heads = try lineHeads()
    // A branch that is checked out says which history is meant, where it is one of an identity: no proposal, and no review.
    if let name = head.branch, !BranchSearch.isRecord(RecordReference.branch(name)), let id = try reference(name) {
      let line = try reader.branches(to: id)
      if line.hasCharter { return try branch(from: line.root, line.first, [id] + heads.map(\.target)) }
    }
    var found: [BranchInForce] = []
    for tip in heads.map(\.target) {
      let line = try reader.branches(to: tip)
      guard line.hasCharter, !found.contains(where: { $0.root == line.root }) else { continue }
      let branch = try branch(from: line.root, line.first, heads.map(\.target))
      // A line that the branch which it names does not go on from is somebody's draft.
      if branch.tip != nil || !branch.moves.isEmpty { found.append(branch) }
    }
    guard found.count <= 1 else {
      let names = Set(found.map(\.name)).sorted()
      throw Failure.cannot(
        "several lines with a first commit of their own are here, and nothing says which is in force: "
          + names.map { "`\($0)`" }.joined(separator: ", "),
        help: "say which one you trust: `git config ethos.branch \(shellWord(names.first ?? "main"))`")
    }
    if let only = found.first { return only }
    guard let start = head.commit ?? heads.first?.target else {
      throw Failure.cannot(
        "the branch `\(head.branch ?? "HEAD")` has no commit yet",
        help: "begin an identity with `ethos init --template minimal`")
    }
    let line = try reader.branches(to: start)
    return try branch(from: line.root, line.first, [start] + heads.map(\.target))
  }

  /// The branches that can be in force: proposals and reviews are none.
  private func lineHeads() throws -> [RepositoryReference] {
    let there = try repository.references(under: "refs/heads/").filter { pushed[$0.name] == nil }
    let coming = pushed.compactMap { name, target in target.map { RepositoryReference(name: name, target: $0) } }
    return (there + coming).filter { $0.name.utf8.starts(with: "refs/heads/".utf8) && !BranchSearch.isRecord($0.name) }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private func reference(_ branch: String) throws -> ObjectID? {
    let name = RecordReference.branch(branch)
    if let pushed = pushed[name] { return pushed }
    return try repository.reference(name)
  }

  static func isRecord(_ reference: String) -> Bool {
    ["refs/heads/proposals/", "refs/heads/reviews/"].contains { reference.utf8.starts(with: $0.utf8) }
  }

  /// What the line that leads to a commit says of the branch in force.
  mutating func line(to tip: ObjectID) throws -> LineBranches { try reader.branches(to: tip) }

  /// Follows the ratified changes from a first commit.
  ///
  /// Where a branch on the way is gone, as the old one is after it was renamed, the other tips bear witness: a change
  /// that was ratified is one wherever it stands.
  private mutating func branch(from root: ObjectID, _ first: String, _ witnesses: [ObjectID]) throws -> BranchInForce {
    var branch = BranchInForce(name: first, root: root)
    while true {
      let own = try reference(branch.name)
      if let own, try holds(own, branch) {
        guard let move = try nextMove(of: branch, on: own) else {
          branch.tip = own
          return branch
        }
        branch.moves.append(move)
        branch.name = move.to
        continue
      }
      var next: BranchInForce.Move?
      for tip in witnesses where next == nil && tip != own {
        if try holds(tip, branch) { next = try nextMove(of: branch, on: tip) }
      }
      guard let next else { return branch }
      branch.moves.append(next)
      branch.name = next.to
    }
  }

  /// Whether a line holds what the branch in force has to hold.
  private mutating func holds(_ tip: ObjectID, _ branch: BranchInForce) throws -> Bool {
    let line = try reader.branches(to: tip)
    guard line.root == branch.root else { return false }
    guard let last = branch.moves.last else { return true }
    // A change that the line tells of is on it.
    if line.changes.contains(where: { $0.commit == last.commit }) { return true }
    return try workspace.isOnLine(last.commit, of: tip)
  }

  /// The first change after what is known already that puts another branch in force.
  private mutating func nextMove(of branch: BranchInForce, on tip: ObjectID) throws -> BranchInForce.Move? {
    let changes = try reader.branches(to: tip).changes
    for change in try changes.dropFirst(known(changes, branch)) where change.branch != branch.name {
      if change.authority == .none {
        // Nobody has to agree to anything here; the line goes on where it really goes on.
        guard let there = try reference(change.branch),
          try workspace.isOnLine(change.commit, of: there)
        else { continue }
        return BranchInForce.Move(from: branch.name, to: change.branch, commit: change.commit)
      }
      if let commit = try ratified(change, on: tip) {
        return BranchInForce.Move(from: branch.name, to: change.branch, commit: commit)
      }
    }
    return nil
  }

  /// How many of the changes of a line lie before the commit that the branch in force has to hold, or at it.
  private mutating func known(_ changes: [LineBranches.Change], _ branch: BranchInForce) throws -> Int {
    guard let last = branch.moves.last else { return 0 }
    if let place = changes.firstIndex(where: { $0.commit == last.commit }) { return place + 1 }
    return try reader.branches(to: last.commit).changes.count
  }

  /// The commit by which a change came into force with its authority: itself, or the merge that adopted it; nil where
  /// it came past it.
  ///
  /// Costs a verification of the line.
  private mutating func ratified(_ change: LineBranches.Change, on tip: ObjectID) throws -> ObjectID? {
    if let known = ratifications[change.commit],
      try known == change.commit || workspace.isOnLine(known, of: tip)
    {
      return known
    }
    let key = Judged(change: change.commit, tip: tip)
    if let known = judged[key] { return known }
    var request = VerifyRequest()
    request.usesMemory = usesMemory
    var line = LineVerification(workspace, request)
    _ = try line.run(from: nil, to: change.commit)
    var commit: ObjectID?
    if !line.isBreach(change.commit), change.authority == .stated || !line.hasBreaches {
      commit = change.commit
    } else if tip != change.commit {
      line = LineVerification(workspace, request)
      _ = try line.run(from: nil, to: tip)
      commit = line.adopted.first { $0.commit == change.commit }?.merge
    }
    judged[key] = .some(commit)
    if let commit { ratifications[change.commit] = commit }
    return commit
  }
}

extension LineVerification {
  /// Whether something about a commit is in breach, and was not adopted.
  fileprivate func isBreach(_ commit: ObjectID) -> Bool { findings(of: commit).contains { $0.severity == .breach } }

  fileprivate var hasBreaches: Bool { findings.contains { $0.severity == .breach } }
}

extension Workspace {
  /// The branch in force.
  ///
  /// It is looked for once as long as no branch moves.
  package func branchInForce() throws -> BranchInForce {
    if let knownBranch, try knownBranch.state == branchState(knownBranch.branch) { return knownBranch.branch }
    var search = BranchSearch(self, usesMemory: usesBranchMemory)
    let branch = try search.run()
    knownBranch = (try branchState(branch), branch)
    return branch
  }

  private func branchState(_ branch: BranchInForce) throws -> BranchState {
    let names = Set([branch.name] + branch.moves.map(\.from)).sorted()
    return BranchState(
      head: try repository.head(), configured: try repository.configuration("ethos.branch"),
      tips: try names.map { try repository.reference(RecordReference.branch($0)) })
  }

  /// The name of the branch that is in force.
  ///
  /// It follows from the first commit along ratified changes of the charter's `branch`, or from `ethos.branch` of git's
  /// configuration. What is pushed, checked out or proposed changes nothing.
  package func mainBranch() throws -> String { try branchInForce().name }

  /// The tip of the branch that is in force.
  package func mainCommit() throws -> Commit {
    let branch = try branchInForce()
    if let tip = branch.tip {
      try tellBehind(branch.name, at: tip)
      return try repository.commit(tip)
    }
    guard let root = branch.root else {
      throw Failure.cannot(
        "there is no branch `\(branch.name)`, which `ethos.branch` of git's configuration names as the one in force",
        help: "name the one that is in force: `git config ethos.branch NAME`")
    }
    guard try isIdentity(branch) else {
      throw Failure.cannot(
        "this repository holds no identity: HEAD has no charter `ethos.yaml`",
        help: "begin one in a new folder: `ethos init NEW-FOLDER --template minimal`")
    }
    let fetch = "fetch it: `git fetch origin \(shellWord("\(branch.name):\(branch.name)"))`"
    let isHere = try repository.reference(RecordReference.branch(branch.name)) != nil
    if isHere {
      let anchor = branch.anchor ?? root
      throw Failure.cannot(
        "the branch `\(branch.name)` is in force by what \(anchor.short) says, and the one here does not hold that commit",
        help: "set the one here aside: `git branch -m \(shellWord(branch.name)) \(shellWord("aside-\(branch.name)"))`",
        fetch)
    }
    guard let move = branch.moves.last else {
      throw Failure.cannot(
        "there is no branch `\(branch.name)`, which the first commit's charter names as the one in force", help: fetch)
    }
    throw Failure.cannot(
      "there is no branch `\(branch.name)`, which is in force since \(move.commit.short) was ratified",
      help: fetch, "or, where nobody made it yet: `git branch \(shellWord(branch.name)) \(move.commit.short)`")
  }

  /// The branches whose own charter puts them in force, and that are not: notes, as they change nothing.
  func rivalBranches() throws -> [Finding] {
    let branch = try branchInForce()
    let past = Set([branch.name] + branch.moves.map(\.from))
    return try repository.references(under: "refs/heads/").compactMap { reference in
      guard !BranchSearch.isRecord(reference.name),
        let commit = try repository.readableCommit(reference.target),
        let charter = try store.charter(ofTree: commit.tree)
      else { return nil }
      let named = charter.meaning["branch"]?.text ?? LineBranches.usual
      guard RecordReference.branch(named) == reference.name, !past.contains(named) else { return nil }
      return Finding(
        "branch-replaced", .note,
        "the branch `\(named)` says of itself that it is in force, and `\(branch.name)` is", commit: reference.target,
        rule: "another branch comes into force by a ratified change of the charter")
    }
  }

  private func isIdentity(_ branch: BranchInForce) throws -> Bool {
    if !branch.moves.isEmpty { return true }
    if let root = branch.root, try store.charter(ofTree: repository.commit(root).tree) != nil { return true }
    return try repository.head().commit.map { try store.charter(ofTree: repository.commit($0).tree) != nil } ?? false
  }
}

/// What the branch in force is found from.
struct BranchState: Equatable {
  var head: HeadState
  var configured: String?
  /// Where the branches stand that are or were in force.
  var tips: [ObjectID?]
}
