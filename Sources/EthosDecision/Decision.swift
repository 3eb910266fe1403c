package import EthosFEEL
package import EthosModel
package import EthosText

/// A decision of an identity, read: its table with every cell parsed, what it uses, what it asserts, its examples.
package struct Decision: Sendable {
  package let key: EntryKey
  package let title: String
  package let question: String
  /// The columns of conditions are the declared inputs, with or without a column, then the names of `uses` that have one.
  package var table: DecisionTable
  /// The facts that a case must have: the declared inputs.
  package var factCount: Int
  package var uses: [Use]
  package var assertions: [Assertion]
  package var examples: [Example]
  /// What is wrong in it; with an error among them it cannot be evaluated.
  package var diagnostics: [Diagnostic]
  /// Whether something in its file could not be read; what is wrong there was reported with the file.
  package var hasUnreadableFields: Bool

  /// The inputs that a case states.
  package var facts: ArraySlice<DecisionTable.Input> { table.inputs[..<factCount] }
  /// Whether it can be evaluated by itself.
  ///
  /// Whether it decides anything depends on what it uses, too: ask `DecisionGraph.obstacle(to:)`.
  package var isUsable: Bool { !hasUnreadableFields && !diagnostics.contains { $0.severity == .error } }

  /// Whether it is one sum over facts, without other decisions.
  var isScore: Bool { table.hitPolicy.isAdditive && table.outputs.count == 1 && usedDecisions.isEmpty }

  /// A name that cells may use.
  package struct Use: Sendable, Hashable {
    package enum Source: Sendable, Hashable {
      case limit(EntryKey)
      /// An output of another decision.
      case output(EntryKey, name: String)
    }
    package var name: String
    package var source: Source
    /// The bound of a limit that is meant, `atMost` or `atLeast`; nil where it is whichever the limit has.
    package var bound: String?
  }

  /// What must hold of every case.
  package struct Assertion: Sendable {
    package enum Demand: Sendable, Hashable { case never, always }
    package var demand: Demand
    /// Answers by output, each as unary tests.
    package var answer: [(output: String, tests: FEELUnaryTests)]
    /// Which cases are meant, by input; all where there is none.
    package var when: [(input: String, tests: FEELUnaryTests)]
    package var because: String?
    package var span: Span?
  }

  /// A case with the expected answer.
  package struct Example: Sendable {
    package var given: [(input: String, value: FEELValue)]
    package var expected: [(output: String, value: FEELValue)]
    package var because: String?
    package var span: Span?
  }
}

extension Decision {
  /// The name of a rule as people call it: its id, or its place.
  package func name(ofRule index: Int) -> String {
    guard table.rules.indices.contains(index) else { return "?" }
    return table.rules[index].id ?? "#\(index + 1)"
  }

  /// The answer by output, where it is one.
  package func answers(_ value: FEELValue) -> [(output: String, value: FEELValue)] {
    if table.outputs.count == 1, let name = table.outputs[0].name { return [(name, value)] }
    guard case .context(let context) = value else { return [] }
    return context.entries.map { ($0.key, $0.value) }
  }
}
