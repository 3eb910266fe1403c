import EthosGit
import EthosRecord
import EthosTestSupport
import Glibc
import Testing

@Suite struct OpeningTests {
  @Test func `a repository is found from a folder below it`() throws {
    let test = try TestRepository()
    try test.directory.write("x", to: "values/deep/a.yaml")
    let repository = try open("\(test.path)/values/deep", search: .upwards)
    #expect(repository.location.workTree == test.path)
    #expect(repository.location.gitDirectory == "\(test.path)/.git")
    #expect(repository.location.commonDirectory == "\(test.path)/.git")
    #expect(!repository.isBare)
    #expect(failure { _ = try open("\(test.path)/values/deep") }?.code == .notARepository)
  }

  @Test func `a ceiling ends the search`() throws {
    let test = try TestRepository()
    try test.directory.write("x", to: "values/a.yaml")
    let environment = ["GIT_CEILING_DIRECTORIES": test.path]
    let error = failure { _ = try open("\(test.path)/values", search: .upwards, environment: environment) }
    #expect(error?.code == .notARepository)
  }

  @Test func `a folder without a repository is told so, and nothing is made`() throws {
    let directory = try TemporaryDirectory()
    let error = failure { _ = try open(directory.path, search: .upwards) }
    #expect(error?.code == .notARepository)
    #expect(directory.read(".git/HEAD") == nil)
  }

  @Test func `a bare repository has no work tree`() throws {
    let test = try TestRepository("--bare")
    let repository = try open(test)
    #expect(repository.isBare)
    #expect(repository.location.workTree == nil)
    #expect(repository.location.gitDirectory == test.path)
    #expect(failure { _ = try repository.workTreeChanges(against: nil) }?.code == .bareRepository)
    #expect(failure { try repository.checkout(from: nil, to: nil) }?.code == .bareRepository)
  }

  @Test func `a linked work tree shares objects and references, and has its own head`() throws {
    let test = try TestRepository()
    let main = try test.commit(["a.yaml": "1"])
    let linked = try TemporaryDirectory()
    try test.git("worktree", "add", "-q", "-b", "proposals/p", "\(linked.path)/w")
    let repository = try open("\(linked.path)/w")
    #expect(repository.location.commonDirectory == "\(test.path)/.git")
    #expect(repository.location.gitDirectory == "\(test.path)/.git/worktrees/w")
    #expect(repository.location.workTree == "\(linked.path)/w")
    #expect(try repository.head() == .branch("proposals/p", id(main)))
    #expect(try open(test).head() == .branch("main", id(main)))

    let tree = try repository.makeTree(["a.yaml": "2"])
    try repository.checkout(from: repository.commit(id(main)).tree, to: tree)
    let commit = try repository.writeCommit(
      tree: tree, parents: [id(main)], author: jane, committer: jane, message: "Two")
    try repository.update(
      [ReferenceUpdate(name: "refs/heads/proposals/p", before: id(main), after: commit, reflogMessage: "test")],
      signature: jane)
    #expect(try git("status", "--porcelain", in: "\(linked.path)/w") == "")
    #expect(try git("show", "proposals/p:a.yaml", in: test.path) == "2")
    #expect(try git("status", "--porcelain", in: test.path) == "")
  }

  @Test func `GIT_DIR names the repository, that of a linked work tree included`() throws {
    let test = try TestRepository()
    try test.commit(["a.yaml": "1"])
    let elsewhere = try TemporaryDirectory()
    let named = try open(elsewhere.path, search: .upwards, environment: ["GIT_DIR": "\(test.path)/.git"])
    #expect(named.location.gitDirectory == "\(test.path)/.git")
    let both = try open(
      elsewhere.path, search: .upwards,
      environment: ["GIT_DIR": "\(test.path)/.git", "GIT_WORK_TREE": elsewhere.path])
    #expect(both.location.workTree == elsewhere.path)
    let linked = try TemporaryDirectory()
    try test.git("worktree", "add", "-q", "\(linked.path)/w")
    let third = try open(
      elsewhere.path, search: .upwards, environment: ["GIT_DIR": "\(test.path)/.git/worktrees/w"])
    #expect(third.location.workTree == "\(linked.path)/w")
  }

  @Test func `packed references, packed objects and alternates are read`() throws {
    let test = try TestRepository()
    let commit = try test.commit(["values/a.yaml": "1", "b.yaml": "2"])
    try test.git("tag", "-m", "Tagged", "v1")
    try test.git("repack", "-adq")
    try test.git("pack-refs", "--all")
    let copy = try TemporaryDirectory()
    try git("clone", "-q", "--shared", "--bare", test.path, "c.git", in: copy.path)
    for path in [test.path, "\(copy.path)/c.git"] {
      let repository = try open(path)
      #expect(try repository.reference("refs/heads/main") == id(commit))
      let tree = try repository.commit(id(commit)).tree
      #expect(try repository.files(in: tree).map(\.path) == ["b.yaml", "values/a.yaml"])
      #expect(try repository.tag(repository.resolve("v1")).message == "Tagged\n")
    }
  }
}

@Suite struct InitialisingTests {
  @Test func `a new repository has its branch, no commit, and git accepts it`() throws {
    let directory = try TemporaryDirectory()
    try useTestConfiguration()
    let repository = try Repository.initialise(at: "\(directory.path)/new/bank", branch: "trunk")
    #expect(try repository.head() == .unborn("trunk"))
    #expect(repository.location.workTree == "\(directory.path)/new/bank")
    #expect(try git("symbolic-ref", "HEAD", in: "\(directory.path)/new/bank") == "refs/heads/trunk")
    #expect(try git("fsck", "--strict", in: "\(directory.path)/new/bank") == "")
    #expect(try repository.workTreeChanges(against: nil).isEmpty)
    #expect(failure { _ = try repository.commitID(for: "HEAD") } != nil)
  }

  @Test func `a bare one too`() throws {
    let directory = try TemporaryDirectory()
    try useTestConfiguration()
    let repository = try Repository.initialise(at: "\(directory.path)/b.git", branch: "main", bare: true)
    #expect(repository.isBare)
    #expect(try git("rev-parse", "--is-bare-repository", in: "\(directory.path)/b.git") == "true")
  }

  @Test func `an existing repository is refused, broken or not`() throws {
    try useTestConfiguration()
    let test = try TestRepository()
    #expect(failure { _ = try Repository.initialise(at: test.path, branch: "main") }?.code == .exists)
    let bare = try TestRepository("--bare")
    #expect(failure { _ = try Repository.initialise(at: bare.path, branch: "main") }?.code == .exists)
    let broken = try TemporaryDirectory()
    try broken.write("gitdir: /nowhere\n", to: ".git")
    #expect(failure { _ = try Repository.initialise(at: broken.path, branch: "main") }?.code == .exists)
  }

  @Test(arguments: ["", "-x", "a..b", "a b", "x.lock", "a\0b"])
  func `a name that is none for a branch is refused`(branch: String) throws {
    let directory = try TemporaryDirectory()
    let error = failure { _ = try Repository.initialise(at: "\(directory.path)/x", branch: branch) }
    #expect(error?.code == .invalid)
    #expect(directory.read("x/.git/HEAD") == nil)
  }
}

@Suite struct RefusedFormatTests {
  @Test func `a SHA-256 repository is refused by name`() throws {
    let test = try TestRepository("--object-format=sha256")
    let error = failure { _ = try open(test) }
    #expect(error?.code == .unsupportedExtension)
    #expect(error?.message.contains("`objectformat`") == true)
    #expect(error?.help?.contains("SHA-256") == true)
  }

  @Test(arguments: ["partialClone", "noSuchThing"])
  func `an unknown extension is named`(name: String) throws {
    let test = try TestRepository()
    try test.git("config", "core.repositoryFormatVersion", "1")
    try test.git("config", "extensions.\(name)", "origin")
    let error = failure { _ = try open(test) }
    #expect(error?.code == .unsupportedExtension)
    #expect(error?.message.contains("`\(name.lowercased())`") == true)
  }

  @Test func `a newer format is refused`() throws {
    let test = try TestRepository()
    try test.git("config", "core.repositoryFormatVersion", "7")
    #expect(failure { _ = try open(test) }?.code == .unsupportedExtension)
  }
}

@Suite(
  .enabled("needs root, to give a repository to another user") { geteuid() == 0 })
struct OwnerTests {
  /// One test: the configuration of the process' home decides, and is changed here.
  @Test func `another user's repository is named, with the command that makes git trust it`() throws {
    let test = try TestRepository()
    let commit = try test.commit(["values/a.yaml": "1"])
    let linked = try TemporaryDirectory()
    try test.git("worktree", "add", "-q", "-b", "w", "\(linked.path)/it's w")
    let bare = try TemporaryDirectory()
    try git("clone", "-q", "--bare", test.path, "b.git", in: bare.path)
    for path in [test.path, linked.path, bare.path] {
      _ = try run("/bin/chown", ["-R", "12345", path], in: "/")
    }
    func refusal(_ path: String, _ search: Repository.Search = .exact) -> GitError? {
      failure { _ = try open(path, search: search) }
    }
    // libgit2 1.5 says "not found" when no folder at all is trusted, and "owner" when some other is.
    #expect(refusal(test.path)?.code == .owner)
    #expect(failure { _ = try Repository.initialise(at: test.path, branch: "main") }?.code == .exists)
    for (path, folder) in [
      (test.path, test.path), ("\(test.path)/values", test.path), ("\(linked.path)/it's w", "\(linked.path)/it's w"),
      ("\(bare.path)/b.git", "\(bare.path)/b.git"),
    ] {
      try git("config", "--global", "--replace-all", "safe.directory", "/some/other", in: "/")
      let error = try #require(refusal(path, .upwards), "\(path)")
      #expect(error.code == .owner)
      #expect(error.paths == [folder])
      let command = try #require(error.help?.split(separator: ": ", maxSplits: 1).last)
      let shell = try run("/bin/sh", ["-c", String(command)], in: "/", environment: Git.environment)
      #expect(shell.status == 0, "\(shell.errors)")
      #expect(try open(path, search: .upwards).commitID(for: commit) == id(commit))
    }
    try git("config", "--global", "--unset-all", "safe.directory", in: "/")
  }
}
