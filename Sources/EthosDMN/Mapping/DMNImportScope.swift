import EthosFEEL
import EthosText

/// What the expressions of one decision use while they are carried over: facts, outputs of other decisions, functions.
///
/// Every name is replaced by what an identity knows it as, exactly, or a problem says which cannot be.
final class DMNImportScope {
  private let importer: DMNImporter
  private let needs: [String: DMNProgram.Need]
  /// The facts that were met, in that order.
  private(set) var facts: [DMNFacts.Fact] = []
  /// The outputs of other decisions that were met, by name, with what they refer to.
  private(set) var uses: [(name: String, reference: String, type: FEELType, id: String?)] = []
  private(set) var problems: [String] = []
  /// The built-in functions that are called: a fact of the same name would hide one of them.
  private(set) var called: Set<String> = []
  /// The decision of the identity that is written.
  var decision: String?
  /// Functions that are being put in place of their calls, from the outside in.
  private var calls: [Int] = []

  init(_ importer: DMNImporter, _ needs: [DMNProgram.Need]) {
    self.importer = importer
    self.needs = Dictionary(needs.map { (importer.program.elements[$0.element].name, $0) }) { first, _ in first }
  }

  var types: FEELTypeOf {
    FEELTypeOf(
      names: Dictionary(facts.map { ($0.name, $0.type) } + uses.map { ($0.name, $0.type) }) { first, _ in first })
  }

  func fail(_ message: String) {
    if !problems.contains(message) { problems.append(message) }
  }

  func rewritten(_ expression: FEELExpression) -> FEELExpression { simplified(expression.rewritten(replacement)) }
  func rewritten(_ tests: FEELUnaryTests) -> FEELUnaryTests { tests.rewritten(replacement) }

  private func replacement(
    _ expression: FEELExpression, _ around: FEELSurroundings
  ) -> FEELExpression? {
    switch expression.kind {
    case .name(let name): return named(name, [], expression, around)
    case .path:
      var base = expression
      var path: [String] = []
      while case .path(let inner, let field) = base.kind {
        path.insert(field, at: 0)
        base = inner
      }
      guard case .name(let name) = base.kind else { return nil }
      return named(name, path, expression, around)
    case .invocation(let function, let arguments):
      guard case .name(let name) = function.kind, !around.binds(name), let need = needs[name] else { return nil }
      guard importer.program.elements[need.element].kind == .knowledge else { return nil }
      let own = arguments.map { FEELArgument($0.name, $0.value.rewritten(in: around, replacement)) }
      return call(need.element, name, own, expression.span)
    default: return nil
    }
  }

  // MARK: - Names

  private func named(
    _ name: String, _ path: [String], _ expression: FEELExpression, _ around: FEELSurroundings
  ) -> FEELExpression? {
    if around.binds(name) { return nil }
    // A function that is called is the function, whatever fact has its name.
    if around.isCalled, FEELBuiltin(rawValue: name) != nil {
      called.insert(name)
      return nil
    }
    let found: (name: String, steps: Int)?
    if let need = needs[name] {
      found = self.need(need, name, path)
    } else if around.isInFilter {
      return nil
    } else if let answer = answer(name, path) {
      found = answer.place
    } else {
      found = fact(name, nil, path)
    }
    guard let found else { return nil }
    if around.isInFilter, found.name != name || found.steps > 0 {
      fail("`\(visibleText(name))` stands in a filter, where it may also be a field")
    }
    var result = FEELExpression(.name(found.name), expression.span)
    for field in path.dropFirst(found.steps) { result = FEELExpression(.path(result, field), expression.span) }
    return result
  }

  private func need(_ need: DMNProgram.Need, _ name: String, _ path: [String]) -> (name: String, steps: Int)? {
    if need.prefix != nil {
      fail("`\(visibleText(name))` is of another model")
      return nil
    }
    let element = importer.program.elements[need.element]
    switch element.kind {
    case .input: return fact(name, importer.inputType(need.element), path)
    case .decision: return output(need.element, name, path)
    case .knowledge, .service:
      fail("the function `\(visibleText(name))` is used as a value")
      return nil
    }
  }

  private func fact(_ name: String, _ type: String?, _ path: [String]) -> (name: String, steps: Int)? {
    switch importer.facts.lookup(name, type: type, path: path) {
    case .none(let reason):
      fail(reason)
      return nil
    case .fact(let fact, let steps):
      if !facts.contains(where: { $0.name == fact.name }) { facts.append(fact) }
      return (fact.name, steps)
    }
  }

  /// What a required decision answers, by the other names that tools know it by: that of its output (Camunda 7,
  /// Flowable), or its id (Camunda 8).
  ///
  /// Nil where no required decision has the name.
  private func answer(_ name: String, _ path: [String]) -> (place: (name: String, steps: Int)?, isFound: Bool)? {
    var found: [(element: Int, path: [String], own: String)] = []
    for need in needs.values where need.prefix == nil {
      guard let decision = importer.decision(need.element) else { continue }
      if decision.outputNames.contains(name) {
        found.append((need.element, decision.outputNames.count == 1 ? path : [name] + path, name))
      } else if decision.id == name {
        let output = decision.outputNames.count == 1 ? nil : path.first
        found.append((need.element, path, output.map { "\(name) \($0)" } ?? name))
      }
    }
    guard let only = found.first else { return nil }
    guard found.count == 1 else {
      fail("`\(visibleText(name))` is what several of the decisions that it requires answer")
      return (nil, true)
    }
    let known = importer.program.elements[only.element].name
    guard let place = output(only.element, known, only.path, as: only.own) else { return (nil, true) }
    return ((place.name, place.steps - (only.path.count - path.count)), true)
  }

  private func output(
    _ element: Int, _ name: String, _ path: [String], as known: String? = nil
  ) -> (name: String, steps: Int)? {
    guard let carried = importer.carried[element] else {
      fail("it needs `\(visibleText(name))`, which is not carried over")
      return nil
    }
    if carried.isList {
      fail("it needs `\(visibleText(name))`, whose answer is a list")
      return nil
    }
    var steps = 0
    var output = carried.outputs.first
    if carried.outputs.count != 1 {
      output = carried.outputs.first { $0.source == path.first }
      steps = 1
    }
    guard let output else {
      fail("it needs the whole answer of `\(visibleText(name))`, which has several outputs")
      return nil
    }
    let own = known ?? (steps == 0 ? name : importer.useName(name, output.name))
    let reference = carried.limit ?? DMNImportScope.reference(carried.id, output.name)
    let wanted = importer.knownUse(decision, reference).flatMap { needs[$0] == nil || $0 == name ? $0 : nil } ?? own
    use(wanted, carried.limit == nil ? carried.id : nil, reference, output.type)
    return (wanted, steps)
  }

  private static func reference(_ id: String, _ output: String) -> String {
    "decision/\(id).\(DMNImporter.segment(output))"
  }

  /// Takes note that an output of another decision is used by a name.
  func use(_ name: String, decision id: String, _ output: String, _ type: FEELType) {
    use(name, id, Self.reference(id, output), type)
  }

  private func use(_ name: String, _ id: String?, _ reference: String, _ type: FEELType) {
    guard !uses.contains(where: { $0.name == name }) else { return }
    uses.append((name, reference, type, id))
  }

  // MARK: - Functions

  /// The body of a function in place of its call, or a call of it as it is written.
  private func call(_ element: Int, _ name: String, _ arguments: [FEELArgument], _ span: Span) -> FEELExpression? {
    guard !calls.contains(element), calls.count < 10 else {
      fail("the function `\(visibleText(name))` calls itself")
      return FEELExpression(.null, span)
    }
    guard let function = importer.function(element) else {
      fail("the function `\(visibleText(name))` cannot be written as one expression")
      return FEELExpression(.null, span)
    }
    guard case .function(let parameters, let body) = function.kind else { return nil }
    calls.append(element)
    let inner = DMNImportScope(importer, importer.program.elements[element].needs)
    inner.calls = calls
    let written = body.rewritten(inner.ownCall)
    calls.removeLast()
    for problem in inner.problems { fail(problem) }
    if let reduced = substituted(parameters, written, arguments) { return reduced }
    return FEELExpression(.invocation(FEELExpression(.function(parameters, written), span), arguments), span)
  }

  /// What stands for a call of a function that this one needs; nil where the part is none.
  private func ownCall(_ expression: FEELExpression, _ around: FEELSurroundings) -> FEELExpression? {
    guard case .invocation(let callee, let arguments) = expression.kind, case .name(let name) = callee.kind,
      !around.binds(name), let need = needs[name]
    else { return nil }
    let written = arguments.map { FEELArgument($0.name, $0.value.rewritten(in: around, ownCall)) }
    return call(need.element, name, written, expression.span)
  }

  /// The body with the arguments in place of the parameters, where that is exact: each is a name or a literal of the
  /// parameter's type, and no name of it is bound inside.
  private func substituted(
    _ parameters: [FEELParameter], _ body: FEELExpression, _ arguments: [FEELArgument]
  ) -> FEELExpression? {
    guard let values = matched(parameters, arguments) else { return nil }
    var isExact = true
    let result = body.rewritten { expression, around in
      guard case .name(let name) = expression.kind, !around.binds(name), let value = values[name] else { return nil }
      if around.isInFilter || around.mayCapture(value) { isExact = false }
      return value
    }
    return isExact ? simplified(result) : nil
  }

  /// The arguments by parameter, where each may stand in its place.
  func matched(_ parameters: [FEELParameter], _ arguments: [FEELArgument]) -> [String: FEELExpression]? {
    guard parameters.count == arguments.count else { return nil }
    var values: [String: FEELExpression] = [:]
    for (index, parameter) in parameters.enumerated() {
      let isNamed = arguments.contains { $0.name != nil }
      let argument = isNamed ? arguments.first { $0.name == parameter.name } : arguments[index]
      guard let value = argument.map({ simplified($0.value) }), Self.isSimple(value) else { return nil }
      if let type = parameter.type, types(value) != type { return nil }
      values[parameter.name] = value
    }
    return values
  }

  private static func isSimple(_ expression: FEELExpression) -> Bool {
    switch expression.kind {
    case .name, .number, .string, .boolean, .temporal: true
    default: false
    }
  }

  /// The tree without calls that bring a value to the type that it has.
  private func simplified(_ expression: FEELExpression) -> FEELExpression {
    let types = types
    return expression.rewritten { expression, _ in
      guard case .invocation(let function, let arguments) = expression.kind, arguments.count == 1,
        case .function(let parameters, let body) = function.kind, parameters.count == 1,
        let type = parameters[0].type, case .name(let name) = body.kind, name == parameters[0].name
      else { return nil }
      let value = self.simplified(arguments[0].value)
      return types(value) == type ? value : nil
    }
  }
}
