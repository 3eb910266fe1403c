import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// What answers are called in a query: as `replay` prints them, and as FEEL writes them where two would read alike.
struct SQLAnswers {
  private let isFEEL: Bool
  /// By outcome, as the side says it that has it.
  private var texts: [Outcome: String] = [:]

  static let failed = Outcome.failed

  init(_ sides: [(decision: Decision, compiled: CompiledDecision)]) {
    var alone: [Outcome] = [.noRule, .conflict, .failed]
    var items: Set<FEELValue> = []
    var isCounted = false
    for (decision, compiled) in sides {
      var found = compiled.fallback.map { [$0] } ?? []
      let ofRules = Set((0..<compiled.ruleCount).compactMap { compiled.answer(ofRule: $0) })
      switch compiled.combination {
      case .first, .unique, .any: found += ofRules
      case .list:
        for case .decided(let value) in ofRules { items.insert(value) }
      case .sum, .count: isCounted = true
      }
      for outcome in alone + found where texts[outcome] == nil {
        texts[outcome] = decision.described(outcome).text
      }
      alone += found
    }
    // Texts that are joined must not look joined themselves; a sum must not look like a text.
    let named = texts.map { ($0.key, $0.value) }
    let isAmbiguous =
      // Not by Swift's equality: `é` in one scalar and in two are two answers.
      Set(named.map { FEELText($0.1) }).count < named.count
      || Set(items.map { FEELText(Decision.plain($0)) }).count < items.count
      || (!items.isEmpty
        && (items.map(Decision.plain) + named.map(\.1)).contains { $0.contains { ";[]".contains($0) } || $0.isEmpty })
      || named.contains { outcome, text in
        guard case .decided(let value) = outcome else { return false }
        if case .number = value { return false }
        return isCounted || text.begins(with: "no decision:")
      }
    isFEEL = isAmbiguous
  }

  func text(_ outcome: Outcome) -> String {
    if isFEEL, case .decided(let value) = outcome { return value.description }
    return texts[outcome] ?? ""
  }

  /// One item of a list.
  func item(_ value: FEELValue) -> String { isFEEL ? value.description : Decision.plain(value) }
}
