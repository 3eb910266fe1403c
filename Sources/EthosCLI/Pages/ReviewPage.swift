import EthosApp
import EthosDiff
import EthosGovernance
import EthosHistory
import EthosModel
import EthosRecord
import EthosReport
import EthosStore
import EthosText

/// What a proposal changes, who has agreed, who objected, and who is missing.
enum ReviewPage {
  static func make(_ state: ProposalState, collisions: [Collision], replay: ReplayAnswer? = nil) -> Report {
    var blocks: [Block] = []
    let author = state.proposer
    blocks.title("Proposal \(state.name, .name)")
    blocks.facts([
      Fact("by", "\(author.name, .name), \(author.when.writersDay)"),
      Fact("against", "\(state.main.id.short, .reference)"),
      Fact("at", "\(state.tip.id.short, .reference)"),
      Fact("level", state.standing.level.map { Inline.level($0) } ?? "no meaning changes"),
    ])
    if let end = state.end { decided(end, state, &blocks) }
    for commit in state.facts.commits {
      guard let record = state.facts.records[commit.id], !saysNothing(record.because) else { continue }
      blocks.section("\(record.subject)")
      blocks.quote(record.because)
      blocks.list(record.sources.map { Item(.bullet, "source: \($0)") })
    }
    for branch in state.proposal.diverging where state.end == nil {
      blocks.list([
        Item(
          .warning,
          "\(branch, .reference) holds other commits of this proposal: bring them together with \("git merge \(shellWord(branch))", .command)"
        )
      ])
    }
    if !state.merge.conflicts.isEmpty { conflicts(state, &blocks) }
    var diff = DiffReport(
      state.changes, acts: state.changes.acts(),
      before: DiffReport.Side(revision: "in force", commit: state.main.id, snapshot: state.before),
      after: DiffReport.Side(revision: state.name, commit: state.tip.id, snapshot: state.after))
    diff.isOpen = state.end == nil
    diff.showsTables = true
    // The branch of a closed proposal may be gone.
    if state.end == nil { diff.after.typed = "proposals/\(state.name)" }
    blocks.section("What changes")
    blocks += diff.sections
    if state.changes.isEmpty { blocks.paragraph("no meaning changes") }
    if let replay {
      blocks.section("What it would have done")
      blocks += ReplayReport(replay).sections
    }
    if !collisions.isEmpty {
      blocks.section("Other open proposals")
      blocks.list(collisions.map { $0.item(of: state.name) })
    }
    commitments(state, &blocks)
    outcome(state, &blocks)
    return Report(
      blocks,
      json: ReviewDocument.json(
        state, missing: state.end == nil ? missing(state) : [], collisions: collisions, replay: replay))
  }

  private static func conflicts(_ state: ProposalState, _ blocks: inout [Block]) {
    blocks.section("Changed on both sides")
    blocks.list(state.merge.conflicts.map { $0.item(ours: "in force", theirs: "proposal") })
  }

  private static func commitments(_ state: ProposalState, _ blocks: inout [Block]) {
    blocks.section(state.end == nil ? "Who agreed, and who is missing" : "Who agreed, and who did not")
    if state.standing.isOpen { blocks.paragraph("this identity states no authority: nothing is needed") }
    for entry in state.standing.entries {
      var inner: [Block] = []
      var facts = [Fact("needs", needs(entry))] + verdicts(entry.verdicts)
      for seats in entry.quorums.flatMap(\.seats) where seats.isSelfApproved {
        facts.append(Fact("self-approved", "\(seats.person ?? "", .name), an author, whom the charter lets approve"))
      }
      inner.facts(facts)
      inner.list(
        entry.classes.map { item in
          let people = item.confirmedBy.map { "\($0.person) on \($0.when.writersDay)" }.joined(separator: ", ")
          let confirmed =
            people.isEmpty ? state.end == nil ? "not confirmed yet" : "not confirmed" : "confirmed by \(people)"
          return Item(.bullet, "classified as \(item.classification.action, .changed) \(item.level): \(confirmed)")
        })
      inner.list(
        entry.unclassified.map { change in
          let place = Reference(change.entry, path: change.field).description
          // Of a closed proposal nobody can say it any more.
          guard state.end == nil else { return Item(.bullet, "\(change.level) \(place, .reference): not classified") }
          let command = "ethos classify \(shellWord(place)) ACTION --because … --proposal \(shellWord(state.name))"
          return Item(.bullet, "\(change.level) \(place, .reference): say what it means with \(command, .command)")
        })
      inner.list(entry.stale.map { Item(.warning, "\($0.inWords)") })
      blocks.list([Item(entry.isMet ? .bullet : .warning, "\(entry.key, .reference) \(entry.level)", inner)])
    }
    blocks.list(
      state.standing.moved.map { decision in
        var stale: [Block] = []
        stale.list(decision.stale.map { Item(.warning, "\($0.inWords)") })
        return Item(.bullet, decision.line, stale)
      })
    aside(state.aside, &blocks)
    said(state.standing, &blocks)
  }

  /// Reviews that count for nothing, whatever they say: anybody can make as many of those as they like.
  private static func aside(_ reviews: [AsideReview], _ blocks: inout [Block]) {
    let shown = 10
    blocks.list(reviews.prefix(shown).map { Item(.warning, "\($0.inWords)") })
    guard reviews.count > shown else { return }
    blocks.list([Item(.warning, "\(reviews.count - shown) more reviews do not count")])
  }

  /// What each person says of an entry.
  private static func verdicts(_ verdicts: [EntryVerdict]) -> [Fact] {
    ReviewRecord.Verdict.allCases.filter { $0 != .comment }.map { verdict in
      Fact(
        names[verdict] ?? verdict.rawValue,
        .sentence(verdicts.filter { $0.verdict == verdict && $0.conditions.isEmpty }.map(who)))
    } + [Fact("on a condition", .sentence(verdicts.filter { !$0.conditions.isEmpty }.map(who)))]
  }

  /// What people said, with their words.
  private static func said(_ standing: Standing, _ blocks: inout [Block]) {
    for objection in standing.objections {
      blocks.list([
        Item(
          .warning, "\(who(objection)) objects\(objection.isVeto ? ", with a veto" : "")", words(objection))
      ])
    }
    for (people, verb) in [
      (standing.approvals, "approves"), (standing.conditional, "approves on a condition"),
      (standing.abstentions, "abstains"),
    ] {
      for person in people where !words(person).isEmpty {
        blocks.list([Item(.bullet, "\(who(person)) \(verb)", words(person))])
      }
    }
    for comment in standing.comments {
      let place: Inline = comment.about.map { " on \($0, .reference)" } ?? ""
      blocks.list([
        Item(
          .bullet, "\(comment.reviewer.name, .name) on \(comment.when.writersDay) comments\(place)",
          [.quote(comment.words)])
      ])
    }
  }

  private static func words(_ said: Attestation) -> [Block] {
    var blocks: [Block] = []
    blocks.list(said.conditions.map { Item(.warning, "on the condition: \($0)") })
    if !saysNothing(said.words) { blocks.quote(said.words) }
    blocks.list((said.recording?.sources ?? []).map { Item(.bullet, "source: \($0)") })
    return blocks
  }

  /// A person with the day on which they said it, and whoever recorded that.
  static func who(_ said: Attestation) -> Inline { who(said.name, said.when, said.recording) }

  static func who(_ said: EntryVerdict) -> Inline { who(said.reviewer.name, said.when, said.recording) }

  private static func who(_ name: String, _ when: Instant, _ recording: Recording?) -> Inline {
    let recorder = recording.map { " (recorded by \($0.recorder.name))" } ?? ""
    return "\(name, .name) on \(when.writersDay)\(recorder)"
  }

  private static let names: [ReviewRecord.Verdict: String] = [
    .approve: "approved by", .object: "objected to by", .abstain: "abstained",
  ]

  /// What somebody did, to follow their name.
  static func did(_ said: EntryVerdict) -> String {
    switch said.verdict {
    case .approve: said.conditions.isEmpty ? "approved" : "approved on a condition"
    case .object: "objected"
    case .abstain: "abstained"
    case .comment: "commented"
    }
  }

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
        let filled: Inline = "\(office): \(seat.person ?? "missing", seat.person == nil ? .warning : .name)"
        return seat.deputyOf.map { "\(filled) (deputy of \($0))" } ?? filled
      }
      return .list(seats)
    }
  }

  /// What was decided of a closed proposal: by whom, on which day, and what was answered.
  private static func decided(_ end: ProposalEnd, _ state: ProposalState, _ blocks: inout [Block]) {
    blocks.section("What was decided")
    switch end {
    case .ratified(let commit, let answers):
      blocks.paragraph(
        "ratified by \(commit.committer.name, .name) on \(commit.committer.when.writersDay) (\(commit.id.short, .reference))"
      )
      for objection in state.standing.objections {
        let answer = answers[objection.personID]
        blocks.list([
          Item(
            .bullet, "\(objection.name, .name) was \(answer == nil ? "not answered" : "answered:")",
            answer.map { [.quote($0)] } ?? [])
        ])
      }
      blocks.list(state.judgement.breaches.map { Item(.warning, "\("in breach", .warning): \($0.message)") })
    case .withdrawn(let tag, let because):
      let who: Inline = tag.tagger.map { " by \($0.name, .name) on \($0.when.writersDay)" } ?? ""
      blocks.paragraph("withdrawn" + who + " (\("closed/\(state.name)", .reference)):")
      blocks.quote(because)
    }
  }

  private static func outcome(_ state: ProposalState, _ blocks: inout [Block]) {
    // What is missing of a closed proposal nobody can give any more.
    guard state.end == nil else { return }
    blocks.section("What is missing")
    let missing = missing(state)
    let answers = Set(state.standing.objections.map(\.personID)).sorted().map { " --answer \(shellWord("\($0)=why"))" }
      .joined()
    if state.isRatified {
      blocks.paragraph("nothing: it is ratified")
    } else if missing.isEmpty {
      blocks.paragraph("nothing: \("ethos ratify \(shellWord(state.name))\(answers)", .command)")
    } else {
      blocks.list(missing.map { Item(.warning, "\($0)") })
    }
  }

  private static func missing(_ state: ProposalState) -> [String] {
    var missing = state.merge.conflicts.map {
      "`\($0.name)` \($0.what): merge what is in force into the proposal"
    }
    missing += state.missingInWords
    return missing
  }
}
