import EthosGit
import EthosTestSupport
import Glibc
import Testing

@testable import EthosStore

/// What is remembered of a repository is believed where its user wrote it there, and nowhere else.
@Suite struct TrustedMemoryTests {
  private struct Scene: Sendable {
    let repository: TestRepository
    let home: TemporaryDirectory

    init() throws {
      repository = try TestRepository()
      home = try TemporaryDirectory()
    }

    /// As a command opens it that begins now.
    func memory(_ environment: [String: String]? = nil) throws -> TrustedMemory {
      let environment = environment ?? ["HOME": home.path]
      return IdentityStore(try Repository.open(at: repository.path, search: .exact, environment: environment)).memory
    }

    var path: String { "\(repository.path)/.git/ethos/branch" }
    var state: String { "\(home.path)/.local/state/ethos" }

    func put(_ bytes: [UInt8]) throws {
      try FileSystem.write(bytes, to: path, temporaryFolder: "\(repository.path)/.git/ethos/new")
    }
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test func `what was remembered is recalled by the next command, under the same conditions`() throws {
    let scene = try Scene()
    #expect(try scene.memory().recall(name: "branch", conditions: "a") == nil)
    for text in ["trunk", "", "a\nb\r\n\u{301}\n"] {
      try scene.memory().remember(name: "branch", conditions: "a", text)
      #expect(try scene.memory().recall(name: "branch", conditions: "a") == text)
      #expect(try scene.memory().recall(name: "branch", conditions: "b") == nil)
    }
    #expect(mode(scene.state) == 0o700)
    #expect(mode(scene.state + "/key") == 0o600)
    #expect(try FileSystem.read(scene.state + "/key", limit: 100).count == 32)
  }

  @Test func `the folder is that of the environment that is handed in`() throws {
    let scene = try Scene()
    let state = try TemporaryDirectory()
    let environment = ["HOME": scene.home.path, "XDG_STATE_HOME": state.path]
    try scene.memory(environment).remember(name: "branch", conditions: "", "trunk")
    #expect(FileSystem.entry(at: state.path + "/ethos/key") != nil)
    #expect(FileSystem.entry(at: scene.state) == nil)
    // A path that is not absolute is none.
    try scene.memory(["HOME": scene.home.path, "XDG_STATE_HOME": "state"]).remember(
      name: "branch", conditions: "", "trunk")
    #expect(FileSystem.entry(at: scene.state + "/key") != nil)
  }

  @Test func `any byte that is changed, added or missing makes it as if it were not there`() throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", "trunk")
    let whole = try FileSystem.read(scene.path, limit: 1 << 16)
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 1
      try scene.put(changed)
      #expect(try scene.memory().recall(name: "branch", conditions: "") == nil, "byte \(index)")
      try scene.put(Array(whole.prefix(index)))
      #expect(try scene.memory().recall(name: "branch", conditions: "") == nil, "\(index) bytes")
    }
    try scene.put(whole + [0x0A])
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    try scene.put(whole)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == "trunk")
  }

  @Test func `what is of another user, another repository, another name or without a key is not there`() throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", "trunk")
    let whole = try FileSystem.read(scene.path, limit: 1 << 16)
    let other = try TemporaryDirectory()
    #expect(try scene.memory(["HOME": other.path]).recall(name: "branch", conditions: "") == nil)
    #expect(try scene.memory([:]).recall(name: "branch", conditions: "") == nil)
    let copied = try TestRepository()
    try copied.git("config", "x.y", "z")
    try FileSystem.makeFolder(copied.path + "/.git/ethos")
    try copied.directory.write(whole, to: ".git/ethos/branch")
    let there = IdentityStore(
      try Repository.open(at: copied.path, search: .exact, environment: ["HOME": scene.home.path])
    ).memory
    #expect(there.recall(name: "branch", conditions: "") == nil)
    try scene.repository.directory.write(whole, to: ".git/ethos/verified")
    #expect(try scene.memory().recall(name: "verified", conditions: "") == nil)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == "trunk")
  }

  @Test func `a repository that was moved keeps what may be moved`() throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", isMovable: true, "trunk")
    let elsewhere = try TemporaryDirectory()
    try FileSystem.replace("\(elsewhere.path)/moved", with: scene.repository.path)
    let moved = IdentityStore(
      try Repository.open(at: "\(elsewhere.path)/moved", search: .exact, environment: ["HOME": scene.home.path])
    ).memory
    #expect(moved.recall(name: "branch", conditions: "", isMovable: true) == "trunk")
    #expect(moved.recall(name: "branch", conditions: "") == nil)
    try FileSystem.replace(scene.repository.path, with: "\(elsewhere.path)/moved")
  }

  @Test func `a link, a pipe or a folder in its place is not read, and a link is not written through`() throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", "trunk")
    let elsewhere = try TemporaryDirectory()
    try FileSystem.replace("\(elsewhere.path)/branch", with: scene.path)
    try #require(symlink("\(elsewhere.path)/branch", scene.path) == 0)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    try scene.memory().remember(name: "branch", conditions: "", "main")
    #expect(try scene.memory().recall(name: "branch", conditions: "") == "main")
    #expect(elsewhere.text("branch")?.hasSuffix("trunk") == true)
    try FileSystem.remove(scene.path)
    try #require(mkfifo(scene.path, 0o600) == 0)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    try FileSystem.remove(scene.path)
    try FileSystem.makeFolder(scene.path)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    try scene.memory().remember(name: "branch", conditions: "", "main")
    #expect(FileSystem.entry(at: scene.path) == .folder)
  }

  @Test func `through a folder that is a link nothing is read or written`() throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", "trunk")
    let elsewhere = try TemporaryDirectory()
    let folder = "\(scene.repository.path)/.git/ethos"
    try FileSystem.replace("\(elsewhere.path)/ethos", with: folder)
    try #require(symlink("\(elsewhere.path)/ethos", folder) == 0)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    try scene.memory().remember(name: "branch", conditions: "", "main")
    #expect(elsewhere.text("ethos/branch")?.hasSuffix("trunk") == true)
  }

  @Test func `without the key, or with a new one, nothing is believed and all is remembered anew`() throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", "trunk")
    try FileSystem.removeFolder(scene.state)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    #expect(FileSystem.entry(at: scene.state) == nil)
    try scene.memory().remember(name: "branch", conditions: "", "main")
    #expect(try scene.memory().recall(name: "branch", conditions: "") == "main")
  }

  @Test(arguments: ["readable by others", "too short", "too long", "a link", "a folder"])
  func `a key that is not as it was made is none`(_ kind: String) throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", "trunk")
    let key = scene.state + "/key"
    let bytes = try FileSystem.read(key, limit: 100)
    switch kind {
    case "readable by others": try #require(chmod(key, 0o640) == 0)
    case "too short": try scene.home.write(Array(bytes.dropLast()), to: ".local/state/ethos/key")
    case "too long": try scene.home.write(bytes + [0], to: ".local/state/ethos/key")
    case "a link":
      try FileSystem.replace(scene.home.path + "/key", with: key)
      try #require(symlink(scene.home.path + "/key", key) == 0)
    default:
      try FileSystem.remove(key)
      try FileSystem.makeFolder(key)
    }
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    try scene.memory().remember(name: "branch", conditions: "", "main")
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
    // Nobody replaces what he did not make.
    #expect(FileSystem.entry(at: key) != nil)
  }

  @Test func `a folder that others may write to, that is a link or that is another user's is not used`() throws {
    let scene = try Scene()
    try scene.memory().remember(name: "branch", conditions: "", "trunk")
    let user = geteuid()
    #expect(StateFolder(path: scene.state, user: user).key(making: false) != nil)
    #expect(StateFolder(path: scene.state, user: user &+ 1).key(making: true) == nil)
    #expect(throws: StateFolder.Unusable.self) {
      try StateFolder(path: scene.state, user: user &+ 1).makeFolder(of: "/a/.git")
    }
    for mode: mode_t in [0o770, 0o707, 0o777] {
      try #require(chmod(scene.state, mode) == 0)
      #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
      #expect(throws: StateFolder.Unusable.self) { try scene.memory().ownFolder() }
    }
    try #require(chmod(scene.state, 0o700) == 0)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == "trunk")
    try FileSystem.replace(scene.home.path + "/elsewhere", with: scene.state)
    try #require(symlink(scene.home.path + "/elsewhere", scene.state) == 0)
    #expect(try scene.memory().recall(name: "branch", conditions: "") == nil)
  }

  @Test func `where no folder can be made nothing fails`() throws {
    let scene = try Scene()
    try scene.home.write("", to: ".local")
    let memory = try scene.memory()
    memory.remember(name: "branch", conditions: "", "trunk")
    #expect(memory.recall(name: "branch", conditions: "") == nil)
    #expect(try memory.ownFolder() == nil)
    #expect(throws: FileError.self) { try memory.makeOwnFolder() }
  }

  @Test func `all processes that begin at once have the same key`() async throws {
    let scene = try Scene()
    // The same key gives the same code.
    let sealed = try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      for _ in 0..<16 { group.addTask { try scene.memory().sealed("trunk", name: "branch", conditions: "") } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(sealed.count == 1)
    #expect(sealed.first != .some(nil))
    #expect(try FileSystem.names(in: scene.state) == ["key", "lock"])
  }

  @Test func `what is kept of repositories that are gone is removed in time`() throws {
    let scene = try Scene()
    let state = StateFolder(path: scene.state, user: geteuid())
    let gone = try TemporaryDirectory()
    let folders = try (0..<8).map { number in
      try FileSystem.makeFolder("\(gone.path)/\(number)")
      let folder = try state.makeFolder(of: "\(gone.path)/\(number)")
      try FileSystem.makeFolder("\(folder)/sub")
      return folder
    }
    #expect(Set(folders).count == 8)
    for number in 0..<4 { try FileSystem.removeFolder("\(gone.path)/\(number)") }
    let kept = try scene.memory().makeOwnFolder()
    #expect(
      Set(try FileSystem.names(in: scene.state + "/repositories").map { "\(scene.state)/repositories/\($0)" })
        == Set(folders[4...] + [kept]))
    #expect(try scene.memory().ownFolder() == kept)
  }
}
