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

  /// Tightened where no answer became more permissive and one became stricter; loosened the other way round. Changed
  /// where both happened, where an output without an order changed, and where nothing was or is decided.
  func direction(_ transitions: [(before: TableAnswer, after: TableAnswer)]) -> BehaviourDifference.Direction {
    var hasTightened = false
    var hasLoosened = false
    for transition in transitions {
      guard case .outcome(.decided(let old)) = transition.before,
        case .outcome(.decided(let new)) = transition.after
      else { return .changed }
      let newAnswers = after.answers(new)
      for (output, answer) in before.answers(old) {
        guard let there = newAnswers.first(where: { $0.output == output })?.value else { return .changed }
        guard there != answer else { continue }
        guard let left = rank(answer, output, before), let right = rank(there, output, after), isSameOrder(output)
        else {
          return .changed
        }
        if right < left { hasTightened = true } else { hasLoosened = true }
      }
    }
    switch (hasTightened, hasLoosened) {
    case (true, false): return .tightened
    case (false, true): return .loosened
    default: return .changed
    }
  }

  /// The place of an answer from the strictest on.
  private func rank(_ answer: FEELValue, _ output: String, _ decision: Decision) -> Int? {
    guard let declared = decision.table.outputs.first(where: { $0.name == output }), let strictest = declared.strictest,
      let place = declared.priorities.firstIndex(of: answer)
    else { return nil }
    return strictest == .first ? place : declared.priorities.count - 1 - place
  }

  /// Whether both sides order the answers that they share alike.
  private func isSameOrder(_ output: String) -> Bool {
    func order(_ decision: Decision) -> [FEELValue] {
      guard let declared = decision.table.outputs.first(where: { $0.name == output }) else { return [] }
      return declared.strictest == .first ? declared.priorities : declared.priorities.reversed()
    }
    let (left, right) = (order(before), order(after))
    let (shared, there) = (left.filter(right.contains), right.filter(left.contains))
    return shared == there
  }
}
