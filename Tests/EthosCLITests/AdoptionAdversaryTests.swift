import EthosTestSupport
import Foundation
import Testing

/// What adopting a breach cannot be used for, and what it still can.
@Suite struct AdoptionAdversaryTests {
  private static let raised = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"]
  private static let weak = [
    "ethos.yaml": GuardedBank.charter.replacing("quorum: {chief: 1, board: 2}", with: "quorum: {anyone: 1}")
  ]
  private static let seized = [
    "cycles/second.yaml": """
    id: second
    title: Second
    from: 2026-01-01
    offices: {chief: eve, board: [eve, omar], lending: eve}
    """
  ]

  /// Proposes an adoption, lets people agree, and merges it whatever the rules say.
  private func adopt(_ commit: String, as name: String, in bank: GuardedBank, by people: [String]) throws {
    try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", name, as: bank.person("eve"))
    for id in people { try bank.bench.run("approve", name, as: bank.person(id)) }
    try bank.force(name, reviews: people, at: "2026-11-02T10:30:00Z")
  }

  @Test func `two breaches do not adopt each other`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.weak, message: "Weaken it")
    let charter = try bank.shell("git rev-parse main")
    try bank.push(Self.seized, message: "Seize it")
    let cycle = try bank.shell("git rev-parse main")
    try bank.push(Self.raised, message: "Raise it")
    let limit = try bank.shell("git rev-parse main")
    // By the charter of the first breach one of those whom the second put in office would be enough.
    try adopt(charter, as: "first", in: bank, by: ["eve", "omar"])
    try adopt(cycle, as: "second", in: bank, by: ["eve", "omar"])
    try adopt(limit, as: "third", in: bank, by: ["eve", "omar"])
    for arguments in [[], ["--again"]] {
      let found = try bank.findings(arguments)
      #expect(found.filter { $0.severity != "breach" } == [], "\(found)")
      #expect(found.map(\.code).filter { $0 == "direct-change" }.count == 3)
      #expect(found.map(\.code).filter { $0 == "quorum-missing" }.count == 3)
    }
    #expect(try bank.breaches("\(limit)..main") == ["quorum-missing"])
  }

  @Test func `what was agreed to by the authority of a breach adopts no breach`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.weak, message: "Weaken it")
    let charter = try bank.shell("git rev-parse main")
    try bank.propose("seize", Self.seized, by: "eve")
    try bank.approve("seize", "omar")
    // What a breach says of who may do what gives nobody anything.
    try bank.bench.run("ratify", "seize", status: 1, as: bank.person("eve"))
    try bank.force("seize", reviews: ["omar"])
    #expect(try bank.breaches() == ["direct-change", "quorum-missing"])
    // Read from memory, from the beginning, and from a part.
    try adopt(charter, as: "mend", in: bank, by: ["eve", "omar"])
    #expect(try bank.breaches() == ["direct-change", "quorum-missing"])
    #expect(try bank.breaches("--again") == ["direct-change", "quorum-missing"])
    #expect(try bank.breaches("main~1..main") == ["quorum-missing"])
  }

  @Test func `breaches of the authority are adopted one by one by those who held it`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.weak, message: "Weaken it")
    let charter = try bank.shell("git rev-parse main")
    try bank.push(Self.seized, message: "Change the offices")
    let cycle = try bank.shell("git rev-parse main")
    for (commit, name) in [(charter, "first"), (cycle, "second")] {
      try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", name, as: bank.person("omar"))
      try bank.approve(name, "jane")
      if name == "first" {
        try bank.approve(name, "ada", "ruth")
      }
      try bank.bench.run("ratify", name, as: bank.person("omar"))
    }
    #expect(try bank.breaches() == [])
    #expect(try bank.breaches("--again") == [])
    // From now on what was adopted is the authority.
    try bank.propose("raise", Self.raised, by: "jane")
    try bank.approve("raise", "omar")
    try bank.bench.run("ratify", "raise", as: bank.person("eve"))
    #expect(try bank.breaches() == [])
  }

  @Test func `a breach is adopted by those whom a later ratification put in office`() throws {
    let bank = try GuardedBank()
    try bank.push(["people/eve.yaml": "id: eve\nname: Eve Ling\nemails: [eve@bank.example, eve@evil.example]\n"])
    let commit = try bank.shell("git rev-parse main")
    try bank.propose(
      "offices",
      [
        "cycles/second.yaml":
          "id: second\ntitle: Second\nfrom: 2026-01-01\noffices: {chief: omar, board: [jane, ada, ruth], lending: eve}\n"
      ])
    try bank.approve("offices", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "offices", as: bank.person("ada"))
    try bank.bench.run("adopt", commit, "--because", "It is hers.", "--name", "mend", as: bank.person("eve"))
    try bank.approve("mend", "omar", "ada", "ruth")
    try bank.bench.run("ratify", "mend", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    #expect(try bank.breaches("--again") == [])
  }

  // MARK: - what a breach was made against

  private static let veto = [
    "ethos.yaml": GuardedBank.charter.replacing("board: 2}}", with: "board: 2}, veto: [lending]}", maxReplacements: 1)
  ]

  @Test func `a veto that a breach overrode blocks its adoption until it is taken back`() throws {
    let bank = try GuardedBank(Self.veto)
    try bank.propose("raise", Self.raised, by: "omar")
    try bank.approve("raise", "jane", "ada", "ruth")
    try bank.bench.run("object", "raise", "--because", "Never.", as: bank.person("eve"))
    try bank.force("raise", reviews: ["jane", "ada", "ruth", "eve"])
    #expect(try bank.breaches() == ["objection-unanswered", "veto-overridden"])
    let commit = try bank.shell("git rev-parse main")
    try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", "mend", as: bank.person("omar"))
    try bank.approve("mend", "jane", "ada", "ruth")
    let refused = try bank.bench.run("ratify", "mend", status: 1, as: bank.person("ada"))
    #expect(refused.errors.contains("Eve Ling"), "\(refused.errors)")
    let start = try bank.shell("git rev-parse main")
    try bank.force("mend", reviews: ["jane", "ada", "ruth"], at: "2026-11-02T10:30:00Z")
    #expect(try bank.breaches() == ["objection-unanswered", "veto-overridden"])
    #expect(try bank.findings().filter { $0.code == "veto-overridden" }.map(\.severity) == ["breach", "breach"])

    try bank.shell("git reset -q --hard \(start)")
    try bank.approve("mend", "eve")
    try bank.bench.run("ratify", "mend", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
  }

  @Test func `a breach that changed nothing is adopted by those who may change the charter`() throws {
    let bank = try GuardedBank()
    try bank.bench.run("reaffirm", "limit/risk", "--because", "It is right.", as: bank.person("jane"))
    try bank.shell("git commit -q --amend --allow-empty --no-edit --reset-author", by: "omar")
    #expect(try bank.breaches() == ["reaffirmation-unowned"])
    let commit = try bank.shell("git rev-parse main")
    try adopt(commit, as: "nobody", in: bank, by: [])
    #expect(try bank.breaches() == ["quorum-missing", "reaffirmation-unowned"])

    try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", "mend", as: bank.person("omar"))
    try bank.approve("mend", "ada", "ruth")
    let refused = try bank.bench.run("ratify", "mend", status: 1, as: bank.person("ada"))
    #expect(refused.errors.contains("`charter` needs 1 more approval of `chief`: `jane`"), "\(refused.errors)")
    try bank.approve("mend", "jane")
    try bank.bench.run("ratify", "mend", as: bank.person("ada"))
    let found = try bank.findings()
    #expect(found.filter { $0.severity == "note" }.map(\.code) == ["reaffirmation-unowned"])
    #expect(found.contains { $0.message.contains("adopted by Ada Obi, Jane Doe, Ruth Klein") }, "\(found)")
  }
}
