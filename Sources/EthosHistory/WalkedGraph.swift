package import EthosDiff
import EthosGit
import EthosModel
package import EthosRecord
package import EthosStore

/// A history read commit by commit: needs nothing, and costs the way that it goes.
package final class WalkedGraph: HistoryGraph {
  private let store: IdentityStore
  /// Lines of first parents by their tips, the oldest first, with the place of each commit.
  private var lines: [ObjectID: (commits: [ObjectID], places: [ObjectID: Int])] = [:]

  package init(_ store: IdentityStore) { self.store = store }

  package func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws -> Bool {
    try store.repository.isAncestor(ancestor, of: descendant)
  }

  package func isOnLine(_ commit: ObjectID, of tip: ObjectID) throws -> Bool {
    try line(of: tip).places[commit] != nil
  }

  /// Costs a binary search with one question of ancestry a step.
  package func entry(of commit: ObjectID, toLineOf tip: ObjectID) throws -> ObjectID? {
    let line = try line(of: tip)
    if line.places[commit] != nil { return commit }
    guard try isAncestor(commit, of: tip) else { return nil }
    var low = 0
    var high = line.commits.count - 1
    while low < high {
      let middle = (low + high) / 2
      if try isAncestor(commit, of: line.commits[middle]) { high = middle } else { low = middle + 1 }
    }
    return line.commits[low]
  }

  package func settled(_ path: String, at commit: ObjectID) throws -> (commit: ObjectID, file: IdentityFile?) {
    let tree = try store.repository.commit(commit).tree
    let entry = try store.repository.entry(at: RepositoryPath(path), in: tree)
    return (commit, entry.flatMap { $0.mode == .tree ? nil : IdentityFile(path: path, mode: $0.mode, blob: $0.id) })
  }

  package func nearest(_ commit: ObjectID, mayHave action: Action) -> ObjectID? { commit }

  package func files(named name: String, below folder: String, at commit: ObjectID) throws -> [IdentityFile] {
    let tree = try store.repository.commit(commit).tree
    return try store.repository.files(in: tree, under: PathFilter([RepositoryPath(folder)])).compactMap { file in
      guard file.path.name.elementsEqual(name.utf8), let path = file.path.string else { return nil }
      return IdentityFile(path: path, mode: file.mode, blob: file.id)
    }
  }

  private func line(of tip: ObjectID) throws -> (commits: [ObjectID], places: [ObjectID: Int]) {
    if let known = lines[tip] { return known }
    let commits = Array(try store.repository.walk(from: [tip], hiding: [], order: .firstParent).reversed())
    let places = Dictionary(commits.enumerated().map { ($1, $0) }) { first, _ in first }
    lines[tip] = (commits, places)
    return (commits, places)
  }
}
