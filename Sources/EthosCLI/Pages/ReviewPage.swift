import EthosHistory
import EthosApp
import EthosDiff
import EthosGovernance
import EthosModel
import EthosRecord
import EthosReport
import EthosText

/// What a proposal changes, who has agreed, who objected, and who is missing.
enum ReviewPage {
  static func make(_ state: ProposalState) -> Report {
    var blocks: [Block] = []
    let author = state.facts.commits.last?.author ?? state.tip.author
    blocks.title("Proposal \(state.name, .name)")
    blocks.facts([
      Fact("by", "\(author.name, .name), \(author.when.writersDay)"),
      Fact("against", "\(state.main.id.short, .reference)"),
      Fact("at", "\(state.tip.id.short, .reference)"),
      Fact("level", state.standing.level.map { Inline.level($0) } ?? "no meaning changes"),
    ])
    for commit in state.facts.commits {
      guard let record = state.facts.records[commit.id], !record.because.allSatisfy(\.isWhitespace) else { continue }
      blocks.section("\(record.subject)")
      blocks.quote(record.because)
      blocks.list(record.sources.map { Item(.bullet, "source: \($0)") })
    }
    if !state.merge.conflicts.isEmpty { conflicts(state, &blocks) }
    let diff = DiffReport(
      state.changes, acts: state.changes.acts(),
      before: DiffReport.Side(revision: "in force", commit: state.main.id, snapshot: state.before),
      after: DiffReport.Side(revision: state.name, commit: state.tip.id, snapshot: state.after))
    blocks.section("What changes")
    blocks.list(diff.acts.map { diff.item($0) })
    if state.changes.isEmpty { blocks.paragraph("no meaning changes") }
    touches(state, &blocks)
    commitments(state, &blocks)
    outcome(state, &blocks)
    return Report(blocks, json: json(state))
  }

  private static func conflicts(_ state: ProposalState, _ blocks: inout [Block]) {
    blocks.section("Changed on both sides")
    for conflict in state.merge.conflicts {
      var inner: [Block] = []
      for (side, commit) in [("in force", conflict.main), ("proposal", conflict.proposal)] {
        guard let commit else { continue }
        let record = ChangeRecord(message: commit.message)
        inner.paragraph("\(side): \(record.subject), \(commit.author.name, .name) (\(commit.id.short))")
        if !record.because.isEmpty { inner.quote(record.because) }
      }
      blocks.list([Item(.warning, "\(conflict.entry?.description ?? conflict.path, .reference)", inner)])
    }
  }

  private static func touches(_ state: ProposalState, _ blocks: inout [Block]) {
    let touched = Dictionary(grouping: state.changes.touches, by: \.touched).keys.sorted()
    guard !touched.isEmpty else { return }
    blocks.section("What that touches")
    blocks.list(
      touched.map { key in
        let document = state.after[key] ?? state.before[key]
        let owner = document.flatMap { Charter(snapshot: state.before).owner(of: $0) }
        return Item(.bullet, "\(key, .reference) \(document?.title ?? "")\(owner.map { " (owner: \($0))" } ?? "")")
      })
  }

  private static func commitments(_ state: ProposalState, _ blocks: inout [Block]) {
    blocks.section("Who agreed, and who is missing")
    if state.standing.isOpen { blocks.paragraph("this identity states no authority: nothing is needed") }
    for entry in state.standing.entries {
      var inner: [Block] = []
      var facts = [Fact("needs", needs(entry))]
      for verdict in ReviewRecord.Verdict.allCases where verdict != .comment {
        let people = entry.verdicts.filter { $0.verdict == verdict }.map { Inline($0.reviewer.name, .name) }
        facts.append(Fact(names[verdict] ?? verdict.rawValue, Inline.sentence(people)))
      }
      for seats in entry.quorums.flatMap(\.seats) where seats.isSelfApproved {
        facts.append(Fact("self-approved", "\(seats.person ?? "", .name), an author, whom the charter lets approve"))
      }
      inner.facts(facts)
      inner.list(
        entry.classes.map { item in
          let confirmed =
            item.confirmedBy.isEmpty ? "not confirmed yet" : "confirmed by \(item.confirmedBy.joined(separator: ", "))"
          return Item(.bullet, "classified as \(item.classification.action, .changed) \(item.level): \(confirmed)")
        })
      inner.list(
        entry.unclassified.map { change in
          let place = Reference(change.entry, path: change.field).description
          let command = "ethos classify \(shellWord(place)) ACTION --because … --proposal \(state.name)"
          return Item(.bullet, "\(change.level) \(place, .reference): say what it means with \(command, .command)")
        })
      inner.list(
        entry.stale.map {
          Item(.warning, "the review of \($0.reviewer.name, .name) no longer counts: \($0.reasonInWords)")
        })
      blocks.list([Item(entry.isMet ? .bullet : .warning, "\(entry.key, .reference) \(entry.level)", inner)])
    }
    for objection in state.standing.objections {
      blocks.list([
        Item(
          .warning, "\(objection.name, .name) objects\(objection.isVeto ? ", with a veto" : "")",
          [.quote(objection.words)])
      ])
    }
  }

  private static let names: [ReviewRecord.Verdict: String] = [
    .approve: "approved by", .object: "objected to by", .abstain: "abstained",
  ]

  private static func needs(_ entry: EntryStanding) -> Inline {
    switch entry.need {
    case .nothing: return "nothing"
    case .uncovered(let subject): return "what no row of the authority says for \(subject.description)"
    case .quorums(let quorums):
      let seats = quorums.flatMap(\.seats).map { seat -> Inline in
        let office: String
        switch (seat.holder, seat.office) {
        case (.anyone, _): office = "anyone else"
        case (.owner, let name): office = name.map { "the owner (\($0))" } ?? "the owner (none)"
        case (.office(let name), _): office = name
        }
        return "\(office): \(seat.person ?? "missing", seat.person == nil ? .warning : .name)"
      }
      return .list(seats)
    }
  }

  private static func outcome(_ state: ProposalState, _ blocks: inout [Block]) {
    blocks.section("What is missing")
    let missing = missing(state)
    if state.isRatified {
      blocks.paragraph("nothing: it is ratified")
    } else if missing.isEmpty {
      let answers = state.standing.objections.map { " --answer '\($0.personID)=why'" }.joined()
      blocks.paragraph("nothing: \("ethos ratify \(state.name)\(answers)", .command)")
    } else {
      blocks.list(missing.map { Item(.warning, "\($0)") })
    }
  }

  private static func missing(_ state: ProposalState) -> [String] {
    var missing = state.merge.conflicts.map {
      "`\($0.entry?.description ?? $0.path)` changed on both sides: merge what is in force into the proposal"
    }
    missing += state.errors.map(\.message)
    missing += state.facts.withoutReason.map { "the commit \($0.id.short) gives no reason" }
    return missing + state.standing.missingInWords(proposal: state.name)
  }

  static func json(_ state: ProposalState) -> JSON {
    .members([
      "schema": .string("ethos.review.v1"), "proposal": .string(state.name), "tip": .string(state.tip.id.hex),
      "main": .string(state.main.id.hex), "level": state.standing.level.map { .string($0.rawValue) } ?? .null,
      "open": .boolean(state.standing.isOpen), "canRatify": .boolean(state.canRatify),
      "missing": .array(missing(state).map { .string($0) }),
      "entries": .array(state.standing.entries.map(entryJSON)),
      "objections": .array(
        state.standing.objections.map { objection in
          .members([
            "by": .person(name: objection.name, email: objection.email, id: objection.personID),
            "words": .string(objection.words), "veto": .boolean(objection.isVeto),
            "entries": .array(objection.entries.map { .string($0.description) }),
          ])
        }),
      "conflicts": .array(state.merge.conflicts.map { .string($0.entry?.description ?? $0.path) }),
    ])
  }

  private static func entryJSON(_ entry: EntryStanding) -> JSON {
    .members([
      "commitment": .string(entry.key.description), "owner": entry.owner.map { .string($0) } ?? .null,
      "level": .string(entry.level.rawValue), "met": .boolean(entry.isMet),
      "seats": .array(
        entry.quorums.flatMap(\.seats).map { seat in
          .members([
            "office": seat.office.map { .string($0) } ?? .string("anyone"),
            "person": seat.person.map { .string($0) } ?? .null,
          ])
        }),
      "verdicts": .array(
        entry.verdicts.map { said in
          .members([
            "verdict": .string(said.verdict.rawValue),
            "by": .person(
              name: said.reviewer.name, email: said.reviewer.email, id: said.reviewer.isKnown ? said.reviewer.id : nil),
            "commit": .string(said.review.hex),
          ])
        }),
    ])
  }
}
