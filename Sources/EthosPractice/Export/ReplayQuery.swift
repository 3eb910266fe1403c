package import EthosDecision
import EthosFEEL

/// One query over a table of recorded cases that counts what `replay` counts: who is decided otherwise under another
/// revision.
///
/// The way of a case is that of the engine: each fact becomes a place among the constants of all rules, equal cases are
/// counted together, and each side decides places. So nothing depends on SQL's own comparisons of nulls, decimals and texts.
package struct ReplayQuery: Sendable {
  package let text: String

  /// A revision as it is called in the query's head.
  package struct Side: Sendable {
    package var side: DecisionSide
    package var name: String
    package var commit: String?

    package init(_ side: DecisionSide, name: String, commit: String?) {
      self.side = side
      self.name = name
      self.commit = commit
    }
  }

  /// Writes the query; throws where a part of the decision has no exact SQL.
  package init(
    before: Side, after: Side, mapping: CaseMapping, table: SQLTable, dialect: SQLDialect
  ) throws(CaseProblem) {
    let named = [before, after]
    let read = try SideReading.all(named.map(\.side))
    for (one, name) in zip(read, named.map(\.name)) { try ReplayQuery.check(one, at: name) }
    let inputs = SideReading.inputs(of: read)
    let columns = try mapping.columns(of: inputs)
    var made = CoderSet()
    let (coders, sides) = made.ready(read, [mapping, mapping]) { _, name in
      inputs.firstIndex { $0.name == name }.flatMap { columns[$0] == nil ? nil : $0 }
    }
    var facts: [SQLFact] = []
    for (number, coder) in coders.enumerated() {
      facts.append(try SQLFact(coder, dialect, number: number + 1, textNumber: (coder.column ?? 0) + 1))
    }

    var steps = SQLSteps(dialect, besides: table)
    var texts: [SQLColumn] = []
    for (place, input) in inputs.enumerated() {
      guard let column = columns[place] else { continue }
      texts.append(SQLColumn("x\(place + 1)", dialect.bytewise("c." + (try dialect.identifier(column))), input.name))
    }
    let source = try table.text(dialect)
    steps.add("columns", SQLSteps.select([], texts + [SQLColumn("one", "1")], from: "\(source) AS c"))
    steps.add(
      "texts",
      columns: inputs.indices.filter { columns[$0] != nil }.map { place in
        SQLColumn(
          "t\(place + 1)", ReplayQuery.translated(place + 1, mapping.translations[inputs[place].name] ?? [:], dialect),
          inputs[place].name)
      })
    let lists = facts.map { $0.coder.column == nil ? [] : $0.steps }
    for level in 0..<(lists.map(\.count).max() ?? 0) {
      let columns = lists.flatMap { $0.indices.contains(level) ? $0[level] : [] }
      steps.add("values_\(level + 1)", columns: columns)
    }
    steps.add("places", SQLSteps.select(["s.one"], facts.map(\.column), from: "\(steps.last) AS s\(dialect.fence)"))
    let places = ["one"] + facts.map(\.place)
    steps.add(
      "cases",
      SQLSteps.select(
        places, [SQLColumn("cases", "COUNT(*)")], from: "\(steps.last)\n  GROUP BY \(places.joined(separator: ", "))"))

    let answers = SQLAnswers(zip(sides, read).compactMap { side, one in one.compiled.map { (side.decision, $0) } })
    var kept = places + ["cases", "state"]
    var written: [SQLSide] = []
    for (side, name) in zip(sides, ["before", "after"]) {
      guard let compiled = side.compiled else { continue }
      written.append(
        SQLSide(
          side: side, compiled: compiled, coders: coders, facts: facts, answers: answers, dialect: dialect, name: name,
          kept: kept))
      kept.append(name)
    }
    steps.add("states", columns: [ReplayQuery.state(written, inputs, facts)])
    for side in written { try side.add(to: &steps) }
    let isDecided = "s.state = 'decided' AND s.before IS NOT NULL AND s.after IS NOT NULL"
    steps.add(
      "kinds",
      SQLSteps.select(
        ["s.cases"],
        [
          SQLColumn(
            "kind",
            "CASE WHEN s.state <> 'decided' THEN s.state WHEN \(isDecided) THEN 'decided' ELSE 'incomplete' END"),
          SQLColumn("before", "CASE WHEN \(isDecided) THEN s.before END"),
          SQLColumn("after", "CASE WHEN \(isDecided) THEN s.after END"),
        ], from: "\(steps.last) AS s"))
    let head = ReplayQuery.head(before, after, dialect, facts)
    text = """
      \(head.map(SQLDialect.comment).joined(separator: "\n"))
      \(steps.text)
      SELECT kind, before, after, \(dialect.bigInteger("SUM(cases)")) AS cases
      FROM \(steps.last)
      GROUP BY kind, before, after
      ORDER BY 1, 4 DESC, 2, 3

      """
  }

  // MARK: - What has no exact SQL

  private static func check(_ read: SideReading, at name: String) throws(CaseProblem) {
    let help = "decide the cases with `ethos replay`"
    guard let compiled = read.compiled else {
      throw CaseProblem(
        "`\(read.side.key)` at `\(name)` has no exact SQL: \(read.obstacle ?? "it is no grid of facts")", help: help)
    }
    for rule in 0..<compiled.ruleCount {
      guard let part = compiled.openPart(ofRule: rule) else { continue }
      let row = compiled.row(ofRule: rule).flatMap { row in
        read.decision.table.rules.indices.contains(row) ? read.decision.table.rules[row].id ?? "row \(row + 1)" : nil
      }
      throw CaseProblem(
        "rule `\(row ?? "-")` of `\(read.side.key)` at `\(name)` has no exact SQL: `\(part)` is FEEL over facts, and no test of one fact against constants",
        help: help)
    }
    guard compiled.fallback != nil else {
      throw CaseProblem(
        "the default of `\(read.side.key)` at `\(name)` has no exact SQL: it is FEEL over facts", help: help)
    }
  }

  // MARK: - Parts

  /// The text of a fact: null where it is missing, and what a translation makes of it.
  private static func translated(_ number: Int, _ translations: [String: String], _ dialect: SQLDialect) -> String {
    var branches = [SQLBranch("x\(number) = ''", "NULL")]
    for (text, value) in translations.sorted(by: { FEELText.precedes($0.key, $1.key) })
    where !text.isEmpty && !text.unicodeScalars.contains("\0") {
      branches.append(SQLBranch("x\(number) = \(dialect.text(text))", value == "null" ? "NULL" : dialect.text(value)))
    }
    return SQLColumn.choice(branches, otherwise: "x\(number)")
  }

  /// Whether a case is one that both sides are asked: a fact that cannot be read, or that no side allows, makes it
  /// malformed.
  private static func state(
    _ sides: [SQLSide], _ inputs: [DecisionTable.Input], _ facts: [SQLFact]
  ) -> SQLColumn {
    var branches: [SQLBranch] = []
    for fact in facts where fact.coder.column != nil {
      branches.append(
        SQLBranch("\(fact.place) = \(SQLFact.Place.unreadable)", "'malformed'", "\(fact.coder.input) cannot be read"))
    }
    for input in inputs {
      // On each side that asks for it, the tests by which it is refused there.
      var parts: [String] = []
      var isEverywhere = true
      for side in sides {
        let axes = side.side.inputs.indices.filter { side.side.inputs[$0].name == input.name }
        guard !axes.isEmpty else { continue }
        let tests = axes.compactMap { axis -> String? in
          let refused = side.refused(axis)
          guard !refused.isEmpty else { return nil }
          let fact = facts[side.side.coders[axis]]
          return SQLSide.test(fact.place, refused, among: [-2, -1] + Array(side.places(axis)))
        }
        if tests.isEmpty { isEverywhere = false }
        let part = tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " OR ")))"
        if !parts.contains(part) { parts.append(part) }
      }
      guard isEverywhere, !parts.isEmpty else { continue }
      branches.append(SQLBranch(parts.joined(separator: " AND "), "'malformed'", "\(input.name) is not allowed"))
    }
    for fact in facts where fact.coder.column != nil && [.number, .date].contains(fact.coder.type) {
      branches.append(
        SQLBranch("\(fact.place) = \(SQLFact.Place.unknown)", "'undecided'", "\(fact.coder.input) is not compared here")
      )
    }
    return SQLColumn("state", SQLColumn.choice(branches, otherwise: "'decided'"))
  }

  private static func head(
    _ before: Side, _ after: Side, _ dialect: SQLDialect, _ facts: [SQLFact]
  ) -> [String] {
    func named(_ side: Side) -> String { side.name + (side.commit.map { " (commit \($0))" } ?? "") }
    let numbers = facts.filter { $0.coder.type == .number }
    var lines = [
      "\(after.side.key): recorded cases under two revisions, for \(dialect.name). Written by ethos.",
      "before: \(named(before))", "after:  \(named(after))", "",
      "Counts what `ethos replay` counts, from the text of each column: NULL and '' are missing facts.",
      "kind 'decided': cases that both revisions decide, by answer. 'incomplete': a fact is missing that the rules need.",
      "'malformed': a value is not of its type, not allowed, or no multiple of its step.",
    ]
    if numbers.isEmpty, !facts.contains(where: { $0.coder.type == .date }) {
      lines.append(
        "What a file has wrong as a whole, such as records cut off, a table does not show: replay counts it malformed.")
      return lines
    }
    lines.append("'undecided': what this query does not compare, where replay does:")
    if let digits = numbers.map(\.wholeDigits).min() {
      lines.append(
        "  numbers with an exponent, more than \(digits) digits before the point, or more than \(FEELNumber.precision) digits that count,"
      )
    }
    lines.append(
      "  and days outside of the years 1 to 9999. Where there are none of these rows, the counts are those of replay.")
    lines.append(
      "What a file has wrong as a whole, such as records cut off, a table does not show: replay counts it malformed.")
    return lines
  }
}
