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
  private var outcomes: OutcomeTable
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
    if let additive = try additive(prepared, space, old, new, renamed, limits) { return additive }
    let found = GridComparison.difference(space.pair, &outcomes, limits: limits)
    let cases = CaseCheck(
      before: prepared.before, after: prepared.after, renamed: renamed, axes: space.axes, conditions: space.conditions,
      outcomes: space.outcomes, steps: limits.sampleSteps)
    var comparison = BehaviourComparison(
      space: space, found: found, outcomes: outcomes, cases: cases, old: old, new: new, limits: limits)
    var result = try comparison.difference()
    result.isAssumed = !renamed.isEmpty
    result.notes = renamed.map(FactRenames.note) + result.notes
    for axis in space.axes where axis.atomCount == 0 {
      result.notes.append("`\(axis.name)` allows no value, so that there is no case to decide")
    }
    return result
  }

  /// The difference where answers are sums, or depend on sums of other decisions, and are not few; nil elsewhere.
  private static func additive(
    _ prepared: PreparedComparison, _ space: Space, _ old: Decision, _ new: Decision, _ renamed: FactRenames.Found,
    _ limits: BehaviourLimits
  ) throws -> BehaviourDifference? {
    var outcomes = space.outcomes
    let problem: AdditiveProblem
    if !space.scores.isEmpty {
      do throws(NotReducible) {
        let failed = outcomes.id(.outcome(.failed))
        problem = try AdditiveTables.problem(space, failed: failed)
      } catch {
        return BehaviourDifference(verdict: .undecided, reason: error.reason, isComplete: false)
      }
    } else {
      guard let found = AdditiveTotal.problem(space.pair, outcomes) else { return nil }
      // A few sums are said one by one.
      var glance = limits
      (glance.work, glance.leaves) = (min(limits.work, 3_000_000), min(limits.leaves, 400))
      let listed = GridComparison.difference(space.pair, &outcomes, limits: glance)
      let answers = Set(listed.leaves.map { [$0.before, $0.after] })
      if listed.isComplete, answers.count <= 40 { return nil }
      problem = found
    }
    let comparison = AdditiveComparison(
      space, problem, outcomes, prepared.before, prepared.after, old, new, renamed, limits)
    var result = try comparison.difference()
    result.isAssumed = !renamed.isEmpty
    result.notes = renamed.map { "`\($0.after)` is read as what `\($0.before)` was" } + result.notes
    return result
  }

  // MARK: - The verdict

  private mutating func difference() throws -> BehaviourDifference {
    var drafts = leafDrafts() + pairDrafts()
    var sample = CaseCheck.Sample()
    if !found.frontier.isEmpty {
      sample = cases.sample(found.frontier, space.pair, &outcomes, tries: limits.samples)
      drafts += sample.hits.map { draft($0.box, $0) }
    }
    let direction = Strictness(old, new).direction(drafts.map { (outcomes[$0.leaf.before], outcomes[$0.leaf.after]) })
    var result = BehaviourDifference(verdict: .equivalent, direction: direction)
    let isMeasured = measure(&drafts)
    drafts.sort { $0.precedes($1) }
    var shown = try settled(&drafts, &result)
    let isProven = shown.contains(where: \.region.isProven)
    if isProven { result.verdict = .different } else if !shown.isEmpty { result.verdict = .undecided }
    if !found.frontier.isEmpty {
      if !isProven { result.verdict = .undecided }
      result.reason = unfinished(sample)
    } else if result.verdict == .undecided {
      result.reason = "the answers may differ, but no case was found in \(limits.samples) tries where they do"
    }
    result.isComplete = result.isComplete && found.isComplete && shown.allSatisfy(\.region.isProven)
    // What is not known to have a case comes last.
    shown = shown.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.region.isProven != other.region.isProven { return one.region.isProven }
      return one.weight == other.weight ? left.offset < right.offset : one.weight > other.weight
    }.map(\.element)
    if !shown.isEmpty { share(isMeasured, drafts, &result) }
    result.regions = shown.map { draft in
      var region = draft.region
      if !found.isComplete || !draft.isCertain { region.share = nil }
      return region
    }
    return result
  }

  /// A region on its way: with its box, a leaf in it, and its answers by number.
  private struct Draft {
    var region: BehaviourRegion
    var box: GridBox
    /// A part of the box in which the answers are known to be these.
    var leaf: GridLeaf
    /// Whether every case of the leaf is decided so, by the grid alone: no answer is a formula, and no condition is one
    /// that the grid knows nothing of.
    var isCertain: Bool
    var weight = BigUInt(0)

    func precedes(_ other: Draft) -> Bool {
      if isCertain != other.isCertain { return isCertain }
      if weight != other.weight { return weight > other.weight }
      let key = { (draft: Draft) in draft.region.when.map { "\($0.input) \($0.text)" }.joined(separator: ", ") }
      return key(self) < key(other)
    }
  }

  /// The regions that are shown, each with a case where one is found; those in which there is no value are none.
  ///
  /// Of what the grid alone decides every case is as good as another. Of the rest a case is looked for.
  private mutating func settled(_ drafts: inout [Draft], _ result: inout BehaviourDifference) throws -> [Draft] {
    var shown: [Draft] = []
    for index in drafts.indices {
      guard shown.count < limits.regions else {
        result.moreRegions += 1
        if !drafts[index].isCertain { result.isComplete = false }
        continue
      }
      if cases.isEmpty(drafts[index].box) { continue }
      try prove(&drafts[index])
      shown.append(drafts[index])
    }
    return shown
  }

  /// Weighs the regions, and tells whether that can be done.
  private func measure(_ drafts: inout [Draft]) -> Result<Measure, Measure.Reason> {
    let boxes = found.leaves.map(\.box)
    let measure = Measure.make(space.axes, boxes.isEmpty ? drafts.map(\.box) : boxes + drafts.map(\.box))
    guard case .success(let made) = measure else { return measure }
    for index in drafts.indices {
      drafts[index].weight = made.weight(drafts[index].box)
      drafts[index].region.share = made.share(drafts[index].weight)
    }
    return measure
  }

  /// What part of the space is decided otherwise, where all of it is known; else why it is not, and what bounds it.
  private func share(
    _ measure: Result<Measure, Measure.Reason>, _ drafts: [Draft], _ result: inout BehaviourDifference
  ) {
    guard found.isComplete else {
      result.shareReason = "the regions were not all counted out"
      return
    }
    guard case .success(let measure) = measure else {
      if case .failure(let reason) = measure { result.shareReason = reason.text }
      return
    }
    func weight(_ leaves: [GridLeaf]) -> BigUInt { leaves.reduce(0) { $0 + measure.weight($1.box) } }
    let possible = found.leaves.filter { isCertain($0) || !cases.isEmpty($0.box) }
    let all = weight(possible)
    let certain = weight(possible.filter(isCertain))
    guard drafts.allSatisfy(\.isCertain) else {
      let most = "at most \(measure.share(all).percent) of the cases"
      result.shareReason =
        "where an answer or a condition is a formula the cases were not counted out; "
        + (certain == 0 ? most : "at least \(measure.share(certain).percent) and \(most)")
      return
    }
    result.share = measure.share(all)
    if drafts.reduce(BigUInt(0), { $0 + $1.weight }) > all {
      result.notes.append("regions overlap; the share of all of them counts every case once")
    }
    if measure.hasMissing { result.notes.append("shares are of the cases in which no fact is missing") }
  }

  /// What was left, what was drawn from it, and what came of that.
  private func unfinished(_ sample: CaseCheck.Sample) -> String {
    var text = "the search was not finished within its budget"
    if found.openRules > 0 { text += ": \(found.openRules) changed rules were not looked at to the end" }
    if case .success(let measure) = Measure.make(space.axes, found.frontier) {
      let open = found.frontier.reduce(BigUInt(0)) { $0 + measure.weight($1) }
      // Parts may overlap: what is more than all says nothing.
      if let percent = measure.percentBelowAll(open) { text += "; at most \(percent) of the space was not searched" }
    }
    text +=
      "; \(sample.tried) cases were drawn there (where a changed rule applies, each threshold and each gap between two as "
      + "often as another; seed \(CaseCheck.seed)): "
    return text
      + (sample.differing == 0
        ? "all were decided alike, which proves nothing" : "\(sample.differing) of them are decided otherwise")
  }

  // MARK: - Regions

  private func leafDrafts() -> [Draft] {
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
        let inside = leaves.filter { $0.box.intersects(box) }.map { leaf in
          var part = leaf
          for axis in box.sides.indices { part.box.sides[axis] = leaf.box.sides[axis].intersection(box.sides[axis]) }
          return (leaf: part, isWhole: leaf.box.isSubset(of: box))
        }
        // A part where no case is speaks for nobody; where all are so there is no region.
        let possible = inside.filter { !cases.isEmpty($0.leaf.box) }
        guard var leaf = (possible.first(where: \.isWhole) ?? possible.first)?.leaf else { continue }
        // A region of a formula is searched as a whole: all of it has these two answers.
        if !outcomes[leaf.before].isConstant || !outcomes[leaf.after].isConstant { leaf.box = box }
        var draft = draft(box, leaf)
        draft.region.rulesBefore = names(possible.flatMap(\.leaf.rulesBefore), space.before, old)
        draft.region.rulesAfter = names(possible.flatMap(\.leaf.rulesAfter), space.after, new)
        drafts.append(draft)
      }
    }
    return drafts
  }

  private func pairDrafts() -> [Draft] {
    found.pairs.map { pair in
      var draft = draft(pair.box, pair.leaf)
      draft.region.unless = Array(
        Set(names(pair.unlessBefore, space.before, old)).union(names(pair.unlessAfter, space.after, new))
      ).sorted()
      return draft
    }
  }

  private func draft(_ box: GridBox, _ leaf: GridLeaf) -> Draft {
    var terms: [BehaviourRegion.Term] = []
    for (axis, side) in zip(space.axes, box.sides) where side != AtomSet(all: axis.atomCount) {
      terms.append(BehaviourRegion.Term(axis.name, SideText.text(side, axis)))
    }
    var region = BehaviourRegion(
      when: terms, before: described(leaf.before, old), after: described(leaf.after, new), witness: [],
      isProven: false, rulesBefore: names(leaf.rulesBefore, space.before, old),
      rulesAfter: names(leaf.rulesAfter, space.after, new))
    region.isWhole = outcomes[leaf.before].isConstant && outcomes[leaf.after].isConstant
    return Draft(region: region, box: box, leaf: leaf, isCertain: isCertain(leaf))
  }

  private func isCertain(_ leaf: GridLeaf) -> Bool {
    outcomes[leaf.before].isConstant && outcomes[leaf.after].isConstant
      && zip(space.axes, leaf.box.sides).allSatisfy { axis, side in
        axis.kind != .condition || side == AtomSet(all: axis.atomCount)
      }
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
  private mutating func prove(_ draft: inout Draft) throws {
    let facts =
      draft.isCertain
      ? try cases.confirmed(draft.leaf, outcomes)
      : cases.search(draft.leaf.box, tries: limits.samples)
    draft.region.isProven = facts != nil
    draft.region.witness = (facts ?? []).map { BehaviourRegion.Term($0.name, Decision.plain($0.value)) }
    if !draft.region.isWhole, facts != nil, let seen = cases.last {
      draft.region.seen = BehaviourRegion.Seen(before: old.described(seen.before), after: new.described(seen.after))
    }
  }

  /// The rules of a side by the names that people know, in the order of the table, each once.
  private func names(_ rules: [Int32], _ table: GridTable, _ decision: Decision) -> [String] {
    let rows = Set(rules.compactMap { $0 < table.count ? table.sources[Int($0)].row : nil })
    return rows.sorted().map { decision.name(ofRule: $0) }
  }
}

/// Two decisions laid out over one grid.
///
/// What is left is the search, which `BehaviourLimits` bound.
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
    var other = try difference(PreparedComparison.laidOut(before, after, []), old, new, [], limits)
    other.notes = renamed.map(FactRenames.refusal) + other.notes
    return other
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
