import EthosTestSupport
import Testing

/// `import dmn` and `export dmn`, from files to files.
@Suite struct DMNTests {
  private static let model = """
    <definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="urn:credit" name="Credit">
      <inputData id="age" name="age"><variable name="age" typeRef="number"/></inputData>
      <decision id="risk" name="Risk class"><variable name="Risk class" typeRef="string"/>
        <informationRequirement><requiredInput href="#age"/></informationRequirement>
        <decisionTable hitPolicy="FIRST">
          <input><inputExpression typeRef="number"><text>age</text></inputExpression></input>
          <output typeRef="string"/>
          <rule><inputEntry><text>&lt; 18</text></inputEntry><outputEntry><text>"high"</text></outputEntry></rule>
          <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>LIMIT</text></outputEntry></rule>
        </decisionTable>
      </decision>
      <decision id="list" name="All"><variable name="All"/>
        <literalExpression><text>[1, 2]</text></literalExpression>
      </decision>
    </definitions>
    """

  @Test func `a model is imported, imported again, and exported`() throws {
    let bench = try Bench()
    try bench.run("init", "--template", "minimal", ".")
    try bench.write(Self.model.replacing("LIMIT", with: "\"low\""), to: "credit.dmn")
    let plan = try bench.run("import", "dmn", "credit.dmn", "--dry-run").output
    #expect(plan.hasPrefix("would add 1 decision, updated 0\n  + decision/risk-class\nnot carried over:\n"))
    #expect(plan.contains("`All` is not carried over: its answer has no type"))
    try bench.run("import", "dmn", "credit.dmn", "--owner", "lead")
    let text = try bench.read("decisions/risk-class.yaml")
    #expect(text.contains("  | r2  | -    | \"low\"      |\n"))
    #expect(text.contains("owner: lead\n"))

    // What people add stays; what the model changes follows.
    try bench.run("set", "decision/risk-class.serves", "[keep-our-word]")
    #expect(try bench.run("import", "dmn", "credit.dmn").output.hasPrefix("nothing to change"))
    try bench.write(Self.model.replacing("LIMIT", with: "\"medium\""), to: "credit.dmn")
    #expect(try bench.run("import", "dmn", "credit.dmn").output.hasPrefix("added 0 decisions, updated 1\n"))
    #expect(try bench.read("decisions/risk-class.yaml").contains("serves: [keep-our-word]\n"))

    // The export reads back as what is there already.
    let export = try bench.run("export", "dmn", "--output", "out.dmn")
    #expect(export.errors.contains("DMN does not carry of `decision/risk-class`: `owner`, `serves`"))
    #expect(try bench.read("out.dmn").contains("<decision id=\"limit-weeks-of-work\" name=\"full book\""))
    let again = try bench.run("import", "dmn", "out.dmn", "--dry-run").output
    #expect(!again.contains("decision/risk-class"))
  }

  @Test func `a model of which nothing comes is no success`() throws {
    let bench = try Bench()
    try bench.run("init", "--template", "minimal", ".")
    try bench.write(Self.model.replacing("LIMIT", with: "1 +"), to: "credit.dmn")
    let none = try bench.run("import", "dmn", "credit.dmn", status: 1).output
    #expect(none.hasPrefix("nothing was imported: no decision of the model can be carried over\nnot carried over:\n"))
    try bench.write(Self.model.replacing("LIMIT", with: "\"low\""), to: "credit.dmn")
    try bench.run("import", "dmn", "credit.dmn")
    #expect(
      try bench.run("import", "dmn", "credit.dmn").output.hasPrefix(
        "nothing to change: 1 decision as the model has it, without what is named below"))
  }

  @Test func `a second model with the same ids rewrites nothing`() throws {
    let bench = try Bench()
    try bench.run("init", "--template", "minimal", ".")
    let first = Self.model.replacing("LIMIT", with: "\"low\"")
    try bench.write(first, to: "credit.dmn")
    let other = first.replacing("Risk class", with: "Fee").replacing("age", with: "weight").replacing("18", with: "7")
      .replacing("\"low\"", with: "\"dear\"").replacing("\"high\"", with: "\"cheap\"")
    try bench.write(other, to: "other.dmn")
    try bench.run("import", "dmn", "credit.dmn")
    let text = try bench.read("decisions/risk-class.yaml")
    let answer = try bench.run("import", "dmn", "other.dmn").output
    #expect(answer.contains("+ decision/fee"))
    #expect(answer.contains("`Fee` has the ids of `decision/risk-class` and nothing else of it"))
    #expect(try bench.read("decisions/risk-class.yaml") == text)
    for file in ["credit.dmn", "other.dmn"] {
      #expect(try bench.run("import", "dmn", file).output.hasPrefix("nothing to change"))
    }
  }

  @Test func `a table that goes out and comes back is the same`() throws {
    let bench = try Bench()
    try bench.run("init", "--template", "financial-services", "--story", ".")
    try bench.run("export", "dmn", "--output", "out.dmn")
    #expect(try bench.run("import", "dmn", "out.dmn").output.hasPrefix("nothing to change"))
    #expect(try bench.run("diff").output.contains("No change of meaning"))
    // One answer is edited in the other tool: that changes, and nothing else.
    let edited = try bench.read("out.dmn").replacing("<text>\"refer\"</text>", with: "<text>\"decline\"</text>")
    try bench.write(edited, to: "out.dmn")
    try bench.run("import", "dmn", "out.dmn")
    let changed = try bench.git("diff", "--stat", "--", "decisions")
    #expect(!changed.contains("limit-client-risk"))
    let text = try bench.read("decisions/onboarding.yaml")
    #expect(
      text.contains("strictest: first") && text.contains("step: 1")
        && text.contains("uses: {client risk: limit/client-risk}"))
    #expect(text.contains("| > client risk |") || text.contains("> client risk"))
  }

  @Test func `a file that is no model, and a name that is no decision, are refused`() throws {
    let bench = try Bench()
    try bench.run("init", "--template", "minimal", ".")
    try bench.write("<html/>", to: "page.dmn")
    #expect(try bench.run("import", "dmn", "page.dmn", status: 2).errors.contains("`html` in no namespace is no model"))
    try bench.run("export", "dmn", "nothing", status: 1)
  }
}
