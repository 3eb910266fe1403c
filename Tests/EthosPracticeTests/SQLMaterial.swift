import CSQLite
import EthosDecision
import EthosModel
import EthosPractice
import EthosTestSupport
import EthosText
import Foundation
import Testing

/// Cases with two revisions of a decision: what replay says of them, and what a query over the same cases says.
struct SQLMaterial {
  /// A row of an answer: kind, before, after, and how many cases.
  struct Line: Hashable, CustomStringConvertible {
    var kind: String
    var before: String?
    var after: String?
    var cases: Int
    /// The column by which cases are grouped, and its value there.
    var segment: String?

    /// Texts are compared by their scalars: `é` in one and in two are two texts, and one to Swift.
    init(kind: String, before: String? = nil, after: String? = nil, cases: Int, segment: String? = nil) {
      self.segment = segment.map(Line.plain)
      self.kind = kind
      self.before = before.map(Line.plain)
      self.after = after.map(Line.plain)
      self.cases = cases
    }

    private static func plain(_ text: String) -> String {
      text.unicodeScalars.map { $0.isASCII ? String($0) : "\\u\(String($0.value, radix: 16));" }.joined()
    }

    var description: String { "\(segment.map { "\($0): " } ?? "")\(kind) \(before ?? "-") → \(after ?? "-"): \(cases)" }
  }

  var before: DecisionSide
  var after: DecisionSide
  var mapping = CaseMapping()
  var table = "cases"
  var columns: [String]
  /// Fields of the cases; nil is NULL.
  var rows: [[String?]]
  var by: [String] = []
  /// The types of the columns, where the query is to compare them as they are.
  ///
  /// SQLite turns texts into numbers itself; booleans are 0 and 1 there.
  var types: [String]?

  func query(_ dialect: SQLDialect) throws -> String {
    try ReplayQuery(
      before: ReplayQuery.Side(before, name: "A", commit: nil), after: ReplayQuery.Side(after, name: "B", commit: nil),
      mapping: mapping, table: SQLTable(table), dialect: dialect, by: by, typed: types != nil
    ).text
  }

  // MARK: - Replay

  /// The cases as a file; a missing field and an empty one are the same there.
  var csv: String {
    func quoted(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
    return ([columns.map(quoted)] + rows.map { $0.map { $0.map(quoted) ?? "" } })
      .map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
  }

  func replayed() throws -> Set<Line> {
    let result = try Replays.run(Array(csv.utf8), before, after, separator: 0x2C, mapping: mapping, by: by, workers: 2)
    var lines: Set<Line> = []
    var (first, second) = (before.graph, after.graph)
    let read = (first.decision(before.key), second.decision(after.key))
    let decisions = (try #require(read.0), try #require(read.1))
    for transition in result.transitions {
      lines.insert(
        Line(
          kind: "decided", before: decisions.0.described(transition.before).text,
          after: decisions.1.described(transition.after).text, cases: transition.cases))
    }
    #expect(lines.count == result.transitions.count, "two transitions read alike")
    for segment in result.segments {
      let name = "\(segment.column)=\(segment.value)"
      for transition in segment.transitions {
        lines.insert(
          Line(
            kind: "decided", before: decisions.0.described(transition.before).text,
            after: decisions.1.described(transition.after).text, cases: transition.cases, segment: name))
      }
      if segment.incomplete > 0 {
        lines.insert(Line(kind: "incomplete", cases: segment.incomplete, segment: name))
      }
    }
    if result.incomplete > 0 { lines.insert(Line(kind: "incomplete", cases: result.incomplete)) }
    if result.malformed > 0 { lines.insert(Line(kind: "malformed", cases: result.malformed)) }
    return lines
  }

  // MARK: - SQLite

  func inSQLite() throws -> Set<Line> {
    var database: OpaquePointer?
    guard sqlite3_open(":memory:", &database) == SQLITE_OK else { throw TestFailure("no SQLite") }
    defer { sqlite3_close(database) }
    func name(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }
    func run(_ sql: String) throws {
      guard sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw failure(database, sql) }
    }
    // A column's own collation must not count.
    let declared = columns.enumerated().map { place, column in
      "\(name(column)) \(types?[place] ?? "TEXT") COLLATE NOCASE"
    }
    try run("CREATE TABLE \(name(table)) (\(declared.joined(separator: ", ")))")
    try run("BEGIN")
    var insertion: OpaquePointer?
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    guard sqlite3_prepare_v2(database, "INSERT INTO \(name(table)) VALUES (\(marks))", -1, &insertion, nil) == SQLITE_OK
    else { throw failure(database, "INSERT") }
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for row in rows {
      for (place, field) in row.enumerated() {
        if let field {
          let isBoolean = types?[place] == "BOOLEAN"
          let stored = isBoolean && field == "true" ? "1" : isBoolean && field == "false" ? "0" : field
          sqlite3_bind_text(insertion, Int32(place + 1), stored, -1, copied)
        } else {
          sqlite3_bind_null(insertion, Int32(place + 1))
        }
      }
      guard sqlite3_step(insertion) == SQLITE_DONE else { throw failure(database, "INSERT") }
      sqlite3_reset(insertion)
    }
    sqlite3_finalize(insertion)
    try run("COMMIT")
    let sql = try query(.sqlite)
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK else { throw failure(database, sql) }
    defer { sqlite3_finalize(statement) }
    var lines: Set<Line> = []
    func text(_ column: Int32) -> String? { sqlite3_column_text(statement, column).map { String(cString: $0) } }
    var state = sqlite3_step(statement)
    // Two columns more where cases are grouped.
    let first: Int32 = by.isEmpty ? 0 : 2
    while state == SQLITE_ROW {
      let segment = by.isEmpty ? nil : text(0).map { "\($0)=\(text(1) ?? "")" }
      lines.insert(
        Line(
          kind: text(first) ?? "", before: text(first + 1), after: text(first + 2),
          cases: Int(sqlite3_column_int64(statement, first + 3)), segment: segment))
      state = sqlite3_step(statement)
    }
    guard state == SQLITE_DONE else { throw failure(database, sql) }
    return lines
  }

  private func failure(_ database: OpaquePointer?, _ sql: String) -> TestFailure {
    TestFailure("\(String(cString: sqlite3_errmsg(database)))\n\(sql)")
  }

  // MARK: - Other engines

  /// Writes all that `Tests/Soak/sql-engines.py` needs to put the queries to other engines.
  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try csv.write(toFile: "\(folder)/cases.csv", atomically: false, encoding: .utf8)
    for dialect in SQLDialect.allCases where dialect != .sqlite {
      try query(dialect).write(toFile: "\(folder)/\(dialect.rawValue).sql", atomically: false, encoding: .utf8)
    }
    let expected: [[Any]] = try replayed().map { line in
      [line.kind, line.before ?? NSNull(), line.after ?? NSNull(), line.cases]
    }
    let manifest: [String: Any] = ["table": table, "cases": rows.count, "expected": expected]
    try JSONSerialization.data(withJSONObject: manifest).write(to: URL(fileURLWithPath: "\(folder)/manifest.json"))
  }
}

extension SQLMaterial {
  /// A random decision with a change of it, and cases of every kind that its facts have.
  static func random(_ random: inout SeededGenerator, cases: Int) -> SQLMaterial {
    var before = CaseDecision(&random)
    var after = before.changed(&random)
    while before.isOpen || after.isOpen {
      before = CaseDecision(&random)
      after = before.changed(&random)
    }
    // Now and then the answers of both sides are of two forms.
    if random.happens(20) {
      after.hitPolicy = random.pick([
        "first", "any", "rule order", "collect", "collect sum", "collect count", "collect max",
      ])
    }
    var mapping = CaseMapping()
    var columns: [String] = []
    var fields: [[String?]] = []
    var valid: [[String?]] = []
    for (place, fact) in before.facts.enumerated() {
      let column = random.pick([fact.name, "\(fact.name) it's", "\"\(fact.name)`", "select \(fact.name)é"])
      var texts = fact.fields.map { SQLMaterial.bare($0.text) }.map(Optional.some)
      texts.append(nil)
      if column != fact.name { mapping.columns.append((fact.name, column)) }
      if fact.declaration.contains("boolean") {
        mapping.translations[fact.name] = ["ja\\n'": "true", "nein": "false", "?": "null", "${x}": "maybe"]
        texts += ["ja\\n'", "nein", "?", "${x}", " true\t"]
      }
      if fact.declaration.contains("number") {
        texts += [
          "1e0", "1E-7", "2e+0", "15E-1", "-1e-999", "1e6145", "1e-6176", "9e99999999999", "0e99999999999",
          "1e1.5", "e1", "1e+", "0.0000001e7", "1e21", "-1e21",
        ]
        texts += [" 2 ", "+1", ".5", "2.", ".", "-", "", "1.0000000000000000001", "-0", "0x1", "1e", "\u{661}", "2 \n"]
      }
      if fact.declaration.contains("date") {
        texts += [
          " 2025-01-02", "2025-1-02", "2024-02-29", "1900-02-29", "2025-01-00", "2025/01/02", "2025-01-02T00:00",
        ]
      }
      if fact.declaration.contains("string") { texts += ["X", "x ", " ", "it's", "\\", "é\u{200E}", "ZÜRICH"] }
      // Now and then a fact that may be missing is missing in all of them.
      if fact.isNullable, place > 0, random.happens(10) {
        mapping.columns.removeAll { $0.input == fact.name }
        mapping.columns.append((fact.name, nil))
        continue
      }
      columns.append(column)
      fields.append(texts)
      valid.append(
        fact.fields.filter { $0.value != nil && !fact.refuses($0) }.map {
          SQLMaterial.bare($0.text)
        })
    }
    // Most cases are ones that can be decided.
    let rows = (0..<cases).map { _ in
      zip(fields, valid).map { all, valid in random.pick(random.happens(8) ? all : valid) }
    }
    return SQLMaterial(
      before: Replays.side(before.text), after: Replays.side(after.text), mapping: mapping,
      table: random.pick(["cases", "ethos_cases", "the \"cases\"".replacing("\"", with: "'")]), columns: columns,
      rows: rows)
  }

  /// A field without the quotes of CSV.
  private static func bare(_ text: String) -> String {
    guard text.hasPrefix("\""), text.hasSuffix("\""), text.count >= 2 else { return text }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }
}
