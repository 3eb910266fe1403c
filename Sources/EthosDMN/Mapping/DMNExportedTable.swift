import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// Writes the table of an identity's decision as decision logic of DMN.
final class DMNExportedTable {
  private let decision: DMNExportedDecision
  /// What stands in the model for a name of `uses`.
  private let replaced: [String: FEELExpression]
  private(set) var problems: [String] = []

  init(_ decision: DMNExportedDecision, _ replaced: [String: FEELExpression]) {
    self.decision = decision
    self.replaced = replaced
  }

  /// A literal expression for one rule without conditions, else a table; nil where a cell cannot be read.
  func logic(elementID: String) -> DMNExpression? {
    guard !decision.outputs.isEmpty, !decision.rules.isEmpty else {
      problems.append("it has no output or no rule")
      return nil
    }
    let columns = columns()
    if let literal = literal(columns) { return problems.isEmpty ? literal : nil }
    var table = DMNTable(hitPolicy: decision.policy, inputs: [], outputs: [], rules: [])
    table.inputs = columns.map { column in
      DMNTable.Input(
        label: column.name, expression: DMNText(column.expression.description), type: column.type,
        allowed: column.allowed.map { DMNText($0) })
    }
    table.outputs = decision.outputs.map { output in
      DMNTable.Output(
        label: output.name, name: decision.outputs.count > 1 ? output.name : nil, type: output.type,
        allowed: output.allowed.map { DMNText($0) },
        fallback: output.fallback.map { answer($0, output) })
    }
    let annotations: [(name: String, text: (DMNExportedDecision.Rule) -> String)] = [
      ("enacts", { $0.enacts.joined(separator: ", ") }), ("over", { $0.over.joined(separator: ", ") }),
      ("because", { $0.because ?? "" }),
    ]
    let used = annotations.filter { annotation in decision.rules.contains { !annotation.text($0).isEmpty } }
    table.annotations = used.map(\.name)
    for rule in decision.rules {
      let id = rule.id.flatMap { EntryKey.isID($0) ? "\(elementID)_\($0)" : nil }
      table.rules.append(
        DMNTable.Rule(
          id: id, tests: columns.map { test(rule.cells[$0.name], $0) },
          answers: decision.outputs.map { answer(rule.cells[$0.name] ?? "null", $0) },
          annotations: used.map { $0.text(rule) }))
    }
    return problems.isEmpty ? DMNExpression(.table(table)) : nil
  }

  private struct Column {
    var name: String
    var expression: FEELExpression
    var type: String?
    var allowed: String?
  }

  /// The inputs, then the names of `uses` that have a column.
  private func columns() -> [Column] {
    var columns = decision.inputs.map { input in
      Column(
        name: input.name, expression: FEELExpression(.name(input.name), Span(0, 0)), type: input.type,
        allowed: input.allowed)
    }
    let named = Set(decision.rules.flatMap { $0.cells.keys })
    for use in decision.uses where named.contains(use.name) && !columns.contains(where: { $0.name == use.name }) {
      guard let expression = replaced[use.name] else { continue }
      columns.append(Column(name: use.name, expression: expression))
    }
    return columns
  }

  private func literal(_ columns: [Column]) -> DMNExpression? {
    guard decision.rules.count == 1, decision.outputs.count == 1, decision.policy == .first,
      let rule = decision.rules.first, let output = decision.outputs.first, output.allowed == nil,
      rule.enacts.isEmpty, rule.over.isEmpty, rule.because == nil,
      columns.allSatisfy({ isAny(rule.cells[$0.name]) })
    else { return nil }
    return DMNExpression(.literal(answer(rule.cells[output.name] ?? "null", output)), type: output.type)
  }

  private func isAny(_ cell: String?) -> Bool {
    guard let cell else { return true }
    let text = DMNNames.normalized(cell)
    return text.isEmpty || text == "-"
  }

  // MARK: - Cells

  /// The names of facts and of `uses`.
  private var names: [String] { decision.inputs.map(\.name) + decision.uses.map(\.name) }

  private func test(_ cell: String?, _ column: Column) -> DMNText {
    guard let cell, !isAny(cell) else { return DMNText("-") }
    switch words(column.allowed).tests(cell, beside: names) {
    case .success(let tests):
      let own = substitution.applied(to: tests)
      // A cell is kept as it is written where it says the same without the words of its column.
      let plain = try? FEELParser.unaryTests(cell, names: FEELNames(names, allowsUnknown: false)).get()
      return DMNText(own == plain ? cell : own.description)
    case .failure(let problem):
      problems.append("the cell `\(visibleText(cell))` cannot be read: \(problem.message)")
      return DMNText("-")
    }
  }

  private func answer(_ cell: String, _ output: DMNExportedDecision.Output) -> DMNText {
    guard !isAny(cell) else { return DMNText("null") }
    switch words(output.allowed).answer(cell, beside: names) {
    case .success(let tree):
      let own = substitution.applied(to: tree)
      let plain = try? FEELParser.expression(cell, names: FEELNames(names, allowsUnknown: false)).get()
      return DMNText(own == plain ? cell : own.description)
    case .failure(let problem):
      problems.append("the cell `\(visibleText(cell))` cannot be read: \(problem.message)")
      return DMNText("null")
    }
  }

  /// The texts among allowed values, which may stand in a cell as bare words.
  private func words(_ allowed: String?) -> BareWords {
    guard let allowed,
      case .success(let tests) = FEELParser.unaryTests(allowed, names: FEELNames([String](), allowsUnknown: false))
    else { return BareWords(nil) }
    return BareWords(tests)
  }

  /// The names of `uses` as what they are in the model.
  private var substitution: FEELSubstitution {
    let own = replaced.filter { name, value in value != FEELExpression(.name(name), Span(0, 0)) }
    return FEELSubstitution(own.map { ($0.key, $0.value) })
  }
}
