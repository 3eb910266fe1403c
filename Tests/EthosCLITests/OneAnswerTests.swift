import EthosApp
import EthosTestSupport
import EthosText
import Foundation
import Testing

/// One question, one answer: what `review`, `ratify`, `status`, the server's hook, `verify` and `why` say of one state.
@Suite struct OneAnswerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Whether `lower` may come into force.
    var isAllowed: Bool
    /// Who agreed, as everybody counts them.
    var approvers: Set<String>
    var now = EthosProcess.now
    var make: @Sendable (GuardedBank) throws -> Void
  }

  private static let board = ["jane", "ada", "ruth"]

  static let cases: [Case] = [
    Case(testDescription: "all agreed", isAllowed: true, approvers: ["Jane Doe", "Ada Obi", "Ruth Klein"]) {
      try $0.agreed()
    },
    Case(testDescription: "one is missing", isAllowed: false, approvers: ["Jane Doe", "Ada Obi"]) { bank in
      try bank.propose("lower", GuardedBank.risk(55))
      try bank.approve("lower", "jane", "ada")
    },
    Case(testDescription: "one review is unsigned", isAllowed: false, approvers: ["Jane Doe", "Ada Obi"]) { bank in
      try bank.propose("lower", GuardedBank.risk(55))
      try bank.approve("lower", "jane", "ada")
      try bank.unsigned(
        "refs/heads/reviews/lower/ruth", from: "reviews/lower/ada", by: "ruth", parents: "proposals/lower",
        tree: "proposals/lower^{tree}")
    },
    Case(
      testDescription: "one approval has expired", isAllowed: false, approvers: ["Ada Obi", "Ruth Klein"],
      now: "2027-02-20T09:00:00Z"
    ) { bank in
      try bank.propose("lower", GuardedBank.risk(55), at: "2026-02-10T09:00:00Z")
      try bank.approve("lower", "jane", at: "2026-02-10T10:00:00Z")
      try bank.approve("lower", "ada", "ruth", at: "2026-10-10T10:00:00Z")
    },
    Case(testDescription: "it speaks of another proposal", isAllowed: false, approvers: ["Jane Doe", "Ada Obi"]) {
      bank in
      try bank.propose("other", GuardedBank.risk(55), by: "omar")
      try bank.approve("other", "ruth")
      try bank.propose("lower", GuardedBank.risk(55))
      try bank.approve("lower", "jane", "ada")
      try bank.shell("git update-ref refs/heads/reviews/lower/ruth reviews/other/ruth")
    },
    Case(testDescription: "who agrees holds office by a push", isAllowed: false, approvers: ["Ada Obi", "Ruth Klein"]) {
      bank in
      try bank.push([
        "cycles/second.yaml": GuardedBank.files["cycles/second.yaml", default: ""].replacing(
          "{person: jane, from: 2026-02-01}", with: "{person: ada, from: 2026-02-01}")
      ])
      try bank.propose("lower", GuardedBank.risk(55))
      try bank.approve("lower", "ada", "ruth")
    },
    Case(
      testDescription: "it was withdrawn and put back", isAllowed: false,
      approvers: ["Jane Doe", "Ada Obi", "Ruth Klein"]
    ) { bank in
      try bank.agreed()
      let names = ["proposals/lower"] + board.map { "reviews/lower/\($0)" }
      for name in names { try bank.shell("git update-ref refs/kept/\(name) \(name)") }
      try bank.bench.run("withdraw", "lower", "--because", "Not now.", as: bank.person("jane"))
      for name in names { try bank.shell("git update-ref refs/heads/\(name) refs/kept/\(name)") }
    },
    Case(
      testDescription: "all agreed beside a doubtful charter", isAllowed: true,
      approvers: ["Jane Doe", "Ada Obi", "Ruth Klein"]
    ) { bank in
      let charter = String(decoding: try Data(contentsOf: URL(filePath: "\(bank.work)/ethos.yaml")), as: UTF8.self)
      try bank.push(["ethos.yaml": charter.replacing("board: 2}", with: "board: 3}")])
      try bank.agreed()
    },
  ]

  @Test(arguments: cases) func `is given by every command`(_ test: Case) throws {
    let bank = try GuardedBank.signed()
    try test.make(bank)
    let known = try bank.breaches(at: test.now)
    let person = bank.person("ada", at: test.now)

    let review = try Self.document(person.run("review", "lower", "--format", "json"))
    #expect(review["canRatify"] as? Bool == test.isAllowed, "review")
    let entries = try #require(review["entries"] as? [[String: Any]])
    let approvers = Set(
      entries.flatMap { $0["verdicts"] as? [[String: Any]] ?? [] }.filter { $0["verdict"] as? String == "approve" }
        .compactMap { ($0["by"] as? [String: Any])?["name"] as? String })
    #expect(approvers == test.approvers, "review")

    let status = try Self.document(person.run("status", "--format", "json"))
    let proposal = try #require(
      (status["proposals"] as? [[String: Any]])?.first { $0["name"] as? String == "lower" })
    #expect(proposal["canRatify"] as? Bool == test.isAllowed, "status")

    let dry = try person.run("ratify", "lower", "--dry-run")
    #expect(dry.status == (test.isAllowed ? 0 : 1), "\(dry.output)\(dry.errors)")

    // The same merge by plain git, pushed to a server that has all that this clone has.
    try bank.shell(
      "git init -q --bare -b main ../server.git && git push -q ../server.git 'refs/heads/*:refs/heads/*' 'refs/tags/*:refs/tags/*'"
    )
    try bank.shell("ethos hook install -C ../server.git")
    let reviews = try bank.shell("git for-each-ref --format='%(refname:lstrip=4)' refs/heads/reviews/lower")
      .split(separator: "\n").map(String.init)
    try bank.force(
      "lower", reviews: reviews, message: "Ratify lower\n\nProposal: lower\n", tree: Self.tree(bank), at: test.now)
    let pushed = try bank.person("eve", at: test.now).shell("cd '\(bank.work)' && git push -q ../server.git main")
    #expect(pushed.status == (test.isAllowed ? 0 : 1), "\(pushed.errors)")

    let merge = try bank.rev("main")
    let verified = try Self.document(person.run("verify", "--format", "json"))
    let breaches = try #require(verified["findings"] as? [[String: Any]]).filter {
      $0["severity"] as? String == "breach" && $0["commit"] as? String == merge
    }
    #expect(breaches.isEmpty == test.isAllowed, "\(breaches)")
    #expect(Set(try bank.breaches(at: test.now)).isSuperset(of: known))

    let why = try Self.document(person.run("why", "limit/risk.atMost", "--format", "json"))
    let ledger = try #require((why["fields"] as? [[String: Any]])?.first)
    let agreed = Set((ledger["approvedBy"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String })
    #expect(agreed == test.approvers, "why")
  }

  /// What merging the proposal into main gives.
  private static func tree(_ bank: GuardedBank) throws -> String {
    try bank.shell("git merge-tree --write-tree main proposals/lower")
  }

  private static func document(_ result: ProcessResult) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)")
  }
}
