import EthosApp
import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// What verifying again costs: what came since, however long the line is.
@Suite struct VerifyCostTests {
  /// A line of so many ratifications, each of a proposal that moves a limit.
  private func line(_ count: Int) throws -> TestRepository {
    let test = try TestRepository()
    try test.commit(["ethos.yaml": "ethos: 1\norganisation: Test\n", "limits/risk.yaml": limit(60)], "Begin")
    var stream = ""
    func commit(_ branch: String, _ mark: Int, _ message: String, _ parent: String, _ amount: Int) {
      let text = limit(amount)
      stream += """
        commit refs/heads/\(branch)
        mark :\(mark)
        committer \(Git.name) <\(Git.email)> \(Git.seconds) +0100
        data \(message.utf8.count)
        \(message)
        \(parent)
        M 100644 inline limits/risk.yaml
        data \(text.utf8.count)
        \(text)

        """
    }
    for number in 1...count {
      // Marks name what the stream made; a branch's own name would be looked up as it was before.
      let main = number == 1 ? "from refs/heads/main^0" : "from :\(2 * number - 2)"
      commit("next", 2 * number - 1, "Move it (\(number))\n\nThe board asked.", main, 60 + number)
      commit("main", 2 * number, "Ratify it (\(number))", "\(main)\nmerge :\(2 * number - 1)", 60 + number)
    }
    try test.git("fast-import", "--quiet", "--force", input: Array(stream.utf8))
    return test
  }

  private func limit(_ amount: Int) -> String { "id: risk\ntitle: Risk\natMost: \(amount)\n" }

  private func workspace(_ test: TestRepository) throws -> Workspace {
    let repository = try Repository.open(at: test.path, search: .exact, environment: Git.environment)
    return try Workspace(
      store: IdentityStore(repository),
      environment: AppEnvironment(
        variables: Git.environment, workingDirectory: test.path, now: Instant(seconds: Git.seconds)))
  }

  /// What is read to verify the last of so many ratifications, where the others were verified before.
  private func readsOfTheLast(of count: Int) throws -> ReadCounts {
    let test = try line(count)
    _ = try workspace(test).verify(VerifyRequest(range: "main~1"))
    let workspace = try workspace(test)
    let result = try workspace.verify(VerifyRequest())
    #expect(result.verified == count + 1)
    #expect(result.remembered == count)
    #expect(try result.root.hex == test.git("rev-list", "--max-parents=0", "main"))
    #expect(result.findings.isEmpty, "\(result.findings)")
    return workspace.repository.reads
  }

  @Test func `one more ratification costs the same on a long line as on a short one`() throws {
    #expect(try readsOfTheLast(of: 60) == readsOfTheLast(of: 6))
  }
}
