import EthosGovernance
import EthosTestSupport
import Foundation
import Testing

@Suite struct FindingCodeTests {
  /// Every code that the sources of the verification name is in the printed table, and the table has no other.
  @Test func `the table of findings has all that is found, each once`() throws {
    let sources = URL(fileURLWithPath: EthosProcess.projectFolder).appending(path: "Sources")
    var files = ["VerifiedRelease.swift", "ReleaseVerification.swift"].map {
      sources.appending(path: "EthosGovernance/\($0)")
    }
    for folder in ["EthosGovernance/Verification", "EthosApp/Verify", "EthosApp/Hooks"] {
      files += try FileManager.default.contentsOfDirectory(
        at: sources.appending(path: folder), includingPropertiesForKeys: nil)
    }
    // The names of git's hooks are written the same way.
    let hooks: Set = ["commit-msg", "pre-push", "pre-receive", "post-receive"]
    var found: Set<String> = []
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      found.formUnion(text.matches(of: /"([a-z]+(?:-[a-z]+)+)"/).map { String($0.1) })
    }
    let table = FindingCode.groups.flatMap(\.codes).map(\.code)
    #expect(found.subtracting(hooks).sorted() == table.sorted())
  }
}
