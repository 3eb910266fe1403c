import EthosDecision
import EthosFEEL
import EthosText

/// Turns the expressions of a model into trees of FEEL.
///
/// Every boxed expression has an exact counterpart in FEEL (DMN 1.5, 10.2 defines them by it); a value is brought to a
/// type by calling a function with a typed parameter. Only the table that is a decision's whole logic stays a table.
struct DMNCompiler {
  let types: DMNTypes
  private(set) var problems: [FEELProblem] = []

  /// What begins the names that are made here.
  let mark: String

  /// The mark is a sign that no text of FEEL can write, so that nothing is hidden by the names that it begins, or a word,
  /// so that the trees can be written down.
  init(types: DMNTypes, mark: String = "\u{1}") {
    self.types = types
    self.mark = mark
  }

  // MARK: - Texts

  mutating func parse(_ text: DMNText, _ names: FEELNames) -> FEELExpression? {
    // A cell of nothing answers null, as tools write it.
    if DMNNames.normalized(text.string).isEmpty { return FEELExpression(.null, text.span ?? Span(0, 0)) }
    return read(text, names)
  }

  private mutating func read(_ text: DMNText, _ names: FEELNames) -> FEELExpression? {
    keep(FEELParser.expression(text.string, names: names, offset: offset(text)), text)
  }

  mutating func tests(_ text: DMNText, _ names: FEELNames) -> FEELUnaryTests? {
    keep(FEELParser.unaryTests(text.string, names: names, offset: offset(text)), text)
  }

  private func offset(_ text: DMNText) -> Int { text.isVerbatim ? text.span?.start ?? 0 : 0 }

  private mutating func keep<Tree>(_ result: Result<Tree, FEELProblem>, _ text: DMNText) -> Tree? {
    switch result {
    case .success(let tree): return tree
    case .failure(var problem):
      if !text.isVerbatim, let span = text.span { problem.span = span }
      problems.append(problem)
      return nil
    }
  }

  // MARK: - Expressions

  /// The expression as a tree, or nil where a part of it cannot be read.
  mutating func expression(_ expression: DMNExpression, _ names: FEELNames) -> FEELExpression? {
    guard let tree = tree(expression, names) else { return nil }
    return typed(tree, expression.type)
  }

  private mutating func tree(_ expression: DMNExpression, _ names: FEELNames) -> FEELExpression? {
    let span = expression.span ?? Span(0, 0)
    switch expression.kind {
    case .literal(let text): return parse(text, names)
    case .table(let written):
      guard let table = table(written, names) else { return nil }
      return DMNTableExpression(table).tree(span)
    case .invocation(let function, let bindings):
      guard let function = self.expression(function, names) else { return nil }
      var arguments: [FEELArgument] = []
      for binding in bindings {
        guard let value = self.expression(binding.value, names) else { return nil }
        arguments.append(FEELArgument(binding.parameter.name, typed(value, binding.parameter.type)))
      }
      return FEELExpression(.invocation(function, arguments), span)
    case .context(let entries): return context(entries, names, span)
    case .list(let items):
      guard let items = all(items, names) else { return nil }
      return FEELExpression(.list(items), span)
    case .relation(let columns, let rows):
      var result: [FEELExpression] = []
      for row in rows {
        guard let cells = all(row, names) else { return nil }
        let entries = zip(columns, cells).map { FEELContextEntry($0.name, typed($1, $0.type)) }
        result.append(FEELExpression(.context(entries), span))
      }
      return FEELExpression(.list(result), span)
    case .function(let function): return self.function(function, names)
    case .conditional(let condition, let then, let otherwise):
      guard let parts = all([condition, then, otherwise], names) else { return nil }
      return conditional(parts[0], parts[1], parts[2], span)
    case .filter(let list, let match):
      guard let list = self.expression(list, names),
        let match = self.expression(match, names.adding(["item"]))
      else { return nil }
      return FEELExpression(.filter(list, match), span)
    case .iterator(let kind, let variable, let list, let body):
      guard let list = self.expression(list, names) else { return nil }
      let inner = names.adding([variable.name] + (kind == .for ? ["partial"] : []))
      guard let body = self.expression(body, inner) else { return nil }
      let iterator = [FEELIterator(name: variable.name, start: list)]
      let values = FEELExpression(.iteration(iterator, body), span)
      switch kind {
      case .for: return values
      case .some: return quantified(.some, values, span)
      case .every: return quantified(.every, values, span)
      }
    }
  }

  private mutating func all(_ expressions: [DMNExpression], _ names: FEELNames) -> [FEELExpression]? {
    var result: [FEELExpression] = []
    for expression in expressions {
      guard let tree = self.expression(expression, names) else { return nil }
      result.append(tree)
    }
    return result
  }

  private mutating func context(_ entries: [DMNContextEntry], _ names: FEELNames, _ span: Span) -> FEELExpression? {
    var names = names
    var written: [FEELContextEntry] = []
    for entry in entries {
      // An entry sees those before it, and a function itself.
      let own = entry.variable.map { names.adding([($0.name, types.type($0.type)?.shape)]) } ?? names
      var isFunction = false
      if case .function = entry.value.kind { isFunction = true }
      guard let value = expression(entry.value, isFunction ? own : names) else { return nil }
      written.append(
        FEELContextEntry(entry.variable?.name ?? result, typed(value, entry.variable?.type)))
      if entry.variable != nil { names = own }
    }
    let context = FEELExpression(.context(written), span)
    guard let last = entries.last, last.variable == nil else { return context }
    return FEELExpression(.path(context, result), span)
  }

  var result: String { mark + "result" }

  /// A function; its result is brought to a type besides that of its body.
  mutating func function(
    _ function: DMNFunction, _ names: FEELNames, result shape: FEELType? = nil
  ) -> FEELExpression? {
    let parameters = function.parameters.map { FEELParameter($0.name, types.type($0.type)?.shape) }
    let inner = names.adding(parameters.map { ($0.name, $0.type) })
    guard var body = expression(function.body, inner) else { return nil }
    if let shape { body = typed(body, shape) }
    return FEELExpression(.function(parameters, body), function.body.span ?? body.span)
  }

  /// The expression with its value brought to a type.
  func typed(_ expression: FEELExpression, _ type: String?) -> FEELExpression {
    types.type(type).map { typed(expression, $0.shape) } ?? expression
  }

  func typed(_ expression: FEELExpression, _ shape: FEELType) -> FEELExpression {
    Self.typed(expression, shape, result)
  }

  static func typed(
    _ expression: FEELExpression, _ shape: FEELType, _ name: String = "\u{1}result"
  ) -> FEELExpression {
    let span = expression.span
    let function = FEELExpression(
      .function([FEELParameter(name, shape)], FEELExpression(.name(name), span)), span)
    return FEELExpression(.invocation(function, [FEELArgument(nil, expression)]), span)
  }

  // MARK: - Conditions

  /// A boxed condition that is neither a boolean nor null makes the whole null, where FEEL's own `if` takes it for false
  /// (DMN 1.5, 10.2.2.8 to 10.2.2.11).
  private func conditional(
    _ condition: FEELExpression, _ then: FEELExpression, _ otherwise: FEELExpression, _ span: Span
  ) -> FEELExpression {
    let value = FEELExpression(.name(self.condition), span)
    let chosen = FEELExpression(.conditional(value, then: then, otherwise: otherwise), span)
    return holding(condition, ifTruth(value, chosen, span), span)
  }

  private func quantified(_ quantifier: FEELQuantifier, _ values: FEELExpression, _ span: Span) -> FEELExpression {
    let list = FEELExpression(.name(condition), span)
    let value = FEELExpression(.name(result), span)
    let iterator = [FEELIterator(name: result, start: list)]
    let isTruth = ifTruth(value, FEELExpression(.boolean(true), span), span)
    let areTruths = FEELExpression(.quantified(.every, iterator, isTruth), span)
    let answer = FEELExpression(.quantified(quantifier, iterator, value), span)
    let nothing = FEELExpression(.null, span)
    return holding(
      values, FEELExpression(.conditional(areTruths, then: answer, otherwise: nothing), span), span)
  }

  private var condition: String { mark + "condition" }

  /// The body with the value of an expression under the name of the condition.
  private func holding(_ expression: FEELExpression, _ body: FEELExpression, _ span: Span) -> FEELExpression {
    let function = FEELExpression(.function([FEELParameter(condition)], body), span)
    return FEELExpression(.invocation(function, [FEELArgument(nil, expression)]), span)
  }

  private func ifTruth(_ value: FEELExpression, _ then: FEELExpression, _ span: Span) -> FEELExpression {
    let nothing = FEELExpression(.null, span)
    let isNull = FEELExpression(.comparison(.equal, value, nothing), span)
    let isTruth = FEELExpression(.or(isNull, FEELExpression(.instance(value, .boolean), span)), span)
    return FEELExpression(.conditional(isTruth, then: then, otherwise: nothing), span)
  }

  // MARK: - Tables

  mutating func table(_ written: DMNTable, _ names: FEELNames) -> DecisionTable? {
    let count = problems.count
    var inputs: [DecisionTable.Input] = []
    for input in written.inputs {
      guard let expression = parse(input.expression, names) else { continue }
      let allowed = input.allowed.flatMap { tests($0, names) }
      inputs.append(
        DecisionTable.Input(
          name: input.label ?? input.expression.string, expression: expression,
          type: types.type(input.type)?.shape ?? .any, allowed: allowed))
    }
    let outputs = written.outputs.map { output($0, isOnly: written.outputs.count == 1, names) }
    var rules: [DecisionTable.Rule] = []
    for rule in written.rules {
      let tests = rule.tests.compactMap { self.tests($0, names) }
      let answers = rule.answers.compactMap { parse($0, names) }
      rules.append(
        DecisionTable.Rule(
          id: rule.id, tests: tests, answers: answers, testSpans: rule.tests.map(\.span),
          answerSpans: rule.answers.map(\.span), span: rule.span))
    }
    guard problems.count == count else { return nil }
    return DecisionTable(inputs: inputs, outputs: outputs, hitPolicy: written.hitPolicy, rules: rules)
  }

  private mutating func output(
    _ output: DMNTable.Output, isOnly: Bool, _ names: FEELNames
  ) -> DecisionTable.Output {
    let allowed = (output.allowed ?? types.allowed(output.type)).flatMap { tests($0, names) }
    return DecisionTable.Output(
      name: isOnly ? nil : output.name, type: types.type(output.type)?.shape ?? .any, allowed: allowed,
      priorities: allowed.map { Self.values($0) } ?? [], fallback: output.fallback.flatMap { parse($0, names) })
  }

  /// The values of tests that are a list of values; none where one is something else.
  static func values(_ tests: FEELUnaryTests) -> [FEELValue] {
    guard case .tests(let tests) = tests else { return [] }
    var values: [FEELValue] = []
    for test in tests {
      guard case .expression(let expression) = test.kind else { return [] }
      let evaluation = FEELEvaluator().value(of: expression, in: .empty)
      guard evaluation.problems.isEmpty, !expression.usesInput else { return [] }
      if case .range = evaluation.value { return [] }
      values.append(evaluation.value)
    }
    return values
  }
}
