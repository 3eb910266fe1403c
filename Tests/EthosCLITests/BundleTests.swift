import EthosTestSupport
import Foundation
import Testing

/// `export bundle`: all that is in force, to the byte.
@Suite struct BundleTests {
  @Test func `the same commit gives the same bytes, whenever and wherever it is asked for`() throws {
    let bench = try NorthgateBank.afterStory()
    let first = try bench.run("export", "bundle", "--at", "release/renewal-2026/1")
    var later = bench.ethos
    later.environment["ETHOS_NOW"] = "2031-01-01T00:00:00Z"
    let second = try later.run(["export", "bundle", "--at", "release/renewal-2026/1"])
    #expect(second.output == first.output && second.errors == first.errors)
    try bench.run("export", "bundle", "--at", "renewal-2026/1", "--output", "bundle.json")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(bench.work)/bundle.json"))
    #expect(bytes == Data(first.output.utf8))
    // Another program says the same of the bytes, and of their form.
    let sum = try run("/usr/bin/env", ["sha256sum", "bundle.json"], in: bench.work).output.prefix(64)
    #expect(first.errors == "ethos: sha256 \(sum)\n")
    let parsed = try JSONSerialization.jsonObject(with: bytes)
    let again = try JSONSerialization.data(withJSONObject: parsed, options: [.sortedKeys, .withoutEscapingSlashes])
    #expect(again == bytes)
    let text = try #require(parsed as? [String: Any])
    let commit = try #require(text["commit"] as? String)
    #expect(try bench.git("rev-parse", "release/renewal-2026/1^{commit}") == "\(commit)\n")
    let digest = try #require(text["digest"] as? String)
    expectSnapshot(
      first.output.replacing(commit, with: String(repeating: "0", count: 40)).replacing(digest, with: "sha256:0"),
      named: "bundle.json")
  }

  @Test func `a bundle is as its schemas say, has every entry but people, and its digest`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("retire", "value/harmony", "--because", "It hid bad news.")
    try bench.git("commit", "--quiet", "--all", "--message", "Retire harmony", "--message", "It hid bad news.")
    try bench.write(try bench.run("schema", "bundle").output, to: "schema.json")
    for revision in ["HEAD", "2020-06-01"] {
      let output = try bench.run("export", "bundle", "--at", revision).output
      try bench.write(output, to: "bundle.json")
      try Self.check(bench)
      let members = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
      let entries = try #require(members["entries"] as? [[String: Any]])
      let names = entries.map { "\($0["kind"] ?? "")/\($0["id"] as? String ?? "")" }
      #expect(Set(names).count == names.count)
      if revision == "HEAD" {
        // No release is of this commit.
        #expect(members["release"] is NSNull && members["cycle"] as? String == "renewal-2026")
        let retired = entries.filter { $0["retired"] as? Bool == true }.map { $0["id"] as? String }
        #expect(retired.contains("harmony"))
        let files = try bench.git("ls-tree", "-r", "--name-only", "HEAD").split(separator: "\n")
        #expect(entries.count == files.count { $0.hasSuffix(".yaml") && !$0.hasPrefix("people/") })
        let limit = entries.first { $0["id"] as? String == "client-risk" }
        #expect((limit?["fields"] as? [String: Any])?["atMost"] as? String == "60")
      } else {
        #expect(members["release"] as? String == "growth-2019/1" && members["cycle"] as? String == "growth-2019")
      }
    }
  }

  @Test(arguments: ["hospital", "software-company", "minimal"])
  func `every template's bundle is as its schemas say`(template: String) throws {
    let bench = try Bench()
    try bench.run("init", ".", "--template", template)
    try bench.write(try bench.run("schema", "bundle").output, to: "schema.json")
    try bench.run("export", "bundle", "--at", "HEAD", "--output", "bundle.json")
    try Self.check(bench)
  }

  @Test func `FEEL is marked as FEEL, and as the standard writes it`() throws {
    let bench = try Bench()
    try bench.git("init", "-q", "-b", "main")
    try bench.write("ethos: 1\norganisation: Small\n", to: "ethos.yaml")
    try bench.write(
      """
      id: d
      title: D
      question: What?
      inputs:
        - {name: answer, type: string, allowed: '"null", "approve"'}
        - {name: score, type: number, nullable: true}
      outputs:
        - {name: out, type: string, allowed: '"null", "approve", "60"'}
        - {name: points, type: number}
      hitPolicy: first
      rules: |
        | id | answer  | score    | out     | points      |
        |----|---------|----------|---------|-------------|
        | a  | null    | null     | approve | score + 1   |
        | b  | approve | > 60 // x | "60"   |             |
        | c  |         | -        | null    | null        |
      default: {out: approve}
      assert:
        - {never: {out: "null"}, when: {answer: approve}, because: why}
      examples:
        - {given: {answer: "null", score: "null"}, expect: {out: approve}}
        - {given: {answer: approve, score: 61}, expect: {out: 60}}

      """, to: "decisions/d.yaml")
    try bench.git("add", ".")
    try bench.git("commit", "-qm", "Begin\n\nBecause we must.")
    let output = try bench.run("export", "bundle", "--at", "HEAD").output
    func cell(_ name: String, _ feel: String) -> String { #""\#(name)":{"feel":"\#(feel)"}"# }
    let (null, approve, sixty) = (#"\"null\""#, #"\"approve\""#, #"\"60\""#)
    for rule in [
      #"{\#(cell("answer", null)),"id":"a",\#(cell("out", approve)),\#(cell("points", "score + 1")),\#(cell("score", "null"))}"#,
      #"{\#(cell("answer", approve)),"id":"b",\#(cell("out", sixty)),\#(cell("score", "> 60"))}"#,
      #"{"id":"c",\#(cell("out", null)),\#(cell("points", "null"))}"#,
      #""default":{\#(cell("out", approve))}"#, #""never":{\#(cell("out", null))}"#,
      #""when":{\#(cell("answer", approve))}"#,
      #""given":{\#(cell("answer", null)),\#(cell("score", "null"))}"#,
      #""given":{\#(cell("answer", approve)),\#(cell("score", "61"))}"#,
      #""expect":{\#(cell("out", sixty))}"#, cell("allowed", #"\"null\", \"approve\""#),
    ] { #expect(output.contains(rule), "\(rule) in \(output)") }
  }

  @Test func `what cannot be read is not exported`() throws {
    let bench = try Bench()
    try bench.git("init", "-q", "-b", "main")
    try bench.write("ethos: 1\norganisation: Small\n", to: "ethos.yaml")
    try bench.write("id: v\ntitle: V\nstatement: We must.\n", to: "values/v.yaml")
    try bench.write(
      "id: e\ntitle: E\nof: value/v\nuntil: 2030-01-01\nwhen: {place: \"'at the sea\"}\n", to: "exceptions/e.yaml")
    try bench.git("add", ".")
    try bench.git("commit", "-qm", "Begin\n\nBecause we must.")
    let result = try bench.run("export", "bundle", "--at", "HEAD", "--output", "b.json", status: 2)
    #expect(result.errors.contains("`when.place` of `exception/e` is no FEEL"))
    #expect(!FileManager.default.fileExists(atPath: "\(bench.work)/b.json"))
    // Retired, it accepts nothing any more, and need not be read.
    try bench.run("retire", "exception/e", "--because", "It is over.")
    try bench.git("commit", "-qam", "Retire\n\nIt is over.")
    #expect(
      try bench.run("export", "bundle", "--at", "HEAD").output.contains(#""id":"e","kind":"exception","retired":true"#))
    try bench.write("id: v\ntitle: V\nstatemnt: We must.\n", to: "values/v.yaml")
    try bench.git("commit", "-qam", "Break\n\nBy mistake.")
    #expect(try bench.run("export", "bundle", "--at", "HEAD", status: 2).output.isEmpty)
  }

  @Test func `where nothing is in force nothing is exported`() throws {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    let result = try bench.run("export", "bundle", status: 1)
    #expect(result.output.isEmpty && result.errors.contains("nothing is in force today"))
    #expect(try bench.run("export", "bundle", "--at", "HEAD").output.hasPrefix("{\"commit\":"))
  }

  /// Asks a program that shares nothing with ethos.
  private static func check(_ bench: Bench, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let script = "\(EthosProcess.projectFolder)/Tests/Fixtures/bundle/check.py"
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let result = try EthosTestSupport.run(
      "/usr/bin/env", ["python3", script, "bundle.json", "schema.json"], in: bench.work, environment: ["PATH": path])
    guard result.status != 127 else {
      print("skipped: there is no python3, so that no other program read the bundle")
      return
    }
    #expect(result.status == 0, "\(result.output)\(result.errors)", sourceLocation: sourceLocation)
  }
}
