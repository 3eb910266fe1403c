import EthosTestSupport
import Foundation
import Testing

/// A bank with a secretary who may record, whose limit moves a decision that another office owns.
enum SmallBank {
  static func founded() throws -> Bench {
    let bench = try Bench()
    try bench.git("init", "-q", "-b", "main")
    try bench.write(
      """
      ethos: 1
      organisation: Small Bank
      defaultOwner: chief
      recorders: [{office: secretary, level: critical}]
      authority:
        - {change: ["*"], level: critical, quorum: {chief: 1, board: 1}}
      """, to: "ethos.yaml")
    for id in ["jane", "ada", "ruth", "omar", "mei"] {
      try bench.write("id: \(id)\nname: \(id.capitalized)\nemails: [\(id)@bank.example]\n", to: "people/\(id).yaml")
    }
    try bench.write(
      """
      id: now
      title: Now
      from: 2026-01-01
      offices: {chief: jane, board: [ada, ruth], operations: omar, secretary: mei}
      """, to: "cycles/now.yaml")
    for (id, value) in [("low", 20), ("high", 60)] {
      try bench.write("id: \(id)\ntitle: \(id.capitalized)\natMost: \(value)\n", to: "limits/\(id).yaml")
    }
    try bench.write(
      """
      id: onboarding
      title: Onboarding
      question: Do we take this client on?
      owner: operations
      uses: {low: limit/low, high: limit/high}
      inputs:
        - {name: score, type: number, allowed: "[0..100]", step: 1}
      outputs:
        - {name: route, type: string, allowed: '"decline", "refer", "approve"', strictest: first}
      hitPolicy: first
      rules: |
        | id | score  | route   |
        |----|--------|---------|
        | r1 | <= low | approve |
        | r2 | > high | decline |
        | r3 | -      | refer   |
      """, to: "decisions/onboarding.yaml")
    try bench.git("add", "-A")
    try bench.git("commit", "-q", "-m", "Found it", "-m", "There was nothing.")
    return bench
  }

  static func person(_ id: String, _ bench: Bench) -> EthosProcess {
    bench.ethos.acting(as: id.capitalized, "\(id)@bank.example")
  }

  /// A proposal that sets fields, made from main by a person; main is checked out afterwards.
  static func propose(_ name: String, by id: String = "mei", _ bench: Bench, _ edits: (String, String)...) throws {
    for (field, value) in edits { try bench.run("set", field, value) }
    try bench.run("propose", name, "--because", "It is time.", as: person(id, bench))
    try bench.git("switch", "-q", "main")
  }
}

@Suite struct ReviewPageTests {
  @Test func `a decision taken elsewhere is recorded, counted for the person and shown as recorded everywhere`() throws
  {
    let bench = try SmallBank.founded()
    try bench.write("The board agreed.\n", to: "minutes 2026-11.txt")
    try SmallBank.propose("lower", by: "omar", bench, ("limit/high.atMost", "55"))
    try bench.run("approve", "lower", as: SmallBank.person("jane", bench))
    let arguments = ["approve", "lower", "--for", "ada", "--source", "minutes 2026-11.txt", "--because", "As minuted."]
    let refused = try SmallBank.person("ruth", bench).run(arguments)
    #expect(refused.status == 1 && refused.errors.contains("the charter lets these record: `secretary`"))
    let recorded = try SmallBank.person("mei", bench).run(arguments)
    #expect(recorded.status == 0 && recorded.output.contains("recorded by mei"), "\(recorded)")
    let message = try bench.git("log", "-1", "--format=%B", "reviews/lower/ada.by.mei")
    let digest = try bench.ethos.shell("cd '\(bench.work)' && sha256sum < 'minutes 2026-11.txt'").output.prefix(64)
    #expect(message.contains("On-Behalf-Of: ada\nSource: minutes 2026-11.txt sha256:\(digest)\n"))
    let page = try bench.run("review", "lower").output
    #expect(page.contains("board: ada") && page.contains(/Ada on [0-9-]{10} \(recorded by Mei\) approves/))
    try bench.run("ratify", "lower", as: SmallBank.person("omar", bench))
    let trailers = try bench.ethos.shell(
      "cd '\(bench.work)' && git log -1 --format=%B | git interpret-trailers --parse")
    #expect(trailers.output.contains("Approved-by: Ada <ada@bank.example> (recorded by Mei)\n"))
    for command in ["why", "log"] {
      #expect(try bench.run(command, "limit/high.atMost").output.contains(/Ada on [0-9-]{10} \(recorded by Mei\)/))
    }
    let fields = try #require(bench.json("why", "limit/high.atMost")["fields"] as? [[String: Any]])
    let approvals = try #require(fields.first?["approvedBy"] as? [[String: Any]])
    #expect(approvals.contains { $0["id"] as? String == "ada" && $0["recordedBy"] as? String == "Mei" })
  }

  @Test func `what is recorded needs its person and its source`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("lower", by: "omar", bench, ("limit/high.atMost", "55"))
    let mei = SmallBank.person("mei", bench)
    try bench.run("approve", "lower", "--for", "ada", status: 64, as: mei)
    try bench.run("approve", "lower", "--source", "ethos.yaml", status: 64, as: mei)
    try bench.run("approve", "lower", "--for", "mei", "--source", "ethos.yaml", status: 64, as: mei)
    let near = try bench.run("approve", "lower", "--for", "adda", "--source", "ethos.yaml", status: 1, as: mei)
    #expect(near.errors.contains("did you mean `ada`?"))
    try bench.run("approve", "lower", "--for", "ada", "--source", "missing.pdf", status: 2, as: mei)
    #expect(try bench.git("branch", "--list", "reviews/*").isEmpty)
  }

  @Test func `the owner of a decision that moves is named and asked, and their objection is answered`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("lower", bench, ("limit/high.atMost", "55"))
    let asked = "decision/onboarding, owned by operations, decides otherwise through limit/high: omar asked, not needed"
    for command in [["review", "lower"], ["status"]] {
      #expect(try bench.ethos.run(command).output.replacing(/\s+/, with: " ").contains(asked))
    }
    for id in ["jane", "ada"] { try bench.run("approve", "lower", as: SmallBank.person(id, bench)) }
    try bench.run("review", "lower")
    try bench.run("object", "lower", "--because", "We lack people.", as: SmallBank.person("omar", bench))
    #expect(try bench.run("review", "lower").output.contains(/Omar\s+on\s+[0-9-]{10}\s+objected/))
    let refused = try bench.run("ratify", "lower", status: 1)
    #expect(refused.errors.contains("Omar objected and is not answered"))
    try bench.run("ratify", "lower", "--answer", "omar=Two more start in March.")
  }

  @Test func `a comment changes no verdict, and a condition is met by who set it`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("lower", bench, ("limit/high.atMost", "55"))
    try bench.run("approve", "lower", as: SmallBank.person("jane", bench))
    let ada = SmallBank.person("ada", bench)
    let answer = try bench.run("approve", "lower", "--condition", "The branches are told.", as: ada)
    #expect(answer.output.contains("counts once you approve without a condition"))
    try bench.run("comment", "lower", "--because", "Who tells them?", "--on", "limit/high.atMost", as: ada)
    try bench.run("comment", "lower", "--because", "x", "--on", "limit/hihg", status: 1, as: ada)
    let page = try bench.run("review", "lower", status: 1).output
    #expect(
      page.contains("on the condition: The branches are told.")
        && page.contains(/Ada on [0-9-]{10} comments on limit\/high.atMost/))
    try bench.run("ratify", "lower", status: 1)
    try bench.run("approve", "lower", as: ada)
    try bench.run("comment", "lower", "--because", "Thank you.", as: ada)
    #expect(try bench.git("rev-list", "--count", "main..reviews/lower/ada").hasPrefix("5"))
    try bench.run("ratify", "lower")
  }

  @Test func `two proposals that together decide what neither does are shown with a case`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("low", bench, ("limit/low.atMost", "70"))
    try SmallBank.propose("high", bench, ("limit/high.atMost", "50"))
    try SmallBank.propose("title", bench, ("limit/low.title", "Lower"))
    let page = try bench.run("review", "high", status: 1).output.replacing(/\s+/, with: " ")
    #expect(page.contains("low touches decision/onboarding too"))
    // Alone, low approves up to 70 and high declines above 50: neither proposal changes what the first rule decides first.
    let review = try bench.json("review", "title", status: 1)
    let collisions = try #require(review["collisions"] as? [[String: Any]])
    #expect(collisions.map { $0["proposal"] as? String } == ["low"])
    // Both change one file, and other fields of it.
    #expect(collisions.first?["conflict"] as? Bool == false)
    #expect(try bench.run("status").output.contains("low touches limit/low too"))
  }

  @Test func `a case that only two proposals together decide so is run under all four states`() throws {
    let bench = try SmallBank.founded()
    // In force a score of 65 is declined; with a higher limit it is referred; with another last rule what is referred is
    // approved; only both approve 65.
    try SmallBank.propose("raise", bench, ("limit/high.atMost", "70"))
    let text = try bench.read("decisions/onboarding.yaml").replacing("| refer   |", with: "| approve |")
    try bench.write(text, to: "decisions/onboarding.yaml")
    try bench.run("propose", "trust", "--because", "They are fine.", as: SmallBank.person("mei", bench))
    try bench.git("switch", "-q", "main")
    let review = try bench.json("review", "raise", status: 1)
    let collisions = try #require(review["collisions"] as? [[String: Any]])
    let decisions = try #require(collisions.first?["decisions"] as? [[String: Any]])
    let witness = try #require(decisions.first?["witness"] as? [String: Any])
    let facts = try #require(witness["facts"] as? [String: String])
    #expect((61...70).contains(Int(facts["score"] ?? "") ?? 0))
    #expect(
      ["inForce", "mine", "theirs", "together"].map { witness[$0] as? String } == [
        "decline", "refer", "decline", "approve",
      ])
    let page = try bench.run("review", "raise", status: 1).output
    #expect(page.contains("together the two decide decision/onboarding as neither does alone"))
  }

  @Test func `the page as HTML stands by itself and escapes what people wrote`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("lower", bench, ("limit/high.atMost", "55"), ("limit/high.title", "<img src=x onerror=y>"))
    try bench.run(
      "object", "lower", "--because", "</blockquote><script>alert(1)</script>", as: SmallBank.person("ada", bench))
    let page = try bench.run("review", "lower", "--format", "html", status: 1).output
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("&lt;script&gt;alert(1)"))
    #expect(!page.contains("<script") && !page.contains("<img"))
    let diff = try bench.run("diff", "main", "proposals/lower", "--format", "html").output
    #expect(diff.contains("<table>") && !diff.contains("<img"))
  }

  @Test func `three people in three clones review at once, and every word survives and counts`() throws {
    let bench = try SmallBank.founded()
    let hub = "\(bench.root)/hub.git"
    try bench.git("clone", "-q", "--bare", bench.work, hub)
    var clones: [String: String] = [:]
    for id in ["mei", "jane", "ada", "ruth"] {
      let folder = "\(bench.root)/\(id)"
      try bench.git("clone", "-q", hub, folder)
      clones[id] = folder
    }
    func folder(_ id: String) throws -> String { try #require(clones[id]) }
    func act(_ id: String, _ arguments: String..., status: Int32 = 0) throws -> ProcessResult {
      let result = try SmallBank.person(id, bench).run(arguments + ["-C", folder(id)])
      #expect(result.status == status, "\(id) \(arguments): \(result.output)\(result.errors)")
      return result
    }
    let push = ["push", "-q", "origin", "refs/heads/proposals/*", "refs/heads/reviews/*"]
    func git(_ id: String, _ arguments: [String]) throws {
      let result = try SmallBank.person(id, bench).run(program: "/usr/bin/env", ["git", "-C", folder(id)] + arguments)
      #expect(result.status == 0, "\(result.errors)")
    }
    _ = try act("mei", "set", "limit/high.atMost", "55")
    _ = try act("mei", "propose", "lower", "--because", "It is time.")
    try git("mei", ["push", "-q", "origin", "refs/heads/proposals/*"])
    // Nobody has a branch of the proposal; each reviews what was fetched, and none sees what the others say.
    for id in ["jane", "ada", "ruth"] { try git(id, ["fetch", "-q", "origin"]) }
    #expect(try act("jane", "status").output.contains("lower"))
    _ = try act("jane", "approve", "lower")
    _ = try act("ada", "approve", "lower")
    _ = try act("ruth", "object", "lower", "--because", "Too soon.")
    for id in ["jane", "ada", "ruth"] { try git(id, push.filter { !$0.contains("proposals") }) }
    try git("jane", ["fetch", "-q", "origin"])
    let page = try act("jane", "review", "lower").output
    for words in ["chief: jane", "board: ada", " objects"] { #expect(page.contains(words), "\(page)") }
    // Ruth thinks again in another clone: what she said there before is fetched, and her new word follows it.
    try git("mei", ["fetch", "-q", "origin"])
    let again = SmallBank.person("ruth", bench)
    let second = try again.run(["abstain", "lower", "-C", folder("mei")])
    #expect(second.status == 0)
    try git("mei", push)
    try git("jane", ["fetch", "-q", "origin"])
    #expect(try act("jane", "review", "lower").output.contains(/abstained +Ruth/))
    _ = try act("jane", "ratify", "lower")
    try git("jane", ["push", "-q", "origin", "main"])
    try git("ada", ["pull", "-q", "origin", "main"])
    let log = try SmallBank.person("ada", bench).run(
      program: "/usr/bin/env", ["git", "-C", folder("ada"), "log", "--format=%B"])
    for trailer in ["Approved-by: Jane", "Approved-by: Ada", "Review: object", "Review: abstain"] {
      #expect(log.output.contains(trailer))
    }
    #expect(try !act("ada", "status").output.contains("Open proposals"))
  }

  @Test func `of two states of a proposal that diverge the one here counts, and the reader is told`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("lower", bench, ("limit/high.atMost", "55"))
    try bench.git("update-ref", "refs/remotes/origin/proposals/lower", "proposals/lower")
    let script = """
      cd '\(bench.work)' && git update-ref refs/remotes/origin/proposals/lower \
      $(git commit-tree 'main^{tree}' -p main -m 'Another state')
      """
    #expect(try SmallBank.person("omar", bench).shell(script).status == 0)
    #expect(try bench.run("review", "lower", status: 1).output.contains("origin/proposals/lower holds other commits"))
    let review = try bench.json("review", "lower", status: 1)
    #expect(review["diverging"] as? [String] == ["origin/proposals/lower"])
    #expect(try bench.git("rev-parse", "proposals/lower").hasPrefix(review["tip"] as? String ?? "none"))
  }

  @Test func `a work tree on a proposal that a remote is ahead of stays whole when it is edited and ratified`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("lower", bench, ("limit/high.atMost", "55"))
    try bench.git("switch", "-q", "proposals/lower")
    try bench.run("set", "limit/low.atMost", "10")
    try bench.run("propose", "lower", "--because", "This too.", as: SmallBank.person("mei", bench))
    try bench.git("update-ref", "refs/remotes/origin/proposals/lower", "HEAD")
    try bench.git("reset", "-q", "--hard", "HEAD~1")
    try bench.run("set", "limit/low.title", "Lowest", "--proposal", "lower", "--because", "A better name.")
    #expect(try bench.git("status", "--porcelain").isEmpty)
    #expect(try bench.read("limits/low.yaml").contains("atMost: 10"))
    try bench.git("update-ref", "refs/remotes/origin/proposals/lower", "HEAD")
    try bench.git("reset", "-q", "--hard", "HEAD~2")
    for id in ["jane", "ada"] { try bench.run("approve", "lower", as: SmallBank.person(id, bench)) }
    try bench.run("ratify", "lower", as: SmallBank.person("omar", bench))
    #expect(try bench.git("status", "--porcelain").isEmpty)
    #expect(try bench.read("limits/low.yaml").contains("title: Lowest"))
  }

  @Test func `what was withdrawn is not opened again by what a remote still has`() throws {
    let bench = try SmallBank.founded()
    try SmallBank.propose("lower", bench, ("limit/high.atMost", "55"))
    try bench.git("update-ref", "refs/remotes/origin/proposals/lower", "proposals/lower")
    try bench.run("withdraw", "lower", "--because", "No.")
    #expect(try !bench.run("status").output.contains("Open proposals"))
    #expect(try bench.run("review", "lower", status: 1).output.contains("withdrawn by"))
  }

  @Test func `a proposal that collides takes nothing back that main changed elsewhere`() throws {
    let bench = try Bench()
    try WritingScene.found(bench)
    try bench.write("id: tone\ntitle: Tone\natMost: 5\n", to: "limits/tone.yaml")
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", "More", "-m", "It is a test.")
    try bench.git("branch", "proposals/p")
    try bench.run("set", "limit/client-risk.atMost", "30")
    try bench.run("set", "limit/tone.title", "Of main")
    try bench.git("commit", "-qam", "Main moves", "-m", "It is a test.")
    try bench.git("switch", "-q", "proposals/p")
    try bench.run("set", "limit/tone.title", "Of the proposal")
    try bench.git("commit", "-qam", "A title", "-m", "It is a test.")
    try bench.git("switch", "-q", "main")
    let review = try bench.json("review", "p", status: 1)
    let entries = try #require(review["entries"] as? [[String: Any]])
    #expect(entries.compactMap { $0["commitment"] as? String } == ["limit/tone"])
  }
}
