package import EthosText

/// Asks of one identity whether it holds together: whether what it names is there, whether its order of values is one,
/// whether what it states is practised.
///
/// What can be seen in one file alone is reported when that file is read; what authority asks for is not asked here.
package enum SnapshotCheck {
  /// What is wrong, or worth knowing, on a day, in the order of files and places.
  ///
  /// Costs a pass over the documents and their references and a sort of the findings. Where rules put values over
  /// values, each value put down costs a walk over what it outranks.
  package static func diagnostics(_ snapshot: Snapshot, on day: Day) -> [Diagnostic] {
    let identity = CheckedIdentity(snapshot, on: day)
    var found: [Diagnostic] = []
    ReferenceCheck.run(identity, into: &found)
    OwnerCheck.run(identity, into: &found)
    PeriodCheck.run(identity, into: &found)
    OrderCheck.run(identity, into: &found)
    PracticeCheck.run(identity, into: &found)
    return found.sorted(by: Diagnostic.precedes)
  }
}

/// An identity with the day on which it is checked.
///
/// What is retired binds nobody and is not among the documents.
struct CheckedIdentity {
  let snapshot: Snapshot
  let day: Day
  let leadership: Leadership
  private let byKind: [Kind: [Document]]

  init(_ snapshot: Snapshot, on day: Day) {
    self.snapshot = snapshot
    self.day = day
    leadership = Leadership(snapshot)
    byKind = Dictionary(grouping: snapshot.documents.values.filter { !$0.isRetired }, by: \.kind)
      .mapValues { $0.sorted { utf8Precedes($0.key.id, $1.key.id) } }
  }

  /// The documents of a kind that are in force, by id.
  func documents(_ kind: Kind) -> [Document] { byKind[kind] ?? [] }
}

extension Document {
  /// The place of a top-level field's value, else of the id, else of the file.
  package func place(_ field: String) -> Location? { location((fields[field] ?? fields["id"])?.span) }
}

/// Looks for the name that a mistyped one meant, so often and no more: a file of nothing but unknown names must not
/// cost the square of their number.
struct NameSuggester {
  private var remaining = 100

  mutating func help(for name: String, among names: some Sequence<String>, or other: String) -> String {
    guard remaining > 0 else { return other }
    remaining -= 1
    return nearestName(to: name, among: names).map { "did you mean `\($0)`?" } ?? other
  }
}
