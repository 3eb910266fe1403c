import EthosGit
import EthosRecord
import EthosStore
import EthosText

/// What was fetched of a branch and is not in the branch here.
struct NewerBranch: Hashable, Sendable {
  /// With its remote: `origin/main`.
  var branch: String
  /// How many commits the branch here lacks; nil where this clone does not have the history that would tell.
  var commits: Int?
  /// Whether the branch here has commits of its own too, so that neither goes on from the other.
  var isApart: Bool

  /// That the branch here is behind, as a clause.
  func reason(_ name: String) -> String {
    guard let commits else {
      return "`\(branch)` is another commit than `\(name)` here, and which is newer is not known"
    }
    let count = "\(commits) commit\(commits == 1 ? "" : "s")"
    return isApart
      ? "`\(branch)` and `\(name)` here went apart: `\(branch)` has \(count) that are not here"
      : "`\(name)` here is \(count) behind `\(branch)`"
  }
}

/// What is in force is judged by the newest state that is known: a branch that was fetched may go on from the one here.
extension Workspace {
  /// The branches of remotes, as they were fetched, that hold what a branch here does not.
  func newerBranches(than tip: ObjectID, named name: String) throws -> [NewerBranch] {
    let (prefix, suffix) = ("refs/remotes/", "/\(name)")
    let remotes = try repository.remotes()
    return try repository.references(under: prefix).compactMap { reference in
      guard reference.target != tip, reference.name.ends(with: suffix), let short = reference.name.dropping(prefix)
      else { return nil }
      let remote = String(decoding: short.utf8.dropLast(suffix.utf8.count), as: UTF8.self)
      // `origin/proposals/main` is no branch `main` of a remote.
      guard !remote.utf8.contains(UInt8(ascii: "/")) || remotes.contains(where: { $0.utf8.elementsEqual(remote.utf8) })
      else { return nil }
      do {
        guard try repository.readableCommit(reference.target) != nil,
          try !repository.isAncestor(reference.target, of: tip)
        else { return nil }
        return NewerBranch(
          branch: short, commits: try repository.walk(from: [reference.target], hiding: [tip]).count,
          isApart: try !repository.isAncestor(tip, of: reference.target))
      } catch let error as GitError where error.isOfClone {
        return NewerBranch(branch: short, commits: nil, isApart: false)
      }
    }
  }

  /// Tells once that newer is known than a branch which is acted on or answered from.
  func tellBehind(_ name: String, at tip: ObjectID) throws {
    guard toldBehind.insert(tip).inserted else { return }
    for newer in try newerBranches(than: tip, named: name) where !newer.isApart {
      notice("\(newer.reason(name)): go on to it with \(try goingOn(to: newer, name))")
    }
  }

  /// The same of the branch that the work tree shows.
  func tellBehindOfWorkTree() throws {
    guard case .branch(let name, let tip) = try repository.head() else { return }
    try tellBehind(name, at: tip)
  }

  /// Refuses to write to what is in force, or to open a gate by it, where newer is known.
  package func requireNewest(_ what: String) throws {
    let branch = try branchInForce()
    guard let tip = branch.tip else { return }
    guard let newer = try newerBranches(than: tip, named: branch.name).first(where: { isFollowed($0, branch.name) })
    else { return }
    let help =
      newer.isApart || newer.commits == nil
      ? [
        "see both: `git log --oneline --left-right \(shellWord("\(branch.name)...\(newer.branch)"))`",
        "what was recorded here alone is taken back with `ethos undo`, and recorded again on top of `\(newer.branch)`",
      ] : ["go on to it: \(try goingOn(to: newer, branch.name))", "then do it again"]
    throw Failure(.cannot, "\(what): \(newer.reason(branch.name))", help: help)
  }

  /// Whether a branch of a remote is the one that a branch here follows.
  ///
  /// Where git was told of none, or what it was told cannot be read, each is: more is held to be newer then, and
  /// nothing opens.
  private func isFollowed(_ newer: NewerBranch, _ name: String) -> Bool {
    guard let remote = try? repository.configuration("branch.\(name).remote"), remote != "." else { return true }
    return newer.branch.utf8.elementsEqual("\(remote)/\(name)".utf8)
  }

  /// What to type to bring a branch here to one that goes on from it.
  private func goingOn(to newer: NewerBranch, _ name: String) throws -> String {
    if case .branch(name, _) = try repository.head(), !repository.isBare {
      return "`git merge --ff-only \(shellWord(newer.branch))`"
    }
    return "`git fetch . \(shellWord("refs/remotes/\(newer.branch):refs/heads/\(name)"))`"
  }
}
