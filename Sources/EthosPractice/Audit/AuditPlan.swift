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
  /// The system that decided.
  package var system: String?

  package init(
    day: String? = nil, outcomes: [(output: String, column: String)] = [], reason: String? = nil, system: String? = nil
  ) {
    self.day = day
    self.outcomes = outcomes
    self.reason = reason
    self.system = system
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
  private let usesDecimalComma: Bool
  /// From which day on which state of the rules is in force, by its place among the sides, rising; nil where none is.
  let inForce: [(from: Day, side: Int?)]
  /// The place of the column of the system among those by which cases are grouped.
  let systemSegment: Int?
  /// For each side the exceptions from the decision.
  let exceptions: [[AcceptedDeviation]]
  package let unapplied: [UnappliedException]
  /// For each side what its values accept to be lost.
  package let frictions: [[Friction]]
  /// Whether the log has the days of its cases.
  package var hasDays: Bool { dayField != nil }

  /// The state that all cases are held to, whatever their day.
  let fixed: Int

  /// A log that is held to states of a decision. `inForce` says which of them holds from which day on; where the log has no
  /// days, all cases are held to `fixed`, or else the last.
  package init(
    _ blocks: CaseBlocks, file: String, sides: [DecisionSide], log: LogColumns, inForce: [(from: Day, side: Int?)],
    fixed: Int? = nil, mapping: CaseMapping, by: [String] = [], showsCases: Bool = false
  ) throws(CaseProblem) {
    self.fixed = fixed ?? sides.count - 1
    guard sides.indices.contains(self.fixed), let last = Optional(sides[self.fixed]) else {
      throw CaseProblem("there is no state of the rules to hold the log to")
    }
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
    let grouped = by + [log.system].compactMap(\.self)
    systemSegment = log.system.map { _ in by.count }
    // What exceptions and frictions ask for is read where the log has it.
    let asked = AuditPlan.columnsAsked(of: sides).filter { name in blocks.columns.count { $0 == name } == 1 }
    let more = columns + [log.day, log.reason].compactMap(\.self) + asked
    cases = try ReplayPlan(
      blocks, file: file, sides: sides, mapping: mapping, by: grouped, reading: more, showsCases: showsCases)
    let plan = cases
    outputs = decision.table.outputs
    outputFields = columns.compactMap { plan.field(of: $0) }
    translations = names.map { mapping.translations[$0] ?? [:] }
    dayField = log.day.flatMap { plan.field(of: $0) }
    reasonField = log.reason.flatMap { plan.field(of: $0) }
    usesDecimalComma = mapping.usesDecimalComma
    var unapplied: [UnappliedException] = []
    var exceptions: [[AcceptedDeviation]] = []
    for (place, side) in cases.sides.enumerated() {
      var graph = side.side.graph
      let facts = graph.facts(of: side.side.key)
      exceptions.append([])
      for rule in ExceptionRule.all(from: side.decision, in: graph.snapshot, facts: facts) {
        if let deviation = AcceptedDeviation(rule, side, plan.coders, field: plan.field) {
          exceptions[place].append(deviation)
        } else {
          let lacking = rule.when.map(\.name).first { plan.column(of: $0) == nil }
          let reason = rule.problem ?? lacking.map { "the log has no column for `\($0)`" } ?? "it cannot be read"
          unapplied.append(UnappliedException(side: place, key: rule.key, reason: reason))
        }
      }
    }
    self.exceptions = exceptions
    self.unapplied = unapplied
    frictions = cases.sides.map { Friction.all(of: $0, $0.side.graph.snapshot, field: plan.field) }
    self.inForce = inForce
  }

  /// The number that a text stands for, as the file writes numbers.
  func number(_ text: String) -> FEELNumber? {
    let text = text.replacingScalar(" ", with: "")
    guard usesDecimalComma else { return FEELNumber(text) }
    return text.utf8.contains(Byte.point) ? nil : FEELNumber(text.replacingScalar(",", with: "."))
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
      guard !text.isEmpty, let value = FactText.value(text, output.type, allowed: output.allowed), value != .null else {
        return nil
      }
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

  /// The columns that the exceptions and values of some states name, beside the facts.
  private static func columnsAsked(of sides: [DecisionSide]) -> [String] {
    var columns: [String] = []
    for side in sides {
      let snapshot = side.graph.snapshot
      for exception in snapshot.all(.exception) {
        columns += (exception.meaning["when"]?.record?.names ?? []).map(Prose.collapsed)
      }
      for value in snapshot.all(.value) {
        columns += (value.meaning["friction"]?.list ?? []).compactMap { $0.record?["measure"]?.text }
      }
    }
    return columns
  }
}
