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

  package var file: String
  package var states: [State]
  package var result: AuditResult
  package var stated: [Stated]
  /// The state of the rules for all cases, where one was asked for.
  package var at: String?
  package var systems: [System]

  package init(
    file: String, states: [State], result: AuditResult, stated: [Stated], at: String?, systems: [System] = []
  ) {
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
      Fact("before any release", result.beforeFirst == 0 ? "" : "\(counted(result.beforeFirst, "case"))"),
      Fact("incomplete", result.incomplete == 0 ? "" : "\(counted(result.incomplete, "case"))"),
      Fact("malformed", result.malformed == 0 ? "" : "\(counted(result.malformed, "record"))"),
    ])
    appendStates(&blocks)
    appendRules(&blocks)
    appendDepartures(&blocks)
    appendExceptions(&blocks)
    appendSegments(&blocks)
    appendSystems(&blocks)
    appendQuarters(&blocks)
    appendPriorities(&blocks)
    appendFriction(&blocks)
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
  func bounds(_ share: Share) -> String {
    guard let interval = share.interval else { return "" }
    return
      "\(AuditReport.tenths(Int((interval.low * 1_000).rounded()))) … \(AuditReport.tenths(Int((interval.high * 1_000).rounded())))"
  }

  func bar(_ label: String, _ share: Share) -> Chart.Bar? {
    guard share.of > 0 else { return nil }
    let interval = share.interval
    return Chart.Bar(
      label, Double(share.count) / Double(share.of), percent(share), low: interval?.low, high: interval?.high)
  }

  /// What the one answer that is most frequent would agree with.
  private func constant(_ constant: AuditResult.Constant, _ side: Int) -> Inline {
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

  // MARK: - Agreement

  private func appendStates(_ blocks: inout [Block]) {
    blocks.section("Agreement with each state of the rules")
    let mark = result.commonConstant.flatMap { constant in
      constant.share.of == 0
        ? nil
        : Chart.Mark(
          Double(constant.share.count) / Double(constant.share.of),
          "\(text(states.count - 1, constant.outcome)) to every case: \(percent(constant.share))")
    }
    blocks.chart(
      "agreement with each state of the rules",
      ["rules", "cycle", .init("agree", .right), .init("of", .right), .init("share", .right)],
      states.indices.map { place in
        [
          "\(states[place].name, .reference)", Inline(states[place].cycle ?? ""), "\(result.sides[place].count)",
          "\(result.sides[place].of)", Inline(percent(result.sides[place])),
        ]
      }, bars: states.indices.map { bar(shortName($0), result.sides[$0]) }, mark: mark)
    guard let best = result.best else { return }
    let state = states[best.best]
    let cycle = state.cycle.map { " of the cycle \($0)" } ?? ""
    var sentence: Inline =
      "the log agrees best with \(state.name, .reference)\(cycle): \(percent(result.common[best.best]))"
    sentence += " of \(counted(result.common[best.best].of, "case")) that every state decides"
    if let next = best.next {
      sentence += "; \(states[next].name, .reference) decides \(best.differ) of them otherwise, of which"
      sentence += " \(best.asBest) were decided as the first and \(best.asNext) as the second has it"
    } else if states.count > 1 {
      sentence += "; no other state decides any of them otherwise"
    }
    blocks.paragraph(sentence)
    if let constant = result.commonConstant {
      let more = constant.share.count > result.common[best.best].count ? ", which is more" : ""
      blocks.paragraph(
        self.constant(constant, best.best) + "\(more): what agreement is worth is told by the departures")
    }
  }

  private func appendQuarters(_ blocks: inout [Block]) {
    guard result.quarters.count > 1 else { return }
    blocks.section("Over time")
    blocks.chart(
      "agreement with the rules in force, by quarter",
      ["quarter from", .init("agree", .right), .init("of", .right), .init("share", .right), "agrees best with"],
      result.quarters.map { quarter in
        [
          "\(quarter.from)", "\(quarter.agree.count)", "\(quarter.agree.of)", Inline(percent(quarter.agree)),
          best(of: quarter.sides),
        ]
      }, bars: result.quarters.map { bar("\($0.from)", $0.agree) })
  }

  /// The state that some cases agree with best; of equal ones the last.
  private func best(of sides: [Share]) -> Inline {
    let place = sides.indices.filter { sides[$0].of > 0 }.max { sides[$0].count <= sides[$1].count }
    return place.map { "\(shortName($0), .reference)\(bracketed(sides[$0]))" } ?? ""
  }

  // MARK: - Departures

  private static let shown = 50

  private func appendMore(_ count: Int, _ what: String, _ blocks: inout [Block]) {
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

  // MARK: - Groups

  private func value(_ text: String) -> Inline { text.isEmpty ? "(empty)" : "\(text, .name)" }

  private func appendSegments(_ blocks: inout [Block]) {
    var columns: [String] = []
    for segment in result.segments where !columns.contains(segment.column) { columns.append(segment.column) }
    for column in columns {
      let segments = result.segments.filter { $0.column == column }
      blocks.section("By \(column, .name)")
      let shown = segments.prefix(AuditReport.shown)
      blocks.chart(
        "agreement with the rules, by \(column)",
        [.init(column), .init("agree", .right), .init("of", .right), .init("share", .right), "95 % interval"],
        shown.map { segment in
          [
            value(segment.value), "\(segment.agree.count)", "\(segment.agree.of)", Inline(percent(segment.agree)),
            Inline(bounds(segment.agree)),
          ]
        }, bars: shown.map { bar($0.value.isEmpty ? "(empty)" : $0.value, $0.agree) })
      appendMore(segments.count, "values", &blocks)
      blocks.blank()
      blocks.paragraph("decided otherwise, by what the rules say:")
      let answers = byAnswer(shown)
      forEachState(answers.map(\.answer.side), &blocks) { side, blocks in
        let answers = answers.filter { $0.answer.side == side }
        blocks.chart(
          "cases decided otherwise, by \(column) and what the rules say (\(shortName(side)))",
          [
            "says", .init(column), .init("otherwise", .right), .init("of", .right), .init("share", .right),
            "95 % interval",
          ],
          answers.map { segment, answer in
            [
              "\(text(side, answer.expected), .name)", value(segment.value), "\(answer.departed.count)",
              "\(answer.departed.of)", Inline(percent(answer.departed)), Inline(bounds(answer.departed)),
            ]
          },
          bars: answers.map { segment, answer in
            bar("\(text(side, answer.expected)), \(segment.value)", answer.departed)
          })
      }
    }
  }

  /// What the rules say, one answer after the other, with the groups below each.
  private func byAnswer(
    _ segments: ArraySlice<AuditResult.Segment>
  ) -> [(segment: AuditResult.Segment, answer: (expected: Outcome, side: Int, departed: Share))] {
    let all = segments.flatMap { segment in segment.answers.map { (segment: segment, answer: $0) } }
    var order: [Outcome] = []
    for one in all where !order.contains(one.answer.expected) { order.append(one.answer.expected) }
    return sidesInForce.flatMap { side in
      order.flatMap { expected in all.filter { $0.answer.side == side && $0.answer.expected == expected } }
    }
  }

  /// The system that a text of the log names, where the identity describes it.
  func system(_ text: String) -> System? {
    systems.first { $0.id == text || "system/\($0.id)" == text }
  }

  /// The agreement of a system with the release that it was built for.
  func builtFor(_ segment: AuditResult.Segment) -> Share? {
    guard let release = system(segment.value)?.builtFor else { return nil }
    return states.firstIndex { $0.name == release }.map { segment.sides[$0] }
  }

  private func appendSystems(_ blocks: inout [Block]) {
    guard !result.systems.isEmpty else { return }
    blocks.section("By system")
    let shown = result.systems.prefix(AuditReport.shown)
    blocks.chart(
      "agreement with the rules, by system",
      ["system", .init("cases", .right), .init("agree", .right), "as it was built for", "agrees best with"],
      shown.map { segment in
        let known = system(segment.value)
        let built = known?.builtFor.map { name -> Inline in
          let short = name.dropping("release/") ?? name
          return "\(short, .reference)\(builtFor(segment).map { bracketed($0) } ?? "")"
        }
        return [
          known.map { "\("system/\($0.id)", .reference)" } ?? value(segment.value), "\(segment.agree.of)",
          Inline(percent(segment.agree)), built ?? (known == nil ? "no such system" : ""), best(of: segment.sides),
        ]
      }, bars: shown.map { bar($0.value.isEmpty ? "(empty)" : $0.value, $0.agree) })
    appendMore(result.systems.count, "systems", &blocks)
  }
}
