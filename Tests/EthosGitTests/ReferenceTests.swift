import EthosGit
import EthosRecord
import EthosTestSupport
import Glibc
import Testing

@Suite struct ReferenceTests {
  @Test func `head tells its three states`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    #expect(try repository.head() == .unborn("main"))
    let commit = try test.commit(["a": "1"])
    #expect(try repository.head() == .branch("main", id(commit)))
    try test.git("checkout", "-q", "-b", "proposals/raise")
    #expect(try repository.head().branch == "proposals/raise")
    try test.git("checkout", "-q", "--detach")
    #expect(try repository.head() == .detached(id(commit)))
  }

  @Test func `references are listed by prefix, loose and packed, sorted`() throws {
    let test = try TestRepository()
    let commit = try id(test.commit(["a": "1"]))
    for name in ["reviews/p/z", "reviews/p/a", "reviews/q/a"] { try test.git("branch", name) }
    try test.git("pack-refs", "--all")
    try test.git("branch", "reviews/p/m")
    try test.git("symbolic-ref", "refs/heads/reviews/p/dangling", "refs/heads/nothing")
    let repository = try open(test)
    let found = try repository.references(under: "refs/heads/reviews/p/")
    #expect(found.map(\.name) == ["a", "m", "z"].map { "refs/heads/reviews/p/\($0)" })
    #expect(found.allSatisfy { $0.target == commit })
    #expect(try repository.references(under: "refs/none/").isEmpty)
    #expect(try repository.references(under: "refs/*").isEmpty)
    #expect(try repository.reference("refs/heads/none") == nil)
  }

  @Test func `a revision is what git says it is`() throws {
    let test = try TestRepository()
    try test.commit(["a": "1"])
    try test.commit(["a": "2"])
    try test.git("tag", "-m", "m", "v1")
    let repository = try open(test)
    for revision in ["HEAD", "main~1", "v1", "v1^{commit}", "HEAD^{tree}", "HEAD:a", "@", "refs/tags/v1"] {
      #expect(try repository.resolve(revision).hex == test.git("rev-parse", revision))
    }
    #expect(try repository.commitID(for: "v1").hex == test.git("rev-parse", "v1^{commit}"))
    #expect(try repository.treeID(for: "v1").hex == test.git("rev-parse", "v1^{tree}"))
    let short = try String(test.git("rev-parse", "HEAD").prefix(8))
    #expect(try repository.resolve(short).hex == test.git("rev-parse", "HEAD"))
    #expect(failure { _ = try repository.resolve("nothing") }?.code == .notFound)
    #expect(failure { _ = try repository.resolve("HEAD~9") }?.code == .notFound)
    #expect(failure { _ = try repository.resolve("HEAD^{") }?.code == .invalid)
    #expect(failure { _ = try repository.resolve("HEAD\0x") }?.code == .invalid)
    #expect(failure { _ = try repository.commitID(for: "HEAD:a") }?.code == .invalid)
  }

  @Test func `an id that is too short for one object is ambiguous`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    // Of enough objects two share their first four digits (the least that git takes).
    var seen: Set<String> = []
    var shared: String?
    var number = 0
    while shared == nil, number < 5_000 {
      let start = try String(repository.writeBlob(Array("\(number)".utf8)).hex.prefix(4))
      if !seen.insert(start).inserted { shared = start }
      number += 1
    }
    let prefix = try #require(shared)
    #expect(failure { _ = try repository.resolve(prefix) }?.code == .ambiguous)
  }
}

@Suite struct UpdateTests {
  private func update(_ name: String, _ before: ObjectID?, _ after: ObjectID?) -> ReferenceUpdate {
    ReferenceUpdate(name: name, before: before, after: after, reflogMessage: "ethos: test")
  }

  @Test func `references are made, moved and deleted, with their logs`() throws {
    let test = try TestRepository()
    let first = try id(test.commit(["a": "1"]))
    let repository = try open(test)
    let second = try repository.makeCommit(["a": "1"], parents: [first])
    try repository.update(
      [update("refs/heads/proposals/p", nil, first), update("refs/heads/main", first, second)], signature: jane)
    #expect(try test.git("rev-parse", "main", "proposals/p") == "\(second)\n\(first)")
    #expect(try test.git("reflog", "-1", "--format=%gs %gn", "main") == "ethos: test Jane Doe")
    #expect(try test.git("reflog", "-1", "--format=%gs", "HEAD") == "ethos: test")
    #expect(try test.git("status", "--porcelain") == "")
    try test.git("pack-refs", "--all")
    try repository.update([update("refs/heads/proposals/p", first, nil)], signature: jane)
    #expect(try repository.references(under: "refs/heads/proposals/").isEmpty)
    // Neither a log nor a folder is in the way of a reference below the deleted one.
    try repository.update([update("refs/heads/proposals/p/q", nil, first)], signature: jane)
    try requireSound(test)
  }

  @Test func `a bare repository, which keeps no logs, is no different`() throws {
    let test = try TestRepository("--bare")
    let repository = try open(test)
    let first = try repository.makeCommit(["a": "1"])
    try repository.update(
      [update("refs/heads/main", nil, first), update("refs/heads/p/q", nil, first)], signature: jane)
    try repository.update([update("refs/heads/p/q", first, nil)], signature: jane)
    #expect(try repository.head() == .branch("main", first))
    #expect(try test.git("for-each-ref", "--format=%(refname)") == "refs/heads/main")
    try requireSound(test)
  }

  @Test func `one value that is not as expected, and nothing moves`() throws {
    let test = try TestRepository()
    let first = try id(test.commit(["a": "1"]))
    let repository = try open(test)
    let second = try repository.makeCommit(["a": "2"], parents: [first])
    for wrong in [
      update("refs/heads/main", second, first), update("refs/heads/main", nil, second),
      update("refs/heads/none", first, second), update("refs/heads/main", second, second),
      update("refs/heads/main", second, nil),
    ] {
      let updates = [update("refs/heads/new", nil, second), wrong]
      for order in [updates, updates.reversed()] {
        let error = failure { try repository.update(order, signature: jane) }
        #expect(error?.code == .modified)
        #expect(error?.paths == [wrong.name])
        #expect(error?.message.contains("`\(wrong.name)`") == true)
      }
    }
    #expect(try repository.references(under: "refs/").map(\.name) == ["refs/heads/main"])
    #expect(try repository.reference("refs/heads/main") == first)
    #expect(try test.git("for-each-ref", "--format=%(refname)") == "refs/heads/main")
    // All locks are gone.
    try test.git("branch", "new")
    try test.git("branch", "none")
    try test.git("commit", "--allow-empty", "-qm", "x")
  }

  @Test func `a held lock is told, with its file, and nothing moves`() throws {
    let test = try TestRepository()
    let first = try id(test.commit(["a": "1"]))
    let repository = try open(test)
    let second = try repository.makeCommit(["a": "2"], parents: [first])
    try test.directory.write("", to: ".git/refs/heads/main.lock")
    let error = failure {
      try repository.update(
        [update("refs/heads/new", nil, second), update("refs/heads/main", first, second)], signature: jane)
    }
    #expect(error?.code == .locked)
    #expect(error?.paths == ["\(test.path)/.git/refs/heads/main.lock"])
    #expect(repository.lockFile(of: "refs/heads/main") == error?.paths.first)
    #expect(try repository.references(under: "refs/").map(\.name) == ["refs/heads/main"])
    unlink("\(test.path)/.git/refs/heads/main.lock")
    try repository.update([update("refs/heads/main", first, second)], signature: jane)
  }

  @Test(arguments: [false, true])
  func `a reference cannot lie below another`(isPacked: Bool) throws {
    let test = try TestRepository()
    let commit = try id(test.commit(["a": "1"]))
    try test.git("branch", "a/b")
    if isPacked { try test.git("pack-refs", "--all", "--prune") }
    let repository = try open(test)
    for name in ["refs/heads/a", "refs/heads/a/b/c", "refs/heads/a/b/c/d"] {
      #expect(failure { try repository.update([update(name, nil, commit)], signature: jane) }?.code == .pathConflict)
    }
    #expect(try test.git("for-each-ref", "--format=%(refname)") == "refs/heads/a/b\nrefs/heads/main")
  }

  @Test func `impossible updates are refused`() throws {
    let test = try TestRepository()
    let commit = try id(test.commit(["a": "1"]))
    let repository = try open(test)
    try test.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    let nowhere = ObjectID(bytes: [UInt8](repeating: 9, count: 20))
    for (name, before, after) in [
      ("main", nil, commit), ("refs/heads/a..b", nil, commit), ("refs/heads/-x", nil, commit),
      ("refs/heads/x", nil, nowhere), ("refs/heads/alias", commit, nil),
    ] as [(String, ObjectID?, ObjectID?)] {
      #expect(failure { try repository.update([update(name, before, after)], signature: jane) } != nil, "\(name)")
    }
    let twice = [update("refs/heads/x", nil, commit), update("refs/heads/x", nil, commit)]
    #expect(failure { try repository.update(twice, signature: jane) }?.code == .invalid)
    #expect(try test.git("for-each-ref", "--format=%(refname)") == "refs/heads/alias\nrefs/heads/main")
  }

  @Test func `of writers that race, each move is made by exactly one`() async throws {
    let test = try TestRepository()
    var tip = try id(test.commit(["a": "1"]))
    let (writers, rounds) = (4, 10)
    for round in 0..<rounds {
      let before = tip
      let results = await withTaskGroup { group in
        for writer in 0..<writers {
          group.addTask { () -> Result<ObjectID, GitError> in
            do {
              let repository = try open(test)
              let commit = try repository.makeCommit(["a": "\(round) \(writer)"], parents: [before])
              let update = ReferenceUpdate(name: "refs/heads/main", before: before, after: commit, reflogMessage: "x")
              try repository.update([update], signature: jane)
              return .success(commit)
            } catch {
              return .failure(error as? GitError ?? GitError(.invalid, "\(error)"))
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      let winners = results.compactMap { try? $0.get() }
      #expect(winners.count == 1)
      for case .failure(let error) in results { #expect(error.code == .modified || error.code == .locked, "\(error)") }
      tip = try #require(winners.first)
      #expect(try open(test).reference("refs/heads/main") == tip)
    }
    #expect(try test.git("rev-list", "--count", "main") == "\(rounds + 1)")
    try requireSound(test)
  }

  @Test func `plain git and we do not overwrite each other`() async throws {
    let test = try TestRepository()
    let base = try id(test.commit(["a": "1"]))
    let repository = try open(test)
    for round in 0..<8 {
      let ours = try repository.makeCommit(["a": "ours \(round)"], parents: [base])
      let theirs = try repository.makeCommit(["a": "theirs \(round)"], parents: [base])
      let name = "refs/heads/race-\(round)"
      async let gitWon =
        Git.result(["update-ref", name, theirs.hex, String(repeating: "0", count: 40)], in: test.path).status == 0
      let weWon =
        failure {
          try repository.update([update(name, nil, ours)], signature: jane)
        } == nil
      let others = try await gitWon
      #expect(weWon != others)
      #expect(try test.git("rev-parse", name) == (weWon ? ours : theirs).hex)
    }
  }

  @Test func `HEAD goes to a branch, if it is where the caller thinks`() throws {
    let test = try TestRepository()
    let commit = try id(test.commit(["a": "1"]))
    try test.git("branch", "other")
    let repository = try open(test)
    let here = try repository.head()
    let error = failure {
      try repository.setHead(branch: "other", from: .unborn("main"), signature: jane, reflogMessage: "x")
    }
    #expect(error?.code == .modified)
    try repository.setHead(
      branch: "other", from: here, signature: jane, reflogMessage: "checkout: moving from main to other")
    #expect(try repository.head() == .branch("other", commit))
    #expect(try test.git("symbolic-ref", "HEAD") == "refs/heads/other")
    #expect(try test.git("rev-parse", "--abbrev-ref", "@{-1}") == "main")
    try test.directory.write("", to: ".git/HEAD.lock")
    let locked = failure {
      try repository.setHead(branch: "main", from: .branch("other", commit), signature: jane, reflogMessage: "x")
    }
    #expect(locked?.code == .locked)
    #expect(locked?.paths == [repository.lockFile(of: "HEAD")])
  }
}
