import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosText
import Testing

@Suite struct `A quorum` {
  @Test(arguments: [
    (["jane", "ada", "ruth"], true), (["ruth", "ada", "jane"], true), (["jane", "ada"], false),
    (["ada", "ruth"], false),
    (["jane", "omar", "ada"], false), (["jane", "ada", "mei"], false), ([], false),
  ])
  func `of one chief executive and two directors is filled by distinct people`(_ people: [String], _ isMet: Bool) throws
  {
    // A limit that is loosened is critical.
    var proposal = try Bank.proposal(edits: ["limits/client-risk.yaml": Bank.lowered.replacing("55", with: "80")])
    for person in people { proposal.review(person) }
    #expect(proposal.standing.canRatify == isMet)
    #expect(proposal.standing.missingInWords(proposal: "lower").isEmpty == isMet)
  }

  @Test func `is that of the lowest row that covers the level`() throws {
    var proposal = try Bank.proposal(edits: ["values/prudence.yaml": Bank.reworded])
    #expect(proposal.standing.level == .major)
    #expect(proposal.standing.entries.map { $0.quorums.map(\.row.level) } == [[.major]])
    proposal.approve("omar", "ruth")
    #expect(proposal.standing.canRatify)
  }

  @Test func `of two rows at one level is asked for twice, and one person may sit in both`() throws {
    let authority = """
        - {change: [limit], level: critical, quorum: {chief-executive: 1, board: 1}}
        - {change: ["*"], level: critical, quorum: {board: 2}}
      """
    var proposal = try Bank.proposal(authority: authority)
    proposal.approve("jane", "ada")
    #expect(proposal.standing.entries[0].quorums.count == 2)
    #expect(proposal.standing.canRatify)
  }

  @Test func `that no row states lets nobody agree, and says so`() throws {
    let authority = "  - {change: [value], level: critical, quorum: {board: 1}}\n"
    var proposal = try Bank.proposal(authority: authority)
    proposal.approve("jane", "ada", "ruth", "omar")
    #expect(!proposal.standing.canRatify)
    #expect(proposal.standing.entries[0].need == .uncovered(.entry(.limit)))
    #expect(proposal.standing.missingInWords(proposal: "lower").count == 1)
  }

  @Test func `is not asked for in an open identity`() throws {
    var proposal = try Bank.proposal(authority: "")
    #expect(proposal.standing.isOpen && proposal.standing.canRatify)
    proposal.review("stranger", .object, email: "Stranger@Elsewhere.example")
    #expect(proposal.standing.objections.map(\.personID) == ["stranger@elsewhere.example"])
    #expect(proposal.standing.unanswered([:]).count == 1)
    #expect(proposal.standing.unanswered(["stranger@elsewhere.example": " "]).count == 1)
    for nothing in ["\u{200B}", "\u{E0041}\u{E007F}", "\u{2800}", "\u{202E} \u{FE0F}"] {
      #expect(proposal.standing.unanswered(["stranger@elsewhere.example": nothing]).count == 1)
    }
    #expect(proposal.standing.unanswered(["stranger@elsewhere.example": "noted"]).isEmpty)
  }

  @Test func `asks the office that owned the entry before the change`() throws {
    let reassigned = Bank.lowered.replacing("chief-risk-officer", with: "chief-executive")
    let proposal = try Bank.proposal(edits: ["limits/client-risk.yaml": reassigned])
    #expect(proposal.standing.entries[0].owner == "chief-risk-officer")
    let added = "id: growth\ntitle: Growth\nowner: board\n"
    #expect(try Bank.proposal(edits: ["values/growth.yaml": added]).standing.entries[0].owner == "board")
    let unowned = "id: growth\ntitle: Growth\n"
    #expect(try Bank.proposal(edits: ["values/growth.yaml": unowned]).standing.entries[0].owner == "chief-executive")
  }

  @Test func `counts those who hold office on the day, as it stands before the change`() throws {
    let cycle = """
      id: renewal
      title: Renewal
      from: 2026-01-01
      offices: {chief-executive: mei, chief-risk-officer: mei, board: [mei, ada, ruth]}
      """
    var proposal = try Bank.proposal(edits: ["cycles/renewal.yaml": cycle])
    proposal.approve("mei", "ada", "ruth")
    #expect(!proposal.standing.canRatify)
    proposal.approve("jane")
    #expect(proposal.standing.canRatify)
    #expect(!proposal.standing(on: Day(daysSinceEpoch: 20_000)).canRatify, "before the cycle nobody holds an office")
  }

  @Test func `for a decision that stops using a limit asks those who may move the limit too`() throws {
    let decision = """
      id: onboarding
      title: Onboarding
      question: Do we take this client on?
      owner: chief-risk-officer
      uses: {client risk: limit/client-risk}
      inputs:
        - {name: risk score, type: number}
      outputs:
        - {name: route, type: string, allowed: '"refer", "approve"'}
      hitPolicy: first
      rules: |
        | id | risk score    | route   |
        |----|---------------|---------|
        | r1 | > client risk | refer   |
        | r2 | -             | approve |

      """
    var files = Bank.files()
    files["decisions/onboarding.yaml"] = decision
    let before = try identity(files)
    files["decisions/onboarding.yaml"] = decision.replacing("> client risk", with: "> 90         ")
    var proposal = Proposal(before: before, after: try identity(files))
    proposal.approve("jane", "omar")
    let standing = proposal.standing
    #expect(standing.entries.map(\.key) == [EntryKey(.decision, "onboarding")])
    #expect(standing.entries[0].quorums.map(\.bypassed) == [nil, Bank.risk])
    #expect(!standing.canRatify)
    proposal.approve("ada", "ruth")
    #expect(proposal.standing.canRatify)
  }
}

@Suite struct `Authors` {
  @Test(arguments: ["jane@northgate.example", "JANE@Northgate.example"])
  func `do not approve their own change`(_ email: String) throws {
    var proposal = try Bank.proposal(edits: ["limits/client-risk.yaml": Bank.lowered.replacing("55", with: "80")])
    proposal.wrote(email)
    proposal.approve("jane", "ada", "ruth")
    #expect(!proposal.standing.canRatify)
    #expect(proposal.standing.entries[0].authors == ["jane"])
  }

  @Test func `may where the row says so, and it is shown`() throws {
    let authority = "  - {change: [\"*\"], level: critical, quorum: {anyone: 1}, selfApproval: true}\n"
    var proposal = try Bank.proposal(authority: authority)
    proposal.wrote("jane@northgate.example")
    proposal.approve("jane")
    #expect(proposal.standing.canRatify)
    #expect(proposal.standing.entries[0].quorums[0].seats.map(\.isSelfApproved) == [true])
  }

  @Test func `are known by the addresses that the proposal gives them, too`() throws {
    var proposal = try Bank.proposal(edits: [
      "people/ada.yaml": "id: ada\nname: ADA\nemails: [ada@northgate.example, other@elsewhere.example]\n"
    ])
    proposal.wrote("other@elsewhere.example")
    proposal.approve("jane", "ada", "ruth")
    #expect(!proposal.standing.canRatify)
    #expect(proposal.standing.missing.flatMap(\.candidates) == [])
  }

  @Test func `of one entry approve another`() throws {
    var proposal = try Bank.proposal(edits: [
      "limits/client-risk.yaml": Bank.lowered, "values/prudence.yaml": Bank.reworded,
    ])
    proposal.authors[Bank.risk] = ["omar@northgate.example"]
    proposal.approve("omar", "jane", "ada", "ruth")
    let met = Dictionary(uniqueKeysWithValues: proposal.standing.entries.map { ($0.key, $0.isMet) })
    #expect(met == [Bank.risk: false, Bank.prudence: true])
  }

  @Test func `nobody speaks for a person by writing the person's id as an address`() throws {
    var proposal = try Bank.proposal(edits: ["values/prudence.yaml": Bank.reworded])
    proposal.review("omar", email: "omar")
    proposal.review("ruth")
    #expect(!proposal.standing.canRatify)
    #expect(proposal.standing.approvals.map(\.personID) == ["<omar>", "ruth"])
  }

  @Test func `nobody speaks through an address that two people have`() throws {
    var files = Bank.files()
    for id in ["ada", "ruth"] {
      let (path, text) = person(id, emails: "directors@northgate.example")
      files[path] = text
    }
    let before = try identity(files)
    files["values/prudence.yaml"] = Bank.reworded
    var proposal = Proposal(before: before, after: try identity(files))
    proposal.approve("omar")
    proposal.review("ada", email: "directors@northgate.example")
    #expect(!proposal.standing.canRatify)
  }
}

@Suite struct `What is missing` {
  @Test func `names the office, the people and the command`() throws {
    var proposal = try Bank.proposal(edits: ["limits/client-risk.yaml": Bank.lowered.replacing("55", with: "80")])
    proposal.wrote("ruth@northgate.example")
    proposal.approve("jane")
    #expect(
      proposal.standing.missingInWords(proposal: "lower") == [
        "`limit/client-risk` needs 2 more approvals of `board`: `ada`, with `ethos approve lower`"
      ])
    proposal.approve("ada")
    #expect(
      proposal.standing.missingInWords(proposal: "lower") == [
        "`limit/client-risk` needs 1 more approval of `board`, and nobody is left on \(Bank.day) who could give it"
      ])
  }

  @Test func `is said once for several entries that lack the same`() throws {
    let proposal = try Bank.proposal(
      edits: Dictionary(
        uniqueKeysWithValues: (1...5).map { ("values/v\($0).yaml", "id: v\($0)\ntitle: V\($0)\nowner: board\n") }))
    let missing = proposal.standing.missing
    #expect(missing.allSatisfy { $0.entries.count == 5 })
    #expect(
      proposal.standing.missingInWords(proposal: "x").first?.hasPrefix(
        "`value/v1`, `value/v2`, `value/v3` and 2 more need")
        == true)
  }
}
