import EthosGit
import EthosGovernance
import EthosModel
import EthosRecord
import EthosStore
import EthosText

/// Asks for the signatures of the commits of a line.
struct StepSignatures {
  private let workspace: Workspace
  private let verifier: SignatureVerifier

  init(_ workspace: Workspace) {
    self.workspace = workspace
    verifier = workspace.signatureVerifier
  }

  /// What the signatures of a step are worth, and which of its reviews count.
  ///
  /// Those that do not are set aside in the step.
  func check(_ step: inout LineStep) throws -> (check: SignatureCheck, signed: Set<ObjectID>) {
    var verdicts: [ObjectID: SignatureVerdict] = [:]
    for id in step.reviews.flatMap(\.forms) + step.brought.map(\.id) + (step.isMade ? [step.commit.id] : []) {
      verdicts[id] = try verifier.verdict(of: id)
    }
    let day = workspace.days(of: step.rules)
    let screen = ReviewScreen(
      step.reviews, rules: step.rules, verdicts: verdicts, proposal: step.record?.proposal,
      merged: step.commit.committer.when, day: day)
    let check = SignatureCheck(step, verdicts: verdicts, day: day)
    (step.reviews, step.aside, step.proposal) = (screen.counting, screen.aside, screen.proposal)
    return (check, screen.signed)
  }

  /// An approval of a release with what its signature is worth, by the people of a state.
  func judged(_ approval: SubmittedReleaseApproval, by authority: Snapshot) throws -> SubmittedReleaseApproval {
    var approval = approval
    let verdict = try verifier.verdict(of: approval.id)
    let signers = Signers(snapshot: authority)
    let person = People(snapshot: authority).person(email: approval.author.email)
    let keys = person.flatMap { authority[EntryKey(.person, $0.id)]?.meaning["keys"]?.list } ?? []
    for when in [approval.author.when, approval.committed ?? approval.author.when]
    where approval.signatureProblem == nil {
      approval.signatureProblem = SignatureCheck.problem(
        signers.judgement(of: verdict, by: approval.author.email, on: workspace.zone(of: authority).day(of: when)),
        isRequired: Charter(snapshot: authority).requiresSignatures, hasKeys: !keys.isEmpty)
    }
    return approval
  }

  /// Whether everything that is signed of a release could be checked here.
  func isComplete(_ release: TaggedRelease) throws -> Bool {
    let ids = [release.tag?.id].compactMap { $0 } + (release.content?.approvals.map(\.id) ?? [])
    return try ids.allSatisfy { if case .unchecked = try verifier.verdict(of: $0) { false } else { true } }
  }

  /// What is wrong with the signatures of releases, by the people of the time.
  func findings(of releases: [TaggedRelease]) throws -> [Finding] {
    try releases.compactMap { release in
      guard let tag = release.tag, let tagger = tag.tagger, let day = release.tagged,
        let authority = release.content?.authority
      else { return nil }
      let judgement = Signers(snapshot: authority).judgement(
        of: try verifier.verdict(of: tag.id), by: tagger.email, on: day)
      let isRequired = Charter(snapshot: authority).requiresSignatures
      return SignatureCheck.finding(judgement, ofTag: release.reference, by: tagger.name, isRequired: isRequired)
    }
  }
}
