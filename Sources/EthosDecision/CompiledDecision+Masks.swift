package import EthosFEEL

/// The parts of a compiled decision, for an engine that reads facts from bytes: where each fact is cut, and which rules
/// accept each part.
extension CompiledDecision {
  /// The number of rules of the grid, refusals and the default among them.
  package var ruleCount: Int { table.count }

  /// Whether the first rule that holds answers alone, so that a case is decided by the least bit of its set.
  package var answersByFirstRule: Bool { table.combination == .first && !isExtreme }

  /// Where the domain of a fact is cut.
  package struct FactCuts: Sendable {
    package var name: String
    package var type: FEELType
    /// The declared step of a number.
    package var step: FEELNumber?
    /// The places of the constants in the order of the type, rising; see `orderNumber(_:)`.
    package var numbers: [FEELNumber]
    /// The texts that a test mentions.
    package var texts: [String]
  }

  package func cuts(ofFact fact: Int) -> FactCuts {
    let axis = facts[fact]
    return FactCuts(
      name: axis.name, type: axis.type, step: axis.type == .number ? axis.step : nil, numbers: axis.constants,
      texts: axis.mentionedTexts)
  }

  /// The place of a value in the order of its type, as the numbers of `FactCuts` have it; nil where it has none.
  package static func orderNumber(_ value: FEELValue) -> FEELNumber? { OrderKey(value)?.number }

  /// The atoms of the gaps and constants of a finer order: `2i` is the gap before the i-th of these numbers, `2i + 1`
  /// that number.
  ///
  /// The numbers hold all of the fact's own. Negative where the domain has no value.
  package func atoms(ofFact fact: Int, among numbers: [FEELNumber]) -> [Int32] { facts[fact].atoms(among: numbers) }

  /// The atoms of texts, and last that of a text which is none of them; negative where it is not allowed.
  package func atoms(ofFact fact: Int, among texts: [String]) -> [Int32] {
    texts.map { facts[fact].atom(of: .string($0)) ?? -1 } + [facts[fact].atomOfOtherText]
  }

  /// The atoms of false and true; negative where one is not allowed.
  package func booleanAtoms(ofFact fact: Int) -> [Int32] {
    [false, true].map { facts[fact].atom(of: .boolean($0)) ?? -1 }
  }

  /// The atom of the missing fact; nil where the decision, or one that it uses, refuses a case without it.
  package func missingAtom(ofFact fact: Int) -> Int32? {
    guard let atom = facts[fact].atom(of: .null) else { return nil }
    return refusedAtoms(ofFact: fact).contains(atom) ? nil : atom
  }

  /// The atoms with which the decision, or one that it uses, refuses every case.
  package func refusedAtoms(ofFact fact: Int) -> Set<Int32> {
    var refused: Set<Int32> = []
    for rule in 0..<Int32(table.count) where table.sources[Int(rule)] == .refusal {
      guard table.constraints(of: rule).count == 1, let set = table.set(of: rule, on: fact) else { continue }
      refused.formUnion(set.atoms)
    }
    return refused
  }

  /// The atoms of all values of a fact.
  package func valueAtoms(ofFact fact: Int) -> [Int32] {
    let missing = facts[fact].atom(of: .null)
    return (0..<Int32(facts[fact].atoms.count)).filter { $0 != missing }
  }

  /// The rules that accept an atom of a fact, as bits.
  package func mask(ofFact fact: Int, atom: Int32) -> [UInt64] {
    Array(masks[fact][Int(atom) * words..<(Int(atom) + 1) * words])
  }

  /// The rules on which no set of facts alone decides: they ask for a condition that is no cut, or answer with an
  /// expression.
  package var openRules: [UInt64] {
    bits { rule in
      table.constraints(of: rule).contains { Int($0.axis) >= facts.count }
        || !outcomes[table.outcomes[Int(rule)]].isConstant
    }
  }

  /// The rules that refuse a case, for a fact that is missing or not allowed.
  package var refusals: [UInt64] { bits { table.sources[Int($0)] == .refusal } }

  /// The default depends on the case.
  package var hasOpenFallback: Bool { !outcomes[table.fallback].isConstant }

  private func bits(_ isIn: (Int32) -> Bool) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: words)
    for rule in 0..<Int32(table.count) where isIn(rule) { bits[Int(rule) / 64] |= 1 << UInt64(rule % 64) }
    return bits
  }

  /// What the rules of a set answer together, none of which is open; nil where the answer depends on more than the set.
  package func evaluation(ofRules alive: [UInt64]) -> Evaluation? {
    let (answer, rows) = answer(alive)
    guard case .outcome(let outcome) = answer else { return nil }
    return Evaluation(outcome: outcome, rules: rows)
  }
}
