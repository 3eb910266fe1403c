package import EthosDecision
import EthosFEEL
import EthosModel
package import EthosText

/// What a log says beside the facts of its cases.
package struct LogColumns: Sendable {
  /// The day of the decision; nil where nobody asks for it.
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

/// What is asked of a log.
package struct AuditQuestion: Sendable {
  /// Columns by which cases are grouped: each by itself, and all of them together.
  package var by: [String]
  /// A condition of FEEL that cases meet.
  package var condition: String?
  /// The first day of the cases that are meant.
  package var since: Day?
  /// Whether every departure is kept with its row.
  package var lists: Bool
  /// Whether what stands in cases is shown.
  package var showsCases: Bool

  package init(
    by: [String] = [], condition: String? = nil, since: Day? = nil, lists: Bool = false, showsCases: Bool = false
  ) {
    self.by = by
    self.condition = condition
    self.since = since
    self.lists = lists
    self.showsCases = showsCases
  }
}

/// Everything that is fixed before the first case of a log is read.
package struct AuditPlan: Sendable {
  package let cases: ReplayPlan
  let question: AuditQuestion
  let condition: CaseCondition?
  let dayField: Int?
  let outputFields: [Int]
  let answers: LogAnswers
  let reasonField: Int?
  private let usesDecimalComma: Bool
  /// From which day on which state of the rules is in force, rising.
  private let inForce: [(from: Day, state: StateInForce)]
  /// The place of the column of the system among those by which cases are grouped.
  let systemSegment: Int?
  /// How many columns cases are grouped by beside it.
  var crossed: Int { question.by.count }
  /// For each side the exceptions from the decision.
  let exceptions: [[AcceptedDeviation]]
  package let unapplied: [UnappliedException]
  /// For each side what its values accept to be lost.
  package let frictions: [[Friction]]
  /// Whether each case is held to the state of its day.
  package var hasDays: Bool { dayField != nil && fixed == nil }

  /// The state that all cases are held to, whatever their day; nil where each is held to its day's.
  let fixed: Int?

  /// A log that is held to states of a decision.
  ///
  /// `inForce` says which of them holds from which day on; where `fixed` is given, all cases are held to it. States
  /// that cannot read the log are left out, unless all cases are held to them; each has a mapping of its own.
  package init(
    _ blocks: CaseBlocks, file: String, sides: [DecisionSide], log: LogColumns, inForce: [(from: Day, side: Int?)],
    fixed: Int? = nil, mappings: [CaseMapping], typed: [TypedMapping] = [], question: AuditQuestion = AuditQuestion()
  ) throws(CaseProblem) {
    self.question = question
    let newest = fixed ?? sides.count - 1
    guard sides.indices.contains(newest) else {
      throw CaseProblem("there is no state of the rules to hold the log to")
    }
    var tables: [DecisionTable?] = []
    for side in sides {
      var graph = side.graph
      tables.append(graph.decision(side.key)?.table)
    }
    guard let table = tables[newest] else { throw CaseProblem("`\(sides[newest].key)` cannot be read") }
    let names = table.outputs.map { $0.name ?? "" }
    for (output, _) in log.outcomes where !names.contains(output) {
      throw CaseProblem(
        "`\(output)` is no output of the decision",
        help: nearestName(to: output, among: names).map { "did you mean `\($0)`?" }
          ?? "its outputs are \(names.map { "`\($0)`" }.joined(separator: ", "))")
    }
    let plain = try LogAnswers(table, also: [], mappings[newest])
    var without: [Int: CaseProblem] = [:]
    for (place, other) in tables.enumerated() {
      if let reason = other.flatMap(plain.obstacle) { without[place] = CaseProblem(reason) }
    }
    answers = try LogAnswers(
      table, also: tables.indices.compactMap { without[$0] == nil ? tables[$0] : nil }, mappings[newest])
    let columns = names.map { name in log.outcomes.first { $0.output == name }?.column ?? name }
    let grouped = question.by + [log.system].compactMap(\.self)
    systemSegment = log.system.map { _ in question.by.count }
    // What exceptions and frictions ask for is read where the log has it.
    let asked = AuditPlan.columnsAsked(of: sides).filter { name in blocks.columns.count { $0 == name } == 1 }
    var graph = sides[newest].graph
    let facts = graph.facts(of: sides[newest].key).map(\.name)
    let meant = try question.condition.map { text throws(CaseProblem) in
      try CaseCondition.parsed(text, columns: blocks.columns, facts: facts)
    }
    let more =
      columns + [log.day, log.reason].compactMap(\.self) + asked + (meant?.names ?? []).filter { !facts.contains($0) }
    let required = fixed
    cases = try ReplayPlan(
      blocks, file: file, sides: sides, mappings: mappings, typed: typed, without: without,
      needs: { $0 == required }, by: grouped, reading: more, showsCases: question.showsCases)
    let plan = cases
    outputFields = columns.compactMap { plan.field(of: $0) }
    dayField = log.day.flatMap { plan.field(of: $0) }
    reasonField = log.reason.flatMap { plan.field(of: $0) }
    usesDecimalComma = mappings[newest].usesDecimalComma
    self.fixed = fixed.flatMap { plan.kept.firstIndex(of: $0) }
    self.inForce = inForce.map { from, side in
      let kept = side.flatMap { plan.kept.firstIndex(of: $0) }
      return (from, kept.map(StateInForce.side) ?? side.map(StateInForce.unread) ?? .nothing)
    }
    // The facts of a condition are those of the rules in question, as they are read for them.
    let main = plan.kept.firstIndex(of: newest) ?? plan.sides.count - 1
    condition = meant.map {
      CaseCondition(
        $0.expression, $0.names, plan.sides[main], plan.coders, usesDecimalComma: mappings[newest].usesDecimalComma,
        field: plan.field)
    }
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
  }

  /// The number that a text stands for, as the file writes numbers.
  func number(_ text: String) -> FEELNumber? {
    let text = text.replacingScalar(" ", with: "")
    guard case .number(let number) = FieldText.value(text, .number, usesDecimalComma: usesDecimalComma) else {
      return nil
    }
    return number
  }

  /// The state of the rules that was in force on a day.
  func state(on day: Day) -> StateInForce {
    fixed.map(StateInForce.side) ?? inForce.last { $0.from <= day }?.state ?? .nothing
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

/// What was in force on the day of a case.
enum StateInForce: Sendable, Hashable {
  case nothing
  /// A state, by its place among those that read the log.
  case side(Int)
  /// A state that cannot read the log, by its place among all.
  case unread(Int)

  init(code: Int32) {
    self = code >= 0 ? .side(Int(code)) : code == -1 ? .nothing : .unread(Int(-2 - code))
  }

  var code: Int32 {
    switch self {
    case .nothing: -1
    case .side(let side): Int32(side)
    case .unread(let state): -2 - Int32(state)
    }
  }
}
