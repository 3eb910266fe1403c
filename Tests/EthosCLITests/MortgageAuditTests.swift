import EthosTestSupport
import Foundation
import Testing

/// The audit of 2,380 real decisions against the template's story: every number is that of a program of its own
/// (`Tests/Fixtures/hmda/expected.py`), which shares nothing with ethos.
@Suite struct MortgageAuditTests {
  private static let folder = "\(EthosProcess.projectFolder)/Tests/Fixtures/hmda"
  private static let log = "\(folder)/hmda-boston-1990.csv"

  private func story() throws -> Bench {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "mortgage-lending", "--story")
    return bench
  }

  /// What the other program says; nil, with words, where there is no Python.
  private func expected(_ bench: Bench) throws -> [String: Any]? {
    let found = try bench.ethos.run(program: "/usr/bin/env", ["python3", "\(Self.folder)/expected.py"])
    guard found.status != 127 else {
      print("skipped: there is no python3, so that the numbers of the audit were not counted again")
      return nil
    }
    #expect(found.status == 0, "\(found.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any])
  }

  private func object(_ value: Any?, _ path: String...) throws -> [String: Any] {
    var value = value
    for name in path { value = (value as? [String: Any])?[name] }
    return try #require(value as? [String: Any], "\(path)")
  }

  /// A part as ethos has it (`agree` or `departed`, `of`, `share`, `low`, `high`) beside `hits`, `cases`, `wilson`.
  private func expect(_ share: Any?, _ part: Any?, _ what: String, name: String = "agree") throws {
    let (share, part) = (try object(share), try object(part))
    #expect(share[name] as? Int == part["hits"] as? Int, "\(what)")
    #expect(share["of"] as? Int == part["cases"] as? Int, "\(what)")
    guard let wilson = part["wilson"] as? [Double] else { return }
    for (bound, expected) in zip(["low", "high"], wilson) {
      let found = try #require((share[bound] as? String).flatMap(Double.init), "\(what)")
      #expect(abs(found - expected) <= 0.000_051, "\(what): \(found) and \(expected)")
    }
  }

  /// The part as the page prints it.
  private func printed(_ part: Any?) throws -> [String] {
    let part = try object(part)
    let (hits, cases) = (try #require(part["hits"] as? Int), try #require(part["cases"] as? Int))
    func percent(_ rate: Double) -> String { String(format: "%.1f %%", (rate * 1_000).rounded() / 10) }
    let wilson = try #require(part["wilson"] as? [Double])
    return [
      "\(hits)", "\(cases)", percent(Double(hits) / Double(cases)), "\(percent(wilson[0])) … \(percent(wilson[1]))",
    ]
  }

  @Test(arguments: [
    "release/growth-1988/1", "release/growth-1988/2", "release/prudence-1990/1", "release/prudence-1990/2",
  ])
  func `every number of the audit at a release is the other program's`(_ release: String) throws {
    let bench = try story()
    guard let all = try expected(bench) else { return }
    let expected = try object(all, "releases", release)
    let arguments = [
      "audit", Self.log, "--decision", "mortgage", "--at", release, "--by", "afam", "--by", "selfemp",
    ]
    let result = try bench.ethos.run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    let answer = try object(try JSONSerialization.jsonObject(with: Data(result.output.utf8)))
    let text = try bench.ethos.with("COLUMNS", "200").run(arguments).output
    let lines = text.split(separator: "\n").map { line in line.split(separator: " ").joined(separator: " ") }

    #expect(answer["cases"] as? Int == all["cases"] as? Int)
    #expect(answer["malformed"] as? Int == (all["malformed"] as? [Any])?.count)
    #expect(answer["incomplete"] as? Int == expected["incomplete"] as? Int)
    #expect(answer["excepted"] as? Int == 0)
    try expect(answer["inForce"], try object(expected, "all")["agreement"], "in force")
    try expectAlways(answer["always"], all)
    try expectReleases(answer, all)

    // By rule: those that answer no case are not there.
    let rules = try object(expected, "rules").filter { ($0.value as? [String: Any])?["answer"] != nil }
    let found = try #require(answer["rules"] as? [[String: Any]])
    for rule in found {
      let name = try #require((rule["rules"] as? [String])?.first)
      let other = try object(rules, name)
      #expect(rule["release"] as? String == release)
      #expect((rule["expected"] as? [String: String])?["answer"] == other["answer"] as? String)
      try expect(rule["departed"], other["departed"], name, name: "departed")
      let row = ([name, try #require(other["answer"] as? String)] + (try printed(other["departed"]))).joined(
        separator: " ")
      #expect(lines.contains { $0.hasPrefix(row) }, "`\(row)` is not in \(text)")
    }
    let silent = try rules.filter { try object($0.value, "departed")["cases"] as? Int == 0 }.map(\.key)
    #expect(Set(found.compactMap { ($0["rules"] as? [String])?.first }) == Set(rules.keys).subtracting(silent))
    let departures = try #require(answer["departures"] as? [[String: Any]])
    for departure in departures {
      // Of two answers there is one that departs from a rule.
      let name = try #require((departure["rules"] as? [String])?.first)
      let rule = try object(rules, name)
      #expect(departure["cases"] as? Int == (try object(rule, "departed"))["hits"] as? Int, "\(name)")
      #expect(departure["row"] as? Int == rule["firstDeparture"] as? Int, "\(name)")
    }
    #expect(departures.count == rules.values.count { ($0 as? [String: Any])?["firstDeparture"] is Int })
    let totals = try object(expected, "all", "departures")
    for (actual, name) in [("deny", "deniedThoughGranted"), ("grant", "grantedThoughDenied")] {
      let cases = departures.filter { ($0["actual"] as? [String: String])?["answer"] == actual }
        .reduce(0) { $0 + ($1["cases"] as? Int ?? 0) }
      #expect(cases == totals[name] as? Int)
    }
    try expectSegments(answer, expected, lines)
    try expectValues(try object(answer, "priorities"), try object(expected, "values"), release, lines)
  }

  private func expectAlways(_ always: Any?, _ all: [String: Any]) throws {
    let parts = try object(all, "always")
    let most = try #require(
      try parts.max { try object($0.value)["hits"] as? Int ?? 0 < object($1.value)["hits"] as? Int ?? 0 })
    #expect(try object(always, "outcome")["answer"] as? String == most.key)
    try expect(try object(always)["agree"], most.value, "always")
  }

  private func expectReleases(_ answer: [String: Any], _ all: [String: Any]) throws {
    let releases = try #require(answer["releases"] as? [[String: Any]])
    #expect(releases.count == 4)
    for release in releases {
      let name = try #require(release["release"] as? String)
      let part = try object(all, "releases", name, "all", "agreement")
      #expect(release["agree"] as? Int == part["hits"] as? Int && release["of"] as? Int == part["cases"] as? Int)
    }
    let (best, other) = (try object(answer, "best"), try object(all, "best"))
    let order = try #require(other["order"] as? [String])
    let told = try object(other, "toldApartBy")
    #expect(best["release"] as? String == order[0] && best["next"] as? String == order[1])
    #expect(best["differ"] as? Int == told["cases"] as? Int)
    #expect(best["asBest"] as? Int == told["withBest"] as? Int)
    #expect(best["asNext"] as? Int == told["withSecond"] as? Int)
    try expect(best["agree"], try object(all, "releases", order[0], "all")["agreement"], "best")
    try expectAlways(best["always"], all)
  }

  private func expectSegments(_ answer: [String: Any], _ expected: [String: Any], _ lines: [String]) throws {
    let segments = try #require(answer["segments"] as? [[String: Any]])
    #expect(segments.count == 4)
    for segment in segments {
      let (column, value) = (
        try #require(segment["column"] as? String), try #require(segment["value"] as? String)
      )
      let other = try object(expected, "segments", column, value)
      try expect(segment["agree"], other["agreement"], "\(column) \(value)")
      let row = ([value] + (try printed(other["agreement"]))).joined(separator: " ")
      #expect(lines.contains { $0.hasPrefix(row) }, "`\(row)`")
      let answers = try object(other, "answers")
      let found = try #require(segment["answers"] as? [[String: Any]])
      #expect(found.count == 2)
      for one in found {
        let said = try #require((one["expected"] as? [String: String])?["answer"])
        try expect(one["departed"], answers[said], "\(column) \(value) \(said)", name: "departed")
        let row = ([said, value] + (try printed(answers[said]))).joined(separator: " ")
        #expect(lines.contains { $0.hasPrefix(row) }, "`\(row)`")
      }
    }
  }

  private func expectValues(
    _ found: [String: Any], _ expected: [String: Any], _ release: String, _ lines: [String]
  ) throws {
    let revealed = try #require(found["revealed"] as? [[String: Any]])
    let pairs = try #require(expected["pairs"] as? [[String: Any]])
    #expect(revealed.count == pairs.count)
    for pair in pairs {
      let (value, over) = (try #require(pair["value"] as? String), try #require(pair["over"] as? String))
      let one = try #require(
        revealed.first { $0["over"] as? String == value && $0["under"] as? String == over }, "\(value) over \(over)")
      #expect(one["release"] as? String == release)
      for name in ["cases", "kept", "reversed", "ambiguous"] {
        #expect(one[name] as? Int == pair[name] as? Int, "\(value) over \(over): \(name)")
      }
      if pair["oneSided"] as? Bool == true {
        #expect(one["agree"] is NSNull && one["verdict"] as? String == "one-sided")
      } else {
        try expect(one["agree"], pair["keptOf"], "\(value) over \(over)")
        let verdicts = ["as stated": "as-stated", "reversed": "reversed", "undecided": "open", "too few": "too-few"]
        #expect(one["verdict"] as? String == verdicts[try #require(pair["verdict"] as? String)])
        let part = try printed(pair["keptOf"])
        let counts = try ["cases", "kept", "reversed", "ambiguous"].map { "\(try #require(pair[$0] as? Int))" }
        let row = (["\(value) over \(over)"] + counts + [part[2]]).joined(separator: " ")
        #expect(lines.contains { $0.hasPrefix(row) }, "`\(row)`")
        let sentence = "\(value) over \(over): \(part[2]) keep the order (95 % interval: \(part[3]))"
        #expect(lines.contains { $0.contains(sentence) }, "`\(sentence)`")
      }
      // The identity states the order that its rules state, at each of its releases.
      #expect(one["values"] as? String == "same")
    }
    let unstated = try #require(found["unstated"] as? [[String: Any]])
    let others = try #require(expected["unstated"] as? [String: Int])
    #expect(unstated.count == others.count)
    for one in unstated {
      #expect(others["\(one["over"] ?? "") over \(one["under"] ?? "")"] == one["cases"] as? Int)
    }
    let ambiguous = try #require(expected["ambiguous"] as? [String: Int])
    #expect(found["ambiguous"] as? Int == ambiguous.values.reduce(0, +))
    #expect(found["ambiguousDepartures"] as? Int == ambiguous["departed"])
    #expect(found["notWeighed"] as? Int == expected["notWeighed"] as? Int)
  }

  @Test func `what each release would have made of the cases of another is the other program's`() throws {
    let bench = try story()
    guard let all = try expected(bench) else { return }
    let transitions = try object(all, "transitions")
    #expect(transitions.count == 6)
    for (name, found) in transitions {
      let sides = name.components(separatedBy: " -> ")
      let answer = try bench.json(
        "replay", Self.log, "--decision", "mortgage", "--from", sides[0], "--to", sides[1])
      let flips = try #require(answer["transitions"] as? [[String: Any]]).filter { one in
        (one["before"] as? [String: String]) != (one["after"] as? [String: String])
      }
      let others = try object(found)
      #expect(flips.count == others.count, "\(name)")
      for flip in flips {
        let (before, after) = (flip["before"] as? [String: String], flip["after"] as? [String: String])
        let other = try object(others, "\(before?["answer"] ?? "") -> \(after?["answer"] ?? "")")
        #expect(flip["cases"] as? Int == other["cases"] as? Int, "\(name)")
        #expect(flip["row"] as? Int == other["row"] as? Int, "\(name)")
      }
    }
  }

  @Test func `two other programs count the same cells`() throws {
    let bench = try Bench()
    let sqlite = try bench.ethos.run(program: "/bin/sh", ["-c", "cd '\(Self.folder)' && sqlite3 < expected.sql"])
    let python = try bench.ethos.run(program: "/usr/bin/env", ["python3", "\(Self.folder)/expected.py", "--cells"])
    guard sqlite.status != 127, python.status != 127 else {
      print("skipped: there is no sqlite3 or no python3, so that the two were not compared")
      return
    }
    #expect(sqlite.status == 0 && python.status == 0, "\(sqlite.errors)\(python.errors)")
    #expect(!sqlite.output.isEmpty && sqlite.output == python.output)
  }

  @Test func `the audit of the story is a page with pictures, and says what it cannot say`() throws {
    let bench = try story()
    let whole = try bench.run("audit", Self.log, "--decision", "mortgage", "--at", "release/prudence-1990/2").output
    let text = whole.split { $0.isWhitespace }.joined(separator: " ")
    #expect(text.contains("answering grant to every case would agree with 2095 of 2380 (88.0 %), which is more"))
    #expect(text.contains("most of these cases reverse the order"))
    #expect(text.contains("not measured in this log"))
    let page = try bench.run(
      "audit", Self.log, "--decision", "mortgage", "--at", "release/prudence-1990/2", "--format", "html"
    ).output
    #expect(
      page.contains("<svg role=\"img\"") && page.contains("<title>agreement with each state of the rules</title>"))
    #expect(!page.contains("href=") && !page.contains("src="))
    // Nothing of a lender: the log has no day, and without a state there is none in force.
    let without = try bench.run("audit", Self.log, "--decision", "mortgage", status: 2)
    #expect(without.errors.contains("has no column `day`"))
  }
}
