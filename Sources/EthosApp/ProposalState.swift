import EthosGit
package import EthosDiff
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
  package var before: Snapshot
  package var after: Snapshot
  package var changes: ChangeSet
  package var facts: ProposalFacts
  package var reviews: [SubmittedReview]
  package var reviewTips: [ObjectID]
  package var standing: Standing
  /// Errors in the identity as it would be.
  package var errors: [Diagnostic]
  package var isRatified: Bool

  package var name: String { proposal.name }

  /// Whether nothing but answers to objections is missing.
  package var canRatify: Bool {
    !isRatified && merge.conflicts.isEmpty && errors.isEmpty && facts.withoutReason.isEmpty && standing.canRatify
  }
}

extension Workspace {
  /// The state of a proposal: the one named, the one checked out, or the only one that is open.
  ///
  /// `at` is the commit that the proposal must be, as a forge shows it: another one may bear the same name.
  package func proposalState(_ name: String?, at revision: String? = nil) throws -> ProposalState {
    let proposal = try revision.map { try self.proposal(named: name, at: $0) } ?? self.proposal(named: name)
    let main = try mainCommit()
    let tip = try repository.commit(proposal.tip)
    let isRatified = try repository.isAncestor(tip.id, of: main.id)
    let merge = try merge(proposal: tip, into: main)
    var before = try store.snapshot(ofTree: main.tree)
    try requireReadable(before, main.id.short)
    var after = try store.snapshot(ofTree: merge.conflicts.isEmpty ? merge.tree : tip.tree)
    var changes = try Behaviour.changes(from: before, to: after, severity: Severity(charter: before.charter))
    var rewritten = try rewritten(main.tree, merge.tree)
    let reader = ProposalReader(store)
    let facts = try reader.facts(tip: tip.id, base: [main.id])
    var authors = facts.authors(of: Set(changes.changes.map(\.entry)).union(rewritten))
    let errors = after.diagnostics.filter { $0.severity == .error }
    // What is agreed to in an adoption is what it adopts.
    var asked: Set<EntryKey> = []
    let adopted = changes.isEmpty && rewritten.isEmpty ? facts.adopts : nil
    if let adopted {
      let past = try self.breach(adopted, in: main)
      let trusted = try LineVerification.authority(self, at: main.id).documents(today: before)
      before = Adoption.authority(before: past.before, trusted: trusted)
      (after, changes, rewritten) = (past.after, past.changes, past.rewritten)
      authors = past.authors
      if changes.isEmpty, rewritten.isEmpty { asked = [.charter] }
    }
    let tips = try reviewTips(of: proposal.name, tip: tip.id, main: main.id)
    // A branch that carries reviews already is asked for them too.
    var reviews = try reader.reviews(tips: tips + [tip.id], hiding: [main.id])
    if let adopted {
      try LineVerification.standingObjections(self, to: adopted, before: before, after: after, &reviews)
    } else if !isRatified {
      let entries = Set(changes.changes.map(\.entry)).union(rewritten).sorted()
      reviews = try buriedObjections(to: entries, before: before, after: after, main: main.id)
        .joined(to: reviews, of: entries, before: before, after: after, at: main.id, in: repository)
    }
    return ProposalState(
      proposal: proposal, tip: tip, main: main, merge: merge, before: before, after: after, changes: changes,
      facts: facts, reviews: reviews, reviewTips: tips,
      standing: Standing(
        changes: changes, rewritten: rewritten, asked: asked, before: before, after: after,
        authors: authors, classes: facts.classes,
        reviews: reviews,
        on: try ratificationDay()),
      errors: errors, isRatified: isRatified)
  }

  /// The entries whose files differ between two trees, whether or not their meaning does.
  private func rewritten(_ before: ObjectID, _ after: ObjectID) throws -> Set<EntryKey> {
    let files = try store.changedFiles(before: before, after: after)
    return Set(try store.snapshot(of: files.before).keys + store.snapshot(of: files.after).keys)
  }

  /// The tips of a proposal's reviews, less those that would carry commits of other open proposals into what is in
  /// force: merged with them, those would count as ratified though nobody agreed to them.
  private func reviewTips(of name: String, tip: ObjectID, main: ObjectID) throws -> [ObjectID] {
    var others: Set<ObjectID>?
    let tips = try store.reviewTips(of: name).filter { review in
      // A review of a state before a re-basing brings that state along; reviews alone, as most are, bring nothing.
      let brought = try repository.walk(from: [review.tip], hiding: [main, tip]).filter {
        try ReviewRecord(message: repository.commit($0).message) == nil
      }
      guard !brought.isEmpty else { return true }
      if others == nil {
        let tips = try openProposals().filter { $0.name != name }.map(\.tip)
        others = Set(try repository.walk(from: tips, hiding: [main, tip]))
      }
      guard others?.isDisjoint(with: brought) ?? true else {
        notice("the review of `\(review.branch)` carries commits of another proposal, and counts for nothing")
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

  /// The day on which offices are asked about: that of a ratification made now.
  private func ratificationDay() throws -> Day {
    try (try? committer()).map { try day(of: $0.when) } ?? today()
  }
}
