import EthosGit
import EthosRecord
import EthosText

/// One file of the work tree as an edit found it, and as it leaves it; nil removes it.
package struct FileReplacement: Hashable, Sendable {
  /// What must be there when it is written.
  package enum Before: Hashable, Sendable {
    case anything, nothing
    case content([UInt8])
  }

  package var path: String
  package var before: Before
  package var after: [UInt8]?

  package init(path: String, before: Before, after: [UInt8]?) {
    self.path = path
    self.before = before
    self.after = after
  }
}

/// What becomes of one file, as a journal tells it: by the ids of its bytes, nil where there is no file.
struct FileMove: Equatable {
  var path: String
  var before: ObjectID?
  var after: ObjectID?
}

extension IdentityStore {
  /// Replaces, makes or removes files of the work tree, each as a whole and all of them or none.
  ///
  /// Where they are several, a journal lets `ethos recover` finish or take back what a killed process did of it.
  ///
  /// - Throws: `TransactionError.edited` where one has not the content that its edit began from: somebody was faster, and
  ///   nothing is written.
  package func replaceWorkTree(_ files: [FileReplacement], what: String) throws {
    try alone {
      try clearAway()
      for file in files { try require(file) }
      if files.count == 1 { return try put(files[0].after, at: files[0].path) }
      var journal = Journal()
      journal.gitDirectory = repository.location.gitDirectory
      journal.what = what
      journal.files = try files.map { file in
        FileMove(
          path: file.path, before: try workTreeBytes(ifAt: file.path).map { try keep($0) },
          after: try file.after.map { try keep($0) })
      }
      try write(journal)
      var done: [FileMove] = []
      do {
        for (file, move) in zip(files, journal.files) {
          try put(file.after, at: file.path)
          done.append(move)
        }
      } catch {
        do {
          try takeBackFiles(done)
          try FileSystem.remove(journalPath)
          try removeKept()
        } catch let second {
          throw TransactionError.halfDone(what: what, reason: second)
        }
        throw error
      }
      try FileSystem.remove(journalPath)
      try removeKept()
    }
  }

  /// Where the bytes lie that a journal of files names, each file named by their id.
  ///
  /// Not among git's objects, where what nobody commits would be left dangling.
  private var keptFolder: String { folder + "/edit" }

  func keep(_ bytes: [UInt8]) throws -> ObjectID {
    let id = try Repository.blobID(of: bytes)
    try FileSystem.write(bytes, to: "\(keptFolder)/\(id.hex)", temporaryFolder: keptFolder, isPrivate: true)
    return id
  }

  /// Bytes that were kept; an error where they are not the same any more.
  private func kept(_ id: ObjectID) throws -> [UInt8] {
    let path = "\(keptFolder)/\(id.hex)"
    let bytes = try FileSystem.read(path, limit: .max - 1)
    guard try Repository.blobID(of: bytes) == id else {
      throw GitError(.malformed, "`\(path)` is not what was kept there", paths: [path])
    }
    return bytes
  }

  /// Removes what no journal names any more.
  func removeKept() throws {
    if FileSystem.entry(at: keptFolder) != nil { try FileSystem.removeFolder(keptFolder) }
  }

  /// The store of the repository, or the other work tree, that a journal is about, under the lock that is held here.
  func store(of journal: Journal) throws -> IdentityStore? {
    guard let place = try place(of: journal) else { return nil }
    if place === repository { return self }
    let store = IdentityStore(place)
    store.isAlone = isAlone
    return store
  }

  /// Whether a file holds now what a move makes of it, or what it had before.
  func place(of move: FileMove) throws -> Progress.Place {
    let now = try workTreeBytes(ifAt: move.path).map { try Repository.blobID(of: $0) }
    return now == move.after ? .after : now == move.before ? .before : .elsewhere
  }

  func finishFiles(_ moves: [FileMove]) throws {
    for move in moves where try place(of: move) == .before { try put(move.after.map { try kept($0) }, at: move.path) }
  }

  /// Each of them as it was; what somebody edited since stays.
  func takeBackFiles(_ moves: [FileMove]) throws {
    for move in moves.reversed() where try place(of: move) == .after {
      try put(move.before.map { try kept($0) }, at: move.path)
    }
  }

  private func put(_ bytes: [UInt8]?, at path: String) throws {
    if let bytes { try writeWorkTree(bytes, to: path) } else { try removeWorkTree(path) }
  }

  /// Refuses to write over a file that is not as its edit began.
  private func require(_ file: FileReplacement) throws {
    switch file.before {
    case .anything: return
    case .nothing:
      guard FileSystem.entry(at: try place(of: file.path)) == nil else {
        throw TransactionError.edited(path: file.path)
      }
    case .content(let before):
      // What a sparse checkout leaves out is read from the index, and begins there.
      if FileSystem.entry(at: try place(of: file.path)) == nil,
        try repository.leftOutContent(of: RepositoryPath(file.path)) == before
      {
        return
      }
      guard case .file? = FileSystem.entry(at: try place(of: file.path)) else {
        throw TransactionError.edited(path: file.path)
      }
      if try workTreeBytes(file.path) == before { return }
      // What was read from a commit may differ in its line ends.
      guard try repository.workTreeFile(RepositoryPath(file.path))?.content == before else {
        throw TransactionError.edited(path: file.path)
      }
    }
  }
}
