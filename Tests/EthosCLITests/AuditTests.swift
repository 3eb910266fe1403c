import EthosTestSupport
import Foundation
import Testing

/// `audit` on the bank: a log that follows the first cycle, counted again by other means.
@Suite struct AuditTests {
  /// A case of the log, with what the bank's releases say of it, written down here once more.
  private struct Case: BankClient {
    var day: String
    var score: Int
    var country: String
    var isExposed: Bool
    var wealth: String
    var route: String

    /// Whether a person decides under the rules of 2026 for no other reason than that the client is exposed.
    var isOnlyExposed: Bool { renewal == "refer" && isExposed }

    var line: String { "\(day),\(score),\(country),\(isExposed),\(wealth),\(route)" }
  }

  private static let header = "day,risk score,country risk,politically exposed,source of wealth,route\n"

  private static func log() -> [Case] {
    var random = SeededGenerator(seed: 2_026)
    return (0..<2_000).map { _ in
      var one = Case(
        day: random.pick(["2019-03-01", "2022-05-17", "2026-04-01", "2026-09-30"]),
        score: Int.random(in: 0...100, using: &random), country: random.pick(["low", "medium", "high"]),
        isExposed: random.happens(10), wealth: random.pick(["unexplained", "plausible", "documented"]), route: "")
      one.route = random.happens(4) ? random.pick(["decline", "refer", "approve"]) : one.growth
      return one
    }
  }

  private func bench(_ log: String) throws -> Bench {
    let bench = try NorthgateBank.afterStory()
    try bench.write(Self.header + log, to: "log.csv")
    return bench
  }

  @Test func `a log of the first cycle is found to follow it, and every number is counted again`() throws {
    let log = Self.log()
    let bench = try bench(log.map { $0.line + "\n" }.joined())
    let answer = try bench.json("audit", "log.csv", "--decision", "onboarding", "--by", "country risk")
    #expect(answer["cases"] as? Int == log.count)
    let agree = log.count { $0.route == ($0.day < "2026" ? $0.growth : $0.renewal) }
    let inForce = try #require(answer["inForce"] as? [String: Any])
    #expect(inForce["share"] as? String == "\(agree)/\(log.count)")
    let releases = try #require(answer["releases"] as? [[String: Any]])
    func share(_ name: String) -> String? { releases.first { $0["release"] as? String == name }?["share"] as? String }
    #expect(share("release/growth-2019/1") == "\(log.count { $0.route == $0.growth })/\(log.count)")
    #expect(share("release/renewal-2026/1") == "\(log.count { $0.route == $0.renewal })/\(log.count)")
    let best = try #require(answer["best"] as? [String: Any])
    #expect(best["release"] as? String == "release/growth-2019/1")
    #expect(best["cycle"] as? String == "growth-2019")
    let departures = try #require(answer["departures"] as? [[String: Any]])
    #expect(departures.reduce(0) { $0 + ($1["cases"] as? Int ?? 0) } == log.count - agree)
    // One kind of them, with its row.
    let isKind = { (one: Case) in one.day >= "2026" && one.wealth == "unexplained" && one.route == "approve" }
    let kind = try #require(
      departures.first {
        $0["rules"] as? [String] == ["r5"] && ($0["actual"] as? [String: String])?["route"] == "approve"
      })
    #expect(kind["cases"] as? Int == log.count(where: isKind))
    #expect(kind["row"] as? Int == log.firstIndex(where: isKind).map { $0 + 1 })
    let segments = try #require(answer["segments"] as? [[String: Any]])
    for segment in segments {
      let part = log.filter { $0.country == segment["value"] as? String }
      let share = try #require(segment["agree"] as? [String: Any])
      #expect(share["of"] as? Int == part.count)
      #expect(share["agree"] as? Int == part.count { $0.route == ($0.day < "2026" ? $0.growth : $0.renewal) })
    }
    // Which values prevailed: of the rules of 2026 `approve` enacts growth alone, `decline` prudence, and `refer` two.
    let priorities = try #require(answer["priorities"] as? [String: Any])
    let revealed = try #require(priorities["revealed"] as? [[String: Any]])
    let pair = try #require(
      revealed.first {
        $0["release"] as? String == "release/renewal-2026/1" && $0["over"] as? String == "prudence"
          && $0["under"] as? String == "growth"
      })
    let today = log.filter { $0.day >= "2026" && $0.renewal != "approve" && !$0.isOnlyExposed }
    #expect(pair["cases"] as? Int == today.count)
    #expect(pair["kept"] as? Int == today.count { $0.renewal == "decline" && $0.route == "decline" })
    #expect(pair["reversed"] as? Int == today.count { $0.route == "approve" })
    #expect(pair["verdict"] as? String == "reversed" && pair["values"] as? String == "same")
    // Client dignity is served by `refer`, and so is prudence: no answer speaks for it.
    let dignity = revealed.filter { $0["over"] as? String == "client-dignity" }
    #expect(!dignity.isEmpty && dignity.allSatisfy { $0["verdict"] as? String == "one-sided" && $0["agree"] is NSNull })
  }

  @Test func `a release counts for the days on which it could be known, and with hindsight from its own`() throws {
    // Made on 2026-03-27, effective from 2026-04-01; the first one made on 2019-02-25, effective from 2019-03-01.
    let bench = try bench(
      "2019-02-28,70,low,false,documented,approve\n2019-03-01,70,low,false,documented,approve\n"
        + "2026-03-31T23:59:59,70,low,false,documented,approve\n2026-04-01 00:00,70,low,false,documented,approve\n")
    let answer = try bench.json("audit", "log.csv", "--decision", "onboarding")
    #expect(answer["beforeFirst"] as? Int == 1)
    #expect((answer["inForce"] as? [String: Any])?["share"] as? String == "2/3")
    let one = try bench.json("audit", "log.csv", "--decision", "onboarding", "--at", "renewal-2026/1")
    #expect((one["inForce"] as? [String: Any])?["share"] as? String == "0/4")
    let coded = try bench.ethos.run(["audit", "log.csv", "--decision", "onboarding", "--exit-code"])
    #expect(coded.status == 1)
  }

  @Test(arguments: [
    ("2026-05-01,70,low,false,documented,aprove", "is no answer that the decision gives"),
    ("2026-02-30,70,low,false,documented,refer", "is no day such as 2026-02-01"),
    ("1.5.2026,70,low,false,documented,refer", "is no day such as 2026-02-01"),
    ("2026-05-01,170,low,false,documented,refer", "`risk score` is not allowed"),
    ("2026-05-01,70,low,false,documented,", "is no answer that the decision gives"),
  ])
  func `what is wrong in a log is told, and not counted`(_ line: String, _ reason: String) throws {
    let bench = try bench("2026-05-01,70,low,false,documented,refer\n\(line)\n")
    let answer = try bench.json("audit", "log.csv", "--decision", "onboarding")
    #expect(answer["malformed"] as? Int == 1)
    #expect((answer["inForce"] as? [String: Any])?["share"] as? String == "1/1")
    let records = try #require(answer["records"] as? [[String: Any]])
    #expect(records.first?["line"] as? Int == 3)
    #expect((records.first?["reason"] as? String)?.contains(reason) == true, "\(records)")
  }

  @Test func `columns of a log are named on the command line or in the decision's file`() throws {
    let bench = try bench("")
    try bench.write(
      "datum,risk score,country risk,politically exposed,source of wealth,entscheid,grund\n"
        + "2026-05-01,70,low,false,documented,annehmen,Familie\n2026-05-01,70,low,false,documented,refer,\n",
      to: "log.csv")
    let missing = try bench.run("audit", "log.csv", "--decision", "onboarding", status: 2)
    #expect(missing.errors.contains("has no column `route`"), "\(missing.errors)")
    let typed = try bench.json(
      "audit", "log.csv", "--decision", "onboarding", "--day", "datum", "--outcome", "entscheid=route")
    #expect(typed["malformed"] as? Int == 1)
    let file = "decisions/onboarding.yaml"
    let named = """
      cases:
        name: onboarding-2026
        sha256: 0000
        day: datum
        outcomes: {route: entscheid}
        reason: grund
        translate: {route: {annehmen: approve}}

      """
    try bench.write(try bench.read(file) + named, to: file)
    try bench.git("commit", "--quiet", "--all", "--message", "Name the log", "--message", "To audit it.")
    let answer = try bench.json("audit", "log.csv", "--decision", "onboarding", "--at", "HEAD", "--day", "datum")
    #expect((answer["inForce"] as? [String: Any])?["share"] as? String == "1/2")
    let departures = try #require(answer["departures"] as? [[String: Any]])
    #expect(departures.map { $0["overridden"] as? Int } == [1])
  }
}
