import EthosModel
import EthosTestSupport
import Testing

@testable import EthosDecision

/// Which rows a comparison lays out.
///
/// That leaving the others out changes no verdict is what the oracle shows.
@Suite struct ChangedRowsTests {
  private func side(_ rules: String, hitPolicy: String = "unique") -> DecisionSide {
    Decisions.side(
      DecisionText.text(
        inputs: ["name: score, type: number", "name: country, type: string", "name: other, type: number"],
        outputs: ["name: n, type: number"], hitPolicy: hitPolicy, rules: rules))
  }

  private let table = """
    | score     | country | other | n |
    |-----------|---------|-------|---|
    | < 10      | "a"     | -     | 1 |
    | [10..20)  | "a"     | -     | 2 |
    | [20..30)  | "a"     | -     | 3 |
    | [30..40)  | "b"     | -     | 4 |
    | -         | "c"     | 5     | 5 |
    | [20..30)  | -       | > 1   | 6 |
    """

  @Test func `rows that no changed one can meet are left out, and neighbours stay`() throws {
    let changed = table.replacing("| [20..30)  | \"a\"     | -     | 3 |", with: "| [21..30)  | \"a\" | - | 3 |")
    let rows = try #require(ChangedRows(side(table), side(changed)))
    // `[10..20)` comes within a step of 20; that no number is in both is for the exact search to say.
    #expect(rows.before == [1, 2, 5])
    #expect(rows.after == [1, 2, 5])
  }

  @Test func `rows behind inserted ones keep their numbers on each side`() throws {
    let longer = table.replacing("| < 10 ", with: "| < 0 | \"z\" | - | 9 |\n| < 10 ")
    let rows = try #require(ChangedRows(side(table), side(longer)))
    #expect(rows.before == [])
    #expect(rows.after == [0])
    let wide = table.replacing("| < 10 ", with: "| - | - | - | 9 |\n| < 10 ")
    let all = try #require(ChangedRows(side(table), side(wide)))
    #expect(all.before == [0, 1, 2, 3, 4, 5])
    #expect(all.after == [0, 1, 2, 3, 4, 5, 6])
  }

  @Test func `a cell of which little is known may meet any other`() throws {
    let changed = table.replacing("| -         | \"c\"     | 5     | 5 |", with: "| - | \"c\" | 5 | 7 |")
    #expect(try #require(ChangedRows(side(table), side(changed))).before == [4, 5])
    let unclear = table.replacing("| -         | \"c\"     | 5     | 5 |", with: "| - | not(\"c\") | 5 | 5 |")
    #expect(try #require(ChangedRows(side(table), side(unclear))).before == [0, 1, 2, 3, 4, 5])
  }

  @Test func `all rows are needed where more than a few neighbours changed, or the frame did`() {
    let reversed = (table.split(separator: "\n").prefix(2) + table.split(separator: "\n").dropFirst(2).reversed())
      .joined(separator: "\n")
    #expect(ChangedRows(side(table), side(reversed, hitPolicy: "first")) == nil)
    let many = { (answer: Int) in
      "| score | n |\n|---|---|\n" + (0..<40).map { "| \($0) | \($0 + answer) |" }.joined(separator: "\n")
    }
    #expect(ChangedRows(side(many(0)), side(many(1))) == nil)
  }
}
