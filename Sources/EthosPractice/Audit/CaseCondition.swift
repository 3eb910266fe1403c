import EthosDecision
import EthosFEEL

/// Which cases of a log are asked about: an expression of FEEL over its facts and columns.
struct CaseCondition: Sendable {
  private enum Source: Sendable {
    /// A fact, by its coder: a value of its type.
    case fact(FactCoder)
    /// A column that is no fact: what it looks like.
    case column
  }

  private let expression: FEELExpression
  private let names: [(name: String, field: Int?, source: Source)]
  private let usesDecimalComma: Bool
  /// The fields whose texts decide it.
  let fields: [Int]

  /// The names of the columns and facts that an expression uses.
  static func parsed(
    _ text: String, columns: [String], facts: [String]
  ) throws(CaseProblem) -> (expression: FEELExpression, names: [String]) {
    let known = facts + columns.filter { !facts.contains($0) }
    switch FEELParser.expression(text, names: FEELNames(known, allowsUnknown: false)) {
    case .success(let expression): return (expression, expression.names.filter { known.contains($0) })
    case .failure(let problem):
      throw CaseProblem(
        "the condition `\(text)` cannot be read: \(problem.message)",
        help: problem.help ?? "it is FEEL over facts and columns, such as `\(known.first ?? "amount") = 10`")
    }
  }

  init(
    _ expression: FEELExpression, _ names: [String], _ side: RuleSide, _ coders: [FactCoder], usesDecimalComma: Bool,
    field: (String) -> Int?
  ) {
    self.expression = expression
    self.usesDecimalComma = usesDecimalComma
    self.names = names.map { name in
      if let axis = side.inputs.firstIndex(where: { $0.name == name }) {
        let coder = coders[side.coders[axis]]
        return (name, coder.column, .fact(coder))
      }
      return (name, field(name), .column)
    }
    fields = self.names.compactMap(\.field)
  }

  /// Whether a case is meant; nil where the expression is neither true nor false.
  func holds(_ slots: UnsafeMutablePointer<FieldSlot>) -> Bool? {
    var variables: [String: FEELValue] = [:]
    for (name, field, source) in names {
      guard let text = field.map({ slots[$0].text }), !text.isEmpty else {
        variables[name] = .null
        continue
      }
      switch source {
      case .fact(let coder): variables[name] = coder.value(text) ?? .null
      case .column: variables[name] = seen(text)
      }
    }
    switch FEELEvaluator().value(of: expression, in: FEELScope(variables: variables)).value {
    case .boolean(let holds): return holds
    default: return nil
    }
  }

  /// A number, a day or a boolean where it is written like one, else a text.
  private func seen(_ text: String) -> FEELValue {
    for type in [FEELType.number, .date, .boolean] {
      if let value = FieldText.value(text, type, usesDecimalComma: usesDecimalComma) { return value }
    }
    return .string(text)
  }
}
