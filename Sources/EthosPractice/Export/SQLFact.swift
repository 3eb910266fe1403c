import EthosDecision
import EthosFEEL

/// One fact in a query: its text becomes a value, and the value its place among the constants of all rules.
///
/// The places are those of `FactCoder`, so that the query tells apart what the engine tells apart. Where no side tells two
/// places apart, the first of them stands for both: fewer comparisons, and fewer kinds of cases.
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
  /// Whether its column is compared as it is, by the type that it is declared to have.
  let isTyped: Bool
  /// For each place the one that stands for it.
  private let alike: [Int]
  let constants: [String]
  private var numbers: SQLNumber?

  /// The name of its place.
  var place: String { "f\(number)" }
  private var text: String { coder.type == .string ? "t\(textNumber)" : "n\(number)" }

  init(
    _ coder: FactCoder, _ dialect: SQLDialect, number: Int, textNumber: Int, typed: Bool, alike: [Int]
  ) throws(CaseProblem) {
    self.coder = coder
    self.dialect = dialect
    self.number = number
    self.textNumber = textNumber
    self.alike = alike
    isTyped = typed && coder.column != nil && SQLFact.canBeTyped(coder)
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
      guard !isTyped else {
        constants = coder.numbers.map(\.description)
        break
      }
      let made = try SQLNumber(coder, dialect, number: number, textNumber: textNumber)
      constants = made.constants
      numbers = made
    case .date:
      for number in coder.numbers {
        guard let date = number.integer.flatMap({ FEELDate(daysSinceEpoch: $0) }), (1...9_999).contains(date.year)
        else {
          throw SQLFact.problem(coder, "is compared with a day outside of the years 1 to 9999")
        }
        constants.append(isTyped ? dialect.day("\(date)") : "'\(date)'")
      }
    default:
      throw SQLFact.problem(coder, "is a \(coder.type), whose values have no exact order in SQL")
    }
    self.constants = constants
  }

  static func problem(_ coder: FactCoder, _ reason: String) -> CaseProblem {
    CaseProblem("`\(coder.input)` \(reason)", help: "decide the cases with `ethos replay`")
  }

  /// Most digits before the point that are told from more of them, where the step asks for them.
  var undecidedNumbers: String? { numbers?.undecided }

  /// Whether there are values of which the query does not say where they lie.
  var mayBeUnknown: Bool {
    guard coder.column != nil else { return false }
    return coder.type == .date || undecidedNumbers != nil || isTyped
  }

  // MARK: - Steps

  /// Columns of each step from text to value: of a number and a day some, of a text none.
  var steps: [[SQLColumn]] {
    let (digits, d) = ("0123456789", dialect)
    guard coder.column != nil, !isTyped else { return [] }
    switch coder.type {
    case .number: return numbers?.steps ?? []
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

  // MARK: - Places

  /// What stands for a place.
  private func shown(_ place: Int) -> String { "\(alike.indices.contains(place) ? alike[place] : place)" }

  /// The place of a value that has an order, by its upper bounds.
  ///
  /// The gaps at both ends may be told otherwise.
  func ordered(_ value: String, least: ((String) -> String)? = nil, greatest: ((String) -> String)? = nil) -> String {
    let count = coder.type == .number || coder.type == .date ? coder.numbers.count : 0
    var bounds: [SQLBound] = []
    for index in 0..<count {
      bounds.append(SQLBound(constant: constants[index], isWithin: false, place: shown(2 * index + 1)))
      bounds.append(SQLBound(constant: constants[index], isWithin: true, place: shown(2 * index + 2)))
    }
    var last = shown(2 * count + 1)
    // A bound between two places that stand for one another bounds nothing.
    let next = bounds.dropFirst().map(\.place) + [last]
    bounds = zip(bounds, next).filter { $0.place != $1 }.map(\.0)
    if let least {
      if bounds.isEmpty { last = least(last) } else { bounds[0].place = least(bounds[0].place) }
    }
    if let greatest { last = greatest(last) }
    return SQLColumn.placed(value, bounds[...], otherwise: last)
  }

  /// The place of a text; many of them are looked for in a tree by their order, which is that of their code points.
  func mentioned(_ value: String) -> String {
    let other = shown(constants.count + 1)
    func leaf(_ range: Range<Int>) -> String {
      let parts = range.filter { shown($0 + 1) != other }.map { "WHEN \(constants[$0]) THEN \(shown($0 + 1))" }
      return parts.isEmpty ? other : "CASE \(value) \(parts.joined(separator: "\n      ")) ELSE \(other) END"
    }
    func tree(_ range: Range<Int>) -> String {
      guard range.count > 24 else { return leaf(range) }
      let middle = range.lowerBound + range.count / 2
      let (low, high) = (tree(range.lowerBound..<middle), tree(middle..<range.upperBound))
      return "CASE WHEN \(value) < \(constants[middle]) THEN \(low)\n      ELSE \(high) END"
    }
    return tree(constants.indices)
  }

  /// The column of the place.
  var column: SQLColumn {
    guard coder.column != nil else { return SQLColumn(place, "0", "\(coder.input): the cases lack it") }
    guard !isTyped else { return typedColumn }
    var branches = [SQLBranch("t\(textNumber) IS NULL", "0", "missing")]
    switch coder.type {
    case .string:
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: mentioned(text)), coder.input)
    case .boolean:
      branches.append(SQLBranch("\(text) IN ('false', 'False', 'FALSE')", shown(1)))
      branches.append(SQLBranch("\(text) IN ('true', 'True', 'TRUE')", shown(2)))
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
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: ordered(text)), coder.input)
    default:
      branches += numbers?.exclusions ?? []
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: ordered("v\(number)")), coder.input)
    }
  }

  /// Comparisons of the column itself.
  private var typedColumn: SQLColumn {
    let raw = "x\(textNumber)"
    let typed = SQLTyped(raw, dialect, column: "y\(textNumber)")
    let other = SQLBranch(typed.isOther(coder.type), "\(Place.unknown)", "of another type than declared")
    var branches: [SQLBranch] = []
    switch coder.type {
    case .string:
      branches.append(SQLBranch("\(raw) IS NULL OR \(raw) = ''", "0", "missing"))
      if dialect == .sqlite { branches.append(other) }
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: mentioned(raw)), coder.input)
    case .boolean:
      branches.append(SQLBranch("\(raw) IS NULL", "0", "missing"))
      branches.append(other)
      let (no, yes) = dialect == .sqlite ? ("0", "1") : ("FALSE", "TRUE")
      branches.append(SQLBranch("\(raw) = \(no)", shown(1)))
      branches.append(SQLBranch("\(raw) = \(yes)", shown(2)))
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: "\(Place.unknown)"), coder.input)
    case .date:
      branches.append(SQLBranch("\(raw) IS NULL", "0", "missing"))
      branches.append(other)
      let places = ordered(
        raw,
        least: { "CASE WHEN \(raw) < \(dialect.day("0001-01-01")) THEN \(Place.unknown) ELSE \($0) END" },
        greatest: { "CASE WHEN \(raw) > \(dialect.day("9999-12-31")) THEN \(Place.unknown) ELSE \($0) END" })
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: places), coder.input)
    default:
      branches.append(SQLBranch("\(raw) IS NULL", "0", "missing"))
      branches.append(other)
      if let step = coder.step {
        branches.append(SQLBranch(typed.isUnsure(step), typed.far, "not compared here"))
        branches.append(SQLBranch(typed.isOff(step), "\(coder.offStep)", "no multiple of the step"))
        return SQLColumn(place, SQLColumn.choice(branches, otherwise: ordered(raw)), coder.input)
      }
      if dialect == .spark {
        // Two decimals are compared as one type of 38 digits there, and are null where that is too narrow.
        let count = coder.numbers.count
        branches.append(SQLBranch(typed.isFar(SQLTyped.beyond), typed.outside(shown(1), shown(2 * count + 1))))
      }
      let places = ordered(raw, least: { typed.low($0) }, greatest: { typed.high($0) })
      return SQLColumn(place, SQLColumn.choice(branches, otherwise: places), coder.input)
    }
  }
}
