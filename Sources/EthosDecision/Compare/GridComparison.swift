/// The difference of two tables over one grid, as it was found.
struct GridDifference: Sendable {
  /// Boxes that do not overlap, in each of which one answer became another.
  var leaves: [GridLeaf] = []
  /// Pairs of rules whose answers replace one another somewhere in a box, where the exact places are too many to list:
  /// the box, without what earlier rules decide there.
  var pairs: [GridPairRegion] = []
  /// Parts that were not looked at because the work was spent.
  var frontier: [GridBox] = []
  /// How many changed rules were not looked at to the end.
  var openRules = 0

  /// Whether the leaves are all there is.
  var isComplete: Bool { frontier.isEmpty && openRules == 0 && pairs.isEmpty }
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
  /// What is left for all local rewrites together.
  private var hunkWork: Int

  /// Every place where the tables answer otherwise, as far as the limits reach.
  static func difference(
    _ pair: GridPair, _ outcomes: inout OutcomeTable, limits: BehaviourLimits
  ) -> GridDifference {
    var comparison = GridComparison(
      pair: pair, outcomes: outcomes, limits: limits, hunkWork: GridComparison.hunkShare * limits.hunkWork)
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

  /// How many local rewrites may cost as much as one may.
  private static let hunkShare = 10

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
    guard hunkWork > 0 else { return }
    var local = GridPair(
      axes: pair.axes, before: pair.before.part(old), after: pair.after.part(new),
      changedBefore: Array(repeating: true, count: old.count), changedAfter: Array(repeating: true, count: new.count))
    // Where no rule of the part holds, both sides leave the case to the rules around it: no change.
    local.changedBefore.append(false)
    local.changedAfter.append(false)
    let share = min(limits.hunkWork, hunkWork)
    var work = share
    defer { hunkWork -= share - work }
    for (side, rules) in [(GridSide.before, old), (.after, new)] {
      for target in rules.indices {
        var search = FirstDescent(
          local, side: side, target: Int32(target - rules.lowerBound), limits: DescentLimits(work: work, leaves: 1))
        let end = search.run()
        work = search.limits.work
        guard case .complete = end else { return }
      }
    }
    for rule in old { pair.changedBefore[rule] = false }
    for rule in new { pair.changedAfter[rule] = false }
  }

  // MARK: - Under `first`

  private typealias Target = FirstSearch.Target

  private func searchFirst() -> GridDifference {
    var search = FirstSearch(pair, targets(), limits)
    return search.run()
  }

  private func targets() -> [Target] {
    pair.changed(.before).map { Target(rule: $0, side: .before) }
      + pair.changed(.after).map { Target(rule: $0, side: .after) }
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
      let share = max(0, work) / (searches.count - index)
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

/// How much a comparison may cost.
///
/// Work is counted in rules and words touched, so that a verdict is the same on every machine.
package struct BehaviourLimits: Sendable {
  /// The work of one comparison; some one second on a machine of 2025.
  package var work: Int
  /// The work for the proof of one local rewrite; all of them together get ten times as much.
  package var hunkWork: Int
  /// The steps in which it is to be settled whether there is any difference, by search with learned clauses.
  package var searchSteps = 3_000_000_000
  /// The steps in which, once there is one, others are looked for.
  package var listingSteps = 30_000_000
  /// Most boxes that are listed for one changed rule.
  package var leaves: Int
  /// Most cases that are tried where a search was not finished, or cannot know.
  package var samples: Int
  /// What all of these cases may cost together, in steps of FEEL.
  package var sampleSteps = 5_000_000
  /// Most regions that are told.
  package var regions: Int
  /// Told how many of the changed rules were looked at, while a search lasts.
  package var progress: @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }

  package init(
    work: Int, hunkWork: Int = 2_000_000, leaves: Int = 2_000, samples: Int = 3_000, regions: Int = 100
  ) {
    self.work = work
    self.hunkWork = hunkWork
    self.leaves = leaves
    self.samples = samples
    self.regions = regions
  }

  package static let standard = BehaviourLimits(work: 150_000_000)
  /// What a question may cost that is asked of every condition of a table.
  static let glance = {
    var limits = BehaviourLimits(work: 60_000, hunkWork: 20_000, leaves: 1)
    limits.searchSteps = 0
    return limits
  }()
}
