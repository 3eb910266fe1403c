import EthosDecision
import EthosFEEL
import EthosModel
import EthosText

/// One import: the model, what is carried over so far, and what is not.
final class DMNImporter {
  /// A decision that is carried over, for those that use it.
  struct Carried {
    struct Output {
      /// The name in the model; nil for the only output.
      var source: String?
      var name: String
      var type: FEELType
    }
    var id: String
    var outputs: [Output]
    var isList: Bool
    /// The limit of the identity that it is.
    var limit: String?
  }

  let model: DMNModel
  let program: DMNProgram
  let types: DMNTypes
  private let options: DMNImport.Options
  var facts: DMNFacts
  var carried: [Int: Carried] = [:]
  private var decisions: [DMNImportPlan.Decision] = []
  private var leftOut: [Diagnostic] = []
  private var ids: Set<String>
  private var useNames: [String: String] = [:]
  /// The facts whose names are those of functions that the model calls.
  private var hidden: Set<String> = []
  private var usedIDs: Set<String> = []

  init(_ model: DMNModel, _ options: DMNImport.Options, renamed: Set<String> = []) {
    self.model = model
    self.options = options
    program = DMNProgram(model)
    types = DMNTypes(model.items, imports: [])
    facts = DMNFacts(model, types, renamed: renamed)
    ids = options.taken.union(options.known.values)
  }

  /// The plan; where a fact has the name of a function that is called beside it, the fact gets another.
  static func plan(_ model: DMNModel, _ options: DMNImport.Options) -> DMNImportPlan {
    let importer = DMNImporter(model, options)
    let plan = importer.plan()
    if importer.hidden.isEmpty { return plan }
    let second = DMNImporter(model, options, renamed: importer.hidden)
    for name in importer.hidden.sorted(by: utf8Precedes) {
      let own = second.facts.name(of: name)
      second.leaveOut(
        "the fact `\(visibleText(name))` is called `\(visibleText(own))`, for the model calls the function of its name",
        nil)
    }
    return second.plan()
  }

  private func plan() -> DMNImportPlan {
    let first = model.inputs.count
    for link in model.imports {
      leaveOut("the imported model `\(visibleText(link.namespace))` is not followed", link.span)
    }
    for service in model.services {
      leaveOut("the decision service `\(visibleText(service.name))` has no counterpart", service.span)
    }
    for element in program.order where program.elements[element].kind == .decision {
      let decision = model.decisions[element - first]
      let problems = carry(element, decision)
      for problem in problems {
        leaveOut("`\(visibleText(decision.name))` is not carried over: \(problem)", decision.span)
      }
    }
    answerNothing()
    return DMNImportPlan(
      decisions: decisions.sorted { utf8Precedes($0.id, $1.id) }, leftOut: leftOut.sorted(by: Diagnostic.precedes))
  }

  func leaveOut(_ message: String, _ span: Span?) {
    leftOut.append(
      Diagnostic("not-carried-over", .warning, message, at: DMNProgram.location(span, model)))
  }

  // MARK: - What scopes ask

  func inputType(_ element: Int) -> String? {
    model.inputs.indices.contains(element) ? model.inputs[element].type : nil
  }

  func decision(_ element: Int) -> DMNDecision? {
    let index = element - model.inputs.count
    return model.decisions.indices.contains(index) ? model.decisions[index] : nil
  }

  func isOnlyOutput(_ element: Int) -> Bool { (decision(element)?.outputNames.count ?? 0) < 2 }

  func useName(_ decision: String, _ output: String) -> String {
    let key = "\(decision)\u{1}\(output)"
    if let name = useNames[key] { return name }
    let name = facts.unique("\(decision) \(output)")
    useNames[key] = name
    return name
  }

  /// A function of the model as a tree that can be written; nil where it is none.
  func function(_ element: Int) -> FEELExpression? {
    guard let knowledge = knowledge(element), let function = knowledge.function, !function.body.holdsTable else {
      return nil
    }
    var compiler = DMNCompiler(types: types, mark: "its ")
    return compiler.function(function, program.names(program.elements[element].needs).adding([knowledge.name]))
  }

  private func knowledge(_ element: Int) -> DMNKnowledge? {
    let index = element - model.inputs.count - model.decisions.count
    return model.knowledge.indices.contains(index) ? model.knowledge[index] : nil
  }

  /// An output's name as a step of a reference.
  static func segment(_ name: String) -> String { FieldPath(name).description }

  // MARK: - Decisions

  /// Carries a decision over, or says what keeps it from that.
  private func carry(_ element: Int, _ decision: DMNDecision) -> [String] {
    let own = program.elements[element]
    guard !own.isCyclic else { return ["it requires itself"] }
    guard let logic = decision.logic else { return ["it has no logic that is understood"] }
    if let limit = options.limits[mark(decision)] {
      useLimit(element, decision, limit)
      return []
    }
    let scope = DMNImportScope(self, own.needs)
    let kept = (decisions: decisions.count, ids: ids, used: usedIDs)
    let problems = write(element, decision, logic, own.needs, scope)
    guard problems.isEmpty else {
      // What was made on the way, for a decision that does not come, goes with it.
      decisions.removeSubrange(kept.decisions...)
      (ids, usedIDs) = (kept.ids, kept.used)
      return problems
    }
    return []
  }

  private func write(
    _ element: Int, _ decision: DMNDecision, _ logic: DMNExpression, _ needs: [DMNProgram.Need],
    _ scope: DMNImportScope
  ) -> [String] {
    let names = program.names(needs)
    var compiler = DMNCompiler(types: types, mark: "its ")
    let id = id(decision)
    scope.decision = id
    let writer = DMNDecisionFields(self, scope, decision, id)
    if case .table(let written) = logic.kind {
      guard let table = compiler.table(written, names) else { return compiler.problems.map(\.message) }
      writer.table(written, table, values: [:])
    } else if let call = tableCall(logic, names, &compiler) {
      guard let (written, table, values) = filled(call, scope) else {
        return scope.problems.isEmpty ? ["it calls a table with arguments that are no names"] : scope.problems
      }
      writer.table(written, table, values: values)
    } else {
      guard !logic.holdsTable else { return ["it has a decision table within another expression"] }
      guard let tree = compiler.expression(logic, names) else { return compiler.problems.map(\.message) }
      writer.literal(tree, text: logic.literalText, type: logic.type)
    }
    hidden.formUnion(scope.facts.map(\.name).filter { scope.called.contains($0) })
    if let name = scope.uses.map(\.name).first(where: { scope.called.contains($0) }) {
      scope.fail("it calls the function `\(visibleText(name))` and uses an answer of the same name")
    }
    guard scope.problems.isEmpty else { return scope.problems }
    guard let finished = writer.finish() else { return scope.problems }
    keep(finished, decision)
    carried[element] = finished.carried
    return []
  }

  /// Takes the limit of the identity for the decision that an export wrote in its place.
  private func useLimit(_ element: Int, _ decision: DMNDecision, _ limit: DMNImport.Options.Limit) {
    if decision.logic?.literalText.map({ DMNNames.normalized($0.string) }) != limit.bound {
      leaveOut(
        "`limit/\(limit.id)` is \(limit.bound) here and another in the model: it is changed where it stands",
        decision.span)
    }
    let type: FEELType = types.type(decision.type)?.shape == .date ? .date : .number
    carried[element] = Carried(
      id: limit.id, outputs: [Carried.Output(source: nil, name: limit.id, type: type)], isList: false,
      limit: "limit/\(limit.id)")
  }

  /// The name that the decision of the identity has for what it uses.
  func knownUse(_ decision: String?, _ reference: String) -> String? {
    decision.flatMap { options.useNames[$0]?[reference] }
  }

  private func keep(_ finished: DMNDecisionFields.Finished, _ decision: DMNDecision) {
    usedIDs.formUnion(finished.uses)
    for (message, span) in finished.notes {
      leaveOut("in `\(visibleText(decision.name))`: \(message)", span ?? decision.span)
    }
    decisions.append(
      DMNImportPlan.Decision(
        id: finished.carried.id, source: mark(decision), fields: finished.fields,
        isQuestionMade: decision.question == nil))
  }

  private func mark(_ decision: DMNDecision) -> String {
    let namespace = model.namespace.isEmpty ? model.name : model.namespace
    return "\(namespace)#\(decision.id ?? decision.name)"
  }

  private func id(_ decision: DMNDecision) -> String {
    if let known = options.known[mark(decision)] { return known }
    if model.namespace.begins(with: DMNExport.namespacePrefix), let own = decision.id, EntryKey.isID(own) {
      return uniqueID(own)
    }
    return uniqueID(DMNImporter.kebab(decision.name))
  }

  private func uniqueID(_ wanted: String) -> String {
    var id = wanted
    var number = 2
    while ids.contains(id) {
      id = "\(wanted)-\(number)"
      number += 1
    }
    ids.insert(id)
    return id
  }

  static func kebab(_ name: String) -> String {
    var result = ""
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: result.unicodeScalars.append(scalar)
      case 0x41...0x5A: result += String(scalar).lowercased()
      case 0x27, 0x2019: continue
      default: if !result.isEmpty, !result.ends(with: "-") { result += "-" }
      }
    }
    while result.ends(with: "-") { result.removeLast() }
    return result.isEmpty ? "decision" : String(result.prefix(80))
  }

  /// A decision of its own for an expression that a column tests: its id, and the name of its output.
  func helper(_ fields: DMNDecisionFields, _ title: String, _ name: String) -> (id: String, output: String) {
    let wanted = "\(DMNImporter.kebab(fields.decision.name))-\(DMNImporter.kebab(name))"
    let id = options.known[mark(fields.decision, title)] ?? uniqueID(wanted)
    return (id, facts.unique(name))
  }

  func keepHelper(_ id: String, _ title: String, _ decision: DMNDecision, _ fields: Record, uses: [String]) {
    usedIDs.formUnion(uses)
    decisions.append(
      DMNImportPlan.Decision(id: id, source: mark(decision, title), fields: fields, isQuestionMade: true))
  }

  /// The mark of a column's own decision.
  private func mark(_ decision: DMNDecision, _ title: String) -> String { "\(mark(decision))/\(title)" }

  var owner: String? { options.owner }

  /// Gives null as the answer where no rule applies to the decisions that others use: so it is in DMN, while in an
  /// identity a decision without an answer keeps those that use it from deciding.
  private func answerNothing() {
    for index in decisions.indices where usedIDs.contains(decisions[index].id) {
      guard decisions[index].fields["default"] == nil else { continue }
      let rules = decisions[index].fields["rules"]?.list ?? []
      let inputs = Set(
        (decisions[index].fields["inputs"]?.list ?? []).compactMap { $0.record?["name"]?.text }
          + (decisions[index].fields["uses"]?.record?.names ?? []))
      guard !rules.contains(where: { $0.record?.names.allSatisfy { !inputs.contains($0) } ?? false }) else { continue }
      let names = (decisions[index].fields["outputs"]?.list ?? []).compactMap { $0.record?["name"]?.text }
      decisions[index].fields["default"] = .record(Record(names.map { Record.Entry($0, .text("null")) }))
    }
  }

  // MARK: - Calls of tables

  private struct TableCall {
    var element: Int
    var table: DMNTable
    var parameters: [DMNVariable]
    var arguments: [FEELArgument]
  }

  /// The call, where the whole logic is the call of a function whose body is a table.
  private func tableCall(_ logic: DMNExpression, _ names: FEELNames, _ compiler: inout DMNCompiler) -> TableCall? {
    var plain = logic
    plain.type = nil
    var trial = compiler
    guard let tree = trial.expression(plain, names), case .invocation(let callee, let arguments) = tree.kind,
      case .name(let name) = callee.kind, let element = program.element(.knowledge, name),
      let function = knowledge(element)?.function, case .table(let table) = function.body.kind
    else { return nil }
    return TableCall(element: element, table: table, parameters: function.parameters, arguments: arguments)
  }

  /// The table of a call with the arguments in place of its parameters.
  private func filled(
    _ call: TableCall, _ scope: DMNImportScope
  ) -> (DMNTable, DecisionTable, [String: FEELExpression])? {
    var compiler = DMNCompiler(types: types, mark: "its ")
    let parameters = call.parameters.map { FEELParameter($0.name, types.type($0.type)?.shape) }
    let names = program.names(program.elements[call.element].needs).adding(parameters.map { ($0.name, $0.type) })
    let arguments = call.arguments.map { FEELArgument($0.name, scope.rewritten($0.value)) }
    guard let table = compiler.table(call.table, names), let values = scope.matched(parameters, arguments) else {
      return nil
    }
    return (call.table, table, values)
  }
}

extension DMNExpression {
  /// Whether a decision table stands in it.
  var holdsTable: Bool {
    switch kind {
    case .literal: false
    case .table: true
    case .invocation(let function, let bindings): function.holdsTable || bindings.contains { $0.value.holdsTable }
    case .context(let entries): entries.contains { $0.value.holdsTable }
    case .list(let items): items.contains { $0.holdsTable }
    case .relation(_, let rows): rows.contains { $0.contains { $0.holdsTable } }
    case .function(let function): function.body.holdsTable
    case .conditional(let condition, let then, let otherwise):
      condition.holdsTable || then.holdsTable || otherwise.holdsTable
    case .filter(let list, let match): list.holdsTable || match.holdsTable
    case .iterator(_, _, let list, let body): list.holdsTable || body.holdsTable
    }
  }

  var literalText: DMNText? {
    if case .literal(let text) = kind { text } else { nil }
  }
}
