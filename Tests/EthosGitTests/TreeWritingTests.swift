import EthosGit
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

@Suite struct TreeWritingTests {
  private func refusal(_ base: [String: String], _ edits: [(String, Bool)]) throws -> GitError.Code? {
    let repository = try open(TestRepository())
    let tree = try repository.makeTree(base)
    let leaf = TreeLeaf(mode: .file, id: try repository.writeBlob([]))
    return failure {
      _ = try repository.writeTree(
        base: tree, edits: edits.map { TreeEdit(path: RepositoryPath($0.0), leaf: $0.1 ? leaf : nil) })
    }?.code
  }

  @Test func `a file and a folder cannot have one path`() throws {
    #expect(try refusal(["a": ""], [("a/b", true)]) == .pathConflict)
    #expect(try refusal(["a/b": ""], [("a", true)]) == .pathConflict)
    #expect(try refusal([:], [("a", true), ("a/b", true)]) == .pathConflict)
    #expect(try refusal(["a/b": "", "a/c": ""], [("a", true), ("a/b", false)]) == .pathConflict)
    #expect(try refusal(["a/b": ""], [("a", true), ("a/b", false)]) == nil)
    #expect(try refusal(["a": ""], [("a", false), ("a/b", true)]) == nil)
  }

  @Test func `what is not there cannot be removed, and nothing is edited twice`() throws {
    #expect(try refusal(["a": ""], [("b", false)]) == .notFound)
    #expect(try refusal(["a/b": ""], [("a", false)]) == .notFound)
    #expect(try refusal(["a": ""], [("a/b", false)]) == .notFound)
    #expect(try refusal([:], [("a", true), ("a", true)]) == .invalid)
  }

  @Test func `folders that become empty vanish, and an empty tree is the empty tree`() throws {
    let repository = try open(TestRepository())
    let tree = try repository.makeTree(["a/b/c": "", "d": ""])
    let without = try repository.writeTree(base: tree, edits: [TreeEdit(path: "a/b/c", leaf: nil)])
    #expect(try repository.tree(without).map(\.name) == ["d"])
    let nothing = try repository.writeTree(base: without, edits: [TreeEdit(path: "d", leaf: nil)])
    #expect(nothing.hex == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    #expect(try repository.files(in: nothing).isEmpty)
    #expect(try repository.contains(nothing))
  }

  @Test func `only blobs can be leaves`() throws {
    let repository = try open(TestRepository())
    let tree = try repository.makeTree(["a": ""])
    for leaf in [
      TreeLeaf(mode: .file, id: tree), TreeLeaf(mode: .tree, id: tree),
      TreeLeaf(mode: .file, id: ObjectID(bytes: [UInt8](repeating: 9, count: 20))),
    ] {
      #expect(failure { _ = try repository.writeTree(base: nil, edits: [TreeEdit(path: "x", leaf: leaf)]) } != nil)
    }
  }

  @Test(
    arguments: [
      "", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", ".git", ".GIT/config", "a/.Git", "git~1", "GIT~1/x", ".git ",
      ".git.", ".git . .", ".git::$INDEX_ALLOCATION", ".g\u{200C}it", "\u{FEFF}.git", ".gi\u{202E}t", "a\\.git\\config",
      "a\\..\\b", "a\0b", String(repeating: "n", count: 256), String(repeating: "d/", count: 1_100) + "f",
    ])
  func `a path that could do harm is refused`(path: String) throws {
    let error = failure { try RepositoryPath(path).validate() }
    #expect(error?.code == .invalid || error?.code == .tooLarge)
    let repository = try open(TestRepository())
    let leaf = TreeLeaf(mode: .file, id: try repository.writeBlob([]))
    #expect(
      failure { _ = try repository.writeTree(base: nil, edits: [TreeEdit(path: RepositoryPath(path), leaf: leaf)]) }
        != nil)
  }

  @Test(arguments: [
    "a", "...", ".gitignore", ".gitattributes", "git", "a.git", ".git-x", ".gitx/a", "a\\b", "ñ/é", "git~10",
  ])
  func `an unusual path is not`(path: String) throws {
    #expect(failure { try RepositoryPath(path).validate() } == nil)
  }
}

@Suite struct WritingTests {
  @Test func `commits and tags are the ones that git would make`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    let expected = try test.commit(["values/a.yaml": "1"], "Words\n\nBecause.")
    let commit = try repository.makeCommit(["values/a.yaml": "1"], message: "Words\n\nBecause.")
    #expect(commit.hex == expected)
    try test.git("tag", "-a", "-m", "Released", "release/x/1")
    let tag = try repository.writeTag(name: "release/x/1", target: commit, tagger: jane, message: "Released")
    #expect(tag.hex == (try test.git("rev-parse", "release/x/1")))
    #expect(try repository.commit(commit).message == "Words\n\nBecause.\n")
    try requireSound(test)
  }

  @Test func `no reference and no index changes with an object`() throws {
    let test = try TestRepository()
    let head = try test.commit(["a": "1"])
    let index = test.directory.read(".git/index")
    let repository = try open(test)
    let commit = try repository.makeCommit(["a": "2"], parents: [id(head)])
    _ = try repository.writeTag(name: "t", target: commit, tagger: jane, message: "m")
    #expect(try test.git("rev-parse", "HEAD") == head)
    #expect(try test.git("tag") == "")
    #expect(test.directory.read(".git/index") == index)
  }

  @Test func `a commit needs its tree and its parents`() throws {
    let repository = try open(TestRepository())
    let nowhere = ObjectID(bytes: [UInt8](repeating: 9, count: 20))
    let tree = try repository.makeTree([:])
    let blob = try repository.writeBlob([])
    for (tree, parents) in [(nowhere, []), (blob, []), (tree, [nowhere]), (tree, [tree])] {
      #expect(
        failure {
          _ = try repository.writeCommit(tree: tree, parents: parents, author: jane, committer: jane, message: "m")
        } != nil)
    }
    #expect(failure { _ = try repository.writeTag(name: "t", target: nowhere, tagger: jane, message: "m") } != nil)
  }

  @Test func `a signature that would break the header is refused`() throws {
    let repository = try open(TestRepository())
    let tree = try repository.makeTree([:])
    for (name, email, seconds) in [
      ("A\nparent x", "a@b", 1), ("A <x>", "a@b", 1), ("A", "a>b", 1), ("A\0", "a@b", 1), ("", "a@b", 1),
      ("A", "a@b", -1),
    ] {
      let bad = EthosRecord.Signature(name: name, email: email, when: .init(seconds: Int64(seconds)))
      #expect(
        failure {
          _ = try repository.writeCommit(tree: tree, parents: [], author: bad, committer: jane, message: "m")
        } != nil, "\(name)")
    }
    #expect(
      failure {
        _ = try repository.writeCommit(tree: tree, parents: [], author: jane, committer: jane, message: "a\0b")
      }?.code == .invalid)
  }

  @Test func `an unknown zone stays unknown`() throws {
    let test = try TestRepository()
    let repository = try open(test)
    var unknown = jane
    unknown.when = .init(seconds: 5, isOffsetUnknown: true)
    let commit = try repository.writeCommit(
      tree: repository.makeTree([:]), parents: [], author: unknown, committer: jane, message: "m")
    #expect(try test.git("cat-file", "commit", commit.hex).contains("> 5 -0000\n"))
    #expect(try repository.commit(commit).author == unknown)
  }
}
