import EthosGit
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

@Suite struct ObjectTests {
  @Test func `a commit is read as git made it`() throws {
    let test = try TestRepository()
    let first = try test.commit(["a.yaml": "1"], "First\n\nBecause.\n\nSource: minutes")
    let second = try test.commit(["a.yaml": "2"], "Second")
    let repository = try open(test)
    let commit = try repository.commit(id(first))
    #expect(commit.id.hex == first)
    #expect(commit.tree.hex == (try test.git("rev-parse", "\(first)^{tree}")))
    #expect(commit.parents == [])
    #expect(commit.author == jane)
    #expect(commit.committer == jane)
    #expect(commit.message == "First\n\nBecause.\n\nSource: minutes\n")
    #expect(try repository.commit(id(second)).parents == [id(first)])
  }

  @Test func `a tag is read, a blob in its limit, and headers without reading`() throws {
    let test = try TestRepository()
    let commit = try test.commit(["a.yaml": "four"])
    try test.git("tag", "-a", "-m", "Words", "release/renewal-2026/1")
    let repository = try open(test)
    let tag = try repository.tag(repository.resolve("release/renewal-2026/1"))
    #expect(tag.name == "release/renewal-2026/1")
    #expect(tag.target == (try id(commit)))
    #expect(tag.tagger == jane)
    #expect(tag.message == "Words\n")
    let blob = try repository.resolve("HEAD:a.yaml")
    #expect(try repository.blob(blob, limit: 4) == Array("four".utf8))
    let before = repository.reads
    let error = failure { _ = try repository.blob(blob, limit: 3) }
    #expect(error?.code == .tooLarge)
    #expect(error?.message.contains("limit of 3") == true)
    #expect(try repository.objectHeader(blob).kind == .blob)
    #expect(try repository.objectHeader(blob).size == 4)
    #expect(repository.reads == before)
    #expect(failure { _ = try repository.commit(blob) }?.code == .malformed)
    #expect(failure { _ = try repository.blob(ObjectID(bytes: [UInt8](repeating: 7, count: 20))) }?.code == .notFound)
    #expect(failure { _ = try repository.blob(ObjectID(bytes: [UInt8](repeating: 7, count: 32))) }?.code == .invalid)
  }

  @Test(
    arguments: [
      (
        "Jane Doe <j@x.example> 1769934600 +0100",
        Signature(name: "Jane Doe", email: "j@x.example", when: Instant(seconds: 1_769_934_600, offsetMinutes: 60))
      ),
      (
        "J <j@x.example> 1769934600 -0000",
        Signature(name: "J", email: "j@x.example", when: Instant(seconds: 1_769_934_600, isOffsetUnknown: true))
      ),
      (
        "J <j@x.example> 5 -0530",
        Signature(name: "J", email: "j@x.example", when: Instant(seconds: 5, offsetMinutes: -330))
      ),
      ("<> 5 +0000", Signature(name: "", email: "", when: Instant(seconds: 5))),
      ("J <a <b>> 5 +9999", Signature(name: "J", email: "a <b", when: Instant(seconds: 5))),
      ("nobody at all", Signature(name: "nobody at all", email: "", when: Instant(seconds: 0))),
      ("J <j> 99999999999999999999 +0000", Signature(name: "J", email: "j", when: Instant(seconds: 0))),
      ("J <j> 9223372036854775807 +1400", Signature(name: "J", email: "j", when: Instant(seconds: 0))),
      ("", Signature(name: "", email: "", when: Instant(seconds: 0))),
    ])
  func `an author line is read whatever it says`(line: String, expected: Signature) throws {
    let test = try TestRepository()
    let tree = try test.git("mktree")
    let text = "tree \(tree)\nauthor \(line)\ncommitter \(line)\nencoding UTF-8\ngpgsig -----\n parent \n\nWords\n"
    let made = try test.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input: Array(text.utf8))
    let commit = try open(test).commit(id(made))
    #expect(commit.author == expected)
    #expect(commit.committer == expected)
    #expect(commit.parents == [])
    #expect(commit.message == "Words\n")
    _ = commit.author.when.iso8601
  }

  @Test func `what is not a commit or a tree says so`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    for text in ["", "tree x\n", "author A <a> 1 +0000\n\nWords"] {
      let made = try test.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input: Array(text.utf8))
      #expect(failure { _ = try repository.commit(id(made)) }?.code == .malformed)
    }
    let twenty = [UInt8](repeating: 1, count: 20)
    let bytes: [[UInt8]] = [
      Array("100644".utf8), Array("100644 a".utf8), Array("100644 a\0".utf8) + twenty.dropLast(),
      Array("100644 \0".utf8) + twenty, Array("189644 a\0".utf8) + twenty, Array(" a\0".utf8) + twenty,
      Array("100644 a/b\0".utf8) + twenty, Array("10064400000 a\0".utf8) + twenty,
      // Not sorted, and there twice: one program would see the first, another the second.
      Array("100644 b\0".utf8) + twenty + Array("100644 a\0".utf8) + twenty,
      Array("100644 a\0".utf8) + twenty + Array("100755 a\0".utf8) + twenty,
    ]
    for tree in bytes {
      let made = try test.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", input: tree)
      #expect(failure { _ = try repository.tree(id(made)) }?.code == .malformed, "\(tree)")
      #expect(failure { _ = try repository.files(in: id(made)) }?.code == .malformed, "\(tree)")
    }
  }

  @Test func `a shallow clone is told from a broken one`() throws {
    let test = try TestRepository()
    try test.commit(["a.yaml": "1"])
    let second = try test.commit(["a.yaml": "2"])
    let clone = try TemporaryDirectory()
    try git("clone", "-q", "--depth", "1", "file://\(test.path)", "c", in: clone.path)
    let repository = try open("\(clone.path)/c")
    let parent = try #require(try repository.parents(of: id(second)).first)
    let error = failure { _ = try repository.commit(parent) }
    #expect(error?.code == .shallowRepository)
    #expect(error?.help == "git fetch --unshallow --tags")
  }

  @Test func `an object whose content is not what its id says is refused`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    let (good, other) = (try repository.writeBlob(Array("good".utf8)), try repository.writeBlob(Array("other".utf8)))
    func file(_ id: ObjectID) -> String { ".git/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))" }
    _ = try run("/bin/cp", ["-f", file(other), file(good)], in: test.path)
    #expect(failure { _ = try open(test).blob(good) }?.code == .malformed)
    _ = try run("/bin/sh", ["-c", "chmod u+w \"$0\" && echo x > \"$0\"", file(other)], in: test.path)
    #expect(failure { _ = try open(test).blob(other) } != nil)
  }

  @Test func `what git keeps to be faster is no hindrance`() throws {
    let test = try TestRepository()
    for number in 0..<4 { try test.commit(["a": "\(number)"]) }
    try test.git("repack", "-adq", "--write-bitmap-index")
    // libgit2 cannot read this commit graph, nor the bitmap of this index.
    try test.git("commit-graph", "write", "--reachable", "--changed-paths")
    try test.git("multi-pack-index", "write", "--bitmap")
    let repository = try open(test)
    let head = try repository.commitID(for: "main")
    let all = try test.git("rev-list", "main").split(separator: "\n").map(String.init)
    #expect(try repository.walk(from: [head]).map(\.hex) == all)
    #expect(try repository.isAncestor(id(all[3]), of: head))
  }

  @Test func `nothing stays open between two calls`() throws {
    let test = try TestRepository()
    let commit = try test.commit(["values/a.yaml": "1"])
    let repository = try open(test)
    _ = try repository.files(in: repository.treeID(for: commit))
    _ = try repository.references(under: "refs/")
    _ = try repository.walk(from: [id(commit)])
    _ = try repository.head()
    _ = try repository.workTreeChanges(against: repository.treeID(for: commit))
    _ = failure { _ = try repository.resolve("nothing") }
    _ = failure {
      try repository.update(
        [ReferenceUpdate(name: "refs/heads/main", before: nil, after: nil, reflogMessage: "")], signature: jane)
    }
    #expect(repository.liveHandles == 0)
  }
}
