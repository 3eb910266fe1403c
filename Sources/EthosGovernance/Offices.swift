package import EthosModel
package import EthosText

/// Who holds which office when, by the leadership cycles of an identity.
package struct Offices: Sendable {
  private let leadership: Leadership

  package init(snapshot: Snapshot) { leadership = Leadership(snapshot) }

  /// The cycle in force on a day.
  package func cycle(on day: Day) -> Leadership.Cycle? { leadership.cycle(on: day) }

  /// The ids of those who hold an office on a day, sorted.
  package func holders(of office: String, on day: Day) -> [String] {
    (cycle(on: day)?.holders(of: office, on: day) ?? []).sorted()
  }

  /// The deputies of those who hold an office on a day, by the id of whom they stand in for.
  package func deputies(of office: String, on day: Day) -> [String: String] {
    cycle(on: day)?.deputies(of: office, on: day) ?? [:]
  }

  /// The offices that somebody holds on a day, with the ids of the holders, both sorted.
  package func held(on day: Day) -> [(office: String, holders: [String])] {
    let offices = cycle(on: day)?.document.meaning["offices"]?.record?.names ?? []
    return offices.sorted().map { ($0, holders(of: $0, on: day)) }.filter { !$0.holders.isEmpty }
  }

  /// All offices that any cycle names.
  package var names: Set<String> { leadership.offices }

  /// Whether any cycle is known at all.
  package var hasCycles: Bool { !leadership.cycles.isEmpty }
}

extension Leadership.Cycle {
  package var id: String { document.key.id }
}
