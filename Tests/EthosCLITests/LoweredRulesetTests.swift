import EthosTestSupport
import Testing

/// Rules of classification are not the merger's to choose.
@Suite struct LoweredRulesetTests {
  /// A bank where a changed rule is major, which lending agrees to alone, and a looser behaviour critical.
  private static func bank() throws -> GuardedBank {
    try GuardedBank.signed(charter: {
      $0.replacing(
        "  - {change: [decision], level: critical, quorum: {lending: 1}}",
        with: "  - {change: [decision], level: critical, quorum: {lending: 1, chief: 1}}\n"
          + "  - {change: [decision], level: major, quorum: {lending: 1}}")
    })
  }

  private static let loosened = [
    "decisions/loan.yaml": GuardedBank.files["decisions/loan.yaml", default: ""].replacing(
      "| > most | no     |", with: "| > most | yes    |")
  ]

  @Test(
    arguments: ["none", "forge", "ethos"], ["", "\nProposal: loosen\nRuleset: 1\n", "\nProposal: loosen\nRuleset: 0\n"])
  func `whatever the line said of rulesets before`(_ first: String, _ trailers: String) throws {
    let bank = try Self.bank()
    if first != "none" { try bank.agreed() }
    if first == "forge" { try bank.force("lower", reviews: ["jane", "ada", "ruth"], message: "Merge pull request 1") }
    if first == "ethos" { try bank.bench.run("ratify", "lower", as: bank.person("ada")) }
    try bank.propose("loosen", Self.loosened, by: "omar")
    try bank.approve("loosen", "eve")
    try bank.force("loosen", reviews: ["eve"], message: "Merge pull request 2\n\(trailers)", at: "2026-11-02T12:00:00Z")
    #expect(try bank.breaches().contains("quorum-missing"))
  }

  @Test func `with the chief's word it is in order`() throws {
    let bank = try Self.bank()
    try bank.propose("loosen", Self.loosened, by: "omar")
    try bank.approve("loosen", "eve", "jane")
    try bank.force("loosen", reviews: ["eve", "jane"], message: "Merge pull request 2", at: "2026-11-02T12:00:00Z")
    #expect(try bank.breaches() == [])
  }
}
