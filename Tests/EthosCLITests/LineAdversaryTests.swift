import EthosTestSupport
import Foundation
import Testing

/// What can be done to the line in force itself: reviews that are buried in it, lines that go past it, dates that creep.
@Suite struct LineAdversaryTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]
  private static let raised = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"]
  private static let veto = [
    "ethos.yaml": GuardedBank.charter.replacing("board: 2}}", with: "board: 2}, veto: [lending]}", maxReplacements: 1)
  ]
  private static let later = "2026-11-02T10:30:00Z"

  /// A proposal to raise the risk with all approvals, and the objection of an office that has a veto.
  private func vetoed() throws -> GuardedBank {
    let bank = try GuardedBank(Self.veto)
    try bank.propose("raise", Self.raised, by: "omar")
    try bank.approve("raise", "jane", "ada", "ruth")
    try bank.bench.run("object", "raise", "--because", "Never.", as: bank.person("eve"))
    return bank
  }

  /// Moves main to a commit of plain git.
  private func commit(
    _ message: String, tree: String, parents: String..., in bank: GuardedBank, at moment: String = later
  ) throws {
    let list = parents.map { "-p \($0)" }.joined(separator: " ")
    try bank.shell(
      "git update-ref refs/heads/main $(printf '\(message)' | git commit-tree '\(tree)' \(list)) && git reset -q --hard main",
      at: moment)
  }

  // MARK: - reviews

  @Test func `a veto is not buried by a merge that changes nothing`() throws {
    let bank = try vetoed()
    try commit("Merge notes", tree: "main^{tree}", parents: "main", "reviews/raise/eve", in: bank)
    #expect(try bank.breaches() == ["empty-merge", "made-in-merge"])
    try bank.shell("git branch -q -D reviews/raise/eve proposals/raise")
    try bank.propose("again", Self.raised, by: "omar", at: Self.later)
    try bank.approve("again", "jane", "ada", "ruth", at: Self.later)
    let refused = try bank.bench.run("ratify", "again", status: 1, as: bank.person("ada"))
    #expect(refused.errors.contains("Eve Ling"), "\(refused.errors)")
    try bank.force("again", reviews: ["jane", "ada", "ruth"], at: Self.later)
    #expect(try bank.breaches().contains("veto-overridden"))
    #expect(try bank.breaches("--again") == bank.breaches())
    #expect(try bank.breaches("main~1..main").contains("veto-overridden"))
  }

  @Test func `a veto is not buried by the merge of another change`() throws {
    let bank = try vetoed()
    try bank.propose("tidy", ["limits/loan.yaml": "# The largest.\nid: loan\ntitle: Largest loan\natMost: 500\n"])
    try bank.approve("tidy", "ada")
    try commit(
      "Tidy", tree: "proposals/tidy^{tree}", parents: "main", "proposals/tidy", "reviews/tidy/ada", "reviews/raise/eve",
      in: bank)
    #expect(try bank.breaches() == ["brought-alongside"])
    try bank.shell("git branch -q -D reviews/raise/eve proposals/raise")
    try bank.propose("again", Self.raised, by: "omar", at: Self.later)
    try bank.approve("again", "jane", "ada", "ruth", at: Self.later)
    try bank.force("again", reviews: ["jane", "ada", "ruth"], at: Self.later)
    for arguments in [[], ["--again"]] {
      #expect(
        try bank.findings(arguments).map(\.code) == ["brought-alongside", "veto-overridden", "objection-unanswered"])
    }

    // Who objected may say otherwise.
    try bank.shell("git reset -q --hard main~1")
    try bank.approve("again", "eve", at: Self.later)
    try bank.bench.run("ratify", "again", as: bank.person("ada"))
    #expect(try bank.breaches() == ["brought-alongside"])
  }

  @Test func `an objection to what was mended does not stand in the way of what came of it`() throws {
    let bank = try vetoed()
    try bank.shell(
      "git switch -q proposals/raise && sed -i 's/90/58/' limits/risk.yaml && git commit -qam 'Mend it' -m 'She is right.' && git switch -q main"
    )
    try bank.approve("raise", "jane", "ada", "ruth", "eve")
    try bank.bench.run("ratify", "raise", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    try bank.propose("lower", Self.lowered, by: "omar")
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    #expect(try bank.breaches("--again") == [])
  }

  @Test func `a merge of files that are none of the identity's is nobody's business`() throws {
    let bank = try GuardedBank()
    try bank.shell(
      "git switch -q -c notes && echo Hello > NOTES.md && git add -A && git commit -qm Notes && git switch -q main")
    try bank.shell("git merge -q --no-ff -m 'Merge notes' notes")
    #expect(try bank.breaches() == [])
  }

  // MARK: - lines beside the line

  @Test func `a merge does not go past what was in force`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches("--receipt", "../receipt") == [])
    // The old state as the first parent, and the ratification below the second.
    let old = try bank.shell("git rev-parse main~1")
    try commit("Undo it\\n\\nWhy not.\\n", tree: "\(old)^{tree}", parents: "main", in: bank)
    try commit("Merge", tree: "\(old)^{tree}", parents: old, "main", in: bank)
    #expect(try bank.breaches("--receipt", "../receipt") == ["empty-merge", "head-rewound", "line-bypassed"])
    #expect(try bank.breaches("--again") == ["empty-merge", "line-bypassed"])
    #expect(try bank.findings(["--again"]).filter { $0.severity == "note" } == [])
  }

  @Test func `a forge's merge is not gone past either`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    let old = try bank.shell("git rev-parse main~1")
    try commit("Merge", tree: "main^{tree}", parents: old, "main", in: bank)
    #expect(try bank.breaches() == ["line-bypassed"])
  }

  @Test func `a new beginning with the old line beside it is found`() throws {
    let bank = try GuardedBank()
    #expect(try bank.breaches("--receipt", "../receipt") == [])
    try bank.shell("git branch old")
    try bank.bench.write("id: risk\ntitle: Risk\natMost: 95\n", to: "limits/risk.yaml")
    try bank.shell(
      "git add -A && git update-ref refs/heads/main $(git commit-tree $(git write-tree) -m 'Found it') && git reset -q --hard main"
    )
    try commit("Merge", tree: "main^{tree}", parents: "main", "old", in: bank)
    #expect(
      try bank.breaches("--receipt", "../receipt") == ["empty-merge", "head-rewound", "line-bypassed", "root-replaced"])
  }

  @Test func `another branch in force is a note where it goes on, and a breach where it does not`() throws {
    let bank = try GuardedBank()
    #expect(try bank.breaches("--receipt", "../receipt") == [])
    let renamed = ["ethos.yaml": GuardedBank.charter.replacing("branch: main", with: "branch: trunk")]
    try bank.propose("rename", renamed)
    try bank.approve("rename", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "rename", as: bank.person("ada"))
    try bank.shell("git branch -m main trunk")
    let found = try bank.findings(["--receipt", "../receipt"])
    #expect(found.map(\.code) == ["branch-replaced"])
    #expect(found.map(\.severity) == ["note"])

    let evil = try GuardedBank()
    #expect(try evil.breaches("--receipt", "../receipt") == [])
    try evil.shell(
      "git switch -q -f --orphan trunk && git checkout -q -f main -- . && sed -i 's/branch: main/branch: trunk/' ethos.yaml && git add -A && git commit -qm 'Found it' && git branch -D main"
    )
    #expect(try evil.breaches("--receipt", "../receipt") == ["branch-replaced", "head-rewound", "root-replaced"])
  }

  @Test func `a line that this clone verified and that is gone is a note`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    try bank.shell("git reset -q --hard main~1")
    let found = try bank.findings()
    #expect(found.map(\.code) == ["head-rewound"])
    #expect(found.map(\.severity) == ["note"])
  }

  // MARK: - dates

  @Test func `dates do not creep back`() throws {
    let bank = try GuardedBank()
    try bank.shell("git commit -q --allow-empty -m Note", at: "2026-02-03T09:00:00Z")
    for day in ["02T12", "01T18", "01T01", "01-31T09"] {
      let moment = day.hasPrefix("01-") ? "2026-\(day):00:00Z" : "2026-02-\(day):00:00Z"
      try bank.shell("git commit -q --allow-empty -m Tick", at: moment)
    }
    let old = "2026-01-31T10:00:00Z"
    try bank.propose("lower", Self.lowered, at: old)
    try bank.approve("lower", "omar", "ada", "ruth", at: old)
    try bank.force("lower", reviews: ["omar", "ada", "ruth"], at: old)
    #expect(try bank.breaches() == ["merge-backdated"])
    // As it is remembered, too.
    try bank.bench.run("reaffirm", "limit/loan", "--because", "It is right.", as: bank.person("jane"))
    #expect(try bank.breaches() == bank.breaches("--again"))
    #expect(try bank.breaches("main~2..main") == ["merge-backdated"])
  }

  @Test func `a merge is not dated before what it brings`() throws {
    let old = "2026-01-20T09:00:00+01:00"
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered, at: old)
    try bank.approve("lower", "omar", at: old)
    try bank.approve("lower", "ada", "ruth")
    try bank.force("lower", reviews: ["omar", "ada", "ruth"], at: old)
    #expect(try bank.breaches() == ["merge-backdated"])
    let refused = try GuardedBank()
    try refused.propose("lower", Self.lowered)
    try refused.approve("lower", "omar", "ada", "ruth")
    let answer = try refused.bench.run("ratify", "lower", status: 1, as: refused.person("eve", at: old))
    #expect(answer.errors.contains("and what it builds on"), "\(answer.errors)")
  }
}
