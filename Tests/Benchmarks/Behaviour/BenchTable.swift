/// A decision table as the bench makes it: over whole numbers, so that any solver can be asked about it.
///
/// Values of an enumeration and of a boolean are numbers too, from nought on.
struct BenchTable {
  enum Domain {
    /// The whole numbers from nought to below a bound.
    case number(Int)
    /// Texts `v0`, `v1`, …
    case text(Int)
    case boolean

    var size: Int {
      switch self {
      case .number(let size), .text(let size): size
      case .boolean: 2
      }
    }
  }

  struct Input {
    var name: String
    var domain: Domain
  }

  /// A closed range of values of one input.
  struct Condition: Hashable {
    var input: Int
    var low: Int
    var high: Int
  }

  struct Rule: Hashable {
    /// By input; an input without one may be anything.
    var conditions: [Condition]
    var answer: Int
  }

  var inputs: [Input]
  var answerCount: Int
  var hitPolicy: String
  var rules: [Rule]
  /// The answer where no rule holds.
  var fallback: Int?

  /// Whether its answers are points that are added up.
  var isScored: Bool { hitPolicy == "collect sum" }

  /// The decision's file.
  var text: String {
    var lines = ["id: d", "title: A decision of the bench", "question: Which answer?", "inputs:"]
    for input in inputs {
      let domain =
        switch input.domain {
        case .number(let size): "type: number, allowed: \"[0..\(size))\", step: 1"
        case .text(let size): "type: string, allowed: '\((0..<size).map { "\"v\($0)\"" }.joined(separator: ", "))'"
        case .boolean: "type: boolean"
        }
      lines.append("  - {name: \(input.name), \(domain)}")
    }
    let answers = (0..<answerCount).map { "\"a\($0)\"" }.joined(separator: ", ")
    let output = isScored ? "type: number" : "type: string, allowed: '\(answers)'"
    lines += ["outputs:", "  - {name: answer, \(output)}", "hitPolicy: \(hitPolicy)"]
    if let fallback { lines.append("default: {answer: a\(fallback)}") }
    lines.append("rules: |")
    lines.append("  |\(inputs.map(\.name).joined(separator: "|"))|answer|")
    lines.append("  |\(inputs.map { _ in "-|" }.joined())-|")
    for rule in rules {
      var cells = [String](repeating: "-", count: inputs.count)
      for condition in rule.conditions { cells[condition.input] = cell(condition) }
      lines.append("  |\(cells.joined(separator: "|"))|\(isScored ? "" : "a")\(rule.answer)|")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func cell(_ condition: Condition) -> String {
    switch inputs[condition.input].domain {
    case .boolean: return condition.low == condition.high ? (condition.low == 1 ? "true" : "false") : "-"
    case .text: return (condition.low...condition.high).map { "v\($0)" }.joined(separator: ", ")
    case .number(let size):
      if condition.low == condition.high { return "\(condition.low)" }
      if condition.low == 0 { return condition.high == size - 1 ? "-" : "< \(condition.high + 1)" }
      if condition.high == size - 1 { return ">= \(condition.low)" }
      return "[\(condition.low)..\(condition.high)]"
    }
  }

  /// Inputs with their bounds and rules as `[[[input, low, high], …], answer]`, for the solver.
  var json: String {
    let domains = inputs.map { "[0,\($0.domain.size - 1)]" }.joined(separator: ",")
    let rows = rules.map { rule in
      "[[\(rule.conditions.map { "[\($0.input),\($0.low),\($0.high)]" }.joined(separator: ","))],\(rule.answer)]"
    }
    return "{\"inputs\":[\(domains)],\"rules\":[\(rows.joined(separator: ",\n"))]}"
  }
}
