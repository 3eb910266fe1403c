import EthosFEEL

/// The cells of a table that say something, rule by rule, side by side: most cells of a wide table are `-`.
///
/// A cell has a number, which it shares with the same cell of the same column in other rules, so that work on it is done
/// once. Going through the rules then costs their cells, and touches nothing of the rules themselves.
package struct TableCells: Sendable {
  struct Cell: Sendable {
    var column: Int32
    var number: Int32
  }

  /// Where the cells of a rule start; one more than there are rules.
  private var starts: [Int32] = [0]
  private var cells: [Cell] = []
  /// The tests by their number.
  private(set) var tests: [FEELUnaryTests] = []
  /// The same where they are ranges of whole numbers.
  private(set) var wholeRanges: [FEELWholeRange?] = []

  init() {}

  /// The cells of rules of which nobody knows which are the same: each has a number of its own.
  init(_ rules: [DecisionTable.Rule]) {
    for rule in rules {
      for (column, tests) in rule.tests.enumerated() {
        if case .any = tests { continue }
        append(column, number: add(tests))
      }
      endRule()
    }
  }

  /// Adds a test that no cell had so far, and gives it a number.
  mutating func add(_ test: FEELUnaryTests) -> Int {
    tests.append(test)
    wholeRanges.append(FEELWholeRange(test))
    return tests.count - 1
  }

  /// Adds a cell to the rule that is being written.
  mutating func append(_ column: Int, number: Int) {
    cells.append(Cell(column: Int32(column), number: Int32(number)))
  }

  mutating func endRule() { starts.append(Int32(cells.count)) }

  /// The cells of a rule, by column.
  func of(_ rule: Int) -> ArraySlice<Cell> { cells[Int(starts[rule])..<Int(starts[rule + 1])] }
}
