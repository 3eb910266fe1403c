import BigInt
import EthosFEEL
import EthosModel
import EthosText

/// Compares two decisions whose answers are sums, or depend on sums of others: by walking the facts, not the cases.
///
/// `AdditiveCount` says whether any case differs, and how many do; `AdditiveDescent` lists where, as long as that is few
/// boxes. Every region has a case that the reference evaluation decides otherwise on both sides.
struct AdditiveComparison {
  private let space: Space
  private let plan: AdditivePlan
  private let sides: (before: DecisionSide, after: DecisionSide)
  private let decisions: (before: Decision, after: Decision)
  private let renamed: FactRenames.Found
  private let limits: BehaviourLimits
  private let outcomes: OutcomeTable

  /// Most boxes that are joined to regions.
  private static let mostBoxes = 400
  private static let walkBudget = 1_500_000
  private static let listBudget = 100_000

  init(
    _ space: Space, _ problem: AdditiveProblem, _ outcomes: OutcomeTable, _ before: DecisionSide, _ after: DecisionSide,
    _ old: Decision, _ new: Decision, _ renamed: FactRenames.Found, _ limits: BehaviourLimits
  ) {
    self.space = space
    plan = AdditivePlan(problem)
    sides = (before, after)
    decisions = (old, new)
    self.renamed = renamed
    self.limits = limits
    self.outcomes = outcomes
  }

  func difference() throws -> BehaviourDifference {
    let count = AdditiveCount(plan, budget: AdditiveComparison.walkBudget)
    if let count, !count.isDifferent { return BehaviourDifference(verdict: .equivalent) }
    var listed = AdditiveDescent(plan, maximum: AdditiveComparison.mostBoxes, budget: AdditiveComparison.listBudget)
    listed.run()
    let isListed = listed.isComplete
    if count == nil, isListed, listed.leaves.isEmpty { return BehaviourDifference(verdict: .equivalent) }
    let leaves = isListed ? listed.leaves : listed.leaves.prefix(10) + (count?.boxes ?? []).flatMap(inside)
    var result = BehaviourDifference(verdict: .undecided, isComplete: isListed)
    var regions: [(region: BehaviourRegion, weight: BigUInt)] = []
    for group in grouped(isListed ? leaves : unique(leaves)) {
      for box in isListed ? RegionCover.boxes(group.map(\.box), space.axes) : group.map(\.box) {
        let inside = group.filter { $0.box.intersects(box) }
        guard let leaf = inside.first(where: { $0.box.isSubset(of: box) }) ?? inside.first else { continue }
        let weight = plan.weightReason == nil ? self.weight(box) : 0
        let isShown = regions.count < limits.regions
        if let region = try region(box, leaf, isShown) { regions.append((region, weight)) }
      }
    }
    let total = plan.total
    if regions.contains(where: \.region.isProven) { result.verdict = .different }
    share(count?.weight ?? (isListed ? listed.leaves.reduce(BigUInt(0)) { $0 + weight($1.box) } : nil), total, &result)
    for index in regions.indices where result.share != nil {
      regions[index].region.share = AdditiveComparison.share(regions[index].weight, total)
    }
    if result.share != nil, isListed, regions.reduce(BigUInt(0), { $0 + $1.weight }) > (count?.weight ?? total) {
      result.notes.append("regions overlap; the share of all of them counts every case once")
    }
    if result.share != nil, plan.hasMissing {
      result.notes.append("shares are of the cases in which no fact is missing")
    }
    if !isListed {
      result.reason =
        count == nil
        ? "the sums take more values than can be counted out within the budget"
        : "the regions are too many to list; \(result.share == nil ? "these are some" : "the share is of all of them")"
    }
    result.direction = direction(leaves, isListed)
    regions.sort { left, right in
      if left.weight != right.weight { return left.weight > right.weight }
      return AdditiveComparison.text(left.region) < AdditiveComparison.text(right.region)
    }
    result.moreRegions = max(0, regions.count - limits.regions)
    result.regions = regions.prefix(limits.regions).map(\.region)
    return result
  }

  private static func text(_ region: BehaviourRegion) -> String {
    region.when.map { "\($0.input) \($0.text)" }.joined(separator: ", ")
  }

  /// The leaves in a part of the grid that differs: of several, one.
  private func inside(_ box: GridBox) -> [AdditiveDescent.Leaf] {
    var descent = AdditiveDescent(plan, maximum: 1, budget: 10_000)
    descent.run(within: box)
    return descent.leaves
  }

  private func unique(_ leaves: [AdditiveDescent.Leaf]) -> [AdditiveDescent.Leaf] {
    var seen: Set<GridBox> = []
    return leaves.filter { seen.insert($0.box).inserted }
  }

  /// Leaves by what they answer, in order.
  private func grouped(_ leaves: [AdditiveDescent.Leaf]) -> [[AdditiveDescent.Leaf]] {
    var order: [[OutcomeID]] = []
    var groups: [[OutcomeID]: [AdditiveDescent.Leaf]] = [:]
    for leaf in leaves {
      if groups[leaf.answers] == nil { order.append(leaf.answers) }
      groups[leaf.answers, default: []].append(leaf)
    }
    return order.compactMap { groups[$0] }
  }

  private func direction(_ leaves: [AdditiveDescent.Leaf], _ isListed: Bool) -> BehaviourDifference.Direction {
    guard isListed, leaves.allSatisfy({ $0.answers.count == 2 }) else { return .changed }
    return Strictness(decisions.before, decisions.after).direction(
      leaves.map { (outcomes[$0.answers[0]], outcomes[$0.answers[1]]) })
  }

  // MARK: - Shares

  private func weight(_ box: GridBox) -> BigUInt {
    plan.steps.reduce(BigUInt(1)) { $0 * (space.axes[$1.axis].weight(box.sides[$1.axis]) ?? 1) }
  }

  private func share(_ weight: BigUInt?, _ total: BigUInt, _ result: inout BehaviourDifference) {
    if let reason = plan.weightReason {
      result.shareReason = reason
    } else if let weight, total > 0 {
      result.share = AdditiveComparison.share(weight, total)
    } else {
      result.shareReason = "the regions were not all counted out"
    }
  }

  /// Facts that make no difference are in both parts of a fraction; it is told in lowest terms.
  private static func share(_ weight: BigUInt, _ total: BigUInt) -> ShareOfSpace {
    let divisor = max(1, weight.greatestCommonDivisor(with: total))
    return ShareOfSpace(
      numerator: String(weight / divisor), denominator: String(total / divisor),
      percent: Measure.percent(weight, of: total))
  }

  // MARK: - Regions

  private func region(_ box: GridBox, _ leaf: AdditiveDescent.Leaf, _ isShown: Bool) throws -> BehaviourRegion? {
    let scores = Set(space.scores.map(\.axis))
    var terms: [BehaviourRegion.Term] = []
    for (index, axis) in space.axes.enumerated() where !scores.contains(index) {
      guard box.sides[index] != AtomSet(all: axis.atomCount) else { continue }
      terms.append(BehaviourRegion.Term(axis.name, SideText.text(box.sides[index], axis)))
    }
    var region = BehaviourRegion(
      when: terms, before: BehaviourOutcome(text: "", json: .null), after: BehaviourOutcome(text: "", json: .null),
      witness: [], isProven: false, rulesBefore: [], rulesAfter: [])
    let facts = space.axes.indices.filter { !scores.contains($0) && space.axes[$0].kind != .condition }
    let place = GridBox(sides: facts.map { leaf.box.sides[$0] })
    if let found = Witness(axes: facts.map { space.axes[$0] }).facts(place) {
      let seen = decide(found)
      guard seen.before.outcome != seen.after.outcome else {
        let text = found.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
        throw BehaviourMismatch(
          description: "the case \(text) is decided \(seen.before.outcome) on both sides, and was found to differ")
      }
      region.isProven = true
      region.witness = found.map { BehaviourRegion.Term($0.name, Decision.plain($0.value)) }
      region.before = decisions.before.described(seen.before.outcome)
      region.after = decisions.after.described(seen.after.outcome)
      region.rulesBefore = names(seen.before.rules, decisions.before, space.before, space.pair.changedBefore)
      region.rulesAfter = names(seen.after.rules, decisions.after, space.after, space.pair.changedAfter)
    }
    if leaf.answers.count == 2 {
      region.before = described(leaf.answers[0], decisions.before)
      region.after = described(leaf.answers[1], decisions.after)
    } else {
      describe(&region, box)
    }
    return region
  }

  private func described(_ id: OutcomeID, _ decision: Decision) -> BehaviourOutcome {
    guard case .outcome(let outcome) = outcomes[id] else { return BehaviourOutcome(text: "", json: .null) }
    return decision.described(outcome)
  }

  /// The rules behind an answer; of a sum those that changed.
  private func names(_ rules: [Int], _ decision: Decision, _ table: GridTable, _ changed: [Bool]) -> [String] {
    guard case .total = plan.problem.goal else { return rules.map { decision.name(ofRule: $0) } }
    let rows = Set(table.sources.indices.filter { changed[$0] }.compactMap { table.sources[$0].row })
    return rules.filter(rows.contains).map { decision.name(ofRule: $0) }
  }

  private func decide(_ facts: CaseCheck.Facts) -> (before: Decided, after: Decided) {
    var (old, new) = (sides.before.graph, sides.after.graph)
    let there = facts.map { fact in
      (name: renamed.first { $0.before == fact.name }?.after ?? fact.name, value: fact.value)
    }
    let nothing = Decided(decision: sides.before.key, outcome: .failed, rules: [], problems: [])
    return (old.decide(sides.before.key, facts: facts) ?? nothing, new.decide(sides.after.key, facts: there) ?? nothing)
  }

  // MARK: - What sums are in a region

  /// Says between what bounds the sums lie, where the region has several.
  private func describe(_ region: inout BehaviourRegion, _ box: GridBox) {
    guard let scale = AdditiveTotal.scale(space.pair, outcomes) else { return }
    func points(_ table: GridTable, _ sign: Int64, _ isWanted: (Int) -> Bool) -> [(box: SparseBox, points: Int64)] {
      (table.guardCount..<max(table.guardCount, table.count)).filter(isWanted).compactMap { rule in
        AdditiveTotal.points(table, rule, outcomes, scale).map { (table.sparseBox(of: Int32(rule)), sign * $0) }
      }
    }
    let before = PointBounds(points(space.before, 1) { _ in true }, box)
    let after = PointBounds(points(space.after, 1) { _ in true }, box)
    let change = PointBounds(
      points(space.before, -1) { space.pair.changedBefore[$0] }
        + points(space.after, 1) { space.pair.changedAfter[$0] },
      box)
    region.before = text(before, decisions.before, space.before.fallback, scale, nil)
    region.after = text(
      after, decisions.after, space.after.fallback, scale, before.isSure && after.isSure ? change : nil)
  }

  private func text(
    _ bounds: PointBounds, _ decision: Decision, _ fallback: OutcomeID, _ scale: PointScale, _ change: PointBounds?
  ) -> BehaviourOutcome {
    guard bounds.mayHold else { return described(fallback, decision) }
    func number(_ value: Int64) -> BehaviourOutcome {
      decision.described(.decided(scale.number(value).map(FEELValue.number) ?? .null))
    }
    if bounds.low == bounds.high, bounds.isSure { return number(bounds.low) }
    let name = decision.table.outputs.first?.name ?? ""
    var text =
      bounds.low == bounds.high ? number(bounds.low).text : "\(number(bounds.low).text) to \(number(bounds.high).text)"
    if !bounds.isSure { text += ", or \(described(fallback, decision).text)" }
    let json = JSON.object([JSON.Member(name, .string(text))])
    if let change, change.low == change.high, change.low != 0, let size = scale.number(abs(change.low)) {
      text += " (\(size) \(change.low > 0 ? "more" : "less"))"
    }
    return BehaviourOutcome(text: text, json: json)
  }
}
