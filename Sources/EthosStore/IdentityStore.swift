package import EthosGit
package import EthosModel
package import EthosRecord
package import EthosSyntax
import EthosText

/// An identity repository: snapshots at commits, where records live, and transactions that change it.
///
/// Parse results are memoised by path and blob id: the same bytes are read and parsed once, as long as not too many
/// others were asked for since.
package final class IdentityStore {
  package let repository: Repository
  /// What is remembered of it from one command to the next.
  package let memory: TrustedMemory
  /// Whether this process holds the lock that all writers share.
  var isAlone = false
  /// Which branches were found readable so far.
  var branchReadings = BranchReadings()
  private var parsed = RecentValues<ParsedKey, ReadResult>(limit: 12_000)

  private struct ParsedKey: Hashable {
    var path: String
    var blob: ObjectID

    /// Two spellings of one name are equal as texts, and two files.
    static func == (left: ParsedKey, right: ParsedKey) -> Bool {
      left.blob == right.blob && left.path.utf8.elementsEqual(right.path.utf8)
    }
  }

  /// How far trees are looked into.
  private let treeLimits: TreeLimits

  package init(_ repository: Repository, treeLimits: TreeLimits = .standard) {
    self.repository = repository
    self.treeLimits = treeLimits
    memory = TrustedMemory(repository)
  }

  /// The identity at a commit.
  ///
  /// Costs a walk over its trees and the parsing of blobs not seen before.
  package func snapshot(at commit: ObjectID) throws -> Snapshot {
    try snapshot(ofTree: repository.commit(commit).tree)
  }

  /// The identity in a tree; only the files of these kinds, where kinds are given.
  ///
  /// What cannot be read of the tree, and names in it that can be taken for others, are errors among its diagnostics.
  package func snapshot(ofTree tree: ObjectID, kinds: Set<Kind>? = nil) throws -> Snapshot {
    let found: (changes: [TreeChange], folders: [OddFolder])
    do throws(GitError) {
      found = try repository.readableDifference(
        before: nil, after: tree, under: IdentityStore.filter(kinds), limits: treeLimits)
    } catch {
      guard error.code == .tooLarge else { throw error }
      return Snapshot(documents: [], diagnostics: [.unreadable("", "tree-too-large", error.message)])
    }
    return try snapshot(
      of: IdentityStore.files(found.changes).after,
      names: IdentityStore.diagnostics(found.folders.map { ($0.path, $0.after) }))
  }

  /// The documents in these files of a tree.
  package func snapshot(of files: [IdentityFile]) throws -> Snapshot { try snapshot(of: files, names: []) }

  private func snapshot(of files: [IdentityFile], names: [Diagnostic]) throws -> Snapshot {
    var documents: [Document] = []
    var diagnostics: [Diagnostic] = names
    for result in try results(of: files) {
      if let document = result.document { documents.append(document) }
      diagnostics += result.diagnostics
    }
    return Snapshot(documents: documents, diagnostics: diagnostics)
  }

  /// The identity in a tree, from that of another.
  ///
  /// Costs the files that differ. Nil where it takes all files.
  package func snapshot(ofTree tree: ObjectID, near other: (tree: ObjectID, snapshot: Snapshot)) throws -> Snapshot? {
    let found: (changes: [TreeChange], folders: [OddFolder])
    do throws(GitError) {
      found = try repository.readableDifference(
        before: other.tree, after: tree, under: IdentityFile.filter, limits: treeLimits)
    } catch {
      guard error.code == .tooLarge else { throw error }
      return nil
    }
    // Links, submodules and folders that cannot be read are told of under any name.
    let modes = found.changes.flatMap { [$0.before?.mode, $0.after?.mode].compactMap { $0 } }
    guard modes.allSatisfy({ $0 == .file || $0 == .executable }),
      !other.snapshot.diagnostics.contains(where: { $0.code == "tree-too-large" })
    else { return nil }
    let files = IdentityStore.files(found.changes)
    let (before, after) = (try files.before.map { try read($0) }, try files.after.map { try read($0) })
    return other.snapshot.replacing(
      before.compactMap(\.document), with: after.compactMap(\.document),
      files: (files.before + files.after).map(\.path),
      names: Set(IdentityStore.diagnostics(found.folders.map { ($0.path, $0.before) })),
      diagnostics: after.flatMap(\.diagnostics) + IdentityStore.diagnostics(found.folders.map { ($0.path, $0.after) }))
  }

  /// What is wrong with the names of a tree, but for those in some folders.
  func nameDiagnostics(ofTree tree: ObjectID, except folders: Set<RepositoryPath> = []) throws -> [Diagnostic] {
    let found = try repository.readableDifference(
      before: nil, after: tree, under: IdentityFile.filter, limits: treeLimits)
    return IdentityStore.diagnostics(found.folders.filter { !folders.contains($0.path) }.map { ($0.path, $0.after) })
  }

  /// Whether two trees differ in names that can be taken for others, wherever their files are the same.
  package func namesDiffer(before: ObjectID, after: ObjectID) throws -> Bool {
    let folders = try repository.readableDifference(
      before: before, after: after, under: IdentityFile.filter, limits: treeLimits
    ).folders
    func errors(_ diagnostics: [Diagnostic]) -> Set<Diagnostic> { Set(diagnostics.filter { $0.severity == .error }) }
    return errors(IdentityStore.diagnostics(folders.map { ($0.path, $0.before) }))
      != errors(IdentityStore.diagnostics(folders.map { ($0.path, $0.after) }))
  }

  /// What is wrong with the names of some folders.
  private static func diagnostics(_ folders: [(RepositoryPath, [TreeEntry])]) -> [Diagnostic] {
    folders.flatMap { EntryNames.diagnostics(folder: $0.0, $0.1) }
  }

  /// Reads many files: half of those that are not known on another thread, where they are so many that it pays.
  private func results(of files: [IdentityFile]) throws -> [ReadResult] {
    var results = files.map { parsed[ParsedKey(path: $0.path, blob: $0.blob)] }
    let unread = results.indices.filter { results[$0] == nil }
    guard unread.count >= IdentityStore.worthAThread else {
      for index in unread { results[index] = try read(files[index]) }
      return results.compactMap { $0 }
    }
    let middle = unread.count / 2
    let there = unread[middle...].map { files[$0] }
    let open = repository.openerForThread
    let (first, second) = try withWorker { (_: () -> Never?) -> [ReadResult] in
      let store = IdentityStore(try open())
      return try there.map { try store.readOrReport($0) }
    } _: { _ in
      try unread[..<middle].map { try readOrReport(files[$0]) }
    }
    for (index, result) in zip(unread, first + second) {
      remember(result, files[index])
      results[index] = result
    }
    return results.compactMap { $0 }
  }

  /// A thread and a second handle of the repository cost about as much as the reading of a hundred files.
  private static let worthAThread = 1_000

  /// Parses one file of a tree; a file or folder that cannot be read is a diagnostic.
  package func read(_ file: IdentityFile) throws -> ReadResult {
    let key = ParsedKey(path: file.path, blob: file.blob)
    if let known = parsed[key] { return known }
    let result = try readOrReport(file)
    remember(result, file)
    return result
  }

  private func remember(_ result: ReadResult, _ file: IdentityFile) {
    // What is missing today may be fetched tomorrow.
    if result.diagnostics.contains(where: { $0.code == "object-unreadable" }) { return }
    parsed[ParsedKey(path: file.path, blob: file.blob)] = result
  }

  private func readOrReport(_ file: IdentityFile) throws -> ReadResult {
    do {
      return try readAnew(file)
    } catch let error as GitError where error.isOfObject {
      return .unreadable(
        file.path, "object-unreadable", "the content of `\(file.path)` cannot be read: \(error.message)")
    }
  }

  /// The same for who keeps what was parsed.
  ///
  /// A blob that is missing or malformed is an error.
  package func readAnew(_ file: IdentityFile) throws -> ReadResult {
    switch file.mode {
    case .file, .executable: break
    case .symbolicLink: return .unreadable(file.path, "symbolic-link", "`\(file.path)` is a symbolic link")
    case .submodule: return .unreadable(file.path, "submodule", "`\(file.path)` is a submodule")
    case .tree: return try unreadableFolder(file)
    }
    let limit = SyntaxLimits.standard.maximumFileSize
    do throws(GitError) {
      return DocumentReader.read(SourceText(path: file.path, bytes: try repository.blob(file.blob, limit: limit)))
    } catch {
      guard error.code == .tooLarge else { throw error }
      return .unreadable(file.path, "file-too-large", "`\(file.path)` is larger than the limit of \(limit) bytes")
    }
  }

  private func unreadableFolder(_ folder: IdentityFile) throws -> ReadResult {
    let what = folder.path.isEmpty ? "the tree of the commit" : "the folder `\(folder.path)`"
    if let problem = try repository.problem(ofTree: folder.blob) {
      return .unreadable(folder.path, "object-unreadable", "\(what) cannot be read: \(problem.message)")
    }
    return .unreadable(
      folder.path, "folder-too-deep", "\(what) is deeper than the limit of \(treeLimits.depth) folders")
  }

  /// The identity's files in a tree: the charter and the YAML files of the kinds' folders, by path.
  ///
  /// Links, submodules and folders that cannot be read are among them. With kinds given, only their folders are looked
  /// into.
  package func identityFiles(ofTree tree: ObjectID, kinds: Set<Kind>? = nil) throws -> [IdentityFile] {
    IdentityStore.files(
      try repository.readableDifference(
        before: nil, after: tree, under: IdentityStore.filter(kinds), limits: treeLimits
      ).changes
    ).after
  }

  /// The identity's files that differ between two trees.
  ///
  /// Equal subtrees are skipped by id.
  package func changedFiles(before: ObjectID?, after: ObjectID?) throws -> (
    before: [IdentityFile], after: [IdentityFile]
  ) {
    IdentityStore.files(
      try repository.readableDifference(
        before: before, after: after, under: IdentityFile.filter, limits: treeLimits
      ).changes)
  }

  private static func filter(_ kinds: Set<Kind>?) -> PathFilter {
    kinds.map { PathFilter($0.map { RepositoryPath($0.folder ?? Kind.charterPath) }) } ?? IdentityFile.filter
  }

  private static func files(_ changes: [TreeChange]) -> (before: [IdentityFile], after: [IdentityFile]) {
    var result: (before: [IdentityFile], after: [IdentityFile]) = ([], [])
    for change in changes {
      if let side = change.before, let file = IdentityFile(change.path, side) { result.before.append(file) }
      if let side = change.after, let file = IdentityFile(change.path, side) { result.after.append(file) }
    }
    return result
  }
}

/// A file of an identity in a tree, unread.
package struct IdentityFile: Hashable, Sendable {
  package var path: String
  package var mode: FileMode
  package var blob: ObjectID

  package init(path: String, mode: FileMode, blob: ObjectID) {
    self.path = path
    self.mode = mode
    self.blob = blob
  }

  /// Two spellings of one name are equal as texts, and two files.
  package static func == (left: IdentityFile, right: IdentityFile) -> Bool {
    left.mode == right.mode && left.blob == right.blob && left.path.utf8.elementsEqual(right.path.utf8)
  }

  /// A leaf of a tree that is a file of the identity, or stands where one could and can be none.
  ///
  /// Nil for other files.
  init?(_ path: RepositoryPath, _ leaf: TreeLeaf) {
    switch leaf.mode {
    case .file, .executable:
      guard let text = path.string, Kind(path: text) != nil else { return nil }
      self.init(path: text, mode: leaf.mode, blob: leaf.id)
    case .symbolicLink, .submodule, .tree:
      self.init(path: path.description, mode: leaf.mode, blob: leaf.id)
    }
  }

  /// The top-level names under which an identity's files are.
  package static let roots: [String] = [Kind.charterPath] + Kind.allCases.compactMap(\.folder)

  static let filter = PathFilter(roots.map { RepositoryPath($0) })
}

extension ReadResult {
  /// The result for a file that cannot be a document.
  static func unreadable(_ path: String, _ code: Diagnostic.Code, _ message: String) -> ReadResult {
    ReadResult(document: nil, diagnostics: [.unreadable(path, code, message)])
  }
}

extension Diagnostic {
  /// The error for a file or folder that cannot be read; an empty path is the whole tree.
  static func unreadable(_ path: String, _ code: Diagnostic.Code, _ message: String) -> Diagnostic {
    let help =
      switch code {
      case "object-unreadable", "tree-too-large":
        "fetch it from a clone that has it, `git fetch --refetch`, or take the state from before: `git log`"
      case "folder-too-deep": "move the files to a folder nearer to the root"
      default: "an identity is made of plain YAML files below 1 MiB"
      }
    let place = SourceText(path: path.isEmpty ? Kind.charterPath : path, bytes: []).location(Span(0, 0))
    return Diagnostic(code, .error, message, at: place, help: help)
  }
}

extension IdentityStore {
  /// The charter in a tree, or nil where there is none or it cannot be read.
  package func charter(ofTree tree: ObjectID) throws -> Document? {
    try snapshot(ofTree: tree, kinds: [.charter]).charter
  }
}
