import EthosTestSupport
import Foundation
import Testing

/// What an audit says beside agreement: exceptions, friction, systems, and tables outside of the repository.
@Suite struct AuditPartsTests {
  private static func decision(_ limit: String) -> String {
    """
    id: loan
    title: Loan
    question: Do we lend?
    owner: lead
    serves: [prudence]
    uses: {most: limit/most}
    inputs:
      - {name: amount, type: number, allowed: ">= 0"}
    outputs:
      - {name: answer, type: string, allowed: '"no", "yes"', strictest: first}
    hitPolicy: first
    rules: |
      | id | amount  | answer | enacts   | over  |
      |----|---------|--------|----------|-------|
      | r1 | > \(limit) | no     | prudence | speed |
      | r2 | -       | yes    | speed    |       |

    """
  }

  private func bench() throws -> Bench {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    try bench.write(Self.decision("most"), to: "decisions/loan.yaml")
    try bench.write("id: most\ntitle: The most\natMost: 10\nowner: lead\nbecause: So.\n", to: "limits/most.yaml")
    try bench.write("id: days\ntitle: Days\natMost: 3\nunit: days\nowner: lead\nbecause: So.\n", to: "limits/days.yaml")
    try bench.write(
      """
      id: prudence
      title: Prudence
      owner: lead
      outranks: [speed]
      friction:
        - {accept: slower answers, limit: limit/days, measure: days to answer}
        - {accept: fewer clients, measure: clients lost}

      """, to: "values/prudence.yaml")
    try bench.write("id: speed\ntitle: Speed\nowner: lead\n", to: "values/speed.yaml")
    try bench.write(
      """
      id: old-clients
      title: Old clients
      of: decision/loan
      when: {client: '"A-1", "A-2"', amount: "<= 20"}
      outcome: {answer: yes}
      owner: lead
      until: 2026-06-30
      because: They were promised it.

      """, to: "exceptions/old-clients.yaml")
    try bench.write(
      "id: desk\ntitle: Desk\nowner: lead\nstatus: live\nimplements: [decision/loan]\nbuiltFor: release/first-2026/1\n",
      to: "systems/desk.yaml")
    try bench.git("add", "--all")
    try bench.git("commit", "--quiet", "--message", "Lend", "--message", "To see.")
    let early = bench.ethos.with("ETHOS_NOW", "2026-02-01T09:00:00Z")
    try bench.run("release", "--effective", "2026-03-01", "--title", "Lending", as: early)
    return bench
  }

  private static let log = """
    day,client,amount,answer,days to answer,by
    2026-04-01,A-1,15,yes,1,desk
    2026-07-01,A-1,15,yes,2,desk
    2026-04-02,A-1,25,yes,4,desk
    2026-04-03,B-9,15,yes,5.5,hand
    2026-06-30,A-2,20,yes,,hand
    2026-04-05,A-2,15,no,soon,desk
    2026-04-06,B-1,5,yes,3,
    2026-04-07,A-1,5,no,3,desk

    """

  @Test func `departures that an exception accepts are named, and counted apart`() throws {
    let bench = try bench()
    try bench.write(Self.log, to: "log.csv")
    let answer = try bench.json("audit", "log.csv", "--decision", "loan")
    #expect((answer["inForce"] as? [String: Any])?["share"] as? String == "2/8")
    // Rows 1 and 5: of the clients meant, of an amount meant, on a day up to its last.
    #expect(answer["excepted"] as? Int == 2)
    let departures = try #require(answer["departures"] as? [[String: Any]])
    let accepted = departures.filter { !($0["exception"] is NSNull) }
    #expect(accepted.count == 1 && accepted[0]["exception"] as? String == "exception/old-clients")
    #expect(accepted[0]["cases"] as? Int == 2 && accepted[0]["row"] as? Int == 1)
    #expect(departures.filter { $0["exception"] is NSNull }.reduce(0) { $0 + ($1["cases"] as? Int ?? 0) } == 4)
    // They are in no order of values: of the cases of r1 four are left, three of which were granted.
    let revealed = try #require((answer["priorities"] as? [String: Any])?["revealed"] as? [[String: Any]])
    #expect(revealed.first?["cases"] as? Int == 4 && revealed.first?["reversed"] as? Int == 3)
    #expect(revealed.first?["verdict"] as? String == "too-few")
    let text = try bench.run("audit", "log.csv", "--decision", "loan").output
    #expect(text.contains("Accepted by an exception: not counted as departures above"))
    #expect(!text.contains("no days"))
  }

  @Test func `without days nobody knows whether an exception held; without its column nobody knows for whom`() throws {
    let bench = try bench()
    try bench.write(Self.log, to: "log.csv")
    let text = try bench.run("audit", "log.csv", "--decision", "loan", "--at", "HEAD").output
    #expect(text.contains("the cases have no days"))
    #expect(try bench.json("audit", "log.csv", "--decision", "loan", "--at", "HEAD")["excepted"] as? Int == 3)
    try bench.write("day,amount,answer\n2026-04-01,15,yes\n", to: "short.csv")
    let answer = try bench.json("audit", "short.csv", "--decision", "loan")
    #expect(answer["excepted"] as? Int == 0)
    let unapplied = try #require(answer["unapplied"] as? [[String: Any]])
    #expect(unapplied.map { $0["reason"] as? String } == ["the log has no column for `client`"])
    // Only departures that nothing accepts are a no.
    try bench.write("day,client,amount,answer\n2026-04-01,A-1,15,yes\n", to: "one.csv")
    try bench.run("audit", "one.csv", "--decision", "loan", "--exit-code")
    try bench.run("audit", "short.csv", "--decision", "loan", "--exit-code", status: 1)
  }

  @Test(arguments: [
    ("when: {amount: \"<< 3\"}", "`amount`"), ("outcome: {nothing: yes}", "`nothing` is no output of `decision/loan`"),
  ])
  func `an exception that cannot be read accepts nothing, and it is said`(_ line: String, _ reason: String) throws {
    let bench = try bench()
    try bench.write(
      "id: broken\ntitle: Broken\nof: decision/loan\n\(line)\nowner: lead\nuntil: 2030-01-01\nbecause: So.\n",
      to: "exceptions/broken.yaml")
    try bench.git("add", "--all")
    try bench.git("commit", "--quiet", "--message", "Break it", "--message", "To see.")
    try bench.write("amount,answer,client\n30,yes,B-7\n", to: "one.csv")
    let answer = try bench.json("audit", "one.csv", "--decision", "loan", "--at", "HEAD")
    #expect(answer["excepted"] as? Int == 0)
    let unapplied = try #require(answer["unapplied"] as? [[String: Any]])
    #expect(unapplied.map { $0["exception"] as? String } == ["exception/broken"])
    #expect((unapplied.first?["reason"] as? String)?.contains(reason) == true, "\(unapplied)")
    let text = try bench.run("audit", "one.csv", "--decision", "loan", "--at", "HEAD").output
    #expect(text.contains("exception/broken of HEAD was not applied"))
  }

  @Test func `the answer is the same on one thread and on several`() throws {
    let bench = try bench()
    let lines = Self.log.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n"
    let count = 3_000
    let header = try #require(Self.log.split(separator: "\n").first)
    try bench.write(header + "\n" + String(repeating: lines, count: count), to: "log.csv")
    let arguments = ["audit", "log.csv", "--decision", "loan", "--system", "by", "--by", "client", "--format", "json"]
    let one = try bench.ethos.run(arguments + ["--threads", "1"])
    let three = try bench.ethos.run(arguments + ["--threads", "3"])
    #expect(one.status == 0 && one.output == three.output)
    let answer = try #require(
      try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any])
    #expect((answer["inForce"] as? [String: Any])?["share"] as? String == "\(2 * count)/\(8 * count)")
    #expect(answer["excepted"] as? Int == 2 * count)
    let friction = try #require((answer["friction"] as? [[String: Any]])?.first { !($0["mean"] is NSNull) })
    #expect(friction["cases"] as? Int == 6 * count && friction["mean"] as? String == "3.0833")
  }

  @Test func `what was paid stands beside what is accepted`() throws {
    let bench = try bench()
    try bench.write(Self.log, to: "log.csv")
    let answer = try bench.json("audit", "log.csv", "--decision", "loan")
    let friction = try #require(answer["friction"] as? [[String: Any]])
    let slow = try #require(friction.first { $0["accept"] as? String == "slower answers" })
    #expect(slow["release"] as? String == "release/first-2026/1" && slow["value"] as? String == "prudence")
    #expect(slow["limit"] as? String == "limit/days" && slow["bound"] as? String == "3")
    #expect(slow["direction"] as? String == "atMost" && slow["unit"] as? String == "days")
    // 1, 2, 4, 5.5, 3, 3: one is empty, one no number.
    #expect(slow["cases"] as? Int == 6 && slow["empty"] as? Int == 1 && slow["unreadable"] as? Int == 1)
    #expect(
      slow["mean"] as? String == "3.0833" && slow["median"] as? String == "3" && slow["ninth"] as? String == "5.5")
    #expect((slow["beyond"] as? [String: Any])?["share"] as? String == "2/6")
    let clients = try #require(friction.first { $0["accept"] as? String == "fewer clients" })
    #expect(clients["cases"] as? Int == 0 && clients["mean"] is NSNull && clients["beyond"] is NSNull)
    let text = try bench.ethos.with("COLUMNS", "160").run(["audit", "log.csv", "--decision", "loan"]).output
    #expect(text.contains("at most 3 days"))
    #expect(text.contains("not measured in this log: clients lost"))
  }

  @Test func `a log is told by system, with those that the identity describes`() throws {
    let bench = try bench()
    try bench.write(Self.log, to: "log.csv")
    let answer = try bench.json("audit", "log.csv", "--decision", "loan", "--system", "by", "--by", "client")
    let systems = try #require(answer["systems"] as? [[String: Any]])
    let desk = try #require(systems.first { $0["system"] as? String == "desk" })
    #expect(desk["reference"] as? String == "system/desk")
    #expect((desk["agree"] as? [String: Any])?["share"] as? String == "1/5")
    #expect((desk["asBuiltFor"] as? [String: Any])?["share"] as? String == "1/5")
    #expect(systems.first { $0["system"] as? String == "hand" }?["reference"] is NSNull)
    #expect(systems.contains { $0["system"] as? String == "" })
    let segments = try #require(answer["segments"] as? [[String: Any]])
    #expect(Set(segments.compactMap { $0["column"] as? String }) == ["client"])
    let text = try bench.run("audit", "log.csv", "--decision", "loan", "--system", "by").output
    #expect(text.contains("no such system"))
  }

  @Test func `a log is held to a table outside of the repository`() throws {
    let bench = try bench()
    try bench.write(Self.log, to: "log.csv")
    try bench.write(Self.decision("12"), to: "../stricter.yaml")
    let state = try bench.git("status", "--porcelain")
    let answer = try bench.json("audit", "log.csv", "--decision", "loan", "--against", "../stricter.yaml")
    #expect(answer["at"] as? String == "stricter.yaml")
    #expect((answer["inForce"] as? [String: Any])?["share"] as? String == "2/8")
    #expect((answer["releases"] as? [[String: Any]])?.compactMap { $0["release"] as? String }.last == "stricter.yaml")
    // The identity's limit stands where the table uses it.
    try bench.write(Self.decision("most"), to: "../same.yaml")
    let same = try bench.json("audit", "log.csv", "--decision", "loan", "--against", "../same.yaml")
    let inForce = try bench.json("audit", "log.csv", "--decision", "loan", "--at", "HEAD")
    #expect(same["inForce"] as? NSDictionary == inForce["inForce"] as? NSDictionary)
    // As a model of DMN.
    try bench.run("export", "dmn", "loan", "--output", "../loan.dmn")
    let model = try bench.json("audit", "log.csv", "--decision", "loan", "--against", "../loan.dmn")
    #expect(model["inForce"] as? NSDictionary == inForce["inForce"] as? NSDictionary)
    #expect(try bench.git("status", "--porcelain") == state)
    try bench.write("id: [\n", to: "../broken.yaml")
    try bench.run("audit", "log.csv", "--decision", "loan", "--against", "../broken.yaml", status: 2)
    try bench.run("audit", "log.csv", "--decision", "loan", "--against", "../nowhere.yaml", status: 2)
  }
}
