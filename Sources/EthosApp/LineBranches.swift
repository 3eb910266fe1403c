import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore

/// What the charters along a line of first parents say of the branch in force, up to a commit.
///
/// It follows from the commit alone, so that it may be remembered by it, and a longer line costs the commits that are new.
struct LineBranches: Hashable, Sendable {
  /// A commit whose charter names another branch than the last one before it that could be read.
  struct Change: Hashable, Sendable {
    /// What stood before it.
    enum Authority: Hashable, Sendable {
      /// No state of the line so far stated who must agree to what.
      case none
      /// The state before the commit did.
      case stated
      /// An earlier state did, and the one before the commit does not.
      case dropped
    }

    var commit: ObjectID
    var branch: String
    var authority: Authority
  }

  /// The first commit of the line.
  var root: ObjectID
  /// The branch that the charter of the first commit names.
  var first: String
  /// Whether the first commit, or a later one, has a charter: whether this is a line of an identity.
  var hasCharter: Bool
  var changes: [Change] = []

  /// The last branch that was named.
  private var named: String
  private var tree: ObjectID?
  private var charter: TreeLeaf?
  private var hadAuthority = false
  private var asksForSignatures = false
  private var hasAuthority = false

  /// Whether a state of the line said who must agree to what, or who must sign.
  var isGuarded: Bool { hadAuthority || asksForSignatures }

  /// Begins with a first commit. The charter that says nothing of it, and none at all, mean `main`.
  init(root: ObjectID, tree: ObjectID, _ store: IdentityStore) throws {
    self.root = root
    (first, named, hasCharter) = (LineBranches.usual, LineBranches.usual, false)
    try read(root, tree, store)
    first = named
    changes = []
  }

  /// The branch that is in force where no charter says otherwise.
  static let usual = "main"

  /// Goes on by the next commit of the line.
  mutating func add(_ commit: ObjectID, tree: ObjectID, _ store: IdentityStore) throws {
    try read(commit, tree, store)
  }

  private mutating func read(_ commit: ObjectID, _ tree: ObjectID, _ store: IdentityStore) throws {
    guard tree != self.tree else { return }
    self.tree = tree
    let leaf = try store.repository.entry(at: RepositoryPath(Kind.charterPath), in: tree)
    guard leaf != charter else { return }
    charter = leaf
    hasCharter = hasCharter || leaf != nil
    let before = hasAuthority
    guard let leaf else {
      hasAuthority = false
      return
    }
    let file = IdentityFile(path: Kind.charterPath, mode: leaf.mode, blob: leaf.id)
    let snapshot = try store.snapshot(of: [file])
    let charter = Charter(snapshot: snapshot)
    hasAuthority = charter.hasAuthority
    // What cannot be read names nothing, and is no leave to name something either.
    guard snapshot.charter != nil else { return }
    if charter.branch != named {
      named = charter.branch
      changes.append(
        Change(
          commit: commit, branch: named, authority: before ? .stated : hadAuthority ? .dropped : .none))
    }
    hadAuthority = hadAuthority || hasAuthority
    asksForSignatures = asksForSignatures || charter.requiresSignatures
  }
}

/// Reads the lines of a repository for the branches that they name, each commit once.
struct LineBranchReader {
  private let store: IdentityStore
  private var known: [ObjectID: LineBranches] = [:]

  init(_ store: IdentityStore) { self.store = store }

  /// What the line that leads to a commit says. Costs the commits since the last one that was asked about.
  mutating func branches(to tip: ObjectID) throws -> LineBranches {
    if let found = known[tip] { return found }
    var line: [ObjectID] = []
    var next: ObjectID? = tip
    while let id = next, known[id] == nil {
      if let recalled = LineBranchMemory.recall(id, store) {
        known[id] = recalled
        break
      }
      line.append(id)
      next = try store.repository.parents(of: id).first
    }
    var branches = next.flatMap { known[$0] }
    for id in line.reversed() {
      let tree = try store.repository.treeID(of: id)
      if branches == nil {
        branches = try LineBranches(root: id, tree: tree, store)
      } else {
        try branches?.add(id, tree: tree, store)
      }
    }
    guard let branches else { throw Failure.cannot("`\(tip.short)` has no history") }
    known[tip] = branches
    LineBranchMemory.remember(branches, tip, store)
    return branches
  }
}

/// What was read of a line before, kept between two commands.
///
/// Nothing is kept yet: what decides which branch is in force may be believed only where nobody else can have written it.
enum LineBranchMemory {
  /// What a line that ends with a commit says; nil where that is not known.
  static func recall(_ tip: ObjectID, _ store: IdentityStore) -> LineBranches? { nil }

  static func remember(_ branches: LineBranches, _ tip: ObjectID, _ store: IdentityStore) {}
}
