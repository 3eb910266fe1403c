import EthosApp
import EthosGit
import EthosGovernance
import EthosRecord
import EthosTestSupport
import EthosText
import Testing

/// Random honest histories: nobody in them is ever in breach, and all who are asked about them answer alike.
@Suite struct HistoryTests {
  /// What was found wrong once stays found: these run first.
  static let kept: [UInt64] = [1, 5, 8, 11, 19, 22, 24]

  /// Some 25 in `make test`, 500 in `make soak`.
  static let seeds: [UInt64] = {
    if let only = HistoryRun.only { return only.act == nil ? [only.seed] : [] }
    let count = UInt64(soakFactor > 1 ? 50 * soakFactor : 25)
    return kept + (0..<count).filter { !kept.contains($0) }
  }()

  /// The notes that an honest history may have: a breach that was adopted is told.
  static let expectedNotes: Set<String> = ["direct-change", "quorum-missing"]

  @Test(arguments: seeds) func `an honest history is never a breach, and all answer alike`(seed: UInt64) throws {
    let world = try World(seed: seed)
    var wrong: [String] = []
    do {
      let count = Int.random(in: 10...24, using: &world.random)
      // Asking at each step costs five times the history: each is asked about at its end, and by chance before.
      var dice = SeededGenerator(seed: seed &+ 77)
      for number in 1...count {
        try world.honestAct()
        guard number == count || HistoryRun.only != nil || dice.happens(soakFactor > 1 ? 35 : 8) else { continue }
        wrong += try (world.disagreements() + [world.memoryDisagreement()].compactMap(\.self))
          .map { "after `\(world.acts.last ?? "")`: \($0)" }
      }
      let result = try world.workspace(fresh: true).verify(VerifyRequest())
      wrong += result.breaches.map { "\($0.code): \($0.message)" }
      let notes = result.findings.filter { $0.severity == .note && !Self.expectedNotes.contains($0.code) }
      wrong += notes.map { "a note that was not expected: \($0.code): \($0.message)" }
      HistoryRun.tell("seed \(seed): \(result.verified) commits, \(result.findings.map(\.code))", world)
    } catch {
      wrong.append("\(error)")
    }
    if !wrong.isEmpty {
      Issue.record(
        "\(HistoryRun.command(seed)):\n\(wrong.joined(separator: "\n"))\n\(world.acts.joined(separator: "\n"))")
    }
  }

  @Test func `what is signed in process is signed for plain git`() throws {
    let world = try World(seed: 4, mode: .required)
    for _ in 0..<6 { try world.honestAct() }
    _ = try world.release()
    try world.directory.write(world.workspace().exportSigners(at: nil), to: "signers")
    let setting = ["-c", "gpg.ssh.allowedSignersFile=\(world.path)/signers"]
    for id in try world.repository.walk(from: [world.head()], hiding: [], order: .topological).prefix(5) {
      let answer = try Git.result(setting + ["verify-commit", id.hex], in: world.path)
      #expect(answer.status == 0, "\(answer.errors)")
    }
    for tag in world.releases {
      let answer = try Git.result(setting + ["verify-tag", tag], in: world.path)
      #expect(answer.status == 0, "\(answer.errors)")
    }
  }
}
