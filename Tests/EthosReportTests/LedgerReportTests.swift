import EthosRecord
import EthosReport
import EthosText
import Testing

@Suite struct LedgerReportTests {
  private static let risk = LedgerEntry(
    reference: "limit/client-risk.atMost", value: "55", before: "60", change: "limit-tightened", commit: commit(0x1A),
    authorID: "omar-reyes", cycle: "renewal-2026",
    reason: "Two write-offs in 2025 came from clients above 55.\n\nThe board asked for less.",
    sources: ["board minutes of 2026-02-10", "https://bank.example/m/1"], proposal: "more-selective",
    ratifiedBy: LedgerEntry.Ratification(
      commit: objectID(0x2B), by: commit(0x2B, by: "Jane Doe", email: "jane@northgate.example", day: 20_510).author),
    approvedBy: [
      LedgerEntry.Attestation(
        name: "Jane Doe", email: "jane@northgate.example", personID: "jane-doe", commit: objectID(0x3C)),
      LedgerEntry.Attestation(
        name: "Ada Obi", email: "ada@northgate.example", personID: "ada-obi", commit: objectID(0x4D),
        when: commit(0x4D).author.when, recordedBy: "Sam Lee"),
      LedgerEntry.Attestation(
        name: "Ruth Klein", email: "ruth@northgate.example", commit: objectID(0x5E), words: "At last."),
    ],
    objectedBy: [
      LedgerEntry.Attestation(
        name: "Mei Lin", email: "mei@northgate.example", personID: "mei-lin", commit: objectID(0x6F),
        words: "We lose the founders of start-ups.", answer: "They may come back with a guarantor.")
    ],
    abstainedBy: [
      LedgerEntry.Attestation(
        name: "Kenji Watanabe", email: "kenji@northgate.example", personID: "kenji-watanabe", commit: objectID(0x7A))
    ])

  private static let prudence = LedgerEntry(
    reference: "value/prudence.statement",
    value: "We would rather lose a client than accept one whom we do not understand in full.",
    before: "We would rather lose a client than accept one whom we do not understand.",
    commit: commit(0x1A, day: 20_400))

  private static let gone = LedgerEntry(
    reference: "limit/client-risk.unit", value: nil, before: "points", commit: commit(0x1B), proposal: "more-selective",
    objectedBy: [LedgerEntry.Attestation(name: "Mei Lin", email: "mei@northgate.example", commit: objectID(1))])

  @Test func `why a field is as it is`() {
    let report = WhyReport(
      [Self.risk], reference: "limit/client-risk.atMost", title: "Client risk appetite", at: "2026-03-01")
    #expect(
      TextRenderer(width: 80).text(report.report) == """
        Client risk appetite (limit/client-risk.atMost) at 2026-03-01

        atMost is 55; before, it was 60.
        Omar Reyes changed it on 2026-02-16, in the cycle renewal-2026:
          > Two write-offs in 2025 came from clients above 55.
          >
          > The board asked for less.
        Source: board minutes of 2026-02-10; https://bank.example/m/1

        Approved by Jane Doe and Ada Obi on 2026-02-16 (recorded by Sam Lee).
        Approved by Ruth Klein:
          > At last.
        Objected by Mei Lin:
          > We lose the founders of start-ups.
        Answered:
          > They may come back with a guarantor.
        Abstention by Kenji Watanabe.

        Ratified by Jane Doe on 2026-02-26 as proposal more-selective: 2b2b2b2b2b
        Commit: 1a1a1a1a1a

        """)
  }

  @Test func `why at 40 columns`() {
    #expect(
      TextRenderer(width: 40).text(WhyReport([Self.risk], reference: "limit/client-risk.atMost").report) == """
        limit/client-risk.atMost

        atMost is 55; before, it was 60.
        Omar Reyes changed it on 2026-02-16, in
        the cycle renewal-2026:
          > Two write-offs in 2025 came from
          > clients above 55.
          >
          > The board asked for less.
        Source: board minutes of 2026-02-10;
        https://bank.example/m/1

        Approved by Jane Doe and Ada Obi on
        2026-02-16 (recorded by Sam Lee).
        Approved by Ruth Klein:
          > At last.
        Objected by Mei Lin:
          > We lose the founders of start-ups.
        Answered:
          > They may come back with a guarantor.
        Abstention by Kenji Watanabe.

        Ratified by Jane Doe on 2026-02-26 as
        proposal more-selective: 2b2b2b2b2b
        Commit: 1a1a1a1a1a

        """)
  }

  @Test func `why several fields are as they are`() {
    let report = WhyReport([Self.prudence, Self.gone], reference: "limit/client-risk")
    #expect(
      TextRenderer(width: 80).text(report.report) == """
        limit/client-risk

        statement
        It is:
          > We would rather lose a client than accept one whom we do not understand in
          > full.
        What changed in it:
          … would rather lose a client than accept one whom we do not
          [-understand.-]{+understand in full.+}
        Omar Reyes changed it on 2025-11-08.
        Reason: none given.

        Commit: 1a1a1a1a1a

        unit
        It is no longer there; before, it was points.
        Omar Reyes changed it on 2026-02-16.
        Reason: none given.

        Objected by Mei Lin.
        Not answered.

        In proposal more-selective, not ratified.
        Commit: 1b1b1b1b1b

        """)
  }

  @Test func `why as Markdown`() {
    #expect(
      MarkdownRenderer().text(WhyReport([Self.risk], reference: "limit/client-risk.atMost").report) == """
        # limit/client-risk.atMost

        **atMost** is 55; before, it was 60.

        **Omar Reyes** changed it on 2026-02-16, in the cycle `renewal-2026`:

        > Two write-offs in 2025 came from clients above 55.
        >
        > The board asked for less.

        Source: board minutes of 2026-02-10; https://bank.example/m/1

        Approved by **Jane Doe** and **Ada Obi** on 2026-02-16 (recorded by Sam Lee).

        Approved by **Ruth Klein**:

        > At last.

        **Objected** by **Mei Lin**:

        > We lose the founders of start-ups.

        Answered:

        > They may come back with a guarantor.

        Abstention by **Kenji Watanabe**.

        Ratified by **Jane Doe** on 2026-02-26 as proposal `more-selective`: `2b2b2b2b2b`

        Commit: `1a1a1a1a1a`

        """)
  }

  @Test func `why for programs`() {
    #expect(
      WhyReport([Self.risk], reference: "limit/client-risk.atMost", at: "HEAD").report.json.text() == #"""
        {
          "schema": "ethos.why.v1",
          "commitment": "limit/client-risk",
          "reference": "limit/client-risk.atMost",
          "revision": "HEAD",
          "fields": [
            {
              "field": "atMost",
              "value": "55",
              "before": "60",
              "change": "limit-tightened",
              "commit": "1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a",
              "author": {
                "name": "Omar Reyes",
                "email": "omar@northgate.example",
                "id": "omar-reyes"
              },
              "date": "2026-02-16T10:00:00+01:00",
              "cycle": "renewal-2026",
              "reason": "Two write-offs in 2025 came from clients above 55.\n\nThe board asked for less.",
              "sources": [
                "board minutes of 2026-02-10",
                "https://bank.example/m/1"
              ],
              "approvedBy": [
                {
                  "name": "Jane Doe",
                  "email": "jane@northgate.example",
                  "id": "jane-doe",
                  "commit": "3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c",
                  "date": null,
                  "words": null,
                  "recordedBy": null
                },
                {
                  "name": "Ada Obi",
                  "email": "ada@northgate.example",
                  "id": "ada-obi",
                  "commit": "4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d",
                  "date": "2026-02-16T10:00:00+01:00",
                  "words": null,
                  "recordedBy": "Sam Lee"
                },
                {
                  "name": "Ruth Klein",
                  "email": "ruth@northgate.example",
                  "commit": "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e",
                  "date": null,
                  "words": "At last.",
                  "recordedBy": null
                }
              ],
              "objectedBy": [
                {
                  "name": "Mei Lin",
                  "email": "mei@northgate.example",
                  "id": "mei-lin",
                  "commit": "6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f",
                  "date": null,
                  "words": "We lose the founders of start-ups.",
                  "recordedBy": null,
                  "answer": "They may come back with a guarantor."
                }
              ],
              "abstainedBy": [
                {
                  "name": "Kenji Watanabe",
                  "email": "kenji@northgate.example",
                  "id": "kenji-watanabe",
                  "commit": "7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a",
                  "date": null,
                  "words": null,
                  "recordedBy": null
                }
              ],
              "breach": null,
              "proposal": "more-selective",
              "ratifiedBy": {
                "commit": "2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b",
                "name": "Jane Doe",
                "email": "jane@northgate.example",
                "date": "2026-02-26T10:00:00+01:00"
              }
            }
          ]
        }

        """#)
  }

  @Test func `words are set off in the sentence that they stand in, lists and numbers are not`() {
    func told(_ value: String, _ before: String) -> String {
      let entry = LedgerEntry(
        reference: "value/harmony.because", value: value, before: before, commit: commit(0x1C))
      return TextRenderer(width: 100).text(WhyReport([entry], reference: "value/harmony.because").report)
    }
    #expect(told("It kept us.", "It feels.").contains("because is “It kept us.”; before, it was “It feels.”."))
    #expect(told("[a, b]", "[a]").contains("because is [a, b]; before, it was [a]."))
  }

  @Test func `of a whole entry the log names the act`() {
    let entry = LedgerEntry(
      reference: "value/harmony", value: "{status: retired, title: Harmony}", before: "{title: Harmony}",
      change: "value-retired", commit: commit(0x1D))
    let text = TextRenderer(width: 80).text(LogReport([entry]).report)
    #expect(text.contains("~ value/harmony: value-retired") && !text.contains("status"))
  }

  @Test func `no reason is null`() {
    guard case .array(let entries)? = LogReport([Self.prudence]).report.json["entries"] else {
      Issue.record("no entries")
      return
    }
    expectJSON(entries[0]["reason"], .null)
    expectJSON(entries[0]["commitment"], "value/prudence")
    expectJSON(entries[0]["field"], "statement")
    expectJSON(entries[0]["cycle"], .null)
    expectJSON(entries[0]["sources"], [])
    expectJSON(entries[0]["ratifiedBy"], .null)
  }

  @Test func `the log at 80 columns`() {
    #expect(
      TextRenderer(width: 80).text(LogReport([Self.gone, Self.risk, Self.prudence]).report) == """
        2026-02-16  Omar Reyes  1b1b1b1b1b
          - limit/client-risk.unit: points
          reason    none given
          objected  Mei Lin
          proposal  more-selective, not ratified

        2026-02-16  renewal-2026  Omar Reyes  1a1a1a1a1a
          ~ limit/client-risk.atMost: 60 → 55
          > Two write-offs in 2025 came from clients above 55.
          >
          > The board asked for less.
          approved by  Jane Doe, Ada Obi on 2026-02-16 (recorded by Sam Lee), Ruth Klein
          objected     Mei Lin
          abstained    Kenji Watanabe
          proposal     more-selective, ratified 2026-02-26 by Jane Doe

        2025-11-08  Omar Reyes  1a1a1a1a1a
          ~ value/prudence.statement
            … would rather lose a client than accept one whom we do not
            [-understand.-]{+understand in full.+}
          reason  none given

        """)
  }

  @Test func `the log at 40 columns`() {
    #expect(
      TextRenderer(width: 40).text(LogReport([Self.risk]).report) == """
        2026-02-16  renewal-2026  Omar Reyes
        1a1a1a1a1a
          ~ limit/client-risk.atMost: 60 → 55
          > Two write-offs in 2025 came from
          > clients above 55.
          >
          > The board asked for less.
          approved by  Jane Doe, Ada Obi on
                       2026-02-16 (recorded by
                       Sam Lee), Ruth Klein
          objected     Mei Lin
          abstained    Kenji Watanabe
          proposal     more-selective, ratified
                       2026-02-26 by Jane Doe

        """)
  }

  @Test func `nothing to tell is told`() {
    #expect(TextRenderer().text(LogReport([]).report) == "Nothing is recorded yet.\n")
    #expect(
      TextRenderer().text(WhyReport([], reference: "limit/x").report)
        == "limit/x\n\nNo commit says anything of limit/x.\n")
  }

  @Test func `hostile names and reasons are text`() {
    var entry = Self.risk
    entry.commit.author.name = hostileName
    entry.reason = hostileName
    entry.reference = hostileName
    entry.objectedBy[0].answer = hostileName
    for report in [WhyReport([entry], reference: hostileName).report, LogReport([entry]).report] {
      let text = TextRenderer().text(report)
      #expect(visibleText(text, keepsLines: true) == text)
      let outsideCode = MarkdownRenderer().text(report).replacing(/``.*?``/, with: "")
      #expect(!outsideCode.contains(/[^\\]\[c\]|<b>/))
    }
  }
}
