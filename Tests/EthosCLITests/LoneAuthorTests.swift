import EthosTestSupport
import Foundation
import Testing

/// One person who writes a change and agrees to it alone, and whom others' names are to hide.
@Suite struct LoneAuthorTests {
  private static let system = [
    "systems/bot.yaml": "id: bot\ntitle: Bot\nowner: lending\nstatus: live\nimplements: [decision/loan]\n"
  ]

  @Test func `nobody agrees to their own change`() throws {
    let bank = try GuardedBank.signed()
    try bank.propose("bot", Self.system, by: "eve")
    try bank.approve("bot", "eve")
    try bank.force("bot", reviews: ["eve"])
    #expect(try bank.breaches() == ["quorum-missing"])
  }

  @Test func `a comment carries no change into what is in force`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed(by: "omar")
    // Eve's change, which her comment on another proposal carries.
    try bank.bench.write(try #require(Self.system["systems/bot.yaml"]), to: "systems/bot.yaml")
    try bank.shell(
      "git switch -q --detach proposals/lower && git add -A && git commit -q -m Bot -m 'I want it.' "
        + "&& git update-ref refs/heads/hidden HEAD && git switch -q main")
    try bank.shell(
      "git update-ref refs/heads/reviews/lower/eve $(printf 'Comment on lower\\n\\nFine.\\n\\nReview: comment\\n' | "
        + "git commit-tree -S 'proposals/lower^{tree}' -p proposals/lower -p hidden -F -)")
    let ratified = try bank.bench.run("ratify", "lower", as: bank.person("jane"))
    #expect(ratified.errors.contains("counts for nothing"), "\(ratified.errors)")
    #expect(try bank.shell("git merge-base --is-ancestor hidden main", status: 1) == "")
    #expect(try bank.breaches() == [])
  }

  @Test func `who is named without a signature wrote nothing`() throws {
    let bank = try GuardedBank.signed()
    try bank.agreed(by: "omar")
    try bank.bench.write(try #require(Self.system["systems/bot.yaml"]), to: "systems/bot.yaml")
    try bank.shell(
      "git switch -q --detach proposals/lower && git add -A && git commit -q -m Bot -m 'I want it.' "
        + "&& git update-ref refs/heads/hidden HEAD && git switch -q main")
    try bank.shell(
      "git update-ref refs/heads/reviews/lower/eve $(printf 'Comment on lower\\n\\nFine.\\n\\nReview: comment\\n' | "
        + "git commit-tree -S 'proposals/lower^{tree}' -p proposals/lower -p hidden -F -)")
    // Plain git merges everything, the comment with what it carries; the tree is that of the proposal.
    try bank.force("lower", reviews: ["jane", "ada", "ruth", "eve"])
    // Then "Ada" brings it into force.
    try bank.shell(
      "git update-ref refs/heads/proposals/bot $(git commit-tree --no-gpg-sign 'hidden^{tree}' -p main -p hidden "
        + "-m 'Bring the bot' -m 'We need it.')", by: "ada")
    _ = try bank.person("eve").run(["approve", "bot"])
    #expect(try bank.person("eve").run(["ratify", "bot"]).status == 1)
    try bank.force("bot", reviews: ["eve"])
    let breaches = try bank.breaches()
    #expect(breaches.contains("signature-missing"), "\(breaches)")
  }

  @Test func `a change that somebody else wrote and signed needs no more than it always did`() throws {
    let bank = try GuardedBank.signed()
    try bank.propose("bot", Self.system, by: "omar")
    try bank.approve("bot", "eve")
    try bank.bench.run("ratify", "bot", as: bank.person("eve"))
    #expect(try bank.breaches() == [])
  }
}
