package import EthosGit
package import EthosRecord

// The identity's own paths are UTF-8 by what its kinds allow; these take them as text.

extension TreeEdit {
  package init(_ path: String, _ leaf: TreeLeaf?) { self.init(path: RepositoryPath(path), leaf: leaf) }
}

extension Repository {
  /// What a tree has at a path, or nil where it has nothing.
  package func entry(at path: String, in tree: ObjectID) throws(GitError) -> TreeLeaf? {
    try entry(at: RepositoryPath(path), in: tree)
  }
}
