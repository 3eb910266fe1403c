import EthosTestSupport
import Foundation
import Testing

/// What an audit says of releases, gates, lists and limits, in every form.
@Suite struct AuditReleaseTests {
  /// Three cycles with a limit of 10, 20 and 30; each release is made on the first day of its cycle.
  private func bench() throws -> Bench {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    for (number, limit) in [(1, 10), (2, 20), (3, 30)] {
      let from = "20\(16 + 2 * number)-01-01"
      let until = "until: 20\(17 + 2 * number + (number == 3 ? 2 : 0))-12-31\n"
      try bench.write(
        "id: c\(number)\ntitle: C\nfrom: \(from)\n\(until)mandate: M.\noffices: {lead: sam-rivera}\n",
        to: "cycles/c\(number).yaml")
      try bench.write("id: cap\ntitle: Cap\natMost: \(limit)\nowner: lead\nbecause: So.\n", to: "limits/cap.yaml")
      try bench.write(
        """
        id: d
        title: D
        question: Do we?
        owner: lead
        uses: {cap: limit/cap}
        inputs:
          - {name: x, type: number}
          - {name: debt, type: number, nullable: true}
        outputs:
          - {name: r, type: string, allowed: '"no", "yes"', strictest: first}
        hitPolicy: first
        rules: |
          | id | x     | debt | r   |
          |----|-------|------|-----|
          | r0 | -     | > 90 | no  |
          | r1 | > cap | -    | no  |
          | r2 | -     | -    | yes |

        """, to: "decisions/d.yaml")
      try bench.git("add", "--all")
      try bench.git("commit", "--quiet", "--message", "Rules \(number)", "--message", "So.")
      let then = bench.ethos.with("ETHOS_NOW", "\(from)T09:00:00Z")
      try bench.run("release", "--cycle", "c\(number)", "--effective", from, as: then)
    }
    return bench
  }

  private func log(_ cases: [(x: Int, r: String, times: Int)], branch: String = "Zug") -> String {
    cases.map { String(repeating: "2022-05-01,\($0.x),0,\($0.r),\(branch)\n", count: $0.times) }.joined()
  }
  private let header = "day,x,debt,r,branch\n"

  @Test func `releases that the log cannot tell apart are all named, in every form`() throws {
    let bench = try bench()
    try bench.write(header + log([(15, "no", 5), (15, "yes", 5), (5, "yes", 20)]), to: "tie.csv")
    let tie = try bench.json("audit", "tie.csv", "--decision", "d")
    let best = try #require(tie["best"] as? [String: Any])
    let all = ["release/c1/1", "release/c2/1", "release/c3/1"]
    #expect(best["release"] is NSNull && best["releases"] as? [String] == all)
    #expect(best["correction"] as? String == "Holm" && best["comparisons"] as? Int == 1)
    for format in ["text", "markdown", "html"] {
      let text = try bench.run("audit", "tie.csv", "--decision", "d", "--format", format).output
      let line = text.split { $0.isWhitespace }.joined(separator: " ")
      #expect(line.contains("the log cannot tell these apart") && !line.contains("the log agrees best"), "\(format)")
    }
    try bench.write(header + log([(15, "yes", 40), (5, "yes", 20)]), to: "two.csv")
    let text = try bench.run("audit", "two.csv", "--decision", "d").output.split { $0.isWhitespace }.joined(
      separator: " ")
    #expect(
      text.contains(
        "the log agrees best with release/c2/1 of the cycle c2 and release/c3/1 of the cycle c3, and cannot tell them apart"
      ))
    #expect(text.contains("40 were decided as the first and 0 as the second has it (exact test: p < 0.0001)"))
  }

  @Test func `each branch has the releases that it agrees with best, in every form`() throws {
    let bench = try bench()
    try bench.write(
      header + log([(15, "no", 40), (25, "no", 40)], branch: "Zug")
        + log([(15, "yes", 40), (25, "yes", 40)], branch: "Bern"),
      to: "log.csv")
    let answer = try bench.json("audit", "log.csv", "--decision", "d", "--by", "branch")
    let segments = try #require(answer["segments"] as? [[String: Any]])
    #expect(segments.map { $0["best"] as? [String] } == [["release/c3/1"], ["release/c1/1"]])
    for format in ["text", "markdown", "html"] {
      let text = try bench.run("audit", "log.csv", "--decision", "d", "--by", "branch", "--format", format).output
      let part = try #require(text.components(separatedBy: "By branch").last ?? nil)
      #expect(part.contains("c1/1") && part.contains("c3/1"), "\(format)")
    }
  }

  @Test func `a gate says no where a case departs, and is undecided where nothing could be decided`() throws {
    let bench = try bench()
    func gate(_ text: String, _ more: String..., status: Int32) throws -> String {
      try bench.write(text, to: "log.csv")
      let arguments = ["audit", "log.csv", "--decision", "d", "--exit-code"] + more
      let result = try bench.ethos.run(arguments)
      #expect(result.status == status, "\(text)\n\(result.output)\(result.errors)")
      return result.errors
    }
    #expect(try gate(header + log([(5, "yes", 3)]), status: 0).isEmpty)
    _ = try gate(header + log([(5, "no", 3)]), status: 1)
    #expect(try gate(header + "01/05/2022,5,0,yes,Zug\n", status: 3).contains("none of the 1 records can be read"))
    #expect(try gate(header, status: 3).contains("the log has no cases"))
    #expect(try gate(header + "2001-05-01,5,0,yes,Zug\n", status: 3).contains("could be decided"))
    #expect(
      try gate(header + log([(5, "yes", 3)]), "--where", "branch = \"Bern\"", status: 3).contains("no case is left"))
    _ = try gate(header + "2022-05-01,,0,yes,Zug\n", status: 3)
  }

  @Test func `a fact that no column feeds is said on standard error and in every form`() throws {
    let bench = try bench()
    try bench.write("day,x,Debt,r\n2022-05-01,5,95,no\n", to: "log.csv")
    for format in ["text", "markdown", "html", "json"] {
      let result = try bench.ethos.run(["audit", "log.csv", "--decision", "d", "--format", format])
      #expect(result.status == 0 && result.errors.contains("has no column for `debt`"))
      #expect(
        format == "json" ? result.output.contains("\"unfed\"") : result.output.contains("no column feeds"), "\(format)")
    }
    let said = try bench.ethos.run(["audit", "log.csv", "--decision", "d", "--map", "=debt"])
    #expect(said.errors.isEmpty && said.output.contains("no column feeds debt, as was said"))
    let replay = try bench.ethos.run(["replay", "log.csv", "--decision", "d", "--from", "c1/1", "--to", "c3/1"])
    #expect(replay.errors.contains("has no column for `debt`") && replay.output.contains("no column feeds debt"))
  }

  @Test func `departures are written with their rows, and no spreadsheet runs what stands in them`() throws {
    let bench = try bench()
    try bench.write(
      "day,x,debt,r,=1+1\n2022-05-01,35,,yes,a\n2022-05-01,5,,yes,b\n2022-05-01,-5,,no,c\n", to: "log.csv")
    let result = try bench.ethos.run([
      "audit", "log.csv", "--decision", "d", "--list", "list.csv", "--show-cases", "--map", "=debt",
    ])
    #expect(result.status == 0 && result.errors.contains("wrote 2 of 2 departures to list.csv"))
    #expect(
      try bench.read("list.csv")
        == "row,line,day,release,rule,expected,decided,reason,fact x\r\n"
        + "1,2,2022-05-01,release/c3/1,r1,no,yes,,35\r\n3,4,2022-05-01,release/c3/1,r2,yes,no,,-5\r\n")
    try bench.run("audit", "log.csv", "--decision", "d", "--list", "./log.csv", status: 64)
    // A fact that is text: what begins like a formula gets an apostrophe.
    try bench.write(
      """
      id: w
      title: W
      question: Do we?
      owner: lead
      inputs: [{name: name, type: string}]
      outputs: [{name: r, type: string, allowed: '"no", "yes"', strictest: first}]
      hitPolicy: first
      rules: |
        | id | name | r   |
        |----|------|-----|
        | r1 | -    | yes |

      """, to: "decisions/w.yaml")
    try bench.git("add", "--all")
    try bench.git("commit", "--quiet", "--message", "W", "--message", "So.")
    let cells = ["=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "plain", "-12.5", "a, \"b\""]
    try bench.write(
      "name,r\n" + cells.map { "\"\($0.replacingOccurrences(of: "\"", with: "\"\""))\",no\n" }.joined(), to: "w.csv")
    try bench.run("audit", "w.csv", "--decision", "w", "--at", "HEAD", "--list", "w-list.csv", "--show-cases")
    let lines = try bench.read("w-list.csv").components(separatedBy: "\r\n").dropFirst().filter { !$0.isEmpty }
    let written = lines.map { String($0.split(separator: ",", maxSplits: 8, omittingEmptySubsequences: false)[8]) }
    #expect(
      written == [
        "\"'=cmd|' /C calc'!A0\"", "\"'+1+cmd\"", "\"'-2+3\"", "\"'@SUM(A1)\"", "\"'\t=1\"", "plain", "-12.5",
        "\"a, \"\"b\"\"\"",
      ])
  }

  @Test func `a draw of departures is shown and written, and what stands in cases only where that is asked for`() throws
  {
    let bench = try bench()
    try bench.write(header + log([(35, "yes", 30), (5, "yes", 30)]), to: "log.csv")
    let one = try bench.json(
      "audit", "log.csv", "--decision", "d", "--sample", "5", "--seed", "3", "--list", "five.csv")
    let sample = try #require(one["sample"] as? [[String: Any]])
    #expect(
      sample.count == 5 && sample.allSatisfy { $0["facts"] is NSNull && ($0["row"] as? Int).map { $0 <= 30 } == true })
    #expect(try bench.read("five.csv").components(separatedBy: "\r\n").count == 7)
    let again = try bench.json("audit", "log.csv", "--decision", "d", "--sample", "5", "--seed", "3")
    #expect((again["sample"] as? [[String: Any]])?.map { $0["row"] as? Int } == sample.map { $0["row"] as? Int })
    let plain = try bench.run("audit", "log.csv", "--decision", "d").output
    let shown = try bench.run("audit", "log.csv", "--decision", "d", "--show-cases").output
    #expect(!plain.contains("row 1: x 35") && shown.contains("row 1: x 35"))
  }

  @Test func `a limit that is tried out shows which of its values the log follows`() throws {
    let bench = try bench()
    // The log follows 42; the limit is 30.
    let cases = (0..<400).map { number in (x: number % 100, r: number % 100 > 42 ? "no" : "yes", times: 1) }
    try bench.write(header + log(cases), to: "log.csv")
    let answer = try bench.json("audit", "log.csv", "--decision", "d", "--sweep", "limit/cap")
    let sweep = try #require(answer["sweep"] as? [String: Any])
    #expect(sweep["most"] as? [String] == ["42"] && sweep["current"] as? String == "30")
    let best = try #require(sweep["best"] as? [String])
    #expect(best.contains("42") && !best.contains("30"))
    let text = try bench.run("audit", "log.csv", "--decision", "d", "--sweep", "cap=20..60").output
    #expect(text.contains("the log follows 42: 400 of 400 cases (100.0 %), and not 30, which agrees with 352"))
    try bench.run("audit", "log.csv", "--decision", "d", "--sweep", "limit/other", status: 2)
    try bench.run("audit", "log.csv", "--decision", "d", "--sweep", "cap=9..1", status: 64)
    // At the end of what was tried nothing better is excluded.
    let end = try bench.json("audit", "log.csv", "--decision", "d", "--sweep", "cap=20..40")
    #expect((end["sweep"] as? [String: Any])?["atEnd"] as? Bool == true)
  }
}
