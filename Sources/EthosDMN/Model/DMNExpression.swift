package import EthosModel
package import EthosText

/// A text of FEEL in a model, with its place.
package struct DMNText: Sendable {
  package var string: String
  /// The bytes of the file; nil for a text that was made.
  package var span: Span?
  /// Whether an offset in the text is one in the file.
  package var isVerbatim: Bool

  package init(_ string: String, span: Span? = nil, isVerbatim: Bool = false) {
    self.string = string
    self.span = span
    self.isVerbatim = isVerbatim
  }
}

extension DMNText: Hashable {
  package static func == (left: DMNText, right: DMNText) -> Bool { left.string.utf8.elementsEqual(right.string.utf8) }
  package func hash(into hasher: inout Hasher) { hasher.combine(string) }
}

/// Decision logic (DMN 1.5, clauses 7 and 10.2).
package struct DMNExpression: Sendable, Hashable {
  package var kind: Kind
  /// The type that the value is brought to, by name.
  package var type: String?
  package var span: Span?

  package init(_ kind: Kind, type: String? = nil, span: Span? = nil) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  package indirect enum Kind: Sendable, Hashable {
    case literal(DMNText)
    case table(DMNTable)
    case invocation(DMNExpression, [DMNBinding])
    case context([DMNContextEntry])
    case list([DMNExpression])
    case relation([DMNVariable], [[DMNExpression]])
    case function(DMNFunction)
    case conditional(DMNExpression, then: DMNExpression, otherwise: DMNExpression)
    case filter(DMNExpression, DMNExpression)
    case iterator(DMNIteration, variable: DMNVariable, DMNExpression, DMNExpression)
  }
}

package enum DMNIteration: String, Sendable, Hashable { case `for`, some, every }

/// A name with the type that its value is brought to.
package struct DMNVariable: Sendable, Hashable {
  package var name: String
  package var type: String?

  package init(_ name: String, type: String? = nil) {
    self.name = name
    self.type = type
  }
}

package struct DMNBinding: Sendable, Hashable {
  package var parameter: DMNVariable
  package var value: DMNExpression
}

/// An entry of a boxed context; the last may have no variable: its value is that of the whole.
package struct DMNContextEntry: Sendable, Hashable {
  package var variable: DMNVariable?
  package var value: DMNExpression

  package init(_ variable: DMNVariable?, _ value: DMNExpression) {
    self.variable = variable
    self.value = value
  }
}

package struct DMNFunction: Sendable, Hashable {
  package var parameters: [DMNVariable]
  package var body: DMNExpression
}

/// A decision table as it is written (DMN 1.5, clause 8).
package struct DMNTable: Sendable, Hashable {
  package struct Input: Sendable, Hashable {
    package var label: String?
    package var expression: DMNText
    package var type: String?
    package var allowed: DMNText?

    package init(label: String? = nil, expression: DMNText, type: String? = nil, allowed: DMNText? = nil) {
      self.label = label
      self.expression = expression
      self.type = type
      self.allowed = allowed
    }
  }

  package struct Output: Sendable, Hashable {
    package var label: String?
    package var name: String?
    package var type: String?
    package var allowed: DMNText?
    package var fallback: DMNText?

    package init(
      label: String? = nil, name: String? = nil, type: String? = nil, allowed: DMNText? = nil,
      fallback: DMNText? = nil
    ) {
      self.label = label
      self.name = name
      self.type = type
      self.allowed = allowed
      self.fallback = fallback
    }
  }

  package struct Rule: Sendable, Hashable {
    package var id: String?
    package var description: String?
    package var tests: [DMNText]
    package var answers: [DMNText]
    package var annotations: [String]
    package var span: Span?

    package init(
      id: String? = nil, description: String? = nil, tests: [DMNText], answers: [DMNText], annotations: [String] = [],
      span: Span? = nil
    ) {
      self.id = id
      self.description = description
      self.tests = tests
      self.answers = answers
      self.annotations = annotations
      self.span = span
    }
  }

  package var hitPolicy: HitPolicy
  package var inputs: [Input]
  package var outputs: [Output]
  /// The names of the columns of annotations.
  package var annotations: [String]
  package var rules: [Rule]

  package init(
    hitPolicy: HitPolicy, inputs: [Input], outputs: [Output], annotations: [String] = [], rules: [Rule]
  ) {
    self.hitPolicy = hitPolicy
    self.inputs = inputs
    self.outputs = outputs
    self.annotations = annotations
    self.rules = rules
  }
}
