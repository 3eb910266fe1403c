import EthosFEEL
import EthosText

/// Facts that may only have another name after.
enum FactRenames {
  typealias Found = [(before: String, after: String)]

  /// Pairs of a fact that is gone and one that is new, where type, domain and step are the same, no other fact could be
  /// meant, and something speaks for it: a domain that somebody declared, or a word that both names have.
  ///
  /// Any two facts that are yes or no look alike, and `sanctioned` is no `newsletter`.
  static func found(_ before: Decision, _ after: Decision) -> Found {
    // A decision that is used may still ask for the old name.
    guard before.usedDecisions.isEmpty, after.usedDecisions.isEmpty else { return [] }
    let (old, new) = (before.facts.map(\.name), after.facts.map(\.name))
    let gone = before.facts.filter { !new.contains($0.name) }
    let come = after.facts.filter { !old.contains($0.name) }
    return gone.compactMap { fact in
      let partners = come.filter { isAlike(fact, $0) }
      guard partners.count == 1, gone.count(where: { isAlike($0, partners[0]) }) == 1,
        fact.allowed != nil || shareWord(fact.name, partners[0].name)
      else { return nil }
      return (fact.name, partners[0].name)
    }
  }

  /// What a reader has to agree with for a proof under such a reading to hold.
  static func note(_ before: String, _ after: String) -> String {
    "`\(after)` is read as what `\(before)` was: assumed, because it has the same type and values; a proof holds only if "
      + "it is the same fact"
  }

  /// Why the two were compared as two facts.
  static func refusal(_ before: String, _ after: String) -> String {
    "`\(before)` and `\(after)` are compared as two facts: as one under another name they decide otherwise too"
  }

  private static func isAlike(_ left: DecisionTable.Input, _ right: DecisionTable.Input) -> Bool {
    left.type == right.type && left.step == right.step && left.isNullable == right.isNullable
      && left.allowed == right.allowed
  }

  /// Whether two names have a word in common, or the beginning of one.
  private static func shareWord(_ left: String, _ right: String) -> Bool {
    let (mine, theirs) = (words(left), words(right))
    return mine.contains { word in
      theirs.contains { other in word == other || zip(word, other).prefix { $0 == $1 }.count >= 4 }
    }
  }

  /// The words of a name, of at least three letters.
  private static func words(_ name: String) -> [[Unicode.Scalar]] {
    name.lowercased().unicodeScalars.split { !$0.properties.isAlphabetic }.map(Array.init).filter { $0.count >= 3 }
  }
}
