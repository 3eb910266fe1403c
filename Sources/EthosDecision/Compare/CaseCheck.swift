import EthosFEEL

/// Decides single cases on both sides with the reference evaluation: to confirm what the search found, and to look for
/// a case where the grid alone cannot know.
struct CaseCheck {
  private var before: DecisionSide
  private var after: DecisionSide
  private let renamed: [(before: String, after: String)]
  private let witness: Witness
  private let conditions: Conditions
  private let reach: ConditionReach
  private var random = SplitMix64(seed: CaseCheck.seed)
  /// What both sides answered in the case that was found last.
  private(set) var last: (before: Outcome, after: Outcome)?

  /// What is left for cases that are only tried, in steps of FEEL; a case that was found is always confirmed.
  private var budget: Int

  /// The seed of the cases that are tried.
  static let seed: UInt64 = 20_260_101

  init(
    before: DecisionSide, after: DecisionSide, renamed: [(before: String, after: String)], axes: [Axis],
    conditions: Conditions, outcomes: OutcomeTable, steps: Int = BehaviourLimits.standard.sampleSteps
  ) {
    budget = steps
    self.conditions = conditions
    self.before = before
    self.after = after
    self.renamed = renamed
    reach = ConditionReach(axes: axes, conditions: conditions)
    witness = Witness(axes: axes, formulas: FormulaValues(conditions, outcomes))
  }

  /// Whether no case is in a box: no value of a fact, or a condition that cannot be so there.
  func isEmpty(_ box: GridBox) -> Bool { witness.isEmpty(box) || reach.isImpossible(box) }

  typealias Facts = [(name: String, value: FEELValue)]

  /// A case of a leaf, decided on both sides as the leaf says; throws where it is not.
  ///
  /// Nil where the leaf has no case that can be written down.
  mutating func confirmed(
    _ leaf: GridLeaf, _ outcomes: OutcomeTable
  ) throws -> Facts? {
    guard let facts = witness.facts(leaf.box) else { return nil }
    let answers = decide(facts)
    guard outcomes[leaf.before] == .outcome(answers.before), outcomes[leaf.after] == .outcome(answers.after) else {
      let text = facts.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
      throw BehaviourMismatch(
        description: "the case \(text) is decided \(answers.before) and \(answers.after), and was found as "
          + "\(outcomes[leaf.before]) and \(outcomes[leaf.after])")
    }
    last = answers
    return facts
  }

  /// A case of a box that both sides decide otherwise, where one is found.
  mutating func search(_ box: GridBox, tries: Int) -> Facts? {
    for attempt in 0..<tries where budget > 0 {
      guard let facts = attempt == 0 ? witness.facts(box) : witness.facts(box, &random) else { return nil }
      guard satisfies(facts, box) else { continue }
      let answers = decide(facts)
      if answers.before != answers.after {
        last = answers
        return facts
      }
    }
    return nil
  }

  /// A case of a box whose outcome before is as asked, where one is found.
  mutating func first(
    _ box: GridBox, tries: Int, where isWanted: (Outcome) -> Bool
  ) -> (facts: Facts, outcome: Outcome)? {
    for attempt in 0..<tries where budget > 0 {
      guard let facts = attempt == 0 ? witness.facts(box) : witness.facts(box, &random) else { return nil }
      guard satisfies(facts, box) else { continue }
      let decided = before.graph.decide(before.key, facts: facts)
      budget -= decided?.steps ?? 0
      let outcome = decided?.outcome ?? .failed
      if isWanted(outcome) { return (facts, outcome) }
    }
    return nil
  }

  /// Cases that were drawn where a search was not finished.
  struct Sample {
    /// Places that are decided otherwise, one for each change of answer, as leaves of single atoms.
    var hits: [GridLeaf] = []
    /// How many cases were drawn, and how many of them are decided otherwise.
    var tried = 0
    var differing = 0
  }

  /// Most changes of answer that a sample shows.
  private static let maximumHits = 12

  /// Draws places in these boxes, each where a changed rule applies, every atom of a fact as often as another: so that
  /// thresholds, what lies between two, and words are met alike, however little of the domain they are.
  mutating func sample(
    _ boxes: [GridBox], _ pair: GridPair, _ outcomes: inout OutcomeTable, tries: Int
  ) -> Sample {
    var sample = Sample()
    let changed = pair.changed(.before).map { ($0, GridSide.before) } + pair.changed(.after).map { ($0, .after) }
    var known: Set<[OutcomeID]> = []
    while sample.tried < tries, !boxes.isEmpty {
      var box = boxes[random.below(boxes.count)]
      if !changed.isEmpty {
        let (rule, side) = changed[random.below(changed.count)]
        box = pair.table(side).box(of: rule, within: box) ?? box
      }
      let point = GridBox(
        sides: box.sides.map { side in
          let atoms = side.ranges
          let range = atoms[random.below(atoms.count)]
          let atom = range.low + Int32(random.below(Int(range.high - range.low) + 1))
          return AtomSet(atom, atom)
        })
      sample.tried += 1
      let rules = (pair.before.holding(point), pair.after.holding(point))
      guard outcomes.combined(pair.before, rules.0) != outcomes.combined(pair.after, rules.1) else { continue }
      sample.differing += 1
      guard sample.hits.count < CaseCheck.maximumHits else { continue }
      let (left, right) = (outcomes.answer(pair.before, rules.0), outcomes.answer(pair.after, rules.1))
      guard known.insert([left, right]).inserted else { continue }
      sample.hits.append(
        GridLeaf(
          box: point, before: left, after: right, rulesBefore: outcomes.responsible(pair.before, rules.0),
          rulesAfter: outcomes.responsible(pair.after, rules.1)))
    }
    return sample
  }

  /// Whether the conditions of a case are as the box has them; they are no facts, so facts alone do not see to it.
  private mutating func satisfies(_ facts: Facts, _ box: GridBox) -> Bool {
    conditions.hold(facts, box) { budget -= $0 }
  }

  private mutating func decide(_ facts: Facts) -> (before: Outcome, after: Outcome) {
    let there = facts.map { fact in
      (name: renamed.first { $0.before == fact.name }?.after ?? fact.name, value: fact.value)
    }
    let (old, new) = (before.graph.decide(before.key, facts: facts), after.graph.decide(after.key, facts: there))
    budget -= (old?.steps ?? 0) + (new?.steps ?? 0)
    return (old?.outcome ?? .failed, new?.outcome ?? .failed)
  }
}
