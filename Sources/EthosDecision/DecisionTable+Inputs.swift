package import EthosFEEL
import EthosText

extension DecisionTable.Input {
  /// Why a value may not be given for this input, or nil where it may: it is missing and not nullable, of another type,
  /// not among what is allowed, or no multiple of the step.
  ///
  /// An identity's decisions ask this before they are evaluated, and decide nothing where it answers. DMN itself only
  /// says what a value outside is like (8.3.2), so its models do not ask.
  package func rejects(
    _ value: FEELValue, in scope: FEELScope = .empty, evaluator: FEELEvaluator = FEELEvaluator()
  ) -> FEELProblem? {
    if value.isNull {
      return isNullable ? nil : problem("missing-input", "`\(visibleText(name))` is missing")
    }
    guard type.admits(value) else {
      return problem("wrong-type", "`\(visibleText(name))` is to be a \(type), and is a \(value.kindName)")
    }
    if let step, case .number(let number) = value {
      guard let rest = number.modulo(step), rest.isZero else {
        return problem("not-a-step", "`\(visibleText(name))` is \(number), which is no multiple of \(step)")
      }
    }
    if let allowed, evaluator.satisfies(allowed, input: value, in: scope).result != true {
      return problem(
        "not-allowed", "`\(visibleText(name))` is \(visibleText(value.description)), which is not allowed")
    }
    return nil
  }

  private func problem(_ code: String, _ message: String) -> FEELProblem {
    FEELProblem(code, message, expression.span)
  }
}

extension FEELType {
  /// Whether a value that is not null is of this type, as far as the type is simple: of lists, contexts, functions and
  /// the model's own types nothing is asked here.
  func admits(_ value: FEELValue) -> Bool {
    switch (self, value) {
    case (.boolean, .boolean), (.number, .number), (.string, .string), (.date, .date), (.time, .time),
      (.dateAndTime, .dateTime), (.daysAndTimeDuration, .daysDuration), (.yearsAndMonthsDuration, .monthsDuration),
      (.any, _), (.list, _), (.range, _), (.context, _), (.function, _), (.named, _):
      true
    default: false
    }
  }
}
