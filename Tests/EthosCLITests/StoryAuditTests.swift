import EthosTestSupport
import Foundation
import Testing

/// The bank's assistant decides for years as it was built: its log says so, and so does the state of the systems.
@Suite struct StoryAuditTests {
  private struct File: BankClient {
    var day: String
    var score: Int
    var country: String
    var isExposed: Bool
    var wealth: String

    var line: String { "\(day),\(score),\(country),\(isExposed),\(wealth),\(growth),onboarding-assistant\n" }
  }

  private static let header = "day,risk score,country risk,politically exposed,source of wealth,route,decided by\n"

  /// Cases of the days from the first release to this autumn, all decided by the rules of the first.
  private static func files() -> [File] {
    var random = SeededGenerator(seed: 19)
    let days = ["2019-03-01", "2020-06-30", "2022-01-15", "2023-10-15", "2026-04-01", "2026-07-19", "2026-10-02"]
    return (0..<1_500).map { _ in
      File(
        day: random.pick(days), score: Int.random(in: 0...100, using: &random),
        country: random.pick(["low", "medium", "high"]), isExposed: random.happens(12),
        wealth: random.pick(["unexplained", "plausible", "documented"]))
    }
  }

  @Test func `decisions of the first cycle are found to follow it, and the system that took them to be out of date`()
    throws
  {
    let bench = try NorthgateBank.afterStory()
    let files = Self.files()
    try bench.write(Self.header + files.map(\.line).joined(), to: "log.csv")
    let answer = try bench.json("audit", "log.csv", "--decision", "onboarding", "--system", "decided by")
    let best = try #require(answer["best"] as? [String: Any])
    #expect(best["release"] as? String == "release/growth-2019/1")
    #expect(best["cycle"] as? String == "growth-2019")
    #expect((best["agree"] as? [String: Any])?["share"] as? String == "\(files.count)/\(files.count)")
    // Today's rules beside it, on all cases; and those in force on each day.
    let releases = try #require(answer["releases"] as? [[String: Any]])
    let today = try #require(releases.first { $0["release"] as? String == "release/renewal-2026/1" })
    #expect(today["agree"] as? Int == files.count { $0.growth == $0.renewal })
    let quarters = try #require(answer["quarters"] as? [[String: Any]])
    let last = try #require(quarters.last)
    let recent = files.filter { $0.day >= "2026-10" }
    #expect(last["from"] as? String == "2026-10-01")
    #expect((last["agree"] as? [String: Any])?["agree"] as? Int == recent.count { $0.growth == $0.renewal })
    // The system is the one that the identity describes.
    let systems = try #require(answer["systems"] as? [[String: Any]])
    #expect(systems.count == 1)
    #expect(systems.first?["reference"] as? String == "system/onboarding-assistant")
    #expect(systems.first?["builtFor"] as? String == "release/growth-2019/1")
    let asBuilt = try #require(systems.first?["asBuiltFor"] as? [String: Any])
    #expect(asBuilt["share"] as? String == "\(files.count)/\(files.count)")
    let text = try bench.run("audit", "log.csv", "--decision", "onboarding", "--system", "decided by").output
    #expect(text.contains("the log agrees best with release/growth-2019/1 of the cycle growth-2019: 100.0 %"))

    // What it would now decide otherwise: the regions, and the recorded cases.
    let state = try bench.json("systems", "--cases", "log.csv")
    #expect(state["file"] as? String == "log.csv")
    let system = try #require((state["systems"] as? [[String: Any]])?.first)
    #expect(system["releasesBehind"] as? Int == 2)
    let decision = try #require((system["decisions"] as? [[String: Any]])?.first)
    #expect(((decision["behaviour"] as? [String: Any])?["regions"] as? [Any])?.isEmpty == false)
    let recorded = try #require(decision["recorded"] as? [String: Any])
    let flipped = files.count { $0.growth != $0.renewal }
    #expect(recorded["share"] as? String == "\(flipped)/\(files.count)")
    let page = try bench.run("systems", "--cases", "log.csv").output
    #expect(page.contains("\(flipped) of \(files.count) recorded cases of log.csv are decided otherwise now"))
    let forbidden = try bench.run("systems", "--cases", "log.csv", "--forbid", "major", status: 1)
    #expect(forbidden.output.contains("it is out of date"))
  }

  @Test func `cases that lack what a decision asks for say nothing of it, and say so`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.write("score\n7\n", to: "other.csv")
    let state = try bench.json("systems", "--cases", "other.csv")
    let system = try #require((state["systems"] as? [[String: Any]])?.first)
    let recorded = try #require((system["decisions"] as? [[String: Any]])?.first?["recorded"] as? [String: Any])
    #expect((recorded["reason"] as? String)?.contains("has no column for") == true)
    try bench.run("systems", "--cases", "nowhere.csv", status: 2)
    try bench.run("systems", "--cases", "-", status: 64)
  }
}
