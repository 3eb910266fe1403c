import EthosTestSupport
import Foundation
import Testing

/// What a verification says of what it checked anew, and of what it believed.
@Suite struct VerifyBasisTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]

  private func basis(_ bank: GuardedBank, _ arguments: String...) throws -> [String: Any] {
    let result = try bank.person("ada").run(["verify", "--format", "json"] + arguments)
    let document = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    return try #require(document["basis"] as? [String: Any])
  }

  @Test func `a verdict says what was judged now, remembered, and by whom signatures were checked`() throws {
    let keys = ["jane": try SSHKeyPair(), "ada": try SSHKeyPair("ecdsa")]
    let bank = try GuardedBank(keys: keys)
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))

    // Ratifying remembers what it verified.
    try bank.shell("rm .git/ethos/verified")
    let first = try basis(bank)
    #expect(first["judged"] as? Int == 2 && first["remembered"] as? Int == 0 && first["memory"] is NSNull)
    let signatures = try #require(first["signatures"] as? [String: Any])
    // Jane's review and root by ethos, Ada's review and merge by a program; Ruth's review and the change have none.
    #expect(signatures["byEthos"] as? Int == 2 && signatures["unsigned"] as? Int == 2, "\(signatures)")
    let programs = try #require(signatures["byPrograms"] as? [[String: Any]])
    #expect(programs.map { $0["program"] as? String } == ["ssh-keygen"] && programs.map { $0["count"] as? Int } == [2])
    #expect(first["trust"] is NSNull && first["receipt"] is NSNull && first["serverLog"] is NSNull)

    let second = try basis(bank, "--receipt", "../receipt")
    #expect(second["judged"] as? Int == 0 && second["remembered"] as? Int == 2)
    let memory = try #require(second["memory"] as? [String: Any])
    #expect(try memory["upTo"] as? String == bank.shell("git rev-parse main"))
    #expect((memory["written"] as? String)?.hasPrefix("2026-11-02T08:00:00") == true, "\(memory)")
    #expect((second["receipt"] as? [String: Any])?["outcome"] as? String == "written")

    let trust = try #require(keys["jane"]).publicKey
    let third = try basis(bank, "--receipt", "../receipt", "--trust", trust, "--again")
    #expect(third["judged"] as? Int == 2 && third["memory"] is NSNull)
    let vouched = (third["trust"] as? [String: Any])?["vouched"] as? [[String: Any]]
    #expect(vouched?.map { $0["key"] as? String } == [trust], "\(third)")
    let receipt = try #require(third["receipt"] as? [String: Any])
    #expect(receipt["outcome"] as? String == "agrees" && receipt["written"] as? String == "2026-11-02T08:00:00+00:00")

    try bank.shell("git reset -q --hard main~1")
    #expect(
      (try basis(bank, "--receipt", "../receipt")["receipt"] as? [String: Any])?["outcome"] as? String == "contradicted"
    )
    let text = try bank.bench.run("verify").output
    #expect(text.contains("taken as it is") && text.contains("none: what is gone without a trace"), "\(text)")
  }

  @Test func `what is said of the whole line does not depend on what this clone remembers`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.shell("rm .git/ethos/verified")
    func lines(_ arguments: String...) throws -> [String: String] {
      let text = try bank.person("ada").run(["verify"] + arguments).output
      return text.split(separator: "\n").reduce(into: [:]) { lines, line in
        for key in ["signatures", "checked anew"] where line.hasPrefix("  \(key)") { lines[key] = String(line) }
      }
    }
    let (first, second, again) = (try lines(), try lines(), try lines("--again"))
    let whole = "  signatures    of 1 ratification of the whole line 0 signed, 0 partly, 1 unsigned"
    for answer in [first, second, again] { #expect(answer["signatures"] == whole, "\(answer)") }
    #expect(first["checked anew"] == again["checked anew"] && first["checked anew"] != second["checked anew"])
    #expect(first["checked anew"]?.contains("in this run alone") == true)
  }

  @Test func `what cannot be checked here is counted as such`() throws {
    let bank = try GuardedBank(keys: ["ada": SSHKeyPair("ecdsa")])
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.shell("git config gpg.ssh.program /nowhere/keygen")
    let signatures = try #require(try basis(bank)["signatures"] as? [String: Any])
    #expect(signatures["unchecked"] as? Int == 2 && (signatures["byPrograms"] as? [Any])?.isEmpty == true)
  }
}
