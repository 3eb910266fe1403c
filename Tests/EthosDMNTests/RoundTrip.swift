import EthosDMN
import EthosFEEL
import EthosModel
import EthosSyntax
import EthosText

/// A model that was imported, printed as files, read again, and exported: import and export in one.
struct RoundTrip {
  let documents: [Document]
  let evaluator: DMNEvaluator
  /// The name of each decision after the trip, by its name before.
  var names: [String: String] = [:]
  /// The decision of the identity that each is, by its name before.
  var keys: [String: EntryKey] = [:]
  /// What was wrong on the way.
  var problems: [String] = []
  var leftOut: [String] = []

  init(_ source: SourceText) {
    let model = DMNReader.read(source).model ?? DMNModel(name: "", namespace: "")
    let plan = DMNImport.plan(model)
    leftOut = plan.leftOut.map(\.message)
    var documents: [Document] = []
    for decision in plan.decisions {
      let text = DocumentPrinter.text(kind: .decision, fields: decision.fields)
      let read = DocumentReader.read(SourceText(path: "decisions/\(decision.id).yaml", text: text))
      problems += read.diagnostics.map { "\(decision.id): \($0.message)\n\(text)" }
      if let document = read.document { documents.append(document) }
    }
    self.documents = documents
    let snapshot = Snapshot(documents: documents)
    let export = DMNExport.model(of: documents.map(\.key), in: snapshot, organisation: "test")
    problems += export.leftOut.map(\.message).filter { !$0.hasPrefix("DMN does not carry") }
    let again = DMNReader.read(SourceText(path: "again.dmn", text: DMNWriter.text(export.model)))
    problems += again.diagnostics.filter { $0.severity > .note }.map(\.message)
    let program = DMNProgram(again.model ?? DMNModel(name: "", namespace: ""))
    problems += program.diagnostics.map(\.message)
    evaluator = DMNEvaluator(program)
    for decision in model.decisions {
      let mark = "\(model.namespace)#\(decision.id ?? decision.name)"
      guard let id = plan.decisions.first(where: { $0.source == mark })?.id else { continue }
      keys[decision.name] = EntryKey(.decision, id)
      names[decision.name] = export.model.decisions.first { $0.id == id || $0.id == "_" + id }?.name
    }
  }

  /// The values of structured inputs as those of the facts that they become.
  static func flattened(_ given: [DMNGiven]) -> [DMNGiven] {
    given.flatMap { given -> [DMNGiven] in
      guard case .context(let context) = given.value else { return [given] }
      return flattened(context.entries.map { DMNGiven("\(given.name) \($0.key)", $0.value) })
    }
  }
}
