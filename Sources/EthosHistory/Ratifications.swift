import EthosGit
package import EthosRecord
package import EthosStore

/// The commits of the line that is in force, and which of them first held a given commit.
package final class Ratifications {
  private let store: IdentityStore
  /// The first-parent line, the oldest first.
  package let line: [ObjectID]

  package init(_ store: IdentityStore, head: ObjectID) throws {
    self.store = store
    line = try store.repository.walk(from: [head], hiding: [], order: .firstParent).reversed()
  }

  /// The commit of the line that brought a commit in: the commit itself where it is on the line; nil where the line
  /// does not hold it. Costs a binary search with one question of ancestry a step.
  package func entry(of commit: ObjectID) throws -> ObjectID? {
    guard let last = line.last, try holds(last, commit) else { return nil }
    var low = 0
    var high = line.count - 1
    while low < high {
      let middle = (low + high) / 2
      if try holds(line[middle], commit) { high = middle } else { low = middle + 1 }
    }
    return line[low]
  }

  private func holds(_ holder: ObjectID, _ commit: ObjectID) throws -> Bool {
    try holder == commit || store.repository.isAncestor(commit, of: holder)
  }
}
