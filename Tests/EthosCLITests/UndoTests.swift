import EthosTestSupport
import Foundation
import Testing

/// Taking back the last record: everything is as before, nothing is lost, and what others have stays.
@Suite struct UndoTests {
  private static func references(_ bench: Bench) throws -> [String] {
    try bench.git("for-each-ref", "--format=%(refname) %(objectname)").split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("refs/ethos/") }
  }

  @Test func `each record of a proposal is taken back, one after the other`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("set", "limit/client-risk.atMost", "55")
    let edited = try bench.git("status", "--porcelain")
    var states = [try Self.references(bench)]
    let text = try bench.read("limits/client-risk.yaml")
    for arguments in [
      ["propose", "lower", "--because", "To see."], ["approve", "lower"], ["comment", "lower", "--because", "Noted."],
    ] {
      #expect(try bench.ethos.run(arguments).status == 0)
      states.append(try Self.references(bench))
    }
    while states.count > 1 {
      states.removeLast()
      let dry = try bench.run("undo", "--dry-run").output
      #expect(dry.hasPrefix("would take back "))
      try bench.run("undo")
      #expect(try Self.references(bench) == states.last)
    }
    // What was edited before the proposal is an edit again, and no commit of it is lost.
    #expect(try bench.read("limits/client-risk.yaml") == text)
    #expect(try bench.git("status", "--porcelain") == edited)
    #expect(try bench.git("symbolic-ref", "--short", "HEAD") == "main\n")
    #expect(try bench.git("log", "--format=%s", "refs/ethos/undone/3", "-1").isEmpty == false)
    #expect(try bench.git("fsck", "--strict", "--unreachable").contains("commit") == false)
  }

  @Test func `a ratification and a release are taken back, with the work tree`() throws {
    let bench = try NorthgateBank.afterDemo()
    let before = try bench.state()
    try bench.run("undo")
    #expect(try bench.state() != before)
    try bench.run("verify", as: bench.ethos.with("ETHOS_NOW", "2026-11-24T09:00:00+01:00"))
    try bench.git("fsck", "--strict")
  }

  @Test func `what a remote has is not taken back`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.git("init", "-q", "--bare", "\(bench.root)/remote")
    try bench.git("remote", "add", "origin", "\(bench.root)/remote")
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "To see.")
    try bench.git("push", "-q", "origin", "proposals/lower")
    let before = try bench.state()
    let refused = try bench.ethos.run(["undo"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("was published: `origin/proposals/lower` has it"))
    #expect(try bench.state() == before)
  }

  @Test func `a tag that a remote has is not taken back`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.git("init", "-q", "--bare", "\(bench.root)/remote")
    try bench.git("remote", "add", "origin", "\(bench.root)/remote")
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "To see.")
    try bench.run("withdraw", "lower", "--because", "No.")
    #expect(try bench.ethos.run(["undo", "--dry-run"]).status == 0)
    try bench.git("push", "-q", "origin", "closed/lower")
    #expect(try bench.ethos.run(["undo"]).errors.contains("was published: `origin` has it"))
    try FileManager.default.removeItem(atPath: "\(bench.root)/remote")
    let unknown = try bench.ethos.run(["undo"])
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("cannot be told"))
  }

  @Test func `what came after the last record is not lost to it`() throws {
    let bench = try NorthgateBank.afterStory()
    try bench.run("set", "limit/client-risk.atMost", "55")
    try bench.run("propose", "lower", "--because", "To see.")
    try bench.git("commit", "-q", "--allow-empty", "-m", "By hand")
    let before = try bench.state()
    let refused = try bench.ethos.run(["undo"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("moved since the last record"))
    #expect(try bench.state() == before)
  }

  @Test func `where nothing was done there is nothing to take back`() throws {
    let bench = try Bench()
    try bench.run("init", "bank", "--template", "minimal")
    try FileManager.default.removeItem(atPath: "\(bench.work)/bank/.git/ethos")
    #expect(try bench.ethos.run(["undo", "-C", "bank"]).status == 1)
  }
}
