import EthosModel
import EthosText

/// Decision tables (DMN 1.5, 8.3).
extension DMNElements {
  mutating func table(_ element: XMLElement) -> DMNTable? {
    guard let policy = hitPolicy(element) else { return nil }
    let foreign = foreignExpressions
    var table = DMNTable(hitPolicy: policy, inputs: [], outputs: [], rules: [])
    children(of: element) { elements, child in
      switch child.name {
      case "input": table.inputs.append(elements.tableInput(child))
      case "output": table.outputs.append(elements.tableOutput(child))
      case "annotation": table.annotations.append(DMNNames.normalized(child["name"] ?? ""))
      case "rule": table.rules.append(elements.rule(child))
      default: return false
      }
      return true
    }
    var isWhole = foreignExpressions == foreign
    for rule in table.rules where rule.tests.count != table.inputs.count || rule.answers.count != table.outputs.count {
      isWhole = false
      report(
        "table-form", .error,
        "a rule has \(rule.tests.count) conditions and \(rule.answers.count) answers, and the table "
          + "\(table.inputs.count) inputs and \(table.outputs.count) outputs", rule.span ?? element.span)
    }
    if table.outputs.isEmpty {
      report("table-form", .error, "a decision table has no output", element.span)
      isWhole = false
    }
    return isWhole ? table : nil
  }

  private mutating func hitPolicy(_ element: XMLElement) -> HitPolicy? {
    let written = element["hitPolicy"] ?? "UNIQUE"
    let aggregation = element["aggregation"]
    var name = written.lowercased()
    if name == "collect", let aggregation { name += " " + aggregation.lowercased() }
    guard let policy = HitPolicy(name: name) else {
      report(
        "hit-policy", .error,
        "`\(visibleText(written))`\(aggregation.map { " with `\(visibleText($0))`" } ?? "") is no hit policy",
        element.span, help: "the table is left out")
      return nil
    }
    return policy
  }

  private mutating func tableInput(_ element: XMLElement) -> DMNTable.Input {
    var input = DMNTable.Input(label: element["label"], expression: DMNText(""))
    children(of: element) { elements, child in
      switch child.name {
      case "inputExpression":
        elements.checkLanguage(child)
        input.type = elements.typeName(child["typeRef"])
        input.expression = elements.innerText(child) ?? DMNText("", span: child.span)
      case "inputValues": input.allowed = elements.innerText(child)
      default: return false
      }
      return true
    }
    return input
  }

  private mutating func tableOutput(_ element: XMLElement) -> DMNTable.Output {
    var output = DMNTable.Output(
      label: element["label"], name: element["name"].map { DMNNames.normalized($0) },
      type: typeName(element["typeRef"]))
    if output.name?.isEmpty == true { output.name = nil }
    children(of: element) { elements, child in
      switch child.name {
      case "outputValues": output.allowed = elements.innerText(child)
      case "defaultOutputEntry":
        elements.checkLanguage(child)
        output.fallback = elements.innerText(child)
      default: return false
      }
      return true
    }
    return output
  }

  private mutating func rule(_ element: XMLElement) -> DMNTable.Rule {
    var rule = DMNTable.Rule(
      id: element["id"], description: description(of: element), tests: [], answers: [], span: element.span)
    children(of: element) { elements, child in
      switch child.name {
      case "inputEntry":
        elements.checkLanguage(child)
        rule.tests.append(elements.innerText(child) ?? DMNText("-", span: child.span))
      case "outputEntry":
        elements.checkLanguage(child)
        rule.answers.append(elements.innerText(child) ?? DMNText("", span: child.span))
      case "annotationEntry": rule.annotations.append(elements.innerText(child)?.string ?? "")
      default: return false
      }
      return true
    }
    return rule
  }

  /// The language of an expression, its own or the model's, where it is another than FEEL.
  func foreignLanguage(_ element: XMLElement) -> String? {
    (element["expressionLanguage"] ?? language).flatMap { DMNVersion.isFEEL($0) ? nil : $0 }
  }

  private mutating func checkLanguage(_ element: XMLElement) {
    guard let language = foreignLanguage(element) else { return }
    foreignExpressions += 1
    report(
      "expression-language", .error,
      "`\(element.name)` is in `\(visibleText(language))`, and only FEEL is read", element.span)
  }
}
