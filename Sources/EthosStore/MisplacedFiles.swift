import EthosGit
import EthosModel
package import EthosRecord
import EthosSyntax
package import EthosText

/// Files that look like entries of the identity and lie in a folder that is named nearly as one of its folders:
/// `value/` for `values/`.
///
/// Nothing reads them, and somebody wrote them.
package struct MisplacedFiles: Sendable {
  package var paths: [String] = []
  package var diagnostics: [Diagnostic] = []

  /// Most folders that are looked into, and most files that are named.
  private static let most = 100

  init() {}

  /// Looks into the folders of a root that are named nearly so.
  ///
  /// `entries` lists a folder, `content` reads a file; nil where it cannot.
  init(
    _ root: [TreeEntry], entries: (RepositoryPath) throws -> [TreeEntry],
    content: (RepositoryPath, TreeEntry) throws -> [UInt8]?
  ) rethrows {
    for entry in root where entry.mode == .tree {
      guard let name = entry.name, let meant = MisplacedFiles.folder(meantBy: name) else { continue }
      var folders = [RepositoryPath(name)]
      var looked = 0
      while let folder = folders.popLast(), looked < MisplacedFiles.most {
        looked += 1
        for entry in try entries(folder) {
          let path = folder.appending(entry.nameBytes)
          if entry.mode == .tree { folders.append(path) }
          guard entry.mode == .file || entry.mode == .executable, let text = path.string,
            text.ends(with: ".yaml") || text.ends(with: ".yml"), paths.count < MisplacedFiles.most,
            // What cannot be read may be one.
            try content(path, entry).map(MisplacedFiles.isEntry) ?? true
          else { continue }
          paths.append(text)
          diagnostics.append(
            Diagnostic(
              "not-a-document", .warning, "`\(text)` is no file of the identity: the folder is called `\(meant)/`",
              at: SourceText(path: text, bytes: []).location(Span(0, 0)),
              help: "move it into `\(meant)/`, or give the folder another name"))
        }
      }
    }
  }

  /// The folder of the identity that a name is nearly: in the singular, or a letter away.
  static func folder(meantBy name: String) -> String? {
    let scalars = Array(name.lowercased().unicodeScalars.prefix(64))
    for kind in Kind.allCases {
      guard let folder = kind.folder, !folder.utf8.elementsEqual(name.utf8) else { continue }
      let forms = [folder, kind.rawValue, kind.rawValue + "s"].map { Array($0.unicodeScalars) }
      if forms.dropFirst().contains(scalars) || editDistance(scalars, forms[0]) <= 1 { return folder }
    }
    return nil
  }

  /// Whether a text has the field that every entry but the charter has.
  private static func isEntry(_ bytes: [UInt8]) -> Bool {
    bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).contains { $0.starts(with: "id:".utf8) }
  }
}

extension IdentityStore {
  /// What lies beside the folders of the identity in a tree.
  package func misplaced(inTree tree: ObjectID) throws -> MisplacedFiles {
    func entries(_ tree: ObjectID) throws -> [TreeEntry] {
      do throws(GitError) {
        return try repository.tree(tree)
      } catch {
        // A folder beside the identity that is not here, as in a partial clone, says nothing of the identity.
        guard error.isOfObject else { throw error }
        return []
      }
    }
    var ids: [RepositoryPath: ObjectID] = [:]
    let root = try entries(tree)
    for entry in root where entry.mode == .tree { ids[RepositoryPath(bytes: entry.nameBytes)] = entry.id }
    return try MisplacedFiles(root) { folder in
      let found = try ids[folder].map { try entries($0) } ?? []
      for entry in found where entry.mode == .tree { ids[folder.appending(entry.nameBytes)] = entry.id }
      return found
    } content: { _, entry in
      do throws(GitError) {
        return try repository.blob(entry.id, limit: SyntaxLimits.standard.maximumFileSize)
      } catch {
        guard error.isOfObject || error.code == .tooLarge else { throw error }
        return nil
      }
    }
  }

  /// The same in the work tree, without what git ignores.
  func misplacedInWorkTree() throws -> MisplacedFiles {
    guard let root = repository.location.workTree else { return MisplacedFiles() }
    return try MisplacedFiles(repository.workTreeEntries(of: RepositoryPath(""))) { folder in
      try repository.workTreeEntries(of: folder).filter { try !repository.isIgnored(folder.appending($0.nameBytes)) }
    } content: { path, _ in
      guard let text = path.string, case .file(let size) = FileSystem.entry(at: root + "/" + text),
        size <= SyntaxLimits.standard.maximumFileSize
      else { return nil }
      return try workTreeBytes(text)
    }
  }
}
