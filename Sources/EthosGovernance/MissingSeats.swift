import EthosDiff
package import EthosModel
import EthosText

/// Seats that nobody fills yet, the same for one or more entries.
package struct MissingSeats: Hashable, Sendable {
  package var holder: SeatHolder
  /// The office whose holders could fill them; nil for anyone, and for the owner of what nobody owns.
  package var office: String?
  package var count: Int
  /// The ids of those who could.
  package var candidates: [String]
  /// Those who could in place of a holder who has said nothing.
  package var deputies: [QuorumStanding.Deputy] = []
  package var entries: [EntryKey]
  /// The limit that goes out of use, whose quorum this is.
  package var bypassed: EntryKey?

  /// What each of them would type.
  package func command(proposal: String) -> String { "ethos approve \(shellWord(proposal))" }
}

extension Standing {
  /// The seats that nobody fills yet; the same lack on several entries is one.
  package var missing: [MissingSeats] {
    var found: [MissingSeats] = []
    for entry in entries {
      for seats in entry.quorums.flatMap(\.missing) {
        let index = found.firstIndex { known in
          (known.holder, known.office, known.count) == (seats.holder, seats.office, seats.count)
            && (known.candidates, known.bypassed) == (seats.candidates, seats.bypassed)
            && known.deputies == seats.deputies
        }
        if let index {
          if found[index].entries.last != entry.key { found[index].entries.append(entry.key) }
        } else {
          found.append(seats)
          found[found.count - 1].entries = [entry.key]
        }
      }
    }
    return found
  }

  /// What is missing, a sentence for each lack, with what to type; empty when the proposal can be ratified.
  package func missingInWords(proposal: String) -> [String] {
    var lines: [String] = []
    for entry in entries {
      guard case .uncovered(let subject) = entry.need else { continue }
      lines.append(
        "no row of the authority covers a \(entry.level) change of `\(entry.key)`: "
          + "add one for `\(subject)` to the charter first")
    }
    for seats in missing {
      let who = seats.inWords(day: day, command: "`\(seats.command(proposal: proposal))`")
      lines.append("\(Standing.named(seats.entries)) \(seats.entries.count == 1 ? "needs" : "need") \(who)")
    }
    if !missing.isEmpty {
      for approval in conditional {
        lines.append(
          "\(approval.name) approves on a condition (“\(approval.conditions.joined(separator: "”, “"))”): once it is met, "
            + "\(approval.name) says so with `ethos approve \(shellWord(proposal))`")
      }
    }
    for veto in objections where veto.isVeto {
      lines.append(
        "\(veto.name) objected to \(Standing.named(veto.entries)) and has a veto: "
          + "only \(veto.name) can lift it, with `ethos approve \(shellWord(proposal))` or `ethos abstain \(shellWord(proposal))`"
      )
    }
    return lines
  }

  private static func named(_ keys: [EntryKey]) -> String {
    let shown = keys.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return keys.count > 3 ? "\(shown) and \(keys.count - 3) more" : shown
  }
}

extension MissingSeats {
  /// The seats and who could fill them: "1 more approval by `board`: `ada-obi` or `jane-doe`, with …".
  func inWords(day: Day, command: String) -> String {
    let approvals = count == 1 ? "1 more approval" : "\(count) more approvals"
    let limit = bypassed.map { " (for `\($0)`, which it stops using)" } ?? ""
    let seat: String
    switch (holder, office) {
    case (.anyone, _): seat = "of anybody but its authors"
    case (.owner, nil): return "\(approvals) of its owner\(limit), and has none: name an `owner` or a `defaultOwner`"
    case (.owner, let office?): seat = "of its owner, `\(office)`"
    case (.office(let name), _): seat = "of `\(name)`"
    }
    guard !candidates.isEmpty || !deputies.isEmpty else {
      return "\(approvals) \(seat)\(limit), and nobody is left on \(day) who could give it"
    }
    let names = candidates.map { "`\($0)`" } + deputies.map { "`\($0.person)` as the deputy of `\($0.of)`" }
    let people =
      names.count > 8
      ? names.prefix(8).joined(separator: ", ") + " or \(names.count - 8) others"
      : names.count < 2 ? names.joined() : names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    return "\(approvals) \(seat)\(limit): \(people), with \(command)"
  }
}

extension QuorumStanding {
  /// The seats that nobody fills, by holder.
  var missing: [MissingSeats] {
    let empty = seats.filter { $0.person == nil }
    return Dictionary(grouping: empty, by: \.holder).sorted { $0.key < $1.key }.map { holder, seats in
      MissingSeats(
        holder: holder, office: seats.first?.office, count: seats.count, candidates: candidates[holder] ?? [],
        deputies: deputies[holder] ?? [], entries: [], bypassed: bypassed)
    }
  }
}
