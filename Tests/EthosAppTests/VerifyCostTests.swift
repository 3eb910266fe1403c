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

  @Test func `what somebody else says was verified is verified`() throws {
    let test = try TestRepository()
    try test.commit(
      [
        "ethos.yaml": "ethos: 1\norganisation: Test\ndefaultOwner: chief\nauthority:\n"
          + "  - {change: [\"*\"], level: editorial, quorum: {chief: 1}}\n",
        "people/jane.yaml": "id: jane\nname: Jane Doe\nemails: [jane@northgate.example]\n",
        "cycles/one.yaml": "id: one\ntitle: One\nfrom: 2020-01-01\noffices: {chief: jane}\n",
        "limits/risk.yaml": limit(60),
      ], "Begin")
    let honest = try workspace(test).verify(VerifyRequest())
    #expect(honest.remembered == 0)
    #expect(honest.findings.isEmpty)
    #expect(try workspace(test).verify(VerifyRequest()).remembered == 1)
    let path = "\(test.path)/.git/ethos/verified"
    let before = try test.git("rev-parse", "main")
    let own = String(decoding: try FileSystem.read(path, limit: 1 << 20), as: UTF8.self)
    // Past every proposal, and a memory that says that all is well up to there.
    let after = try test.commit(["limits/risk.yaml": limit(9)], "Set it\n\nWhy not.")
    let forged = own.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.starts(with: "head ") ? "head \(after) \(line.dropFirst("head ".count + before.count + 1))" : String(line)
    }
    #expect(forged.joined(separator: "\n") != own)
    for text in [forged.joined(separator: "\n"), forged.dropFirst().joined(separator: "\n")] {
      try FileSystem.write(Array(text.utf8), to: path, temporaryFolder: "\(test.path)/.git/ethos/new")
      let result = try workspace(test).verify(VerifyRequest())
      #expect(result.remembered == 0)
      #expect(!result.findings.isEmpty)
    }
    // What was true once is true still: what came since is looked at.
    try FileSystem.write(Array(own.utf8), to: path, temporaryFolder: "\(test.path)/.git/ethos/new")
    let again = try workspace(test).verify(VerifyRequest())
    #expect(again.remembered == 1)
    #expect(!again.findings.isEmpty)
    // Another user looks for himself, and so does one without a home.
    let home = try TemporaryDirectory()
    for variables in [["HOME": home.path], [:]] {
      let other = try Workspace(
        store: IdentityStore(Repository.open(at: test.path, search: .exact, environment: variables)),
        environment: AppEnvironment(
          variables: variables, workingDirectory: test.path, now: Instant(seconds: Git.seconds)))
      let result = try other.verify(VerifyRequest())
      #expect(result.remembered == 0)
      #expect(result.findings == again.findings)
    }
  }
}
