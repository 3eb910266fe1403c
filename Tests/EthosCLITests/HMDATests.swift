import EthosTestSupport
import Foundation
import Testing

/// 2,380 real decisions on mortgages (Boston 1990), held to a written policy, and counted again by other means.
@Suite struct HMDATests {
  private static let policy = """
    id: mortgage
    title: Mortgage
    question: Is this application denied?
    owner: lead
    inputs:
      - {name: payments to income, type: number, allowed: ">= 0"}
      - {name: loan to value, type: number, allowed: ">= 0"}
      - {name: credit history, type: number, allowed: "[1..6]", step: 1}
      - {name: public record, type: boolean}
      - {name: insurance denied, type: boolean}
    outputs:
      - {name: answer, type: string, allowed: '"deny", "grant"', strictest: first}
    hitPolicy: first
    rules: |
      | id | insurance denied | public record | payments to income | loan to value | credit history | answer | enacts   | over     |
      |----|------------------|---------------|--------------------|---------------|----------------|--------|----------|----------|
      | r1 | true             | -             | -                  | -             | -              | deny   | prudence | housing  |
      | r2 | -                | true          | > 0.36             | -             | -              | deny   | prudence | housing  |
      | r3 | -                | -             | > LIMIT            | -             | -              | deny   | prudence | housing  |
      | r4 | -                | -             | -                  | > 0.95        | >= 3           | deny   | prudence | housing  |
      | r5 | -                | -             | -                  | -             | -              | grant  | housing  | prudence |
    cases:
      name: hmda-boston-1990
      sha256: 0000
      columns:
        {payments to income: pirat, loan to value: lvrat, credit history: chist, public record: phist,
        insurance denied: insurance}
      outcomes: {answer: deny}
      translate:
        answer: {yes: deny, no: grant}
        public record: {yes: "true", no: "false"}
        insurance denied: {yes: "true", no: "false"}

    """

  private func bench() throws -> Bench {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    for (limit, tag) in [("0.5", "lenient"), ("0.4", "strict")] {
      try bench.write(Self.policy.replacingOccurrences(of: "LIMIT", with: limit), to: "decisions/mortgage.yaml")
      for (id, title) in [("prudence", "Prudence"), ("housing", "Access to housing")] {
        try bench.write("id: \(id)\ntitle: \(title)\nowner: lead\n", to: "values/\(id).yaml")
      }
      try bench.git("add", "--all")
      try bench.git("commit", "--quiet", "--message", "A \(tag) policy", "--message", "To see.")
      try bench.git("tag", tag)
    }
    return bench
  }

  private static let log = "\(EthosProcess.projectFolder)/Tests/Fixtures/hmda/hmda-boston-1990.csv"

  private struct Row {
    var fields: [String: String]

    func number(_ name: String) -> Decimal { Decimal(string: fields[name] ?? "") ?? .nan }

    /// What the policy says, written down once more.
    func isDenied(limit: Decimal) -> Bool {
      if fields["insurance"] == "yes" { return true }
      if fields["phist"] == "yes", number("pirat") > Decimal(string: "0.36") ?? 0 { return true }
      if number("pirat") > limit { return true }
      return number("lvrat") > Decimal(string: "0.95") ?? 0 && number("chist") >= 3
    }

    var wasDenied: Bool { fields["deny"] == "yes" }
  }

  private static func rows() throws -> [Row] {
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map { $0.split(separator: ",") }
    let names = try #require(lines.first).map(String.init)
    return lines.dropFirst().map { Row(fields: Dictionary(uniqueKeysWithValues: zip(names, $0.map(String.init)))) }
  }

  @Test func `real decisions are audited, by segment, and every number is counted again`() throws {
    let bench = try bench()
    let rows = try Self.rows()
    let lenient = try #require(Decimal(string: "0.5"))
    let answer = try bench.json(
      "audit", Self.log, "--decision", "mortgage", "--at", "lenient", "--by", "afam", "--by", "selfemp")
    #expect(answer["cases"] as? Int == 2_380)
    #expect(answer["malformed"] as? Int == 0 && answer["incomplete"] as? Int == 0)
    let agree = rows.count { $0.isDenied(limit: lenient) == $0.wasDenied }
    #expect((answer["inForce"] as? [String: Any])?["share"] as? String == "\(agree)/2380")
    let segments = try #require(answer["segments"] as? [[String: Any]])
    #expect(segments.count == 4)
    for segment in segments {
      let column = try #require(segment["column"] as? String)
      let part = rows.filter { $0.fields[column] == segment["value"] as? String }
      let share = try #require(segment["agree"] as? [String: Any])
      #expect(
        share["share"] as? String == "\(part.count { $0.isDenied(limit: lenient) == $0.wasDenied })/\(part.count)")
    }
    let departures = try #require(answer["departures"] as? [[String: Any]])
    let denied = departures.filter { ($0["actual"] as? [String: String])?["answer"] == "deny" }
    #expect(
      denied.reduce(0) { $0 + ($1["cases"] as? Int ?? 0) }
        == rows.count { $0.wasDenied && !$0.isDenied(limit: lenient) })
    // Both answers enact one value each, and the table states both orders: each for the cases that its rules answer.
    let priorities = try #require(answer["priorities"] as? [String: Any])
    let revealed = try #require(priorities["revealed"] as? [[String: Any]])
    func pair(_ over: String) throws -> [String: Any] { try #require(revealed.first { $0["over"] as? String == over }) }
    let denying = rows.filter { $0.isDenied(limit: lenient) }
    let granting = rows.filter { !$0.isDenied(limit: lenient) }
    let (prudence, housing) = (try pair("prudence"), try pair("housing"))
    #expect(prudence["kept"] as? Int == denying.count(where: \.wasDenied))
    #expect(prudence["reversed"] as? Int == denying.count { !$0.wasDenied })
    #expect(housing["kept"] as? Int == granting.count { !$0.wasDenied })
    #expect(housing["reversed"] as? Int == granting.count(where: \.wasDenied))
    #expect(prudence["values"] is NSNull)
    #expect(priorities["ambiguous"] as? Int == 0)
  }

  @Test func `a stricter limit on real cases flips those that other means count`() throws {
    let bench = try bench()
    let rows = try Self.rows()
    let (lenient, strict) = (try #require(Decimal(string: "0.5")), try #require(Decimal(string: "0.4")))
    let answer = try bench.json(
      "replay", Self.log, "--decision", "mortgage", "--from", "lenient", "--to", "strict", "--by", "afam")
    let flips = rows.indices.filter { rows[$0].isDenied(limit: lenient) != rows[$0].isDenied(limit: strict) }
    #expect(answer["flipped"] as? Int == flips.count)
    let transitions = try #require(answer["transitions"] as? [[String: Any]])
    #expect(transitions.first?["row"] as? Int == flips.first.map { $0 + 1 })
    let segments = try #require(answer["segments"] as? [[String: Any]])
    for segment in segments {
      #expect(
        segment["flipped"] as? Int == flips.count { rows[$0].fields["afam"] == segment["value"] as? String })
    }
  }
}
