import EthosFEEL
package import EthosModel
package import EthosText

/// What is wrong in decisions as they are written: cells that cannot be read, answers that are not declared, circles,
/// and names that name nothing.
///
/// No case is looked for and nothing is proved here: see `TableAnalysis`.
package enum DecisionCheck {
  /// What is wrong, at the cells; in these entries alone, where some are named.
  ///
  /// Costs the parsing of their cells.
  package static func diagnostics(_ snapshot: Snapshot, in keys: Set<EntryKey>? = nil) -> [Diagnostic] {
    var graph = DecisionGraph(snapshot)
    var found: [Diagnostic] = []
    let documents = keys.map { $0.compactMap { snapshot[$0] } } ?? Array(snapshot.documents.values)
    for document in documents where !document.isRetired {
      switch document.kind {
      case .decision:
        guard let decision = graph.decision(document.key) else { continue }
        found += decision.diagnostics
        if graph.order(of: document.key) == nil {
          found.append(
            Diagnostic(
              "decision-cycle", .error, "`\(document.key)` uses itself, through what it uses",
              at: document.place("uses"), help: "let one of them ask for a fact instead"))
          continue
        }
        found += unknownNames(inCasesOf: document, decision, &graph)
      case .exception:
        if let problem = problem(of: document, &graph) { found.append(problem) }
      case .charter, .value, .limit, .cycle, .person, .system: continue
      }
    }
    return found.sorted(by: Diagnostic.precedes)
  }

  /// Names in `cases` that are no fact and no output: a column that nothing asks for is a typing error.
  private static func unknownNames(
    inCasesOf document: Document, _ decision: Decision, _ graph: inout DecisionGraph
  ) -> [Diagnostic] {
    guard let cases = document.fields["cases"]?.record else { return [] }
    let facts = graph.facts(of: document.key).map(\.name)
    let outputs = decision.table.outputs.compactMap(\.name)
    let known = [
      ("columns", facts, "fact"), ("translate", facts + outputs, "fact or output"), ("outcomes", outputs, "output"),
    ]
    return known.flatMap { field, names, what in
      (cases[field]?.record?.entries ?? []).compactMap { entry -> Diagnostic? in
        let name = Prose.collapsed(entry.name)
        guard !names.contains(name) else { return nil }
        return Diagnostic(
          "unknown-name", .error, "`\(name)` is no \(what) of `\(document.key)`",
          at: document.location(entry.nameSpan),
          help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
            ?? "it has \(names.map { "`\($0)`" }.joined(separator: ", "))")
      }
    }
  }

  /// Why an exception from a decision cannot be applied.
  private static func problem(of document: Document, _ graph: inout DecisionGraph) -> Diagnostic? {
    guard let of = document.meaning["of"]?.text, let key = (try? Reference(parsing: of))?.key, key.kind == .decision,
      graph.obstacle(to: key) == nil, let decision = graph.decision(key)
    else { return nil }
    let rule = ExceptionRule(document, decision, graph.facts(of: key))
    guard let problem = rule.problem else { return nil }
    return Diagnostic(
      "exception-invalid", .error, "`\(document.key)` cannot be applied: \(problem)",
      at: document.location(rule.problemSpan ?? document.fields["of"]?.span),
      help: "correct it: an exception that cannot be applied accepts nothing")
  }
}
