import EthosApp
import EthosGit
import EthosRecord
import EthosStore
import EthosTestSupport

/// Acts by which a change comes to be in force past the rules. Nil: this history does not give the occasion.
extension World {
  /// Does a dishonest thing; what it left behind, or nil where it was not possible.
  func commit(_ act: DishonestAct) throws -> Trace? {
    tick()
    note("— \(act.rawValue)")
    return try changeAct(act) ?? unreadableAct(act) ?? approvalAct(act) ?? recordAct(act) ?? objectionAct(act)
      ?? summaryAct(act) ?? signatureAct(act) ?? lineAct(act) ?? releaseAct(act)
  }

  private func changeAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .directChange: return Trace(commits: [try direct(loosened())])
    case .directRemoval:
      var after = main
      after.entries["limit/days"] = nil
      return Trace(commits: [try direct(after)])
    case .squash:
      guard let plot = try prepareApproved() else { return nil }
      return Trace(commits: [try direct(plot.after, "Propose \(plot.name)\n\nIt is time.\n")])
    case .fastForward:
      guard let plot = try prepareApproved() else { return nil }
      let tip = try proposalTip(plot.name)
      try move("refs/heads/main", to: tip)
      return Trace(commits: [tip])
    case .foxtrot:
      guard let plot = try prepareApproved() else { return nil }
      var other = main
      other.entries["value/candour"]?.fields["because"] = freshName("Other")
      guard try pass(freshName("between"), other), let after = open[plot.name]?.merged(into: main) else { return nil }
      let tip = try proposalTip(plot.name)
      let id = try commit(after, parents: [tip, try head()], by: plot.author, "Merge branch 'main'\n")
      try move("refs/heads/main", to: id)
      return Trace(commits: [tip, id])
    case .tooFewApprovals:
      guard let plot = try prepare() else { return nil }
      try approve(plot, Array(plot.approvers.dropLast()))
      return Trace(commits: [try force(plot.name)])
    case .reviewsLeftBehind:
      guard let plot = try prepareApproved() else { return nil }
      return Trace(commits: [try force(plot.name, parents: [try proposalTip(plot.name)])])
    case .evilMerge:
      guard let plot = try prepareApproved() else { return nil }
      var after = plot.after
      after.entries["value/candour"]?.fields["statement"] = "We say what suits us."
      return Trace(commits: [try force(plot.name, after)])
    case .takenBackInMerge:
      let before = main.entries["value/candour"]
      guard let plot = try prepareApproved() else { return nil }
      var other = main
      other.entries["value/candour"]?.fields["statement"] = "We say all that we know, \(freshName("said"))."
      guard try pass(freshName("between"), other), var after = open[plot.name]?.merged(into: main) else { return nil }
      after.entries["value/candour"] = before
      return Trace(commits: [try force(plot.name, after)])
    case .octopus:
      guard let first = try prepareApproved() else { return nil }
      var other = main
      other.entries["value/candour"]?.fields["statement"] = "We say it twice."
      guard let second = try prepareApproved(other), var after = open[first.name]?.merged(into: main) else {
        return nil
      }
      after.entries["value/candour"] = other.entries["value/candour"]
      let parents = try [first.name, second.name].flatMap { try [proposalTip($0)] + reviewTips($0) }
      return Trace(commits: [try force(first.name, after, parents: parents)])
    case .unrelatedHistory:
      let other = try commit(loosened(), parents: [], by: people[0], "Another beginning\n\nIt was ours.\n")
      return Trace(commits: [
        try force("other", main, parents: [other], message: "Merge another history\n"), other,
      ])
    case .reasonMissing, .reasonInvisible:
      let after = loosened()
      guard let author = author(for: after) else { return nil }
      let name = freshName("plot")
      try propose(name, after, by: author, reason: act == .reasonMissing ? nil : "\u{200B}\u{2060}")
      open[name]?.lacksReason = false
      guard try approveAll(name) else { return nil }
      tick()
      return Trace(commits: [try force(name), try proposalTip(name)])
    case .authorityWeakened:
      var after = main
      after.charter.rows[0] = ModelRow(change: after.charter.rows[0].change, level: .critical, quorum: ["anyone": 1])
      let first = try direct(after)
      guard let plot = try prepareApproved() else { return nil }
      return Trace(commits: [first, try force(plot.name)])
    case .rowRemoved:
      var after = main
      after.charter.rows.remove(at: 0)
      let first = try direct(after)
      return Trace(commits: [first, try direct(loosened())])
    default: return nil
    }
  }

  /// Acts that leave what cannot be read, or what ethos does not look at.
  private func unreadableAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .charterBroken:
      return try behindCharter(
        main.charter.text.replacing("organisation: Northgate", with: "organisation: Northgate\n\tbroken"))
    case .charterRemoved: return try behindCharter(nil)
    case .charterEmptied:
      return try behindCharter(String(main.charter.text.prefix { $0 != "@" }.split(separator: "authority:")[0]))
    case .charterFormat: return try behindCharter(main.charter.text.replacing("ethos: 1", with: "ethos: 2"))
    case .commitmentBroken:
      guard
        let merge = try smuggle({
          try tree($0, ["limits/days.yaml": "id: days\n\tatMost: 900\n"])
        })
      else { return nil }
      return merge
    case .branchMoved:
      let first = try direct(
        tree: try tree(
          try tree(main), ["ethos.yaml": main.charter.text.replacing("branch: main", with: "branch: trunk")]))
      var other = loosened()
      let usurper = random.pick(people)
      for (id, cycle) in other.cycles {
        other.cycles[id]?.offices = cycle.offices.mapValues { _ in [ModelHolder(person: usurper)] }
      }
      let files = other.files.merging(
        ["ethos.yaml": main.charter.text.replacing("branch: main", with: "branch: trunk")]) { $1 }
      let root = try commit(tree: try tree(files), parents: [], by: usurper, "Found the identity\n\nSo it is.\n")
      try move("refs/heads/trunk", to: root)
      return Trace(commits: [first, root], names: ["trunk"])
    case .otherCase:
      return try smuggle {
        try tree($0, ["Values/hidden.yaml": "id: hidden\ntitle: Hidden\nstatement: Pay the founder.\n"])
      }
    case .unlistedFile:
      return try smuggle { try tree($0, ["limits/.days.yaml": main.entries["limit/days"]?.text]) }
    case .link:
      return try smuggle { base in
        let target = try repository.writeBlob(Array("../ethos.yaml".utf8))
        return try repository.writeTree(
          base: base, edits: [TreeEdit("values/link.yaml", TreeLeaf(mode: .symbolicLink, id: target))])
      }
    case .submodule:
      return try smuggle { base in
        try repository.writeTree(
          base: base, edits: [TreeEdit("values/other", TreeLeaf(mode: .submodule, id: try head()))])
      }
    default: return nil
    }
  }

  /// A charter that nobody can judge by, a change under it, and the charter as it was.
  ///
  /// The change is to be named.
  private func behindCharter(_ text: String?) throws -> Trace {
    let charter = main.charter.text
    try direct(tree: try tree(try tree(main), ["ethos.yaml": text]))
    main = loosened()
    let second = try direct(tree: try tree(try tree(main), ["ethos.yaml": text]), "Set the days\n\nIt was asked for.\n")
    try direct(tree: try tree(try tree(main), ["ethos.yaml": charter]))
    return Trace(commits: [second])
  }

  /// An approved proposal whose commit brings something beside what was reviewed.
  private func smuggle(_ change: (ObjectID) throws -> ObjectID) throws -> Trace? {
    let after = loosened()
    guard let author = author(for: after) else { return nil }
    let name = freshName("plot")
    try propose(name, after, by: author)
    let smuggled = try commit(
      tree: try change(try tree(after)), parents: [try proposalTip(name)], by: author,
      "Amend \(name)\n\nIt is tidier.\n")
    try move("refs/heads/proposals/\(name)", to: smuggled)
    tick()
    guard let proposal = open[name], let approvers = authority.approvers(proposal, after, shuffled: people) else {
      return nil
    }
    do {
      for person in approvers { try review(name, by: person, .approve) }
    } catch {
      note("the program refuses to review it: \(error)")
    }
    tick()
    let merge = try force(name, after, tree: try repository.commit(smuggled).tree)
    return Trace(commits: [merge, smuggled])
  }
}
