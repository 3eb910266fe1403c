import EthosTestSupport
import Foundation
import Testing

/// What the first line of `status` says beside proposals that ask for a review: releases and objections.
@Suite struct InboxTests {
  /// A bank whose releases need its chief and two of the board.
  private static func bank() throws -> GuardedBank {
    try GuardedBank([
      "ethos.yaml": GuardedBank.charter.replacing(
        "{change: [release], level: critical, quorum: {chief: 1}}",
        with: "{change: [release], level: critical, quorum: {chief: 1, board: 2}}")
    ])
  }

  private static func first(_ bank: GuardedBank, _ person: String) throws -> String {
    let output = try bank.bench.run("status", as: bank.person(person)).output
    return output.components(separatedBy: "\n\n")[0].replacing("\n", with: " ")
  }

  @Test func `a release that others agreed to waits for those whose seats are empty, then for who may make it`() throws
  {
    let bank = try Self.bank()
    let bench = bank.bench
    for person in GuardedBank.everybody { #expect(try Self.first(bank, person).hasSuffix("nothing waits for you")) }
    let terms = ["--cycle", "second", "--effective", "2026-12-01"]
    #expect(try bank.person("ada").run(["release", "--approve"] + terms).status == 0)
    let asked =
      "1 release waits for you: approve the release second/1 (ethos release --approve --cycle second --effective 2026-12-01)"
    #expect(try Self.first(bank, "jane") == "Jane Doe: \(asked)")
    #expect(try Self.first(bank, "ruth") == "Ruth Klein: \(asked)")
    // Who agreed waits for the others; who holds no office that is asked for is not asked.
    for person in ["ada", "omar", "eve"] { #expect(try Self.first(bank, person).hasSuffix("nothing waits for you")) }
    #expect(try bank.person("ruth").run(["release", "--approve"] + terms).status == 0)
    #expect(
      try Self.first(bank, "jane")
        == "Jane Doe: 1 release waits for you: make the release second/1 (ethos release --cycle second --effective 2026-12-01)"
    )
    let json = try JSONSerialization.jsonObject(
      with: Data(try bench.run("status", "--format", "json", as: bank.person("jane")).output.utf8))
    let waiting = try #require(((json as? [String: Any])?["waiting"] as? [[String: Any]])?.first)
    #expect(waiting["act"] as? String == "release" && waiting["release"] as? String == "release/second/1")
    #expect(waiting["proposal"] is NSNull)
    // The day stands beside each approval.
    let made = try bank.person("jane").run(["release"] + terms)
    #expect(made.output.contains("approved by ada on 2026-11-02 and ruth on 2026-11-02"), "\(made.output)")
    for person in GuardedBank.everybody { #expect(try Self.first(bank, person).hasSuffix("nothing waits for you")) }
  }

  @Test func `an approval of another state waits for nobody`() throws {
    let bank = try Self.bank()
    #expect(try bank.person("ada").run(["release", "--approve", "--effective", "2026-12-01"]).status == 0)
    try bank.shell("git commit -q --allow-empty -m 'Go on' -m 'Because.'", by: "jane")
    #expect(try Self.first(bank, "jane").hasSuffix("nothing waits for you"))
    let void = try bank.person("jane").run(["release", "--effective", "2026-12-01"])
    #expect(void.errors.contains("the approval of `ada` on 2026-11-02 ("), "\(void.errors)")
  }

  @Test func `who proposes owes an answer to who objects`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", GuardedBank.risk(55), by: "eve")
    #expect(try Self.first(bank, "eve").hasSuffix("nothing waits for you"))
    try bank.bench.run("object", "lower", "--because", "Too low.", as: bank.person("omar"))
    #expect(
      try Self.first(bank, "eve")
        == "Eve Ling: 1 proposal waits for you: answer who objected to lower (ethos review lower)")
    try bank.approve("lower", "jane", "ada", "ruth")
    #expect(try Self.first(bank, "eve").contains("ratify lower (ethos ratify lower --answer omar=why"))
    try bank.bench.run("approve", "lower", "--because", "I see.", as: bank.person("omar"))
    #expect(try Self.first(bank, "eve").hasSuffix("ratify lower (ethos ratify lower)"))
  }

  @Test func `a closed proposal has no hints that only an open one can use`() throws {
    let bank = try GuardedBank()
    try bank.propose(
      "words", ["values/candour.yaml": "id: candour\ntitle: Candour\nstatement: We should tell bad news at once.\n"])
    try bank.approve("words", "jane", "ada", "ruth")
    let open = try bank.bench.run("review", "words", as: bank.person("jane")).output
    #expect(open.contains("ethos classify"))
    try bank.bench.run("ratify", "words", as: bank.person("jane"))
    let closed = try bank.bench.run("review", "words", status: 1, as: bank.person("jane")).output
    #expect(closed.contains("ratified by Jane Doe") && closed.contains("not classified"))
    for hint in ["ethos classify", "ethos approve", "ethos ratify", "What is missing"] {
      #expect(!closed.contains(hint), "\(closed)")
    }
  }

  @Test func `a hand-over and a check believe no reaffirmation of who holds no office`() throws {
    for (person, isBelieved) in [("jane", true), ("eve", false)] {
      let bank = try GuardedBank()
      try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
      try bank.bench.run("reaffirm", "limit/risk", "--because", "It is right.", as: bank.person("jane"))
      // The same words, written by somebody who may or may not say them.
      try bank.shell(
        "m=$(git log -1 --format=%B) && git reset -q --hard HEAD~1 && git commit -q --allow-empty -m \"$m\"", by: person
      )
      let text = try bank.bench.run("handover", "second", "second", as: bank.person("jane")).output
      #expect(text.contains("limit/risk Risk") != isBelieved, "\(text)")
      let json = try JSONSerialization.jsonObject(
        with: Data(try bank.bench.run("handover", "second", "second", "--format", "json").output.utf8))
      let reaffirmed = try #require((json as? [String: Any])?["reaffirmed"] as? [[String: Any]])
      #expect(reaffirmed.compactMap { $0["commitment"] as? String } == (isBelieved ? ["limit/risk"] : []))
      #expect(try bank.breaches() == (isBelieved ? [] : ["reaffirmation-unowned"]))
    }
  }
}
