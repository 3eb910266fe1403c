import EthosTestSupport
import Foundation
import Testing

/// What is in force is what the judge calls so: a tag that nobody had the authority to make is shown, and not followed.
@Suite struct ReleaseInForceTests {
  /// The bank with an honest release, a limit that was raised by the rules, and a second release.
  private func released(by second: String) throws -> GuardedBank {
    let bank = try GuardedBank()
    try bank.bench.run("release", as: bank.person("jane"))
    try bank.propose("raise", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 95\n"])
    try bank.approve("raise", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "raise", as: bank.person("ada"))
    try bank.bench.run("release", as: bank.person("jane"))
    if second != "jane" {
      try bank.shell(
        "git update-ref refs/tags/release/second/2 $(git cat-file tag release/second/2 | "
          + "sed 's/Jane Doe <jane@/Eve Ling <eve@/' | git hash-object -t tag -w --stdin)")
    }
    return bank
  }

  private let today = EthosProcess.now.prefix(10)

  @Test func `an honest release is in force, without a word`() throws {
    let bank = try released(by: "jane")
    let prompt = try bank.bench.run("export", "prompt")
    #expect(prompt.output.contains("at most 95") && prompt.errors.isEmpty, "\(prompt.output)\(prompt.errors)")
    #expect(try bank.bench.json("status")["inForce"] as? String == "release/second/2")
  }

  @Test func `a release without authority is shown and not followed`() throws {
    let bank = try released(by: "eve")
    let told = "`release/second/2` is not followed"
    for arguments in [["export", "prompt"], ["show", "limit/risk@\(today)"], ["export", "bundle"]] {
      let result = try bank.bench.ethos.run(arguments)
      #expect(
        result.status == 0 && !result.output.contains("\"95\"") && !result.output.contains(" 95"), "\(result.output)")
      #expect(result.errors.contains(told) && result.errors.contains("`ethos verify`"), "\(result.errors)")
    }
    let status = try bank.bench.run("status")
    #expect(status.output.contains("release/second/1") && status.errors.contains("release-quorum-missing"))
    let shown = try bank.bench.run("show", "limit/risk@release/second/2")
    #expect(shown.output.contains("95") && shown.errors.contains(told), "\(shown.errors)")
    // What verification remembers changes nothing of that.
    _ = try bank.breaches()
    #expect(try bank.bench.run("export", "prompt").output.contains("at most 60"))
  }

  @Test func `a tag without authority puts no honest release after it out of force`() throws {
    let bank = try released(by: "eve")
    try bank.propose("lower", ["limits/risk.yaml": "id: risk\ntitle: Risk\natMost: 50\n"])
    try bank.approve("lower", "jane", "ada", "ruth")
    try bank.bench.run("ratify", "lower", as: bank.person("ada"))
    // A server that has the tag takes the honest release all the same.
    try bank.shell("git clone -q --bare . ../server.git && ethos hook install -C ../server.git")
    try bank.bench.run("release", as: bank.person("jane"))
    try bank.shell("git push -q ../server.git release/second/3", by: "jane")
    #expect(try bank.bench.json("status")["inForce"] as? String == "release/second/3")
    #expect(try bank.bench.run("export", "prompt").output.contains("at most 50"))
    // The tag is in breach, and nothing else is.
    #expect(try bank.breaches("--again") == ["release-quorum-missing"])
    #expect(try bank.breaches() == ["release-quorum-missing"])
    let listed = try #require(try bank.bench.json("releases")["findings"] as? [[String: Any]])
    #expect(listed.isEmpty, "\(listed)")
    // Without the true first release, the honest one still shows that it is gone.
    try bank.shell("git tag -d release/second/1")
    #expect(try bank.breaches().contains("release-chain"))
  }

  @Test func `a release says what it brings forward, and is made of that only where it is meant`() throws {
    let bank = try GuardedBank()
    try bank.bench.run("release", as: bank.person("jane"))
    func change(_ limit: String, _ value: Int) throws {
      try bank.propose(limit, ["limits/\(limit).yaml": "id: \(limit)\ntitle: \(limit)\natMost: \(value)\n"])
      try bank.approve(limit, "jane", "ada", "ruth")
      try bank.bench.run("ratify", limit, as: bank.person("ada"))
    }
    try change("risk", 50)
    try bank.bench.run("release", "--effective", "2027-01-01", as: bank.person("jane"))
    let upcoming = try #require(try bank.bench.json("status")["upcoming"] as? [[String: Any]])
    #expect(upcoming.map { $0["release"] as? String } == ["release/second/2"])
    #expect(try bank.bench.run("export", "prompt").output.contains("release/second/2] takes effect on 2027-01-01"))
    try change("loan", 400)
    for flags in [["--dry-run"], [], ["--approve"]] {
      let refused = try bank.person("jane").run(["release", "--title", "Less"] + flags)
      #expect(refused.status == 1 && refused.errors.contains("brings forward from 2027-01-01 (release/second/2)"))
      #expect(refused.errors.contains("--bring-forward --title Less"), "\(refused.errors)")
    }
    #expect(try bank.shell("git tag -l 'release/*' | wc -l") == "2")
    // On the other's day nothing is brought forward.
    let later = try bank.bench.run("release", "--effective", "2027-01-01", "--dry-run", as: bank.person("jane")).output
    #expect(!later.contains("brings forward") && later.contains("limit/loan") && !later.contains("limit/risk"))
    let made = try bank.bench.run("release", "--bring-forward", as: bank.person("jane")).output
    #expect(made.hasPrefix("  ! also brings forward from 2027-01-01 (release/second/2):"), "\(made)")
    #expect(made.contains("60 → 50") && made.contains("500 → 400") && made.contains("since release/second/1"))
    let notes = try bank.bench.json("releases", "second/3")
    #expect(notes["since"] as? String == "release/second/1" && notes["previous"] as? String == "release/second/2")
    #expect((notes["broughtForward"] as? [[String: Any]])?.count == 1)
    let acts = try #require(notes["acts"] as? [[String: Any]])
    let places = acts.compactMap { ($0["change"] as? [String: Any])?["commitment"] as? String }
    #expect(Set(places) == ["limit/risk", "limit/loan", "decision/loan"])
    #expect(try bank.breaches("--again") == [])
  }
}
