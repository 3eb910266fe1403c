import EthosDiff
package import EthosModel
import EthosText

/// A row of the authority as it stands for one act: its seats, and who fills them.
package struct QuorumStanding: Hashable, Sendable {
  package struct Seat: Hashable, Sendable {
    package var holder: SeatHolder
    /// The office whose holders may fill it; nil for anyone, and for the owner of what nobody owns.
    package var office: String?
    /// The id of the person who fills it.
    package var person: String?
    /// Whether that person is an author of the change, whom the row lets approve.
    package var isSelfApproved: Bool
  }

  package var row: AuthorityRow
  /// The limit that a decision stops using, whose quorum this is; nil for the entry's own quorum.
  package var bypassed: EntryKey?
  package var owner: String?
  package var seats: [Seat]
  /// For seats that are empty: who could fill them, by id.
  package var candidates: [SeatHolder: [String]]

  package var isMet: Bool { seats.allSatisfy { $0.person != nil } }
}

/// Who may fill seats on a day.
struct SeatRules {
  let offices: Offices
  let people: People
  let day: Day

  /// Fills the seats of a row as far as the approvers go. `authors` fill none unless the row allows it.
  func standing(
    of row: AuthorityRow, owner: String?, bypassed: EntryKey? = nil, approvers: Set<String>, authors: Set<String>
  ) -> QuorumStanding {
    let seats = row.quorum.flatMap { Array(repeating: $0.holder, count: $0.count) }
    let barred = row.allowsSelfApproval ? [] : authors
    var eligible: [SeatHolder: Set<String>] = [:]
    for quorum in row.quorum {
      eligible[quorum.holder] = self.eligible(quorum.holder, owner: owner).subtracting(barred)
    }
    let others = eligible.mapValues { $0.subtracting(approvers).sorted() }
    // Seats that nobody else could fill go first, then those that few may fill: what stays empty is then what somebody can
    // still do something about.
    let scarcity = seats.map { ((others[$0] ?? []).isEmpty ? 0 : 1, eligible[$0]?.count ?? 0) }
    let filled = SeatMatching.fill(
      seats.map { (eligible[$0] ?? []).intersection(approvers) },
      order: seats.indices.sorted { (scarcity[$0].0, scarcity[$0].1, $0) < (scarcity[$1].0, scarcity[$1].1, $1) })
    let empty = Set(zip(seats, filled).filter { $0.1 == nil }.map(\.0))
    return QuorumStanding(
      row: row, bypassed: bypassed, owner: owner,
      seats: zip(seats, filled).map { holder, person in
        QuorumStanding.Seat(
          holder: holder, office: office(holder, owner: owner), person: person,
          isSelfApproved: person.map(authors.contains) ?? false)
      },
      candidates: others.filter { empty.contains($0.key) })
  }

  /// The people who may fill a seat.
  func eligible(_ holder: SeatHolder, owner: String?) -> Set<String> {
    if holder == .anyone { return Set(people.ids) }
    guard let office = office(holder, owner: owner) else { return [] }
    // Who is in an office and not among the people cannot be recognised.
    return Set(offices.holders(of: office, on: day).filter { people[id: $0] != nil })
  }

  func office(_ holder: SeatHolder, owner: String?) -> String? {
    switch holder {
    case .office(let name): name
    case .owner: owner
    case .anyone: nil
    }
  }
}
