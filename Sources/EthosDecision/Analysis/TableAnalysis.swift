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
      let grid = try SpaceBuilder.grid(side)
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
    switch search.gap(within: whole) {
    case .nowhere: return
    case .unfinished: findings.append(TableFinding(.unknown, "whether the rules cover every case was not settled"))
    case .found(let box, _):
      guard let witness = witness(box, where: { $0 == .noRule }) else { return }
      findings.append(
        TableFinding(
          .gap, "no rule applies \(SideText.sentence(box, grid.axes))",
          help: "add a rule for these cases, or a `default`", witness: witness))
    }
  }

  private mutating func findConflicts() {
    let combination = grid.table.combination
    guard combination == .unique || combination == .any else { return }
    var told = 0
    let table = grid.table
    for rule in 0..<Int32(table.count) {
      guard let row = table.sources[Int(rule)].row, Int(rule) >= table.guardCount else { continue }
      for other in (rule + 1)..<max(rule + 1, Int32(table.count)) {
        guard let otherRow = table.sources[Int(other)].row, table.overlaps(rule, table, other),
          combination == .unique || table.outcomes[Int(rule)] != table.outcomes[Int(other)],
          let box = table.box(of: rule, within: whole).flatMap({ table.box(of: other, within: $0) }),
          let witness = witness(box, where: { $0 == .conflict })
        else { continue }
        let policy = decision.table.hitPolicy.name
        findings.append(
          TableFinding(
            .conflict,
            "\(name(row)) and \(name(otherRow)) both apply \(SideText.sentence(box, grid.axes)), and under `\(policy)` "
              + (combination == .unique ? "no two rules may" : "rules that apply together must answer alike"),
            help: "narrow one of them, or let the order decide: `hitPolicy: first`",
            span: decision.table.rules[otherRow].span, witness: witness, rules: [row, otherRow]))
        told += 1
        if told >= TableAnalysis.maximumPairs { return }
      }
    }
  }

  private mutating func findFailures() {
    let table = grid.table
    for rule in 0..<Int32(table.count) where grid.outcomes[table.outcomes[Int(rule)]] == .outcome(.failed) {
      guard let row = table.sources[Int(rule)].row, !failing.contains(row),
        let box = failure(rule), let witness = witness(box, where: { $0 == .failed })
      else { continue }
      failing.insert(row)
      findings.append(
        TableFinding(
          .failingRule,
          "\(name(row)) cannot be evaluated \(SideText.sentence(box, grid.axes)): nothing is decided then",
          help: "compare and answer with values of the kind that the column has", span: decision.table.rules[row].span,
          witness: witness, rules: [row]))
    }
  }

  /// Where a rule fails and is the one that counts.
  private mutating func failure(_ rule: Int32) -> GridBox? {
    guard grid.table.combination == .first else { return grid.table.box(of: rule, within: whole) }
    guard case .found(let box, _) = search.reach(rule, within: whole) else { return nil }
    return box
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
    var reachable: Set<Int> = []
    for rule in 0..<Int32(table.count) {
      guard let row = table.sources[Int(rule)].row, !reachable.contains(row) else { continue }
      switch search.reach(rule, within: whole) {
      case .found: reachable.insert(row)
      case .nowhere: continue
      case .unfinished:
        reachable.insert(row)
        findings.append(
          TableFinding(
            .unknown, "whether \(name(row)) ever applies was not settled", span: decision.table.rules[row].span,
            rules: [row]))
      }
    }
    for row in rows.sorted() where !reachable.contains(row) && !failing.contains(row) {
      dead.insert(row)
      findings.append(
        TableFinding(
          .deadRule, "\(name(row)) never applies: rules before it decide all of its cases",
          help: "remove it, or move it before them", span: decision.table.rules[row].span, rules: [row]))
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
    guard decision.table.hitPolicy.isSingle || decision.table.hitPolicy == .collect else { return }
    for rule in 0..<Int32(max(0, table.count - 1)) {
      let next = rule + 1
      guard let row = table.sources[Int(rule)].row, let other = table.sources[Int(next)].row, row != other,
        !dead.contains(row), !dead.contains(other), table.outcomes[Int(rule)] == table.outcomes[Int(next)],
        hasSameWords(row, other), isWhole(rule), isWhole(next),
        // Where both apply, one rule in their place collides no more, or is collected once.
        ![.unique, .collect].contains(decision.table.hitPolicy) || !table.overlaps(rule, table, next),
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
      limits: BehaviourLimits(work: 60_000, hunkWork: 20_000, leastWork: 2_000, leaves: 1))
    return difference.isComplete && !difference.isDifferent
  }

  private mutating func append(_ row: Int, _ column: Int, _ what: String, help: String) {
    findings.append(
      TableFinding(
        .idleCondition, "the table decides the same \(what) in \(name(row))", help: help,
        span: decision.table.rules[row].testSpans[column], rules: [row]))
  }

  /// A case of a box with the outcome that was found; nil where only a condition decides and no case shows it.
  private func witness(_ box: GridBox, where isWanted: (Outcome) -> Bool) -> [BehaviourRegion.Term]? {
    var cases = CaseCheck(before: side, after: side, renamed: [], axes: grid.axes, conditions: grid.conditions)
    return cases.first(box, tries: 200, where: isWanted)?.facts.map {
      BehaviourRegion.Term($0.name, Decision.plain($0.value))
    }
  }
}
