import EthosTestSupport
import Foundation
import Testing

/// `replay`, and `review` with recorded cases, on the bank.
@Suite struct ReplayTests {
  private static let header = "score,country risk,politically exposed,source of wealth,branch\n"

  private func bench(_ cases: String) throws -> Bench {
    let bench = try NorthgateBank.afterStory()
    try bench.write(cases, to: "cases.csv")
    return bench
  }

  @Test func `a gate that read no case does not pass`() throws {
    let bench = try bench(Self.header + "58;low\nx,low,false,documented,Zug\n")
    let arguments = ["replay", "cases.csv", "--decision", "onboarding", "--from", "release/growth-2019/1"]
    let gate = try bench.ethos.run(arguments + ["--map", "score=risk score", "--exit-code"])
    #expect(gate.status == 3)
    #expect(gate.output.hasPrefix("nobody can say who is decided otherwise: none of the 2 records can be read\n"))
  }

  @Test func `recorded cases are decided under two leaderships`() throws {
    let bench = try bench(
      Self.header + "58,low,false,documented,Zug\n70,low,false,documented,Zug\n70,high,false,documented,Bern\n"
        + "72,low,,documented,Bern\n40,,false,documented,Bern\n40,high,,unexplained,Bern\n71,low,yes,documented,Bern\n")
    let arguments = [
      "replay", "cases.csv", "--decision", "onboarding", "--from", "release/growth-2019/1", "--map", "score=risk score",
      "--by", "branch",
    ]
    let result = try bench.ethos.run(arguments)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output == """
        2 of 4 cases are decided otherwise (50.0 %)

          decision    decision/onboarding
          before      release/growth-2019/1
          after       work tree
          cases       7 records of cases.csv
          incomplete  2 cases
          malformed   1 record

        Decided otherwise
          before   after    cases  first row  gained            lost            0                      100 %
          ───────  ───────  ─────  ─────────  ────────────────  ──────────────  ────────────────────────────
          approve  refer        1          2  value/prudence 1  value/growth 1  ███████·····················
          approve  decline      1          3  value/prudence 1  value/growth 1  ███████·····················

        Decided as before
          answer   cases  first row  0                                  100 %
          ───────  ─────  ─────────  ────────────────────────────────────────
          approve      2          1  ████████████████████····················

        By branch
          branch  cases  otherwise   share  from → to            0                                  100 %
          ──────  ─────  ─────────  ──────  ───────────────────  ────────────────────────────────────────
          Bern        4          1  50.0 %  approve → decline 1  ████████████████████····················
          Zug         2          1  50.0 %  approve → refer 1    ████████████████████····················

        Incomplete: a fact is missing that the rules need
          fact                 cases  first row
          ───────────────────  ─────  ─────────
          politically exposed      2          4

        Malformed: not counted above
          ! line 8: `politically exposed` is no boolean

        """, "\(result.output)")
    let coded = try bench.ethos.run(arguments + ["--exit-code"])
    #expect(coded.status == 1)
    // However many threads.
    for threads in ["1", "2", "7"] {
      #expect(try bench.ethos.run(arguments + ["--threads", threads]).output == result.output)
    }
    // Rows, and values only on demand.
    #expect(!result.output.contains("58"))
    #expect(try bench.ethos.run(arguments + ["--show-cases"]).output.contains("risk score 70"))
  }

  @Test func `cases come from standard input, and a malformed one can stop the command`() throws {
    let bench = try bench(Self.header + "58,low,false,documented,Zug\nx,low,false,documented,Zug\n")
    let command = "ethos replay - --decision onboarding --from growth-2019/1 --map 'score=risk score'"
    let piped = try bench.ethos.shell("\(command) < cases.csv")
    #expect(piped.status == 0 && piped.output.contains("2 records of standard input"), "\(piped.output)\(piped.errors)")
    let strict = try bench.ethos.shell("\(command) --strict < cases.csv")
    #expect(strict.status == 1)
    #expect(
      strict.errors.contains("line 3 of `standard input` is malformed: `risk score` is no number"), "\(strict.errors)")
  }

  @Test(arguments: [
    (["--decision", "onbording"], "did you mean `decision/onboarding`?", 1),
    (["--decision", "onboarding"], "--map \"COLUMN=risk score\"", 2),
    (["--decision", "onboarding", "--map", "scor=risk score"], "did you mean `score`?", 2),
    (["--decision", "onboarding", "--map", "score=risk score", "--by", "brunch"], "did you mean `branch`?", 2),
    (["--decision", "onboarding", "--map", "score=risk score", "--separator", "ab"], "is no separator", 64),
    (["--decision", "onboarding", "--map", "score=risk score", "--threads", "0"], "no number of threads", 64),
    (["--decision", "onboarding", "--map", "score=risk score", "--from", "1999-01-01"], "nothing was in force", 1),
  ])
  func `what cannot be replayed is refused with words`(_ arguments: [String], _ words: String, _ status: Int32) throws {
    let bench = try bench(Self.header + "58,low,false,documented,Zug\n")
    let result = try bench.ethos.run(["replay", "cases.csv"] + arguments)
    #expect(result.status == status && result.errors.contains(words), "\(result.output)\(result.errors)")
  }

  @Test func `a review says what a change would have done to the cases that the decision names`() throws {
    let cases = "score,cr,pep,source of wealth\n58,low,no,documented\n30,low,no,documented\n"
    let bench = try bench(cases)
    let digest = try bench.ethos.shell("sha256sum cases.csv").output.prefix(64)
    let file = "decisions/onboarding.yaml"
    let named = """
      cases:
        name: onboarding-2025
        sha256: \(digest)
        columns: {risk score: score, country risk: cr, politically exposed: pep}
        translate: {politically exposed: {yes: "true", no: "false"}}

      """
    try bench.write(try bench.read(file) + named, to: file)
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "To see.")
    let review = try bench.run("review", "lower", "--cases", "cases.csv", status: 1).output
    #expect(review.contains("1 of 2 cases is decided otherwise (50.0 %)"), "\(review)")
    #expect(review.contains("What it would have done"))
    let json = try bench.json("review", "lower", "--cases", "cases.csv", status: 1)
    let replay = try #require(json["replay"] as? [String: Any])
    #expect(replay["flipped"] as? Int == 1)
    // Another file is not taken for it.
    try bench.write(cases + "1,low,no,documented\n", to: "cases.csv")
    let other = try bench.run("review", "lower", "--cases", "cases.csv", status: 1)
    #expect(other.errors.contains("is not the file of cases that `decision/onboarding` names"), "\(other.errors)")
  }
}
