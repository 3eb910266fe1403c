import EthosFEEL
import EthosText

/// Splits rules with formulas into rules that say the same case by case, where that can be said.
///
/// A formula is the same on an atom that is one value, and on one between constants where it only compares the fact with
/// those. So over facts with few values a condition that is no cut becomes a set of atoms, and an answer that depends on
/// the case becomes several answers that do not. What is left is as it was: where a fact may be anything, and where there
/// are too many combinations. Costs an evaluation for each combination of atoms, within a budget for all rules together;
/// rules that are alike on both sides are split alike.
final class FormulaSplit {
  private let facts: [FactAxis]
  private let axes: [Axis]
  private let conditions: Conditions
  private let names: FactNames
  private var truths: [Int: Settled] = [:]
  private var known: [RowKey: [Part]] = [:]
  /// What is left for evaluations, in steps of FEEL, and for rules that are made.
  private var steps = 3_000_000
  private var rows = 50_000

  /// Most combinations of atoms that one rule is asked about.
  private static let maximumPoints = 4_096

  init(facts: [FactAxis], conditions: Conditions, names: FactNames) {
    self.facts = facts
    axes = facts.map(\.axis)
    self.conditions = conditions
    self.names = names
  }

  /// A condition on one fact as far as it is known: what it says of atoms, and the atoms of which nothing is known.
  private struct Settled {
    var truth: FactAxis.Truth
    var open: AtomSet
  }

  private struct RowKey: Hashable {
    var box: SparseBox
    var conditions: [Int]
    var answer: TableAnswer
  }

  /// What is known of a rule at a combination of atoms.
  private enum Result: Hashable {
    case refuted
    case failing
    /// It holds where these conditions do, and answers so.
    case rest([Int], TableAnswer)
  }

  private struct Part: Hashable {
    var sets: [FactSet]
    var result: Result
  }

  private struct FactSet: Hashable {
    var fact: Int
    var set: AtomSet
  }

  // MARK: - Tables

  /// The table with its rules split.
  func split(_ table: ReducedTable, _ decision: Decision) -> ReducedTable {
    guard table.rows.contains(where: { !$0.conditions.isEmpty || !$0.answer.isConstant }) else { return table }
    var result = table
    result.rows = []
    for row in table.rows { append(row, decision, to: &result) }
    return result
  }

  /// The parts in which an answer where no rule holds is known, in place of one that depends on the case.
  func split(_ answer: TableAnswer, _ decision: Decision) -> [(box: SparseBox, answer: TableAnswer)] {
    guard !answer.isConstant else { return [] }
    return parts(RowKey(box: [:], conditions: [], answer: answer), decision).compactMap { part in
      guard case .rest(_, let answer) = part.result else { return nil }
      var box = SparseBox()
      for side in part.sets where side.set != facts[side.fact].all { box.narrow(side.fact, side.set) }
      return (box, answer)
    }
  }

  private func append(_ row: ReducedRow, _ decision: Decision, to table: inout ReducedTable) {
    guard !row.conditions.isEmpty || !row.answer.isConstant else {
      table.rows.append(row)
      return
    }
    var row = row
    var box = SparseBox()
    for cell in row.cells { box.narrow(table.cells[cell].fact, mayHold(table.cells[cell])) }
    row.conditions = row.conditions.filter { condition in
      guard let fact = settledFact(condition), let settled = truths[condition], settled.open.isEmpty else {
        return true
      }
      box.narrow(fact, settled.truth.holds.union(settled.truth.fails))
      row.cells.append(table.cells.count)
      table.cells.append(ReducedTable.Cell(fact: fact, cut: .always, truth: settled.truth))
      return false
    }
    guard !box.isEmpty, !row.conditions.isEmpty || !row.answer.isConstant else {
      table.rows.append(row)
      return
    }
    for part in parts(RowKey(box: box, conditions: row.conditions, answer: row.answer), decision) {
      var inner = row
      switch part.result {
      case .refuted: continue
      case .failing:
        inner.conditions = []
        inner.isFailing = true
      case .rest(let conditions, let answer):
        inner.conditions = conditions
        inner.answer = answer
      }
      for side in part.sets where side.set != facts[side.fact].all {
        let truth = FactAxis.Truth(
          holds: side.set, refuted: facts[side.fact].all.subtracting(side.set), fails: .empty)
        inner.cells.append(table.cells.count)
        table.cells.append(ReducedTable.Cell(fact: side.fact, cut: .always, truth: truth))
      }
      table.rows.append(inner)
    }
  }

  private func mayHold(_ cell: ReducedTable.Cell) -> AtomSet {
    let truth = cell.truth ?? facts[cell.fact].truth(of: cell.cut)
    return truth.holds.union(truth.fails)
  }

  // MARK: - Conditions on one fact

  /// The one fact that a condition is about, once what it says of each atom was asked; nil where it is about several.
  private func settledFact(_ condition: Int) -> Int? {
    let use = names.use(of: conditions.keys[condition])
    guard !use.isOpen, use.facts.count == 1, let fact = use.facts.first else { return nil }
    guard truths[condition] == nil else { return fact }
    var settled = Settled(truth: FactAxis.Truth(holds: .empty, refuted: .empty, fails: .empty), open: .empty)
    for atom in 0..<Int32(facts[fact].atoms.count) {
      let one = AtomSet(atom, atom)
      guard let value = value(fact, atom, use), let truth = truth(condition, [(fact, value)]) else {
        settled.open = settled.open.union(one)
        continue
      }
      switch truth {
      case 0: settled.truth.holds = settled.truth.holds.union(one)
      case 1: settled.truth.refuted = settled.truth.refuted.union(one)
      default: settled.truth.fails = settled.truth.fails.union(one)
      }
    }
    truths[condition] = settled
    return fact
  }

  /// The value that stands for an atom; nil where others in it may make a difference.
  private func value(_ fact: Int, _ atom: Int32, _ use: FactUse) -> FEELValue? {
    let axis = axes[fact]
    switch axis.atoms[Int(atom)] {
    case .null: return .null
    // A moment stands for all that are in its second.
    case .value(let value):
      return use.free.contains(fact) && OrderKey(value)?.kind.isMoment == true ? nil : value
    case .gap, .otherText:
      return use.free.contains(fact) ? nil : Witness.value(axis.atoms[Int(atom)], axis)
    case .holds: return nil
    }
  }

  /// What a condition is for values: the place among `holds(true)`, `holds(false)`, `holds(nil)`; nil where the budget
  /// is spent.
  private func truth(_ condition: Int, _ values: [(fact: Int, value: FEELValue)]) -> Int32? {
    guard steps > 0 else { return nil }
    let found = conditions.atom(condition, in: scope(values))
    steps -= found.steps + 1
    return found.atom
  }

  private func scope(_ values: [(fact: Int, value: FEELValue)]) -> FEELScope {
    var variables: [String: FEELValue] = [:]
    for (fact, value) in values { for name in names.of(fact) { variables[name] = value } }
    return FEELScope(variables: variables)
  }

  // MARK: - Rules

  private func parts(_ row: RowKey, _ decision: Decision) -> [Part] {
    if let known = known[row] { return known }
    let whole = [Part(sets: [], result: .rest(row.conditions, row.answer))]
    var plan = Plan(conditions: [], answer: nil, facts: [])
    for condition in row.conditions {
      plan.conditions.append((condition, join(names.use(of: conditions.keys[condition]), row.box, &plan.facts)))
    }
    if case .expressions(let expressions, _) = row.answer {
      plan.answer = join(names.use(of: expressions), row.box, &plan.facts)
    }
    var found = whole
    if !plan.facts.isEmpty || plan.answer != nil || plan.conditions.contains(where: { $0.use != nil }), rows > 0 {
      // What is asked about most is joined last, so that it is told in whole sets.
      plan.facts.sort { (side($0, row.box).count, $0) < (side($1, row.box).count, $1) }
      found = explore(plan, row, [], decision)
      rows -= found.count
    }
    known[row] = found
    return found
  }

  /// What is asked, in one search through the combinations of atoms of some facts.
  private struct Plan {
    var conditions: [(number: Int, use: FactUse?)]
    var answer: FactUse?
    var facts: [Int]
  }

  /// Adds the facts of a formula to those that are gone through; nil where that would be too many combinations.
  private func join(_ use: FactUse, _ box: SparseBox, _ asked: inout [Int]) -> FactUse? {
    guard !use.isOpen else { return nil }
    let all = asked + use.facts.filter { !asked.contains($0) }.sorted()
    var points = 1
    for fact in all {
      points *= max(1, side(fact, box).count)
      guard points <= FormulaSplit.maximumPoints else { return nil }
    }
    asked = all
    return use
  }

  private func side(_ fact: Int, _ box: SparseBox) -> AtomSet { box[fact] ?? facts[fact].all }

  /// Goes through the atoms of the facts that follow; atoms after which everything is the same are one set.
  private func explore(_ plan: Plan, _ row: RowKey, _ atoms: [Int32], _ decision: Decision) -> [Part] {
    guard atoms.count < plan.facts.count else { return [Part(sets: [], result: result(plan, row, atoms, decision))] }
    let fact = plan.facts[atoms.count]
    var order: [[Part]] = []
    var groups: [[Part]: [AtomSet.Range]] = [:]
    for atom in side(fact, row.box).atoms {
      let inner = explore(plan, row, atoms + [atom], decision)
      if groups[inner] == nil { order.append(inner) }
      groups[inner, default: []].append(AtomSet.Range(atom, atom))
    }
    return order.flatMap { inner -> [Part] in
      let set = AtomSet(groups[inner] ?? [])
      return inner.map { Part(sets: [FactSet(fact: fact, set: set)] + $0.sets, result: $0.result) }
    }
  }

  private func result(_ plan: Plan, _ row: RowKey, _ atoms: [Int32], _ decision: Decision) -> Result {
    func values(_ use: FactUse) -> [(fact: Int, value: FEELValue)]? {
      var values: [(fact: Int, value: FEELValue)] = []
      for (fact, atom) in zip(plan.facts, atoms) where use.facts.contains(fact) {
        guard let value = value(fact, atom, use) else { return nil }
        values.append((fact, value))
      }
      return values
    }
    var open: [Int] = []
    var failing: [Int] = []
    for (condition, use) in plan.conditions {
      guard let use, let values = values(use), let truth = truth(condition, values) else {
        open.append(condition)
        continue
      }
      if truth == 1 { return .refuted }
      if truth == 2 { failing.append(condition) }
    }
    if !failing.isEmpty {
      // Another condition may rule the case out yet.
      return open.isEmpty ? .failing : .rest(row.conditions.filter { (open + failing).contains($0) }, row.answer)
    }
    guard case .expressions(let expressions, let domain) = row.answer, let use = plan.answer, let values = values(use),
      steps > 0
    else { return .rest(open, row.answer) }
    return .rest(open, answer(expressions, domain, scope(values), decision))
  }

  private func answer(
    _ expressions: [FEELExpression], _ domain: AnswerDomain, _ scope: FEELScope, _ decision: Decision
  ) -> TableAnswer {
    var values: [FEELValue] = []
    var hasFailed = false
    for (column, expression) in expressions.enumerated() {
      let found = FEELEvaluator().value(of: expression, in: scope)
      steps -= found.steps + 1
      // A value that nobody knows, for an error, decides nothing, and one that may not be answered neither.
      if found.value == .null, !found.problems.isEmpty { hasFailed = true }
      if domain.rejects(found.value, of: expression, at: column) != nil { hasFailed = true }
      values.append(found.value)
    }
    return .outcome(hasFailed ? .failed : .decided(decision.table.answer(values)))
  }
}

/// The facts of a space by the names that formulas of either side call them.
struct FactNames {
  private var numbers: [FEELText: Int]
  private let types: [FEELType]
  private let all: Set<FEELText>

  init(_ numbers: [FEELText: Int], types: [FEELType]) {
    self.numbers = numbers
    self.types = types
    all = Set(numbers.keys)
  }

  func of(_ fact: Int) -> [String] { numbers.filter { $0.value == fact }.map(\.key.string) }

  func use(of key: Conditions.Key) -> FactUse {
    FactUse(
      key.tests, about: key.subject.string, facts: all, number: { numbers[FEELText($0)] }, type: { types[$0] })
  }

  func use(of expressions: [FEELExpression]) -> FactUse {
    FactUse(expressions, facts: all, number: { numbers[FEELText($0)] }, type: { types[$0] })
  }
}
