import EthosGit
import EthosText

/// A work tree of the same repository that is not the one at hand, and the branch that it shows.
package struct OtherWorkTree: Hashable, Sendable {
  package var path: String
  package var branch: String
}

extension IdentityStore {
  /// The other work trees of the repository that stand on a branch.
  ///
  /// Those whose folder is gone are left out.
  package func otherWorkTrees() throws -> [OtherWorkTree] {
    let location = repository.location
    var found: [OtherWorkTree] = []
    if location.gitDirectory != location.commonDirectory {
      let main = try Repository.open(at: location.commonDirectory)
      if let path = main.location.workTree, let branch = try main.head().branch {
        found.append(OtherWorkTree(path: path, branch: branch))
      }
    }
    let folder = location.commonDirectory + "/worktrees"
    for name in try FileSystem.names(in: folder) where "\(folder)/\(name)" != location.gitDirectory {
      // `gitdir` holds the path of the `.git` file in the work tree, `HEAD` the branch.
      guard let head = try line(of: "\(folder)/\(name)/HEAD"), let link = try line(of: "\(folder)/\(name)/gitdir"),
        head.begins(with: "ref: refs/heads/"), link.ends(with: "/.git"), FileSystem.entry(at: link) != nil
      else { continue }
      found.append(
        OtherWorkTree(
          path: String(link.dropLast("/.git".count)), branch: head.dropping("ref: refs/heads/") ?? head))
    }
    return found
  }

  /// The first line of a file; nil where it is gone.
  ///
  /// One that cannot be read may be of a work tree that is there.
  private func line(of path: String) throws -> String? {
    guard FileSystem.entry(at: path) != nil else { return nil }
    let bytes = try FileSystem.read(path, limit: 65_536)
    return String(decoding: bytes, as: UTF8.self).parts(at: "\n", omittingEmpty: true).first
  }
}
