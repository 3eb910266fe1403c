package import EthosDecision
import EthosModel
package import EthosPractice
import EthosText

/// Whether a log follows the rules: those of its days, and those of every release.
package struct AuditReport: Sendable {
  package typealias State = (name: String, cycle: String?, decision: Decision)

  package var file: String
  package var states: [State]
  package var result: AuditResult
  package var stated: [(over: String, under: String)]
  /// The state of the rules for all cases, where one was asked for.
  package var at: String?

  package init(
    file: String, states: [State], result: AuditResult, stated: [(over: String, under: String)], at: String?
  ) {
    self.file = file
    self.states = states
    self.result = result
    self.stated = stated
    self.at = at
  }

  package var report: Report { Report(blocks, json: json) }

  // MARK: - Text

  private var blocks: [Block] {
    var blocks: [Block] = []
    let rules = at.map { "the rules of \($0)" } ?? "the rules in force on their days"
    blocks.title(
      "\(result.inForce.count) of \(counted(result.inForce.of, "case")) follow \(rules)\(bracketed(result.inForce))")
    blocks.facts([
      Fact("decision", Inline(states.last?.decision.key.description ?? "", .reference)),
      Fact("log", "\(counted(result.cases, "record")) of \(file, .name)"),
      Fact("before any release", result.beforeFirst == 0 ? "" : "\(counted(result.beforeFirst, "case"))"),
      Fact("incomplete", result.incomplete == 0 ? "" : "\(counted(result.incomplete, "case"))"),
      Fact("malformed", result.malformed == 0 ? "" : "\(counted(result.malformed, "record"))"),
    ])
    appendStates(&blocks)
    appendDepartures(&blocks)
    appendSegments(&blocks)
    appendQuarters(&blocks)
    appendPriorities(&blocks)
    ReplayReport.append(missing: result.missing, to: &blocks)
    ReplayReport.append(malformed: result.described, of: result.malformed, to: &blocks)
    return blocks
  }

  /// A part in per cent, to one place.
  private func percent(_ share: Share) -> String {
    guard share.of > 0 else { return "" }
    return AuditReport.tenths((share.count * 1_000 + share.of / 2) / share.of)
  }

  private func bracketed(_ share: Share) -> String { share.of > 0 ? " (\(percent(share)))" : "" }

  private static func tenths(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10) %" }

  /// The bounds of the rate behind a part.
  private func bounds(_ share: Share) -> String {
    guard let interval = share.interval else { return "" }
    return
      "\(AuditReport.tenths(Int((interval.low * 1_000).rounded()))) … \(AuditReport.tenths(Int((interval.high * 1_000).rounded())))"
  }

  private func appendStates(_ blocks: inout [Block]) {
    blocks.section("Agreement with each state of the rules")
    blocks.table(
      ["rules", "cycle", .init("agree", .right), .init("of", .right), .init("share", .right)],
      states.indices.map { place in
        [
          "\(states[place].name, .reference)", Inline(states[place].cycle ?? ""), "\(result.sides[place].count)",
          "\(result.sides[place].of)", Inline(percent(result.sides[place])),
        ]
      })
    guard let best = result.best else { return }
    let state = states[best.best]
    let cycle = state.cycle.map { " of the cycle \($0)" } ?? ""
    var text: Inline = "this decides as under \(state.name, .reference)\(cycle): \(percent(result.common[best.best]))"
    text += " of \(counted(result.common[best.best].of, "case")) that every state decides"
    if let next = best.next {
      text += "; \(states[next].name, .reference) decides \(best.differ) of them otherwise, of which"
      text += " \(best.asBest) were decided as the first and \(best.asNext) as the second has it"
    } else if states.count > 1 {
      text += "; no other state decides any of them otherwise"
    }
    blocks.paragraph(text)
  }

  private func text(_ side: Int, _ outcome: Outcome) -> String { states[side].decision.described(outcome).text }

  private func names(_ departure: AuditResult.Departure) -> [String] {
    departure.rules.map { states[departure.side].decision.name(ofRule: $0) }
  }

  private static let shown = 30

  private func appendDepartures(_ blocks: inout [Block]) {
    guard !result.departures.isEmpty else { return }
    blocks.section("Departures")
    blocks.table(
      [
        "rules", "rule", "says", "decided", .init("cases", .right), .init("with a reason", .right),
        .init("first row", .right),
      ],
      result.departures.prefix(AuditReport.shown).map { departure in
        [
          "\(states[departure.side].name, .reference)", .list(names(departure).map { Inline($0) }),
          "\(text(departure.side, departure.expected), .name)", "\(text(departure.side, departure.actual), .changed)",
          "\(departure.cases)", departure.overridden == 0 ? "" : "\(departure.overridden)", "\(departure.row)",
        ]
      })
    let more = result.departures.count - AuditReport.shown
    if more > 0 { blocks.paragraph("and \(more) more: `--format json` has them all") }
    if result.departures.contains(where: { $0.overridden > 0 }) {
      blocks.paragraph("a departure with a reason is a disagreement that nobody has resolved, and no breach by itself")
    }
  }

  private func appendSegments(_ blocks: inout [Block]) {
    var columns: [String] = []
    for segment in result.segments where !columns.contains(segment.column) { columns.append(segment.column) }
    for column in columns {
      let segments = result.segments.filter { $0.column == column }
      blocks.section("By \(column, .name)")
      blocks.table(
        [.init(column), .init("agree", .right), .init("of", .right), .init("share", .right), "95 % interval"],
        segments.prefix(50).map { segment in
          [
            segment.value.isEmpty ? "(empty)" : "\(segment.value, .name)", "\(segment.agree.count)",
            "\(segment.agree.of)", Inline(percent(segment.agree)), Inline(bounds(segment.agree)),
          ]
        })
      if segments.count > 50 {
        blocks.paragraph("and \(segments.count - 50) more values: `--format json` has them all")
      }
    }
  }

  private func appendQuarters(_ blocks: inout [Block]) {
    guard result.quarters.count > 1 else { return }
    blocks.section("Over time")
    blocks.table(
      ["quarter from", .init("agree", .right), .init("of", .right), .init("share", .right), "agrees best with"],
      result.quarters.map { quarter in
        let best = quarter.sides.indices.max {
          quarter.sides[$0].count < quarter.sides[$1].count
        }
        return [
          "\(quarter.from)", "\(quarter.agree.count)", "\(quarter.agree.of)", Inline(percent(quarter.agree)),
          best.map { "\(states[$0].name, .reference)\(bracketed(quarter.sides[$0]))" } ?? "",
        ]
      })
  }

  private func appendPriorities(_ blocks: inout [Block]) {
    guard !result.priorities.pairs.isEmpty || result.priorities.ambiguous > 0 else { return }
    blocks.section("Which values prevailed")
    blocks.table(
      [
        "value", "over", .init("cases", .right), .init("of", .right), .init("share", .right), "95 % interval", "stated",
      ],
      result.priorities.pairs.map { pair in
        [
          "\("value/\(pair.first)", .reference)", "\("value/\(pair.second)", .reference)", "\(pair.share.count)",
          "\(pair.share.of)", Inline(percent(pair.share)), Inline(bounds(pair.share)),
          Inline(verdict(pair).text),
        ]
      })
    if result.priorities.ambiguous > 0 {
      blocks.paragraph(
        "\(counted(result.priorities.ambiguous, "departure")) \(result.priorities.ambiguous == 1 ? "is" : "are") ambiguous: the rules with that answer do not serve one and the same value"
      )
    }
  }

  /// What the cases say of a stated order; nothing where they are too few, or the rate may lie on either side of one half.
  private func verdict(_ pair: RevealedOrder.Pair) -> (code: String, text: String) {
    let isFirst = stated.contains { $0.over == pair.first && $0.under == pair.second }
    let isSecond = stated.contains { $0.over == pair.second && $0.under == pair.first }
    guard isFirst || isSecond else { return ("unstated", "no order is stated") }
    let words = isFirst ? "\(pair.first) over \(pair.second)" : "\(pair.second) over \(pair.first)"
    guard pair.share.of >= RevealedOrder.least, let interval = pair.share.interval else {
      return ("too-few", "\(words); too few cases to say")
    }
    if interval.low <= 0.5, interval.high >= 0.5 { return ("open", "\(words); these cases do not tell") }
    let isFirstRevealed = interval.low > 0.5
    return isFirstRevealed == isFirst
      ? ("as-stated", "\(words), as these cases have it") : ("reversed", "\(words); these cases have it the other way")
  }

  // MARK: - JSON

  private var json: JSON {
    [
      "schema": "ethos.audit.v1",
      "decision": .optional(states.last?.decision.key.description),
      "file": .string(file),
      "at": .optional(at),
      "cases": .number(result.cases),
      "beforeFirst": .number(result.beforeFirst),
      "incomplete": .number(result.incomplete),
      "malformed": .number(result.malformed),
      "inForce": json(result.inForce),
      "releases": .array(states.indices.map(state)),
      "best": best,
      "departures": .array(result.departures.map(departure)),
      "segments": .array(
        result.segments.map { segment in
          ["column": .string(segment.column), "value": .string(segment.value), "agree": json(segment.agree)]
        }),
      "quarters": .array(
        result.quarters.map { quarter in
          [
            "from": .string(quarter.from.description), "agree": json(quarter.agree),
            "releases": .array(quarter.sides.map(json)),
          ]
        }),
      "priorities": [
        "stated": .array(stated.map { ["over": .string($0.over), "under": .string($0.under)] }),
        "revealed": .array(
          result.priorities.pairs.map { pair in
            [
              "over": .string(pair.first), "under": .string(pair.second), "agree": json(pair.share),
              "verdict": .string(verdict(pair).code),
            ]
          }),
        "ambiguous": .number(result.priorities.ambiguous),
      ],
      "missing": ReplayReport.json(missing: result.missing),
      "records": ReplayReport.json(malformed: result.described),
    ]
  }

  private func json(_ share: Share) -> JSON {
    let interval = share.interval
    return [
      "agree": .number(share.count), "of": .number(share.of),
      "share": share.of > 0 ? .string("\(share.count)/\(share.of)") : .null,
      "low": interval.map { .string(AuditReport.decimal($0.low)) } ?? .null,
      "high": interval.map { .string(AuditReport.decimal($0.high)) } ?? .null,
    ]
  }

  /// A rate with four decimals.
  private static func decimal(_ rate: Double) -> String {
    let digits = String(Int((rate * 10_000).rounded()) + 10_000)
    let whole = digits.first == "2" ? "1" : "0"
    return "\(whole).\(digits.dropFirst())"
  }

  private func state(_ place: Int) -> JSON {
    [
      "release": .string(states[place].name), "cycle": .optional(states[place].cycle),
      "agree": .number(result.sides[place].count), "of": .number(result.sides[place].of),
      "share": result.sides[place].of > 0
        ? .string("\(result.sides[place].count)/\(result.sides[place].of)") : .null,
    ]
  }

  private var best: JSON {
    guard let best = result.best else { return .null }
    return [
      "release": .string(states[best.best].name), "cycle": .optional(states[best.best].cycle),
      "agree": json(result.common[best.best]), "next": .optional(best.next.map { states[$0].name }),
      "differ": .number(best.differ), "asBest": .number(best.asBest), "asNext": .number(best.asNext),
    ]
  }

  private func departure(_ departure: AuditResult.Departure) -> JSON {
    let decision = states[departure.side].decision
    return [
      "release": .string(states[departure.side].name), "rules": .strings(names(departure)),
      "expected": decision.described(departure.expected).json, "actual": decision.described(departure.actual).json,
      "cases": .number(departure.cases), "overridden": .number(departure.overridden), "row": .number(departure.row),
    ]
  }
}
