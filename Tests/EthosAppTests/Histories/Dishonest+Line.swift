import EthosApp
import EthosGit
import EthosModel
import EthosRecord
import EthosTestSupport
import EthosText

/// Acts on the line, on releases, and on what is said of what is in force.
extension World {
  func lineAct(_ act: DishonestAct) throws -> Trace? {
    switch act {
    case .rewound:
      let before = main
      let old = try head()
      guard try pass(freshName("kept"), loosened()) else { return nil }
      let lost = try head()
      try writeReceipt()
      try move("refs/heads/main", to: old)
      main = before
      var other = main
      other.entries["value/candour"]?.fields["because"] = freshName("Anew")
      guard try pass(freshName("anew"), other) else { return nil }
      return Trace(commits: [lost])
    case .replaced:
      guard let plot = try prepareApproved() else { return nil }
      let merge = try force(plot.name)
      let other = try commit(loosened(), parents: [try repository.commit(merge).parents[0]], by: people[0], "Another\n")
      try move("refs/replace/\(merge.hex)", to: other)
      return Trace(commits: [merge], names: [merge.hex])
    case .grafted:
      guard try pass(freshName("before"), loosened()) else { return nil }
      try directory.write("\(try head().hex)\n", to: "info/grafts")
      return Trace(names: ["grafts"])
    case .reaffirmedByAnother, .reaffirmedStale:
      guard let owner = main.entries["limit/days"]?.fields["owner"] else { return nil }
      let holders = authority.holders(of: owner, on: today)
      guard let holder = holders.first, let other = people.first(where: { !holders.contains($0) }) else { return nil }
      let old = try head()
      _ = try acting(holder) { try $0.reaffirm([.init(.limit, "days")], because: "It holds.", isDryRun: false) }
      let honest = try repository.commit(try head())
      guard let place = honest.message.firstRange(of: "@e1:") else { return nil }
      var stale = honest.message
      stale.replaceSubrange(place.upperBound..<stale.index(place.upperBound, offsetBy: 4), with: "0000")
      let id =
        act == .reaffirmedByAnother
        ? try again(honest, by: other) : try again(honest, by: holder, message: stale)
      try move("refs/heads/main", to: old)
      try move("refs/heads/main", to: id)
      return Trace(commits: [id])
    case .adoptedByTooFew, .adoptionAdopted:
      guard let breach = try breachToAdopt() else { return nil }
      let name = freshName("adopt")
      _ = try acting(breach.author) { try $0.adopt(breach.id.hex, as: name, because: "It was right.", isDryRun: false) }
      tick()
      if act == .adoptedByTooFew {
        for person in breach.approvers.dropLast() {
          _ = try acting(person) { try $0.review(name, ReviewStatement(.approve), isDryRun: false) }
        }
        tick()
        return Trace(commits: [try force(name, main), breach.id])
      }
      let first = try force(name, main)
      tick()
      let second = freshName("adopt")
      do {
        _ = try acting(breach.author) { try $0.adopt(first.hex, as: second, because: "So be it.", isDryRun: false) }
        for person in people where person != breach.author {
          _ = try acting(person) { try $0.review(second, ReviewStatement(.approve), isDryRun: false) }
        }
        tick()
        try force(second, main)
      } catch {
        note("the program refuses to adopt it: \(error)")
      }
      return Trace(commits: [breach.id, first])
    default: return nil
    }
  }

  private func breachToAdopt() throws -> (id: ObjectID, author: String, approvers: [String])? {
    let after = loosened()
    guard let author = author(for: after) else { return nil }
    var proposal = ModelProposal(name: "", base: main, tip: after)
    proposal.authors["limit/days"] = [author]
    guard let approvers = authority.approvers(proposal, after, shuffled: people.shuffled(using: &random)) else {
      return nil
    }
    let id = try commit(after, parents: [try head()], by: author, "Change the days\n\nIt was urgent.\n")
    try move("refs/heads/main", to: id)
    main = after
    tick()
    return (id, author, approvers)
  }

  var receiptPath: String { "\(path)/receipt" }

  /// Remembers the head and the tags as they stand.
  func writeReceipt() throws {
    let workspace = try workspace()
    _ = try workspace.compareReceipt(at: receiptPath, try workspace.verify(VerifyRequest()))
  }

  // MARK: - releases

  func releaseAct(_ act: DishonestAct) throws -> Trace? {
    guard act.isOfReleases, let first = try freshRelease() else { return nil }
    let reference = "refs/tags/\(first)"
    switch act {
    case .releaseWithoutOffice:
      let chiefs = authority.holders(of: "chief-executive", on: today)
      // What changes nothing may be released by anybody.
      guard let other = people.first(where: { !chiefs.contains($0) }), try manifest(reference).level != "editorial"
      else {
        return nil
      }
      try remake(reference, by: other)
    case .releaseMoved:
      guard try pass(freshName("after"), loosened()) else { return nil }
      try remake(reference, target: try head())
    case .releaseRemade:
      try writeReceipt()
      try remake(reference) { $0.summary += "\n\nAnd all is well." }
    case .releaseDeleted:
      now += 86_400
      guard try freshRelease() != nil else { return nil }
      try move(reference, to: nil)
    case .lastReleaseDeleted:
      try writeReceipt()
      try move(reference, to: nil)
    case .releaseBackdated:
      try remake(reference, at: now - 20 * 86_400)
    case .releaseIncomplete:
      now += 86_400
      guard let second = try freshRelease() else { return nil }
      try remake("refs/tags/\(second)") { $0.changes.removeLast() }
      return Trace(names: [second])
    case .releaseOffLine:
      let beside = try commit(main, parents: [try head()], by: people[0], "Beside the line\n\nIt is.\n")
      try remake(reference, target: beside) { $0.commit = beside }
    case .releaseRenamed:
      let other = "release/\(first.split(separator: "/")[1])/7"
      let id = try head(reference)
      try move(reference, to: nil)
      try move("refs/tags/\(other)", to: id)
      return Trace(names: [other, first])
    default: return nil
    }
    return Trace(names: [first])
  }

  /// Makes a release's tag anew, by its own tagger when nobody else is named.
  func remake(
    _ reference: String, by person: String? = nil, target: ObjectID? = nil, at moment: Int64? = nil,
    _ change: (inout ReleaseManifest) -> Void = { _ in }
  ) throws {
    let old = try repository.tag(try head(reference))
    guard let tagger = old.tagger else { throw TestFailure("nobody made the release") }
    var manifest = try manifest(reference)
    change(&manifest)
    let person = person ?? people.first { signature($0).email == tagger.email } ?? people[0]
    let who = signature(person, at: moment ?? tagger.when.seconds)
    let text = try repository.tagText(
      name: old.name, target: target ?? old.target, tagger: who, message: manifest.message)
    let id =
      try isSigned
      ? repository.writeTag(text, signature: try keys[person]?.signature(of: text) ?? [])
      : repository.writeTag(name: old.name, target: target ?? old.target, tagger: who, message: manifest.message)
    try move(reference, to: id)
  }

  private func manifest(_ reference: String) throws -> ReleaseManifest {
    guard let manifest = ReleaseManifest(message: try repository.tag(try head(reference)).message) else {
      throw TestFailure("the release cannot be read")
    }
    return manifest
  }
}
