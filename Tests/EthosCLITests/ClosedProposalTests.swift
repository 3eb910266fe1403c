import EthosTestSupport
import Foundation
import Testing

/// A proposal that was withdrawn or ratified is closed for ever, and so is what was agreed to of it.
@Suite struct ClosedProposalTests {
  private static let board = ["jane", "ada", "ruth"]
  private static let later = "2026-11-02T12:00:00Z"

  /// A proposal that the board agreed to, and that its author withdrew.
  ///
  /// The approvals stay at `kept/PERSON`.
  private static func withdrawn() throws -> GuardedBank {
    let bank = try GuardedBank.signed()
    try bank.agreed("raise", 90)
    for id in board { try bank.shell("git update-ref refs/kept/\(id) reviews/raise/\(id)") }
    try bank.shell("git update-ref refs/kept/tip proposals/raise")
    try bank.bench.run("withdraw", "raise", "--because", "We thought again.", as: bank.person("jane"))
    return bank
  }

  private static func merge(_ bank: GuardedBank, _ tip: String, message: String, kept: Bool = true) throws {
    let reviews = kept ? board.map { "-p refs/kept/\($0)" }.joined(separator: " ") : ""
    try bank.shell(
      "git update-ref refs/heads/main $(printf '\(message)' | git commit-tree -S '\(tip)^{tree}' -p main -p \(tip) "
        + "\(reviews)) && git reset -q --hard", at: later)
  }

  @Test func `is not put in force by another of the same change`() throws {
    let bank = try Self.withdrawn()
    try bank.propose("again", GuardedBank.risk(90), by: "omar", at: Self.later)
    try Self.merge(bank, "proposals/again", message: "Ratify again\\n\\nProposal: again\\n")
    #expect(try bank.breaches().contains("quorum-missing"))
  }

  @Test(arguments: [
    "Merge pull request 7\\n", "Ratify raise\\n\\nProposal: raise\\n", "Ratify it\\n\\nProposal: other\\n",
  ])
  func `is not merged itself, whatever the merge calls it`(_ message: String) throws {
    let bank = try Self.withdrawn()
    try Self.merge(bank, "refs/kept/tip", message: message)
    #expect(try bank.breaches().isEmpty == false)
  }

  @Test(arguments: ["closed/raise^{commit}", "refs/kept/tip"])
  func `is not merged by a forge that sees its commits alone`(_ tip: String) throws {
    let bank = try Self.withdrawn()
    try bank.shell("git update-ref refs/heads/again '\(tip)'")
    try Self.merge(bank, "again", message: "Merge pull request 7\\n", kept: false)
    #expect(try bank.breaches().isEmpty == false)
  }

  @Test func `is not opened again by a closing of the same name that keeps other commits`() throws {
    let bank = try Self.withdrawn()
    try bank.shell(
      "git cat-file tag closed/raise | sed '1,/^$/d; /BEGIN SSH/,$d' > ../words && "
        + "git tag -f -s -F ../words closed/raise main >/dev/null")
    try Self.merge(bank, "refs/kept/tip", message: "Merge pull request 7\\n")
    let breaches = try bank.breaches()
    #expect(!breaches.isEmpty)
  }

  @Test func `is agreed to anew where somebody proposes it anew`() throws {
    let bank = try Self.withdrawn()
    try bank.agreed("again", 90, by: "omar")
    try bank.bench.run("ratify", "again", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
  }

  @Test func `closes nothing that it was built on`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed("lower", 55)
    // Somebody builds on it, and thinks again.
    try bank.shell("git switch -q proposals/lower")
    try bank.bench.write("id: loan\ntitle: Largest loan\natMost: 400\n", to: "limits/loan.yaml")
    try bank.shell("git switch -q -c proposals/both && git commit -qam 'Lower both' -m 'Losses.' && git switch -q main")
    try bank.bench.run("object", "both", "--because", "Not both.", as: bank.person("omar"))
    try bank.bench.run("withdraw", "both", "--because", "Not now.", as: bank.person("jane"))
    try bank.bench.run("ratify", "lower", as: bank.person("ada", at: Self.later))
    #expect(try bank.breaches() == [])
  }

  @Test func `that was ratified lends its approvals to none that undoes what replaced it`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed("lower", 55)
    for id in Self.board { try bank.shell("git update-ref refs/kept/\(id) reviews/lower/\(id)") }
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.agreed("back", 60)
    try bank.bench.run("ratify", "back", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    // The same change on the same base as a year ago, by nobody's word but the old one.
    try bank.propose("again", GuardedBank.risk(55), by: "omar", at: Self.later)
    try Self.merge(bank, "proposals/again", message: "Ratify lower\\n\\nProposal: lower\\n")
    #expect(try bank.breaches().contains("quorum-missing"))
  }
}
