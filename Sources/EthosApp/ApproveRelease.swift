import EthosGit
import EthosGovernance
package import EthosRecord
import EthosStore

/// What an approval of a release recorded, or would record.
package struct ReleaseApprovalResult: Sendable {
  /// The release with the approval counted.
  package var release: PreparedRelease
  /// The id of the person.
  package var person: String
  package var commit: ObjectID?
}

extension Workspace {
  /// Agrees to a release that another person will make: a commit that changes no file, on the branch
  /// `reviews/release-CYCLE-N/PERSON`.
  ///
  /// It counts for exactly this release: this state, this day, this reason.
  package func approveRelease(_ request: ReleaseRequest, isDryRun: Bool) throws -> ReleaseApprovalResult {
    let who = try author()
    let release = try preparedRelease(request, by: who)
    try release.requireForwardMeant(request, isApproval: true)
    guard let person = People(snapshot: release.snapshot).person(email: who.email) else {
      throw Failure.no(
        "no person of this identity has the e-mail address `\(who.email)`",
        help: "set yours: `git config user.email ADDRESS`, or add it to a file in people/ by a proposal")
    }
    var result = ReleaseApprovalResult(release: release, person: person.id, commit: nil)
    guard !isDryRun else { return result }
    let record = ReleaseApproval(release.manifest.terms, words: request.words ?? "")
    let reference = RecordReference.releaseApproval(release.manifest.name, person.id)
    let previous = try repository.reference(reference)
    let commit = try recordCommit(
      tree: release.main.tree, parents: [release.main.id] + [previous].compactMap { $0 }, author: who,
      committer: try committer(), message: record.message)
    var transaction = Transaction(by: try committer())
    transaction.updates = [
      ReferenceUpdate(
        name: reference, before: previous, after: commit, reflogMessage: "ethos release --approve: \(release.name)")
    ]
    transaction.basis = [.reference(RecordReference.branch(try mainBranch()), at: release.main.id)]
    try perform(transaction)
    result.commit = commit
    return result
  }

  /// The approvals of a release that are there, whether or not they count.
  func releaseApprovals(of name: ReleaseName) throws -> [SubmittedReleaseApproval] {
    // Here, and as they were fetched from others.
    var found: [SubmittedReleaseApproval] = []
    for review in try store.reviewTips(of: "release-\(name.cycle)-\(name.number)") {
      guard let approval = try releaseApproval(review.tip), !found.contains(where: { $0.id == approval.id }) else {
        continue
      }
      found.append(approval)
    }
    return found
  }

  /// The approval of a release that a commit is; nil where it is none, or is not here.
  func releaseApproval(_ id: ObjectID) throws -> SubmittedReleaseApproval? {
    guard let commit = try repository.readableCommit(id), let record = ReleaseApproval(message: commit.message),
      let parent = commit.parents.first, let read = try repository.readableCommit(parent)
    else { return nil }
    var approval = SubmittedReleaseApproval(
      id: id, author: commit.author, record: record, parent: parent, changesNothing: read.tree == commit.tree)
    approval.committed = commit.committer.when
    return approval
  }
}
