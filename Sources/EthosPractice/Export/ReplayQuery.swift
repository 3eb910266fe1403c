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
  ///
  /// `by` names columns by whose values cases are counted too. Where the columns are `typed`, they have the types of their
  /// facts, and are compared as they are.
  package init(
    before: Side, after: Side, mapping: CaseMapping, table: SQLTable, dialect: SQLDialect, by: [String] = [],
    typed: Bool = false
  ) throws(CaseProblem) {
    let named = [before, after]
    let read = try SideReading.all(named.map(\.side))
    for (one, name) in zip(read, named.map(\.name)) { try ReplayQuery.check(one, at: name) }
    let inputs = SideReading.inputs(of: read)
    let columns = try mapping.columns(of: inputs, sides: read.map(\.inputs))
    var made = CoderSet()
    let (coders, sides) = made.ready(read, [mapping, mapping]) { _, name in
      inputs.firstIndex { $0.name == name }.flatMap { columns[$0] == nil ? nil : $0 }
    }
    var facts: [SQLFact] = []
    for (number, coder) in coders.enumerated() {
      facts.append(
        try SQLFact(
          coder, dialect, number: number + 1, textNumber: (coder.column ?? 0) + 1, typed: typed,
          alike: RuleSide.alike(sides, coder: number, of: coder)))
    }
    try ReplayQuery.check(facts, by, dialect)

    var steps = SQLSteps(dialect, besides: table)
    let source = try table.text(dialect)
    // An input may be read in two ways, by two coders: its text, and its column as it is.
    let isText = inputs.indices.map { place in facts.contains { $0.coder.column == place && !$0.isTyped } }
    var texts: [SQLColumn] = []
    for (place, input) in inputs.enumerated() {
      guard let name = columns[place] else { continue }
      let column = "c." + (try dialect.identifier(name))
      if isText[place] { texts.append(SQLColumn("c\(place + 1)", dialect.bytewise(column), input.name)) }
      guard let fact = facts.first(where: { $0.coder.column == place && $0.isTyped }) else { continue }
      texts.append(
        SQLColumn("x\(place + 1)", fact.coder.type == .string ? dialect.typedText(column) : column, input.name))
      if dialect == .postgres {
        texts.append(
          SQLColumn("y\(place + 1)", "(SELECT CAST(pg_typeof(\(column)) AS text) FROM \(source) AS c LIMIT 1)"))
      }
    }
    for (number, name) in by.enumerated() {
      let text = dialect.bytewise("c." + (try dialect.identifier(name)))
      texts.append(SQLColumn("u\(number + 1)", "COALESCE(\(text), '')", "the value of \(name)"))
    }
    let computed = isText.contains(true)
    steps.add("columns", [], texts + [SQLColumn("one", "1")], from: "\(source) AS c", computed: computed)
    // Where all columns are compared as they are, cases that lack nothing are decided at once.
    var plain = facts.isEmpty || !facts.allSatisfy(\.isTyped) ? nil : ReplayQuery.sound(facts, sides)
    if let sound = plain, dialect == .postgres {
      var declared: [(String, FEELType)] = []
      for fact in facts {
        guard let name = fact.coder.column.flatMap({ columns[$0] }) else { continue }
        declared.append(("c." + (try dialect.identifier(name)), fact.coder.type))
      }
      plain = "\(SQLTyped.areDeclared(declared, of: source))\n    AND \(sound)"
    }
    if let plain {
      let isRest = "\n  WHERE CASE WHEN \(plain) THEN 0 ELSE 1 END = 1"
      steps.add(
        "rest", texts.map { "s.\($0.name)" } + ["s.one"], [], from: "\(steps.last) AS s\(isRest)", computed: false)
    }
    steps.add(
      "texts",
      columns: inputs.indices.filter { isText[$0] }.map { place in
        SQLColumn(
          "t\(place + 1)", ReplayQuery.translated(place + 1, mapping.translations[inputs[place].name] ?? [:], dialect),
          inputs[place].name)
      })
    let lists = facts.map(\.steps)
    for level in 0..<(lists.map(\.count).max() ?? 0) {
      let columns = lists.flatMap { $0.indices.contains(level) ? $0[level] : [] }
      steps.add("values_\(level + 1)", columns: columns)
    }
    steps.add("places", columns: facts.map(\.column), computed: computed)
    let segments = by.indices.map { "u\($0 + 1)" }
    let places = ["one"] + segments + facts.map(\.place)
    steps.add(
      "cases", places, [SQLColumn("cases", "COUNT(*)")],
      from: "\(steps.last)\n  GROUP BY \(places.joined(separator: ", "))")

    let answers = SQLAnswers(zip(sides, read).compactMap { side, one in one.compiled.map { (side.decision, $0) } })
    var kept = places + ["cases", "state"]
    var written: [SQLSide] = []
    for (side, name) in zip(sides, ["before", "after"]) {
      guard let compiled = side.compiled else { continue }
      written.append(
        SQLSide(
          side: side, compiled: compiled, facts: facts, answers: answers, dialect: dialect, name: name,
          kept: kept))
      kept.append(name)
    }
    steps.add("states", columns: [ReplayQuery.state(written, inputs, facts)])
    for side in written { try side.add(to: &steps) }
    let isDecided = "s.state = 'decided' AND s.before IS NOT NULL AND s.after IS NOT NULL"
    steps.add(
      "kinds", (["cases"] + segments).map { "s.\($0)" },
      [
        SQLColumn(
          "kind",
          "CASE WHEN s.state <> 'decided' THEN s.state WHEN \(isDecided) THEN 'decided' ELSE 'incomplete' END"),
        SQLColumn("before", "CASE WHEN \(isDecided) THEN s.before END"),
        SQLColumn("after", "CASE WHEN \(isDecided) THEN s.after END"),
      ], from: "\(steps.last) AS s")
    if let plain {
      let general = steps.last
      steps.add("plain_columns", [], texts, from: "\(source) AS c", computed: false)
      steps.add(
        "plain", texts.map { "s.\($0.name)" }, [], from: "\(steps.last) AS s\n  WHERE \(plain)", computed: false)
      for (side, name) in zip(sides, ["before", "after"]) {
        guard let compiled = side.compiled else { continue }
        let one = SQLSide(
          side: side, compiled: compiled, facts: facts, answers: answers, dialect: dialect, name: "plain_\(name)",
          kept: [],
          isPlain: true)
        try one.addPlain(to: &steps, as: name)
      }
      let kept = segments + ["before", "after"]
      steps.add(
        "plain_cases", kept, [SQLColumn("cases", "COUNT(*)")],
        from: "\(steps.last)\n  GROUP BY \(kept.joined(separator: ", "))", computed: false)
      let names = (segments + ["before", "after", "cases"]).joined(separator: ", ")
      steps.add(
        "all", (segments + ["before", "after", "cases", "kind"]).map { "s.\($0)" }, [],
        from: "(SELECT \(names), kind FROM \(general) UNION ALL SELECT \(names), 'decided' FROM \(steps.last)) AS s")
    }
    let head = ReplayQuery.head(before, after, dialect, facts, by)
    text = """
      \(head.map(SQLDialect.comment).joined(separator: "\n"))
      \(steps.text(ReplayQuery.counted(steps.last, by, dialect)))

      """
  }

  /// Whether a case has all facts, with values that every side allows.
  private static func sound(_ facts: [SQLFact], _ sides: [RuleSide]) -> String {
    facts.enumerated().map { number, fact in
      let allowed = (0..<fact.coder.placeCount).filter { place in
        sides.allSatisfy { side in
          side.coders.indices.allSatisfy { side.coders[$0] != number || side.atoms[side.offsets[$0] + place] >= 0 }
        }
      }
      return fact.isSound(allowed)
    }.joined(separator: "\n    AND ")
  }

  /// What is asked of the last step: the cases of each kind, all together and by the values of each column.
  private static func counted(_ last: String, _ by: [String], _ dialect: SQLDialect) -> String {
    let count = "\(dialect.bigInteger("SUM(cases)")) AS cases"
    guard !by.isEmpty else {
      return """
        SELECT kind, before, after, \(count)
        FROM \(last)
        GROUP BY kind, before, after
        ORDER BY 1, 4 DESC, 2, 3
        """
    }
    let nothing = dialect.asText("NULL")
    var parts = [
      """
        SELECT 0 AS part, \(nothing) AS segment, \(nothing) AS segment_value, kind, before, after, \(count)
        FROM \(last)
        GROUP BY kind, before, after
      """
    ]
    for (number, name) in by.enumerated() {
      parts.append(
        """
          SELECT \(number + 1), \(dialect.text(name)), u\(number + 1), kind, before, after, \(count)
          FROM \(last)
          WHERE kind <> 'malformed'
          GROUP BY u\(number + 1), kind, before, after
        """)
    }
    return """
      SELECT segment, segment_value, kind, before, after, cases
      FROM (
      \(parts.joined(separator: "\n  UNION ALL\n"))
      ) AS parts
      ORDER BY part, segment_value, kind, cases DESC, before, after
      """
  }

  // MARK: - What has no exact SQL

  /// What an engine refuses at its limit is refused before, with the limit.
  ///
  /// A fact has at most seven columns in a step.
  private static func check(_ facts: [SQLFact], _ by: [String], _ dialect: SQLDialect) throws(CaseProblem) {
    let columns = 7 * facts.count + by.count + 8
    guard columns <= dialect.columns else {
      throw CaseProblem(
        "\(facts.count) facts need \(columns) columns in a step of the query, and \(dialect.name) has at most \(dialect.columns)",
        help: "decide the cases with `ethos replay`")
    }
    var seen: Set<FEELText> = []
    for name in by where !seen.insert(FEELText(name)).inserted {
      throw CaseProblem("cases are grouped by `\(name)` twice", help: "name each column once")
    }
  }

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
    var branches = [SQLBranch("c\(number) = ''", "NULL")]
    for (text, value) in translations.sorted(by: { FEELText.precedes($0.key, $1.key) })
    where !text.isEmpty && !text.unicodeScalars.contains("\0") {
      branches.append(SQLBranch("c\(number) = \(dialect.text(text))", value == "null" ? "NULL" : dialect.text(value)))
    }
    return SQLColumn.choice(branches, otherwise: "c\(number)")
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
          return SQLConditions.test(fact.place, refused, among: [-2, -1] + Array(side.places(axis)))
        }
        if tests.isEmpty { isEverywhere = false }
        let part = tests.count == 1 ? tests[0] : "(\(tests.joined(separator: " OR ")))"
        if !parts.contains(part) { parts.append(part) }
      }
      guard isEverywhere, !parts.isEmpty else { continue }
      branches.append(SQLBranch(parts.joined(separator: " AND "), "'malformed'", "\(input.name) is not allowed"))
    }
    for fact in facts where fact.mayBeUnknown {
      branches.append(
        SQLBranch("\(fact.place) = \(SQLFact.Place.unknown)", "'undecided'", "\(fact.coder.input) is not compared here")
      )
    }
    return SQLColumn("state", SQLColumn.choice(branches, otherwise: "'decided'"))
  }

  private static func head(
    _ before: Side, _ after: Side, _ dialect: SQLDialect, _ facts: [SQLFact], _ by: [String]
  ) -> [String] {
    func named(_ side: Side) -> String { side.name + (side.commit.map { " (commit \($0))" } ?? "") }
    let typed = facts.filter(\.isTyped)
    let read = facts.filter { $0.coder.column != nil && !$0.isTyped }
    var lines = [
      "\(after.side.key): recorded cases under two revisions, for \(dialect.name). Written by ethos.",
      "before: \(named(before))", "after:  \(named(after))", "",
      "Counts what `ethos replay` counts, from the text of each column: NULL and '' are missing facts.",
      "kind 'decided': cases that both revisions decide, by answer. 'incomplete': a fact is missing that the rules need.",
      "'malformed': a value is not of its type, not allowed, or no multiple of its step.",
    ]
    if !typed.isEmpty {
      lines.append("Compared by the type that their column has: \(typed.map(\.coder.input).joined(separator: ", ")).")
      if !read.isEmpty {
        lines.append(
          "Read from the text of their column all the same: \(read.map(\.coder.input).joined(separator: ", ")).")
      }
    }
    if !by.isEmpty {
      lines.append("Rows without a segment count all cases, the others those with one value in a column; none of them")
      lines.append("counts malformed cases, as in replay.")
    }
    var undecided: [String] = []
    if !typed.isEmpty {
      undecided.append("columns of another type than their fact's, 32-bit floating numbers among them")
    }
    for text in facts.compactMap(\.undecidedNumbers) where !undecided.contains(text) { undecided.append(text) }
    if typed.contains(where: { $0.coder.step != nil }) {
      undecided.append("numbers with a step that have 15 digits or more")
    }
    if facts.contains(where: { $0.coder.type == .date }) { undecided.append("days outside of the years 1 to 9999") }
    if !undecided.isEmpty {
      lines.append(
        "'undecided': what this query does not compare, where replay does. Where there are none of these rows,")
      lines.append("the counts are those of replay:")
      lines += undecided.map { "  \($0)" }
    }
    lines.append(
      "What a file has wrong as a whole, such as records cut off, a table does not show: replay counts it malformed.")
    return lines
  }
}
