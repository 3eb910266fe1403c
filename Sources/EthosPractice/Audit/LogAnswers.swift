import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// How a log says what was decided: the texts of its answers, and which answers are the same.
struct LogAnswers: Sendable {
  let outputs: [DecisionTable.Output]
  private let policy: HitPolicy
  /// For each output what some state of the rules allows; nil where one allows anything.
  private let allowed: [[FEELUnaryTests]?]
  /// The texts of outputs that stand for others.
  private let translations: [[String: String]]
  private let usesDecimalComma: Bool

  /// Reads answers as the table of one state has them; what another state allows is an answer too.
  init(_ table: DecisionTable, also tables: [DecisionTable], _ mapping: CaseMapping) throws(CaseProblem) {
    outputs = table.outputs
    policy = table.hitPolicy
    guard policy.isSingle || outputs.count == 1 else {
      throw CaseProblem(
        "the decision answers with a list of \(outputs.count) outputs (`\(policy.name)`), which no column of a log holds",
        help: "audit a decision whose lists have one output")
    }
    var allowed: [[FEELUnaryTests]?] = []
    for place in outputs.indices {
      let all = ([table] + tables).map { $0.outputs.indices.contains(place) ? $0.outputs[place].allowed : nil }
      allowed.append(all.contains { $0 == nil } ? nil : all.compactMap(\.self))
    }
    self.allowed = allowed
    translations = outputs.map { mapping.translations[$0.name ?? ""] ?? [:] }
    usesDecimalComma = mapping.usesDecimalComma
  }

  /// Whether the answers are lists.
  var areLists: Bool {
    switch policy {
    case .ruleOrder, .outputOrder, .collect: true
    default: false
    }
  }

  /// Why the answers of another table cannot be compared with these; nil where they can.
  func obstacle(_ table: DecisionTable) -> String? {
    guard table.outputs.count == outputs.count else { return "it answers with other outputs" }
    // The name of the only output does not matter.
    if outputs.count > 1 {
      for (own, other) in zip(outputs, table.outputs) where own.name != other.name {
        return "it answers with `\(other.name ?? "")`, where `\(own.name ?? "")` is answered now"
      }
    }
    for (own, other) in zip(outputs, table.outputs) where own.type != other.type {
      return "it answers with a \(other.type), where a \(own.type) is answered now"
    }
    let isAlike = table.hitPolicy == policy || table.hitPolicy.isSingle && policy.isSingle
    return isAlike ? nil : "its hit policy is `\(table.hitPolicy.name)`, and now `\(policy.name)`"
  }

  /// What was decided, from the texts of its outputs; nil where the decision knows no such answer.
  func outcome(_ texts: [String]) -> Outcome? {
    if !policy.isSingle { return texts.first.flatMap(collected) }
    var values: [FEELValue] = []
    for (place, text) in texts.enumerated() {
      guard let value = value(text, place) else { return nil }
      values.append(value)
    }
    if outputs.count == 1 { return .decided(values[0]) }
    var entries: [(String, FEELValue)] = []
    for (output, value) in zip(outputs, values) { entries.append((output.name ?? "", value)) }
    return .decided(.context(FEELContext(entries)))
  }

  /// One answer of one output.
  private func value(_ text: String, _ place: Int) -> FEELValue? {
    let text = translations[place][text] ?? text
    guard let value = read(text, outputs[place].type, outputs[place].allowed), isAllowed(value, place) else {
      return nil
    }
    return value
  }

  private func isAllowed(_ value: FEELValue, _ place: Int) -> Bool {
    guard let allowed = allowed[place] else { return true }
    return allowed.contains { FEELEvaluator().satisfies($0, input: value, in: .empty).result == true }
  }

  private func read(_ text: String, _ type: FEELType, _ allowed: FEELUnaryTests? = nil) -> FEELValue? {
    guard !text.isEmpty else { return nil }
    // A text may stand in the quotes of FEEL, as in a case that is decided by hand.
    let value =
      type == .string
      ? FactText.value(text, type, allowed: allowed) : FieldText.value(text, type, usesDecimalComma: usesDecimalComma)
    return value == .null ? nil : value
  }

  // MARK: - What several rules say together

  /// A list as JSON or FEEL writes it, or its items between `|` or `;`; a number of what is summed or counted.
  private func collected(_ text: String) -> Outcome? {
    let bare = FieldText.trimmed(text)
    guard !bare.isEmpty else { return nil }
    switch policy {
    case .collectSum, .collectCount: return read(translations[0][text] ?? bare, .number).map(Outcome.decided)
    case .collectMin, .collectMax: return value(text, 0).map(Outcome.decided)
    default: break
    }
    var items: [FEELValue] = []
    guard bare.utf8.first == Byte.openBracket else {
      let separator: Unicode.Scalar = bare.utf8.contains(UInt8(ascii: "|")) ? "|" : ";"
      for part in bare.parts(at: separator) {
        guard let item = value(FieldText.trimmed(part), 0) else { return nil }
        items.append(item)
      }
      return .decided(.list(items))
    }
    guard case .success(let expression) = FEELParser.expression(bare, names: FEELNames([], allowsUnknown: false)),
      case .list(let found) = expression.constant(in: .empty)
    else { return nil }
    items = found
    var values: [FEELValue] = []
    for item in items {
      // In JSON a day is a text.
      if case .string(let text) = item, outputs[0].type != .string {
        guard let value = value(text, 0) else { return nil }
        values.append(value)
      } else {
        guard outputs[0].type == .any || outputs[0].type.contains(item), !item.isNull, isAllowed(item, 0) else {
          return nil
        }
        values.append(item)
      }
    }
    return .decided(.list(values))
  }

  /// An outcome as it is compared: a list alone is the answer in it, and where no rule applies it is the empty list.
  func comparable(_ outcome: Outcome) -> Outcome {
    guard areLists else { return outcome }
    guard case .decided(let value) = outcome else { return outcome == .noRule ? .decided(.list([])) : outcome }
    guard case .list = value else { return .decided(.list([value])) }
    return outcome
  }
}
