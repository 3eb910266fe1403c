package import EthosGit
package import EthosRecord

/// A change of references, HEAD, index and work tree that happens as a whole.
///
/// Objects are written before; they are invisible until a reference names them. `commit` then takes the lock that all
/// writers share, writes the journal, takes git's own locks of all that it will move, checks under them everything that can
/// refuse, and moves the references, then HEAD, then the work tree and the index. What fails on the way is taken back: an
/// error means that nothing was done. A process that is killed on the way leaves the journal, and `ethos recover` finishes
/// what it had begun or takes it back.
package struct Transaction {
  package var updates: [ReferenceUpdate] = []
  package var head: (before: String, after: String)?
  /// The trees between which the work tree and the index move; nil before is a tree without anything.
  package var checkout: (before: ObjectID?, after: ObjectID)?
  package var staged: [String] = []
  /// What it was made of, beside what it moves: that must still be so when it is done.
  package var basis: [TransactionBasis] = []
  /// Who moves the references, for their logs.
  package var signature: Signature
  /// Whether this takes back the last one, which is forgotten then, and is itself nothing to be taken back.
  package var isUndo = false

  package init(by signature: Signature) { self.signature = signature }
}

/// Something that a change was made of.
package enum TransactionBasis: Hashable, Sendable {
  /// A reference, and where it stood; nil where there was none.
  case reference(String, at: ObjectID?)
  /// All references below a prefix, as they were.
  case references(under: String, [RepositoryReference])
  /// What was the last thing done here.
  case last(text: String)
}

/// Why a transaction was not done.
package enum TransactionError: Error {
  /// Another process is writing.
  case busy
  /// A reference, or HEAD, is not where it was when the change was prepared; somebody else won.
  case moved(reference: String)
  /// Something else was done here meanwhile than what is to be taken back.
  case doneMeanwhile
  /// A file of the work tree has not the content any more that it was edited from.
  case edited(path: String)
  /// An earlier change was interrupted half done, and is to be finished or taken back first.
  case interrupted(what: String)
  /// It failed on the way, and taking back what had been done failed too.
  case halfDone(what: String, reason: any Error)
}

extension IdentityStore {
  /// The folder of what is derived or in progress: `<git-common-dir>/ethos`.
  package var folder: String { memory.folder }

  var journalPath: String { folder + "/journal" }
  package var temporaryFolder: String { folder + "/new" }
  var lockPath: String { folder + "/lock" }

  /// Does something while no other ethos writes to this repository.
  ///
  /// May be nested.
  package func alone<Result>(_ body: () throws -> Result) throws -> Result {
    if isAlone { return try body() }
    try memory.makeFolder()
    let done = try FileLock.held(path: lockPath, attempts: 100) {
      isAlone = true
      defer { isAlone = false }
      return try body()
    }
    guard let done else { throw TransactionError.busy }
    return done
  }

  /// Does all of it, or throws with nothing done.
  package func commit(_ transaction: Transaction) throws { try alone { try commitAlone(transaction) } }

  private func commitAlone(_ transaction: Transaction) throws {
    try clearAway()
    for basis in transaction.basis { try require(basis) }
    for update in transaction.updates { try require(.reference(update.name, at: update.before)) }
    var journal = Journal(transaction)
    journal.gitDirectory = repository.location.gitDirectory
    journal.mark = IdentityStore.newMark()
    journal.held = try transaction.staged.map { ($0, try repository.workTreeLeaf(RepositoryPath($0))?.id) }
    try write(journal)
    var index: IndexLock?
    var change: ReferenceChange?
    do {
      if journal.movesFiles { index = try IndexLock(repository, mark: journal.mark) }
      let prepared = try prepare(journal, transaction.basis, index)
      change = prepared
      try prepared.carryOut()
      try follow(journal, index)
    } catch {
      change?.release()
      do {
        // What another has done alike is not ours to take back.
        if let change { try takeBack(journal, moved: change.moved, keeping: [], index) }
        index?.release()
        try FileSystem.remove(journalPath)
      } catch let second {
        throw TransactionError.halfDone(what: journal.what, reason: second)
      }
      if let error = error as? GitError, error.code == .modified {
        throw TransactionError.moved(reference: error.paths.first ?? "reference")
      }
      throw error
    }
    // The journal is there for as long as a lock is, so that none is left of which nobody knows.
    change?.release()
    index?.release()
    remember(journal)
    try FileSystem.remove(journalPath)
  }

  /// Takes the locks and checks under them all that can refuse.
  private func prepare(
    _ journal: Journal, _ basis: [TransactionBasis], _ index: IndexLock?
  ) throws -> ReferenceChange {
    // What it rests on is locked too: it cannot move before this is done.
    let resting = basis.compactMap { basis -> ReferenceUpdate? in
      guard case .reference(let name, let id?) = basis, journal.rests.contains(name) else { return nil }
      return ReferenceUpdate(name: name, before: id, after: id, reflogMessage: "")
    }
    var head: HeadUpdate?
    if let move = journal.head {
      let now = try repository.head()
      guard now.branch == move.before else { throw TransactionError.moved(reference: "HEAD") }
      head = HeadUpdate(before: now, branch: move.after, reflogMessage: "ethos: move to \(move.after)")
    }
    let change = try repository.prepare(journal.updates + resting, head: head, signature: journal.signature)
    if let checkout = journal.checkout {
      let changes = try repository.treeDifference(before: checkout.before, after: checkout.after)
      try repository.updateWorkTree(changes, updatingIndex: true, isRehearsal: true, under: index)
    }
    return change
  }

  private func require(_ basis: TransactionBasis) throws {
    switch basis {
    case .reference(let name, let id):
      if try repository.reference(name) != id { throw TransactionError.moved(reference: name) }
    case .references(let prefix, let before):
      let now = try repository.references(under: prefix)
      guard now != before else { return }
      let moved = Set(now).symmetricDifference(before).map(\.name).min()
      throw TransactionError.moved(reference: moved ?? prefix)
    case .last(let text):
      if doneRecords().last?.text != text { throw TransactionError.doneMeanwhile }
    }
  }

  /// A word that no other writer puts into a lock.
  private static func newMark() -> String {
    var random = SystemRandomNumberGenerator()
    return "ethos-" + String(random.next(), radix: 16)
  }

  /// Writes down what is about to be done.
  ///
  /// Without a key the next command will only say that it lies there.
  func write(_ journal: Journal) throws {
    let bytes = memory.sealed(journal.text, name: Journal.name, conditions: "") ?? Array(journal.text.utf8)
    try FileSystem.write(bytes, to: journalPath, temporaryFolder: temporaryFolder)
  }
}

extension Journal {
  init(_ transaction: Transaction) {
    updates = transaction.updates
    head = transaction.head
    checkout = transaction.checkout
    staged = transaction.staged
    signature = transaction.signature
    let moved = Set(updates.map { Array($0.name.utf8) })
    rests = transaction.basis.compactMap { basis in
      guard case .reference(let name, _?) = basis, !moved.contains(Array(name.utf8)) else { return nil }
      return name
    }
    what = transaction.updates.first?.reflogMessage ?? ""
    isUndo = transaction.isUndo
  }

  /// Whether the work tree or the index move.
  var movesFiles: Bool { checkout != nil || !staged.isEmpty }
}
