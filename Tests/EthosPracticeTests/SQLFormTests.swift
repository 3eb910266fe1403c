import EthosDecision
import EthosFEEL
import EthosTestSupport
import Testing

@testable import EthosPractice

/// What engines print, how large a query may become, and columns that have their types: on SQLite as in replay.
@Suite struct SQLFormTests {
  private func check(_ material: SQLMaterial) throws {
    let (found, expected, query) = (try material.inSQLite(), try material.replayed(), try material.query(.sqlite))
    #expect(
      found == expected,
      "\(found.subtracting(expected))\n\(expected.subtracting(found))\n\(query.prefix(20_000))")
  }

  // MARK: - Numbers

  @Test func `each number counts as it does in replay, in whatever form`() throws {
    var random = SeededGenerator(seed: 83_000)
    func digits(_ count: Int) -> String { (0..<count).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined() }
    for step in [nil, "1", "0.05", "1000"] {
      let constants = ["-1", "0", "0.30", "100", "12345678.25"]
      func side(_ tests: [String]) -> DecisionSide {
        let rules = tests.enumerated().map { "| \($1) | \"r\($0)\" |" }.joined(separator: "\n")
        return Replays.side(
          DecisionText.text(
            inputs: ["name: amount, type: number" + (step.map { ", step: \($0)" } ?? "")],
            outputs: ["name: o, type: string"], rules: "| amount | o |\n|---|---|\n\(rules)\n| - | \"rest\" |"))
      }
      let rows: [[String?]] = (0..<400).map { number in
        let sign = random.pick(["", "-", "+"])
        let text =
          switch random.pick(Array(0..<5)) {
          // A constant, and what is next to it in the last of 34 digits.
          case 0:
            random.pick(constants) + (random.happens(50) ? "" : random.pick(["e0", "E+0", "e-0", "e1", "E-2"]))
          case 1:
            "99.\(String(repeating: "9", count: random.pick([30, 31, 32, 33, 34])))\(random.pick(["", "4", "5", "6"]))"
          case 2: "\(sign)\(digits(3)).\(digits(4))e\(random.pick(["", "-", "+"]))\(digits(random.pick([1, 2, 3])))"
          case 3: "\(sign)\(digits(random.pick([1, 30, 40])))e\(Int.random(in: -50...20, using: &random))"
          default:
            random.pick(["1e", "NaN", "inf", "1e21", "1E-7", "0e77777777777", "1e6145", "5e-6177", "51e-6178", ".e1"])
          }
        return ["\(number)", text]
      }
      let tests = ["< -1", "-1", "< 0", "0", "< 0.30", "0.30", "<= 100", "< 12345678.25", "12345678.25"]
      try check(
        SQLMaterial(
          before: side(tests), after: side(tests.reversed()), columns: ["row", "amount"], rows: rows, by: ["row"]))
    }
  }

  // MARK: - Limits

  @Test(arguments: ["first", "unique", "any", "collect", "collect sum", "collect count"])
  func `a table of more rules than an engine has columns or terms is one query`(policy: String) throws {
    let count = 520
    func side(_ shift: Int) -> DecisionSide {
      let isNumber = policy.utf8.count > 7
      var rules = "| x | s | o |\n|---|---|---|\n"
      for number in 0..<count {
        let answer = policy == "any" ? number / 300 : (number + shift) % 7
        let kind = number % 3 == 0 ? "\"k\(number % 60)\"" : "-"
        rules +=
          "| [\(2 * number)..\(2 * number + 2)) | \(kind) | \(isNumber ? "\(answer).5" : "\"a\(answer)\"") |\n"
      }
      return Replays.side(
        DecisionText.text(
          inputs: ["name: x, type: number", "name: s, type: string"],
          outputs: ["name: o, type: \(isNumber ? "number" : "string")"], hitPolicy: policy, rules: rules))
    }
    var random = SeededGenerator(seed: 84_000)
    let rows: [[String?]] = (0..<200).map { _ in
      ["\(Int.random(in: -5...2 * count + 5, using: &random))", "k\(Int.random(in: 0...62, using: &random))"]
    }
    try check(SQLMaterial(before: side(0), after: side(1), columns: ["x", "s"], rows: rows + [[nil, "k3"]]))
  }

  @Test func `a rule of more than a thousand ranges is not too deep`() throws {
    let ranges = (0..<1_100).map { "[\(3 * $0)..\(3 * $0 + 1)]" }.joined(separator: ", ")
    func side(_ rest: String) -> DecisionSide {
      Replays.side(
        DecisionText.text(
          inputs: ["name: x, type: number"], outputs: ["name: o, type: string"],
          rules: "| x | o |\n|---|---|\n| \(ranges) | \"in\" |\n| - | \"\(rest)\" |"))
    }
    for types in [nil, ["NUMERIC"]] {
      try check(
        SQLMaterial(
          before: side("out"), after: side("none"), columns: ["x"],
          rows: (0..<50).map { ["\(66 * $0 + $0 % 3)"] } + [[nil]], types: types))
    }
  }

  @Test func `more facts than an engine has columns for are refused with its limit`() throws {
    let names = (0..<240).map { "f\($0)" }
    let side = Replays.side(
      DecisionText.text(
        inputs: names.map { "name: \($0), type: boolean, nullable: true" }, outputs: ["name: o, type: string"],
        rules:
          "| \(names.joined(separator: " | ")) | o |\n|\(names.map { _ in "---|" }.joined())---|\n| \(names.map { _ in "true" }.joined(separator: " | ")) | \"a\" |"
      ))
    let material = SQLMaterial(before: side, after: side, columns: names, rows: [names.map { _ in "true" }])
    try check(material)
    #expect {
      try material.query(.postgres)
    } throws: { error in
      (error as? CaseProblem)?.message
        == "240 facts need 1688 columns in a step of the query, and PostgreSQL has at most 1600"
    }
  }

  // MARK: - Types

  @Test func `columns that have their types are compared as they are`() throws {
    var random = SeededGenerator(seed: 85_000)
    func side(_ score: Int, _ day: String) -> DecisionSide {
      Replays.side(
        DecisionText.text(
          inputs: [
            "name: score, type: number, allowed: \"[0..100]\", step: 1", "name: amount, type: number, step: 0.05",
            "name: country, type: string", "name: member, type: boolean, nullable: true", "name: day, type: date",
          ], outputs: ["name: o, type: string"],
          rules: """
            | score | amount | country | member | day | o |
            |---|---|---|---|---|---|
            | > \(score) | >= 10.15 | "CH" | - | - | "a" |
            | \(score), 99 | - | not("CH", "DE") | true | - | "b" |
            | - | < 0.3 | - | null | < @"\(day)" | "c" |
            | <= 20 | - | "ch" | not(true) | - | "d" |
            | - | - | - | - | >= @"2025-01-01" | "e" |
            """))
    }
    let fields: [[String?]] = [
      ["0", "20", "21", "50", "51", "99", "100", "101", "-1", "20.5", nil],
      ["0.05", "0.3", "0.35", "10.15", "10.1", "0.30000000000000004", "1000000", "-5", nil],
      ["CH", "ch", "DE", "AT", "", nil], ["true", "false", nil], ["2024-02-29", "2025-01-01", "2030-12-31", nil],
    ]
    let rows = (0..<600).map { number in
      ["\(number)"] + fields.map { random.pick(random.happens(60) ? Array($0.prefix(4)) : $0) }
    }
    try check(
      SQLMaterial(
        before: side(50, "2025-06-01"), after: side(20, "2025-01-01"),
        columns: ["row", "score", "amount", "country", "member", "day"], rows: rows, by: ["row"],
        types: ["TEXT", "NUMERIC", "NUMERIC", "TEXT", "BOOLEAN", "TEXT"]))
  }

  @Test func `a column of another type than declared decides nothing`() throws {
    let side = Replays.side(
      DecisionText.text(
        inputs: ["name: score, type: number", "name: day, type: date", "name: member, type: boolean"],
        outputs: ["name: o, type: string"],
        rules:
          "| score | day | member | o |\n|---|---|---|---|\n| > 5 | > @\"2024-01-01\" | true | \"a\" |\n| - | - | - | \"b\" |"
      ))
    let material = SQLMaterial(
      before: side, after: side, columns: ["score", "day", "member"],
      rows: [
        ["7", "2025-01-01", "true"], ["x", "2025-01-01", "true"], ["7", "2025-02-30", "true"],
        ["7", "yesterday", "true"], ["7", "2025-01-01", "maybe"], ["7", "2025-01-01", "2"],
      ], types: ["NUMERIC", "TEXT", "BOOLEAN"])
    let found = try material.inSQLite()
    let expected: Set = [
      SQLMaterial.Line(kind: "decided", before: "a", after: "a", cases: 1),
      SQLMaterial.Line(kind: "undecided", cases: 5),
    ]
    #expect(found == expected, "\(found)")
  }

  @Test func `a fact that was renamed is read from one column on both sides`() throws {
    func side(_ name: String) -> DecisionSide {
      Replays.side(
        DecisionText.text(
          inputs: ["name: \(name), type: number"], outputs: ["name: o, type: string"],
          rules: "| \(name) | o |\n|---|---|\n| > 5 | \"\(name)\" |\n| - | \"b\" |"))
    }
    for types in [nil, ["NUMERIC"]] {
      try check(
        SQLMaterial(
          before: side("risk"), after: side("score"), mapping: CaseMapping(columns: [("risk", "x"), ("score", "x")]),
          columns: ["x"], rows: [["7"], ["5"], ["1e1"], [nil], ["x"]].filter { types == nil || $0 != ["x"] },
          types: types))
    }
  }
}
