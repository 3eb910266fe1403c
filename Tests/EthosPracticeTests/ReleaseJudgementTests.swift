import EthosDecision
import EthosPractice
import EthosTestSupport
import EthosText
import Testing

/// Which releases a log speaks for.
@Suite struct ReleaseJudgementTests {
  private let sides = [Audits.limit(10), Audits.limit(20), Audits.limit(30)]

  private func log(_ cases: [(x: Int, r: String, times: Int)]) -> String {
    "x,r\n" + cases.map { String(repeating: "\($0.x),\($0.r)\n", count: $0.times) }.joined()
  }

  @Test func `an exact tie prefers none, and says how many cases would do`() throws {
    let (result, _) = try Audits.run(log([(15, "no", 5), (15, "yes", 5), (5, "yes", 20)]), sides)
    let judgement = result.judgement
    #expect(judgement.best == [0, 1, 2] && judgement.single == nil && judgement.next == nil)
    // Two of the three decide alike: one comparison was made.
    #expect(judgement.comparisons == 1)
    let pair = try #require(judgement.pairs.first { $0.first == 0 && $0.second == 1 })
    #expect(pair.differ == 10 && pair.asFirst == 5 && pair.asSecond == 5 && pair.adjusted == 1)
    #expect(pair.needed == 9)
    #expect(judgement.pairs.contains { $0.isAlike && Set([$0.first, $0.second]) == [1, 2] })
  }

  @Test func `those that decide every case alike are named together, and the other is behind`() throws {
    let (result, _) = try Audits.run(log([(15, "no", 12), (5, "yes", 20)]), sides)
    #expect(result.judgement.best == [0])
    let (other, _) = try Audits.run(log([(15, "yes", 12), (5, "yes", 20)]), sides)
    #expect(other.judgement.best == [1, 2])
    let next = try #require(other.judgement.next)
    #expect(next.second == 0 && next.asFirst == 12 && next.asSecond == 0)
  }

  @Test(arguments: [(5, false), (6, true)])
  func `what leads by a handful is not preferred`(_ cases: Int, _ isPreferred: Bool) throws {
    // Five of five may be chance (p = 0.0625), six of six are not (0.03125).
    let (result, _) = try Audits.run(log([(15, "no", cases), (5, "yes", 200)]), [sides[0], sides[1]])
    #expect(result.judgement.best == (isPreferred ? [0] : [0, 1]))
    let pair = try #require(result.judgement.pairs.first)
    #expect(abs(pair.p - (isPreferred ? 0.03125 : 0.0625)) < 1e-12 && pair.neededCases == 6)
  }

  @Test func `more comparisons need more cases`() throws {
    // Three states that differ make three comparisons: 0.03125 is no more than 3 × 0.03125.
    let (result, _) = try Audits.run(log([(15, "no", 6), (25, "yes", 6), (25, "no", 6)]), sides)
    let judgement = result.judgement
    #expect(judgement.comparisons == 3)
    let sorted = judgement.pairs.sorted { $0.p < $1.p }
    var highest = 0.0
    for (rank, pair) in sorted.enumerated() {
      highest = max(highest, min(1, pair.p * Double(3 - rank)))
      #expect(abs(pair.adjusted - highest) < 1e-12)
    }
  }

  @Test func `random logs are judged as a count by hand judges them`() throws {
    var random = SeededGenerator(seed: 18)
    let limits = [10, 20, 30]
    for _ in 0..<(20 * soakFactor) {
      let share = Int.random(in: 0...100, using: &random)
      let cases = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        (x: Int.random(in: 0...40, using: &random), r: "", times: 1)
      }.map { one in (x: one.x, r: random.happens(share) == (one.x > 20) ? "no" : "yes", times: 1) }
      let (result, _) = try Audits.run(log(cases), sides, blockSize: 64, workers: 2)
      func says(_ side: Int, _ x: Int) -> String { x > limits[side] ? "no" : "yes" }
      var behind: Set<Int> = []
      for pair in result.judgement.pairs {
        let differing = cases.filter { says(pair.first, $0.x) != says(pair.second, $0.x) }
        #expect(pair.differ == differing.count && pair.both == cases.count)
        #expect(pair.asFirst == differing.count { $0.r == says(pair.first, $0.x) })
        #expect(pair.asFirst >= pair.asSecond)
        if pair.adjusted <= 0.05 { behind.insert(pair.second) }
      }
      #expect(result.judgement.best == (0..<3).filter { !behind.contains($0) })
    }
  }

  @Test func `groups and quarters are judged by the same, each section with its own correction`() throws {
    var text = "day,x,r,branch\n"
    for number in 0..<200 {
      let x = number % 40
      text +=
        "2022-0\(1 + number % 6)-03,\(x),\(x > 10 ? "no" : "yes"),Zug\n2022-0\(1 + number % 6)-05,\(x),\(x > 30 ? "no" : "yes"),Bern\n"
    }
    let from = try #require(Day("2020-01-01"))
    let (result, _) = try Audits.run(
      text, sides, inForce: [(from, 2)], columns: LogColumns(day: "day"), question: AuditQuestion(by: ["branch"]))
    #expect(result.segments.map(\.value) == ["Bern", "Zug"])
    #expect(result.segments.map(\.judgement.best) == [[2], [0]])
    // Two branches, three states each.
    #expect(result.segments.allSatisfy { $0.judgement.comparisons == 6 })
    // As a whole neither is preferred: each half speaks for its own.
    #expect(result.judgement.best.contains(0) && result.judgement.best.contains(2))
    #expect(result.quarters.count == 2 && result.quarters.allSatisfy { $0.judgement.best.count > 1 })
  }

  @Test func `states are compared over the cases that both can decide`() throws {
    let narrow = Audits.limit(10, more: ", allowed: '[0..20]'")
    let (result, _) = try Audits.run(log([(15, "no", 8), (25, "yes", 50)]), [narrow, sides[2]])
    #expect(result.sides == [Share(8, of: 8), Share(50, of: 58)])
    #expect(result.judgement.best == [0] && result.malformed == 0 && result.refused == 0)
    #expect(result.refusals[0] == "`x` is not allowed: allowed is [0..20]" && result.refusals[1] == nil)
    // Under the narrow one the others are not allowed: they are counted apart, and are departures for a gate.
    let (held, _) = try Audits.run(log([(15, "no", 8), (25, "yes", 50)]), [narrow, sides[2]], fixed: 0)
    #expect(held.refused == 50 && held.inForce == Share(8, of: 8) && held.hasDepartures)
    #expect(held.described.first?.reason.contains("under the rules in force") == true)
    // What nobody allows is malformed.
    let (none, _) = try Audits.run(log([(99, "no", 3)]), [narrow])
    #expect(none.malformed == 3 && none.inForce.of == 0)
  }

  @Test func `a fact that was renamed or retyped stops nobody`() throws {
    let old = Audits.limit(10, input: "points")
    let new = Audits.limit(20, input: "risk score")
    let text = "risk score,r\n15,no\n25,no\n"
    // Without a word the old one is left out.
    let (result, plan) = try Audits.run(text, [old, new])
    #expect(plan.cases.left.map(\.side) == [0] && result.sides == [Share(1, of: 2)])
    #expect(plan.cases.left[0].problem.message.contains("no column for `points`"))
    // Its own mapping brings it in; the same column may feed a fact of each.
    let only = CaseMapping(columns: [("points", "risk score")])
    let (both, _) = try Audits.run(
      text, [old, new], mappings: [only, CaseMapping()], typed: [TypedMapping(only, side: 0)])
    #expect(both.sides == [Share(2, of: 2), Share(1, of: 2)])
    // What is not the decision's is still told.
    let wrong = CaseMapping(columns: [("pints", "risk score")])
    let problem = #expect(throws: CaseProblem.self) {
      try Audits.run(text, [old, new], mappings: [wrong, CaseMapping()], typed: [TypedMapping(wrong, side: 0)])
    }
    #expect(problem?.message == "`pints` is no input of the decision")
    // All cases are held to one that cannot read them: that stops.
    #expect(throws: CaseProblem.self) { try Audits.run(text, [old, new], fixed: 0) }
    // On the days of the old one, nothing is said instead of something wrong.
    let from = try #require(Day("2020-01-01"))
    let (days, _) = try Audits.run(
      "day,risk score,r\n2020-02-01,15,no\n2022-02-01,25,no\n", [old, new],
      inForce: [(from, 0), (try #require(Day("2022-01-01")), 1)], columns: LogColumns(day: "day"))
    #expect(days.unread.map(\.cases) == [1] && days.inForce == Share(1, of: 1))
    // Words where the old one reads numbers.
    let words = Replays.side(
      DecisionText.text(
        inputs: ["name: x, type: string, allowed: '\"low\", \"high\"'"],
        outputs: ["name: r, type: string, allowed: '\"no\", \"yes\"'"],
        rules: "| id | x | r |\n|----|---|---|\n| r1 | high | no |\n| r2 | - | yes |\n"))
    let (retyped, _) = try Audits.run("x,r\nhigh,no\nlow,no\n", [sides[0], words])
    #expect(retyped.malformed == 0 && retyped.sides == [Share(0, of: 0), Share(1, of: 2)])
    #expect(retyped.judgement.best == [1] && retyped.refusals[0] == "`x` is no number")
  }

  @Test func `a fact that no column feeds is told, and none at all is refused`() throws {
    let side = Replays.side(
      DecisionText.text(
        inputs: ["name: x, type: number", "name: debt, type: number, nullable: true"],
        outputs: ["name: r, type: string, allowed: '\"no\", \"yes\"'"],
        rules: "| id | debt | r |\n|----|------|---|\n| r1 | > 40 | no |\n| r2 | - | yes |\n"))
    let (_, plan) = try Audits.run("x,Debt,r\n1,90,no\n", [side])
    #expect(plan.cases.unfed.map(\.fact) == ["debt"] && plan.cases.unfed[0].sides == [0] && !plan.cases.unfed[0].isSaid)
    let said = CaseMapping(columns: [("debt", nil)])
    let (_, other) = try Audits.run("x,r\n1,no\n", [side], mappings: [said])
    #expect(other.cases.unfed.map(\.fact) == ["debt"] && other.cases.unfed[0].isSaid)
    let all = Replays.side(
      DecisionText.text(
        inputs: ["name: debt, type: number, nullable: true"],
        outputs: ["name: r, type: string, allowed: '\"no\", \"yes\"'"],
        rules: "| id | debt | r |\n|----|------|---|\n| r1 | > 40 | no |\n| r2 | - | yes |\n"))
    #expect(throws: CaseProblem.self) { try Audits.run("Debt,r\n90,no\n", [all]) }
  }
}
