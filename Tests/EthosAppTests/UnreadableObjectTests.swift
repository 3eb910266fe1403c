import EthosApp
import EthosGit
import EthosGovernance
import EthosRecord
import EthosStore
import EthosTestSupport
import EthosText
import Testing

/// Nothing that anybody pushes stops the judge: what cannot be read is named and set aside, and the rest is judged.
@Suite struct UnreadableObjectTests {
  private static let charter = """
    ethos: 1
    organisation: Test
    authority:
      - {change: ["*"], level: critical, quorum: {chief-executive: 1}}

    """

  /// An identity with an authority, and a commit past every proposal on it.
  private func identity() throws -> (TestRepository, root: String, breach: String) {
    let test = try TestRepository()
    let root = try test.commit(
      [
        "ethos.yaml": Self.charter, "people/jane.yaml": "id: jane\nname: Jane Doe\nemails: [\(Git.email)]\n",
        "cycles/first.yaml":
          "id: first\ntitle: First\nfrom: 2025-01-01\noffices: {chief-executive: jane}\n",
        "limits/risk.yaml": limit(60),
      ], "Begin\n\nSo that we answer for it.")
    return (test, root, try test.commit(["limits/risk.yaml": limit(99)], "Tidy\n\nWhy not."))
  }

  private func limit(_ amount: Int) -> String { "id: risk\ntitle: Risk\natMost: \(amount)\n" }

  private func workspace(_ test: TestRepository) throws -> Workspace {
    let repository = try Repository.open(at: test.path, search: .exact, environment: Git.environment)
    return try Workspace(
      store: IdentityStore(repository),
      environment: AppEnvironment(
        variables: Git.environment, workingDirectory: test.path, now: Instant(seconds: Git.seconds + 86_400)))
  }

  private func findings(_ test: TestRepository) throws -> [Finding] {
    var request = VerifyRequest()
    request.usesMemory = false
    return try workspace(test).verify(request).findings
  }

  private func codes(_ test: TestRepository, _ severity: Finding.Severity? = nil) throws -> [String] {
    try findings(test).filter { severity == nil || $0.severity == severity }.map(\.code)
  }

  private func tag(_ test: TestRepository, _ lines: String) throws -> String {
    try test.object("tag", Array((lines + "\n\nWords\n").utf8))
  }

  @Test(arguments: [
    "heads/proposals/bad", "heads/reviews/lower/zoe", "remotes/origin/proposals/bad", "remotes/o/reviews/x/y",
  ])
  func `a branch that cannot be read is named, and the breach beside it is found`(branch: String) throws {
    let (test, root, breach) = try identity()
    let gone = String(repeating: "1", count: 40)
    let tree = try test.git("rev-parse", "HEAD^{tree}")
    let line = "Eve Ling <eve@bank.example> \(Git.seconds) +0000"
    let unsorted = try test.tree([("100644", "b", test.blob("1")), ("100644", "a", test.blob("1"))])
    let contents = [
      try test.commitWithMovedParent(on: breach), gone, try test.blob("x"), "no id",
      try test.commit(tree: tree, parents: [breach, test.commitWithMovedParent(on: root)]),
      try test.commit(lines: ["tree \(gone)", "parent \(breach)", "author \(line)", "committer \(line)"]),
      try test.commit(lines: ["tree \(unsorted)", "parent \(breach)", "author \(line)", "committer \(line)"]),
      try test.commit(lines: ["tree \(tree)", "parent \(gone)", "author \(line)", "committer \(line)"]),
      try test.commit(
        tree: test.tree(of: breach, with: ("40000", "values", test.deepTree(1_100))), parents: [breach]),
    ]
    for content in contents {
      try test.setReference("refs/\(branch)", to: content)
      let found = try findings(test)
      #expect(found.map(\.code) == ["direct-change", "branch-unreadable"], "\(content)")
      #expect(found.last?.severity == .note)
      let name = branch.split(separator: "/").dropFirst().joined(separator: "/")
      #expect(found.last?.message.contains(name) == true)
      let status = try workspace(test).status()
      #expect(status.proposals.isEmpty)
      #expect(status.unreadable.map(\.reference) == ["refs/\(branch)"])
      // What is advised mends it.
      let help = try #require(found.last?.help.first { $0.hasPrefix("remove ") })
      let command = try #require(help.split(separator: "`").dropFirst().first)
      let result = try run("/bin/sh", ["-c", String(command)], in: test.path, environment: Git.environment)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try codes(test) == ["direct-change"], "\(content) \(help)")
    }
  }

  @Test func `honest branches are no finding, however they are made`() throws {
    let (test, root, breach) = try identity()
    // Not the tree of the breach: that would be the proposal's content put in force.
    let tree = try test.git("rev-parse", "\(root)^{tree}")
    try test.git("update-ref", "refs/heads/proposals/good", test.commit(tree: tree, parents: [root]))
    try test.git("update-ref", "refs/heads/proposals/old", root)
    try test.git(
      "update-ref", "refs/remotes/origin/proposals/merged", test.commit(tree: tree, parents: [root, breach]))
    try test.git(
      "update-ref", "refs/heads/proposals/long",
      test.commit(
        lines: [
          "tree \(tree)", "parent \(breach)", "author A <a@x> 1 +0000", "committer A <a@x> 1 +0000",
          "gpgsig -----BEGIN", " x", "mergetag object x", " y",
        ], message: String(repeating: "Words and words.\n", count: 100_000)))
    #expect(try codes(test) == ["direct-change"])
    #expect(try workspace(test).status().unreadable.isEmpty)
  }

  @Test func `a proposal that cannot be read is named where somebody asks for it`() throws {
    let (test, _, breach) = try identity()
    try test.setReference("refs/heads/proposals/bad", to: test.commitWithMovedParent(on: breach))
    let workspace = try workspace(test)
    do {
      _ = try workspace.proposal(named: "bad")
      Issue.record("it was read")
    } catch let failure as Failure {
      #expect(failure.message.contains("malformed"))
      #expect(failure.help.contains { $0.contains("git update-ref -d refs/heads/proposals/bad") })
    }
  }

  @Test func `the tag of a closed proposal that cannot be read is named`() throws {
    let (test, root, breach) = try identity()
    try test.git("tag", "-a", "closed/fine", "-m", ClosingRecord(proposal: "fine", because: "Later.").message, root)
    #expect(try codes(test) == ["direct-change"])
    let gone = String(repeating: "1", count: 40)
    let malformed = [
      gone, try tag(test, "object \(gone)\ntype commit\ntag x\ntagger A <a@x> 1 +0000"),
      try tag(test, "object \(breach)"),
      try tag(test, "object \(test.blob("x"))\ntype blob\ntag x\ntagger A <a@x> 1 +0000"), "no id",
    ]
    try test.git(
      "update-ref", "refs/remotes/origin/proposals/bad", test.commit(tree: "\(root)^{tree}", parents: [root]))
    for content in malformed {
      try test.setReference("refs/tags/closed/bad", to: content)
      #expect(
        try Set(codes(test)).subtracting(["closing-invalid"]) == ["direct-change", "tag-unreadable"], "\(content)")
      #expect(try workspace(test).status().unreadable.map(\.name) == ["closed/bad"])
    }
  }

  @Test func `a release that is none is a finding of its own`() throws {
    let (test, _, breach) = try identity()
    let gone = String(repeating: "1", count: 40)
    for content in [
      gone, try test.blob("x"), try tag(test, "object \(breach)"),
      try tag(test, "object \(gone)\ntype commit\ntag x\ntagger A <a@x> 1 +0000"),
    ] {
      try test.setReference("refs/tags/release/first/1", to: content)
      #expect(try codes(test).contains("release-unreadable"), "\(content)")
      _ = try workspace(test).status()
    }
  }

  // MARK: - On the line itself

  /// A root tree with something added that cannot be read.
  private func trees(_ test: TestRepository, _ base: String) throws -> [(String, String)] {
    let blob = try test.blob("id: a\ntitle: A\n")
    let twice = try test.tree([("100644", "a.yaml", blob), ("100644", "a.yaml", blob)])
    return [
      ("deep", try test.tree(of: base, with: ("40000", "values", test.deepTree(1_100)))),
      ("twice", try test.tree(of: base, with: ("40000", "values", twice))),
      ("missing", try test.tree(of: base, with: ("40000", "values", String(repeating: "1", count: 40)))),
      ("whole", twice),
      ("case", try test.tree(of: base, with: ("40000", "Values", test.tree([("100644", "a.yaml", blob)])))),
      ("link", try test.tree(of: base, with: ("120000", "values", blob))),
      ("charter", try test.tree(of: base, with: ("100644", "ETHOS.yaml", blob))),
      ("submodule", try test.tree(of: base, with: ("160000", "values", base))),
    ]
  }

  @Test func `a commit whose tree cannot be read is a breach, and the next commit is judged`() throws {
    let (test, _, breach) = try identity()
    for (name, tree) in try trees(test, breach) {
      let bad = try test.commit(tree: tree, parents: [breach])
      let next = try test.commit(tree: test.git("rev-parse", "\(breach)^{tree}"), parents: [bad])
      try test.git("update-ref", "refs/heads/main", next)
      let found = try findings(test)
      let ofBad = found.filter { $0.commit?.hex == bad && $0.severity == .breach }
      #expect(
        ofBad.contains { $0.code == "identity-unreadable" || $0.code == "object-malformed" }, "\(name): \(found)")
      #expect(found.contains { $0.commit?.hex == breach && $0.code == "direct-change" }, "\(name)")
    }
    // The honest twin: what is not of the identity is no matter of ours.
    let twin = try test.tree(of: breach, with: ("100644", "README.md", test.blob("Words")))
    try test.git("update-ref", "refs/heads/main", test.commit(tree: twin, parents: [breach]))
    #expect(try codes(test) == ["direct-change"])
  }

  @Test func `a merge that brings what cannot be read is a breach, and the next commit is judged`() throws {
    let (test, root, breach) = try identity()
    let tree = try test.git("rev-parse", "\(breach)^{tree}")
    let bad = try test.commitWithMovedParent(on: root)
    let merge = try test.commit(tree: tree, parents: [breach, bad])
    let last = try test.commit(tree: test.git("rev-parse", "\(root)^{tree}"), parents: [merge])
    try test.git("update-ref", "refs/heads/main", last)
    let found = try findings(test)
    #expect(found.contains { $0.commit?.hex == merge && $0.code == "object-malformed" }, "\(found)")
    #expect(found.contains { $0.commit?.hex == last && $0.code == "direct-change" })
    #expect(found.contains { $0.commit?.hex == breach && $0.code == "direct-change" })
  }

  @Test func `a line that ends at what cannot be read is said to, and what lies above is judged`() throws {
    let (test, _, breach) = try identity()
    let tree = try test.git("rev-parse", "\(breach)^{tree}")
    let line = "Eve Ling <eve@bank.example> \(Git.seconds) +0000"
    let gone = String(repeating: "1", count: 40)
    for bad in [try test.commitWithMovedParent(on: breach), gone] {
      let above = try test.commit(
        lines: ["tree \(tree)", "parent \(bad)", "author \(line)", "committer \(line)"], message: "Above\n")
      let changed = try test.tree(
        of: breach, with: ("40000", "limits", test.tree([("100644", "risk.yaml", test.blob(limit(7)))])))
      let last = try test.commit(tree: changed, parents: [above])
      try test.git("update-ref", "refs/heads/main", last)
      let found = try findings(test)
      #expect(found.first?.code == "line-broken")
      #expect(found.first?.commit?.hex == bad)
      #expect(found.contains { $0.commit?.hex == last && $0.code == "direct-change" }, "\(found)")
      // Nothing of it is remembered.
      _ = try workspace(test).verify(VerifyRequest())
      #expect(try workspace(test).verify(VerifyRequest()).remembered == 0)
    }
  }

  @Test func `a tip that cannot be read is the verdict`() throws {
    let (test, _, breach) = try identity()
    let bad = try test.commitWithMovedParent(on: breach)
    try test.git("checkout", "-q", "--detach", breach)
    try test.setReference("refs/heads/main", to: bad)
    let found = try findings(test)
    #expect(found.map(\.code) == ["line-broken"])
    #expect(found.first?.severity == .breach)
  }
}
