import EthosDiff
import EthosGit
import EthosHistory
package import EthosModel
package import EthosRecord
package import EthosStore
import EthosSyntax

extension Workspace {
  /// Whether an identity is so large that it pays to find what a change touches without reading all of it: as far as the
  /// first level of its folders tells.
  func isLarge(_ tree: ObjectID) throws -> Bool {
    var entries = 0
    for folder in Kind.allCases.compactMap(\.folder) {
      guard let leaf = try repository.entry(at: folder, in: tree), leaf.mode == .tree else { continue }
      entries += try repository.tree(leaf.id).count
    }
    return entries > 128
  }

  /// The changed files of two identities with what they touch and what is needed to say what that decides: the entries
  /// that use a changed limit or decision, those that use these, and all that the decisions among them use.
  ///
  /// Nil where a file cannot be read, which only the reading of everything tells.
  package func narrowSides(
    _ before: (tree: ObjectID, files: [IdentityFile]), _ after: (tree: ObjectID, files: [IdentityFile])
  ) throws -> (before: Snapshot, after: Snapshot)? {
    let memory = UseMemory(store)
    var sides = [NarrowSide(store, before.tree), NarrowSide(store, after.tree)]
    let changed = [Set(before.files), Set(after.files)]
    // A file that did not change is part of both sides, or it would seem to come or to go.
    func add(_ files: [IdentityFile], to index: Int) throws {
      let unchanged = files.filter { !changed[index].contains($0) }
      for index in sides.indices { try sides[index].add(unchanged) }
    }
    do {
      for (index, files) in [before.files, after.files].enumerated() {
        try sides[index].add(files + store.identityFiles(ofTree: sides[index].tree, kinds: [.charter]))
      }
      // Upwards: whom a change reaches on one side may look otherwise on the other.
      var front = Set(sides.flatMap(\.keys).filter { $0.kind == .limit || $0.kind == .decision })
      var reached = front
      while !front.isEmpty {
        for index in sides.indices { try add(memory.files(in: sides[index].tree, using: front), to: index) }
        front = Set(sides.flatMap(\.keys).filter { $0.kind == .decision }).subtracting(reached)
        reached.formUnion(front)
      }
      // Downwards: what the decisions need in order to decide.
      var lookedFor: Set<EntryKey> = []
      while case let missing = Set(sides.flatMap(\.missing)).subtracting(lookedFor), !missing.isEmpty {
        lookedFor.formUnion(missing)
        for index in sides.indices { try add(memory.files(in: sides[index].tree, holding: missing), to: index) }
      }
    } catch is UseMemory.Unreadable {
      return nil
    }
    memory.keep()
    return (try sides[0].snapshot, try sides[1].snapshot)
  }
}

/// What was read so far of one identity.
private struct NarrowSide {
  let tree: ObjectID
  private let store: IdentityStore
  private var files: [String: IdentityFile] = [:]
  private var documents: [EntryKey: Document] = [:]

  init(_ store: IdentityStore, _ tree: ObjectID) {
    self.store = store
    self.tree = tree
  }

  var keys: [EntryKey] { Array(documents.keys) }

  /// What decisions here use and is not here.
  var missing: Set<EntryKey> {
    var missing: Set<EntryKey> = []
    for document in documents.values where document.kind == .decision {
      for key in document.uses.compactMap(\.key) where documents[key] == nil { missing.insert(key) }
    }
    return missing.filter { $0.kind == .limit || $0.kind == .decision }
  }

  mutating func add(_ found: [IdentityFile]) throws {
    for file in found where files.updateValue(file, forKey: file.path) == nil {
      let result = try store.read(file)
      guard !result.hasErrors, let document = result.document else { throw UseMemory.Unreadable() }
      documents[document.key] = document
    }
  }

  var snapshot: Snapshot {
    get throws { try store.snapshot(of: files.values.sorted { $0.path < $1.path }) }
  }
}
