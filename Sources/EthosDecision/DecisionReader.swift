import EthosFEEL
package import EthosModel
import EthosText

/// Reads a decision's file: parses its cells, and says what is wrong in them, at the cell.
///
/// Cells of a column with the same text are parsed once. Costs a pass over the cells and the parsing of the distinct ones.
package struct DecisionReader {
  private let document: Document
  private let fields: Record
  private var found: [Diagnostic] = []
  private var known: [CellKey: NumberedTests] = [:]
  private var cells = TableCells()
  /// The names that cells of a column may use.
  private var namesByWords: [[String]: FEELNames] = [:]
  private var answers: [CellKey: ReadAnswer] = [:]
  /// What rules may answer.
  private var ruleDomain = AnswerDomain()

  private struct NumberedTests {
    var tests: FEELUnaryTests
    var number: Int
  }

  private struct ReadAnswer {
    var expression: FEELExpression
    /// Why it may not be given.
    var problem: FEELProblem?
  }

  private struct CellKey: Hashable {
    var column: Int
    var text: FEELText
  }

  private init(_ document: Document) {
    self.document = document
    fields = document.fields
  }

  /// The decision of a document of the kind `decision`.
  package static func read(_ document: Document) -> Decision {
    var reader = DecisionReader(document)
    return reader.decision()
  }

  private mutating func decision() -> Decision {
    let uses = readUses()
    let useNames = uses.map(\.name)
    var inputs = (fields["inputs"]?.list ?? []).compactMap { readInput($0) }
    let factCount = inputs.count
    let facts = inputs.map(\.name)
    let rows = fields["rules"]?.list ?? []
    let columns = Set(rows.flatMap { ($0.record?.names ?? []).map { FEELText(Prose.collapsed($0)) } })
    for use in uses where columns.contains(FEELText(use.name)) && !facts.contains(use.name) {
      inputs.append(
        DecisionTable.Input(name: use.name, expression: FEELExpression(.name(use.name), Span(0, 0))))
    }
    let outputs = (fields["outputs"]?.list ?? []).compactMap { readOutput($0, facts + useNames) }
    let policy = fields["hitPolicy"]?.text.flatMap { HitPolicy(name: Prose.collapsed($0)) } ?? .unique
    var table = DecisionTable(inputs: inputs, outputs: outputs, hitPolicy: policy, rules: [])
    table.holdsAnswers = true
    ruleDomain = table.domain(of: .rule)
    checkDefault(table)
    table.rules = rows.compactMap { row in row.record.map { rule($0, row.span, table, facts + useNames) } }
    table.cells = cells
    checkPolicy(table)
    let assertions = (fields["assert"]?.list ?? []).compactMap { readAssertion($0, table, facts + useNames) }
    let examples = (fields["examples"]?.list ?? []).compactMap { readExample($0, table) }
    return Decision(
      key: document.key, title: document.title, question: fields["question"]?.text.map(Prose.collapsed) ?? "",
      table: table, factCount: factCount, uses: uses, assertions: assertions, examples: examples,
      diagnostics: found.sorted(by: Diagnostic.precedes), hasUnreadableFields: document.hasErrors)
  }

  // MARK: - What it uses, asks and answers

  private mutating func readUses() -> [Decision.Use] {
    (fields["uses"]?.record?.entries ?? []).compactMap { entry in
      guard let text = entry.value.text, let reference = try? Reference(parsing: text) else { return nil }
      let name = Prose.collapsed(entry.name)
      if reference.key.kind == .limit {
        let bound: String? = if case .name(let bound)? = reference.path.segments.first { bound } else { nil }
        return Decision.Use(name: name, source: .limit(reference.key), bound: bound)
      }
      guard case .name(let output)? = reference.path.segments.first else { return nil }
      return Decision.Use(name: name, source: .output(reference.key, name: output))
    }
  }

  private mutating func readInput(_ node: Node) -> DecisionTable.Input? {
    guard let record = node.record, let name = record["name"]?.text.map(Prose.collapsed) else { return nil }
    let type = type(record["type"])
    let step = step(record["step"])
    if step != nil, type != .number {
      add(
        "step-invalid", "only a number has a step, and `\(name)` is a \(type)", record["step"]?.span, help: "remove it")
    }
    return DecisionTable.Input(
      name: name, expression: FEELExpression(.name(name), Span(0, 0)), type: type,
      allowed: allowed(record["allowed"]), step: step, isNullable: record["nullable"]?.boolean ?? false)
  }

  private mutating func readOutput(_ node: Node, _ names: [String]) -> DecisionTable.Output? {
    guard let record = node.record, let name = record["name"]?.text.map(Prose.collapsed) else { return nil }
    var output = DecisionTable.Output(name: name, type: type(record["type"]), allowed: allowed(record["allowed"]))
    output.priorities = output.allowed?.constantValues ?? []
    output.strictest =
      switch record["strictest"]?.text {
      case "first": .first
      case "last": .last
      default: nil
      }
    if let cell = fields["default"]?.record?[name], let text = cell.text {
      output.fallback = parseAnswer(text, cell.span, names, BareWords(output.allowed))
    }
    return output
  }

  private func type(_ node: Node?) -> FEELType {
    node?.text.flatMap { FEELType(parsing: Prose.collapsed($0)) } ?? .any
  }

  private mutating func step(_ node: Node?) -> FEELNumber? {
    guard let number = node?.number else { return nil }
    guard let step = FEELNumber(number.description), step > .zero else {
      add("step-invalid", "a step is a number above zero", node?.span, help: "write `step: 1`")
      return nil
    }
    return step
  }

  private mutating func allowed(_ node: Node?) -> FEELUnaryTests? {
    guard let node, let text = node.text else { return nil }
    switch FEELParser.unaryTests(text, names: FEELNames([String](), allowsUnknown: false)) {
    case .success(let tests): return tests
    case .failure(let problem):
      add(problem, node.span, in: text)
      return nil
    }
  }

  // MARK: - Rules

  private mutating func rule(
    _ record: Record, _ span: Span?, _ table: DecisionTable, _ names: [String]
  ) -> DecisionTable.Rule {
    var byColumn: [FEELText: Node] = [:]
    byColumn.reserveCapacity(record.entries.count)
    for entry in record.entries { byColumn[FEELText(Prose.collapsed(entry.name))] = entry.value }
    var rule = DecisionTable.Rule(id: record["id"]?.text.map(Prose.collapsed), tests: [], answers: [])
    rule.tests.reserveCapacity(table.inputs.count)
    for (index, input) in table.inputs.enumerated() {
      let node = byColumn[FEELText(input.name)]
      let found = node.flatMap { test($0, index, input, names) }
      if let found { cells.append(index, number: found.number) }
      rule.tests.append(found?.tests ?? .any)
      rule.testSpans.append(node?.span)
    }
    cells.endRule()
    for (index, output) in table.outputs.enumerated() {
      let node = output.name.flatMap { byColumn[FEELText($0)] }
      rule.answers.append(answer(node, index, output, names) ?? FEELExpression(.null, Span(0, 0)))
      rule.answerSpans.append(node?.span)
    }
    rule.enacts = record["enacts"]?.texts.map(Prose.collapsed) ?? []
    rule.over = record["over"]?.texts.map(Prose.collapsed) ?? []
    rule.because = record["because"]?.text
    // What is said of the rule as a whole stands at its name, or at its first cell.
    rule.span = record["id"]?.span ?? record.entries.compactMap(\.value.span).first ?? span
    return rule
  }

  private mutating func test(
    _ node: Node, _ column: Int, _ input: DecisionTable.Input, _ names: [String]
  ) -> NumberedTests? {
    guard let text = node.text, text != "-" else { return nil }
    let key = CellKey(column: column, text: FEELText(text))
    if let found = known[key] { return found }
    guard let tests = parseTests(text, node.span, names, BareWords(input.allowed)) else { return nil }
    let found = NumberedTests(tests: tests, number: cells.add(tests))
    known[key] = found
    return found
  }

  private mutating func answer(
    _ node: Node?, _ column: Int, _ output: DecisionTable.Output, _ names: [String]
  ) -> FEELExpression? {
    // An output cell of `-` or nothing answers null.
    guard let node, let text = node.text, text != "-" else { return nil }
    let key = CellKey(column: -1 - column, text: FEELText(text))
    let read: ReadAnswer
    if let known = answers[key] {
      read = known
    } else {
      guard let expression = parseAnswer(text, node.span, names, BareWords(output.allowed)) else { return nil }
      read = ReadAnswer(
        expression: expression,
        problem: ruleDomain.columns.indices.contains(column)
          ? DecisionReader.problem(of: expression, in: ruleDomain.columns[column]) : nil)
      answers[key] = read
    }
    if let problem = read.problem { addAnswer(problem, node.span) }
    return read.expression
  }

  /// Why an answer that is the same in every case may not be given.
  private static func problem(of expression: FEELExpression, in column: AnswerDomain.Column) -> FEELProblem? {
    expression.constant(in: .empty).flatMap { column.rejects($0) }
  }

  /// Sees that the default names outputs, and answers with what they may be.
  private mutating func checkDefault(_ table: DecisionTable) {
    let domain = table.domain(of: .whole)
    for entry in fields["default"]?.record?.entries ?? [] {
      let name = Prose.collapsed(entry.name)
      guard let column = table.outputs.firstIndex(where: { $0.name == name }) else {
        addUnknown(name, "output", table.outputs.compactMap(\.name), entry.nameSpan)
        continue
      }
      guard let fallback = table.outputs[column].fallback, domain.columns.indices.contains(column),
        let problem = DecisionReader.problem(of: fallback, in: domain.columns[column])
      else { continue }
      addAnswer(problem, entry.value.span)
    }
  }

  private mutating func addAnswer(_ problem: FEELProblem, _ span: Span?) {
    add(Diagnostic.Code(rawValue: problem.code), problem.message, span, help: problem.help)
  }

  /// What the standard asks of hit policies: aggregates have one output.
  private mutating func checkPolicy(_ table: DecisionTable) {
    switch table.hitPolicy {
    case .collectSum, .collectMin, .collectMax, .collectCount:
      guard table.outputs.count > 1 else { return }
      add(
        "hit-policy-mismatch", "`\(table.hitPolicy.name)` combines one output, and there are \(table.outputs.count)",
        fields["hitPolicy"]?.span, help: "make a decision of each output")
    case .priority, .outputOrder:
      guard table.outputs.allSatisfy({ $0.priorities.isEmpty }) else { return }
      add(
        "hit-policy-mismatch", "`\(table.hitPolicy.name)` needs the order of an output's allowed values",
        fields["hitPolicy"]?.span, help: "list them in `allowed`, the first first")
    case .unique, .any, .first, .ruleOrder, .collect: break
    }
  }

  // MARK: - Assertions and examples

  private mutating func readAssertion(_ node: Node, _ table: DecisionTable, _ names: [String]) -> Decision.Assertion? {
    guard let record = node.record else { return nil }
    let isNever = record["never"] != nil
    guard isNever != (record["always"] != nil), let answer = record[isNever ? "never" : "always"]?.record else {
      add("assertion-form", "an assertion says either `never` or `always`", node.span, help: "make two of it")
      return nil
    }
    var assertion = Decision.Assertion(
      demand: isNever ? .never : .always, answer: [], when: [], because: record["because"]?.text, span: node.span)
    for entry in answer.entries {
      let name = Prose.collapsed(entry.name)
      guard let output = table.outputs.first(where: { $0.name == name }) else {
        addUnknown(name, "output", table.outputs.compactMap(\.name), entry.nameSpan)
        return nil
      }
      guard let text = entry.value.text,
        let tests = parseTests(text, entry.value.span, names, BareWords(output.allowed))
      else { return nil }
      // What is never answered anyway makes an assertion that says nothing.
      let column = table.domain(of: .whole).columns.first { $0.name == name }
      for value in tests.constantValues {
        if let problem = column?.rejects(value) { addAnswer(problem, entry.value.span) }
      }
      assertion.answer.append((name, tests))
    }
    for entry in record["when"]?.record?.entries ?? [] {
      let name = Prose.collapsed(entry.name)
      guard let input = table.inputs.first(where: { $0.name == name }) else {
        addUnknown(name, "input", table.inputs.map(\.name), entry.nameSpan)
        return nil
      }
      guard let text = entry.value.text,
        let tests = parseTests(text, entry.value.span, names, BareWords(input.allowed))
      else { return nil }
      assertion.when.append((name, tests))
    }
    return assertion
  }

  private mutating func readExample(_ node: Node, _ table: DecisionTable) -> Decision.Example? {
    guard let record = node.record else { return nil }
    var example = Decision.Example(given: [], expected: [], because: record["because"]?.text, span: node.span)
    for entry in record["given"]?.record?.entries ?? [] {
      let name = Prose.collapsed(entry.name)
      guard let input = table.inputs.first(where: { $0.name == name }) else {
        addUnknown(name, "input", table.inputs.map(\.name), entry.nameSpan)
        return nil
      }
      guard let value = fact(entry.value, input.type, input.allowed, name) else { return nil }
      example.given.append((name, value))
    }
    for entry in record["expect"]?.record?.entries ?? [] {
      let name = Prose.collapsed(entry.name)
      guard let output = table.outputs.first(where: { $0.name == name }) else {
        addUnknown(name, "output", table.outputs.compactMap(\.name), entry.nameSpan)
        return nil
      }
      // The answer of a policy that collects is a list, written as FEEL.
      let type = table.hitPolicy.isSingle ? output.type : .any
      guard let value = fact(entry.value, type, output.allowed, name) else { return nil }
      let column = table.domain(of: .whole).columns.first { $0.name == name }
      if let problem = column?.rejects(value) {
        addAnswer(problem, entry.value.span)
        return nil
      }
      example.expected.append((name, value))
    }
    return example
  }

  private mutating func fact(
    _ node: Node, _ type: FEELType, _ allowed: FEELUnaryTests?, _ name: String
  ) -> FEELValue? {
    guard let text = node.text else { return nil }
    if case .number = type, FEELNumber(text) != nil, let plain = DecimalNumber.withoutLeadingZeros(text) {
      add(
        "leading-zero", "`\(name)` takes a number, and `\(text)` begins with a zero", node.span,
        help: "write `\(plain)`; other readers of YAML count digits behind a zero by eights")
      return nil
    }
    if let value = FactText.value(text, type, allowed: allowed) { return value }
    add(
      "value-type", "`\(text)` is no \(type.description) for `\(name)`", node.span,
      help: "write the value as it would stand in a case")
    return nil
  }

  // MARK: - Cells

  private mutating func parseTests(
    _ text: String, _ span: Span?, _ names: [String], _ words: BareWords
  ) -> FEELUnaryTests? {
    switch words.tests(text, beside: names, feelNames(names, words)) {
    case .success(let tests): return tests
    case .failure(let problem):
      add(problem, span, in: text)
      return nil
    }
  }

  private mutating func parseAnswer(
    _ text: String, _ span: Span?, _ names: [String], _ words: BareWords
  ) -> FEELExpression? {
    switch words.answer(text, beside: names, feelNames(names, words)) {
    case .success(let expression): return expression
    case .failure(let problem):
      add(problem, span, in: text)
      return nil
    }
  }

  private mutating func feelNames(_ names: [String], _ words: BareWords) -> FEELNames {
    if let known = namesByWords[words.texts] { return known }
    let found = words.names(beside: names)
    namesByWords[words.texts] = found
    return found
  }

  // MARK: - Diagnostics

  /// A problem of FEEL at its place in the file: a cell's text stands there as it was written, unless it was escaped.
  private mutating func add(_ problem: FEELProblem, _ span: Span?, in text: String) {
    var place = span
    if let span, span.end - span.start == text.utf8.count {
      place = Span(span.start + problem.span.start, span.start + problem.span.end)
    }
    add(Diagnostic.Code(rawValue: problem.code), problem.message, place, help: problem.help)
  }

  private mutating func addUnknown(_ name: String, _ what: String, _ known: [String], _ span: Span?) {
    add(
      "unknown-name", "`\(name)` is no \(what) of `\(document.key)`", span,
      help: nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
        ?? "it has \(known.map { "`\($0)`" }.joined(separator: ", "))")
  }

  private mutating func add(_ code: Diagnostic.Code, _ message: String, _ span: Span?, help: String?) {
    found.append(Diagnostic(code, .error, message, at: document.location(span), help: help))
  }
}
