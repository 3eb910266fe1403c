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
      "inForce": json(result.inForce),
      "always": json(result.constant, states.count - 1),
      "releases": .array(states.indices.map(state)),
      "best": best,
      "rules": .array(result.rules.map(rule)),
      "departures": .array(result.departures.map(departure)),
      "unapplied": .array(
        result.unapplied.map { exception in
          [
            "release": .string(states[exception.side].name), "exception": .string(exception.key.description),
            "reason": .string(exception.reason),
          ]
        }),
      "segments": .array(result.segments.map(segment)),
      "systems": .array(result.systems.map(systemJSON)),
      "quarters": .array(
        result.quarters.map { quarter in
          [
            "from": .string(quarter.from.description), "agree": json(quarter.agree),
            "releases": .array(quarter.sides.map { json($0) }),
          ]
        }),
      "priorities": prioritiesJSON,
      "friction": frictionJSON,
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
  private static func decimal(_ rate: Double) -> String {
    let digits = String(Int((rate * 10_000).rounded()) + 10_000)
    let whole = digits.first == "2" ? "1" : "0"
    return "\(whole).\(digits.dropFirst())"
  }

  private func json(_ constant: AuditResult.Constant?, _ side: Int) -> JSON {
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

  private var best: JSON {
    guard let best = result.best else { return .null }
    return [
      "release": .string(states[best.best].name), "cycle": .optional(states[best.best].cycle),
      "agree": json(result.common[best.best]), "always": json(result.commonConstant, best.best),
      "next": .optional(best.next.map { states[$0].name }), "differ": .number(best.differ),
      "asBest": .number(best.asBest), "asNext": .number(best.asNext),
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
      "exception": .optional(departure.exception?.description),
    ]
  }

  private func segment(_ segment: AuditResult.Segment) -> JSON {
    [
      "column": .string(segment.column), "value": .string(segment.value), "agree": json(segment.agree),
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

  private func systemJSON(_ segment: AuditResult.Segment) -> JSON {
    let known = system(segment.value)
    return [
      "system": .string(segment.value), "reference": .optional(known.map { "system/\($0.id)" }),
      "builtFor": .optional(known?.builtFor), "agree": json(segment.agree),
      "asBuiltFor": builtFor(segment).map { json($0) } ?? .null, "releases": .array(segment.sides.map { json($0) }),
    ]
  }
}
