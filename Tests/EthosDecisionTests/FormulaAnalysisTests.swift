import EthosDecision
import EthosModel
import EthosTestSupport
import Testing

/// Gaps and assertions where formulas decide.
@Suite struct FormulaAnalysisTests {
  private let inputs = [#"name: name, type: string"#, #"name: x, type: number, allowed: "[0..10]", step: 1"#]

  private func side(_ rules: String, policy: String = "first", more: String = "") -> DecisionSide {
    Decisions.side(
      DecisionText.text(
        inputs: inputs, outputs: ["name: o, type: string"], hitPolicy: policy,
        rules: "| id | name | x | o |\n|---|---|---|---|\n" + rules, more: more))
  }

  @Test func `a gap where conditions apply a function is found`() {
    let found = TableAnalysis.findings(
      side("| r1 | string length(?) > 3 | - | \"a\" |\n| r2 | string length(?) <= 3 | < 5 | \"b\" |"))
    let gap = found.first { $0.kind == .gap }
    #expect(gap?.witness.first { $0.input == "x" }.flatMap { Int($0.text) }.map { $0 >= 5 } == true, "\(found)")
  }

  @Test func `a gap that was neither found nor ruled out is said to be open`() {
    let found = TableAnalysis.findings(
      side("| r1 | matches(?, \"q{9}z+\") | - | \"a\" |\n| r2 | not(matches(?, \"q{9}z+\")) | - | \"b\" |"))
    #expect(!found.contains { $0.kind == .gap } && found.contains { $0.kind == .unknown }, "\(found)")
    let whole = TableAnalysis.findings(side("| r1 | matches(?, \"q{9}z+\") | - | \"a\" |\n| r2 | - | - | \"b\" |"))
    #expect(!whole.contains { $0.kind == .gap || $0.kind == .unknown }, "\(whole)")
  }

  @Test func `an assertion that a plain rule breaks is refuted beside a formula`() {
    let rules = """
      | r1 | "one" | - | substring(name, 1, 1) |
      | r2 | matches(?, "q{9}z+") | - | "b" |
      | r3 | - | > 7 | "bad" |
      | r4 | - | - | "good" |
      """
    let results = AssertionProof.results(side(rules, more: "assert:\n  - never: {o: '\"bad\"'}"))
    #expect(results.map(\.verdict) == [.failed], "\(results)")
    #expect(results.first?.witness.contains { $0.input == "x" } == true)
    let kept = AssertionProof.results(side(rules, more: "assert:\n  - never: {o: '\"other\"'}"))
    #expect(kept.map(\.verdict) == [.passed], "\(kept)")
  }

  @Test func `findings stand at the rule`() {
    let side = side("| r1 | - | - | \"a\" |\n| r2 | - | < 5 | \"b\" |")
    let dead = TableAnalysis.findings(side).first { $0.kind == .deadRule }
    #expect(dead?.span != nil)
  }

  /// A table that has a column about another decision's answer, which is 1 in every case.
  private func beside(_ rules: String) -> DecisionSide {
    Decisions.side(
      DecisionText.text(
        inputs: inputs, outputs: ["name: o, type: string"], hitPolicy: "unique",
        rules: "| id | x | one | o |\n|---|---|---|---|\n" + rules, more: "uses: {one: decision/one.n}"),
      with: [
        "decisions/one.yaml": """
        id: one
        title: One
        question: Which number?
        inputs:
          - {name: x, type: number, allowed: "[0..10]", step: 1}
        outputs:
          - {name: n, type: number}
        hitPolicy: first
        rules: |
          | x | n |
          |---|---|
          | - | 1 |
        default: {n: "3"}

        """
      ])
  }

  @Test func `a gap beside another decision is found, whatever its answers that are never given would meet`() {
    let found = TableAnalysis.findings(beside("| r1 | < 5 | - | \"a\" |\n| r2 | >= 5 | > 2 | \"b\" |"))
    let gap = found.first { $0.kind == .gap }
    #expect(gap?.witness.first { $0.input == "x" }.flatMap { Int($0.text) }.map { $0 >= 5 } == true, "\(found)")
    let whole = TableAnalysis.findings(beside("| r1 | < 5 | - | \"a\" |\n| r2 | >= 5 | < 2 | \"b\" |"))
    #expect(!whole.contains { $0.kind == .gap || $0.kind == .unknown }, "\(whole)")
  }

  @Test func `rules that collide beside another decision are found`() {
    let found = TableAnalysis.findings(beside("| r1 | <= 5 | - | \"a\" |\n| r2 | >= 5 | < 2 | \"b\" |"))
    let conflict = found.first { $0.kind == .conflict }
    #expect(
      conflict?.rules == [0, 1] && conflict?.witness.contains { $0.input == "x" && $0.text == "5" } == true, "\(found)")
    let apart = TableAnalysis.findings(beside("| r1 | <= 5 | - | \"a\" |\n| r2 | >= 5 | > 2 | \"b\" |"))
    #expect(!apart.contains { $0.kind == .conflict }, "\(apart)")
  }

  @Test func `a rule that collides beside another decision is not told as one that never applies`() {
    let found = TableAnalysis.findings(beside("| r1 | - | < 2 | \"a\" |\n| r2 | 1 | < 2 | \"b\" |"))
    #expect(found.contains { $0.kind == .conflict && $0.rules == [0, 1] }, "\(found)")
    #expect(!found.contains { $0.kind == .deadRule }, "\(found)")
    let dead = TableAnalysis.findings(beside("| r1 | - | < 2 | \"a\" |\n| r2 | 1 | > 2 | \"b\" |"))
    #expect(dead.contains { $0.kind == .deadRule && $0.rules == [1] }, "\(dead)")
  }
}
