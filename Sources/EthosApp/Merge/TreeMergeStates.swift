import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax

/// The entries of the trees of a merge, as far as either side changed their files.
struct TreeMergeStates {
  /// An entry in one tree.
  struct State {
    var document: Document
    var leaf: TreeLeaf
  }

  /// An entry in all trees; nil where a tree does not have it.
  struct Entry {
    var key: EntryKey
    var bases: [State?]
    var ours: State?
    var theirs: State?

    var paths: Set<RepositoryPath> {
      Set((bases + [ours, theirs]).compactMap { $0.map { RepositoryPath($0.document.path) } })
    }
    /// The path that people know it by.
    var path: String { (ours ?? theirs ?? bases.compactMap { $0 }.first)?.document.path ?? "" }
  }

  /// One tree: its entries, which stand at which path, and what cannot be merged by meaning.
  private struct Side {
    var states: [EntryKey: State] = [:]
    var keys: [RepositoryPath: EntryKey] = [:]
    var unclear: Set<EntryKey> = []
    var unreadable: Set<RepositoryPath> = []

    init(_ store: IdentityStore, _ files: [IdentityFile]) throws {
      for file in files {
        let result = try store.read(file)
        guard let document = result.document, !result.hasErrors, file.mode == .file || file.mode == .executable else {
          unreadable.insert(RepositoryPath(file.path))
          if let key = result.document?.key { unclear.insert(key) }
          continue
        }
        keys[RepositoryPath(file.path)] = document.key
        let state = State(document: document, leaf: TreeLeaf(mode: file.mode, id: file.blob))
        // An id in two files names neither.
        if states.updateValue(state, forKey: document.key) != nil { unclear.insert(document.key) }
      }
    }
  }

  /// The entries whose files both sides changed.
  let shared: Set<EntryKey>
  private let bases: [Side]
  private let ours: Side
  private let theirs: Side

  init(_ store: IdentityStore, bases trees: [ObjectID], ours: ObjectID, theirs: ObjectID) throws {
    var changed: (ours: Set<EntryKey>, theirs: Set<EntryKey>) = ([], [])
    var files: (bases: [[IdentityFile]], ours: Set<IdentityFile>, theirs: Set<IdentityFile>) = ([], [], [])
    for tree in trees {
      let mine = try store.changedFiles(before: tree, after: ours)
      let other = try store.changedFiles(before: tree, after: theirs)
      for (sides, isOurs) in [(mine, true), (other, false)] {
        let before = try Side(store, sides.before)
        let after = try Side(store, sides.after)
        let keys = Set(before.states.keys).union(after.states.keys)
        if isOurs { changed.ours.formUnion(keys) } else { changed.theirs.formUnion(keys) }
      }
      files.bases.append(Array(Set(mine.before).union(other.before)))
      files.ours.formUnion(mine.after)
      files.theirs.formUnion(other.after)
    }
    if trees.count > 1 {
      // What one base differs in another may share with a side, so that the differences alone do not show it.
      files.bases = try trees.map { try store.identityFiles(ofTree: $0) }
      files.ours = Set(try store.identityFiles(ofTree: ours))
      files.theirs = Set(try store.identityFiles(ofTree: theirs))
    }
    shared = changed.ours.intersection(changed.theirs)
    bases = try files.bases.map { try Side(store, $0.sorted { $0.path < $1.path }) }
    self.ours = try Side(store, files.ours.sorted { $0.path < $1.path })
    self.theirs = try Side(store, files.theirs.sorted { $0.path < $1.path })
  }

  /// An entry in all trees; nil where some tree's is unreadable or twofold, or where its file stands at another's path.
  func entry(_ key: EntryKey) -> Entry? {
    let entry = Entry(
      key: key, bases: bases.map { $0.states[key] }, ours: ours.states[key], theirs: theirs.states[key])
    for side in bases + [ours, theirs] {
      guard !side.unclear.contains(key), side.unreadable.isDisjoint(with: entry.paths),
        entry.paths.allSatisfy({ side.keys[$0].map { $0 == key } ?? true })
      else { return nil }
    }
    return entry
  }

  /// The entry whose file stands at a path.
  func key(at path: String) -> EntryKey? {
    if path == Kind.charterPath { return .charter }
    return ([ours, theirs] + bases).lazy.compactMap { $0.keys[RepositoryPath(path)] }.first
  }
}
