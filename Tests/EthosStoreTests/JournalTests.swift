import EthosGit
import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText
import Glibc
import Testing

@testable import EthosStore

@Suite struct JournalTests {
  private static func sample() throws -> Journal {
    let one = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    let two = try #require(ObjectID(hex: String(repeating: "2", count: 40)))
    var journal = Journal()
    journal.updates = [
      ReferenceUpdate(name: "refs/heads/proposals/a b%c", before: nil, after: one, reflogMessage: ""),
      ReferenceUpdate(name: "refs/heads/main", before: one, after: two, reflogMessage: ""),
      ReferenceUpdate(name: "refs/heads/gone", before: one, after: nil, reflogMessage: ""),
    ]
    journal.head = ("main", "proposals/ä")
    journal.checkout = (nil, two)
    journal.staged = ["values/a b.yaml", "limits/\n.yaml"]
    journal.gitDirectory = "/a b/.git"
    journal.held = [("values/a b.yaml", two), ("limits/\n.yaml", nil)]
    journal.what = "ethos propose: ä b"
    journal.mark = "ethos-1f"
    journal.isUndo = true
    journal.signature = Signature(
      name: "Jane Doe", email: "jane@x.example", when: Instant(seconds: 5, offsetMinutes: -60))
    return journal
  }

  @Test func `a journal is read as it was written`() throws {
    let journal = try Self.sample()
    let read = try #require(Journal(journal.text))
    #expect(read == journal)
    #expect(read.staged == journal.staged)
    #expect(read.held.map(\.path) == journal.held.map(\.path))
    #expect(read.held.map(\.content) == journal.held.map(\.content))
    #expect(read.what == journal.what && read.mark == journal.mark && read.isUndo)
    #expect(read.updates.map(\.name) == journal.updates.map(\.name))
    #expect(read.signature == journal.signature)
  }

  @Test func `a journal that was not finished is none`() throws {
    let text = try Self.sample().text
    var wholes = 0
    for count in 0..<text.utf8.count {
      let cut = String(decoding: Array(text.utf8.prefix(count)), as: UTF8.self)
      if Journal(cut) != nil { wholes += 1 }
    }
    // Only the last line feed may be missing.
    #expect(wholes == 1)
  }
}

@Suite struct TransactionTests {
  private static let first = [
    "ethos.yaml": "ethos: 1\norganisation: Test\n", "limits/a.yaml": "id: a\ntitle: A\natMost: 1\n",
  ]
  private static let signature = Signature(
    name: "Jane Doe", email: "jane@northgate.example", when: Instant(seconds: Git.seconds))

  private static func open(_ repository: TestRepository) throws -> IdentityStore {
    IdentityStore(try Repository.open(at: repository.path, search: .exact, environment: ["HOME": Git.home]))
  }

  /// A commit on top of HEAD that sets the limit, as an object that no reference names.
  private static func prepared(_ store: IdentityStore) throws -> (before: Commit, after: ObjectID, tree: ObjectID) {
    let head = try store.repository.commit(try #require(try store.repository.head().commit))
    let blob = try store.repository.writeBlob(Array("id: a\ntitle: A\natMost: 2\n".utf8))
    let tree = try store.repository.writeTree(
      base: head.tree, edits: [TreeEdit("limits/a.yaml", TreeLeaf(mode: .file, id: blob))])
    let after = try store.repository.writeCommit(
      tree: tree, parents: [head.id], author: signature, committer: signature, message: "Set\n")
    return (head, after, tree)
  }

  private static func transaction(_ change: (before: Commit, after: ObjectID, tree: ObjectID)) -> Transaction {
    var transaction = Transaction(by: signature)
    transaction.updates = [
      ReferenceUpdate(name: "refs/heads/main", before: change.before.id, after: change.after, reflogMessage: "set")
    ]
    transaction.checkout = (change.before.tree, change.tree)
    return transaction
  }

  @Test func `a transaction moves the reference, the work tree and the index together`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    try store.commit(Self.transaction(change))
    #expect(try git("rev-parse", "main", in: repository.path) == change.after.hex)
    #expect(repository.directory.text("limits/a.yaml")?.contains("atMost: 2") == true)
    #expect(try git("status", "--porcelain", in: repository.path) == "")
    #expect(FileSystem.entry(at: store.journalPath) == nil)
  }

  @Test func `a reference that somebody moved meanwhile refuses the transaction`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    try git("commit", "-q", "--allow-empty", "-m", "Faster", in: repository.path)
    let faster = try git("rev-parse", "main", in: repository.path)
    #expect(throws: TransactionError.self) { try store.commit(Self.transaction(change)) }
    #expect(try git("rev-parse", "main", in: repository.path) == faster)
    #expect(repository.directory.text("limits/a.yaml")?.contains("atMost: 1") == true)
  }

  @Test func `an edit of the user's refuses the transaction before anything moves`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    try repository.directory.write("mine\n", to: "limits/a.yaml")
    #expect(throws: GitError.self) { try store.commit(Self.transaction(change)) }
    #expect(try git("rev-parse", "main", in: repository.path) == change.before.id.hex)
    #expect(repository.directory.text("limits/a.yaml") == "mine\n")
    #expect(FileSystem.entry(at: store.journalPath) == nil)
  }

  /// What a killed process may have left: the journal, with none, some or all of it done.
  @Test(arguments: [false, true]) func `an interrupted transaction is finished where its reference has moved`(
    _ hasMoved: Bool
  ) throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var journal = Journal()
    journal.updates = Self.transaction(change).updates
    journal.checkout = (change.before.tree, change.tree)
    journal.gitDirectory = store.repository.location.gitDirectory
    journal.signature = Self.signature
    try store.memory.makeFolder()
    try store.write(journal)
    if hasMoved { try git("update-ref", "refs/heads/main", change.after.hex, in: repository.path) }
    // The lock that the killed process held on the reference.
    try repository.directory.write("", to: ".git/refs/heads/main.lock")
    guard case .leftover(let leftover)? = store.interruption() else {
      Issue.record("nothing is said")
      return
    }
    #expect(leftover.state == (hasMoved ? .halfDone : .untouched))
    #expect(leftover.changedSince.isEmpty)
    #expect(leftover.locks == ["\(store.repository.location.commonDirectory)/refs/heads/main.lock"])
    // Who looks moves nothing; who writes does not go on over a change that is half done.
    #expect(FileSystem.entry(at: "\(repository.path)/.git/refs/heads/main.lock") != nil)
    if hasMoved {
      #expect(throws: TransactionError.self) { try store.commit(Transaction(by: Self.signature)) }
      #expect(repository.directory.text("limits/a.yaml")?.contains("atMost: 1") == true)
    }
    #expect(try store.recover(.finish, isDryRun: false)?.leftover == leftover)
    #expect(try git("rev-parse", "main", in: repository.path) == (hasMoved ? change.after.hex : change.before.id.hex))
    #expect(repository.directory.text("limits/a.yaml")?.contains(hasMoved ? "atMost: 2" : "atMost: 1") == true)
    #expect(try git("status", "--porcelain", in: repository.path) == "")
    #expect(FileSystem.entry(at: store.journalPath) == nil)
    #expect(FileSystem.entry(at: "\(repository.path)/.git/refs/heads/main.lock") == nil)
  }

  /// What somebody put there who would have the branch moved: each moves it where the user had written it himself.
  @Test(arguments: [
    "without a code", "with a code of another user", "of another repository", "changed",
    "another text of the user's own",
    "a link to one elsewhere", "in a folder that is a link",
  ])
  func `a journal that the user did not write here moves nothing`(_ kind: String) throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var journal = Journal()
    // One reference that has moved already would have the other one moved too.
    try git("update-ref", "refs/heads/side", change.after.hex, in: repository.path)
    journal.updates =
      Self.transaction(change).updates + [
        ReferenceUpdate(name: "refs/heads/side", before: nil, after: change.after, reflogMessage: "")
      ]
    journal.gitDirectory = store.repository.location.gitDirectory
    try store.memory.makeFolder()
    try store.write(journal)
    let own = try FileSystem.read(store.journalPath, limit: 1 << 20)
    func put(_ bytes: [UInt8]?) throws {
      try FileSystem.write(
        try #require(bytes), to: store.journalPath, temporaryFolder: store.temporaryFolder)
    }
    let elsewhere = try TemporaryDirectory()
    switch kind {
    case "without a code": try put(Array(journal.text.utf8))
    case "with a code of another user":
      let home = try TemporaryDirectory()
      let other = IdentityStore(
        try Repository.open(at: repository.path, search: .exact, environment: ["HOME": home.path]))
      try put(other.memory.sealed(journal.text, name: Journal.name, conditions: ""))
    case "of another repository":
      let other = try Self.open(try TestRepository())
      try put(other.memory.sealed(journal.text, name: Journal.name, conditions: ""))
    case "changed":
      var bytes = own
      let place = try #require(bytes.lastIndex(of: UInt8(ascii: "-")))
      bytes[place] = UInt8(ascii: "+")
      try put(bytes)
    case "another text of the user's own": try put(store.memory.sealed(journal.text, name: "done", conditions: ""))
    case "a link to one elsewhere":
      try elsewhere.write(own, to: "journal")
      try FileSystem.remove(store.journalPath)
      try #require(symlink("\(elsewhere.path)/journal", store.journalPath) == 0)
    default:
      try FileSystem.replace("\(elsewhere.path)/ethos", with: store.folder)
      try #require(symlink("\(elsewhere.path)/ethos", store.folder) == 0)
    }
    #expect(store.interruption() == .foreign(journal: store.journalPath))
    #expect(try store.recover(.finish, isDryRun: false) == nil)
    #expect(try git("rev-parse", "main", in: repository.path) == change.before.id.hex)
    guard kind != "in a folder that is a link" else {
      #expect(throws: FileError.self) { try store.commit(Self.transaction(change)) }
      return
    }
    // It is in nobody's way, and who wrote it finds it again.
    try store.commit(Self.transaction(change))
    #expect(try git("rev-parse", "main", in: repository.path) == change.after.hex)
    #expect(FileSystem.entry(at: store.journalPath) == nil)
    #expect(FileSystem.entry(at: store.journalPath + ".1") != nil)
    #expect(store.interruption() == nil)
  }

  @Test func `the same journal, as the user wrote it, is finished`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var journal = Journal()
    try git("update-ref", "refs/heads/side", change.after.hex, in: repository.path)
    journal.updates =
      Self.transaction(change).updates + [
        ReferenceUpdate(name: "refs/heads/side", before: nil, after: change.after, reflogMessage: "")
      ]
    journal.gitDirectory = store.repository.location.gitDirectory
    try store.memory.makeFolder()
    try store.write(journal)
    #expect(try store.interrupted() == .ours(journal))
    #expect(try Self.open(repository).recover(.finish, isDryRun: false)?.leftover.state == .halfDone)
    #expect(try git("rev-parse", "main", in: repository.path) == change.after.hex)
  }

  @Test func `without a folder for a key a change is made, and one that was interrupted is told of`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = IdentityStore(try Repository.open(at: repository.path, search: .exact, environment: [:]))
    let change = try Self.prepared(store)
    try store.commit(Self.transaction(change))
    #expect(try git("rev-parse", "main", in: repository.path) == change.after.hex)
    #expect(store.doneRecords().isEmpty)
    try store.write(Journal())
    #expect(store.interruption() == .foreign(journal: store.journalPath))
  }

  @Test func `what was done is remembered for its user alone`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    try store.commit(Self.transaction(try Self.prepared(store)))
    #expect(try Self.open(repository).doneRecords().map(\.what) == ["set"])
    let home = try TemporaryDirectory()
    let other = IdentityStore(
      try Repository.open(at: repository.path, search: .exact, environment: ["HOME": home.path]))
    #expect(other.doneRecords().isEmpty)
    let path = store.folder + "/done"
    let text = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
    try FileSystem.write(
      Array(text.drop { $0 != "\n" }.dropFirst().utf8), to: path, temporaryFolder: store.temporaryFolder)
    #expect(try Self.open(repository).doneRecords().isEmpty)
  }

  @Test func `finishing leaves what the user edited since`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var journal = Journal()
    journal.updates = Self.transaction(change).updates
    journal.checkout = (change.before.tree, change.tree)
    journal.gitDirectory = store.repository.location.gitDirectory
    try store.memory.makeFolder()
    try store.write(journal)
    try git("update-ref", "refs/heads/main", change.after.hex, in: repository.path)
    try repository.directory.write("mine\n", to: "limits/a.yaml")
    #expect(try store.recover(.finish, isDryRun: false)?.leftover.state == .halfDone)
    #expect(repository.directory.text("limits/a.yaml") == "mine\n")
  }

  @Test func `a lock that somebody else took later is left`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var journal = Journal()
    journal.updates = Self.transaction(change).updates
    journal.gitDirectory = store.repository.location.gitDirectory
    try store.memory.makeFolder()
    try store.write(journal)
    try repository.directory.write("", to: ".git/index.lock")
    // As if the journal had been written a minute before the lock.
    let dated = try run(
      "/usr/bin/env", ["touch", "-d", "1 minute ago", store.journalPath], in: repository.path, environment: [:],
      input: [])
    #expect(dated.status == 0)
    _ = try store.recover(.finish, isDryRun: false)
    #expect(FileSystem.entry(at: "\(repository.path)/.git/index.lock") != nil)
  }

  // MARK: - What fails, and what it rests on

  @Test func `what fails on the way is taken back`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var transaction = Transaction(by: Self.signature)
    transaction.updates = [
      ReferenceUpdate(name: "refs/heads/proposals/p", before: nil, after: change.after, reflogMessage: "propose")
    ]
    transaction.head = ("main", "proposals/p")
    transaction.staged = ["limits/a.yaml"]
    // The log of HEAD cannot be written, which shows after the branch was made.
    try FileSystem.remove("\(repository.path)/.git/logs/HEAD")
    try repository.directory.write("", to: ".git/logs/HEAD/in-the-way")
    #expect(throws: GitError.self) { try store.commit(transaction) }
    #expect(try git("for-each-ref", "--format=%(refname)", in: repository.path) == "refs/heads/main")
    #expect(try git("symbolic-ref", "HEAD", in: repository.path) == "refs/heads/main")
    #expect(store.interruption() == nil)
    #expect(FileSystem.entry(at: store.journalPath) == nil)
    try FileSystem.removeFolder("\(repository.path)/.git/logs/HEAD")
    try store.commit(transaction)
    #expect(try git("symbolic-ref", "HEAD", in: repository.path) == "refs/heads/proposals/p")
  }

  @Test(arguments: ["a reference", "the references below a prefix", "the last record"])
  func `what a record rests on must still be so`(_ kind: String) throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var transaction = Self.transaction(change)
    try git("branch", "side", in: repository.path)
    let before = try store.repository.references(under: "refs/heads/s")
    transaction.basis =
      switch kind {
      case "a reference": [.reference("refs/heads/side", at: change.before.id)]
      case "the last record": [.last(text: "none")]
      default: [.references(under: "refs/heads/s", before)]
      }
    switch kind {
    case "a reference": try git("update-ref", "refs/heads/side", change.after.hex, in: repository.path)
    case "the last record": break
    default: try git("branch", "second", in: repository.path)
    }
    #expect(throws: TransactionError.self) { try store.commit(transaction) }
    #expect(try git("rev-parse", "main", in: repository.path) == change.before.id.hex)
    // The twin: as it stands now, it is made.
    transaction.basis =
      kind == "a reference"
      ? [.reference("refs/heads/side", at: change.after)]
      : kind == "the last record"
        ? [] : [.references(under: "refs/heads/s", try store.repository.references(under: "refs/heads/s"))]
    try store.commit(transaction)
    #expect(try git("rev-parse", "main", in: repository.path) == change.after.hex)
  }

  @Test func `an interrupted change is taken back, and what it made is kept beside`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let change = try Self.prepared(store)
    var journal = Journal(Self.transaction(change))
    journal.gitDirectory = store.repository.location.gitDirectory
    try store.memory.makeFolder()
    try store.write(journal)
    try git("update-ref", "refs/heads/main", change.after.hex, in: repository.path)
    let recovered = try #require(try store.recover(.back, isDryRun: false))
    #expect(recovered.leftover.state == .halfDone && recovered.leftover.what == "set")
    #expect(recovered.kept.map(\.commit) == [change.after])
    #expect(try git("rev-parse", "main", in: repository.path) == change.before.id.hex)
    #expect(try git("status", "--porcelain", in: repository.path) == "")
    #expect(try git("rev-parse", "refs/ethos/undone/1", in: repository.path) == change.after.hex)
    #expect(store.interruption() == nil)
  }

  @Test func `files are written where they are as they were found, all of them or none`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let found = try store.workTreeBytes("limits/a.yaml")
    func replacements(_ before: FileReplacement.Before) -> [FileReplacement] {
      [
        FileReplacement(path: "limits/a.yaml", before: before, after: Array("mine\n".utf8)),
        FileReplacement(path: "limits/b.yaml", before: .nothing, after: Array("new\n".utf8)),
      ]
    }
    try repository.directory.write("theirs\n", to: "limits/a.yaml")
    #expect(throws: TransactionError.self) { try store.replaceWorkTree(replacements(.content(found)), what: "edit") }
    #expect(throws: TransactionError.self) { try store.replaceWorkTree(replacements(.nothing), what: "edit") }
    #expect(repository.directory.text("limits/a.yaml") == "theirs\n")
    #expect(repository.directory.text("limits/b.yaml") == nil)
    // A folder where the second is to be: the first is put back.
    try repository.directory.write("", to: "limits/c.yaml/in-the-way")
    let third = FileReplacement(path: "limits/c.yaml", before: .anything, after: Array("new\n".utf8))
    let now = FileReplacement.Before.content(Array("theirs\n".utf8))
    #expect(throws: (any Error).self) { try store.replaceWorkTree(replacements(now) + [third], what: "edit") }
    #expect(repository.directory.text("limits/a.yaml") == "theirs\n")
    #expect(repository.directory.text("limits/b.yaml") == nil)
    try store.replaceWorkTree(replacements(now), what: "edit")
    #expect(repository.directory.text("limits/a.yaml") == "mine\n")
    #expect(repository.directory.text("limits/b.yaml") == "new\n")
  }

  @Test(arguments: [RecoveryWay.finish, .back, .keep])
  func `several files that a killed process was writing are all written, or as they were`(_ way: RecoveryWay) throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    let before = try store.workTreeBytes("limits/a.yaml")
    var journal = Journal()
    journal.gitDirectory = store.repository.location.gitDirectory
    journal.what = "edit"
    journal.files = try [
      FileMove(
        path: "limits/a.yaml", before: store.keep(before), after: store.keep(Array("mine\n".utf8))),
      FileMove(path: "limits/b.yaml", before: nil, after: store.keep(Array("new\n".utf8))),
    ]
    #expect(Journal(journal.text) == journal)
    try store.memory.makeFolder()
    try store.write(journal)
    // Before the first file nothing has happened, and the next writer begins anew.
    #expect(try store.leftover(journal).state == .untouched)
    try repository.directory.write("mine\n", to: "limits/a.yaml")
    #expect(try store.leftover(journal).state == .halfDone)
    #expect(throws: TransactionError.self) { try store.replaceWorkTree([], what: "another") }
    let recovered = try #require(try store.recover(way, isDryRun: false))
    #expect(recovered.leftover.state == .halfDone)
    let old = String(decoding: before, as: UTF8.self)
    #expect(repository.directory.text("limits/a.yaml") == (way == .back ? old : "mine\n"))
    #expect(repository.directory.text("limits/b.yaml") == (way == .finish ? "new\n" : nil))
    #expect(store.interruption() == nil)
  }

  @Test func `a file that was edited since an interruption stays as it was edited`() throws {
    let repository = try TestRepository()
    try repository.commit(Self.first, "Begin")
    let store = try Self.open(repository)
    var journal = Journal()
    journal.gitDirectory = store.repository.location.gitDirectory
    journal.files = try ["limits/b.yaml", "limits/c.yaml", "limits/d.yaml"].map {
      FileMove(path: $0, before: nil, after: try store.keep(Array("new\n".utf8)))
    }
    try store.memory.makeFolder()
    try store.write(journal)
    try repository.directory.write("new\n", to: "limits/b.yaml")
    try repository.directory.write("theirs\n", to: "limits/c.yaml")
    #expect(try store.leftover(journal).changedSince == ["limits/c.yaml"])
    let refused = try #require(try store.recover(.finish, isDryRun: false))
    #expect(refused.leftover.state == .halfDone)
    #expect(repository.directory.text("limits/d.yaml") == nil)
    _ = try store.recover(.back, isDryRun: false)
    #expect(repository.directory.text("limits/b.yaml") == nil)
    #expect(repository.directory.text("limits/c.yaml") == "theirs\n")
    #expect(store.interruption() == nil)
  }
}
