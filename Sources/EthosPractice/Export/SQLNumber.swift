import EthosDecision
import EthosFEEL

/// A number in a query, read from any text that a number has, with an exponent or without.
///
/// It is compared as a whole number of a unit that is one decimal finer than every constant; that last decimal is 1 where
/// more decimals follow. What lies beyond all constants is put beyond them, so that no engine's widest number is too narrow.
/// More than 34 digits are rounded as FEEL rounds them, and what overflows there is no number here.
struct SQLNumber {
  let constants: [String]
  private let coder: FactCoder
  private let dialect: SQLDialect
  private let number: Int
  private let textNumber: Int
  /// Decimals of the finest constant, the step among them.
  private let decimals: Int
  /// The step in units.
  private var step: Step?

  private struct Step {
    var units: String
    /// How many digits at the end say whether a number is a multiple; nil where all of them do.
    var digits: Int?
    /// Decimals of the step itself; negative for tens, hundreds and so on.
    var decimals: Int
  }

  init(_ coder: FactCoder, _ dialect: SQLDialect, number: Int, textNumber: Int) throws(CaseProblem) {
    self.coder = coder
    self.dialect = dialect
    self.number = number
    self.textNumber = textNumber
    let all = coder.numbers + (coder.step.map { [$0] } ?? [])
    decimals = all.map { max(0, -$0.exponent) }.max() ?? 0
    var constants: [String] = []
    for number in all {
      guard let text = SQLNumber.units(number, decimals + 1, most: dialect.digits - 1) else {
        throw SQLFact.problem(
          coder, "is compared with \(number), which has more digits than \(dialect.name) computes with")
      }
      constants.append(text)
    }
    guard decimals + 2 < dialect.digits else {
      throw SQLFact.problem(coder, "has constants of more decimals than \(dialect.name) computes with")
    }
    if let value = coder.step, let units = constants.last {
      let end = SQLNumber.end(value, units: value.exponent + decimals + 1)
      step = Step(
        units: units, digits: end.flatMap { $0 < dialect.digits ? $0 : nil }, decimals: max(0, -value.exponent))
      constants.removeLast()
    }
    self.constants = constants
  }

  /// A number as so many units, in digits; nil where there are too many.
  private static func units(_ number: FEELNumber, _ decimals: Int, most: Int) -> String? {
    if number.isZero { return "0" }
    let zeros = number.exponent + decimals
    let digits = String(number.coefficient)
    guard zeros >= 0, digits.utf8.count + zeros <= most else { return nil }
    return (number.isNegative ? "-" : "") + digits + String(repeating: "0", count: zeros)
  }

  /// The least power of ten of which a step is a divisor, where there is one; `units` are the zeros behind its digits.
  private static func end(_ step: FEELNumber, units: Int) -> Int? {
    var (rest, twos, fives) = (step.coefficient, 0, 0)
    while rest != 0, rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest != 0, rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    return rest == 1 ? units + max(twos, fives) : nil
  }

  /// Most digits before the point that are counted in units.
  private var wholeDigits: Int { dialect.digits - 2 - decimals }

  /// What the query does not compare; nil where it compares all numbers.
  var undecided: String? {
    guard let step else { return nil }
    guard let digits = step.digits else {
      return
        "numbers of more than \(wholeDigits) digits before the point, where the step is \(coder.step?.description ?? "")"
    }
    return digits > SQLNumber.manyDigits
      ? "numbers of more than 76 digits" : "numbers of more than 76 digits, 17 of which count"
  }

  /// Up to so many digits of a step, the quotient of a number of 17 digits is exact in 34.
  private static let manyDigits = 10

  // MARK: - Steps

  /// Columns of each step from text to value.
  var steps: [[SQLColumn]] {
    let (n, d, ten) = (number, dialect, "0123456789")
    let text = "n\(n)"
    func isPoint(_ column: String) -> String { "substr(\(column), 1, 1) = '.'" }
    let precision = FEELNumber.precision
    let exponent =
      "CASE WHEN z\(n) = '' THEN 0 WHEN substr(z\(n), 1, 1) IN ('e', 'E') AND e\(n) <> '' AND \(d.trimmedLeft("e\(n)", of: ten)) = '' THEN CASE WHEN substr(z\(n), 2, 1) = '-' THEN -1 ELSE 1 END * CASE WHEN length(\(d.trimmedLeft("e\(n)", of: "0"))) > 9 THEN 1000000000 ELSE \(d.integer("('0' || \(d.trimmedLeft("e\(n)", of: "0")))")) END END"
    // Rounded half to even: up where more than a half follows, or a half behind an odd digit.
    let isUp =
      "(substr(s\(n), \(precision + 1), 1) IN ('6', '7', '8', '9') OR substr(s\(n), \(precision + 1), 1) = '5' AND (length(s\(n)) > \(precision + 1) OR substr(s\(n), \(precision), 1) IN ('1', '3', '5', '7', '9')))"
    let kept = d.trimmedRight("substr(s\(n), 1, \(precision))", of: "9")
    let raised =
      "substr(\(kept), 1, length(\(kept)) - 1) || \(d.asText("(\(d.integer(d.right("(\(kept))", 1))) + 1)"))"
    return [
      [SQLColumn(text, d.trimmed("t\(textNumber)"), coder.input)],
      [
        SQLColumn(
          "b\(n)", "CASE WHEN substr(\(text), 1, 1) IN ('-', '+') THEN substr(\(text), 2) ELSE \(text) END",
          "without its sign")
      ],
      [SQLColumn("a\(n)", d.trimmedLeft("b\(n)", of: ten), "behind the digits")],
      [
        SQLColumn("w\(n)", "substr(b\(n), 1, length(b\(n)) - length(a\(n)))", "before the point"),
        SQLColumn("r\(n)", "CASE WHEN \(isPoint("a\(n)")) THEN substr(a\(n), 2) ELSE '' END", "behind the point"),
        SQLColumn(
          "z\(n)",
          "CASE WHEN \(isPoint("a\(n)")) THEN \(d.trimmedLeft("substr(a\(n), 2)", of: ten)) ELSE a\(n) END",
          "what is no digit"),
      ],
      [
        SQLColumn(
          "q\(n)",
          "CASE WHEN \(isPoint("a\(n)")) THEN substr(r\(n), 1, length(r\(n)) - length(z\(n))) ELSE '' END",
          "digits behind the point"),
        SQLColumn(
          "e\(n)", "CASE WHEN substr(z\(n), 2, 1) IN ('-', '+') THEN substr(z\(n), 3) ELSE substr(z\(n), 2) END",
          "digits of the exponent"),
      ],
      [
        SQLColumn("k\(n)", "length(w\(n)) + length(q\(n))", "how many digits"),
        SQLColumn("d\(n)", d.trimmedLeft("(w\(n) || q\(n))", of: "0"), "digits that count"),
        SQLColumn("p\(n)", exponent, "the exponent"),
      ],
      [
        SQLColumn("s\(n)", d.trimmedRight("d\(n)", of: "0")),
        SQLColumn("j\(n)", "length(d\(n)) - length(q\(n)) + p\(n)", "where the point is among them"),
      ],
      [
        SQLColumn(
          "g\(n)",
          "CASE WHEN length(s\(n)) <= \(precision) THEN s\(n) WHEN NOT \(isUp) THEN \(d.trimmedRight("substr(s\(n), 1, \(precision))", of: "0")) WHEN \(kept) = '' THEN '1' ELSE \(raised) END",
          "at most \(precision) of them"),
        SQLColumn(
          "i\(n)",
          "CASE WHEN length(s\(n)) > \(precision) AND \(isUp) AND \(kept) = '' THEN j\(n) + 1 ELSE j\(n) END"),
      ],
      [SQLColumn("v\(n)", value, "in units of 0.\(String(repeating: "0", count: decimals))1")]
        + (step?.digits.map { [SQLColumn("o\(n)", end($0), "its last \($0) units")] } ?? []),
    ]
  }

  private var isNothing: String {
    // Below the least number of FEEL, and a half of it.
    "g\(number) = '' OR i\(number) < -6176 OR i\(number) = -6176 AND (g\(number) = '5' OR substr(g\(number), 1, 1) IN ('1', '2', '3', '4'))"
  }

  /// The first units of the digits, so many as there are before the last decimal, and 1 where more follow.
  private func digits(_ zeros: Int) -> String {
    let n = number
    let filled = "substr(g\(n) || '\(String(repeating: "0", count: zeros))', 1, i\(n) + \(decimals))"
    let more = "CASE WHEN length(g\(n)) > i\(n) + \(decimals) THEN '1' ELSE '0' END"
    return "\(filled) || \(more)"
  }

  /// A number in units.
  private var value: String {
    let n = number
    let beyond = "1" + String(repeating: "0", count: dialect.digits - 1)
    let sign = "CASE WHEN substr(n\(n), 1, 1) = '-' THEN '-' ELSE '' END"
    let units =
      "CASE WHEN \(isNothing) THEN '0' WHEN i\(n) > \(wholeDigits) THEN '\(beyond)' WHEN i\(n) + \(decimals) <= 0 THEN '1' ELSE \(digits(wholeDigits + decimals)) END"
    return "CASE WHEN k\(n) > 0 AND p\(n) IS NOT NULL THEN \(dialect.wholeNumber("(\(sign) || \(units))")) END"
  }

  /// The last units of a number, however long it is.
  private func end(_ count: Int) -> String {
    let n = number
    let most = FEELNumber.precision + count
    let last = dialect.right("(\(digits(most)))", count)
    return
      "CASE WHEN \(isNothing) OR p\(n) IS NULL OR i\(n) + \(decimals) > \(most) THEN 0 WHEN i\(n) + \(decimals) <= 0 THEN 1 ELSE \(dialect.wholeNumber("(\(last))")) END"
  }

  // MARK: - Places

  /// What is none of the places between constants.
  var exclusions: [SQLBranch] {
    let n = number
    var branches = [
      SQLBranch("k\(n) = 0 OR p\(n) IS NULL", "\(SQLFact.Place.unreadable)", "no number"),
      SQLBranch("g\(n) <> '' AND i\(n) > 6145", "\(SQLFact.Place.unreadable)", "larger than any number"),
    ]
    guard let step else { return branches }
    let unknown = "\(SQLFact.Place.unknown)"
    let off = "\(coder.offStep)"
    if let digits = step.digits {
      let isLong = "g\(n) <> '' AND i\(n) + \(step.decimals) > 76"
      branches.append(
        SQLBranch(
          digits > SQLNumber.manyDigits ? isLong : "\(isLong) AND (length(g\(n)) > 17 OR i\(n) > 6000)", unknown,
          "not compared here"))
      branches.append(SQLBranch("o\(n) % \(step.units) <> 0", off, "no multiple of the step"))
    } else {
      branches.append(SQLBranch("g\(n) <> '' AND i\(n) > \(wholeDigits)", unknown, "not compared here"))
      branches.append(SQLBranch("v\(n) % \(step.units) <> 0", off, "no multiple of the step"))
    }
    return branches
  }
}
