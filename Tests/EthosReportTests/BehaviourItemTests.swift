import EthosDiff
import EthosModel
import EthosText
import Testing

@testable import EthosReport

/// What a decision decides otherwise, as people and programs read it.
@Suite struct BehaviourItemTests {
  private static func outcome(_ text: String) -> BehaviourOutcome {
    BehaviourOutcome(text: text, json: ["route": .string(text)])
  }

  private static let difference = BehaviourDifference(
    verdict: .different, direction: .tightened,
    regions: [
      BehaviourRegion(
        when: [.init("risk score", "(55..60]"), .init("country risk", "\"low\"")], before: outcome("approve"),
        after: outcome("refer"), share: ShareOfSpace(numerator: "5", denominator: "303", percent: "1.7 %"),
        witness: [.init("risk score", "56"), .init("country risk", "low")], rulesBefore: ["r4"], rulesAfter: ["r3"]),
      BehaviourRegion(
        when: [], unless: ["r1", "r2"], before: outcome("refer"), after: outcome("refer"), witness: [],
        isProven: false, rulesBefore: ["r3"], rulesAfter: ["r3"]),
    ], moreRegions: 3, isComplete: false, share: ShareOfSpace(numerator: "5", denominator: "303", percent: "1.7 %"),
    notes: ["`points` is read as what `score` was"])

  private static let change = Change(
    kind: .behaviourTightened, level: .major, entry: EntryKey(.decision, "onboarding"), field: FieldPath("behaviour"),
    before: nil, after: nil, behaviour: difference, causes: [EntryKey(.limit, "client-risk")])

  private func text(_ change: Change) -> String {
    guard let behaviour = change.behaviour else { return "" }
    let report = Report([.list([BehaviourItem(behaviour).item(change)])], json: .null)
    return TextRenderer(width: 80).text(report)
  }

  @Test func `regions are a table, with what moved them and what is not proved`() {
    #expect(
      text(Self.change) == """
          ~ behaviour tightened: 1.7 % of the cases are decided otherwise (5/303)
            [major] behaviour-tightened
            its own file did not change; moved by limit/client-risk
            cases                  before   after  share  rules    for example
            ─────────────────────  ───────  ─────  ─────  ───────  ─────────────────────
            risk score (55..60],   approve  refer  1.7 %  r4 → r3  risk score 56,
            country risk "low"                                     country risk low
            all, unless an         refer    refer         r3       no case was found;
            earlier rule applies                                   there may be none
            (r1, r2)
            and 3 smaller regions: `--format json` lists more
            · `points` is read as what `score` was

        """)
  }

  @Test func `what was not settled says why`() {
    var change = Self.change
    change.kind = .behaviourUnsettled
    change.level = .critical
    change.causes = []
    change.behaviour = BehaviourDifference(
      verdict: .undecided, reason: "`decision/class`, which it uses, collects the answers of several rules",
      isComplete: false)
    #expect(
      text(change) == """
          ~ behaviour changed: not settled  [critical] behaviour-unsettled
            not settled: `decision/class`, which it uses, collects the answers of
            several rules

        """)
  }

  @Test func `a hostile fact stays text`() {
    var change = Self.change
    change.causes = []
    change.behaviour = BehaviourDifference(
      verdict: .different,
      regions: [
        BehaviourRegion(
          when: [.init("a\u{1B}[31m|b", "\"x\u{202E}\"")], before: Self.outcome("\u{7}ring"),
          after: Self.outcome("still"), witness: [.init("a", "x")], rulesBefore: [], rulesAfter: ["r\u{1B}1"])
      ])
    let shown = text(change)
    #expect(!shown.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x07 || $0.value == 0x202E })
  }

  @Test func `the document for programs has the keys that others lean on`() throws {
    let json = Self.difference.json
    #expect(json["verdict"] == "different")
    #expect(json["share"] == "5/303")
    guard case .array(let regions)? = json["regions"], let region = regions.first else {
      Issue.record("no regions")
      return
    }
    guard case .object(let members) = region else {
      Issue.record("a region is no object")
      return
    }
    #expect(
      members.map(\.name) == [
        "when", "unless", "before", "after", "share", "witness", "proven", "whole", "witnessBefore", "witnessAfter",
        "rulesBefore", "rulesAfter",
      ])
    #expect(region["when"] == ["risk score": "(55..60]", "country risk": "\"low\""])
    #expect(region["before"] == ["route": "approve"])
    #expect(region["witness"] == ["risk score": "56", "country risk": "low"])
    #expect(regions.last?["witness"] == .null)
  }
}
