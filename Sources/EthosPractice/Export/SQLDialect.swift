import EthosText

/// The engines that a query is written for: what each calls the few things that the query needs.
///
/// SQLite has no wide whole numbers; its queries take numbers of fewer digits, and say so.
package enum SQLDialect: String, CaseIterable, Sendable {
  case duckdb, postgres, spark, sqlite

  /// The name that people know.
  package var name: String {
    switch self {
    case .duckdb: "DuckDB"
    case .postgres: "PostgreSQL"
    case .spark: "Spark"
    case .sqlite: "SQLite"
    }
  }

  /// Most digits of a whole number that the engine computes with exactly.
  var digits: Int { self == .sqlite ? 18 : 38 }

  /// Most columns of a step: limits of PostgreSQL and SQLite.
  ///
  /// The others have none that is lower.
  var columns: Int { self == .postgres ? 1_600 : 2_000 }

  // MARK: - Names and texts

  /// A name in quotes, whatever it is.
  func identifier(_ name: String) throws(CaseProblem) -> String {
    guard !name.isEmpty, !name.unicodeScalars.contains("\0") else {
      throw CaseProblem(
        "a name in SQL is not empty and has no NUL", help: "map another column: `--map \"column=input\"`")
    }
    guard self == .spark else { return "\"\(name.replacingScalar("\"", with: "\"\""))\"" }
    // Spark puts variables in before it reads anything, within quotes too.
    guard !name.holds("${") else {
      throw CaseProblem(
        "Spark takes `${` in the name `\(name)` for a variable", help: "give the column another name in a view")
    }
    return "`\(name.replacingScalar("`", with: "``"))`"
  }

  /// A text as an expression.
  ///
  /// What an engine, its shell or a reader may take for something else is written by its number, so that the text means
  /// the same under every setting.
  func text(_ text: String) -> String {
    var parts: [String] = []
    var plain = ""
    func flush() {
      if !plain.isEmpty { parts.append("'\(plain)'") }
      plain = ""
    }
    for scalar in text.unicodeScalars {
      if scalar == "'", self != .spark {
        plain += "''"
      } else if isWrittenByNumber(scalar) {
        flush()
        parts.append(byNumber(scalar))
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    flush()
    if parts.isEmpty { return "''" }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " || ")))"
  }

  private func isWrittenByNumber(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // A backslash escapes in some settings; so do `'` and `$` in Spark.
    case 0x5C: true
    case 0x27, 0x24: self == .spark
    case 0..<0x20: true
    // What is not seen, or makes text read otherwise than it is.
    default: scalar.isUnseen
    }
  }

  private func byNumber(_ scalar: Unicode.Scalar) -> String {
    switch self {
    case .duckdb, .postgres: return "chr(\(scalar.value))"
    case .sqlite: return "char(\(scalar.value))"
    case .spark:
      guard scalar.value >= 0x80 else { return "char(\(scalar.value))" }
      let bytes = String(scalar).utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
      return "decode(X'\(bytes.joined())', 'UTF-8')"
    }
  }

  // MARK: - Functions

  /// The text of a column, whatever its type, compared by its bytes, whatever its collation.
  func bytewise(_ column: String) -> String {
    switch self {
    case .duckdb: "decode(encode(CAST(\(column) AS VARCHAR)))"
    case .postgres: "CAST(\(column) AS text) COLLATE \"C\""
    case .spark: "CAST(CAST(CAST(\(column) AS STRING) AS BINARY) AS STRING)"
    case .sqlite: "(CAST(\(column) AS TEXT) || '')"
    }
  }

  func trimmedLeft(_ text: String, of characters: String) -> String {
    self == .spark ? "TRIM(LEADING '\(characters)' FROM \(text))" : "ltrim(\(text), '\(characters)')"
  }

  func trimmedRight(_ text: String, of characters: String) -> String {
    self == .spark ? "TRIM(TRAILING '\(characters)' FROM \(text))" : "rtrim(\(text), '\(characters)')"
  }

  /// A text without blanks and tabs around it.
  func trimmed(_ text: String) -> String {
    switch self {
    case .duckdb: "trim(\(text), ' ' || chr(9))"
    case .postgres: "btrim(\(text), ' ' || chr(9))"
    case .spark: "btrim(\(text), ' ' || char(9))"
    case .sqlite: "trim(\(text), ' ' || char(9))"
    }
  }

  /// A text of digits with a sign as a whole number that is wide enough.
  func wholeNumber(_ text: String) -> String {
    switch self {
    case .duckdb: "TRY_CAST(\(text) AS HUGEINT)"
    case .postgres: "CAST(\(text) AS NUMERIC(38, 0))"
    case .spark: "try_cast(\(text) AS DECIMAL(38, 0))"
    case .sqlite: "CAST(\(text) AS INTEGER)"
    }
  }

  func asText(_ number: String) -> String {
    switch self {
    case .duckdb: "CAST(\(number) AS VARCHAR)"
    case .postgres, .sqlite: "CAST(\(number) AS TEXT)"
    case .spark: "CAST(\(number) AS STRING)"
    }
  }

  func bigInteger(_ number: String) -> String {
    self == .sqlite ? "CAST(\(number) AS INTEGER)" : "CAST(\(number) AS BIGINT)"
  }

  /// The last digits of a text.
  func right(_ text: String, _ count: Int) -> String {
    self == .sqlite ? "substr(\(text), -\(count))" : "right(\(text), \(count))"
  }

  /// A day as a constant; SQLite has none but texts.
  func day(_ text: String) -> String { self == .sqlite ? "'\(text)'" : "DATE '\(text)'" }

  /// A column that is declared to be a text, compared by its bytes.
  func typedText(_ column: String) -> String {
    switch self {
    case .duckdb: "(CAST(\(column) AS VARCHAR) COLLATE C)"
    case .sqlite: "\(column) COLLATE BINARY"
    default: bytewise(column)
    }
  }

  func integer(_ text: String) -> String { self == .sqlite ? bigInteger(text) : "CAST(\(text) AS INTEGER)" }

  /// The quotient of two whole numbers, neither negative, without its rest.
  func quotient(_ number: String, _ divisor: Int64) -> String {
    switch self {
    case .duckdb: "\(number) // \(divisor)"
    case .postgres, .sqlite: "\(number) / \(divisor)"
    case .spark: "\(number) DIV \(divisor)"
    }
  }

  /// Keeps the engine from putting a step into those that use it, and them into theirs: what is computed once would be
  /// computed again at each mention, and each of these again.
  ///
  /// PostgreSQL keeps it where a step has an offset.
  var fence: String { self == .postgres ? "\n  OFFSET 0" : "" }
  /// The same before a step.
  var keeping: String { self == .sqlite ? "MATERIALIZED " : "" }

  // MARK: - Comments

  /// A comment to the end of the line, in which nothing of the text means anything.
  static func comment(_ text: String) -> String {
    var shown = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < 240 else {
        shown += "…"
        break
      }
      count += 1
      switch scalar {
      // A backslash goes on with the comment on the next line in Spark, and some shells part commands at a semicolon.
      case "\\": shown += "/"
      case ";": shown += ","
      case "$": shown += "$ "
      default:
        shown.unicodeScalars.append(contentsOf: hides(scalar) ? "?".unicodeScalars : String(scalar).unicodeScalars)
      }
    }
    return shown.isEmpty ? "--" : "-- \(shown)"
  }

  private static func hides(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || scalar.isUnseen
  }
}
