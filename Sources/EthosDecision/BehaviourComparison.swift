import BigInt
import EthosFEEL
package import EthosModel
import EthosText

/// A witness was decided otherwise by the reference evaluation than the comparison had found: a fault of ours.
package struct BehaviourMismatch: Error, CustomStringConvertible {
  package let description: String
}

/// Compares two revisions of a decision by what they decide.
///
/// The tables are laid out over one grid, whose atoms are the values between the constants that either side mentions
/// (`SpaceBuilder`); rules that did not change are set aside (`Alignment`); rewrites that decide the same by themselves
/// are proved local (`GridComparison`); and around every rule that did change the grid is searched for cases that are
/// decided otherwise (`FirstDescent`, `FoldDescent`). Every case that is shown was run through the reference evaluation
/// on both sides.
package struct BehaviourComparison {
  private let space: Space
  private let found: GridDifference
  private let outcomes: OutcomeTable
  private var cases: CaseCheck
  private let old: Decision
  private let new: Decision
  private let limits: BehaviourLimits

  /// How two decisions differ; throws `BehaviourMismatch` where our own two ways of deciding disagree.
  package static func compare(
    _ before: DecisionSide, _ after: DecisionSide, limits: BehaviourLimits = .standard
  ) throws -> BehaviourDifference {
    try prepare(before, after).difference(limits: limits)
  }

  /// Both sides laid out over one grid, to be compared from there on.
  package static func prepare(_ before: DecisionSide, _ after: DecisionSide) -> PreparedComparison {
    PreparedComparison(before, after)
  }

  fileprivate static func difference(
    _ prepared: PreparedComparison, _ space: Space, _ old: Decision, _ new: Decision, _ renamed: FactRenames.Found,
    _ limits: BehaviourLimits
  ) throws -> BehaviourDifference {
    var outcomes = space.outcomes
    let found = GridComparison.difference(space.pair, &outcomes, limits: limits)
    let cases = CaseCheck(
      before: prepared.before, after: prepared.after, renamed: renamed, axes: space.axes, conditions: space.conditions,
      steps: limits.sampleSteps)
    var comparison = BehaviourComparison(
      space: space, found: found, outcomes: outcomes, cases: cases, old: old, new: new, limits: limits)
    var result = try comparison.difference()
    result.isAssumed = !renamed.isEmpty
    result.notes = renamed.map { "`\($0.after)` is read as what `\($0.before)` was" } + result.notes
    return result
  }

  // MARK: - The verdict

  private mutating func difference() throws -> BehaviourDifference {
    var regions = try leafRegions() + pairRegions()
    if !found.frontier.isEmpty, let region = try sampled() { regions.append(region) }
    var result = BehaviourDifference(verdict: .equivalent)
    result.isComplete = found.isComplete && regions.allSatisfy(\.region.isProven)
    let isDifferent = regions.contains(where: \.region.isProven)
    if isDifferent {
      result.verdict = .different
      if !found.frontier.isEmpty { result.reason = unfinished }
    } else if !found.frontier.isEmpty {
      result.verdict = .undecided
      result.reason = unfinished
    } else if !regions.isEmpty {
      result.verdict = .undecided
      result.reason = "the answers may differ, but no case was found in \(limits.samples) tries where they do"
    }
    result.direction = Strictness(old, new).direction(regions.map { (outcomes[$0.before], outcomes[$0.after]) })
    measure(&regions, &result)
    regions.sort { $0.precedes($1) }
    result.moreRegions = max(0, regions.count - limits.regions)
    result.regions = regions.prefix(limits.regions).map(\.region)
    return result
  }

  /// A region on its way: with its box and answers by number.
  private struct Draft {
    var region: BehaviourRegion
    var box: GridBox
    var before: OutcomeID
    var after: OutcomeID
    var weight = BigUInt(0)

    func precedes(_ other: Draft) -> Bool {
      if region.isProven != other.region.isProven { return region.isProven }
      if weight != other.weight { return weight > other.weight }
      let key = { (draft: Draft) in draft.region.when.map { "\($0.input) \($0.text)" }.joined(separator: ", ") }
      return key(self) < key(other)
    }
  }

  private func measure(_ drafts: inout [Draft], _ result: inout BehaviourDifference) {
    guard !drafts.isEmpty else { return }
    guard found.pairs.isEmpty, found.frontier.isEmpty else {
      result.shareReason = "the regions were not all counted out"
      return
    }
    guard result.isComplete else {
      result.shareReason = "not every region was shown to have a case"
      return
    }
    switch Measure.make(space.axes, found.leaves.map(\.box)) {
    case .failure(let reason): result.shareReason = reason.text
    case .success(let measure):
      result.share = measure.share(found.leaves.reduce(BigUInt(0)) { $0 + measure.weight($1.box) })
      for index in drafts.indices {
        drafts[index].weight = measure.weight(drafts[index].box)
        drafts[index].region.share = measure.share(drafts[index].weight)
      }
      let sum = drafts.reduce(BigUInt(0)) { $0 + $1.weight }
      if sum > found.leaves.reduce(BigUInt(0), { $0 + measure.weight($1.box) }) {
        result.notes.append("regions overlap; the share of all of them counts every case once")
      }
      if measure.hasMissing { result.notes.append("shares are of the cases in which no fact is missing") }
    }
  }

  private var unfinished: String {
    var text = "the search was not finished within its budget"
    if found.openPairs > 0 { text += ": \(found.openPairs) pairs of rules are open" }
    if case .success(let measure) = Measure.make(space.axes, found.frontier) {
      let open = found.frontier.reduce(BigUInt(0)) { $0 + measure.weight($1) }
      text += "; at most \(measure.share(open).percent) of the space was not searched"
    }
    return text
      + "; \(limits.samples) cases tried there (seed \(CaseCheck.seed)) were all decided alike, which proves nothing"
  }

  // MARK: - Regions

  private mutating func leafRegions() throws -> [Draft] {
    struct Transition: Hashable {
      var before: OutcomeID
      var after: OutcomeID
    }
    var order: [Transition] = []
    var groups: [Transition: [GridLeaf]] = [:]
    for leaf in found.leaves {
      let transition = Transition(before: leaf.before, after: leaf.after)
      if groups[transition] == nil { order.append(transition) }
      groups[transition, default: []].append(leaf)
    }
    var drafts: [Draft] = []
    for transition in order {
      let leaves = groups[transition] ?? []
      for box in RegionCover.boxes(leaves.map(\.box), space.axes) {
        let inside = leaves.filter { $0.box.intersects(box) }
        guard let leaf = inside.first(where: { $0.box.isSubset(of: box) }) ?? inside.first else { continue }
        var draft = draft(box, transition.before, transition.after)
        draft.region.rulesBefore = names(inside.flatMap(\.rulesBefore), space.before, old)
        draft.region.rulesAfter = names(inside.flatMap(\.rulesAfter), space.after, new)
        // Beyond what is shown one witness for the verdict is enough.
        if drafts.count < limits.regions || !drafts.contains(where: \.region.isProven) {
          try prove(&draft, leaf)
        }
        drafts.append(draft)
      }
    }
    return drafts
  }

  private mutating func pairRegions() throws -> [Draft] {
    var drafts: [Draft] = []
    for pair in found.pairs {
      var draft = draft(pair.box, pair.leaf.before, pair.leaf.after)
      draft.region.rulesBefore = names(pair.leaf.rulesBefore, space.before, old)
      draft.region.rulesAfter = names(pair.leaf.rulesAfter, space.after, new)
      draft.region.unless = Array(
        Set(names(pair.unlessBefore, space.before, old)).union(names(pair.unlessAfter, space.after, new))
      ).sorted()
      if drafts.count < limits.regions { try prove(&draft, pair.leaf) }
      drafts.append(draft)
    }
    return drafts
  }

  /// Tries cases where the search was not finished; a case that is decided otherwise is a region of its own.
  private mutating func sampled() throws -> Draft? {
    guard let hit = cases.sample(found.frontier, space.before, space.after, outcomes, tries: limits.samples) else {
      return nil
    }
    var draft = draft(hit.box, hit.before, hit.after)
    draft.region.rulesBefore = names(hit.rulesBefore, space.before, old)
    draft.region.rulesAfter = names(hit.rulesAfter, space.after, new)
    try prove(&draft, hit)
    return draft
  }

  private func draft(_ box: GridBox, _ before: OutcomeID, _ after: OutcomeID) -> Draft {
    var terms: [BehaviourRegion.Term] = []
    for (axis, side) in zip(space.axes, box.sides) where side != AtomSet(all: axis.atomCount) {
      terms.append(BehaviourRegion.Term(axis.name, SideText.text(side, axis)))
    }
    let region = BehaviourRegion(
      when: terms, before: described(before, old), after: described(after, new), witness: [], rulesBefore: [],
      rulesAfter: [])
    return Draft(region: region, box: box, before: before, after: after)
  }

  private func described(_ id: OutcomeID, _ decision: Decision) -> BehaviourOutcome {
    switch outcomes[id] {
    case .outcome(let outcome): decision.described(outcome)
    case .expressions(let expressions, _):
      BehaviourOutcome(
        text: expressions.map(\.description).joined(separator: ", "),
        json: .object(
          zip(decision.table.outputs, expressions).map { JSON.Member($0.name ?? "", .string("= \($1)")) }))
    }
  }

  /// Puts a case to the region; where the answers or the conditions depend on more than the grid knows, it is looked for.
  private mutating func prove(_ draft: inout Draft, _ leaf: GridLeaf) throws {
    let isCertain =
      outcomes[leaf.before].isConstant && outcomes[leaf.after].isConstant
      && zip(space.axes, leaf.box.sides).allSatisfy { axis, side in
        axis.kind != .condition || side == AtomSet(all: axis.atomCount)
      }
    let facts =
      isCertain
      ? try cases.confirmed(
        leaf, outcomes, areBags: (space.before.combination == .bag, space.after.combination == .bag))
      : cases.search(leaf.box, tries: limits.samples)
    draft.region.isProven = facts != nil
    draft.region.witness = (facts ?? []).map { BehaviourRegion.Term($0.name, Decision.plain($0.value)) }
    if !isCertain, facts != nil, let seen = cases.last {
      draft.region.before = old.described(seen.before)
      draft.region.after = new.described(seen.after)
    }
  }

  /// The rules of a side by the names that people know, in the order of the table, each once.
  private func names(_ rules: [Int32], _ table: GridTable, _ decision: Decision) -> [String] {
    let rows = Set(rules.compactMap { $0 < table.count ? table.sources[Int($0)].row : nil })
    return rows.sorted().map { decision.name(ofRule: $0) }
  }
}

/// Two decisions laid out over one grid. What is left is the search, which `BehaviourLimits` bound.
package struct PreparedComparison {
  fileprivate let before: DecisionSide
  fileprivate let after: DecisionSide
  private let old: Decision?
  private let new: Decision?
  private let renamed: FactRenames.Found
  private let space: Result<Space, NotReducible>

  fileprivate init(_ before: DecisionSide, _ after: DecisionSide) {
    var (before, after) = (before, after)
    old = before.graph.decision(before.key)
    new = after.graph.decision(after.key)
    (self.before, self.after) = (before, after)
    if let old, let new {
      renamed = FactRenames.found(old, new)
    } else {
      renamed = []
    }
    space = PreparedComparison.laidOut(before, after, renamed)
  }

  /// How the two differ; throws `BehaviourMismatch` where our own two ways of deciding disagree.
  package func difference(limits: BehaviourLimits = .standard) throws -> BehaviourDifference {
    guard let old, let new else {
      return BehaviourDifference(verdict: .undecided, reason: "one side has no such decision", isComplete: false)
    }
    let result = try difference(space, old, new, renamed, limits)
    // Under another name a fact is the same fact only if somebody says so; a proof under that reading says so.
    if renamed.isEmpty || result.verdict == .equivalent { return result }
    return try difference(PreparedComparison.laidOut(before, after, []), old, new, [], limits)
  }

  private func difference(
    _ space: Result<Space, NotReducible>, _ old: Decision, _ new: Decision, _ renamed: FactRenames.Found,
    _ limits: BehaviourLimits
  ) throws -> BehaviourDifference {
    switch space {
    case .failure(let error):
      return BehaviourDifference(verdict: .undecided, reason: error.reason, isComplete: false)
    case .success(let space):
      return try BehaviourComparison.difference(self, space, old, new, renamed, limits)
    }
  }

  private static func laidOut(
    _ before: DecisionSide, _ after: DecisionSide, _ renamed: FactRenames.Found
  ) -> Result<Space, NotReducible> {
    Result { () throws(NotReducible) in try SpaceBuilder.space(before, after, renamed: renamed) }
  }
}
