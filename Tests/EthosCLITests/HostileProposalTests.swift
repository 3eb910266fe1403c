import EthosTestSupport
import Foundation
import Testing

/// What somebody with write access to a proposal could try, and what must come of it.
@Suite struct HostileProposalTests {
  private static func founded() throws -> Bench {
    try GuardedBank([
      "limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 75\n",
      "values/candour.yaml": "id: candour\ntitle: Candour\nstatement: We tell bad news first.\n",
    ]).bench
  }

  private static func person(_ id: String, _ bench: Bench) -> EthosProcess {
    bench.ethos.acting(as: id, "\(id)@bank.example")
  }

  @Test func `who takes an old state back by a merge is its author, though it differs from no parent`() throws {
    let bench = try Self.founded()
    try bench.write("id: risk\ntitle: Risk\natMost: 60\n", to: "limits/risk.yaml")
    try bench.git("commit", "-qam", "Lower it", "-m", "Losses.")
    let script = """
      cd '\(bench.work)' && git checkout -q -b proposals/back && git read-tree HEAD~1 && \
      git update-ref refs/heads/proposals/back $(git commit-tree $(git write-tree) -p main -p main~1 -m 'Merge a branch') && \
      git reset -q --hard && git checkout -q main
      """
    #expect(try Self.person("jane", bench).shell(script).status == 0)
    for id in ["jane", "ada", "ruth"] { try bench.run("approve", "back", as: Self.person(id, bench)) }
    let answer = try bench.run("ratify", "back", status: 1, as: Self.person("ada", bench))
    #expect(answer.errors.contains("`limit/risk` needs 1 more approval of `chief`"))
  }

  @Test func `an ordinary merge of main makes nobody an author of what main changed`() throws {
    let bench = try Self.founded()
    try bench.run("set", "value/candour.title", "Candour first")
    try bench.run("propose", "title", "--because", "It is.", as: Self.person("ada", bench))
    try bench.git("switch", "-q", "main")
    try bench.write("id: risk\ntitle: Risk\natMost: 60\n", to: "limits/risk.yaml")
    try bench.git("commit", "-qam", "Lower it", "-m", "Losses.")
    #expect(
      try Self.person("jane", bench).shell(
        "cd '\(bench.work)' && git switch -q proposals/title && git merge -q main -m Merge"
      )
      .status == 0)
    for id in ["jane", "ruth", "ada"] { try bench.run("approve", as: Self.person(id, bench)) }
    let answer = try bench.run("review", "title", status: 1)
    #expect(answer.output.contains("chief: jane"))
  }

  @Test func `a review brings no other proposal into force`() throws {
    let bench = try Self.founded()
    for (name, field, value) in [("good", "limit/risk.atMost", "60"), ("bad", "value/candour.title", "Silence")] {
      try bench.run("set", field, value)
      try bench.run("propose", name, "--because", "So.", as: Self.person("omar", bench))
      try bench.git("switch", "-q", "main")
    }
    let script = """
      cd '\(bench.work)' && printf 'Comment on good\\n\\nReview: comment\\nProposal: good\\n' | \
      git commit-tree 'proposals/good^{tree}' -p proposals/good -p proposals/bad | \
      xargs git update-ref refs/heads/reviews/good/omar
      """
    #expect(try Self.person("omar", bench).shell(script).status == 0)
    for id in ["jane", "ada", "ruth"] { try bench.run("approve", "good", as: Self.person(id, bench)) }
    let ratified = try bench.run("ratify", "good")
    #expect(ratified.errors.contains("the review on `omar` carries commits that are no part of `good`"))
    let refused = try bench.run("ratify", "bad", status: 1)
    #expect(refused.errors.contains("cannot be ratified yet"))
  }

  @Test func `a review counts on after its proposal was re-based`() throws {
    let bench = try Self.founded()
    try bench.run("set", "limit/risk.atMost", "60")
    try bench.run("propose", "lower", "--because", "Losses.", as: Self.person("omar", bench))
    for id in ["jane", "ada", "ruth"] { try bench.run("approve", as: Self.person(id, bench)) }
    try bench.git("switch", "-q", "main")
    try bench.git("commit", "-q", "--allow-empty", "-m", "Nothing", "-m", "A pause.")
    try bench.git("rebase", "-q", "main", "proposals/lower")
    try bench.run("ratify", "lower")
  }

  @Test func `a class is void when the text that it was said of is replaced`() throws {
    let bench = try Self.founded()
    try bench.run("set", "value/candour.statement", "We tell the bad news first.")
    try bench.run("propose", "words", "--because", "It reads better.", as: Self.person("ada", bench))
    try bench.run(
      "classify", "value/candour.statement", "clarified", "--because", "Only an article.", as: Self.person("ada", bench)
    )
    try bench.run("set", "value/candour.statement", "We never tell bad news.")
    try bench.run("propose", "words", "--because", "A second thought.", as: Self.person("ada", bench))
    for id in ["jane", "omar"] { try bench.run("approve", as: Self.person(id, bench)) }
    let answer = try bench.run("ratify", status: 1)
    #expect(
      answer.errors.contains("`value/candour` needs 2 more approvals of `board`")
        || answer.errors.contains("1 more approval of `board`"))
    #expect(try !bench.run("review", status: 1).output.contains("classified as clarified"))
  }

  @Test func `of people who could sit on several seats none is said to be lacking where another can still come`() throws
  {
    let bench = try Self.founded()
    try bench.run("set", "limit/risk.atMost", "60")
    try bench.run("propose", "lower", "--because", "Losses.", as: Self.person("omar", bench))
    for id in ["jane", "ada"] { try bench.run("approve", as: Self.person(id, bench)) }
    let answer = try bench.run("ratify", status: 1)
    #expect(answer.errors.contains("1 more approval of `board`: `ruth`"))
    #expect(!answer.errors.contains("nobody is left"))
  }

  @Test func `an author who approves is told that it fills no seat`() throws {
    let bench = try Self.founded()
    try bench.run("set", "limit/risk.atMost", "60")
    try bench.run("propose", "lower", "--because", "Losses.", as: Self.person("jane", bench))
    #expect(try bench.run("approve", as: Self.person("jane", bench)).output.contains("fills no seat"))
    #expect(try !bench.run("approve", as: Self.person("ada", bench)).output.contains("fills no seat"))
  }

  @Test func `a release is of the cycle that leads on its effective day, and names who holds its offices then`() throws
  {
    let bench = try Self.founded()
    let jane = Self.person("jane", bench)
    let wrong = try bench.run("release", "--cycle", "first", status: 1, as: jane)
    #expect(wrong.errors.contains("`cycle/first` does not lead on 2026-11-02"))
    try bench.run("release", "--cycle", "second", as: jane)
    let tag = try bench.git("cat-file", "tag", "release/second/1")
    #expect(tag.contains("- office: \"chief\"\n    holders: [\"jane\"]"))
  }

  @Test func `a change without a reason is given one later, from any branch and in a bare repository`() throws {
    let bench = try Self.founded()
    try bench.git("switch", "-q", "-c", "proposals/plain")
    try bench.write("id: risk\ntitle: Risk\natMost: 60\n", to: "limits/risk.yaml")
    try bench.git("commit", "-qam", "Lower it")
    try bench.git("switch", "-q", "main")
    #expect(try bench.run("ratify", status: 1).errors.contains("gives no reason"))
    try bench.git("clone", "-q", "--bare", ".", "\(bench.root)/bare.git")
    try bench.run("-C", "\(bench.root)/bare.git", "propose", "plain", "--because", "Losses.", status: 64)
    try bench.run("propose", "plain", "-C", "\(bench.root)/bare.git", "--because", "Losses.")
    try bench.run("propose", "plain", "--because", "Losses.")
    for folder in [bench.work, "\(bench.root)/bare.git"] {
      #expect(try !bench.run("ratify", "plain", "-C", folder, status: 1).errors.contains("gives no reason"))
    }
    let why = try bench.json("why", "limit/risk.atMost", "--at", "proposals/plain")
    #expect((why["fields"] as? [[String: Any]])?.first?["value"] as? String == "60")
  }

  @Test func `an edit of a proposal needs its reason and a name`() throws {
    let bench = try Self.founded()
    let refused = try bench.run("set", "limit/risk.atMost", "60", "--proposal", "lower", status: 64)
    #expect(refused.errors.contains("needs a reason"))
    let named = try bench.run("set", "limit/risk.atMost", "60", "--proposal", "a b", "--because", "x", status: 64)
    #expect(named.errors.contains("cannot be the name of a proposal"))
  }

  @Test func `no branch is moved under another work tree that shows it`() throws {
    let bench = try Self.founded()
    let linked = "\(bench.root)/linked"
    try bench.git("worktree", "add", "-q", linked, "-b", "elsewhere")
    try bench.run("set", "value/candour.title", "Candour first", "-C", linked)
    try bench.run("propose", "title", "-C", linked, "--because", "It is.", as: Self.person("omar", bench))
    for id in ["jane", "ada", "ruth"] { try bench.run("approve", "title", as: Self.person(id, bench)) }
    let before = try bench.state()
    let refused = try bench.run("ratify", "title", "-C", linked, status: 2)
    #expect(refused.errors.contains("the branch `main` is checked out in another work tree, `\(bench.work)`"))
    #expect(try bench.run("withdraw", "title", "--because", "No.", status: 2).errors.contains(linked))
    #expect(try bench.state() == before)
    try bench.run("ratify", "title")
    #expect(try bench.git("status", "--short") == "")
  }

  @Test func `what was removed is told from what never was`() throws {
    let bench = try Self.founded()
    try bench.git("rm", "-q", "values/candour.yaml")
    try bench.git("commit", "-qm", "Remove it", "-m", "Nobody read it.")
    #expect(try bench.run("why", "value/candour", status: 1).errors.contains("`ethos log value/candour`"))
    #expect(try bench.run("why", "value/never", status: 1).errors.contains("there is no `value/never`"))
  }

  @Test func `a linked folder hides nothing`() throws {
    let bench = try Self.founded()
    try FileManager.default.createSymbolicLink(atPath: "\(bench.work)/values/more", withDestinationPath: "/tmp")
    #expect(try bench.run("check", status: 1).output.contains("`values/more` is a symbolic link"))
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", "Link it", "-m", "Why not.")
    #expect(try bench.run("check", "--at", "HEAD", status: 1).output.contains("`values/more` is a symbolic link"))
  }

  @Test func `an answer that cannot be written is no success`() throws {
    let bench = try Self.founded()
    #expect(try bench.ethos.shell("cd '\(bench.work)' && ethos list > /dev/full").status == 2)
    #expect(try bench.ethos.shell("cd '\(bench.work)' && ethos log | head -1").status == 0)
  }

  @Test func `a proposal that changes layout alone needs what the authority asks for editorial changes`() throws {
    let bench = try Self.founded()
    try bench.write(
      "# Looked at in May\nid: candour\ntitle: Candour\nstatement: We tell bad news first.\n", to: "values/candour.yaml"
    )
    try bench.run("propose", "comment", "--because", "A note.", as: Self.person("ada", bench))
    let refused = try bench.run("ratify", "comment", status: 1, as: Self.person("ada", bench))
    #expect(refused.errors.contains("value/candour"), "\(refused.errors)")
    try bench.run("approve", "comment", as: Self.person("ruth", bench))
    try bench.run("ratify", "comment", as: Self.person("ada", bench))
    #expect(try bench.git("log", "-1", "--format=%s") == "Ratify comment\n")
  }

  @Test func `a proposal to put another branch in force changes nothing before it is ratified`() throws {
    let bench = try Self.founded()
    let charter = try bench.read("ethos.yaml")
    try bench.git("branch", "elsewhere")
    try bench.write(charter.replacingOccurrences(of: "branch: main", with: "branch: elsewhere"), to: "ethos.yaml")
    try bench.run("propose", "move", "--because", "Away.", as: Self.person("ada", bench))
    let elsewhere = try bench.git("rev-parse", "elsewhere")
    let review = try bench.run("review", "move", status: 1, as: Self.person("ada", bench))
    #expect(
      review.output.contains(
        try bench.git("rev-parse", "--short=10", "main").trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(try bench.git("rev-parse", "elsewhere") == elsewhere)
  }
}
