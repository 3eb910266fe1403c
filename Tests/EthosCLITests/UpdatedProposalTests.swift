import EthosTestSupport
import Foundation
import Testing

/// A proposal that takes in what was ratified meanwhile: by git, by ethos, or by a forge that signs nothing.
@Suite struct UpdatedProposalTests {
  enum Way: String, Sendable, CaseIterable { case git, ethos, forge }

  /// `lower` is agreed to; then a change of another limit is ratified, and `lower` is brought up to date.
  private static func updated(_ bank: GuardedBank, _ way: Way, approvedBefore: Bool) throws {
    try bank.propose("lower", GuardedBank.risk(55), at: "2026-10-01T09:00:00Z")
    if approvedBefore { try bank.approve("lower", "jane", "ada", "ruth", at: "2026-10-01T10:00:00Z") }
    try bank.propose("loan", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 400\n"], by: "omar")
    try bank.approve("loan", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "loan", as: bank.person("ada"))
    switch way {
    case .git:
      try bank.shell("git switch -q proposals/lower && git merge -q --no-edit main && git switch -q main")
    case .ethos:
      try bank.shell("git switch -q proposals/lower")
      try bank.bench.run("merge", "main", "--because", "To bring it up to date.", as: bank.person("eve"))
      try bank.shell("git switch -q main")
    case .forge:
      try bank.shell(
        "git update-ref refs/heads/proposals/lower $(GIT_COMMITTER_NAME=GitHub GIT_COMMITTER_EMAIL=noreply@forge.example "
          + "git commit-tree --no-gpg-sign $(git merge-tree --write-tree proposals/lower main) -p proposals/lower -p main "
          + "-m \"Merge branch 'main' into proposals/lower\")", by: "omar")
    }
  }

  @Test(arguments: Way.allCases, [true, false])
  func `that was brought up to date is ratified, and nothing is in breach`(_ way: Way, _ isSigned: Bool) throws {
    let bank = try GuardedBank.bank(isSigned: isSigned)
    try Self.updated(bank, way, approvedBefore: false)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    #expect(try bank.shell("git show main:limits/loan.yaml main:limits/risk.yaml").contains("400"))
  }

  @Test(arguments: Way.allCases) func `keeps the approvals of what it says still`(_ way: Way) throws {
    let bank = try GuardedBank.signed()
    try Self.updated(bank, way, approvedBefore: true)
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
  }

  @Test func `that a forge brought up to date and merged is in order`() throws {
    let bank = try GuardedBank.signed()
    try Self.updated(bank, .forge, approvedBefore: true)
    try bank.bench.run("collect", "lower", as: bank.person("eve"))
    try bank.shell(
      "git update-ref refs/heads/main $(git commit-tree --no-gpg-sign 'proposals/lower^{tree}' -p main -p proposals/lower "
        + "-m 'Merge pull request 7') && git reset -q --hard", by: "omar")
    // Who ratifies signs for it, where signatures are asked for: a forge's merge has to be signed by a person's key.
    #expect(try bank.breaches() == ["signature-missing"])
  }

  @Test func `a merge that brings more than the sides say is signed by who made it`() throws {
    let bank = try GuardedBank.signed()
    try Self.updated(bank, .git, approvedBefore: true)
    // The same merge once more, with a file that neither side has; nobody signs it.
    try bank.shell(
      "git read-tree proposals/lower && git update-index --add --cacheinfo "
        + "\"100644,$(printf 'id: open\\ntitle: Open\\nstatement: We are.\\n' | git hash-object -w --stdin),values/open.yaml\""
        + " && git update-ref refs/heads/proposals/lower $(git commit-tree --no-gpg-sign $(git write-tree) "
        + "-p proposals/lower^1 -p proposals/lower^2 -m Merge -m 'Because.') && git reset -q --hard", by: "omar")
    try bank.approve("lower", "jane", "ada", "ruth")
    let refused = try bank.person("ada").run("ratify", "lower")
    #expect(refused.status == 1 && refused.errors.contains("is not signed"), "\(refused.errors)")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches().contains("signature-missing"))
  }

  @Test(arguments: [true, false])
  func `a conflict that is resolved by hand voids what was agreed to of it, and is agreed to anew`(_ isSigned: Bool)
    throws
  {
    let bank = try GuardedBank.bank(isSigned: isSigned)
    try bank.propose("lower", GuardedBank.risk(55), at: "2026-10-01T09:00:00Z")
    try bank.approve("lower", "jane", "ada", "ruth", at: "2026-10-01T10:00:00Z")
    try bank.propose("lowest", GuardedBank.risk(40), by: "omar")
    try bank.approve("lowest", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lowest", as: bank.person("ada"))
    try bank.shell("git switch -q proposals/lower && ! git merge -q --no-edit main >/dev/null 2>&1")
    try bank.bench.write("id: risk\ntitle: Risk\natMost: 50\n", to: "limits/risk.yaml")
    try bank.shell("git add -A && git commit -q -m 'Merge main' -m 'Half way.' && git switch -q main")
    #expect(try bank.person("ada").run("ratify", "lower").status == 1)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
  }
}
