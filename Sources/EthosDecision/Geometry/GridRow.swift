import EthosFEEL

/// A rule on its way into a grid: a box by axis, its answer, and where it comes from.
struct GridRow {
  var box: [Int: AtomSet]
  var answer: TableAnswer
  var source: RuleSource
  /// Whether it refuses the case, whatever other rules say.
  var isRefusal = false

  /// The part of it within another box; nil where there is none.
  func within(_ other: [Int: AtomSet]) -> GridRow? {
    var result = self
    for (axis, set) in other {
      let side = result.box[axis].map { $0.intersection(set) } ?? set
      if side.isEmpty { return nil }
      result.box[axis] = side
    }
    return result
  }

  func meets(_ other: GridRow) -> Bool {
    for (axis, set) in box {
      if let theirs = other.box[axis], !theirs.intersects(set) { return false }
    }
    return true
  }
}

/// Turns reduced rows into boxes.
struct RowBoxes {
  let facts: [FactAxis]
  private var truths: [ReducedRow.Cell: FactAxis.Truth] = [:]

  init(facts: [FactAxis]) { self.facts = facts }

  /// The boxes of a row: where it cannot be evaluated, and where it holds.
  ///
  /// A row cannot be evaluated where no cell of it is refuted and at least one fails. That is no box; it is cut into one
  /// box for each cell that may fail.
  mutating func rows(_ row: ReducedRow) -> (failing: [GridRow], holding: GridRow?) {
    var holds: [Int: AtomSet] = [:]
    var mayHold: [Int: AtomSet] = [:]
    func narrow(_ box: inout [Int: AtomSet], _ axis: Int, _ set: AtomSet) {
      box[axis] = box[axis].map { $0.intersection(set) } ?? set
    }
    for cell in row.cells {
      let truth = truth(cell)
      narrow(&holds, cell.fact, truth.holds)
      narrow(&mayHold, cell.fact, truth.holds.union(truth.fails))
    }
    for condition in row.conditions {
      let axis = facts.count + condition
      narrow(&holds, axis, AtomSet(0, 0))
      narrow(&mayHold, axis, AtomSet([AtomSet.Range(0, 0), AtomSet.Range(2, 2)]))
    }
    if row.isFailing {
      let whole = GridRow(box: mayHold, answer: .outcome(.failed), source: .row(row.index), isRefusal: true)
      return (mayHold.values.contains(where: \.isEmpty) ? [] : [whole], nil)
    }
    var failing: [GridRow] = []
    let axes = mayHold.keys.sorted()
    for axis in axes where mayHold[axis] != holds[axis] {
      var box = mayHold
      for earlier in axes where earlier < axis { box[earlier] = holds[earlier] }
      box[axis] = mayHold[axis]?.subtracting(holds[axis] ?? .empty)
      guard !box.values.contains(where: \.isEmpty) else { continue }
      failing.append(GridRow(box: box, answer: .outcome(.failed), source: .row(row.index), isRefusal: true))
    }
    guard !holds.values.contains(where: \.isEmpty) else { return (failing, nil) }
    let kept = holds.filter { axis, set in axis >= facts.count || set != facts[axis].all }
    return (failing, GridRow(box: kept, answer: row.answer, source: .row(row.index)))
  }

  private mutating func truth(_ cell: ReducedRow.Cell) -> FactAxis.Truth {
    if let known = truths[cell] { return known }
    let truth = facts[cell.fact].truth(of: cell.cut)
    truths[cell] = truth
    return truth
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
      return stably(table.rows) { priority($0.answer, outputs).lexicographicallyPrecedes(priority($1.answer, outputs)) }
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

  /// The place of each output's answer among its allowed values; what is not among them comes last.
  private static func priority(_ answer: TableAnswer, _ outputs: [DecisionTable.Output]) -> [Int] {
    guard case .outcome(.decided(let value)) = answer else { return outputs.map { _ in Int.min } }
    let values: [FEELValue]
    if outputs.count == 1 {
      values = [value]
    } else if case .context(let context) = value {
      values = outputs.map { $0.name.flatMap { context[$0] } ?? .null }
    } else {
      values = []
    }
    return zip(outputs, values).filter { !$0.0.priorities.isEmpty }.map { output, value in
      output.priorities.firstIndex(of: value) ?? output.priorities.count
    }
  }

  private static func number(_ answer: TableAnswer) -> FEELNumber? {
    guard case .outcome(.decided(.number(let number))) = answer else { return nil }
    return number
  }
}
