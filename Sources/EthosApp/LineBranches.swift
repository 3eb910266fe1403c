import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// What the charters along a line of first parents say of the branch in force, up to a commit.
///
/// It follows from the commit alone, so that it may be remembered by it, and a longer line costs the commits that are new.
struct LineBranches: Hashable, Sendable {
  /// A commit whose charter names another branch than the last one before it that could be read.
  struct Change: Hashable, Sendable {
    /// What stood before it.
    enum Authority: String, Hashable, Sendable {
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

  /// Begins with a first commit.
  ///
  /// The charter that says nothing of it, and none at all, mean `main`.
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

// MARK: - as a text

extension LineBranches {
  /// All that a longer line needs to go on from here, in lines.
  var text: [String] {
    var lines = [
      "line \(root) \(hasCharter) \(hadAuthority) \(asksForSignatures) \(hasAuthority)",
      "names \(LineBranches.word(first)) \(LineBranches.word(named))",
      "state \(tree?.hex ?? "none") \(charter.map { "\(String($0.mode.rawMode, radix: 8)) \($0.id)" } ?? "none")",
    ]
    lines += changes.map { "change \($0.commit) \($0.authority.rawValue) \(LineBranches.word($0.branch))" }
    return lines
  }

  /// Reads what `text` wrote; nil for anything else.
  init?(text lines: ArraySlice<String>) {
    let words = lines.map { $0.parts(at: " ") }
    guard words.count >= 3, words[0].count == 6, words[0][0] == "line", let root = ObjectID(hex: words[0][1]),
      words[1].count == 3, words[1][0] == "names", let first = LineBranches.name(words[1][1]),
      let named = LineBranches.name(words[1][2]), words[2].first == "state"
    else { return nil }
    let flags = words[0][2...].compactMap { Bool($0) }
    guard flags.count == 4 else { return nil }
    (self.root, self.first, self.named) = (root, first, named)
    (hasCharter, hadAuthority, asksForSignatures, hasAuthority) = (flags[0], flags[1], flags[2], flags[3])
    switch words[2].count {
    case 3 where words[2][2] == "none": charter = nil
    case 4:
      guard let mode = UInt32(words[2][2], radix: 8), let id = ObjectID(hex: words[2][3]) else { return nil }
      charter = TreeLeaf(mode: FileMode(rawMode: mode), id: id)
    default: return nil
    }
    guard let tree = ObjectID(hex: words[2][1]) else { return nil }
    self.tree = tree
    for line in words.dropFirst(3) {
      guard line.count == 4, line[0] == "change", let commit = ObjectID(hex: line[1]),
        let authority = Change.Authority(rawValue: line[2]), let branch = LineBranches.name(line[3])
      else { return nil }
      changes.append(Change(commit: commit, branch: branch, authority: authority))
    }
  }

  /// A name as one word, whatever it consists of.
  private static func word(_ name: String) -> String { "=" + Base64.encoded(Array(name.utf8)) }

  private static func name(_ word: String) -> String? {
    guard word.utf8.first == UInt8(ascii: "="), let bytes = Base64.decoded(word.utf8.dropFirst()) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}

/// Reads the lines of a repository for the branches that they name, each commit once.
struct LineBranchReader {
  private let store: IdentityStore
  private var known: [ObjectID: LineBranches] = [:]

  /// What is known of a line already is gone on from.
  init(_ store: IdentityStore, known: LineBranchMemory?) {
    self.store = store
    if let known { self.known[known.tip] = known.branches }
  }

  /// What the line that leads to a commit says.
  ///
  /// Costs the commits since the last one that was asked about.
  mutating func branches(to tip: ObjectID) throws -> LineBranches {
    if let found = known[tip] { return found }
    var line: [ObjectID] = []
    var next: ObjectID? = tip
    while let id = next, known[id] == nil {
      line.append(id)
      // Below what cannot be read nothing can be said; `verify` tells of it.
      guard try store.repository.readableCommit(id) != nil else { break }
      next = try store.repository.readableFirstParent(of: id)
    }
    if let id = next, known[id] == nil { next = nil }
    var branches = next.flatMap { known[$0] }
    for id in line.reversed() {
      let tree = try store.repository.readableCommit(id)?.tree
      do {
        if branches == nil {
          branches = try LineBranches(root: id, tree: tree ?? Repository.emptyTree, store)
        } else if let tree {
          try branches?.add(id, tree: tree, store)
        }
      } catch let error as GitError where error.isOfObject {
        // A state that cannot be read names no branch.
        continue
      }
    }
    guard let branches else { throw Failure.cannot("`\(tip.short)` has no history") }
    known[tip] = branches
    return branches
  }
}
