import EthosDecision
import EthosFEEL

/// One revision of the decision in a query: from the places of facts to its answer.
///
/// A fact that is missing, and that the rules might need, is tried with every value that they tell apart: the case has an
/// answer where all of them lead to the same one.
struct SQLSide {
  let side: RuleSide
  let compiled: CompiledDecision
  let facts: [SQLFact]
  let answers: SQLAnswers
  let dialect: SQLDialect
  /// `before` or `after`.
  let name: String
  /// The columns that pass through.
  let kept: [String]
  private let conditions: SQLConditions

  init(
    side: RuleSide, compiled: CompiledDecision, facts: [SQLFact], answers: SQLAnswers, dialect: SQLDialect,
    name: String,
    kept: [String], isPlain: Bool = false
  ) {
    self.side = side
    self.compiled = compiled
    self.facts = facts
    self.answers = answers
    self.dialect = dialect
    self.name = name
    self.kept = kept
    let axes = side.coders.indices.map { axis in
      let places = SQLSide.places(facts[side.coders[axis]].coder).filter { side.atoms[side.offsets[axis] + $0] >= 0 }
      let fact = facts[side.coders[axis]]
      let column = SQLSide.column(axis, side, facts)
      return SQLConditions.Axis(
        places: places,
        masks: places.map { place in
          let start = (side.offsets[axis] + place) * side.words
          return side.masks[start..<start + side.words]
        }, test: { isPlain ? fact.holds($0, among: $1) : SQLConditions.test(column, $0, among: $1) })
    }
    conditions = SQLConditions(axes, rules: compiled.ruleCount)
  }

  // MARK: - Places

  private func atom(_ axis: Int, _ place: Int) -> Int32 { side.atoms[side.offsets[axis] + place] }

  /// The places that occur: the last one only where there is a step.
  func places(_ axis: Int) -> Range<Int> { SQLSide.places(facts[side.coders[axis]].coder) }

  private static func places(_ coder: FactCoder) -> Range<Int> {
    0..<(coder.step == nil ? coder.placeCount - 1 : coder.placeCount)
  }

  /// Whether the side needs a fact that may be missing.
  private func isNeeded(_ axis: Int) -> Bool { atom(axis, 0) < 0 }

  /// The column that a rule asks: the place of the fact, or that which is tried for it.
  private static func column(_ axis: Int, _ side: RuleSide, _ facts: [SQLFact]) -> String {
    let fact = facts[side.coders[axis]]
    return side.atoms[side.offsets[axis]] < 0 ? "g\(fact.number)" : fact.place
  }

  private func column(_ axis: Int) -> String { SQLSide.column(axis, side, facts) }

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
  private func condition(_ rule: Int) -> String? { conditions.texts[rule] }

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
    var joined = ""
    for axis in needed {
      let fact = facts[side.coders[axis]]
      guard tried.contains(axis) else {
        columns.append(SQLColumn(column(axis), "s.\(fact.place)", "no value of \(fact.coder.input) is allowed"))
        continue
      }
      columns.append(SQLColumn(column(axis), "COALESCE(m\(fact.number).place, s.\(fact.place))", fact.coder.input))
      let values = choices(axis)
      guard !values.isEmpty else { continue }
      joined +=
        "\n  LEFT JOIN \(steps.add("\(name)_values_\(fact.number)", values: values)) AS m\(fact.number)"
        + "\n    ON s.\(fact.place) = 0 AND s.state = 'decided'\(isFew)"
    }
    if !isBounded { columns.append(SQLColumn("tries", count, "how often missing facts are tried")) }
    steps.add("\(name)_tries", columns: columns, joined: joined)
    try addAnswer(to: &steps)
    addSide(to: &steps, needed, tried, isBounded: isBounded)
  }

  /// The answers of cases whose facts are all there and allowed, by comparisons of the columns themselves.
  func addPlain(to steps: inout SQLSteps, as column: String) throws(CaseProblem) {
    steps.isComputed = compiled.combination != .first
    try addAnswer(to: &steps)
    steps.isComputed = true
    let failed = dialect.text(answers.text(.failed))
    steps.add(name, columns: [SQLColumn(column, "COALESCE(answer, \(failed))")], computed: false)
  }

  private func addSide(to steps: inout SQLSteps, _ needed: [Int], _ tried: [Int], isBounded: Bool) {
    let failed = dialect.text(answers.text(.failed))
    var branches: [SQLBranch] = []
    for axis in side.coders.indices {
      let refused = refused(axis)
      guard !refused.isEmpty else { continue }
      branches.append(
        SQLBranch(
          SQLConditions.test(facts[side.coders[axis]].place, refused, among: Array(places(axis))), failed, "not allowed"
        ))
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
    steps.add(name, kept, [column], from: "\(steps.last)\n  GROUP BY \(group)")
  }

  // MARK: - Answers

  private var rules: [Int] { Array(0..<compiled.ruleCount) }

  /// The answer of a rule by itself.
  ///
  /// A refusal is none: a value that is refused is not tried.
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
    try addTogether(to: &steps)
  }

  private func holds(_ rule: Int) -> String { condition(rule) ?? "1 = 1" }

  /// The number of the first rule that holds, by numbers that the rules are given; 0 where none does.
  private func firstHeld(_ rules: [(rule: Int, number: Int)]) -> String {
    var branches: [SQLBranch] = []
    for (rule, number) in rules {
      let condition = condition(rule)
      if condition == "1 = 0" { continue }
      branches.append(SQLBranch(condition ?? "1 = 1", "\(number)", comment(rule)))
      if condition == nil { break }
    }
    return SQLColumn.choice(branches, otherwise: "0")
  }

  private func terms(_ rules: [Int], _ value: (Int) -> String, otherwise: String) -> [String] {
    rules.compactMap { rule in
      let condition = condition(rule)
      if condition == "1 = 0" { return nil }
      return condition.map { "CASE WHEN \($0) THEN \(value(rule)) ELSE \(otherwise) END" } ?? value(rule)
    }
  }

  private func addTogether(to steps: inout SQLSteps) throws(CaseProblem) {
    var branches: [SQLBranch] = []
    for rule in rules.prefix(compiled.guardCount) where holds(rule) != "1 = 0" {
      branches.append(SQLBranch(holds(rule), answer(rule), comment(rule)))
    }
    let others = Array(rules.dropFirst(compiled.guardCount))
    func finish() {
      steps.add("\(name)_answers", columns: [SQLColumn("answer", SQLColumn.choice(branches, otherwise: fallback))])
    }
    let failed = dialect.text(answers.text(.failed))
    switch compiled.combination {
    case .first: break
    case .unique, .any: addOne(to: &steps, others, &branches)
    case .count:
      if !others.isEmpty {
        steps.add(
          "\(name)_counts",
          columns: [SQLColumn("total", SQLColumn.sum(terms(others, { _ in "1" }, otherwise: "0")), "rules that hold")])
        branches.append(SQLBranch("total > 0", dialect.asText("total")))
      }
    case .list:
      let values = others.map { rule -> FEELValue? in
        if case .decided(let value)? = compiled.answer(ofRule: rule) { value } else { nil }
      }
      let failing = zip(others, values).filter { $0.1 == nil }.map(\.0)
      if !failing.isEmpty { branches.append(SQLBranch(SQLColumn.any(failing.map(holds)), failed)) }
      let listed = Dictionary(uniqueKeysWithValues: zip(others, values))
      let items = terms(
        others.filter { !failing.contains($0) },
        { rule in dialect.text("; " + ((listed[rule] ?? nil).map(answers.item) ?? "")) }, otherwise: "''")
      steps.add("\(name)_lists", columns: [SQLColumn("list", SQLColumn.joined(items))])
      branches.append(SQLBranch("list <> ''", "'[' || substr(list, 3) || ']'"))
    case .sum: try addSum(to: &steps, others, failed, &branches)
    }
    finish()
  }

  /// The answer where one rule holds, or all that hold answer alike.
  ///
  /// Rules are numbered by their answers, those that fail first; what holds lies between the least of these numbers and
  /// the greatest.
  private func addOne(to steps: inout SQLSteps, _ others: [Int], _ branches: inout [SQLBranch]) {
    var groups: [(outcome: Outcome, rules: [Int])] = [(.failed, [])]
    var places: [Outcome: Int] = [.failed: 0]
    for rule in others {
      let outcome = compiled.answer(ofRule: rule) ?? .failed
      if let known = places[outcome] {
        groups[known].rules.append(rule)
      } else {
        places[outcome] = groups.count
        groups.append((outcome, [rule]))
      }
    }
    let isUnique = compiled.combination == .unique
    var numbered: [(rule: Int, number: Int)] = []
    var bounds: [SQLBound] = []
    var failing = 0
    for (place, group) in groups.enumerated() where !group.rules.isEmpty {
      for rule in group.rules { numbered.append((rule, isUnique ? numbered.count + 1 : place + 1)) }
      guard let last = numbered.last?.number else { continue }
      if group.outcome == .failed { failing = last }
      bounds.append(
        SQLBound(constant: "\(last)", isWithin: true, place: dialect.text(answers.text(group.outcome))))
    }
    guard !numbered.isEmpty else { return }
    steps.add(
      "\(name)_rules",
      columns: [
        SQLColumn("least", firstHeld(numbered), "the first that holds, by answer"),
        SQLColumn("most", firstHeld(numbered.reversed()), "the last"),
      ])
    if !isUnique, failing > 0 {
      branches.append(SQLBranch("least BETWEEN 1 AND \(failing)", dialect.text(answers.text(.failed))))
    }
    branches.append(SQLBranch("least <> most", dialect.text(answers.text(.conflict))))
    branches.append(SQLBranch("least > 0", SQLColumn.placed("least", bounds[...], otherwise: "NULL")))
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
    if !failing.isEmpty { branches.append(SQLBranch(SQLColumn.any(failing.map(holds)), failed)) }
    guard !scaled.isEmpty else { return }
    let units = Dictionary(uniqueKeysWithValues: scaled.map { ($0.rule, $0.value) })
    let summed = scaled.map(\.rule)
    let total = SQLColumn.sum(
      terms(summed, { dialect.bigInteger("\(units[$0] ?? 0)") }, otherwise: dialect.bigInteger("0")))
    steps.add(
      "\(name)_sums",
      columns: [
        SQLColumn("total", total, "in units of the last decimal"),
        SQLColumn("held", firstHeld(summed.map { ($0, 1) }), "whether any holds"),
      ])
    let power = (0..<decimals).reduce(Int64(1)) { power, _ in power * 10 }
    var text = dialect.asText("total")
    if decimals > 0 {
      let whole = dialect.asText("(\(dialect.quotient("abs(total)", power)))")
      let fraction = "substr(\(dialect.asText("(\(power) + abs(total) % \(power))")), 2)"
      let digits = dialect.trimmedRight(dialect.trimmedRight("(\(whole) || '.' || \(fraction))", of: "0"), of: ".")
      text = "CASE WHEN total < 0 THEN '-' ELSE '' END || \(digits)"
    }
    branches.append(SQLBranch("held > 0", text))
  }
}
