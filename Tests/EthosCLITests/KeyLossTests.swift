import EthosTestSupport
import Foundation
import Testing

/// The steps of `ethos help signatures` for keys that are lost or stolen, typed as they stand there.
@Suite struct KeyLossTests {
  private static let people = ["jane", "ada", "ruth", "omar", "eve"]
  private static let (before, theft, later) = ("2026-03-01T09:00:00Z", "2026-03-06T09:00:00Z", "2026-03-20T09:00:00Z")
  private static let after = "2026-03-25T09:00:00Z"

  /// Jane is chief, and Omar her deputy.
  private static func bank() throws -> GuardedBank {
    try GuardedBank(
      [
        "ethos.yaml": GuardedBank.charter.replacing("branch: main", with: "branch: main\nsignatures: required"),
        "cycles/second.yaml": """
        id: second
        title: Second
        from: 2026-01-01
        offices: {chief: [{person: jane, deputy: omar}], board: [jane, ada, ruth], lending: eve}
        """,
      ], keys: Dictionary(uniqueKeysWithValues: people.map { ($0, try SSHKeyPair()) }))
  }

  private static func risk(_ most: Int) -> [String: String] {
    ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: \(most)\n"]
  }

  /// Gives Jane's key a last day and her new one a first, as the help says.
  private func replaceKey(_ bank: GuardedBank, _ new: SSHKeyPair, until day: String, as name: String) throws {
    let file = try bank.bench.read("people/jane.yaml").replacing("}]", with: ", until: \(day)}]")
    try bank.bench.write(
      file.replacing("}]", with: "}, {key: \(new.publicKey), from: 2026-03-20}]"), to: "people/jane.yaml")
    try bank.bench.run(
      "propose", name, "--because", "Jane's key, from \(day) on.", as: bank.person("eve", at: Self.later))
    try bank.shell("git switch -q main")
    try bank.approve(name, "omar", "ada", "ruth", at: Self.later)
    try bank.bench.run("ratify", name, as: bank.person("ada", at: Self.later))
  }

  private func ratify(_ name: String, _ most: Int, _ bank: GuardedBank, at moment: String, jane key: SSHKeyPair?) throws
  {
    try bank.propose(name, Self.risk(most), at: moment)
    try bank.bench.run("approve", name, as: bank.person("jane", at: moment, key: key))
    try bank.approve(name, "ada", "ruth", at: moment)
    try bank.bench.run("ratify", name, as: bank.person("ada", at: moment))
  }

  @Test func `who lost a key goes on with a new one, by the deputy's word`() throws {
    let bank = try Self.bank()
    try ratify("lower", 55, bank, at: Self.before, jane: nil)
    let new = try SSHKeyPair()
    try replaceKey(bank, new, until: "2026-03-19", as: "new-key-jane")
    #expect(try bank.breaches("--again", at: Self.after) == [])
    try ratify("lower-still", 50, bank, at: Self.after, jane: new)
    let found = try bank.findings(["--again"], at: Self.after)
    #expect(found.isEmpty, "\(found)")
  }

  @Test func `a stolen key stops counting, and what it signed is found`() throws {
    let bank = try Self.bank()
    try ratify("lower", 55, bank, at: Self.before, jane: nil)
    // Somebody approves and releases with Jane's key.
    try ratify("raise", 90, bank, at: Self.theft, jane: nil)
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane", at: Self.theft))
    let new = try SSHKeyPair()
    try replaceKey(bank, new, until: "2026-03-05", as: "revoke-jane")
    // What was ratified in between stays in order: it is for people to say what of it holds.
    #expect(try bank.breaches("--again", at: Self.after) == [])
    // It is named, by the clone that remembers the line too, and by one that judges it anew.
    let review = try bank.shell("git rev-parse --short=10 reviews/raise/jane")
    for arguments in [["--again"], [], []] {
      let found = try bank.findings(arguments, at: Self.after)
      #expect(found.map(\.code) == ["signed-after-revocation"], "\(found)")
    }
    let text = try bank.person("ada", at: Self.after).run(["verify"]).output
    #expect(text.contains("the review \(review) of 2026-03-06 (approve), in "), "\(text)")
    #expect(text.contains("a key of Jane Doe was revoked after 2026-03-05"), "\(text)")
    let merge = try bank.shell("git rev-parse main~1")
    let adopt = try bank.person("ada", at: Self.after).run("adopt", merge, "--because", "It is wanted.")
    #expect(adopt.status == 1 && adopt.errors.contains("nothing is wrong with"), "\(adopt.errors)")

    // The list of the help.
    try bank.shell("\(EthosProcess.binary) export signers > ../signers")
    let list = try bank.shell(
      "git -c gpg.ssh.allowedSignersFile=../signers log --all --since=2026-03-05 --format='%h %cs %G? %an: %s'")
    let stolen = list.split(separator: "\n").filter { $0.contains(" U ") }
    #expect(stolen.count == 1 && stolen.allSatisfy { $0.hasSuffix("2026-03-06 U Jane Doe: Approve raise") }, "\(list)")

    // Looked at again by its owner; and, by another proposal, reversed.
    try bank.bench.run(
      "reaffirm", "limit/risk", "--because", "Looked at again.", as: bank.person("jane", at: Self.after, key: new))
    try ratify("undo-raise", 55, bank, at: Self.after, jane: new)
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane", at: Self.after, key: new))
    #expect(try bank.breaches("--again", at: Self.after) == [])
  }

  @Test(arguments: [after, "2026-03-04T09:00:00Z"])
  func `the old key decides nothing any more, whatever date it writes`(_ moment: String) throws {
    let bank = try Self.bank()
    try replaceKey(bank, SSHKeyPair(), until: "2026-03-05", as: "revoke-jane")
    try bank.propose("raise", Self.risk(90), at: Self.after)
    try bank.approve("raise", "ada", "ruth", at: Self.after)
    try bank.approve("raise", "jane", at: moment)
    try bank.force("raise", reviews: ["jane", "ada", "ruth"], at: Self.after)
    #expect(try !bank.breaches(at: Self.after).isEmpty)
  }

  @Test(arguments: [false, true])
  func `a lost key makes no author of what is dated back, and one in use does`(_ isLost: Bool) throws {
    let bank = try Self.bank()
    // Eve, who decides on lending alone, writes the change in Jane's name, and agrees to it in her own.
    let softened = (GuardedBank.files["decisions/loan.yaml"] ?? "").replacing(
      "Do we lend?", with: "Do we lend at once?")
    try bank.propose("soften", ["decisions/loan.yaml": softened], by: "jane", at: "2026-03-04T09:00:00Z")
    if isLost { try replaceKey(bank, SSHKeyPair(), until: "2026-03-05", as: "revoke-jane") }
    try bank.approve("soften", "eve", at: Self.after)
    let ratified = try bank.person("eve", at: Self.after).run(["ratify", "soften"])
    #expect(ratified.status == (isLost ? 1 : 0), "\(ratified.errors)")
    guard isLost else { return #expect(try bank.breaches(at: Self.after) == []) }
    #expect(
      ratified.errors.contains("signed with a key of `jane` that was theirs until 2026-03-05"), "\(ratified.errors)")
    try bank.force("soften", reviews: ["eve"], at: Self.after)
    #expect(try bank.breaches(at: Self.after).contains("signature-outside-term"))
  }
}
