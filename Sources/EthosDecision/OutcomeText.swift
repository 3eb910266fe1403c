package import EthosFEEL
package import EthosModel
package import EthosText

extension Decision {
  /// What was decided, for people and for programs.
  package func described(_ outcome: Outcome) -> BehaviourOutcome {
    switch outcome {
    case .decided(let value): BehaviourOutcome(text: text(value), json: json(value))
    case .noRule: none("no rule applies", "no-rule")
    case .conflict: none("rules collide", "conflict")
    case .failed: none("it cannot be evaluated", "failed")
    }
  }

  private func none(_ text: String, _ code: String) -> BehaviourOutcome {
    BehaviourOutcome(text: "no decision: \(text)", json: ["noDecision": .string(code)])
  }

  /// The answer in words: the bare answer of one output, `output answer, …` of several.
  private func text(_ value: FEELValue) -> String {
    if table.hitPolicy.isSingle {
      let answers = answers(value)
      if answers.count == 1 { return Decision.plain(answers[0].value) }
      if !answers.isEmpty { return answers.map { "\($0.output) \(Decision.plain($0.value))" }.joined(separator: ", ") }
    }
    if case .list(let items) = value { return "[\(items.map(text).joined(separator: "; "))]" }
    return Decision.plain(value)
  }

  /// A text without quotes, anything else as FEEL writes it.
  ///
  /// A text that nobody could type so, or that would be read as another, has its quotes: what is printed of a case can
  /// be typed again.
  package static func plain(_ value: FEELValue) -> String {
    if case .string(let text) = value, FactText.isPlain(text) { text } else { value.description }
  }

  /// The answer by output; what a policy collects is a list or a number.
  private func json(_ value: FEELValue) -> JSON {
    if case .list(let items) = value, !table.hitPolicy.isSingle { return .array(items.map(json)) }
    let answers = answers(value)
    guard !answers.isEmpty else { return value.json }
    return .object(answers.map { JSON.Member($0.output, $0.value.json) })
  }
}

extension FEELValue {
  /// The value as JSON: numbers, dates and durations as exact text, contexts as objects.
  package var json: JSON {
    switch self {
    case .null, .function: .null
    case .boolean(let value): .boolean(value)
    case .number(let number): .string(number.description)
    case .string(let text): .string(text)
    case .date(let date): .string(date.description)
    case .time(let time): .string(time.description)
    case .dateTime(let moment): .string(moment.description)
    case .daysDuration(let duration): .string(duration.description)
    case .monthsDuration(let months): .string(FEELMonthsDuration.text(months: months))
    case .range: .string(description)
    case .list(let items): .array(items.map(\.json))
    case .context(let context): .object(context.entries.map { JSON.Member($0.key, $0.value.json) })
    }
  }
}
