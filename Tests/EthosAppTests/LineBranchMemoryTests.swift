import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

@testable import EthosApp

/// What is kept of the line in force between two commands.
@Suite struct LineBranchMemoryTests {
  private func workspace(_ test: TestRepository) throws -> Workspace {
    let repository = try Repository.open(at: test.path, search: .exact, environment: Git.environment)
    return try Workspace(
      store: IdentityStore(repository),
      environment: AppEnvironment(
        variables: Git.environment, workingDirectory: test.path, now: Instant(seconds: Git.seconds)))
  }

  private func charter(_ branch: String) -> [String: String] {
    ["ethos.yaml": "ethos: 1\norganisation: Test\nbranch: \"\(branch)\"\n"]
  }

  /// A line whose charter names three branches one after the other, the last of them here.
  private func line() throws -> TestRepository {
    let test = try TestRepository()
    try test.commit(charter("main"), "Begin")
    try test.commit(charter("tr\u{FC}nk"), "Move it")
    try test.commit(charter("other"), "Move it on")
    try test.git("branch", "tr\u{FC}nk")
    try test.git("branch", "other")
    return test
  }

  @Test func `what is kept is read as it was written, and nothing else is`() throws {
    let test = try line()
    #expect(try workspace(test).mainBranch() == "other")
    let memory = try #require(LineBranchMemory.recall(try workspace(test).store))
    #expect(try memory.tip.hex == test.git("rev-parse", "other"))
    #expect(memory.branches.changes.map(\.branch) == ["tr\u{FC}nk", "other"])
    var ratified = memory
    ratified.ratified[memory.tip] = memory.tip
    for memory in [memory, ratified] {
      #expect(LineBranchMemory(text: memory.text) == memory)
      let lines = memory.text.parts(at: "\n")
      for count in 0..<4 {
        #expect(LineBranchMemory(text: lines.prefix(count).joined(separator: "\n")) == nil)
      }
      #expect(LineBranchMemory(text: memory.text + "\n") == nil)
      #expect(LineBranchMemory(text: memory.text + "\nchange x y z") == nil)
    }
  }

  @Test func `a line that went on is gone on from, and one that went back or is another is read anew`() throws {
    let test = try line()
    _ = try workspace(test).mainBranch()
    try test.git("switch", "-q", "other")
    try test.commit(charter("next"), "Move it once more")
    try test.git("branch", "next")
    for (move, expected) in [("next", "next"), ("other~1", "other")] {
      try test.git("update-ref", "refs/heads/other", move == "next" ? "next" : "next~1")
      if move != "next" { try test.git("update-ref", "-d", "refs/heads/next") }
      let remembering = try workspace(test)
      let forgetful = try workspace(test)
      forgetful.usesBranchMemory = false
      let found = try forgetful.branchInForce()
      #expect(found.name == expected)
      #expect(try remembering.branchInForce() == found)
    }
  }

  @Test func `what anybody else wrote there is not read`() throws {
    let test = try line()
    _ = try workspace(test).mainBranch()
    let path = "\(test.path)/.git/ethos/branch"
    let own = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
    let forged = own.replacing(Base64.encoded(Array("other".utf8)), with: Base64.encoded(Array("main".utf8)))
    #expect(forged != own)
    try FileSystem.write(Array(forged.utf8), to: path, temporaryFolder: "\(test.path)/.git/ethos/new")
    #expect(LineBranchMemory.recall(try workspace(test).store) == nil)
    #expect(try workspace(test).mainBranch() == "other")
  }
}
