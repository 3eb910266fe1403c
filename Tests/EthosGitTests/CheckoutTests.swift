import EthosGit
import EthosRecord
import EthosTestSupport
import Glibc
import Testing

@Suite struct CheckoutTests {
  /// A repository whose work tree and index are at `files`.
  private func start(_ files: [String: String]) throws -> (TestRepository, Repository, ObjectID) {
    let test = try TestRepository()
    let commit = try test.commit(files)
    let repository = try open(test)
    return (test, repository, try repository.commit(id(commit)).tree)
  }

  /// Lets `HEAD` stand at a tree, and asks git whether work tree and index agree with it.
  private func status(_ test: TestRepository, at tree: ObjectID) throws -> String {
    let commit = try test.git("commit-tree", "-m", "x", tree.hex)
    try test.git("update-ref", "HEAD", commit)
    return try test.git("status", "--porcelain", "--untracked-files=all", "--ignored")
  }

  @Test func `exactly what differs is written, and git finds all clean`() throws {
    let (test, repository, before) = try start([
      "values/a": "1", "values/b": "2", "values/deep/c": "3", "limits/d": "4", "same": "5",
    ])
    let after = try repository.makeTree(["values/a": "1", "values/b": "changed", "new/folder/e": "6", "same": "5"])
    var old = stat()
    stat("\(test.path)/same", &old)
    try repository.checkout(from: before, to: after)
    var new = stat()
    stat("\(test.path)/same", &new)
    #expect(old.st_ino == new.st_ino && old.st_mtim.tv_nsec == new.st_mtim.tv_nsec)
    #expect(test.directory.text("values/b") == "changed")
    #expect(test.directory.text("new/folder/e") == "6")
    #expect(access("\(test.path)/values/deep", F_OK) != 0)
    #expect(access("\(test.path)/limits", F_OK) != 0)
    #expect(try status(test, at: after) == "")
    // Without reading a file, too.
    #expect(try test.git("diff-files", "--name-only") == "")
    try repository.checkout(from: after, to: before)
    #expect(try status(test, at: before) == "")
  }

  @Test func `the first checkout starts from nothing`() throws {
    let directory = try TemporaryDirectory()
    try useTestConfiguration()
    let repository = try Repository.initialise(at: directory.path, branch: "main")
    let commit = try repository.makeCommit(["ethos.yaml": "1", "values/a": "2"])
    try repository.checkout(from: nil, to: repository.commit(commit).tree)
    try repository.update(
      [ReferenceUpdate(name: "refs/heads/main", before: nil, after: commit, reflogMessage: "x")], signature: jane)
    #expect(try git("status", "--porcelain", in: directory.path) == "")
    #expect(directory.text("values/a") == "2")
  }

  /// How the user's work meets a checkout from `a: 1, dir/b: 2` to `a: changed, dir/b: 2, new: 3, x/y: 4` without `gone`.
  enum Work: CaseIterable {
    case edited, deleted, untrackedInTheWay, ignoredInTheWay, folderInTheWay, fileForFolder, linkForFolder, linkForFile
    case modeChanged, staged, stagedNew, editedWhatGoes, pipe, repositoryInTheWay
  }

  @Test(arguments: Work.allCases)
  func `the user's work is never overwritten, and nothing is touched then`(work: Work) throws {
    let (test, repository, before) = try start([
      "a": "1", "dir/b": "2", "gone": "0", ".gitignore": "*.ignored\n",
    ])
    let after = try repository.makeTree([
      "a": "changed", "dir/b": "2", "new": "3", "x/y": "4", "z.ignored": "5", ".gitignore": "*.ignored\n",
    ])
    let outside = try TemporaryDirectory()
    let path = test.path
    let lost: String
    switch work {
    case .edited:
      try test.directory.write("mine", to: "a")
      lost = "a"
    case .deleted:
      unlink("\(path)/a")
      lost = "a"
    case .untrackedInTheWay:
      try test.directory.write("mine", to: "new")
      lost = "new"
    case .ignoredInTheWay:
      try test.directory.write("mine", to: "z.ignored")
      lost = "z.ignored"
    case .folderInTheWay:
      try test.directory.write("mine", to: "new/sub/file")
      lost = "new/sub/file"
    case .fileForFolder:
      try test.directory.write("mine", to: "x")
      lost = "x"
    case .linkForFolder:
      symlink(outside.path, "\(path)/x")
      lost = "x"
    case .linkForFile:
      unlink("\(path)/a")
      symlink("\(outside.path)/target", "\(path)/a")
      lost = "a"
    case .modeChanged:
      chmod("\(path)/a", 0o755)
      lost = "a"
    case .staged:
      try test.directory.write("mine", to: "a")
      try test.git("add", "a")
      try test.directory.write("1", to: "a")
      lost = "a"
    case .stagedNew:
      try test.directory.write("mine", to: "new")
      try test.git("add", "new")
      unlink("\(path)/new")
      lost = "new"
    case .editedWhatGoes:
      try test.directory.write("mine", to: "gone")
      lost = "gone"
    case .pipe:
      mkfifo("\(path)/new", 0o600)
      lost = "new"
    case .repositoryInTheWay:
      try test.directory.write("", to: "new/inner/placeholder")
      unlink("\(path)/new/inner/placeholder")
      try git("init", "-q", "new/inner", in: path)
      lost = "new/inner"
    }
    let state = try (
      test.git("status", "--porcelain", "--untracked-files=all", "--ignored"), test.git("ls-files", "-s")
    )
    let error = failure { try repository.checkout(from: before, to: after) }
    #expect(error?.code == .wouldOverwrite)
    #expect(error?.paths == [lost])
    #expect(error?.message.contains("`\(lost)`") == true)
    let now = try (test.git("status", "--porcelain", "--untracked-files=all", "--ignored"), test.git("ls-files", "-s"))
    #expect(state == now)
    #expect(try run("/bin/ls", ["-A", outside.path], in: "/").output == "")
  }

  @Test func `every lost path is listed, and other edits are kept`() throws {
    let (test, repository, before) = try start(["a": "1", "b": "2", "mine": "3"])
    let after = try repository.makeTree(["a": "x", "b": "y", "mine": "3"])
    try test.directory.write("edit", to: "mine")
    try test.directory.write("edit", to: "a")
    try test.directory.write("edit", to: "b")
    #expect(failure { try repository.checkout(from: before, to: after) }?.paths == ["a", "b"])
    try test.git("checkout", "-q", "a", "b")
    try repository.checkout(from: before, to: after)
    #expect(test.directory.text("mine") == "edit")
    #expect(try status(test, at: after) == " M mine")
  }

  @Test func `files and folders take each other's place`() throws {
    let (test, repository, before) = try start(["a": "1", "b/c/d": "2", "b/e": "3"])
    let after = try repository.makeTree(["a/x/y": "4", "b": "5"])
    try repository.checkout(from: before, to: after)
    #expect(try status(test, at: after) == "")
    try repository.checkout(from: after, to: before)
    #expect(try status(test, at: before) == "")
  }

  @Test func `a checkout that was cut short can be repeated, in either direction`() throws {
    let (test, repository, before) = try start(["a": "1", "b/c": "2", "d": "3", "e/f": "4"])
    let after = try repository.makeTree(["a/new": "x", "b": "y", "d": "z", "g/h": "w"])
    // As left by a process that was killed: some done, some not, and a file not yet in place.
    unlink("\(test.path)/a")
    try test.directory.write("x", to: "a/new")
    try test.directory.write("z", to: "d")
    unlink("\(test.path)/b/c")
    try test.directory.write("half", to: "b/.ethos-unfinished-999999999")
    try repository.checkout(from: before, to: after)
    #expect(try status(test, at: after) == "")
    try test.directory.write("3", to: "d")
    unlink("\(test.path)/g/h")
    try repository.checkout(from: after, to: before)
    #expect(try status(test, at: before) == "")
  }

  @Test func `modes, links and submodules are written as they are`() throws {
    let (test, repository, before) = try start(["a": "1", "b": "2"])
    let blob = try repository.writeBlob(Array("echo\n".utf8))
    let target = try repository.writeBlob(Array("../outside".utf8))
    let commit = try repository.writeCommit(tree: before, parents: [], author: jane, committer: jane, message: "x")
    let after = try repository.writeTree(
      base: before,
      edits: [
        TreeEdit(path: "a", leaf: TreeLeaf(mode: .executable, id: blob)),
        TreeEdit(path: "b", leaf: TreeLeaf(mode: .symbolicLink, id: target)),
        TreeEdit(path: "module", leaf: TreeLeaf(mode: .submodule, id: commit)),
      ])
    try repository.checkout(from: before, to: after)
    #expect(try status(test, at: after) == "")
    #expect(access("\(test.path)/a", X_OK) == 0)
    #expect(try run("/bin/readlink", ["b"], in: test.path).output == "../outside\n")
    try git("init", "-q", "module", in: test.path)
    try test.directory.write("theirs", to: "module/file")
    try repository.checkout(from: after, to: before)
    #expect(test.directory.text("module/file") == "theirs")
    #expect(try test.git("ls-files") == "a\nb")
  }

  @Test func `line ends are written as the work tree has them`() throws {
    let (test, repository, before) = try start([".gitattributes": "*.txt eol=crlf\n", "a.txt": "1\n", "b.md": "1\n"])
    let after = try repository.makeTree([
      ".gitattributes": "*.txt eol=crlf\n*.md eol=crlf\n", "a.txt": "1\n2\n", "b.md": "1\n2\n",
    ])
    try repository.checkout(from: before, to: after)
    #expect(test.directory.text("a.txt") == "1\r\n2\r\n")
    #expect(test.directory.text("b.md") == "1\r\n2\r\n")
    #expect(try status(test, at: after) == "")
  }

  @Test func `a tree with a harmful path is not written`() throws {
    let (test, repository, before) = try start(["a": "1"])
    let blob = try repository.writeBlob(Array("[core]\n".utf8))
    let inner = try test.mktree([("100644", "config", blob)])
    for name in [".git", ".GIT", "git~1", ".."] {
      let raw = Array("40000 \(name)\0".utf8) + (try id(inner).bytes)
      let tree = try test.git("hash-object", "-t", "tree", "-w", "--stdin", "--literally", input: raw)
      #expect(failure { try repository.checkout(from: before, to: id(tree)) }?.code == .invalid, "\(name)")
    }
    #expect(test.directory.text("a") == "1")
  }

  @Test func `an index that somebody is writing is waited for, and then told`() throws {
    let (test, repository, before) = try start(["a": "1"])
    try test.directory.write("", to: ".git/index.lock")
    let after = try repository.makeTree(["a": "2"])
    let error = failure { try repository.checkout(from: before, to: after) }
    #expect(error?.code == .locked)
    #expect(error?.paths == [repository.indexLockFile])
    #expect(test.directory.text("a") == "1")
  }

  @Test func `an edit of the work tree alone leaves the index`() throws {
    let (test, repository, before) = try start(["values/a": "1"])
    let leaf = try repository.entry(at: "values/a", in: before)
    let changed = TreeLeaf(mode: .file, id: try repository.writeBlob(Array("2".utf8)))
    let edit = [
      TreeChange(path: "values/a", before: leaf, after: changed),
      TreeChange(path: "values/new/b", before: nil, after: changed),
    ]
    try repository.updateWorkTree(edit, updatingIndex: false)
    #expect(try test.git("status", "--porcelain", "-uall") == " M values/a\n?? values/new/b")
    try test.directory.write("mine", to: "values/a")
    #expect(failure { try repository.updateWorkTree(edit, updatingIndex: false) }?.paths == ["values/a"])
    #expect(test.directory.text("values/a") == "mine")
  }

  @Test func `after a commit without the index, staging makes the status clean`() throws {
    let (test, repository, before) = try start(["a": "1", "b": "2", "c": "3"])
    try test.directory.write("changed", to: "a")
    try test.directory.write("new", to: "n/d")
    unlink("\(test.path)/b")
    try test.directory.write("staged", to: "c")
    try test.git("add", "c")
    let tree = try repository.writeTree(
      base: before,
      edits: [
        TreeEdit(path: "a", leaf: TreeLeaf(mode: .file, id: repository.writeBlob(Array("changed".utf8)))),
        TreeEdit(path: "n/d", leaf: TreeLeaf(mode: .file, id: repository.writeBlob(Array("new".utf8)))),
        TreeEdit(path: "b", leaf: nil),
      ])
    try repository.stage(["a", "b", "n/d"], from: tree)
    #expect(try status(test, at: tree) == "M  c")
    // Where the work tree has moved on, that stays visible.
    try test.directory.write("later", to: "a")
    try repository.stage(["a"], from: tree)
    #expect(try status(test, at: tree) == " M a\nM  c")
  }
}
