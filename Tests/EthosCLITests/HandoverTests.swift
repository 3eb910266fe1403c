import EthosTestSupport
import Foundation
import Testing

@Suite struct HandoverTests {
  @Test func `a hand-over goes from the last release of one cycle to the first of the next`() throws {
    let bench = try NorthgateBank.afterDemo()
    let json = try bench.json("handover", "consolidation-2023", "renewal-2026")
    #expect((json["before"] as? [String: Any])?["revision"] as? String == "release/consolidation-2023/1")
    #expect((json["after"] as? [String: Any])?["revision"] as? String == "release/renewal-2026/1")
    let values = try #require(json["values"] as? [[String: Any]])
    let fates = Dictionary(
      uniqueKeysWithValues: values.compactMap { value -> (String, String)? in
        guard let key = value["commitment"] as? String, let fate = value["fate"] as? String else { return nil }
        return (key, fate)
      })
    #expect(fates["value/harmony"] == "retired")
    let decisions = try #require(json["decisions"] as? [[String: Any]])
    #expect(decisions.contains { $0["commitment"] as? String == "decision/onboarding" })
    let text = try bench.run("handover", "consolidation-2023", "renewal-2026").output
    #expect(text.contains("The values") && text.contains("The decisions"))
  }

  /// Two limits that change in the later cycle, one of them released for a later day.
  @Test func `a hand-over is of one pair of states in all its parts, and says what it leaves out`() throws {
    let bank = try GuardedBank()
    func change(_ limit: String, _ value: Int) throws {
      try bank.propose(
        "\(limit)-\(value)", ["limits/\(limit).yaml": "id: \(limit)\ntitle: \(limit)\natMost: \(value)\n"])
      try bank.approve("\(limit)-\(value)", "jane", "ada", "ruth")
      try bank.bench.run("ratify", "\(limit)-\(value)", as: bank.person("ada"))
    }
    func handover() throws -> [String: Any] {
      try bank.bench.json("handover", "first", "second")
    }
    let early = bank.person("jane", at: "2025-12-30T09:00:00Z")
    // The founding commit is younger than the first cycle's last day.
    try bank.shell(
      "git commit -q --amend --no-edit", by: "jane", at: "2025-12-29T09:00:00Z")
    try bank.bench.run("release", as: early)
    try change("risk", 55)
    #expect(try handover()["compared"] as? String == "unreleased")
    try bank.bench.run("release", as: bank.person("jane"))
    try change("risk", 50)
    try bank.bench.run("release", as: bank.person("jane"))
    let newest = try handover()
    #expect((newest["after"] as? [String: Any])?["revision"] as? String == "release/second/2")
    #expect(newest["leftOut"] as? [String] == [] && newest["unreleased"] as? [String] == [])
    let text = try bank.bench.run("handover", "first", "second").output
    #expect(text.contains("60 → 50") && text.contains("that has taken effect"), "\(text)")
    // What changed later is neither told nor called untouched, and is named.
    try change("loan", 400)
    let before = try handover()
    #expect(
      before["unreleased"] as? [String] == ["limit/loan"] && before["changedLater"] as? [String] == ["limit/loan"])
    #expect(try #require(before["untouched"] as? [String]).contains("limit/loan") == false)
    #expect(try #require(newest["untouched"] as? [String]).contains("limit/loan"))
    try bank.bench.run("release", "--effective", "2027-01-01", as: bank.person("jane"))
    let after = try handover()
    #expect(after["leftOut"] as? [String] == ["release/second/3"] && after["unreleased"] as? [String] == [])
    #expect((after["after"] as? [String: Any])?["revision"] as? String == "release/second/2")
  }
}
