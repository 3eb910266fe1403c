import EthosApp
import EthosGovernance
import EthosTestSupport
import EthosText
import Testing

@Suite struct HistoryTests {
  @Test(arguments: 0..<UInt64(20 * soakFactor)) func `an honest history is never a breach`(seed: UInt64) throws {
    let world = try World(seed: seed)
    var found: [String] = []
    do {
      for _ in 0..<Int.random(in: 8...20, using: &world.random) {
        try world.honestAct()
        let lines = try world.disagreements()
        if !lines.isEmpty {
          found += lines.map { "after `\(world.acts.last ?? "")`: \($0)" }
        }
        if let line = try world.memoryDisagreement() { found.append(line) }
      }
    } catch {
      Issue.record("\(seed): \(error)\n\(world.acts.joined(separator: "\n"))")
      return
    }
    let result = try world.workspace(fresh: true).verify(VerifyRequest())
    let breaches = result.breaches.map { "\($0.code): \($0.message)" }
    #expect(breaches.isEmpty, "\(seed): \(breaches.joined(separator: "\n"))\n\(world.acts.joined(separator: "\n"))")
    if !found.isEmpty { Issue.record("\(seed): \(found.joined(separator: "\n"))\n\(world.acts.joined(separator: "\n"))") }
    print("seed \(seed): \(result.verified) commits, \(result.findings.map(\.code))")
  }
}
