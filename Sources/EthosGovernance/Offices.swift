package import EthosModel
package import EthosText

/// Who holds which office when, by the leadership cycles of an identity.
package struct Offices: Sendable {
  /// A person in an office.
  package struct Holder: Hashable, Sendable {
    /// The id of the person.
    package var person: String
    package var from: Day?
    package var until: Day?
    package var deputy: String?
  }

  /// A leadership cycle.
  package struct Cycle: Sendable {
    package var id: String
    package var from: Day
    package var until: Day?
    package var holders: [String: [Holder]]
  }

  /// The cycles, the earliest first.
  package let cycles: [Cycle]

  package init(snapshot: Snapshot) {
    cycles = snapshot.all(.cycle).compactMap { Cycle($0) }.sorted { ($0.from, $0.id) < ($1.from, $1.id) }
  }

  /// The cycle in force on a day: the last that has begun, unless it is over.
  ///
  /// An earlier cycle without an end does not come back when a later one is over: its leaders were relieved.
  package func cycle(on day: Day) -> Cycle? {
    guard let begun = cycles.last(where: { $0.from <= day }) else { return nil }
    return begun.until.map { day <= $0 } ?? true ? begun : nil
  }

  /// Who holds an office on a day, by person.
  package func holders(of office: String, on day: Day) -> [Holder] {
    let holders = cycle(on: day)?.holders[office] ?? []
    return holders.filter { holder in
      (holder.from.map { $0 <= day } ?? true) && (holder.until.map { day <= $0 } ?? true)
    }.sorted { $0.person < $1.person }
  }

  /// The offices of the cycle in force on a day that somebody holds, with the people.
  package func held(on day: Day) -> [(office: String, people: [String])] {
    (cycle(on: day)?.holders.keys.sorted() ?? []).compactMap { office in
      let people = Set(holders(of: office, on: day).map(\.person)).sorted()
      return people.isEmpty ? nil : (office, people)
    }
  }

  /// All offices that any cycle names.
  package var names: Set<String> { Set(cycles.flatMap(\.holders.keys)) }
}

extension Offices.Cycle {
  init?(_ document: Document) {
    // Without its first day a cycle has not begun.
    guard let from = document.meaning["from"]?.day else { return nil }
    id = document.key.id
    self.from = from
    until = document.meaning["until"]?.day
    holders = [:]
    for office in document.meaning["offices"]?.record?.entries ?? [] {
      holders[office.name, default: []] += (office.value.list ?? []).compactMap { Offices.Holder($0) }
    }
  }
}

extension Offices.Holder {
  init?(_ node: Node) {
    guard let person = node.record?["person"]?.text ?? node.text else { return nil }
    self.person = person
    from = node.record?["from"]?.day
    until = node.record?["until"]?.day
    deputy = node.record?["deputy"]?.text
  }
}
