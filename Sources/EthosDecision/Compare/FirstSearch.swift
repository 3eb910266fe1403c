/// The search under `first` around all changed rules, within one budget.
///
/// Each rule gets a first look, in which most are counted out (`FirstDescent`). What is left is asked of a search with
/// learned clauses, rule by rule and round by round (`PairSearch`): that ends with every pair of rules that replace one
/// another, or the proof that there is none. Where such pairs are few they are counted out after all.
struct FirstSearch {
  struct Target: Hashable {
    var rule: Int32
    var side: GridSide
  }

  private let pair: GridPair
  private let targets: [Target]
  private let limits: BehaviourLimits
  private var found = GridDifference()
  /// The rules that were not counted out, in order, and their pairs.
  private var open: [Target] = []
  private var pairs: [Target: [PairSearch.Found]] = [:]
  private var pairCount = 0

  /// The part of the work that the first look at all rules may take.
  private static let firstShare = 40
  /// The part of the work in which rules with pairs are counted out.
  private static let countShare = 8
  /// After this many rules that were not counted out, where they are more than the others, no further one is tried.
  private static let patience = 64
  /// What one question gets in the first round; hard ones wait.
  private static let easySteps = 2_000_000

  init(_ pair: GridPair, _ targets: [Target], _ limits: BehaviourLimits) {
    self.pair = pair
    self.targets = targets
    self.limits = limits
  }

  mutating func run() -> GridDifference {
    firstLook()
    guard !open.isEmpty else { return found }
    let unsettled = searchPairs()
    countOut()
    for target in open {
      for pair in pairs[target] ?? [] { append(pair, target) }
    }
    for target in unsettled {
      found.openRules += 1
      guard let box = pair.table(target.side).box(of: target.rule, within: GridBox(pair.axes)) else { continue }
      found.frontier.append(box)
    }
    return found
  }

  private mutating func firstLook() {
    var work = limits.searchSteps > 0 ? limits.work / FirstSearch.firstShare : limits.work
    for (index, target) in targets.enumerated() {
      if limits.searchSteps > 0, open.count >= FirstSearch.patience, 2 * open.count >= index {
        open += targets[index...]
        return
      }
      if !count(target, &work, share: work / (targets.count - index)) { open.append(target) }
    }
  }

  /// Whether all places of one rule were listed; they are leaves then.
  private mutating func count(_ target: Target, _ work: inout Int, share: Int) -> Bool {
    var search = FirstDescent(
      pair, side: target.side, target: target.rule, limits: DescentLimits(work: share, leaves: limits.leaves))
    let end = search.run()
    work -= share - search.limits.work
    guard case .complete = end else { return false }
    found.leaves += search.leaves
    return true
  }

  // MARK: - Pairs of rules

  /// Looks for pairs of rules; the rules that were not looked at to the end.
  private mutating func searchPairs() -> [Target] {
    guard limits.searchSteps > 0 else { return open }
    var search = PairSearch(pair)
    var budget = limits.searchSteps
    if !found.leaves.isEmpty { budget = min(budget, limits.listingSteps) }
    var waiting = open
    var hard: [Target] = []
    var share = FirstSearch.easySteps
    while !waiting.isEmpty || !hard.isEmpty {
      if waiting.isEmpty {
        guard share < budget else { return hard }
        (waiting, hard) = (hard, [])
        share = share > limits.searchSteps / 16 ? budget : 16 * share
      }
      var next: [Target] = []
      for (index, target) in waiting.enumerated() {
        guard budget > 0, pairCount < limits.leaves else { return next + waiting[index...] + hard }
        limits.progress(targets.count - waiting.count - hard.count + index - next.count, targets.count)
        var steps = min(share, budget)
        let given = steps
        let answer = search.next(target.rule, target.side, budget: &steps)
        budget -= given - steps
        switch answer {
        case .nowhere: continue
        case .unfinished: hard.append(target)
        case .found(let pair):
          if pairCount == 0, found.leaves.isEmpty { budget = min(budget, limits.listingSteps) }
          pairs[target, default: []].append(pair)
          pairCount += 1
          next.append(target)
        }
      }
      waiting = next
    }
    return []
  }

  /// Lists the places of rules with pairs as far as that goes; pairs are told of the others.
  private mutating func countOut() {
    let differing = open.filter { pairs[$0] != nil }
    var work = limits.work / FirstSearch.countShare
    for (index, target) in differing.enumerated() {
      // What is not all cannot be measured: beyond a few the pairs say as much.
      guard differing.count - index <= FirstSearch.patience else { return }
      guard count(target, &work, share: work / (differing.count - index)) else { return }
      pairs[target] = nil
    }
  }

  private mutating func append(_ match: PairSearch.Found, _ target: Target) {
    let (old, new) = (match.before, match.after)
    let whole = GridBox(pair.axes)
    let own = pair.before.box(of: old, within: whole) ?? match.box
    let both = pair.after.box(of: new, within: own) ?? match.box
    // What is not shown need not say where it does not hold.
    let isShown = found.pairs.count < limits.regions
    found.pairs.append(
      GridPairRegion(
        box: both,
        leaf: GridLeaf(
          box: match.box, before: pair.before.outcomes[Int(old)], after: pair.after.outcomes[Int(new)],
          rulesBefore: [old], rulesAfter: [new]),
        unlessBefore: isShown ? (0..<old).filter { !pair.before.isDisjoint($0, from: both) } : [],
        unlessAfter: isShown ? (0..<new).filter { !pair.after.isDisjoint($0, from: both) } : []))
  }
}
