package import EthosDecision
import EthosModel
package import EthosPractice
import EthosText

/// Whether a log follows the rules: those of its days, and those of every release.
package struct AuditReport: Sendable {
  package typealias State = (name: String, cycle: String?, decision: Decision)
  /// That the identity has one value outrank another, in the state of a place.
  package typealias Stated = (side: Int, over: String, under: String)
  /// A system that the identity describes.
  package typealias System = (id: String, builtFor: String?, status: String)
  /// A state that cannot read the log, why, what to do, and the cases of days on which it was in force.
  package typealias Left = (name: String, cycle: String?, reason: String, help: String?, cases: Int)
  /// A limit that was tried out, at which values, the place of what it is, and which of them the log speaks for.
  package typealias Sweep = (
    limit: String, unit: String?, state: String, values: [String], current: Int, most: [Int], isAtEnd: Bool,
    judgement: ReleaseJudgement
  )

  package var file: String
  package var states: [State]
  package var result: AuditResult
  package var stated: [Stated]
  /// The state of the rules for all cases, where one was asked for.
  package var at: String?
  package var systems: [System]
  package var left: [Left]
  package var unfed: [UnfedFact]
  package var sweep: Sweep?
  /// The departures that were drawn; nil where none was asked for.
  package var sample: [AuditResult.Listed]?

  package init(
    file: String, states: [State], result: AuditResult, stated: [Stated], at: String?, systems: [System] = [],
    left: [Left] = [], unfed: [UnfedFact] = [], sweep: Sweep? = nil, sample: [AuditResult.Listed]? = nil
  ) {
    self.left = left
    self.unfed = unfed
    self.sweep = sweep
    self.sample = sample
    self.file = file
    self.states = states
    self.result = result
    self.stated = stated
    self.at = at
    self.systems = systems
  }

  package var report: Report { Report(blocks, json: json) }

  private var blocks: [Block] {
    var blocks: [Block] = []
    let rules = at.map { "the rules of \($0)" } ?? "the rules in force on their days"
    blocks.title(
      "\(result.inForce.count) of \(counted(result.inForce.of, "case")) follow \(rules)\(bracketed(result.inForce))")
    blocks.facts([
      Fact("decision", Inline(states.last?.decision.key.description ?? "", .reference)),
      Fact("log", "\(counted(result.cases, "record")) of \(file, .name)"),
      Fact("95 % interval", Inline(bounds(result.inForce))),
      Fact("always the same", result.constant.map { constant($0, states.count - 1) } ?? ""),
      Fact("accepted", result.excepted == 0 ? "" : "\(counted(result.excepted, "departure")), by an exception"),
      Fact("not asked about", result.excluded == 0 ? "" : "\(counted(result.excluded, "case"))"),
      Fact("before any release", result.beforeFirst == 0 ? "" : "\(counted(result.beforeFirst, "case"))"),
      Fact("incomplete", result.incomplete == 0 ? "" : "\(counted(result.incomplete, "case"))"),
      Fact(
        "not allowed",
        result.refused == 0 ? "" : "\(counted(result.refused, "case")) with a fact that the rules in force do not allow"
      ),
      Fact("malformed", result.malformed == 0 ? "" : "\(counted(result.malformed, "record"))"),
    ])
    appendWarnings(&blocks)
    appendStates(&blocks)
    appendRules(&blocks)
    appendDepartures(&blocks)
    appendExceptions(&blocks)
    appendSample(&blocks)
    appendSegments(&blocks)
    appendCrossed(&blocks)
    appendReversals(&blocks)
    appendSystems(&blocks)
    appendQuarters(&blocks)
    appendPriorities(&blocks)
    appendFriction(&blocks)
    appendSweep(&blocks)
    ReplayReport.append(missing: result.missing, to: &blocks)
    ReplayReport.append(malformed: result.described, of: result.malformed, to: &blocks)
    return blocks
  }

  // MARK: - Parts

  /// A part in per cent, to one place.
  func percent(_ share: Share) -> String {
    guard share.of > 0 else { return "" }
    return AuditReport.tenths((share.count * 1_000 + share.of / 2) / share.of)
  }

  func bracketed(_ share: Share) -> String { share.of > 0 ? " (\(percent(share)))" : "" }

  private static func tenths(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10) %" }

  /// The bounds of the rate behind a part.
  func bounds(_ share: Share) -> String { share.interval.map(bounds) ?? "" }

  func bounds(_ interval: (low: Double, high: Double)) -> String {
    "\(AuditReport.tenths(Int((interval.low * 1_000).rounded()))) … \(AuditReport.tenths(Int((interval.high * 1_000).rounded())))"
  }

  func bar(_ label: String, _ share: Share) -> Chart.Bar? {
    guard share.of > 0 else { return nil }
    let interval = share.interval
    return Chart.Bar(
      label, Double(share.count) / Double(share.of), percent(share), low: interval?.low, high: interval?.high)
  }

  /// What the one answer that is most frequent would agree with.
  func constant(_ constant: AuditResult.Constant, _ side: Int) -> Inline {
    """
    answering \(text(side, constant.outcome), .name) to every case would agree with \(constant.share.count) of \
    \(constant.share.of)\(bracketed(constant.share))
    """
  }

  /// The states whose rules some case was held to on its day.
  var sidesInForce: [Int] { Set(result.rules.map(\.side)).sorted() }

  /// The name of a state without the word for what it is, where that is plain.
  func shortName(_ side: Int) -> String {
    let name = states[side].name
    return name.dropping("release/") ?? name
  }

  /// Says the same of each state that cases were held to, with its name above where there are several.
  func forEachState(
    _ sides: some Sequence<Int>, _ blocks: inout [Block], _ body: (Int, inout [Block]) -> Void
  ) {
    for side in Set(sides).sorted() {
      if sidesInForce.count > 1 { blocks.append(.heading(level: 3, "\(states[side].name, .reference)")) }
      body(side, &blocks)
    }
  }

  func text(_ side: Int, _ outcome: Outcome) -> String { states[side].decision.described(outcome).text }

  func names(_ side: Int, _ rules: [Int]) -> [String] {
    // Where several rules lead to one answer for a fact that is missing, none of them is named.
    rules.isEmpty ? ["(none)"] : rules.map { states[side].decision.name(ofRule: $0) }
  }

  // MARK: - Over time

  private func appendQuarters(_ blocks: inout [Block]) {
    guard result.quarters.count > 1 else { return }
    blocks.section("Over time")
    blocks.chart(
      "agreement with the rules in force, by quarter",
      ["quarter from", .init("agree", .right), .init("of", .right), .init("share", .right), "agrees best with"],
      result.quarters.map { quarter in
        [
          "\(quarter.from)", "\(quarter.agree.count)", "\(quarter.agree.of)", Inline(percent(quarter.agree)),
          best(of: quarter.judgement),
        ]
      }, bars: result.quarters.map { bar("\($0.from)", $0.agree) })
    appendMethod(result.quarters.map(\.judgement), &blocks)
  }

  // MARK: - Departures

  static let shown = 50

  func appendMore(_ count: Int, _ what: String, _ blocks: inout [Block]) {
    if count > AuditReport.shown {
      blocks.paragraph("and \(count - AuditReport.shown) more \(what): `--format json` has them all")
    }
  }

  private func appendRules(_ blocks: inout [Block]) {
    guard !result.rules.isEmpty else { return }
    blocks.section("By rule: decided otherwise")
    forEachState(result.rules.map(\.side), &blocks) { side, blocks in
      let all = result.rules.filter { $0.side == side }
      let rules = all.prefix(AuditReport.shown)
      blocks.chart(
        "cases decided otherwise, of those that a rule answers (\(shortName(side)))",
        [
          "rule", "says", .init("otherwise", .right), .init("of", .right), .init("share", .right), "95 % interval",
          .init("accepted", .right),
        ],
        rules.map { rule in
          [
            .list(names(side, rule.rules).map { Inline($0) }), "\(text(side, rule.expected), .name)",
            "\(rule.departed.count)", "\(rule.departed.of)", Inline(percent(rule.departed)),
            Inline(bounds(rule.departed)), rule.excepted == 0 ? "" : "\(rule.excepted)",
          ]
        }, bars: rules.map { bar(names(side, $0.rules).joined(separator: ", "), $0.departed) })
      appendMore(all.count, "rules", &blocks)
    }
  }

  private func appendDepartures(_ blocks: inout [Block]) {
    let departures = result.departures.filter { $0.exception == nil }
    guard !departures.isEmpty else { return }
    blocks.section("Departures")
    forEachState(departures.map(\.side), &blocks) { side, blocks in
      let all = departures.filter { $0.side == side }
      blocks.table(
        [
          "rule", "says", "decided", .init("cases", .right), .init("with a reason", .right), .init("first row", .right),
        ],
        all.prefix(AuditReport.shown).map { departure in
          [
            .list(names(side, departure.rules).map { Inline($0) }), "\(text(side, departure.expected), .name)",
            "\(text(side, departure.actual), .changed)", "\(departure.cases)",
            departure.overridden == 0 ? "" : "\(departure.overridden)", "\(departure.row)",
          ]
        })
      appendMore(all.count, "kinds", &blocks)
      blocks.list(
        all.prefix(AuditReport.shown).filter { !$0.facts.isEmpty }.map { departure in
          Item(.bullet, "row \(departure.row): \(facts(departure.facts))")
        })
    }
    if departures.contains(where: { $0.overridden > 0 }) {
      blocks.paragraph("a departure with a reason is a disagreement that nobody has resolved, and no breach by itself")
    }
  }

  private func appendExceptions(_ blocks: inout [Block]) {
    let departures = result.departures.filter { $0.exception != nil }
    guard !departures.isEmpty || !result.unapplied.isEmpty else { return }
    blocks.section("Accepted by an exception: not counted as departures above")
    blocks.table(
      ["exception", "rules", "rule", "says", "decided", .init("cases", .right), .init("first row", .right)],
      departures.prefix(AuditReport.shown).map { departure in
        [
          "\(departure.exception?.description ?? "", .reference)",
          sidesInForce.count > 1 ? "\(shortName(departure.side), .reference)" : "",
          .list(names(departure.side, departure.rules).map { Inline($0) }),
          "\(text(departure.side, departure.expected), .name)", "\(text(departure.side, departure.actual), .name)",
          "\(departure.cases)", "\(departure.row)",
        ]
      })
    appendMore(departures.count, "kinds", &blocks)
    if !departures.isEmpty, !result.hasDays {
      blocks.paragraph("the cases have no days: whether an exception still held when they were decided is not known")
    }
    blocks.list(
      result.unapplied.map { exception in
        Item(
          .warning,
          "\(exception.key, .reference) of \(states[exception.side].name, .reference) was not applied: \(exception.reason)"
        )
      })
  }
}
