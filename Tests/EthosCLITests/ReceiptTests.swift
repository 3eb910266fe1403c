import EthosTestSupport
import Foundation
import Testing

/// What a receipt shows that a repository alone does not, each with what is honest beside it.
@Suite struct ReceiptTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]
  private static let (march, may) = ("2026-03-01T09:00:00Z", "2026-05-01T09:00:00Z")

  private func verify(_ bank: GuardedBank, at moment: String) throws -> [String] {
    try bank.breaches("--receipt", "../receipt", at: moment)
  }

  /// Proposes, approves and ratifies at one moment, by those who led then.
  private func lower(_ bank: GuardedBank, at moment: String, by chief: String = "jane", merged: String? = nil) throws {
    try bank.propose("lower", Self.lowered, at: moment)
    try bank.approve("lower", chief, "ada", "ruth", at: moment)
    try bank.bench.run("ratify", "lower", as: bank.person("ada", at: merged ?? moment))
  }

  // MARK: - dates

  @Test func `what came after a receipt is not dated before it`() throws {
    let bank = try GuardedBank()
    #expect(try verify(bank, at: Self.march) == [])
    let written = try bank.bench.read("../receipt")
    // Omar was chief until January. In May he goes on as if it were.
    try lower(bank, at: "2026-01-20T09:00:00Z", by: "omar")
    try bank.bench.run("release", "--effective", "2026-01-21", as: bank.person("omar", at: "2026-01-21T09:00:00Z"))
    #expect(try bank.breaches(at: Self.may) == [])
    #expect(try verify(bank, at: Self.may) == ["merge-backdated", "release-backdated"])
    #expect(try bank.bench.read("../receipt") == written)

    let honest = try GuardedBank()
    try honest.propose("lower", Self.lowered, at: "2026-02-20T09:00:00Z")
    try honest.approve("lower", "jane", at: "2026-02-21T09:00:00Z")
    #expect(try verify(honest, at: Self.march) == [])
    // An hour before the receipt, by a clock that is a little wrong; with a review that the receipt knew.
    try honest.approve("lower", "ada", "ruth", at: "2026-03-01T08:00:00Z")
    try honest.bench.run("ratify", "lower", as: honest.person("ada", at: "2026-03-01T08:00:00Z"))
    #expect(try honest.findings(["--receipt", "../receipt"], at: Self.may).map(\.code) == [])
    #expect(try honest.bench.read("../receipt").contains("written 2026-05-01T09:00:00+00:00"))
  }

  @Test func `a review that comes later than its date is named`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered, at: "2026-02-20T09:00:00Z")
    #expect(try verify(bank, at: Self.march) == [])
    try bank.approve("lower", "jane", "ada", "ruth", at: "2026-02-21T09:00:00Z")
    try bank.bench.run("ratify", "lower", as: bank.person("ada", at: Self.may))
    let found = try bank.findings(["--receipt", "../receipt"], at: Self.may)
    #expect(found.map(\.code) == ["review-backdated", "review-backdated", "review-backdated"])
    #expect(Set(found.map(\.severity)) == ["note"])
  }

  @Test func `what a receipt alone shows is adopted by naming the receipt`() throws {
    let bank = try GuardedBank()
    #expect(try verify(bank, at: Self.march) == [])
    try lower(bank, at: "2026-02-20T09:00:00Z")
    #expect(try verify(bank, at: Self.may) == ["merge-backdated"])
    let adopt = ["adopt", "main", "--because", "It was pushed late.", "--name", "late"]
    let jane = bank.person("jane", at: Self.may)
    #expect(try jane.run(adopt).status == 1)
    #expect(try jane.run(adopt + ["--receipt", "../receipt"]).status == 0)
    try bank.approve("late", "jane", "ada", "ruth", at: Self.may)
    try bank.bench.run("ratify", "late", as: jane)
    let found = try bank.findings(["--receipt", "../receipt"], at: Self.may)
    #expect(Set(found.map(\.code)) == ["merge-backdated", "review-backdated"])
    #expect(Set(found.map(\.severity)) == ["note"])
    // It was agreed to: the next receipt goes on from there.
    #expect(try bank.findings(["--receipt", "../receipt"], at: Self.may).isEmpty)
  }

  @Test func `waiting does not mend a date that ran ahead`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered, at: Self.march)
    try bank.approve("lower", "jane", "ada", "ruth", at: Self.march)
    try bank.force("lower", reviews: ["jane", "ada", "ruth"], at: Self.may)
    let (june, july) = ("2026-06-01T09:00:00Z", "2026-07-01T09:00:00Z")
    // Nobody looked in time: nothing can be known of it.
    #expect(try bank.breaches("--again", at: june) == [])
    #expect(try verify(bank, at: Self.march) == ["date-ahead"])
    for again in [[], ["--again"]] { #expect(try bank.findings(again, at: june).map(\.code) == ["date-ahead"]) }
    // In a clone that saw nothing, the receipt tells, and goes on telling.
    try bank.shell("rm .git/ethos/verified")
    for moment in [june, july] {
      #expect(try bank.breaches("--receipt", "../receipt", "--again", at: moment) == ["date-ahead"])
    }
    #expect(try bank.bench.read("../receipt").contains("written 2026-07-01"))
    // Those who should have agreed adopt it.
    try bank.bench.run(
      "adopt", "main", "--because", "A wrong clock.", "--receipt", "../receipt", as: bank.person("jane", at: july))
    let name = try bank.shell("git for-each-ref --format='%(refname:lstrip=3)' 'refs/heads/proposals/adopt-*'")
    try bank.approve(name, "jane", "ada", "ruth", at: july)
    try bank.bench.run("ratify", name, as: bank.person("jane", at: july))
    #expect(try bank.breaches("--receipt", "../receipt", at: "2026-08-01T09:00:00Z") == [])
    #expect(try bank.findings(["--receipt", "../receipt"], at: "2026-09-01T09:00:00Z").isEmpty)
  }

  // MARK: - what is gone

  @Test func `an objection does not go unnoticed`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered, at: Self.march)
    try bank.bench.run("object", "lower", "--because", "Not yet.", as: bank.person("omar", at: Self.march))
    try bank.approve("lower", "jane", at: Self.march)
    #expect(try verify(bank, at: Self.march) == [])
    // Who objected says more; an approval alone may go.
    try bank.bench.run("comment", "lower", "--because", "See the minutes.", as: bank.person("omar", at: Self.march))
    try bank.shell("git branch -q -D reviews/lower/jane && git branch keep reviews/lower/omar")
    #expect(try verify(bank, at: Self.may) == [])
    try bank.shell("git branch -q -D reviews/lower/omar")
    #expect(try verify(bank, at: Self.may) == ["objection-lost"])
    // The advice, with a clone that has it.
    let tip = try bank.shell("git rev-parse keep")
    try bank.shell("git clone -q --mirror . ../clone && git branch -q -D keep && git reflog expire --all --expire=now")
    try bank.shell("git gc -q --prune=now")
    #expect(try verify(bank, at: Self.may) == ["objection-lost"])
    try bank.shell("git fetch -q ../clone \(tip):refs/heads/reviews/lower/omar")
    #expect(try verify(bank, at: Self.may) == [])
    // What was withdrawn keeps it, and what was ratified.
    try bank.bench.run(
      "withdraw", "lower", "--because", "Not now.", as: bank.person("eve", at: Self.may))
    try bank.shell("git for-each-ref --format='delete %(refname)' refs/heads/reviews | git update-ref --stdin")
    #expect(try verify(bank, at: Self.may) == [])
  }

  @Test func `another first commit is named`() throws {
    let bank = try GuardedBank()
    #expect(try verify(bank, at: Self.march) == [])
    try bank.shell(
      "git update-ref refs/heads/main $(git commit-tree 'main^{tree}' -m 'Found it') && git reset -q --hard",
      at: Self.march)
    #expect(try verify(bank, at: Self.may) == ["head-rewound", "root-replaced"])
  }

  // MARK: - the file

  @Test func `a receipt of the first format is compared, and says that it has no date`() throws {
    let bank = try GuardedBank()
    let head = try bank.shell("git rev-parse main")
    let old = "ethos-receipt 1\n# Kept by the board.\nbranch main\nhead \(head)\nend\n"
    try bank.bench.write(old, to: "../receipt")
    let said = try bank.bench.run("verify", "--receipt", "../receipt").output
    #expect(said.contains("of format 1, which says no date: agrees, and was written anew"), "\(said)")
    #expect(try bank.bench.read("../receipt").hasPrefix("ethos-receipt 2\n"))
    try bank.bench.write(old.replacing(head, with: String(repeating: "1", count: 40)), to: "../receipt")
    #expect(try verify(bank, at: Self.may) == ["head-rewound"])
    #expect(try bank.bench.read("../receipt").hasPrefix("ethos-receipt 1\n"))
  }

  @Test func `a receipt is no link, no folder, no part and not of to-morrow`() throws {
    let bank = try GuardedBank()
    #expect(try verify(bank, at: Self.march) == [])
    try bank.shell("ln -s receipt ../link && mkdir ../folder && mkfifo ../pipe")
    for (name, words) in [("link", "symbolic link"), ("folder", "is no file"), ("pipe", "is no file")] {
      let said = try bank.bench.run("verify", "--receipt", "../\(name)", status: 2)
      #expect(said.errors.contains(words), "\(said.errors)")
    }
    try bank.bench.run("verify", "main", "--receipt", "../receipt", status: 64)
    let early = try bank.person("ada", at: "2026-02-01T09:00:00Z").run("verify", "--receipt", "../receipt")
    #expect(early.status == 2 && early.errors.contains("still to come"), "\(early.errors)")
  }
}
