package import EthosDiff
import EthosGit
package import EthosGovernance
package import EthosHistory
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// Everything that is known of a proposal against what is in force: its changes, its commits and reviews, and what is
/// missing for ratification.
package struct ProposalState: Sendable {
  package var proposal: ProposalTip
  package var tip: Commit
  package var main: Commit
  /// What ratifying would make of main; with conflicts, main's own tree.
  package var merge: MergeOutcome
  /// Its first commit, which reviews name.
  package var first: ObjectID
  package var reviewTips: [ObjectID]
  /// What the judge would say of its ratification, made now without an answer to anybody.
  package var judgement: Judgement
  package var facts: ProposalFacts
  package var isRatified: Bool
  /// What keeps the state that it would make from coming into force.
  package var hindrances: [Diagnostic] = []
  /// How it ended, where it is shown as it was decided.
  package var end: ProposalEnd?

  package var before: Snapshot { judgement.step.before }
  package var after: Snapshot { judgement.step.after }
  /// The state whose charter, people and offices decide.
  package var rules: Snapshot { judgement.step.rules }
  package var changes: ChangeSet { judgement.step.changes }
  /// The reviews that count.
  package var reviews: [SubmittedReview] { judgement.step.reviews }
  /// Those that do not.
  package var aside: [AsideReview] { judgement.step.aside }
  package var standing: Standing { judgement.standing }
  /// Errors that it would bring into the identity.
  package var errors: [Diagnostic] {
    let own = judgement.step.unreadable
    return own + hindrances.filter { !own.contains($0) }
  }

  package var name: String { proposal.name }

  /// Who proposes: who last wrote a change of it.
  ///
  /// A class, a comment or a merge makes nobody that; of what changes no file, as the adoption of a breach, it is who
  /// began it.
  package var proposer: Signature {
    (facts.written.last ?? facts.commits.first { $0.parents.count < 2 } ?? tip).author
  }

  /// Whether nothing but answers to objections is missing: what stands in the way is what `verify` would call a breach.
  package var canRatify: Bool {
    !isRatified && end == nil && merge.conflicts.isEmpty && lacks.isEmpty && errors.isEmpty
  }

  /// Everything that stands in the way of its ratification but answers to objections, a sentence each.
  package var missingInWords: [String] {
    var missing = errors.map { error in
      "it cannot be ratified: \(error.message)" + (error.location.map { " (\($0.file))" } ?? "")
    }
    missing += judgement.step.withoutReason.map { "the commit \($0.id.short) gives no reason" }
    missing += standing.missingInWords(proposal: name)
    return missing + lacks.filter { !ProposalState.toldInWords.contains($0.code) }.map(\.message)
  }

  /// What is told in other words than the finding's: to whoever can still mend it.
  static let toldInWords: Set<String> = [
    "reason-missing", "quorum-missing", "authority-uncovered", "veto-overridden", "identity-unreadable",
  ]

  /// What ratifies it: with an answer to each objection that stands.
  package var ratifyCommand: String {
    let answers = standing.unanswered([:]).map { " --answer \(shellWord("\($0.personID)=why"))" }.joined()
    return "ethos ratify \(shellWord(name))\(answers)"
  }

  /// What stands in the way of the ratification, answers to objections aside.
  package var lacks: [Finding] { judgement.breaches.filter { !ProposalState.answerable.contains($0.code) } }

  /// What whoever ratifies mends by answering, and by what the record of the merge then says.
  private static let answerable: Set<String> = ["objection-unanswered", "objection-dropped"]
}

extension Workspace {
  /// The state of a proposal: the one named, the one checked out, or the only one that is open.
  ///
  /// `at` is the commit that the proposal must be, as a forge shows it: another one may bear the same name.
  package func proposalState(_ name: String?, at revision: String? = nil) throws -> ProposalState {
    let proposal = try revision.map { try self.proposal(named: name, at: $0) } ?? self.proposal(named: name)
    try tellMissingBranches()
    let main = try mainCommit()
    let tip = try repository.commit(proposal.tip)
    let isRatified = try repository.isAncestor(tip.id, of: main.id)
    let merge = try merge(proposal: tip, into: main)
    // What is in force holds its reviews.
    let tips = isRatified ? [] : try reviewTips(of: proposal.name, tip: tip.id, main: main.id)
    let first = try ProposalReader(store).firstCommit(ofProposal: tip.id, base: main.id)
    var state = ProposalState(
      proposal: proposal, tip: tip, main: main, merge: merge, first: first, reviewTips: tips,
      judgement: try judgedLine(to: main.id).judgement(
        of: ratification(of: proposal.name, tip, main, merge, tips), isMade: false),
      facts: ProposalFacts(), isRatified: isRatified)
    state.facts = try ProposalReader(store).facts(tip: tip.id, base: [main.id])
    if !isRatified { state.hindrances = try hindrances(of: merge, into: main) }
    return state
  }

  /// The ratification that would be made now, to be judged before it is.
  func ratification(
    of name: String, _ tip: Commit, _ main: Commit, _ merge: MergeOutcome, _ reviewTips: [ObjectID]
  ) throws -> Commit {
    // Who only reads needs no identity in git; nobody has no authority, so that this opens nothing.
    let somebody = Signature(name: "", email: "", when: environment.now)
    let who = (try? committer()) ?? somebody
    return Commit(
      id: ObjectID(bytes: repeatElement(0, count: main.id.bytes.count)),
      tree: merge.conflicts.isEmpty ? merge.tree : try proposedTree(tip, main, merge.bases),
      parents: [main.id, tip.id] + reviewTips, author: who,
      committer: who,
      message: RatificationRecord(subject: "Ratify \(name)", proposal: name, ruleset: ChangeKind.ruleset).message)
  }

  /// What a proposal that collides with main would make of it: the files that it changed, as it has them, and all others
  /// as main has them.
  ///
  /// What main changed meanwhile elsewhere is nothing that the proposal takes back.
  private func proposedTree(_ tip: Commit, _ main: Commit, _ bases: [ObjectID]) throws -> ObjectID {
    guard let base = bases.first else { return tip.tree }
    let changes = try repository.treeDifference(before: try repository.commit(base).tree, after: tip.tree)
    do throws(GitError) {
      return try repository.writeTree(base: main.tree, edits: changes.map { TreeEdit(path: $0.path, leaf: $0.after) })
    } catch {
      // A file on one side and a folder of its name on the other: no tree has both.
      guard error.code == .pathConflict else { throw error }
      return tip.tree
    }
  }

  /// The tips of a proposal's reviews, less those that would carry other commits into what is in force: merged with them,
  /// those would count as ratified though nobody agreed to them.
  private func reviewTips(of name: String, tip: ObjectID, main: ObjectID) throws -> [ObjectID] {
    let reader = ProposalReader(store)
    let tips = try store.reviewTips(of: name).filter { review in
      // A review of a state before a re-basing brings that state along; reviews alone, as most are, bring nothing.
      let brought = try reader.broughtReviews(by: [tip, review.tip], hiding: main, proposal: name)
      guard brought.alongside.isEmpty, brought.tips == [tip] else {
        notice(
          "the review on `\(review.branch)` carries commits that are no part of `\(name)`, and counts for nothing: "
            + "it has to be given again")
        return false
      }
      return true
    }.map(\.tip)
    // What another holds already, or the proposal itself, adds nothing.
    var kept: [ObjectID] = []
    for (index, review) in tips.enumerated() where !tips[..<index].contains(review) {
      let isHeld = try ([tip] + tips).contains { try $0 != review && repository.isAncestor(review, of: $0) }
      if !isHeld { kept.append(review) }
    }
    return kept
  }
}
