import EthosTestSupport
import Foundation
import Testing

@Suite struct JSONDocumentationTests {
  /// Every key that an answer has, down to the items of its lists, is in the help of its document.
  @Test func `what the commands answer is what the help says`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "To see.")
    try bench.run("comment", "lower", "--because", "I see.")
    try bench.write(
      "score,country risk,politically exposed,source of wealth\n70,low,false,documented\n70,low,,documented\n7,x,true\n",
      to: "cases.csv")
    try bench.write(
      "day,risk score,country risk,politically exposed,source of wealth,route\n2026-05-01,70,low,false,documented,approve\n"
        + "2020-05-01,70,low,false,documented,approve\n2026-05-01,70,low,,documented,approve\n7,x,true\n",
      to: "log.csv")
    let help = try bench.run("help", "json").output
    let sections = help.components(separatedBy: "\n\n").filter { $0.contains("ethos.") && $0.contains(".v1 (") }
    // Values of the model are the organisation's own.
    let models: Set = ["fields", "value"]
    let questions: [([String], Int32)] = [
      (["diff", "release/growth-2019/1", "release/renewal-2026/1"], 0), (["why", "limit/client-risk"], 0),
      (["log", "limit/client-risk"], 0), (["blame", "limit/client-risk"], 0), (["check", "--all"], 1), (["list"], 0),
      (["show", "limit/client-risk"], 0),
      (["show", "limit/client-risk.atMost"], 0), (["status"], 0), (["review", "lower"], 1), (["verify"], 0),
      (["collect", "lower", "--dry-run"], 0), (["merge", "main", "--dry-run"], 0), (["releases"], 0),
      (["releases", "renewal-2026/1"], 0), (["handover", "growth-2019", "renewal-2026"], 0), (["test"], 0),
      (["systems", "--cases", "log.csv"], 0),
      (
        [
          "replay", "cases.csv", "--decision", "onboarding", "--from", "growth-2019/1", "--map", "score=risk score",
          "--by", "country risk",
        ], 0
      ), (["audit", "log.csv", "--decision", "onboarding", "--by", "country risk", "--system", "source of wealth"], 0),
      (
        [
          "decide", "onboarding", "risk score=20", "country risk=low", "politically exposed=false",
          "source of wealth=documented",
        ], 0
      ),
    ]
    for (arguments, status) in questions {
      let result = try bench.ethos.run(arguments + ["--format", "json"])
      #expect(result.status == status, "\(arguments): \(result.errors)")
      let parsed = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let answer = try #require(parsed as? [String: Any])
      let schema = try #require(answer["schema"] as? String)
      let section = try #require(sections.first { $0.contains("\(schema) (") }, "\(schema) is not in the help")
      let words = Set(section.split { !$0.isLetter }.map(String.init))
      for (key, value) in answer where key != "schema" {
        #expect(words.contains(key), "\(schema): `\(key)`")
        guard !models.contains(key) || value is [Any] else { continue }
        for item in value as? [[String: Any]] ?? [] {
          for name in item.keys { #expect(words.contains(name), "\(schema): `\(key)[].\(name)`") }
        }
      }
    }
  }
}
