import EthosDiff
import EthosGit
import EthosGovernance
import EthosHistory
import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What a ratification did, or would do.
package struct RatifyResult: Sendable {
  package var state: ProposalState
  package var answers: [String: String]
  package var commit: ObjectID?
}

extension Workspace {
  /// Merges a proposal that has what the authority asks for into the branch in force.
  package func ratify(_ name: String?, answers: [String: String], isDryRun: Bool) throws -> RatifyResult {
    try requireNewest("nothing is ratified on a state that is known to be old")
    let read = try repository.references(under: "refs/heads/")
    let state = try proposalState(name)
    guard !state.isRatified else { throw Failure.no("the proposal `\(state.name)` is ratified already") }
    guard state.merge.conflicts.isEmpty else { throw try conflictFailure(state) }
    let who = try committer()
    try requireChange(state)
    try requireRatifiable(state, answers)
    try requireOrderedDate(who, after: state)
    try requireRatifier(who, state)
    var result = RatifyResult(state: state, answers: answers, commit: nil)
    guard !isDryRun else { return result }

    var record = RatificationRecord(
      subject: "Ratify \(state.name)", proposal: state.name, ruleset: ChangeKind.ruleset)
    record.body = ratificationBody(state)
    record.approvedBy = state.standing.approvals.map(\.signature)
    record.objectedBy = state.standing.objections.map(\.signature)
    record.levels = state.standing.entries.map { .init(key: $0.key, level: $0.level.rawValue) }
    record.answers = answers.sorted { $0.key < $1.key }.map {
      RatificationRecord.Answer(person: $0.key, because: $0.value)
    }
    let commit = try recordCommit(
      tree: state.merge.tree, parents: [state.main.id, state.tip.id] + state.reviewTips, author: try author(),
      committer: who, message: record.message)
    // The same judge that `verify` asks: what it would call a breach does not come into force. A story is signed by who
    // tells it.
    let judgement = try judgedLine(to: state.main.id).judgement(
      of: repository.commit(commit), isMade: !environment.isStory)
    if let breach = judgement.breaches.first {
      throw Failure.no("`\(state.name)` cannot be ratified: \(breach.message)", help: breach.rule)
    }
    let branch = try mainBranch()
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: RecordReference.branch(branch), before: state.main.id, after: commit,
        reflogMessage: "ethos ratify: \(state.name)")
    ]
    // What was said or changed since it was judged is not to be passed over.
    transaction.basis = [
      read.basis(of: RecordReference.proposal(state.name)), read.basis(under: RecordReference.reviews(state.name)),
    ]
    if case .branch(let current, _) = try repository.head(), !repository.isBare {
      // The work tree follows when it shows what moved: the branch in force, or the proposal that is now part of it.
      if current == branch {
        transaction.checkout = (state.main.tree, state.merge.tree)
      } else if current == RecordReference.proposalBranch(state.name) {
        transaction.head = (current, branch)
        transaction.checkout = (try shownTree(of: state.proposal), state.merge.tree)
      }
    }
    try perform(transaction)
    result.commit = commit
    return result
  }

  private func requireRatifiable(_ state: ProposalState, _ answers: [String: String]) throws {
    var missing: [String] = []
    for commit in state.judgement.step.withoutReason where !state.standing.isOpen {
      missing.append(
        "the commit \(commit.id.short) (\(ChangeRecord(message: commit.message).subject)) gives no reason: supply it with `ethos propose \(shellWord(state.name)) --because …` or a commit that names `Reason-For:`"
      )
    }
    missing += state.standing.missingInWords(proposal: state.name)
    missing += state.lacks.filter { !ProposalState.toldInWords.contains($0.code) }.map(\.message)
    if !missing.isEmpty { missing += state.aside.map(\.inWords) }
    for objection in state.standing.unanswered(answers) {
      missing.append(
        "\(objection.name) objected and is not answered: "
          + "`ethos ratify \(shellWord(state.name)) --answer \(shellWord("\(objection.personID)=why"))`")
    }
    let known = Set(state.standing.objections.map(\.personID))
    for person in answers.keys.sorted() where !known.contains(person) {
      let near = nearestName(to: person, among: known)
      throw Failure.usage(
        "`\(person)` has no standing objection to answer",
        help: near.map { "did you mean `\($0)`?" } ?? "see `ethos review \(shellWord(state.name))`")
    }
    guard missing.isEmpty, state.errors.isEmpty else {
      let mending =
        "correct it in the proposal: `git switch \(shellWord("proposals/\(state.name)"))`, `ethos check`, "
        + "`ethos propose \(shellWord(state.name)) --because …`"
      // Who asks for a state with errors asks for what cannot be, whoever agrees.
      throw state.errors.isEmpty
        ? Failure(.no, "`\(state.name)` cannot be ratified yet", help: missing)
        : Failure(
          .cannot, "`\(state.name)` cannot be ratified: what would be in force has errors",
          help: [mending] + missing, diagnostics: state.errors)
    }
  }

  /// Where records are signed, whoever ratifies is a person of the identity.
  private func requireRatifier(_ who: Signature, _ state: ProposalState) throws {
    guard Charter(snapshot: state.rules).requiresSignatures,
      People(snapshot: state.rules).person(email: who.email) == nil
    else { return }
    throw Failure.no(
      "the charter asks for signed records, and no person of this identity has the address `\(who.email)`",
      help: "let a person of people/ ratify it, or set yours: `git config user.email ADDRESS`")
  }

  /// A merge that changes nothing would take reviews, and who wrote what, out of what is still to be decided.
  private func requireChange(_ state: ProposalState) throws {
    guard state.standing.entries.isEmpty, !state.standing.isOpen,
      !state.facts.authors.isEmpty || state.reviews.contains(where: { !$0.record.reviewed.isEmpty })
    else { return }
    throw Failure.no(
      "the proposal `\(state.name)` changes nothing of what is in force",
      help: "close it: `ethos withdraw \(shellWord(state.name)) --because …`")
  }

  /// A merge may not be dated more than a day before what it builds on: dates decide who held which office.
  private func requireOrderedDate(_ who: Signature, after state: ProposalState) throws {
    let approvals = Set(state.standing.approvals.map(\.review))
    let newest =
      (state.facts.commits.map(\.committer.when)
      + state.reviews.filter { approvals.contains($0.id) }
      .compactMap(\.committed) + [try newestDate(of: state.main.id)].compactMap { $0 })
      .max { $0.seconds < $1.seconds } ?? state.main.committer.when
    guard who.when.seconds - toleratedClockDifference <= environment.now.seconds else {
      throw Failure.cannot(
        "the date \(who.when.iso8601) lies more than a day ahead of now, and dates decide who holds which office",
        help: "leave GIT_COMMITTER_DATE out")
    }
    guard who.when.seconds + toleratedClockDifference < newest.seconds else { return }
    throw Failure.cannot(
      "the date \(who.when.iso8601) is more than a day before \(newest.iso8601), the date of what it builds on",
      help: "set the clock, or the date in GIT_COMMITTER_DATE")
  }

  /// The reasons of the proposal, for those who read the merge with plain git.
  private func ratificationBody(_ state: ProposalState) -> String {
    state.facts.commits.compactMap { commit in
      let record = state.facts.records[commit.id]
      guard let record, !saysNothing(record.because) else { return nil }
      return "\(record.subject)\n\n\(record.because)"
    }.joined(separator: "\n\n")
  }
}
