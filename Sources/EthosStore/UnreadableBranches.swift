import EthosGit
package import EthosRecord
import EthosText

/// A branch of a proposal or of reviews, or the tag of a closed proposal, that cannot be read: what it says is as if it
/// were not there, and everything else goes on.
package struct UnreadableBranch: Hashable, Sendable {
  /// The full name, as `refs/heads/proposals/lower`.
  package var reference: String
  /// The object that cannot be read, where the reference itself can be.
  package var object: ObjectID?
  package var reason: String
  /// Whether something is missing here that a clone may have.
  package var isMissing: Bool

  package var isTag: Bool { place.first == "tags" }

  /// The name without `refs/heads/`, `refs/remotes/` or `refs/tags/`.
  package var name: String { place.dropFirst().joined(separator: "/") }

  /// The remote that it was fetched from.
  package var remote: String? { place.first == "remotes" && place.count > 1 ? String(place[1]) : nil }

  private var place: [String] { reference.parts(at: "/", omittingEmpty: true).dropFirst().map { $0 } }

  /// Whether it is the branch, or a fetched one, of this name: `proposals/lower`.
  package func isBranch(_ branch: String) -> Bool {
    remote.map { name == "\($0)/\(branch)" } ?? (!isTag && name == branch)
  }

  /// Whether reviews are what it holds.
  package var isOfReviews: Bool { (remote == nil ? place.dropFirst().first : place.dropFirst(2).first) == "reviews" }
}

/// What was found out of the tips of branches, for as long as the process runs: objects do not change.
struct BranchReadings {
  /// The line that branches are read against: what it holds was read by whoever judged it.
  var hidden: [ObjectID]?
  var readable: Set<ObjectID> = []
}

extension IdentityStore {
  /// The branches of proposals and reviews, here and fetched, and the tags of closed proposals, that cannot be read.
  ///
  /// Costs what they add to the branches that are neither, once in a process.
  package func unreadableBranches() throws -> [UnreadableBranch] {
    var found: [UnreadableBranch] = []
    var references: [RepositoryReference] = []
    for prefix in ["refs/heads/proposals/", "refs/heads/reviews/", "refs/remotes/", "refs/tags/closed/"] {
      references += try repository.references(under: prefix)
      found += try repository.brokenReferences(under: prefix).filter { isOfRecords($0.name) }.map {
        UnreadableBranch(reference: $0.name, object: nil, reason: $0.reason, isMissing: false)
      }
    }
    references = references.filter { isOfRecords($0.name) }
    let unreadable = try unreadable(references.map(\.target))
    found += references.compactMap { reference in
      unreadable[reference.target].map { object in
        UnreadableBranch(
          reference: reference.name, object: object.id, reason: object.error.message,
          isMissing: object.error.code == .notFound)
      }
    }
    return found.sorted { $0.reference < $1.reference }
  }

  /// Whether a reference is one that records live in: of remotes, only what they have of these.
  private func isOfRecords(_ name: String) -> Bool {
    let parts = name.parts(at: "/", omittingEmpty: true)
    guard parts.count > 3, parts[1] == "remotes" else { return parts.count > 1 && parts[1] != "remotes" }
    return parts[3] == "proposals" || parts[3] == "reviews"
  }

  /// The references that can be read as far as they go.
  func readable(_ references: [RepositoryReference]) throws -> [RepositoryReference] {
    let unreadable = try unreadable(references.map(\.target))
    return unreadable.isEmpty ? references : references.filter { unreadable[$0.target] == nil }
  }

  /// What cannot be read of each of these tips, by the tip.
  ///
  /// All at once, as nearly always nothing is wrong.
  private func unreadable(_ tips: [ObjectID]) throws -> [ObjectID: UnreadableObject] {
    let unknown = Set(tips).subtracting(branchReadings.readable).sorted()
    guard !unknown.isEmpty else { return [:] }
    let hidden = try branchReadings.hidden ?? otherBranches()
    branchReadings.hidden = hidden
    // A tag names a commit; a branch that is none at all cannot be read.
    let first = try repository.malformed(in: unknown, hiding: hidden, limit: 1)
    var found: [ObjectID: UnreadableObject] = [:]
    for tip in unknown {
      if !first.isEmpty, let object = try repository.malformed(in: tip, hiding: hidden, limit: 1).first {
        found[tip] = object
      } else if let object = try notACommit(tip) {
        found[tip] = object
      } else {
        branchReadings.readable.insert(tip)
      }
    }
    return found
  }

  private func notACommit(_ tip: ObjectID) throws -> UnreadableObject? {
    var (next, kind) = (tip, try repository.objectHeader(tip).kind)
    if kind == .tag {
      next = try repository.tag(tip).target
      kind = try repository.objectHeader(next).kind
    }
    guard kind != .commit else { return nil }
    return UnreadableObject(
      id: tip, error: GitError(.malformed, "the object `\(tip)` is no commit, and names none by one tag"))
  }

  /// The tips of the branches here that are neither proposals nor reviews: the line in force is among them.
  private func otherBranches() throws -> [ObjectID] {
    try repository.references(under: "refs/heads/").filter {
      !$0.name.begins(with: "refs/heads/proposals/") && !$0.name.begins(with: "refs/heads/reviews/")
    }.map(\.target)
  }
}
