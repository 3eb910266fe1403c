import EthosApp
import EthosGit
import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText

/// Acts about objections, about what a merge says of itself, about dates and about signatures.
extension World {
  func objectionAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .objectionLeftOut, .objectionUnanswered, .answerBlank, .answerInvisible:
      guard let plot = try prepareApproved(),
        let person = people.first(where: { !plot.approvers.contains($0) && $0 != plot.author })
      else { return nil }
      guard main.charter.rows[0].veto.allSatisfy({ !authority.holders(of: $0, on: today).contains(person) }) else {
        return nil
      }
      let reviews = try reviewTips(plot.name)
      try review(plot.name, by: person, .object)
      tick()
      if act == .objectionLeftOut {
        return Trace(commits: [try force(plot.name, parents: [try proposalTip(plot.name)] + reviews)])
      }
      let words = act == .answerBlank ? " " : "\u{200B}\u{2060}"
      let text = message(plot.name) { record in
        record.objectedBy = [mailbox(person)]
        if act != .objectionUnanswered { record.answers = [.init(person: person, because: words)] }
      }
      return Trace(commits: [try force(plot.name, message: text)])
    case .vetoOverridden:
      guard try charter({ $0.rows[0].veto = ["secretary"] }) else { return nil }
      guard let plot = try prepareApproved(), let person = authority.holders(of: "secretary", on: today).first else {
        return nil
      }
      try review(plot.name, by: person, .object)
      tick()
      return Trace(commits: [
        try force(
          plot.name,
          message: message(plot.name) { record in
            record.objectedBy = [mailbox(person)]
            record.answers = [.init(person: person, because: "We heard it.")]
          })
      ])
    default: return nil
    }
  }

  func summaryAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .rulesetLowered, .rulesetUnknown:
      var other = main
      other.entries["value/candour"]?.fields["because"] = freshName("Learnt")
      guard try pass(freshName("before"), other), let plot = try prepareApproved() else { return nil }
      let text = message(plot.name) { $0.ruleset = act == .rulesetLowered ? 1 : 99 }
      return Trace(commits: [try force(plot.name, message: text)])
    case .levelLies:
      guard let plot = try prepareApproved() else { return nil }
      let text = message(plot.name) { $0.levels = [.init(key: .init(.limit, "days"), level: "editorial")] }
      return Trace(commits: [try force(plot.name, message: text)])
    case .approvalLies, .objectionLies:
      guard let plot = try prepareApproved(), let person = people.first(where: { !plot.approvers.contains($0) }) else {
        return nil
      }
      let text = message(plot.name) { record in
        if act == .approvalLies { record.approvedBy = [mailbox(person)] } else { record.objectedBy = [mailbox(person)] }
      }
      return Trace(commits: [try force(plot.name, message: text)])
    case .mergeBackdated:
      guard let plot = try prepareApproved() else { return nil }
      return Trace(commits: [try force(plot.name, at: now - 10 * 86_400)])
    case .commitBackdated:
      let after = loosened()
      guard let author = author(for: after) else { return nil }
      let name = freshName("plot")
      try propose(name, after, by: author)
      let old = try repository.commit(try proposalTip(name))
      let backdated = try again(old, by: author, at: now - 20 * 86_400)
      try move("refs/heads/proposals/\(name)", to: backdated)
      guard try approveAll(name) else { return nil }
      tick()
      return Trace(commits: [try force(name), backdated])
    case .reviewBackdated:
      guard let plot = try prepare(), let person = plot.approvers.last else { return nil }
      try approve(plot, Array(plot.approvers.dropLast()))
      try approve(plot, person) { try again($0, by: person, at: now - 20 * 86_400) }
      return Trace(commits: [try force(plot.name), try head("refs/heads/reviews/\(plot.name)/\(person)")])
    case .dateAhead:
      guard let plot = try prepareApproved() else { return nil }
      return Trace(commits: [try force(plot.name, at: now + 30 * 86_400)])
    default: return nil
    }
  }

  func signatureAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .commitUnsigned, .authorOfAnother, .keyOfAnother:
      let after = loosened()
      guard let author = author(for: after), let other = people.first(where: { $0 != author }) else { return nil }
      let name = freshName("plot")
      try propose(name, after, by: author)
      let old = try repository.commit(try proposalTip(name))
      let changed: ObjectID
      switch act {
      case .commitUnsigned: changed = try again(old, by: author, signing: .none)
      case .authorOfAnother:
        changed = try commit(tree: old.tree, parents: old.parents, by: author, committer: other, old.message)
      default: changed = try again(old, by: author, signing: .with(keys[other]))
      }
      try move("refs/heads/proposals/\(name)", to: changed)
      guard try approveAll(name) else { return nil }
      tick()
      return Trace(commits: [try force(name), changed])
    case .mergeUnsigned:
      guard let plot = try prepareApproved() else { return nil }
      return Trace(commits: [try force(plot.name, signing: .none)])
    case .keyEnded:
      guard let plot = try prepare(), let person = plot.approvers.last, keyUntil[person] == nil else { return nil }
      guard let old = keys[person], var after = Optional(main), let count = after.people[person]?.keys.count else {
        return nil
      }
      let key = try SoftwareKey("\(person) \(count + 1)")
      after.people[person]?.keys[count - 1].until = today + 2
      after.people[person]?.keys.append(.init(publicKey: key.publicKey, from: today, until: nil))
      guard try pass(freshName("key"), after) else { return nil }
      keys[person] = key
      now += 9 * 86_400
      guard open[plot.name] != nil else { return nil }
      try approve(plot, Array(plot.approvers.dropLast()))
      try approve(plot, person) { try again($0, by: person, signing: .with(old)) }
      return Trace(commits: [try force(plot.name)])
    case .headerUnsigned:
      guard let plot = try prepareApproved() else { return nil }
      let merge = try repository.commit(try force(plot.name))
      guard let key = keys.first(where: { signature($0.key).email == merge.committer.email })?.value else { return nil }
      let text = try repository.commitText(
        tree: merge.tree, parents: merge.parents, author: merge.author, committer: merge.committer,
        message: merge.message)
      let made = try key.signature(of: text)
      guard let end = text.firstRange(of: Array("\n\n".utf8))?.lowerBound else { return nil }
      let header = Array("\ngpgsig-sha256 whatever nobody signed".utf8)
      let malleable = try repository.writeCommit(Array(text[..<end]) + header + text[end...], signature: made)
      try move("refs/heads/main", to: malleable)
      return Trace(commits: [malleable])
    default: return nil
    }
  }
}
