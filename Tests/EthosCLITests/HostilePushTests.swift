import EthosTestSupport
import Foundation
import Testing

/// What somebody with write access pushes against the rules, each beside the honest push that looks like it.
@Suite struct HostilePushTests {
  private static let lowered = ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"]

  // MARK: - what cannot be read

  @Test func `a hook that cannot read what it is asked refuses`() throws {
    let bank = try GuardedBank.served()
    for input in ["< .", "< /dev/null", "< ethos.yaml"] {
      try bank.shell("ethos hook run pre-receive -C ../server.git \(input)", status: 2)
    }
    try bank.shell("ethos hook run pre-push < .", status: 2)
    try bank.shell("ethos hook run pre-push < /dev/null")
  }

  @Test func `an object that cannot be read is refused on every branch`() throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    // Git sees other parents than those that are written after the author.
    try bank.shell(
      "git cat-file commit proposals/lower | sed '/^parent/d' | sed \"/^author/a parent $(git rev-parse main)\" > ../bad"
    )
    let bad = try bank.shell("git hash-object -t commit -w --literally ../bad")
    for name in ["heads/reviews/lower/eve", "heads/proposals/bad", "heads/draft", "tags/bad", "heads/main"] {
      try bank.refuses("--force origin \(bad):refs/\(name)", "object-unreadable")
    }
    try bank.shell("git push -q origin proposals/lower proposals/lower:refs/heads/draft")
  }

  // MARK: - objections

  @Test func `a merge that leaves out an objection which the server has is refused`() throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("omar"))
    try bank.force("lower", reviews: ["jane", "ada", "ruth"])
    // Known to nobody but its author, it stops nothing; pushed beside the merge or before it, it does.
    try bank.refuses("origin main reviews/lower/omar", "objection-left-out")
    try bank.shell("git push -q origin proposals/lower 'refs/heads/reviews/*'")
    try bank.refuses("origin main", "objection-left-out")
    try bank.refuses("origin main :reviews/lower/omar", "objection-left-out")
    try bank.shell("git reset -q --hard origin/main")
    try bank.bench.run("ratify", "lower", "--answer", "omar=We can afford it.", as: bank.person("ada"))
    try bank.shell("git push -q origin main")
  }

  @Test func `no force and no deletion takes away a review that the server has`() throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("ruth"))
    try bank.bench.run("collect", "lower", as: bank.person("eve"))
    try bank.shell("git push -q origin proposals/lower")
    try bank.refuses("--force origin main:proposals/lower", "proposal-lost")
    try bank.refuses("--force origin proposals/lower^:proposals/lower", "proposal-lost")
    try bank.refuses("origin :proposals/lower", "proposal-lost")
    try bank.refuses("origin :proposals/lower proposals/lower:proposals/other", "proposal-lost")
    // Kept under its author's name too, it does not hold the proposal fast.
    try bank.shell("git push -q origin reviews/lower/ruth")
    try bank.shell("git push -q --force origin proposals/lower^:proposals/lower")
    try bank.refuses("origin :reviews/lower/ruth", "proposal-lost")
    try bank.refuses("--force origin proposals/lower:refs/heads/reviews/lower/ruth", "review-unreadable")
    try bank.refuses("origin :reviews/lower/ruth reviews/lower/ruth:reviews/other/ruth", "proposal-lost")
    // Joined to the proposal again, it may go from the branch of its author.
    try bank.shell("git push -q --force origin proposals/lower && git push -q origin :reviews/lower/ruth")
    try bank.refuses("--force origin proposals/lower^:proposals/lower", "proposal-lost")
  }

  @Test func `a proposal is rewritten by its author while its reviews stay`() throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "ada")
    try bank.shell("git push -q origin proposals/lower reviews/lower/ada")
    try bank.shell("git switch -q proposals/lower && git commit -q --amend -m Lower -m 'It is high time.'")
    try bank.shell("git push -q --force origin proposals/lower")
    try bank.bench.run("approve", "lower", as: bank.person("ada"))
    try bank.shell("git push -q origin reviews/lower/ada", by: "ada")
    #expect(try bank.shell("ethos verify -C ../server.git").contains("nothing is in breach"))
  }

  // MARK: - withdrawals

  @Test func `nothing but a record closes a proposal`() throws {
    let bank = try GuardedBank.served()
    try bank.shell("git tag closed/lower main && git tag -a -m 'Closed' closed/other main")
    try bank.refuses("origin closed/lower", "closing-invalid")
    try bank.refuses("origin closed/other", "closing-invalid")
    try bank.shell("git tag -d closed/lower closed/other")
    try bank.propose("lower", Self.lowered)
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("ruth"))
    try bank.shell("git push -q origin proposals/lower reviews/lower/ruth")
    // Without the objection, by somebody who has nothing to do with it, of something else, and under another name.
    try bank.bench.write("Withdraw lower\n\nLater.\n\nClosed: lower\n", to: "../message")
    try bank.shell("git tag -a -F ../message closed/lower proposals/lower")
    try bank.refuses("origin closed/lower :proposals/lower", "closing-incomplete")
    try bank.shell("git tag -f -a -F ../message closed/lower main")
    try bank.refuses("origin closed/lower", "closing-incomplete")
    try bank.shell("git tag -f -a -F ../message closed/other reviews/lower/ruth")
    try bank.refuses("origin closed/other", "closing-invalid")
    try bank.shell(
      "git -c user.name=Mallory -c user.email=mallory@else.example tag -f -a -F ../message closed/lower reviews/lower/ruth",
      by: "mallory")
    try bank.refuses("origin closed/lower", "closing-unauthorised")
    try bank.shell("git tag -d closed/lower closed/other")
    try bank.bench.run("withdraw", "lower", "--because", "Later.", as: bank.person("eve"))
    try bank.shell("git push -q origin closed/lower :proposals/lower :reviews/lower/ruth")
    // What was withdrawn is closed: its name begins nothing new.
    try bank.shell(
      "git push -q origin closed/lower^{}:refs/heads/proposals/lower && git push -q origin :proposals/lower")
    try bank.refuses(
      "origin $(git commit-tree 'closed/lower^{tree}' -p main -m Again -m 'It is time.'):refs/heads/proposals/lower",
      "proposal-closed")
  }

  @Test func `a tag that holds the name of a proposal does not keep it open`() throws {
    let bank = try GuardedBank()
    try bank.shell(
      "git init -q --bare -b main ../server.git && git remote add origin ../server.git && git push -q origin main")
    try bank.shell("git tag closed/lower main && git push -q origin closed/lower")
    #expect(try bank.breaches() == ["closing-invalid"])
    try bank.shell("ethos hook install -C ../server.git")
    try bank.propose("lower", Self.lowered)
    let said = try bank.bench.run("withdraw", "lower", "--because", "Later.", as: bank.person("eve"))
    #expect(said.errors.contains("closed no proposal"), "\(said.errors)")
    #expect(try bank.breaches() == [])
    // The record takes the place of what was none; a record stays.
    try bank.shell("git push -q --force origin closed/lower")
    try bank.refuses("--force origin main:refs/tags/closed/lower", "tag-remade")
    try bank.shell("git branch proposals/lower 'closed/lower^{}'")
    let again = try bank.bench.run("withdraw", "lower", "--because", "x", status: 1, as: bank.person("eve"))
    #expect(again.errors.contains("was withdrawn"))
  }

  @Test func `what was squatted may be taken away`() throws {
    let bank = try GuardedBank.served()
    try bank.shell("git -C ../server.git tag closed/lower main && git push -q origin :refs/tags/closed/lower")
  }

  // MARK: - reviews

  @Test func `a review is on the branch of whoever wrote and signed it`() throws {
    let keys = try ["jane", "ada", "ruth", "eve"].reduce(into: [String: SSHKeyPair]()) { $0[$1] = try SSHKeyPair() }
    let required = GuardedBank.charter.replacing("branch: main", with: "branch: main\nsignatures: required")
    let bank = try GuardedBank.served(["ethos.yaml": required], keys: keys)
    try bank.propose("lower", Self.lowered)
    try bank.bench.run("object", "lower", "--because", "No.", as: bank.person("ada"))
    let message = try bank.shell(
      "git log -1 --format=%B reviews/lower/ada > ../message; git rev-parse reviews/lower/ada")
    #expect(message.count == 40)
    let forged = try bank.shell(
      "git commit-tree 'proposals/lower^{tree}' -p proposals/lower -F ../message", by: "ada")
    try bank.shell("git push -q origin proposals/lower")
    try bank.refuses("origin \(forged):refs/heads/reviews/lower/ada", "review-of-another")
    try bank.refuses("origin reviews/lower/ada:refs/heads/reviews/lower/ruth", "review-of-another")
    try bank.refuses("origin reviews/lower/ada:refs/heads/reviews/lower/zzz", "review-of-another")
    try bank.refuses("origin reviews/lower/ada:refs/heads/reviews/lower/ruth.by.ada", "review-of-another")
    try bank.refuses("origin proposals/lower:refs/heads/reviews/lower/ruth", "review-unreadable")
    try bank.shell("git push -q origin reviews/lower/ada")
    // Who reads a proposal that carries reviews brings those of others along, which are theirs.
    try bank.bench.run("collect", "lower", as: bank.person("eve"))
    try bank.bench.run("approve", "lower", as: bank.person("ruth"))
    try bank.shell("git push -q origin reviews/lower/ruth")
  }

  // MARK: - names

  @Test(arguments: [
    ("refs/heads/Main", "reference-ambiguous"), ("refs/heads/MAIN", "reference-ambiguous"),
    ("refs/heads/Proposals/lower", "reference-ambiguous"), ("refs/tags/CLOSED/lower", "reference-ambiguous"),
    ("refs/heads/proposals/LOWER", "reference-ambiguous"), ("refs/tags/main", "reference-ambiguous"),
    ("refs/tags/origin/main", "reference-ambiguous"), ("refs/tags/proposals/lower", "reference-ambiguous"),
    ("refs/tags/origin/reviews/lower/ada", "reference-ambiguous"), ("refs/heads/proposals/a/b", "reference-misnamed"),
    ("refs/heads/reviews/lower/a/b", "reference-misnamed"), ("refs/heads/reviews/lower", "reference-misnamed"),
    ("refs/heads/reviews", "reference-misnamed"), ("refs/tags/closed/lower/x", "reference-misnamed"),
    ("refs/tags/closed", "reference-misnamed"), ("refs/tags/release", "reference-misnamed"),
    ("refs/ethos/log", "reference-foreign"), ("refs/remotes/x/reviews/lower/ada", "reference-foreign"),
    ("refs/stash", "reference-foreign"), ("refs/heads/ethos/log", "reference-ambiguous"),
    ("refs/heads/refs/heads/main", "reference-ambiguous"), ("refs/heads/heads/main", "reference-ambiguous"),
  ])
  func `a name that hides a record, or could be taken for one, is refused`(name: String, code: String) throws {
    let bank = try GuardedBank.served()
    try bank.propose("lower", Self.lowered)
    try bank.shell("git push -q origin proposals/lower")
    try bank.refuses("origin main:\(name)", code)
  }

  @Test func `other names are nobody's business`() throws {
    let bank = try GuardedBank.served()
    for name in [
      "heads/draft", "heads/maintenance", "heads/eve/main", "tags/v1", "notes/commits", "heads/release/draft",
    ] {
      try bank.shell("git push -q origin main:refs/\(name)")
    }
    try bank.shell("git push -q origin :draft :refs/tags/v1")
    #expect(try bank.shell("ethos verify -C ../server.git").contains("nothing is in breach"))
  }

  // MARK: - releases

  @Test func `a release comes with those before it`() throws {
    let bank = try GuardedBank.served()
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    try bank.propose("lower", Self.lowered)
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    try bank.bench.run("release", "--cycle", "second", as: bank.person("jane"))
    // Of what is not in force yet, and without the one before it.
    try bank.refuses("origin release/second/1 release/second/2", "release-off-line")
    try bank.refuses("origin main release/second/2", "release-")
    try bank.shell("git push -q origin main release/second/1 release/second/2")
  }
}
