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
    /// The holder whom that person stands in for, where they hold the office as a deputy.
    package var deputyOf: String?
  }

  /// Somebody who could fill a seat in place of a holder who has said nothing.
  package struct Deputy: Hashable, Sendable {
    package var person: String
    package var of: String
  }

  package var row: AuthorityRow
  /// The limit that a decision stops using, whose quorum this is; nil for the entry's own quorum.
  package var bypassed: EntryKey?
  package var owner: String?
  package var seats: [Seat]
  /// For seats that are empty: who could fill them, by id.
  package var candidates: [SeatHolder: [String]]
  /// For seats that are empty: the deputies who could fill them.
  package var deputies: [SeatHolder: [Deputy]] = [:]

  package var isMet: Bool { seats.allSatisfy { $0.person != nil } }
}

/// Who may fill seats on a day.
struct SeatRules {
  let offices: Offices
  let people: People
  let day: Day

  /// Fills the seats of a row as far as the approvers go.
  ///
  /// `authors` fill none unless the row allows it, and nobody stands in for them. `spoken` are those who said something
  /// of the entry, and so need no deputy; nil where none stands in. `given` says on which day somebody approved: an
  /// office is held then and on the day of the ratification.
  func standing(
    of row: AuthorityRow, owner: String?, bypassed: EntryKey? = nil, approvers: Set<String>, authors: Set<String>,
    spoken: Set<String>? = nil, given: [String: Day] = [:]
  ) -> QuorumStanding {
    let seats = row.quorum.flatMap { Array(repeating: $0.holder, count: $0.count) }
    let barred = row.allowsSelfApproval ? [] : authors
    var eligible: [SeatHolder: Set<String>] = [:]
    for quorum in row.quorum {
      eligible[quorum.holder] = self.eligible(quorum.holder, owner: owner).subtracting(barred)
    }
    let others = eligible.mapValues { $0.subtracting(approvers).sorted() }
    // Nobody stands in for an author, whom the row may let speak for themselves.
    let deputies = standIns(
      for: eligible.mapValues { $0.subtracting(authors) }, owner: owner, barred: barred, spoken: spoken)
    for (holder, standing) in deputies { eligible[holder, default: []].formUnion(standing.map(\.person)) }
    // Seats that nobody else could fill go first, then those that few may fill: what stays empty is then what somebody can
    // still do something about.
    let scarcity = seats.map { ((others[$0] ?? []).isEmpty ? 0 : 1, eligible[$0]?.count ?? 0) }
    let filled = SeatMatching.fill(
      seats.map { holder in
        (eligible[holder] ?? []).intersection(approvers).filter { held(holder, by: $0, owner: owner, on: given[$0]) }
      },
      order: seats.indices.sorted { (scarcity[$0].0, scarcity[$0].1, $0) < (scarcity[$1].0, scarcity[$1].1, $1) })
    let empty = Set(zip(seats, filled).filter { $0.1 == nil }.map(\.0))
    return QuorumStanding(
      row: row, bypassed: bypassed, owner: owner,
      seats: zip(seats, filled).map { holder, person in
        QuorumStanding.Seat(
          holder: holder, office: office(holder, owner: owner), person: person,
          isSelfApproved: person.map(authors.contains) ?? false,
          deputyOf: deputies[holder]?.first { $0.person == person }?.of)
      },
      candidates: others.filter { empty.contains($0.key) },
      deputies: deputies.filter { empty.contains($0.key) }.mapValues { standing in
        standing.filter { !approvers.contains($0.person) }
      })
  }

  /// The deputies of those who may fill seats and have said nothing, less those who hold the office themselves.
  ///
  /// INVARIANT: a holder who has said nothing fills no seat, so that a holder and their deputy never fill two.
  private func standIns(
    for eligible: [SeatHolder: Set<String>], owner: String?, barred: Set<String>, spoken: Set<String>?
  ) -> [SeatHolder: [QuorumStanding.Deputy]] {
    guard let spoken else { return [:] }
    var result: [SeatHolder: [QuorumStanding.Deputy]] = [:]
    for (holder, holders) in eligible {
      guard let office = office(holder, owner: owner) else { continue }
      let standing = offices.deputies(of: office, on: day).filter { person, deputy in
        holders.contains(person) && !spoken.contains(person) && !holders.contains(deputy) && !barred.contains(deputy)
          && people[id: deputy] != nil
      }
      result[holder] = standing.sorted { $0.key < $1.key }.map { QuorumStanding.Deputy(person: $0.value, of: $0.key) }
    }
    return result
  }

  /// Whether somebody held an office, or stood in for who did, on a day; nil is the day on which offices are asked about.
  private func held(_ holder: SeatHolder, by person: String, owner: String?, on given: Day?) -> Bool {
    guard let given, given != day, let office = office(holder, owner: owner) else { return true }
    return offices.holders(of: office, on: given).contains(person)
      || offices.deputies(of: office, on: given).values.contains(person)
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
