import CSQLite
import EthosTestSupport
import EthosText
import Testing

@testable import EthosPractice

/// Names and texts in SQL, as an engine reads them.
@Suite struct SQLQuotingTests {
  @Test func `a name and a text are what they were, and one statement stays one`() throws {
    var random = SeededGenerator(seed: 51)
    var database: OpaquePointer?
    #expect(sqlite3_open(":memory:", &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    var texts = ["b\u{0600}\" AS TEXT)) AS x1; DROP TABLE cases; --", "\"\u{301}", "'\u{301}", "\u{0600}'"]
    for _ in 0..<800 { texts.append(HostileText.random(&random)) }
    for text in texts {
      let sql =
        "SELECT \(SQLDialect.sqlite.text(text)) AS \(try SQLDialect.sqlite.identifier(text)) \(SQLDialect.comment(text))\n"
      var statement: OpaquePointer?
      try sql.withCString { start in
        var rest: UnsafePointer<CChar>?
        #expect(sqlite3_prepare_v2(database, start, -1, &statement, &rest) == SQLITE_OK, "\(sql)")
        // What is left is a comment and the end of its line.
        let end = try #require(rest)
        let isComment = String(cString: end).utf8.starts(with: "--".utf8)
        #expect(end.pointee == 0 || isComment, "\(sql)")
      }
      defer { sqlite3_finalize(statement) }
      #expect(sqlite3_step(statement) == SQLITE_ROW)
      #expect(sqlite3_column_count(statement) == 1)
      let name = sqlite3_column_name(statement, 0).map { String(cString: $0) }
      let value = sqlite3_column_text(statement, 0).map { String(cString: $0) }
      #expect(name.map { Array($0.utf8) } == Array(text.utf8), "\(sql)")
      #expect(value.map { Array($0.utf8) } == Array(text.utf8), "\(sql)")
    }
  }

  @Test(arguments: SQLDialect.allCases) func `marks hide no quote from any dialect`(dialect: SQLDialect) throws {
    let sign: Unicode.Scalar = dialect == .spark ? "`" : "\""
    for name in ["a\u{0600}\(sign)b", "\(sign)\u{301}", "\(sign)"] {
      let quoted = try dialect.identifier(name).unicodeScalars
      #expect(quoted.filter { $0 == sign }.count == 2 + 2 * name.unicodeScalars.filter { $0 == sign }.count)
    }
  }

  @Test func `a variable of Spark in a name is refused, whatever stands beside it`() {
    for name in ["${x}", "$\u{0600}{x}", "a\u{0600}${x}", "${\u{301}x}"] where name.holds("${") {
      #expect(throws: CaseProblem.self) { try SQLDialect.spark.identifier(name) }
    }
  }

  @Test func `what nobody sees is written by its number`() {
    #expect(SQLDialect.postgres.text("a\u{E0041}") == "('a' || chr(917569))")
    #expect(SQLDialect.comment("a\u{200B}\u{E0041}\nb") == "-- a???b")
  }
}
