import EthosDiff
import EthosModel
import EthosText

extension AuthorityInspection {
  /// Changes of people, cycles or the charter that need less than the strongest quorum that they could help to satisfy:
  /// whoever may say who the people are, who leads, or who must agree, may say so in their own favour.
  func bypasses() -> [Diagnostic] {
    let kinds: [Kind] = [.charter, .cycle, .person]
    let byRows = Dictionary(grouping: kinds) { charter.rows(covering: .entry($0), .critical) }
    return byRows.sorted { $0.value[0] < $1.value[0] }.compactMap { own, kinds in
      let stronger = charter.rows.filter { row in own.allSatisfy { $0.isWeaker(than: row) } }
      guard let first = own.first, let strongest = stronger.max(by: { $0.independentPeople < $1.independentPeople })
      else { return nil }
      return Diagnostic(
        "authority-bypass", .warning,
        "changes of \(kinds.map(\.rawValue).joined(separator: ", ")) need less (\(first.quorumInWords)) than a quorum that "
          + "they could help to satisfy (\(strongest.quorumInWords), for \(strongest.names.joined(separator: ", ")))",
        at: location(first.span),
        help: "ask for at least as much: who may say who decides could decide everything")
    }
  }
}

extension AuthorityRow {
  /// How many people other than the author must agree.
  var independentPeople: Int { quorum.reduce(0) { $0 + $1.count } - (allowsSelfApproval ? 1 : 0) }

  /// Whether this row asks for less than another: for fewer people, or for any people where the other asks for some.
  func isWeaker(than other: AuthorityRow) -> Bool {
    if independentPeople != other.independentPeople { return independentPeople < other.independentPeople }
    return other.implies(self) && !implies(other)
  }

  /// Whether whoever meets this row meets another too, whoever holds the offices.
  private func implies(_ other: AuthorityRow) -> Bool {
    guard !allowsSelfApproval || other.allowsSelfApproval else { return false }
    let mine = Dictionary(quorum.map { ($0.holder, $0.count) }, uniquingKeysWith: +)
    let named = other.quorum.filter { $0.holder != .anyone }
    let asked = other.quorum.reduce(0) { $0 + $1.count }
    return named.allSatisfy { (mine[$0.holder] ?? 0) >= $0.count } && asked <= quorum.reduce(0) { $0 + $1.count }
  }

  var quorumInWords: String {
    let seats = quorum.map { seats in
      switch seats.holder {
      case .office(let office): "\(office): \(seats.count)"
      case .owner: "owner: \(seats.count)"
      case .anyone: "anyone: \(seats.count)"
      }
    }
    return seats.joined(separator: ", ") + (allowsSelfApproval ? ", with self-approval" : "")
  }
}
