/// Searches one table for a part of a box where it gives an answer of a certain kind.
///
/// Under `first` every rule with such an answer is followed to where no earlier rule holds; under the other policies the
/// box is cut until every rule that is alive holds everywhere.
struct GridSearch {
  let axes: [Axis]
  let table: GridTable
  private var outcomes: OutcomeTable
  /// What is left of the work.
  private(set) var work: Int
  /// What is left for search with learned clauses, and that search once it was asked.
  private var steps: Int
  private var ruleSearch: RuleSearch?

  /// What one question gets before it is asked of that search.
  private static let firstLook = 200_000

  /// What a search found: a box with the rules that hold in it, nothing, or no end.
  enum Result {
    case found(GridBox, rules: [Int32])
    case nowhere
    case unfinished
  }

  /// Whether the search ends with a box, or is to go on: a box may have no case where formulas decide.
  typealias Accept = (GridBox) -> Bool

  init(_ grid: DecisionGrid, work: Int, steps: Int = 1_000_000_000) {
    self.steps = steps
    axes = grid.axes
    table = grid.table
    outcomes = grid.outcomes
    self.work = work
  }

  /// Where a rule holds and no earlier one does.
  mutating func reach(_ rule: Int32, within box: GridBox, _ accept: Accept = { _ in true }) -> Result {
    guard !box.sides.contains(where: \.isEmpty), let own = table.box(of: rule, within: box) else { return .nowhere }
    let found = look(own, (0..<rule).filter { !table.isDisjoint($0, from: own) }, rule, accept)
    guard case .unfinished = found else { return found }
    let known = ruleSearch.flatMap { $0.box == box ? $0 : nil }
    let search = known ?? RuleSearch(axes, table, box: box)
    ruleSearch = search
    return accepted(search.place(rule, budget: &steps), accept)
  }

  /// A box that is refused ends nothing: others were not looked at.
  private func accepted(_ result: Result, _ accept: Accept) -> Result {
    if case .found(let box, _) = result, !accept(box) { return .unfinished }
    return result
  }

  /// The search box by box, as long as a first look may last.
  private mutating func look(_ box: GridBox, _ rules: [Int32], _ target: Int32?, _ accept: Accept) -> Result {
    let saved = max(0, work - GridSearch.firstLook)
    work -= saved
    defer { work += saved }
    return uncovered(box, rules, target, accept)
  }

  /// Where no rule refuses the case or cannot be evaluated, whatever the others say.
  mutating func unrefused(within box: GridBox, _ accept: Accept) -> Result {
    guard !box.sides.contains(where: \.isEmpty) else { return .nowhere }
    let guards = (0..<Int32(table.guardCount)).filter { !table.isDisjoint($0, from: box) }
    return uncovered(box, guards, nil, accept)
  }

  /// Where no rule holds at all.
  mutating func gap(within box: GridBox, _ accept: Accept = { _ in true }) -> Result {
    guard !box.sides.contains(where: \.isEmpty) else { return .nowhere }
    let fallbacks = (0..<Int32(table.count)).filter(isFallback)
    if table.combination == .first, fallbacks.count > 1 {
      // Beside another decision there is one end for each of its answers, and what stands below one is not reached there.
      var end = Result.nowhere
      for rule in fallbacks {
        let result = reach(rule, within: box, accept)
        if case .found = result { return result }
        if case .unfinished = result { end = result }
      }
      return end
    }
    let rules = (0..<Int32(table.count)).filter { !isFallback($0) }
    let found = look(box, rules.filter { !table.isDisjoint($0, from: box) }, nil, accept)
    guard case .unfinished = found else { return found }
    let search = RuleSearch(axes, table, end: rules.last.map { $0 + 1 } ?? 0, box: box)
    return accepted(search.place(nil, budget: &steps), accept)
  }

  private func isFallback(_ rule: Int32) -> Bool { table.sources[Int(rule)] == .fallback }

  private mutating func uncovered(
    _ box: GridBox, _ rules: [Int32], _ target: Int32?, _ accept: Accept
  ) -> Result {
    work -= rules.count + 1
    for rule in rules where table.covers(rule, box) { return .nowhere }
    guard !rules.isEmpty else { return accept(box) ? .found(box, rules: target.map { [$0] } ?? []) : .nowhere }
    guard work > 0 else { return .unfinished }
    guard let axis = pair.axisToCut(box, [(.before, rules[...])]) else { return .nowhere }
    let mine = box.sides[axis]
    let split = AxisSplit(side: mine, accepted: pair.accepted(rules, .before, axis: axis, mine))
    work -= split.work
    let children = split.parts.map { part in
      (part.set, rules.indices.filter { split.isAlive($0, in: part) }.map { rules[$0] })
    }
    for (set, alive) in children.sorted(by: { $0.1.count < $1.1.count }) {
      var inner = box
      inner.sides[axis] = set
      let result = uncovered(inner, alive, target, accept)
      if case .nowhere = result { continue }
      return result
    }
    return .nowhere
  }

  /// Where the answer is wanted.
  mutating func answer(
    within box: GridBox, _ isWanted: (TableAnswer) -> Bool, _ accept: Accept = { _ in true }
  ) -> Result {
    guard !box.sides.contains(where: \.isEmpty) else { return .nowhere }
    if table.combination == .first {
      for rule in 0..<Int32(table.count) where isWanted(outcomes[table.outcomes[Int(rule)]]) {
        let result = reach(rule, within: box, accept)
        if case .nowhere = result { continue }
        return result
      }
      return .nowhere
    }
    return folded(box, (0..<Int32(table.count)).filter { !table.isDisjoint($0, from: box) }, isWanted, accept)
  }

  private mutating func folded(
    _ box: GridBox, _ rules: [Int32], _ isWanted: (TableAnswer) -> Bool, _ accept: Accept
  ) -> Result {
    work -= rules.count + 1
    guard work > 0 else { return .unfinished }
    guard let axis = pair.axisToCut(box, [(.before, rules[...])]) else {
      return isWanted(outcomes.combined(table, rules)) && accept(box) ? .found(box, rules: rules) : .nowhere
    }
    let mine = box.sides[axis]
    let split = AxisSplit(side: mine, accepted: pair.accepted(rules, .before, axis: axis, mine))
    work -= split.work
    for part in split.parts {
      var inner = box
      inner.sides[axis] = part.set
      let alive = rules.indices.filter { split.isAlive($0, in: part) }.map { rules[$0] }
      let result = folded(inner, alive, isWanted, accept)
      if case .nowhere = result { continue }
      return result
    }
    return .nowhere
  }

  /// The table beside itself, for what both searches share.
  private var pair: GridPair { GridPair(axes: axes, before: table, after: table, changedBefore: [], changedAfter: []) }
}
