import EthosGit
package import EthosModel
package import EthosRecord
package import EthosSyntax
import EthosText

/// The identity as it stands in the work tree, compared with a commit's tree.
package struct WorkTreeState: Sendable {
  package var snapshot: Snapshot
  /// The files of the identity that differ from the tree, sorted.
  package var changed: [String]
  /// What else differs in the folders of the identity, and what is kept in folders that are named nearly so: files that
  /// are not read, sorted.
  ///
  /// They are nobody's: whoever wants them committed does so himself.
  package var beside: [String]
  /// Those of them that are there and cannot be read, or not as a whole: what the tree has there is not gone, and what
  /// changed there nobody can say.
  package var unreadable: [String] = []

  /// The entries in the changed files that are there.
  package var changedKeys: Set<EntryKey> {
    let paths = Set(changed.map { Array($0.utf8) })
    return Set(snapshot.documents.values.filter { paths.contains(Array($0.path.utf8)) }.map(\.key))
  }

  /// What a state, this or that of the tree, has that is to be compared: nothing of files that cannot be read here.
  package func comparable(_ state: Snapshot) -> Snapshot {
    guard !unreadable.isEmpty else { return state }
    let hidden = Set(unreadable.map { Array($0.utf8) })
    return Snapshot(
      documents: state.documents.values.filter { !hidden.contains(Array($0.path.utf8)) },
      diagnostics: state.diagnostics)
  }
}

/// A path that must not be read or written.
package struct UnsafePathError: Error {
  package var path: String
  package var reason: String
}

extension IdentityStore {
  /// The identity in the work tree.
  ///
  /// Files that equal the tree's are taken from there by id; only others are read.
  package func workTree(against tree: ObjectID?) throws -> WorkTreeState {
    // A path that is not UTF-8 can be no file of the identity; git's own commands still show it.
    let changes = try repository.workTreeChanges(against: tree, under: IdentityFile.filter).compactMap { change in
      change.path.string.map { (path: $0, kind: change.kind) }
    }
    // By bytes: two spellings of one name are equal as texts, and two files for git.
    let changed = Set(changes.map { RepositoryPath($0.path) })
    var documents: [Document] = []
    var diagnostics: [Diagnostic] = []
    var unreadable: [String] = []
    let committed = try tree.map { try identityFiles(ofTree: $0) }
    for file in committed ?? [] where !changed.contains(RepositoryPath(file.path)) {
      let result = try read(file)
      if let document = result.document { documents.append(document) }
      diagnostics += result.diagnostics
    }
    var beside: Set<String> = []
    for change in changes where Kind(path: change.path) == nil {
      // A link anywhere would hide what lies behind it from who reads the identity at a commit.
      let isLink = try FileSystem.entry(at: place(of: change.path)) == .symbolicLink
      if !isLink { beside.insert(change.path) }
    }
    for change in changes where change.kind != .removed && !beside.contains(change.path) {
      let result = try readWorkTree(change.path)
      if let document = result.document { documents.append(document) }
      if result.document == nil || result.hasErrors { unreadable.append(change.path) }
      diagnostics += result.diagnostics
    }
    diagnostics += try nameDiagnostics(tree, added: changes.filter { $0.kind != .modified }.map(\.path))
    let misplaced = try misplacedInWorkTree()
    diagnostics += misplaced.diagnostics
    return WorkTreeState(
      snapshot: Snapshot(documents: documents, diagnostics: diagnostics),
      changed: changed.subtracting(beside.map { RepositoryPath($0) }).sorted().map(\.description),
      beside: (beside + misplaced.paths).sorted(), unreadable: unreadable)
  }

  /// What is wrong with names in the work tree: of the folders in which files came or went as it has them, of the others
  /// as the tree does.
  private func nameDiagnostics(_ tree: ObjectID?, added: [String]) throws -> [Diagnostic] {
    var touched: Set<RepositoryPath> = [RepositoryPath("")]
    for path in added {
      var folder = RepositoryPath(path).parent
      while let next = folder, touched.insert(next).inserted { folder = next.parent }
    }
    var found = try tree.map { try nameDiagnostics(ofTree: $0, except: touched) } ?? []
    for folder in touched {
      found += EntryNames.diagnostics(folder: folder, try repository.workTreeEntries(of: folder))
    }
    // What git ignores is nobody's to name, and is never committed.
    return try found.filter { diagnostic in
      guard diagnostic.code == "not-a-document", let place = diagnostic.location?.file else { return true }
      return try !repository.isIgnored(RepositoryPath(place))
    }
  }

  /// Parses one identity file of the work tree.
  package func readWorkTree(_ path: String) throws -> ReadResult {
    let place = try place(of: path)
    switch FileSystem.entry(at: place) {
    case .file(let size) where size > SyntaxLimits.standard.maximumFileSize:
      let limit = SyntaxLimits.standard.maximumFileSize
      return .unreadable(path, "file-too-large", "`\(path)` has \(size) bytes, more than the limit of \(limit)")
    case .file:
      let bytes = try FileSystem.read(place, limit: SyntaxLimits.standard.maximumFileSize)
      return DocumentReader.read(SourceText(path: path, bytes: bytes))
    case .symbolicLink: return .unreadable(path, "symbolic-link", "`\(path)` is a symbolic link")
    case .folder: return .unreadable(path, "not-a-file", "`\(path)` is a folder")
    case .other, nil: return .unreadable(path, "not-a-file", "`\(path)` is no file")
    }
  }

  /// The bytes of a file of the work tree.
  package func workTreeBytes(_ path: String) throws -> [UInt8] {
    try FileSystem.read(try place(of: path), limit: SyntaxLimits.standard.maximumFileSize)
  }

  /// The bytes of a file of the work tree; nil where nothing is there.
  ///
  /// What is there and cannot be read is an error.
  package func workTreeBytes(ifAt path: String) throws -> [UInt8]? {
    guard FileSystem.entry(at: try place(of: path)) != nil else { return nil }
    return try workTreeBytes(path)
  }

  /// Replaces or makes one file of the work tree as a whole.
  package func writeWorkTree(_ bytes: [UInt8], to path: String) throws {
    let place = try place(of: path)
    if let slash = place.unicodeScalars.lastIndex(of: "/") { try FileSystem.makeFolder(String(place[..<slash])) }
    // Under the lock that all writers share: whoever holds it removes what killed writers left in the folder.
    try alone { try FileSystem.write(bytes, to: place, temporaryFolder: temporaryFolder) }
  }

  package func removeWorkTree(_ path: String) throws { try FileSystem.remove(try place(of: path)) }

  /// The place of a path in the file system; refuses what would lead out of the work tree.
  func place(of path: String) throws -> String {
    guard let root = repository.location.workTree else {
      throw UnsafePathError(path: path, reason: "a bare repository has no work tree")
    }
    let segments = path.parts(at: "/")
    guard !path.utf8.contains(0),
      !segments.contains(where: { ["", ".", ".."].contains($0) || $0.lowercased() == ".git" })
    else { throw UnsafePathError(path: path, reason: "it leads out of the work tree") }
    var place = root.ends(with: "/") ? String(root.dropLast()) : root
    for (index, segment) in segments.enumerated() {
      place += "/\(segment)"
      if index + 1 < segments.count, FileSystem.entry(at: place) == .symbolicLink {
        throw UnsafePathError(path: path, reason: "`\(segment)` on its way is a symbolic link")
      }
    }
    return place
  }
}
