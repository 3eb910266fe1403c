package import EthosDecision
import EthosModel
package import EthosText

/// What the examples and assertions of decisions came to.
package struct TestDecisionsResult: Sendable {
  package var results: [TestResult]
  /// Decisions that cannot be evaluated, with what is wrong in them.
  package var diagnostics: [Diagnostic]
  /// How many decisions were looked at.
  package var decisions: Int
}

extension Workspace {
  /// Runs the examples of decisions and proves their assertions, under a revision or in the work tree.
  package func testDecisions(_ names: [String], at revision: String?) throws -> TestDecisionsResult {
    let snapshot = try snapshot(at: revision)
    let keys =
      try names.isEmpty
      ? snapshot.all(.decision).filter { !$0.isRetired }.map(\.key)
      : names.map { name in try document(decisionReference(name).key, in: snapshot).key }
    var graph = DecisionGraph(snapshot)
    var result = TestDecisionsResult(results: [], diagnostics: [], decisions: keys.count)
    // What a file holds that cannot be read is not tested, and is not passed over.
    if names.isEmpty {
      result.diagnostics += snapshot.unreadableFiles(of: .decision).flatMap { snapshot.errors(inFile: $0.path) }
    }
    for key in keys where graph.decision(key) != nil {
      if let obstacle = graph.obstacle(to: key) {
        result.diagnostics += obstacle.diagnostics.filter { !result.diagnostics.contains($0) }
        continue
      }
      let side = DecisionSide(graph, key)
      result.results += ExampleRun.results(side) + AssertionProof.results(side)
    }
    return result
  }

  /// What the decisions of an identity that can decide say of themselves, at the cells: gaps, collisions, rules and
  /// conditions that do nothing, examples that are decided otherwise, assertions that do not hold.
  func decisionDiagnostics(_ snapshot: Snapshot) -> [Diagnostic] {
    var graph = DecisionGraph(snapshot)
    var found: [Diagnostic] = []
    for document in snapshot.all(.decision) where !document.isRetired {
      guard graph.obstacle(to: document.key) == nil else { continue }
      let side = DecisionSide(graph, document.key)
      found += TableAnalysis.findings(side).map { $0.diagnostic(document) }
      found += (ExampleRun.results(side) + AssertionProof.results(side)).compactMap { $0.diagnostic(document) }
    }
    return found
  }
}

extension TableFinding {
  fileprivate func diagnostic(_ document: Document) -> Diagnostic {
    let severity: Diagnostic.Severity =
      switch kind {
      case .conflict, .failingRule: .error
      case .gap, .emptyInput, .deadRule, .unknown: .warning
      case .mergeable, .idleCondition: .note
      }
    var text = message
    if !witness.isEmpty {
      text += ", as in the case \(witness.map { "\($0.input) \($0.text)" }.joined(separator: ", "))"
    }
    return Diagnostic(
      Diagnostic.Code(rawValue: kind.rawValue), severity, text,
      at: span.map { document.location($0) } ?? document.place("rules"), help: help)
  }
}

extension TestResult {
  fileprivate func diagnostic(_ document: Document) -> Diagnostic? {
    let what = kind == .example ? "the example `\(title)`" : "the assertion `\(title)`"
    let detail = self.detail ?? ""
    switch verdict {
    case .passed: return nil
    case .undecided:
      return Diagnostic(
        "assertion-unsettled", .warning, "\(what) is neither proved nor refuted: \(detail)",
        at: document.location(span),
        help: "say it of fewer cases, or without expressions over facts")
    case .failed:
      let example = witness.map { "\($0.input) \($0.text)" }.joined(separator: ", ")
      let quotedFacts = witness.map { " " + shellWord("\($0.input)=\($0.text)") }.joined()
      return kind == .example
        ? Diagnostic(
          "example-failed", .error, "\(what) does not hold: \(detail)", at: document.location(span),
          help: "correct the example, or the rules")
        : Diagnostic(
          "assertion-refuted", .error, "\(what) does not hold: in the case \(example) \(detail)",
          at: document.location(span),
          help: "try it: `ethos decide \(decision.id)\(quotedFacts)`, and correct the rules")
    }
  }
}
