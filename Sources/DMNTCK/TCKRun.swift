package import EthosDMN
package import EthosFEEL
import EthosText

/// What came of one expectation of one case.
package struct TCKVerdict: Sendable {
  package enum Outcome: Sendable, Hashable {
    case passed, failed
    /// The case or the model could not be read.
    case error
  }

  package var caseID: String
  package var name: String
  package var outcome: Outcome
  package var expected: String
  package var actual: String
  package var problems: [String]
}

/// Runs the cases of a file on a model, by the rules of the TCK: an input that is absent is null, numbers may differ by
/// 1e-8, and a result that is marked as an error must be null.
package struct TCKRun: Sendable {
  private let evaluator: DMNEvaluator

  package init(_ program: DMNProgram, now: FEELDateTime? = nil, zones: FEELZones? = nil) {
    evaluator = DMNEvaluator(program, now: now, zones: zones)
  }

  /// One verdict for each expectation.
  package func verdicts(_ test: TCKCase) -> [TCKVerdict] {
    test.expectations.map { expectation in
      let result = result(test, expectation)
      let expected = expectation.value ?? .null
      var verdict = TCKVerdict(
        caseID: test.id, name: expectation.name, outcome: .failed,
        expected: expectation.isError ? "an error" : expected.description,
        actual: result?.value.description ?? "no such element",
        problems: test.problems + (result?.problems.map(\.message) ?? []))
      guard let result, test.problems.isEmpty else {
        verdict.outcome = .error
        return verdict
      }
      let isRight =
        expectation.isError ? result.value.isNull : TCKComparison.areEqual(expected, result.value, zones: nil)
      verdict.outcome = isRight ? .passed : .failed
      return verdict
    }
  }

  private func result(_ test: TCKCase, _ expectation: TCKCase.Expectation) -> DMNResult? {
    let program = evaluator.program
    if test.kind != .decision, let invocable = test.invocable {
      if let function = program.element(.knowledge, invocable) {
        return evaluator.call(function: function, given: test.inputs)
      }
      if let service = program.element(.service, invocable) {
        let result = evaluator.evaluate(service: service, given: test.inputs)
        if case .context(let context) = result.value, let part = context[expectation.name] {
          return DMNResult(value: part, problems: result.problems)
        }
        return result
      }
    }
    for kind in [DMNProgram.Kind.decision, .service, .input, .knowledge] {
      guard let element = program.element(kind, expectation.name, namespace: expectation.namespace) else { continue }
      if kind == .service { return evaluator.evaluate(service: element, given: test.inputs) }
      return evaluator.evaluate([element], given: test.inputs)[element]
    }
    return nil
  }
}

/// How the TCK compares values.
package enum TCKComparison {
  private static let tolerance = FEELNumber("0.00000001") ?? .zero

  package static func areEqual(_ expected: FEELValue, _ actual: FEELValue, zones: FEELZones?) -> Bool {
    switch (expected, actual) {
    case (.number(let expected), .number(let actual)):
      return expected == actual || (expected - actual).map { $0.magnitude <= tolerance } ?? false
    case (.list(let expected), .list(let actual)):
      return expected.count == actual.count && zip(expected, actual).allSatisfy { areEqual($0, $1, zones: zones) }
    case (.context(let expected), .context(let actual)):
      return expected.count == actual.count
        && expected.entries.allSatisfy { entry in
          actual[entry.key].map { areEqual(entry.value, $0, zones: zones) } ?? false
        }
    default: return expected == actual || FEELComparing.equal(expected, actual, zones: zones) == true
    }
  }
}
