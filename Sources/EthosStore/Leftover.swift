import EthosGit
import EthosRecord

/// A change that a killed process left behind, as it stands now.
package struct Leftover: Hashable, Sendable {
  package enum State: Sendable {
    /// Nothing had been moved.
    case untouched
    /// Some of it was done, and some is still to be done.
    case halfDone
    /// All of it was done, but for the end of the journal.
    case done
  }

  /// What it was: `ethos ratify: NAME`.
  package var what: String
  package var state: State
  /// What is neither as it was before nor as it was to be: references, `HEAD`, files.
  package var changedSince: [String]
  /// The lock files that the process left, which keep git and other writers out.
  package var locks: [String]
}

/// What a journal tells whoever finds it.
package enum Interruption: Equatable, Sendable {
  case leftover(Leftover)
  /// There is a journal that is not to be believed, at this path.
  case foreign(journal: String)
  /// What became of the change cannot be told.
  case unclear(reason: String)
}

/// A journal that lies there.
enum Interrupted: Equatable {
  /// What a process of this user had begun here, or is about.
  case ours(Journal)
  /// Written by somebody else, for another repository, or by a user without a key: nobody knows what it would move.
  case foreign
}

/// How far an interrupted change came, from what the repository holds now.
struct Progress {
  /// As they were to be.
  var moved: [ReferenceUpdate] = []
  /// As they were before.
  var pending: [ReferenceUpdate] = []
  /// Neither: somebody moved them since.
  var elsewhere: [ReferenceUpdate] = []
  /// Of those, whether one of them went on from where it was to be.
  var wentOn = false
  var head: Place = .after
  /// Whether HEAD shows what the files were to move to, or from.
  var isShown = true
  var filesRemain = false
  var edited: [String] = []
  /// Of files that move without any commit.
  var files: [Place: [FileMove]] = [:]

  enum Place { case before, after, elsewhere }

  var state: Leftover.State {
    if !files.isEmpty { return files[.before] == nil ? .done : files.count == 1 ? .untouched : .halfDone }
    if moved.isEmpty && !wentOn && !(pending.isEmpty && elsewhere.isEmpty) { return .untouched }
    let isDone = pending.isEmpty && head == .after && !filesRemain && (isShown || wentOn)
    return isDone ? .done : .halfDone
  }

  var changedSince: [String] {
    elsewhere.map(\.name) + (head == .elsewhere || !isShown ? ["HEAD"] : []) + edited
      + (files[.elsewhere] ?? []).map(\.path)
  }
}

extension IdentityStore {
  /// What a killed process left behind; nil where there is nothing, and while a writer is at work.
  ///
  /// It reads and changes nothing, waits for nobody, and fails for nobody: whoever only reads is never kept out.
  package func interruption() -> Interruption? {
    do {
      guard let found = try interrupted(), !FileLock.isHeld(path: lockPath) else { return nil }
      guard case .ours(let journal) = found else { return .foreign(journal: journalPath) }
      let leftover = try leftover(journal)
      // Its process may have come to its end while we looked.
      return try interrupted() == found && !FileLock.isHeld(path: lockPath) ? .leftover(leftover) : nil
    } catch {
      return .unclear(reason: (error as? GitError)?.message ?? "\(error)")
    }
  }

  /// What the journal says of a change that was not ended; nil where there is none.
  ///
  /// Changes nothing.
  func interrupted() throws -> Interrupted? {
    guard FileSystem.entry(at: journalPath) != nil else { return nil }
    do {
      guard FileSystem.entry(at: folder) == .folder,
        let file = try FileSystem.plainFile(journalPath, limit: TrustedMemory.limit),
        let text = memory.opened(file.bytes, name: Journal.name, conditions: ""), let journal = Journal(text)
      else {
        // A process that has ended meanwhile took its own away.
        return FileSystem.entry(at: journalPath) == nil ? nil : .foreign
      }
      return .ours(journal)
    } catch let error as FileError where error.isOfPermission {
      // That of another user, which is for nobody else to read.
      return .foreign
    }
  }

  func leftover(_ journal: Journal) throws -> Leftover {
    let progress = try progress(of: journal)
    return Leftover(
      what: journal.what.isEmpty ? "a change" : journal.what, state: progress.state,
      changedSince: progress.changedSince, locks: staleLocks(of: journal))
  }

  /// The repository, or its other work tree, whose HEAD and files a journal is about; nil where that is gone.
  func place(of journal: Journal) throws -> Repository? {
    if journal.gitDirectory == repository.location.gitDirectory { return repository }
    guard FileSystem.entry(at: journal.gitDirectory) != nil else { return nil }
    return try Repository.open(at: journal.gitDirectory)
  }

  func progress(of journal: Journal) throws -> Progress {
    var progress = Progress()
    if !journal.files.isEmpty {
      // Where the work tree is gone, so is what was done in it.
      guard let place = try place(of: journal).map({ $0 === repository ? self : IdentityStore($0) }) else {
        return progress
      }
      progress.files = try Dictionary(grouping: journal.files) { try place.place(of: $0) }
      return progress
    }
    for update in journal.updates where update.before != update.after {
      let now = try repository.reference(update.name)
      if now == update.after {
        progress.moved.append(update)
      } else if now == update.before {
        progress.pending.append(update)
      } else {
        progress.elsewhere.append(update)
        if let now, let after = update.after, try repository.isAncestor(after, of: now) { progress.wentOn = true }
      }
    }
    guard progress.state != .untouched, journal.head != nil || journal.movesFiles else { return progress }
    guard let place = try place(of: journal) else {
      progress.isShown = false
      return progress
    }
    let head = try place.head()
    if let move = journal.head {
      progress.head = head.branch == move.after ? .after : head.branch == move.before ? .before : .elsewhere
    }
    try look(at: journal, in: place, head, &progress)
    return progress
  }

  /// Compares the files and the index with what they were to be.
  private func look(
    at journal: Journal, in place: Repository, _ head: HeadState, _ progress: inout Progress
  ) throws {
    guard journal.movesFiles, progress.head != .elsewhere else { return }
    // Where HEAD will be when all is done.
    let branch = journal.head?.after ?? head.branch
    let name = branch.map { RecordReference.branch($0) }
    let update = journal.updates.first { update in name.map { update.name.utf8.elementsEqual($0.utf8) } ?? false }
    let tip = try update?.after ?? name.flatMap { try repository.reference($0) } ?? head.commit
    guard let tip, let tree = try repository.readableCommit(tip)?.tree else {
      progress.isShown = false
      return
    }
    if let checkout = journal.checkout {
      progress.isShown = checkout.after == tree
      guard progress.isShown else { return }
      let changes = try place.treeDifference(before: checkout.before, after: checkout.after)
      progress.filesRemain = try !place.remaining(of: changes).isEmpty
    }
    if !journal.staged.isEmpty, try !place.unstaged(journal.staged.map { RepositoryPath($0) }, from: tree).isEmpty {
      progress.filesRemain = true
      progress.edited = try journal.held.filter {
        try place.workTreeLeaf(RepositoryPath($0.path))?.id != $0.content
      }.map(\.path)
    }
  }

  /// The lock files that the process of a journal left.
  ///
  /// The journal says which it took, moments after it was written. That of the index holds its mark, since `git commit`
  /// holds the same one while its editor is open; nobody holds one of the others for long, and what was taken later is
  /// somebody else's.
  func staleLocks(of journal: Journal) -> [String] {
    let written = FileSystem.modified(at: journalPath) ?? 0
    var files = (journal.updates.map(\.name) + journal.rests).map { repository.lockFile(of: $0) }
    if journal.updates.contains(where: { $0.after == nil }) { files.append(repository.lockFile(of: "packed-refs")) }
    files.append("\(journal.gitDirectory)/HEAD.lock")
    let index = "\(journal.gitDirectory)/index.lock"
    if journal.mark.isEmpty { files.append(index) }
    var held = files.filter { file in
      FileSystem.modified(at: file).map { $0 >= written - 1 && $0 <= written + 10 } ?? false
    }
    if !journal.mark.isEmpty, FileSystem.holds(Array(journal.mark.utf8), at: index) { held.append(index) }
    return held
  }
}
