import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// One export: the model as far as it is made, and what it could not take.
final class DMNExporter {
  private let snapshot: Snapshot
  private var model: DMNModel
  private var leftOut: [Diagnostic] = []
  /// The names of the model's elements, and what has them.
  private var names: [String: String] = [:]
  private var decisionNames: [EntryKey: String] = [:]
  private var limitNames: [EntryKey: String] = [:]
  private var inputTypes: [String: String] = [:]
  private var typeNames: Set<String> = []

  private var graph: DecisionGraph

  init(_ snapshot: Snapshot, _ organisation: String) {
    self.snapshot = snapshot
    graph = DecisionGraph(snapshot)
    model = DMNModel(
      name: organisation.isEmpty ? "identity" : organisation, namespace: DMNExport.namespace(organisation))
  }

  func model(_ keys: [EntryKey]) -> (model: DMNModel, leftOut: [Diagnostic]) {
    let decisions = closure(keys).map { DMNExportedDecision($0) }
    // Facts keep their names, for cells and cases know them; decisions and limits take what is left.
    for decision in decisions {
      for input in decision.inputs where names[input.name] == nil { names[input.name] = "input" }
    }
    for decision in decisions { decisionNames[decision.key] = name(decision.candidates, of: decision.key) }
    var isCarried: Set<EntryKey> = []
    for decision in decisions {
      if let problem = add(decision, isCarried) {
        leaveOut("`\(decision.key)` is not carried over: \(problem)", decision.document)
      } else {
        isCarried.insert(decision.key)
        note(decision)
      }
    }
    return (model, leftOut)
  }

  private func leaveOut(_ message: String, _ document: Document) {
    leftOut.append(Diagnostic("not-carried-over", .warning, message, at: document.location(nil)))
  }

  /// The decisions and those that they use, each after those; in a circle, each once.
  private func closure(_ keys: [EntryKey]) -> [Document] {
    var result: [Document] = []
    var seen: Set<EntryKey> = []
    var stack = keys.reversed().map { (key: $0, isDone: false) }
    while let (key, isDone) = stack.popLast() {
      guard let document = snapshot[key], document.kind == .decision, !document.isRetired else { continue }
      if isDone {
        result.append(document)
        continue
      }
      guard seen.insert(key).inserted else { continue }
      stack.append((key, true))
      for use in DMNExportedDecision(document).uses.reversed() where use.reference?.key.kind == .decision {
        if let key = use.reference?.key { stack.append((key, false)) }
      }
    }
    return result
  }

  private func name(_ candidates: [String], of key: EntryKey) -> String {
    var candidates = candidates.filter { DMNExporter.isName($0) }
    if candidates.isEmpty { candidates = [key.kind.rawValue] }
    if let free = candidates.first(where: { names[$0] == nil }) {
      names[free] = key.description
      return free
    }
    var number = 2
    while names["\(candidates[0]) \(number)"] != nil { number += 1 }
    let name = "\(candidates[0]) \(number)"
    names[name] = key.description
    return name
  }

  /// Whether FEEL reads a text as one name where it knows it.
  static func isName(_ text: String) -> Bool {
    guard case .success(let tree) = FEELParser.expression(text, names: FEELNames([text])) else { return false }
    return tree.kind == .name(text) && FEELBuiltin(rawValue: text) == nil
  }

  static func elementID(_ key: EntryKey) -> String {
    let id = key.kind == .decision ? key.id : "\(key.kind.rawValue)-\(key.id)"
    return id.utf8.first.map { $0 < 0x3A } ?? true ? "_" + id : id
  }

  // MARK: - One decision

  /// Adds a decision with its inputs and limits, or says why it cannot be.
  private func add(_ decision: DMNExportedDecision, _ isCarried: Set<EntryKey>) -> String? {
    if let obstacle = graph.obstacle(to: decision.key) { return obstacle.message }
    var requirements: [DMNLink] = []
    var replaced: [String: FEELExpression] = [:]
    for input in decision.inputs {
      if let problem = add(input) { return problem }
      requirements.append(DMNLink(.input, "input-\(DMNImporter.kebab(input.name))"))
    }
    for use in decision.uses {
      guard let reference = use.reference, reference.revision == nil else {
        return "`\(visibleText(use.name))` refers to another state of the identity"
      }
      switch add(use.name, reference, isCarried) {
      case .failure(let problem): return problem.message
      case .success(let added):
        replaced[use.name] = added.expression
        if !requirements.contains(added.link) { requirements.append(added.link) }
      }
    }
    let writer = DMNExportedTable(decision, replaced)
    guard let logic = writer.logic(elementID: DMNExporter.elementID(decision.key)) else {
      return writer.problems.first ?? "its table cannot be read"
    }
    var element = DMNDecision(
      id: DMNExporter.elementID(decision.key), name: decisionNames[decision.key] ?? decision.key.id,
      type: type(of: decision), question: decision.question, description: decision.because,
      requirements: requirements, logic: logic)
    if element.name != decision.title { element.label = decision.title }
    model.decisions.append(element)
    return nil
  }

  private struct Problem: Error {
    var message: String
  }

  private func add(_ input: DMNExportedDecision.Input) -> String? {
    if let known = inputTypes[input.name] {
      guard known == input.type else {
        return "`\(visibleText(input.name))` is a \(known) in another decision, and a \(input.type) here"
      }
      return nil
    }
    guard DMNExporter.isName(input.name) else { return "`\(visibleText(input.name))` is no name in FEEL" }
    let id = "input-\(DMNImporter.kebab(input.name))"
    guard !model.inputs.contains(where: { $0.id == id }) else {
      return "`\(visibleText(input.name))` has nearly the name of another input"
    }
    inputTypes[input.name] = input.type
    model.inputs.append(DMNInputData(id: id, name: input.name, type: input.type))
    return nil
  }

  private func add(
    _ name: String, _ reference: Reference, _ isCarried: Set<EntryKey>
  ) -> Result<(expression: FEELExpression, link: DMNLink), Problem> {
    let key = reference.key
    let link = DMNLink(.decision, DMNExporter.elementID(key))
    if key.kind == .limit {
      guard let own = limit(key, name) else {
        return .failure(Problem(message: "there is no `\(key)` in force"))
      }
      return .success((FEELExpression(.name(own), Span(0, 0)), link))
    }
    guard isCarried.contains(key), let document = snapshot[key], let own = decisionNames[key] else {
      return .failure(Problem(message: "it uses `\(key)`, which is not carried over"))
    }
    let base = FEELExpression(.name(own), Span(0, 0))
    let outputs = DMNExportedDecision(document).outputs
    guard outputs.count > 1 else { return .success((base, link)) }
    guard case .name(let output)? = reference.path.segments.first, outputs.contains(where: { $0.name == output }) else {
      return .failure(Problem(message: "`\(reference)` names no output"))
    }
    return .success((FEELExpression(.path(base, output), Span(0, 0)), link))
  }

  /// The name of the decision that stands for a limit.
  private func limit(_ key: EntryKey, _ wanted: String) -> String? {
    if let known = limitNames[key] { return known }
    guard let document = snapshot[key], let text = DMNExport.bound(document) else { return nil }
    let isDay = text.begins(with: "@")
    let name = name([wanted, document.title, key.id.replacingScalar("-", with: " ")], of: key)
    limitNames[key] = name
    var decision = DMNDecision(
      id: DMNExporter.elementID(key), name: name, type: isDay ? "date" : "number",
      question: "What is \(document.title)?",
      description: document.meaning["because"]?.text,
      logic: DMNExpression(.literal(DMNText(text)), type: isDay ? "date" : "number"))
    if document.title != name { decision.label = document.title }
    model.decisions.append(decision)
    return name
  }

  /// The type of the answer: a structure where there are several outputs.
  private func type(of decision: DMNExportedDecision) -> String? {
    let policy = decision.policy
    if policy == .collectCount { return "number" }
    let isList = policy.answer == .list
    if decision.outputs.count == 1, !isList { return decision.outputs[0].type }
    var name = "t" + DMNExporter.capitalized(decision.key.id)
    while !typeNames.insert(name).inserted { name += "_" }
    var item = DMNItemDefinition(name: name, isCollection: isList)
    if decision.outputs.count == 1 {
      item.type = decision.outputs[0].type
    } else {
      item.components = decision.outputs.map { DMNItemDefinition(name: $0.name, type: $0.type) }
    }
    model.items.append(item)
    return name
  }

  private static func capitalized(_ id: String) -> String {
    id.split(whereSeparator: { $0 == "-" || $0 == "_" }).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  // MARK: - What DMN has no place for

  private func note(_ decision: DMNExportedDecision) {
    var lost = ["owner", "enforcement", "serves", "assert", "examples", "cases", "since"].filter {
      decision.document.fields[$0] != nil
    }
    if decision.document.fields["outputs"]?.list?.contains(where: { $0.record?["strictest"] != nil }) == true {
      lost.append("strictest")
    }
    let stepped = decision.inputs.filter { $0.hasStep }.map { "`step` of `\(visibleText($0.name))`" }
    let required = decision.inputs.filter { !$0.isNullable }.map { "`\(visibleText($0.name))`" }
    var parts = lost.map { "`\($0)`" } + stepped
    if !required.isEmpty { parts.append("that \(required.joined(separator: ", ")) may not be missing") }
    if parts.isEmpty { return }
    leaveOut("DMN does not carry of `\(decision.key)`: \(parts.joined(separator: ", "))", decision.document)
  }
}
