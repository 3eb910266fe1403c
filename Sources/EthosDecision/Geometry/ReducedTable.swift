package import EthosFEEL
import EthosModel
import EthosText

/// A row of a table with its cells as cuts of facts and as conditions.
struct ReducedRow {
  /// Cells by their number in the table.
  var cells: [Int] = []
  /// Conditions by number; see `Conditions`.
  var conditions: [Int] = []
  var answer: TableAnswer
  /// Whether the row cannot be evaluated in any case in which it might apply.
  var isFailing = false
  /// The row in the table.
  var index: Int
}

/// A table with its cells reduced, under one set of answers of the decisions that it uses.
struct ReducedTable {
  struct Cell {
    var fact: Int
    var cut: Cut
    /// What it says of each atom, where that was found otherwise than by the cut.
    var truth: FactAxis.Truth?
  }
  var rows: [ReducedRow]
  /// Each cell once, however many rows have it.
  var cells: [Cell]
  var fallback: TableAnswer
  var hitPolicy: HitPolicy
}

/// The conditions of both sides that are no cuts, by number: the same text about the same fact is one condition.
struct Conditions {
  struct Key: Hashable {
    var subject: FEELText
    var tests: FEELUnaryTests
  }
  private(set) var keys: [Key] = []
  private var numbers: [Key: Int] = [:]

  mutating func number(of tests: FEELUnaryTests, about subject: String) -> Int {
    let key = Key(subject: FEELText(subject), tests: tests)
    if let known = numbers[key] { return known }
    numbers[key] = keys.count
    keys.append(key)
    return keys.count - 1
  }

  /// What a condition is in a case: its atom of `holds(true)`, `holds(false)`, `holds(nil)`; and what asking cost.
  func atom(_ number: Int, in scope: FEELScope) -> (atom: Int32, steps: Int) {
    let value = scope.value(of: keys[number].subject.string) ?? .null
    let truth = FEELEvaluator().satisfies(keys[number].tests, input: value, in: scope)
    switch truth.result {
    case true?: return (0, truth.steps)
    case false?: return (1, truth.steps)
    case nil: return (truth.problems.isEmpty ? 1 : 2, truth.steps)
    }
  }

  /// Whether the conditions of a case are as a box has them; `spend` is told what asking cost, in steps of FEEL.
  func hold(
    _ facts: [(name: String, value: FEELValue)], _ box: GridBox, spend: (Int) -> Void = { _ in }
  ) -> Bool {
    let sides = box.sides.suffix(keys.count)
    // Where all three atoms are left nothing is asked.
    guard sides.contains(where: { $0.count < 3 }) else { return true }
    let scope = FEELScope(variables: Dictionary(facts.map { ($0.name, $0.value) }) { first, _ in first })
    for (number, side) in sides.enumerated() where side.count < 3 {
      let found = atom(number, in: scope)
      spend(found.steps)
      guard side.contains(found.atom) else { return false }
    }
    return true
  }

  /// The condition as people read it: the fact and the tests.
  func text(_ number: Int) -> String { "\(keys[number].subject.string): \(keys[number].tests.description)" }
}

/// Reduces one table: cells to cuts and conditions, answers to values.
struct TableReduction {
  let decision: Decision
  /// What the names of `uses` stand for.
  let constants: [(name: String, value: FEELValue)]
  private let cutsMoments: Bool
  private let scope: FEELScope
  private let replacement: FEELSubstitution
  private let facts: Set<FEELText>
  /// What rules may answer.
  private let domain: AnswerDomain
  /// Why the table cannot be reduced; nil where it can.
  private(set) var obstacle: String?
  /// What the cells of the table were reduced to, by their number.
  private var known: [KnownCell?] = []
  private var cells: [ReducedTable.Cell] = []
  private var answers: [[FEELExpression]: TableAnswer] = [:]

  /// What a cell was reduced to.
  private enum KnownCell {
    case always
    /// The number of a cell of the table.
    case cut(Int)
    case condition
  }

  init(_ decision: Decision, constants: [(name: String, value: FEELValue)], cutsMoments: Bool) {
    self.decision = decision
    self.cutsMoments = cutsMoments
    self.constants = constants
    var variables: [String: FEELValue] = [:]
    for (name, value) in constants { variables[name] = value }
    scope = FEELScope(variables: variables)
    replacement = FEELSubstitution(constants: constants)
    facts = Set(decision.facts.map { FEELText($0.name) })
    domain = decision.table.domain(of: .rule)
  }

  /// The reduced table, of these rows alone where some are asked for.
  ///
  /// `fact` gives the number of a fact by its name.
  mutating func run(_ asked: [Int]?, _ fact: (String) -> Int?, _ conditions: inout Conditions) -> ReducedTable {
    let table = decision.table
    var rows: [ReducedRow] = []
    if let function = constants.first(where: { FEELExpression.literal($0.value) == nil }) {
      obstacle = "what it uses as `\(function.name)` is a function"
    }
    let asked = asked ?? Array(table.rules.indices)
    rows.reserveCapacity(asked.count)
    let valueOfColumn = table.inputs.map { scope.value(of: $0.name) }
    let factOfColumn = table.inputs.map { fact($0.name) }
    let written = table.cells ?? TableCells(table.rules)
    known = Array(repeating: nil, count: written.tests.count)
    for index in asked {
      if let row = row(index, written.of(index), factOfColumn, valueOfColumn, &conditions) { rows.append(row) }
    }
    return ReducedTable(
      rows: rows, cells: cells, fallback: fallback(table), hitPolicy: table.hitPolicy)
  }

  /// A row; nil where the answers of the decisions that are used rule it out.
  private mutating func row(
    _ index: Int, _ written: ArraySlice<TableCells.Cell>, _ factOfColumn: [Int?], _ valueOfColumn: [FEELValue?],
    _ conditions: inout Conditions
  ) -> ReducedRow? {
    let rule = decision.table.rules[index]
    var row = ReducedRow(answer: knownAnswer(rule.answers), index: index)
    row.cells.reserveCapacity(written.count)
    for cell in written {
      let column = Int(cell.column)
      if let value = valueOfColumn[column] {
        // A column about the answer of a used decision is decided here.
        let tests = rule.tests[column]
        guard tests.names.allSatisfy({ !facts.contains(FEELText($0)) }) else {
          obstacle =
            "a condition on `\(decision.table.inputs[column].name)`, which another decision answers, names a fact"
          return nil
        }
        let truth = FEELEvaluator().satisfies(tests, input: value, in: scope)
        if truth.result == nil, !truth.problems.isEmpty {
          row.isFailing = true
        } else if truth.result != true {
          return nil
        }
        continue
      }
      guard let fact = factOfColumn[column] else {
        obstacle = "the column `\(decision.table.inputs[column].name)` is about no fact"
        return nil
      }
      let found = known[Int(cell.number)] ?? reduced(rule.tests[column], column, fact)
      known[Int(cell.number)] = found
      switch found {
      case .always: continue
      case .cut(let cell): row.cells.append(cell)
      case .condition:
        row.conditions.append(
          conditions.number(of: replacement.applied(to: rule.tests[column]), about: decision.table.inputs[column].name))
      }
    }
    return row
  }

  private mutating func reduced(_ tests: FEELUnaryTests, _ column: Int, _ fact: Int) -> KnownCell {
    let input = decision.table.inputs[column]
    let reduction = CutReduction(
      subject: input.name, constants: scope, facts: facts, type: input.type, cutsMoments: cutsMoments)
    guard let cut = reduction.cut(tests) else { return .condition }
    if case .always = cut { return .always }
    cells.append(ReducedTable.Cell(fact: fact, cut: cut))
    return .cut(cells.count - 1)
  }

  // MARK: - Answers

  private func fallback(_ table: DecisionTable) -> TableAnswer {
    guard table.outputs.contains(where: { $0.fallback != nil }) else { return .outcome(.noRule) }
    return answer(
      table.outputs.map { $0.fallback ?? FEELExpression(.null, Span(0, 0)) }, table.domain(of: .whole))
  }

  private mutating func knownAnswer(_ expressions: [FEELExpression]) -> TableAnswer {
    // What is written as a value is found faster than looked up.
    if expressions.count == 1, expressions[0].isLiteral { return answer(expressions, domain) }
    if let known = answers[expressions] { return known }
    let answer = answer(expressions, domain)
    answers[expressions] = answer
    return answer
  }

  private func answer(_ expressions: [FEELExpression], _ domain: AnswerDomain) -> TableAnswer {
    var values: [FEELValue] = []
    var isRejected = false
    for (column, expression) in expressions.enumerated() {
      guard expression.isConstant(in: scope), expression.names.allSatisfy({ !facts.contains(FEELText($0)) }),
        let found = expression.evaluated(in: scope)
      else { return .expressions(expressions.map { replacement.applied(to: $0) }, domain) }
      isRejected =
        isRejected || (found.value == .null && found.hasProblems)
        || domain.rejects(found.value, of: expression, at: column) != nil
      values.append(found.value)
    }
    return isRejected ? .outcome(.failed) : .outcome(.decided(decision.table.answer(values)))
  }
}

extension DecisionTable {
  /// The answer of one value by output: a context, or the bare value where there is one output.
  package func answer(_ values: [FEELValue]) -> FEELValue {
    if outputs.count == 1, let value = values.first { return value }
    return .context(FEELContext(zip(outputs, values).map { ($0.name ?? "", $1) }))
  }
}
