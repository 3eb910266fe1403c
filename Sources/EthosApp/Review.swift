import EthosDiff
import EthosGit
import EthosGovernance
import EthosHistory
package import EthosModel
package import EthosRecord
import EthosStore

/// What a review recorded, or would record.
package struct ReviewResult: Sendable {
  package var name: String
  package var verdict: ReviewRecord.Verdict
  package var entries: [EntryKey]
  package var person: String
  package var commit: ObjectID?
  /// The proposal with the review counted.
  package var state: ProposalState
}

extension Workspace {
  /// Records a verdict on a proposal as it stands, on the reviewer's own branch `reviews/NAME/PERSON`.
  package func review(
    _ name: String?, verdict: ReviewRecord.Verdict, words: String, isDryRun: Bool
  ) throws -> ReviewResult {
    let state = try proposalState(name)
    guard !state.isRatified else {
      throw Failure.no(
        "the proposal `\(state.name)` is ratified already", help: "what is in force is changed by a new proposal")
    }
    guard state.merge.conflicts.isEmpty else { throw conflictFailure(state) }
    let who = try author()
    let person = try reviewer(who, state.before, state.after)
    let entries = state.standing.entries.map(\.key)
    let reviewed = entries.map { key in
      ReviewRecord.Reviewed(
        key: key, before: Fingerprint.of(key, in: state.before), after: Fingerprint.of(key, in: state.after))
    }
    var result = ReviewResult(
      name: state.name, verdict: verdict, entries: entries, person: person, commit: nil, state: state)
    guard !isDryRun else { return result }
    // A reviewer confirms the classes that stand at the tip that was read.
    let record = ReviewRecord(
      proposal: state.name, verdict: verdict, reviewed: reviewed,
      classes: verdict == .approve ? state.facts.classes : [],
      words: words)
    let reference = RecordReference.review(state.name, person)
    let previous = try repository.reference(reference)
    let commit = try recordCommit(
      tree: state.tip.tree, parents: [state.tip.id] + [previous].compactMap { $0 }, author: who,
      committer: try committer(),
      message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: reference, before: previous, after: commit, reflogMessage: "ethos \(verdict.rawValue): \(state.name)")
    ]
    try perform(transaction)
    result.commit = commit
    result.state = try proposalState(state.name)
    return result
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
  func conflictFailure(_ state: ProposalState) -> Failure {
    var help: [String] = []
    for conflict in state.merge.conflicts {
      help.append("\(conflict.entry?.description ?? conflict.path) was changed on both sides:")
      for (side, commit) in [("in force", conflict.main), ("proposal", conflict.proposal)] {
        guard let commit else { continue }
        let record = ChangeRecord(message: commit.message)
        let reason = record.because.split(separator: "\n").first.map(String.init) ?? "no reason given"
        help.append("  \(side): \(record.subject): \(reason) (\(commit.author.name), \(commit.id.short))")
      }
    }
    help.append(
      "bring the proposal up to date: `git switch proposals/\(state.name) && git merge \((try? mainBranch()) ?? "main")`"
    )
    return Failure(.no, "main has moved, and both sides changed the same", help: help)
  }
}
