package import EthosText

/// A model of decisions as DMN's XML has it (DMN 1.5, clause 6 and 13): what is defined, what it requires, and its logic.
///
/// Expressions are texts here, with their places; `DMNProgram` parses them, for it takes the whole model to know the
/// names that they may use.
package struct DMNModel: Sendable {
  package var name: String
  package var namespace: String
  /// The version that the file is written in; nil for a model that was made.
  package var version: DMNVersion?
  package var imports: [DMNModelImport]
  package var items: [DMNItemDefinition]
  package var inputs: [DMNInputData]
  package var decisions: [DMNDecision]
  package var knowledge: [DMNKnowledge]
  package var services: [DMNService]
  /// The bytes that it was read from, for the places of diagnostics.
  package var source: SourceText?

  package init(
    name: String, namespace: String, version: DMNVersion? = nil, imports: [DMNModelImport] = [],
    items: [DMNItemDefinition] = [], inputs: [DMNInputData] = [], decisions: [DMNDecision] = [],
    knowledge: [DMNKnowledge] = [], services: [DMNService] = [], source: SourceText? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.version = version
    self.imports = imports
    self.items = items
    self.inputs = inputs
    self.decisions = decisions
    self.knowledge = knowledge
    self.services = services
    self.source = source
  }
}

/// Another model whose elements this one uses, by a name in front of theirs.
package struct DMNModelImport: Sendable, Hashable {
  package var name: String
  package var namespace: String
  package var span: Span?
}

/// A type of the model (DMN 1.5, 7.3.3).
package struct DMNItemDefinition: Sendable, Hashable {
  package var name: String
  /// The type that it is, by name; nil for one with components or a function.
  package var type: String?
  package var components: [DMNItemDefinition]
  package var isCollection: Bool
  /// Unary tests that each value, or each item of a collection, satisfies.
  package var allowed: DMNText?
  /// Unary tests that the whole value satisfies (DMN 1.5).
  package var constraint: DMNText?
  package var isFunction: Bool
  package var span: Span?

  package init(
    name: String, type: String? = nil, components: [DMNItemDefinition] = [], isCollection: Bool = false,
    allowed: DMNText? = nil, constraint: DMNText? = nil, isFunction: Bool = false, span: Span? = nil
  ) {
    self.name = name
    self.type = type
    self.components = components
    self.isCollection = isCollection
    self.allowed = allowed
    self.constraint = constraint
    self.isFunction = isFunction
    self.span = span
  }
}

/// A fact that is given from outside.
package struct DMNInputData: Sendable, Hashable {
  package var id: String?
  package var name: String
  package var type: String?
  package var description: String?
  package var span: Span?

  package init(
    id: String? = nil, name: String, type: String? = nil, description: String? = nil, span: Span? = nil
  ) {
    self.id = id
    self.name = name
    self.type = type
    self.description = description
    self.span = span
  }
}

/// A reference to another element of the model, or, with a namespace, of an imported one.
package struct DMNLink: Sendable, Hashable {
  package enum Role: Sendable, Hashable { case input, decision, knowledge }
  package var role: Role
  package var namespace: String?
  package var id: String
  package var span: Span?

  package init(_ role: Role, _ id: String, namespace: String? = nil, span: Span? = nil) {
    self.role = role
    self.id = id
    self.namespace = namespace
    self.span = span
  }
}

package struct DMNDecision: Sendable, Hashable {
  package var id: String?
  package var name: String
  /// The name of the variable that holds the answer, where it is another than the decision's, as some tools write it.
  package var variable: String?
  /// What people call it, where that is something else.
  package var label: String?
  package var type: String?
  package var question: String?
  package var description: String?
  package var requirements: [DMNLink]
  /// Nil where the logic is not given, or is not understood.
  package var logic: DMNExpression?
  package var span: Span?

  package init(
    id: String? = nil, name: String, type: String? = nil, question: String? = nil, description: String? = nil,
    requirements: [DMNLink] = [], logic: DMNExpression? = nil, variable: String? = nil, span: Span? = nil
  ) {
    self.id = id
    self.name = name
    self.variable = variable
    self.type = type
    self.question = question
    self.description = description
    self.requirements = requirements
    self.logic = logic
    self.span = span
  }

  /// The name by which expressions know the answer.
  package var variableName: String { variable ?? name }
}

/// A business knowledge model: a function with a name.
package struct DMNKnowledge: Sendable, Hashable {
  package var id: String?
  package var name: String
  package var type: String?
  package var requirements: [DMNLink]
  package var function: DMNFunction?
  package var span: Span?
}

/// A decision service: some decisions of the model as a function of others and of inputs (DMN 1.5, 6.3.11).
package struct DMNService: Sendable, Hashable {
  package var id: String?
  package var name: String
  package var type: String?
  package var outputs: [DMNLink]
  package var encapsulated: [DMNLink]
  package var inputDecisions: [DMNLink]
  package var inputData: [DMNLink]
  package var span: Span?
}

extension DMNDecision {
  /// The names of the outputs of its table.
  var outputNames: [String] {
    guard case .table(let table)? = logic?.kind else { return [] }
    return table.outputs.compactMap(\.name)
  }
}
