package import EthosFEEL
import EthosModel
import EthosText

/// The FEEL of a file as the standard writes it, for readers that know nothing of bare words: `approve`, where it is one of
/// the allowed texts, is `"approve"`; the fact `null` of a case is `null` or `"null"`, as its column has it.
///
/// What a text is depends on its field: tests of a fact or an answer, an expression, or the value of a case.
package struct StandardFEEL {
  private var inputs: [DecisionTable.Input] = []
  private var outputs: [DecisionTable.Output] = []
  /// The names that cells may use.
  private var names: [String] = []
  private var isSingle = true

  /// That of a decision's file.
  package init(_ decision: Decision) {
    inputs = decision.table.inputs
    outputs = decision.table.outputs
    names = decision.facts.map(\.name) + decision.uses.map(\.name)
    isSingle = decision.table.hitPolicy.isSingle
  }

  /// That of an exception, by the facts and answers of the decision that it is from; none where it is from another entry.
  package init(exceptionFrom decision: Decision?, facts: [DecisionTable.Input]) {
    inputs = facts
    outputs = decision?.table.outputs ?? []
  }

  /// The text of a cell: a test where its column is about a fact or a name of `uses`, an expression where it is an answer.
  package func cell(_ text: String, column: String) -> Result<String, FEELProblem> {
    output(column) == nil ? self.text(text, in: "when", column: column) : self.text(text, in: "default", column: column)
  }

  /// The text of a field; `column` is the name of the fact or answer that it is about.
  package func text(_ text: String, in field: String, column: String) -> Result<String, FEELProblem> {
    switch field {
    case "default":
      BareWords(output(column)?.allowed).answer(text, beside: names).map(\.description)
    case "never", "always", "outcome":
      BareWords(output(column)?.allowed).tests(text, beside: names).map(\.description)
    case "when":
      BareWords(input(column)?.allowed).tests(text, beside: names).map(\.description)
    case "given":
      value(text, input(column)?.type ?? .any, input(column)?.allowed)
    case "expect":
      // The answer of a policy that collects is a list, written as FEEL.
      value(text, isSingle ? output(column)?.type ?? .any : .any, output(column)?.allowed)
    default:
      FEELParser.unaryTests(text, names: FEELNames([String](), allowsUnknown: false)).map(\.description)
    }
  }

  private func value(_ text: String, _ type: FEELType, _ allowed: FEELUnaryTests?) -> Result<String, FEELProblem> {
    guard let value = FactText.value(text, type, allowed: allowed) else {
      return .failure(FEELProblem("value-type", "`\(text)` is no \(type)", Span(0, text.utf8.count)))
    }
    return .success(value.description)
  }

  private func input(_ name: String) -> DecisionTable.Input? { inputs.first { FEELText.areEqual($0.name, name) } }

  private func output(_ name: String) -> DecisionTable.Output? {
    outputs.first { $0.name.map { FEELText.areEqual($0, name) } ?? false }
  }
}
