import EthosTestSupport
import Foundation
import Testing

/// Plain git with ethos as its driver.
@Suite struct DriverTests {
  private func installed() throws -> MergeBench {
    let merge = try MergeBench()
    try merge.bench.run("driver", "install")
    try merge.bench.git("add", "-A")
    try merge.bench.git("commit", "-q", "-m", "Install the drivers")
    for branch in ["left", "right"] { try merge.bench.git("branch", "-f", branch) }
    return merge
  }

  private func git(_ merge: MergeBench, _ line: String) throws -> ProcessResult {
    try merge.bench.ethos.shell("cd '\(merge.bench.work)' && git \(line)")
  }

  @Test func `installing twice adds nothing, and keeps what is there`() throws {
    let merge = try MergeBench()
    try merge.bench.write("*.png binary", to: ".gitattributes")
    try merge.bench.git("config", "diff.other.textconv", "cat")
    #expect(try merge.bench.run("driver", "install", "--dry-run").output.contains("would set merge.ethos.driver"))
    #expect(try merge.bench.read(".gitattributes") == "*.png binary")
    try merge.bench.run("driver", "install")
    let attributes = try merge.bench.read(".gitattributes")
    #expect(attributes.hasPrefix("*.png binary\n/ethos.yaml diff=ethos merge=ethos\n"))
    #expect(attributes.contains("/limits/**/*.yaml diff=ethos merge=ethos\n"))
    let settings = try merge.bench.git("config", "--list", "--local")
    #expect(settings.contains("diff.other.textconv=cat") && settings.contains("driver merge %O %A %B %P"))
    let again = try merge.bench.run("driver", "install").output
    #expect(!again.contains("added to") && !again.contains("set "), "\(again)")
    #expect(try merge.bench.read(".gitattributes") == attributes)
    #expect(try merge.bench.git("config", "--list", "--local") == settings)
    let attribute = try merge.bench.git("check-attr", "merge", "limits/risk.yaml", "limits/a/b.yaml", "README.yaml")
    #expect(attribute.matches(of: /merge: ethos/).count == 2)
  }

  @Test func `git merge merges what lines conflict on`() throws {
    let merge = try installed()
    try merge.change("left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"))
    try merge.change("right", "limits/risk.yaml", ("unit: points", "unit: marks"))
    let result = try merge.gitMerge()
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(
      try merge.bench.read("limits/risk.yaml")
        == MergeBench.limit.replacing("atMost: 60", with: "atMost: 55").replacing("unit: points", with: "unit: marks"))
  }

  @Test func `git merge conflicts where lines would decide what neither side does`() throws {
    let merge = try installed()
    try merge.change("left", "decisions/loan.yaml", ("| r1 | > 60  |", "| r1 | > 80  |"))
    try merge.change(
      "right", "decisions/loan.yaml", ("| r3 | > 30  | -      | look   |", "| r3 | > 30  | -      | yes    |"))
    let result = try merge.gitMerge()
    #expect(result.status == 1 && result.errors.contains("would decide as on neither side"), "\(result.errors)")
    let text = try merge.bench.read("decisions/loan.yaml")
    #expect(text.matches(of: /<<<<<<< ours\n/).count == 2 && text.contains("=======\n"), "\(text)")
    #expect(try merge.bench.git("ls-files", "-u", "decisions").split(separator: "\n").count == 3)
  }

  @Test func `a conflict is left with both values, and all else merged`() throws {
    let merge = try installed()
    try merge.change(
      "left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"), ("title: Risk appetite", "title: Appetite"))
    try merge.change("right", "limits/risk.yaml", ("atMost: 60", "atMost: 70"), ("unit: points", "unit: marks"))
    #expect(try merge.gitMerge().status == 1)
    #expect(
      try merge.bench.read("limits/risk.yaml") == """
        # What we can explain.
        id: risk
        title: Appetite
        <<<<<<< ours
        atMost: 55 # points, see the board paper
        =======
        atMost: 70 # points, see the board paper
        >>>>>>> theirs
        unit: marks
        because: What we can explain to the board.

        """)
  }

  @Test func `files that both add merge, and what cannot be read is merged by lines`() throws {
    let merge = try installed()
    for (branch, line) in [("left", "unit: euros"), ("right", "because: It is enough.")] {
      try merge.bench.git("switch", "-q", branch)
      try merge.bench.write("id: loan\ntitle: Largest loan\natMost: 500\n\(line)\n", to: "limits/loan.yaml")
      try merge.bench.git("add", "-A")
      try merge.bench.git("commit", "-q", "-m", "Add it", "-m", "It is time.")
    }
    #expect(try merge.gitMerge().status == 0)
    let added = try merge.bench.read("limits/loan.yaml")
    #expect(added.contains("unit: euros") && added.contains("because: It is enough."), "\(added)")

    let other = try installed()
    try other.change("left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"))
    try other.change("right", "limits/risk.yaml", ("title: Risk appetite", "title: [broken"))
    let result = try other.gitMerge()
    #expect(result.status == 1 && result.errors.contains("merged by lines"), "\(result.errors)")
  }

  @Test func `git rebase merges by meaning`() throws {
    let merge = try installed()
    try merge.change("left", "limits/risk.yaml", ("atMost: 60", "atMost: 55"))
    try merge.change("right", "limits/risk.yaml", ("unit: points", "unit: marks"))
    let result = try git(merge, "rebase -q left right")
    #expect(result.status == 0, "\(result.errors)")
    let text = try merge.bench.read("limits/risk.yaml")
    #expect(text.contains("atMost: 55") && text.contains("unit: marks"))
  }

  @Test func `git diff says what changed in meaning, git log shows no layout`() throws {
    let merge = try installed()
    try merge.bench.git("switch", "-q", "left")
    try merge.bench.write(
      "title:   Risk appetite\nid: risk\nbecause: >\n  What we can explain\n  to the board.\nunit: points\natMost: 60.0\n",
      to: "limits/risk.yaml")
    let quiet = try git(merge, "diff").output
    #expect(quiet.contains("limits/risk.yaml") && quiet.contains("No change of meaning."), "\(quiet)")
    try merge.bench.git("add", "-A")
    try merge.bench.git("commit", "-q", "-m", "Lay it out", "-m", "It reads better.")
    #expect(!(try git(merge, "log -p -1").output.contains("@@")))

    try merge.change("left", "limits/risk.yaml", ("atMost: 60.0", "atMost: 55"))
    let log = try git(merge, "log -p -1").output
    #expect(log.contains("-atMost: 60\n+atMost: 55\n"), "\(log)")
    let diff = try git(merge, "diff HEAD~1").output
    #expect(diff.contains("atMost: 60 → 55") && diff.contains("limit-tightened"), "\(diff)")
    #expect(try git(merge, "diff --no-ext-diff HEAD~1").output.contains("+atMost: 55"))
  }

  @Test func `git diff tells of files that come and go, and of decisions by what they decide`() throws {
    let merge = try installed()
    try merge.bench.git("switch", "-q", "left")
    try merge.bench.write("id: loan\ntitle: Largest loan\natMost: 500\n", to: "limits/loan.yaml")
    try merge.bench.git("rm", "-q", "values/speed.yaml")
    try merge.bench.git("add", "-A")
    let diff = try git(merge, "diff --cached")
    #expect(diff.status == 0, "\(diff.errors)")
    #expect(diff.output.contains("limit-added") && diff.output.contains("value-removed"), "\(diff.output)")
    try merge.change("right", "decisions/loan.yaml", ("| r1 | > 60  |", "| r1 | > 50  |"))
    let behaviour = try git(merge, "diff HEAD~1").output
    #expect(behaviour.contains("behaviour-tightened"), "\(behaviour)")
    try merge.bench.git("mv", "limits/risk.yaml", "limits/appetite.yaml")
    #expect(try git(merge, "diff -M HEAD").output.contains("limits/appetite.yaml"))
  }
}
