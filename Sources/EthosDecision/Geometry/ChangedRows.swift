import EthosFEEL
import EthosModel

/// The rows on which the difference of two revisions can depend: those that changed, and those that may hold where a
/// changed row does.
///
/// Any other row is there on both sides, in the same place among the others, and holds in no case in which a changed row
/// does. Where no changed row holds, both sides decide by the same rows; where one does, such a row has no say. So the
/// tables without them differ exactly where the tables themselves do, and a comparison costs what changed, not what is
/// there.
///
/// This is known of neighbouring changes in tables with the same columns that lean on the same limits; elsewhere all rows
/// are laid out. Costs a comparison of the cells of both tables, each different cell once, and a test of the different
/// cells against those of the changed rows.
struct ChangedRows {
  /// The rows of each side, in order.
  let before: [Int]
  let after: [Int]

  /// Most changed rows, so that one word has a bit for each.
  private static let most = 32

  /// Nil where all rows are needed.
  init?(_ before: DecisionSide, _ after: DecisionSide) {
    var (oldGraph, newGraph) = (before.graph, after.graph)
    guard let old = oldGraph.decision(before.key), let new = newGraph.decision(after.key),
      ChangedRows.sameFrame(old, new), old.uses == new.uses
    else { return nil }
    for use in old.uses {
      guard case .limit(let limit) = use.source, let value = oldGraph.limit(limit), value == newGraph.limit(limit)
      else {
        return nil
      }
    }
    let oldCells = old.table.cells ?? TableCells(old.table.rules)
    let newCells = new.table.cells ?? TableCells(new.table.rules)
    var same = SameRows(old.table, oldCells, new.table, newCells)
    let shorter = min(old.table.rules.count, new.table.rules.count)
    var head = 0
    while head < shorter, same.areSame(head, head) { head += 1 }
    var tail = 0
    while tail < shorter - head,
      same.areSame(old.table.rules.count - 1 - tail, new.table.rules.count - 1 - tail)
    { tail += 1 }
    let oldWindow = head..<old.table.rules.count - tail
    let newWindow = head..<new.table.rules.count - tail
    guard oldWindow.count + newWindow.count <= ChangedRows.most else { return nil }
    let changed = oldWindow.map { (oldCells, $0) } + newWindow.map { (newCells, $0) }
    let meeting = MeetingRows(old, changed: changed)
    let kept = meeting.rows(oldCells, Array(0..<head) + Array(oldWindow.upperBound..<old.table.rules.count))
    let shift = newWindow.count - oldWindow.count
    self.before = kept.filter { $0 < head } + oldWindow + kept.filter { $0 >= head }
    self.after = kept.filter { $0 < head } + newWindow + kept.filter { $0 >= head }.map { $0 + shift }
  }

  /// Whether all but the rules is the same.
  private static func sameFrame(_ old: Decision, _ new: Decision) -> Bool {
    func input(_ left: DecisionTable.Input, _ right: DecisionTable.Input) -> Bool {
      left.name == right.name && left.expression == right.expression && left.type == right.type
        && left.allowed == right.allowed && left.step == right.step && left.isNullable == right.isNullable
    }
    func output(_ left: DecisionTable.Output, _ right: DecisionTable.Output) -> Bool {
      left.name == right.name && left.type == right.type && left.allowed == right.allowed
        && left.priorities == right.priorities && left.fallback == right.fallback
    }
    return old.table.hitPolicy == new.table.hitPolicy && old.factCount == new.factCount
      && old.table.inputs.elementsEqual(new.table.inputs, by: input)
      && old.table.outputs.elementsEqual(new.table.outputs, by: output)
  }
}

/// Tells rows of two tables with the same columns that are written alike.
private struct SameRows {
  private let old: DecisionTable
  private let new: DecisionTable
  private let oldCells: TableCells
  private let newCells: TableCells
  /// For each cell before, the number of one after that was found to be the same; negative where none was.
  private var twins: [Int32]

  init(_ old: DecisionTable, _ oldCells: TableCells, _ new: DecisionTable, _ newCells: TableCells) {
    (self.old, self.new) = (old, new)
    (self.oldCells, self.newCells) = (oldCells, newCells)
    twins = Array(repeating: -1, count: oldCells.tests.count)
  }

  mutating func areSame(_ oldRow: Int, _ newRow: Int) -> Bool {
    let (left, right) = (oldCells.of(oldRow), newCells.of(newRow))
    guard left.count == right.count else { return false }
    for (mine, theirs) in zip(left, right) {
      guard mine.column == theirs.column else { return false }
      if twins[Int(mine.number)] == theirs.number { continue }
      guard oldCells.tests[Int(mine.number)] == newCells.tests[Int(theirs.number)] else { return false }
      twins[Int(mine.number)] = theirs.number
    }
    return old.rules[oldRow].answers == new.rules[newRow].answers
  }
}

/// Finds the rows that may hold, or fail, in a case in which a changed row may.
private struct MeetingRows {
  private let columns: [DecisionTable.Input]
  private let isFact: [Bool]
  /// By column, what each changed row has there.
  private let changed: [[Cell]]

  /// What is known of a cell of a changed row.
  private enum Cell {
    /// Nothing: anything may meet it.
    case open
    case numbers(FEELWholeRange)
    case texts([FEELText])
  }

  init(_ decision: Decision, changed rows: [(cells: TableCells, row: Int)]) {
    columns = decision.table.inputs
    isFact = decision.table.inputs.indices.map { $0 < decision.factCount }
    var changed = [[Cell]](repeating: Array(repeating: .open, count: rows.count), count: columns.count)
    for (place, row) in rows.enumerated() {
      for cell in row.cells.of(row.row) {
        changed[Int(cell.column)][place] = MeetingRows.cell(row.cells, cell.number, columns[Int(cell.column)].type)
      }
    }
    self.changed = changed
  }

  /// The rows among these that meet a changed one.
  func rows(_ cells: TableCells, _ candidates: [Int]) -> [Int] {
    let all = changed.first.map { (UInt64(1) << UInt64($0.count)) - 1 } ?? .max
    var masks = [UInt64?](repeating: nil, count: cells.tests.count)
    return candidates.filter { row in
      var mask = all
      for cell in cells.of(row) where mask != 0 {
        let met = masks[Int(cell.number)] ?? self.mask(cells, cell)
        masks[Int(cell.number)] = met
        mask &= met
      }
      return mask != 0
    }
  }

  /// Which changed rows a cell may meet, a bit for each.
  private func mask(_ cells: TableCells, _ cell: TableCells.Cell) -> UInt64 {
    let column = Int(cell.column)
    guard isFact[column] else { return .max }
    let mine = MeetingRows.cell(cells, cell.number, columns[column].type)
    var mask: UInt64 = 0
    for (place, other) in changed[column].enumerated() where MeetingRows.mayMeet(mine, other) {
      mask |= 1 << UInt64(place)
    }
    return mask
  }

  /// In a column of one type a plain test is false for null, and fails for nothing.
  private static func cell(_ cells: TableCells, _ number: Int32, _ type: FEELType) -> Cell {
    switch type {
    case .number: FEELWholeRange(cells.tests[Int(number)]).map(Cell.numbers) ?? .open
    case .string: cells.tests[Int(number)].plainTexts.map { .texts($0.map(FEELText.init)) } ?? .open
    default: .open
    }
  }

  private static func mayMeet(_ left: Cell, _ right: Cell) -> Bool {
    switch (left, right) {
    // `> 5` begins behind 5 and not at 6: numbers between two whole ones are in neither range, and count with both.
    case (.numbers(let mine), .numbers(let theirs)): mine.isNear(theirs)
    case (.texts(let mine), .texts(let theirs)): mine.contains { theirs.contains($0) }
    default: true
    }
  }
}
