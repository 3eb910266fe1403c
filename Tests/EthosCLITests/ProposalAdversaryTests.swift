import EthosTestSupport
import Foundation
import Testing

/// What can be hidden in the commits and files of a proposal, in its name, and in the record of a merge.
@Suite struct ProposalAdversaryTests {
  private static let raised = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"]
  private static let later = "2026-11-02T10:30:00Z"

  // MARK: - who wrote it

  @Test func `nobody agrees alone to a layout of their own`() throws {
    let layout = ["limits/risk.yaml": "# Will be dropped in 2027.\nid: risk\ntitle: Risk\natMost: 60\n"]
    let bank = try GuardedBank()
    try bank.propose("tidy", layout, by: "eve")
    try bank.approve("tidy", "eve")
    try bank.bench.run("ratify", "tidy", status: 1, as: bank.person("eve"))
    try bank.force("tidy", reviews: ["eve"])
    #expect(try bank.breaches() == ["quorum-missing"])

    let honest = try GuardedBank()
    try honest.propose("tidy", layout, by: "eve")
    try honest.approve("tidy", "omar")
    try honest.bench.run("ratify", "tidy", as: honest.person("eve"))
    #expect(try honest.breaches() == [])
  }

  @Test func `who wrote what an earlier merge took back is its author still`() throws {
    let decision = GuardedBank.files["decisions/loan.yaml"] ?? ""
    let changed = decision.replacing("| > most | no     |", with: "| > most | no     |\n  | < 10   | no     |")
    let bank = try GuardedBank()
    try bank.propose("lend", ["decisions/loan.yaml": changed], by: "eve")
    try bank.approve("lend", "eve")
    try bank.shell(
      """
      one=$(git rev-parse proposals/lend) && \
      back=$(git commit-tree 'main^{tree}' -p $one -m Back -m No.) && \
      merge=$(git commit-tree 'main^{tree}' -p main -p $back -m Merge) && \
      git switch -q proposals/lend && printf '\\n# A comment.\\n' >> decisions/loan.yaml && git commit -qam Comment -m Tidy. && \
      git switch -q main && git update-ref refs/heads/main \
      $(git commit-tree 'proposals/lend^{tree}' -p $merge -p proposals/lend -p reviews/lend/eve -m Ratify)
      """)
    let found = try bank.breaches()
    // The line had taken the change back: that the last merge has it again is the choice of who merged.
    #expect(found == ["empty-merge", "made-in-merge", "quorum-missing"])
  }

  @Test func `a change in a merge of a proposal says why`() throws {
    for (words, expected) in [("", ["reason-missing"]), ("-m 'It is time.'", [])] {
      let bank = try GuardedBank()
      try bank.shell(
        """
        echo 'id: risk' > limits/risk.yaml && echo 'title: Risk' >> limits/risk.yaml && echo 'atMost: 55' >> limits/risk.yaml && \
        git add -A && tree=$(git write-tree) && git reset -q --hard && \
        side=$(git commit-tree 'main^{tree}' -p main -m Side) && \
        git update-ref refs/heads/proposals/lower $(git commit-tree $tree -p main -p $side -m Lower \(words))
        """)
      try bank.approve("lower", "jane", "ada", "ruth")
      try bank.force("lower", reviews: ["jane", "ada", "ruth"])
      #expect(try bank.breaches() == expected)
    }
  }

  // MARK: - what cannot be read

  @Test(arguments: [
    ("limits/new.yaml", "id: [broken\n"),
    ("limits/risk.yaml", "id: risk\ntitle: Risk\natMost: 60\natMost: 99\n"),
    ("limits/zz.yaml", "id: risk\ntitle: Risk\natMost: 99\n"),
  ]) func `what ethos cannot read does not come into force unseen`(_ path: String, _ text: String) throws {
    let bank = try GuardedBank()
    try bank.bench.write(text, to: path)
    try bank.shell(
      "git switch -q -c proposals/new && git add -A && git commit -qm New -m 'It is time.' && git switch -q main")
    try bank.force("new")
    #expect(try bank.breaches().contains("identity-unreadable"))
    #expect(try bank.breaches("--again") == bank.breaches())
  }

  @Test func `an adoption brings no file along`() throws {
    let bank = try GuardedBank()
    try bank.push(Self.raised)
    let commit = try bank.shell("git rev-parse main")
    try bank.bench.run("adopt", commit, "--because", "It was meant.", "--name", "mend", as: bank.person("omar"))
    try bank.approve("mend", "jane", "ada", "ruth")
    try bank.shell(
      "git switch -q -c evil && printf 'id: [broken' > limits/new.yaml && git add -A && git commit -qm x && git switch -q main"
    )
    try bank.force("mend", reviews: ["jane", "ada", "ruth"], tree: "evil^{tree}", at: Self.later)
    #expect(try bank.breaches() == ["direct-change", "identity-unreadable"])
  }

  // MARK: - objections that are left out

  @Test func `an objection is left out by a merge that names nothing, or is dated a little before it`() throws {
    for (message, moment) in [
      ("Merge it", Self.later), ("Merge it", "2026-11-02T06:00:00Z"),
    ] {
      let bank = try GuardedBank()
      try bank.propose("raise", Self.raised)
      try bank.approve("raise", "jane", "ada", "ruth")
      try bank.bench.run("object", "raise", "--because", "Never.", as: bank.person("omar"))
      // The proposal goes on, so that its tip is not the one that was merged.
      try bank.force("raise", reviews: ["jane", "ada", "ruth"], message: message, at: moment)
      try bank.shell(
        "git update-ref refs/heads/proposals/raise $(git commit-tree 'main^{tree}' -p proposals/raise -m On)")
      #expect(try bank.breaches() == ["objection-left-out"], "\(message)")

      // It is mended by those who agree in spite of it, and say why.
      try bank.bench.run(
        "adopt", "main", "--because", "It was meant.", "--name", "mend", as: bank.person("jane", at: Self.later))
      try bank.approve("mend", "jane", "ada", "ruth", at: Self.later)
      try bank.bench.run("ratify", "mend", status: 1, as: bank.person("ada", at: Self.later))
      try bank.bench.run(
        "ratify", "mend", "--answer", "omar=The losses are over.", as: bank.person("ada", at: Self.later))
      #expect(try bank.breaches() == [])
    }
  }

  @Test func `an objection to another proposal of the same change is told, and nothing is in breach`() throws {
    let bank = try GuardedBank()
    try bank.propose("raise", Self.raised)
    try bank.bench.run("object", "raise", "--because", "Never.", as: bank.person("omar"))
    try bank.propose("other", Self.raised, by: "omar")
    try bank.approve("other", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "other", as: bank.person("ada"))
    let found = try bank.findings()
    #expect(found.map(\.code) == ["objection-left-out"])
    #expect(found.map(\.severity) == ["note"])
  }

  // MARK: - reaffirmations

  @Test func `a reaffirmation by a merge is held to its rule`() throws {
    for (person, expected) in [("omar", ["reaffirmation-unowned"]), ("jane", [])] {
      let bank = try GuardedBank()
      try bank.bench.run("reaffirm", "limit/risk", "--because", "It is right.", as: bank.person("jane"))
      try bank.shell(
        """
        git log -1 --format=%B > ../message && git reset -q --hard HEAD~1 && \
        side=$(git commit-tree 'main^{tree}' -p main -m Side) && \
        git update-ref refs/heads/main $(git commit-tree 'main^{tree}' -p main -p $side -F ../message)
        """, by: person)
      #expect(try bank.breaches() == expected)
    }
  }

  // MARK: - objects

  @Test func `a commit whose parents git would not see is refused`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", Self.raised)
    try bank.force("lower")
    try bank.shell(
      """
      parent=$(git rev-parse main^2) && git cat-file commit main | awk -v p="parent $parent" \
      '/^parent/ && ++n > 1 {next} {print} /^committer/ {print p}' > ../commit && \
      git update-ref refs/heads/main $(git hash-object -t commit -w --literally ../commit)
      """)
    let refused = try bank.bench.run("verify", status: 1, as: bank.person("ada"))
    #expect(refused.output.contains("malformed"), "\(refused.output)")
  }
}
