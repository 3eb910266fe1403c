import EthosFEEL
import EthosModel

/// Proves the assertions of a decision, or refutes each with a case that the reference evaluation decides against it.
package enum AssertionProof {
  package static func results(_ side: DecisionSide, work: Int = 50_000_000) -> [TestResult] {
    var graph = side.graph
    guard let decision = graph.decision(side.key) else { return [] }
    return decision.assertions.enumerated().map { index, assertion in
      var result = TestResult(
        decision: side.key, kind: .assertion, number: index + 1, verdict: .passed, title: title(assertion),
        span: assertion.span)
      settle(assertion, side, decision, work, &result)
      return result
    }
  }

  private static func settle(
    _ assertion: Decision.Assertion, _ side: DecisionSide, _ decision: Decision, _ work: Int,
    _ result: inout TestResult
  ) {
    let grid: DecisionGrid
    let when = assertion.when.map { (fact: $0.input, tests: $0.tests) }
    do throws(NotReducible) {
      grid = try SpaceBuilder.grid(side, tests: when, isSplit: true, moments: true)
    } catch {
      return undecided(error.reason, &result)
    }
    guard let box = grid.box(of: when) else {
      return undecided("`when` is no test of facts against constants", &result)
    }
    guard !box.sides.contains(where: \.isEmpty) else { return }
    let check = Check(assertion: assertion, decision: decision, constants: grid.constants)
    var cases = CaseCheck(
      before: side, after: side, renamed: [], axes: grid.axes, conditions: grid.conditions, outcomes: grid.outcomes)
    var search = GridSearch(grid, work: work)
    var hasOpen = false
    var isUnfinished = false
    // What rules answer as they stand is asked first: a formula of another rule does not stand in its way.
    for isConstant in [true, false] {
      var shown: (facts: CaseCheck.Facts, outcome: Outcome)?
      var misses = 0
      let end = search.answer(
        within: box, { $0.isConstant == isConstant && check.isBroken($0) },
        { place in
          if cases.isEmpty(place) { return false }
          shown = cases.first(place, tries: 500, where: check.isBroken)
          misses += 1
          return shown != nil || misses >= AssertionProof.maximumMisses
        })
      if let shown {
        result.verdict = .failed
        result.detail = "it is decided \(decision.described(shown.outcome).text)"
        result.witness = shown.facts.map { BehaviourRegion.Term($0.name, Decision.plain($0.value)) }
        return
      }
      if misses > 0 { hasOpen = true }
      if case .unfinished = end { isUnfinished = true }
    }
    if isUnfinished { return undecided("the search was not finished within its budget", &result) }
    if hasOpen {
      undecided("no case was found that breaks it, where an answer or a condition is a formula over facts", &result)
    }
  }

  /// Most parts in which a case is looked for where formulas decide.
  private static let maximumMisses = 40

  private static func undecided(_ reason: String, _ result: inout TestResult) {
    result.verdict = .undecided
    result.detail = reason
  }

  /// The assertion in one line: `never route approve when politically exposed true`.
  private static func title(_ assertion: Decision.Assertion) -> String {
    let answer = assertion.answer.map { "\($0.output) \($0.tests)" }.joined(separator: " and ")
    let when = assertion.when.map { "\($0.input) \($0.tests)" }.joined(separator: " and ")
    return "\(assertion.demand == .never ? "never" : "always") \(answer)" + (when.isEmpty ? "" : " when \(when)")
  }

  /// Whether an answer breaks an assertion.
  private struct Check {
    let assertion: Decision.Assertion
    let decision: Decision
    let constants: FEELScope

    func isBroken(_ answer: TableAnswer) -> Bool {
      switch answer {
      // What depends on the case may break it; a case will show.
      case .expressions: true
      case .outcome(let outcome): isBroken(outcome)
      }
    }

    func isBroken(_ outcome: Outcome) -> Bool {
      guard case .decided(let value) = outcome else { return assertion.demand == .always }
      // Of a policy that collects, every answer counts for itself.
      let answers: [FEELValue]
      if case .list(let items) = value, !decision.table.hitPolicy.isSingle {
        answers = items
      } else {
        answers = [value]
      }
      switch assertion.demand {
      case .never: return answers.contains(where: isMet)
      case .always: return answers.isEmpty || !answers.allSatisfy(isMet)
      }
    }

    private func isMet(_ value: FEELValue) -> Bool {
      let answers = decision.answers(value)
      return assertion.answer.allSatisfy { wanted in
        guard let answer = answers.first(where: { $0.output == wanted.output })?.value else { return false }
        return FEELEvaluator().satisfies(wanted.tests, input: answer, in: constants).result == true
      }
    }
  }
}
