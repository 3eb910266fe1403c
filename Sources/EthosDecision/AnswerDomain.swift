import EthosFEEL
import EthosModel
import EthosText

/// What a decision may answer: of which type, and which values, output by output.
///
/// This is the one place that says whether an answer is one of those that were declared. What is written as a value is held
/// to it when the decision is read, and the decision has an error then; what is computed, when it is evaluated, and nothing
/// is decided then.
struct AnswerDomain: Hashable, Sendable {
  struct Column: Hashable, Sendable {
    var name: String
    var type: FEELType
    var allowed: FEELUnaryTests?
    /// Whether a list is judged item by item.
    var isCollected = false
  }

  /// The outputs; none where anything may be answered.
  var columns: [Column] = []

  /// Why an answer may not be given, or nil where it may.
  ///
  /// No answer, null, is none of the values and may always be.
  ///
  /// What is written as a value was asked about when it was read.
  func rejects(
    _ value: FEELValue, of expression: FEELExpression, at column: Int, evaluator: FEELEvaluator = FEELEvaluator()
  ) -> FEELProblem? {
    guard columns.indices.contains(column), !expression.isLiteral else { return nil }
    return columns[column].rejects(value, evaluator: evaluator)
  }
}

extension AnswerDomain.Column {
  func rejects(_ value: FEELValue, evaluator: FEELEvaluator = FEELEvaluator()) -> FEELProblem? {
    if isCollected, case .list(let items) = value {
      return items.lazy.compactMap { one($0, evaluator) }.first
    }
    return one(value, evaluator)
  }

  private func one(_ value: FEELValue, _ evaluator: FEELEvaluator) -> FEELProblem? {
    if value.isNull { return nil }
    let shown = visibleText(value.description)
    guard type.admits(value) else {
      return FEELProblem(
        "answer-type", "`\(visibleText(name))` is to be a \(type), and \(shown) is a \(value.kindName)", Span(0, 0),
        help: "answer with a \(type), or give the output another `type`")
    }
    if let allowed, evaluator.satisfies(allowed, input: value, in: .empty).result != true {
      return FEELProblem(
        "answer-not-allowed", "\(shown) is not among the answers that are allowed for `\(visibleText(name))`",
        Span(0, 0), help: "allowed is \(allowed)")
    }
    return nil
  }
}

extension DecisionTable {
  /// Where an answer stands.
  enum AnswerPlace {
    /// In a rule: one answer, also where a policy combines several.
    case rule
    /// In the default, or in an example: what comes of all rules together.
    case whole
  }

  /// What may be answered at a place.
  func domain(of place: AnswerPlace) -> AnswerDomain {
    guard holdsAnswers else { return AnswerDomain() }
    // What the rules of a count answer is not asked, and the count is no answer of theirs.
    if hitPolicy == .collectCount { return AnswerDomain() }
    return AnswerDomain(
      columns: outputs.map { output in
        var column = AnswerDomain.Column(name: output.name ?? "", type: output.type, allowed: output.allowed)
        guard place == .whole else { return column }
        switch hitPolicy {
        case .ruleOrder, .outputOrder, .collect: column.isCollected = true
        // A sum is none of its parts.
        case .collectSum: column.allowed = nil
        case .unique, .any, .priority, .first, .collectMin, .collectMax, .collectCount: break
        }
        return column
      })
  }
}
