package import EthosDecision
import EthosFEEL
package import EthosModel
import EthosText

/// What was decided in one case, and why.
package struct DecideReport: Sendable {
  package var decision: Decision
  package var decided: Decided
  /// The decisions that were taken on the way, in their order.
  package var used: [(decision: Decision, decided: Decided)]
  /// The facts that were given.
  package var facts: [BehaviourRegion.Term]
  package var release: String?
  package var revision: String?

  package init(
    decision: Decision, decided: Decided, used: [(decision: Decision, decided: Decided)],
    facts: [BehaviourRegion.Term], release: String?, revision: String?
  ) {
    self.decision = decision
    self.decided = decided
    self.used = used
    self.facts = facts
    self.release = release
    self.revision = revision
  }

  package var report: Report { Report(blocks, json: json) }

  private var outcome: BehaviourOutcome { decision.described(decided.outcome) }

  private var blocks: [Block] {
    var blocks: [Block] = []
    blocks.title("\(outcome.text, .name)")
    blocks.facts([
      Fact("question", Inline(decision.question)),
      Fact("facts", .list(facts.map { "\($0.input, .name) \($0.text)" })),
      Fact(
        "under",
        revision.map { revision in
          let release = release.map { $0 == revision ? "" : " (\($0))" } ?? ""
          return "\(revision, .reference)\(release)"
        } ?? "the work tree"),
    ])
    for (decision, decided) in used { append(decision, decided, to: &blocks) }
    append(decision, decided, to: &blocks)
    for problem in decided.problems.prefix(5) { blocks.list([Item(.warning, Inline(problem.message))]) }
    return blocks
  }

  private func append(_ decision: Decision, _ decided: Decided, to blocks: inout [Block]) {
    blocks.section("\(decision.key, .reference)  \(decision.described(decided.outcome).text, .name)")
    if decided.rules.isEmpty, case .decided = decided.outcome {
      blocks.paragraph("no rule applies: this is the default")
    }
    blocks.list(decided.rules.map { item(decision, $0) })
  }

  /// A rule with its conditions, the values that it serves and costs, and its reason.
  private func item(_ decision: Decision, _ index: Int) -> Item {
    let rule = decision.table.rules[index]
    let conditions = zip(decision.table.inputs, rule.tests).compactMap { input, tests -> Inline? in
      if case .any = tests { nil } else { "\(input.name, .name) \(tests.description)" }
    }
    var text: Inline = "rule \(decision.name(ofRule: index), .reference)"
    text += conditions.isEmpty ? ": in any other case" : ": \(.list(conditions))"
    var blocks: [Block] = []
    blocks.facts([
      Fact("enacts", .list(rule.enacts.map { "value/\($0)" }, .reference)),
      Fact("over", .list(rule.over.map { "value/\($0)" }, .reference)),
      Fact("because", Inline(rule.because ?? "")),
    ])
    return Item(.bullet, text, blocks)
  }

  private var json: JSON {
    [
      "schema": "ethos.decide.v1",
      "decision": .string(decision.key.description),
      "revision": .optional(revision),
      "release": .optional(release),
      "facts": .object(facts.map { JSON.Member($0.input, .string($0.text)) }),
      "outcome": outcome.json,
      "rules": .array(decided.rules.map { rule(decision, $0) }),
      "enacts": .strings(enacted),
      "used": .array(
        used.map { decision, decided in
          [
            "decision": .string(decision.key.description), "outcome": decision.described(decided.outcome).json,
            "rules": .array(decided.rules.map { rule(decision, $0) }),
          ]
        }),
      "problems": .strings(decided.problems.map(\.message)),
    ]
  }

  private func rule(_ decision: Decision, _ index: Int) -> JSON {
    let rule = decision.table.rules[index]
    return [
      "rule": .string(decision.name(ofRule: index)), "enacts": .strings(rule.enacts), "over": .strings(rule.over),
      "because": .optional(rule.because),
    ]
  }

  /// The values that the rules behind the answer serve, each once.
  private var enacted: [String] {
    var values: [String] = []
    for index in decided.rules {
      for value in decision.table.rules[index].enacts where !values.contains(value) { values.append(value) }
    }
    return values
  }
}
