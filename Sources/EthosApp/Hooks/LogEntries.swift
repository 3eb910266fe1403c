import EthosGit
import EthosGovernance
import EthosRecord
import EthosText

/// The entries of a server's log, the oldest first, and where they say that its references stand.
struct LogEntries {
  struct Entry {
    let id: ObjectID
    let updates: AcceptedUpdates
  }

  /// What makes a log none: the entry, and what is wrong with it.
  struct Broken: Error {
    let entry: ObjectID
    let reason: String
  }

  private(set) var entries: [Entry] = []
  /// By the bytes of the names.
  private(set) var state: [[UInt8]: ObjectID] = [:]

  /// The moment at which the last push was accepted.
  var lastAccepted: Instant? {
    entries.last { $0.updates.kind == .accepted }?.updates.date
  }

  init() {}

  /// Reads a log from its last entry.
  ///
  /// Costs the commits of the log; who signed them is asked by `signer`.
  init(_ repository: Repository, tip: ObjectID) throws {
    var read: [Entry] = []
    var next: ObjectID? = tip
    while let id = next {
      let commit = try LogEntries.commit(id, repository)
      guard commit.parents.count < 2 else { throw Broken(entry: id, reason: "it has two entries before it") }
      guard commit.tree == Repository.emptyTree else { throw Broken(entry: id, reason: "it holds files") }
      guard let updates = AcceptedUpdates(commit.message) else {
        throw Broken(entry: id, reason: "its message is no entry")
      }
      let dates = [commit.author.when.seconds, commit.committer.when.seconds]
      guard dates.allSatisfy({ $0 == updates.date.seconds }) else {
        throw Broken(entry: id, reason: "it has two dates")
      }
      read.append(Entry(id: id, updates: updates))
      next = commit.parents.first
    }
    for entry in read.reversed() { try add(entry) }
  }

  /// Goes on by an entry, which has to begin where the one before left off.
  mutating func add(_ entry: Entry) throws {
    guard (entry.updates.kind == .begun) == entries.isEmpty else {
      throw Broken(entry: entry.id, reason: entries.isEmpty ? "the log has no beginning" : "the log begins twice")
    }
    if let last = entries.last, entry.updates.date.seconds + toleratedClockDifference < last.updates.date.seconds {
      throw Broken(entry: entry.id, reason: "it is dated before the entry before it")
    }
    for update in entry.updates.updates {
      let name = Array(update.name.utf8)
      guard state[name] == update.before else {
        throw Broken(entry: entry.id, reason: "`\(update.name)` did not stand where it says")
      }
      state[name] = update.after
    }
    entries.append(entry)
  }

  private static func commit(_ id: ObjectID, _ repository: Repository) throws -> Commit {
    do throws(GitError) {
      return try repository.commit(id)
    } catch {
      throw Broken(entry: id, reason: error.message)
    }
  }
}
