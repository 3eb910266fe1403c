import EthosDiff
import EthosGit
package import EthosModel
package import EthosRecord
package import EthosStore
import EthosSyntax

/// Finds the entries of an identity that use some others, and those that are some, without reading the rest.
///
/// What the files at and below a tree of git use and hold is remembered by the tree's id, which stands for its content; in
/// a large folder, also what each file does. So a state that is nearly one that was asked about before costs what changed
/// since. It is derived data, in a file beside the
/// index of the history; where that cannot be kept or is damaged, everything is read.
package final class UseMemory {
  /// A file cannot be read: what it uses is not known.
  package struct Unreadable: Error {
    package init() {}
  }

  private struct Summary {
    /// The entries that are used, and those that are here, as `kind/id`.
    var uses: Set<String> = []
    var holds: Set<String> = []
  }

  /// A tree, or a file, of a kind: the same bytes are read otherwise as another.
  private struct Place: Hashable {
    var kind: Kind
    var object: ObjectID
  }

  /// From so many files on, each is remembered by itself.
  private static let largeFolder = 16

  private let store: IdentityStore
  private var table: UseTable?
  private var known: [Place: Summary] = [:]
  private var fresh: [Place] = []

  package init(_ store: IdentityStore) {
    self.store = store
    table = try? UseTable(folder: store.memory.makeOwnFolder())
  }

  /// The files that hold entries which use one of these, in a tree of an identity.
  package func files(in tree: ObjectID, using keys: Set<EntryKey>) throws -> [IdentityFile] {
    let names = Set(keys.map(\.description))
    return try files(in: tree, [.decision, .value, .exception, .system]) { !$0.uses.isDisjoint(with: names) }
  }

  /// The files that hold one of these limits and decisions.
  package func files(in tree: ObjectID, holding keys: Set<EntryKey>) throws -> [IdentityFile] {
    let names = Set(keys.map(\.description))
    return try files(in: tree, Set(keys.map(\.kind)).sorted()) { !$0.holds.isDisjoint(with: names) }
  }

  /// Keeps what was found out.
  ///
  /// To keep it is a favour to the next command, which can do without.
  package func keep() {
    guard !fresh.isEmpty else { return }
    try? table?.keep(
      fresh.compactMap { place in
        known[place].map { (Self.key(place), Self.bytes($0.uses), Self.bytes($0.holds)) }
      })
    fresh = []
  }

  private func files(
    in tree: ObjectID, _ kinds: [Kind], where isMeant: (Summary) -> Bool
  ) throws -> [IdentityFile] {
    var files: [IdentityFile] = []
    for kind in kinds {
      guard let folder = kind.folder, let entry = try store.repository.entry(at: RepositoryPath(folder), in: tree),
        entry.mode == .tree
      else { continue }
      try find(Place(kind: kind, object: entry.id), folder, isMeant, &files)
    }
    return files
  }

  private func find(
    _ place: Place, _ path: String, _ isMeant: (Summary) -> Bool, _ files: inout [IdentityFile]
  ) throws {
    guard isMeant(try summary(place, path)) else { return }
    let entries = try store.repository.tree(place.object)
    for entry in entries {
      guard let name = entry.name else { continue }
      let path = "\(path)/\(name)"
      if entry.mode == .tree {
        try find(Place(kind: place.kind, object: entry.id), path, isMeant, &files)
      } else if Kind(path: path) != nil {
        let file = IdentityFile(path: path, mode: entry.mode, blob: entry.id)
        if isMeant(try summary(of: file, among: entries.count)) { files.append(file) }
      }
    }
  }

  private func summary(_ place: Place, _ path: String) throws -> Summary {
    try remembered(place) {
      let entries = try store.repository.tree(place.object)
      var summary = Summary()
      for entry in entries {
        guard let name = entry.name else { continue }
        let path = "\(path)/\(name)"
        let part: Summary
        if entry.mode == .tree {
          part = try self.summary(Place(kind: place.kind, object: entry.id), path)
        } else if Kind(path: path) != nil {
          part = try self.summary(
            of: IdentityFile(path: path, mode: entry.mode, blob: entry.id), among: entries.count)
        } else {
          continue
        }
        summary.uses.formUnion(part.uses)
        summary.holds.formUnion(part.holds)
      }
      return summary
    }
  }

  private func summary(of file: IdentityFile, among count: Int) throws -> Summary {
    guard count >= Self.largeFolder, file.mode == .file, let kind = Kind(path: file.path) else {
      return try summary(of: file)
    }
    return try remembered(Place(kind: kind, object: file.blob)) { try summary(of: file) }
  }

  private func remembered(_ place: Place, _ find: () throws -> Summary) throws -> Summary {
    if let summary = known[place] { return summary }
    if let row = try? table?.row(Self.key(place)) {
      let summary = Summary(uses: Self.names(row.uses), holds: Self.names(row.holds))
      known[place] = summary
      return summary
    }
    let summary = try find()
    known[place] = summary
    fresh.append(place)
    return summary
  }

  private func summary(of file: IdentityFile) throws -> Summary {
    let result = try store.read(file)
    guard !result.hasErrors, let document = result.document else { throw Unreadable() }
    // Nobody looks for the others by what they are.
    let isHeld = document.kind == .limit || document.kind == .decision
    return Summary(
      uses: Set(Touch.used(by: document).map(\.description)), holds: isHeld ? [document.key.description] : [])
  }

  // MARK: - Encodings

  private static func key(_ place: Place) -> [UInt8] { place.object.bytes + Array(place.kind.rawValue.utf8) }

  private static func bytes(_ names: Set<String>) -> [UInt8] { Array(names.sorted().joined(separator: "\n").utf8) }

  private static func names(_ bytes: [UInt8]) -> Set<String> {
    Set(bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) })
  }
}
