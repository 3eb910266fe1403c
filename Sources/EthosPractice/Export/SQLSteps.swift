import EthosText

/// The steps of a query, each a named table over the one before.
///
/// A step passes on what later steps mention and no more: every engine has a limit of columns, and computes what it keeps.
struct SQLSteps {
  private struct Step {
    var name: String
    /// The columns that pass through; nil for those of the step before that are still asked for.
    var kept: [String]?
    var columns: [SQLColumn]
    var source: String
    var isTable = false
    var isKept: Bool
  }

  let prefix: String
  /// Whether what is added is computed by itself, where nothing else is said.
  var isComputed = true
  private let dialect: SQLDialect
  private var steps: [Step] = []

  /// The names of steps are none of the table's.
  init(_ dialect: SQLDialect, besides table: SQLTable) {
    var prefix = "ethos_"
    while table.parts.contains(where: { $0.lowercased().begins(with: prefix) }) { prefix = "x" + prefix }
    self.prefix = prefix
    self.dialect = dialect
  }

  var last: String { steps.last { !$0.isTable }?.name ?? "" }

  /// A step with the columns that it says, over a source that it names.
  mutating func add(
    _ name: String, _ kept: [String] = [], _ columns: [SQLColumn], from source: String, computed: Bool? = nil
  ) {
    steps.append(
      Step(name: prefix + name, kept: kept, columns: columns, source: source, isKept: computed ?? isComputed))
  }

  /// Adds columns to those of the step before.
  ///
  /// `joined` is what its rows are put beside; a step that is not `computed` by itself may be merged with the one that
  /// uses it.
  mutating func add(_ name: String, columns: [SQLColumn], joined: String = "", computed: Bool? = nil) {
    guard !columns.isEmpty else { return }
    let computed = computed ?? isComputed
    let fence = computed && joined.isEmpty ? dialect.fence : ""
    steps.append(
      Step(name: prefix + name, columns: columns, source: "\(last) AS s\(joined)\(fence)", isKept: computed))
  }

  /// A table of whole numbers, in a column `place`.
  ///
  /// Rows of `VALUES` are no terms of a compound, which SQLite limits to 500.
  mutating func add(_ name: String, values: [Int]) -> String {
    let rows = values.map { "(\($0))" }.joined(separator: ", ")
    steps.append(Step(name: prefix + name, columns: [], source: "  VALUES \(rows)", isTable: true, isKept: false))
    return prefix + name
  }

  /// The query: the steps, and what is asked of the last.
  func text(_ end: String) -> String {
    // From behind: what is mentioned later.
    var mentioned = SQLSteps.words(end)
    var asked: [Set<String>] = []
    for step in steps.reversed() {
      asked.append(mentioned)
      mentioned.formUnion(SQLSteps.words(step.source))
      for column in step.columns { mentioned.formUnion(SQLSteps.words(column.text)) }
      for name in step.kept ?? [] { mentioned.formUnion(SQLSteps.words(name)) }
    }
    asked.reverse()
    var columns: [String] = []
    var texts: [String] = []
    for (place, step) in steps.enumerated() {
      guard !step.isTable else {
        texts.append("\(step.name)(place) AS (\n\(step.source)\n)")
        continue
      }
      // A column of the same name takes the place of an earlier one.
      let kept =
        step.kept
        ?? columns.filter { name in asked[place].contains(name) && !step.columns.contains { $0.name == name } }
        .map { "s.\($0)" }
      columns = kept.map { $0.begins(with: "s.") ? String($0.dropFirst(2)) : $0 } + step.columns.map(\.name)
      let keeping = step.isKept ? dialect.keeping : ""
      texts.append("\(step.name) AS \(keeping)(\n\(SQLSteps.select(kept, step.columns, from: step.source))\n)")
    }
    return "WITH " + texts.joined(separator: ",\n") + "\n" + end
  }

  /// The words of a text that may be names of columns; more than those do no harm.
  private static func words(_ text: String) -> Set<String> {
    let parts = text.utf8.split { byte in
      !(0x30...0x39).contains(byte) && !(0x61...0x7A).contains(byte) && byte != 0x5F
    }
    return Set(parts.compactMap { String($0) })
  }

  private static func select(_ kept: [String], _ columns: [SQLColumn], from source: String) -> String {
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

  /// The sum of many terms, laid out so that it is never deep: SQLite and DuckDB take 1,000 levels.
  static func sum(_ terms: [String]) -> String { balanced(terms, by: " + ", none: "0") }

  /// Many texts one after the other.
  static func joined(_ terms: [String]) -> String { balanced(terms, by: " || ", none: "''") }

  /// Whether one of many conditions holds.
  static func any(_ terms: [String]) -> String { balanced(terms, by: " OR ", none: "1 = 0") }

  private static func balanced(_ terms: [String], by sign: String, none: String) -> String {
    guard terms.count > 8 else { return terms.isEmpty ? none : terms.joined(separator: sign) }
    let middle = terms.count / 2
    return
      "(\(balanced(Array(terms[..<middle]), by: sign, none: none)))\(sign)(\(balanced(Array(terms[middle...]), by: sign, none: none)))"
  }

  /// A value put into a place by upper bounds, in a tree of choices: the deepest is the logarithm of their number.
  ///
  /// `bounds` ascend, each with the place of what is below it (or, where it is `isWithin`, up to it).
  static func placed(_ value: String, _ bounds: ArraySlice<SQLBound>, otherwise: String) -> String {
    guard bounds.count > 6 else {
      guard !bounds.isEmpty else { return otherwise }
      let parts = bounds.map { "WHEN \($0.condition(value)) THEN \($0.place)" }
      return "CASE \(parts.joined(separator: " ")) ELSE \(otherwise) END"
    }
    let middle = bounds.startIndex + bounds.count / 2
    let low = placed(value, bounds[..<middle], otherwise: bounds[middle].place)
    let high = placed(value, bounds[(middle + 1)...], otherwise: otherwise)
    return "CASE WHEN \(bounds[middle].condition(value)) THEN \(low)\n      ELSE \(high) END"
  }
}

/// An upper bound of a place.
struct SQLBound {
  var constant: String
  /// Whether the constant itself is at that place too.
  var isWithin: Bool
  var place: String

  func condition(_ value: String) -> String { "\(value) \(isWithin ? "<=" : "<") \(constant)" }
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
