import EthosFEEL
import EthosModel

/// A rule on its way into a grid: a box by axis, its answer, and where it comes from.
struct GridRow {
  var box: SparseBox
  var answer: TableAnswer
  var source: RuleSource
  /// Whether it refuses the case, whatever other rules say.
  var isRefusal = false

  /// The part of it within another box; nil where there is none.
  func within(_ other: SparseBox) -> GridRow? {
    var result = self
    for side in other.sides {
      result.box.narrow(side.axis, side.set)
      if result.box[side.axis]?.isEmpty == true { return nil }
    }
    return result
  }

  func meets(_ other: GridRow) -> Bool {
    for side in box.sides {
      if let theirs = other.box[side.axis], !theirs.intersects(side.set) { return false }
    }
    return true
  }
}

/// Turns the reduced rows of one table into boxes.
struct RowBoxes {
  let facts: [FactAxis]
  private let cells: [ReducedTable.Cell]
  /// By the number of the cell.
  private var truths: [Truth?]

  private struct Truth {
    var holds: AtomSet
    var mayHold: AtomSet
    var isWhole: Bool
  }

  init(facts: [FactAxis], cells: [ReducedTable.Cell]) {
    self.facts = facts
    self.cells = cells
    truths = Array(repeating: nil, count: cells.count)
  }

  /// The boxes of a row: where it cannot be evaluated, and where it holds.
  ///
  /// A row cannot be evaluated where no cell of it is refuted and at least one fails. That is no box; it is cut into one
  /// box for each cell that may fail.
  mutating func rows(_ row: ReducedRow) -> (failing: [GridRow], holding: GridRow?) {
    var holds = SparseBox()
    holds.reserveCapacity(row.cells.count)
    var mayFail = row.isFailing || !row.conditions.isEmpty
    for cell in row.cells {
      let truth = truth(cell)
      if !truth.isWhole { holds.narrow(cells[cell].fact, truth.holds) }
      mayFail = mayFail || truth.holds != truth.mayHold
    }
    for condition in row.conditions { holds.narrow(facts.count + condition, AtomSet(0, 0)) }
    let failing = mayFail ? failing(row, holds) : []
    guard !row.isFailing, !holds.isEmpty else { return (failing, nil) }
    return (failing, GridRow(box: holds, answer: row.answer, source: .row(row.index)))
  }

  private mutating func failing(_ row: ReducedRow, _ holds: SparseBox) -> [GridRow] {
    var mayHold = SparseBox()
    for cell in row.cells { mayHold.narrow(cells[cell].fact, truth(cell).mayHold) }
    for condition in row.conditions {
      mayHold.narrow(facts.count + condition, AtomSet([AtomSet.Range(0, 0), AtomSet.Range(2, 2)]))
    }
    func refusal(_ box: SparseBox) -> GridRow {
      GridRow(box: box, answer: .outcome(.failed), source: .row(row.index), isRefusal: true)
    }
    if row.isFailing { return mayHold.isEmpty ? [] : [refusal(mayHold)] }
    var failing: [GridRow] = []
    for side in mayHold.sides {
      let holding = holds[side.axis] ?? facts[side.axis].all
      guard side.set != holding else { continue }
      var box = mayHold
      for earlier in mayHold.sides where earlier.axis < side.axis { box[earlier.axis] = holds[earlier.axis] }
      box[side.axis] = side.set.subtracting(holding)
      if !box.isEmpty { failing.append(refusal(box)) }
    }
    return failing
  }

  private mutating func truth(_ number: Int) -> Truth {
    if let known = truths[number] { return known }
    let cell = cells[number]
    let fact = facts[cell.fact]
    let found: Truth
    if let truth = cell.truth {
      found = Truth(
        holds: truth.holds, mayHold: truth.holds.union(truth.fails), isWhole: truth.holds == fact.all)
    } else if let holds = fact.plainly(cell.cut) {
      found = Truth(holds: holds, mayHold: holds, isWhole: holds == fact.all)
    } else {
      let truth = fact.truth(of: cell.cut)
      found = Truth(
        holds: truth.holds, mayHold: truth.holds.union(truth.fails), isWhole: truth.holds == fact.all)
    }
    truths[number] = found
    return found
  }
}

/// Sorts the rules of a table so that their order says what the hit policy says.
enum RuleOrder {
  /// The rows in the order in which they answer.
  static func sorted(_ table: ReducedTable, _ outputs: [DecisionTable.Output]) throws(NotReducible) -> [ReducedRow] {
    switch table.hitPolicy {
    case .first, .unique: return table.rows
    case .any, .ruleOrder, .collect, .collectSum, .collectCount:
      try requireConstants(table)
      return table.rows
    case .priority, .outputOrder:
      try requireConstants(table)
      return stably(table.rows) { AnswerRank.precedes(rank($0.answer, outputs), rank($1.answer, outputs)) }
    case .collectMin, .collectMax:
      try requireConstants(table)
      let isLeast = table.hitPolicy == .collectMin
      guard table.rows.allSatisfy({ number($0.answer) != nil }) else {
        throw NotReducible(reason: "under `\(table.hitPolicy.name)` only numbers are compared")
      }
      return stably(table.rows) { left, right in
        guard let left = number(left.answer), let right = number(right.answer) else { return false }
        return isLeast ? left < right : right < left
      }
    }
  }

  private static func requireConstants(_ table: ReducedTable) throws(NotReducible) {
    guard table.rows.allSatisfy(\.answer.isConstant) else {
      throw NotReducible(reason: "under `\(table.hitPolicy.name)` an answer is an expression over facts")
    }
  }

  private static func stably(_ rows: [ReducedRow], _ precedes: (ReducedRow, ReducedRow) -> Bool) -> [ReducedRow] {
    rows.enumerated().sorted { left, right in
      if precedes(left.element, right.element) { return true }
      return !precedes(right.element, left.element) && left.offset < right.offset
    }.map(\.element)
  }

  private static func rank(_ answer: TableAnswer, _ outputs: [DecisionTable.Output]) -> [Int] {
    guard case .outcome(.decided(let value)) = answer else { return outputs.map { _ in Int.min } }
    let values: [FEELValue]
    if outputs.count == 1 {
      values = [value]
    } else if case .context(let context) = value {
      values = outputs.map { $0.name.flatMap { context[$0] } ?? .null }
    } else {
      values = []
    }
    return AnswerRank.of(values, outputs)
  }

  private static func number(_ answer: TableAnswer) -> FEELNumber? {
    guard case .outcome(.decided(.number(let number))) = answer else { return nil }
    return number
  }
}
