import EthosDecision
import EthosFEEL
import EthosTestSupport

/// A small random decision with everything that decides its cases, to be written as a file and to be counted out.
struct RandomDecision {
  struct Fact {
    var name: String
    var declaration: String
    /// Every case worth trying: each value of a small domain, or each threshold with a value in each gap between them.
    var values: [FEELValue]
    var isCounted: Bool
    var cells: [String]

    /// The type, as its declaration has it.
    var kind: String {
      ["boolean", "string", "number", "date"].first { declaration.contains("type: \($0)") } ?? ""
    }
  }

  var facts: [Fact]
  var hitPolicy: String
  var outputs: [(name: String, type: String, answers: [String])]
  var rules: [(cells: [String], answers: [String])]
  var fallback: [String]?
  /// Whether the last of several outputs has no order, so that rules with other answers are equal under `priority`.
  var hasTies: Bool

  static let policies = [
    "unique", "any", "priority", "first", "rule order", "output order", "collect", "collect sum", "collect min",
    "collect max", "collect count",
  ]

  /// With formulas, conditions apply functions and compare facts with one another, and answers are computed.
  init(_ random: inout SeededGenerator, policy: String? = nil, hasFormulas: Bool = false) {
    let count = Int.random(in: 1...3, using: &random)
    facts = (0..<count).map { RandomDecision.fact("f\($0)", &random) }
    if hasFormulas {
      for index in facts.indices { facts[index].cells += RandomDecision.conditions(facts[index], facts) }
    }
    hitPolicy = policy ?? RandomDecision.policies.randomElement(using: &random) ?? "first"
    let isAggregate = ["collect sum", "collect min", "collect max", "collect count"].contains(hitPolicy)
    if isAggregate {
      outputs = [("o", "number", ["1", "2", "3"])]
    } else if Bool.random(using: &random) {
      outputs = [("o", "string", ["\"a\"", "\"b\"", "\"c\""])]
    } else {
      outputs = [("o", "string", ["\"a\"", "\"b\""]), ("p", "number", ["1", "2"])]
    }
    if hasFormulas {
      for index in outputs.indices {
        outputs[index].answers += RandomDecision.formulas(facts, isNumber: outputs[index].type == "number")
      }
    }
    let (facts, outputs) = (facts, outputs)
    rules = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      RandomDecision.rule(facts, outputs, &random)
    }
    fallback = Bool.random(using: &random) ? outputs.compactMap { $0.answers.randomElement(using: &random) } : nil
    hasTies = outputs.count > 1 && Bool.random(using: &random)
  }

  private static func fact(_ name: String, _ random: inout SeededGenerator) -> Fact {
    let isNullable = Int.random(in: 0..<4, using: &random) == 0
    let nullable = isNullable ? ", nullable: true" : ""
    let null: [FEELValue] = isNullable ? [.null] : []
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      return Fact(
        name: name, declaration: "name: \(name), type: boolean\(nullable)",
        values: [.boolean(true), .boolean(false)] + null, isCounted: true,
        cells: ["-", "-", "true", "false", "not(true)"])
    case 1:
      let words = ["x", "y", "z"]
      return Fact(
        name: name, declaration: "name: \(name), type: string, allowed: '\"x\", \"y\", \"z\"'\(nullable)",
        values: words.map { .string($0) } + null, isCounted: true,
        cells: [
          "-", "-", "x", "y", "x, z", "not(x)", "not(\"x\", \"y\")", "null", "? = \"x\" or ? = \"z\"",
          // A list passes over items of another kind; a constant that goes wrong is null; a number is no text.
          "[\"x\", 1]", "1/0", "\"x\", -[1]", "not(1/0)", "> 1/0",
        ])
    case 2:
      return Fact(
        name: name, declaration: "name: \(name), type: number, allowed: \"[0..3]\"\(nullable)",
        values: (0...6).map { .number(FEELNumber("\($0 / 2)\($0 % 2 == 0 ? "" : ".5")") ?? .zero) } + null,
        isCounted: false,
        cells: [
          "-", "-", "< 1", "<= 1", "> 2", ">= 2", "[1..2]", "(1..2)", "]1..2]", "1", "not(1)", "not(< 2)", "1, 3",
        ])
    case 3:
      return Fact(
        name: name, declaration: "name: \(name), type: date, allowed: '[@\"2025-01-01\"..@\"2025-01-06\"]'\(nullable)",
        values: (1...6).compactMap { FEELDate("2025-01-0\($0)").map(FEELValue.date) } + null, isCounted: true,
        cells: [
          "-", "-", "< @\"2025-01-03\"", ">= @\"2025-01-02\"", "[@\"2025-01-02\"..@\"2025-01-04\"]",
          "not(@\"2025-01-05\")",
        ])
    default:
      return Fact(
        name: name, declaration: "name: \(name), type: number, allowed: \"[0..6]\", step: 1\(nullable)",
        values: (0...6).map { .number(FEELNumber($0)) } + null, isCounted: true,
        cells: [
          "-", "-", "> 2", ">= 3", "< 3", "<= 2", "[2..4]", "(1..5)", "3", "1, 4, 6", "not(2)", "not([2..3])", "> 2.5",
          "null", "? > 1 and ? < 5", "[1..2], [5..6]", "[1, \"x\"]", "> 1/0", "\"x\", 4", "? > 3 and ? < \"x\"",
        ])
    }
  }

  /// Conditions on a fact that are no tests against constants.
  private static func conditions(_ fact: Fact, _ facts: [Fact]) -> [String] {
    let others = facts.filter { $0.name != fact.name && $0.kind == fact.kind }.map(\.name)
    switch fact.kind {
    case "number":
      return ["modulo(?, 2) = 0", "? * 2 > 5", "? ** 2 = 4", "? / (? - 2) > 1"] + others.map { "? > \($0)" }
    case "string": return ["string length(?) > 0", "? < \"y\"", "upper case(?) = \"X\"", "contains(?, \"z\")"]
    case "date": return ["day of week(?) = \"Friday\"", "?.day > 3"] + others.map { "? >= \($0)" }
    default: return others.map { "? = \($0)" } + others
    }
  }

  /// Answers that depend on the case.
  private static func formulas(_ facts: [Fact], isNumber: Bool) -> [String] {
    facts.flatMap { fact -> [String] in
      let name = fact.name
      let (one, other) = isNumber ? ("1", "3") : ("\"a\"", "\"b\"")
      switch fact.kind {
      case "number":
        return ["if \(name) > 2 then \(one) else \(other)"]
          + (isNumber ? ["\(name) + 1", "1 / \(name)"] : ["string(\(name))"])
      case "string": return isNumber ? ["string length(\(name))"] : ["upper case(\(name))", name]
      case "date": return ["if \(name) < @\"2025-01-03\" then \(one) else \(other)"]
      default: return ["if \(name) then \(one) else \(other)"]
      }
    }
  }

  private static func rule(
    _ facts: [Fact], _ outputs: [(name: String, type: String, answers: [String])], _ random: inout SeededGenerator
  ) -> (cells: [String], answers: [String]) {
    (
      facts.map { $0.cells.randomElement(using: &random) ?? "-" },
      outputs.map { $0.answers.randomElement(using: &random) ?? "null" }
    )
  }

  /// The decision with some of it changed: cells, answers, the order, rules that come and go, the default, the policy.
  func changed(_ random: inout SeededGenerator) -> RandomDecision {
    var result = self
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let row = Int.random(in: 0..<result.rules.count, using: &random)
      switch Int.random(in: 0..<9, using: &random) {
      case 0, 1:
        let column = Int.random(in: 0..<facts.count, using: &random)
        result.rules[row].cells[column] = facts[column].cells.randomElement(using: &random) ?? "-"
      case 2, 3:
        let column = Int.random(in: 0..<outputs.count, using: &random)
        result.rules[row].answers[column] = outputs[column].answers.randomElement(using: &random) ?? "null"
      case 4: result.rules.swapAt(row, Int.random(in: 0..<result.rules.count, using: &random))
      case 5: result.rules.insert(RandomDecision.rule(facts, outputs, &random), at: row)
      case 6: if result.rules.count > 1 { result.rules.remove(at: row) }
      case 7:
        result.fallback =
          Bool.random(using: &random) ? nil : outputs.compactMap { $0.answers.randomElement(using: &random) }
      default:
        // The same kinds of answers suit either all of these or all aggregates.
        let plain = ["unique", "any", "priority", "first", "rule order", "output order", "collect"]
        if plain.contains(hitPolicy), Int.random(in: 0..<3, using: &random) == 0 {
          result.hitPolicy = plain.randomElement(using: &random) ?? "first"
        }
      }
    }
    return result
  }

  var text: String {
    let columns = facts.map(\.name) + outputs.map(\.name)
    var lines = ["| \(columns.joined(separator: " | ")) |", "|\(columns.map { _ in "---" }.joined(separator: "|"))|"]
    for rule in rules { lines.append("| \((rule.cells + rule.answers).joined(separator: " | ")) |") }
    var more = ""
    if let fallback {
      more = "default: {\(zip(outputs, fallback).map { "\($0.name): '\($1)'" }.joined(separator: ", "))}"
    }
    return DecisionText.text(
      inputs: facts.map(\.declaration),
      outputs: outputs.enumerated().map { index, output in
        let declaration = "name: \(output.name), type: \(output.type)"
        if hasTies, index == outputs.count - 1 { return declaration }
        return declaration + ", allowed: '\(RandomDecision.allowed(output.type))', strictest: first"
      }, hitPolicy: hitPolicy, rules: lines.joined(separator: "\n"), more: more)
  }

  private static func allowed(_ type: String) -> String { type == "number" ? "1, 2, 3" : "\"a\", \"b\", \"c\"" }

  /// Every case over the facts.
  var cases: [[(name: String, value: FEELValue)]] {
    facts.reduce([[]]) { cases, fact in
      cases.flatMap { known in fact.values.map { known + [(name: fact.name, value: $0)] } }
    }
  }

  var isCounted: Bool { facts.allSatisfy(\.isCounted) }
}
