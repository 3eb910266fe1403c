import EthosDecision
import EthosFEEL
package import EthosModel
import EthosText

/// An exception made ready to be held to cases.
struct AcceptedDeviation: Sendable {
  private struct Test: Sendable {
    /// The fact that it is about, or else the field.
    var coder: Int?
    var field: Int
    var tests: FEELUnaryTests
  }

  let rule: ExceptionRule
  private let tests: [Test]
  private let decision: Decision

  /// Nil where the log does not have what it asks for.
  init?(_ rule: ExceptionRule, _ side: RuleSide, _ coders: [FactCoder], field: (String) -> Int?) {
    guard rule.problem == nil else { return nil }
    var tests: [Test] = []
    for (name, test) in rule.when {
      // Another state may have the same fact with another type.
      if let axis = side.inputs.firstIndex(where: { $0.name == name }) {
        let coder = side.coders[axis]
        guard let column = coders[coder].column else { return nil }
        tests.append(Test(coder: coder, field: column, tests: test))
      } else {
        guard let column = field(name) else { return nil }
        tests.append(Test(coder: nil, field: column, tests: test))
      }
    }
    self.rule = rule
    self.tests = tests
    decision = side.decision
  }

  /// Whether it accepts what was decided in a case.
  func covers(
    _ actual: Outcome, on day: Day?, _ slots: UnsafeMutablePointer<FieldSlot>, _ coders: [FactCoder]
  ) -> Bool {
    guard case .decided(let value) = actual else { return false }
    if let day, let until = rule.until, until < day { return false }
    guard rule.accepts(value, of: decision) else { return false }
    return tests.allSatisfy { test in
      let text = slots[test.field].text
      // What is no fact of the decision is a text, or the number that it looks like.
      let values =
        test.coder.map { [coders[$0].value(text) ?? .null] } ?? [.string(text), FactText.value(text, .number) ?? .null]
      return values.contains { FEELEvaluator().satisfies(test.tests, input: $0, in: .empty).result == true }
    }
  }
}

/// An exception of which nobody can say which cases it is about.
package struct UnappliedException: Sendable, Hashable {
  package var side: Int
  package var key: EntryKey
  package var reason: String
}
