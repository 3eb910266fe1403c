import EthosDecision
import EthosFEEL
import EthosPractice
import EthosTestSupport
import EthosText
import Testing

/// What else is asked of a log: parts of it, groups, lists, what was paid, answers that are lists.
@Suite struct AuditQuestionTests {
  private let side = Audits.limit(10)

  @Test func `a condition and a first day choose cases, and what they cannot say is counted`() throws {
    let text =
      "day,x,r,branch,age\n2022-01-01,5,yes,Zug,30\n2022-02-01,15,no,Bern,\n2021-01-01,15,yes,Zug,40\n2022-03-01,15,yes,Zug,50\n"
    func run(_ condition: String?, since: String? = nil) throws -> AuditResult {
      try Audits.run(
        text, [side], columns: LogColumns(day: "day"),
        question: AuditQuestion(condition: condition, since: since.flatMap { Day($0) })
      ).result
    }
    let branch = try run("branch = \"Zug\" and x > 10")
    #expect(branch.inForce == Share(0, of: 2) && branch.excluded == 2 && branch.unsettled == 0)
    let age = try run("age >= 40")
    #expect(age.inForce == Share(0, of: 2) && age.excluded == 1 && age.unsettled == 1)
    let since = try run(nil, since: "2022-01-01")
    #expect(since.inForce == Share(2, of: 3) && since.excluded == 1)
    let both = try run("x > 10", since: "2022-02-01")
    #expect(both.inForce == Share(1, of: 2) && both.excluded == 2)
    let problem = #expect(throws: CaseProblem.self) { try run("brnch = \"Zug\"") }
    #expect(problem?.message.contains("brnch") == true)
  }

  @Test func `a comparison that turns round within the rules is said`() throws {
    // The published numbers of two treatments of kidney stones (Charig and others, 1986): A is better for small and for large
    // stones, and worse as a whole. A success follows the rule of its size.
    let sized = Replays.side(
      DecisionText.text(
        inputs: ["name: size, type: string, allowed: '\"small\", \"large\"'"],
        outputs: ["name: r, type: string, allowed: '\"good\", \"bad\"'"],
        rules: "| id | size | r |\n|----|------|---|\n| small | small | good |\n| large | large | good |\n"))
    var text = "size,r,treatment,clinic\n"
    for (size, treatment, good, all) in [
      ("small", "A", 81, 87), ("large", "A", 192, 263), ("small", "B", 234, 270), ("large", "B", 55, 80),
    ] {
      for number in 0..<all { text += "\(size),\(number < good ? "good" : "bad"),\(treatment),\(size)\n" }
    }
    let (result, _) = try Audits.run(text, [sized], question: AuditQuestion(by: ["treatment", "clinic"]))
    let rules = try #require(result.reversals.first { $0.column == "treatment" && $0.within == .rules })
    #expect(rules.more == "A" && rules.less == "B" && rules.parts == 2 && rules.turned == 2)
    #expect(rules.moreShare == Share(77, of: 350) && rules.lessShare == Share(61, of: 350))
    // Weighed by hand: (87·270/357 (6/87 − 36/270) + 263·80/343 (71/263 − 25/80)) / (87·270/357 + 263·80/343).
    #expect(abs(rules.difference - -0.0538356) < 1e-6, "\(rules.difference)")
    #expect(result.reversals.contains { $0.column == "treatment" && $0.within == .column("clinic") })
    #expect(result.crossed.map(\.values) == [["B", "small"], ["A", "large"], ["A", "small"], ["B", "large"]])
    #expect(
      result.crossed.map(\.agree) == [Share(234, of: 270), Share(192, of: 263), Share(81, of: 87), Share(55, of: 80)])
    // The clinics are told apart by what they do: nothing turns round between them.
    #expect(!result.reversals.contains { $0.column == "clinic" && $0.within == .rules })
  }

  @Test func `departures are listed with their rows, and a draw is the same for the same seed`() throws {
    var text = "x,r\n"
    for number in 0..<500 { text += "\(number % 25),\(number % 3 == 0 ? "no" : "yes")\n" }
    func run(_ workers: Int) throws -> AuditResult {
      try Audits.run(
        text, [side], question: AuditQuestion(lists: true, showsCases: true), blockSize: 100, workers: workers
      ).result
    }
    let (one, three) = try (run(1), run(3))
    let expected = (0..<500).filter { ($0 % 3 == 0) != ($0 % 25 > 10) }.map { $0 + 1 }
    #expect(one.listed.map(\.row) == expected && three.listed.map(\.row) == expected)
    #expect(one.listed.map(\.line) == expected.map { $0 + 1 })
    #expect(one.listed.allSatisfy { $0.facts.first?.name == "x" })
    let drawn = one.sample(20, seed: 7).map(\.row)
    #expect(drawn == three.sample(20, seed: 7).map(\.row) && Set(drawn).count == 20 && drawn == drawn.sorted())
    #expect(drawn != one.sample(20, seed: 8).map(\.row) && Set(drawn).isSubset(of: expected))
    #expect(one.sample(9_999, seed: 7).count == expected.count)
    // Over many seeds each case is drawn about as often.
    var often: [Int: Int] = [:]
    for seed in 0..<2_000 {
      for row in one.sample(expected.count / 4, seed: UInt64(seed)).map(\.row) { often[row, default: 0] += 1 }
    }
    #expect(often.count == expected.count && often.values.allSatisfy { (380...620).contains($0) })
  }

  @Test(arguments: [
    ("collect", "a|b", true), ("collect", "b; a", false), ("collect", "[\"\"a\"\", \"\"b\"\"]", true),
    ("collect", "a", false),
    ("collect", "a|b|b", false), ("rule order", "a|b", true), ("rule order", "b|a", false), ("rule order", "[]", false),
  ])
  func `answers that are lists are compared as the policy has them`(_ policy: String, _ text: String, _ agrees: Bool)
    throws
  {
    let side = Replays.side(
      DecisionText.text(
        inputs: ["name: x, type: number"], outputs: ["name: flag, type: string, allowed: '\"a\", \"b\"'"],
        hitPolicy: policy,
        rules: "| id | x | flag |\n|----|---|------|\n| r1 | > 10 | a |\n| r2 | > 5 | b |\n"))
    let (result, _) = try Audits.run("x,flag\n20,\"\(text)\"\n", [side])
    #expect(result.inForce == Share(agrees ? 1 : 0, of: 1))
    // Where no rule applies, the list is empty; an empty field says nothing.
    let (none, _) = try Audits.run("x,flag\n1,[]\n1,\n", [side])
    #expect(none.inForce == Share(1, of: 1) && none.malformed == 1)
    let (json, _) = try Audits.run(
      "{\"x\": 20, \"flag\": [\"a\", \"\\u0062\"]}\n{\"x\": 20, \"flag\": [\"c\"]}\n", [side], name: "log.jsonl")
    #expect(json.inForce == Share(1, of: 1) && json.malformed == 1)
  }

  @Test(arguments: [("collect sum", "30", "12"), ("collect count", "2", "1"), ("collect max", "20", "10")])
  func `answers that are sums and counts are numbers`(_ policy: String, _ right: String, _ wrong: String) throws {
    let side = Replays.side(
      DecisionText.text(
        inputs: ["name: x, type: number"], outputs: ["name: points, type: number"], hitPolicy: policy,
        rules: "| id | x | points |\n|----|---|------|\n| r1 | > 10 | 10 |\n| r2 | > 5 | 20 |\n"))
    let (result, _) = try Audits.run("x,points\n20, \(right)\n20,\(wrong)\n20,many\n", [side])
    #expect(result.inForce == Share(1, of: 2) && result.malformed == 1)
  }

  @Test func `answers are read as facts are`() throws {
    let side = Replays.side(
      DecisionText.text(
        inputs: ["name: x, type: number"], outputs: ["name: r, type: boolean"],
        rules: "| id | x | r |\n|----|---|---|\n| r1 | > 10 | true |\n| r2 | - | false |\n"))
    let (result, _) = try Audits.run(
      "x,r\n20,TRUE\n20,True\n20, true \n1,FALSE\n1,false\n1,tRue\n1,yes\n", [side])
    #expect(result.inForce == Share(5, of: 5) && result.malformed == 2)
    let (comma, _) = try Audits.run(
      "x;r\n1;2,5\n",
      [
        Replays.side(
          DecisionText.text(
            inputs: ["name: x, type: number"], outputs: ["name: r, type: number"],
            rules: "| id | x | r |\n|----|---|---|\n| r1 | - | 2.5 |\n"))
      ], mappings: [CaseMapping(usesDecimalComma: true)])
    #expect(comma.inForce == Share(1, of: 1))
  }

  private static func paying(_ values: [String]) throws -> (meter: FrictionMeter, three: FrictionMeter) {
    let files = [
      "values/care.yaml":
        "id: care\ntitle: Care\nowner: lead\nfriction:\n  - {accept: slower answers, measure: days}\n"
    ]
    let side = Replays.side(
      DecisionText.text(
        inputs: ["name: x, type: number, nullable: true"],
        outputs: ["name: r, type: string, allowed: '\"no\", \"yes\"'"],
        rules: "| id | x | r |\n|----|---|---|\n| r1 | - | yes |\n", more: "serves: [care]"), with: files)
    let text = "x,r,days\n" + values.map { "1,yes,\($0)\n" }.joined()
    let (one, three) = try (Audits.run(text, [side]), Audits.run(text, [side], blockSize: 999, workers: 3))
    return (
      try #require(one.result.frictions.first?.first).meter, try #require(three.result.frictions.first?.first).meter
    )
  }

  @Test func `the quantiles of what was paid are exact for any number of different values`() throws {
    var random = SeededGenerator(seed: 5)
    // More different texts than wait at a time, in no order, with blanks and words among them.
    let values = (0..<150_000).map { number in (number * 7_919) % 150_000 }
    var texts = values.map { "\($0).5" }
    texts += ["", "soon", " 1 ", "1.50", "1.5"]
    texts.shuffle(using: &random)
    let (one, three) = try Self.paying(texts)
    #expect(one.measured == 150_003 && one.empty == 1 && one.unreadable == 1 && !one.isRounded)
    var sorted = values.map { Double($0) + 0.5 } + [1, 1.5, 1.5]
    sorted.sort()
    func rank(_ percent: Int) -> Double { sorted[(sorted.count * percent + 99) / 100 - 1] }
    #expect(one.quantiles([50, 90]).compactMap(Double.init) == [rank(50), rank(90)])
    #expect(three.quantiles([50, 90]) == one.quantiles([50, 90]) && three.mean == one.mean)
  }

  @Test func `of too many different values the quantiles are less than a thousandth too high, however they were met`()
    throws
  {
    var random = SeededGenerator(seed: 11)
    let values = (0..<3_000).map { _ in Int.random(in: -400_000...9_000_000, using: &random) }
    func meter(_ values: some Sequence<Int>) -> FrictionMeter {
      var meter = FrictionMeter(distinct: 2_000)
      for value in values { meter.add(FEELNumber(value), isEmpty: false, cases: 1, bound: nil) }
      return meter
    }
    let one = meter(values)
    var joined = meter(values.prefix(1_000))
    joined.merge(meter(values[1_000..<1_900]))
    joined.merge(meter(values[1_900...]))
    let percents = [1, 10, 50, 90, 100]
    #expect(one.isRounded && joined.isRounded && joined.quantiles(percents) == one.quantiles(percents))
    #expect(joined.mean == one.mean)
    let sorted = values.sorted()
    for (percent, text) in zip(percents, one.quantiles(percents)) {
      let exact = Double(sorted[(sorted.count * percent + 99) / 100 - 1])
      let found = try #require(Double(text))
      #expect(found >= exact && found - exact <= abs(exact) / 1_000, "\(percent): \(found) for \(exact)")
    }
    #expect(!meter(values.prefix(1_000)).isRounded)
  }
}
