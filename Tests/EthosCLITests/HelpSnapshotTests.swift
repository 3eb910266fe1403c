import EthosTestSupport
import Foundation
import Testing

/// Help, completions and man page are the product: they are kept as snapshots and read like prose.
@Suite struct HelpSnapshotTests {
  private static let commands = [
    "init", "import", "import markdown", "import dmn", "schema", "status", "list", "show", "check", "diff", "log",
    "why", "set", "format", "retire", "propose", "classify", "review", "approve", "object", "abstain", "comment",
    "collect", "merge", "ratify", "withdraw",
    "reaffirm", "release", "releases", "handover", "verify", "adopt", "hook", "hook install", "driver",
    "driver install", "driver textconv", "driver diff", "driver merge", "decide", "test", "replay", "audit", "systems",
    "export", "export dmn", "export sql", "export bundle", "export prompt",
    "export signers",
  ]

  @Test func `Snapshot of the help of every command`() throws {
    let bench = try Bench()
    var text = try bench.run("help").output
    #expect(try bench.run("--help").output == text)
    for command in Self.commands {
      let words = command.split(separator: " ").map(String.init)
      let help = try bench.ethos.run(words + ["--help"])
      #expect(help.status == 0)
      text += "\n\(String(repeating: "=", count: 100))\n$ ethos \(command) --help\n\n\(help.output)"
    }
    expectSnapshot(text, named: "help.txt")
  }

  @Test(arguments: [
    "changes", "decisions", "cases", "reviews", "references", "fingerprints", "files", "signatures", "verification",
    "attacks", "forges", "bundle", "exit-codes", "json",
  ])
  func `Snapshot of a topic`(_ topic: String) throws {
    try expectSnapshot(Bench().run("help", topic).output, named: "topic-\(topic).txt")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `Snapshot of the completions`(_ shell: String) throws {
    try expectSnapshot(Bench().run("--generate-completion-script", shell).output, named: "completion.\(shell)")
  }

  @Test func `Snapshot of the man page`() throws {
    try expectSnapshot(Bench().run("help", "man").output, named: "ethos.1")
  }

  @Test func `an unknown command is answered with the nearest`() throws {
    let result = try Bench().run("stauts", status: 64)
    #expect(result.errors.contains("stauts"))
  }
}
