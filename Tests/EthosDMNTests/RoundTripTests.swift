import EthosDMN
import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import EthosText
import Testing

/// Models that are carried over whole, with the facts that their cases give.
private struct Sample: CustomTestStringConvertible, Sendable {
  var name: String
  var body: String
  /// The facts by name, with the values that cases draw from.
  var facts: [(String, [FEELValue])]
  var testDescription: String { name }
}

private func numbers(_ values: Int...) -> [FEELValue] { values.map { .number(FEELNumber($0)) } + [.null] }
private func strings(_ values: String...) -> [FEELValue] { values.map { .string($0) } + [.null] }
private let truths: [FEELValue] = [.boolean(true), .boolean(false), .null]

private let loan = """
  <itemDefinition name="tLoan"><itemComponent name="amount"><typeRef>number</typeRef></itemComponent>
  <itemComponent name="kind"><typeRef>string</typeRef></itemComponent></itemDefinition>
  """

private let samples: [Sample] = [
  Sample(
    name: "a chain of tables",
    body: input("age", "number") + input("country", "string")
      + decision(
        "risk class", type: "string", needs: ["input:age", "input:country"],
        table(
          "FIRST", inputs: [("age", "number"), ("country", "string")], outputs: [("class", "string")],
          [["< 18", "-", "\"high\""], ["-", "not(\"DE\", \"CH\")", "\"medium\""], ["[18..65)", "-", "\"low\""]]))
      + decision(
        "route", type: "string", needs: ["decision:risk class", "input:age"],
        table(
          "UNIQUE", inputs: [("risk class", "string"), ("age", "number")], outputs: [("route", "string")],
          [
            ["\"high\"", "-", "\"decline\""], ["\"medium\"", "> 30", "\"refer\""],
            ["\"low\", null", "-", "\"approve\""],
          ],
          default: "\"none\"")),
    facts: [("age", numbers(5, 18, 30, 64, 65, 80)), ("country", strings("DE", "US"))]),
  Sample(
    name: "a structure, a function and a constant",
    body: loan + input("Loan", "tLoan") + input("fee", "number")
      + """
      <businessKnowledgeModel id="scaled" name="scaled"><variable name="scaled"/><encapsulatedLogic>
      <formalParameter name="p" typeRef="number"/><formalParameter name="q" typeRef="number"/>
      <literalExpression typeRef="number"><text>(p + 1) * q</text></literalExpression></encapsulatedLogic>
      </businessKnowledgeModel>
      """ + literal("rate", "3")
      + literal(
        "payment", "scaled(Loan.amount, rate) + scaled(q: fee, p: 1)",
        needs: ["input:Loan", "input:fee", "decision:rate", "knowledge:scaled"])
      + decision(
        "tier", type: "string", needs: ["input:Loan", "decision:payment"],
        table(
          "PRIORITY", inputs: [("Loan.amount", "number"), ("Loan.kind", "string"), ("payment", "number")],
          outputs: [("tier", "string")],
          [["> 10", "-", "-", "\"b\""], ["-", "\"x\"", "> 100", "\"a\""], ["-", "-", "-", "\"c\""]],
          values: "\"a\", \"b\", \"c\"")),
    facts: [("Loan amount", numbers(0, 10, 40)), ("Loan kind", strings("x", "y")), ("fee", numbers(1, 9))]),
  Sample(
    name: "columns that are expressions, and several outputs",
    body: input("a", "number") + input("b", "number") + input("ok", "boolean")
      + decision(
        "both", needs: ["input:a", "input:b", "input:ok"],
        table(
          "FIRST", inputs: [("a + b", "number"), ("ok", "boolean")], outputs: [("sum", "number"), ("word", "string")],
          [["> 10", "true", "a + b", "\"big\""], ["-", "-", "a", "\"small\""]]))
      + literal("after", "both.sum * 2", needs: ["decision:both"])
      + decision(
        "points", type: "number", needs: ["input:a", "input:ok"],
        table(
          "COLLECT SUM", inputs: [("a", "number"), ("ok", "boolean")], outputs: [("points", "number")],
          [["> 3", "-", "5"], ["-", "true", "7"], ["5", "-", "1"]])),
    facts: [("a", numbers(1, 5, 9)), ("b", numbers(2, 6)), ("ok", truths)]),
  Sample(
    name: "a call of a table",
    body: input("age", "number") + input("smoker", "boolean")
      + """
      <businessKnowledgeModel id="premium" name="premium"><variable name="premium"/><encapsulatedLogic>
      <formalParameter name="years" typeRef="number"/><formalParameter name="smokes" typeRef="boolean"/>
      """
      + table(
        "FIRST", inputs: [("years", "number"), ("smokes", "boolean")], outputs: [("price", "number")],
        [["< 30", "false", "years * 2"], ["-", "true", "900"], ["-", "-", "500"]])
      + "</encapsulatedLogic></businessKnowledgeModel>"
      + decision(
        "price", type: "number", needs: ["input:age", "input:smoker", "knowledge:premium"],
        """
        <invocation><literalExpression><text>premium</text></literalExpression>
        <binding><parameter name="years"/><literalExpression><text>age</text></literalExpression></binding>
        <binding><parameter name="smokes"/><literalExpression><text>smoker</text></literalExpression></binding>
        </invocation>
        """),
    facts: [("age", numbers(20, 30, 50)), ("smoker", truths)]),
]

@Suite struct `DMN and files` {
  @Test(arguments: samples) private func `import and export keep the behaviour`(_ sample: Sample) throws {
    let source = model(sample.body)
    let read = DMNReader.read(source)
    #expect(read.diagnostics.filter { $0.severity > .note } == [])
    let before = DMNEvaluator(DMNProgram(try #require(read.model)))
    #expect(before.program.diagnostics == [])
    let trip = RoundTrip(source)
    #expect(trip.problems == [])
    #expect(trip.leftOut == [])
    #expect(trip.names.count == read.model?.decisions.count)
    var graph = DecisionGraph(Snapshot(documents: trip.documents))
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<150 {
      let facts = sample.facts.map { ($0.0, $0.1[Int.random(in: 0..<$0.1.count, using: &generator)]) }
      for (name, after) in trip.names {
        let wanted = try #require(before.evaluate(decision: name, given: structured(facts)))
        let found = try #require(trip.evaluator.evaluate(decision: after, given: facts.map { DMNGiven($0.0, $0.1) }))
        #expect(wanted.value == found.value, "\(name) for \(facts)")
        let decided = graph.decide(try #require(trip.keys[name]), facts: facts.map { (name: $0.0, value: $0.1) })
        #expect(wanted.value == decided?.outcome.value, "\(name) for \(facts)")
      }
    }
  }

  /// Facts with `Loan` in front as the structure that they are parts of.
  private func structured(_ facts: [(String, FEELValue)]) -> [DMNGiven] {
    let parts = facts.filter { $0.0.hasPrefix("Loan ") }
    let rest = facts.filter { !$0.0.hasPrefix("Loan ") }.map { DMNGiven($0.0, $0.1) }
    if parts.isEmpty { return rest }
    return rest + [DMNGiven("Loan", .context(FEELContext(parts.map { (String($0.0.dropFirst(5)), $0.1) })))]
  }

  @Test func `a table inside an expression answers as the table does`() throws {
    var generator = SeededGenerator(seed: 3)
    for policy in HitPolicy.allCases {
      let words = policy.name.uppercased()
      let body =
        input("a", "number")
        + decision(
          "plain", needs: ["input:a"],
          table(
            words, inputs: [("a", "number")], outputs: [("x", "number")],
            [["> 3", "2"], ["> 1", "5 - 3"], ["> 5", "9"], ["0", "1"]], values: "9, 1, 2", default: "-1"))
        + decision(
          "inside", needs: ["input:a"],
          "<context><contextEntry>"
            + table(
              words, inputs: [("a", "number")], outputs: [("x", "number")],
              [["> 3", "2"], ["> 1", "5 - 3"], ["> 5", "9"], ["0", "1"]], values: "9, 1, 2", default: "-1")
            + "</contextEntry></context>")
      let evaluator = DMNEvaluator(DMNProgram(try #require(DMNReader.read(model(body)).model)))
      for _ in 0..<40 {
        let a = FEELValue.number(FEELNumber(Int.random(in: -1...7, using: &generator)))
        let plain = evaluator.evaluate(decision: "plain", given: [DMNGiven("a", a)])
        let inside = evaluator.evaluate(decision: "inside", given: [DMNGiven("a", a)])
        #expect(plain?.value == inside?.value, "\(words) for \(a)")
      }
    }
  }

  @Test func `what cannot be carried over is named`() throws {
    let body =
      input("list", "tNumbers")
      + "<itemDefinition name=\"tNumbers\" isCollection=\"true\"><typeRef>number</typeRef></itemDefinition>"
      + literal("total", "sum(list)", needs: ["input:list"]) + literal("after", "total + 1", needs: ["decision:total"])
      + literal("many", "[1, 2]", type: "tNumbers")
      + "<decision id=\"empty\" name=\"empty\"><variable name=\"empty\"/></decision>"
    let plan = DMNImport.plan(try #require(DMNReader.read(model(body)).model))
    #expect(plan.decisions.isEmpty)
    #expect(
      Set(plan.leftOut.map(\.message)) == [
        "`total` is not carried over: `list` is a list<number>, and facts are scalars",
        "`after` is not carried over: it needs `total`, which is not carried over",
        "`many` is not carried over: its answer is a list<number>, and answers are scalars",
        "`empty` is not carried over: it has no logic that is understood",
      ])
    #expect(plan.leftOut.allSatisfy { $0.location?.file == "test.dmn" })
  }
}
