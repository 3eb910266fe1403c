import EthosTestSupport
import Foundation
import Testing

@testable import EthosCLI

@Suite struct RootHelpTests {
  /// `ethos --help` is answered from a constant, since making the text from 27 declarations takes longer than the whole
  /// start of the program.
  ///
  /// This holds the constant to the declarations; `make record` writes it anew.
  @Test func `Snapshot of the root help in the source is what the declarations say`() throws {
    let declared = EthosCommandLine.declaredHelp(columns: 80)
    guard declared != RootHelp.text else { return }
    let environment = ProcessInfo.processInfo.environment
    if environment["ETHOS_RECORD"] != nil, environment["CI"] == nil {
      let lines = declared.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        line.isEmpty ? "" : "    " + line.replacing("\\", with: "\\\\")
      }
      let source = """
        /// The help of the root command, as its declarations say it. Written by `make record`; a test holds it to them.
        enum RootHelp {
          static let text = \"\"\"
        \(lines.joined(separator: "\n"))
            \"\"\"
        }

        """
      try source.write(
        toFile: EthosProcess.projectFolder + "/Sources/EthosCLI/RootHelp.swift", atomically: true, encoding: .utf8)
    }
    Issue.record("the root help in the source is not what the declarations say; `make record` writes it anew")
  }
}
