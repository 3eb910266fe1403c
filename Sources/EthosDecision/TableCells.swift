import EthosFEEL

/// The cells of a table that say something, rule by rule, side by side: most cells of a wide table are `-`.
///
/// A cell has a number, which it shares with the same cell of the same column in other rules, so that work on it is done
/// once. Going through the rules then costs their cells, and touches nothing of the rules themselves.
package struct TableCells: Sendable {
  struct Cell: Sendable {
    var column: Int32
    var number: Int32
    /// The whole numbers that satisfy it, where it is such a range; `low > high` where it is none.
    var range: ShortRange
  }

  /// Whole numbers from `low` to `high`, both in, whose ends stand for no end at all.
  struct ShortRange: Sendable {
    var low: Int32 = 1
    var high: Int32 = 0

    /// The range of a test; empty where the test is none, or its bounds are beyond what four bytes hold.
    init(_ test: FEELUnaryTests) {
      guard let range = FEELWholeRange(test), let low = ShortRange.bound(range.low, .min),
        let high = ShortRange.bound(range.high, .max)
      else { return }
      (self.low, self.high) = (low, high)
    }

    private static func bound(_ value: Int, _ none: Int) -> Int32? {
      if value == none { return none < 0 ? .min : .max }
      return ShortRange.value(value)
    }

    /// A number in the form in which it is compared; nil where it could be taken for no end.
    static func value(_ value: Int) -> Int32? {
      Int32(exactly: value).flatMap { $0 == .min || $0 == .max ? nil : $0 }
    }
  }

  /// Where the cells of a rule start; one more than there are rules.
  fileprivate var starts: [Int32] = [0]
  fileprivate var cells: [Cell] = []
  /// The tests by their number.
  private(set) var tests: [FEELUnaryTests] = []
  private var ranges: [ShortRange] = []

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
    ranges.append(ShortRange(test))
    return tests.count - 1
  }

  /// Adds a cell to the rule that is being written.
  mutating func append(_ column: Int, number: Int) {
    cells.append(Cell(column: Int32(column), number: Int32(number), range: ranges[number]))
  }

  mutating func endRule() { starts.append(Int32(cells.count)) }

  /// The cells of a rule, by column.
  func of(_ rule: Int) -> ArraySlice<Cell> { cells[Int(starts[rule])..<Int(starts[rule + 1])] }
}

/// What the cells of a table say in one case; what costs an evaluation is evaluated once, however many rules have it.
struct KnownCells {
  enum Verdict: UInt8 { case open, holds, refuted }
  private let cells: TableCells
  private var verdicts: [Verdict]
  /// The inputs that are whole numbers, by column.
  private let wholeNumbers: [Int32?]

  /// `values` are the inputs, by column.
  init(_ cells: TableCells, _ values: [FEELValue]) {
    self.cells = cells
    verdicts = Array(repeating: .open, count: cells.tests.count)
    wholeNumbers = values.map { (value) -> Int32? in
      if case .number(let number) = value { number.integer.flatMap(TableCells.ShortRange.value) } else { nil }
    }
  }

  subscript(number: Int32) -> Verdict {
    get { verdicts[Int(number)] }
    set { verdicts[Int(number)] = newValue }
  }

  /// Whether a cell of a rule is refuted, as far as that is known or a comparison of whole numbers tells.
  ///
  /// Most rules are done with here, at a few instructions each.
  func refutes(_ rule: Int) -> Bool {
    var place = Int(cells.starts[rule])
    let end = Int(cells.starts[rule + 1])
    while place < end {
      let cell = cells.cells[place]
      place += 1
      if cell.range.low <= cell.range.high, let value = wholeNumbers[Int(cell.column)] {
        if value < cell.range.low || cell.range.high < value { return true }
      } else if verdicts[Int(cell.number)] == .refuted {
        return true
      }
    }
    return false
  }
}
