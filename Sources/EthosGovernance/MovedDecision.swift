package import EthosModel

/// A decision that decides otherwise because of something that it uses, while its own file says the same.
///
/// Its quorum is that of what moves it. Its owner is named and asked, and need not agree; an objection needs its answer
/// like any other.
package struct MovedDecision: Sendable {
  package var key: EntryKey
  /// What moves it.
  package var causes: [EntryKey]
  /// The office that owns it.
  package var owner: String?
  /// The ids of those who hold that office.
  package var asked: [String]
  /// What each person says of it as it would decide, by person.
  package var verdicts: [EntryVerdict]
  package var stale: [StaleReview]

  /// What those who are asked said.
  package var answers: [EntryVerdict] { verdicts.filter { asked.contains($0.reviewer.id) } }
}
