import EthosApp
import EthosGit
import EthosRecord
import EthosTestSupport

/// What people do with proposals, by the program and by plain git.
extension World {
  func note(_ text: String) { acts.append("\(ModelDay.text(today)) \(text)") }

  // MARK: proposing

  /// Puts a changed state on a new proposal, as one commit.
  @discardableResult
  func propose(_ name: String, _ after: ModelState, by author: String, reason: String? = "It is time.") throws -> String
  {
    let message = "Propose \(name)\n" + (reason.map { "\n\($0)\n" } ?? "")
    let id = try commit(after, parents: [try head()], by: author, message)
    try move("refs/heads/proposals/\(name)", to: id)
    var proposal = ModelProposal(name: name, base: main, tip: after)
    for key in after.differences(from: main) { proposal.authors[key] = [author] }
    proposal.commits = [(author, message, after)]
    // What means the same needs no reason.
    proposal.lacksReason =
      reason == nil && main.keys.union(after.keys).contains { main.meaning($0) != after.meaning($0) }
    open[name] = proposal
    note(
      "\(author) proposes \(name): \(after.differences(from: main).joined(separator: ", "))\(reason == nil ? " without a reason" : "")"
    )
    return name
  }

  /// Adds a commit to a proposal.
  func amend(_ name: String, _ after: ModelState, by author: String) throws {
    guard var proposal = open[name] else { return }
    let message = "Amend \(name)\n\nIt was not enough.\n"
    let id = try commit(after, parents: [try proposalTip(name)], by: author, message)
    try move("refs/heads/proposals/\(name)", to: id)
    for key in after.differences(from: proposal.tip) { proposal.authors[key, default: []].insert(author) }
    proposal.tip = after
    proposal.commits.append((author, message, after))
    open[name] = proposal
    note("\(author) amends \(name)")
  }

  /// An author for a change: somebody without whom there are still enough to agree to it.
  func author(for after: ModelState) -> String? {
    people.shuffled(using: &random).first { author in
      var proposal = ModelProposal(name: "", base: main, tip: after)
      let changes = ModelChange.all(main, after)
      let gainers = Set(changes.flatMap(\.benefits))
      guard !gainers.contains(author), gainers.allSatisfy({ !authority.holders(of: $0, on: today).contains(author) })
      else { return false }
      for change in changes { proposal.authors[change.key] = [author] }
      return authority.approvers(proposal, after, shuffled: people) != nil
    }
  }

  // MARK: reviewing

  func review(
    _ name: String, by person: String, _ verdict: ModelReview.Verdict, conditions: [String] = [],
    recordedBy recorder: String? = nil
  ) throws {
    guard var proposal = open[name], let after = proposal.merged(into: main) else { return }
    let words = verdict == .approve ? "" : "Because of \(freshName("something"))."
    var statement = ReviewStatement(
      ReviewRecord.Verdict(rawValue: verdict.rawValue) ?? .comment, words: words, conditions: conditions)
    if recorder != nil {
      guard let source = RecordedSource("minutes.md sha256:\(String(repeating: "ab", count: 32))") else {
        throw TestFailure("the source cannot be read")
      }
      statement.elsewhere = (person, source)
    }
    let said = statement
    _ = try acting(recorder ?? person) { try $0.review(name, said, isDryRun: false) }
    var review = authority.approval(of: person, proposal, after)
    review.verdict = verdict
    review.isConditional = !conditions.isEmpty
    review.recordedBy = recorder
    review.keyUntil = keyUntil[recorder ?? person]
    if verdict != .approve { review.classes = [] }
    if verdict == .comment { review.prints = [:] }
    proposal.reviews.append(review)
    open[name] = proposal
    note(
      "\(person) \(verdict.rawValue)s \(name)\(conditions.isEmpty ? "" : " on a condition")\(recorder.map { ", recorded by \($0)" } ?? "")"
    )
  }

  /// Lets everybody approve who is needed.
  @discardableResult
  func approveAll(_ name: String) throws -> Bool {
    guard let proposal = open[name], let after = proposal.merged(into: main),
      let approvers = authority.approvers(
        proposal, after, selfApproving: random.happens(50), shuffled: people.shuffled(using: &random))
    else { return false }
    for person in approvers {
      try review(name, by: person, .approve)
      if random.happens(50) { tick() }
    }
    return true
  }

  // MARK: ratifying

  /// The answers that a ratification needs.
  func answers(_ proposal: ModelProposal) -> [String: String] {
    guard let after = proposal.merged(into: main) else { return [:] }
    return Dictionary(uniqueKeysWithValues: authority.objectors(proposal, after).map { ($0, "We heard it.") })
  }

  func ratify(_ name: String, by person: String) throws {
    guard let proposal = open[name], let after = proposal.merged(into: main) else { return }
    let answers = answers(proposal)
    _ = try acting(person) { try $0.ratify(name, answers: answers, isDryRun: false) }
    entered(name, after)
    note(
      "\(person) ratifies \(name)\(answers.isEmpty ? "" : ", answering \(answers.keys.sorted().joined(separator: ", "))")"
    )
  }

  func entered(_ name: String, _ after: ModelState) {
    main = after
    open[name] = nil
    isReleased = false
  }

  /// Proposes a state, lets those agree who must, and ratifies; false where that cannot be.
  func pass(_ name: String, _ after: ModelState) throws -> Bool {
    guard let author = author(for: after) else { return false }
    try propose(name, after, by: author)
    tick()
    guard try approveAll(name), let proposal = open[name], authority.canRatify(proposal) else { return false }
    tick()
    let person = random.pick(people)
    do {
      try ratify(name, by: person)
    } catch let failure as Failure where failure.message.contains("what would be in force has errors") {
      // The program refuses what `check` finds wrong, which is no breach: by plain git it comes into force all the same.
      try force(name, by: person)
    }
    return true
  }

  /// A merge as a forge makes it: of main and the branch, without a word of ours.
  func forgeMerge(_ name: String, by person: String) throws {
    guard let proposal = open[name], let after = proposal.merged(into: main) else { return }
    let tip = try proposalTip(name)
    let id = try commit(
      after, parents: [try head(), tip], by: person,
      "Merge pull request #\(acts.count) from bank/\(name)\n\nChange it.\n")
    try move("refs/heads/main", to: id)
    entered(name, after)
    note("\(person) merges \(name) by a forge")
  }
}
