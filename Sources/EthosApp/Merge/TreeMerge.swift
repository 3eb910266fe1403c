import EthosDiff
import EthosGit
import EthosModel
import EthosRecord
import EthosStore
import EthosSyntax
import EthosText

/// What merging one tree into another does to it; nothing is written yet.
struct TreeMergePlan {
  /// An entry whose file both sides changed, merged by meaning.
  struct Written {
    var key: EntryKey
    var path: String
    var mode: FileMode
    var bytes: [UInt8]
    var meaning: Record
    /// Where its file was on any side.
    var paths: Set<RepositoryPath>
  }

  /// What is taken over whole.
  var edits: [TreeEdit] = []
  var written: [Written] = []
  var conflicts: [MergeConflict] = []

  /// All edits of our tree, with the merged files stored.
  func edits(storingIn repository: Repository) throws -> [TreeEdit] {
    try edits
      + written.map {
        TreeEdit(
          path: RepositoryPath($0.path), leaf: TreeLeaf(mode: $0.mode, id: try repository.writeBlob($0.bytes)))
      }
  }
}

/// Merges one tree into another: files that one side alone changed whole, entries that both changed by meaning.
///
/// Costs the difference of the two sides, and the merge of what both changed.
struct TreeMerge {
  let store: IdentityStore
  let bases: [ObjectID]
  let ours: ObjectID
  let theirs: ObjectID

  private var repository: Repository { store.repository }

  init(_ store: IdentityStore, bases: [ObjectID], ours: ObjectID, theirs: ObjectID) {
    self.store = store
    self.bases = bases
    self.ours = ours
    self.theirs = theirs
  }

  func plan() throws -> TreeMergePlan {
    var taken: [RepositoryPath: TreeLeaf?] = [:]
    var contested: Set<RepositoryPath> = []
    try comparePaths(&taken, &contested)
    let states = try TreeMergeStates(store, bases: bases, ours: ours, theirs: theirs)
    var plan = TreeMergePlan()
    for key in states.shared.sorted() {
      let entry = states.entry(key)
      // What cannot be read, or stands where something else stood, is no entry to merge: its files are compared as such.
      guard let entry else { continue }
      let paths = entry.paths
      guard paths.contains(where: { taken[$0] != nil || contested.contains($0) }) else { continue }
      for path in paths { taken[path] = nil }
      contested.subtract(paths)
      try merge(entry, into: &plan, &taken, &contested)
    }
    for path in contested.sorted() {
      let name = path.description
      plan.conflicts.append(MergeConflict(kind: .file, entry: states.key(at: name), path: name))
    }
    plan.edits = taken.sorted { $0.key < $1.key }.map { TreeEdit(path: $0.key, leaf: $0.value) }
    return plan
  }

  /// Which paths are taken over from the other side, and which both changed to different ends.
  private func comparePaths(_ taken: inout [RepositoryPath: TreeLeaf?], _ contested: inout Set<RepositoryPath>) throws {
    func changes(_ side: ObjectID) throws -> [[RepositoryPath: TreeChange]] {
      try bases.map { base in
        Dictionary(try repository.treeDifference(before: base, after: side).map { ($0.path, $0) }) { first, _ in first }
      }
    }
    let (mine, other) = (try changes(ours), try changes(theirs))
    for (index, differences) in other.enumerated() {
      for (path, change) in differences where taken[path] == nil && !contested.contains(path) {
        let their = change.after
        let our: TreeLeaf? = if let changed = mine[index][path] { changed.after } else { change.before }
        guard our != their else { continue }
        // Each base gives its answer: theirs, ours, or none.
        let answers = other.map { differences -> Bool? in
          let base: TreeLeaf? = if let changed = differences[path] { changed.before } else { their }
          return their == base ? false : our == base ? true : nil
        }
        if answers.allSatisfy({ $0 == true }) {
          taken[path] = .some(their)
        } else if !answers.allSatisfy({ $0 == false }) {
          contested.insert(path)
        }
      }
    }
  }

  private func merge(
    _ entry: TreeMergeStates.Entry, into plan: inout TreeMergePlan, _ taken: inout [RepositoryPath: TreeLeaf?],
    _ contested: inout Set<RepositoryPath>
  ) throws {
    let merged = ThreeWayMerge.merge(
      entry.key, bases: entry.bases.map { $0?.document }, ours: entry.ours?.document, theirs: entry.theirs?.document)
    guard merged.conflicts.isEmpty else {
      plan.conflicts += merged.conflicts.map { MergeConflict($0, path: entry.path) }
      return
    }
    guard let meaning = merged.fields, let path = merged.path, let ours = entry.ours, let theirs = entry.theirs else {
      if merged.fields == nil {
        if let ours = entry.ours { taken[RepositoryPath(ours.document.path)] = .some(nil) }
      } else {
        plan.conflicts.append(MergeConflict(kind: .file, entry: entry.key, path: entry.path))
      }
      return
    }
    let isMoved = RepositoryPath(path) != RepositoryPath(ours.document.path)
    if isMoved {
      // Another file may have come to stand there meanwhile.
      guard try repository.entry(at: path, in: self.ours) == nil else {
        plan.conflicts.append(MergeConflict(kind: .file, entry: entry.key, path: path))
        return
      }
      taken[RepositoryPath(ours.document.path)] = .some(nil)
    }
    let place = RepositoryPath(path)
    let isOursWhole = entry.bases.allSatisfy { $0?.leaf == theirs.leaf } || ours.leaf == theirs.leaf
    let isTheirsWhole = entry.bases.allSatisfy { $0?.leaf == ours.leaf }
    if isOursWhole || isTheirsWhole {
      let leaf = isOursWhole ? ours.leaf : theirs.leaf
      if isMoved || leaf != ours.leaf { taken[place] = .some(leaf) }
      return
    }
    let mode = entry.bases.allSatisfy { $0?.leaf.mode == ours.leaf.mode } ? theirs.leaf.mode : ours.leaf.mode
    // What one side alone changed of the words and comments is taken over too, where it means the same.
    let text = MergedText(
      base: entry.bases.first??.document, ours: ours.document, theirs: theirs.document, lines: repository)
    switch text.bytes(saying: meaning) {
    case .success(let bytes):
      if !isMoved, mode == ours.leaf.mode, bytes == ours.document.source?.bytes { return }
      plan.written.append(
        TreeMergePlan.Written(
          key: entry.key, path: path, mode: mode, bytes: bytes, meaning: meaning,
          paths: entry.paths.union([place])))
    case .failure(let error):
      plan.conflicts.append(
        MergeConflict(kind: .coherence, entry: entry.key, path: path, diagnostics: error.diagnostics))
    }
  }
}
