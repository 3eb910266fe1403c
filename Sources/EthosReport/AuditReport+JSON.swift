import EthosDecision
import EthosModel
import EthosPractice
import EthosText

extension AuditReport {
  var json: JSON {
    [
      "schema": "ethos.audit.v1",
      "decision": .optional(states.last?.decision.key.description),
      "file": .string(file),
      "at": .optional(at),
      "cases": .number(result.cases),
      "beforeFirst": .number(result.beforeFirst),
      "incomplete": .number(result.incomplete),
      "malformed": .number(result.malformed),
      "excepted": .number(result.excepted),
      "excluded": .number(result.excluded),
      "unsettled": .number(result.unsettled),
      "refused": .number(result.refused),
      "inForce": json(result.inForce),
      "always": json(result.constant, states.count - 1),
      "releases": .array(states.indices.map(state)),
      "left": leftJSON,
      "unfed": unfedJSON,
      "best": bestJSON,
      "comparisons": comparisonsJSON,
      "rules": .array(result.rules.map(rule)),
      "departures": .array(result.departures.map(departure)),
      "unapplied": .array(
        result.unapplied.map { exception in
          [
            "release": .string(states[exception.side].name), "exception": .string(exception.key.description),
            "reason": .string(exception.reason),
          ]
        }),
      "sample": sampleJSON,
      "segments": .array(result.segments.map(segment)),
      "crossed": .array(result.crossed.map(segment)),
      "reversals": .array(result.reversals.map(reversal)),
      "systems": .array(result.systems.map(systemJSON)),
      "quarters": .array(
        result.quarters.map { quarter in
          [
            "from": .string(quarter.from.description), "agree": json(quarter.agree),
            "best": bestNames(quarter.judgement),
            "releases": .array(quarter.sides.map { json($0) }),
          ]
        }),
      "priorities": prioritiesJSON,
      "friction": frictionJSON,
      "sweep": sweepJSON,
      "missing": ReplayReport.json(missing: result.missing),
      "records": ReplayReport.json(malformed: result.described),
    ]
  }

  func json(_ share: Share) -> JSON {
    let interval = share.interval
    return [
      "agree": .number(share.count), "of": .number(share.of),
      "share": share.of > 0 ? .string("\(share.count)/\(share.of)") : .null,
      "low": interval.map { .string(AuditReport.decimal($0.low)) } ?? .null,
      "high": interval.map { .string(AuditReport.decimal($0.high)) } ?? .null,
    ]
  }

  /// A part of cases that were decided otherwise, or are beyond something.
  private func json(departed share: Share) -> JSON {
    let interval = share.interval
    return [
      "departed": .number(share.count), "of": .number(share.of),
      "share": share.of > 0 ? .string("\(share.count)/\(share.of)") : .null,
      "low": interval.map { .string(AuditReport.decimal($0.low)) } ?? .null,
      "high": interval.map { .string(AuditReport.decimal($0.high)) } ?? .null,
    ]
  }

  /// A rate with four decimals.
  static func decimal(_ rate: Double) -> String {
    let digits = String(Int((rate * 10_000).rounded()) + 10_000)
    let whole = digits.first == "2" ? "1" : "0"
    return "\(whole).\(digits.dropFirst())"
  }

  func json(_ constant: AuditResult.Constant?, _ side: Int) -> JSON {
    guard let constant else { return .null }
    return ["outcome": states[side].decision.described(constant.outcome).json, "agree": json(constant.share)]
  }

  private func state(_ place: Int) -> JSON {
    [
      "release": .string(states[place].name), "cycle": .optional(states[place].cycle),
      "agree": .number(result.sides[place].count), "of": .number(result.sides[place].of),
      "share": result.sides[place].of > 0
        ? .string("\(result.sides[place].count)/\(result.sides[place].of)") : .null,
    ]
  }

  private func ruleNames(_ side: Int, _ rules: [Int]) -> JSON {
    .strings(rules.map { states[side].decision.name(ofRule: $0) })
  }

  private func rule(_ rule: AuditResult.RuleShare) -> JSON {
    [
      "release": .string(states[rule.side].name), "rules": ruleNames(rule.side, rule.rules),
      "expected": states[rule.side].decision.described(rule.expected).json, "departed": json(departed: rule.departed),
      "excepted": .number(rule.excepted),
    ]
  }

  private func departure(_ departure: AuditResult.Departure) -> JSON {
    let decision = states[departure.side].decision
    return [
      "release": .string(states[departure.side].name), "rules": ruleNames(departure.side, departure.rules),
      "expected": decision.described(departure.expected).json, "actual": decision.described(departure.actual).json,
      "cases": .number(departure.cases), "overridden": .number(departure.overridden), "row": .number(departure.row),
      "exception": .optional(departure.exception?.description), "facts": factsJSON(departure.facts),
    ]
  }

  private func segment(_ segment: AuditResult.Segment) -> JSON {
    [
      "column": .string(segment.column), "value": .string(segment.value), "values": .strings(segment.values),
      "agree": json(segment.agree), "best": bestNames(segment.judgement),
      "rules": .array(
        segment.rules.map { rule in
          [
            "release": .string(states[rule.side].name), "rules": ruleNames(rule.side, rule.rules),
            "departed": json(departed: rule.departed),
          ]
        }),
      "releases": .array(segment.sides.map { json($0) }),
      "answers": .array(
        segment.answers.map { answer in
          [
            "release": .string(states[answer.side].name),
            "expected": states[answer.side].decision.described(answer.expected).json,
            "departed": json(departed: answer.departed),
          ]
        }),
    ]
  }

  private func reversal(_ one: Reversal) -> JSON {
    let within: String =
      switch one.within {
      case .rules: "rules"
      case .column(let name): name
      }
    return [
      "column": .string(one.column), "more": .string(one.more), "less": .string(one.less),
      "moreDeparted": json(departed: one.moreShare), "lessDeparted": json(departed: one.lessShare),
      "within": .string(within), "parts": .number(one.parts), "turned": .number(one.turned),
      "difference": .string("-" + AuditReport.decimal(-one.difference)),
    ]
  }

  private func systemJSON(_ segment: AuditResult.Segment) -> JSON {
    let known = system(segment.value)
    return [
      "system": .string(segment.value), "reference": .optional(known.map { "system/\($0.id)" }),
      "builtFor": .optional(known?.builtFor), "agree": json(segment.agree),
      "best": bestNames(segment.judgement),
      "asBuiltFor": builtFor(segment).map { json($0) } ?? .null, "releases": .array(segment.sides.map { json($0) }),
    ]
  }
}
