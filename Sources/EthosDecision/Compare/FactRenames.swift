import EthosFEEL

/// Facts that may only have another name after.
enum FactRenames {
  typealias Found = [(before: String, after: String)]

  /// Pairs of a fact that is gone and one that is new, where type, domain and step are the same and no other fact could
  /// be meant.
  static func found(_ before: Decision, _ after: Decision) -> Found {
    // A decision that is used may still ask for the old name.
    guard before.usedDecisions.isEmpty, after.usedDecisions.isEmpty else { return [] }
    let (old, new) = (before.facts.map(\.name), after.facts.map(\.name))
    let gone = before.facts.filter { !new.contains($0.name) }
    let come = after.facts.filter { !old.contains($0.name) }
    return gone.compactMap { fact in
      let partners = come.filter { isAlike(fact, $0) }
      guard partners.count == 1, gone.count(where: { isAlike($0, partners[0]) }) == 1 else { return nil }
      return (fact.name, partners[0].name)
    }
  }

  private static func isAlike(_ left: DecisionTable.Input, _ right: DecisionTable.Input) -> Bool {
    left.type == right.type && left.step == right.step && left.isNullable == right.isNullable
      && left.allowed == right.allowed
  }
}
