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
}
