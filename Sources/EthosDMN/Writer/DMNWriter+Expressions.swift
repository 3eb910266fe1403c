import EthosModel
import EthosText

/// Boxed expressions as XML.
extension DMNWriter {
  static func expression(_ expression: DMNExpression, _ writer: inout XMLWriter) {
    let type = expression.type
    switch expression.kind {
    case .literal(let text): writer.element("literalExpression", ["typeRef": type]) { $0.leaf("text", text.string) }
    case .table(let table): DMNWriter.table(table, type, &writer)
    case .invocation(let function, let bindings):
      writer.element("invocation", ["typeRef": type]) { writer in
        DMNWriter.expression(function, &writer)
        for binding in bindings {
          writer.element("binding") { writer in
            writer.empty("parameter", ["name": binding.parameter.name, "typeRef": binding.parameter.type])
            DMNWriter.expression(binding.value, &writer)
          }
        }
      }
    case .context(let entries):
      writer.element("context", ["typeRef": type]) { writer in
        for entry in entries {
          writer.element("contextEntry") { writer in
            if let variable = entry.variable {
              writer.empty("variable", ["name": variable.name, "typeRef": variable.type])
            }
            DMNWriter.expression(entry.value, &writer)
          }
        }
      }
    case .list(let items):
      writer.element("list", ["typeRef": type]) { writer in
        for item in items { DMNWriter.expression(item, &writer) }
      }
    case .relation(let columns, let rows):
      writer.element("relation", ["typeRef": type]) { writer in
        for column in columns { writer.empty("column", ["name": column.name, "typeRef": column.type]) }
        for row in rows {
          writer.element("row") { writer in
            for cell in row { DMNWriter.expression(cell, &writer) }
          }
        }
      }
    case .function(let function):
      writer.element("functionDefinition", ["typeRef": type]) { DMNWriter.function(function, &$0) }
    case .conditional(let condition, let then, let otherwise):
      writer.element("conditional", ["typeRef": type]) { writer in
        part("if", condition, &writer)
        part("then", then, &writer)
        part("else", otherwise, &writer)
      }
    case .filter(let list, let match):
      writer.element("filter", ["typeRef": type]) { writer in
        part("in", list, &writer)
        part("match", match, &writer)
      }
    case .iterator(let kind, let variable, let list, let body):
      writer.element(kind.rawValue, ["iteratorVariable": variable.name, "typeRef": type]) { writer in
        part("in", list, &writer)
        part(kind == .for ? "return" : "satisfies", body, &writer)
      }
    }
  }

  private static func part(_ name: String, _ expression: DMNExpression, _ writer: inout XMLWriter) {
    writer.element(name) { DMNWriter.expression(expression, &$0) }
  }

  static func function(_ function: DMNFunction, _ writer: inout XMLWriter) {
    for parameter in function.parameters {
      writer.empty("formalParameter", ["name": parameter.name, "typeRef": parameter.type])
    }
    expression(function.body, &writer)
  }

  private static func table(_ table: DMNTable, _ type: String?, _ writer: inout XMLWriter) {
    let words = table.hitPolicy.name.uppercased().parts(at: " ", omittingEmpty: true)
    let isAggregate = table.hitPolicy.name.begins(with: "collect ")
    let policy = isAggregate ? "COLLECT" : words.joined(separator: " ")
    let aggregation = isAggregate ? words.last : nil
    writer.element("decisionTable", ["hitPolicy": policy, "aggregation": aggregation, "typeRef": type]) { writer in
      for input in table.inputs {
        writer.element("input", ["label": input.label]) { writer in
          writer.element("inputExpression", ["typeRef": input.type]) { $0.leaf("text", input.expression.string) }
          if let allowed = input.allowed { writer.element("inputValues") { $0.leaf("text", allowed.string) } }
        }
      }
      for output in table.outputs {
        writer.element("output", ["name": output.name, "label": output.label, "typeRef": output.type]) { writer in
          if let allowed = output.allowed { writer.element("outputValues") { $0.leaf("text", allowed.string) } }
          if let fallback = output.fallback {
            writer.element("defaultOutputEntry") { $0.leaf("text", fallback.string) }
          }
        }
      }
      for name in table.annotations { writer.empty("annotation", ["name": name]) }
      for rule in table.rules { DMNWriter.rule(rule, &writer) }
    }
  }

  private static func rule(_ rule: DMNTable.Rule, _ writer: inout XMLWriter) {
    writer.element("rule", ["id": rule.id]) { writer in
      if let description = rule.description { writer.leaf("description", description) }
      for test in rule.tests { writer.element("inputEntry") { $0.leaf("text", test.string) } }
      for answer in rule.answers { writer.element("outputEntry") { $0.leaf("text", answer.string) } }
      for annotation in rule.annotations { writer.element("annotationEntry") { $0.leaf("text", annotation) } }
    }
  }
}
