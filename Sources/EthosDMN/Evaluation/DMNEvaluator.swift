package import EthosDecision
package import EthosFEEL
import EthosText

/// The value of an element of a model, with what went wrong on the way.
package struct DMNResult: Sendable {
  package var value: FEELValue
  package var problems: [FEELProblem] = []
  /// What the table says, where the logic is one.
  package var evaluation: Evaluation?

  package init(value: FEELValue, problems: [FEELProblem] = [], evaluation: Evaluation? = nil) {
    self.value = value
    self.problems = problems
    self.evaluation = evaluation
  }
}

/// A value that is given to a model: of an input, or of a decision that is not to be evaluated then.
package struct DMNGiven: Sendable {
  package var name: String
  package var namespace: String?
  package var value: FEELValue

  package init(_ name: String, _ value: FEELValue, namespace: String? = nil) {
    self.name = name
    self.namespace = namespace
    self.value = value
  }
}

/// Evaluates the decisions of a model, each after what it requires (DMN 1.5, 10.4).
///
/// An input that is not given is null. A value that is not of the type of its element is null, with a problem. Costs the
/// evaluation of what is asked for and what that requires, each once.
package struct DMNEvaluator: Sendable {
  package let program: DMNProgram
  private let evaluator: FEELEvaluator
  private let base: FEELScope

  package init(
    _ program: DMNProgram, limits: FEELLimits = .standard, now: FEELDateTime? = nil, zones: FEELZones? = nil
  ) {
    self.program = program
    evaluator = FEELEvaluator(limits: limits)
    base = FEELScope(now: now, types: program.shapes, zones: zones)
  }

  /// The values of some elements, by their index in the program.
  package func evaluate(_ elements: [Int], given: [DMNGiven]) -> [Int: DMNResult] {
    var run = Run(self, given)
    return run.evaluate(elements)
  }

  /// The value of a decision; nil where there is none of the name.
  package func evaluate(decision: String, given: [DMNGiven]) -> DMNResult? {
    guard let element = program.element(.decision, decision) else { return nil }
    return evaluate([element], given: given)[element]
  }

  /// What a decision service answers (DMN 1.5, 10.4): the value of its output, or a context of several.
  package func evaluate(service: Int, given: [DMNGiven]) -> DMNResult {
    guard let parts = program.services[service] else { return DMNResult(value: .null) }
    // What a service takes as its input is not evaluated, also where it is not given.
    let missing = parts.inputs.map {
      DMNGiven(program.elements[$0].name, .null, namespace: program.elements[$0].namespace)
    }
    let results = evaluate(parts.outputs, given: given + missing)
    let problems = parts.outputs.flatMap { results[$0]?.problems ?? [] }
    func value(_ element: Int) -> FEELValue { results[element]?.value ?? .null }
    let answer =
      parts.outputs.count == 1
      ? value(parts.outputs[0])
      : .context(FEELContext(parts.outputs.map { (program.elements[$0].name, value($0)) }))
    return brought(DMNResult(value: answer, problems: problems), to: program.elements[service].type?.ofResult, service)
  }

  /// The result with its value as one of a type; null with a problem where it is none.
  private func brought(_ result: DMNResult, to type: DMNType?, _ index: Int) -> DMNResult {
    guard let type else { return result }
    var result = result
    if let value = type.coerced(result.value, in: base, evaluator) {
      result.value = value
    } else {
      let element = program.elements[index]
      result.problems.append(
        FEELProblem(
          "wrong-type", "the value of `\(visibleText(element.name))` is not of its type", element.span ?? Span(0, 0)))
      result.value = .null
    }
    return result
  }

  /// What a function of the model answers; arguments that are not given are null.
  package func call(function element: Int, given: [DMNGiven]) -> DMNResult {
    guard let function = evaluate([element], given: [])[element], case .function(let callee) = function.value else {
      return DMNResult(value: .null)
    }
    guard case .lambda(let lambda) = callee else { return DMNResult(value: .null) }
    let arguments = lambda.parameters.map { parameter in
      given.first { FEELText.areEqual($0.name, parameter.name) }?.value ?? .null
    }
    let result = evaluator.call(callee, arguments, in: base)
    return DMNResult(value: result.value, problems: function.problems + result.problems)
  }

  /// One evaluation: the values that are known so far.
  private struct Run {
    let owner: DMNEvaluator
    let given: [DMNGiven]
    var results: [Int: DMNResult] = [:]

    init(_ owner: DMNEvaluator, _ given: [DMNGiven]) {
      self.owner = owner
      self.given = given
    }

    mutating func evaluate(_ wanted: [Int]) -> [Int: DMNResult] {
      var needed = Set(wanted)
      var stack = wanted
      while let element = stack.popLast() {
        if self.value(givenFor: element) != nil { continue }
        for need in owner.program.elements[element].needs where needed.insert(need.element).inserted {
          stack.append(need.element)
        }
      }
      for element in owner.program.order where needed.contains(element) { results[element] = result(element) }
      return results
    }

    private func value(givenFor index: Int) -> FEELValue? {
      let element = owner.program.elements[index]
      guard element.kind == .input || element.kind == .decision else { return nil }
      return given.first {
        FEELText.areEqual($0.name, element.name) && ($0.namespace == nil || $0.namespace == element.namespace)
      }?.value
    }

    private func result(_ index: Int) -> DMNResult {
      let element = owner.program.elements[index]
      if let value = value(givenFor: index) { return owner.brought(DMNResult(value: value), to: element.type, index) }
      if element.isCyclic {
        let problem = FEELProblem("cycle", "`\(visibleText(element.name))` requires itself", Span(0, 0))
        return DMNResult(value: .null, problems: [problem])
      }
      let scope = scope(index)
      switch element.kind {
      case .input: return DMNResult(value: .null)
      case .service: return DMNResult(value: service(index, scope))
      case .knowledge, .decision: break
      }
      switch element.logic {
      case .none: return DMNResult(value: .null)
      case .broken(let problems): return DMNResult(value: .null, problems: problems)
      case .expression(let expression):
        // A function that is held by a name may call itself by it.
        let entry = FEELExpression(.context([FEELContextEntry(element.name, expression)]), expression.span)
        let isFunction = element.kind == .knowledge
        let found = owner.evaluator.value(of: isFunction ? entry : expression, in: scope)
        var value = found.value
        if isFunction, case .context(let context) = value { value = context[element.name] ?? .null }
        return owner.brought(DMNResult(value: value, problems: found.problems), to: element.type, index)
      case .table(let table, let type):
        let evaluation = table.evaluate(in: scope, evaluator: owner.evaluator)
        let result = DMNResult(
          value: evaluation.outcome.value, problems: evaluation.problems, evaluation: evaluation)
        return owner.brought(owner.brought(result, to: type, index), to: element.type, index)
      }
    }

    /// What an element sees: what it needs, by name; what is imported as contexts by the name of the import.
    private func scope(_ index: Int) -> FEELScope {
      var variables: [String: FEELValue] = [:]
      var imported: [String: FEELContext] = [:]
      for need in owner.program.elements[index].needs {
        guard let value = results[need.element]?.value else { continue }
        let name = owner.program.elements[need.element].name
        if let prefix = need.prefix {
          imported[prefix, default: FEELContext()][name] = value
        } else {
          variables[name] = value
        }
      }
      for (name, context) in imported { variables[name] = .context(context) }
      return FEELScope(variables: variables, parent: owner.base)
    }

    /// A service as a function of its inputs.
    private func service(_ index: Int, _ scope: FEELScope) -> FEELValue {
      guard let parts = owner.program.services[index] else { return .null }
      let expression = DMNServiceExpression(owner.program, parts, owner.program.elements[index])
      return owner.evaluator.value(of: expression.tree, in: scope).value
    }
  }
}
