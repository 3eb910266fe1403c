import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

@Suite struct `The release in force` {
  private static let line = (1...5).reversed().map { ObjectID(bytes: repeatElement(UInt8($0), count: 20)) }

  private static func placed(_ name: String, commit: Int, effective: Int) throws -> Releases.Placed {
    Releases.Placed(
      name: try #require(ReleaseName(name)), commit: ObjectID(bytes: repeatElement(UInt8(commit), count: 20)),
      effective: Day(daysSinceEpoch: effective))
  }

  @Test(arguments: [(9, nil), (10, "a/1"), (19, "a/1"), (20, "a/2"), (29, "a/2"), (30, "b/1"), (40, "b/1")])
  func `is the last of the line that is effective`(_ day: Int, _ expected: String?) throws {
    let releases = [
      try Self.placed("b/1", commit: 4, effective: 30), try Self.placed("a/1", commit: 1, effective: 10),
      try Self.placed("a/2", commit: 3, effective: 20), try Self.placed("elsewhere/9", commit: 9, effective: 1),
    ]
    let found = Releases.inForce(on: Day(daysSinceEpoch: day), line: Self.line, releases: releases)
    #expect(found?.name.description == expected)
  }

  @Test func `is the later one of the line, though an earlier one became effective later`() throws {
    let releases = [
      try Self.placed("a/1", commit: 1, effective: 20), try Self.placed("a/2", commit: 3, effective: 10),
    ]
    #expect(
      Releases.inForce(on: Day(daysSinceEpoch: 30), line: Self.line, releases: releases)?.name.description == "a/2")
  }

  @Test func `of two of one commit is the one effective later`() throws {
    let releases = [
      try Self.placed("a/2", commit: 1, effective: 10), try Self.placed("a/1", commit: 1, effective: 20),
    ]
    #expect(
      Releases.inForce(on: Day(daysSinceEpoch: 30), line: Self.line, releases: releases)?.name.description == "a/1")
  }
}

@Suite struct `A new release` {
  @Test func `is numbered after the highest of its cycle`() {
    let names = ["a/1", "a/7", "b/9"].compactMap { ReleaseName($0) }
    #expect(Releases.nextNumber(in: "a", after: names) == 8)
    #expect(Releases.nextNumber(in: "c", after: names) == 1)
  }

  @Test(arguments: [
    (0, false, nil, nil), (5, false, nil, nil), (-1, false, nil, "release-retroactive"),
    (-1, true, " ", "reason-missing"),
    (-1, true, nil, "reason-missing"), (-1, true, "the board decided then", nil),
    (0, true, "x", "release-not-retroactive"),
  ])
  func `is effective from today on, unless it is meant otherwise`(
    _ days: Int, _ isRetroactive: Bool, _ because: String?, _ code: String?
  ) {
    let problem = Releases.problem(
      effective: Bank.day.adding(days: days), tagged: Bank.day, isRetroactive: isRetroactive, because: because)
    #expect(problem?.code.rawValue == code)
  }

  @Test func `weighs as its heaviest change, and a retroactive one is critical`() throws {
    let changes = try Bank.proposal(edits: ["values/prudence.yaml": Bank.reworded]).changes
    #expect(Releases.level(of: changes, isRetroactive: false) == .major)
    #expect(Releases.level(of: changes, isRetroactive: true) == .critical)
    #expect(Releases.level(of: ChangeSet(changes: []), isRetroactive: false) == .editorial)
  }

  @Test(arguments: [("jane", true), ("ada", false), ("stranger", false)])
  func `is made by who fills the quorum`(_ who: String, _ can: Bool) throws {
    let snapshot = try identity(Bank.files())
    let standing = ReleaseStanding(of: snapshot, level: .major, releaser: "\(who)@northgate.example", on: Bank.day)
    #expect(standing.canRelease == can)
    #expect(
      standing.missingInWords()
        == (can
          ? [] : ["the release needs 1 more approval of `chief-executive`: `jane`, with `ethos release --approve`"]))
  }

  @Test func `needs the others of its quorum too`() throws {
    let snapshot = try identity(
      Bank.files(authority: "  - {change: [\"*\"], level: critical, quorum: {chief-executive: 1, board: 1}}\n"))
    let alone = ReleaseStanding(of: snapshot, level: .minor, releaser: "jane@northgate.example", on: Bank.day)
    #expect(!alone.canRelease && alone.missingInWords().count == 1)
    let together = ReleaseStanding(
      of: snapshot, level: .minor, releaser: "jane@northgate.example", approvers: ["ada"], on: Bank.day)
    #expect(together.canRelease)
  }

  @Test func `needs a row, and nothing in an open identity`() throws {
    let open = ReleaseStanding(of: .empty, level: .critical, releaser: "x@y.example", on: Bank.day)
    #expect(open.isOpen && open.canRelease)
    let uncovered = ReleaseStanding(
      of: try identity(Bank.files(authority: "  - {change: [value], level: critical, quorum: {board: 1}}\n")),
      level: .minor, releaser: "jane@northgate.example", on: Bank.day)
    #expect(!uncovered.canRelease && uncovered.missingInWords().count == 1)
  }
}
