import EthosDecision
import EthosFEEL

/// One revision of the decision in a query: from the places of facts to its answer.
///
/// A fact that is missing, and that the rules might need, is tried with every value that they tell apart: the case has an
/// answer where all of them lead to the same one.
struct SQLSide {
  let side: RuleSide
  let compiled: CompiledDecision
  let coders: [FactCoder]
  let facts: [SQLFact]
  let answers: SQLAnswers
  let dialect: SQLDialect
  /// `before` or `after`.
  let name: String
  /// The columns that pass through.
  let kept: [String]

  /// Most rules of a table that answers with more than one of them: each is a column.
  static let rules = 1_200

  // MARK: - Places

  private func atom(_ axis: Int, _ place: Int) -> Int32 { side.atoms[side.offsets[axis] + place] }

  /// The places that occur: the last one only where there is a step.
  func places(_ axis: Int) -> Range<Int> {
    let coder = coders[side.coders[axis]]
    return 0..<(coder.step == nil ? coder.placeCount - 1 : coder.placeCount)
  }

  /// Whether the side needs a fact that may be missing.
  private func isNeeded(_ axis: Int) -> Bool { atom(axis, 0) < 0 }

  /// The column that a rule asks: the place of the fact, or that which is tried for it.
  private func column(_ axis: Int) -> String {
    isNeeded(axis) ? "g\(facts[side.coders[axis]].number)" : facts[side.coders[axis]].place
  }

  private func mask(_ axis: Int, _ place: Int) -> ArraySlice<UInt64> {
    let start = (side.offsets[axis] + place) * side.words
    return side.masks[start..<start + side.words]
  }

  /// The places that the side does not allow; a missing fact is not among them.
  func refused(_ axis: Int) -> [Int] { places(axis).dropFirst().filter { atom(axis, $0) < 0 } }

  /// A place for each way in which the rules tell values of a fact apart.
  private func choices(_ axis: Int) -> [Int] {
    var seen: Set<[UInt64]> = []
    return places(axis).dropFirst().filter { atom(axis, $0) >= 0 && seen.insert(Array(mask(axis, $0))).inserted }
  }

  // MARK: - Conditions

  /// The condition of a rule; nil where it holds always, `1 = 0` where never.
  private func condition(_ rule: Int) -> String? {
    var parts: [String] = []
    for axis in side.coders.indices {
      var isWhole = true
      var held: [Int] = []
      var known: [Int] = []
      for place in places(axis) where atom(axis, place) >= 0 {
        known.append(place)
        let mask = mask(axis, place)
        if mask[mask.startIndex + rule / 64] >> UInt64(rule % 64) & 1 == 1 {
          held.append(place)
        } else {
          isWhole = false
        }
      }
      guard !isWhole else { continue }
      guard !held.isEmpty else { return "1 = 0" }
      parts.append(SQLSide.test(column(axis), held, among: known))
    }
    return parts.isEmpty ? nil : parts.joined(separator: " AND ")
  }

  /// Whether a place is one of some, among those that it can be.
  static func test(_ column: String, _ held: [Int], among known: [Int]) -> String {
    var runs: [(low: Int, high: Int)] = []
    var isOpen = false
    let set = Set(held)
    for (index, place) in known.enumerated() {
      guard set.contains(place) else {
        isOpen = false
        continue
      }
      if isOpen { runs[runs.count - 1].high = index } else { runs.append((index, index)) }
      isOpen = true
    }
    let other = known.filter { !set.contains($0) }
    if other.count == 1, held.count > 1 { return "\(column) <> \(other[0])" }
    func text(_ run: (low: Int, high: Int)) -> String {
      let (low, high) = (known[run.low], known[run.high])
      if run.low == run.high { return "\(column) = \(low)" }
      if run.low == 0 { return "\(column) <= \(high)" }
      return run.high == known.count - 1 ? "\(column) >= \(low)" : "\(column) BETWEEN \(low) AND \(high)"
    }
    if runs.count == 1 { return text(runs[0]) }
    let single = runs.filter { $0.low == $0.high }.map { "\(known[$0.low])" }
    var parts = runs.filter { $0.low < $0.high }.map(text)
    if single.count == 1 { parts.append("\(column) = \(single[0])") }
    if single.count > 1 { parts.append("\(column) IN (\(single.joined(separator: ", ")))") }
    return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " OR ")))"
  }

  /// What a rule is called, with its cells.
  private func comment(_ rule: Int) -> String {
    guard let row = compiled.row(ofRule: rule), side.decision.table.rules.indices.contains(row) else {
      return compiled.isRefusal(rule) ? "not allowed" : "no rule"
    }
    let source = side.decision.table.rules[row]
    let cells = zip(side.decision.table.inputs, source.tests).compactMap { input, tests in
      tests.description == "-" ? nil : "\(input.name) \(tests.description)"
    }
    return "\(source.id ?? "row \(row + 1)"): \(cells.isEmpty ? "any" : cells.joined(separator: ", "))"
  }

  // MARK: - Steps

  func add(to steps: inout SQLSteps) throws(CaseProblem) {
    let needed = side.coders.indices.filter(isNeeded)
    let tried = needed.filter { !side.choices[$0].isEmpty }
    let most = tried.reduce(1.0) { $0 * Double(side.choices[$1].count) }
    guard most < 1e17 else {
      throw CaseProblem(
        "the facts that may be missing have too many combinations to be counted in SQL",
        help: "decide the cases with `ethos replay`")
    }
    let combinations = tried.map {
      "CASE WHEN s.\(facts[side.coders[$0]].place) = 0 THEN \(side.choices[$0].count) ELSE 1 END"
    }
    let count = dialect.bigInteger(combinations.first ?? "1") + combinations.dropFirst().map { " * \($0)" }.joined()
    let isBounded = most <= Double(CaseLimits.combinations)
    let isFew = isBounded ? "" : " AND \(count) <= \(CaseLimits.combinations)"

    var columns: [SQLColumn] = []
    var source = "\(steps.last) AS s"
    for axis in needed {
      let fact = facts[side.coders[axis]]
      guard tried.contains(axis) else {
        columns.append(SQLColumn(column(axis), "s.\(fact.place)", "no value of \(fact.coder.input) is allowed"))
        continue
      }
      columns.append(SQLColumn(column(axis), "COALESCE(m\(fact.number).place, s.\(fact.place))", fact.coder.input))
      let values = choices(axis).enumerated().map { $0 == 0 ? "SELECT \($1) AS place" : "SELECT \($1)" }
      guard !values.isEmpty else { continue }
      source +=
        "\n  LEFT JOIN (\(values.joined(separator: " UNION ALL "))) AS m\(fact.number)"
        + "\n    ON s.\(fact.place) = 0 AND s.state = 'decided'\(isFew)"
    }
    if !isBounded { columns.append(SQLColumn("tries", count, "how often missing facts are tried")) }
    steps.add("\(name)_tries", SQLSteps.select(["s.*"], columns, from: source))
    try addAnswer(to: &steps)
    addSide(to: &steps, needed, tried, isBounded: isBounded)
  }

  private func addSide(to steps: inout SQLSteps, _ needed: [Int], _ tried: [Int], isBounded: Bool) {
    let failed = dialect.text(answers.text(.failed))
    var branches: [SQLBranch] = []
    for axis in side.coders.indices {
      let refused = refused(axis)
      guard !refused.isEmpty else { continue }
      branches.append(
        SQLBranch(
          SQLSide.test(facts[side.coders[axis]].place, refused, among: Array(places(axis))), failed, "not allowed"))
    }
    for axis in needed where !tried.contains(axis) {
      branches.append(SQLBranch("\(facts[side.coders[axis]].place) = 0", "NULL", "missing"))
    }
    if !isBounded { branches.append(SQLBranch("tries > \(CaseLimits.combinations)", "NULL", "missing")) }
    if !tried.isEmpty {
      let isMissing = tried.map { "\(facts[side.coders[$0]].place) = 0" }.joined(separator: " OR ")
      branches.append(
        SQLBranch(
          isMissing, "CASE WHEN MIN(answer) = MAX(answer) THEN MIN(answer) END",
          "missing: decided where it changes nothing"))
    }
    let column = SQLColumn(
      name, SQLColumn.choice(branches, otherwise: "COALESCE(MIN(answer), \(failed))"))
    let group = (kept + (isBounded ? [] : ["tries"])).joined(separator: ", ")
    steps.add(
      name, SQLSteps.select(kept, [column], from: "\(steps.last)\n  GROUP BY \(group)"))
  }

  // MARK: - Answers

  private var rules: [Int] { Array(0..<compiled.ruleCount) }

  /// The answer of a rule by itself. A refusal is none: a value that is refused is not tried.
  private func answer(_ rule: Int) -> String {
    guard !compiled.isRefusal(rule), let outcome = compiled.answer(ofRule: rule) else { return "NULL" }
    return dialect.text(answers.text(outcome))
  }

  private var fallback: String { dialect.text(answers.text(compiled.fallback ?? .noRule)) }

  private func addAnswer(to steps: inout SQLSteps) throws(CaseProblem) {
    guard compiled.combination != .first else {
      var branches: [SQLBranch] = []
      for rule in rules {
        guard let condition = condition(rule) else {
          steps.add(
            "\(name)_answers",
            columns: [
              SQLColumn("answer", SQLColumn.choice(branches, otherwise: answer(rule), comment: comment(rule)))
            ])
          return
        }
        if condition != "1 = 0" { branches.append(SQLBranch(condition, answer(rule), comment(rule))) }
      }
      steps.add("\(name)_answers", columns: [SQLColumn("answer", SQLColumn.choice(branches, otherwise: fallback))])
      return
    }
    guard compiled.ruleCount <= SQLSide.rules else {
      throw CaseProblem(
        "`\(side.decision.key)` has more than \(SQLSide.rules) rules that answer together, each of which is a column",
        help: "decide the cases with `ethos replay`")
    }
    steps.add(
      "\(name)_rules",
      columns: rules.map { rule in
        SQLColumn("r\(rule + 1)", condition(rule).map { "CASE WHEN \($0) THEN 1 ELSE 0 END" } ?? "1", comment(rule))
      })
    try addTogether(to: &steps)
  }

  private func addTogether(to steps: inout SQLSteps) throws(CaseProblem) {
    var branches = rules.prefix(compiled.guardCount).map { SQLBranch("r\($0 + 1) = 1", answer($0), comment($0)) }
    let others = Array(rules.dropFirst(compiled.guardCount))
    func column(_ rule: Int) -> String { "r\(rule + 1)" }
    func any(_ rules: [Int]) -> String { "\(SQLColumn.sum(rules.map(column))) > 0" }
    func finish(_ otherwise: String) {
      steps.add("\(name)_answers", columns: [SQLColumn("answer", SQLColumn.choice(branches, otherwise: otherwise))])
    }
    let failed = dialect.text(answers.text(.failed))
    let conflict = dialect.text(answers.text(.conflict))
    switch compiled.combination {
    case .first: break
    case .unique:
      if others.count > 1 { branches.append(SQLBranch("\(SQLColumn.sum(others.map(column))) > 1", conflict)) }
      branches += others.map { SQLBranch("\(column($0)) = 1", answer($0)) }
      finish(fallback)
    case .any:
      var groups: [(outcome: Outcome, rules: [Int])] = []
      for rule in others {
        let outcome = compiled.answer(ofRule: rule) ?? .failed
        if let known = groups.firstIndex(where: { $0.outcome == outcome }) {
          groups[known].rules.append(rule)
        } else {
          groups.append((outcome, [rule]))
        }
      }
      if let failing = groups.first(where: { $0.outcome == .failed }) {
        branches.append(SQLBranch(any(failing.rules), failed))
        groups.removeAll { $0.outcome == .failed }
      }
      if groups.count > 1 {
        let terms = groups.map { "CASE WHEN \(any($0.rules)) THEN 1 ELSE 0 END" }
        branches.append(SQLBranch("\(SQLColumn.sum(terms)) > 1", conflict))
      }
      branches += groups.map { SQLBranch(any($0.rules), dialect.text(answers.text($0.outcome))) }
      finish(fallback)
    case .count:
      if !others.isEmpty {
        let sum = SQLColumn.sum(others.map(column))
        branches.append(SQLBranch("\(sum) > 0", dialect.asText("(\(sum))")))
      }
      finish(fallback)
    case .list:
      let values = others.map { rule -> FEELValue? in
        if case .decided(let value)? = compiled.answer(ofRule: rule) { value } else { nil }
      }
      let failing = zip(others, values).filter { $0.1 == nil }.map(\.0)
      if !failing.isEmpty { branches.append(SQLBranch(any(failing), failed)) }
      let items = zip(others, values).compactMap { rule, value in
        value.map { "CASE WHEN \(column(rule)) = 1 THEN \(dialect.text("; " + answers.item($0))) ELSE '' END" }
      }
      steps.add("\(name)_lists", columns: [SQLColumn("list", SQLColumn.joined(items))])
      branches.append(SQLBranch("list <> ''", "'[' || substr(list, 3) || ']'"))
      finish(fallback)
    case .sum:
      try addSum(to: &steps, others, failed, &branches)
      finish(fallback)
    }
  }

  /// The sum of the answers as a whole number of their finest decimal, and that as text.
  private func addSum(
    to steps: inout SQLSteps, _ others: [Int], _ failed: String, _ branches: inout [SQLBranch]
  ) throws(CaseProblem) {
    var numbers: [(rule: Int, value: FEELNumber)] = []
    var failing: [Int] = []
    for rule in others {
      if case .decided(.number(let value))? = compiled.answer(ofRule: rule) {
        numbers.append((rule, value))
      } else {
        failing.append(rule)
      }
    }
    let decimals = numbers.map { max(0, -$0.value.exponent) }.max() ?? 0
    var scaled: [(rule: Int, value: Int64)] = []
    var magnitude: Int64 = 0
    for (rule, value) in numbers {
      let zeros = value.exponent + decimals
      guard zeros <= 15, decimals <= 15, value.coefficient <= 1_000_000_000_000_000,
        let units = Optional(
          (0..<zeros).reduce(Int64(value.coefficient)) { total, _ in
            total > 1_000_000_000_000_000 ? total : total * 10
          }), units <= 1_000_000_000_000_000
      else {
        throw CaseProblem(
          "the answer \(value) of `\(side.decision.key)` has more digits than are summed in SQL",
          help: "decide the cases with `ethos replay`")
      }
      magnitude += units
      scaled.append((rule, value.isNegative ? -units : units))
    }
    if !failing.isEmpty {
      branches.append(SQLBranch("\(SQLColumn.sum(failing.map { "r\($0 + 1)" })) > 0", failed))
    }
    guard !scaled.isEmpty else { return }
    let total = SQLColumn.sum(scaled.map { dialect.bigInteger("r\($0.rule + 1)") + " * \($0.value)" })
    steps.add("\(name)_sums", columns: [SQLColumn("total", total, "in units of the last decimal")])
    let power = (0..<decimals).reduce(Int64(1)) { power, _ in power * 10 }
    var text = dialect.asText("total")
    if decimals > 0 {
      let whole = dialect.asText("(\(dialect.quotient("abs(total)", power)))")
      let fraction = "substr(\(dialect.asText("(\(power) + abs(total) % \(power))")), 2)"
      let digits = dialect.trimmedRight(dialect.trimmedRight("(\(whole) || '.' || \(fraction))", of: "0"), of: ".")
      text = "CASE WHEN total < 0 THEN '-' ELSE '' END || \(digits)"
    }
    branches.append(SQLBranch("\(SQLColumn.sum(scaled.map { "r\($0.rule + 1)" })) > 0", text))
  }
}
