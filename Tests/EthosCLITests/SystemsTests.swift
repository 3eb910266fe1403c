import EthosTestSupport
import Foundation
import Testing

/// How far the systems are from what is in force.
@Suite struct SystemsTests {
  private static func system(_ json: [String: Any]) throws -> [String: Any] {
    try #require((json["systems"] as? [[String: Any]])?.first)
  }

  @Test func `a system of an earlier cycle is told by its distance, with the cases that it decides otherwise`() throws {
    let bench = try NorthgateBank.afterStory()
    let json = try bench.json("systems")
    #expect(json["inForce"] as? String == "release/renewal-2026/1")
    #expect(json["forbidOutdated"] is NSNull)
    let system = try Self.system(json)
    #expect(system["releasesBehind"] as? Int == 2)
    #expect(system["cyclesBehind"] as? Int == 2)
    #expect(system["forbidden"] as? Bool == false)
    #expect((system["changed"] as? [String])?.contains("limit/client-risk") == true)
    // What it is said to decide otherwise is what the comparison of the two releases says.
    let diff = try bench.json("diff", "release/growth-2019/1", "release/renewal-2026/1")
    let change = try #require(
      (diff["changes"] as? [[String: Any]])?.first {
        $0["commitment"] as? String == "decision/onboarding" && !($0["behaviour"] is NSNull)
      })
    let expected = try #require(change["behaviour"] as? [String: Any])
    let decision = try #require((system["decisions"] as? [[String: Any]])?.first)
    let behaviour = try #require(decision["behaviour"] as? [String: Any])
    #expect(behaviour["share"] as? String == expected["share"] as? String)
    #expect(NSDictionary(dictionary: behaviour) == NSDictionary(dictionary: expected))
    // It learnt from days before the first release, and from days under the rules of 2019.
    let lessons = try #require(system["learntFrom"] as? [[String: Any]])
    #expect(lessons.map { $0["release"] as? String } == ["release/growth-2019/1"])
    #expect(lessons.map { $0["until"] as? String } == ["2020-12-31"])
    #expect((system["withoutRelease"] as? [String: Any])?["until"] as? String == "2019-02-28")
  }

  @Test func `a deployment stops where the charter or the caller forbids it`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("systems")
    for level in ["critical", "major", "editorial"] { try bench.run("systems", "--forbid", level, status: 1) }
    try bench.run("systems", "--forbid", "undecided", status: 64)
    try bench.run("systems", "onboarding-helper", status: 1)
    try bench.run("set", "charter.forbidOutdated", "major")
    let diff = try bench.run("diff").output
    #expect(diff.contains("outdated-strengthened") && diff.contains("[critical]"))
    try bench.git("commit", "-qam", "Stop what is behind\n\nSo that nobody deploys it.")
    let text = try bench.run("systems", status: 1).output
    #expect(text.contains("live, and may not be: it is out of date"))
    #expect(text.contains("40.5 % of the cases are decided otherwise (737/1818)"))
    // One that does not decide is behind, and allowed to be.
    try bench.run("set", "system/onboarding-assistant.status", "suspended")
    try bench.git("commit", "-qam", "Suspend it\n\nUntil it has learnt better.")
    try bench.run("systems")
  }

  @Test func `a system of the release in force is at no distance, one of no release at an unknown one`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("set", "system/onboarding-assistant.builtFor", "release/renewal-2026/1")
    try bench.git("commit", "-qam", "Build it anew\n\nFor today's rules.")
    let text = try bench.run("systems", "--forbid", "editorial").output
    #expect(text.contains("release/renewal-2026/1, which is in force"))
    #expect(text.contains("nothing that it decides by changed since"))
    try bench.run("set", "system/onboarding-assistant.builtFor", "release/renewal-2027/9")
    try bench.git("commit", "-qam", "Name another\n\nBy mistake.")
    let unknown = try bench.run("systems", "--forbid", "critical", status: 1).output
    #expect(unknown.contains("which is no release in force by now"))
  }
}
