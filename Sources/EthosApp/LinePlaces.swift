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
  private var line: [ObjectID] = []
  private var next: ObjectID?
  private var dates: [ObjectID: Int64] = [:]

  init(_ repository: Repository, head: ObjectID) {
    self.repository = repository
    next = head
  }

  /// The place of a commit; nil where it is not on the line, which costs a walk to its first commit.
  mutating func place(of commit: ObjectID) throws -> Int? {
    while found[commit] == nil, let id = next {
      found[id] = -found.count
      line.append(id)
      next = try repository.readableFirstParent(of: id)
    }
    return found[commit]
  }

  /// When a commit came into force: not before what it builds on was made, whatever it says itself.
  private mutating func date(of commit: ObjectID) throws -> Int64 {
    if let known = dates[commit] { return known }
    let content = try repository.commit(commit)
    let date = try content.parents.reduce(content.committer.when.seconds) {
      max($0, try repository.readableCommit($1)?.committer.when.seconds ?? $0)
    }
    dates[commit] = date
    return date
  }

  /// What was in force at a moment, at or after a commit of the line: the newest that is dated no later.
  ///
  /// With it the commit that came into force after the one that is asked about, where that was long before the moment.
  mutating func state(at moment: Instant, from commit: ObjectID) throws -> (state: ObjectID, successor: Commit?)? {
    guard let place = try place(of: commit) else { return nil }
    let index = -place
    var successor: Commit?
    if index > 0 {
      let next = line[index - 1]
      if try date(of: next) + toleratedClockDifference < moment.seconds { successor = try repository.commit(next) }
    }
    for id in line[..<index] where try date(of: id) <= moment.seconds { return (id, successor) }
    return (commit, successor)
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
