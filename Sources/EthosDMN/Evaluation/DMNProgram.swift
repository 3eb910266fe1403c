import EthosDecision
import EthosFEEL
import EthosModel
package import EthosText

/// A model made ready to be evaluated: names resolved, expressions parsed, order found.
///
/// Making it costs one pass over the model, and the parsing of every expression. What cannot be read is a diagnostic,
/// and the decision that holds it is null, with that problem, whenever it is asked for.
package struct DMNProgram: Sendable {
  /// An element of a model that has a value.
  package struct Element: Sendable {
    package var kind: Kind
    package var name: String
    /// The namespace of its model.
    package var namespace: String
    package var type: DMNType?
    var needs: [Need] = []
    var logic = Logic.none
    var span: Span?
    /// Whether it requires itself, by whatever way.
    var isCyclic = false
  }

  package enum Kind: Sendable, Hashable { case input, decision, knowledge, service }

  /// Something that an element requires, and the name of the import that it is known under.
  struct Need: Sendable {
    var element: Int
    var prefix: String?
  }

  enum Logic: Sendable {
    case none
    case broken([FEELProblem])
    case expression(FEELExpression)
    case table(DecisionTable, DMNType?)
  }

  /// The elements, those of the model first, then those of the models that it imports.
  package private(set) var elements: [Element] = []
  /// The elements in an order in which each comes after what it needs.
  private(set) var order: [Int] = []
  package private(set) var diagnostics: [Diagnostic] = []
  let shapes: [String: FEELType]
  /// The services by element: what they are made of.
  private(set) var services: [Int: DMNServiceParts] = [:]

  /// Makes a model ready; the models of the library are those that it may import, by their namespaces.
  package init(_ model: DMNModel, library: [DMNModel] = []) {
    let models = DMNProgram.models(model, library)
    let types = DMNProgram.types(models)
    shapes = types[0].shapes
    var links = DMNLinks(models)
    for (index, model) in models.enumerated() {
      elements += DMNProgram.elements(model, types[index])
      for problem in types[index].problems {
        diagnostics.append(
          Diagnostic("unknown-type", .warning, problem.message, at: DMNProgram.location(problem.span, model)))
      }
    }
    resolve(models, &links)
    diagnostics += links.diagnostics
    sort(models)
    compile(models, types, links)
    diagnostics.sort(by: Diagnostic.precedes)
  }

  /// The element of a kind and name, in the model of a namespace, or in any.
  package func element(_ kind: Kind, _ name: String, namespace: String? = nil) -> Int? {
    elements.indices.first {
      elements[$0].kind == kind && FEELText.areEqual(elements[$0].name, name)
        && (namespace == nil || elements[$0].namespace == namespace)
    }
  }

  // MARK: - The models

  /// The model and all that it imports, each once, those that import before those that are imported.
  private static func models(_ model: DMNModel, _ library: [DMNModel]) -> [DMNModel] {
    var result = [model]
    var next = 0
    while next < result.count {
      for link in result[next].imports where !result.contains(where: { $0.namespace == link.namespace }) {
        result += library.first { $0.namespace == link.namespace }.map { [$0] } ?? []
      }
      next += 1
    }
    return result
  }

  private static func types(_ models: [DMNModel]) -> [DMNTypes] {
    var result: [DMNTypes?] = models.map { _ in nil }
    // The imported ones come later in the list; a circle of imports sees no types the second time.
    for index in models.indices.reversed() {
      let imports = models[index].imports.compactMap { link -> (name: String, types: DMNTypes)? in
        guard let other = models.firstIndex(where: { $0.namespace == link.namespace }) else { return nil }
        return result[other].map { (link.name, $0) }
      }
      result[index] = DMNTypes(models[index].items, imports: imports)
    }
    return result.map { $0 ?? DMNTypes([], imports: []) }
  }

  static func location(_ span: Span?, _ model: DMNModel) -> Location? {
    guard let source = model.source, let span else { return nil }
    return source.location(span)
  }

  private static func elements(_ model: DMNModel, _ types: DMNTypes) -> [Element] {
    let namespace = model.namespace
    return model.inputs.map {
      Element(kind: .input, name: $0.name, namespace: namespace, type: types.type($0.type), span: $0.span)
    }
      + model.decisions.map {
        Element(kind: .decision, name: $0.variableName, namespace: namespace, type: types.type($0.type), span: $0.span)
      }
      + model.knowledge.map { Element(kind: .knowledge, name: $0.name, namespace: namespace, span: $0.span) }
      + model.services.map {
        Element(kind: .service, name: $0.name, namespace: namespace, type: types.type($0.type), span: $0.span)
      }
  }

  // MARK: - What needs what

  private mutating func resolve(_ models: [DMNModel], _ links: inout DMNLinks) {
    for (index, model) in models.enumerated() {
      for (place, decision) in model.decisions.enumerated() {
        elements[links.place(index, .decision, place)].needs = links.needs(decision.requirements, index)
      }
      for (place, knowledge) in model.knowledge.enumerated() {
        elements[links.place(index, .knowledge, place)].needs = links.needs(knowledge.requirements, index)
      }
      for (place, service) in model.services.enumerated() {
        let element = links.place(index, .service, place)
        let parts = DMNServiceParts(
          outputs: links.needs(service.outputs, index).map(\.element),
          inputs: links.needs(service.inputData, index).map(\.element)
            + links.needs(service.inputDecisions, index).map(\.element))
        services[element] = parts
      }
    }
    for (element, parts) in services {
      let inner = inner(parts)
      services[element]?.inner = inner
      // What a service needs from outside: the functions that its decisions call.
      var needs: [Need] = []
      for inner in inner {
        for need in elements[inner].needs
        where elements[need.element].kind == .knowledge || elements[need.element].kind == .service {
          if !needs.contains(where: { $0.element == need.element && $0.prefix == need.prefix }) { needs.append(need) }
        }
      }
      elements[element].needs = needs
    }
  }

  /// The decisions that a service evaluates: its outputs and what they need, down to its own inputs, in that order.
  private func inner(_ parts: DMNServiceParts) -> [Int] {
    var result: [Int] = []
    var seen = Set(parts.inputs)
    var stack = parts.outputs.reversed().map { (element: $0, isDone: false) }
    while let (element, isDone) = stack.popLast() {
      if isDone {
        result.append(element)
        continue
      }
      guard elements[element].kind == .decision, seen.insert(element).inserted else { continue }
      stack.append((element, true))
      stack += elements[element].needs.reversed().map { ($0.element, false) }
    }
    return result
  }

  private mutating func sort(_ models: [DMNModel]) {
    let edges = elements.map { $0.needs.map(\.element) }
    for component in StronglyConnectedComponents.find(edges) {
      order += component
      guard component.count > 1 || edges[component[0]].contains(component[0]) else { continue }
      // A function may call itself.
      if component.count == 1, elements[component[0]].kind == .knowledge { continue }
      for element in component { elements[element].isCyclic = true }
      let names = component.map { "`\(visibleText(elements[$0].name))`" }.sorted().joined(separator: ", ")
      let model = models.first { $0.namespace == elements[component[0]].namespace } ?? models[0]
      diagnostics.append(
        Diagnostic(
          "cycle", .error, "\(names) require each other in a circle",
          at: DMNProgram.location(elements[component[0]].span, model), help: "none of them can be evaluated"))
    }
  }

  // MARK: - Expressions

  private mutating func compile(_ models: [DMNModel], _ types: [DMNTypes], _ links: DMNLinks) {
    for (index, model) in models.enumerated() {
      for (place, decision) in model.decisions.enumerated() {
        let element = links.place(index, .decision, place)
        guard let logic = decision.logic else { continue }
        var compiler = DMNCompiler(types: types[index])
        let names = names(elements[element].needs)
        if case .table(let written) = logic.kind {
          let table = compiler.table(written, names)
          finish(element, table.map { .table($0, types[index].type(logic.type)) }, compiler, model)
        } else {
          finish(element, compiler.expression(logic, names).map { .expression($0) }, compiler, model)
        }
      }
      for (place, knowledge) in model.knowledge.enumerated() {
        let element = links.place(index, .knowledge, place)
        guard var function = knowledge.function else { continue }
        var compiler = DMNCompiler(types: types[index])
        // The variable of a function holds the function; tools also write the type of its result there.
        let type = types[index].type(knowledge.type)?.shape
        if function.body.type == nil, let type, !DMNProgram.isFunction(type) { function.body.type = knowledge.type }
        let names = names(elements[element].needs).adding([knowledge.name])
        let tree = compiler.function(function, names, result: type.flatMap { DMNProgram.result($0) })
        finish(element, tree.map { .expression($0) }, compiler, model)
      }
    }
  }

  private static func isFunction(_ type: FEELType) -> Bool { result(type) != nil }

  /// The type of the result of a type of functions.
  static func result(_ type: FEELType) -> FEELType? {
    if case .function(_, let result) = type { result } else { nil }
  }

  private mutating func finish(_ element: Int, _ logic: Logic?, _ compiler: DMNCompiler, _ model: DMNModel) {
    elements[element].logic = logic ?? .broken(compiler.problems)
    for problem in compiler.problems {
      diagnostics.append(
        Diagnostic(
          Diagnostic.Code(rawValue: problem.code), .error,
          "in `\(visibleText(elements[element].name))`: \(problem.message)",
          at: DMNProgram.location(problem.span, model), help: problem.help))
    }
  }

  /// The names that what an element needs gives to its expressions.
  func names(_ needs: [Need]) -> FEELNames {
    var plain: [(String, FEELType?)] = []
    var imported: [String: [FEELTypedName]] = [:]
    for need in needs {
      let element = elements[need.element]
      let shape = element.kind == .input || element.kind == .decision ? element.type?.shape : nil
      if let prefix = need.prefix {
        imported[prefix, default: []].append(FEELTypedName(element.name, shape ?? .any))
      } else {
        plain.append((element.name, shape))
      }
    }
    return FEELNames(typed: plain + imported.map { ($0.key, .context($0.value)) })
  }
}

/// What a decision service is made of, as elements of a program.
struct DMNServiceParts: Sendable {
  var outputs: [Int]
  var inputs: [Int]
  /// The decisions that it evaluates, each after what it needs.
  var inner: [Int] = []
}
