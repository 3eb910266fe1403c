import EthosDiff
import EthosGit
import EthosHistory
import EthosModel
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// The index of the history: what becomes of it, and that it is never needed for an answer to be right.
@Suite struct IndexTests {
  private struct Bank {
    let repository: TestRepository

    init() throws {
      repository = try TestRepository()
      try repository.commit(
        ["ethos.yaml": "ethos: 1\norganisation: Test\n", "limits/risk.yaml": Bank.risk(60)], "Begin")
    }

    static func risk(_ value: Int) -> String { "id: risk\ntitle: Risk\natMost: \(value)\n" }

    @discardableResult
    func set(_ value: Int) throws -> String {
      try repository.commit(["limits/risk.yaml": Bank.risk(value)], "Set \(value)\n\nBecause of \(value).")
    }

    /// Where the index of the tests' own user lies.
    func indexFolder(_ environment: [String: String] = Git.environment) throws -> String {
      try #require(try store(environment).memory.ownFolder())
    }

    func indexPath(_ environment: [String: String] = Git.environment) throws -> String {
      try indexFolder(environment) + "/ledger.sqlite"
    }

    func head(_ name: String = "HEAD") throws -> ObjectID {
      try #require(ObjectID(hex: repository.git("rev-parse", name)))
    }

    func store(_ environment: [String: String] = Git.environment) throws -> IdentityStore {
      IdentityStore(try Repository.open(at: repository.path, search: .exact, environment: environment))
    }

    /// The commit that set the limit, by the index; nil where there was none to be had.
    func origin(
      at name: String = "HEAD", notices: Notices = Notices(), environment: [String: String] = Git.environment,
      store known: IdentityStore? = nil
    ) throws -> String? {
      let store = try known ?? store(environment)
      let head = try head(name)
      let progress = IndexFile.Progress(commits: { _, _ in }, notice: { notices.texts.append($0) })
      guard let index = IndexFile(store).open([head], inForce: head, progress) else { return nil }
      return try Bank.origin(store, index, head)
    }

    /// The same by a walk.
    func walkedOrigin(at name: String = "HEAD") throws -> String {
      let store = try store()
      return try Bank.origin(store, WalkedGraph(store), head(name))
    }

    private static func origin(_ store: IdentityStore, _ graph: any HistoryGraph, _ head: ObjectID) throws -> String {
      try Attribution(store, graph, key: EntryKey(.limit, "risk"), tips: [head])
        .origin(of: FieldPath("atMost"), at: head).commit.id.hex
    }
  }

  private final class Notices {
    var texts: [String] = []
  }

  @Test func `a new commit, a new branch and a rewound one are known at once`() throws {
    let bank = try Bank()
    let first = try bank.head().hex
    #expect(try bank.origin() == first)
    let second = try bank.set(50)
    #expect(try bank.origin() == second)
    try bank.repository.git("switch", "-qc", "side", first)
    #expect(try bank.origin() == first)
    let third = try bank.set(40)
    #expect(try bank.origin() == third)
    #expect(try bank.origin(at: "main") == second)
    try bank.repository.git("switch", "-q", "main")
    try bank.repository.git("reset", "-q", "--hard", first)
    #expect(try bank.origin() == first)
  }

  @Test func `what garbage collection took away does not matter`() throws {
    let bank = try Bank()
    let first = try bank.head().hex
    try bank.set(50)
    _ = try bank.origin()
    try bank.repository.git("reset", "-q", "--hard", first)
    try bank.repository.git("reflog", "expire", "--expire=now", "--all")
    try bank.repository.git("gc", "-q", "--prune=now")
    let second = try bank.set(45)
    #expect(try bank.origin() == second)
  }

  @Test func `an index of another version, and what is none, are made anew`() throws {
    let bank = try Bank()
    let second = try bank.set(50)
    _ = try bank.origin()
    let made = try FileSystem.read(bank.indexPath(), limit: 1 << 24)
    // SQLite keeps the number that an application gives its file in bytes 60 to 63.
    var newer = made
    newer[63] = 99
    for bytes in [newer, Array("no database".utf8), [], Array(made.prefix(made.count / 2))] {
      try FileSystem.write(bytes, to: bank.indexPath(), temporaryFolder: bank.indexFolder())
      #expect(try bank.origin() == second)
    }
  }

  @Test func `an index that is damaged is found out, or answers right`() throws {
    let bank = try Bank()
    for value in 0..<40 { try bank.set(value) }
    let right = try bank.walkedOrigin()
    _ = try bank.origin()
    let made = try FileSystem.read(bank.indexPath(), limit: 1 << 24)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<150 {
      var damaged = made
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      try FileSystem.write(damaged, to: bank.indexPath(), temporaryFolder: bank.indexFolder())
      do {
        if let answer = try bank.origin() { #expect(answer == right) }
      } catch {
        #expect(IndexFile.trouble(error) == .damaged, "\(error)")
      }
    }
  }

  @Test func `where no index can be kept there is none, and it is said`() throws {
    let bank = try Bank()
    let home = try TemporaryDirectory()
    try home.write("", to: ".local")
    for environment in [["HOME": home.path], [:]] {
      let notices = Notices()
      #expect(try bank.origin(notices: notices, environment: environment) == nil)
      #expect(notices.texts.count == 1)
    }
  }

  /// What others put below the git directory, where an index once lay.
  @Test func `nothing in the repository is taken for an index`() throws {
    let bank = try Bank()
    let first = try bank.head().hex
    let home = try TemporaryDirectory()
    let environment = ["HOME": home.path]
    #expect(try bank.origin(environment: environment) == first)
    let early = try FileSystem.read(bank.indexPath(environment), limit: 1 << 24)
    let second = try bank.set(50)
    // An index of the same history, genuine in all but that it lies where anybody writes.
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-journal", "uses.sqlite"] {
      try FileSystem.makeFolder(bank.repository.path + "/.git/ethos")
      try FileSystem.write(
        early, to: bank.repository.path + "/.git/ethos/\(name)", temporaryFolder: bank.repository.path + "/.git/ethos")
    }
    #expect(try bank.origin(environment: environment) == second)
    #expect(try bank.origin(environment: ["HOME": TemporaryDirectory().path]) == second)
  }

  @Test func `an older copy of the index is grown, as is another repository's, and a cut one is made anew`() throws {
    let bank = try Bank()
    _ = try bank.origin()
    let early = try FileSystem.read(bank.indexPath(), limit: 1 << 24)
    let second = try bank.set(50)
    #expect(try bank.origin() == second)
    let late = try FileSystem.read(bank.indexPath(), limit: 1 << 24)
    let other = try Bank()
    try other.set(1)
    try other.set(2)
    _ = try other.origin()
    let foreign = try FileSystem.read(other.indexPath(), limit: 1 << 24)
    for bytes in [early, foreign, Array(late.prefix(late.count / 3)), late] {
      try FileSystem.write(bytes, to: bank.indexPath(), temporaryFolder: bank.indexFolder())
      #expect(try bank.origin() == second)
    }
  }

  @Test func `an index that is there is used and not read anew`() throws {
    let bank = try Bank()
    for value in 0..<40 { try bank.set(value) }
    func reads() throws -> ReadCounts {
      let store = try bank.store()
      _ = try bank.origin(store: store)
      return store.repository.reads
    }
    _ = try reads()
    let warm = try reads()
    #expect(warm.commits < 10)
    // That it is not there costs nothing but time.
    try FileSystem.remove(bank.indexPath())
    #expect(try bank.origin() == bank.walkedOrigin())
    #expect(try reads() == warm)
  }

  @Test func `in a shallow clone the history itself is asked`() throws {
    let bank = try Bank()
    try bank.set(50)
    let second = try bank.set(40)
    let clone = try TemporaryDirectory()
    try bank.repository.git("clone", "-q", "--depth", "2", "file://\(bank.repository.path)", clone.path + "/clone")
    let store = IdentityStore(
      try Repository.open(at: clone.path + "/clone", search: .exact, environment: Git.environment))
    let head = try #require(ObjectID(hex: second))
    let progress = IndexFile.Progress(commits: { _, _ in }, notice: { Issue.record("\($0)") })
    #expect(IndexFile(store).open([head], inForce: head, progress) == nil)
    let attribution = Attribution(store, WalkedGraph(store), key: EntryKey(.limit, "risk"), tips: [head])
    #expect(try attribution.origin(of: FieldPath("atMost"), at: head).commit.id == head)
    #expect(throws: GitError.self) { try attribution.origin(of: FieldPath("title"), at: head) }
  }

  @Test(arguments: [false, true])
  func `a history that is scanned on two threads is known as any other`(meanings: Bool) throws {
    let repository = try TestRepository("--bare")
    var stream = ""
    func data(_ text: String) -> String { "data \(text.utf8.count)\n\(text)\n" }
    var random = SeededGenerator(seed: 3)
    // For each limit its folder, its bound and the commit that set it; merges bring in what a branch set.
    var limits = (0..<60).map { _ in (folder: 0, bound: 0, mark: 1) }
    func file(_ number: Int) -> String {
      "limits/\(limits[number].folder)/l\(number).yaml"
    }
    func write(_ number: Int) {
      stream += "M 100644 inline \(file(number))\n"
      stream += data("id: l\(number)\ntitle: L\natMost: \(limits[number].bound)\n")
    }
    func begin(_ branch: String, _ mark: Int, _ more: String = "") {
      stream += "commit refs/heads/\(branch)\nmark :\(mark)\n"
      stream += "committer A <a@x.example> \(1_600_000_000 + mark) +0000\n" + data("Commit \(mark)\n\nBecause.") + more
    }
    begin("main", 1)
    stream += "M 100644 inline ethos.yaml\n" + data("ethos: 1\norganisation: Test\n")
    for number in limits.indices { write(number) }
    var raised = 0
    for mark in 2...4_600 {
      // Half of them are left alone from some day on.
      let number = Int.random(in: 0..<(mark < 2_000 ? limits.count : limits.count / 2), using: &random)
      if mark.isMultiple(of: 50) {
        // Beside the line, and merged at once.
        limits[number].bound += 1
        limits[number].mark = mark + 10_000
        begin("side", mark + 10_000, "from :\(mark - 1)\n")
        write(number)
        begin("main", mark, "from :\(mark - 1)\nmerge :\(mark + 10_000)\n")
        write(number)
        raised += 1
      } else if mark.isMultiple(of: 7) {
        begin("main", mark)
        stream += "D \(file(number))\n"
        limits[number].folder = mark
        write(number)
      } else {
        limits[number].bound += 1
        limits[number].mark = mark
        begin("main", mark)
        write(number)
        raised += 1
      }
    }
    let marks = "\(repository.path)/marks"
    try repository.git("fast-import", "--quiet", "--force", "--export-marks=\(marks)", input: Array(stream.utf8))
    var ids: [Int: ObjectID] = [:]
    for line in (repository.directory.text("marks") ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, let mark = Int(words[0].dropFirst()) { ids[mark] = ObjectID(hex: words[1]) }
    }
    let head = try #require(ids[4_600])
    let store = IdentityStore(
      try Repository.open(at: repository.path, search: .exact, environment: Git.environment))
    let progress = IndexFile.Progress(commits: { _, _ in }, notice: { Issue.record("\($0)") })
    let index = try #require(IndexFile(store).open([head], inForce: head, meanings: meanings, progress))
    for (number, limit) in limits.enumerated() {
      let attribution = Attribution(store, index, key: EntryKey(.limit, "l\(number)"), tips: [head])
      #expect(try attribution.origin(of: FieldPath("atMost"), at: head).commit.id == ids[limit.mark], "l\(number)")
    }
    guard meanings else { return }
    // Along the line each commit that raised a bound is found, and no other.
    var found = 0
    var next: ObjectID? = head
    while let id = next, let nearest = try index.nearest(id, mayHave: .loosened) {
      found += 1
      next = try store.repository.commit(nearest).parents.first
    }
    #expect(found == raised)
  }
}
