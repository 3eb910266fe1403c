import EthosTestSupport
import Foundation
import Testing

/// What can be asked of the history beyond one place: by whom, when, in which cycle, of which kind, about which value.
@Suite struct LogQuestionTests {
  private struct Entry: Hashable {
    var commitment: String
    var field: String?
    var change: String?
    var author: String
    var cycle: String?
    var date: String
    var reason: String?
  }

  private static func entries(_ bench: Bench, _ arguments: [String] = []) throws -> [Entry] {
    let result = try bench.ethos.run(["log"] + arguments + ["--format", "json"])
    if result.status == 1, result.errors.contains("no change of") { return [] }
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    let parsed = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let list = try #require((parsed as? [String: Any])?["entries"] as? [[String: Any]])
    return try list.map { entry in
      Entry(
        commitment: try #require(entry["commitment"] as? String), field: entry["field"] as? String,
        change: entry["change"] as? String,
        author: try #require((entry["author"] as? [String: Any])?["name"] as? String),
        cycle: entry["cycle"] as? String, date: try #require(entry["date"] as? String),
        reason: entry["reason"] as? String)
    }
  }

  @Test func `each option keeps what it asks for and nothing else`() throws {
    let bench = try NorthgateBank.afterStory()
    let all = try Self.entries(bench)
    func expect(_ arguments: String..., keep: (Entry) -> Bool) throws {
      let found = try Self.entries(bench, arguments)
      let expected = all.filter(keep)
      #expect(!expected.isEmpty && expected.count < all.count, "\(arguments)")
      #expect(found == expected, "\(arguments)")
    }
    try expect("--cycle", "renewal-2026") { $0.cycle == "renewal-2026" }
    try expect("--by", "mei-lin") { $0.author == "Mei Lin" }
    try expect("--by", "Mei Lin") { $0.author == "Mei Lin" }
    try expect("--since", "2026-02-23") { $0.date >= "2026-02-23" }
    try expect("--until", "2019-12-31") { $0.date < "2020" }
    try expect("--action", "loosened") { $0.change?.hasSuffix("-loosened") ?? false }
    try expect("--grep", "SOURCE of wealth") { $0.reason?.lowercased().contains("source of wealth") ?? false }
  }

  @Test func `of a value there is what serves it, and the rules that enact it or may cost it`() throws {
    let bench = try NorthgateBank.afterStory()
    let entries = try Self.entries(bench, ["--value", "client-dignity", "--since", "2026-01-01"])
    #expect(entries.allSatisfy { $0.commitment != "value/growth" })
    #expect(entries.contains { $0.commitment == "decision/onboarding" })
    let rule = try Self.entries(bench, ["decision/onboarding.rules[r5]", "--value", "prudence"])
    #expect(rule.map(\.change) == ["rule-added"])
    #expect(try bench.ethos.run(["log", "decision/onboarding.rules[r5]", "--value", "client-dignity"]).status == 0)
  }

  @Test func `an office is who held it on the day`() throws {
    let bench = try NorthgateBank.afterStory()
    let all = try Self.entries(bench)
    let byOffice = try Self.entries(bench, ["--by", "chief-risk-officer"])
    // Mei Lin held it from 2023 to 2026 alone, and wrote nothing in that time.
    #expect(byOffice.isEmpty)
    let byClients = try Self.entries(bench, ["--by", "head-of-clients"])
    #expect(byClients == all.filter { ["Lucia Ferrara", "Thabo Nkosi"].contains($0.author) })
    #expect(Set(byClients.map(\.cycle)) == ["growth-2019", "consolidation-2023", "renewal-2026"])
  }

  @Test func `a name that there is not is told, with the one that is near`() throws {
    let bench = try NorthgateBank.afterStory()
    let person = try bench.ethos.run(["log", "--by", "omr-reyes"])
    #expect(person.status == 1)
    #expect(person.errors.contains("did you mean `omar-reyes`?"))
    #expect(try bench.ethos.run(["log", "--cycle", "renewal-2062"]).errors.contains("did you mean `renewal-2026`?"))
    #expect(try bench.ethos.run(["log", "--action", "softened"]).status == 64)
    #expect(try bench.ethos.run(["log", "--since", "yesterday"]).status == 64)
  }

  @Test func `the drawing has each commit once, in the lane that it was made in`() throws {
    let bench = try NorthgateBank.afterStory()
    let lines = try bench.run("log", "--graph", "--since", "2026-01-01").output.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasPrefix("*   2026-03-17") && $0.contains("ratified risk-appetite") })
    #expect(lines.contains { $0.hasPrefix("| * 2026-02-23  Mei Lin") })
    #expect(lines.filter { $0 == "|\\" }.count == lines.filter { $0 == "|/" }.count)
    let first = try #require(lines.first { $0.hasPrefix("| | ") })
    #expect(first.contains("decision/assistant-autonomy"))
  }

  @Test func `blame names the commit of a meaning where git names that of a line`() throws {
    let bench = try NorthgateBank.afterStory()
    let before = try bench.run("why", "limit/client-risk.atMost").output
    let path = "limits/client-risk.yaml"
    try bench.write(try bench.read(path).replacing("atMost: 60", with: "atMost:   60   # points"), to: path)
    try bench.git("commit", "-qam", "Lay out")
    let lines = try bench.run("blame", "limit/client-risk").output.split(separator: "\n").map(String.init)
    let line = try #require(lines.first { $0.contains("atMost:") })
    let commit = try #require(line.split(separator: " ").first)
    #expect(before.contains("Commit: \(commit)"))
    let head = try bench.git("rev-parse", "HEAD").prefix(10)
    #expect(commit != head)
    #expect(try bench.git("blame", "-l", path).contains(head))
    #expect(try bench.ethos.run(["blame", "limit/client-risk.atMost"]).status == 64)
    #expect(try bench.ethos.run(["blame", "limit/client-rsk"]).errors.contains("did you mean `limit/client-risk`?"))
  }

  @Test func `each item of a list is the work of who wrote it, as why has it`() throws {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    let path = "values/care.yaml"
    func text(_ outranks: String, _ audience: String) -> String {
      "id: care\ntitle: Care\nowner: lead\noutranks:\n\(outranks)audience: \(audience)\n"
        + "friction:\n  - {accept: slower answers}\n"
    }
    for name in ["speed", "growth", "pace"] {
      try bench.write("id: \(name)\ntitle: \(name)\nowner: lead\n", to: "values/\(name).yaml")
    }
    try bench.write(text("  - growth\n  - speed\n", "[clients, staff]"), to: path)
    try bench.git("add", "--all")
    try bench.git("commit", "--quiet", "--message", "First", "--message", "So.")
    let first = try bench.git("rev-parse", "HEAD").prefix(10)
    try bench.write(text("  - growth\n  - pace\n  - speed\n", "[clients, owners, staff]"), to: path)
    try bench.git("commit", "--quiet", "--all", "--message", "Second", "--message", "So.")
    let second = try bench.git("rev-parse", "HEAD").prefix(10)
    let lines = try bench.run("blame", "value/care").output.split(separator: "\n").map(String.init)
    for (line, place, commit) in [
      ("  - growth", "outranks[growth]", first), ("  - speed", "outranks[speed]", first),
      ("  - pace", "outranks[pace]", second), ("  - {accept: slower answers}", "friction[slower answers]", first),
      ("audience: [clients, owners, staff]", "audience", second), ("title: Care", "title", first),
    ] {
      let shown = lines.first { $0.hasSuffix("| " + line) }
      // Lines that one commit wrote one after the other repeat its name.
      #expect(shown?.hasPrefix(String(commit)) == true, "\(line): \(shown ?? "")")
      #expect(try bench.run("why", "value/care.\(place)").output.contains("Commit: \(commit)"), "\(place)")
    }
  }
}
