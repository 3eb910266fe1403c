import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

@Suite struct `A decision taken elsewhere` {
  /// The bank with mei as its secretary, who may record; the change needs its owner (omar) and one of the board.
  static func proposal(
    recorders: String = "[secretary]", edits: [String: String] = ["values/prudence.yaml": Bank.reworded]
  ) throws -> Proposal {
    var files = Bank.files(charter: "recorders: \(recorders)")
    files["cycles/renewal.yaml", default: ""] += "\n  secretary: mei"
    return try Proposal(before: identity(files), after: identity(files.merging(edits) { $1 }))
  }

  @Test func `counts for the person, and never for the recorder`() throws {
    var proposal = try Self.proposal()
    proposal.review("mei", on: "ruth")
    #expect(proposal.standing.approvals.map(\.personID) == ["ruth"])
    #expect(proposal.standing.approvals.map(\.signature) == ["RUTH <ruth@northgate.example> (recorded by MEI)"])
    #expect(!proposal.standing.canRatify)
    proposal.approve("omar")
    #expect(proposal.standing.canRatify)
    #expect(proposal.standing.entries[0].quorums.flatMap(\.seats).compactMap(\.person).sorted() == ["omar", "ruth"])
  }

  @Test(arguments: [
    ("ada", "ruth", RecordingLack.noRecorder), ("mei", "mei", .ownName), ("mei", "nobody", .unknownPerson),
  ])
  func `does not count where the charter gives no leave`(_ recorder: String, _ person: String, _ lack: RecordingLack)
    throws
  {
    var proposal = try Self.proposal()
    proposal.review(recorder, on: person)
    #expect(proposal.standing.approvals.isEmpty)
    #expect(proposal.standing.stale.map(\.reason) == [.notRecorded(lack)])
  }

  @Test func `does not count in an identity whose charter names no recorders`() throws {
    var proposal = try Bank.proposal(edits: ["values/prudence.yaml": Bank.reworded])
    proposal.review("mei", on: "ruth")
    #expect(proposal.standing.approvals.isEmpty)
  }

  @Test func `does not count when the recorder wrote the change`() throws {
    var proposal = try Self.proposal()
    proposal.wrote("mei@northgate.example")
    proposal.review("mei", on: "ruth")
    #expect(proposal.standing.stale.map(\.reason) == [.notRecorded(.author)])
  }

  @Test func `above what may be recorded takes nothing from what the person said`() throws {
    var proposal = try Self.proposal(recorders: "[{office: secretary, level: minor}]")
    proposal.approve("omar", "ruth")
    #expect(proposal.standing.canRatify)
    proposal.review("mei", on: "ruth")
    #expect(proposal.standing.canRatify)
    // An objection is heard, however far it may be recorded.
    proposal.review("mei", .object, on: "ruth")
    #expect(proposal.standing.objections.map(\.personID) == ["ruth"])
  }

  @Test func `does not count without its source`() throws {
    var proposal = try Self.proposal()
    proposal.review("mei", on: "ruth", source: nil)
    #expect(proposal.standing.stale.map(\.reason) == [.notRecorded(.noSource)])
  }

  @Test func `does not make an author somebody else`() throws {
    var proposal = try Self.proposal()
    proposal.wrote("ruth@northgate.example")
    proposal.review("mei", on: "ruth")
    proposal.approve("omar")
    #expect(!proposal.standing.canRatify)
  }

  @Test(arguments: [("minor", false), ("major", true), ("critical", true)])
  func `counts up to the level that the charter allows`(_ level: String, _ counts: Bool) throws {
    var proposal = try Self.proposal(recorders: "[{office: secretary, level: \(level)}]")
    proposal.approve("omar")
    proposal.review("mei", on: "ruth")
    #expect(proposal.standing.level == .major)
    #expect(proposal.standing.canRatify == counts)
    #expect(proposal.standing.stale.map(\.reason) == (counts ? [] : [.notRecorded(.above(.minor))]))
  }

  @Test func `replaces an earlier word of the person, and yields to a later one`() throws {
    var proposal = try Self.proposal()
    proposal.review("ruth", .abstain)
    proposal.review("mei", on: "ruth")
    #expect(proposal.standing.approvals.map(\.personID) == ["ruth"])
    proposal.review("ruth", .object)
    #expect(proposal.standing.approvals.isEmpty)
    #expect(proposal.standing.objections.map(\.recording) == [nil])
  }

  @Test(arguments: [ReviewRecord.Verdict.approve, .abstain, .object])
  func `yields to a concurrent word of the person`(_ own: ReviewRecord.Verdict) throws {
    var proposal = try Self.proposal()
    proposal.review("mei", .object, after: [], on: "ruth")
    proposal.review("ruth", own, after: [])
    #expect(proposal.standing.entries[0].verdicts.map(\.verdict) == [own])
    #expect(proposal.standing.entries[0].verdicts.map(\.recording) == [nil])
  }

  @Test func `takes back no objection that the person made in their own name`() throws {
    var proposal = try Self.proposal()
    proposal.review("ruth", .object)
    proposal.review("mei", on: "ruth")
    #expect(proposal.standing.objections.map(\.personID) == ["ruth"])
    #expect(proposal.standing.stale.map(\.reason) == [.notRecorded(.ownObjection)])
    proposal.review("ruth")
    #expect(proposal.standing.objections.isEmpty && proposal.standing.stale.isEmpty)
  }

  @Test func `does not lower the level of a change`() throws {
    var proposal = try Self.proposal()
    let classification = Classification(
      reference: Reference(Bank.prudence, path: FieldPath("statement")), action: "clarified")
    proposal.classes = [classification]
    proposal.review("mei", classes: [classification], on: "omar")
    #expect(proposal.standing.level == .major)
    proposal.review("omar", classes: [classification])
    #expect(proposal.standing.level == .editorial)
  }

  @Test func `is void when the text changes, like any review`() throws {
    var proposal = try Self.proposal()
    let other = try Self.proposal(edits: ["values/prudence.yaml": Bank.reworded.replacing("well", with: "badly")])
    proposal.review("mei", of: other, on: "ruth")
    #expect(
      proposal.standing.stale.map(\.inWords) == [
        "the review of RUTH on 1970-01-12, recorded by MEI, no longer counts: the text changed since"
      ])
  }
}

@Suite struct `A deputy` {
  /// The bank in which mei stands in for omar, the owner, and ada's and ruth's seats have deputies too.
  static func proposal(selfApproval: Bool = false) throws -> Proposal {
    var files = Bank.files(
      authority: "  - {change: [\"*\"], level: critical, quorum: {owner: 1, board: 2}, selfApproval: \(selfApproval)}\n"
    )
    files["people/kim.yaml"] = "id: kim\nname: KIM\nemails: [kim@northgate.example]\n"
    files["cycles/renewal.yaml"] = """
      id: renewal
      title: Renewal
      from: 2026-01-01
      offices:
        chief-executive: jane
        chief-risk-officer: [{person: omar, deputy: mei}]
        board: [{person: ada, deputy: kim}, {person: ruth, deputy: kim}, {person: jane, deputy: ada}]
      """
    return try Proposal(
      before: identity(files), after: identity(files.merging(["values/prudence.yaml": Bank.reworded]) { $1 }))
  }

  @Test func `fills the seat of one who has said nothing, and is shown as such`() throws {
    var proposal = try Self.proposal()
    proposal.approve("mei", "ada", "ruth")
    #expect(proposal.standing.canRatify)
    let seat = try #require(proposal.standing.entries[0].quorums.flatMap(\.seats).first { $0.person == "mei" })
    #expect(seat.deputyOf == "omar")
  }

  @Test(arguments: [ReviewRecord.Verdict.object, .abstain])
  func `does not speak for one who has spoken`(_ verdict: ReviewRecord.Verdict) throws {
    var proposal = try Self.proposal()
    proposal.approve("mei", "ada", "ruth")
    proposal.review("omar", verdict)
    #expect(!proposal.standing.canRatify)
  }

  @Test func `stands in when the holder only commented`() throws {
    var proposal = try Self.proposal()
    proposal.approve("mei", "ada", "ruth")
    proposal.review("omar", .comment)
    #expect(proposal.standing.canRatify)
  }

  @Test func `never fills a second seat beside the holder, nor two for two holders`() throws {
    var proposal = try Self.proposal()
    proposal.approve("omar", "ada", "kim")
    #expect(proposal.standing.canRatify, "kim stands in for ruth")
    proposal.reviews = []
    proposal.approve("omar", "kim")
    #expect(!proposal.standing.canRatify, "kim is one person, for ada or for ruth")
    proposal.reviews = []
    proposal.approve("omar", "ada")
    #expect(!proposal.standing.canRatify, "ada holds one seat, whomever else she stands in for")
  }

  @Test func `does not stand in for the author of the change`() throws {
    var proposal = try Self.proposal()
    proposal.wrote("omar@northgate.example")
    proposal.approve("mei", "ada", "ruth")
    #expect(!proposal.standing.canRatify)
  }

  @Test func `is named among those who could fill a seat`() throws {
    var proposal = try Self.proposal()
    proposal.approve("ada", "ruth")
    #expect(
      proposal.standing.missingInWords(proposal: "x") == [
        "`value/prudence` needs 1 more approval of its owner, `chief-risk-officer`: `omar` or `mei` as the deputy of `omar`, with `ethos approve x`"
      ])
  }
}

@Suite struct `An approval on a condition` {
  static func proposal() throws -> Proposal { try Bank.proposal(edits: ["values/prudence.yaml": Bank.reworded]) }

  @Test func `fills no seat until the same person approves without it`() throws {
    var proposal = try Self.proposal()
    proposal.approve("omar")
    proposal.review("ruth", conditions: ["The branch offices are told first."])
    #expect(!proposal.standing.canRatify)
    #expect(proposal.standing.approvals.map(\.personID) == ["omar"])
    #expect(proposal.standing.conditional.map(\.conditions) == [["The branch offices are told first."]])
    #expect(
      proposal.standing.missingInWords(proposal: "x").last
        == "RUTH approves on a condition (“The branch offices are told first.”): once it is met, RUTH says so with `ethos approve x`"
    )
    proposal.review("ruth")
    #expect(proposal.standing.canRatify && proposal.standing.conditional.isEmpty)
  }

  @Test func `is not met by anybody else, and blocks nothing when others agree`() throws {
    var proposal = try Self.proposal()
    proposal.approve("omar")
    proposal.review("ruth", conditions: ["Later."])
    proposal.approve("ada")
    #expect(proposal.standing.canRatify)
    #expect(proposal.standing.conditional.map(\.personID) == ["ruth"])
  }

  @Test func `beside a plain approval of the same person is the one that counts`() throws {
    var proposal = try Self.proposal()
    proposal.review("ruth", after: [])
    proposal.review("ruth", after: [], conditions: ["Later."])
    #expect(proposal.standing.approvals.isEmpty)
  }
}
