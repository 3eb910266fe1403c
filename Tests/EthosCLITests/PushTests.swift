import EthosTestSupport
import Foundation
import Testing

/// Plain `git push` into a bare repository that asks ethos before it receives.
@Suite struct PushTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]

  @Test func `a whole proposal with its reviews, its ratification and a release is received`() throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    try bank.shell("git push -q origin proposals/lower")
    for id in ["jane", "ada", "ruth"] {
      try bank.approve("lower", id)
      try bank.shell("git push -q origin reviews/lower/\(id)", by: id)
    }
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.shell("git push -q origin main", by: "ada")
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    try bank.shell("git push -q origin release/second/1", by: "jane")
    // What is ratified may be tidied up, and what is withdrawn is kept by its tag.
    try bank.shell("git push -q origin :proposals/lower :reviews/lower/jane")
    try bank.propose("other", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 1\n"])
    try bank.bench.run("object", "other", "--because", "No.", as: bank.person("ruth"))
    try bank.shell("git push -q origin proposals/other reviews/other/ruth", by: "ruth")
    try bank.bench.run("withdraw", "other", "--because", "It was a slip.", as: bank.person("eve"))
    try bank.shell("git push -q origin closed/other :proposals/other :reviews/other/ruth")
    #expect(try bank.shell("git -C ../server.git fsck --strict") == "")
    #expect(try bank.shell("ethos verify -C ../server.git").contains("nothing is in breach"))
  }

  @Test func `what is in force past its authority is refused`() throws {
    let bank = try GuardedBank.served()
    try bank.push(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"])
    try bank.refuses("origin main", "direct-change")
    try bank.refuses("--force origin main", "direct-change")
    try bank.shell("git reset -q --hard origin/main")

    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada", "ruth")
    try bank.shell("git push -q origin proposals/lower")
    try bank.force("lower", reviews: ["ada", "ruth"])
    try bank.refuses("origin main", "quorum-missing")
    try bank.shell(
      "git reset -q --hard origin/main && git merge -q --squash proposals/lower && git commit -qm 'Lower (#1)'")
    try bank.refuses("origin main", "squash-merge")
    try bank.shell("git reset -q --hard origin/main")

    try bank.approve("lower", "jane")
    try bank.force("lower", reviews: ["jane", "ada", "ruth"], at: "2026-01-02T09:00:00Z")
    try bank.refuses("origin main", "merge-backdated")
    try bank.shell("git reset -q --hard origin/main")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.shell("git push -q origin main")
  }

  @Test func `the line in force does not go back, and does not go`() throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.shell("git push -q origin main")
    try bank.refuses("--force origin main~1:main", "head-rewound")
    try bank.refuses("origin :main", "branch-removed")
    // A merge with main as its second parent would put the proposal's line in the place of main's.
    try bank.propose("loan", ["limits/loan.yaml": "id: loan\ntitle: Largest loan\natMost: 1\n"])
    try bank.shell(
      "git update-ref refs/heads/foxtrot $(git commit-tree 'proposals/loan^{tree}' -p proposals/loan -p main -m x)")
    try bank.refuses("origin foxtrot:main", "direct-change")
  }

  @Test func `no push puts another branch in force`() throws {
    let trunk = GuardedBank.charter.replacing("branch: main", with: "branch: trunk")
    let bank = try GuardedBank(["ethos.yaml": trunk])
    try bank.shell(
      "git branch -qm trunk && git init -q --bare -b trunk ../server.git && git remote add origin ../server.git")
    try bank.shell("ethos hook install -C ../server.git && git push -q origin trunk")
    try bank.shell("git switch -q -c main && sed -i 's/branch: trunk/branch: main/' ethos.yaml && git commit -qam x")
    try bank.shell("git push -q origin main main:refs/heads/draft")
    let served = try bank.person("ada").run(["verify", "-C", "\(bank.bench.root)/server.git"])
    #expect(served.status == 0 && served.output.contains("Verification of trunk"), "\(served.output)\(served.errors)")
    // A line with a first commit of its own could be taken for the one in force.
    try bank.shell(
      "git switch -q --orphan own && git checkout -q main -- . && sed -i 's/branch: main/branch: own/' ethos.yaml && git add -A && git commit -qm Found"
    )
    try bank.refuses("origin own", "branch-replaced")
  }

  @Test func `what is in force stays where HEAD of the server names no branch that is there`() throws {
    let bank = try GuardedBank()
    try bank.shell("git init -q --bare -b master ../server.git && git remote add origin ../server.git")
    try bank.shell("ethos hook install -C ../server.git && git push -q origin main")
    try bank.refuses("origin :main", "branch-removed")
    try bank.shell(
      "git switch -q -c aaa && sed -i 's/branch: main/branch: aaa/' ethos.yaml && git add -A && git branch -q rival "
        + "$(git commit-tree $(git write-tree) -m Found) && git reset -q --hard && git switch -q main")
    try bank.refuses("origin rival:aaa :main", "branch-removed")
    try bank.refuses("origin rival:aaa", "branch-replaced")
    // A proposal, and a draft under a name that its charter does not put in force, are received.
    try bank.propose("lower", Self.lowered)
    try bank.shell("git push -q origin proposals/lower rival:refs/heads/draft")
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.shell("git push -q origin main")
  }

  @Test func `what cannot be read is refused`() throws {
    let bank = try GuardedBank.served()
    try bank.shell(
      "git switch -q -c proposals/new && printf 'id: [broken' > limits/new.yaml && git add -A && git commit -qm New -m 'It is time.' && git switch -q main"
    )
    try bank.shell("git push -q origin proposals/new")
    try bank.force("new")
    try bank.refuses("origin main", "identity-unreadable")
  }

  @Test func `tags of records stay where they are`() throws {
    let bank = try GuardedBank.served()
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    try bank.shell("git push -q origin release/second/1")
    try bank.refuses("origin :refs/tags/release/second/1", "tag-removed")
    try bank.shell("git tag -f -a -m other release/second/1 main")
    try bank.refuses("--force origin release/second/1", "tag-remade")
    try bank.shell("git tag -a -m mine release/second/2 main && git tag light main")
    try bank.refuses("origin release/second/2", "release-unreadable")
    try bank.shell("git push -q origin light")
    try bank.bench.run("propose", "nothing", "--because", "x", status: 1, as: bank.person("eve"))
    try bank.propose("lower", Self.lowered)
    try bank.bench.run("withdraw", "lower", "--because", "Later.", as: bank.person("eve"))
    try bank.shell("git push -q origin closed/lower")
    try bank.refuses("origin :refs/tags/closed/lower", "tag-removed")
  }

  @Test func `a release by somebody who may not release is refused`() throws {
    let bank = try GuardedBank.served()
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    // The same manifest under another name.
    try bank.shell(
      "git update-ref refs/tags/release/second/1 $(git cat-file tag release/second/1 | "
        + "sed 's/Jane Doe <jane@/Eve Ling <eve@/' | git hash-object -t tag -w --stdin)")
    try bank.refuses("origin release/second/1", "release-quorum-missing")
  }

  @Test func `reviews are their authors' own`() throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("ada"))
    try bank.shell("git push -q origin proposals/lower reviews/lower/ada", by: "ada")
    try bank.refuses("origin :reviews/lower/ada", "proposal-lost")
    try bank.refuses("origin :proposals/lower", "proposal-lost")
    try bank.bench.run("approve", "lower", as: bank.person("ruth"))
    try bank.refuses("origin reviews/lower/ruth:reviews/lower/jane", "review-of-another")
    try bank.refuses("--force origin reviews/lower/ruth:reviews/lower/ada", "review-rewritten")
    try bank.shell("git replace main proposals/lower")
    try bank.refuses("origin 'refs/replace/*:refs/replace/*'", "object-replaced")
  }

  @Test func `a commit to what is in force, and one without a reason, is stopped before it is made`() throws {
    let bank = try GuardedBank()
    #expect(try bank.shell("ethos hook install").contains("commit-msg"))
    #expect(try bank.shell("ethos hook install").contains("is as it should be"))
    try bank.bench.write("id: loan\ntitle: Largest loan\natMost: 1\n", to: "limits/loan.yaml")
    let said = try bank.shell("git commit -qam 'Lower it' -m 'Losses.'", status: 1)
    #expect(said.contains("what is in force is changed by ratifying a proposal"))
    try bank.shell("git switch -q -c proposals/loan")
    #expect(try bank.shell("git commit -qam 'Lower it'", status: 1).contains("gives no reason"))
    try bank.shell("git commit -qam 'Lower it' -m 'Losses.'")
    try bank.bench.write("Hello\n", to: "README.md")
    try bank.shell("git switch -q main && git add README.md && git commit -qm 'Say hello'")
  }

  @Test func `a push of what is in breach is stopped before it leaves`() throws {
    let bank = try GuardedBank()
    try bank.shell(
      "git init -q --bare -b main ../server.git && git remote add origin ../server.git && git push -q origin main")
    try bank.push(["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 90\n"])
    try bank.shell("ethos hook install")
    #expect(try bank.shell("git push -q origin main", status: 1).contains("direct-change"))
    try bank.shell("git push -q origin main:refs/heads/draft")
    // Whoever knows better says so to git.
    try bank.shell("git push -q --no-verify origin main")
  }

  @Test func `a hook of another program stays`() throws {
    let bank = try GuardedBank()
    try bank.shell(
      "mkdir -p .git/hooks && printf '#!/bin/sh\\nexit 0\\n' > .git/hooks/pre-push && chmod +x .git/hooks/pre-push")
    let answer = try bank.bench.run("hook", "install", status: 1)
    #expect(answer.output.contains("another program's"), "\(answer.output)")
    #expect(answer.output.contains("ethos hook run pre-push \"$@\""), "\(answer.output)")
    #expect(try bank.bench.read(".git/hooks/pre-push").hasSuffix("exit 0\n"))
  }
}
