import EthosTestSupport
import Testing

/// Days are those of the charter that was in force when something was written.
@Suite struct ReleaseDayTests {
  private static func charter(_ zone: String) -> [String: String] {
    ["ethos.yaml": GuardedBank.charter.replacing("branch: main", with: "branch: main\ntimeZone: \(zone)")]
  }

  @Test func `neither what is checked out nor another zone later makes a release one of another day`() throws {
    let bank = try GuardedBank()
    let late = "2026-02-13T22:00:00Z"
    try bank.bench.run("release", "--effective", "2026-02-13", as: bank.person("jane", at: late))
    #expect(try bank.breaches("--again") == [])
    try bank.propose("zone", Self.charter("Pacific/Kiritimati"), at: "2026-02-14T09:00:00Z")
    try bank.shell("git switch -q proposals/zone")
    #expect(try bank.breaches("--again") == [])
    try bank.shell("git switch -q main")
    try bank.approve("zone", "jane", "ada", "ruth", at: "2026-02-15T09:00:00Z")
    try bank.bench.run("ratify", "zone", as: bank.person("ada", at: "2026-02-16T09:00:00Z"))
    #expect(try bank.breaches("--again") == [])
    #expect(try bank.breaches() == [])
    // From then on days are those of the new zone: this one is the seventeenth there, and not the sixteenth any more.
    let made = bank.person("jane", at: "2026-02-16T22:00:00Z")
    let refused = try bank.bench.run("release", "--effective", "2026-02-16", status: 1, as: made)
    #expect(refused.errors.contains("2026-02-17, today"), "\(refused.errors)")
    try bank.bench.run("release", "--effective", "2026-02-17", as: made)
    #expect(try bank.breaches("--again") == [])
  }

  @Test func `today is a day of the charter in force, whatever is checked out`() throws {
    let bank = try GuardedBank()
    try bank.propose("zone", Self.charter("Pacific/Kiritimati"))
    try bank.shell("git switch -q proposals/zone")
    let status = try bank.bench.run("status", as: bank.person("ada", at: "2026-02-16T22:00:00Z"))
    #expect(status.output.contains("on 2026-02-16"), "\(status.output)")
  }
}
