import EthosDiff
import EthosModel
import EthosRecord
import EthosReport
import EthosText
import Testing

@Suite struct DiffReportTests {
  private static func kind(_ id: String, _ action: Action, _ area: Area, _ level: Level) -> ChangeKind {
    ChangeKind(id, action, area, inverse: id, level, "Something changed.")
  }

  private static func rule(_ id: String, _ column: String? = nil) -> FieldPath {
    let rule = FieldPath("rules").appending(.item(id))
    return column.map { rule.appending($0) } ?? rule
  }

  private static let risk = EntryKey(.limit, "client-risk")
  private static let onboarding = EntryKey(.decision, "onboarding")
  private static let prudence = EntryKey(.value, "prudence")

  private static let acts: [Act] = [
    Act(
      change: Change(
        kind: kind("rank-changed", .changed, .priority, .critical), level: .critical,
        entry: EntryKey(.value, "fairness"),
        field: FieldPath("rank"), before: .text("platform"), after: .text("root")),
      also: [EntryKey(.value, "honesty"), EntryKey(.value, "privacy")]),
    Act(
      change: Change(
        kind: kind("value-added", .added, .value, .major), level: .major, entry: EntryKey(.value, "concord"),
        field: FieldPath(), before: nil,
        after: .record(
          Document(
            .value, "concord",
            [
              "title": .text("Concord"), "rank": .text("root"),
              "statement": .text(String(repeating: "We say no kindly and early. ", count: 30)),
            ]
          ).meaning))),
    Act(
      change: Change(
        kind: kind("value-retired", .retired, .value, .critical), level: .critical, entry: EntryKey(.value, "harmony"),
        field: FieldPath(), before: .record(Record()), after: .record(Bank.tombstone.meaning))),
    Act(
      change: Change(
        kind: kind("value-reworded", .reworded, .statement, .undecided), level: .undecided, entry: prudence,
        field: FieldPath("statement"), before: .text("We must know 3 sources of wealth. We never guess."),
        after: .text("We should know 2 sources of wealth. We never guess."),
        signals: [
          Signal("obligation", "must → should"), Signal("number", "3 → 2"), Signal("obligation", "– → may"),
          Signal("sentence-added", "x"),
        ])),
    Act(
      change: Change(
        kind: kind("friction-added", .added, .friction, .major), level: .major, entry: prudence,
        field: FieldPath("friction").appending(.item("fewer clients")), before: nil,
        after: fields(["accept": .text("fewer clients")]))),
    Act(
      change: Change(
        kind: kind("use-added", .added, .structure, .major), level: .major, entry: onboarding,
        field: FieldPath("uses").appending("client risk"), before: nil, after: .text("limit/client-risk"))),
    Act(
      change: Change(
        kind: kind("rule-changed", .changed, .structure, .major), level: .major, entry: onboarding,
        field: rule("r1", "risk score"), before: .text("> 60"), after: .text("> client risk"))),
    Act(
      change: Change(
        kind: kind("rule-removed", .removed, .structure, .major), level: .major, entry: onboarding, field: rule("r2"),
        before: fields(["id": .text("r2"), "politically exposed": .text("true"), "route": .text("refer")]), after: nil)),
    Act(
      change: Change(
        kind: kind("rules-reordered", .moved, .structure, .major), level: .major, entry: onboarding,
        field: FieldPath("rules"), before: .list([.text("r3"), .text("r4")]), after: .list([.text("r4"), .text("r3")]))),
    Act(
      change: Change(
        kind: kind("limit-tightened", .tightened, .limit, .critical), level: .critical, entry: risk,
        field: FieldPath("atMost"), before: number(60), after: number(55))),
  ]

  private static let report = DiffReport(
    ChangeSet(
      changes: acts.map(\.change),
      renames: [Rename(before: EntryKey(.value, "harmony"), after: EntryKey(.value, "concord"), similarity: 87)],
      touches: [
        Touch(changed: risk, touched: onboarding),
        Touch(changed: EntryKey(.value, "honesty"), touched: prudence, through: [EntryKey(.value, "privacy")]),
      ]),
    acts: acts,
    before: DiffReport.Side(
      revision: "release/growth-2019/1", commit: objectID(0x1A), day: Day(daysSinceEpoch: 20_000),
      snapshot: Bank.snapshot),
    after: DiffReport.Side(revision: "the work tree", commit: nil, snapshot: Bank.snapshot),
    reason: { $0.entry == risk ? "Two write-offs in 2025." : nil })

  @Test func `changes at 80 columns`() {
    #expect(
      TextRenderer(width: 80).text(Self.report.report) == """
        Changes from release/growth-2019/1 (1a1a1a1a1a, 2024-10-04) to the work tree

        On several at once
          ~ rank: platform → root  [critical] rank-changed
            on 3 values: fairness, honesty, privacy

        value/concord
          + added  [major] value-added
            rank  root
            > We say no kindly and early. We say no kindly and early. We say no kindly
            > and early. We say no kindly and early. We say no kindly and early. We say
            > no kindly and early. We say no kindly and early. We say no kindly and
            > early. We say no kindly and early. We say no kindly and early. We say no
            > kindly and early. We say no kindly and early. We say no kindly and early.
            > We say no kindly and early. We say
            … 94 more words: ethos show value/concord
          ~ its content was value/harmony: 87 % of the words in common

        value/harmony  Harmony (owner: chief-executive)
          - retired since 2026-02-01  [critical] value-retired
            > It kept us from saying no.
          ~ its content is now value/concord: 87 % of the words in common

        value/prudence  Prudence before growth (owner: chief-risk-officer)
          ~ statement reworded  [undecided] value-reworded
            We [-must-]{+should+} know [-3-]{+2+} sources of wealth. …
            ! obligation: must → should; – → may
            ! number: 3 → 2
            to say what it means:
            ethos classify value/prudence.statement ACTION --because …
          + friction[fewer clients] added  [major] friction-added

        decision/onboarding  Client onboarding (owner: chief-executive)
          + uses.'client risk' added: limit/client-risk  [major] use-added
          ~ rules: 3 changes  [major]
            rule   column        before          after          level    change
            ─────  ────────────  ──────────────  ─────────────  ───────  ───────────────
            r1     risk score    > 60            > client risk  [major]  rule-changed
            r2     (whole rule)  politically     -              [major]  rule-removed
                                 exposed: true;
                                 route: refer
            (all)  (order)       r3, r4          r4, r3         [major]  rules-reordered

        limit/client-risk  Client risk appetite (owner: chief-risk-officer)
          ~ atMost: 60 → 55  [critical] limit-tightened
            because: Two write-offs in 2025.
          ! this moves decision/onboarding (owner: chief-executive)

        Also moved
          · value/honesty moves value/prudence (owner: chief-risk-officer) through
            value/privacy

        10 changes on 8 entries: 3 critical, 1 undecided, 6 major

        """)
  }

  @Test func `changes at 40 columns`() {
    #expect(
      TextRenderer(width: 40).text(Self.report.report) == """
        Changes from release/growth-2019/1
        (1a1a1a1a1a, 2024-10-04) to the work
        tree

        On several at once
          ~ rank: platform → root  [critical]
            rank-changed
            on 3 values: fairness, honesty,
            privacy

        value/concord
          + added  [major] value-added
            rank  root
            > We say no kindly and early. We say
            > no kindly and early. We say no
            > kindly and early. We say no kindly
            > and early. We say no kindly and
            > early. We say no kindly and early.
            > We say no kindly and early. We say
            > no kindly and early. We say no
            > kindly and early. We say no kindly
            > and early. We say no kindly and
            > early. We say no kindly and early.
            > We say no kindly and early. We say
            > no kindly and early. We say
            … 94 more words:
            ethos show value/concord
          ~ its content was value/harmony: 87 %
            of the words in common

        value/harmony  Harmony (owner:
        chief-executive)
          - retired since 2026-02-01  [critical]
            value-retired
            > It kept us from saying no.
          ~ its content is now value/concord: 87
            % of the words in common

        value/prudence  Prudence before growth
        (owner: chief-risk-officer)
          ~ statement reworded  [undecided]
            value-reworded
            We [-must-]{+should+} know
            [-3-]{+2+} sources of wealth. …
            ! obligation: must → should; – → may
            ! number: 3 → 2
            to say what it means:
            ethos classify value/prudence.statement ACTION --because …
          + friction[fewer clients] added
            [major] friction-added

        decision/onboarding  Client onboarding
        (owner: chief-executive)
          + uses.'client risk' added:
            limit/client-risk  [major] use-added
          ~ rules: 3 changes  [major]
            rule: r1
            column: risk score
            before: > 60
            after: > client risk
            level: [major]
            change: rule-changed

            rule: r2
            column: (whole rule)
            before: politically exposed: true;
            route: refer
            after: -
            level: [major]
            change: rule-removed

            rule: (all)
            column: (order)
            before: r3, r4
            after: r4, r3
            level: [major]
            change: rules-reordered

        limit/client-risk  Client risk appetite
        (owner: chief-risk-officer)
          ~ atMost: 60 → 55  [critical]
            limit-tightened
            because: Two write-offs in 2025.
          ! this moves decision/onboarding
            (owner: chief-executive)

        Also moved
          · value/honesty moves value/prudence
            (owner: chief-risk-officer) through
            value/privacy

        10 changes on 8 entries: 3 critical, 1
        undecided, 6 major

        """)
  }

  @Test func `changes as Markdown`() {
    #expect(
      MarkdownRenderer().text(Self.report.report) == #"""
        # Changes from release/growth-2019/1 (1a1a1a1a1a, 2024-10-04) to the work tree

        ## On several at once

        - `~` **rank**: platform → root  **\[critical\]** rank-changed

          on 3 values: `fairness`, `honesty`, `privacy`

        ## `value/concord`

        - `+` added  **\[major\]** value-added

          - **rank**: root

          > We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say no kindly and early. We say

          … 94 more words: `ethos show value/concord`

        - `~` its content was `value/harmony`: 87 % of the words in common

        ## `value/harmony`  Harmony (owner: chief-executive)

        - `-` retired since 2026-02-01  **\[critical\]** value-retired

          > It kept us from saying no.

        - `~` its content is now `value/concord`: 87 % of the words in common

        ## `value/prudence`  Prudence before growth (owner: chief-risk-officer)

        - `~` **statement** reworded  **\[undecided\]** value-reworded

          > We ~~must~~ **should** know ~~3~~ **2** sources of wealth. …

          - `!` obligation: must → should; – → may
          - `!` number: 3 → 2

          to say what it means: `ethos classify value/prudence.statement ACTION --because …`

        - `+` **friction\[fewer clients\]** added  **\[major\]** friction-added

        ## `decision/onboarding`  Client onboarding (owner: chief-executive)

        - `+` **uses.'client risk'** added: limit/client-risk  **\[major\]** use-added
        - `~` **rules**: 3 changes  **\[major\]**

          | rule | column | before | after | level | change |
          | --- | --- | --- | --- | --- | --- |
          | `r1` | **risk score** | &gt; 60 | &gt; client risk | **\[major\]** | rule-changed |
          | `r2` | (whole rule) | politically exposed: true; route: refer | - | **\[major\]** | rule-removed |
          | (all) | (order) | r3, r4 | r4, r3 | **\[major\]** | rules-reordered |

        ## `limit/client-risk`  Client risk appetite (owner: chief-risk-officer)

        - `~` **atMost**: 60 → 55  **\[critical\]** limit-tightened

          because: Two write-offs in 2025.

        - `!` this moves `decision/onboarding` (owner: chief-executive)

        ## Also moved

        - `value/honesty` moves `value/prudence` (owner: chief-risk-officer) through `value/privacy`

        10 changes on 8 entries: **3 critical**, **1 undecided**, **6 major**

        """#)
  }

  @Test func `the document for programs has the keys that others lean on`() throws {
    let json = Self.report.report.json
    guard case .object(let members) = json, case .array(let changes)? = json["changes"] else {
      Issue.record("no object with changes")
      return
    }
    #expect(members.map(\.name) == ["schema", "before", "after", "level", "changes", "renames", "touches"])
    expectJSON(json["before"], ["revision": "release/growth-2019/1", "commit": .string(objectID(0x1A).hex)])
    expectJSON(json["after"], ["revision": "the work tree", "commit": .null])
    expectJSON(json["level"], "critical")
    expectJSON(
      changes.first,
      [
        "id": "rank-changed", "action": "changed", "area": "priority", "level": "critical",
        "commitment": "value/fairness", "field": "rank", "before": "platform", "after": "root",
        "also": ["value/honesty", "value/privacy"], "because": .null, "signals": [], "behaviour": .null, "causes": [],
      ])
    expectJSON(
      changes.last,
      [
        "id": "limit-tightened", "action": "tightened", "area": "limit", "level": "critical",
        "commitment": "limit/client-risk", "field": "atMost", "before": "60", "after": "55", "also": [],
        "because": "Two write-offs in 2025.", "signals": [], "behaviour": .null, "causes": [],
      ])
    expectJSON(
      changes[3]["signals"],
      [
        ["name": "obligation", "detail": "must → should"], ["name": "number", "detail": "3 → 2"],
        ["name": "obligation", "detail": "– → may"], ["name": "sentence-added", "detail": "x"],
      ])
    expectJSON(changes[1]["field"], .null)
    expectJSON(json["renames"], [["before": "value/harmony", "after": "value/concord", "similarity": "87/100"]])
    expectJSON(
      json["touches"],
      [
        [
          "changed": "limit/client-risk", "touched": "decision/onboarding", "through": [], "owner": "chief-executive",
        ],
        [
          "changed": "value/honesty", "touched": "value/prudence", "through": ["value/privacy"],
          "owner": "chief-risk-officer",
        ],
      ])
  }

  @Test func `a reversal says what is over what`() {
    let change = Change(
      kind: Self.kind("priority-reversed", .reversed, .priority, .critical), level: .critical, entry: Self.prudence,
      field: FieldPath("outranks"), before: .list([.text("prudence"), .text("growth")]),
      after: .list([.text("growth"), .text("prudence")]))
    let text = TextRenderer().text([.list([Self.report.item(Act(change: change))])])
    #expect(text == "  ~ prudence over growth → growth over prudence  [critical] priority-reversed\n")
  }

  @Test func `nothing changed is said, and has no level`() {
    let side = DiffReport.Side(revision: "HEAD", commit: objectID(1), snapshot: .empty)
    let report = DiffReport(ChangeSet(changes: []), acts: [], before: side, after: side).report
    #expect(
      TextRenderer().text(report) == "Changes from HEAD (0101010101) to HEAD (0101010101)\n\nNo change of meaning.\n")
    expectJSON(report.json["level"], .null)
    expectJSON(report.json["changes"], [])
  }

  @Test func `a hostile title reaches no reader as anything but text`() {
    let document = Document(.value, "x", ["title": .text(hostileName), "statement": .text(hostileName)])
    let act = Act(
      change: Change(
        kind: Self.kind("value-added", .added, .value, .major), level: .major, entry: document.key, field: FieldPath(),
        before: nil, after: .record(document.meaning)))
    let side = DiffReport.Side(revision: hostileName, commit: nil, snapshot: Snapshot(documents: [document]))
    let report = DiffReport(ChangeSet(changes: [act.change]), acts: [act], before: side, after: side).report
    let text = TextRenderer(width: 80).text(report)
    #expect(visibleText(text, keepsLines: true) == text)
    let markdown = MarkdownRenderer().text(report)
    #expect(!markdown.contains("<b>"))
    #expect(!markdown.contains(/[^\\]\[c\]/))
    #expect(!report.json.text().unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
  }

  // MARK: - A decision that is added

  private func added(rules: Int, showing: Bool = true, typed: String? = "proposals/new") -> DiffReport {
    let decision = Document(
      .decision, "lending",
      [
        "title": .text("Lending"), "question": .text("Do we lend?"),
        "inputs": .list([fields(["name": .text("score"), "type": .text("number"), "allowed": .text("[0..100]")])]),
        "outputs": .list([fields(["name": .text("answer"), "type": .text("string")])]), "hitPolicy": .text("first"),
        "rules": .list(
          (1...rules).map {
            fields(["id": .text("r\($0)"), "score": .text("< \($0)"), "answer": .text("answer \($0)")])
          }),
      ])
    let change = Change(
      kind: Self.kind("decision-added", .added, .structure, .major), level: .major, entry: decision.key,
      field: FieldPath(), before: nil,
      after: .record(decision.fields))
    var report = DiffReport(
      ChangeSet(changes: [change]), acts: [Act(change: change)],
      before: DiffReport.Side(revision: "in force", commit: nil, snapshot: .empty),
      after: DiffReport.Side(revision: "new", commit: objectID(1), snapshot: Snapshot(documents: [decision])))
    report.showsTables = showing
    report.after.typed = typed
    return report
  }

  @Test func `a decision that is added is shown with its table to who reviews it`() {
    for text in [
      TextRenderer(width: 100).text(added(rules: 3).report), MarkdownRenderer().text(added(rules: 3).report),
      HTMLRenderer().text(added(rules: 3).report),
    ] {
      for part in ["score", "0..100", "answer 3", "r2"] { #expect(text.contains(part), "\(text)") }
      #expect(!text.contains("more:"))
    }
  }

  @Test func `a long table is cut, with the command for the rest`() {
    let text = TextRenderer(width: 100).text(added(rules: 43).report)
    #expect(text.contains("answer 40") && !text.contains("answer 41"))
    #expect(text.contains("… 3 more: ethos show decision/lending --at proposals/new"), "\(text)")
    let closed = TextRenderer(width: 100).text(added(rules: 43, typed: nil).report)
    #expect(closed.contains("… 3 more: ethos show decision/lending@0101"), "\(closed)")
    #expect(TextRenderer(width: 100).text(added(rules: 43, showing: false).report).contains("43 rules"))
  }
}
