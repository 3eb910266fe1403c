import EthosDecision
import EthosFEEL
import EthosModel
import EthosPractice
import EthosSyntax
import EthosTestSupport
import EthosText
import Foundation
import Testing

/// The query that `export sql` writes counts what the engine counts, exactly.
///
/// SQLite is linked and always there. The other engines are asked by `Tests/Soak/sql-engines.sh` (in `make soak`), which
/// takes what is written here where `ETHOS_SQL_FOLDER` names a folder.
@Suite struct SQLAgreementTests {
  @Test(arguments: 0..<4)
  func `SQLite counts what replay counts`(worker: Int) throws {
    var random = SeededGenerator(seed: 77_000 + UInt64(worker))
    for _ in 0..<(20 * soakFactor) {
      var material = SQLMaterial.random(&random, cases: 300)
      // Now and then each value of a column by itself.
      if random.happens(30) { material.by = random.happens(50) ? material.columns : [material.columns[0]] }
      try check(material)
    }
  }

  @Test func `what a decision uses, names of every kind and Unicode texts count as they do in replay`() throws {
    for material in try [
      Self.hostile(cases: 3_000), Self.using(cases: 3_000), Self.outputs(cases: 3_000), Self.missing(cases: 300),
    ] {
      try check(material)
      #expect(try material.replayed().count > 4)
    }
    #expect(try Self.missing(cases: 0).query(.sqlite).contains("WHEN tries > 20000 THEN NULL"))
  }

  @Test func `real decisions on mortgages count as they do in replay`() throws {
    let material = try Self.mortgages()
    try check(material)
    let lines = try material.replayed()
    #expect(lines.reduce(0) { $0 + $1.cases } == 2_380)
    #expect(lines.contains { $0.before != $0.after })
  }

  @Test func `what is not compared is counted apart`() throws {
    let text = DecisionText.text(
      inputs: ["name: amount, type: number, step: 0.7", "name: day, type: date, nullable: true"],
      outputs: ["name: o, type: string"],
      rules: "| amount | day | o |\n|---|---|---|\n| > 10 | - | \"a\" |\n| - | < @\"2025-01-01\" | \"b\" |")
    let side = Replays.side(text)
    let material = SQLMaterial(
      before: side, after: side, columns: ["amount", "day"],
      rows: [
        ["-12345678901234567890", nil], ["1e30", nil], ["7", "-0044-03-15"], ["7", "12025-01-01"], ["7", "0000-01-01"],
        ["14", nil], ["e1", nil], ["1e", nil], ["1e+", nil], ["7", "@\"2024-01-01\""],
      ])
    #expect(
      try material.inSQLite() == [
        SQLMaterial.Line(kind: "undecided", cases: 6), SQLMaterial.Line(kind: "malformed", cases: 3),
        SQLMaterial.Line(kind: "decided", before: "a", after: "a", cases: 1),
      ])
    #expect(
      try material.query(.sqlite).contains("numbers of more than 15 digits before the point, where the step is 0.7"))
  }

  @Test func `what has no exact SQL is refused, with the cell`() throws {
    func refusal(_ inputs: [String], _ rules: String, map: [(String, String?)] = [], table: String = "cases") throws
      -> String
    {
      let side = Replays.side(DecisionText.text(inputs: inputs, outputs: ["name: o, type: number"], rules: rules))
      var material = SQLMaterial(before: side, after: side, columns: [], rows: [])
      material.mapping.columns = map.map { (input: $0.0, column: $0.1) }
      material.table = table
      do {
        _ = try material.query(.spark)
        return "nothing is refused"
      } catch let problem as CaseProblem { return problem.message }
    }
    let two = ["name: a, type: number", "name: b, type: number"]
    #expect(
      try refusal(two, "| id | a | b | o |\n|---|---|---|---|\n| r7 | > b | - | 1 |")
        == "rule `r7` of `decision/d` at `A` has no exact SQL: `a: > b` is FEEL over facts, and no test of one fact against constants"
    )
    #expect(
      try refusal(two, "| id | a | b | o |\n|---|---|---|---|\n| r8 | > 1 | - | b |")
        == "rule `r8` of `decision/d` at `A` has no exact SQL: `b` is FEEL over facts, and no test of one fact against constants"
    )
    #expect(
      try refusal(["name: t, type: time"], "| t | o |\n|---|---|\n| - | 1 |")
        == "`t` is a time, whose values have no exact order in SQL")
    let plain = "| a | b | o |\n|---|---|---|\n| > 1 | > 2 | 1 |"
    #expect(try refusal(two, plain, map: [("a", "b")]) == "the column `b` is mapped twice: to `a` and to `b`")
    #expect(try refusal(two, plain, map: [("c", "x")]) == "`c` is no input of the decision")
    #expect(try refusal(two, plain, map: [("a", "${HOME}")]) == "Spark takes `${` in the name `${HOME}` for a variable")
    for table in ["", "a.", ".a", "\"a", "\"a\"b"] {
      #expect(try refusal(two, plain, table: table) == "`\(table)` is no name of a table")
    }
    #expect(try refusal(two, plain, table: "\"a.b\".c") == "nothing is refused")
  }

  private func check(_ material: SQLMaterial) throws {
    let (found, expected, query) = (try material.inSQLite(), try material.replayed(), try material.query(.sqlite))
    #expect(found == expected, "\(found.subtracting(expected))\n\(expected.subtracting(found))\n\(query)")
  }

  /// 12 random decisions and three written ones with so many cases each.
  @Test(
    .enabled(if: Self.folder != nil, "ETHOS_SQL_FOLDER names no folder: the other engines are asked in `make soak`"))
  func `material for other engines is written`() throws {
    let folder = try #require(Self.folder)
    let cases = ProcessInfo.processInfo.environment["ETHOS_SQL_CASES"].flatMap { Int($0) } ?? 100_000
    try Self.write(cases: cases, to: folder)
  }

  @Test(.enabled(if: Self.hasDuckDB, "python3 has no duckdb: DuckDB is asked in `make soak` only"))
  func `DuckDB counts what replay counts`() throws {
    let folder = try TemporaryDirectory()
    try Self.write(cases: 2_000, to: folder.path)
    let script = "\(EthosProcess.projectFolder)/Tests/Soak/sql-engines.py"
    let result = try run("/usr/bin/env", ["python3", script, "duckdb", folder.path], in: "/")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  private static func write(cases: Int, to folder: String) throws {
    var random = SeededGenerator(seed: 78_000)
    try Self.mortgages().write(to: "\(folder)/hmda")
    // DuckDB reads this one with the types that it finds in the file.
    var typed = try Self.mortgages()
    typed.table = "typed"
    try typed.write(to: "\(folder)/hmda-typed")
    for number in 0..<12 { try SQLMaterial.random(&random, cases: cases).write(to: "\(folder)/random-\(number)") }
    try Self.hostile(cases: cases).write(to: "\(folder)/hostile")
    try Self.using(cases: cases).write(to: "\(folder)/using")
    try Self.outputs(cases: cases).write(to: "\(folder)/outputs")
    try Self.missing(cases: cases).write(to: "\(folder)/missing")
  }

  private static let hasDuckDB =
    (try? run("/usr/bin/env", ["python3", "-c", "import duckdb"], in: "/").status) == 0
  private static let folder = ProcessInfo.processInfo.environment["ETHOS_SQL_FOLDER"]

  // MARK: - Written decisions

  /// The decisions of Boston 1990 under the first and the last rules of the template `mortgage-lending`.
  private static func mortgages() throws -> SQLMaterial {
    func side(_ folder: String) throws -> DecisionSide {
      let root = Fixtures.tests.deletingLastPathComponent().appending(path: "Templates/mortgage-lending/\(folder)")
      let limits = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "limits").path)
      let documents = try (limits.map { "limits/\($0)" } + ["decisions/mortgage.yaml"]).compactMap { path in
        DocumentReader.read(
          SourceText(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        )
        .document
      }
      return DecisionSide(DecisionGraph(Snapshot(documents: documents)), EntryKey(.decision, "mortgage"))
    }
    let file = Fixtures.tests.appending(path: "Fixtures/hmda/hmda-boston-1990.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let answers = ["yes": "true", "no": "false"]
    return SQLMaterial(
      before: try side("story/01-founding"), after: try side("identity"),
      mapping: CaseMapping(
        columns: [
          ("payments to income", "pirat"), ("loan to value", "lvrat"), ("credit history", "chist"),
          ("public record", "phist"), ("insurance denied", "insurance"),
        ], translations: ["public record": answers, "insurance denied": answers]),
      columns: lines[0], rows: Array(lines.dropFirst()))
  }

  /// Texts that end quotes, comments or lines elsewhere, in cells, answers, names and cases.
  private static func hostile(cases: Int) throws -> SQLMaterial {
    let words = [
      "it's", "a\\", "--x", "/*", "${HOME}", "\u{E9}", "e\u{301}", "E\u{301}", "tab\tin", "\u{202E}abc", "日本", "𝒳", "x",
      "X", "x ", "null", "'; DROP TABLE cases; --", "%", "a\"b", "$1", ":x", "?",
    ]
    func cell(_ word: String) -> String {
      let escaped = word.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t")
      return "\"\(escaped)\""
    }
    func text(_ answers: [String]) -> String {
      var rules = "| id | word it's \\\\ | amount | answer |\n|---|---|---|---|\n"
      for (number, word) in words.enumerated() where number % 2 == 0 {
        rules +=
          "| r\(number) | \(cell(word)) | \(number % 4 == 0 ? "-" : "> 0.30") | \(cell(answers[number % answers.count])) |\n"
      }
      rules += "| rest | not(\(cell(words[1])), \(cell(words[3]))) | [-1.5..99999999.99] | \"d\" |\n"
      return DecisionText.text(
        inputs: ["name: 'word it''s \\\\', type: string, nullable: true", "name: amount, type: number"],
        outputs: ["name: answer, type: string"], rules: rules)
    }
    var random = SeededGenerator(seed: 79_000)
    let amounts: [String?] = [
      "0.3", "0.30", "0.300000000000000000001", "0.29999999999999999999", "-1.5", "-1.50000001", "99999999.99",
      "99999999.991", "100000000", "", nil, "0", "-0.0", "7", "7,5", "1 000",
    ]
    let rows: [[String?]] = (0..<cases).map { _ in
      [random.pick(words + ["other"]), random.pick(amounts)].enumerated().map { place, field in
        place == 0 && random.happens(5) ? nil : field
      }
    }
    return SQLMaterial(
      before: Replays.side(text(["it's", "a\\", "\u{E9}"])), after: Replays.side(text(["a\\", "e\u{301}", "\u{E9}"])),
      mapping: CaseMapping(columns: [("word it's \\\\", "wo\"rd `'; --")]), table: "public cases",
      columns: ["wo\"rd `'; --", "amount"], rows: rows)
  }

  /// A decision over the answer of another, which allows less of the fact that both ask for.
  private static func using(cases: Int) throws -> SQLMaterial {
    func upstream(_ limit: String) -> String {
      """
      id: c
      title: C
      question: How risky?
      inputs:
        - {name: score, type: number, allowed: "[0..50]"}
        - {name: day, type: date, nullable: true}
      outputs:
        - {name: class, type: string, allowed: '"high", "low"'}
      hitPolicy: unique
      rules: |
        | score | day | class |
        |-------|-----|-------|
        | > \(limit) | - | high |
        | <= 20 | < @"2025-06-01" | low |
        | (20..\(limit)] | null | low |
      """
    }
    let text = DecisionText.text(
      inputs: ["name: score, type: number, allowed: \"[0..100]\"", "name: member, type: boolean"],
      outputs: ["name: route, type: string"], hitPolicy: "first",
      rules: """
        | risk | score | member | route |
        |---|---|---|---|
        | "high" | > 40 | - | no |
        | "high" | - | true | ask |
        | "low" | - | - | yes |
        """, more: "uses: {risk: decision/c.class}\ndefault: {route: none}")
    var random = SeededGenerator(seed: 80_000)
    let scores: [String?] = ["0", "20", "20.5", "30", "35", "40", "40.0001", "50", "51", "100", "101", "-1", nil, "x"]
    let days: [String?] = ["2025-05-31", "2025-06-01", "2024-02-30", "2025-01-01", nil, ""]
    let members: [String?] = ["true", "false", nil, "1"]
    let rows = (0..<cases).map { _ in [random.pick(scores), random.pick(days), random.pick(members)] }
    let quoted = text.replacing("| no |", with: "| \"no\" |").replacing("| ask |", with: "| \"ask\" |")
      .replacing("| yes |", with: "| \"yes\" |").replacing("route: none", with: "route: '\"none\"'")
    return SQLMaterial(
      before: Replays.side(quoted, with: ["decisions/c.yaml": upstream("35")]),
      after: Replays.side(quoted, with: ["decisions/c.yaml": upstream("30")]), table: "cases",
      columns: ["score", "day", "member"], rows: rows)
  }

  /// Many facts, often missing: so many that their combinations are too many to be tried, and the case counts as incomplete
  /// although it is decided alike in all of them.
  private static func missing(cases: Int) throws -> SQLMaterial {
    let facts = ["a", "b", "c", "d", "e"]
    func text(_ answer: String) -> String {
      var rules = "| \(facts.joined(separator: " | ")) | route |\n|---|---|---|---|---|---|\n"
      for (place, fact) in facts.enumerated() {
        for constant in 1...7 {
          let cells = facts.map { $0 == fact ? "\(constant * 10 + place)" : "-" }
          rules += "| \(cells.joined(separator: " | ")) | \(constant == 7 && place == 4 ? answer : "\"same\"") |\n"
        }
        rules += "| \(facts.map { $0 == fact ? "> 80" : "-" }.joined(separator: " | ")) | \"far\" |\n"
      }
      return DecisionText.text(
        inputs: facts.map { "name: \($0), type: number" }, outputs: ["name: route, type: string"],
        rules: rules + "| - | - | - | - | - | \"rest\" |")
    }
    var random = SeededGenerator(seed: 82_000)
    let rows: [[String?]] = (0..<cases).map { number in
      // Few rows have most of their facts missing: each of those is tried thousands of times.
      let percent = number < 60 ? 80 : 20
      return facts.map { _ in random.happens(percent) ? nil : random.pick(["10", "74", "81", "0", "12.5"]) }
    }
    return SQLMaterial(
      before: Replays.side(text("\"same\"")), after: Replays.side(text("\"other\"")), columns: facts, rows: rows)
  }

  /// Several outputs, and sums with decimals.
  private static func outputs(cases: Int) throws -> SQLMaterial {
    func text(_ fee: String) -> String {
      DecisionText.text(
        inputs: ["name: amount, type: number, step: 0.05", "name: kind, type: string, allowed: '\"a\", \"b\"'"],
        outputs: ["name: fee, type: number"], hitPolicy: "collect sum",
        rules: """
          | amount | kind | fee |
          |---|---|---|
          | > 0.1 | - | \(fee) |
          | > 0.5 | "a" | -2.75 |
          | - | not("a") | 1.5 |
          | [0.2..0.9] | - | 100 |
          """)
    }
    var random = SeededGenerator(seed: 81_000)
    let amounts: [String?] = [
      "0.1", "0.10", "0.15", "0.151", "0.5", "0.55", "0.90", "0.95", "-3", "1000000", nil, "0.05000000000000000001",
    ]
    let kinds: [String?] = ["a", "b", nil, "c", "A"]
    return SQLMaterial(
      before: Replays.side(text("0.125")), after: Replays.side(text("0.5")), table: "s.cases".replacing("s.", with: ""),
      columns: ["amount", "kind"], rows: (0..<cases).map { _ in [random.pick(amounts), random.pick(kinds)] })
  }
}
