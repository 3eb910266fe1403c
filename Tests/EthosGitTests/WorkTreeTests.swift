import EthosGit
import EthosRecord
import EthosTestSupport
import Glibc
import Testing

@Suite struct WorkTreeTests {
  private func changes(_ test: TestRepository, under filter: PathFilter = .everything) throws -> [String] {
    let repository = try open(test)
    let tree = try repository.head().commit.map { try repository.commit($0).tree }
    return try repository.workTreeChanges(against: tree, under: filter).map { "\($0.kind) \($0.path)" }
  }

  @Test func `changes are found by content, and what git ignores is left out`() throws {
    let test = try TestRepository()
    try test.commit(["values/a.yaml": "1", "values/b.yaml": "2", "limits/c.yaml": "3", ".gitignore": "*.tmp\n"])
    #expect(try changes(test) == [])
    try test.directory.write("1", to: "values/a.yaml")
    try test.directory.write("changed", to: "values/b.yaml")
    try test.directory.write("new", to: "values/new/d.yaml")
    try test.directory.write("x", to: "values/x.tmp")
    unlink("\(test.path)/limits/c.yaml")
    #expect(try changes(test) == ["removed limits/c.yaml", "modified values/b.yaml", "added values/new/d.yaml"])
    #expect(
      try changes(test, under: PathFilter(["values/new", "limits"])) == [
        "removed limits/c.yaml", "added values/new/d.yaml",
      ])
    try test.git("add", "--all")
    #expect(try changes(test) == ["removed limits/c.yaml", "modified values/b.yaml", "added values/new/d.yaml"])
  }

  @Test func `without a commit everything is added`() throws {
    let test = try TestRepository()
    try test.directory.write("1", to: "ethos.yaml")
    #expect(try changes(test) == ["added ethos.yaml"])
  }

  @Test func `line ends that git would convert are no change`() throws {
    let test = try TestRepository()
    try test.commit([".gitattributes": "*.yaml text\n", "a.yaml": "1\n2\n", "b.bin": "1\n2\n"])
    try test.directory.write("1\r\n2\r\n", to: "a.yaml")
    #expect(try changes(test) == [])
    #expect(try open(test).workTreeFile("a.yaml")?.content == Array("1\n2\n".utf8))
    try test.directory.write("1\r\n2\r\n", to: "b.bin")
    #expect(try changes(test) == ["modified b.bin"])
  }

  @Test func `modes and kinds are changes too`() throws {
    let test = try TestRepository()
    try test.commit(["a": "1", "b": "2", "c": "3", "d": "4"])
    chmod("\(test.path)/a", 0o755)
    unlink("\(test.path)/b")
    symlink("2", "\(test.path)/b")
    unlink("\(test.path)/c")
    try test.directory.write("x", to: "c/inside")
    unlink("\(test.path)/d")
    mkfifo("\(test.path)/d", 0o666)
    mkfifo("\(test.path)/untracked-pipe", 0o666)
    #expect(try changes(test) == ["modified a", "modified b", "removed c", "added c/inside", "modified d"])
    #expect(try open(test).workTreeFile("d") == nil)
    try test.directory.write("run", to: "e")
    chmod("\(test.path)/e", 0o755)
    let repository = try open(test)
    let executable = try repository.writeTree(
      base: nil,
      edits: [TreeEdit(path: "e", leaf: TreeLeaf(mode: .executable, id: repository.writeBlob(Array("run".utf8))))])
    let only = PathFilter(["e"])
    #expect(try repository.workTreeChanges(against: executable, under: only).isEmpty)
    chmod("\(test.path)/e", 0o644)
    #expect(try repository.workTreeChanges(against: executable, under: only).map(\.kind) == [.modified])
    try test.git("config", "core.fileMode", "false")
    #expect(try open(test).workTreeChanges(against: executable, under: only).isEmpty)
    unlink("\(test.path)/e")
    #expect(try changes(test) == ["modified b", "removed c", "added c/inside", "modified d"])
  }

  @Test func `links are not followed, other repositories and submodules not looked into`() throws {
    let test = try TestRepository()
    let outside = try TemporaryDirectory()
    try outside.write("secret", to: "values/a.yaml")
    try test.commit(["ethos.yaml": "1"])
    symlink("\(outside.path)/values", "\(test.path)/values")
    let other = try TestRepository()
    try other.commit(["x": "1"])
    try test.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", other.path, "limits")
    try test.commit([:])
    try git("clone", "-q", other.path, "nested", in: test.path)
    try test.directory.write("2", to: "limits/x")
    #expect(try changes(test) == [])
    let repository = try open(test)
    #expect(try repository.workTreeFile("values/a.yaml") == nil)
    #expect(try repository.workTreeFile("values")?.mode == .symbolicLink)
    #expect(failure { _ = try repository.workTreeFile("../x") }?.code == .invalid)
    #expect(failure { _ = try repository.workTreeFile(".git/config") }?.code == .invalid)
    #expect(failure { _ = try repository.workTreeFile("ethos.yaml", limit: 0) }?.code == .tooLarge)
  }

  @Test func `files that a sparse checkout leaves out are not removed`() throws {
    let test = try TestRepository()
    let commit = try test.commit(["values/a": "1", "limits/b": "2"])
    try test.git("sparse-checkout", "set", "--cone", "--no-sparse-index", "values")
    #expect(test.directory.read("limits/b") == nil)
    #expect(try changes(test) == [])
    let repository = try open(test)
    let before = try repository.commit(id(commit)).tree
    let after = try repository.makeTree(["values/a": "3", "limits/b": "4"])
    try repository.checkout(from: before, to: after)
    #expect(test.directory.text("values/a") == "3")
    #expect(test.directory.read("limits/b") == nil)
    try test.git(
      "reset", "-q", "--soft",
      repository.writeCommit(tree: after, parents: [], author: jane, committer: jane, message: "m").hex)
    #expect(try test.git("status", "--porcelain") == "")
  }

  @Test func `an index that libgit2 cannot read is named, with the command that helps, and reading goes on without it`()
    throws
  {
    let test = try TestRepository()
    let head = try test.commit([".gitattributes": "*.yaml text\n", "a.yaml": "1\n", "b.yaml": "2\n"])
    // As `index.skipHash` leaves it, for a git that does not know that yet.
    let index = try #require(test.directory.read(".git/index"))
    try test.directory.write(index.dropLast(20) + [UInt8](repeating: 0, count: 20), to: ".git/index")
    try test.directory.write("1\r\n", to: "a.yaml")
    try test.directory.write("new\n", to: "c.yaml")
    let repository = try open(test)
    let tree = try repository.commit(id(head)).tree
    #expect(try repository.workTreeChanges(against: tree).map(\.path) == ["c.yaml"])
    let after = try repository.makeTree(["a.yaml": "9"])
    for error in [
      failure { try repository.checkout(from: tree, to: after) },
      failure { try repository.stage(["a.yaml"], from: tree) },
    ] {
      #expect(error?.code == .unreadableIndex)
      #expect(error?.help?.contains("git update-index --force-write-index") == true)
    }
    #expect(test.directory.text("b.yaml") == "2\n")
    try test.git("config", "index.skipHash", "false")
    try test.git("update-index", "--force-write-index")
    try open(test).stage(["a.yaml"], from: tree)
  }

  @Test func `a sparse index is named`() throws {
    let test = try TestRepository()
    let head = try test.commit(["values/a": "1", "limits/deep/b": "2"])
    try test.git("sparse-checkout", "set", "--cone", "--sparse-index", "values")
    let repository = try open(test)
    let error = failure { try repository.checkout(from: nil, to: repository.commit(id(head)).tree) }
    #expect(error?.code == .unreadableIndex)
    #expect(error?.help == "git sparse-checkout reapply --no-sparse-index")
    #expect(
      failure { _ = try repository.workTreeChanges(against: repository.commit(id(head)).tree) }?.code
        == .unreadableIndex)
    try test.git("sparse-checkout", "reapply", "--no-sparse-index")
    #expect(try open(test).workTreeChanges(against: repository.commit(id(head)).tree).isEmpty)
  }
}
