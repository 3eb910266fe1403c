import EthosGovernance
import EthosModel
import EthosTestSupport
import EthosText
import Testing

@Suite struct `The check of authority` {
  private static func findings(
    _ authority: String, edits: [String: String?] = [:], on day: Day = Bank.day
  ) throws -> [Diagnostic] {
    var files = Bank.files(authority: authority)
    for (path, text) in edits { files[path] = text }
    return AuthorityCheck.diagnostics(try identity(files, allowingErrors: true), on: day)
  }

  @Test func `says nothing of a release that several must agree to, while they can`() throws {
    #expect(try Self.findings(Self.all) == [])
    let many = Bank.authority + "\n  - {change: [release], level: minor, quorum: {board: 4}}\n"
    #expect(try Self.findings(many).map(\.code).contains("quorum-unfillable"))
  }

  private static let all = """
      - {change: ["*"], level: critical, quorum: {board: 2}}

    """

  @Test func `finds nothing in the bank, nor in an open identity`() throws {
    #expect(try Self.findings(Bank.authority) == [])
    #expect(try Self.findings("") == [])
    #expect(AuthorityCheck.diagnostics(.empty, on: Bank.day) == [])
  }

  @Test func `says which kinds and levels no row covers`() throws {
    let found = try Self.findings(
      "  - {change: [charter, value, limit, exception, cycle, person, system], level: critical, quorum: {board: 2}}\n"
        + "  - {change: [decision, release], level: minor, quorum: {board: 2}}\n")
    #expect(found.map(\.code) == ["authority-gap"])
    #expect(found.map(\.message) == ["no row of the authority covers critical or major changes of decision, release"])
  }

  @Test(arguments: [
    ("{board: 4}", ["`board`: 3 of 4"]), ("{board: 3, chief-executive: 1}", ["`board`: 2 of 3"]), ("{board: 3}", []),
    ("{anyone: 6}", ["anyone: 5 of 6"]), ("{owner: 1, chief-risk-officer: 1}", ["owner `chief-risk-officer`: 0 of 1"]),
    ("{owner: 2}", ["owner `chief-executive`: 1 of 2", "owner `chief-risk-officer`: 1 of 2"]),
  ])
  func `finds quorums that the holders cannot fill`(_ quorum: String, _ lacks: [String]) throws {
    let found = try Self.findings(
      Self.all + "  - {change: [limit, release], level: minor, quorum: \(quorum)}\n")
    let unfillable = found.filter { $0.code == "quorum-unfillable" }
    #expect(
      unfillable.map(\.message) == lacks.map { "the people in office on \(Bank.day) cannot fill this quorum: \($0)" })
  }

  @Test func `counts no holder who is not among the people`() throws {
    let found = try Self.findings(
      "  - {change: [\"*\"], level: critical, quorum: {board: 3}}\n", edits: ["people/ada.yaml": nil])
    #expect(found.map(\.code) == ["quorum-unfillable", "charter-frozen"])
  }

  @Test func `says when no cycle is in force`() throws {
    let found = try Self.findings(Self.all, on: Day(daysSinceEpoch: 10_000))
    #expect(found.map(\.code) == ["no-cycle-in-force", "charter-frozen"])
  }

  @Test func `finds a charter that can no longer change itself`() throws {
    let found = try Self.findings(
      "  - {change: [value, decision, limit, exception, cycle, person, system, release], level: critical, quorum: {board: 2}}\n"
    )
    #expect(found.map(\.code) == ["authority-gap", "charter-frozen"])
  }

  @Test(arguments: [
    ("{board: 2}", "{board: 1}", true), ("{board: 2}", "{anyone: 2}", true), ("{board: 2}", "{board: 2}", false),
    ("{owner: 1, chief-executive: 1}", "{board: 2, chief-executive: 1}", false),
    ("{owner: 1, chief-executive: 1}", "{board: 2}", false), ("{anyone: 2}", "{board: 2}", false),
    ("{board: 2}", "{board: 1, chief-executive: 1}", false), ("{board: 2}", "{board: 2}, selfApproval: true", true),
    ("{board: 1}, selfApproval: true", "{board: 1}, selfApproval: true", false),
  ])
  func `finds changes of people that need less than what people decide`(
    _ values: String, _ people: String, _ isBypass: Bool
  ) throws {
    let found = try Self.findings(
      """
        - {change: [value, decision, limit, exception, system, release], level: critical, quorum: \(values)}
        - {change: [cycle, person, charter], level: critical, quorum: \(people)}

      """)
    #expect(found.map(\.code).filter { $0 == "authority-bypass" }.count == (isBypass ? 1 : 0), "\(found)")
  }

  @Test func `points at the row and names near names`() throws {
    let marked = MarkedText(
      """
      ethos: 1
      organisation: Northgate
      defaultOwner: chief-executive
      authority:
        - {change: ["*"], level: critical, quorum: {board: 2}}
        - 1️⃣{change: [decisoin], level: minor, quorum: {bord: 1}}2️⃣

      """)
    let found = try Self.findings("", edits: ["ethos.yaml": marked.text])
    #expect(found.map(\.code) == ["unknown-kind", "unknown-office", "quorum-unfillable"])
    #expect(found.map(\.help).prefix(2) == ["did you mean `decision`?", "did you mean `board`?"])
    #expect(
      found.allSatisfy { $0.location?.span.start == marked.span.start && $0.location?.span.end == marked.span.end })
  }

  @Test(arguments: ["0", "-1", "1.5", "101", "999999999999999999999999"])
  func `takes no number of people that is none, and lets nobody pass by it`(_ count: String) throws {
    let authority = "  - {change: [\"*\"], level: critical, quorum: {board: \(count)}}\n"
    #expect(try Self.findings(authority).first?.code == "quorum-invalid")
    var files = Bank.files(authority: authority)
    let before = try identity(files, allowingErrors: true)
    files["limits/client-risk.yaml"] = Bank.lowered
    var proposal = Proposal(before: before, after: try identity(files, allowingErrors: true))
    proposal.approve("jane", "ada", "ruth", "omar", "mei")
    #expect(!proposal.standing.canRatify)
  }

  @Test func `finds an address that two people have`() throws {
    let found = try Self.findings(
      Self.all, edits: ["people/ada.yaml": person("ada", emails: "RUTH@northgate.example").1])
    #expect(found.map(\.code) == ["shared-address"])
  }
}
