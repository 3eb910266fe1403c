import EthosTestSupport
import Foundation
import Testing

/// `ethos why` names the commit that `git log -p` shows, found by other means.
@Suite struct WhyOracleTests {
  @Test func `every field of the demonstration is attributed to the commit that git log -p shows`() throws {
    let bench = try NorthgateBank.afterDemo()
    let files = try bench.git("ls-files", "*.yaml").split(separator: "\n").map(String.init)
    #expect(files.count > 40)
    var compared = 0
    for file in files {
      let log = try bench.git("log", "-p", "--topo-order", "-U100000", "--format=@%H", "--", file)
      let expected = TextOracle(log: log).answers
      #expect(!expected.isEmpty, "\(file)")
      let answer = try bench.json("why", Self.reference(of: file))
      #expect(answer["commitment"] as? String == Self.reference(of: file))
      let fields = try #require(answer["fields"] as? [[String: Any]])
      var actual: [String: String] = [:]
      for field in fields { actual[field["field"] as? String ?? "?"] = field["commit"] as? String }
      #expect(Set(actual.keys) == Set(expected.keys), "\(file)")
      for (place, commit) in expected {
        #expect(actual[place] == commit, "\(file) \(place)")
        compared += 1
      }
    }
    // That the oracle sees places at all, and not one commit for everything.
    #expect(compared > 250, "only \(compared) places compared")
  }

  /// The reference of the entry in a file whose name is its id.
  private static func reference(of file: String) -> String {
    guard file != "ethos.yaml" else { return "charter" }
    let parts = file.dropLast(".yaml".count).split(separator: "/")
    let kind = ["people": "person"][parts[0]] ?? String(parts[0].dropLast())
    return "\(kind)/\(parts[parts.count - 1])"
  }

  @Test func `the text oracle takes files apart`() {
    let lines = """
      # a comment
      id: x
      uses: {client risk: limit/client-risk}   # the appetite
      serves: [b,  a]
      friction:
        - {accept: slower, limit: limit/days}
        - accept: fewer, and dearer
          measure: lost
      rules: |
        | id | a   | route |
        |----|-----|-------|
        | r1 | > 5 | no    |
        | r2 | -   | yes   |
      """
    #expect(
      TextOracle.places(lines.split(separator: "\n")) == [
        "uses.'client risk'": "limit/client-risk", "serves": "a, b",
        "friction[slower]": "accept: slower, limit: limit/days",
        "friction[fewer, and dearer]": "accept: fewer, and dearer, measure: lost",
        "rules[r1]": "a=> 5;id=r1;route=no", "rules[r2]": "id=r2;route=yes",
      ])
  }

  // MARK: - What the demonstration does not have

  /// One commit of a repository made by hand: what it does, and its id.
  private static func commit(_ subject: String, in bench: Bench) throws -> String {
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", subject, "-m", "Because of \(subject).")
    return try bench.git("rev-parse", "HEAD").filter { !$0.isWhitespace }
  }

  private static func origin(_ reference: String, in bench: Bench) throws -> String? {
    let fields = try #require(try bench.json("why", reference)["fields"] as? [[String: Any]])
    try #require(fields.count == 1, "\(reference): \(fields)")
    return fields[0]["commit"] as? String
  }

  private static let prudence = """
    id: prudence
    title: Prudence
    statement: We would rather lose a client than take one on whom we do not understand.
    rank: root
    friction:
      - {accept: slower onboarding, measure: days}
      - {accept: fewer clients, measure: applications lost}
    """

  private static let limit = "id: appetite\ntitle: Appetite\natMost: 60\nunit: points\nbecause: We can explain it.\n"

  private static func began() throws -> (bench: Bench, root: String) {
    let bench = try Bench()
    try bench.write("ethos: 1\norganisation: Test\nbranch: main\nranks: [root, system]\n", to: "ethos.yaml")
    try bench.write(prudence + "\n", to: "values/prudence.yaml")
    try bench.write(limit, to: "limits/appetite.yaml")
    try bench.git("init", "-qb", "main")
    return (bench, try commit("the beginning", in: bench))
  }

  @Test func `a moved file, new layout, wrapped prose and another order of keys change nothing`() throws {
    let (bench, root) = try Self.began()
    try FileManager.default.createDirectory(atPath: "\(bench.work)/values/core", withIntermediateDirectories: true)
    try bench.git("mv", "values/prudence.yaml", "values/core/prudence.yaml")
    _ = try Self.commit("a move", in: bench)
    try bench.write(
      """
      # What we hold to.
      title:   Prudence
      rank: "root"
      id: prudence
      friction:
        - accept: fewer clients
          measure: applications lost
        - {measure: days, accept: slower onboarding}
      statement: >
        We would rather lose a client than
        take one on whom we do not understand.

      """, to: "values/core/prudence.yaml")
    _ = try Self.commit("another layout", in: bench)
    try bench.write(
      "because: 'We can\n  explain it.'\natMost: 60.0\nunit: points\ntitle: Appetite\nid: appetite\n",
      to: "limits/appetite.yaml")
    _ = try Self.commit("another order", in: bench)
    for place in ["title", "statement", "rank", "friction[fewer clients]", "friction['slower onboarding']"] {
      #expect(try Self.origin("value/prudence.\(place)", in: bench) == root, "\(place)")
    }
    for place in ["title", "atMost", "unit", "because"] {
      #expect(try Self.origin("limit/appetite.\(place)", in: bench) == root, "\(place)")
    }
  }

  @Test func `a table that ethos format lays out anew keeps the origin of its rows`() throws {
    let (bench, _) = try Self.began()
    try bench.write(
      """
      id: entry
      title: Entry
      question: Do they come in?
      inputs: [{name: score, type: number}]
      outputs: [{name: route, type: string, allowed: '"no", "yes"'}]
      hitPolicy: first
      rules: |
        |id|score|route|
        |-|-|-|
        |r1|> 60|no|
        |r2|-|yes|

      """, to: "decisions/entry.yaml")
    let written = try Self.commit("a table", in: bench)
    let before = try bench.read("decisions/entry.yaml")
    try bench.run("format", "decision/entry")
    #expect(try bench.read("decisions/entry.yaml") != before)
    let laidOut = try Self.commit("a better layout", in: bench)
    for place in ["title", "rules[r1]", "rules[r2]", "inputs[score]"] {
      #expect(try Self.origin("decision/entry.\(place)", in: bench) == written, "\(place)")
    }
    #expect(try bench.git("log", "-1", "--format=%H", "--", "decisions").hasPrefix(laidOut))
  }

  @Test func `a move with a change of one field is the origin of that field alone`() throws {
    let (bench, root) = try Self.began()
    try FileManager.default.removeItem(atPath: "\(bench.work)/limits/appetite.yaml")
    try bench.write(Self.limit.replacing("60", with: "55"), to: "limits/risk/appetite.yaml")
    let moved = try Self.commit("a move with a change", in: bench)
    #expect(try Self.origin("limit/appetite.atMost", in: bench) == moved)
    #expect(try Self.origin("limit/appetite.unit", in: bench) == root)
  }

  @Test func `a revert and a re-insertion are changes`() throws {
    let (bench, root) = try Self.began()
    try bench.write(Self.limit.replacing("60", with: "55"), to: "limits/appetite.yaml")
    _ = try Self.commit("a lower appetite", in: bench)
    try bench.git("revert", "--no-edit", "HEAD")
    let reverted = try bench.git("rev-parse", "HEAD").filter { !$0.isWhitespace }
    #expect(try Self.origin("limit/appetite.atMost", in: bench) == reverted)
    #expect(try Self.origin("limit/appetite.because", in: bench) == root)

    try bench.write(Self.prudence.replacing("rank: root\n", with: ""), to: "values/prudence.yaml")
    _ = try Self.commit("no rank", in: bench)
    try bench.write(Self.prudence, to: "values/prudence.yaml")
    let again = try Self.commit("the rank again", in: bench)
    #expect(try Self.origin("value/prudence.rank", in: bench) == again)
    #expect(try Self.origin("value/prudence.title", in: bench) == root)

    try bench.git("rm", "-q", "limits/appetite.yaml")
    _ = try Self.commit("no limit", in: bench)
    try bench.write(Self.limit, to: "limits/appetite.yaml")
    let back = try Self.commit("the limit again", in: bench)
    #expect(try Self.origin("limit/appetite.unit", in: bench) == back)
    // What is asked about an earlier state is answered from there.
    #expect(try Self.origin("limit/appetite.atMost@\(reverted)", in: bench) == reverted)
  }

  @Test func `a merge is the origin of what neither side had, and of nothing else`() throws {
    let (bench, root) = try Self.began()
    try bench.git("switch", "-qc", "side")
    try bench.write(Self.limit.replacing("60", with: "55"), to: "limits/appetite.yaml")
    let side = try Self.commit("a lower appetite", in: bench)
    try bench.git("switch", "-q", "main")
    try bench.write(Self.prudence.replacing("rank: root", with: "rank: system"), to: "values/prudence.yaml")
    let main = try Self.commit("another rank", in: bench)
    try bench.git("merge", "-q", "--no-ff", "--no-commit", "side")
    let clean = try Self.commit("a merge", in: bench)
    #expect(try Self.origin("limit/appetite.atMost", in: bench) == side)
    #expect(try Self.origin("value/prudence.rank", in: bench) == main)
    #expect(try Self.origin("limit/appetite.unit", in: bench) == root)

    try bench.git("switch", "-qc", "other", clean)
    try bench.write(Self.limit.replacing("60", with: "50"), to: "limits/appetite.yaml")
    _ = try Self.commit("fifty", in: bench)
    try bench.git("switch", "-q", "main")
    try bench.write(Self.limit.replacing("60", with: "40"), to: "limits/appetite.yaml")
    _ = try Self.commit("forty", in: bench)
    try bench.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "other")
    try bench.write(Self.limit.replacing("60", with: "45"), to: "limits/appetite.yaml")
    let meeting = try Self.commit("the middle", in: bench)
    #expect(try Self.origin("limit/appetite.atMost", in: bench) == meeting)
    #expect(try Self.origin("limit/appetite.because", in: bench) == root)
  }

  @Test func `of two proposals open at once the log tells what each replaced in force`() throws {
    let (bench, root) = try Self.began()
    func proposal(_ name: String, _ value: String) throws -> String {
      try bench.git("switch", "-qc", name, root)
      try bench.write(Self.limit.replacing("60", with: value), to: "limits/appetite.yaml")
      return try Self.commit(value, in: bench)
    }
    let a = try proposal("a", "55")
    let b = try proposal("b", "50")
    try bench.git("switch", "-q", "main")
    try bench.git("merge", "-q", "--no-ff", "-m", "Ratify a", "a")
    try bench.git("switch", "-q", "b")
    try bench.git("merge", "-q", "-X", "ours", "-m", "Take main in", "main")
    try bench.git("switch", "-q", "main")
    try bench.git("merge", "-q", "--no-ff", "-m", "Ratify b", "b")
    let fields = try #require(try bench.json("why", "limit/appetite.atMost")["fields"] as? [[String: Any]])
    #expect(fields.map { $0["commit"] as? String } == [b])
    #expect(fields.map { $0["before"] as? String } == ["55"])
    let entries = try #require(try bench.json("log", "limit/appetite.atMost")["entries"] as? [[String: Any]])
    #expect(entries.map { $0["commit"] as? String } == [b, a, root])
    #expect(entries.map { $0["before"] as? String } == ["55", "60", nil])
  }

  @Test func `of a change made alike on two branches the one of the first parent counts, as git log has it`() throws {
    let (bench, _) = try Self.began()
    let lower = Self.limit.replacing("60", with: "55")
    try bench.git("switch", "-qc", "side")
    try bench.write(lower, to: "limits/appetite.yaml")
    _ = try Self.commit("a lower appetite, aside", in: bench)
    try bench.git("switch", "-q", "main")
    try bench.write(lower, to: "limits/appetite.yaml")
    let main = try Self.commit("a lower appetite", in: bench)
    try bench.git("merge", "-q", "--no-ff", "-m", "Both agree", "side")
    #expect(try Self.origin("limit/appetite.atMost", in: bench) == main)
    let log = try bench.git("log", "-1", "--format=%H", "--", "limits/appetite.yaml").filter { !$0.isWhitespace }
    #expect(log == main)
  }

  @Test func `a default that somebody wrote out has an origin`() throws {
    let (bench, root) = try Self.began()
    #expect(try Self.origin("charter.branch", in: bench) == root)
    let fields = try #require(try bench.json("why", "charter")["fields"] as? [[String: Any]])
    #expect(fields.contains { $0["field"] as? String == "branch" })
  }
}
