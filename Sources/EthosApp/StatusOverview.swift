package import EthosDiff
import EthosGit
package import EthosGovernance
package import EthosModel
package import EthosRecord
package import EthosStore
package import EthosText

/// Where an identity stands.
package struct StatusOverview: Sendable {
  package struct OpenProposal: Sendable {
    package var name: String
    package var tip: Commit
    package var proposer: Signature
    package var level: Level?
    package var canRatify: Bool
    /// What ratifies it, with the answers that it has to give.
    package var command: String
    package var missing: [String]
    package var hasConflicts: Bool
    /// The decisions that it moves, with whom they belong to.
    package var moved: [MovedDecision]
    /// The other open proposals that touch the same.
    package var collisions: [Collision]
    package var diverging: [String]
  }

  /// What waits for whoever asks.
  package struct Waiting: Sendable {
    package enum Act: String, Sendable {
      /// An approval of theirs would fill a seat that is empty.
      case review
      /// What they said counts no longer, for the text changed since.
      case reviewAgain = "review-again"
      /// A decision of theirs moves, and they have not said anything of it.
      case moved
      /// Somebody objected to what they proposed, and is owed an answer.
      case answer
      /// What they proposed has all that it needs.
      case ratify
      /// Others agreed to a release, and their approval would fill a seat that is empty.
      case approveRelease = "approve-release"
      /// A release has the approvals that it needs, theirs among them.
      case release
    }

    package var act: Act
    /// The proposal, or the release without `release/`.
    package var name: String
    package var command: String

    package var isOfRelease: Bool { act == .approveRelease || act == .release }
  }

  /// The name of whoever asks, where they are a person of the identity.
  package var me: String?
  package var waiting: [Waiting] = []
  package var organisation: String
  package var today: Day
  package var cycle: Document?
  package var inForce: ReleaseTag?
  /// What is released and takes effect on a later day.
  package var announced: ReleaseTag?
  /// What takes effect later, the nearest first, with what each changes of what is in force until then; nil where a
  /// release before it cannot be read.
  package var upcoming: [(release: ReleaseTag, changes: ChangeSet?)] = []
  /// Why there may be releases that are not here; nil where all are.
  package var missing: MissingReleases?
  /// Where HEAD is, in words.
  package var place: String
  package var changes: ChangeSet
  package var changedPaths: [String]
  /// Those of them that cannot be read, or not as a whole: nothing is known of what they change.
  package var unreadablePaths: [String] = []
  /// Whether `propose` would read the files.
  package var canPropose = true
  /// Files in folders of the identity, or in folders that are named nearly so, that are none of its files: they are not read.
  package var besidePaths: [String] = []
  /// Files of the identity that a merge of git's left in conflict.
  package var conflicts: [String] = []
  package var errors: [Diagnostic]
  /// Changes of meaning in main since its last release.
  package var unreleased: ChangeSet
  /// What is in breach on the branch in force, and not adopted.
  package var breaches: [Finding] = []
  /// The branches of remotes, as they were fetched, that hold more than the branch in force here.
  package var ahead: [(branch: String, commits: Int)] = []
  package var proposals: [OpenProposal]
  /// Branches of proposals and reviews, and tags of closed proposals, that cannot be read: all else is told without them.
  package var unreadable: [UnreadableBranch]
}

extension Workspace {
  /// What is in force, what is changed and not proposed, and which proposals are open.
  package func status() throws -> StatusOverview {
    let head = try headCommit()
    // What is behind is part of the answer.
    if let tip = try branchInForce().tip { toldBehind.insert(tip) }
    let main = try mainCommit()
    for newer in try newerBranches(than: main.id, named: mainBranch()) where newer.isApart {
      notice(newer.reason(try mainBranch()))
    }
    let today = try today()
    let mainSnapshot = try store.snapshot(ofTree: main.tree)
    let inForce = try release(inForceOn: today)
    let last = try lastRelease()
    var place: String
    switch try repository.head() {
    case .branch(let name, _): place = name
    case .detached(let id): place = "no branch (\(id.short))"
    case .unborn(let name): place = name
    }
    var overview = StatusOverview(
      organisation: mainSnapshot.charter?.title ?? "", today: today,
      cycle: Offices(snapshot: mainSnapshot).cycle(on: today).flatMap { mainSnapshot[EntryKey(.cycle, $0.id)] },
      inForce: inForce, announced: last?.name == inForce?.name ? nil : last, place: place,
      changes: ChangeSet(changes: []), changedPaths: [], errors: [],
      unreleased: ChangeSet(changes: []), proposals: [], unreadable: try store.unreadableBranches())
    overview.missing = try missingReleases()
    try tellMissingBranches()
    overview.breaches = try judgedLine(to: main.id).breaches
    overview.ahead = try branchesAhead(of: main.id)
    if !repository.isBare {
      let state = try store.workTree(against: head.tree)
      overview.changedPaths = state.changed
      overview.errors = try findings(state.snapshot, on: today).filter { $0.severity == .error }
      overview.unreadablePaths = state.unreadable
      overview.canPropose = !state.snapshot.hasErrors
      overview.besidePaths = state.beside
      overview.conflicts = try conflictedFiles()
      // What cannot be read is an error, and nothing is known of what it says.
      let head = try store.snapshot(ofTree: head.tree)
      overview.changes = try Behaviour.changes(
        from: state.comparable(head), to: state.comparable(state.snapshot), severity: Severity(charter: head.charter))
    }
    for release in try upcomingReleases(after: today) {
      let told = try releaseChanges(
        to: store.snapshot(at: release.commit), following: release.manifest.previous, on: release.manifest.effective,
        withForward: false)
      overview.upcoming.append((release, told?.changes))
    }
    if let last {
      let before = try store.snapshot(at: last.commit)
      overview.unreleased = try Behaviour.changes(
        from: before, to: mainSnapshot, severity: Severity(charter: before.charter))
    }
    let states = try openProposals().map { try proposalState($0.name) }
    let me = try whoAsks(mainSnapshot)
    overview.me = me?.name
    overview.waiting = states.flatMap { waiting(in: $0, for: me, hasPeople: !mainSnapshot.all(.person).isEmpty) }
    if let me { overview.waiting += try waitingReleases(for: me) }
    let outlines = states.filter { $0.merge.conflicts.isEmpty }.map(\.outline)
    for state in states {
      overview.proposals.append(
        StatusOverview.OpenProposal(
          name: state.name, tip: state.tip, proposer: state.proposer, level: state.changes.level,
          canRatify: state.canRatify,
          command: state.ratifyCommand,
          missing: state.missingInWords, hasConflicts: !state.merge.conflicts.isEmpty,
          moved: state.standing.moved,
          collisions: state.merge.conflicts.isEmpty
            ? try collisions(of: state.outline, with: outlines, main.tree, mainSnapshot) : [],
          diverging: state.proposal.diverging))
    }
    return overview
  }
}
