import EthosTestSupport
import Foundation
import Testing

/// What forgery of signed records comes to, and what an honest twin looks like.
@Suite struct SignedAdversaryTests {
  private static let people = ["jane", "ada", "ruth", "omar", "eve"]
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]

  private static func bank(_ changed: [String: String] = [:]) throws -> GuardedBank {
    try GuardedBank(changed, keys: Dictionary(uniqueKeysWithValues: people.map { ($0, try SSHKeyPair()) }))
  }

  private static let required = [
    "ethos.yaml": GuardedBank.charter.replacing("branch: main", with: "branch: main\nsignatures: required")
  ]

  private func assurance(_ bank: GuardedBank) throws -> String? {
    let result = try bank.person("ada").run("verify", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return document?["assurance"] as? String
  }

  @Test func `a history that is signed throughout says so, and one that is not says that`() throws {
    let bank = try Self.bank(Self.required)
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    #expect(try bank.breaches() == [])
    #expect(try assurance(bank) == "signed")

    let open = try GuardedBank()
    try open.propose("lower", Self.lowered)
    try open.approve("lower", "jane", "ada", "ruth")
    try open.bench.run("ratify", "lower", as: open.person("ada"))
    #expect(try assurance(open) == "unsigned")
  }

  @Test func `a history of which a part is signed is partly signed`() throws {
    let bank = try GuardedBank(keys: ["jane": SSHKeyPair()])
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    #expect(try assurance(bank) == "partly signed")
  }

  @Test func `the words of a review cannot be edited after the fact`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth")
    try bank.bench.run("approve", "lower", "--because", "For a year.", as: bank.person("jane"))
    try bank.forge("refs/heads/reviews/lower/jane", replacing: "For a year", with: "For ever")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["quorum-missing", "signature-invalid"])
  }

  @Test func `an objection cannot be made an approval`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth")
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("jane"))
    try bank.forge("refs/heads/reviews/lower/jane", replacing: "Review: object", with: "Review: approve")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["quorum-missing", "signature-invalid"])
  }

  @Test func `the reason of a change cannot be edited after the fact`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.forge("refs/heads/proposals/lower", replacing: "It is time", with: "The board asked")
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["signature-invalid"])
  }

  @Test func `nobody signs for another`() throws {
    let eve = try SSHKeyPair()
    var keys = Dictionary(uniqueKeysWithValues: Self.people.map { ($0, eve) })
    for id in Self.people where id != "eve" { keys[id] = try SSHKeyPair() }
    let bank = try GuardedBank(keys: keys)
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth")
    try bank.bench.run("approve", "lower", as: bank.person("jane", key: eve))
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["quorum-missing", "signature-of-another"])
  }

  @Test func `a key that was taken away signs no more, and what it signed before stands`() throws {
    let bank = try Self.bank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    let file = GuardedBank.files["people/ruth.yaml"] ?? ""
    let next = try SSHKeyPair()
    try bank.propose("key", ["people/ruth.yaml": file + "keys: [{key: \(next.publicKey)}]\n"])
    try bank.approve("key", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "key", as: bank.person("ada"))
    #expect(try bank.breaches() == [])

    try bank.propose("raise", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"])
    try bank.approve("raise", "jane", "ada", "ruth")
    try bank.force("raise", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["quorum-missing", "signature-unknown-key"])
  }

  @Test func `a key that comes later signs nothing before`() throws {
    let bank = try Self.bank()
    let next = try SSHKeyPair()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada")
    try bank.bench.run("approve", "lower", as: bank.person("ruth", key: next))
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    let file = GuardedBank.files["people/ruth.yaml"] ?? ""
    try bank.propose("key", ["people/ruth.yaml": file + "keys: [{key: \(next.publicKey)}]\n"])
    try bank.approve("key", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "key", as: bank.person("ada"))
    #expect(try bank.breaches() == ["quorum-missing", "signature-unknown-key"])
  }

  @Test func `a key signs within its term`() throws {
    for (until, expected) in [("2026-06-30", ["quorum-missing", "signature-outside-term"]), ("2026-11-30", [])] {
      let key = try SSHKeyPair()
      let file = GuardedBank.files["people/jane.yaml"] ?? ""
      let bank = try GuardedBank(
        ["people/jane.yaml": file + "keys: [{key: \(key.publicKey), until: \(until)}]\n"], keys: ["jane": key])
      try bank.propose("lower", Self.lowered)
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.force("lower", reviews: ["jane", "ada", "ruth"], by: "jane")
      #expect(try bank.breaches() == expected, "\(until)")
    }
  }

  @Test func `where signatures are required an unsigned review does not count`() throws {
    let bank = try Self.bank(Self.required)
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    // The same review without its signature.
    try bank.shell(
      "git update-ref refs/heads/reviews/lower/jane $(git cat-file commit reviews/lower/jane | "
        + "sed '/^gpgsig/,/END SSH SIGNATURE/d' | git hash-object -t commit -w --stdin)")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["quorum-missing", "signature-missing"])
  }

  @Test func `the first commit is signed by the key that is trusted`() throws {
    let jane = try SSHKeyPair()
    let bank = try GuardedBank(keys: ["jane": jane])
    #expect(try bank.breaches("--trust", jane.publicKey) == [])
    #expect(try bank.breaches("--trust", SSHKeyPair().publicKey) == ["root-untrusted"])
    #expect(try GuardedBank().breaches("--trust", jane.publicKey) == ["root-untrusted"])
  }

  @Test func `a release is signed by who made it`() throws {
    let (jane, eve) = (try SSHKeyPair(), try SSHKeyPair())
    let bank = try GuardedBank(keys: ["jane": jane, "eve": eve])
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane", key: eve))
    #expect(try bank.breaches() == ["signature-of-another"])
    let honest = try GuardedBank(keys: ["jane": jane, "eve": eve])
    try honest.bench.run("release", "--cycle", "second", as: honest.person("jane"))
    #expect(try honest.breaches() == [])
  }
}
