package import EthosText

/// The leadership cycles of an identity, and who holds which office in them on a day.
package struct Leadership: Sendable {
  /// A leadership cycle with its period.
  package struct Cycle: Sendable {
    package let document: Document
    package let from: Day
    /// The last day; nil where none is known.
    package let until: Day?

    package func holds(_ day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
  }

  /// The cycles by their first day, then by id.
  ///
  /// A cycle without a first day is none.
  package let cycles: [Cycle]

  /// Collects the cycles.
  ///
  /// Costs a sort of them.
  package init(_ snapshot: Snapshot) {
    cycles = snapshot.all(.cycle)
      .compactMap { document in
        document.meaning["from"]?.day.map {
          Cycle(document: document, from: $0, until: document.meaning["until"]?.day)
        }
      }
      .sorted { $0.from < $1.from }
  }

  /// The cycle in force on a day: of those that hold it, the one that began last.
  package func cycle(on day: Day) -> Cycle? { cycles.last { $0.holds(day) } }

  /// The names of all offices that any cycle knows.
  package var offices: Set<String> {
    Set(cycles.flatMap { $0.document.meaning["offices"]?.record?.names ?? [] })
  }
}

extension Leadership.Cycle {
  /// The ids of the persons who hold an office on a day, without deputies; each person once.
  package func holders(of office: String, on day: Day) -> [String] {
    guard holds(day) else { return [] }
    let terms = document.meaning["offices"]?.record?[office]?.list ?? []
    var persons: [String] = []
    for term in terms {
      guard let person = Leadership.Cycle.holder(term, on: day), !persons.contains(person) else { continue }
      persons.append(person)
    }
    return persons
  }

  /// The deputies of those who hold an office on a day, by the id of whom they stand in for.
  package func deputies(of office: String, on day: Day) -> [String: String] {
    guard holds(day) else { return [:] }
    var deputies: [String: String] = [:]
    for term in document.meaning["offices"]?.record?[office]?.list ?? [] {
      guard let person = Leadership.Cycle.holder(term, on: day), let deputy = term.record?["deputy"]?.text,
        deputy != person, deputies[person] == nil
      else { continue }
      deputies[person] = deputy
    }
    return deputies
  }

  /// The id of the person of a term, where the term holds the day.
  private static func holder(_ term: Node, on day: Day) -> String? {
    guard let record = term.record else { return nil }
    if let from = record["from"]?.day, day < from { return nil }
    if let until = record["until"]?.day, until < day { return nil }
    return record["person"]?.text
  }
}
