import EthosFEEL
package import EthosModel

/// What a merge makes of a decision, held to the states that it was made of.
package enum JointBehaviour: Sendable {
  /// Proved: every case is decided as one side decides it, and where one side alone changed it, as that side.
  case kept
  /// A case that is decided as on neither side, or as before both where one side changed it and the other did not: its
  /// facts, and what is decided under the first base, ours, theirs and the merge; nil where there is no base.
  case broken(Case)
  /// Neither was found; why.
  case open(String)

  package struct Case: Sendable {
    package var facts: [BehaviourRegion.Term]
    package var base: Outcome?
    package var ours: Outcome
    package var theirs: Outcome
    package var merged: Outcome
  }

  /// Most work of one decision, in rules looked at.
  package static let standardWork = 60_000_000
  /// Most parts in which a case is looked for where formulas decide.
  private static let maximumMisses = 40

  /// Searches a merged decision for a case that it may not decide as it does.
  ///
  /// Of several bases a side has its say where it decides otherwise than one of them. `work` is what may be spent, and
  /// what is left of it.
  package static func of(
    bases: [DecisionSide], ours: DecisionSide, theirs: DecisionSide, merged: DecisionSide, work: inout Int
  ) -> JointBehaviour {
    func has(_ side: DecisionSide) -> Bool {
      var graph = side.graph
      return graph.decision(side.key) != nil
    }
    guard has(merged) else { return .kept }
    let known = bases.filter(has)
    func isSame(_ left: DecisionSide, _ right: DecisionSide) -> Bool { DecisionCone(left) == DecisionCone(right) }
    let (isOurs, isTheirs) = (isSame(merged, ours), isSame(merged, theirs))
    if isOurs && isTheirs || isOurs && (known.isEmpty || known.contains { isSame($0, theirs) })
      || isTheirs && (known.isEmpty || known.contains { isSame($0, ours) })
    {
      return .kept
    }
    guard has(ours), has(theirs) else { return .open("one side has no such decision") }
    guard work > 0 else { return .open("the budget of the merge was spent on other decisions") }
    let space: JointSpace
    do throws(NotReducible) {
      space = try SpaceBuilder.joint(known + [ours, theirs, merged])
    } catch {
      return .open(error.reason)
    }
    var search = Search(bases: known, ours: ours, theirs: theirs, merged: merged, space)
    var descent = JointDescent(space, bases: known.count, work: min(work, standardWork))
    let before = descent.work
    defer { work -= before - descent.work }
    var random = SplitMix64(seed: CaseCheck.seed)
    // No more than there are places: the search looks at all of them.
    let tries = space.axes.reduce(1) { min(2_000, $0 * max(1, $1.atomCount)) }
    if descent.draw(tries, &random, { search.accepts($0, isCertain: $1) }), let found = search.found {
      return .broken(found)
    }
    search.misses = 0
    let end = descent.run { search.accepts($0, isCertain: $1) }
    if let found = search.found { return .broken(found) }
    if case .unfinished = end { return .open("the search was not finished within its budget") }
    if search.misses > 0 {
      return .open("no case was found, and none was ruled out, where an answer or a condition is a formula over facts")
    }
    return .kept
  }

  /// Puts cases of the parts that are found to the reference evaluation, under every state.
  private struct Search {
    var sides: [DecisionSide]
    let axes: [Axis]
    let conditions: Conditions
    let witness: Witness
    let reach: ConditionReach
    var found: Case?
    var misses = 0
    private var random = SplitMix64(seed: CaseCheck.seed)

    init(
      bases: [DecisionSide], ours: DecisionSide, theirs: DecisionSide, merged: DecisionSide, _ space: JointSpace
    ) {
      sides = bases + [ours, theirs, merged]
      axes = space.axes
      conditions = space.conditions
      reach = ConditionReach(axes: space.axes, conditions: space.conditions)
      witness = Witness(axes: space.axes, formulas: FormulaValues(space.conditions, space.outcomes))
    }

    mutating func accepts(_ box: GridBox, isCertain: Bool) -> Bool {
      if witness.isEmpty(box) || reach.isImpossible(box) { return false }
      let isPlain =
        isCertain && box.sides.suffix(conditions.keys.count).allSatisfy { $0.count == 3 }
      for attempt in 0..<(isPlain ? 1 : 300) {
        guard let facts = attempt == 0 ? witness.facts(box) : witness.facts(box, &random) else { break }
        guard conditions.hold(facts, box) else { continue }
        let outcomes = sides.indices.map { sides[$0].graph.decide(sides[$0].key, facts: facts)?.outcome ?? .failed }
        let count = outcomes.count
        guard
          JointDescent.isBroken(
            bases: Array(outcomes[..<(count - 3)]), ours: outcomes[count - 3], theirs: outcomes[count - 2],
            merged: outcomes[count - 1])
        else { continue }
        found = Case(
          facts: facts.map { BehaviourRegion.Term($0.name, Decision.plain($0.value)) },
          base: count > 3 ? outcomes[0] : nil, ours: outcomes[count - 3], theirs: outcomes[count - 2],
          merged: outcomes[count - 1])
        return true
      }
      misses += 1
      return misses >= JointBehaviour.maximumMisses
    }
  }
}

/// Everything on which the cases of a decision depend: its table and those that it uses, with the limits as they stand.
private struct DecisionCone: Equatable {
  private struct Part: Equatable {
    var key: EntryKey
    var isUsable: Bool
    var hitPolicy: HitPolicy
    var inputs: [Input]
    var outputs: [Output]
    var rules: [Rule]
    var uses: [Decision.Use]
    var limits: [FEELValue?]
  }

  private struct Input: Equatable {
    var name: String
    var type: FEELType
    var allowed: FEELUnaryTests?
    var step: FEELNumber?
    var isNullable: Bool
  }

  private struct Output: Equatable {
    var name: String?
    var type: FEELType
    var allowed: FEELUnaryTests?
    var priorities: [FEELValue]
    var fallback: FEELExpression?
  }

  private struct Rule: Equatable {
    var tests: [FEELUnaryTests]
    var answers: [FEELExpression]
  }

  private var parts: [Part]?

  init(_ side: DecisionSide) {
    var graph = side.graph
    guard graph.decision(side.key) != nil, let order = graph.order(of: side.key) else { return }
    var parts: [Part] = []
    for key in order {
      guard let decision = graph.decision(key) else { return }
      let table = decision.table
      parts.append(
        Part(
          key: key, isUsable: decision.isUsable, hitPolicy: table.hitPolicy,
          inputs: table.inputs.map {
            Input(name: $0.name, type: $0.type, allowed: $0.allowed, step: $0.step, isNullable: $0.isNullable)
          },
          outputs: table.outputs.map {
            Output(
              name: $0.name, type: $0.type, allowed: $0.allowed, priorities: $0.priorities, fallback: $0.fallback)
          },
          rules: table.rules.map { Rule(tests: $0.tests, answers: $0.answers) }, uses: decision.uses,
          limits: decision.uses.map { if case .limit(let limit) = $0.source { graph.limit(limit) } else { nil } }))
    }
    self.parts = parts
  }

  /// Two of which nothing is known are not the same.
  static func == (left: DecisionCone, right: DecisionCone) -> Bool {
    guard let mine = left.parts, let theirs = right.parts else { return false }
    return mine == theirs
  }
}
