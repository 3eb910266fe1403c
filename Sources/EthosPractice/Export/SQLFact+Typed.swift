import EthosDecision
import EthosFEEL

/// A fact whose column is compared as it is.
extension SQLFact {
  /// Whether plain comparisons of a column say what replay says of its text: constants of so few digits that a floating
  /// number is told from them exactly, and nothing to translate.
  static func canBeTyped(_ coder: FactCoder) -> Bool {
    guard !coder.hasTranslations else { return false }
    guard coder.type == .number else { return [.string, .boolean, .date].contains(coder.type) }
    return (coder.numbers + (coder.step.map { [$0] } ?? [])).allSatisfy { SQLTyped.isPlain($0) }
  }

  private var raw: String { "x\(textNumber)" }
  var typed: SQLTyped { SQLTyped(raw, dialect, column: "y\(textNumber)") }

  /// Whether a case has the fact with a value that is allowed, so that rules are asked at once.
  ///
  /// `allowed` are the places that every side allows.
  func isSound(_ allowed: [Int]) -> String {
    var parts: [String] = []
    switch coder.type {
    case .string:
      // In SQLite a text lies between all numbers and all blobs.
      parts.append("\(raw) > ''" + (dialect == .sqlite ? " AND \(raw) < x''" : ""))
    case .boolean: parts.append(dialect == .sqlite ? "\(raw) IN (0, 1)" : "\(raw) IS NOT NULL")
    case .date:
      if dialect == .sqlite { parts.append("date(\(raw), '+0 days') = \(raw)") }
      parts.append("\(raw) BETWEEN \(dialect.day("0001-01-01")) AND \(dialect.day("9999-12-31"))")
    default:
      let bound = coder.step.map(SQLTyped.bound) ?? SQLTyped.beyond
      parts.append("\(raw) BETWEEN -\(bound) AND \(bound)")
      if dialect == .duckdb || dialect == .spark { parts.append("NOT (\(typed.isOther(.number)))") }
      if let step = coder.step {
        if dialect == .duckdb || dialect == .spark { parts.append("NOT (\(typed.isUnsure(step)))") }
        parts.append("NOT (\(typed.isOff(step)))")
      }
    }
    if [.boolean, .date].contains(coder.type), dialect == .duckdb || dialect == .spark {
      parts.append("NOT (\(typed.isOther(coder.type)))")
    }
    let values = Array(1..<(coder.placeCount - 1))
    var held = Set(allowed)
    // Between constants that are one step apart there is no multiple to be refused.
    for (index, (low, high)) in zip(coder.numbers, coder.numbers.dropFirst()).enumerated()
    where coder.step != nil && high - low == coder.step && held.contains(2 * index + 2) && held.contains(2 * index + 4)
    {
      held.insert(2 * index + 3)
    }
    if values.contains(where: { !held.contains($0) }) {
      var runs: [SQLRun] = []
      for (index, place) in values.enumerated() where held.contains(place) {
        if runs.last?.high == index - 1 {
          runs[runs.count - 1].high = index
        } else {
          runs.append(SQLRun(low: index, high: index))
        }
      }
      parts.append(runs.isEmpty ? "1 = 0" : holds(runs, among: values))
    }
    let sound = parts.joined(separator: " AND ")
    return allowed.contains(0) ? "(\(raw) IS NULL OR \(sound))" : sound
  }

  /// Whether the value of a case, all of whose facts are allowed, is at one of some places.
  func holds(_ runs: [SQLRun], among known: [Int]) -> String {
    let held = runs.flatMap { known[$0.low...$0.high] }
    let isMissing = held.first == 0
    var parts = isMissing ? ["\(raw) IS NULL"] : []
    let isAll = held.count - (isMissing ? 1 : 0) == known.count - (known.first == 0 ? 1 : 0)
    if isAll {
      if !isMissing { parts.append("\(raw) IS NOT NULL") }
    } else if coder.type == .string {
      let places = held.filter { $0 > 0 }
      if held.contains(constants.count + 1) {
        let others = known.filter { $0 > 0 && $0 <= constants.count && !held.contains($0) }
        parts.append(among(others, not: true))
      } else if !places.isEmpty {
        parts.append(among(places, not: false))
      }
    } else if coder.type == .boolean {
      let (no, yes) = dialect == .sqlite ? ("0", "1") : ("FALSE", "TRUE")
      for place in held where place > 0 { parts.append("\(raw) = \(place == 1 ? no : yes)") }
    } else {
      parts += ordered(runs, among: known)
    }
    return parts.count == 1 ? parts[0] : "(\(SQLColumn.any(parts)))"
  }

  private func among(_ places: [Int], not isNone: Bool) -> String {
    let texts = places.map { constants[$0 - 1] }
    if texts.count == 1 { return "\(raw) \(isNone ? "<>" : "=") \(texts[0])" }
    return "\(raw) \(isNone ? "NOT IN" : "IN") (\(texts.joined(separator: ", ")))"
  }

  /// Runs of places of a value that has an order, by its bounds.
  ///
  /// Odd places are gaps, even ones constants.
  private func ordered(_ runs: [SQLRun], among known: [Int]) -> [String] {
    let first = known.first == 0 ? 1 : 0
    var single: [String] = []
    var parts: [String] = []
    for run in runs where run.high >= first {
      let (low, high) = (known[max(run.low, first)], known[run.high])
      if low == high, low % 2 == 0 {
        single.append(constants[low / 2 - 1])
        continue
      }
      var bounds: [String] = []
      if max(run.low, first) > first {
        bounds.append(low % 2 == 0 ? "\(raw) >= \(constants[low / 2 - 1])" : "\(raw) > \(constants[low / 2 - 1])")
      }
      if run.high < known.count - 1 {
        bounds.append(high % 2 == 0 ? "\(raw) <= \(constants[high / 2 - 1])" : "\(raw) < \(constants[high / 2])")
      }
      let text = bounds.joined(separator: " AND ")
      parts.append(runs.count > 1 && bounds.count > 1 ? "(\(text))" : text)
    }
    if single.count == 1 { parts.append("\(raw) = \(single[0])") }
    if single.count > 1 { parts.append("\(raw) IN (\(single.joined(separator: ", ")))") }
    return parts
  }
}
