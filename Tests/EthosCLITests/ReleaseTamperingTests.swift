import EthosTestSupport
import Foundation
import Testing

/// What becomes of releases in the hands of somebody with plain git.
@Suite struct ReleaseTamperingTests {
  @Test func `what honest people made has no findings`() throws {
    let bench = try ReleasingBank.released()
    #expect(try ReleasingBank.listed(bench) == [])
    for name in ["first/1", "first/2"] { #expect(try ReleasingBank.found(name, bench) == []) }
    #expect(!(try bench.run("releases").output.contains("found")))
  }

  @Test func `a tag moved to another commit is marked`() throws {
    let bench = try ReleasingBank.released()
    try ReleasingBank.retag("release/first/2", bench, target: "main~1") { $0 }
    #expect(try ReleasingBank.listed(bench).contains("release-moved"))
    let list = try bench.run("releases")
    #expect(list.output.contains("moved") && list.output.contains("`release/first/2` stands at"))
  }

  @Test func `a deleted release leaves a gap and a broken chain`() throws {
    let bench = try ReleasingBank.released()
    try bench.git("tag", "-d", "release/first/1")
    #expect(try ReleasingBank.listed(bench) == ["release-chain", "release-gap"])
  }

  @Test func `a release that was made again under a later one breaks the chain`() throws {
    let bench = try ReleasingBank.released()
    try ReleasingBank.retag("release/first/1", bench) { "Another title\n" + $0 }
    #expect(try ReleasingBank.listed(bench) == ["release-chain"])
  }

  @Test func `a tag that is no release, and one under another name, are marked`() throws {
    let bench = try ReleasingBank.released()
    try bench.git("tag", "release/first/3", "main")
    try bench.git("update-ref", "refs/tags/release/first/4", "refs/tags/release/first/2")
    #expect(try ReleasingBank.listed(bench) == ["release-unreadable", "release-misnamed"])
    let list = try bench.run("releases")
    #expect(list.output.contains("`release/first/3` is no annotated tag"))
  }

  @Test func `a release of a branch is not of the line in force`() throws {
    let bench = try ReleasingBank.released()
    let script = """
      cd '\(bench.work)' && git commit-tree main^{tree} -p main -m 'Beside it' | xargs git update-ref refs/heads/side
      """
    #expect(try ReleasingBank.person("jane", bench).shell(script).status == 0)
    let side = try bench.git("rev-parse", "side").trimmingCharacters(in: .newlines)
    let main = try bench.git("rev-parse", "main").trimmingCharacters(in: .newlines)
    try ReleasingBank.retag("release/first/2", bench, target: "side") { $0.replacing(main, with: side) }
    #expect(try ReleasingBank.listed(bench) == ["release-off-line"])
  }

  @Test(arguments: [
    ("level: \"major\"", "level: \"minor\"", ["release-level"]),
    ("\nSince release/first/1:", "\nWhat is new:", []),
    ("holders: [\"ada\", \"jane\"]", "holders: [\"ada\", \"omar\"]", ["release-offices"]),
    ("field: \"atMost\"", "field: \"title\"", ["release-incomplete", "release-incomplete"]),
    ("ruleset: 2", "ruleset: 7", ["release-ruleset"]),
  ])
  func `a manifest that was written by hand is found out, unless it says what is true`(
    _ old: String, _ new: String, _ codes: [String]
  ) throws {
    let bench = try ReleasingBank.released()
    try ReleasingBank.retag("release/first/2", bench) { $0.replacing(old, with: new) }
    #expect(try ReleasingBank.found("first/2", bench) == codes)
  }

  @Test(arguments: [("2026-11-02", "release-retroactive"), ("2026-10-01", "release-backdated")])
  func `a release that was made to be in force earlier is found out`(_ day: String, _ code: String) throws {
    let bench = try ReleasingBank.released()
    try ReleasingBank.retag("release/first/2", bench, on: day) {
      $0.replacing("effective: \"2026-11-02\"", with: "effective: \"2026-10-01\"")
    }
    // Nobody agreed to that day either, and it is before the release before it took effect.
    #expect(
      try ReleasingBank.found("first/2", bench) == [
        code, "release-forward", "release-approval", "release-quorum-missing",
      ])
  }

  @Test func `a release that one made for two is found out`() throws {
    let bench = try ReleasingBank.released()
    try ReleasingBank.retag("release/first/2", bench) { message in
      (message.components(separatedBy: "approvals:").first ?? "") + "..."
    }
    #expect(try ReleasingBank.found("first/2", bench) == ["release-quorum-missing"])
    let notes = try bench.run("releases", "first/2")
    #expect(notes.output.contains("1 more approval of `board`"))
    let other = try ReleasingBank.released()
    try ReleasingBank.retag("release/first/2", other, by: "omar") { $0 }
    #expect(try ReleasingBank.found("first/2", other) == ["release-quorum-missing"])
  }

  @Test func `the releases of the story have no findings`() throws {
    let bench = try NorthgateBank.afterDemo()
    #expect(try ReleasingBank.listed(bench) == [])
    for name in ["growth-2019/1", "consolidation-2023/1", "renewal-2026/1"] {
      #expect(try ReleasingBank.found(name, bench) == [])
    }
  }
}
