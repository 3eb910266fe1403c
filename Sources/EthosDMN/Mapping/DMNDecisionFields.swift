import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// Writes one decision of a model as the fields of an identity's decision.
final class DMNDecisionFields {
  struct Finished {
    var carried: DMNImporter.Carried
    var fields: Record
    /// What is said of it that is not carried over.
    var notes: [(message: String, span: Span?)]
    /// The decisions that it uses.
    var uses: [String]
  }

  private struct Column {
    var name: String
    var cells: [String?]
  }

  private let importer: DMNImporter
  private let scope: DMNImportScope
  let decision: DMNDecision
  private let id: String
  private var columns: [Column] = []
  private var outputs: [DMNImporter.Carried.Output] = []
  private var allowedOutputs: [String?] = []
  private var defaults: [String?] = []
  private var answers: [[String]] = []
  private var policy = HitPolicy.first
  private var ruleNotes: [(id: String, annotations: [(String, String)])] = []
  private var notes: [(message: String, span: Span?)] = []
  /// What columns allow of the facts that they test.
  private var columnAllowed: [String: String] = [:]
  /// The decisions of columns that test expressions: by title, what they are.
  private var helpers: [String: (text: FEELExpression, output: String)] = [:]
  private var values: [String: FEELExpression] = [:]

  init(_ importer: DMNImporter, _ scope: DMNImportScope, _ decision: DMNDecision, _ id: String) {
    self.importer = importer
    self.scope = scope
    self.decision = decision
    self.id = id
  }

  // MARK: - Literal expressions

  func literal(_ tree: FEELExpression, text: DMNText?, type: String?) {
    let expression = scope.rewritten(tree)
    let declared = importer.types.type(decision.type)?.shape ?? importer.types.type(type)?.shape
    guard let type = scalar(declared, [expression]) else { return }
    outputs = [DMNImporter.Carried.Output(source: nil, name: outputName(nil, nil), type: type)]
    allowedOutputs = [importer.types.allowed(decision.type).map { $0.string }]
    defaults = [nil]
    answers = [[written(expression, tree, text)]]
    ruleNotes = [("r1", [])]
  }

  /// The scalar type of an answer: the one that is declared, else the one that the answers themselves say.
  private func scalar(_ declared: FEELType?, _ answers: [FEELExpression]) -> FEELType? {
    let said = answers.compactMap { scope.types($0) }
    if let declared, !declared.isAny {
      guard declared.isScalar else {
        scope.fail("its answer is a \(visibleText(declared.description)), and answers are scalars")
        return nil
      }
      if let other = said.first(where: { $0 != declared }) {
        scope.fail("its answer is declared a \(declared), and one is a \(other)")
        return nil
      }
      return declared
    }
    guard let first = said.first, said.allSatisfy({ $0 == first }) else {
      // What keeps the type from being known is the better reason.
      if scope.problems.isEmpty { scope.fail("its answer has no type") }
      return nil
    }
    return first
  }

  private func outputName(_ output: DMNTable.Output?, _ label: String?) -> String {
    output?.name ?? label.map { DMNNames.normalized($0) } ?? decision.variableName
  }

  /// Gives outputs that are called as a fact is another name, for a name is one thing in an identity.
  private func renameOutputs() {
    var taken = Set(scope.facts.map(\.name) + scope.uses.map(\.name) + DMNFacts.reserved)
    for index in outputs.indices {
      var name = outputs[index].name
      while name.isEmpty || taken.contains(name) { name += name.isEmpty ? "answer" : " answer" }
      if name != outputs[index].name {
        notes.append(("the output `\(visibleText(outputs[index].name))` is called `\(visibleText(name))`", nil))
      }
      outputs[index].name = name
      taken.insert(name)
    }
  }

  // MARK: - Tables

  /// Takes a table; the values are those of the parameters of the function that holds it, where the decision calls one.
  func table(_ written: DMNTable, _ table: DecisionTable, values: [String: FEELExpression]) {
    self.values = values
    policy = table.hitPolicy
    for (index, input) in table.inputs.enumerated() {
      column(input, written.inputs[index], table.rules.map { $0.tests[index] }, written.rules.map { $0.tests[index] })
    }
    for (index, output) in table.outputs.enumerated() {
      let trees = table.rules.map { carried($0.answers[index]) }
      let source = written.outputs[index]
      guard let type = scalar(declaredType(source, count: table.outputs.count), trees) else { continue }
      let isOnly = table.outputs.count == 1
      outputs.append(
        DMNImporter.Carried.Output(
          source: isOnly ? nil : source.name, name: outputName(source, isOnly ? source.label : source.name), type: type)
      )
      allowedOutputs.append((source.allowed ?? importer.types.allowed(source.type)).map { $0.string })
      defaults.append(
        output.fallback.map { self.written(carried($0), $0, source.fallback) })
      for (rule, tree) in trees.enumerated() {
        let text = self.written(tree, table.rules[rule].answers[index], written.rules[rule].answers[index])
        if answers.count <= rule { answers.append([]) }
        answers[rule].append(text)
      }
    }
    for (index, rule) in written.rules.enumerated() { ruleNotes.append(annotations(rule, index, written)) }
  }

  private func declaredType(_ output: DMNTable.Output, count: Int) -> FEELType? {
    if let type = importer.types.type(output.type)?.shape { return type }
    var whole = importer.types.type(decision.type)?.shape
    if !policy.isSingle, case .list(let item)? = whole { whole = item }
    guard count > 1 else { return policy == .collectCount ? nil : whole }
    guard case .context(let fields)? = whole else { return nil }
    return fields.first { $0.name == output.name }?.type
  }

  private func carried(_ expression: FEELExpression) -> FEELExpression {
    guard !values.isEmpty else { return scope.rewritten(expression) }
    check(expression)
    return substitution.applied(to: expression)
  }

  private func carried(_ tests: FEELUnaryTests) -> FEELUnaryTests {
    guard !values.isEmpty else { return scope.rewritten(tests) }
    for part in tests.parts(in: .none) { check(part.expression) }
    return substitution.applied(to: tests)
  }

  /// Arguments in the place of the parameters of the function that holds the table.
  private var substitution: FEELSubstitution { FEELSubstitution(values.map { ($0.key, $0.value) }) }

  /// Refuses names that are no parameters of that function.
  private func check(_ expression: FEELExpression) {
    _ = expression.rewritten { part, around in
      guard case .name(let name) = part.kind, !around.binds(name), !around.isInFilter, self.values[name] == nil,
        FEELBuiltin(rawValue: name) == nil
      else { return nil }
      self.scope.fail("the function that it calls uses `\(visibleText(name))`, which is no parameter")
      return nil
    }
  }

  private func column(
    _ input: DecisionTable.Input, _ source: DMNTable.Input, _ tests: [FEELUnaryTests], _ texts: [DMNText]
  ) {
    if case .null = input.expression.kind, DMNNames.normalized(source.expression.string).isEmpty {
      let title = DMNNames.normalized(source.label ?? "")
      let name = title.isEmpty ? "a column" : "the column `\(visibleText(title))`"
      let isTested = tests.contains { if case .any = $0 { false } else { true } }
      if isTested {
        scope.fail("\(name) has no expression")
      } else {
        notes.append(("\(name) has no expression, and no rule tests it", source.expression.span))
      }
      return
    }
    let expression = carried(input.expression)
    let cells = zip(tests, texts).map { tests, text -> String? in
      if case .any = tests { return nil }
      let own = carried(tests)
      return own == tests ? plain(text) ?? own.description : own.description
    }
    // What Camunda calls a date has a time: to test a date by one would be no test at all.
    let type = scope.types(expression)
    let times: [FEELType] = [.date, .dateAndTime]
    if let type, times.contains(type),
      let other = tests.flatMap({ $0.operands }).compactMap({ scope.types($0) }).first(where: {
        $0 != type && times.contains($0)
      })
    {
      scope.fail("`\(visibleText(source.expression.string))` is a \(type), and a rule tests it by a \(other)")
    }
    guard scope.problems.isEmpty else { return }
    var name = ""
    if case .name(let own) = expression.kind {
      name = own
    } else if let own = helper(expression, source) {
      name = own
    } else {
      return
    }
    if let allowed = source.allowed?.string, columnAllowed[name] == nil { columnAllowed[name] = allowed }
    if let known = columns.firstIndex(where: { $0.name == name }) {
      let carriedTests = tests.map { carried($0) }
      columns[known].cells = zip(columns[known].cells, zip(carriedTests, cells)).map { before, cell in
        guard let before, cell.1 != nil else { return before ?? cell.1 }
        return "(\(Self.condition(before, importer))) and (\(Self.condition(cell.0.description, importer)))"
      }
      return
    }
    columns.append(Column(name: name, cells: cells))
  }

  /// A cell as a condition about `?`, to be joined with another of the same column.
  private static func condition(_ cell: String, _ importer: DMNImporter) -> String {
    if cell.begins(with: "not("), cell.ends(with: ")") { return "not(? in (\(cell.dropFirst(4).dropLast())))" }
    return "? in (\(cell))"
  }

  /// The name of a decision of its own for an expression that a column tests; nil where it cannot be one.
  private func helper(_ expression: FEELExpression, _ source: DMNTable.Input) -> String? {
    let title = DMNNames.normalized(source.label ?? source.expression.string)
    if let known = helpers.values.first(where: { $0.text == expression }) { return known.output }
    let declared = importer.types.type(source.type)?.shape
    guard let type = declared.flatMap({ $0.isScalar ? $0 : nil }) ?? scope.types(expression) else {
      scope.fail("the column `\(visibleText(title))` tests an expression of an unknown type")
      return nil
    }
    let name = Self.isName(title) ? title : "condition"
    // Two columns of one title are two decisions, however often the model is imported.
    let mark = helpers[name] == nil ? name : "\(name) \(expression.description)"
    let (helperID, output) = importer.helper(self, mark, name)
    let names = Set(expression.names)
    let facts = scope.facts.filter { names.contains($0.name) }
    let uses = scope.uses.filter { names.contains($0.name) }
    var fields = Record([
      "id": .text(helperID), "title": .text("\(decision.name): \(title)"),
      "question": .text("What is \(title) for \(decision.name)?"),
    ])
    finish(
      &fields, uses: uses, facts: facts, outputs: [(output, type, nil)],
      rules: [Record(["id": .text("r1"), output: .text(expression.description)])], policy: .first, defaults: Record())
    importer.keepHelper(helperID, mark, decision, fields, uses: uses.compactMap(\.id))
    scope.use(output, decision: helperID, output, type)
    helpers[mark] = (expression, output)
    return output
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == " " || $0 == "_" }
      && !DMNFacts.reserved.contains(text) && DMNExporter.isName(text)
  }

  private func annotations(
    _ rule: DMNTable.Rule, _ index: Int, _ table: DMNTable
  ) -> (id: String, annotations: [(String, String)]) {
    var found: [(String, String)] = []
    var because: [String] = []
    for (column, text) in rule.annotations.enumerated() {
      let text = DMNNames.normalized(text)
      guard !text.isEmpty, text != "-" else { continue }
      let name = table.annotations.indices.contains(column) ? table.annotations[column] : ""
      let isIDs = name == "enacts" || name == "over"
      if isIDs, text.parts(at: ",", omittingEmpty: true).allSatisfy({ EntryKey.isID(DMNNames.normalized(String($0))) })
      {
        found.append((name, text))
      } else {
        because.append(text)
      }
    }
    if let description = rule.description { because.append(description) }
    if !because.isEmpty { found.append(("because", because.joined(separator: "; "))) }
    return (ruleID(rule, index, table), found)
  }

  /// The rule's own id without the decision's in front, as the export writes it; that of a program gives way to a number.
  private func ruleID(_ rule: DMNTable.Rule, _ index: Int, _ table: DMNTable) -> String {
    let number = "r\(index + 1)"
    guard var own = rule.id else { return number }
    let prefix = "\(decision.id ?? "")_"
    if own.begins(with: prefix) { own = own.dropping(prefix) ?? own }
    let hexadecimals = own.unicodeScalars.filter { $0.properties.isASCIIHexDigit }.count
    let digits = own.unicodeScalars.filter { $0.properties.numericType != nil }.count
    let isMade =
      hexadecimals >= 12 && digits >= 4 || own.begins(with: "DecisionRule_") || own.begins(with: "UnaryTests_")
    let isTaken = table.rules.enumerated().contains { $0.offset != index && $0.element.id == rule.id }
    return isMade || isTaken || !EntryKey.isID(own) ? number : own
  }

  // MARK: - Texts

  /// The expression as a cell: the author's own text where nothing in it changed.
  private func written(_ expression: FEELExpression, _ before: FEELExpression, _ text: DMNText?) -> String {
    if expression == before, let text, let plain = plain(text) { return plain }
    return expression.description
  }

  /// The text on one line; nil where that could change what it says.
  private func plain(_ text: DMNText) -> String? {
    let string = text.string
    guard !string.holds("//"), !string.holds("/*"), !string.holds("\u{A0}") else { return nil }
    if string.unicodeScalars.contains(where: {
      $0 == "\n" || $0 == "\r" || $0 == "\t" || $0.value == 0x85 || $0.value == 0x2028 || $0.value == 0x2029
    }) {
      guard !string.holds("\"") else { return nil }
      return DMNNames.normalized(string)
    }
    let plain = Substring(string).drop { $0 == " " }
    let end = plain.lastIndex { $0 != " " }
    return end.map { String(plain[...$0]) }
  }

  // MARK: - Fields

  func finish() -> Finished? {
    guard scope.problems.isEmpty, !outputs.isEmpty else { return nil }
    renameOutputs()
    var facts: [DMNFacts.Fact] = []
    for column in columns { facts += scope.facts.filter { $0.name == column.name } }
    facts += scope.facts.filter { fact in !facts.contains { $0.name == fact.name } }
    for index in facts.indices where facts[index].allowed == nil {
      facts[index].allowed = columnAllowed[facts[index].name]
    }
    var rules: [Record] = []
    for (index, answer) in answers.enumerated() {
      var rule = Record(["id": .text(ruleNotes[index].id)])
      for column in columns {
        if let cell = column.cells[index] { rule[column.name] = .text(cell) }
      }
      for (output, text) in zip(outputs, answer) { rule[output.name] = .text(text) }
      for (name, text) in ruleNotes[index].annotations {
        let isIDs = name != "because"
        let ids = text.parts(at: ",", omittingEmpty: true).map { Node.text(DMNNames.normalized(String($0))) }
        rule[name] = isIDs ? .list(ids) : .text(text)
      }
      rules.append(rule)
    }
    guard !rules.isEmpty else {
      scope.fail("its table has no rule")
      return nil
    }
    var fields = Record([
      "id": .text(id), "title": .text(decision.label ?? (decision.name.isEmpty ? id : decision.name)),
      "question": .text(decision.question ?? "What is \(decision.name)?"),
    ])
    var fallbacks = Record()
    if defaults.contains(where: { $0 != nil }) {
      for (output, text) in zip(outputs, defaults) { fallbacks[output.name] = .text(text ?? "null") }
    }
    let all = zip(outputs, allowedOutputs).map { ($0.name, $0.type, allowed($1)) }
    finish(
      &fields, uses: scope.uses, facts: facts, outputs: all, rules: rules, policy: policy, defaults: fallbacks)
    if let description = decision.description { fields["because"] = .text(description) }
    let isList = policy.answer == .list
    var carried = DMNImporter.Carried(id: id, outputs: outputs, isList: isList)
    if policy == .collectCount { carried.outputs[0].type = .number }
    return Finished(carried: carried, fields: fields, notes: notes, uses: scope.uses.compactMap(\.id))
  }

  private func finish(
    _ fields: inout Record, uses: [(name: String, reference: String, type: FEELType, id: String?)],
    facts: [DMNFacts.Fact], outputs: [(String, FEELType, String?)], rules: [Record], policy: HitPolicy, defaults: Record
  ) {
    if let owner = importer.owner { fields["owner"] = .text(owner) }
    if !uses.isEmpty { fields["uses"] = .record(Record(uses.map { Record.Entry($0.name, .text($0.reference)) })) }
    fields["inputs"] = .list(
      facts.map { fact in
        var input = Record(["name": .text(fact.name), "type": .text(fact.type.description)])
        if let allowed = allowed(fact.allowed) { input["allowed"] = .text(allowed) }
        // In DMN any input may be missing.
        input["nullable"] = .boolean(true)
        return .record(input)
      })
    fields["outputs"] = .list(
      outputs.map { name, type, allowed in
        var output = Record(["name": .text(name), "type": .text(type.description)])
        if let allowed { output["allowed"] = .text(allowed) }
        return .record(output)
      })
    fields["hitPolicy"] = .text(policy.name)
    fields["rules"] = .list(rules.map { .record($0) })
    if !defaults.isEmpty { fields["default"] = .record(defaults) }
  }

  /// Allowed values on one line, where they are literals; else they are told and left out.
  private func allowed(_ text: String?) -> String? {
    guard let text else { return nil }
    switch FEELParser.unaryTests(text, names: FEELNames([String](), allowsUnknown: false)) {
    case .success(.any): return nil
    case .success(let tests): return plain(DMNText(text)) ?? tests.description
    case .failure:
      notes.append(("the allowed values `\(visibleText(text))` are no literals", nil))
      return nil
    }
  }
}

extension FEELType {
  var isAny: Bool { if case .any = self { true } else { false } }
}
