import EthosTestSupport
import Foundation
import Testing

/// `decide` and `test` on the bank: the same case under the rules of two leaderships, and every way to put it wrongly.
@Suite struct DecideTests {
  private static let facts = [
    "risk score=70", "country risk=medium", "politically exposed=false", "source of wealth=documented",
  ]

  private func decide(
    _ bench: Bench, _ decision: String, _ arguments: [String], status: Int32 = 0
  ) throws -> ProcessResult {
    let result = try bench.ethos.run(["decide", decision] + arguments)
    #expect(result.status == status, "\(result.output)\(result.errors)")
    return result
  }

  @Test func `a case is decided by the rules of today and of a day`() throws {
    let bench = try NorthgateBank.afterStory()
    #expect(
      try decide(bench, "onboarding", Self.facts).output == """
        refer

          question  Do we take this client on?
          facts     risk score 70, country risk medium, politically exposed false, source of wealth
                    documented
          under     the work tree

        decision/onboarding  refer
          · rule r3: risk score > client risk
            enacts  value/prudence
            over    value/growth

        """)
    let then = try decide(bench, "onboarding", ["--at", "2020-01-01", "--format", "json"] + Self.facts).output
    let answer = try #require(JSONSerialization.jsonObject(with: Data(then.utf8)) as? [String: Any])
    #expect(answer["outcome"] as? [String: String] == ["route": "approve"])
    #expect(answer["release"] as? String == "release/growth-2019/1")
    #expect(answer["enacts"] as? [String] == ["growth"])
  }

  @Test func `facts come from a file and from standard input, as JSON or YAML`() throws {
    let bench = try NorthgateBank.afterStory()
    let yaml = "risk score: 82\ncountry risk: high\npolitically exposed: false\nsource of wealth: plausible\n"
    try bench.write(yaml, to: "case.txt")
    #expect(try bench.run("decide", "onboarding", "--input", "case.txt").output.hasPrefix("decline\n"))
    let json =
      #"{"risk score": 20, "country risk": "low", "politically exposed": true, "source of wealth": "documented"}"#
    try bench.write(json, to: "case.json")
    let piped = try bench.ethos.shell("ethos decide onboarding --input - < case.json")
    #expect(piped.output.hasPrefix("refer\n"), "\(piped.errors)")
    // What is typed is a fact too; a fact is given once.
    let twice = try bench.run("decide", "onboarding", "--input", "case.txt", "risk score=1", status: 64)
    #expect(twice.errors.contains("`risk score` is given twice"))
  }

  @Test(arguments: [
    (["risk scor=61"], 64, "did you mean `risk score`?"), (["risk score"], 64, "`risk score` is no fact"),
    (["risk score=high"], 64, "`high` is no number for `risk score`"),
    (["risk score=61"], 2, "`country risk` is missing"),
    (
      ["risk score=610", "country risk=low", "politically exposed=true", "source of wealth=documented"], 2,
      "`risk score` is 610, which is not allowed"
    ),
    (
      ["risk score=0.5", "country risk=low", "politically exposed=true", "source of wealth=documented"], 2,
      "which is no multiple of 1"
    ),
  ])
  func `a case that is put wrongly is told how`(facts: [String], status: Int32, words: String) throws {
    let bench = try NorthgateBank.afterStory()
    let result = try bench.ethos.run(["decide", "onboarding"] + facts)
    #expect(result.status == status)
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.output == "")
  }

  @Test func `what no rule decides, or rules that collide decide, is the answer no`() throws {
    let bench = try NorthgateBank.afterStory()
    let path = "decisions/lombard-lending.yaml"
    let text = try bench.read(path)
    let facts = ["loan to value=50", "collateral=diversified", "under remediation=false"]
    try bench.write(text.replacing("| l4  | <= lending limit |", with: "| l4  | > lending limit  |"), to: path)
    let gap = try decide(bench, "lombard-lending", facts, status: 1)
    #expect(gap.output.hasPrefix("no decision: no rule applies\n"))
    try bench.write(
      text.replacing("| true              | committee", with: "| false             | committee"), to: path)
    let conflict = try decide(bench, "lombard-lending", facts, status: 1)
    #expect(conflict.output.hasPrefix("no decision: rules collide\n"), "\(conflict.output)")
  }

  @Test func `examples are run and assertions are proved, or refuted with a case`() throws {
    let bench = try NorthgateBank.afterStory()
    #expect(
      try bench.run("test", "onboarding").output == """
        decision/onboarding  5 of 5 examples decided as expected, 2 of 2 assertions proved

        7 tests of 1 decision: 5 of 5 examples decided as expected, 2 of 2 assertions proved

        """)
    let path = "decisions/onboarding.yaml"
    let text = try bench.read(path)
    // Without the rule that a person decides about exposed people, the assertion on them has a case against it.
    let without = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("| r2 ") }
    try bench.write(without.joined(separator: "\n"), to: path)
    let result = try bench.run("test", "onboarding", status: 1)
    #expect(result.output.contains("assertion 1 does not hold: never route \"approve\" when politically exposed true"))
    #expect(result.output.contains("politically exposed true"), "\(result.output)")
    #expect(result.output.contains("example 2 does not hold"), "\(result.output)")
    let check = try bench.run("check", "--decisions", status: 1)
    #expect(check.output.contains("error[assertion-refuted]"))
    #expect(check.output.contains("error[example-failed]"))
  }
}
