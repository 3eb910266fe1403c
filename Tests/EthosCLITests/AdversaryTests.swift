import EthosTestSupport
import Foundation
import Testing

/// What somebody with write access to the branch in force could do, and what `ethos verify` says of it.
///
/// Each attack has an honest twin beside it that looks much the same and passes.
@Suite struct AdversaryTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]
  private static let raised = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"]

  @Test func `an identity that was changed by its rules has nothing in breach`() throws {
    let bank = try GuardedBank()
    #expect(try bank.breaches() == [])
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
    #expect(try bank.breaches("--again") == [])
  }

  @Test func `a change merged without its quorum is found, and what is missing is named`() throws {
    let bank = try GuardedBank()
    try bank.propose("raise", Self.raised)
    try bank.approve("raise", "ada", "ruth")
    try bank.force("raise", reviews: ["ada", "ruth"])
    let found = try bank.findings()
    #expect(found.map(\.code) == ["quorum-missing"])
    #expect(found.first?.missing.first?.contains("of `chief`: `jane`") == true, "\(found)")
  }

  // MARK: - authority

  private static let weak = [
    "ethos.yaml": GuardedBank.charter.replacing("quorum: {chief: 1, board: 2}", with: "quorum: {anyone: 1}")
  ]

  @Test func `authority is weakened only by the authority that stands`() throws {
    let bank = try GuardedBank()
    try bank.propose("weaken", Self.weak)
    try bank.approve("weaken", "ada")
    try bank.force("weaken", reviews: ["ada"])
    #expect(try bank.breaches() == ["quorum-missing"])

    let honest = try GuardedBank()
    try honest.propose("weaken", Self.weak)
    try honest.approve("weaken", "jane", "ada", "ruth")
    try honest.bench.run("ratify", "weaken", as: honest.person("eve"))
    try honest.propose("raise", Self.raised)
    try honest.approve("raise", "ada")
    try honest.bench.run("ratify", "raise", as: honest.person("eve"))
    #expect(try honest.breaches() == [])
  }

  @Test func `an authority and the change that it would allow do not come together`() throws {
    let bank = try GuardedBank()
    try bank.propose("both", Self.weak.merging(Self.raised) { $1 })
    try bank.approve("both", "ada")
    try bank.force("both", reviews: ["ada"])
    let found = try bank.findings()
    #expect(found.map(\.code) == ["quorum-missing", "quorum-missing"])
    #expect(found.map { $0.message.contains("charter") || $0.message.contains("limit/risk") } == [true, true])
  }

  @Test func `an address put into a leader's file by somebody else is found`() throws {
    let file = ["people/jane.yaml": "id: jane\nname: Jane Doe\nemails: [jane@bank.example, eve@evil.example]\n"]
    let bank = try GuardedBank()
    try bank.propose("address", file)
    try bank.approve("address", "ada")
    try bank.force("address", reviews: ["ada"])
    let found = try bank.findings()
    #expect(found.map(\.code) == ["quorum-missing"])
    #expect(found.first?.message.contains("person/jane") == true)

    let honest = try GuardedBank()
    try honest.propose("address", file)
    try honest.approve("address", "jane", "ada", "ruth")
    try honest.bench.run("ratify", "address", as: honest.person("eve"))
    #expect(try honest.breaches() == [])
  }

  // MARK: - who agrees

  @Test func `nobody agrees to their own change from another address`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered, by: "jane")
    try bank.approve("lower", "ada", "ruth")
    let home = bank.person("jane").acting(as: "Jane Doe", "jane.doe@home.example")
    try bank.bench.run("approve", "lower", as: home)
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    let found = try bank.findings()
    #expect(found.map(\.code) == ["quorum-missing"])
    #expect(found.first?.missing.contains("Jane Doe is an author of it") == true, "\(found)")
  }

  @Test func `one person fills one seat`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada")
    try bank.force("lower", reviews: ["jane", "ada"])
    #expect(try bank.breaches() == ["quorum-missing"])
  }

  @Test func `who no longer holds an office does not agree for it`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "omar", "ada", "ruth")
    try bank.force("lower", reviews: ["omar", "ada", "ruth"])
    #expect(try bank.breaches() == ["quorum-missing"])

    // In January he did hold it.
    let honest = try GuardedBank()
    let january = "2026-01-20T09:00:00+01:00"
    try honest.propose("lower", Self.lowered, at: january)
    try honest.approve("lower", "omar", "ada", "ruth", at: january)
    try honest.bench.run("ratify", "lower", as: honest.person("eve", at: january))
    #expect(try honest.breaches() == [])
  }

  // MARK: - dates

  @Test func `a merge dated back into somebody's term is found`() throws {
    let bank = try GuardedBank()
    try bank.propose(
      "title", ["values/candour.yaml": "id: candour\ntitle: Candour first\nstatement: We must tell bad news first.\n"])
    try bank.approve("title", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "title", as: bank.person("eve"))
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "omar", "ada", "ruth")
    try bank.force("lower", reviews: ["omar", "ada", "ruth"], at: "2026-01-20T09:00:00Z")
    // Who agreed as the chief of then had left the office when the others agreed.
    #expect(try bank.breaches() == ["merge-backdated", "quorum-missing"])
  }

  @Test func `a commit dated before what it builds on is found, and one within a day is not`() throws {
    for (moment, expected) in [("2026-10-20T09:00:00Z", ["commit-backdated"]), ("2026-11-01T12:00:00Z", [])] {
      let bank = try GuardedBank()
      try bank.propose("lower", Self.lowered)
      try bank.bench.write("id: loan\ntitle: Largest loan\natMost: 400\n", to: "limits/loan.yaml")
      try bank.shell(
        "git stash -q && git switch -q proposals/lower && git stash pop -q && git commit -qam 'Lower it too' -m Losses. && git switch -q main",
        at: moment)
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.bench.run("ratify", "lower", status: expected.isEmpty ? 0 : 1, as: bank.person("ada"))
      if !expected.isEmpty { try bank.force("lower", reviews: ["jane", "ada", "ruth"], at: EthosProcess.now) }
      #expect(try bank.breaches() == expected, "\(moment)")
    }
  }

  @Test func `a date that is still to come is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"], at: "2027-03-01T09:00:00Z")
    #expect(try bank.breaches() == ["date-ahead"])
  }

  // MARK: - what was agreed to

  @Test func `an approval of other content does not count`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.shell(
      "git switch -q proposals/lower && sed -i 's/55/95/' limits/risk.yaml && git commit -qam 'A detail' -m 'It is one.' && git switch -q main"
    )
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    let found = try bank.findings()
    #expect(found.map(\.code) == ["quorum-missing"])
    #expect(
      found.first?.missing.contains { $0.hasPrefix("Ada Obi approved something else on 2026-") } == true, "\(found)")
  }

  private static let otherwise = [
    "decisions/loan.yaml": (GuardedBank.files["decisions/loan.yaml"] ?? "").replacing(
      "| > most | no     |", with: "| >= most | no |")
  ]

  @Test func `an approval of a decision whose limit moved meanwhile does not count`() throws {
    let bank = try GuardedBank()
    try bank.propose("stricter", Self.otherwise, by: "omar")
    try bank.approve("stricter", "eve")
    try bank.propose("raise", Self.raised)
    try bank.approve("raise", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "raise", as: bank.person("ada"))
    try bank.shell("git switch -q -c both proposals/stricter && git merge -q --no-edit main && git switch -q main")
    try bank.force("stricter", reviews: ["eve"], tree: "both^{tree}")
    let found = try bank.findings()
    #expect(found.map(\.code) == ["quorum-missing"])
    #expect(found.first?.message.contains("decision/loan") == true)
  }

  @Test func `an approval is carried through a rebase`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.propose("loan", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 400\n"])
    try bank.approve("loan", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "loan", as: bank.person("ada"))
    try bank.shell("git rebase -q main proposals/lower && git switch -q main")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches() == [])
  }

  // MARK: - merges

  @Test func `what a merge smuggles in is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.shell(
      "git switch -q -c evil proposals/lower && sed -i 's/500/5000/' limits/loan.yaml && git commit -qam x && git switch -q main"
    )
    try bank.force("lower", reviews: ["jane", "ada", "ruth"], tree: "evil^{tree}")
    #expect(try bank.breaches() == ["made-in-merge", "quorum-missing"])
  }

  @Test func `a merge of two proposals at once is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.propose("loan", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 400\n"])
    for name in ["lower", "loan"] { try bank.approve(name, "jane", "ada", "ruth") }
    try bank.shell(
      """
      old=$(git rev-parse main) && git merge -q -m 'Merge both' proposals/lower proposals/loan && git update-ref refs/heads/main \
      $(git commit-tree 'HEAD^{tree}' -p $old -p proposals/lower -p proposals/loan -p reviews/lower/jane \
      -p reviews/lower/ada -p reviews/lower/ruth -p reviews/loan/jane -p reviews/loan/ada -p reviews/loan/ruth -m 'Merge both')
      """)
    #expect(try bank.breaches() == ["quorum-missing", "several-proposals"])
  }

  @Test func `a squash merge is told from a commit that nobody proposed`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.shell("git merge -q --squash proposals/lower && git commit -q -m 'Lower it (#12)'")
    #expect(try bank.breaches() == ["squash-merge"])
    let other = try GuardedBank()
    try other.push(Self.lowered)
    #expect(try other.breaches() == ["direct-change"])
  }

  @Test func `a commit past every proposal is in breach until those who should have agreed adopt it`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.raised)
    #expect(try bank.breaches() == ["direct-change"])
    let commit = try bank.shell("git rev-parse main")
    try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", "mend", as: bank.person("omar"))
    try bank.approve("mend", "ada", "ruth")
    let refused = try bank.bench.run("ratify", "mend", status: 1, as: bank.person("ada"))
    #expect(refused.errors.contains("`limit/risk` needs 1 more approval of `chief`: `jane`"), "\(refused.errors)")
    try bank.approve("mend", "jane")
    try bank.bench.run("ratify", "mend", as: bank.person("ada"))
    for _ in 0..<2 {
      let found = try bank.findings()
      #expect(found.map(\.code) == ["direct-change"])
      #expect(found.map(\.severity) == ["note"])
      #expect(
        found.first?.message.contains(
          "in breach from 2026-11-02 to 2026-11-02, adopted by Ada Obi, Jane Doe, Ruth Klein")
          == true, "\(found)")
    }
    #expect(try bank.breaches("--again") == [])
  }

  @Test func `nobody adopts by the authority that the breach gave them`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.weak)
    let commit = try bank.shell("git rev-parse main")
    try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", "mend", as: bank.person("omar"))
    try bank.approve("mend", "ada")
    let refused = try bank.bench.run("ratify", "mend", status: 1, as: bank.person("ada"))
    #expect(refused.errors.contains("`charter` needs 1 more approval of `chief`: `jane`"), "\(refused.errors)")
    try bank.force("mend", reviews: ["ada"])
    #expect(try bank.breaches() == ["direct-change", "quorum-missing"])
  }

  // MARK: - objections

  @Test func `an objection that the record leaves out is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("object", "lower", "--because", "Too soon.", as: bank.person("eve"))
    try bank.shell("git branch -q kept reviews/lower/eve")
    let approvals = "Approved-by: Jane Doe <jane@bank.example>\nApproved-by: Ada Obi <ada@bank.example>"
    try bank.force(
      "lower", reviews: ["jane", "ada", "ruth", "eve"], message: "Ratify lower\n\nProposal: lower\n\(approvals)\n")
    #expect(try bank.breaches() == ["objection-dropped", "objection-unanswered"])

    let hidden = try GuardedBank()
    try hidden.propose("lower", Self.lowered)
    try hidden.approve("lower", "jane", "ada", "ruth")
    try hidden.bench.run("object", "lower", "--because", "Too soon.", as: hidden.person("eve"))
    try hidden.force(
      "lower", reviews: ["jane", "ada", "ruth"], message: "Ratify lower\n\nProposal: lower\n",
      at: "2026-11-02T10:30:00Z")
    #expect(try hidden.breaches() == ["objection-left-out"])

    let honest = try GuardedBank()
    try honest.propose("lower", Self.lowered)
    try honest.approve("lower", "jane", "ada", "ruth")
    try honest.bench.run("object", "lower", "--because", "Too soon.", as: honest.person("eve"))
    try honest.bench.run("ratify", "lower", "--answer", "eve=The losses are now.", as: honest.person("ada"))
    #expect(try honest.breaches() == [])
  }

  // MARK: - levels

  private static let softer = [
    "values/candour.yaml": "id: candour\ntitle: Candour\nstatement: We may tell bad news first.\n"
  ]

  @Test func `an author's own class lowers nothing`() throws {
    let bank = try GuardedBank()
    try bank.propose("softer", Self.softer, by: "jane")
    try bank.bench.run(
      "classify", "value/candour.statement", "clarified", "--because", "It is only clearer.", "--proposal", "softer",
      as: bank.person("jane"))
    try bank.approve("softer", "eve")
    try bank.force("softer", reviews: ["eve"])
    #expect(try bank.breaches() == ["quorum-missing"])

    let honest = try GuardedBank()
    try honest.propose("softer", Self.softer, by: "eve")
    try honest.bench.run(
      "classify", "value/candour.statement", "clarified", "--because", "It is only clearer.", "--proposal", "softer",
      as: honest.person("eve"))
    try honest.approve("softer", "jane")
    try honest.bench.run("ratify", "softer", as: honest.person("ada"))
    #expect(try honest.breaches() == [])
  }

  @Test func `a limit that a number takes the place of needs the limit's quorum`() throws {
    let number = (GuardedBank.files["decisions/loan.yaml"] ?? "").replacing("> most", with: "> 60  ")
    let bank = try GuardedBank()
    try bank.propose("number", ["decisions/loan.yaml": number], by: "omar")
    try bank.approve("number", "eve")
    try bank.force("number", reviews: ["eve"])
    #expect(try bank.breaches() == ["quorum-missing"])

    let honest = try GuardedBank()
    try honest.propose("number", ["decisions/loan.yaml": number], by: "omar")
    try honest.approve("number", "eve", "jane", "ada", "ruth")
    try honest.bench.run("ratify", "number", as: honest.person("ada"))
    #expect(try honest.breaches() == [])
  }

  // MARK: - trailers

  @Test(arguments: [
    // A Cyrillic letter, and a name that is somebody's with an address that is nobody's.
    "Proposal: raise\nApproved-by: J\u{430}ne Doe <j\u{430}ne@bank.example>",
    "Proposal: raise\nApproved-by: Jane Doe <jane@bank.example>\nApproved-by: Jane Doe <jane@bank.example>",
    "Proposal: raise\nApproved-by: Jane\n  Doe\n  <jane@bank.example>",
    "proposal: raise\nAPPROVED-BY: Jane Doe <jane@bank.example>",
  ]) func `trailers take nobody's place`(_ trailers: String) throws {
    let bank = try GuardedBank()
    try bank.propose("raise", Self.raised)
    try bank.force("raise", message: "Ratify raise\n\nWords.\n\n\(trailers)\n")
    #expect(try bank.breaches() == ["quorum-missing", "summary-contradicted"])
  }

  @Test func `a merge that names two proposals has no record`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"], message: "Ratify\n\nProposal: lower\nProposal: other\n")
    #expect(try bank.breaches() == ["record-unreadable"])
  }

  @Test func `a level that the record makes up is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.force(
      "lower", reviews: ["jane", "ada", "ruth"],
      message: "Ratify\n\nProposal: lower\nLevel: limit/risk: editorial\nRuleset: 2\n")
    #expect(try bank.breaches() == ["level-contradicted"])
  }

  @Test func `a merge does not go back to rules of classification that the line has left`() throws {
    // By the first ruleset nobody asked what a decision decides.
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.propose("loan", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 400\n"])
    try bank.approve("loan", "jane", "ada", "ruth")
    try bank.force(
      "loan", reviews: ["jane", "ada", "ruth"], message: "Ratify\n\nProposal: loan\nRuleset: 1\n",
      at: "2026-11-02T10:30:00Z")
    for _ in 0..<2 { #expect(try bank.breaches() == ["ruleset-lowered"]) }
    #expect(try bank.breaches("main~1..main") == ["ruleset-lowered"])
  }

  @Test func `a change without a reason is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.lowered)
    try bank.shell("git switch -q proposals/lower && git commit -q --amend -m 'Lower it' && git switch -q main")
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    #expect(try bank.breaches() == ["reason-missing"])
  }

  // MARK: - releases

  /// What is found in a bank whose three releases were verified before one of them is tampered with.
  private static func released(_ tampering: String) throws -> [String] {
    let bank = try GuardedBank()
    for amount in [55, 50, 45] {
      let name = "to-\(amount)"
      try bank.propose(name, ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: \(amount)\n"])
      try bank.approve(name, "jane", "ada", "ruth")
      try bank.bench.run("ratify", name, as: bank.person("ada"))
      try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    }
    #expect(try bank.breaches() == [])
    try bank.shell(tampering)
    // What is remembered hides nothing.
    #expect(try bank.findings() == bank.findings(["--again"]))
    return try bank.breaches()
  }

  @Test(arguments: [
    ("true", []),
    ("git tag -d release/second/2", ["release-chain", "release-gap"]),
    ("git update-ref refs/tags/release/second/2 refs/tags/release/second/1", ["release-chain", "release-misnamed"]),
    (
      "git update-ref refs/tags/release/second/2 $(git cat-file tag release/second/2 | "
        + "sed \"s/^object .*/object $(git rev-parse main)/\" | git hash-object -t tag -w --stdin)",
      ["release-chain", "release-moved"]
    ),
    (
      "git update-ref refs/tags/release/second/3 $(git cat-file tag release/second/3 | "
        + "sed 's/^effective: .*/effective: \"2026-02-01\"/' | git hash-object -t tag -w --stdin)",
      ["release-retroactive"]
    ),
  ]) func `a release that is not what it was is found`(_ tampering: String, _ expected: [String]) throws {
    #expect(try Self.released(tampering) == expected)
  }

  @Test func `a release is judged by who held office when it was made`() throws {
    // Who left the office, and has the old state in a clone, releases it.
    for (made, expected) in [
      ("2026-11-02T12:00:00Z", ["release-quorum-missing"]),
      ("2026-11-05T12:00:00Z", ["release-quorum-missing", "release-superseded"]),
    ] {
      let bank = try GuardedBank()
      try bank.shell("git branch old")
      let offices =
        "id: second\ntitle: Second\nfrom: 2026-01-01\noffices: {chief: omar, board: [jane, ada, ruth], lending: eve}\n"
      try bank.propose("oust", ["cycles/second.yaml": offices])
      try bank.approve("oust", "jane", "ada", "ruth")
      try bank.bench.run("ratify", "oust", as: bank.person("ada"))
      try bank.shell("git branch -q new && git reset -q --hard old")
      try bank.bench.run("release", as: bank.person("jane", at: made))
      try bank.shell("git reset -q --hard new")
      #expect(try bank.breaches(as: "ada", at: "2026-11-06T12:00:00Z") == expected)
    }
    // A release that crossed with a ratification by which nobody left is none the worse.
    let honest = try GuardedBank()
    try honest.shell("git branch old")
    try honest.propose("lower", Self.lowered)
    try honest.approve("lower", "jane", "ada", "ruth")
    try honest.bench.run("ratify", "lower", as: honest.person("ada"))
    try honest.shell("git branch -q new && git reset -q --hard old")
    try honest.bench.run("release", as: honest.person("jane", at: "2026-11-02T12:00:00Z"))
    try honest.shell("git reset -q --hard new")
    #expect(try honest.breaches() == [])
  }

  // MARK: - a memory of what was

  @Test func `a receipt remembers the head and the tags`() throws {
    let bank = try GuardedBank()
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    #expect(try bank.breaches("--receipt", "../receipt") == [])
    let written = try bank.bench.read("../receipt")
    #expect(written.contains("release/second/1"))
    #expect(try bank.breaches("--receipt", "../receipt") == [])

    // Reviews and reasons cannot be edited without another head.
    try bank.shell("git tag before main && git reset -q --hard main~1")
    #expect(try bank.breaches() == [])
    #expect(try bank.breaches("--receipt", "../receipt") == ["head-rewound"])
    try bank.shell("git reset -q --hard before && git update-ref -d refs/tags/release/second/1")
    #expect(try bank.breaches("--receipt", "../receipt").contains("tag-removed"))
    #expect(try bank.bench.read("../receipt") == written)
  }

  @Test func `a receipt that is none is refused`() throws {
    let bank = try GuardedBank()
    try bank.bench.write("ethos-receipt 1\nbranch main\n", to: "../receipt")
    let answer = try bank.bench.run("verify", "--receipt", "../receipt", status: 2)
    #expect(answer.errors.contains("is no receipt, or was cut short"))
  }

  // MARK: - the repository itself

  @Test func `replaced objects and grafted parents are found`() throws {
    let bank = try GuardedBank()
    try bank.propose("raise", Self.raised)
    try bank.force("raise")
    try bank.shell("git replace main main~1")
    #expect(try bank.breaches() == ["object-replaced", "quorum-missing"])
    try bank.shell("git replace -d $(git replace -l) && git rev-parse main~0 > .git/info/grafts")
    #expect(try bank.breaches() == ["history-grafted", "quorum-missing"])
  }

  @Test func `an exception is neither written nor agreed to by who gains by it`() throws {
    let exception = [
      "exceptions/late.yaml":
        "id: late\ntitle: Late\nof: limit/risk\nowner: chief\nbenefits: [eve, chief]\nuntil: 2026-12-31\nbecause: It is.\n"
    ]
    let bank = try GuardedBank()
    try bank.propose("late", exception, by: "eve")
    try bank.approve("late", "jane", "ada", "ruth")
    try bank.force("late", reviews: ["jane", "ada", "ruth"])
    let found = try bank.findings()
    #expect(found.map(\.code) == ["quorum-missing", "exception-self-dealing"])
    #expect(found.first?.missing.contains("Jane Doe gains by it") == true, "\(found)")

    let honest = try GuardedBank()
    try honest.propose(
      "late", exception.mapValues { $0.replacing("[eve, chief]", with: "[omar]") }, by: "eve")
    try honest.approve("late", "jane", "ada", "ruth")
    try honest.bench.run("ratify", "late", as: honest.person("eve"))
    #expect(try honest.breaches() == [])
  }

  @Test func `an exception that has ended and still stands is found`() throws {
    let exception = { (until: String) in
      "id: late\ntitle: Late\nof: limit/risk\nowner: chief\nuntil: \(until)\nbecause: It is being wound down.\n"
    }
    let bank = try GuardedBank(["exceptions/late.yaml": exception("2026-06-30")])
    #expect(try bank.breaches() == ["exception-expired"])
    #expect(try GuardedBank(["exceptions/late.yaml": exception("2026-12-31")]).breaches() == [])
  }
}
