import EthosTestSupport
import Foundation
import Testing

/// Clones that lack something say so, whatever they are asked, and open no gate.
@Suite struct CloneTests {
  /// Everything that reads or records, with what it needs to be asked.
  static let commands: [[String]] = [
    ["status"], ["releases"], ["releases", "renewal-2026/1"], ["verify"], ["why", "limit/client-risk"],
    ["blame", "limit/client-risk"], ["log"], ["systems"], ["systems", "--forbid", "major"], ["list"],
    ["show", "limit/client-risk"], ["show", "decision/onboarding@2020-01-01"], ["check"], ["check", "--history"],
    ["diff"], ["diff", "release/growth-2019/1", "release/renewal-2026/1"],
    ["handover", "growth-2019", "renewal-2026"], ["export", "bundle"], ["export", "prompt"],
    ["decide", "onboarding", "--at", "2020-01-01", "risk score=58"], ["release"],
    ["audit", "log.csv", "--decision", "onboarding", "--exit-code"],
    ["replay", "log.csv", "--decision", "onboarding", "--from", "2020-01-01", "--to", "HEAD"],
    ["reaffirm", "value/growth", "--because", "Still."], ["undo"],
  ]

  /// Those that are answered from the files alone, or from what was recorded here.
  static let ofFiles: Set<[String]> = [
    ["list"], ["show", "limit/client-risk"], ["check"], ["diff"], ["undo"],
  ]

  /// Those that need no release.
  static let ofHistory: Set<[String]> = [
    ["why", "limit/client-risk"], ["blame", "limit/client-risk"], ["log"],
    ["reaffirm", "value/growth", "--because", "Still."],
  ]

  struct Clone: CustomTestStringConvertible, Sendable {
    var options: [String]
    var words: [String]
    var testDescription: String { options.joined(separator: " ") }
  }

  static let clones = [
    Clone(options: ["--depth", "1"], words: ["shallow clone", "git fetch --unshallow --tags"]),
    Clone(options: ["--depth", "2"], words: ["shallow clone", "git fetch --unshallow --tags"]),
    Clone(options: ["--filter=blob:none"], words: ["partial clone", "git fetch --refetch --tags"]),
    Clone(options: ["--filter=tree:0"], words: ["partial clone", "git fetch --refetch --tags"]),
    Clone(options: ["--no-tags"], words: ["without tags", "git fetch --tags"]),
  ]

  private func clone(_ options: [String]) throws -> (Bench, EthosProcess) {
    let bench = try NorthgateBank.afterStory()
    try bench.git("config", "uploadpack.allowFilter", "true")
    try bench.git("config", "uploadpack.allowAnySHA1InWant", "true")
    let made = try bench.ethos.run(
      program: "/usr/bin/env",
      ["git", "-c", "protocol.file.allow=always", "clone", "-q"] + options + [
        "file://\(bench.work)", "\(bench.root)/c",
      ])
    #expect(made.status == 0, "\(made.errors)")
    var process = bench.ethos
    process.folder = "\(bench.root)/c"
    try
      "risk score,country risk,politically exposed,source of wealth,route,day\n58,low,false,documented,approve,2020-01-01\n"
      .write(toFile: "\(bench.root)/c/log.csv", atomically: true, encoding: .utf8)
    return (bench, process)
  }

  @Test(arguments: clones)
  func `every command says what is not here and what to type`(clone: Clone) throws {
    let (bench, process) = try self.clone(clone.options)
    let isTagless = clone.options == ["--no-tags"]
    for command in Self.commands {
      if Self.ofFiles.contains(command) || isTagless && Self.ofHistory.contains(command) { continue }
      let result = try process.run(command)
      let said = result.output.replacing("\n", with: " ").split(separator: " ").joined(separator: " ") + result.errors
      for word in clone.words { #expect(said.contains(word), "\(command): \(said)") }
      for lie in ["nothing is released", "nothing was in force", "there is no object", "is no revision", "in breach"] {
        #expect(!said.contains(lie), "\(command): \(said)")
      }
      let isTold = isTagless && [["status"], ["releases"], ["check", "--history"]].contains(command)
      #expect(isTold || result.status == 2, "\(command): \(result.status)")
    }
    _ = bench
  }

  @Test(arguments: clones)
  func `what is typed makes it whole`(clone: Clone) throws {
    let (bench, process) = try self.clone(clone.options)
    let help = try process.run("verify").errors.split(separator: "\n").last { $0.hasPrefix("  help: ") }
    let line = try #require(help).dropFirst("  help: ".count)
    #expect(try process.shell("cd '\(process.folder)' && \(line)").status == 0, "\(line)")
    #expect(try process.run("verify").status == 0)
    #expect(try process.run("systems").output == bench.run("systems").output)
    #expect(try process.run("releases").output == bench.run("releases").output)
  }

  @Test func `a whole clone says nothing of that`() throws {
    let (bench, process) = try clone([])
    for command in Self.commands {
      let result = try process.run(command)
      for word in ["clone", "git fetch", "is not here"] where command.first != "verify" {
        #expect(!(result.output + result.errors).contains(word), "\(command): \(result.output)\(result.errors)")
      }
    }
    _ = bench
  }

  @Test func `a clone of one branch has no proposals of others, and says so`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "To see.")
    try bench.git("clone", "-q", "--single-branch", "--branch", "main", bench.work, "\(bench.root)/c")
    var process = bench.ethos
    process.folder = "\(bench.root)/c"
    let status = try process.run("status")
    #expect(status.errors.contains("fetches only some branches of `origin`"))
    let refused = try process.run("review", "lower")
    #expect(refused.status == 2)
    let help = try #require(refused.errors.split(separator: "\n").first { $0.hasPrefix("  help: ") }).dropFirst(8)
    #expect(try process.shell("cd '\(process.folder)' && \(help)").status == 0)
    #expect(try process.run("review", "lower").output.contains("Proposal lower"))
    #expect(try !process.run("status").errors.contains("only some branches"))
  }

  @Test func `an identity that released nothing says so only where nobody else may have`() throws {
    let bench = try Bench()
    try bench.run("init", ".", "--template", "minimal")
    #expect(try bench.run("status").output.contains("nothing is released yet"))
    #expect(try bench.run("releases").output.contains("nothing is released yet"))
    try bench.git("remote", "add", "origin", "https://example.org/x")
    #expect(try bench.run("releases").output.contains("no release is here, and `origin` may have some"))
    #expect(try bench.run("verify").status == 0)
  }
}
