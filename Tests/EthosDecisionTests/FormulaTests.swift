import EthosDecision
import EthosModel
import EthosTestSupport
import Testing

/// Formulas in conditions and answers: said case by case where that can be done, and else no more than is known.
@Suite struct FormulaTests {
  private func side(
    _ inputs: [String], _ rules: String, outputs: [String] = ["name: o, type: number"], policy: String = "first",
    more: String = ""
  ) -> DecisionSide {
    Decisions.side(
      DecisionText.text(inputs: inputs, outputs: outputs, hitPolicy: policy, rules: rules, more: more))
  }

  private func answer(_ inputs: [String], _ formula: String, policy: String = "first") -> DecisionSide {
    side(inputs, "| x | o |\n|---|---|\n| - | \(formula) |", policy: policy)
  }

  private let bounded = #"name: x, type: number, allowed: "[0..99]", step: 1"#

  @Test(arguments: ["first", "unique", "any", "collect", "collect sum", "collect min", "rule order"])
  func `a formula that is another in one case of a hundred is another there`(policy: String) throws {
    let difference = try BehaviourComparison.compare(
      answer([bounded], "if x > 50 then 5 else 1", policy: policy),
      answer([bounded], "if x > 51 then 5 else 1", policy: policy))
    #expect(difference.share?.description == "1/100", "\(difference)")
    #expect(difference.regions.map(\.when) == [[BehaviourRegion.Term("x", "51")]])
    let other = try BehaviourComparison.compare(
      answer([bounded], "x * x - 1", policy: policy), answer([bounded], "(x - 1) * (x + 1)", policy: policy))
    #expect(other.verdict == .equivalent, "\(other)")
  }

  @Test func `a formula over thresholds is told exactly where there is no bound`() throws {
    let difference = try BehaviourComparison.compare(
      answer(["name: x, type: number"], "if x > 50 then 5 else 1"),
      answer(["name: x, type: number"], "if x > 60 then 5 else 1"))
    #expect(difference.regions.map(\.when) == [[BehaviourRegion.Term("x", "(50..60]")]], "\(difference)")
    #expect(difference.regions.allSatisfy { $0.isWhole && $0.isProven })
  }

  @Test func `where a formula is not told case by case a case speaks for itself, and the share is bounded`() throws {
    let dense = #"name: x, type: number, allowed: "[0..100]""#
    let rules = { (formula: String) in "| x | o |\n|---|---|\n| > 50 | \(formula) |\n| - | 1 |" }
    let difference = try BehaviourComparison.compare(
      side([dense], rules("x * x")), side([dense], rules("x * x - floor(x / 60)")))
    let region = try #require(difference.regions.first)
    #expect(difference.verdict == .different && difference.share == nil && region.share == nil, "\(difference)")
    #expect(
      region.isProven && !region.isWhole && region.seen != nil && region.before.json != region.seen?.before.json,
      "\(region)")
    #expect(difference.shareReason?.contains("at most 50.0 %") == true, "\(difference)")
  }

  @Test func `conditions that cannot hold together, or fail where they are null, make no region`() throws {
    let inputs = [#"name: x, type: string, allowed: '"low", "middle", "high"', nullable: true"#]
    let rules = { (condition: String) in "| x | o |\n|---|---|\n| \(condition) | 1 |\n| ? < \"m\" | 2 |\n| - | 3 |" }
    let difference = try BehaviourComparison.compare(
      side(inputs, rules("string length(?) > 4")), side(inputs, rules("string length(?) > 3")))
    #expect(difference.verdict == .different && difference.isComplete, "\(difference)")
    #expect(difference.regions.map(\.when) == [[BehaviourRegion.Term("x", #""high""#)]], "\(difference)")
  }

  @Test func `a region of a text that may be anything is looked for where the formula parts texts`() throws {
    let inputs = ["name: x, type: string"]
    let difference = try BehaviourComparison.compare(
      side(inputs, "| x | o |\n|---|---|\n| string length(?) > 7 | 1 |\n| - | 2 |"),
      side(inputs, "| x | o |\n|---|---|\n| string length(?) > 8 | 1 |\n| - | 2 |"))
    #expect(difference.verdict == .different, "\(difference)")
  }

  @Test func `every region that is shown as proved has a case, however many there are`() throws {
    let flags = (0..<8).map { "name: b\($0), type: boolean" }
    func parity(_ shift: Int) -> DecisionSide {
      let names = flags.indices.map { "b\($0)" }.joined(separator: "|")
      let rows = (0..<256).map { number in
        "|\(flags.indices.map { number >> $0 & 1 == 1 ? "true" : "false" }.joined(separator: "|"))"
          + "|\((number.nonzeroBitCount + shift) % 2)|"
      }
      let head = ["|\(names)|o|", "|" + String(repeating: "-|", count: 9)]
      return side(flags, (head + rows).joined(separator: "\n"), policy: "unique")
    }
    let difference = try BehaviourComparison.compare(parity(0), parity(1))
    #expect(difference.regions.count == 100 && difference.moreRegions == 156)
    #expect(difference.regions.allSatisfy { $0.isProven && !$0.witness.isEmpty })
    #expect(difference.share?.percent == "100 %")
  }

  @Test func `what is drawn is drawn where changed rules apply, and said`() throws {
    let flags = (0..<14).map { "name: b\($0), type: boolean" }
    func card(_ more: Int) -> DecisionSide {
      let head = "|\(flags.indices.map { "b\($0)" }.joined(separator: "|"))|o|\n|" + String(repeating: "-|", count: 15)
      let rows = flags.indices.map { row in
        "|\(flags.indices.map { $0 == row ? "true" : "-" }.joined(separator: "|"))|\(1 << row + more)|"
      }
      return side(flags, ([head] + rows).joined(separator: "\n"), policy: "collect max")
    }
    let limits = BehaviourLimits(work: 100)
    let difference = try BehaviourComparison.compare(card(0), card(1), limits: limits)
    #expect(difference.verdict == .different)
    let reason = try #require(difference.reason)
    #expect(
      reason.contains("of them are decided otherwise") && reason.contains("where a changed rule applies"), "\(reason)")
  }

  @Test func `a fact in the place of another is another fact, unless something speaks for it`() throws {
    func side(_ name: String, _ type: String) -> DecisionSide {
      Decisions.side(
        DecisionText.text(
          inputs: ["name: \(name), type: \(type)"], outputs: ["name: o, type: string"],
          rules: "| \(name) | o |\n|---|---|\n| \(type == "boolean" ? "true" : "> 5") | \"no\" |\n| - | \"yes\" |"))
    }
    let swapped = try BehaviourComparison.compare(side("sanctioned", "boolean"), side("newsletter", "boolean"))
    #expect(swapped.verdict == .different && swapped.share?.description == "2/4" && !swapped.isAssumed, "\(swapped)")
    let reworded = try BehaviourComparison.compare(side("sanctioned", "boolean"), side("is sanctioned", "boolean"))
    #expect(reworded.verdict == .equivalent && reworded.isAssumed && !reworded.notes.isEmpty, "\(reworded)")
  }
}
