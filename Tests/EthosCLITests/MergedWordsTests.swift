import EthosTestSupport
import Foundation
import Testing

/// Comments are content for people: no merge loses them.
///
/// And what a conflict leaves is what either side says.
@Suite struct MergedWordsTests {
  private static func found() throws -> Bench {
    let bench = try Bench()
    try WritingScene.found(bench)
    return bench
  }

  private static func edit(_ bench: Bench, _ path: String, _ body: (String) -> String) throws {
    try bench.write(body(try bench.read(path)), to: path)
    try bench.git("commit", "-q", "-a", "-m", "Change it", "-m", "It is a test.")
  }

  private static let limit = "limits/client-risk.yaml"

  /// Each side says something and means something; where both say it in one place both stay.
  @Test(arguments: ["ethos merge", "the driver", "ratify"], [false, true])
  func `the comments of both sides stay`(_ way: String, isSameLine: Bool) throws {
    let bench = try Self.found()
    if way == "the driver" {
      try bench.run("driver", "install")
      try bench.git("add", "-A")
      try bench.git("commit", "-q", "-m", "Driver", "-m", "It is a test.")
    }
    let (ours, theirs) = way == "ratify" ? ("proposals/ours", "proposals/theirs") : ("ours", "theirs")
    try bench.git("switch", "-q", "-c", theirs)
    try Self.edit(bench, Self.limit) { text in
      "# The works council signed.\n"
        + text.replacing("atMost: 60", with: isSameLine ? "atMost: 60 # ten" : "atMost: 60")
        + "# The board asked.\n"
    }
    try bench.git("switch", "-q", "-c", ours, "main")
    try Self.edit(bench, Self.limit) { $0.replacing("atMost: 60", with: "atMost: 41 # nine") + "# Ours.\n" }
    switch way {
    case "ethos merge": try bench.run("merge", theirs)
    case "the driver":
      let path = "PATH=\(URL(fileURLWithPath: EthosProcess.binary).deletingLastPathComponent().path):$PATH"
      #expect(try bench.ethos.shell("\(path) git merge -q --no-edit \(theirs)").status == 0)
    default:
      try bench.git("switch", "-q", "main")
      try bench.run("ratify", "ours")
      try bench.run("ratify", "theirs")
    }
    let text = try bench.read(Self.limit)
    for words in ["works council", "board asked", "# Ours.", "atMost: 41"] { #expect(text.contains(words), "\(text)") }
    if isSameLine { #expect(text.contains("# nine") && text.contains("# ten"), "\(text)") }
    try bench.run("check")
  }

  private static let decision = """
    # What the head says.
    id: d
    title: Old title
    question: Yes?
    owner: lead
    inputs:
      - {name: score, type: number, allowed: "[0..100]", step: 1} # how sure
    outputs:
      - {name: route, type: string, allowed: '"no", "ask", "yes"', strictest: first}
    hitPolicy: first
    rules: |
      | id | score | route |
      |----|-------|-------|
      | r1 | > 88  | ask   |
      | r2 | > 14  | yes   |
      | r3 | -     | no    |
    # What the foot says.

    """

  /// What either side does to the decision, beside that one of them alone gives it another title.
  private static let conflicts: [String: (ours: [String: String], theirs: [String: String])] = [
    "rows in one place": (
      ["  | r3 |": "  | r4 | > 9   | no    |\n  | r3 |"], ["  | r3 |": "  | r5 | > 7   | yes   |\n  | r3 |"]
    ),
    "one cell": (["> 88  | ask": "> 90  | ask"], ["> 88  | ask": "> 80  | ask"]),
    "the allowed values": (["[0..100]": "[0..99]"], ["[0..100]": "[0..98]"]),
    "a case as on neither side": (
      ["  | r1 | > 88  | ask   |\n": ""], ["| r2 | > 14  |": "| r2 | < 53  |"]
    ),
    "the question": (["Yes?": "Yes or no?"], ["Yes?": "No?"]),
  ]

  @Test(arguments: conflicts.keys.sorted())
  func `one side taken in every conflict means what that side means, and the title is in none`(_ name: String) throws {
    let sides = try #require(Self.conflicts[name])
    let bench = try Self.found()
    try bench.write(Self.decision, to: "decisions/d.yaml")
    try bench.run("driver", "install")
    try bench.git("add", "-A")
    try bench.git("commit", "-q", "-m", "A decision", "-m", "It is a test.")
    for (branch, edits, title) in [("ours", sides.ours, "Old title"), ("theirs", sides.theirs, "New title")] {
      try bench.git("switch", "-q", "-c", branch, "main")
      try Self.edit(bench, "decisions/d.yaml") { text in
        edits.reduce(text) { $0.replacing($1.key, with: $1.value) }.replacing("Old title", with: title)
      }
    }
    // What each side comes to with the title that one of them alone changed.
    try bench.git("switch", "-q", "ours")
    try Self.edit(bench, "decisions/d.yaml") { $0.replacing("Old title", with: "New title") }
    try bench.git("branch", "titled")
    try bench.git("reset", "-q", "--hard", "HEAD~1")
    let path = "PATH=\(URL(fileURLWithPath: EthosProcess.binary).deletingLastPathComponent().path):$PATH"
    #expect(try bench.ethos.shell("\(path) git merge -q --no-edit theirs").status == 1)
    let text = try bench.read("decisions/d.yaml")
    for (isOurs, branch) in [(true, "titled"), (false, "theirs")] {
      let taken = Self.taking(isOurs: isOurs, text)
      try bench.write(taken, to: "decisions/d.yaml")
      let difference = try bench.run("diff", branch).output
      #expect(difference.contains("No change of meaning"), "\(name), ours \(isOurs): \(text)\(difference)")
      for words in ["# What the head says.", "# how sure", "# What the foot says."] {
        #expect(taken.contains(words), "\(taken)")
      }
    }
    // The title is outside of the marks: it is taken, whatever side is.
    #expect(Self.taking(isOurs: true, text).contains("title: New title\n"))
  }

  private static func taking(isOurs: Bool, _ text: String) -> String {
    var side: Bool?
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("<<<<<<< ") {
        side = true
      } else if line == "=======" {
        side = false
      } else if line.hasPrefix(">>>>>>> ") {
        side = nil
      } else if side == nil || side == isOurs {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  @Test func `in a git conflict status says so, and nothing is removed`() throws {
    let bench = try Self.found()
    for (branch, limit) in [("ours", "61"), ("theirs", "62")] {
      try bench.git("switch", "-q", "-c", branch, "main")
      try Self.edit(bench, Self.limit) { $0.replacing("60", with: limit) }
    }
    #expect(try bench.ethos.shell("git merge -q ours").status == 1)
    let before = try bench.read(Self.limit)
    let status = try bench.run("status").output
    #expect(status.contains("In a git conflict") && status.contains("git add -- limits/client-risk.yaml"))
    #expect(!status.contains("removed") && !status.contains("ethos propose"))
    #expect(try bench.json("status")["conflicts"] as? [String] == [Self.limit])
    let refused = try bench.run("set", "limit/client-risk.atMost", "63", status: 2)
    #expect(refused.errors.contains("is in a git conflict"))
    #expect(try bench.read(Self.limit) == before)
    // Another entry is edited as ever, and once it is resolved this one too.
    try bench.run("set", "value/care.title", "More care")
    try bench.write("id: client-risk\ntitle: Client risk\natMost: 62\n", to: Self.limit)
    try bench.run("set", "limit/client-risk.atMost", "63")
  }

  /// A name that is written in two ways is two files for git.
  @Test func `names that differ in their spelling are two files`() throws {
    let (composed, decomposed) = ("limits/\u{E9}.yaml", "limits/e\u{301}.yaml")
    let bench = try Self.found()
    try bench.write("id: acc\ntitle: T\natMost: 5\n", to: composed)
    try bench.git("add", "-A")
    try bench.git("commit", "-q", "-m", "A limit", "-m", "It is a test.")
    try FileManager.default.removeItem(atPath: "\(bench.work)/\(composed)")
    try bench.write("id: acc\ntitle: T\natMost: 6\n", to: decomposed)
    try bench.run("propose", "p", "--because", "Why.")
    let names = try bench.git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "HEAD", "limits/")
    #expect(names.split(separator: "\n").map { Array($0.utf8) }.contains(Array(decomposed.utf8)))
    #expect(!names.split(separator: "\n").map { Array($0.utf8) }.contains(Array(composed.utf8)))
    #expect(try bench.git("status", "--porcelain") == "")
  }
}
