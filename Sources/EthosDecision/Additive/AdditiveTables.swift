import EthosFEEL

/// A sum that a decision uses, as a fact of the grid: its axis, and the rules that are added up before and after.
struct ScoreAxis {
  var axis: Int
  var fact: FactAxis
  /// Nil where a side does not use it.
  var before: LaidOut?
  var after: LaidOut?
}

/// Makes an additive question of two tables that use sums.
struct AdditiveTables {
  private let space: Space
  private let scores: [ScoreAxis]
  private var terms: [SparseBox: AdditiveProblem.Term] = [:]
  private var order: [SparseBox] = []
  private var sums: [AdditiveProblem.Score] = []
  private var count = 0

  static func problem(_ space: Space, failed: OutcomeID) throws(NotReducible) -> AdditiveProblem {
    var tables = AdditiveTables(space)
    return try tables.problem(failed)
  }

  private init(_ space: Space) {
    self.space = space
    scores = space.scores
  }

  private mutating func problem(_ failed: OutcomeID) throws(NotReducible) -> AdditiveProblem {
    let scale = try scale()
    var before: [Int: Int] = [:]
    var after: [Int: Int] = [:]
    count = scores.reduce(0) { $0 + (AdditiveTables.areSame($1.before, $1.after) ? 1 : 2) }
    guard count <= 16 else { throw NotReducible(reason: "it uses more than 16 sums") }
    for score in scores {
      if let old = score.before {
        before[score.axis] = sums.count
        if AdditiveTables.areSame(old, score.after) { after[score.axis] = sums.count }
        try add(old, score, scale)
      }
      if let new = score.after, after[score.axis] == nil {
        after[score.axis] = sums.count
        try add(new, score, scale)
      }
    }
    let old = try table(space.before, before, failed)
    let new = try table(space.after, after, failed)
    let goal = AdditiveProblem.Goal.tables(before: old, after: new, scores: sums)
    var all = order.compactMap { terms[$0] }
    for index in all.indices { all[index].adds += Array(repeating: 0, count: sums.count - all[index].adds.count) }
    return AdditiveProblem(axes: space.axes, terms: all, goal: goal)
  }

  /// Whether two sums add the same up.
  private static func areSame(_ left: LaidOut?, _ right: LaidOut?) -> Bool {
    guard let left, let right else { return true }
    func rows(_ laidOut: LaidOut) -> [SparseBox: [TableAnswer: Int]] {
      var rows: [SparseBox: [TableAnswer: Int]] = [:]
      for row in laidOut.rows { rows[row.box, default: [:]][row.answer, default: 0] += 1 }
      return rows
    }
    return left.combination == right.combination && left.fallback == right.fallback && rows(left) == rows(right)
  }

  private func scale() throws(NotReducible) -> PointScale {
    var numbers: [FEELNumber] = [.one]
    for score in scores {
      numbers += score.fact.constants
      for side in [score.before, score.after].compactMap(\.self) {
        numbers += (side.rows.map(\.answer) + [side.fallback]).compactMap(AdditiveTables.number)
      }
    }
    guard let scale = PointScale(numbers) else {
      throw NotReducible(reason: "the points that it uses are too large, or have too many digits, to be added exactly")
    }
    return scale
  }

  private static func number(_ answer: TableAnswer) -> FEELNumber? {
    guard case .outcome(.decided(.number(let number))) = answer else { return nil }
    return number
  }

  /// One sum: its rules, and where its values are told apart.
  private mutating func add(_ laidOut: LaidOut, _ score: ScoreAxis, _ scale: PointScale) throws(NotReducible) {
    let sum = sums.count
    var atoms = AdditiveProblem.Score(
      keys: score.fact.constants.compactMap(scale.whole), atoms: score.fact.atoms(among: score.fact.constants),
      fallback: nil)
    switch laidOut.fallback {
    case .outcome(.noRule): break
    case let answer:
      guard let number = AdditiveTables.number(answer), let value = scale.whole(number) else {
        throw NotReducible(reason: "the default of `\(score.fact.name)` is no number")
      }
      atoms.fallback = atoms.atom(value)
    }
    sums.append(atoms)
    for row in laidOut.rows {
      guard !row.isRefusal, !row.box.sides.contains(where: { space.axes[$0.axis].kind == .condition }) else {
        throw NotReducible(reason: "a condition of `\(score.fact.name)` may fail, or applies a function")
      }
      // A count adds one for each rule, on the scale that its limits are on: a fraction somewhere makes that finer.
      let number = laidOut.combination == .sum ? AdditiveTables.number(row.answer) : .one
      guard let points = number.flatMap(scale.whole) else {
        throw NotReducible(reason: "a rule of `\(score.fact.name)` answers no plain number")
      }
      if terms[row.box] == nil {
        order.append(row.box)
        terms[row.box] = AdditiveProblem.Term(box: row.box, adds: Array(repeating: 0, count: count), flags: 0)
      }
      terms[row.box]?.adds[sum] += points
      terms[row.box]?.flags |= 1 << UInt64(sum)
    }
  }

  private func table(
    _ table: GridTable, _ sums: [Int: Int], _ failed: OutcomeID
  ) throws(NotReducible) -> AdditiveProblem.ScoreTable {
    let axes = Set(scores.map(\.axis))
    var rules: [AdditiveProblem.ScoreTable.Rule] = []
    for rule in 0..<Int32(table.count) {
      let box = table.sparseBox(of: rule)
      guard !box.sides.contains(where: { space.axes[$0.axis].kind == .condition }),
        space.outcomes[table.outcomes[Int(rule)]].isConstant
      else {
        throw NotReducible(reason: "it uses a sum, and has conditions or answers that depend on facts otherwise")
      }
      rules.append(
        AdditiveProblem.ScoreTable.Rule(
          box: box.filter { !axes.contains($0.axis) },
          sides: box.sides.compactMap { side in sums[side.axis].map { (sum: $0, set: side.set) } },
          outcome: table.outcomes[Int(rule)]))
    }
    return AdditiveProblem.ScoreTable(rules: rules, sums: sums.values.sorted(), failed: failed)
  }
}
