import EthosTestSupport
import Foundation
import Testing

/// Three real releases of a real document of values, imported one after the other and compared.
@Suite struct ModelSpecTests {
  private static let days = ["2025-02-12", "2025-04-11", "2025-09-12"]

  @Test func `the releases of the Model Spec differ by exactly what changed in them`() throws {
    let bench = try Bench(name: "Importer", email: "importer@ethos.example")
    try bench.run("init", "--template", "minimal", "--organisation", "Model Spec")
    try bench.git("rm", "-rq", "values", "limits", "decisions", "cycles", "people", "--ignore-unmatch")
    try bench.git("-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "-qm", "Begin with nothing")
    for (day, ranks) in zip(
      Self.days,
      [
        "platform,developer,user,guideline", "platform,developer,user,guideline",
        "root,system,platform,developer,user,guideline",
      ])
    {
      let fixture = "\(EthosProcess.projectFolder)/Tests/Fixtures/model-spec/\(day).md"
      try bench.run(
        "import", "markdown", fixture, "--document", "Model Spec", "--rank-attribute", "authority", "--ranks", ranks,
        "--because", "The release of \(day) leaves it out.")
      try bench.git("add", "-A")
      try bench.git(
        "-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "-qm", "Release of \(day)", "-m", "As published."
      )
      try bench.git("tag", "spec-\(day)")
    }

    let late = try bench.json("diff", "spec-2025-04-11", "spec-2025-09-12")
    let changes = try #require(late["changes"] as? [[String: Any]]).filter {
      ($0["commitment"] as? String)?.hasPrefix("value/") == true
    }
    func count(_ id: String) -> Int {
      changes.filter { $0["id"] as? String == id }.map { 1 + (($0["also"] as? [String])?.count ?? 0) }.reduce(0, +)
    }
    #expect(count("value-added") == 11)
    #expect(count("value-retired") == 5)
    #expect(count("value-retitled") == 2)
    #expect(count("value-reworded") == 45)
    let rankActs = changes.filter { $0["field"] as? String == "rank" }
    let sizes = rankActs.map { act in
      "\(act["before"] as? String ?? "")→\(act["after"] as? String ?? ""): \(1 + ((act["also"] as? [String])?.count ?? 0))"
    }
    #expect(sizes.sorted() == ["platform→root: 16", "platform→system: 3"])
    let system = try #require(rankActs.first { $0["after"] as? String == "system" })
    let named = [system["commitment"] as? String ?? ""] + (system["also"] as? [String] ?? [])
    #expect(
      named.sorted() == [
        "value/comply_with_laws", "value/no_erotica_or_gore", "value/use_preset_voice_in_voice_mode",
      ])
    for change in changes where change["id"] as? String == "value-reworded" {
      #expect(change["level"] as? String == "undecided")
    }
    let known: Set<String> = ["value-added", "value-retired", "value-retitled", "value-reworded"]
    let others = changes.filter { $0["field"] as? String != "rank" && !known.contains($0["id"] as? String ?? "") }
    #expect(others.isEmpty, "\(others)")
    #expect((late["renames"] as? [Any])?.isEmpty == false)

    let early = try bench.json("diff", "spec-2025-02-12", "spec-2025-04-11")
    let earlyChanges = try #require(early["changes"] as? [[String: Any]])
    #expect(earlyChanges.count == 5)
    #expect(earlyChanges.allSatisfy { $0["id"] as? String == "value-reworded" })
  }
}
