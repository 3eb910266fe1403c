import EthosTestSupport
import Foundation
import Testing

/// The advice of a finding mends it: each breach is made, the commands of its `to mend` are typed as they stand, those
/// who are missing agree, and the verdict is asked again.
@Suite struct MendingTests {
  struct Breach: Sendable, CustomTestStringConvertible {
    var code: String
    /// What the bank has otherwise than usual.
    var files: [String: String] = [:]
    /// More arguments of the verification.
    var arguments: [String] = []
    var make: @Sendable (GuardedBank) throws -> Void

    var testDescription: String { code }
  }

  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]
  private static let raised = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"]
  private static let smaller = ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 400\n"]
  private static let all = ["jane", "ada", "ruth"]
  private static let later = "2026-11-02T10:30:00Z"

  private static func approved(_ bank: GuardedBank, _ name: String = "lower") throws {
    try bank.propose(name, lowered, by: "eve")
    try bank.approve(name, "jane", "ada", "ruth")
  }

  /// Three releases, of which a clone keeps what there was.
  private static func released(_ bank: GuardedBank, _ tampering: String) throws {
    for most in [55, 50, 45] {
      try bank.propose("to-\(most)", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: \(most)\n"])
      try bank.approve("to-\(most)", "jane", "ada", "ruth")
      try bank.bench.run("ratify", "to-\(most)", as: bank.person("ada"))
      try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    }
    try bank.shell("git clone -q --mirror . ../clone && \(tampering)")
  }

  /// Moves main to a commit of plain git.
  private static func commit(
    _ message: String, tree: String, parents: String, in bank: GuardedBank, at moment: String = later
  ) throws {
    let list = parents.split(separator: " ").map { "-p \($0)" }.joined(separator: " ")
    try bank.shell(
      "git update-ref refs/heads/main $(printf '\(message)' | git commit-tree '\(tree)' \(list)) && git reset -q --hard",
      at: moment)
  }

  private static let veto = [
    "ethos.yaml": GuardedBank.charter.replacing("board: 2}}", with: "board: 2}, veto: [lending]}", maxReplacements: 1)
  ]

  static let breaches: [Breach] = [
    Breach(code: "direct-change") { try $0.push(raised) },
    Breach(code: "quorum-missing") { bank in
      try bank.propose("raise", raised)
      try bank.force("raise")
    },
    Breach(code: "squash-merge") { bank in
      try approved(bank)
      try bank.shell("git merge -q --squash proposals/lower && git commit -qm 'Lower it' -m 'Why.'")
    },
    Breach(code: "several-proposals") { bank in
      try approved(bank)
      try bank.propose("loan", smaller)
      try bank.approve("loan", "jane", "ada", "ruth")
      try bank.shell("git merge -q --no-ff -m Both proposals/lower proposals/loan")
    },
    Breach(code: "made-in-merge") { bank in
      try approved(bank)
      try bank.bench.write(smaller["limits/loan.yaml"] ?? "", to: "limits/loan.yaml")
      try bank.bench.write(lowered["limits/risk.yaml"] ?? "", to: "limits/risk.yaml")
      let tree = try bank.shell("git add -A && git write-tree")
      try bank.force("lower", reviews: all, tree: tree)
    },
    Breach(code: "empty-merge", files: veto) { bank in
      try bank.propose("raise", raised, by: "omar")
      try bank.bench.run("object", "raise", "--because", "Never.", as: bank.person("eve"))
      try commit("Merge notes", tree: "main^{tree}", parents: "main reviews/raise/eve", in: bank)
    },
    // Who ratified what was gone past counts as one of its authors, and cannot agree to it.
    Breach(code: "line-bypassed") { bank in
      try approved(bank)
      try bank.bench.run("ratify", "lower", as: bank.person("omar"))
      try commit("Merge", tree: "main^{tree}", parents: "main~1 main", in: bank)
    },
    Breach(code: "reason-missing") { bank in
      try bank.propose("lower", lowered)
      try bank.shell("git switch -q proposals/lower && git commit -q --amend -m 'Lower it' && git switch -q main")
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.force("lower", reviews: all)
    },
    Breach(code: "veto-overridden", files: veto) { bank in
      try bank.propose("raise", raised, by: "omar")
      try bank.approve("raise", "jane", "ada", "ruth")
      try bank.bench.run("object", "raise", "--because", "Never.", as: bank.person("eve"))
      try bank.force("raise", reviews: all + ["eve"])
      // Who has the veto has to take it back: without that nothing is adopted.
    },
    Breach(code: "exception-expired", files: ["exceptions/late.yaml": exception]) { _ in },
    Breach(code: "reaffirmation-unowned") { bank in
      try bank.bench.run("reaffirm", "limit/risk", "--because", "It is right.", as: bank.person("jane"))
      try bank.shell("git commit -q --amend --allow-empty --no-edit --reset-author", by: "omar")
    },
    Breach(code: "objection-unanswered") { bank in
      try approved(bank)
      try bank.bench.run("object", "lower", "--because", "Too soon.", as: bank.person("eve"))
      try bank.force("lower", reviews: all + ["eve"])
    },
    Breach(code: "objection-left-out") { bank in
      try approved(bank)
      try bank.bench.run("object", "lower", "--because", "Too soon.", as: bank.person("eve"))
      try bank.force("lower", reviews: all, message: "Ratify lower\n\nProposal: lower\n", at: later)
    },
    Breach(code: "summary-contradicted") { bank in
      try approved(bank)
      try bank.force(
        "lower", reviews: all, message: "Ratify\n\nProposal: lower\nApproved-by: Omar Reyes <omar@bank.example>\n")
    },
    Breach(code: "level-contradicted") { bank in
      try approved(bank)
      try bank.force(
        "lower", reviews: all, message: "Ratify\n\nProposal: lower\nLevel: limit/risk: editorial\nRuleset: 2\n")
    },
    Breach(code: "record-unreadable") { bank in
      try approved(bank)
      try bank.force("lower", reviews: all, message: "Ratify\n\nProposal: lower\nProposal: other\n")
    },
    Breach(code: "ruleset-lowered") { bank in
      try approved(bank)
      try bank.bench.run("ratify", "lower", as: bank.person("ada"))
      try bank.propose("loan", smaller)
      try bank.approve("loan", "jane", "ada", "ruth")
      try bank.force("loan", reviews: all, message: "Ratify\n\nProposal: loan\nRuleset: 1\n", at: later)
    },
    Breach(code: "merge-backdated") { bank in
      try approved(bank)
      try bank.shell("git commit -q --allow-empty -m Note")
      try bank.force("lower", reviews: all, at: "2026-10-20T09:00:00Z")
    },
    Breach(code: "commit-backdated") { bank in
      try bank.shell("git commit -q --allow-empty -m Note")
      try bank.propose("lower", lowered, at: "2026-10-20T09:00:00Z")
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.force("lower", reviews: all, at: later)
    },
    Breach(code: "object-replaced") { try $0.shell("git commit -q --allow-empty -m Note && git replace main main~1") },
    Breach(code: "history-grafted") { try $0.shell("git rev-parse main > .git/info/grafts") },
    Breach(code: "release-gap") { try released($0, "git tag -d release/second/2") },
    Breach(code: "release-moved") { bank in
      try released(
        bank,
        "git cat-file tag release/second/3 | sed \"1s/.*/object $(git rev-parse main~1)/\" > ../tag && "
          + "git update-ref refs/tags/release/second/3 $(git mktag < ../tag)")
    },
    Breach(code: "release-off-line") { bank in
      try released(
        bank,
        "git switch -q -c side main~1 && git commit -q --allow-empty -m Side && git switch -q main && "
          + "git cat-file tag release/second/3 | sed \"s/$(git rev-parse main)/$(git rev-parse side)/\" > ../tag && "
          + "git update-ref refs/tags/release/second/3 $(git mktag < ../tag)")
    },
    Breach(code: "release-quorum-missing") { bank in
      try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
      try bank.shell(
        "git cat-file tag release/second/1 | sed 's/^tagger .*>/tagger Eve Ling <eve@bank.example>/' > ../tag && "
          + "git update-ref refs/tags/release/second/1 $(git mktag < ../tag)")
    },
    Breach(code: "tag-removed", arguments: ["--receipt", "../receipt"]) { bank in
      try released(bank, "true")
      try bank.bench.run("verify", "--receipt", "../receipt")
      try bank.shell("git tag -d release/second/3")
    },
    Breach(code: "tag-remade", arguments: ["--receipt", "../receipt"]) { bank in
      try released(bank, "true")
      try bank.bench.run("verify", "--receipt", "../receipt")
      try bank.shell("git tag -d release/second/3")
      try bank.bench.run("release", "--cycle", "second", as: bank.person("jane", at: "2026-11-02T12:00:00Z"))
    },
    Breach(code: "head-rewound", arguments: ["--receipt", "../receipt"]) { bank in
      try released(bank, "true")
      try bank.bench.run("verify", "--receipt", "../receipt")
      try bank.shell("git reset -q --hard main~1")
    },
  ]

  private static let exception =
    "id: late\ntitle: Late\nof: limit/risk\nowner: chief\nuntil: 2026-06-30\nbecause: It is being wound down.\n"

  @Test(arguments: breaches) func `the advice of a finding mends it`(_ breach: Breach) throws {
    let bank = try GuardedBank(breach.files)
    try breach.make(bank)
    #expect(try bank.breaches().contains(breach.code) || bank.breaches(breach).contains(breach.code))
    for round in 0..<3 {
      let findings = try bank.advice(breach.arguments)
      guard !findings.isEmpty else { break }
      // The first of an advice that can be done; what mends several findings is typed once.
      var typed: [String: Bool] = [:]
      for advice in findings {
        for command in advice.commands {
          let isDone = try typed[command] ?? type(command, bank, round)
          typed[command] = isDone
          if isDone { break }
        }
      }
    }
    let left = try bank.advice(breach.arguments + (breach.arguments.isEmpty ? ["--again"] : []))
    #expect(left.isEmpty, "\(left)")
  }

  /// Types a command of an advice, with what it leaves open, and lets those who are missing agree to what comes of it.
  private func type(_ command: String, _ bank: GuardedBank, _ round: Int) throws -> Bool {
    let line = command.replacing("--because …", with: "--because 'It was meant.'").replacing("CLONE", with: "../clone")
      .replacing("FILE", with: "../receipt").replacing("ethos ", with: "'\(EthosProcess.binary)' ")
    let known = try proposals(bank)
    let outcome = try bank.person("omar", at: Self.later).shell("cd '\(bank.work)' && \(line)")
    let omar = bank.person("omar", at: Self.later)
    if try !bank.shell("git status --porcelain --untracked-files=no").isEmpty {
      try bank.bench.run("propose", "mend-\(round)", "--because", "It was advised.", as: omar)
      try bank.shell("git switch -q main")
    }
    for name in try proposals(bank) where !known.contains(name) {
      for id in ["eve"] + Self.all { _ = try bank.person(id, at: Self.later).run(["approve", name]) }
      let review = try bank.bench.ethos.run(["review", name, "--format", "json"])
      let document = try? JSONSerialization.jsonObject(with: Data(review.output.utf8)) as? [String: Any]
      let objections = (document?["objections"] as? [[String: Any]] ?? []).compactMap {
        ($0["by"] as? [String: Any])?["id"] as? String
      }
      let answers = objections.flatMap { ["--answer", "\($0)=We heard it."] }
      let ratified = try bank.person("ada", at: Self.later).run(["ratify", name] + answers)
      #expect(ratified.status == 0, "ratify \(name): \(ratified.output)\(ratified.errors)")
    }
    return outcome.status == 0
  }

  private func proposals(_ bank: GuardedBank) throws -> Set<String> {
    Set(
      try bank.shell("git for-each-ref --format='%(refname:lstrip=3)' refs/heads/proposals").split(separator: "\n").map(
        String.init))
  }
}

extension GuardedBank {
  /// A breach and the commands that its advice has, those left out that only show something.
  struct Advice {
    var code: String
    var help: [String]
    var commands: [String] {
      help.flatMap { $0.matches(of: /`([^`]+)`/).map { String($0.1) } }.compactMap { command in
        if command.hasPrefix("/") { return "rm '\(command)'" }
        let acts = ["ethos adopt", "ethos retire", "git replace", "git fetch", "git tag -d"]
        return acts.contains { command.hasPrefix($0) } ? command : nil
      }
    }
  }

  func advice(_ arguments: [String]) throws -> [Advice] {
    let result = try person("ada", at: "2026-11-02T12:30:00Z").run(["verify", "--format", "json"] + arguments)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)")
    return try #require(document["findings"] as? [[String: Any]]).filter { $0["severity"] as? String == "breach" }.map {
      Advice(code: $0["code"] as? String ?? "", help: $0["help"] as? [String] ?? [])
    }
  }

  fileprivate func breaches(_ breach: MendingTests.Breach) throws -> [String] {
    try advice(breach.arguments).map(\.code)
  }
}
