import EthosModel
import EthosReport
import EthosText
import Testing

@Suite struct ShowReportTests {
  private func text(_ document: Document, _ width: Int = 80) -> String {
    TextRenderer(width: width).text(ShowReport(document, in: Bank.snapshot).report)
  }

  @Test func `a value`() {
    #expect(
      text(Bank.prudence) == """
        Prudence before growth

          key       value/prudence
          owner     chief-risk-officer
          status    active
          rank      root
          outranks  growth
          audience  clients, staff

        statement
          We would rather lose a client than take one on whom we do not understand.

          - We ask where wealth comes from.
          - We ask again each year.

        friction
          accept             limit                  measure
          ─────────────────  ─────────────────────  ────────────────
          slower onboarding  limit/onboarding-days  days to decision

        examples
          · situation: A friend of a director asks to skip the check.
            expect: The check is made by somebody else.

        because
          The 2023 losses came from clients whose source of wealth nobody could explain.

        """)
  }

  @Test func `a decision with its table`() {
    #expect(
      text(Bank.onboarding) == """
        Client onboarding

          key        decision/onboarding
          owner      chief-executive (by default)
          status     active
          question   Do we take this client on?
          hitPolicy  first

        uses
          client risk  limit/client-risk

        inputs
          name          type    allowed                  step
          ────────────  ──────  ───────────────────────  ────
          risk score    number  [0..100]                 1
          country risk  string  "low", "medium", "high"

        outputs
          name   type    allowed                        strictest
          ─────  ──────  ─────────────────────────────  ─────────
          route  string  "decline", "refer", "approve"  first

        rules
          id  risk score     country risk  route    enacts    over    because
          ──  ─────────────  ────────────  ───────  ────────  ──────  ───────
          r1  > client risk  high          decline  prudence  growth
          r4  -              -             approve                    a | bar

        default
          route  refer

        examples
          · given: risk score = 20
            expect: route = approve

        """)
  }

  @Test func `a decision on a narrow terminal`() {
    #expect(
      text(Bank.onboarding, 40) == """
        Client onboarding

          key        decision/onboarding
          owner      chief-executive (by
                     default)
          status     active
          question   Do we take this client on?
          hitPolicy  first

        uses
          client risk  limit/client-risk

        inputs
          name         type    allowed      step
          ───────────  ──────  ───────────  ────
          risk score   number  [0..100]     1
          country      string  "low",
          risk                 "medium",
                               "high"

        outputs
          name   type    allowed       strictest
          ─────  ──────  ────────────  ─────────
          route  string  "decline",    first
                         "refer",
                         "approve"

        rules
          id: r1
          risk score: > client risk
          country risk: high
          route: decline
          enacts: prudence
          over: growth

          id: r4
          risk score: -
          country risk: -
          route: approve
          because: a | bar

        default
          route  refer

        examples
          · given: risk score = 20
            expect: route = approve

        """)
  }

  @Test func `a decision as Markdown`() {
    #expect(
      MarkdownRenderer().text(ShowReport(Bank.onboarding, in: Bank.snapshot, at: "HEAD").report) == #"""
        # Client onboarding

        - **key**: `decision/onboarding`
        - **owner**: chief-executive (by default)
        - **status**: active
        - **at**: HEAD
        - **question**: Do we take this client on?
        - **hitPolicy**: first

        ## uses

        - **client risk**: limit/client-risk

        ## inputs

        | name | type | allowed | step |
        | --- | --- | --- | --- |
        | risk score | number | \[0..100\] | 1 |
        | country risk | string | "low", "medium", "high" |  |

        ## outputs

        | name | type | allowed | strictest |
        | --- | --- | --- | --- |
        | route | string | "decline", "refer", "approve" | first |

        ## rules

        | id | risk score | country risk | route | enacts | over | because |
        | --- | --- | --- | --- | --- | --- | --- |
        | `r1` | &gt; client risk | high | decline | prudence | growth |  |
        | `r4` | - | - | approve |  |  | a \| bar |

        ## default

        - **route**: refer

        ## examples

        - given: risk score = 20

          expect: route = approve

        """#)
  }

  @Test func `a leadership cycle`() {
    #expect(
      text(Bank.cycle) == """
        Renewal

          key   cycle/renewal-2026
          from  2026-02-01

        mandate
          Become more selective.

        offices
          chief-executive     jane-doe
          chief-risk-officer  omar-reyes (deputy mei-lin)

        """)
  }

  @Test func `a tombstone`() {
    #expect(
      text(Bank.tombstone) == """
        Harmony

          key     value/harmony
          owner   chief-executive (by default)
          status  retired since 2026-02-01

        because
          It kept us from saying no.

        """)
  }

  @Test func `the document for programs has the fields as they were written`() {
    let json = ShowReport(Bank.risk, in: Bank.snapshot).report.json
    expectJSON(
      json,
      [
        "schema": "ethos.show.v1", "commitment": "limit/client-risk", "kind": "limit", "id": "client-risk",
        "title": "Client risk appetite", "owner": "chief-risk-officer", "status": "active",
        "path": "limits/client-risk.yaml", "revision": .null,
        "fields": [
          "id": "client-risk", "title": "Client risk appetite", "atMost": "60", "unit": "points",
          "owner": "chief-risk-officer",
        ],
      ])
  }

  @Test func `the entries by kind`() {
    #expect(
      TextRenderer(width: 80).text(ListReport(Bank.snapshot).report) == """
        Values (2)
          id        title                   owner               status
          ────────  ──────────────────────  ──────────────────  ────────────────────────
          harmony   Harmony                 chief-executive     retired since 2026-02-01
          prudence  Prudence before growth  chief-risk-officer  active

        Decisions (1)
          id          title              owner            status
          ──────────  ─────────────────  ───────────────  ──────
          onboarding  Client onboarding  chief-executive  active

        Limits (1)
          id           title                 owner               status
          ───────────  ────────────────────  ──────────────────  ──────
          client-risk  Client risk appetite  chief-risk-officer  active

        Leadership cycles (1)
          id            title
          ────────────  ───────
          renewal-2026  Renewal

        """)
    #expect(
      TextRenderer(width: 80).text(ListReport(Bank.snapshot, kind: .person).report) == "No entries of kind person.\n")
  }

  @Test func `the entries for programs`() {
    let json = ListReport(Bank.snapshot, kind: .limit).report.json
    expectJSON(
      json,
      [
        "schema": "ethos.list.v1",
        "entries": [
          [
            "commitment": "limit/client-risk", "kind": "limit", "id": "client-risk", "title": "Client risk appetite",
            "owner": "chief-risk-officer", "status": "active", "path": "limits/client-risk.yaml",
          ]
        ],
      ])
  }
}
