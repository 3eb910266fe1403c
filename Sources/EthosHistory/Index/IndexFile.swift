import EthosGit
package import EthosRecord
package import EthosStore

/// Where the index lies, and how it comes to know what is asked about.
///
/// Derived data: it may be deleted at any time, and nothing is answered otherwise without it. It lies in the user's own
/// folder (`StateFolder`) and not in the repository: a code over all of it would cost more than the answers, and over its
/// rows would not tell what is missing; here nobody else writes. It is made in a file beside and renamed into place, and
/// grows in one transaction of SQLite's; so a killed process leaves an index that is as before or as after. Of several
/// processes one writes, and the others wait for it or do without. Commits that nothing reaches any more stay in it until
/// it is made anew; nobody asks about them.
package struct IndexFile {
  private let store: IdentityStore

  /// What is told while the index is made or grows.
  package struct Progress {
    package var commits: (_ done: Int, _ of: Int) -> Void
    /// Something that kept the index from being used.
    package var notice: (String) -> Void

    package init(commits: @escaping (Int, Int) -> Void, notice: @escaping (String) -> Void) {
      self.commits = commits
      self.notice = notice
    }
  }

  package init(_ store: IdentityStore) { self.store = store }

  private static func path(in folder: String) -> String { "\(folder)/\(IndexSchema.fileName)" }

  /// The index, with all that can be reached from these commits in it; `inForce` is the tip of the branch in force.
  ///
  /// Nil where there can be none: then the history is walked.
  ///
  /// `meanings` asks for what each commit did, by comparing all versions of all files that nobody has compared yet.
  package func open(
    _ heads: [ObjectID], inForce: ObjectID, meanings: Bool = false, _ progress: Progress
  ) -> HistoryIndex? {
    let heads = [inForce] + heads.filter { $0 != inForce }
    do {
      if let index = try? grown(heads, meanings, progress) { return index }
      return try made(heads, meanings, progress)
    } catch let error as GitError {
      // What the history lacks, the walk tells of where it is reached.
      if !error.isOfClone { progress.notice("no index of the history: \(error.message)") }
    } catch {
      progress.notice("no index of the history can be kept: \(error); it is read without one")
    }
    return nil
  }

  /// Makes the index anew after it turned out to be damaged; nil where that is not possible.
  package func remade(
    _ heads: [ObjectID], inForce: ObjectID, meanings: Bool = false, _ progress: Progress
  ) -> HistoryIndex? {
    progress.notice("the index of the history is damaged: it is made anew")
    if let folder = try? store.memory.ownFolder() { try? FileSystem.remove(IndexFile.path(in: folder)) }
    return open(heads, inForce: inForce, meanings: meanings, progress)
  }

  /// What a failure of an answer says of the index: that it is not what was written, that it cannot be read now, or
  /// nothing.
  package enum Trouble { case damaged, busy }

  package static func trouble(_ error: any Error) -> Trouble? {
    if error is DamagedIndex { return .damaged }
    return (error as? DatabaseError).map { $0.isBusy ? .busy : .damaged }
  }

  /// The index that is there, grown to what is asked about; nil where there is none of this version.
  private func grown(_ heads: [ObjectID], _ meanings: Bool, _ progress: Progress) throws -> HistoryIndex? {
    guard let path = try store.memory.ownFolder().map(IndexFile.path), case .file = FileSystem.entry(at: path) else {
      return nil
    }
    let database = try (try? Database(path: path, .write)) ?? Database(path: path, .read)
    guard try database.userVersion() == IndexSchema.version else { return nil }
    let tables = try IndexTables(database)
    if try !heads.allSatisfy({ try tables.place(of: $0) != nil }) {
      try database.transaction { try write(heads, tables, progress) }
    }
    if meanings { try compare(heads, tables, progress) }
    return HistoryIndex(tables, store)
  }

  /// A new index in the place of whatever is there.
  private func made(_ heads: [ObjectID], _ meanings: Bool, _ progress: Progress) throws -> HistoryIndex? {
    let folder = try store.memory.makeOwnFolder()
    let path = IndexFile.path(in: folder)
    let index = try FileLock.held(path: "\(folder)/ledger.lock", attempts: 600) { () -> HistoryIndex? in
      // Who waited for another finds what that one made.
      if let index = try? grown(heads, meanings, progress) { return index }
      let new = "\(path).new"
      try removeLeftovers(of: path)
      do {
        let database = try Database(path: new, .create)
        // Nobody else sees the file before it is renamed: what is half written is thrown away, not repaired.
        try database.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cell_size_check = ON")
        try database.transaction {
          try database.execute(IndexSchema.tables)
          let tables = try IndexTables(database)
          if meanings {
            let (_, actions) = try MeaningPass.beside(store.repository) { give in
              try write(heads, tables, progress, give)
            }
            try tables.keep(actions)
          } else {
            try write(heads, tables, progress)
          }
          try database.execute("PRAGMA user_version = \(IndexSchema.version)")
        }
        try FileSystem.replace(path, with: new)
      } catch {
        try? removeLeftovers(of: path)
        throw error
      }
      return try grown(heads, meanings, progress)
    }
    guard let index else {
      progress.notice("another process is making the index of the history: it is read without one")
      return nil
    }
    return index
  }

  private func removeLeftovers(of path: String) throws {
    for suffix in ["", "-journal", "-wal", "-shm"] { try FileSystem.remove("\(path).new\(suffix)") }
    // The journal of a database that is no longer there would be played back into the new one.
    for suffix in ["-journal", "-wal", "-shm"] { try FileSystem.remove(path + suffix) }
  }

  private func write(
    _ heads: [ObjectID], _ tables: IndexTables, _ progress: Progress, _ step: ((CommitStep) -> Void)? = nil
  ) throws {
    let scan = try CommitScan(store.repository, from: heads) { try tables.place(of: $0) != nil }
    guard !scan.order.isEmpty else { return }
    var writer = try IndexWriter(tables, scan)
    try writer.write(inForce: heads[0], progress: progress.commits, step: step)
  }

  /// Finds what those commits did that nobody has compared yet.
  ///
  /// Where it cannot be kept, it is found out commit by commit.
  private func compare(_ heads: [ObjectID], _ tables: IndexTables, _ progress: Progress) throws {
    func number(_ id: ObjectID) throws -> Int {
      guard let place = try tables.place(of: id) else { throw DamagedIndex() }
      return place.number
    }
    let scan = try CommitScan(store.repository, from: heads) { try tables.actions(of: number($0)) != nil }
    guard !scan.order.isEmpty else { return }
    let touches = TouchScan(scan, roots: IdentityFile.roots, withBefore: true)
    var steps = StepReader(touches, scan)
    var done = 0
    let (_, actions) = try MeaningPass.beside(store.repository) { give in
      try touches.run(scan.order.reversed()) { place, found in
        give(try steps.step(number(scan.id(place)), place, found))
        done += 1
        if done.isMultiple(of: 256) { progress.commits(done, scan.order.count) }
      }
    }
    do {
      try tables.database.transaction { try tables.keep(actions) }
    } catch let error as DatabaseError where error.isBusy || error.isReadOnly {}
  }
}
