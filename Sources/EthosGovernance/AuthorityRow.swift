package import EthosDiff
package import EthosModel
package import EthosText

/// What authority is asked for: a change of an entry of some kind, or a release.
package enum AuthoritySubject: Hashable, Sendable, Comparable, CustomStringConvertible {
  case entry(Kind)
  case release

  /// The subject of a name in a row's `change`; nil for `*` and for unknown names.
  package init?(name: String) {
    if name == "release" {
      self = .release
    } else if let kind = Kind(rawValue: name) {
      self = .entry(kind)
    } else {
      return nil
    }
  }

  package static let all: [AuthoritySubject] = Kind.allCases.map { .entry($0) } + [.release]

  package var description: String {
    switch self {
    case .entry(let kind): kind.rawValue
    case .release: "release"
    }
  }
}

/// Who may fill a seat of a quorum.
package enum SeatHolder: Hashable, Sendable, Comparable {
  case office(String)
  /// The office that owns the entry.
  case owner
  /// Any person of `people/`.
  case anyone

  package init(name: String) {
    switch name {
    case "owner": self = .owner
    case "anyone": self = .anyone
    default: self = .office(name)
    }
  }
}

/// Seats of a quorum that the same people may fill: `{board: 2}`.
package struct Seats: Hashable, Sendable {
  package var holder: SeatHolder
  package var count: Int

  package init(_ holder: SeatHolder, _ count: Int) {
    self.holder = holder
    self.count = count
  }

  /// The most seats of one kind that a quorum may have.
  package static let maximum = 100
}

/// A row of the charter's authority: what changes of some kinds need, up to a level.
package struct AuthorityRow: Hashable, Sendable {
  /// The names in `change`, as they are written.
  package var names: [String]
  package var level: Level
  /// The seats, offices first.
  ///
  /// What cannot be read as a number of people asks for more than there are.
  package var quorum: [Seats]
  /// Whether an author's approval counts.
  package var allowsSelfApproval: Bool
  /// Offices whose objection blocks.
  package var veto: [SeatHolder]
  /// Where the row stands in the charter's file.
  package var span: Span?

  package init(
    names: [String], level: Level, quorum: [Seats], allowsSelfApproval: Bool = false, veto: [SeatHolder] = [],
    span: Span? = nil
  ) {
    self.names = names
    self.level = level
    self.quorum = quorum.sorted { $0.holder < $1.holder }
    self.allowsSelfApproval = allowsSelfApproval
    self.veto = veto
    self.span = span
  }

  /// Whether the row speaks of a subject at all.
  package func names(_ subject: AuthoritySubject) -> Bool { names.contains("*") || names.contains(subject.description) }

  /// Whether the row covers a change of a subject: at its level and below.
  package func covers(_ subject: AuthoritySubject, _ level: Level) -> Bool {
    names(subject) && level.required <= self.level
  }
}

extension AuthorityRow {
  /// Reads a row as it stands in a charter.
  ///
  /// A level that is none covers nothing.
  init?(_ node: Node) {
    guard let record = node.record, let level = record["level"]?.text.flatMap(Level.init(rawValue:)) else { return nil }
    let quorum = (record["quorum"]?.record?.entries ?? []).map { entry in
      Seats(SeatHolder(name: entry.name), AuthorityRow.count(entry.value) ?? Seats.maximum)
    }
    self.init(
      names: record["change"]?.texts ?? [], level: level.required,
      quorum: quorum.isEmpty ? [Seats(.anyone, Seats.maximum)] : quorum,
      allowsSelfApproval: record["selfApproval"]?.boolean ?? false,
      veto: (record["veto"]?.texts ?? []).map { SeatHolder(name: $0) }, span: node.span)
  }

  /// A number of people: whole, from 1 to `Seats.maximum`.
  static func count(_ node: Node) -> Int? {
    guard let count = (node.number?.description ?? node.text).flatMap({ Int($0) }), (1...Seats.maximum).contains(count)
    else { return nil }
    return count
  }
}
