import EthosDecision
import EthosPractice
import EthosTestSupport
import Testing

/// How files of cases are written, and what is wrong in them.
@Suite struct CaseReadingTests {
  private static let inputs = [
    "name: score, type: number, allowed: \"[0..100]\", step: 1", "name: country, type: string",
    "name: exposed, type: boolean, nullable: true", "name: opened, type: date, nullable: true",
  ]
  private static let outputs = ["name: route, type: string, allowed: '\"decline\", \"approve\"'"]

  private let before = Replays.side(
    DecisionText.text(
      inputs: inputs, outputs: outputs,
      rules: """
        | id | score | country  | exposed | route     | enacts | over   |
        |----|-------|----------|---------|-----------|--------|--------|
        | r1 | > 50  | -        | -       | "decline" | care   | growth |
        | r2 | -     | "Nowhere, \\"NW\\"" | - | "decline" | care |  |
        | r3 | -     | -        | -       | "approve" | growth |        |
        """))
  private let after = Replays.side(
    DecisionText.text(
      inputs: inputs, outputs: outputs,
      rules: """
        | id | score | country | exposed | opened          | route     | enacts | over   |
        |----|-------|---------|---------|-----------------|-----------|--------|--------|
        | r1 | > 40  | -       | -       | -               | "decline" | care   | growth |
        | r2 | -     | -       | true    | -               | "decline" | care   |        |
        | r4 | -     | -       | -       | < @"2000-01-01" | "decline" | age    |        |
        | r3 | -     | -       | -       | -               | "approve" | growth |        |
        """))

  private func run(
    _ text: String, name: String = "cases.csv", separator: UInt8? = nil, mapping: CaseMapping = CaseMapping(),
    by: [String] = [], blockSize: Int = 1 << 20, atOnce: Int = .max
  ) throws -> ReplayResult {
    try Replays.run(
      Array(text.utf8), before, after, name: name, separator: separator, mapping: mapping, by: by, shows: true,
      blockSize: blockSize, atOnce: atOnce)
  }

  /// What was found, in a line.
  private func summary(_ result: ReplayResult) -> String {
    let flips = result.transitions.filter(\.isFlip).map { "\($0.cases)@\($0.row)" }
    return "\(result.cases) cases, \(flips.joined(separator: " ")) flipped, \(result.incomplete) incomplete, "
      + "\(result.malformed) malformed"
  }

  @Test(arguments: [
    "score,country,exposed,opened\n45,CH,false,2020-01-01\n10,CH,,\n",
    "score,country,exposed,opened\r\n45,CH,false,2020-01-01\r\n10,CH,,\r\n\r\n",
    "score,country,exposed,opened\r45,CH,false,2020-01-01\r10,CH,,",
    "\u{FEFF}score;country;exposed;opened\n45;CH;FALSE;2020-01-01\n10;CH;;",
    "score\tcountry\texposed\topened\n 45\tCH\tFalse\t2020-01-01 \n10\tCH\t\t\n",
    "\n\nopened,\"score\",exposed,\"country\",more\n2020-01-01,\"45\",false,\"C\nH\",\"x\"\"\"\n,10,,\",\",",
    "[{\"score\": 45, \"country\": \"C\\u0048\", \"exposed\": false, \"opened\": \"2020-01-01\"},\n {\"country\": \"\", \"score\": \"10\", \"x\": [1, {\"score\": 2}]}]",
    "{\"score\": 45, \"country\": \"CH\", \"exposed\": false, \"opened\": null}\n\n{\"opened\": null, \"country\": \"CH\", \"score\": 1e1}\n",
  ])
  func `a file is read however it is written`(_ text: String) throws {
    let name = text.contains("{") ? "cases.json" : "cases.csv"
    for (blockSize, atOnce) in [(1 << 20, Int.max), (1, 1), (7, 3), (31, 64)] {
      let result = try run(text, name: name, blockSize: blockSize, atOnce: atOnce)
      // A country that is missing is not needed: every country is decided alike, or the score decides.
      #expect(result.cases == 2 && result.flipped == 1 && result.malformed == 0, "\(text) \(summary(result))")
      #expect(result.transitions.first?.row == 1)
    }
  }

  @Test func `a comma in a number is a decimal comma only where that is said`() throws {
    let text = "score;country\n45,0;CH\n10;CH\n"
    #expect(summary(try run(text)) == "2 cases,  flipped, 0 incomplete, 1 malformed")
    let result = try run(text, mapping: CaseMapping(usesDecimalComma: true))
    #expect(summary(result) == "2 cases, 1@1 flipped, 0 incomplete, 0 malformed")
    let point = try run("score;country\n45.0;CH\n", mapping: CaseMapping(usesDecimalComma: true))
    #expect(summary(point) == "1 cases,  flipped, 0 incomplete, 1 malformed")
  }

  @Test func `columns are mapped, and values translated`() throws {
    let mapping = CaseMapping(
      columns: [("score", "punkte"), ("exposed", "pep"), ("opened", nil)],
      translations: ["exposed": ["ja": "true", "nein": "false", "n/a": "null"], "score": ["hoch": "90"]])
    let result = try run(
      "punkte,country,pep,opened\n45,CH,ja,x\n10,CH,nein,x\nhoch,CH,n/a,x\n10,CH,yes,x\n", mapping: mapping)
    #expect(summary(result) == "4 cases, 1@1 flipped, 0 incomplete, 1 malformed")
    #expect(result.described.map(\.line) == [5])
    #expect(result.described.map(\.reason) == ["`exposed` is no boolean"])
    #expect(result.described.map(\.column) == ["pep"])
  }

  @Test(arguments: [
    ("score,kountry\n", [], "`cases.csv` has no column for `country`, which the decision needs", "kountry=country"),
    ("score,country\n", ["skore=score"], "`cases.csv` has no column `skore`", "did you mean `score`?"),
    ("score,country\n", ["score=scor"], "`scor` is no input of the decision", "did you mean `score`?"),
    ("score,country\n", ["score=country"], "the column `score` is mapped twice", "--map \"=country\""),
    ("score,score,country\n", [], "`cases.csv` has the column `score` twice", "different names"),
    ("score,country\n", ["score"], "`score` maps nothing", "column=input"),
    ("score,country\n", ["a=score", "b=score"], "`score` is mapped twice", "one column"),
  ])
  func `columns that do not fit are refused with words`(
    _ text: String, _ maps: [String], _ message: String, _ help: String
  )
    throws
  {
    let problem = #expect(throws: CaseProblem.self) {
      try run(text, mapping: CaseMapping(columns: try CaseMapping.typed(maps)))
    }
    #expect(problem?.message.hasPrefix(message) == true, "\(problem?.message ?? "")")
    #expect(problem?.help?.contains(help) == true, "\(problem?.help ?? "")")
  }

  @Test func `what the cases lack is decided as far as the rules do not need it`() throws {
    let mapping = CaseMapping(columns: [("score", nil)])
    let result = try run("country,exposed\nCH,true\n\"Nowhere, \"\"NW\"\"\",true\n", mapping: mapping)
    // Nowhere is declined whatever the score, before and after.
    #expect(summary(result) == "2 cases,  flipped, 1 incomplete, 0 malformed")
    #expect(result.missing.map(\.input) == ["score"])
    #expect(result.missing.map(\.row) == [1])
  }

  @Test(arguments: [
    ("45,CH,false,2020-01-01,x", "has 5 fields and not 4"),
    ("45,CH", "has 2 fields and not 4"),
    ("45,C\"H\",false,", "has a quote within a field"),
    ("45,\"CH\"x,false,", "has a quote within a field"),
    ("45,C\0H,false,", "has a NUL byte"),
    ("145,CH,false,", "`score` is not allowed: allowed is [0..100]"),
    ("4.5,CH,false,", "`score` is no multiple of 1"),
    ("4 5,CH,false,", "`score` is no number"),
    ("0x10,CH,false,", "`score` is no number"),
    ("45,CH,1,", "`exposed` is no boolean"),
    ("45,CH,false,2023-02-29", "`opened` is no date"),
    ("45,CH,false,2023-2-1", "`opened` is no date"),
  ])
  func `a record that is wrong is told with its line, and counted apart`(_ record: String, _ reason: String) throws {
    for blockSize in [1, 10, 1_000] {
      let text = "score,country,exposed,opened\n\"45\",\"C\nH\",false,\n\(record)\n45,CH,false,\n"
      let result = try run(text, blockSize: blockSize)
      #expect(summary(result) == "3 cases, 2@1 flipped, 0 incomplete, 1 malformed", "\(record)")
      #expect(result.described.first?.reason.hasPrefix(reason) == true, "\(result.described)")
      #expect(result.described.first.map { [$0.row, $0.line] } == [2, 4])
    }
  }

  @Test func `bytes that are no text are told`() throws {
    for bytes: [UInt8] in [
      [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xFF], [0xC0, 0x80], [0xE2, 0x82],
    ] {
      let text = Array("score,country\n45,".utf8) + bytes + Array("\n45,Zürich\n".utf8)
      let result = try Replays.run(text, before, after)
      #expect(summary(result) == "2 cases, 1@2 flipped, 0 incomplete, 1 malformed")
      #expect(result.described.map(\.reason) == ["is not valid UTF-8"])
    }
    #expect(throws: CaseProblem.self) { try Replays.run([0xFF, 0xFE, 0x41, 0x00], before, after) }
    #expect(throws: CaseProblem.self) { try Replays.run([], before, after) }
  }

  @Test func `a quote that is never closed spoils what follows, and nothing before`() throws {
    let text = "score,country\n45,CH\n45,\"CH\n45,CH\n45,CH\n"
    for blockSize in [1, 10, 1_000] {
      let result = try run(text, blockSize: blockSize)
      #expect(summary(result) == "2 cases, 1@1 flipped, 0 incomplete, 1 malformed")
      #expect(result.described.first?.line == 3)
      #expect(result.described.first?.reason.contains("never closed") == true)
    }
  }

  @Test func `a record that is too long is passed over`() throws {
    let long = String(repeating: "x", count: 3 << 20)
    for (field, reason) in [(long, "is longer"), ("\"\(long)\n,\"", "is longer"), ("\"\(long)", "never closed")] {
      let result = try run("score,country\n45,CH\n45,\(field)\n45,CH\n", blockSize: 1 << 18)
      let isOpen = reason == "never closed"
      #expect(summary(result) == "\(isOpen ? 2 : 3) cases, \(isOpen ? 1 : 2)@1 flipped, 0 incomplete, 1 malformed")
      #expect(result.described.first.map { [$0.row, $0.line] } == [2, 3])
      #expect(result.described.first?.reason.contains(reason) == true)
    }
  }

  @Test(arguments: [
    ("[{\"score\": 45, \"country\": \"CH\"}, {\"score\": 45, \"country\"", "is cut off", 1),
    ("[{\"score\": 45, \"country\": \"CH\"}, {\"score\": 45, \"country\": \"CH\"}", "is cut off", 2),
    ("[{\"score\": 45, \"country\": \"CH\"}, {\"score\": 45 \"country\": \"CH\"}]", "is no valid JSON", 1),
    ("[{\"score\": 45, \"country\": \"CH\"}, {\"score\": 045, \"country\": \"CH\"}]", "is no valid JSON", 1),
    ("[{\"score\": 45, \"country\": \"CH\"}, 7]", "is no JSON object", 1),
    ("[{\"score\": 45, \"country\": \"CH\"}, {\"score\": [45], \"country\": \"CH\"}]", "has a list", 1),
    (
      "[{\"score\": 45, \"country\": \"CH\"}, {\"score\": 45, \"score\": 46, \"country\": \"\"}]",
      "has the same key twice", 1
    ),
    ("{\"score\": 45, \"country\": \"CH\"}\n{\"score\": 45, \"country\": \"\\ud800\"}\n", "is no valid JSON", 1),
    ("{\"score\": 45, \"country\": \"CH\"}\n{\"score\": 45, \"country\": \"CH\"} x\n", "is no valid JSON", 1),
    ("{\"score\": 45, \"country\": \"CH\"}\n{\"score\": 45, \"coun", "is cut off", 1),
  ])
  func `JSON that is wrong is told`(_ text: String, _ reason: String, _ good: Int) throws {
    for blockSize in [1, 10, 1_000] {
      let result = try run(text, name: "cases.json", blockSize: blockSize)
      #expect(summary(result) == "\(good + 1) cases, \(good)@1 flipped, 0 incomplete, 1 malformed", "\(text)")
      #expect(result.described.first?.reason.hasPrefix(reason) == true, "\(text) \(result.described)")
    }
  }

  @Test func `transitions say which values gained and lost, and cases are grouped`() throws {
    let text =
      "score,country,exposed,opened,branch\n45,CH,false,,a\n45,CH,false,,b\n10,CH,true,,b\n10,CH,,1999-12-31,b\n60,CH,,,a\n"
    let result = try run(text, by: ["branch"])
    #expect(summary(result) == "5 cases, 4@1 flipped, 0 incomplete, 0 malformed")
    let flip = try #require(result.transitions.first)
    #expect(flip.gained.map { "\($0.value) \($0.cases)" } == ["care 3", "age 1"])
    #expect(flip.lost.map { "\($0.value) \($0.cases)" } == ["growth 4"])
    #expect(flip.facts.map { "\($0.name)=\($0.text)" } == ["score=45", "country=CH", "exposed=false", "opened="])
    #expect(
      result.segments.map { "\($0.column) \($0.value) \($0.flipped)/\($0.cases)" } == ["branch b 3/3", "branch a 1/2"])
  }

  @Test func `it does not matter how the file is cut, and who had which piece`() throws {
    var random = SeededGenerator(seed: 5)
    var text = "score,country,exposed,opened\n"
    for _ in 0..<2_000 {
      text +=
        "\(random.pick(["10", "45", "60", "", "x", "45.0"])),\(random.pick(["CH", "\"a\nb\"", "\"x\"\"\"", "é"])),"
      text +=
        "\(random.pick(["true", "", "no", "false"])),\(random.pick(["2020-01-01", "1999-01-01", ""]))\(random.pick(["\n", "\r\n"]))"
    }
    let whole = try Replays.run(Array(text.utf8), before, after, by: ["country"])
    for (blockSize, workers) in [(64, 3), (1_000, 2), (40_000, 2)] {
      let cut = try Replays.run(
        Array(text.utf8), before, after, by: ["country"], blockSize: blockSize, workers: workers)
      #expect("\(cut)" == "\(whole)")
    }
  }

  @Test(
    arguments: [
      ([0x1F, 0x8B, 0x08, 0x00], "a.csv.gz", "a gzip file", "gzip -dc a.csv.gz"),
      ([0x28, 0xB5, 0x2F, 0xFD, 0x04], "a.csv.zst", "Zstandard", "zstd -dc a.csv.zst"),
      (Array("PAR1\u{15}\u{4}".utf8), "a.parquet", "a Parquet file", "duckdb"),
      (Array("PK\u{3}\u{4}\u{14}\0".utf8), "a.xlsx", "an Excel spreadsheet", "CSV UTF-8"),
      (
        Array("PK\u{3}\u{4}\u{14}\0[Content_Types].xml xl/workbook.xml".utf8), "cases", "an Excel spreadsheet",
        "CSV UTF-8"
      ),
      (Array("PK\u{3}\u{4}\u{14}\0a.csv".utf8), "a.zip", "a zip archive", "unzip -p a.zip"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "a.xls", "Excel", "CSV UTF-8"),
      ([0xFF, 0xFE, 0x78, 0x00], "a.csv", "UTF-16", "iconv -f UTF-16"),
      ("score,country".utf8.flatMap { [$0, 0] }, "a.csv", "UTF-16LE", "iconv -f UTF-16LE"),
      ("score,country".utf8.flatMap { [0, $0] }, "my log.csv", "UTF-16BE", "'my log.csv'"),
    ] as [([UInt8], String, String, String)])
  func `a file of another kind is named by what it is, with what to type`(
    _ bytes: [UInt8], _ name: String, _ kind: String, _ help: String
  ) throws {
    let problem = #expect(throws: CaseProblem.self) { try Replays.run(bytes, before, after, name: name) }
    #expect(problem?.message.contains(kind) == true, "\(problem?.message ?? "")")
    #expect(problem?.help?.contains(help) == true, "\(problem?.help ?? "")")
  }

  @Test(arguments: ["sep=;\n", "sep=;\r\n", "\u{FEFF}SEP=;\r\n", "\"sep=;\"\n"])
  func `a first line that names the separator is no header`(_ line: String) throws {
    let result = try run(line + "score;country\n45;C,H,x,y\n10;CH\n")
    #expect(summary(result) == "2 cases, 1@1 flipped, 0 incomplete, 0 malformed")
    let wrong = try run(line + "score;country\n45;CH;\n")
    #expect(wrong.described.map(\.line) == [3])
    #expect(
      summary(try run(line + "score;country\n45;CH\n", separator: 0x3B))
        == "1 cases, 1@1 flipped, 0 incomplete, 0 malformed")
    // A column may be named like it.
    #expect(throws: CaseProblem.self) { try run("sep=no,country\n45,CH\n") }
  }

  @Test(arguments: [0, 1, 2])
  func `a record that JSON does not know is told alike wherever it stands`(_ place: Int) throws {
    for wrong in ["{\"score\": NaN, \"country\": \"CH\"}", "{\"score\": -Infinity, \"country\": \"CH\"}"] {
      var lines = ["{\"score\": 45, \"country\": \"CH\"}", "{\"score\": 10, \"country\": \"CH\"}"]
      lines.insert(wrong, at: place)
      for text in [lines.joined(separator: "\n"), "\n  " + lines.joined(separator: "\n\n") + "\n"] {
        let result = try run(text, name: "cases.jsonl")
        #expect(result.cases == 3 && result.malformed == 1 && result.flipped == 1, "\(summary(result))")
        #expect(
          result.described.first?.reason.contains("`NaN` or `Infinity`") == true
            && result.described.first?.row == place + 1)
      }
      let result = try run("[\(lines.joined(separator: ",\n"))]", name: "cases.json")
      #expect(result.cases == 3 && result.malformed == 1 && result.described.first?.line == place + 1)
    }
    #expect(throws: CaseProblem.self) { try run("[]", name: "cases.json") }
    #expect(throws: CaseProblem.self) { try run("[1, 2]", name: "cases.json") }
  }

  @Test func `of no case that was decided nothing is said`() throws {
    for (rows, reason) in [
      ("", "there are no cases"), ("x\nx\n", "none of the 2 records can be read"),
      ("\n,\n", "none of the"), ("70\nx\n", nil),
    ] as [(String, String?)] {
      let result = try Replays.run(
        Array("score\n\(rows)".utf8), before, before,
        mapping: CaseMapping().overridden(by: CaseMapping.typed(["=country", "=exposed", "=opened"])))
      if let reason { #expect(result.undecided?.hasPrefix(reason) == true, "\(rows) \(result.undecided ?? "nil")") }
      if reason == nil { #expect(result.undecided == nil) }
    }
  }
}
