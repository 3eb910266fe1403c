import EthosText

/// The steps of a query, each a named table over the one before.
struct SQLSteps {
  let prefix: String
  private let dialect: SQLDialect
  private(set) var steps: [(name: String, text: String)] = []

  /// The names of steps are none of the table's.
  init(_ dialect: SQLDialect, besides table: SQLTable) {
    var prefix = "ethos_"
    while table.parts.contains(where: { $0.lowercased().begins(with: prefix) }) { prefix = "x" + prefix }
    self.prefix = prefix
    self.dialect = dialect
  }

  var last: String { steps.last.map(\.name) ?? "" }

  mutating func add(_ name: String, _ text: String) { steps.append((prefix + name, text)) }

  /// Adds columns to those of the step before.
  mutating func add(_ name: String, columns: [SQLColumn]) {
    add(name, SQLSteps.select(["s.*"], columns, from: "\(last) AS s\(dialect.fence)"))
  }

  static func select(_ kept: [String], _ columns: [SQLColumn], from source: String) -> String {
    var lines: [String] = []
    let count = (kept.isEmpty ? 0 : 1) + columns.count
    if !kept.isEmpty { lines.append("    \(kept.joined(separator: ", "))\(count > 1 ? "," : "")") }
    for (place, column) in columns.enumerated() {
      let comma = place + 1 < columns.count ? "," : ""
      let comment = column.comment.map { " \(SQLDialect.comment($0))" } ?? ""
      lines.append("    \(column.text) AS \(column.name)\(comma)\(comment)")
    }
    return "  SELECT\n\(lines.joined(separator: "\n"))\n  FROM \(source)"
  }

  var text: String {
    "WITH " + steps.map { "\($0.name) AS \(dialect.keeping)(\n\($0.text)\n)" }.joined(separator: ",\n")
  }
}

/// A column of a step.
struct SQLColumn {
  var name: String
  var text: String
  var comment: String?

  init(_ name: String, _ text: String, _ comment: String? = nil) {
    self.name = name
    self.text = text
    self.comment = comment
  }

  /// A `CASE` with a line for each condition; nothing where the first says what holds always.
  static func choice(_ branches: [SQLBranch], otherwise: String, comment: String? = nil) -> String {
    guard !branches.isEmpty else { return otherwise }
    var lines = ["CASE"]
    for branch in branches {
      let comment = branch.comment.map { " \(SQLDialect.comment($0))" } ?? ""
      lines.append("      WHEN \(branch.condition) THEN \(branch.answer)\(comment)")
    }
    lines.append("      ELSE \(otherwise)\(comment.map { " \(SQLDialect.comment($0))" } ?? "")")
    lines.append("    END")
    return lines.joined(separator: "\n")
  }

  /// The sum of many terms, laid out so that it is never deep.
  static func sum(_ terms: [String]) -> String {
    guard terms.count > 8 else { return terms.isEmpty ? "0" : terms.joined(separator: " + ") }
    let middle = terms.count / 2
    return "(\(sum(Array(terms[..<middle])))) + (\(sum(Array(terms[middle...]))))"
  }

  /// Many texts one after the other, laid out so that it is never deep.
  static func joined(_ terms: [String]) -> String {
    guard terms.count > 8 else { return terms.isEmpty ? "''" : terms.joined(separator: " || ") }
    let middle = terms.count / 2
    return "(\(joined(Array(terms[..<middle])))) || (\(joined(Array(terms[middle...]))))"
  }
}

/// A condition with what holds under it.
struct SQLBranch {
  var condition: String
  var answer: String
  var comment: String?

  init(_ condition: String, _ answer: String, _ comment: String? = nil) {
    self.condition = condition
    self.answer = answer
    self.comment = comment
  }
}
