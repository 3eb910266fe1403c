import EthosFEEL

/// Makes an additive question of two tables whose answers are added up or counted.
enum AdditiveTotal {
  /// Nil where they are not that: an answer is no number, or the sides do not refuse the same cases.
  static func problem(_ pair: GridPair, _ outcomes: OutcomeTable) -> AdditiveProblem? {
    let (before, after) = (pair.before, pair.after)
    // A condition that is no cut may hold in no case that its axis has.
    let isPlain = [before, after].allSatisfy { table in
      !table.constraints.contains { pair.axes[Int($0.axis)].kind == .condition }
    }
    guard isPlain, before.combination == after.combination,
      before.combination == .sum || before.combination == .count, let allowed = allowed(pair)
    else { return nil }
    guard let scale = scale(pair, outcomes) else { return nil }
    func fallback(_ id: OutcomeID) -> AdditiveProblem.Fallback {
      number(id, outcomes).flatMap(scale.whole).map { .number($0) } ?? .other(id)
    }
    // Expressions that depend on the case may be equal or not.
    guard
      before.fallback == after.fallback || (outcomes[before.fallback].isConstant && outcomes[after.fallback].isConstant)
    else { return nil }
    var terms: [SparseBox: AdditiveProblem.Term] = [:]
    var order: [SparseBox] = []
    func add(_ box: SparseBox, _ points: Int64, _ flags: UInt64) {
      if terms[box] == nil { order.append(box) }
      terms[box, default: AdditiveProblem.Term(box: box, adds: [0], flags: 0)].adds[0] += points
      terms[box]?.flags |= flags
    }
    let changed: (GridTable, [Bool], Int64, UInt64) -> Bool = { table, changed, sign, flag in
      for rule in table.guardCount..<max(table.guardCount, table.count) {
        let box = table.sparseBox(of: Int32(rule))
        guard changed[rule] else {
          // What is there on both sides is said once.
          if flag == 2 { add(box, 0, 1) }
          continue
        }
        guard let points = points(table, rule, outcomes, scale) else { return false }
        add(box, sign * points, flag)
      }
      return true
    }
    guard changed(before, pair.changedBefore, -1, 2), changed(after, pair.changedAfter, 1, 4) else { return nil }
    let goal = AdditiveProblem.Goal.total(before: fallback(before.fallback), after: fallback(after.fallback))
    return AdditiveProblem(
      axes: pair.axes, terms: order.compactMap { terms[$0] }, goal: goal, allowed: allowed)
  }

  /// The scale of all points, and of the numbers that stand in for none; nil where an answer is no number.
  static func scale(_ pair: GridPair, _ outcomes: OutcomeTable) -> PointScale? {
    var numbers: [FEELNumber] = []
    for table in [pair.before, pair.after] {
      for rule in table.guardCount..<max(table.guardCount, table.count) {
        guard let number = number(table, rule, outcomes) else { return nil }
        numbers.append(number)
      }
      if let fallback = number(table.fallback, outcomes) { numbers.append(fallback) }
    }
    return PointScale(numbers)
  }

  /// What a rule adds.
  static func points(_ table: GridTable, _ rule: Int, _ outcomes: OutcomeTable, _ scale: PointScale) -> Int64? {
    number(table, rule, outcomes).flatMap(scale.whole)
  }

  private static func number(_ table: GridTable, _ rule: Int, _ outcomes: OutcomeTable) -> FEELNumber? {
    table.combination == .count ? .one : number(table.outcomes[rule], outcomes)
  }

  private static func number(_ id: OutcomeID, _ outcomes: OutcomeTable) -> FEELNumber? {
    guard case .outcome(.decided(.number(let number))) = outcomes[id] else { return nil }
    return number
  }

  /// By axis, the atoms that both sides accept; nil where one refuses what the other does not, or both refuse all cases.
  private static func allowed(_ pair: GridPair) -> [Int: AtomSet]? {
    var allowed: [Int: AtomSet] = [:]
    for (table, changed) in [(pair.before, pair.changedBefore), (pair.after, pair.changedAfter)] {
      for rule in 0..<table.guardCount {
        let sides = table.sparseBox(of: Int32(rule)).sides
        guard !changed[rule], sides.count == 1 else { return nil }
        let all = AtomSet(all: pair.axes[sides[0].axis].atomCount)
        let left = (allowed[sides[0].axis] ?? all).subtracting(sides[0].set)
        guard !left.isEmpty else { return nil }
        allowed[sides[0].axis] = left
      }
    }
    return allowed
  }
}
