import EthosDecision
import EthosFEEL
import EthosModel
import EthosTestSupport
import Testing

/// Tables that nobody would write, and somebody does: everything that is asked of them is answered.
@Suite struct StrangeTableTests {
  @Test(arguments: 0..<4) func `nothing that a table may say ends a command`(worker: Int) throws {
    var random = SeededGenerator(seed: 800 + UInt64(worker))
    var findings: [TableFinding.Kind: Int] = [:]
    for _ in 0..<(60 * soakFactor) {
      let (before, after) = (side(&random), side(&random))
      for side in [before, after] {
        for finding in TableAnalysis.findings(side, work: 200_000) { findings[finding.kind, default: 0] += 1 }
        _ = ExampleRun.results(side)
        _ = AssertionProof.results(side, work: 200_000)
        let same = try BehaviourComparison.compare(side, side, limits: Self.limits)
        #expect(same.verdict != .different)
        guard let compiled = try? CompiledDecision(side) else { continue }
        var graph = side.graph
        for _ in 0..<4 {
          let values = compiled.factNames.map { _ in Self.value(&random) }
          let facts = Array(zip(compiled.factNames, values)).map { (name: $0, value: $1) }
          let reference = graph.decide(side.key, facts: facts)?.outcome
          #expect(compiled.decide(values).outcome == reference, "\(facts)")
        }
      }
      _ = try BehaviourComparison.compare(before, after, limits: Self.limits)
    }
    // Domains without a value are among them.
    #expect(findings[.emptyInput, default: 0] > 0)
  }

  private static let limits = BehaviourLimits(
    work: 200_000, hunkWork: 20_000, leaves: 50, samples: 50, regions: 10)

  @Test(arguments: [
    "name: x, type: number, allowed: \"[18..17]\"", "name: x, type: number, allowed: \"[0.1..0.9]\", step: 1",
    "name: x, type: number, allowed: '\"a\"'", "name: x, type: date, allowed: '\"a\"'",
    "name: x, type: string, allowed: '1'", "name: x, type: boolean, allowed: '\"yes\"'",
    "name: x, type: number, allowed: \"> 9\", step: 100", "name: x, type: string, allowed: \"null\"",
  ])
  func `an input without a value is named, and its table is as any other`(input: String) throws {
    func side(_ answer: String) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: [input, "name: y, type: boolean"], outputs: ["name: o, type: number"],
          rules: "| y | o |\n|---|---|\n| true | \(answer) |", more: "assert: [{never: {o: \"1\"}}]"))
    }
    let isEmpty = !input.utf8.elementsEqual("name: x, type: number, allowed: \"> 9\", step: 100".utf8)
    let findings = TableAnalysis.findings(side("1"))
    #expect(findings.contains { $0.kind == .emptyInput && $0.message.contains("`x`") } == isEmpty, "\(findings)")
    let difference = try BehaviourComparison.compare(side("1"), side("2"))
    #expect(difference.verdict == (isEmpty ? .equivalent : .different), "\(difference)")
    #expect(difference.notes.contains { $0.contains("`x` allows no value") } == isEmpty)
  }

  @Test func `a constant that is used beside a table is no row of that which uses it`() throws {
    let files = [
      "decisions/base.yaml":
        "id: base\ntitle: B\nquestion: Q?\noutputs: [{name: days, type: number}]\nrules: |\n  | days |\n  |---|\n  | 22 |\n",
      "decisions/extra.yaml":
        "id: extra\ntitle: E\nquestion: Q?\ninputs: [{name: age, type: number}]\n"
        + "outputs: [{name: more, type: number}]\nhitPolicy: first\n"
        + "rules: |\n  | age | more |\n  |---|---|\n  | >= 60 | 5 |\n  | > 50 | \"x\" / 2 |\n  | - | 0 |\n",
    ]
    let side = Decisions.side(
      DecisionText.text(
        inputs: [], outputs: ["name: total, type: number"], rules: "| total |\n|---|\n| base + extra |",
        more: "uses: {base: decision/base.days, extra: decision/extra.more}"
      ).replacing("inputs:\n\n", with: ""), with: files)
    #expect(TableAnalysis.findings(side).allSatisfy { $0.rules.allSatisfy { $0 == 0 } })
    let compiled = try CompiledDecision(side)
    #expect(compiled.decide([.number(FEELNumber(61))]).outcome == .decided(.number(FEELNumber(27))))
    // A failure above is no refusal of the case.
    #expect(compiled.decide([.number(FEELNumber(55))]).outcome == .failed)
    #expect(compiled.refusedAtoms(ofFact: 0).isEmpty)
  }

  // MARK: - The generator

  private static let inputs = [
    "type: number", "type: number, allowed: \"[0..9]\", step: 1", "type: number, allowed: \"[18..17]\"",
    "type: number, allowed: \"[0.1..0.9]\", step: 1", "type: number, allowed: '\"a\"'", "type: string",
    "type: string, allowed: 'not(\"other\")'", "type: string, allowed: '\"null\", \"true\"'",
    "type: string, allowed: 'not(\"a\", \"b\")'", "type: string, allowed: '1, 2'", "type: boolean",
    "type: boolean, allowed: 'true'", "type: boolean, allowed: '\"yes\"'",
    "type: date, allowed: '[@\"2025-01-02\"..@\"2025-01-01\"]'", "type: date", "type: time", "type: date and time",
    "type: days and time duration, allowed: '> @\"P1D\"'", "type: years and months duration",
    "type: number, allowed: \"not([0..9])\", step: 7", "type: number, allowed: \"null\"",
  ]
  private static let cells = [
    "-", "-", "null", "true", "false", "1", "> 3", "[5..2]", "not(1)", "not(null)", "\"a\"", "not(\"a\", \"other\")",
    "? > 1", "\"a\", \"other\"", "@\"2025-01-01\"", "< @\"2025-01-02\"", "[1, 2]", "1/0", "(null..null)",
    "count([?]) > 0",
    "[1][item = ?]", "> @\"P2D\"", "in", "lim", "base",
  ]

  private func side(_ random: inout SeededGenerator) -> DecisionSide {
    let count = Int.random(in: 0...3, using: &random)
    let names = (0..<count).map { "f\($0)" }
    let inputs = names.map { name in
      "name: \(name), \(random.pick(Self.inputs))\(random.happens(30) ? ", nullable: true" : "")"
    }
    let policy = random.pick(HitPolicy.allCases)
    let columns = names + (random.happens(30) ? ["base"] : []) + ["o"]
    var lines = ["| \(columns.joined(separator: " | ")) |", "|\(columns.map { _ in "---" }.joined(separator: "|"))|"]
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let cells = columns.dropLast().map { _ in random.pick(Self.cells) }
      lines.append(
        "| \((cells + [random.pick(["1", "2", "null", "\"a\"", "1/0", "base", "lim", "-"])]).joined(separator: " | ")) |"
      )
    }
    var text = DecisionText.text(
      inputs: inputs, outputs: ["name: o, type: number, allowed: '1, 2'"], hitPolicy: policy.name,
      rules: lines.joined(separator: "\n"),
      more: "uses: {base: decision/base.o, lim: limit/lim}\n"
        + (random.happens(30) ? "default: {o: \"2\"}\n" : "") + "assert: [{never: {o: \"1\"}}]")
    if inputs.isEmpty { text = text.replacing("inputs:\n\n", with: "") }
    return Decisions.side(
      text,
      with: [
        "limits/lim.yaml": "id: lim\ntitle: L\natMost: 3\n",
        "decisions/base.yaml":
          "id: base\ntitle: B\nquestion: Q?\n"
          + (random.happens(50) ? "inputs: [{name: f0, \(random.pick(Self.inputs))}]\n" : "")
          + "outputs: [{name: o, type: number}]\nhitPolicy: first\nrules: |\n  | o |\n  |---|\n  | \(random.pick(["1", "1/0", "null"])) |\n",
      ])
  }

  private static func value(_ random: inout SeededGenerator) -> FEELValue {
    random.pick([
      .null, .number(FEELNumber(1)), .number(FEELNumber(5)), .string("a"), .string("other"), .string("null"),
      .boolean(true), .boolean(false),
    ])
  }
}
