package import EthosFEEL
import EthosModel
import EthosText

/// A row of a table with its cells as cuts of facts and as conditions.
struct ReducedRow {
  struct Cell {
    var fact: Int
    var cut: Cut
    /// Cells of a table with the same number are the same.
    var number: Int
  }
  var cells: [Cell] = []
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
  var rows: [ReducedRow]
  /// How many numbers of cells there are.
  var cellCount: Int
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

  /// What a condition is in a case: its atom of `holds(true)`, `holds(false)`, `holds(nil)`.
  func atom(_ number: Int, in scope: FEELScope) -> Int32 {
    let value = scope.value(of: keys[number].subject.string) ?? .null
    let truth = FEELEvaluator().satisfies(keys[number].tests, input: value, in: scope)
    switch truth.result {
    case true?: return 0
    case false?: return 1
    case nil: return truth.problems.isEmpty ? 1 : 2
    }
  }

  /// The condition as people read it: the fact and the tests.
  func text(_ number: Int) -> String { "\(keys[number].subject.string): \(keys[number].tests.description)" }
}

/// Reduces one table: cells to cuts and conditions, answers to values.
struct TableReduction {
  let decision: Decision
  /// What the names of `uses` stand for.
  let constants: [(name: String, value: FEELValue)]
  private let scope: FEELScope
  private let replacement: NameReplacement
  private let facts: Set<FEELText>
  /// Why the table cannot be reduced; nil where it can.
  private(set) var obstacle: String?
  private var cuts: [CellKey: NumberedCut] = [:]
  /// The same by the number that the reader gave the cell.
  private var numberedCuts: [NumberedCut?] = []
  private var cellCount = 0
  private var answers: [[FEELExpression]: TableAnswer] = [:]

  private struct NumberedCut {
    var cut: Cut?
    var number: Int
  }

  private struct CellKey: Hashable {
    var column: Int
    var tests: FEELUnaryTests
  }

  init(_ decision: Decision, constants: [(name: String, value: FEELValue)]) {
    self.decision = decision
    self.constants = constants
    var variables: [String: FEELValue] = [:]
    for (name, value) in constants { variables[name] = value }
    scope = FEELScope(variables: variables)
    replacement = NameReplacement(constants: constants)
    facts = Set(decision.facts.map { FEELText($0.name) })
  }

  /// The reduced table. `fact` gives the number of a fact by its name.
  mutating func run(_ fact: (String) -> Int?, _ conditions: inout Conditions) -> ReducedTable {
    let table = decision.table
    var rows: [ReducedRow] = []
    rows.reserveCapacity(table.rules.count)
    let valueOfColumn = table.inputs.map { scope.value(of: $0.name) }
    let factOfColumn = table.inputs.map { fact($0.name) }
    for (index, rule) in table.rules.enumerated() {
      if let row = row(rule, index, factOfColumn, valueOfColumn, &conditions) { rows.append(row) }
    }
    return ReducedTable(
      rows: rows, cellCount: cellCount, fallback: fallback(table), hitPolicy: table.hitPolicy)
  }

  /// A row; nil where the answers of the decisions that are used rule it out.
  private mutating func row(
    _ rule: DecisionTable.Rule, _ index: Int, _ factOfColumn: [Int?], _ valueOfColumn: [FEELValue?],
    _ conditions: inout Conditions
  ) -> ReducedRow? {
    var row = ReducedRow(answer: knownAnswer(rule.answers), index: index)
    row.cells.reserveCapacity(rule.tests.count)
    for (column, tests) in rule.tests.enumerated() {
      if case .any = tests { continue }
      if let value = valueOfColumn[column] {
        // A column about the answer of a used decision is decided here.
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
      guard let number = factOfColumn[column] else { continue }
      let name = decision.table.inputs[column].name
      let known = cut(tests, rule.testNumbers.isEmpty ? nil : rule.testNumbers[column], column, name)
      if let cut = known.cut {
        if case .always = cut { continue }
        row.cells.append(ReducedRow.Cell(fact: number, cut: cut, number: known.number))
      } else {
        row.conditions.append(conditions.number(of: replacement.applied(to: tests), about: name))
      }
    }
    return row
  }

  private mutating func cut(
    _ tests: FEELUnaryTests, _ number: Int?, _ column: Int, _ subject: String
  ) -> NumberedCut {
    if let number, number < numberedCuts.count, let known = numberedCuts[number] { return known }
    let key = CellKey(column: column, tests: tests)
    let found: NumberedCut
    if number == nil, let known = cuts[key] {
      found = known
    } else {
      found = NumberedCut(
        cut: CutReduction(
          subject: subject, constants: scope, facts: facts, type: decision.table.inputs[column].type
        ).cut(tests), number: cellCount)
      cellCount += 1
    }
    if let number {
      if number >= numberedCuts.count {
        numberedCuts += Array(repeating: nil, count: number + 1 - numberedCuts.count)
      }
      numberedCuts[number] = found
    } else {
      cuts[key] = found
    }
    return found
  }

  // MARK: - Answers

  private func fallback(_ table: DecisionTable) -> TableAnswer {
    guard table.outputs.contains(where: { $0.fallback != nil }) else { return .outcome(.noRule) }
    return answer(table.outputs.map { $0.fallback ?? FEELExpression(.null, Span(0, 0)) })
  }

  private mutating func knownAnswer(_ expressions: [FEELExpression]) -> TableAnswer {
    if let known = answers[expressions] { return known }
    let answer = answer(expressions)
    answers[expressions] = answer
    return answer
  }

  private func answer(_ expressions: [FEELExpression]) -> TableAnswer {
    var values: [FEELValue] = []
    for expression in expressions {
      guard expression.isConstant(in: scope), expression.names.allSatisfy({ !facts.contains(FEELText($0)) }),
        let found = expression.evaluated(in: scope)
      else { return .expressions(expressions.map { replacement.applied(to: $0) }) }
      guard found.value != .null || !found.hasProblems else { return .outcome(.failed) }
      values.append(found.value)
    }
    return .outcome(.decided(decision.table.answer(values)))
  }
}

extension DecisionTable {
  /// The answer of one value by output: a context, or the bare value where there is one output.
  package func answer(_ values: [FEELValue]) -> FEELValue {
    if outputs.count == 1, let value = values.first { return value }
    return .context(FEELContext(zip(outputs, values).map { ($0.name ?? "", $1) }))
  }
}
