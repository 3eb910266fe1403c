import EthosFEEL
import EthosText

/// A decision service as a function of FEEL, for expressions that invoke it (DMN 1.5, 6.3.11 and 10.4): its decisions are
/// the entries of a context that its parameters surround.
struct DMNServiceExpression {
  private let program: DMNProgram
  private let parts: DMNServiceParts
  private let element: DMNProgram.Element
  private let span: Span

  init(_ program: DMNProgram, _ parts: DMNServiceParts, _ element: DMNProgram.Element) {
    self.program = program
    self.parts = parts
    self.element = element
    span = element.span ?? Span(0, 0)
  }

  private static let result = "\u{1}result"

  var tree: FEELExpression {
    let parameters = parts.inputs.map { FEELParameter(program.elements[$0].name, program.elements[$0].type?.shape) }
    var entries = parts.inner.map { FEELContextEntry(program.elements[$0].name, value($0)) }
    let outputs = parts.outputs.map { program.elements[$0].name }
    let answer =
      outputs.count == 1
      ? make(.name(outputs[0])) : make(.context(outputs.map { FEELContextEntry($0, make(.name($0))) }))
    entries.append(FEELContextEntry(Self.result, typed(answer, element.type?.ofResult)))
    return make(.function(parameters, make(.path(make(.context(entries)), Self.result))))
  }

  private func make(_ kind: FEELExpression.Kind) -> FEELExpression { FEELExpression(kind, span) }

  private func value(_ index: Int) -> FEELExpression {
    let decision = program.elements[index]
    switch decision.logic {
    case .none, .broken: return make(.null)
    case .expression(let expression): return typed(expression, decision.type)
    case .table(let table, let type):
      return typed(typed(DMNTableExpression(table).tree(span), type), decision.type)
    }
  }

  private func typed(_ expression: FEELExpression, _ type: DMNType?) -> FEELExpression {
    type.map { DMNCompiler.typed(expression, $0.shape) } ?? expression
  }
}
