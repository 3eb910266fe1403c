import EthosFEEL

/// Decides single cases on both sides with the reference evaluation: to confirm what the search found, and to look for
/// a case where the grid alone cannot know.
struct CaseCheck {
  private var before: DecisionSide
  private var after: DecisionSide
  private let renamed: [(before: String, after: String)]
  private let witness: Witness
  private let conditions: Conditions
  private var random = SplitMix64(seed: CaseCheck.seed)
  /// What both sides answered in the case that was found last.
  private(set) var last: (before: Outcome, after: Outcome)?

  /// What is left for cases that are only tried, in steps of FEEL; a case that was found is always confirmed.
  private var budget: Int

  /// The seed of the cases that are tried.
  static let seed: UInt64 = 20_260_101

  init(
    before: DecisionSide, after: DecisionSide, renamed: [(before: String, after: String)], axes: [Axis],
    conditions: Conditions, steps: Int = BehaviourLimits.standard.sampleSteps
  ) {
    budget = steps
    self.conditions = conditions
    self.before = before
    self.after = after
    self.renamed = renamed
    witness = Witness(axes: axes)
  }

  typealias Facts = [(name: String, value: FEELValue)]

  /// A case of a leaf, decided on both sides as the leaf says; throws where it is not. Nil where the leaf has no case
  /// that can be written down.
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

  /// A random place in these boxes where the grids answer otherwise, as a leaf of single atoms.
  mutating func sample(
    _ boxes: [GridBox], _ old: GridTable, _ new: GridTable, _ outcomes: OutcomeTable, tries: Int
  ) -> GridLeaf? {
    var outcomes = outcomes
    let known = outcomes.count
    for _ in 0..<tries {
      let box = boxes[Int(random.next() % UInt64(boxes.count))]
      let point = GridBox(
        sides: box.sides.map { side in
          let ranges = side.ranges
          let range = ranges[Int(random.next() % UInt64(ranges.count))]
          let atom = range.low + Int32(random.next() % UInt64(range.high - range.low + 1))
          return AtomSet(atom, atom)
        })
      let rules = (old.holding(point), new.holding(point))
      let (left, right) = (outcomes.answer(old, rules.0), outcomes.answer(new, rules.1))
      // An answer that no rule has by itself has no number outside of here.
      guard left != right, left < known, right < known else { continue }
      return GridLeaf(
        box: point, before: left, after: right, rulesBefore: outcomes.responsible(old, rules.0),
        rulesAfter: outcomes.responsible(new, rules.1))
    }
    return nil
  }

  /// Whether the conditions of a case are as the box has them; they are no facts, so facts alone do not see to it.
  private mutating func satisfies(_ facts: Facts, _ box: GridBox) -> Bool {
    guard !conditions.keys.isEmpty else { return true }
    let scope = FEELScope(variables: Dictionary(facts.map { ($0.name, $0.value) }) { first, _ in first })
    let first = box.sides.count - conditions.keys.count
    for number in conditions.keys.indices {
      let found = conditions.atom(number, in: scope)
      budget -= found.steps
      guard box.sides[first + number].contains(found.atom) else { return false }
    }
    return true
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
