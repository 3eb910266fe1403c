import EthosGit
import EthosRecord

/// Says where on a line of first parents commits are: 0 at its head, less before it.
///
/// The line is walked only as far as it is asked about.
struct LinePlaces {
  private let repository: Repository
  private var found: [ObjectID: Int] = [:]
  private var next: ObjectID?

  init(_ repository: Repository, head: ObjectID) {
    self.repository = repository
    next = head
  }

  /// The place of a commit; nil where it is not on the line, which costs a walk to its first commit.
  mutating func place(of commit: ObjectID) throws -> Int? {
    while found[commit] == nil, let id = next {
      found[id] = -found.count
      next = try repository.parents(of: id).first
    }
    return found[commit]
  }
}
