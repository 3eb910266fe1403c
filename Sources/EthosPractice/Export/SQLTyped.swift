import EthosFEEL

/// Comparisons of a column that has the type of its fact already.
///
/// A floating number is compared as the shortest decimal that gives it: with constants of at most 15 digits that is what the
/// engine's own comparison says. Columns of 32-bit floating numbers, and values of another type than the fact's, are never
/// compared: they are counted as undecided.
struct SQLTyped {
  private let raw: String
  private let dialect: SQLDialect
  /// The column that has the name of its type, where the engine says it in a column of its own.
  private let typeName: String

  init(_ raw: String, _ dialect: SQLDialect, column: String) {
    self.raw = raw
    self.dialect = dialect
    typeName = dialect == .postgres ? column : "typeof(\(raw))"
  }

  /// Whether a constant has so few digits that every floating number is told from it.
  static func isPlain(_ number: FEELNumber) -> Bool {
    number.isZero || number.digits <= 15 && number.exponent >= -15 && number.digits + number.exponent <= 15
  }

  private var isFloating: String {
    switch dialect {
    case .duckdb: "\(typeName) = 'DOUBLE'"
    case .postgres: "\(typeName) = 'double precision'"
    case .spark: "\(typeName) = 'double'"
    case .sqlite: "\(typeName) = 'real'"
    }
  }

  /// Whether the column, in SQLite the value, is not of the type.
  func isOther(_ type: FEELType) -> String {
    let names: [String]
    switch (type, dialect) {
    case (.boolean, .sqlite): names = ["integer"]
    case (.string, .sqlite): names = ["text"]
    case (.boolean, _): names = [dialect == .duckdb ? "BOOLEAN" : "boolean"]
    // Days are texts in SQLite; only one that it writes so itself, after it has counted on, is a day.
    case (.date, .sqlite): return "date(\(raw), '+0 days') IS NOT \(raw) OR substr(\(raw), 1, 4) = '0000'"
    case (.date, _): names = [dialect == .duckdb ? "DATE" : "date"]
    case (_, .sqlite): names = ["integer", "real"]
    case (_, .duckdb):
      names = [
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT",
        "UHUGEINT", "DOUBLE",
      ]
    case (_, .postgres): names = ["smallint", "integer", "bigint", "numeric", "double precision"]
    case (_, .spark): names = ["tinyint", "smallint", "int", "bigint", "double"]
    }
    let isNone = "\(typeName) NOT IN (\(names.map { "'\($0)'" }.joined(separator: ", ")))"
    guard type == .number, dialect == .duckdb || dialect == .spark else { return isNone }
    let decimal = dialect == .duckdb ? "DECIMAL" : "decimal"
    return "\(isNone) AND substr(\(typeName), 1, 7) <> '\(decimal)'"
  }

  /// Whether all columns of PostgreSQL have their types, asked once for the query.
  static func areDeclared(_ columns: [(column: String, type: FEELType)], of source: String) -> String {
    let parts = columns.filter { $0.type != .string }.map { column, type in
      "NOT (\(SQLTyped(column, .postgres, column: "CAST(pg_typeof(\(column)) AS text)").isOther(type)))"
    }
    return parts.isEmpty ? "TRUE" : "(SELECT \(parts.joined(separator: " AND ")) FROM \(source) AS c LIMIT 1)"
  }

  // MARK: - Numbers

  /// Up to where a multiple of a step is told exactly from its neighbours, whatever holds the number.
  static func bound(_ step: FEELNumber) -> String {
    let decimals = max(0, -step.exponent)
    return String(repeating: "9", count: max(1, 15 - decimals))
  }

  func isFar(_ bound: String) -> String { "NOT (\(raw) BETWEEN -\(bound) AND \(bound))" }

  /// Whether the rest of a division by the step cannot be told exactly here.
  func isUnsure(_ step: FEELNumber) -> String {
    let isFar = isFar(SQLTyped.bound(step))
    return switch dialect {
    // Wide decimals are divided as floating numbers: their whole values are exact as such, and no others.
    case _ where step.exponent >= 0: isFar
    case .duckdb: "\(isFar) OR \(isRestFloating(step)) AND NOT \(isFloating) AND \(raw) <> round(\(raw))"
    case .spark: "\(isFar) OR \(raw) % \(step) IS NULL"
    default: isFar
    }
  }

  private func isRestFloating(_ step: FEELNumber) -> String { "typeof(\(raw) % \(step)) = 'DOUBLE'" }

  static let beyond = String(repeating: "9", count: 15)

  /// What is no number has a name: NaN, and the infinite.
  private var isNone: String {
    "\(dialect.asText(raw)) IN ('NaN', 'nan', 'Infinity', '-Infinity', 'inf', '-inf', 'Inf', '-Inf')"
  }

  var far: String { "CASE WHEN \(isNone) THEN \(SQLFact.Place.unreadable) ELSE \(SQLFact.Place.unknown) END" }

  /// The places of what lies outside of all constants.
  func outside(_ low: String, _ high: String) -> String {
    "CASE WHEN \(isNone) THEN \(SQLFact.Place.unreadable) WHEN \(raw) < 0 THEN \(low) ELSE \(high) END"
  }

  /// The place below all constants, and above them.
  func low(_ place: String) -> String {
    "CASE WHEN \(raw) < -\(SQLTyped.beyond) AND \(isNone) THEN \(SQLFact.Place.unreadable) ELSE \(place) END"
  }

  func high(_ place: String) -> String {
    "CASE WHEN \(raw) > \(SQLTyped.beyond) AND \(isNone) THEN \(SQLFact.Place.unreadable) ELSE \(place) END"
  }

  /// Whether a number is no multiple of the step.
  ///
  /// A floating one is where it is the number nearest to a multiple.
  func isOff(_ step: FEELNumber) -> String {
    let decimals = max(0, -step.exponent)
    guard decimals > 0 else {
      // Whole, and a multiple: exact whatever holds the number.
      let whole = dialect == .sqlite ? "CAST(\(raw) AS INTEGER)" : "floor(\(raw))"
      let isPart = "\(whole) <> \(raw)"
      return step == .one ? isPart : "(\(isPart) OR \(dialect.bigInteger(raw)) % \(step) <> 0)"
    }
    let power = "1" + String(repeating: "0", count: decimals)
    let (whole, real): (String, String)
    switch dialect {
    case .sqlite:
      // Whole numbers alone have a rest here.
      whole = "\(raw) * \(power)"
      real = raw
    case .postgres:
      whole = "CAST(\(raw) AS numeric)"
      real = "CAST(\(raw) AS double precision)"
    default:
      whole = raw
      real = "CAST(\(raw) AS DOUBLE)"
    }
    let units = step.isZero ? "1" : SQLTyped.units(step, decimals)
    let exact = dialect == .sqlite ? "(\(whole)) % \(units) <> 0" : "\(whole) % \(step) <> 0"
    let rounded = "round(\(real) * \(power))"
    let nearest = "\(rounded) / \(power)\(dialect == .sqlite ? ".0" : "")"
    let floating =
      units == "1" ? "\(nearest) <> \(real)" : "\(nearest) <> \(real) OR \(dialect.bigInteger(rounded)) % \(units) <> 0"
    let isFloating = dialect == .duckdb ? isRestFloating(step) : isFloating
    return "CASE WHEN \(isFloating) THEN \(floating) ELSE \(exact) END"
  }

  private static func units(_ step: FEELNumber, _ decimals: Int) -> String {
    String(step.coefficient) + String(repeating: "0", count: max(0, step.exponent + decimals))
  }
}
