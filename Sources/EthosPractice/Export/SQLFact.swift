import EthosDecision
import EthosFEEL

/// One fact in a query: its text becomes a value, and the value its place among the constants of all rules.
///
/// The places are those of `FactCoder`, so that the query tells apart what the engine tells apart. Numbers are compared as
/// whole numbers of a unit that is one decimal finer than every constant; that last decimal is 1 where more decimals
/// follow, so that nothing is rounded.
struct SQLFact {
  enum Place {
    /// No value of the type, or one of which this query cannot say where it lies.
    static let unreadable = -1
    static let unknown = -2
  }

  let coder: FactCoder
  let dialect: SQLDialect
  let number: Int
  /// The number of its text: facts of one input share it.
  let textNumber: Int
  /// Decimals of the finest constant.
  private let decimals: Int
  private let constants: [String]

  /// The name of its place.
  var place: String { "f\(number)" }
  private var text: String { coder.type == .string ? "t\(textNumber)" : "n\(number)" }

  init(_ coder: FactCoder, _ dialect: SQLDialect, number: Int, textNumber: Int) throws(CaseProblem) {
    self.coder = coder
    self.dialect = dialect
    self.number = number
    self.textNumber = textNumber
    var decimals = 0
    var constants: [String] = []
    switch coder.type {
    case .string:
      for text in coder.texts {
        guard !text.unicodeScalars.contains("\0") else {
          throw SQLFact.problem(coder, "is compared with a text that has a NUL, which no database holds")
        }
        constants.append(dialect.text(text))
      }
    case .boolean: break
    case .number:
      let all = coder.numbers + (coder.step.map { [$0] } ?? [])
      decimals = all.map { max(0, -$0.exponent) }.max() ?? 0
      for number in all {
        guard let text = SQLFact.units(number, decimals + 1, most: dialect.digits - 1) else {
          throw SQLFact.problem(
            coder, "is compared with \(number), which has more digits than \(dialect.name) computes with")
        }
        constants.append(text)
      }
      guard decimals + 2 < dialect.digits else {
        throw SQLFact.problem(coder, "has constants of more decimals than \(dialect.name) computes with")
      }
    case .date:
      for number in coder.numbers {
        guard let date = number.integer.flatMap({ FEELDate(daysSinceEpoch: $0) }), (1...9_999).contains(date.year)
        else {
          throw SQLFact.problem(coder, "is compared with a day outside of the years 1 to 9999")
        }
        constants.append("'\(date)'")
      }
    default:
      throw SQLFact.problem(coder, "is a \(coder.type), whose values have no exact order in SQL")
    }
    self.decimals = decimals
    self.constants = constants
  }

  private static func problem(_ coder: FactCoder, _ reason: String) -> CaseProblem {
    CaseProblem("`\(coder.input)` \(reason)", help: "decide the cases with `ethos replay`")
  }

  /// A number as so many units, in digits; nil where there are too many.
  private static func units(_ number: FEELNumber, _ decimals: Int, most: Int) -> String? {
    if number.isZero { return "0" }
    let zeros = number.exponent + decimals
    let digits = String(number.coefficient)
    guard zeros >= 0, digits.utf8.count + zeros <= most else { return nil }
    return (number.isNegative ? "-" : "") + digits + String(repeating: "0", count: zeros)
  }

  /// Most digits before the point.
  var wholeDigits: Int { min(FEELNumber.precision, dialect.digits - 1 - decimals) }

  // MARK: - Steps

  /// Columns of each step from text to value: of a number and a day some, of a text none.
  var steps: [[SQLColumn]] {
    let (digits, d) = ("0123456789", dialect)
    switch coder.type {
    case .number:
      return [
        [SQLColumn("n\(number)", d.trimmed("t\(textNumber)"), coder.input)],
        [
          SQLColumn(
            "b\(number)", "CASE WHEN substr(\(text), 1, 1) IN ('-', '+') THEN substr(\(text), 2) ELSE \(text) END",
            "without its sign")
        ],
        [SQLColumn("a\(number)", d.trimmedLeft("b\(number)", of: digits), "behind the digits")],
        [
          SQLColumn(
            "w\(number)", "substr(b\(number), 1, length(b\(number)) - length(a\(number)))", "before the point"),
          SQLColumn(
            "r\(number)", "CASE WHEN substr(a\(number), 1, 1) = '.' THEN substr(a\(number), 2) ELSE '' END",
            "behind the point"),
          SQLColumn(
            "z\(number)",
            "CASE WHEN substr(a\(number), 1, 1) = '.' THEN \(d.trimmedLeft("substr(a\(number), 2)", of: digits)) ELSE a\(number) END",
            "what is no digit"),
        ],
        [
          SQLColumn(
            "q\(number)",
            "CASE WHEN substr(a\(number), 1, 1) = '.' THEN substr(r\(number), 1, length(r\(number)) - length(z\(number))) ELSE '' END",
            "digits behind the point")
        ],
        [
          SQLColumn("h\(number)", d.trimmedLeft("w\(number)", of: "0")),
          SQLColumn("l\(number)", d.trimmedRight("q\(number)", of: "0")),
          SQLColumn("k\(number)", "length(w\(number)) + length(q\(number))", "how many digits"),
          SQLColumn(
            "e\(number)",
            "CASE WHEN substr(z\(number), 2, 1) IN ('-', '+') THEN substr(z\(number), 3) ELSE substr(z\(number), 2) END"
          ),
        ],
        [SQLColumn("v\(number)", value, "in units of 0.\(String(repeating: "0", count: decimals))1")],
      ]
    case .boolean: return [[SQLColumn("n\(number)", d.trimmed("t\(textNumber)"), coder.input)]]
    case .date:
      let joined = "substr(\(text), 1, 4) || substr(\(text), 6, 2) || substr(\(text), 9, 2)"
      return [
        [SQLColumn("n\(number)", d.trimmed("t\(textNumber)"), coder.input)],
        [
          SQLColumn(
            "v\(number)",
            "CASE WHEN length(\(text)) = 10 AND substr(\(text), 5, 1) = '-' AND substr(\(text), 8, 1) = '-' AND length(\(joined)) = 8 AND \(d.trimmedLeft("(\(joined))", of: digits)) = '' THEN \(d.bigInteger("substr(\(text), 1, 4)")) END",
            "the year, where it is written as a day")
        ],
      ]
    default: return []
    }
  }

  /// A number in units; null where its text is none, or has more digits than are computed with.
  private var value: String {
    let n = number
    let sign = "CASE WHEN substr(\(text), 1, 1) = '-' THEN '-' ELSE '' END"
    let fraction =
      decimals == 0 ? "" : " || substr(l\(n) || '\(String(repeating: "0", count: decimals))', 1, \(decimals))"
    let more = "CASE WHEN length(l\(n)) > \(decimals) THEN '1' ELSE '0' END"
    let digits = "\(sign) || '0' || h\(n)\(fraction) || \(more)"
    return
      "CASE WHEN z\(n) = '' AND k\(n) > 0 AND length(h\(n)) <= \(wholeDigits) AND length(\(dialect.trimmedLeft("(h\(n) || l\(n))", of: "0"))) <= \(FEELNumber.precision) THEN \(dialect.wholeNumber("(\(digits))")) END"
  }

  /// The column of the place.
  var column: SQLColumn {
    guard coder.column != nil else { return SQLColumn(place, "0", "\(coder.input): the cases lack it") }
    var branches = [SQLBranch("t\(textNumber) IS NULL", "0", "missing")]
    func ordered(_ value: String, _ texts: [String], _ names: [String]) {
      for (index, constant) in constants.prefix(texts.count).enumerated() {
        branches.append(SQLBranch("\(value) < \(constant)", "\(2 * index + 1)", "below \(names[index])"))
        branches.append(SQLBranch("\(value) = \(constant)", "\(2 * index + 2)", names[index]))
      }
    }
    switch coder.type {
    case .string:
      for (index, constant) in constants.enumerated() {
        branches.append(SQLBranch("\(text) = \(constant)", "\(index + 1)"))
      }
      return SQLColumn(
        place, SQLColumn.choice(branches, otherwise: "\(constants.count + 1)", comment: "any other"), coder.input)
    case .boolean:
      branches.append(SQLBranch("\(text) IN ('false', 'False', 'FALSE')", "1"))
      branches.append(SQLBranch("\(text) IN ('true', 'True', 'TRUE')", "2"))
      return SQLColumn(
        place, SQLColumn.choice(branches, otherwise: "\(Place.unreadable)", comment: "no boolean"), coder.input)
    case .date:
      let (n, year, month, day) = (number, "v\(number)", "substr(\(text), 6, 2)", "substr(\(text), 9, 2)")
      let rest = dialect.trimmedLeft(text, of: "0123456789")
      // Years of more digits, before the first, and what stands in @"…" are days too.
      branches.append(
        SQLBranch(
          "\(year) IS NULL AND (substr(\(text), 1, 1) IN ('@', '-') OR (length(\(text)) - length(\(rest)) > 4 AND substr(\(rest), 1, 1) = '-'))",
          "\(Place.unknown)", "not compared here"))
      branches.append(SQLBranch("v\(n) IS NULL", "\(Place.unreadable)", "no day"))
      branches.append(
        SQLBranch(
          "NOT (\(month) BETWEEN '01' AND '12' AND \(day) BETWEEN '01' AND CASE WHEN \(month) IN ('04', '06', '09', '11') THEN '30' WHEN \(month) <> '02' THEN '31' WHEN \(year) % 4 = 0 AND (\(year) % 100 <> 0 OR \(year) % 400 = 0) THEN '29' ELSE '28' END)",
          "\(Place.unreadable)", "no such day"))
      branches.append(SQLBranch("\(year) = 0", "\(Place.unknown)", "not compared here"))
      ordered(
        text, constants, coder.numbers.map { $0.integer.flatMap { FEELDate(daysSinceEpoch: $0) }?.description ?? "" })
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: "\(2 * constants.count + 1)"), coder.input)
    default:
      let n = number
      branches.append(
        SQLBranch(
          "k\(n) = 0 OR (z\(n) <> '' AND NOT (substr(z\(n), 1, 1) IN ('e', 'E') AND e\(n) <> '' AND \(dialect.trimmedLeft("e\(n)", of: "0123456789")) = ''))",
          "\(Place.unreadable)", "no number"))
      branches.append(SQLBranch("v\(n) IS NULL", "\(Place.unknown)", "not compared here"))
      if coder.step != nil, let step = constants.last {
        branches.append(SQLBranch("v\(n) % \(step) <> 0", "\(coder.offStep)", "no multiple of the step"))
      }
      ordered("v\(n)", Array(constants.prefix(coder.numbers.count)), coder.numbers.map(\.description))
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: "\(2 * coder.numbers.count + 1)"), coder.input)
    }
  }
}
