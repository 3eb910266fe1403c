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
  private var parsed = RecentValues<ParsedKey, ReadResult>(limit: 12_000)

  private struct ParsedKey: Hashable {
    var path: String
    var blob: ObjectID
  }

  package init(_ repository: Repository) {
    self.repository = repository
    memory = TrustedMemory(repository)
  }

  /// The identity at a commit. Costs a walk over its trees and the parsing of blobs not seen before.
  package func snapshot(at commit: ObjectID) throws -> Snapshot {
    try snapshot(ofTree: repository.commit(commit).tree)
  }

  /// The identity in a tree; only the files of these kinds, where kinds are given.
  package func snapshot(ofTree tree: ObjectID, kinds: Set<Kind>? = nil) throws -> Snapshot {
    try snapshot(of: try identityFiles(ofTree: tree, kinds: kinds))
  }

  /// The documents in these files of a tree.
  package func snapshot(of files: [IdentityFile]) throws -> Snapshot {
    var documents: [Document] = []
    var diagnostics: [Diagnostic] = []
    for result in try results(of: files) {
      if let document = result.document { documents.append(document) }
      diagnostics += result.diagnostics
    }
    return Snapshot(documents: documents, diagnostics: diagnostics)
  }

  /// The identity in a tree, from that of another. Costs the files that differ. Nil where it takes all files.
  package func snapshot(ofTree tree: ObjectID, near other: (tree: ObjectID, snapshot: Snapshot)) throws -> Snapshot? {
    let changes = try repository.treeDifference(before: other.tree, after: tree, under: IdentityFile.filter)
    // Links and submodules are told of under any name.
    let modes = changes.flatMap { [$0.before?.mode, $0.after?.mode].compactMap { $0 } }
    guard modes.allSatisfy({ $0 == .file || $0 == .executable }) else { return nil }
    let files = IdentityStore.files(changes)
    let (before, after) = try (files.before.map { try read($0) }, files.after.map { try read($0) })
    return other.snapshot.replacing(
      before.compactMap(\.document), with: after.compactMap(\.document),
      files: Set((files.before + files.after).map(\.path)), diagnostics: after.flatMap(\.diagnostics))
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
      return try there.map { try store.readAnew($0) }
    } _: { _ in
      try unread[..<middle].map { try readAnew(files[$0]) }
    }
    for (index, result) in zip(unread, first + second) {
      parsed[ParsedKey(path: files[index].path, blob: files[index].blob)] = result
      results[index] = result
    }
    return results.compactMap { $0 }
  }

  /// A thread and a second handle of the repository cost about as much as the reading of a hundred files.
  private static let worthAThread = 1_000

  /// Parses one file of a tree.
  package func read(_ file: IdentityFile) throws -> ReadResult {
    let key = ParsedKey(path: file.path, blob: file.blob)
    if let known = parsed[key] { return known }
    let result = try readAnew(file)
    parsed[key] = result
    return result
  }

  /// The same for who keeps what was parsed.
  package func readAnew(_ file: IdentityFile) throws -> ReadResult {
    switch file.mode {
    case .file, .executable: break
    case .symbolicLink: return .unreadable(file.path, "symbolic-link", "`\(file.path)` is a symbolic link")
    default: return .unreadable(file.path, "submodule", "`\(file.path)` is a submodule")
    }
    let limit = SyntaxLimits.standard.maximumFileSize
    do throws(GitError) {
      return DocumentReader.read(SourceText(path: file.path, bytes: try repository.blob(file.blob, limit: limit)))
    } catch {
      guard error.code == .tooLarge else { throw error }
      return .unreadable(file.path, "file-too-large", "`\(file.path)` is larger than the limit of \(limit) bytes")
    }
  }

  /// The identity's files in a tree: the charter and the YAML files of the kinds' folders, by path.
  /// With kinds given, only their folders are looked into.
  package func identityFiles(ofTree tree: ObjectID, kinds: Set<Kind>? = nil) throws -> [IdentityFile] {
    let filter =
      kinds.map { PathFilter($0.map { RepositoryPath($0.folder ?? Kind.charterPath) }) } ?? IdentityFile.filter
    return try repository.files(in: tree, under: filter).compactMap { file in
      guard let path = file.path.string,
        Kind(path: path) != nil || file.mode == .submodule || file.mode == .symbolicLink
      else { return nil }
      return IdentityFile(path: path, mode: file.mode, blob: file.id)
    }
  }

  /// The identity's files that differ between two trees. Equal subtrees are skipped by id.
  package func changedFiles(before: ObjectID?, after: ObjectID?) throws -> (
    before: [IdentityFile], after: [IdentityFile]
  ) {
    IdentityStore.files(try repository.treeDifference(before: before, after: after, under: IdentityFile.filter))
  }

  private static func files(_ changes: [TreeChange]) -> (before: [IdentityFile], after: [IdentityFile]) {
    var result: (before: [IdentityFile], after: [IdentityFile]) = ([], [])
    for change in changes {
      guard let path = change.path.string, Kind(path: path) != nil else { continue }
      if let side = change.before { result.before.append(IdentityFile(path: path, mode: side.mode, blob: side.id)) }
      if let side = change.after { result.after.append(IdentityFile(path: path, mode: side.mode, blob: side.id)) }
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

  /// The top-level names under which an identity's files are.
  package static let roots: [String] = [Kind.charterPath] + Kind.allCases.compactMap(\.folder)

  static let filter = PathFilter(roots.map { RepositoryPath($0) })
}

extension ReadResult {
  /// The result for a file that cannot be a document.
  static func unreadable(_ path: String, _ code: Diagnostic.Code, _ message: String) -> ReadResult {
    let place = SourceText(path: path, bytes: []).location(Span(0, 0))
    return ReadResult(
      document: nil,
      diagnostics: [
        Diagnostic(code, .error, message, at: place, help: "an identity is made of plain YAML files below 1 MiB")
      ])
  }
}

extension IdentityStore {
  /// The charter in a tree, or nil where there is none or it cannot be read.
  package func charter(ofTree tree: ObjectID) throws -> Document? {
    try snapshot(ofTree: tree, kinds: [.charter]).charter
  }
}
