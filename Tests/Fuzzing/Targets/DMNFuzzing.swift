import EthosDMN
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosText

/// The input is the file of a DMN model.
enum DMNFuzzing {
  private static let limits: FEELLimits = {
    var limits = FEELLimits.standard
    limits.steps = 5_000
    limits.size = 5_000
    return limits
  }()

  static func run(_ bytes: [UInt8]) {
    guard let model = DMNReader.read(SourceText(path: "model.dmn", bytes: bytes)).model else { return }
    write(model)
    evaluate(model)
    let documents = imported(model)
    let snapshot = Snapshot(documents: documents)
    write(DMNExport.model(of: documents.map(\.key), in: snapshot, organisation: "test").model)
  }

  /// What is written is read as a model again.
  private static func write(_ model: DMNModel) {
    let text = DMNWriter.text(model)
    let again = DMNReader.read(SourceText(path: "again.dmn", text: text))
    require(again.model != nil, "what is written can be read: \(again.diagnostics.map(\.message))\n\(text)")
  }

  /// The decisions that the model becomes, printed and read again.
  private static func imported(_ model: DMNModel) -> [Document] {
    DMNImport.plan(model).decisions.compactMap { decision in
      let text = DocumentPrinter.text(kind: .decision, fields: decision.fields)
      let read = DocumentReader.read(SourceText(path: "decisions/\(decision.id).yaml", text: text))
      require(!read.hasErrors, "what is imported can be read: \(read.diagnostics.map(\.message))\n\(text)")
      return read.document
    }
  }

  /// Evaluates everything in the model, once with nothing given and once with a value for every input.
  private static func evaluate(_ model: DMNModel) {
    let program = DMNProgram(model)
    let evaluator = DMNEvaluator(program, limits: limits, now: FEELDateTime("2026-02-01T12:30:00Z"))
    let given = model.inputs.enumerated().map { index, input in
      DMNGiven(input.name, index.isMultiple(of: 2) ? .number(FEELNumber(index + 1)) : .string("a"))
    }
    let elements = Array(program.elements.indices)
    for given in [[], given] {
      for result in evaluator.evaluate(elements, given: given).values { _ = result.value.description }
      for element in elements {
        switch program.elements[element].kind {
        case .service: _ = evaluator.evaluate(service: element, given: given)
        case .knowledge: _ = evaluator.call(function: element, given: given)
        case .input, .decision: break
        }
      }
    }
  }
}
