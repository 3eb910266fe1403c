import EthosDiff
import EthosGit
import EthosHistory
import EthosModel
package import EthosRecord
import EthosStore
import EthosText

/// How a proposal ended.
package enum ProposalEnd: Sendable {
  /// The merge that brought it into force, with what its message answers to objections, by person.
  case ratified(Commit, answers: [String: String])
  /// The tag that closed it, with the reason.
  case withdrawn(AnnotatedTag, because: String)
}

/// A closed proposal is shown as it was decided: against what was in force then, with the reviews that the judge counted.
extension Workspace {
  /// The state of a proposal to be read: as it stands, or as it was ratified or withdrawn.
  package func readableProposal(_ name: String?, at revision: String? = nil) throws -> ProposalState {
    guard revision == nil else { return try proposalState(name, at: revision) }
    if let name, let closed = try closedState(name) { return closed }
    let state = try proposalState(name)
    return try state.isRatified ? closedState(state.name) ?? state : state
  }

  /// What became of a proposal that is closed; nil where it is open, or none of this name ever came into force.
  private func closedState(_ name: String) throws -> ProposalState? {
    guard ProposalName.isValid(name) else { return nil }
    let main = try mainCommit()
    let branch = try store.proposals().first { $0.name.utf8.elementsEqual(name.utf8) }
    if let branch {
      let isRatified = try repository.isAncestor(branch.tip, of: main.id)
      if isRatified { return try ratifiedState(name, tip: branch.tip, main: main.id) }
      // A branch that is here was not withdrawn by this tag.
      if branch.local != nil { return nil }
    }
    if case .record(let tag)? = try closing(name), let record = ClosingRecord(message: tag.message) {
      let target = try repository.commit(tag.target)
      if try branch.map({ try !repository.isAncestor($0.tip, of: target.id) }) ?? false { return nil }
      return try withdrawnState(name, tag, record, target)
    }
    return branch == nil ? try ratifiedState(name, tip: nil, main: main.id) : nil
  }

  /// A proposal as it was withdrawn; nil where no record of it is here.
  func withdrawnProposal(_ name: String) throws -> ProposalState? {
    guard case .record(let tag)? = try closing(name), let record = ClosingRecord(message: tag.message) else {
      return nil
    }
    return try withdrawnState(name, tag, record, repository.commit(tag.target))
  }

  /// The last merge of the line that says it ratifies the proposal; where the branch is here, that brought its tip.
  private func ratifiedState(_ name: String, tip: ObjectID?, main: ObjectID) throws -> ProposalState? {
    for id in try repository.walk(from: [main], hiding: [], order: .firstParent) {
      let commit = try repository.commit(id)
      guard commit.parents.count > 1, let record = RatificationRecord(message: commit.message),
        record.proposal.utf8.elementsEqual(name.utf8),
        try tip.map({ try repository.isAncestor($0, of: id) && !repository.isAncestor($0, of: commit.parents[0]) })
          ?? true
      else { continue }
      let before = try repository.commit(commit.parents[0])
      let proposal = try repository.commit(commit.parents[1])
      let answers = Dictionary(record.answers.map { ($0.person, $0.because) }) { first, _ in first }
      return try closedState(
        ProposalTip(name: name, tip: proposal.id), proposal, before: before, merge: commit, isMade: true,
        end: .ratified(commit, answers: answers))
    }
    return nil
  }

  /// A withdrawal, judged as a ratification would have been on the day of the tag.
  private func withdrawnState(
    _ name: String, _ tag: AnnotatedTag, _ record: ClosingRecord, _ target: Commit
  ) throws -> ProposalState? {
    guard let when = tag.tagger?.when else { return nil }
    let line = try repository.walk(from: [mainCommit().id], hiding: [], order: .firstParent)
    guard
      let before = try line.lazy.map({ try self.repository.commit($0) }).first(where: {
        $0.committer.when.seconds <= when.seconds
      })
    else { return nil }
    // A last commit may join the reviews; what was proposed is its first parent.
    let first = try target.parents.first.map { try repository.commit($0) }
    let joins = target.parents.count > 1 && first?.tree == target.tree
    let tip = joins ? first ?? target : target
    let reviews = joins ? Array(target.parents.dropFirst()) : []
    var merge = try ratification(
      of: name, tip, before, merge(proposal: tip, into: before), reviews)
    merge.committer.when = when
    var proposal = ProposalTip(name: name, tip: tip.id)
    proposal.local = nil
    return try closedState(
      proposal, tip, before: before, merge: merge, isMade: false, end: .withdrawn(tag, because: record.because))
  }

  private func closedState(
    _ proposal: ProposalTip, _ tip: Commit, before: Commit, merge: Commit, isMade: Bool, end: ProposalEnd
  ) throws -> ProposalState {
    let reader = ProposalReader(store)
    let judgement = try earlierLine(to: before.id).judgement(of: merge, isMade: isMade)
    var state = ProposalState(
      proposal: proposal, tip: tip, main: before,
      merge: MergeOutcome(bases: [], tree: merge.tree, conflicts: []),
      first: try reader.firstCommit(ofProposal: tip.id, base: before.id), reviewTips: Array(merge.parents.dropFirst(2)),
      judgement: judgement, facts: ProposalFacts(), isRatified: isMade, end: end)
    state.facts = try reader.facts(tip: tip.id, base: [before.id])
    return state
  }
}
