import BigInt
import EthosFEEL
import EthosModel
import EthosTestSupport
import EthosText
import Testing

@testable import EthosDecision

/// Sums against counting out every case by the reference evaluation.
@Suite struct AdditiveTests {
  private typealias Facts = [(name: String, value: FEELValue)]

  private func decide(_ side: DecisionSide, _ facts: Facts) -> Outcome {
    var graph = side.graph
    return graph.decide(side.key, facts: facts)?.outcome ?? .failed
  }

  private func contains(_ region: BehaviourRegion, _ facts: Facts) -> Bool {
    region.when.allSatisfy { term in
      guard let fact = facts.first(where: { $0.name == term.input }),
        case .success(let tests) = FEELParser.unaryTests(term.text, names: FEELNames([String]()))
      else { return false }
      return FEELEvaluator().satisfies(tests, input: fact.value, in: .empty).result == true
    }
  }

  /// Every case over some facts.
  private func cases(_ facts: [(name: String, values: [FEELValue])]) -> [Facts] {
    facts.reduce([[]]) { cases, fact in cases.flatMap { known in fact.values.map { known + [(fact.name, $0)] } } }
  }

  private func check(
    _ difference: BehaviourDifference, _ before: DecisionSide, _ after: DecisionSide, _ cases: [Facts],
    isCounted: Bool, context: Comment
  ) {
    var differing = 0
    var present = 0
    for facts in cases {
      let isWhole = facts.allSatisfy { $0.value != .null }
      if isWhole { present += 1 }
      let isDifferent = decide(before, facts) != decide(after, facts)
      if isDifferent, isWhole { differing += 1 }
      let regions = difference.regions.filter { contains($0, facts) }
      #expect(isDifferent == !regions.isEmpty, "\(facts)\n\(context)")
    }
    #expect(difference.isComplete && difference.moreRegions == 0, context)
    #expect(difference.verdict == (difference.regions.isEmpty ? .equivalent : .different), context)
    #expect(difference.regions.allSatisfy { $0.isProven && !$0.witness.isEmpty }, context)
    guard isCounted, difference.verdict == .different else { return }
    guard let share = difference.share, let part = Int(share.numerator), let all = Int(share.denominator) else {
      Issue.record("no share: \(difference.shareReason ?? "-")\n\(context)")
      return
    }
    #expect(part * present == differing * all, "share \(share), counted \(differing) of \(present)\n\(context)")
  }

  @Test(arguments: 0..<8) func `sums and counts differ where every case says so`(worker: Int) throws {
    var random = SeededGenerator(seed: 61_000 + UInt64(worker))
    var additive = 0
    for _ in 0..<(120 * soakFactor) {
      var before = RandomDecision(&random)
      before.hitPolicy = random.pick(["collect sum", "collect count"])
      before.outputs = [("o", "number", ["-1", "0", "1", "2", "0.5"])]
      before.rules = before.rules.map { ($0.cells, [random.pick(["-1", "0", "1", "2", "0.5"])]) }
      before.fallback = Bool.random(using: &random) ? [random.pick(["0", "1", "-1"])] : nil
      let after = before.changed(&random)
      let (left, right) = (Decisions.side(before.text), Decisions.side(after.text))
      guard let space = try? SpaceBuilder.space(left, right),
        let problem = AdditiveTotal.problem(space.pair, space.outcomes)
      else { continue }
      additive += 1
      var graphs = (left.graph, right.graph)
      let read = (graphs.0.decision(left.key), graphs.1.decision(right.key))
      let (old, new) = (try #require(read.0), try #require(read.1))
      let difference = try AdditiveComparison(
        space, problem, space.outcomes, left, right, old, new, [], .standard
      ).difference()
      check(
        difference, left, right, before.cases, isCounted: before.isCounted,
        context: Comment(rawValue: "\(before.text)\n---\n\(after.text)\n---\n\(difference)"))
    }
    #expect(additive > 40)
  }

  // MARK: - Tables over sums

  private static func score(
    _ points: [Int], _ pairs: [(Int, Int, Int)], count: Int, base: Bool, policy: String, fraction: String = ""
  ) -> String {
    var lines = ["| \((0..<count).map { "b\($0)" }.joined(separator: " | ")) | points |"]
    lines.append("|\(String(repeating: "---|", count: count + 1))")
    func row(_ flags: Set<Int>, _ points: Int) -> String {
      "| \((0..<count).map { flags.contains($0) ? "true" : "-" }.joined(separator: " | ")) | \(points)\(fraction) |"
    }
    if base { lines.append(row([], 0)) }
    for (flag, points) in points.enumerated() { lines.append(row([flag], points)) }
    for (first, second, points) in pairs { lines.append(row([first, second], points)) }
    return DecisionText.text(
      inputs: (0..<count).map { "name: b\($0), type: boolean" }, outputs: ["name: points, type: number"],
      hitPolicy: policy, rules: lines.joined(separator: "\n")
    ).replacing("id: d", with: "id: score")
  }

  private static func route(_ rows: [(String, String, String)], policy: String = "first") -> String {
    var text = DecisionText.text(
      inputs: ["name: b0, type: boolean"], outputs: ["name: route, type: string, allowed: '\"x\", \"y\", \"z\"'"],
      hitPolicy: policy,
      rules: "| score | b0 | route |\n|---|---|---|\n"
        + rows.map { "| \($0.0) | \($0.1) | \($0.2) |" }.joined(separator: "\n"))
    text += "uses: {score: decision/score.points}\n"
    return text
  }

  @Test(arguments: 0..<8) func `a table over a sum differs where every case says so`(worker: Int) throws {
    var random = SeededGenerator(seed: 62_000 + UInt64(worker))
    for _ in 0..<(40 * soakFactor) {
      let count = Int.random(in: 1...5, using: &random)
      var points = (0..<count).map { _ in Int.random(in: -5...20, using: &random) }
      var pairs = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        (
          Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random),
          Int.random(in: -5...20, using: &random)
        )
      }
      // What is counted may be a fraction that has no part in the count.
      let (fraction, limitFraction) = (random.pick(["", ".5", ".25"]), random.pick(["", ".5", ".125"]))
      func rows(_ random: inout SeededGenerator) -> [(String, String, String)] {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in
          let limit = "\(Int.random(in: -5...40, using: &random))\(random.pick(["", "", limitFraction]))"
          return (
            random.pick(["> \(limit)", "<= \(limit)", "[\(limit)..60]", "-", "\(limit)"]),
            random.pick(["-", "-", "true", "false"]), random.pick(["\"x\"", "\"y\"", "\"z\""])
          )
        } + (Bool.random(using: &random) ? [("-", "-", "\"x\"")] : [])
      }
      let base = Bool.random(using: &random)
      let scorePolicy = random.pick(["collect sum", "collect sum", "collect count"])
      let policy = random.pick(["first", "first", "unique", "any", "priority"])
      var table = rows(&random)
      func side() -> DecisionSide {
        Decisions.side(
          AdditiveTests.route(table, policy: policy),
          with: [
            "decisions/score.yaml": AdditiveTests.score(
              points, pairs, count: count, base: base, policy: scorePolicy, fraction: fraction)
          ])
      }
      let before = side()
      if Bool.random(using: &random) { table = rows(&random) }
      if Bool.random(using: &random) {
        points[0] += Int.random(in: -3...3, using: &random)
        pairs = pairs.dropLast() + []
      }
      let after = side()
      let difference = try BehaviourComparison.compare(before, after)
      let all = cases((0..<count).map { ("b\($0)", [.boolean(true), .boolean(false)]) })
      let context = Comment(rawValue: "\(difference)\n\(table) \(points) \(pairs) \(policy) \(scorePolicy) \(base)")
      check(difference, before, after, all, isCounted: true, context: context)
      var graphs = (before.graph, after.graph)
      let read = (graphs.0.decision(before.key), graphs.1.decision(after.key))
      let (old, new) = (try #require(read.0), try #require(read.1))
      for facts in all {
        for region in difference.regions where contains(region, facts) {
          #expect(region.before == old.described(decide(before, facts)), context)
          #expect(region.after == new.described(decide(after, facts)), context)
        }
      }
    }
  }

  @Test func `the weight of one flag of many is one region of half the cases`() throws {
    func side(_ first: Int) -> DecisionSide {
      Decisions.side(
        AdditiveTests.score(
          (0..<30).map { $0 == 0 ? first : 1 + $0 * 7 % 13 }, (0..<70).map { ($0 % 30, ($0 * 11 + 1) % 30, $0 % 9) },
          count: 30, base: true, policy: "collect sum"
        ).replacing("id: score", with: "id: d"))
    }
    let difference = try BehaviourComparison.compare(side(1), side(3))
    #expect(difference.verdict == .different && difference.isComplete)
    #expect(difference.share?.description == "1/2")
    #expect(difference.regions.map { $0.when.map { "\($0.input) \($0.text)" } } == [["b0 true"]])
    #expect(difference.regions.allSatisfy { $0.isProven && $0.after.text.ends(with: "(2 more)") })
  }

  @Test func `all weights raised is all cases but one`() throws {
    func side(_ more: Int) -> DecisionSide {
      Decisions.side(
        AdditiveTests.score(
          (0..<14).map { (1 << $0) + more }, [], count: 14, base: true, policy: "collect sum"
        ).replacing("id: score", with: "id: d"))
    }
    let difference = try BehaviourComparison.compare(side(0), side(1))
    #expect(difference.verdict == .different && difference.isComplete && difference.regions.count == 14)
    #expect(difference.share?.description == "16383/16384")
  }

  @Test func `weights that cancel out are proved to decide the same`() throws {
    // What one flag gives two rules, it gives one rule after.
    func side(_ pairs: [(Int, Int, Int)], _ first: Int) -> DecisionSide {
      Decisions.side(
        AdditiveTests.score(
          [first] + (1..<20).map { $0 * $0 }, pairs, count: 20, base: true, policy: "collect sum"
        ).replacing("id: score", with: "id: d"))
    }
    #expect(try BehaviourComparison.compare(side([(0, 0, 4)], 3), side([], 7)).verdict == .equivalent)
    #expect(try BehaviourComparison.compare(side([(0, 1, 4)], 3), side([], 7)).verdict == .different)
  }

  @Test func `a threshold over thirty flags has an exact share`() throws {
    func side(_ limit: Int) -> DecisionSide {
      Decisions.side(
        AdditiveTests.route([("> \(limit)", "-", "\"x\""), ("-", "-", "\"y\"")]),
        with: [
          "decisions/score.yaml": AdditiveTests.score(
            Array(repeating: 1, count: 30), [], count: 30, base: true, policy: "collect sum")
        ])
    }
    let difference = try BehaviourComparison.compare(side(15), side(16))
    #expect(difference.verdict == .different)
    // Exactly sixteen of thirty.
    let divisor = BigUInt(145_422_675).greatestCommonDivisor(with: BigUInt(1) << 30)
    #expect(difference.share?.description == "\(BigUInt(145_422_675) / divisor)/\((BigUInt(1) << 30) / divisor)")
    #expect(difference.regions.allSatisfy { $0.isProven })
    #expect(try BehaviourComparison.compare(side(30), side(31)).verdict == .equivalent)
  }

  @Test func `what a sum cannot be asked is not settled, and says why`() throws {
    func side(_ answer: String) -> DecisionSide {
      Decisions.side(
        AdditiveTests.route([("> 3", "-", answer), ("-", "-", "\"y\"")]),
        with: [
          "decisions/score.yaml": AdditiveTests.score([1, 2], [], count: 2, base: true, policy: "collect sum")
        ])
    }
    let difference = try BehaviourComparison.compare(
      side("if score > 4 then \"x\" else \"y\""), side("if score > 5 then \"x\" else \"y\""))
    #expect(difference.verdict == .undecided)
    #expect(difference.reason == "a sum of another decision is used in an expression")
  }
}
