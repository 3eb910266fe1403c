import EthosText

/// The elements that a model defines (DMN 1.5, clause 6, 7.3).
extension DMNElements {
  mutating func model(_ root: XMLElement, _ version: DMNVersion) -> DMNModel {
    var model = DMNModel(
      name: DMNNames.normalized(root["name"] ?? ""), namespace: root["namespace"] ?? "", version: version,
      source: source)
    language = root["expressionLanguage"]
    children(of: root) { elements, child in
      switch child.name {
      case "itemDefinition": model.items.append(elements.item(child))
      case "inputData": model.inputs.append(elements.input(child))
      case "decision": model.decisions.append(elements.decision(child))
      case "businessKnowledgeModel": model.knowledge.append(elements.knowledge(child))
      case "decisionService": model.services.append(elements.service(child))
      case "import":
        model.imports.append(
          DMNModelImport(
            name: DMNNames.normalized(child["name"] ?? ""), namespace: child["namespace"] ?? "", span: child.span))
      default: return false
      }
      return true
    }
    return model
  }

  mutating func item(_ element: XMLElement) -> DMNItemDefinition {
    var item = DMNItemDefinition(
      name: name(of: element), type: typeName(element["typeRef"]), isCollection: element["isCollection"] == "true",
      span: element.span)
    children(of: element) { elements, child in
      switch child.name {
      case "typeRef": item.type = elements.typeName(child.text.string)
      case "allowedValues": item.allowed = elements.innerText(child)
      case "typeConstraint": item.constraint = elements.innerText(child)
      case "itemComponent": item.components.append(elements.item(child))
      case "functionItem":
        item.isFunction = true
        item.type = elements.typeName(child["outputTypeRef"])
        elements.children(of: child) { elements, parameter in
          guard parameter.name == "parameters" else { return false }
          item.components.append(
            DMNItemDefinition(
              name: DMNNames.normalized(parameter["name"] ?? ""), type: elements.typeName(parameter["typeRef"]),
              span: parameter.span))
          return true
        }
      default: return false
      }
      return true
    }
    return item
  }

  /// The name and type of a `variable`, `parameter`, `column` and the like.
  mutating func variable(_ element: XMLElement) -> DMNVariable {
    children(of: element) { _, _ in false }
    return DMNVariable(DMNNames.normalized(element["name"] ?? ""), type: typeName(element["typeRef"]))
  }

  mutating func input(_ element: XMLElement) -> DMNInputData {
    var input = DMNInputData(
      id: element["id"], name: name(of: element), description: description(of: element), span: element.span)
    children(of: element) { elements, child in
      guard child.name == "variable" else { return false }
      input.type = elements.variable(child).type
      return true
    }
    return input
  }

  mutating func decision(_ element: XMLElement) -> DMNDecision {
    var decision = DMNDecision(
      id: element["id"], name: name(of: element), description: description(of: element), span: element.span)
    decision.label = element["label"].map { DMNNames.normalized($0) }.flatMap { $0.isEmpty ? nil : $0 }
    children(of: element) { elements, child in
      switch child.name {
      case "variable":
        let variable = elements.variable(child)
        decision.type = variable.type
        if !variable.name.isEmpty, variable.name != decision.name { decision.variable = variable.name }
      case "question": decision.question = elements.plainText(child)
      case "informationRequirement", "knowledgeRequirement": decision.requirements += elements.requirement(child)
      default:
        guard let logic = elements.expression(child) else { return elements.isExpression(child) }
        decision.logic = logic
      }
      return true
    }
    return decision
  }

  mutating func requirement(_ element: XMLElement) -> [DMNLink] {
    var result: [DMNLink] = []
    children(of: element) { elements, child in
      switch child.name {
      case "requiredInput": result += elements.link(child, .input).map { [$0] } ?? []
      case "requiredDecision": result += elements.link(child, .decision).map { [$0] } ?? []
      case "requiredKnowledge": result += elements.link(child, .knowledge).map { [$0] } ?? []
      default: return false
      }
      return true
    }
    return result
  }

  mutating func knowledge(_ element: XMLElement) -> DMNKnowledge {
    var knowledge = DMNKnowledge(
      id: element["id"], name: name(of: element), type: nil, requirements: [], function: nil, span: element.span)
    children(of: element) { elements, child in
      switch child.name {
      case "variable": knowledge.type = elements.variable(child).type
      case "encapsulatedLogic": knowledge.function = elements.function(child)
      case "knowledgeRequirement": knowledge.requirements += elements.requirement(child)
      default: return false
      }
      return true
    }
    return knowledge
  }

  mutating func service(_ element: XMLElement) -> DMNService {
    var service = DMNService(
      id: element["id"], name: name(of: element), type: nil, outputs: [], encapsulated: [], inputDecisions: [],
      inputData: [], span: element.span)
    children(of: element) { elements, child in
      switch child.name {
      case "variable": service.type = elements.variable(child).type
      case "outputDecision": service.outputs += elements.link(child, .decision).map { [$0] } ?? []
      case "encapsulatedDecision": service.encapsulated += elements.link(child, .decision).map { [$0] } ?? []
      case "inputDecision": service.inputDecisions += elements.link(child, .decision).map { [$0] } ?? []
      case "inputData": service.inputData += elements.link(child, .input).map { [$0] } ?? []
      default: return false
      }
      return true
    }
    return service
  }
}
