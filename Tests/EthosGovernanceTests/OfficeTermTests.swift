import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

/// An office is held when somebody agrees and when the proposal is ratified.
@Suite struct OfficeTermTests {
  /// The merge is made on the day of the bank.
  private static let merged = Bank.day
  private static func day(_ before: Int) -> Day { merged.adding(days: -before) }

  /// A bank whose offices of risk say this, with a proposal that needs its owner and one of the board.
  private static func proposal(_ risk: String, board: String = "[jane, ada, ruth]") throws -> Proposal {
    var files = Bank.files()
    files["cycles/renewal.yaml"] = """
      id: renewal
      title: Renewal
      from: 2020-01-01
      offices:
        chief-executive: jane
        chief-risk-officer: \(risk)
        board: \(board)
      """
    return try Proposal(
      before: identity(files), after: identity(files.merging(["values/prudence.yaml": Bank.reworded]) { $1 }))
  }

  /// Adds approvals that were given so many days before the merge.
  private static func approve(_ proposal: inout Proposal, _ who: String, _ before: Int) {
    let index = proposal.review(who)
    proposal.reviews[index].day = day(before)
  }

  @Test(arguments: [(10, false), (5, true), (4, true), (0, true)])
  func `who came into an office after they agreed does not fill its seat`(_ given: Int, _ counts: Bool) throws {
    var proposal = try Self.proposal("[{person: mei, until: \(Self.day(6))}, {person: omar, from: \(Self.day(5))}]")
    Self.approve(&proposal, "omar", given)
    Self.approve(&proposal, "ruth", given)
    #expect(proposal.standing(on: Self.merged).canRatify == counts)
  }

  @Test func `who left an office before the merge does not fill its seat`() throws {
    var proposal = try Self.proposal("[{person: omar, until: \(Self.day(1))}, {person: mei, from: \(Self.day(0))}]")
    Self.approve(&proposal, "omar", 5)
    Self.approve(&proposal, "ruth", 5)
    #expect(!proposal.standing(on: Self.merged).canRatify)
    #expect(proposal.standing(on: Self.day(1)).canRatify, "had it been merged on the last day")
    Self.approve(&proposal, "mei", 0)
    #expect(proposal.standing(on: Self.merged).canRatify)
  }

  @Test func `who was on the board and is chief risk officer now agreed as the one and not as the other`() throws {
    var proposal = try Self.proposal(
      "[{person: mei, until: \(Self.day(6))}, {person: omar, from: \(Self.day(5))}]",
      board: "[jane, ada, {person: omar, until: \(Self.day(6))}]")
    Self.approve(&proposal, "omar", 10)
    Self.approve(&proposal, "ada", 10)
    #expect(!proposal.standing(on: Self.merged).canRatify)
    Self.approve(&proposal, "omar", 3)
    #expect(proposal.standing(on: Self.merged).canRatify)
  }

  @Test(arguments: [(10, false), (3, true)])
  func `a deputy stands in on both days`(_ given: Int, _ counts: Bool) throws {
    var proposal = try Self.proposal(
      "[{person: jane, until: \(Self.day(6))}, {person: omar, deputy: mei, from: \(Self.day(5))}]")
    Self.approve(&proposal, "mei", given)
    Self.approve(&proposal, "ruth", given)
    #expect(proposal.standing(on: Self.merged).canRatify == counts)
  }

  @Test func `a deputy who became the holder agreed for the office on both days`() throws {
    var proposal = try Self.proposal(
      "[{person: omar, deputy: mei, until: \(Self.day(6))}, {person: mei, from: \(Self.day(5))}]")
    Self.approve(&proposal, "mei", 10)
    Self.approve(&proposal, "ruth", 10)
    #expect(proposal.standing(on: Self.merged).canRatify)
  }

  @Test func `a seat that anybody may fill asks for no office`() throws {
    let authority = "  - {change: [\"*\"], level: major, quorum: {anyone: 1}}\n"
    var proposal = try Bank.proposal(authority: authority, edits: ["values/prudence.yaml": Bank.reworded])
    Self.approve(&proposal, "mei", 3_000)
    #expect(proposal.standing(on: Self.merged).canRatify)
  }
}
