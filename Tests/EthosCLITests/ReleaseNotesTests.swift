import EthosTestSupport
import Foundation
import Testing

@Suite struct ReleaseNotesTests {
  @Test func `notes say what changed, why, and who agreed`() throws {
    let bench = try NorthgateBank.afterDemo()
    let notes = try bench.run("releases", "renewal-2026/2", "--format", "markdown").output
    for part in [
      "# The appetite follows the evidence", "limit/client-risk", "Lower the client risk appetite from 60 to 55 points",
      "Since April we referred 57 clients", "Risk report 2026-10, table 3", "Let us wait for a full year",
      "The board prefers what the referrals show", "decision/onboarding",
    ] {
      #expect(notes.contains(part), "\(part)")
    }
    let json = try bench.json("releases", "release/renewal-2026/2")
    #expect(json["previous"] as? String == "release/renewal-2026/1")
    #expect((json["findings"] as? [Any])?.isEmpty == true)
    let missing = try bench.run("releases", "renewal-2026/3", status: 1)
    #expect(missing.errors.contains("there is no release `renewal-2026/3`"))
  }
}
