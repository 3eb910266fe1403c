import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// What waits for whoever asks.
extension Workspace {
  /// The person of the identity whose address the settings of git name; nil where it names none.
  func whoAsks(_ snapshot: Snapshot) throws -> People.Person? {
    let who: Signature
    do { who = try author() } catch is Failure { return nil }
    return People(snapshot: snapshot).person(email: who.email)
  }

  /// What somebody has to do about a proposal.
  ///
  /// Where an identity has no people, what is ready waits for whoever asks.
  func waiting(
    in state: ProposalState, for me: People.Person?, hasPeople: Bool
  ) -> [StatusOverview.Waiting] {
    let review = "ethos review \(shellWord(state.name))"
    func waits(_ act: StatusOverview.Waiting.Act, _ command: String) -> [StatusOverview.Waiting] {
      [StatusOverview.Waiting(act: act, name: state.name, command: command)]
    }
    let isMine = me.map { person in
      person.emails.contains { $0.lowercased() == state.proposer.email.lowercased() }
    }
    if state.canRatify { return isMine ?? !hasPeople ? waits(.ratify, state.ratifyCommand) : [] }
    // Who proposes waits for others, and answers them.
    if isMine == true, !state.standing.unanswered([:]).isEmpty { return waits(.answer, review) }
    guard let me, isMine == false, state.merge.conflicts.isEmpty else { return [] }
    if state.standing.stale.contains(where: { $0.reviewer.id == me.id }) { return waits(.reviewAgain, review) }
    let isAsked = state.standing.missing.contains { seats in
      seats.candidates.contains(me.id) || seats.deputies.contains { $0.person == me.id }
    }
    let hasSpoken = state.standing.entries.contains { entry in
      entry.verdicts.contains { $0.reviewer.id == me.id && $0.conditions.isEmpty }
    }
    if isAsked, !hasSpoken { return waits(.review, review) }
    let isMoved = state.standing.moved.contains { decision in
      decision.asked.contains(me.id) && !decision.verdicts.contains { $0.reviewer.id == me.id }
    }
    return isMoved ? waits(.moved, review) : []
  }

  /// The releases that others agreed to and that somebody can agree to, or make.
  ///
  /// What was agreed to and is no longer what would be released waits for nobody.
  func waitingReleases(for me: People.Person) throws -> [StatusOverview.Waiting] {
    var terms: [ReleaseApproval.Terms] = []
    for name in try store.reviewedProposals() where name.begins(with: "release-") {
      for review in try store.reviewTips(of: name) {
        guard let agreed = try releaseApproval(review.tip)?.record.terms, !terms.contains(agreed) else { continue }
        terms.append(agreed)
      }
    }
    let who = try author()
    return try terms.sorted { "\($0.name)" < "\($1.name)" }.compactMap { agreed -> StatusOverview.Waiting? in
      var request = ReleaseRequest(cycle: agreed.name.cycle, effective: agreed.effective)
      request.isRetroactive = agreed.retroactive != nil
      request.because = agreed.retroactive
      let release: PreparedRelease
      // What cannot be released now waits for nobody.
      do { release = try preparedRelease(request, by: who) } catch is Failure { return nil }
      let others = try releaseApprovals(of: agreed.name).filter {
        $0.mismatch(release.manifest.terms, of: release.main.id) == nil
      }
      guard release.manifest.terms == agreed, !others.isEmpty, release.standing.seated.contains(me.id) else {
        return nil
      }
      let people = People(snapshot: release.snapshot)
      let hasAgreed = others.contains { people.person(email: $0.author.email)?.id == me.id }
      if release.standing.canRelease {
        return StatusOverview.Waiting(act: .release, name: release.name, command: release.command(isApproval: false))
      }
      return hasAgreed
        ? nil
        : StatusOverview.Waiting(act: .approveRelease, name: release.name, command: release.command(isApproval: true))
    }
  }
}
