import EthosApp
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosText

extension Collision {
  /// What a reader of one proposal is told of the other: what both touch, and a case that shows what they do together.
  func item(of proposal: String) -> Item {
    var text: Inline = "\(other, .name)"
    let shared = entries + decisions.map(\.decision).filter { !entries.contains($0) }
    text += " touches \(.list(shared.map(\.description), .reference)) too"
    if hasConflict { text += ": whichever comes second is merged by hand" }
    var blocks: [Block] = []
    for joint in decisions {
      if let reason = joint.reason {
        blocks.paragraph(
          "whether the two together decide \(joint.decision, .reference) as neither does alone is open: \(reason)")
      }
      guard let witness = joint.witness else { continue }
      blocks.paragraph("together the two decide \(joint.decision, .reference) as neither does alone:")
      blocks.facts([
        Fact("case", .list(witness.facts.map { "\($0.input, .name) \($0.text)" })),
        Fact("in force", "\(witness.inForce)"), Fact("with \(proposal)", "\(witness.mine)"),
        Fact("with \(other)", "\(witness.theirs)"), Fact("with both", "\(witness.together, .warning)"),
      ])
    }
    return Item(
      decisions.contains { $0.witness != nil || $0.reason != nil } || hasConflict ? .warning : .bullet, text, blocks)
  }

  var json: JSON {
    .members([
      "proposal": .string(other), "commitments": .strings(entries.map(\.description)),
      "conflict": .boolean(hasConflict),
      "decisions": .array(
        decisions.map { joint in
          .members([
            "decision": .string(joint.decision.description), "reason": .optional(joint.reason),
            "witness": joint.witness.map { witness in
              .members([
                "facts": .object(witness.facts.map { JSON.Member($0.input, .string($0.text)) }),
                "inForce": .string(witness.inForce), "mine": .string(witness.mine), "theirs": .string(witness.theirs),
                "together": .string(witness.together),
              ])
            } ?? .null,
          ])
        }),
    ])
  }
}

extension MovedDecision {
  /// The decision with whom it belongs to and what they said of it.
  var line: Inline {
    var text: Inline = "\(key, .reference)"
    if let owner { text += ", owned by \(owner, .name)," }
    text += " decides otherwise through \(.list(causes.map(\.description), .reference)): "
    if answers.isEmpty {
      text += asked.isEmpty ? "nobody is there to be asked" : "\(.list(asked, .name)) asked, not needed"
    } else {
      text += .list(answers.map { "\(ReviewPage.who($0)) \(ReviewPage.did($0))" })
    }
    return text
  }
}
