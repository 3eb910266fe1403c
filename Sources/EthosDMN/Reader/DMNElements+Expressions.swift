import EthosText

/// Boxed expressions (DMN 1.5, 7.3 and 10.2).
extension DMNElements {
  func isExpression(_ element: XMLElement) -> Bool { Self.expressions.contains(element.name) }

  private static let expressions: Set<String> = [
    "literalExpression", "decisionTable", "invocation", "context", "list", "relation", "functionDefinition",
    "conditional", "filter", "for", "some", "every",
  ]

  /// The expression of an element; nil where it is none, or where it is not understood, which is told then.
  mutating func expression(_ element: XMLElement) -> DMNExpression? {
    guard isExpression(element), let kind = kind(element) else { return nil }
    return DMNExpression(kind, type: typeName(element["typeRef"]), span: element.span)
  }

  private mutating func kind(_ element: XMLElement) -> DMNExpression.Kind? {
    switch element.name {
    case "literalExpression": literal(element)
    case "decisionTable": table(element).map { .table($0) }
    case "invocation": invocation(element)
    case "context": context(element)
    case "list": .list(inner(element))
    case "relation": relation(element)
    case "functionDefinition": function(element).map { .function($0) }
    case "conditional": conditional(element)
    case "filter": filter(element)
    default: iterator(element)
    }
  }

  /// The expressions directly inside an element.
  private mutating func inner(_ element: XMLElement) -> [DMNExpression] {
    var result: [DMNExpression] = []
    children(of: element) { elements, child in
      guard let expression = elements.expression(child) else { return elements.isExpression(child) }
      result.append(expression)
      return true
    }
    return result
  }

  private mutating func only(_ element: XMLElement) -> DMNExpression? {
    let found = inner(element)
    if found.isEmpty { report("missing-expression", .warning, "`\(element.name)` has no expression", element.span) }
    return found.first
  }

  private mutating func literal(_ element: XMLElement) -> DMNExpression.Kind? {
    if let language = foreignLanguage(element) {
      report(
        "expression-language", .error, "the expression is in `\(visibleText(language))`, and only FEEL is read",
        element.span)
      return nil
    }
    var text: DMNText?
    children(of: element) { elements, child in
      guard child.name == "text" else { return false }
      text = elements.text(child)
      return true
    }
    return text.map { .literal($0) }
  }

  private mutating func invocation(_ element: XMLElement) -> DMNExpression.Kind? {
    var function: DMNExpression?
    var bindings: [DMNBinding] = []
    children(of: element) { elements, child in
      guard child.name == "binding" else {
        guard let expression = elements.expression(child) else { return elements.isExpression(child) }
        function = expression
        return true
      }
      var parameter: DMNVariable?
      var value: DMNExpression?
      elements.children(of: child) { elements, part in
        if part.name == "parameter" {
          parameter = elements.variable(part)
          return true
        }
        guard let expression = elements.expression(part) else { return elements.isExpression(part) }
        value = expression
        return true
      }
      if let parameter, let value {
        bindings.append(DMNBinding(parameter: parameter, value: value))
      } else if parameter != nil {
        elements.report("missing-expression", .warning, "`binding` has no value", child.span)
      }
      return true
    }
    guard let function else {
      report("missing-expression", .warning, "`invocation` says not what it invokes", element.span)
      return nil
    }
    return .invocation(function, bindings)
  }

  private mutating func context(_ element: XMLElement) -> DMNExpression.Kind? {
    var entries: [DMNContextEntry] = []
    children(of: element) { elements, child in
      guard child.name == "contextEntry" else { return false }
      var variable: DMNVariable?
      var value: DMNExpression?
      elements.children(of: child) { elements, part in
        if part.name == "variable" {
          variable = elements.variable(part)
          return true
        }
        guard let expression = elements.expression(part) else { return elements.isExpression(part) }
        value = expression
        return true
      }
      if let value {
        entries.append(DMNContextEntry(variable, value))
      } else {
        elements.report("missing-expression", .warning, "`contextEntry` has no value", child.span)
      }
      return true
    }
    return .context(entries)
  }

  private mutating func relation(_ element: XMLElement) -> DMNExpression.Kind? {
    var columns: [DMNVariable] = []
    var rows: [[DMNExpression]] = []
    children(of: element) { elements, child in
      switch child.name {
      case "column": columns.append(elements.variable(child))
      case "row": rows.append(elements.inner(child))
      default: return false
      }
      return true
    }
    for row in rows where row.count != columns.count {
      report(
        "table-form", .warning, "a row of a relation has \(row.count) cells, and there are \(columns.count) columns",
        row.first?.span ?? element.span)
    }
    return .relation(columns, rows)
  }

  mutating func function(_ element: XMLElement) -> DMNFunction? {
    if let kind = element["kind"], kind != "FEEL" {
      report(
        "external-function", .warning, "a function of the kind `\(visibleText(kind))` is not run", element.span)
      return nil
    }
    var parameters: [DMNVariable] = []
    var body: DMNExpression?
    children(of: element) { elements, child in
      if child.name == "formalParameter" {
        parameters.append(elements.variable(child))
        return true
      }
      guard let expression = elements.expression(child) else { return elements.isExpression(child) }
      body = expression
      return true
    }
    guard var body else { return nil }
    // The type of a function's definition is that of the function, not of its result.
    if element.name == "encapsulatedLogic", body.type == nil { body.type = typeName(element["typeRef"]) }
    return DMNFunction(parameters: parameters, body: body)
  }

  private mutating func conditional(_ element: XMLElement) -> DMNExpression.Kind? {
    let parts = parts(element, ["if", "then", "else"])
    guard let condition = parts["if"], let then = parts["then"], let otherwise = parts["else"] else { return nil }
    return .conditional(condition, then: then, otherwise: otherwise)
  }

  private mutating func filter(_ element: XMLElement) -> DMNExpression.Kind? {
    let parts = parts(element, ["in", "match"])
    guard let list = parts["in"], let match = parts["match"] else { return nil }
    return .filter(list, match)
  }

  private mutating func iterator(_ element: XMLElement) -> DMNExpression.Kind? {
    let result = element.name == "for" ? "return" : "satisfies"
    let parts = parts(element, ["in", result])
    guard let list = parts["in"], let body = parts[result], let kind = DMNIteration(rawValue: element.name) else {
      return nil
    }
    let name = DMNNames.normalized(element["iteratorVariable"] ?? "")
    if name.isEmpty { report("missing-name", .warning, "`\(element.name)` names no variable", element.span) }
    return .iterator(kind, variable: DMNVariable(name), list, body)
  }

  /// The expressions inside the named children; a missing one is told.
  private mutating func parts(_ element: XMLElement, _ names: [String]) -> [String: DMNExpression] {
    var result: [String: DMNExpression] = [:]
    children(of: element) { elements, child in
      guard names.contains(child.name) else { return false }
      result[child.name] = elements.only(child)
      return true
    }
    for name in names where result[name] == nil {
      report("missing-expression", .warning, "`\(element.name)` has no `\(name)`", element.span)
    }
    return result
  }
}
