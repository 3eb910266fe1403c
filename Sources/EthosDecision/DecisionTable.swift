package import EthosFEEL
package import EthosModel
package import EthosText

/// A decision table (DMN 1.5, clause 8): what it tests, what it answers, and its rules.
package struct DecisionTable: Sendable {
  package var inputs: [Input]
  package var outputs: [Output]
  package var hitPolicy: HitPolicy
  package var rules: [Rule] {
    didSet { cells = nil }
  }
  /// The cells of the rules that say something, where somebody has counted them.
  package internal(set) var cells: TableCells?
  /// Whether what rules answer is held to the types and the allowed values of the outputs, and nothing is decided where
  /// it is not.
  ///
  /// An identity's decisions are; DMN only says what its outputs are like.
  package internal(set) var holdsAnswers = false

  package init(inputs: [Input], outputs: [Output], hitPolicy: HitPolicy, rules: [Rule]) {
    self.inputs = inputs
    self.outputs = outputs
    self.hitPolicy = hitPolicy
    self.rules = rules
  }

  /// A column of conditions.
  package struct Input: Sendable {
    /// What people call the column.
    package var name: String
    /// What the cells of the column test: most often the name of one fact.
    package var expression: FEELExpression
    package var type: FEELType
    /// What every value satisfies; nil where nothing is said.
    package var allowed: FEELUnaryTests?
    /// How fine a number is: every value is a multiple of it.
    ///
    /// Nil where numbers are dense.
    package var step: FEELNumber?
    package var isNullable: Bool

    package init(
      name: String, expression: FEELExpression, type: FEELType = .any, allowed: FEELUnaryTests? = nil,
      step: FEELNumber? = nil, isNullable: Bool = true
    ) {
      self.name = name
      self.expression = expression
      self.type = type
      self.allowed = allowed
      self.step = step
      self.isNullable = isNullable
    }
  }

  /// Which end of an output's allowed values is the strictest.
  package enum Strictest: Sendable, Hashable { case first, last }

  /// A column of answers.
  package struct Output: Sendable {
    /// The name of the answer; nil for the only output of a table that needs none.
    package var name: String?
    package var type: FEELType
    /// What every answer satisfies; nil where nothing is said.
    package var allowed: FEELUnaryTests?
    /// The allowed values in order of priority, where they are a list of values.
    package var priorities: [FEELValue]
    package var strictest: Strictest?
    /// The answer where no rule applies.
    package var fallback: FEELExpression?

    package init(
      name: String?, type: FEELType = .any, allowed: FEELUnaryTests? = nil, priorities: [FEELValue] = [],
      strictest: Strictest? = nil, fallback: FEELExpression? = nil
    ) {
      self.name = name
      self.type = type
      self.allowed = allowed
      self.priorities = priorities
      self.strictest = strictest
      self.fallback = fallback
    }
  }

  /// A row: the conditions by input, the answers by output, and what is said about them.
  package struct Rule: Sendable {
    /// The rule's own name; nil where it has none.
    package var id: String?
    package var tests: [FEELUnaryTests]
    package var answers: [FEELExpression]
    /// The values that the rule serves, and those that it is prepared to cost.
    package var enacts: [String]
    package var over: [String]
    package var because: String?
    /// Where the cells stand in their file, by input and by output; nil where no file was read.
    package var testSpans: [Span?]
    package var answerSpans: [Span?]
    package var span: Span?

    package init(
      id: String? = nil, tests: [FEELUnaryTests], answers: [FEELExpression], enacts: [String] = [],
      over: [String] = [], because: String? = nil, testSpans: [Span?] = [], answerSpans: [Span?] = [],
      span: Span? = nil
    ) {
      self.id = id
      self.tests = tests
      self.answers = answers
      self.enacts = enacts
      self.over = over
      self.because = because
      self.testSpans = testSpans
      self.answerSpans = answerSpans
      self.span = span
    }
  }
}
