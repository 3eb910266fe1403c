import EthosDiff
import EthosGit
import EthosGovernance
import EthosHistory
package import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// What somebody says of a proposal.
package struct ReviewStatement: Sendable {
  package var verdict: ReviewRecord.Verdict
  package var words: String
  /// What must be met before an approval counts.
  package var conditions: [String]
  /// The place that a comment is about.
  package var about: Reference?
  /// Whose decision, taken elsewhere, is recorded, and what that rests on.
  package var elsewhere: (person: String, source: RecordedSource)?

  package init(
    _ verdict: ReviewRecord.Verdict, words: String = "", conditions: [String] = [], about: Reference? = nil,
    elsewhere: (person: String, source: RecordedSource)? = nil
  ) {
    self.verdict = verdict
    self.words = words
    self.conditions = conditions
    self.about = about
    self.elsewhere = elsewhere
  }
}

/// What a review recorded, or would record.
package struct ReviewResult: Sendable {
  package var name: String
  package var statement: ReviewStatement
  /// The entries that change.
  package var entries: [EntryKey]
  /// The id of the person who speaks.
  package var person: String
  /// The id of the person who records what another said.
  package var recorder: String?
  package var commit: ObjectID?
  /// The proposal with the review counted.
  package var state: ProposalState
}

extension Workspace {
  /// Records what somebody says of a proposal as it stands, on a branch of the speaker's own, `reviews/NAME/PERSON`, or of
  /// the recorder's, `reviews/NAME/PERSON.by.RECORDER`.
  package func review(_ name: String?, _ statement: ReviewStatement, isDryRun: Bool) throws -> ReviewResult {
    let read = try repository.references(under: "refs/")
    let state = try proposalState(name)
    guard !state.isRatified else {
      throw Failure.no(
        "the proposal `\(state.name)` is ratified already", help: "what is in force is changed by a new proposal")
    }
    let isComment = statement.verdict == .comment
    guard isComment || state.merge.conflicts.isEmpty else { throw try conflictFailure(state) }
    if let about = statement.about { try requirePlace(about, state) }
    let who = try author()
    let writer = try reviewer(who, state.rules, state.after)
    if let person = statement.elsewhere?.person { try requireRecorder(writer, of: person, state) }
    let person = statement.elsewhere?.person ?? writer
    let recorder = statement.elsewhere == nil ? nil : writer
    var result = ReviewResult(
      name: state.name, statement: statement, entries: state.standing.entries.map(\.key), person: person,
      recorder: recorder, commit: nil, state: state)
    guard !isDryRun else { return result }
    let reviewed = (isComment ? [] : state.standing.reviewed).map { key in
      ReviewRecord.Reviewed(
        key: key, before: Fingerprint.of(key, in: state.before), after: Fingerprint.of(key, in: state.after))
    }
    // A reviewer confirms the classes that stand at the tip that was read.
    var record = ReviewRecord(
      proposal: state.name, verdict: statement.verdict, reviewed: reviewed,
      classes: statement.verdict == .approve ? state.judgement.step.classes : [], words: statement.words,
      first: state.first)
    record.ruleset = ChangeKind.ruleset
    record.conditions = statement.conditions
    record.about = statement.about
    record.onBehalfOf = statement.elsewhere?.person
    record.sources = [statement.elsewhere?.source].compactMap { $0 }
    let branch = RecordReference.reviewBranch(person, recordedBy: recorder)
    let reference = RecordReference.review(state.name, branch)
    let before = try repository.reference(reference)
    let commit = try recordCommit(
      tree: state.tip.tree, parents: [state.tip.id] + earlier(branch, of: person, state), author: who,
      committer: try committer(), message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: reference, before: before, after: commit,
        reflogMessage: "ethos \(statement.verdict.rawValue): \(state.name)")
    ]
    // Nobody speaks to a proposal that is closed or goes on meanwhile.
    transaction.basis = [
      .reference(RecordReference.proposal(state.name), at: state.proposal.local),
      read.basis(of: RecordReference.closed(state.name)),
    ]
    try perform(transaction)
    result.commit = commit
    result.state = try proposalState(state.name)
    return result
  }

  /// What a review follows: the branch that it is added to, and everything else that was said by the same person or for
  /// them, so that the graph tells which word was the last.
  private func earlier(_ branch: String, of person: String, _ state: ProposalState) throws -> [ObjectID] {
    let tips = try store.reviewTips(of: state.name).filter { review in
      if review.branch == branch { return true }
      // A review that was left out as foreign is not to come in as the parent of another.
      let isCounted = try ([state.tip.id] + state.reviewTips).contains { try repository.isAncestor(review.tip, of: $0) }
      return review.person == person && isCounted
    }.map(\.tip)
    var kept: [ObjectID] = []
    for tip in tips where !kept.contains(tip) {
      let isHeld = try tips.contains { try $0 != tip && repository.isAncestor(tip, of: $0) }
      if !isHeld { kept.append(tip) }
    }
    return kept
  }

  /// Refuses to record for somebody what would count for nobody, and says what to do instead.
  private func requireRecorder(_ recorder: String, of person: String, _ state: ProposalState) throws {
    let people = People(snapshot: state.rules)
    guard people[id: person] != nil else {
      let near = nearestName(to: person, among: people.ids)
      throw Failure.no(
        "there is no person `\(person)`", help: near.map { "did you mean `\($0)`?" } ?? "see `ethos list person`")
    }
    guard person != recorder else {
      throw Failure.usage("`\(person)` is you", help: "speak in your own name: leave out `--for` and `--source`")
    }
    let rules = RecorderRules(rules: state.rules, day: state.standing.day)
    guard rules.permission(of: recorder).mayRecord else {
      throw Failure.no(
        "`\(recorder)` holds no office that may record what was decided elsewhere",
        help: rules.isEmpty
          ? "name such offices in the charter, by a proposal: `recorders: [secretary]`"
          : "the charter lets these record: \(rules.names.map { "`\($0)`" }.joined(separator: ", "))")
    }
    guard state.standing.entries.contains(where: { !$0.authors.contains(recorder) }) else {
      throw Failure.no(
        "`\(recorder)` wrote the change, and cannot record who agreed to it", help: "let another recorder do it")
    }
  }

  /// Refuses a comment on a place that the proposal knows nothing of.
  private func requirePlace(_ place: Reference, _ state: ProposalState) throws {
    guard place.revision == nil else {
      throw Failure.usage("`\(place)` names a revision", help: "a comment is about the proposal as it stands")
    }
    guard state.after[place.key] != nil || state.before[place.key] != nil else {
      let near = nearestName(to: place.key.id, among: state.after.all(place.key.kind).map(\.key.id))
      throw Failure.no(
        "there is no `\(place.key)`",
        help: near.map { "did you mean `\(place.key.kind.rawValue)/\($0)`?" } ?? "see `ethos list`")
    }
  }

  /// The id under which a reviewer's branch is kept: the person's, by e-mail; in an identity without people, the e-mail's.
  private func reviewer(_ who: Signature, _ before: Snapshot, _ after: Snapshot) throws -> String {
    let known = [before, after].lazy.compactMap { People(snapshot: $0).person(email: who.email) }
    if let person = known.first { return person.id }
    guard before.all(.person).isEmpty else {
      throw Failure.no(
        "no person of this identity has the e-mail address `\(who.email)`",
        help: "set yours: `git config user.email ADDRESS`, or add it to a file in people/ by a proposal")
    }
    let id = String(who.email.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    guard EntryKey.isID(id) else { throw Failure.cannot("`\(who.email)` is no e-mail address to be known by") }
    return id
  }

  /// What stands in the way of a merge, with the reasons of both sides.
  func conflictFailure(_ state: ProposalState) throws -> Failure {
    var help: [String] = []
    for conflict in state.merge.conflicts {
      help.append("\(conflict.name) \(conflict.what):")
      for (side, value) in [("in force", conflict.ours), ("proposal", conflict.theirs)] where conflict.kind == .value {
        help.append("  \(side): \(value.map { "`\($0.summaryText)`" } ?? "nothing")")
      }
      help += conflict.diagnostics.map { "  \($0.message)" }
      for (side, commit) in [("in force", conflict.main), ("proposal", conflict.proposal)] {
        guard let commit else { continue }
        let record = ChangeRecord(message: commit.message)
        let reason = record.because.parts(at: "\n", omittingEmpty: true).first ?? "no reason given"
        help.append("  \(side): \(record.subject): \(reason) (\(commit.author.name), \(commit.id.short))")
      }
    }
    help.append(
      "bring the proposal up to date: `git switch \(shellWord("proposals/\(state.name)")) && git merge \(shellWord(try mainBranch()))`"
    )
    return Failure(.no, "main has moved, and both sides changed the same", help: help)
  }
}
