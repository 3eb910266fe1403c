import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

@Suite struct `A review` {
  static let edit = ["values/prudence.yaml": Bank.reworded]

  @Test func `counts while the text stands, and says why when it does not`() throws {
    var proposal = try Bank.proposal(edits: Self.edit)
    let other = try Bank.proposal(edits: ["values/prudence.yaml": Bank.reworded.replacing("well", with: "badly")])
    proposal.review("omar", of: other)
    proposal.review("ruth")
    #expect(!proposal.standing.canRatify)
    #expect(proposal.standing.stale.map(\.reviewer.id) == ["omar"])
    #expect(proposal.standing.stale.map(\.reasonInWords) == ["the text changed since"])
    proposal.review("omar")
    #expect(proposal.standing.canRatify && proposal.standing.stale.isEmpty)
  }

  @Test func `is void when what is in force changed`() throws {
    var proposal = try Bank.proposal(edits: Self.edit)
    var files = Bank.files()
    files["values/prudence.yaml"] = Bank.reworded.replacing("should know every client well", with: "know all")
    let earlier = Proposal(before: try identity(files), after: proposal.after)
    proposal.review("omar", of: earlier)
    #expect(proposal.standing.stale.map(\.reasonInWords) == ["what is in force changed since"])
  }

  @Test func `is kept when only the layout changes`() throws {
    var proposal = try Bank.proposal(edits: Self.edit)
    let other = try Bank.proposal(edits: [
      "values/prudence.yaml":
        "# moved\nowner: chief-risk-officer\nid: prudence\nstatement: >\n  We should know\n  every client well.\ntitle: Prudence\n"
    ])
    proposal.review("omar", of: other)
    proposal.review("ruth", of: other)
    #expect(proposal.standing.canRatify)
  }

  @Test(arguments: [
    ([ReviewRecord.Verdict.approve, .object], ReviewRecord.Verdict.object), ([.object, .approve], .approve),
    ([.object, .abstain], .abstain), ([.approve, .comment], .approve), ([.approve, .object, .approve], .approve),
  ])
  func `follows another of the same person and replaces it`(
    _ verdicts: [ReviewRecord.Verdict], _ expected: ReviewRecord.Verdict
  ) throws {
    var proposal = try Bank.proposal(edits: Self.edit)
    for verdict in verdicts { proposal.review("omar", verdict) }
    #expect(proposal.standing.entries[0].verdicts.map(\.verdict) == [expected])
  }

  @Test(arguments: [
    ([ReviewRecord.Verdict.approve, .object, .abstain], ReviewRecord.Verdict.object), ([.abstain, .approve], .abstain),
  ])
  func `beside others of the same person yields to the objection`(
    _ verdicts: [ReviewRecord.Verdict], _ expected: ReviewRecord.Verdict
  ) throws {
    var proposal = try Bank.proposal(edits: Self.edit)
    for verdict in verdicts { proposal.review("omar", verdict, after: []) }
    #expect(proposal.standing.entries[0].verdicts.map(\.verdict) == [expected])
  }

  @Test func `from another address is the same person's`() throws {
    var files = Bank.files()
    files["people/omar.yaml"] = "id: omar\nname: OMAR\nemails: [omar@northgate.example, o@home.example]\n"
    let before = try identity(files)
    files["values/prudence.yaml"] = Bank.reworded
    var proposal = Proposal(before: before, after: try identity(files))
    proposal.review("omar")
    proposal.review("omar", .object, email: "O@HOME.example")
    #expect(proposal.standing.approvals.isEmpty)
    #expect(proposal.standing.objections.map(\.personID) == ["omar"])
  }
}

@Suite struct `A veto` {
  static let authority =
    "  - {change: [\"*\"], level: critical, quorum: {board: 1}, veto: [chief-risk-officer, owner]}\n"

  @Test func `blocks while the objection stands`() throws {
    var proposal = try Bank.proposal(authority: Self.authority)
    proposal.approve("ada")
    proposal.review("omar", .object)
    #expect(!proposal.standing.canRatify)
    #expect(proposal.standing.objections.map(\.isVeto) == [true])
    #expect(proposal.standing.missingInWords(proposal: "lower").count == 1)
    proposal.review("omar", .abstain)
    #expect(proposal.standing.canRatify)
  }

  @Test func `is only for its offices`() throws {
    var proposal = try Bank.proposal(authority: Self.authority)
    proposal.approve("ada")
    proposal.review("ruth", .object)
    #expect(proposal.standing.canRatify)
    #expect(proposal.standing.objections.map(\.isVeto) == [false])
  }
}

@Suite struct `A class` {
  static let authority = """
      - {change: ["*"], level: critical, quorum: {chief-executive: 1, board: 2}}
      - {change: ["*"], level: major, quorum: {owner: 1, board: 1}}
      - {change: ["*"], level: minor, quorum: {owner: 1}}
      - {change: ["*"], level: editorial, quorum: {anyone: 1}}
    """
  static let place = Reference(Bank.prudence, path: FieldPath("statement"))

  static func proposal(_ action: String) throws -> (Proposal, Classification) {
    var proposal = try Bank.proposal(authority: authority, edits: ["values/prudence.yaml": Bank.reworded])
    let classification = Classification(reference: place, action: action)
    proposal.classes = [classification]
    return (proposal, classification)
  }

  @Test(arguments: [
    ("clarified", Level.editorial), ("reworded", .minor), ("weakened", .major), ("reversed", .critical),
  ])
  func `gives its level once the owner confirms it`(_ action: String, _ level: Level) throws {
    var (proposal, classification) = try Self.proposal(action)
    #expect(proposal.standing.level == max(level, .major), "unconfirmed, it can only raise")
    proposal.review("omar", classes: [classification])
    #expect(proposal.standing.level == level)
    #expect(proposal.standing.entries[0].classes.map { $0.confirmedBy.map(\.person) } == [["omar"]])
    #expect(proposal.standing.canRatify == (level <= .minor))
  }

  @Test func `is not confirmed by its author, nor by another office`() throws {
    var (proposal, classification) = try Self.proposal("clarified")
    proposal.wrote("omar@northgate.example")
    proposal.review("omar", classes: [classification])
    proposal.review("ada", classes: [classification])
    proposal.review("jane", classes: [classification])
    #expect(proposal.standing.level == .major && !proposal.standing.canRatify)
  }

  @Test func `that raises voids the approvals that do not cover it`() throws {
    var (proposal, classification) = try Self.proposal("reversed")
    proposal.review("jane", classes: [classification])
    proposal.review("ada", classes: [classification])
    proposal.review("ruth")
    #expect(!proposal.standing.canRatify)
    #expect(
      proposal.standing.stale.map(\.reasonInWords) == ["`value/prudence.statement` was classified as reversed since"])
    proposal.review("ruth", classes: [classification])
    #expect(proposal.standing.canRatify)
  }

  @Test func `that lowers leaves the higher quorum enough`() throws {
    var (proposal, _) = try Self.proposal("reworded")
    proposal.approve("omar", "ruth")
    #expect(proposal.standing.canRatify && proposal.standing.level == .major)
  }

  @Test func `given later replaces the one before`() throws {
    var (proposal, first) = try Self.proposal("clarified")
    proposal.review("omar", classes: [first])
    proposal.classes.append(Classification(reference: Self.place, action: "reversed"))
    #expect(proposal.standing.level == .critical)
  }

  @Test func `of nothing that is undecided has no effect`() throws {
    var proposal = try Bank.proposal(authority: Self.authority)
    let classification = Classification(reference: Reference(Bank.risk, path: FieldPath("atMost")), action: "clarified")
    proposal.classes = [classification]
    let before = proposal.standing.level
    proposal.review("omar", classes: [classification])
    #expect(proposal.standing.level == before && proposal.standing.entries[0].classes.isEmpty)
  }

  @Test func `is one of those that have a level`() {
    #expect(Classes.level(of: .clarified) == .editorial && Classes.level(of: .added) == nil)
    #expect(Classes.actions.contains(.reversed) && !Classes.actions.contains(.renamed))
  }
}
