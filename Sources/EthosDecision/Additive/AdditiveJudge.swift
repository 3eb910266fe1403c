/// Says of a state of the walk whether all cases behind it differ, none does, or it depends on the facts to come.
struct AdditiveJudge {
  let plan: AdditivePlan

  enum Verdict: Hashable {
    case same, differs, open
  }

  /// What a sum may still become.
  private struct Range {
    var low: Int64
    var high: Int64
    /// The flags that may be set in the end, and those that will be.
    var may: UInt64
    var must: UInt64
  }

  /// The verdict on a state before a place; what can matter no more is taken out of the state, so that states which differ
  /// in nothing else are one.
  func judge(_ state: inout [UInt64], _ place: Int) -> Verdict { judged(&state, place).verdict }

  /// The same, with the answers before and after where tables give one each; without any for a sum that differs.
  func judged(_ state: inout [UInt64], _ place: Int) -> (verdict: Verdict, answers: [OutcomeID]?) {
    switch plan.problem.goal {
    case .total(let before, let after): (total(&state, place, before, after), [])
    case .tables(let before, let after, let scores): tables(&state, place, before, after, scores)
    }
  }

  private func bit(_ state: [UInt64], _ bit: Int) -> Bool {
    state[1 + plan.sumCount + bit / 64] & (1 << UInt64(bit % 64)) != 0
  }

  /// The bounds of a sum, with the open terms as far as each goes by itself.
  private func range(_ state: [UInt64], _ place: Int, _ sum: Int) -> Range {
    var value = Int64(bitPattern: state[1 + sum])
    if AdditivePlan.isFixed(state[1 + sum]) { value = 0 }
    var range = Range(
      low: value + plan.least[place][sum], high: value + plan.most[place][sum],
      may: state[0] | plan.mayFlags[place], must: state[0] | plan.mustFlags[place])
    for word in 0..<plan.bitWords {
      var bits = state[1 + plan.sumCount + word]
      while bits != 0 {
        let term = plan.open[64 * word + bits.trailingZeroBitCount]
        bits &= bits - 1
        if term.isRule { continue }
        range.may |= term.flags
        if term.adds[sum] < 0 { range.low += term.adds[sum] } else { range.high += term.adds[sum] }
      }
    }
    return range
  }

  // MARK: - One sum

  private static let both: UInt64 = 1
  private static let old: UInt64 = 2
  private static let new: UInt64 = 4

  private func total(
    _ state: inout [UInt64], _ place: Int, _ before: AdditiveProblem.Fallback, _ after: AdditiveProblem.Fallback
  ) -> Verdict {
    let range = range(state, place, 0)
    if range.must & AdditiveJudge.both != 0 {
      // Where a rule of both sides holds, no more than the difference matters.
      state[0] = AdditiveJudge.both
      for bit in plan.open.indices where plan.open[bit].adds[0] == 0 {
        state[2 + bit / 64] &= ~(1 << UInt64(bit % 64))
      }
    }
    var found: Verdict?
    for flags in UInt64(0)..<8 where flags & ~range.may == 0 && range.must & ~flags & 7 == 0 {
      let verdict = total(range, flags, before, after)
      guard verdict != .open, found ?? verdict == verdict else { return .open }
      found = verdict
    }
    return found ?? .same
  }

  /// The verdict where exactly these kinds of rules hold.
  private func total(
    _ range: Range, _ flags: UInt64, _ before: AdditiveProblem.Fallback, _ after: AdditiveProblem.Fallback
  ) -> Verdict {
    func against(_ low: Int64, _ high: Int64, _ fallback: AdditiveProblem.Fallback) -> Verdict {
      guard case .number(let number) = fallback else { return .differs }
      if number < low || number > high { return .differs }
      return low == high ? .same : .open
    }
    let (hasOld, hasNew) = (flags & AdditiveJudge.old != 0, flags & AdditiveJudge.new != 0)
    if flags & AdditiveJudge.both != 0 || (hasOld && hasNew) { return against(range.low, range.high, .number(0)) }
    if !hasOld, !hasNew { return before == after ? .same : .differs }
    return hasOld ? against(-range.high, -range.low, after) : against(range.low, range.high, before)
  }

  // MARK: - Tables over sums

  private func tables(
    _ state: inout [UInt64], _ place: Int, _ before: AdditiveProblem.ScoreTable,
    _ after: AdditiveProblem.ScoreTable, _ scores: [AdditiveProblem.Score]
  ) -> (verdict: Verdict, answers: [OutcomeID]?) {
    var values: [AtomSet] = []
    var mayMiss: [Bool] = []
    for (sum, score) in scores.enumerated() {
      if AdditivePlan.isFixed(state[1 + sum]) {
        let atom = AdditivePlan.fixedAtom(state[1 + sum])
        values.append(AtomSet(atom, atom))
        mayMiss.append(false)
        continue
      }
      let range = range(state, place, sum)
      let flag = UInt64(1) << UInt64(sum)
      var set = AtomSet.empty
      if range.may & flag != 0 { set = AtomSet(score.atom(range.low), score.atom(range.high)) }
      if range.must & flag == 0, let fallback = score.fallback { set = set.union(AtomSet(fallback, fallback)) }
      let misses = range.must & flag == 0 && !score.hasFallback
      values.append(set)
      mayMiss.append(misses)
      if !misses, set.low == set.high { fix(&state, sum, set.low) }
    }
    let left = outcomes(&state, place, plan.before, before, values, mayMiss)
    let right = outcomes(&state, place, plan.after, after, values, mayMiss)
    clear(&state, used: left.bits + right.bits)
    if left.outcomes.count == 1, right.outcomes.count == 1 {
      return (left.outcomes == right.outcomes ? .same : .differs, left.outcomes + right.outcomes)
    }
    return (left.outcomes.contains(where: right.outcomes.contains) ? .open : .differs, nil)
  }

  /// Keeps no more of a sum than its atom, and none of the terms that add to it alone.
  private func fix(_ state: inout [UInt64], _ sum: Int, _ atom: Int32) {
    state[1 + sum] = AdditivePlan.fixed(atom)
    state[0] |= 1 << UInt64(sum)
    for (bit, term) in plan.open.enumerated()
    where !term.isRule
      && term.adds.indices.allSatisfy({ other in
        other == sum || (term.adds[other] == 0 && term.flags & (1 << UInt64(other)) == 0)
          || AdditivePlan.isFixed(state[1 + other])
      })
    {
      state[1 + plan.sumCount + bit / 64] &= ~(1 << UInt64(bit % 64))
    }
  }

  /// Drops the bits of rules that can answer no more.
  private func clear(_ state: inout [UInt64], used: [Int]) {
    let used = Set(used)
    for (bit, term) in plan.open.enumerated() where term.isRule && !used.contains(bit) {
      state[1 + plan.sumCount + bit / 64] &= ~(1 << UInt64(bit % 64))
    }
  }

  /// What a table may answer, and the bits of the rules that may.
  private func outcomes(
    _ state: inout [UInt64], _ place: Int, _ rules: [AdditivePlan.Rule], _ table: AdditiveProblem.ScoreTable,
    _ values: [AtomSet], _ mayMiss: [Bool]
  ) -> (outcomes: [OutcomeID], bits: [Int]) {
    var found: [OutcomeID] = []
    var bits: [Int] = []
    if table.sums.contains(where: { mayMiss[$0] }) { found.append(table.failed) }
    if table.sums.contains(where: { values[$0].isEmpty }) { return (found, bits) }
    for rule in rules {
      if let bit = rule.bit, !self.bit(state, bit) { continue }
      var isSure = rule.bit.map { plan.open[$0].end < place } ?? true
      var isPossible = true
      for side in rule.sides {
        isPossible = isPossible && values[side.sum].intersects(side.set)
        isSure = isSure && values[side.sum].isSubset(of: side.set)
      }
      guard isPossible else { continue }
      if let bit = rule.bit { bits.append(bit) }
      if !found.contains(rule.outcome) { found.append(rule.outcome) }
      if isSure { break }
    }
    return (found, bits)
  }
}
