import EthosFEEL
import EthosModel
import EthosText

/// Analyses one table: gaps, collisions, rules that never apply, rules that could be one, conditions that no rule needs.
///
/// Exact within its budget: what could not be settled is a finding of its own. Every case that is shown was decided by the
/// reference evaluation. Costs a search for each rule, a look at each pair of rules, and, in tables of up to
/// `maximumCells` conditions, a comparison for each of them.
package struct TableAnalysis {
  private let side: DecisionSide
  private let decision: Decision
  private let grid: DecisionGrid
  private var search: GridSearch
  private var findings: [TableFinding] = []
  private var dead: Set<Int> = []
  /// Rows that cannot be evaluated in some case.
  private var failing: Set<Int> = []

  /// Most pairs of colliding rules that are told.
  private static let maximumPairs = 20
  /// Most conditions that are tried without.
  private static let maximumCells = 300

  /// What a decision's table says of itself; nothing where the decision has errors.
  package static func findings(_ side: DecisionSide, work: Int = 50_000_000) -> [TableFinding] {
    var graph = side.graph
    guard let decision = graph.decision(side.key), graph.obstacle(to: side.key) == nil else { return [] }
    do throws(NotReducible) {
      let grid = try SpaceBuilder.grid(side, isSplit: true, moments: true)
      var analysis = TableAnalysis(
        side: side, decision: decision, grid: grid, search: GridSearch(grid, work: work))
      analysis.run()
      return analysis.findings
    } catch {
      return [TableFinding(.unknown, "the table cannot be analysed: \(error.reason)")]
    }
  }

  private init(side: DecisionSide, decision: Decision, grid: DecisionGrid, search: GridSearch) {
    self.side = side
    self.decision = decision
    self.grid = grid
    self.search = search
  }

  private mutating func run() {
    let empty = grid.axes.filter { $0.atomCount == 0 }
    guard empty.isEmpty else {
      // Of no case at all everything is true.
      findings = empty.map { axis in
        TableFinding(
          .emptyInput, "`\(axis.name)` allows no value, so that no case can be decided",
          help: "correct its `allowed`, `type` and `step`")
      }
      return
    }
    findGap()
    findConflicts()
    findFailures()
    findDeadRules()
    findMergeable()
    findIdleConditions()
  }

  private var whole: GridBox { GridBox(grid.axes) }

  private func name(_ row: Int) -> String { "`\(decision.name(ofRule: row))`" }

  // MARK: - Gaps and collisions

  private mutating func findGap() {
    guard decision.table.hitPolicy.isSingle, decision.table.outputs.allSatisfy({ $0.fallback == nil }) else { return }
    let shown = showing(.gap, .noRule)
    if let (box, witness) = shown.found {
      findings.append(
        TableFinding(
          .gap, "no rule applies \(SideText.sentence(box, grid.axes))",
          help: "add a rule for these cases, or a `default`", witness: witness))
    } else if let box = shown.open {
      findings.append(
        TableFinding(
          .unknown,
          "whether the rules cover every case was not settled: no case was found, and none was ruled out, "
            + "\(SideText.sentence(box, grid.axes))",
          help: "add a `default`, or a last rule of `-` alone"))
    } else if shown.isUnfinished {
      findings.append(TableFinding(.unknown, "whether the rules cover every case was not settled"))
    }
  }

  /// What a search came to: a part with a case that shows it, or one in which no case was found and none ruled out.
  private struct Shown {
    var found: (box: GridBox, witness: [BehaviourRegion.Term])?
    /// The rules behind the case; under `conflict` those that collide.
    var rules: [Int] = []
    var open: GridBox?
    var isUnfinished = false
  }

  /// What is searched: where no rule holds, where no rule refuses a part, where a rule is the first that holds.
  private enum Quest {
    case gap
    case unrefused(GridBox)
    case reach(Int32)
  }

  /// Most parts in which a case is looked for.
  private static let maximumMisses = 40

  /// Searches until a part has a case with the outcome.
  ///
  /// Where only conditions that are no cuts decide, a part may have none, and the search goes on.
  private mutating func showing(
    _ quest: Quest, _ wanted: Outcome
  ) -> Shown {
    var shown = Shown()
    var cases = CaseCheck(
      before: side, after: side, renamed: [], axes: grid.axes, conditions: grid.conditions, outcomes: grid.outcomes)
    var misses = 0
    var graph = side.graph
    let side = side
    let accept: GridSearch.Accept = { box in
      if cases.isEmpty(box) { return false }
      if let facts = cases.first(box, tries: 500, where: { $0 == wanted })?.facts {
        shown.found = (box, facts.map { BehaviourRegion.Term($0.name, Decision.plain($0.value)) })
        shown.rules = graph.decide(side.key, facts: facts)?.rules ?? []
        return true
      }
      if shown.open == nil { shown.open = box }
      misses += 1
      return misses >= TableAnalysis.maximumMisses
    }
    let whole = self.whole
    let end =
      switch quest {
      case .gap: search.gap(within: whole, accept)
      case .unrefused(let box): search.unrefused(within: box, accept)
      case .reach(let rule): search.reach(rule, within: whole, accept)
      }
    if case .unfinished = end { shown.isUnfinished = true }
    return shown
  }

  private mutating func findConflicts() {
    let combination = grid.table.combination
    let policy = decision.table.hitPolicy
    if combination == .first, policy == .unique || policy == .any { return findComposedConflicts() }
    guard combination == .unique || combination == .any else { return }
    var told: Set<[Int]> = []
    let table = grid.table
    for rule in 0..<Int32(table.count) {
      guard let row = table.sources[Int(rule)].row, Int(rule) >= table.guardCount else { continue }
      for other in (rule + 1)..<max(rule + 1, Int32(table.count)) {
        guard let otherRow = table.sources[Int(other)].row, row != otherRow, !told.contains([row, otherRow]),
          table.overlaps(rule, table, other),
          combination == .unique || table.outcomes[Int(rule)] != table.outcomes[Int(other)],
          let both = table.box(of: rule, within: whole).flatMap({ table.box(of: other, within: $0) })
        else { continue }
        let shown = showing(.unrefused(both), .conflict)
        guard let finding = conflict(row, otherRow, shown) else { continue }
        findings.append(finding)
        told.insert([row, otherRow])
        if told.count >= TableAnalysis.maximumPairs { return }
      }
    }
  }

  /// Beside another decision the table is a list, in which a row of its own stands where rules collide; which they are, the
  /// reference says of the case.
  private mutating func findComposedConflicts() {
    let table = grid.table
    var told: Set<[Int]> = []
    var open: Set<Int> = []
    for rule in 0..<Int32(table.count)
    where grid.outcomes[table.outcomes[Int(rule)]] == .outcome(.conflict) && told.count < TableAnalysis.maximumPairs {
      guard let row = table.sources[Int(rule)].row else { continue }
      let shown = showing(.reach(rule), .conflict)
      guard shown.found != nil else {
        if shown.open != nil || shown.isUnfinished { open.insert(row) }
        continue
      }
      guard shown.rules.count > 1, told.insert(Array(shown.rules.prefix(2))).inserted,
        let finding = conflict(shown.rules[0], shown.rules[1], shown)
      else { continue }
      findings.append(finding)
    }
    guard told.isEmpty, let first = open.min() else { return }
    findings.append(
      TableFinding(
        .unknown,
        "whether \(name(first)) ever applies together with another rule, which under "
          + "`\(decision.table.hitPolicy.name)` it may not, was not settled", span: decision.table.rules[first].span,
        rules: open.sorted()))
  }

  private func conflict(_ row: Int, _ other: Int, _ shown: Shown) -> TableFinding? {
    let policy = decision.table.hitPolicy.name
    let span = decision.table.rules[other].span
    guard let (box, witness) = shown.found else {
      guard shown.open != nil || shown.isUnfinished else { return nil }
      return TableFinding(
        .unknown,
        "whether \(name(row)) and \(name(other)) ever apply together, which under `\(policy)` they may not, "
          + "was not settled", span: span, rules: [row, other])
    }
    return TableFinding(
      .conflict,
      "\(name(row)) and \(name(other)) both apply \(SideText.sentence(box, grid.axes)), and under `\(policy)` "
        + (decision.table.hitPolicy == .unique ? "no two rules may" : "rules that apply together must answer alike"),
      help: "narrow one of them, or let the order decide: `hitPolicy: first`",
      span: span, witness: witness, rules: [row, other])
  }

  private mutating func findFailures() {
    let table = grid.table
    for rule in 0..<Int32(table.count) where grid.outcomes[table.outcomes[Int(rule)]] == .outcome(.failed) {
      guard let row = table.sources[Int(rule)].row, !failing.contains(row) else { continue }
      // Where it is the one that counts; what is refused before it fails for another reason.
      let shown = showing(.reach(rule), .failed)
      guard let (box, witness) = shown.found else { continue }
      failing.insert(row)
      findings.append(
        TableFinding(
          .failingRule,
          "\(name(row)) cannot be evaluated \(SideText.sentence(box, grid.axes)): nothing is decided then",
          help: "compare and answer with values of the kind that the column has", span: failingCell(row, witness),
          witness: witness, rules: [row]))
    }
  }

  /// The cell of a row that goes wrong in a case; the row where none does alone.
  private func failingCell(_ row: Int, _ witness: [BehaviourRegion.Term]) -> Span? {
    let rule = decision.table.rules[row]
    var variables = grid.constants
    for (column, input) in decision.table.inputs.enumerated() {
      guard let term = witness.first(where: { $0.input == input.name }), rule.testSpans.indices.contains(column) else {
        continue
      }
      guard let value = FactText.value(term.text, input.type, allowed: input.allowed) else { continue }
      variables = FEELScope(variables: [input.name: value], parent: variables)
    }
    for (column, input) in decision.table.inputs.enumerated() where rule.testSpans.indices.contains(column) {
      guard let value = variables.value(of: input.name) else { continue }
      let truth = FEELEvaluator().satisfies(rule.tests[column], input: value, in: variables)
      if truth.result == nil, !truth.problems.isEmpty { return rule.testSpans[column] ?? rule.span }
    }
    for (answer, span) in zip(rule.answers, rule.answerSpans) {
      let found = FEELEvaluator().value(of: answer, in: variables)
      if found.value == .null, !found.problems.isEmpty { return span ?? rule.span }
    }
    return rule.span
  }

  // MARK: - Rules that do nothing

  private mutating func findDeadRules() {
    let table = grid.table
    let rows = Set(table.sources.compactMap(\.row))
    for row in decision.table.rules.indices where !rows.contains(row) {
      dead.insert(row)
      findings.append(emptyRule(row))
    }
    guard table.combination == .first else { return }
    // Under `unique` and `any` no answer counts before another: a rule that meets others collides, which is said.
    let isOrdered = decision.table.hitPolicy != .unique && decision.table.hitPolicy != .any
    let colliding = isOrdered ? [] : Set(findings.filter { $0.kind == .conflict }.flatMap(\.rules))
    var reachable: Set<Int> = []
    var unsettled: [Int] = []
    for rule in 0..<Int32(table.count) {
      guard let row = table.sources[Int(rule)].row, !reachable.contains(row) else { continue }
      switch search.reach(rule, within: whole) {
      case .found: reachable.insert(row)
      case .nowhere: continue
      case .unfinished:
        reachable.insert(row)
        unsettled.append(row)
      }
    }
    if let first = unsettled.first {
      let names = unsettled.prefix(3).map(name).joined(separator: ", ")
      let which =
        unsettled.count == 1 ? name(first) : "\(unsettled.count) rules (\(names)\(unsettled.count > 3 ? ", …" : ""))"
      findings.append(
        TableFinding(
          .unknown, "whether \(which) ever \(unsettled.count == 1 ? "applies" : "apply") was not settled",
          span: decision.table.rules[first].span, rules: unsettled))
    }
    for row in rows.sorted() where !reachable.contains(row) && !failing.contains(row) && !colliding.contains(row) {
      dead.insert(row)
      findings.append(
        TableFinding(
          .deadRule, "\(name(row)) never applies: \(precedence.who) decide all of its cases",
          help: "remove it, or \(precedence.remedy)", span: decision.table.rules[row].span, rules: [row]))
    }
  }

  /// Which rules answer in the place of another that applies too, and what lets that one answer.
  private var precedence: (who: String, remedy: String) {
    let policy = decision.table.hitPolicy
    switch policy.order {
    case .ofRules: return ("rules before it", "move it before them")
    case .ofEqualAnswers:
      return (
        "rules whose answers come first in `allowed`, or come no later and stand higher up,",
        "narrow them, or give its answer a higher place in `allowed`"
      )
    case .nothing:
      return ("rules whose answers count before its own under `\(policy.name)`", "narrow them, or change its answer")
    }
  }

  /// A rule that no case satisfies, at the cell that rules all out where there is one.
  private func emptyRule(_ row: Int) -> TableFinding {
    let rule = decision.table.rules[row]
    for (column, tests) in rule.tests.enumerated() {
      let input = decision.table.inputs[column]
      guard let axis = grid.facts.first(where: { $0.name == input.name }),
        let cut = CutReduction(subject: input.name, constants: grid.constants, facts: []).cut(tests),
        axis.truth(of: cut).holds.isEmpty
      else { continue }
      return TableFinding(
        .deadRule, "\(name(row)) never applies: no value that `\(input.name)` may have satisfies `\(tests)`",
        help: "compare it with `allowed`", span: rule.testSpans[column], rules: [row])
    }
    return TableFinding(
      .deadRule, "\(name(row)) never applies: no case satisfies all of its conditions", span: rule.span, rules: [row])
  }

  // MARK: - Rules and conditions that could go

  private mutating func findMergeable() {
    let table = grid.table
    guard decision.table.hitPolicy.answer != .aggregate else { return }
    for rule in 0..<Int32(max(0, table.count - 1)) {
      let next = rule + 1
      guard let row = table.sources[Int(rule)].row, let other = table.sources[Int(next)].row, row != other,
        !dead.contains(row), !dead.contains(other), table.outcomes[Int(rule)] == table.outcomes[Int(next)],
        hasSameWords(row, other), isWhole(rule), isWhole(next),
        // Where both apply, one rule in their place collides no more, or is listed once.
        (decision.table.hitPolicy != .unique && decision.table.hitPolicy.isSingle)
          || !table.overlaps(rule, table, next),
        let axis = onlyDifference(rule, next)
      else { continue }
      let union = (table.set(of: rule, on: axis) ?? whole.sides[axis])
        .union(table.set(of: next, on: axis) ?? whole.sides[axis])
      let cell = union == whole.sides[axis] ? "-" : SideText.text(union, grid.axes[axis])
      findings.append(
        TableFinding(
          .mergeable, "\(name(row)) and \(name(other)) could be one rule",
          help: "write `\(cell)` for `\(grid.axes[axis].name)`", span: decision.table.rules[other].span,
          rules: [row, other]))
    }
  }

  /// Whether a rule of the grid is a row and all of it; a box in which a row cannot be evaluated is not the row.
  private func isWhole(_ rule: Int32) -> Bool {
    let table = grid.table
    guard let row = table.sources[Int(rule)].row, Int(rule) >= table.guardCount else { return false }
    return table.sources.count { $0.row == row } == 1
      && grid.outcomes[table.outcomes[Int(rule)]] != .outcome(.failed)
  }

  private func hasSameWords(_ row: Int, _ other: Int) -> Bool {
    let (left, right) = (decision.table.rules[row], decision.table.rules[other])
    return left.enacts == right.enacts && left.over == right.over && left.because == right.because
  }

  /// The one axis, of those that are facts, on which two rules differ.
  private func onlyDifference(_ rule: Int32, _ other: Int32) -> Int? {
    let differing = grid.axes.indices.filter { axis in
      grid.table.set(of: rule, on: axis) != grid.table.set(of: other, on: axis)
    }
    guard differing.count == 1, grid.axes[differing[0]].kind != .condition else { return nil }
    return differing[0]
  }

  private mutating func findIdleConditions() {
    let table = grid.table
    guard table.constraints.count <= TableAnalysis.maximumCells else { return }
    for rule in 0..<Int32(table.count) {
      guard let row = table.sources[Int(rule)].row, !dead.contains(row), isWhole(rule) else { continue }
      for constraint in table.constraints(of: rule) {
        let axis = Int(constraint.axis)
        // Facts that are names are often said in full for the reader's sake; a threshold is there to part cases.
        guard grid.facts.indices.contains(axis), grid.facts[axis].isOrdered,
          let column = decision.table.inputs.firstIndex(where: { $0.name == grid.axes[axis].name })
        else { continue }
        if isSame(table.widening(rule, axis: axis, to: nil)) {
          append(
            row, column, "without the condition on `\(decision.table.inputs[column].name)`", help: "write `-` there")
        } else if let bound = idleBound(rule, table.set(constraint), axis) {
          append(row, column, "without the \(bound.name) bound", help: "write `\(bound.cell)` there")
        }
      }
    }
  }

  /// A bound of a range that has two, without which the table decides the same.
  private func idleBound(_ rule: Int32, _ set: AtomSet, _ axis: Int) -> (name: String, cell: String)? {
    let last = Int32(grid.facts[axis].all.subtracting(grid.facts[axis].null).count) - 1
    guard set.isRange, set.low > 0, set.high < last else { return nil }
    for (name, wider) in [("lower", AtomSet(0, set.high)), ("upper", AtomSet(set.low, last))]
    where isSame(grid.table.widening(rule, axis: axis, to: wider)) {
      return (name, SideText.text(wider, grid.axes[axis]))
    }
    return nil
  }

  /// Whether a table is proved to decide as this one, at little cost.
  private func isSame(_ other: GridTable) -> Bool {
    var outcomes = grid.outcomes
    let difference = GridComparison.difference(
      .aligned(grid.axes, grid.table, other), &outcomes,
      limits: .glance)
    return difference.isComplete && !difference.isDifferent
  }

  private mutating func append(_ row: Int, _ column: Int, _ what: String, help: String) {
    findings.append(
      TableFinding(
        .idleCondition, "the table decides the same \(what) in \(name(row))", help: help,
        span: decision.table.rules[row].testSpans[column], rules: [row]))
  }
}
