import EthosDecision
import EthosModel
import EthosTestSupport
import Testing

/// Conditions that the grid takes for facts of their own: what they cannot be in a box makes no region.
@Suite struct ConditionReachTests {
  private func compared(_ inputs: [String], _ before: String, _ after: String) throws -> BehaviourDifference {
    func side(_ rules: String) -> DecisionSide {
      let head = "| \(["x", "y"].prefix(inputs.count).joined(separator: " | ")) | o |"
      return Decisions.side(
        DecisionText.text(
          inputs: inputs, outputs: ["name: o, type: number"], hitPolicy: "first",
          rules: "\(head)\n\(inputs.map { _ in "|---" }.joined())|---|\n\(rules)"))
    }
    return try BehaviourComparison.compare(side(before), side(after))
  }

  @Test(arguments: ["string length(?) > 1", "starts with(?, \"p\")", "contains(?, \"a\") and ends with(?, \"b\")"])
  func `what is asked of a text that is there cannot fail`(condition: String) throws {
    func rules(_ answer: Int) -> String { "| \(condition) | \(answer) |\n| - | 9 |" }
    let difference = try compared(["name: x, type: string"], rules(1), rules(2))
    #expect(difference.verdict == .different && difference.isComplete, "\(difference)")
    #expect(difference.regions.allSatisfy { $0.isProven } && difference.regions.count == 1, "\(difference)")
    // Where it may be missing, that is a case.
    let nullable = try compared(
      ["name: x, type: string, nullable: true"], rules(1), "| \(condition) | 1 |\n| null | 3 |\n| - | 9 |")
    #expect(nullable.verdict != .equivalent, "\(nullable)")
  }

  @Test(arguments: ["@\"2025-01-01T08:00:00\"", "@\"2025-01-01T08:00:00\", @\"2025-01-03T08:00:00\""])
  func `a moment is equal to none that lies elsewhere`(cell: String) throws {
    let later = "| > @\"2025-02-01T00:00:00\" | 4 |"
    let difference = try compared(
      ["name: x, type: date and time"], "\(later)\n| \(cell) | 1 |\n| - | 2 |", "\(later)\n| \(cell) | 3 |\n| - | 2 |")
    #expect(difference.verdict == .different && difference.isComplete, "\(difference)")
    #expect(difference.regions.allSatisfy { $0.isProven }, "\(difference)")
    // Behind a threshold the rule answers nothing, whatever it answers.
    let behind = "| > @\"2024-01-01T00:00:00\" | 4 |"
    let same = try compared(
      ["name: x, type: date and time"], "\(behind)\n| \(cell) | 1 |\n| - | 2 |", "\(behind)\n| \(cell) | 3 |\n| - | 2 |"
    )
    #expect(same.verdict == .equivalent, "\(same)")
  }

  @Test(arguments: [
    ("[0..1]", "[2..3]", true), ("[0..2)", "[2..3]", true), ("[0..2]", "(2..3]", true), ("[0..2]", "[2..3]", false),
    ("[0..2]", "[1..3]", false), (">= 0", "[2..3]", false),
  ])
  func `a fact that is below another wherever they may be`(x: String, y: String, isAlways: Bool) throws {
    let inputs = [#"name: x, type: number, allowed: "\#(x)""#, #"name: y, type: number, allowed: "\#(y)""#]
    for cell in ["< y", "? - y < 0", "? + 1 < y + 1", "? < y and y > ?", "not(>= y)"] {
      let found = try compared(
        inputs, "| \(cell) | - | 1 |\n| - | - | 2 |", "| \(cell) | - | 1 |\n| - | - | 3 |")
      let isOpen = cell.contains("+") || cell.contains("-")
      // A sum may be rounded to what it is below; without a bound nothing is said of it.
      if isAlways, !isOpen || x == "[0..1]" {
        #expect(found.verdict == .equivalent, "\(cell): \(found)")
      } else if !isAlways {
        #expect(found.verdict == .different, "\(cell): \(found)")
      }
    }
  }

  @Test func `a range of facts is in order or nothing is said of it`() throws {
    let inputs = [
      #"name: x, type: number, allowed: "[0..9]""#, #"name: y, type: number, allowed: "[0..9]""#,
    ]
    let found = try compared(inputs, "| [5..y] | - | 1 |\n| - | - | 2 |", "| [5..y] | - | 3 |\n| - | - | 2 |")
    #expect(found.verdict == .different, "\(found)")
  }
}
