import EthosFEEL
import EthosModel

/// Says which way answers moved, by the order from strict to permissive that outputs declare.
struct Strictness {
  private let before: Decision
  private let after: Decision

  init(_ before: Decision, _ after: Decision) {
    self.before = before
    self.after = after
  }

  /// Tightened where no answer became more permissive and one became stricter; loosened the other way round.
  ///
  /// Changed where both happened, where an output without an order changed, and where nothing was or is decided.
  func direction(_ transitions: [(before: TableAnswer, after: TableAnswer)]) -> BehaviourDifference.Direction {
    var hasTightened = false
    var hasLoosened = false
    // What is collected or counted is no answer that an order was declared for.
    guard before.table.hitPolicy.isSingle, after.table.hitPolicy.isSingle,
      before.table.outputs.map(\.name) == after.table.outputs.map(\.name)
    else { return .changed }
    for transition in transitions {
      guard case .outcome(.decided(let old)) = transition.before,
        case .outcome(.decided(let new)) = transition.after
      else { return .changed }
      let newAnswers = after.answers(new)
      for (output, answer) in before.answers(old) {
        guard let there = newAnswers.first(where: { $0.output == output })?.value else { return .changed }
        guard there != answer else { continue }
        // Both answers in one order, which both sides declare.
        let order = commonOrder(output)
        guard let left = order.firstIndex(of: answer), let right = order.firstIndex(of: there) else { return .changed }
        if right < left { hasTightened = true } else { hasLoosened = true }
      }
    }
    switch (hasTightened, hasLoosened) {
    case (true, false): return .tightened
    case (false, true): return .loosened
    default: return .changed
    }
  }

  /// The answers that both sides know, from the strictest on; nothing where they order them otherwise, or one not at all.
  private func commonOrder(_ output: String) -> [FEELValue] {
    func order(_ decision: Decision) -> [FEELValue]? {
      guard let declared = decision.table.outputs.first(where: { $0.name == output }),
        let strictest = declared.strictest
      else { return nil }
      return strictest == .first ? declared.priorities : declared.priorities.reversed()
    }
    guard let left = order(before), let right = order(after) else { return [] }
    let shared = left.filter(right.contains)
    return shared == right.filter(left.contains) ? shared : []
  }
}
