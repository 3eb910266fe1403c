import EthosApp
import EthosGit
import EthosRecord
import EthosTestSupport

/// Acts by which an approval is counted that is none.
extension World {
  func approvalAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .selfApproval, .contentByMerge, .coAuthorApproves: return try ownApproval(act)
    case .reviewChangesFile:
      guard let plot = try prepare() else { return nil }
      try approve(plot, Array(plot.approvers.dropLast()))
      try approve(plot, plot.approvers[plot.approvers.count - 1]) { old in
        try again(
          old,
          tree: try tree(old.tree, ["values/candour.yaml": main.entries["value/candour"].map { "# see\n\($0.text)" }]),
          by: plot.approvers[plot.approvers.count - 1])
      }
      return Trace(commits: [try force(plot.name)])
    case .reviewCarriesContent:
      guard let plot = try prepareApproved(), let person = people.first(where: { !plot.approvers.contains($0) }) else {
        return nil
      }
      var other = plot.after
      other.entries["value/candour"]?.fields["statement"] = "We say what suits us."
      let content = try commit(other, parents: [try proposalTip(plot.name)], by: person, "Say it\n\nI want it.\n")
      try review(plot.name, by: person, .comment)
      let name = "refs/heads/reviews/\(plot.name)/\(person)"
      let comment = try repository.commit(try head(name))
      try move(name, to: try again(comment, parents: comment.parents + [content], by: person))
      return Trace(commits: [try force(plot.name, other), content])
    case .otherContent:
      guard let plot = try prepareApproved(), var after = open[plot.name]?.tip else { return nil }
      after.entries["limit/days"]?.fields["atMost"] = "900"
      try amend(plot.name, after, by: plot.author)
      return Trace(commits: [try force(plot.name, after)])
    case .replayedForAnother:
      guard let plot = try prepareApproved() else { return nil }
      let reviews = try reviewTips(plot.name)
      _ = try acting(plot.author) { try $0.withdraw(plot.name, because: "No.", isDryRun: false) }
      open[plot.name] = nil
      tick()
      let name = freshName("plot")
      try propose(name, plot.after, by: plot.author)
      tick()
      return Trace(commits: [try force(name, parents: [try proposalTip(name)] + reviews)])
    case .withdrawn:
      guard let plot = try prepareApproved() else { return nil }
      let parents = try [proposalTip(plot.name)] + reviewTips(plot.name)
      _ = try acting(plot.author) { try $0.withdraw(plot.name, because: "No.", isDryRun: false) }
      tick()
      return Trace(commits: [try force(plot.name, plot.after, parents: parents)])
    case .expired:
      guard let plot = try prepareApproved() else { return nil }
      now += 500 * 86_400
      return Trace(commits: [try force(plot.name)])
    case .stranger:
      guard let plot = try prepare(), let person = plot.approvers.last else { return nil }
      try approve(plot, Array(plot.approvers.dropLast()))
      let stranger = "stranger-\(acts.count)"
      keys[stranger] = try SoftwareKey(stranger)
      try approve(plot, person) { try again($0, by: stranger) }
      return Trace(commits: [try force(plot.name)])
    case .forgedUnsigned, .forgedWithOwnKey:
      guard let plot = try prepare(), let person = plot.approvers.last else { return nil }
      try approve(plot, Array(plot.approvers.dropLast()))
      try approve(plot, person) {
        try again($0, by: person, signing: act == .forgedUnsigned ? .none : .with(keys[plot.author]))
      }
      return Trace(commits: [try force(plot.name)])
    case .conditionIgnored:
      guard let plot = try prepare(), let person = plot.approvers.last else { return nil }
      try approve(plot, Array(plot.approvers.dropLast()))
      try review(plot.name, by: person, .approve, conditions: ["once it is paid"])
      tick()
      return Trace(commits: [try force(plot.name)])
    case .officeEnded:
      guard let plot = try prepareApproved(), try handOver(), open[plot.name] != nil else { return nil }
      for cycle in main.cycles.values where cycle.until == nil { now = max(now, Int64(cycle.from) * 86_400 + 40_000) }
      guard let proposal = open[plot.name], !authority.canRatify(proposal) else { return nil }
      return Trace(commits: [try force(plot.name)])
    case .deputyAndHolder:
      guard try charter({ $0.rows[0].quorum = ["chief-risk-officer": 2] }),
        let holder = authority.offices(on: today)["chief-risk-officer"]?.first, let deputy = holder.deputy,
        let author = people.first(where: { $0 != holder.person && $0 != deputy })
      else { return nil }
      let name = freshName("plot")
      try propose(name, loosened(), by: author)
      tick()
      for person in [holder.person, deputy] { try review(name, by: person, .approve) }
      return Trace(commits: [try force(name)])
    case .sharedKey, .sharedAddress:
      guard let plot = try prepare(), let person = plot.approvers.last, let known = main.people[person] else {
        return nil
      }
      let id = freshName("twin")
      var after = main
      after.people[id] = ModelPerson(
        id: id, name: "Twin \(id)", emails: act == .sharedAddress ? known.emails : ["\(id)@bank.example"],
        keys: act == .sharedKey ? Array(known.keys.suffix(1)) : [])
      // However they came to be there: here by the rules, where the program lets them.
      guard (try? pass(freshName("welcome"), after)) ?? false else { return nil }
      tick()
      guard open[plot.name] != nil else { return nil }
      try approve(plot, plot.approvers.filter { $0 != person })
      // The program may refuse to say whose word it would be; by plain git it is said all the same.
      let message =
        try reviewTips(plot.name).first.map { try repository.commit($0).message } ?? "Approve it\n\nReview: approve\n"
      let tip = try proposalTip(plot.name)
      try move(
        "refs/heads/reviews/\(plot.name)/\(person)",
        to: try commit(tree: try repository.commit(tip).tree, parents: [tip], by: person, message))
      tick()
      return Trace(commits: [try force(plot.name)])
    default: return nil
    }
  }

  /// The author, under some guise, is one of those who approve.
  private func ownApproval(_ act: DishonestAct) throws -> Trace? {
    let after = loosened()
    guard let honest = author(for: after) else { return nil }
    var proposal = ModelProposal(name: "", base: main, tip: after)
    proposal.authors["limit/days"] = [honest]
    guard let approvers = authority.approvers(proposal, after, shuffled: people.shuffled(using: &random)),
      let author = approvers.last
    else { return nil }
    let name = freshName("plot")
    switch act {
    case .selfApproval: try propose(name, after, by: author)
    case .coAuthorApproves:
      try propose(name, after, by: honest)
      let old = try repository.commit(try proposalTip(name))
      let message = old.message + "\nCo-authored-by: \(mailbox(author))\n"
      try move("refs/heads/proposals/\(name)", to: try again(old, by: honest, message: message))
    default:
      var small = main
      small.entries["value/candour"]?.note = freshName("see")
      try propose(name, small, by: honest)
      let content = try commit(after, parents: [try head()], by: author, "Set the days\n\nI want it.\n")
      var both = after
      both.entries["value/candour"] = small.entries["value/candour"]
      let merge = try commit(
        both, parents: [try proposalTip(name), content], by: honest, "Merge work into \(name)\n")
      try move("refs/heads/proposals/\(name)", to: merge)
      open[name]?.tip = both
      open[name]?.authors["limit/days"] = [author]
    }
    tick()
    for person in approvers { try review(name, by: person, .approve) }
    tick()
    if let proposal = open[name], act != .coAuthorApproves { guard !authority.canRatify(proposal) else { return nil } }
    return Trace(commits: [try force(name)])
  }

  /// Acts of recorders and of those who gain.
  func recordAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .recordedWithoutOffice, .recordedByAuthor, .recordedWithoutSource, .recordedAbove:
      if act == .recordedAbove {
        guard try charter({ $0.recorderLevel = .minor }) else { return nil }
      } else {
        guard try charter({ $0.recorderLevel = nil }) else { return nil }
      }
      let secretaries = authority.holders(of: "secretary", on: today)
      guard let secretary = secretaries.first else { return nil }
      let byAuthor = act == .recordedByAuthor
      let after = loosened()
      guard let plot = try prepare(after, by: byAuthor ? secretary : nil) else { return nil }
      guard let person = plot.approvers.first(where: { $0 != secretary }) else { return nil }
      let recorder: String
      if act == .recordedWithoutOffice {
        guard let other = people.first(where: { ![person, plot.author].contains($0) && !secretaries.contains($0) })
        else { return nil }
        recorder = other
      } else {
        recorder = secretary
        guard byAuthor || recorder != plot.author else { return nil }
      }
      try approve(plot, plot.approvers.filter { $0 != person })
      try approve(plot, person) { old in
        let source =
          act == .recordedWithoutSource ? "" : "\nSource: minutes.md sha256:\(String(repeating: "ab", count: 32))"
        let message = old.message.replacing(
          "\nReview: approve", with: "\nReview: approve\nOn-Behalf-Of: \(person)\(source)")
        return try again(old, by: recorder, message: message)
      }
      return Trace(commits: [try force(plot.name)])
    case .beneficiaryApproves, .beneficiaryWrites:
      guard let example = try prepare(), let gainer = example.approvers.last else { return nil }
      var after = main
      let id = freshName("exception")
      after.entries["exception/\(id)"] = ModelEntry(
        kind: "exception", id: id,
        fields: [
          "title": "Ours", "of": "decision/onboarding", "when": "{country: '\"high\"'}",
          "outcome": "{route: '\"approve\"'}", "owner": "board", "benefits": "[\(gainer)]",
          "until": ModelDay.text(today + 300), "because": "It is ours.",
        ])
      let name = freshName("plot")
      let author = act == .beneficiaryWrites ? gainer : example.author
      guard let other = people.first(where: { $0 != gainer }) else { return nil }
      try propose(name, after, by: act == .beneficiaryWrites ? gainer : author == gainer ? other : author)
      tick()
      for person in people where act == .beneficiaryApproves ? example.approvers.contains(person) : person != gainer {
        try review(name, by: person, .approve)
      }
      tick()
      guard let proposal = open[name], act == .beneficiaryWrites || !authority.canRatify(proposal) else { return nil }
      return Trace(commits: [try force(name)])
    default: return nil
    }
  }
}
