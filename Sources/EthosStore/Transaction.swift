package import EthosGit
package import EthosRecord

/// A change of references, HEAD, index and work tree that happens as a whole.
///
/// Objects are written before; they are invisible until a reference names them. `commit` then takes the lock that all
/// writers share, checks that nothing of the user's would be overwritten, writes the journal, and moves references by
/// compare-and-swap, then HEAD, then the work tree. Killed after the journal was written, the next command completes it.
package struct Transaction {
  package var updates: [ReferenceUpdate] = []
  package var head: (before: String, after: String)?
  /// The trees between which the work tree and the index move; nil before is a tree without anything.
  package var checkout: (before: ObjectID?, after: ObjectID)?
  package var staged: [String] = []
  /// Who moves the references, for their logs.
  package var signature: Signature
  /// Whether this takes back the last one, which is forgotten then, and is itself nothing to be taken back.
  package var isUndo = false

  package init(by signature: Signature) { self.signature = signature }
}

/// Why a transaction was not done.
package enum TransactionError: Error {
  /// Another process is writing.
  case busy
  /// A reference, or HEAD, is not where it was when the change was prepared; somebody else won.
  case moved(reference: String)
}

extension IdentityStore {
  /// The folder of what is derived or in progress: `<git-common-dir>/ethos`.
  package var folder: String { memory.folder }

  var journalPath: String { folder + "/journal" }
  package var temporaryFolder: String { folder + "/new" }

  /// Does all of it, or throws with nothing done.
  package func commit(_ transaction: Transaction) throws {
    try memory.makeFolder()
    let done: Void? = try FileLock.held(path: folder + "/lock", attempts: 100) { try commitAlone(transaction) }
    if done == nil { throw TransactionError.busy }
  }

  private func commitAlone(_ transaction: Transaction) throws {
    try completeInterrupted()
    // Everything that can refuse does so before the journal is written.
    for update in transaction.updates where try repository.reference(update.name) != update.before {
      throw TransactionError.moved(reference: update.name)
    }
    if let head = transaction.head {
      guard try repository.head().branch == head.before else { throw TransactionError.moved(reference: "HEAD") }
    }
    if let checkout = transaction.checkout {
      let changes = try repository.treeDifference(before: checkout.before, after: checkout.after)
      try repository.updateWorkTree(changes, updatingIndex: true, isRehearsal: true)
    }
    var journal = Journal()
    journal.updates = transaction.updates
    journal.head = transaction.head
    journal.checkout = transaction.checkout
    journal.staged = transaction.staged
    journal.gitDirectory = repository.location.gitDirectory
    journal.signature = transaction.signature
    try write(journal)
    do throws(GitError) {
      try repository.update(transaction.updates, signature: transaction.signature)
    } catch {
      // References are compared under their locks before any is written. A failure after that, as of a full disk, may
      // come between two of them: then the journal stays, and the next command completes it.
      let isBegun =
        try error.code != .modified
        && transaction.updates.contains { try $0.before != $0.after && repository.reference($0.name) == $0.after }
      if !isBegun { try FileSystem.remove(journalPath) }
      if error.code == .modified { throw TransactionError.moved(reference: error.paths.first ?? "reference") }
      throw error
    }
    try finish(journal)
    remember(journal, as: transaction.updates.first?.reflogMessage ?? "", isUndo: transaction.isUndo)
    try FileSystem.remove(journalPath)
  }

  // MARK: - Changes that were interrupted

  /// A journal that lies there.
  enum Interrupted: Equatable {
    /// What a process of this user had begun here, or is about.
    case ours(Journal)
    /// Written by somebody else, for another repository, or by a user without a key: nobody knows what it would move.
    case foreign
  }

  /// What the journal says of a change that was not ended; nil where there is none. Changes nothing.
  func interrupted() throws -> Interrupted? {
    guard FileSystem.entry(at: journalPath) != nil else { return nil }
    guard FileSystem.entry(at: folder) == .folder,
      let file = try FileSystem.plainFile(journalPath, limit: TrustedMemory.limit),
      let text = memory.opened(file.bytes, name: Journal.name, conditions: ""), let journal = Journal(text)
    else {
      // A process that has ended meanwhile took its own away.
      return FileSystem.entry(at: journalPath) == nil ? nil : .foreign
    }
    return .ours(journal)
  }

  /// What became of an interrupted change.
  package enum Recovery: Equatable, Sendable {
    /// There was none, nothing had been moved, or its process is still at it.
    case nothing
    case completed
    /// There is a journal that is not to be believed, at this path: nothing of it was done.
    case foreign(journal: String)
  }

  /// Completes what a killed process of this user had begun, if there is any and nobody is at it.
  @discardableResult
  package func recover() throws -> Recovery {
    switch try interrupted() {
    case nil: return .nothing
    case .ours:
      let isCompleted = try FileLock.held(path: folder + "/lock", attempts: 1) { try completeInterrupted() }
      return isCompleted ?? false ? .completed : .nothing
    case .foreign:
      // Another user of the repository may be about it.
      do {
        let isFree: Void? = try FileLock.held(path: folder + "/lock", attempts: 1) {}
        if isFree == nil { return .nothing }
      } catch is FileError {
        // Who may not write here can still say what he sees.
      }
      return .foreign(journal: journalPath)
    }
  }

  /// Writes down what is about to be done. Without a key the next command will only say that it lies there.
  func write(_ journal: Journal) throws {
    let bytes = memory.sealed(journal.text, name: Journal.name, conditions: "") ?? Array(journal.text.utf8)
    try FileSystem.write(bytes, to: journalPath, temporaryFolder: temporaryFolder)
  }

  /// Puts a journal that is not to be believed out of the way of a new one; who wrote it may still want to see it.
  private func setAside() throws {
    var number = 1
    while FileSystem.entry(at: "\(journalPath).\(number)") != nil { number += 1 }
    try FileSystem.replace("\(journalPath).\(number)", with: journalPath)
  }

  @discardableResult
  private func completeInterrupted() throws -> Bool {
    FileSystem.removeLeftovers(in: temporaryFolder)
    let journal: Journal
    switch try interrupted() {
    case nil: return false
    case .foreign:
      try setAside()
      return false
    case .ours(let found): journal = found
    }
    var pending: [ReferenceUpdate] = []
    var wasBegun = journal.updates.isEmpty
    for update in journal.updates {
      let now = try repository.reference(update.name)
      if now == update.after { wasBegun = true } else if now == update.before { pending.append(update) }
    }
    try removeStaleLocks(of: journal)
    // With no reference moved, the repository is as before and stays so.
    if wasBegun {
      try repository.update(pending, signature: journal.signature)
      if journal.gitDirectory == repository.location.gitDirectory {
        try finish(journal)
      } else {
        let other = try Repository.open(at: journal.gitDirectory)
        try IdentityStore(other).finish(journal)
      }
    }
    try FileSystem.remove(journalPath)
    return wasBegun
  }

  /// Removes the lock files that the killed process left.
  ///
  /// The journal says which it held. It held them for moments after the journal was written; a lock that was taken later
  /// is somebody else's (`git commit` holds the index while its editor is open), and stays.
  private func removeStaleLocks(of journal: Journal) throws {
    var files = journal.updates.map { repository.lockFile(of: $0.name) }
    files += ["\(journal.gitDirectory)/HEAD.lock", "\(journal.gitDirectory)/index.lock"]
    let written = FileSystem.modified(at: journalPath) ?? 0
    let held = files.filter { file in
      FileSystem.modified(at: file).map { $0 >= written - 1 && $0 <= written + 10 } ?? false
    }
    guard !held.isEmpty else { return }
    FileSystem.pause(milliseconds: 200)
    for file in held { try FileSystem.remove(file) }
  }

  /// What follows the references: HEAD, then the work tree and the index. Each step may be done again.
  private func finish(_ journal: Journal) throws {
    if let head = journal.head {
      let now = try repository.head()
      if now.branch == head.before {
        try repository.setHead(
          branch: head.after, from: now, signature: journal.signature, reflogMessage: "ethos: move to \(head.after)")
      }
    }
    // Who went to another branch since a process was killed has a work tree that this is not about.
    guard let head = try repository.head().commit, let tree = try? repository.commit(head).tree else { return }
    if let checkout = journal.checkout, checkout.after == tree {
      try completeCheckout(try repository.treeDifference(before: checkout.before, after: checkout.after))
    }
    let isThere = try journal.updates.contains { $0.after == head } || journal.head?.after == repository.head().branch
    if !journal.staged.isEmpty, isThere {
      try repository.stage(journal.staged.map { RepositoryPath($0) }, from: tree)
    }
  }

  /// Brings the work tree along, except for what the user has edited since it was found to be as it was: that stays, and
  /// git shows it as a change.
  private func completeCheckout(_ changes: [TreeChange]) throws {
    do throws(GitError) {
      try repository.updateWorkTree(changes, updatingIndex: true)
    } catch {
      guard error.code == .wouldOverwrite else { throw error }
      let edited = Set(error.paths)
      let others = changes.filter { !edited.contains($0.path.description) }
      guard others.count < changes.count else { throw error }
      try completeCheckout(others)
    }
  }
}
