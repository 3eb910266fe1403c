import EthosText

/// Writes a model as XML of DMN 1.5.
package enum DMNWriter {
  /// The file.
  ///
  /// Reading it gives a model of the same decisions.
  package static func text(_ model: DMNModel) -> String {
    var writer = XMLWriter()
    let attributes: KeyValuePairs<String, String?> = [
      "xmlns": DMNVersion.v15.namespace, "namespace": model.namespace, "name": model.name,
      "id": "definitions", "exporter": "ethos",
    ]
    writer.element("definitions", attributes) { writer in
      for link in model.imports {
        writer.empty(
          "import",
          ["name": link.name, "namespace": link.namespace, "importType": DMNVersion.v15.namespace])
      }
      for item in model.items { DMNWriter.item(item, "itemDefinition", &writer) }
      for input in model.inputs { DMNWriter.input(input, &writer) }
      for decision in model.decisions { DMNWriter.decision(decision, &writer) }
      for knowledge in model.knowledge { DMNWriter.knowledge(knowledge, &writer) }
      for service in model.services { DMNWriter.service(service, &writer) }
    }
    return writer.text
  }

  private static func item(_ item: DMNItemDefinition, _ element: String, _ writer: inout XMLWriter) {
    let collection = item.isCollection ? "true" : nil
    writer.element(element, ["name": item.name, "isCollection": collection]) { writer in
      if item.isFunction {
        writer.element("functionItem", ["outputTypeRef": item.type]) { writer in
          for parameter in item.components {
            writer.empty("parameters", ["name": parameter.name, "typeRef": parameter.type])
          }
        }
        return
      }
      if let type = item.type { writer.leaf("typeRef", type) }
      tests("allowedValues", item.allowed, &writer)
      tests("typeConstraint", item.constraint, &writer)
      for component in item.components { DMNWriter.item(component, "itemComponent", &writer) }
    }
  }

  private static func tests(_ element: String, _ text: DMNText?, _ writer: inout XMLWriter) {
    guard let text else { return }
    writer.element(element) { $0.leaf("text", text.string) }
  }

  private static func input(_ input: DMNInputData, _ writer: inout XMLWriter) {
    writer.element("inputData", ["id": input.id, "name": input.name]) { writer in
      if let description = input.description { writer.leaf("description", description) }
      writer.empty("variable", ["name": input.name, "typeRef": input.type])
    }
  }

  private static func decision(_ decision: DMNDecision, _ writer: inout XMLWriter) {
    let label = decision.label
    writer.element("decision", ["id": decision.id, "name": decision.name, "label": label]) { writer in
      if let description = decision.description { writer.leaf("description", description) }
      if let question = decision.question { writer.leaf("question", question) }
      writer.empty("variable", ["name": decision.variableName, "typeRef": decision.type])
      requirements(decision.requirements, &writer)
      if let logic = decision.logic { expression(logic, &writer) }
    }
  }

  private static func href(_ link: DMNLink) -> String { "\(link.namespace ?? "")#\(link.id)" }

  private static func requirements(_ links: [DMNLink], _ writer: inout XMLWriter) {
    for link in links {
      switch link.role {
      case .input: writer.element("informationRequirement") { $0.empty("requiredInput", ["href": href(link)]) }
      case .decision: writer.element("informationRequirement") { $0.empty("requiredDecision", ["href": href(link)]) }
      case .knowledge: writer.element("knowledgeRequirement") { $0.empty("requiredKnowledge", ["href": href(link)]) }
      }
    }
  }

  private static func knowledge(_ knowledge: DMNKnowledge, _ writer: inout XMLWriter) {
    writer.element("businessKnowledgeModel", ["id": knowledge.id, "name": knowledge.name]) { writer in
      writer.empty("variable", ["name": knowledge.name, "typeRef": knowledge.type])
      if let function = knowledge.function {
        writer.element("encapsulatedLogic") { DMNWriter.function(function, &$0) }
      }
      requirements(knowledge.requirements, &writer)
    }
  }

  private static func service(_ service: DMNService, _ writer: inout XMLWriter) {
    writer.element("decisionService", ["id": service.id, "name": service.name]) { writer in
      writer.empty("variable", ["name": service.name, "typeRef": service.type])
      for link in service.outputs { writer.empty("outputDecision", ["href": href(link)]) }
      for link in service.encapsulated { writer.empty("encapsulatedDecision", ["href": href(link)]) }
      for link in service.inputDecisions { writer.empty("inputDecision", ["href": href(link)]) }
      for link in service.inputData { writer.empty("inputData", ["href": href(link)]) }
    }
  }
}
