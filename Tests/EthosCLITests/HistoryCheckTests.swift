import EthosTestSupport
import Foundation
import Testing

/// What only the history shows.
@Suite struct HistoryCheckTests {
  private static func codes(_ bench: Bench, _ arguments: String...) throws -> [String] {
    let result = try bench.ethos.run(["check", "--format", "json"] + arguments)
    let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return (value?["diagnostics"] as? [[String: Any]])?.compactMap { $0["code"] as? String } ?? []
  }

  @Test func `a commitment removed without a tombstone is found, and its id used again too`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.git("rm", "-q", "limits/client-risk.yaml")
    try bench.git("commit", "-qm", "Drop it")
    #expect(try !Self.codes(bench).contains("removed-without-tombstone"))
    #expect(try Self.codes(bench, "--history").contains("removed-without-tombstone"))
    try bench.write("id: client-risk\ntitle: Something else\natMost: 3\n", to: "limits/other.yaml")
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", "Use the id again")
    let codes = try Self.codes(bench, "--history")
    #expect(codes.contains("id-used-again"))
    #expect(!codes.contains("removed-without-tombstone"))
  }

  @Test func `a commitment that is retired leaves a tombstone and is no finding`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.run("retire", "limit/client-risk", "--because", "Nobody counts points any more.")
    try bench.git("commit", "-qam", "Retire it")
    let codes = try Self.codes(bench, "--history")
    #expect(!codes.contains("removed-without-tombstone") && !codes.contains("id-used-again"))
  }

  @Test func `a reaffirmed commitment is not stale`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    for (id, from) in [("second", "2027-01-01"), ("third", "2028-01-01")] {
      try bench.write(
        "id: \(id)\ntitle: \(id)\nfrom: \(from)\noffices:\n  lead: jane-doe\n", to: "cycles/\(id).yaml")
    }
    try bench.git("add", "-A")
    try bench.git("commit", "-qm", "The cycles to come")
    let later = bench.ethos.with("ETHOS_NOW", "2028-06-01T09:00:00Z")
    let stale = try later.run("check", "--history")
    #expect(stale.output.contains("commitment-stale") && stale.output.contains("client-risk"), "\(stale.output)")
    try bench.run(
      "reaffirm", "limit/client-risk", "--because", "It still holds.",
      as: bench.ethos.with("ETHOS_NOW", "2028-05-01T09:00:00Z"))
    #expect(try !later.run("check", "--history").output.contains("client-risk"))
  }
}

@Suite struct BareRepositoryTests {
  @Test func `in a bare repository edits go to a proposal, and the rest of the way is the same`() throws {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.git("clone", "-q", "--bare", ".", "\(bench.root)/bare.git")
    var bare = bench.ethos
    bare.folder = "\(bench.root)/bare.git"
    let refused = try bare.run("set", "limit/client-risk.atMost", "55")
    #expect(refused.status == 64)
    #expect(refused.errors.contains("--proposal"))
    try bench.run("set", "limit/client-risk.atMost", "55", "--proposal", "lower", "--because", "Less.", as: bare)
    try bench.run("approve", "lower", as: bare)
    try bench.run("ratify", "lower", as: bare)
    try bench.run("release", "--title", "First", as: bare)
    let shown = try bench.run("show", "limit/client-risk.atMost", as: bare)
    #expect(shown.output.contains("55"))
    let check = try bare.run(program: "/usr/bin/env", ["git", "fsck", "--strict", "--no-dangling"])
    #expect(check.status == 0 && check.output.isEmpty)
  }

  @Test func `in a linked work tree a change is proposed and ratified, and the first work tree stays as it is`() throws
  {
    let bench = try Bench()
    try KillTests.found(bench)
    try bench.git("worktree", "add", "-q", "-b", "elsewhere", "\(bench.root)/linked")
    var linked = bench.ethos
    linked.folder = "\(bench.root)/linked"
    try bench.run("set", "limit/client-risk.atMost", "55", as: linked)
    try bench.run("propose", "lower", "--because", "Less.", as: linked)
    #expect(try bench.git("status", "--porcelain") == "")
    #expect(try bench.read("limits/client-risk.yaml").contains("60"))
    // From the first work tree, which shows main, the ratification brings the file along.
    try bench.run("ratify", "lower")
    #expect(try bench.read("limits/client-risk.yaml").contains("55"))
    #expect(try bench.git("status", "--porcelain") == "")
  }
}
