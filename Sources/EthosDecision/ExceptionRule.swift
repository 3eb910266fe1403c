package import EthosFEEL
package import EthosModel
package import EthosText

/// What an exception from a decision says of cases: which are meant, what is then accepted, and until when.
package struct ExceptionRule: Sendable {
  package let key: EntryKey
  /// Its last day.
  package var until: Day?
  /// What a case meets, by the name of an input, or of whatever else is recorded of cases; all cases where there is none.
  package var when: [(name: String, tests: FEELUnaryTests)] = []
  /// The answer that is accepted, by output; any where there is none.
  package var outcome: [(output: String, tests: FEELUnaryTests)] = []
  /// Why it cannot be applied, where it cannot.
  package var problem: String?
  /// Where that stands.
  var problemSpan: Span?

  /// The exceptions from a decision that stand in the state of the identity which it was read from.
  package static func all(from decision: Decision, in snapshot: Snapshot, facts: [DecisionTable.Input])
    -> [ExceptionRule]
  {
    snapshot.all(.exception).compactMap { document in
      guard !document.isRetired, let of = document.meaning["of"]?.text,
        let reference = try? Reference(parsing: of), reference.key == decision.key
      else { return nil }
      return ExceptionRule(document, decision, facts)
    }
  }

  init(_ document: Document, _ decision: Decision, _ facts: [DecisionTable.Input]) {
    key = document.key
    until = document.meaning["until"]?.day
    for entry in document.fields["when"]?.record?.entries ?? [] {
      let name = Prose.collapsed(entry.name)
      guard let tests = read(entry, facts.first { $0.name == name }?.allowed) else { return }
      when.append((name, tests))
    }
    for entry in document.fields["outcome"]?.record?.entries ?? [] {
      let name = Prose.collapsed(entry.name)
      guard let output = decision.table.outputs.first(where: { $0.name == name }) else {
        problem = "`\(name)` is no output of `\(decision.key)`"
        problemSpan = entry.nameSpan
        return
      }
      guard let tests = read(entry, output.allowed) else { return }
      let column = decision.table.domain(of: .whole).columns.first { $0.name == name }
      if let found = tests.constantValues.lazy.compactMap({ column?.rejects($0) }).first {
        problem = found.message
        problemSpan = entry.value.span
        return
      }
      outcome.append((name, tests))
    }
  }

  /// The tests of a field; a bare word that is one of the allowed texts is that text, as in the decision's table.
  private mutating func read(_ entry: Record.Entry, _ allowed: FEELUnaryTests?) -> FEELUnaryTests? {
    guard let text = entry.value.text else { return nil }
    switch BareWords(allowed).tests(text, beside: []) {
    case .success(let tests): return tests
    case .failure(let found):
      problem = "`\(entry.name)`: \(found.message)"
      problemSpan = entry.value.span
      return nil
    }
  }

  /// Whether the accepted answer is this one.
  package func accepts(_ value: FEELValue, of decision: Decision) -> Bool {
    let answers = decision.answers(value)
    return outcome.allSatisfy { wanted in
      guard let answer = answers.first(where: { $0.output == wanted.output })?.value else { return false }
      return FEELEvaluator().satisfies(wanted.tests, input: answer, in: .empty).result == true
    }
  }
}
