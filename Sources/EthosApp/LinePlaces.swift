import EthosGit
import EthosGovernance
import EthosRecord
import EthosText

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

extension Workspace {
  /// The later of two moments; one that is still to come is none, and is found by itself.
  func later(_ known: Instant?, _ when: Instant) -> Instant? {
    guard when.seconds <= environment.now.seconds + toleratedClockDifference else { return known }
    return known.map { $0.seconds < when.seconds ? when : $0 } ?? when
  }

  /// The newest date of the line that leads to a commit.
  func newestDate(of commit: ObjectID) throws -> Instant? {
    try repository.walk(from: [commit], hiding: [], order: .firstParent).reduce(nil) {
      later($0, try repository.commit($1).committer.when)
    }
  }
}
