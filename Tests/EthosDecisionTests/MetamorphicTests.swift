import EthosDecision
import EthosModel
import EthosTestSupport
import Testing

/// Rewrites that decide the same are proved to, and one changed cell gives a case or the proof that it cannot matter.
@Suite struct MetamorphicTests {
  private static let inputs = [
    #"name: score, type: number, allowed: "[0..100]", step: 1"#,
    #"name: country, type: string, allowed: '"low", "medium", "high"'"#,
    "name: exposed, type: boolean",
  ]
  private static let outputs = [
    #"name: route, type: string, allowed: '"decline", "refer", "approve"', strictest: first"#
  ]

  private func decision(_ rules: String, hitPolicy: String = "first", inputs: [String] = Self.inputs) -> DecisionSide {
    Decisions.side(DecisionText.text(inputs: inputs, outputs: Self.outputs, hitPolicy: hitPolicy, rules: rules))
  }

  private func verdict(_ before: DecisionSide, _ after: DecisionSide) throws -> BehaviourDifference.Verdict {
    try BehaviourComparison.compare(before, after).verdict
  }

  private let table = """
    | id | country | exposed | score | route   |
    |----|---------|---------|-------|---------|
    | r1 | high    | -       | > 60  | decline |
    | r2 | -       | true    | -     | refer   |
    | r3 | -       | -       | > 80  | refer   |
    | r4 | -       | -       | -     | approve |
    """

  @Test func `a rule that is split into its parts decides the same`() throws {
    let split = """
      | country     | exposed | score     | route   |
      |-------------|---------|-----------|---------|
      | high        | -       | (60..75]  | decline |
      | high        | -       | [76..100] | decline |
      | low         | true    | -         | refer   |
      | medium,high | true    | -         | refer   |
      | -           | -       | > 80      | refer   |
      | -           | -       | -         | approve |
      """
    #expect(try verdict(decision(table), decision(split)) == .equivalent)
    #expect(try verdict(decision(split), decision(table)) == .equivalent)
  }

  @Test func `a rule that stands twice may be split in one place`() throws {
    let twice = """
      | country | exposed | score | route   |
      |---------|---------|-------|---------|
      | high    | -       | > 60  | decline |
      | -       | true    | > 10  | refer   |
      | high    | -       | > 60  | decline |
      | -       | -       | > 20  | refer   |
      | -       | -       | -     | approve |
      """
    let split = twice.replacing(
      "| high    | -       | > 60  | decline |", with: "|high|-|(60..70]|decline|\n|high|-|>= 71|decline|",
      maxReplacements: 1)
    #expect(try verdict(decision(twice), decision(split)) == .equivalent)
    #expect(try verdict(decision(split), decision(twice)) == .equivalent)
  }

  @Test func `a text that is not allowed is no other text`() throws {
    let inputs = [#"name: country, type: string, allowed: 'not("none")'"#]
    func rules(_ word: String) -> String {
      """
      | country | route   |
      |---------|---------|
      | "\(word)" | decline |
      | -       | approve |
      """
    }
    let difference = try BehaviourComparison.compare(
      decision(rules("none"), inputs: inputs), decision(rules("low"), inputs: inputs))
    #expect(difference.verdict == .different)
    #expect(difference.regions.map(\.when) == [[BehaviourRegion.Term("country", #""low""#)]])
  }

  @Test func `a bound under a step may be written either way`() throws {
    let other = table.replacing("> 60", with: ">= 61").replacing("> 80", with: "not([0..80])")
    #expect(try verdict(decision(table), decision(other)) == .equivalent)
    let dense = Self.inputs.map { $0.replacing(", step: 1", with: "") }
    let difference = try BehaviourComparison.compare(
      decision(table, inputs: dense), decision(table.replacing("> 60", with: ">= 61"), inputs: dense))
    #expect(difference.verdict == .different)
    #expect(difference.regions.first?.when.contains { $0.text == "(60..61)" } == true, "\(difference)")
  }

  @Test func `names of rules, lists instead of alternatives and ranges instead of comparisons change nothing`() throws {
    let other = """
      | id    | country        | exposed     | score     | route     |
      |-------|----------------|-------------|-----------|-----------|
      | alpha | not(low,medium)| true, false | (60..100] | "decline" |
      | beta  | -              | not(false)  | -         | refer     |
      | gamma | -              | -           | [81..100] | refer     |
      | delta | -              | -           | -         | approve   |
      """
    #expect(try verdict(decision(table), decision(other)) == .equivalent)
  }

  @Test func `a fact under another name is the same fact where that is proved, and said`() throws {
    let inputs = Self.inputs.map { $0.replacing("name: score", with: "name: points") }
    let difference = try BehaviourComparison.compare(
      decision(table), decision(table.replacing("| score |", with: "| points |"), inputs: inputs))
    #expect(difference.verdict == .equivalent)
    #expect(difference.isAssumed)
    #expect(difference.notes.contains { $0.contains("`points` is read as what `score` was: assumed") })
  }

  @Test func `rules that cannot apply together may stand in any order`() throws {
    let disjoint = """
      | country | exposed | score | route   |
      |---------|---------|-------|---------|
      | high    | -       | > 60  | decline |
      | high    | -       | <= 60 | refer   |
      | medium  | true    | -     | refer   |
      | medium  | false   | -     | approve |
      | low     | -       | -     | approve |
      """
    var lines = disjoint.split(separator: "\n").map(String.init)
    lines[2...].reverse()
    for policy in ["first", "unique", "any", "priority", "collect"] {
      let before = decision(disjoint, hitPolicy: policy)
      #expect(
        try verdict(before, decision(lines.joined(separator: "\n"), hitPolicy: policy)) == .equivalent, "\(policy)")
    }
    // No two of them apply together, so it does not matter how they would combine.
    #expect(try verdict(decision(disjoint, hitPolicy: "first"), decision(disjoint, hitPolicy: "unique")) == .equivalent)
  }

  /// A comparison by rule ids finds every rule unchanged here.
  @Test func `rules of first in another order are a change where they apply together`() throws {
    var lines = table.split(separator: "\n").map(String.init)
    lines.swapAt(2, 3)
    let difference = try BehaviourComparison.compare(decision(table), decision(lines.joined(separator: "\n")))
    #expect(difference.verdict == .different)
    #expect(difference.direction == .loosened)
    let region = try #require(difference.regions.first)
    #expect(difference.regions.count == 1)
    #expect(region.before.text == "decline" && region.after.text == "refer")
    #expect(region.when.map { "\($0.input): \($0.text)" } == ["score: > 60", "country: \"high\"", "exposed: true"])
    #expect(region.share?.description == "40/606")
    #expect(region.rulesBefore == ["r1"] && region.rulesAfter == ["r2"])
  }

  @Test func `a changed rule that nothing reaches is proved to matter nowhere`() throws {
    let dead = table.replacing("| r4 |", with: "| rx | high    | true    | > 70  | approve |\n| r4 |")
    #expect(try verdict(decision(table), decision(dead)) == .equivalent)
  }

  @Test(arguments: 0..<40) func `one cell of a random table gives a case or a proof`(seed: Int) throws {
    var random = SeededGenerator(seed: 9_000 + UInt64(seed))
    let decision = RandomDecision(&random)
    var mutated = decision
    let row = Int.random(in: decision.rules.indices, using: &random)
    let column = Int.random(in: decision.facts.indices, using: &random)
    mutated.rules[row].cells[column] = random.pick(decision.facts[column].cells)
    let difference = try BehaviourComparison.compare(Decisions.side(decision.text), Decisions.side(mutated.text))
    switch difference.verdict {
    case .different: #expect(difference.regions.allSatisfy { !$0.witness.isEmpty })
    case .equivalent: #expect(difference.regions.isEmpty)
    case .undecided: Issue.record("\(difference)\n\(decision.text)\n\(mutated.text)")
    }
  }
}
