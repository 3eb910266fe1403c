/// The difference of two tables over one grid, as it was found.
struct GridDifference: Sendable {
  /// Boxes that do not overlap, in each of which one answer became another.
  var leaves: [GridLeaf] = []
  /// Pairs of rules whose answers replace one another somewhere in a box, where the exact places are too many to list:
  /// the box, without what earlier rules decide there.
  var pairs: [GridPairRegion] = []
  /// Parts that were not looked at because the work was spent.
  var frontier: [GridBox] = []
  /// How many pairs of rules were left open.
  var openPairs = 0

  /// Whether the leaves are all there is.
  var isComplete: Bool { frontier.isEmpty && openPairs == 0 && pairs.isEmpty }
  var isDifferent: Bool { !leaves.isEmpty || !pairs.isEmpty }
}

/// Somewhere in a box one rule's answer became another's; earlier rules may answer in parts of it.
struct GridPairRegion: Sendable {
  var box: GridBox
  /// A part of it in which the two rules do answer.
  var leaf: GridLeaf
  /// The earlier rules that answer in parts of the box.
  var unlessBefore: [Int32]
  var unlessAfter: [Int32]
}

/// Compares two tables over one grid whose rules are aligned: proof of local rewrites, then the search around what changed.
struct GridComparison {
  private var pair: GridPair
  private var outcomes: OutcomeTable
  private let limits: BehaviourLimits

  /// Every place where the tables answer otherwise, as far as the limits reach.
  static func difference(
    _ pair: GridPair, _ outcomes: inout OutcomeTable, limits: BehaviourLimits
  ) -> GridDifference {
    var comparison = GridComparison(pair: pair, outcomes: outcomes, limits: limits)
    let found = comparison.run()
    outcomes = comparison.outcomes
    return found
  }

  private mutating func run() -> GridDifference {
    // Where a fact may have no value there is no case that could be decided otherwise.
    guard !pair.axes.contains(where: { $0.atomCount == 0 }) else { return GridDifference() }
    guard pair.before.combination == pair.after.combination else { return searchEverything() }
    guard pair.before.combination == .first else { return searchFolds() }
    if pair.isInOrder { proveHunks() }
    return searchFirst()
  }

  // MARK: - Rewrites of neighbouring rules

  /// Rules between two unchanged ones that are rewritten, but decide the same by themselves, are unchanged too: whatever
  /// stands around them, the tables are equal there.
  private mutating func proveHunks() {
    let partner = pair.partnersBefore
    var old = 0
    var new = 0
    while old < pair.before.count || new < pair.after.count {
      let oldStart = old
      while old < pair.before.count, partner[old] < 0 { old += 1 }
      let newEnd = old < pair.before.count ? Int(partner[old]) : pair.after.count
      if oldStart < old || new < newEnd { proveHunk(oldStart..<old, new..<newEnd) }
      old += 1
      new = newEnd + 1
    }
  }

  private mutating func proveHunk(_ old: Range<Int>, _ new: Range<Int>) {
    var local = GridPair(
      axes: pair.axes, before: pair.before.part(old), after: pair.after.part(new),
      changedBefore: Array(repeating: true, count: old.count), changedAfter: Array(repeating: true, count: new.count))
    // Where no rule of the part holds, both sides leave the case to the rules around it: no change.
    local.changedBefore.append(false)
    local.changedAfter.append(false)
    var work = limits.hunkWork
    for (side, rules) in [(GridSide.before, old), (.after, new)] {
      for target in rules.indices {
        var search = FirstDescent(
          local, side: side, target: Int32(target - rules.lowerBound), limits: DescentLimits(work: work, leaves: 1))
        guard case .complete = search.run() else { return }
        work = search.limits.work
      }
    }
    for rule in old { pair.changedBefore[rule] = false }
    for rule in new { pair.changedAfter[rule] = false }
  }

  // MARK: - Under `first`

  private mutating func searchFirst() -> GridDifference {
    var found = GridDifference()
    let targets = targets()
    var work = limits.work
    for (index, target) in targets.enumerated() {
      // What a rule leaves of its part goes to those behind it; half is kept for pairs.
      let share = max(work / (2 * (targets.count - index)), limits.leastWork)
      var search = FirstDescent(
        pair, side: target.side, target: target.rule, limits: DescentLimits(work: share, leaves: limits.leaves))
      let end = search.run()
      work -= share - search.limits.work
      if case .complete = end {
        found.leaves += search.leaves
      } else {
        searchPairs(target, search.leaves, &work, remaining: targets.count - index, into: &found)
      }
    }
    return found
  }

  private func targets() -> [(rule: Int32, side: GridSide)] {
    pair.changed(.before).map { ($0, GridSide.before) } + pair.changed(.after).map { ($0, .after) }
  }

  /// Looks, for one changed rule, at each rule of the other side that may answer in its place: is there a case?
  private mutating func searchPairs(
    _ target: (rule: Int32, side: GridSide), _ seen: [GridLeaf], _ work: inout Int, remaining: Int,
    into found: inout GridDifference
  ) {
    let (own, other) = (pair.table(target.side), pair.table(target.side.other))
    guard let box = own.box(of: target.rule, within: GridBox(pair.axes)) else { return }
    var candidates: [Int32] = []
    for rule in 0..<Int32(other.count) where !other.isDisjoint(rule, from: box) {
      let isDifferent = other.outcomes[Int(rule)] != own.outcomes[Int(target.rule)]
      let isOurs = target.side == .before || !pair.isChanged(rule, .before)
      if isDifferent, isOurs { candidates.append(rule) }
      if other.covers(rule, box) { break }
    }
    for (index, rule) in candidates.enumerated() {
      if let leaf = seen.first(where: { (target.side == .before ? $0.rulesAfter : $0.rulesBefore) == [rule] }) {
        append(leaf, target, rule, box, into: &found)
        continue
      }
      let share = max(work / (2 * remaining * (candidates.count - index)), limits.leastWork)
      var search = FirstDescent(
        pair, side: target.side, target: target.rule, limits: DescentLimits(work: share, leaves: 1), onlyOther: rule)
      let end = search.run()
      work -= share - search.limits.work
      if let leaf = search.leaves.first {
        append(leaf, target, rule, box, into: &found)
      } else if case .exhausted = end {
        found.openPairs += 1
        found.frontier.append(other.box(of: rule, within: box) ?? box)
      }
    }
  }

  private func append(
    _ leaf: GridLeaf, _ target: (rule: Int32, side: GridSide), _ other: Int32, _ box: GridBox,
    into found: inout GridDifference
  ) {
    let (old, new) = target.side == .before ? (target.rule, other) : (other, target.rule)
    let both = pair.table(target.side.other).box(of: other, within: box) ?? box
    found.pairs.append(
      GridPairRegion(
        box: both, leaf: leaf,
        unlessBefore: (0..<old).filter { !pair.before.isDisjoint($0, from: both) },
        unlessAfter: (0..<new).filter { !pair.after.isDisjoint($0, from: both) }))
  }

  // MARK: - Under the other hit policies

  private mutating func searchFolds() -> GridDifference {
    var searches = targets().map { FoldDescent.Target.rule($0.rule, $0.side) }
    if pair.before.fallback != pair.after.fallback { searches.append(.fallback) }
    return search(searches)
  }

  private mutating func searchEverything() -> GridDifference { search([.everything]) }

  private mutating func search(_ searches: [FoldDescent.Target]) -> GridDifference {
    var found = GridDifference()
    var work = limits.work
    for (index, target) in searches.enumerated() {
      let share = max(work / (searches.count - index), limits.leastWork)
      var search = FoldDescent(pair, target: target, limits: DescentLimits(work: share, leaves: limits.leaves))
      let end = search.run(&outcomes)
      work -= share - search.limits.work
      found.leaves += search.leaves
      if case .complete = end { continue }
      found.frontier += search.frontier
    }
    return found
  }
}

/// How much a comparison may cost. Work is counted in rules and words touched, so that a verdict is the same on every
/// machine.
package struct BehaviourLimits: Sendable {
  /// The work of one comparison; some one second on a machine of 2025.
  package var work: Int
  /// The work for the proof of one local rewrite.
  package var hunkWork: Int
  /// What every search gets, however many there are.
  package var leastWork: Int
  /// Most boxes that are listed for one changed rule.
  package var leaves: Int
  /// Most cases that are tried where a search was not finished, or cannot know.
  package var samples: Int
  /// What all of these cases may cost together, in steps of FEEL.
  package var sampleSteps = 5_000_000
  /// Most regions that are told.
  package var regions: Int

  package init(
    work: Int, hunkWork: Int = 2_000_000, leastWork: Int = 20_000, leaves: Int = 2_000, samples: Int = 3_000,
    regions: Int = 100
  ) {
    self.work = work
    self.hunkWork = hunkWork
    self.leastWork = leastWork
    self.leaves = leaves
    self.samples = samples
    self.regions = regions
  }

  package static let standard = BehaviourLimits(work: 150_000_000)
}
