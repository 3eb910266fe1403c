import EthosTestSupport
import Foundation
import Testing

/// `ethos merge`, and how proposals are merged into what is in force.
@Suite struct MergeCommandTests {
  @Test func `neighbouring fields merge, and comments and layout stay`() throws {
    let merge = try MergeBench()
    try merge.change("left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"))
    try merge.change("right", "limits/risk.yaml", ("unit: points", "unit: marks  # of the score"))
    // Lines conflict.
    #expect(try merge.gitMerge().status == 1)
    try merge.bench.git("merge", "--abort")
    let dry = try merge.merge("--dry-run").output
    #expect(dry.contains("would merge right into left") && dry.contains("unit: points → marks"), "\(dry)")
    let told = try merge.merge().output
    #expect(told.contains("merged right into left"), "\(told)")
    #expect(
      try merge.bench.read("limits/risk.yaml")
        == MergeBench.limit.replacing("atMost: 60", with: "atMost: 55")
        .replacing("unit: points", with: "unit: marks  # of the score"))
    let parents = try merge.bench.git("log", "-1", "--format=%P %s").split(separator: " ")
    #expect(parents.count == 6 && parents.dropFirst(2).joined(separator: " ") == "Merge right into left\n")
    #expect(try merge.bench.git("status", "--porcelain") == "")
    #expect(try merge.merge().output.contains("left holds right already"))
  }

  @Test func `the table is merged by rule, and its file keeps its comments`() throws {
    let merge = try MergeBench()
    try merge.change("left", "decisions/loan.yaml", ("| r1 | > 60  |", "| r1 | > 50  |"))
    try merge.change(
      "right", "decisions/loan.yaml", ("| r2 | -     | > 900  | ask    |", "| r2 | -     | > 800  | ask    |"))
    try merge.merge()
    #expect(
      try merge.bench.read("decisions/loan.yaml")
        == MergeBench.decision.replacing("| > 60  |", with: "| > 50  |").replacing("| > 900  |", with: "| > 800  |"))
  }

  @Test func `a new rule stands where its side put it`() throws {
    let merge = try MergeBench()
    try merge.change("left", "decisions/loan.yaml", ("> 60 ", "> 50 "), ("Money is lent", "Our money is lent"))
    try merge.change(
      "right", "decisions/loan.yaml",
      ("  | r3 | > 30", "  | r5 | > 45  | > 700  | ask    |\n  | r3 | > 30"))
    try merge.merge()
    let text = try merge.bench.read("decisions/loan.yaml")
    let ids = text.matches(of: #/\| (r\d) /#).map { String($0.1) }
    #expect(ids == ["r1", "r2", "r5", "r3", "r4"] && text.contains("# The end of the table."), "\(text)")
  }

  @Test func `a conflict is shown with both sides' values and reasons, and nothing is written`() throws {
    let merge = try MergeBench()
    try merge.change("left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"), because: "We can explain less.")
    try merge.change("right", "limits/risk.yaml", ("atMost: 60", "atMost: 70"), because: "We can explain more.")
    try merge.change("right", "values/speed.yaml", ("in a day", "in an hour"))
    try merge.bench.git("switch", "-q", "left")
    let before = try merge.bench.state()
    let told = try merge.merge(status: 1).output
    #expect(try merge.bench.state() == before)
    for words in ["limit/risk.atMost", "60", "55", "70", "We can explain less.", "We can explain more.", "Jane Doe"] {
      #expect(told.contains(words), "\(words): \(told)")
    }
    let json = try merge.bench.json("merge", "right", status: 1)
    let conflicts = try #require(json["conflicts"] as? [[String: Any]])
    #expect(json["schema"] as? String == "ethos.merge.v1" && json["commit"] is NSNull && conflicts.count == 1)
    #expect(conflicts.first?["field"] as? String == "atMost" && conflicts.first?["ours"] as? String == "55")
    #expect((conflicts.first?["theirsBy"] as? [String: Any])?["reason"] as? String == "We can explain more.")
  }

  @Test func `what is in force is not merged into`() throws {
    let merge = try MergeBench()
    try merge.change("right", "limits/risk.yaml", ("atMost: 60", "atMost: 55"))
    try merge.bench.git("switch", "-q", "main")
    let refused = try merge.bench.run("merge", "right", status: 1)
    #expect(refused.errors.contains("ethos ratify"))
    try merge.bench.git("switch", "-q", "--detach")
    try merge.bench.run("merge", "right", status: 2)
    try merge.bench.git("switch", "-q", "left")
    #expect(try merge.bench.run("merge", "rihgt", status: 2).errors.contains("no revision"))
  }

  @Test func `a merge that has errors as neither side does conflicts`() throws {
    let merge = try MergeBench()
    try merge.bench.git("switch", "-q", "left")
    try merge.bench.git("rm", "-q", "values/speed.yaml")
    try merge.bench.git("commit", "-q", "-m", "Speed goes", "-m", "Nobody asks for it.")
    try merge.change("right", "values/candour.yaml", ("title: Candour", "title: Candour\noutranks: [speed]"))
    let told = try merge.merge(status: 1).output
    #expect(told.contains("errors that neither side has") && told.contains("speed"), "\(told)")
  }

  @Test func `two edits that together decide what neither does conflict, with the case`() throws {
    let merge = try MergeBench()
    try merge.change("left", "decisions/loan.yaml", ("| r1 | > 60  |", "| r1 | > 80  |"))
    try merge.change(
      "right", "decisions/loan.yaml", ("| r3 | > 30  | -      | look   |", "| r3 | > 30  | -      | yes    |"))
    // Lines merge, silently: what was declined, and would be looked at, is now approved.
    #expect(try merge.gitMerge().status == 0)
    try merge.bench.git("reset", "-q", "--hard", "HEAD~1")
    let told = try merge.merge(status: 1).output.replacing(/\s+/, with: " ")
    #expect(
      told.contains("decision/loan would decide as on neither side") && told.contains("before both")
        && told.contains("score"), "\(told)")
    let json = try merge.bench.json("merge", "right", status: 1)
    let conflict = try #require((json["conflicts"] as? [[String: Any]])?.first)
    let witness = try #require(conflict["witness"] as? [String: Any])
    let answers = ["base", "ours", "theirs", "merged"].compactMap { witness[$0] as? String }
    #expect(answers.count == 4 && !answers.dropLast().contains(answers[3]), "\(answers)")
  }

  @Test func `an edit merges with a move, and two moves conflict`() throws {
    let merge = try MergeBench()
    try merge.change("left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"))
    try merge.bench.git("switch", "-q", "right")
    _ = try merge.bench.ethos.shell(
      "cd '\(merge.bench.work)' && mkdir limits/risk && git mv limits/risk.yaml limits/risk/main.yaml")
    try merge.bench.git("commit", "-q", "-m", "Move it", "-m", "A folder for each.")
    try merge.merge()
    #expect(try merge.bench.read("limits/risk/main.yaml") == MergeBench.limit.replacing("60", with: "55"))
    #expect(try merge.bench.git("ls-files", "limits") == "limits/risk/main.yaml\n")
  }

  @Test func `what two merges resolved to different ends conflicts, whichever base one looks at`() throws {
    let merge = try MergeBench()
    try merge.change("left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"))
    try merge.change("right", "limits/risk.yaml", ("atMost: 60", "atMost: 70"))
    let (left, right) = (try merge.bench.git("rev-parse", "left"), try merge.bench.git("rev-parse", "right"))
    // Each side merges the other and keeps its own.
    for (branch, other) in [("left", right), ("right", left)] {
      try merge.bench.git("switch", "-q", branch)
      try merge.bench.git("merge", "-q", "-s", "ours", "-m", "Merge", String(other.prefix(40)))
    }
    let told = try merge.merge(status: 1).output
    #expect(told.contains("limit/risk.atMost") && told.contains("55") && told.contains("70"), "\(told)")
  }

  // MARK: - Ratifying

  @Test func `a proposal is ratified though another field of its limit moved meanwhile`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"])
    try bank.propose("rename", ["limits/risk.yaml": "id: risk\ntitle: Risk appetite\natMost: 60\n"])
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("jane"))
    try bank.approve("rename", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "rename", as: bank.person("jane"))
    #expect(try bank.bench.read("limits/risk.yaml") == "id: risk\ntitle: Risk appetite\natMost: 55\n")
    #expect(try bank.breaches() == [])
    // Each field is told by the proposal that it came with.
    for (field, name) in [("atMost", "lower"), ("title", "rename")] {
      let why = try bank.bench.run("why", "limit/risk.\(field)").output
      #expect(why.contains(name), "\(why)")
    }
  }

  @Test func `a forge that merges lines inside a file is in order where that is the merge by meaning`() throws {
    let risk = "id: risk\ntitle: Risk\nunit: points\nbecause: |\n  What we can explain.\n\n  And no more.\n"
    let bank = try GuardedBank(["limits/risk.yaml": risk + "atMost: 60\n"])
    try bank.propose("lower", ["limits/risk.yaml": risk + "atMost: 55\n"])
    try bank.propose(
      "rename", ["limits/risk.yaml": risk.replacing("title: Risk", with: "title: Risk appetite") + "atMost: 60\n"])
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("jane"))
    try bank.approve("rename", "jane", "ada", "ruth")
    try bank.bench.run("collect", "rename", as: bank.person("eve"))
    try bank.shell(
      "git switch -q main && git merge -q --no-ff -m 'Merge pull request #1 from proposals/rename' proposals/rename")
    #expect(try bank.breaches() == [])
  }

  @Test func `a merge that makes more of an entry than its sides is found`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"])
    try bank.propose("rename", ["limits/risk.yaml": "id: risk\ntitle: Risk appetite\natMost: 60\n"])
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("jane"))
    try bank.approve("rename", "jane", "ada", "ruth")
    try bank.shell("printf 'id: risk\\ntitle: Risk appetite\\natMost: 90\\n' > limits/risk.yaml && git add -A")
    let tree = try bank.shell("git write-tree")
    try bank.shell("git reset -q --hard")
    try bank.force("rename", reviews: ["jane", "ada", "ruth"], tree: tree)
    #expect(try bank.breaches().contains("made-in-merge"))
  }

  @Test func `a proposal that conflicts with what is in force says with what`() throws {
    let bank = try GuardedBank()
    try bank.propose("lower", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 55\n"])
    try bank.propose("raise", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 70\n"])
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("jane"))
    let refused = try bank.bench.run("ratify", "raise", status: 1, as: bank.person("jane")).errors
    #expect(refused.contains("limit/risk.atMost was changed on both sides") && refused.contains("`70`"), "\(refused)")
    let review = try bank.bench.run("review", "raise", status: 1).output
    #expect(
      review.contains("limit/risk.atMost was changed on both sides") && review.contains("before both"), "\(review)")
  }
}
