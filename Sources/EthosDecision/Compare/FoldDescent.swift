/// The search under hit policies that look at all rules that hold, in the box of one changed rule, or everywhere.
///
/// A place belongs to the first changed rule that holds there, in the order before, after: boxes of rules that were
/// searched already are left out. A leaf is a box in which every rule that is alive holds everywhere.
struct FoldDescent {
  /// What is searched.
  enum Target {
    /// The box of a changed rule.
    case rule(Int32, GridSide)
    /// Where no changed rule holds: only the default can make a difference there.
    case fallback
    /// The whole grid, where no rule can be called unchanged because the two sides combine them otherwise.
    case everything
  }

  let pair: GridPair
  let target: Target
  var limits: DescentLimits
  private(set) var leaves: [GridLeaf] = []
  /// What was not looked at when the work was spent.
  private(set) var frontier: [GridBox] = []

  init(_ pair: GridPair, target: Target, limits: DescentLimits) {
    self.pair = pair
    self.target = target
    self.limits = limits
  }

  mutating func run(_ outcomes: inout OutcomeTable) -> DescentEnd {
    var box = GridBox(pair.axes)
    if case .rule(let rule, let side) = target {
      guard let own = pair.table(side).box(of: rule, within: box) else { return .complete }
      box = own
    }
    for side in [GridSide.before, .after] {
      for rule in pair.changed(side) where wasSearched(rule, side) && pair.table(side).covers(rule, box) {
        return .complete
      }
    }
    let rules = alive(in: box)
    limits.work -= rules.before.count + rules.after.count
    return explore(box, rules, &outcomes)
  }

  /// The rules of both sides that meet a box.
  ///
  /// An unchanged rule has the same box on both, and is tested once.
  private func alive(in box: GridBox) -> AliveRules {
    let (before, after) = (pair.before, pair.after)
    let old = (0..<Int32(before.count)).filter { !before.isDisjoint($0, from: box) }
    guard !pair.partnersBefore.isEmpty else {
      return AliveRules(before: old, after: (0..<Int32(after.count)).filter { !after.isDisjoint($0, from: box) })
    }
    var new = old.map { pair.partnersBefore[Int($0)] }.filter { $0 >= 0 }
    new += pair.changed(.after).filter { !after.isDisjoint($0, from: box) }
    return AliveRules(before: old, after: new.sorted())
  }

  private mutating func explore(
    _ box: GridBox, _ alive: AliveRules, _ outcomes: inout OutcomeTable
  ) -> DescentEnd {
    limits.work -= alive.before.count + alive.after.count + 1
    for side in [GridSide.before, .after] {
      for rule in alive[side] where wasSearched(rule, side) && pair.table(side).covers(rule, box) {
        return .complete
      }
    }
    if case .fallback = target {
      // Where an unchanged rule holds both sides hold the same rules, and none falls back.
      for rule in alive.before where !pair.changedBefore[Int(rule)] && pair.before.covers(rule, box) {
        return .complete
      }
    }
    guard limits.work > 0 else {
      frontier.append(box)
      return .exhausted
    }
    guard let axis = pair.axisToCut(box, [(.before, alive.before[...]), (.after, alive.after[...])]) else {
      let before = outcomes.answer(pair.before, alive.before)
      let after = outcomes.answer(pair.after, alive.after)
      guard before != after else { return .complete }
      leaves.append(
        GridLeaf(
          box: box, before: before, after: after, rulesBefore: outcomes.responsible(pair.before, alive.before),
          rulesAfter: outcomes.responsible(pair.after, alive.after)))
      return leaves.count >= limits.leaves ? .enough : .complete
    }
    let mine = box.sides[axis]
    let split = AxisSplit(
      side: mine,
      accepted: pair.accepted(alive.before, .before, axis: axis, mine)
        + pair.accepted(alive.after, .after, axis: axis, mine))
    limits.work -= split.work
    var result = DescentEnd.complete
    for part in split.parts {
      var inner = box
      inner.sides[axis] = part.set
      // The search has ended; what is left of this box is part of what was not looked at.
      guard case .complete = result else {
        frontier.append(inner)
        continue
      }
      let before = alive.before.indices.filter { split.isAlive($0, in: part) }.map { alive.before[$0] }
      let after = alive.after.indices.filter { split.isAlive(alive.before.count + $0, in: part) }
        .map { alive.after[$0] }
      result = explore(inner, AliveRules(before: before, after: after), &outcomes)
    }
    return result
  }

  /// Whether the box of a changed rule was searched before this target's.
  private func wasSearched(_ rule: Int32, _ side: GridSide) -> Bool {
    guard pair.isChanged(rule, side) else { return false }
    switch target {
    case .everything: return false
    case .fallback: return true
    case .rule(let target, let own): return side == own ? rule < target : side == .before
    }
  }
}
