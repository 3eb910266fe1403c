import EthosDecision
import EthosFEEL
import EthosModel
import EthosText
import Testing

/// A table from cells as text: inputs by name, outputs by name, rows of tests and answers.
private func table(
  _ policy: HitPolicy, inputs: [String] = ["a"], outputs: [DecisionTable.Output] = [DecisionTable.Output(name: nil)],
  _ rows: [([String], [String])]
) throws -> DecisionTable {
  let names = FEELNames(inputs)
  return DecisionTable(
    inputs: inputs.map { DecisionTable.Input(name: $0, expression: FEELExpression(.name($0), Span(0, 0))) },
    outputs: outputs, hitPolicy: policy,
    rules: try rows.map { row in
      DecisionTable.Rule(
        tests: try row.0.map { try FEELParser.unaryTests($0, names: names).get() },
        answers: try row.1.map { try FEELParser.expression($0, names: names).get() })
    })
}

private func number(_ value: Int) -> FEELValue { .number(FEELNumber(value)) }

private func scope(_ values: [String: FEELValue]) -> FEELScope { FEELScope(variables: values) }

private func output(_ name: String?, _ allowed: [String] = [], default fallback: String? = nil) throws
  -> DecisionTable.Output
{
  DecisionTable.Output(
    name: name, priorities: allowed.map { .string($0) },
    fallback: try fallback.map { try FEELParser.expression($0, names: .none).get() })
}

@Suite struct `Evaluation of tables` {
  /// Rules 0, 1 and 2 apply from 10, 5 and 0 on.
  private static let rows: [([String], [String])] = [([">= 10"], ["3"]), ([">= 5"], ["1"]), ([">= 0"], ["2"])]

  @Test(arguments: [
    (HitPolicy.unique, Outcome.conflict, [0, 1, 2]), (.any, .conflict, [0, 1, 2]), (.first, .decided(number(3)), [0]),
    (.ruleOrder, .decided(.list([number(3), number(1), number(2)])), [0, 1, 2]),
    (.collect, .decided(.list([number(3), number(1), number(2)])), [0, 1, 2]),
    (.collectSum, .decided(number(6)), [0, 1, 2]), (.collectMin, .decided(number(1)), [1]),
    (.collectMax, .decided(number(3)), [0]), (.collectCount, .decided(number(3)), [0, 1, 2]),
  ])
  func `each policy combines three rules`(_ policy: HitPolicy, _ outcome: Outcome, _ rules: [Int]) throws {
    let evaluation = try table(policy, Self.rows).evaluate(in: scope(["a": number(12)]))
    #expect(evaluation.outcome == outcome)
    #expect(evaluation.rules == rules)
  }

  @Test(arguments: HitPolicy.allCases)
  func `no rule gives no answer, or the default before it is aggregated`(_ policy: HitPolicy) throws {
    let none = try table(policy, Self.rows).evaluate(in: scope(["a": number(-1)]))
    #expect(none.outcome == .noRule)
    let fallback = try table(policy, outputs: [output(nil, default: "7")], Self.rows)
    #expect(fallback.evaluate(in: scope(["a": number(-1)])).outcome == .decided(number(7)))
  }

  @Test(arguments: [
    (HitPolicy.priority, Outcome.decided(.string("low")), [1]),
    (.outputOrder, .decided(.list([.string("low"), .string("high"), .string("other")])), [1, 0, 2]),
  ])
  func `the allowed values order the answers`(_ policy: HitPolicy, _ outcome: Outcome, _ rules: [Int]) throws {
    let table = try table(
      policy, outputs: [output(nil, ["low", "high"])],
      [(["-"], ["\"high\""]), (["-"], ["\"low\""]), (["-"], ["\"other\""])])
    let evaluation = table.evaluate(in: scope(["a": .null]))
    #expect(evaluation.outcome == outcome)
    #expect(evaluation.rules == rules)
  }

  @Test func `several outputs are ordered by the first that has an order, then the next`() throws {
    let table = try table(
      .priority, outputs: [output("free"), output("x", ["a", "b"]), output("y", ["c", "d"])],
      [(["-"], ["1", "\"b\"", "\"c\""]), (["-"], ["2", "\"a\"", "\"d\""]), (["-"], ["3", "\"a\"", "\"d\""])])
    let evaluation = table.evaluate(in: scope(["a": .null]))
    let expected = FEELContext([("free", number(2)), ("x", .string("a")), ("y", .string("d"))])
    #expect(evaluation.outcome == .decided(.context(expected)))
    #expect(evaluation.rules == [1])
  }

  @Test func `answers that agree are no conflict`() throws {
    let agreeing = try table(.any, [(["-"], ["2.0"]), ([">= 0"], ["2.00"])])
    #expect(agreeing.evaluate(in: scope(["a": number(1)])).outcome == .decided(number(2)))
  }

  @Test(arguments: [
    ("-", true), ("null", true), ("\"A\"", false), ("not(\"A\", \"B\")", true), ("not(> 10)", false), ("< 5", false),
    ("[1..10]", false),
  ])
  func `a missing input matches what FEEL says`(_ cell: String, _ applies: Bool) throws {
    let evaluation = try table(.first, [([cell], ["1"])]).evaluate(in: scope(["a": .null]))
    #expect(evaluation.outcome == (applies ? .decided(number(1)) : .noRule))
  }

  @Test func `a cell that cannot be evaluated fails the whole, unless another cell is false`() throws {
    let broken = "> \"x\" + 1"
    let rows = [([broken, "true"], ["1"]), (["-", "-"], ["2"])]
    for policy in HitPolicy.allCases {
      let table = try table(policy, inputs: ["a", "b"], rows)
      #expect(table.evaluate(in: scope(["a": number(1), "b": .boolean(true)])).outcome == .failed)
      let other = table.evaluate(in: scope(["a": number(1), "b": .boolean(false)]))
      #expect(other.outcome != .failed && other.outcome != .noRule)
      #expect(other.rules == [1])
    }
  }

  @Test func `under first a rule after the one that applies is not looked at`() throws {
    let table = try table(.first, [(["-"], ["1"]), (["> \"x\" + 1"], ["2"])])
    #expect(table.evaluate(in: scope(["a": number(1)])).outcome == .decided(number(1)))
  }

  @Test func `an answer that cannot be evaluated fails`() throws {
    let evaluation = try table(.first, [(["-"], ["1 / 0"])]).evaluate(in: scope(["a": .null]))
    #expect(evaluation.outcome == .failed)
    #expect(evaluation.problems.map(\.code) == ["division-by-zero"])
    #expect(evaluation.outcome.value == .null)
  }

  @Test func `an aggregate of several outputs fails`() throws {
    let table = try table(.collectSum, outputs: [output("x"), output("y")], [(["-"], ["1", "2"])])
    #expect(table.evaluate(in: scope(["a": .null])).outcome == .failed)
  }

  @Test(arguments: [
    (FEELValue.null, "missing-input"), (.string("5"), "wrong-type"), (number(7), "not-a-step"),
    (number(15), "not-allowed"), (number(10), nil),
  ])
  func `an input says why it rejects a value`(_ value: FEELValue, _ code: String?) throws {
    let input = DecisionTable.Input(
      name: "a", expression: FEELExpression(.name("a"), Span(0, 0)), type: .number,
      allowed: try FEELParser.unaryTests("[0..10]", names: .none).get(), step: FEELNumber(5), isNullable: false)
    #expect(input.rejects(value)?.code == code)
  }
}
