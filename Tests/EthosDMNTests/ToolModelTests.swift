import EthosDMN
import EthosDecision
import EthosFEEL
import EthosModel
import EthosText
import Testing

/// Models as tools write them: Camunda, Flowable, dmn-js.
@Suite struct `Models of tools` {
  private func plan(_ body: String) throws -> DMNImportPlan {
    DMNImport.plan(try #require(DMNReader.read(model(body)).model))
  }

  private func decide(_ plan: DMNImportPlan, _ id: String, _ facts: [(name: String, value: FEELValue)]) -> FEELValue? {
    var graph = DecisionGraph(
      Snapshot(
        documents: plan.decisions.map {
          Document(key: EntryKey(.decision, $0.id), path: "decisions/\($0.id).yaml", fields: $0.fields)
        }))
    return graph.decide(EntryKey(.decision, id), facts: facts)?.outcome.value
  }

  private func inputs(_ plan: DMNImportPlan) -> [String] {
    plan.decisions.flatMap { $0.fields["inputs"]?.list ?? [] }.compactMap { $0.record?["name"]?.text }
  }

  @Test(arguments: ["sum", "product", "date", "count", "string length", "min", "time", "number"])
  func `a fact may have the name of a function`(_ name: String) throws {
    let cells = table(
      "FIRST", inputs: [(name, "number")], outputs: [("result", "string")], [["< 10", "\"few\""], ["-", "\"many\""]])
    for needs in [[], ["input:\(name)"]] {
      let declared = needs.isEmpty ? "" : input(name, "number")
      let plan = try plan(declared + decision("d", needs: needs, cells))
      #expect(inputs(plan) == [name])
      #expect(plan.leftOut.map(\.message) == [])
      #expect(decide(plan, "d", [(name, .number(FEELNumber(3)))]) == .string("few"))
      #expect(decide(plan, "d", [(name, .number(FEELNumber(30)))]) == .string("many"))
    }
  }

  @Test func `a fact gives way to the function of its name that is called`() throws {
    let body = decision(
      "d", needs: [],
      table(
        "FIRST", inputs: [("sum", "number")], outputs: [("result", "number")],
        [["< sum([4, 6])", "sum + 1"], ["-", "0"]]))
    let plan = try plan(body)
    #expect(inputs(plan) == ["sum value"])
    #expect(
      plan.leftOut.map(\.message) == [
        "the fact `sum` is called `sum value`, for the model calls the function of its name"
      ])
    #expect(decide(plan, "d", [("sum value", .number(FEELNumber(3)))]) == .number(FEELNumber(4)))
  }

  @Test(arguments: [
    ("integer", "number"), ("long", "number"), ("double", "number"), ("Integer", "number"), ("feel:number", "number"),
    ("String", "string"), ("boolean", "boolean"), ("date", "date"), ("dateTime", "date and time"),
  ])
  func `types have the names that tools give them`(_ name: String, _ type: String) throws {
    let plan = try plan(
      decision("d", needs: [], table("FIRST", inputs: [("x", name)], outputs: [("r", "number")], [["-", "1"]])))
    #expect(plan.decisions.first?.fields["inputs"]?.list?.first?.record?["type"] == .text(type))
  }

  @Test func `a type of the model's own hides the name of a tool`() throws {
    let item = "<itemDefinition name=\"integer\"><typeRef>string</typeRef></itemDefinition>"
    let plan = try plan(
      item
        + decision(
          "d", needs: [], table("FIRST", inputs: [("x", "integer")], outputs: [("r", "number")], [["-", "1"]])))
    #expect(plan.decisions.first?.fields["inputs"]?.list?.first?.record?["type"] == .text("string"))
  }

  /// Camunda 7 and Flowable know what is required by the names of outputs, Camunda 8 by the id of the decision.
  @Test(arguments: ["riskGrade", "Grade of risk", "grade"])
  func `a required decision is known by its output and its id`(_ name: String) throws {
    let grade =
      "<decision id=\"grade\" name=\"Grade of risk\"><variable name=\"Grade of risk\"/>"
      + table(
        "FIRST", inputs: [("score", "number")], outputs: [("riskGrade", "string")],
        [["> 60", "\"high\""], ["-", "\"low\""]])
      + "</decision>"
    let route = decision(
      "route", needs: ["decision:grade"],
      table(
        "FIRST", inputs: [(name, "string")], outputs: [("way", "string")],
        [["\"high\"", "\"refer\""], ["-", "\"approve\""]]))
    let plan = try plan(grade + route)
    #expect(inputs(plan) == ["score"])
    #expect(decide(plan, "route", [("score", .number(FEELNumber(70)))]) == .string("refer"))
    #expect(decide(plan, "route", [("score", .number(FEELNumber(7)))]) == .string("approve"))
    // Without the requirement it is a fact of its own.
    #expect(
      inputs(
        try self.plan(
          grade
            + route.replacing("<informationRequirement>", with: "<text>").replacing(
              "</informationRequirement>", with: "</text>"))
      ).contains(name))
  }

  @Test func `several outputs are known by their names, and one name of two by none`() throws {
    func source(_ id: String) -> String {
      decision(
        id, needs: [],
        table(
          "FIRST", inputs: [("score", "number")], outputs: [("grade", "string"), ("fee", "number")],
          [["> 60", "\"high\"", "9"], ["-", "\"low\"", "1"]]))
    }
    let routing = table(
      "FIRST", inputs: [("grade", "string"), ("fee", "number")], outputs: [("way", "string")],
      [["\"high\"", "> 5", "\"refer\""], ["-", "-", "\"approve\""]])
    let one = try plan(source("a") + decision("route", needs: ["decision:a"], routing))
    #expect(decide(one, "route", [("score", .number(FEELNumber(70)))]) == .string("refer"))
    let two = try plan(source("a") + source("b") + decision("route", needs: ["decision:a", "decision:b"], routing))
    #expect(
      two.leftOut.map(\.message).contains {
        $0.contains("`grade` is what several of the decisions that it requires answer")
      })
    #expect(!two.decisions.contains { $0.id == "route" })
  }

  @Test func `columns of the same label are decisions of their own`() throws {
    let body =
      input("a", "number")
      + decision(
        "d", needs: ["input:a"],
        "<decisionTable hitPolicy=\"FIRST\">"
          + ["a + 1", "a + 2"].map {
            "<input label=\"n/a\"><inputExpression typeRef=\"number\"><text>\($0)</text></inputExpression></input>"
          }.joined()
          + "<output name=\"r\" typeRef=\"number\"/><rule><inputEntry><text>&lt; 5</text></inputEntry><inputEntry>"
          + "<text>&gt; 3</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable>")
    let plan = try plan(body)
    #expect(plan.decisions.count == 3)
    #expect(Set(plan.decisions.map(\.source)).count == 3)
    #expect(decide(plan, "d", [("a", .number(FEELNumber(2)))]) == .number(FEELNumber(1)))
  }

  @Test func `a column without an expression is named, and what was made for it is not kept`() throws {
    func body(_ cell: String) -> String {
      decision(
        "d", needs: [],
        table(
          "FIRST", inputs: [("x + 1", "number"), ("", "number")], outputs: [("r", "number")], [["> 3", cell, "1"]]))
    }
    let declared = input("x", "number")
    let needs = "<informationRequirement><requiredInput href=\"#x\"/></informationRequirement><decisionTable"
    let refused = try plan(declared + body("> 3").replacing("<decisionTable", with: needs))
    #expect(refused.decisions.isEmpty)
    #expect(refused.leftOut.map(\.message) == ["`d` is not carried over: a column has no expression"])
    let plan = try plan(declared + body("-").replacing("<decisionTable", with: needs))
    #expect(plan.decisions.count == 2)
    #expect(plan.leftOut.map(\.message) == ["in `d`: a column has no expression, and no rule tests it"])
  }

  @Test(arguments: [
    ("http://www.omg.org/spec/DMN/20151101", "1.1"), ("http://www.omg.org/spec/DMN/20151101/dmn11.xsd", "1.1"),
    ("http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"), ("https://www.omg.org/spec/DMN/20191111/MODEL", "1.3"),
    ("http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"), ("http://www.omg.org/spec/DMN/20130901", nil),
    ("http://www.omg.org/spec/BPMN/20151101", nil), ("http://www.omg.org/spec/DMN/201511011", nil), ("", nil),
  ])
  func `a namespace is known by its date`(_ namespace: String, _ version: String?) {
    #expect(DMNVersion(namespace: namespace)?.rawValue == version)
  }

  @Test func `the language of the model is that of its expressions`() throws {
    let body = decision(
      "d", needs: [], table("FIRST", inputs: [("x", "number")], outputs: [("r", "number")], [["-", "1"]]))
    let text = String(decoding: model(body).bytes, as: UTF8.self).replacing(
      "name=\"test\"", with: "name=\"test\" expressionLanguage=\"juel\"")
    let plan = DMNImport.plan(try #require(DMNReader.read(SourceText(path: "test.dmn", text: text)).model))
    #expect(plan.decisions.isEmpty)
    #expect(plan.leftOut.map(\.message) == ["`d` is not carried over: it has no logic that is understood"])
  }
}
