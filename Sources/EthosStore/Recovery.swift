package import EthosGit
package import EthosRecord
import EthosText

/// What is to become of an interrupted change.
package enum RecoveryWay: Sendable {
  case finish, back
  /// What is there stays as it is, and the rest is forgotten.
  case keep
}

/// What became of an interrupted change.
package struct Recovered: Sendable {
  package var leftover: Leftover
  package var way: RecoveryWay
  /// Where what was taken back is kept.
  package var kept: [(name: String, commit: ObjectID)] = []
}

extension IdentityStore {
  /// Finishes what a killed process of this user had begun, takes it back, or leaves it as it is; nil where there is
  /// nothing.
  ///
  /// Where it is changed since, only going back and leaving it are possible, and what was changed stays.
  package func recover(_ way: RecoveryWay, isDryRun: Bool) throws -> Recovered? {
    guard case .ours? = try interrupted() else { return nil }
    return try alone {
      guard case .ours(let journal)? = try interrupted() else { return nil }
      var result = Recovered(leftover: try leftover(journal), way: way)
      guard result.leftover.state == .halfDone else {
        if !isDryRun { try settle(journal, result.leftover) }
        return result
      }
      if way == .finish, !result.leftover.changedSince.isEmpty { return result }
      if way == .back { result.kept = try undoneReferences(for: progress(of: journal).moved) }
      guard !isDryRun else { return result }
      try removeStaleLocks(of: journal)
      switch way {
      case .finish: try finish(journal)
      case .back: try takeBack(journal, moved: nil, keeping: result.kept, nil)
      case .keep: break
      }
      if way == .finish, journal.files.isEmpty { remember(journal) }
      try removeUnfinished(of: journal)
      try FileSystem.remove(journalPath)
      try removeKept()
      return result
    }
  }

  /// The names under which commits and tags are kept that no reference would hold any more once these are taken back.
  package func undoneReferences(for updates: [ReferenceUpdate]) throws -> [(name: String, commit: ObjectID)] {
    let used = try repository.references(under: "refs/ethos/undone/").compactMap { reference in
      reference.name.dropping("refs/ethos/undone/").flatMap { Int($0) }
    }
    let first = (used.max() ?? 0) + 1
    let ids = Set(updates.compactMap { $0.after != $0.before ? $0.after : nil }).sorted()
    return ids.enumerated().map { ("refs/ethos/undone/\(first + $0)", $1) }
  }

  /// What a writer does before anything else: it clears away what a killed one left that had moved nothing, or everything.
  ///
  /// What is half done is for a person to decide.
  func clearAway() throws {
    FileSystem.removeLeftovers(in: temporaryFolder)
    switch try interrupted() {
    case nil: try removeKept()
    case .foreign: try setAside()
    case .ours(let journal):
      let leftover = try leftover(journal)
      guard leftover.state != .halfDone else { throw TransactionError.interrupted(what: leftover.what) }
      try settle(journal, leftover)
    }
  }

  /// Puts a journal that is not to be believed out of the way of a new one; who wrote it may still want to see it.
  private func setAside() throws {
    var number = 1
    while FileSystem.entry(at: "\(journalPath).\(number)") != nil { number += 1 }
    try FileSystem.replace("\(journalPath).\(number)", with: journalPath)
  }

  /// Ends a change of which nothing was done, or all.
  private func settle(_ journal: Journal, _ leftover: Leftover) throws {
    try removeStaleLocks(of: journal)
    try removeUnfinished(of: journal)
    if leftover.state == .done, journal.files.isEmpty { remember(journal) }
    try FileSystem.remove(journalPath)
    try removeKept()
  }

  private func removeStaleLocks(of journal: Journal) throws {
    let held = staleLocks(of: journal)
    guard !held.isEmpty else { return }
    // One that a living process took by chance at that moment is gone by then.
    FileSystem.pause(milliseconds: 200)
    for file in staleLocks(of: journal) where held.contains(file) { try FileSystem.remove(file) }
  }

  /// Removes the files that were to become the index and git's packed references.
  private func removeUnfinished(of journal: Journal) throws {
    for name in ["index.ethos", "index.ethos.lock"] { try FileSystem.remove("\(journal.gitDirectory)/\(name)") }
    let common = repository.location.commonDirectory
    for name in try FileSystem.names(in: common) where name.begins(with: "packed-refs.ethos-") {
      try FileSystem.remove("\(common)/\(name)")
    }
  }

  // MARK: - Forward

  /// Does what an interrupted change has still to do; everything is as before or as it was to be.
  private func finish(_ journal: Journal) throws {
    let progress = try progress(of: journal)
    if !journal.files.isEmpty { return try store(of: journal)?.finishFiles(journal.files) ?? () }
    guard let place = try place(of: journal) else { return }
    let index = journal.movesFiles ? try IndexLock(place, mark: journal.mark) : nil
    var head: HeadUpdate?
    if progress.head == .before, let move = journal.head {
      head = HeadUpdate(
        before: try place.head(), branch: move.after, reflogMessage: "ethos recover: move to \(move.after)")
    }
    try place.prepare(progress.pending, head: head, signature: journal.signature).carryOut()
    try IdentityStore(place).follow(journal, index)
    index?.release()
  }

  /// What follows the references and HEAD: the work tree and the index.
  ///
  /// Each step may be done again.
  func follow(_ journal: Journal, _ index: IndexLock?) throws {
    if let checkout = journal.checkout {
      try bring(try repository.treeDifference(before: checkout.before, after: checkout.after), index)
    }
    if !journal.staged.isEmpty, let head = try repository.head().commit {
      try repository.stage(
        journal.staged.map { RepositoryPath($0) }, from: repository.commit(head).tree, under: index)
    }
  }

  /// Brings the work tree along, except for what the user has edited since it was found to be as it was: that stays, and
  /// git shows it as a change.
  private func bring(_ changes: [TreeChange], _ index: IndexLock?) throws {
    do throws(GitError) {
      try repository.updateWorkTree(changes, updatingIndex: true, under: index)
    } catch {
      guard error.code == .wouldOverwrite else { throw error }
      let edited = Set(error.paths.map { RepositoryPath($0) })
      let others = changes.filter { !edited.contains($0.path) }
      guard others.count < changes.count else { throw error }
      try bring(others, index)
    }
  }

  // MARK: - Back

  /// Takes back as much of a change as was done: the files, then HEAD, then what was made.
  ///
  /// What somebody moved or edited since stays; of the references only those that were `moved`, where that is known.
  func takeBack(
    _ journal: Journal, moved: [ReferenceUpdate]?, keeping kept: [(name: String, commit: ObjectID)],
    _ held: IndexLock?
  ) throws {
    if !journal.files.isEmpty { return try store(of: journal)?.takeBackFiles(journal.files) ?? () }
    var progress = try progress(of: journal)
    if let moved { progress.moved.removeAll { !moved.contains($0) } }
    guard progress.state != .untouched else { return }
    let back = progress.moved.reversed().map { update in
      ReferenceUpdate(
        name: update.name, before: update.after, after: update.before, reflogMessage: "ethos recover: \(journal.what)")
    }
    // What was deleted is there again before HEAD goes back to it.
    try repository.update(back.filter { $0.before == nil }, signature: journal.signature)
    if let place = try place(of: journal), progress.isShown, progress.head != .elsewhere {
      let store = place === repository ? self : IdentityStore(place)
      try store.takeBackFiles(of: journal, progress, held)
    }
    let keeping = kept.map {
      ReferenceUpdate(name: $0.name, before: nil, after: $0.commit, reflogMessage: "ethos recover: \(journal.what)")
    }
    try repository.update(keeping + back.filter { $0.before != nil }, signature: journal.signature)
  }

  private func takeBackFiles(of journal: Journal, _ progress: Progress, _ held: IndexLock?) throws {
    let index = if let held { held } else { journal.movesFiles ? try IndexLock(repository, mark: journal.mark) : nil }
    defer { withExtendedLifetime(index) {} }
    if let checkout = journal.checkout {
      try bring(try repository.treeDifference(before: checkout.after, after: checkout.before), index)
    }
    if let move = journal.head, progress.head == .after {
      let head = HeadUpdate(
        before: try repository.head(), branch: move.before, reflogMessage: "ethos recover: move to \(move.before)")
      try repository.prepare([], head: head, signature: journal.signature).carryOut()
    }
    guard !journal.staged.isEmpty else { return }
    let name = try repository.head().branch.map { RecordReference.branch($0) }
    let update = journal.updates.first { update in name.map { update.name.utf8.elementsEqual($0.utf8) } ?? false }
    let tip = try update.map(\.before) ?? repository.head().commit
    guard let tip else { return }
    let (tree, paths) = (try repository.commit(tip).tree, journal.staged.map { RepositoryPath($0) })
    // What the user had staged stands, where ours did not come to replace it.
    guard !progress.filesRemain else { return }
    try repository.stage(paths, from: tree, under: index)
  }
}
