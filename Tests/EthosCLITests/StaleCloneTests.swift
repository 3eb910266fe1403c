import EthosTestSupport
import Foundation
import Testing

/// What is in force is judged by the newest state that is known: nobody acts on an old one unsaid.
@Suite struct StaleCloneTests {
  /// The bank with a proposal that has all approvals, and a clone of it in which `main` is behind `origin/main`: somebody
  /// else reaffirmed meanwhile.
  private func stale() throws -> (Bench, EthosProcess) {
    let bench = try NorthgateBank.afterStory()
    for act in NorthgateBank.demo.prefix(7) {
      let result = try NorthgateBank.acting(act.person, on: act.day, in: bench.ethos).run(act.arguments)
      try #require(result.status == 0, "\(act.arguments): \(result.errors)")
    }
    try bench.git("switch", "-q", "main")
    try bench.git("clone", "-q", bench.work, "\(bench.root)/c")
    let thabo = try NorthgateBank.acting("thabo-nkosi", on: "2026-11-19", in: bench.ethos)
    let said = try thabo.run(["reaffirm", "value/growth", "--because", "It still holds."])
    try #require(said.status == 0, "\(said.errors)")
    var clone = try NorthgateBank.acting("ingrid-solheim", on: "2026-11-20", in: bench.ethos)
    clone.folder = "\(bench.root)/c"
    #expect(try clone.shell("cd '\(clone.folder)' && git fetch -q").status == 0)
    return (bench, clone)
  }

  private static let ratify = NorthgateBank.demo[7].arguments

  @Test func `a stale clone ratifies nothing, and what it is told to type lets it`() throws {
    let (bench, clone) = try stale()
    let refused = try clone.run(Self.ratify)
    #expect(refused.status == 2)
    #expect(refused.errors.contains("`main` here is 1 commit behind `origin/main`"))
    #expect(refused.errors.contains("`git merge --ff-only origin/main`"))
    #expect(try clone.shell("cd '\(clone.folder)' && git merge -q --ff-only origin/main").status == 0)
    #expect(try clone.run(Self.ratify).status == 0)
    #expect(try clone.shell("cd '\(clone.folder)' && git push -q origin main:elsewhere").status == 0)
    #expect(try clone.run("verify").status == 0)
    _ = bench
  }

  @Test func `from a proposal's branch what is typed moves main all the same`() throws {
    let (bench, clone) = try stale()
    #expect(try clone.shell("cd '\(clone.folder)' && git switch -q proposals/appetite-55").status == 0)
    let refused = try clone.run(Self.ratify)
    let line = try #require(refused.errors.split(separator: "`").first { $0.hasPrefix("git fetch . ") })
    #expect(try clone.shell("cd '\(clone.folder)' && \(line)").status == 0)
    #expect(try clone.run(Self.ratify).status == 0)
    #expect(try clone.run("verify").status == 0)
    _ = bench
  }

  @Test(
    arguments: [
      ["release", "--effective", "2026-12-01"], ["release", "--approve", "--effective", "2026-12-01"],
      ["reaffirm", "value/growth", "--because", "Still."], ["withdraw", "appetite-55", "--because", "No."],
      ["systems", "--forbid", "critical"], ["audit", "log.csv", "--decision", "onboarding", "--exit-code"],
    ])
  func `nothing else is written to, or let out by, an old state`(arguments: [String]) throws {
    let (bench, clone) = try stale()
    let result = try clone.run(arguments)
    #expect(result.status == 2, "\(result.output)")
    #expect(result.errors.contains("behind `origin/main`"), "\(result.errors)")
    _ = bench
  }

  @Test(
    arguments: [
      ["systems"], ["decide", "onboarding", "risk score=58"], ["releases"], ["why", "limit/client-risk"], ["list"],
      ["check"], ["show", "value/growth"], ["diff"], ["review", "appetite-55"], ["propose", "x", "--because", "y"],
      ["set", "limit/client-risk.atMost", "54"], ["approve", "appetite-55", "--dry-run"],
    ])
  func `whatever else answers says that it is behind, once`(arguments: [String]) throws {
    let (bench, clone) = try stale()
    let errors = try clone.run(arguments).errors
    #expect(errors.components(separatedBy: "behind `origin/main`").count == 2, "\(errors)")
    #expect(try clone.shell("cd '\(clone.folder)' && git merge -q --ff-only origin/main").status == 0)
    #expect(try !clone.run(arguments).errors.contains("behind"))
    _ = bench
  }

  @Test func `status and verify say it in their answer`() throws {
    let (bench, clone) = try stale()
    let status = try clone.run("status")
    #expect(status.output.contains("1 commit behind origin/main") && !status.errors.contains("behind"))
    #expect(try clone.run("verify").output.contains("is behind"))
    _ = bench
  }

  @Test func `where both went on, nothing is ratified on either`() throws {
    let (bench, clone) = try stale()
    let own = "cd '\(clone.folder)' && git commit -q --allow-empty -m Mine -m Because."
    #expect(try clone.shell(own).status == 0)
    let refused = try clone.run(Self.ratify)
    #expect(refused.status == 2 && refused.errors.contains("went apart"))
    #expect(try clone.run("status").errors.contains("went apart"))
    _ = bench
  }

  @Test func `the branch of somebody's fork is no newer state of what is in force`() throws {
    let (bench, clone) = try stale()
    let fork = "cd '\(clone.folder)' && git merge -q --ff-only origin/main && git update-ref refs/remotes/eve/main "
    #expect(try clone.shell("\(fork) $(git commit-tree -p HEAD -m Eve HEAD^{tree})").status == 0)
    let result = try clone.run(Self.ratify)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("behind `eve/main`"))
    _ = bench
  }
}

/// Who proposes is who wrote a change, and what is told of a change is what was edited.
@Suite struct ProposerTests {
  @Test func `a class and a comment make nobody the proposer`() throws {
    let bench = try NorthgateBank.afterStory()
    let mei = try NorthgateBank.acting("mei-lin", on: "2026-11-16", in: bench.ethos)
    let omar = try NorthgateBank.acting("omar-reyes", on: "2026-11-17", in: bench.ethos)
    #expect(try mei.run("set", "value/prudence.statement", "We take no client whom we cannot explain.").status == 0)
    #expect(try mei.run("propose", "plain", "--because", "It is what we do.").status == 0)
    let classified = try omar.run("classify", "value/prudence.statement", "clarified", "--because", "The same.")
    #expect(classified.status == 0, "\(classified.errors)")
    #expect(try omar.run("comment", "plain", "--because", "Noted.").status == 0)
    try bench.git("merge", "-q", "--no-ff", "reviews/plain/omar-reyes", "-m", "Collect the reviews")
    #expect(try omar.run("status").output.contains("plain (Mei Lin, 2026-11-16)"))
    let review = try omar.run("review", "plain").output
    #expect(review.contains("by       Mei Lin"), "\(review)")
    let approved = try omar.run("approve", "plain")
    #expect(approved.status == 0 && !approved.output.contains("wrote"), "\(approved.output)")
    #expect(try !mei.run("review", "plain").output.contains("omar-reyes wrote"))
  }

  @Test func `the subject names what was edited, and not what moved along`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("set", "limit/client-risk.atMost", "55")
    let proposed = try bench.run("propose", "lower", "--because", "To see.").output
    #expect(proposed.contains("decision/onboarding"))
    #expect(try bench.git("log", "-1", "--format=%s") == "Change limit/client-risk.atMost from 60 to 55\n")
    try bench.run("set", "value/growth.title", "Growth with care")
    try bench.run("set", "limit/client-risk.atMost", "54")
    try bench.run("propose", "lower", "--because", "More.")
    let subject = try bench.git("log", "-1", "--format=%s")
    #expect(subject.contains("limit/client-risk") && subject.contains("value/growth"), "\(subject)")
    #expect(!subject.contains("decision/"), "\(subject)")
  }

  @Test func `what another made here is not taken back`() throws {
    let bench = try NorthgateBank.afterStory()
    let mei = try NorthgateBank.acting("mei-lin", on: "2026-11-16", in: bench.ethos)
    let omar = try NorthgateBank.acting("omar-reyes", on: "2026-11-17", in: bench.ethos)
    #expect(try mei.run("set", "limit/client-risk.atMost", "55").status == 0)
    #expect(try mei.run("propose", "lower", "--because", "To see.").status == 0)
    let before = try bench.state()
    let refused = try omar.run("undo")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("was made by Mei Lin <mei@northgate.example>, and not by you"))
    #expect(try bench.state() == before)
    #expect(try omar.run("approve", "lower").status == 0)
    #expect(try mei.run("undo").status == 1)
    #expect(try omar.run("undo").status == 0)
    #expect(try mei.run("undo").status == 0)
  }
}

/// In an identity that states no authority nobody has to agree to a merge, however it was made.
@Suite struct OpenMergeTests {
  private func fork() throws -> Bench {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    try bench.git("branch", "side")
    for (branch, amount) in [("side", "10"), ("main", "6")] {
      try bench.git("switch", "-q", branch)
      let text = try bench.read("limits/weeks-of-work.yaml").replacing("atMost: 8", with: "atMost: \(amount)")
      try bench.write(text, to: "limits/weeks-of-work.yaml")
      try bench.git("commit", "-qam", "\(amount)", "-m", "Because.")
    }
    return bench
  }

  @Test(arguments: ["9", "6", "10"])
  func `a merge that was resolved by hand is no breach`(amount: String) throws {
    let bench = try fork()
    #expect(try bench.ethos.shell("git -C '\(bench.work)' merge -q side").status == 1)
    try bench.git("checkout", "-q", "--ours", "limits/weeks-of-work.yaml")
    let text = try bench.read("limits/weeks-of-work.yaml").replacing("atMost: 6", with: "atMost: \(amount)")
    try bench.write(text, to: "limits/weeks-of-work.yaml")
    try bench.git("commit", "-qam", "Merge side", "-m", "Between the two.")
    let verified = try bench.run("verify").output
    #expect(verified.contains("nothing is in breach: this identity states no authority"), "\(verified)")
  }

  @Test func `neither are one side's alone, several at once, and two lines that were ratified apart`() throws {
    let bench = try fork()
    try bench.git("merge", "-q", "-s", "ours", "-m", "Ours", "side")
    for name in ["a", "b"] {
      try bench.git("switch", "-q", "-c", name, "main")
      try bench.write("id: \(name)\ntitle: \(name)\nstatement: We do \(name).\n", to: "values/\(name).yaml")
      try bench.git("add", "-A")
      try bench.git("commit", "-qm", "Add \(name)", "-m", "Because.")
    }
    try bench.git("switch", "-q", "main")
    try bench.git("merge", "-q", "a", "b", "-m", "Both")
    // Two clones that each ratified something, and were joined by `git pull`.
    for name in ["c", "d"] {
      try bench.git("switch", "-q", "-c", "line-\(name)", "main")
      try bench.git("switch", "-q", "-c", name)
      try bench.write("id: \(name)\ntitle: \(name)\nstatement: We do \(name).\n", to: "values/\(name).yaml")
      try bench.git("add", "-A")
      try bench.git("commit", "-qm", "Add \(name)", "-m", "Because.")
      try bench.git("switch", "-q", "line-\(name)")
      try bench.git("merge", "-q", "--no-ff", name, "-m", "Ratify \(name)\n\nProposal: \(name)")
    }
    try bench.git("switch", "-q", "main")
    try bench.git("merge", "-q", "--ff-only", "line-c")
    try bench.git("merge", "-q", "line-d", "-m", "Merge line-d")
    try bench.run("verify")
  }
}
