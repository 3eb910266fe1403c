package import EthosDecision
import EthosFEEL
import EthosModel
package import EthosText

/// What a log says beside the facts of its cases.
package struct LogColumns: Sendable {
  /// The day of the decision; nil where one state of the rules is asked for all of them.
  package var day: String?
  /// The column of an output, where it is not the one of its name.
  package var outcomes: [(output: String, column: String)]
  /// The reason of an override.
  package var reason: String?

  package init(day: String? = nil, outcomes: [(output: String, column: String)] = [], reason: String? = nil) {
    self.day = day
    self.outcomes = outcomes
    self.reason = reason
  }
}

/// Everything that is fixed before the first case of a log is read.
package struct AuditPlan: Sendable {
  package let cases: ReplayPlan
  let dayField: Int?
  let outputFields: [Int]
  let outputs: [DecisionTable.Output]
  /// The texts of outputs that stand for others.
  let translations: [[String: String]]
  let reasonField: Int?
  /// From which day on which state of the rules is in force, by its place among the sides, rising; nil where none is.
  let inForce: [(from: Day, side: Int?)]

  /// A log that is held to states of a decision. `inForce` says which of them holds from which day on.
  package init(
    _ blocks: CaseBlocks, file: String, sides: [DecisionSide], log: LogColumns, inForce: [(from: Day, side: Int?)],
    mapping: CaseMapping, by: [String] = [], showsCases: Bool = false
  ) throws(CaseProblem) {
    guard let last = sides.last else { throw CaseProblem("there is no state of the rules to hold the log to") }
    var graph = last.graph
    guard let decision = graph.decision(last.key) else { throw CaseProblem("`\(last.key)` cannot be read") }
    guard decision.table.hitPolicy.isSingle else {
      throw CaseProblem(
        "`\(last.key)` answers with what several rules say together (`\(decision.table.hitPolicy.name)`)",
        help: "a log is held to decisions of which one rule answers")
    }
    let names = decision.table.outputs.map { $0.name ?? "" }
    for (output, _) in log.outcomes where !names.contains(output) {
      throw CaseProblem(
        "`\(output)` is no output of the decision",
        help: nearestName(to: output, among: names).map { "did you mean `\($0)`?" }
          ?? "its outputs are \(names.map { "`\($0)`" }.joined(separator: ", "))")
    }
    let columns = names.map { name in log.outcomes.first { $0.output == name }?.column ?? name }
    let more = columns + [log.day, log.reason].compactMap(\.self)
    cases = try ReplayPlan(
      blocks, file: file, sides: sides, mapping: mapping, by: by, reading: more, showsCases: showsCases)
    let plan = cases
    outputs = decision.table.outputs
    outputFields = columns.compactMap { plan.field(of: $0) }
    translations = names.map { mapping.translations[$0] ?? [:] }
    dayField = log.day.flatMap { plan.field(of: $0) }
    reasonField = log.reason.flatMap { plan.field(of: $0) }
    self.inForce = inForce
  }

  /// The state of the rules that was in force on a day.
  func side(on day: Day) -> Int? {
    inForce.last { $0.from <= day }?.side
  }

  /// What was decided, from the texts of its outputs; nil where the decision knows no such answer.
  func outcome(_ texts: [String]) -> Outcome? {
    var values: [FEELValue] = []
    for (place, output) in outputs.enumerated() {
      let text = translations[place][texts[place]] ?? texts[place]
      guard !text.isEmpty, let value = FactText.value(text, output.type), value != .null else { return nil }
      if let allowed = output.allowed, FEELEvaluator().satisfies(allowed, input: value, in: .empty).result != true {
        return nil
      }
      values.append(value)
    }
    if outputs.count == 1 { return .decided(values[0]) }
    var entries: [(String, FEELValue)] = []
    for (output, value) in zip(outputs, values) { entries.append((output.name ?? "", value)) }
    return .decided(.context(FEELContext(entries)))
  }
}
