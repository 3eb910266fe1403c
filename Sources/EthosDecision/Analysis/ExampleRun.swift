import EthosFEEL
package import EthosModel
package import EthosText

/// What an example or an assertion of a decision came to.
package struct TestResult: Sendable {
  package enum Kind: Sendable, Hashable { case example, assertion }
  package enum Verdict: Sendable, Hashable {
    case passed
    /// The answer is another one, or there is a case against the assertion.
    case failed
    /// Neither proved nor refuted; the detail says why.
    case undecided
  }

  package var decision: EntryKey
  package var kind: Kind
  /// Its number among those of the decision, from 1.
  package var number: Int
  package var verdict: Verdict
  /// What was asked, in one line.
  package var title: String
  /// What was answered instead, or the case against it.
  package var detail: String?
  /// The case against an assertion.
  package var witness: [BehaviourRegion.Term]
  package var span: Span?

  package init(
    decision: EntryKey, kind: Kind, number: Int, verdict: Verdict, title: String, detail: String? = nil,
    witness: [BehaviourRegion.Term] = [], span: Span? = nil
  ) {
    self.decision = decision
    self.kind = kind
    self.number = number
    self.verdict = verdict
    self.title = title
    self.detail = detail
    self.witness = witness
    self.span = span
  }
}

/// Runs the examples of a decision with the reference evaluation.
package enum ExampleRun {
  package static func results(_ side: DecisionSide) -> [TestResult] {
    var graph = side.graph
    guard let decision = graph.decision(side.key) else { return [] }
    return decision.examples.enumerated().map { index, example in
      let given = example.given.map { "\($0.input) \(Decision.plain($0.value))" }.joined(separator: ", ")
      let expected = example.expected.map { "\($0.output) \(Decision.plain($0.value))" }.joined(separator: ", ")
      var result = TestResult(
        decision: side.key, kind: .example, number: index + 1, verdict: .passed, title: "\(given) → \(expected)",
        span: example.span)
      let facts = example.given.map { (name: $0.input, value: $0.value) }
      guard let decided = graph.decide(side.key, facts: facts) else { return result }
      let answers =
        if case .decided(let value) = decided.outcome { decision.listed(value) } else {
          [(output: String, value: FEELValue)]()
        }
      let isMet =
        !answers.isEmpty
        && example.expected.allSatisfy { wanted in
          answers.contains { $0.output == wanted.output && $0.value == wanted.value }
        }
      guard !isMet else { return result }
      result.verdict = .failed
      var detail = "it is decided \(decision.described(decided.outcome).text)"
      if !decided.rules.isEmpty {
        detail += " by \(decided.rules.map { decision.name(ofRule: $0) }.joined(separator: ", "))"
      }
      if let problem = decided.problems.first { detail += ": \(problem.message)" }
      result.detail = detail
      return result
    }
  }
}

extension Decision {
  /// The answer by output, also where a policy collects several into a list or a number under its only output.
  func listed(_ value: FEELValue) -> [(output: String, value: FEELValue)] {
    let answers = answers(value)
    if !answers.isEmpty || table.outputs.isEmpty { return answers }
    guard case .list(let items) = value else { return [] }
    return table.outputs.compactMap { output in
      guard let name = output.name else { return nil }
      let values = items.map { item -> FEELValue in
        if case .context(let context) = item { context[name] ?? .null } else { item }
      }
      return (name, .list(values))
    }
  }
}
