package import EthosText

/// A file of an identity that gave no entry, with what is wrong in it.
package struct UnreadableFile: Sendable {
  /// Where it lies; empty where nothing of the identity could be read.
  package var path: String
  /// The first that was wrong.
  package var error: Diagnostic

  /// What to say of it, as one sentence.
  package var message: String {
    path.isEmpty ? "the identity cannot be read: \(error.message)" : "`\(path)` cannot be read: \(error.message)"
  }
}

extension Snapshot {
  /// The files that may hold entries of a kind, or of any, and gave none, by path.
  ///
  /// What is in them nobody can say. Whoever lists entries names these, and whoever misses an entry does not say that it
  /// is not there.
  package func unreadableFiles(of kind: Kind? = nil) -> [UnreadableFile] {
    guard hasErrors else { return [] }
    // By bytes: two spellings of one name are equal as texts, and two files.
    let read = Set(documents.values.map { Array($0.path.utf8) })
    var seen: Set<[UInt8]> = []
    return diagnostics.compactMap { error in
      // Of the second file with an id it is known what it holds.
      guard error.severity == .error, error.code != "duplicate-id" else { return nil }
      let path = error.location?.file ?? ""
      guard !read.contains(Array(path.utf8)), mayHold(path, kind, error.code), seen.insert(Array(path.utf8)).inserted
      else { return nil }
      return UnreadableFile(path: path, error: error)
    }
  }

  /// The file that holds an entry by its name, where that gave none.
  package func unreadableFile(of key: EntryKey) -> UnreadableFile? {
    let ending = key.kind == .charter ? Kind.charterPath : "/\(key.id).yaml"
    let found = unreadableFiles(of: key.kind)
    return found.first { $0.path.ends(with: ending) } ?? found.first { Kind(path: $0.path) == nil }
  }

  /// What is wrong in a file.
  package func errors(inFile path: String) -> [Diagnostic] {
    diagnostics.filter { $0.severity == .error && ($0.location?.file ?? "").utf8.elementsEqual(path.utf8) }
  }

  private func mayHold(_ path: String, _ kind: Kind?, _ code: Diagnostic.Code) -> Bool {
    if let found = Kind(path: path) { return kind.map { $0 == found } ?? true }
    // A folder, or a whole tree, that could not be looked into.
    guard Snapshot.hiding.contains(code) else { return false }
    guard !path.isEmpty else { return true }
    return Kind.allCases.contains { one in
      guard let folder = one.folder, kind.map({ $0 == one }) ?? true else { return false }
      return path.utf8.elementsEqual(folder.utf8) || path.begins(with: "\(folder)/")
    }
  }

  /// What is wrong with something that hides what lies in it.
  private static let hiding: Set<Diagnostic.Code> = [
    "object-unreadable", "tree-too-large", "symbolic-link", "submodule",
  ]
}
